"""Projection and grid, against PROJ and against one point after another."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from osgeo import osr

from kmzb_qgis_plugin.analysis.grid import HEXAGON, NO_CELL, SHAPES, SQUARE, TooManyCells, grid_over
from kmzb_qgis_plugin.analysis.places import count_cells, places_of
from kmzb_qgis_plugin.analysis.projection import to_metres

L_SHAPE = np.array([(0, 0), (3000, 0), (3000, 1000), (1000, 1000), (1000, 3000), (0, 3000), (0, 0)], float)
HOLE = np.array([(200, 200), (800, 200), (800, 800), (200, 800), (200, 200)], float)


def on(_share: float) -> None:
    """Nobody listens."""


def inside(x: float, y: float, ring: np.ndarray) -> bool:
    odd = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 <= y < y2 or y2 <= y < y1) and x1 + (y - y1) / (y2 - y1) * (x2 - x1) <= x:
            odd = not odd
    return odd


def test_metres_are_those_of_proj() -> None:
    dice = np.random.default_rng(1)
    lon, lat = dice.uniform(14, 24.2, 500), dice.uniform(48.9, 54.9, 500)
    systems = [osr.SpatialReference() for _ in range(2)]
    for system, code in zip(systems, (4258, 2180), strict=True):
        system.ImportFromEPSG(code)
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    transform = osr.CoordinateTransformation(*systems)
    expected = np.array(transform.TransformPoints(np.column_stack((lon, lat)).tolist()))[:, :2]
    assert np.abs(to_metres(lon, lat) - expected).max() < 1e-5


def test_gorzow_lies_where_it_should() -> None:
    (place,) = to_metres(np.array([15.2369]), np.array([52.7368]))
    assert place == pytest.approx((246049, 547880), abs=5)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_grid_has_the_cells_whose_middles_are_inside(shape: str) -> None:
    grid = grid_over([L_SHAPE, HOLE], shape, 150, 1000)
    height = 150 * (np.sqrt(3) / 2 if shape == HEXAGON else 1)
    expected = set()
    for row in range(-2, 30):
        for column in range(-2, 30):
            x, y = (column + (row % 2 / 2 if shape == HEXAGON else 0)) * 150, row * height
            if inside(x, y, L_SHAPE) and not inside(x, y, HOLE):
                expected.add((round(x), round(y)))
    assert {(round(x), round(y)) for x, y in grid.middles} == expected
    assert len(grid) == len(expected) > 100


@pytest.mark.parametrize("shape", SHAPES)
def test_cells_cover_the_ground_once(shape: str) -> None:
    grid = grid_over([L_SHAPE * 10 + (130, 290)], shape, 300, 10_000)
    x, y = np.moveaxis(grid.corners(), 2, 0)
    areas = (x[:, :-1] * y[:, 1:] - x[:, 1:] * y[:, :-1]).sum(axis=1) / 2
    assert areas == pytest.approx(grid.square_kilometres * 1e6)
    assert areas.sum() == pytest.approx(500e6, rel=0.02)


def test_a_threat_counts_in_its_cell_and_at_a_cut_border_in_the_next() -> None:
    grid = grid_over([L_SHAPE], SQUARE, 400, 1000)
    where = np.array([(450, 50), (2999, 999), (-150, 1000), (5000, 5000)], float)
    cells = grid.cells_of(where, on)
    assert grid.middles[cells[0]].tolist() == [400, 0]
    assert grid.middles[cells[1]].tolist() == [2800, 800]
    assert grid.middles[cells[2]].tolist() == [0, 800] or grid.middles[cells[2]].tolist() == [0, 1200]
    assert cells[3] == NO_CELL


@pytest.mark.parametrize(("shape", "rings", "cells"), [(HEXAGON, 1, 7), (HEXAGON, 3, 37), (SQUARE, 2, 25)])
def test_a_window_has_a_cell_and_its_rings(shape: str, rings: int, cells: int) -> None:
    square = np.array([(0, 0), (9000, 0), (9000, 9000), (0, 9000), (0, 0)], float)
    windows = grid_over([square], shape, 500, 1000).windows(rings)
    assert windows.sum(axis=1).max() == cells
    assert (windows != windows.T).nnz == 0
    assert (windows.diagonal() == 1).all()
    assert windows.data.nbytes + windows.indices.nbytes == 5 * windows.nnz, "a large grid has 12 million"


def test_too_many_cells_are_counted_before_they_are_made() -> None:
    with pytest.raises(TooManyCells) as caught:
        grid_over([L_SHAPE * 1e4], SQUARE, 50, 1000)
    assert caught.value.number == pytest.approx(5e14 / 2500, rel=0.01)


def test_places_are_square_metres() -> None:
    places = places_of(np.array([(10.1, 5.2), (500, 5), (9.9, 4.9), (10.0, 6.0)]))
    assert places.sizes[places.of].tolist() == [2, 1, 2, 1]
    assert sorted(places.sizes.tolist()) == [1, 1, 2]


def test_cells_say_how_many_threats_share_a_place_and_what_is_outside() -> None:
    grid = grid_over([L_SHAPE], SQUARE, 1000, 100)
    where = [(100, 100)] * 4 + [(90, 300), (1000, 10), (1000, 10.2), (9000, 9000)]
    found = count_cells(grid, np.array(where, float), on)
    by_middle = {
        tuple(middle): row
        for middle, row in zip(
            grid.middles.tolist(),
            np.column_stack((found.threats, found.places, found.repeated, found.largest)).tolist(),
            strict=True,
        )
        if any(row)
    }
    assert by_middle == {(0.0, 0.0): [5, 2, 4, 4], (1000.0, 0.0): [2, 1, 2, 2]}
    assert found.outside == 1
