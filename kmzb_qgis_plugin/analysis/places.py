"""Threats by cell and by place: addresses and crossings to which reports were snapped lie on one spot."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kmzb_qgis_plugin.analysis.arrays import Floats, GoOn, Ints
from kmzb_qgis_plugin.analysis.grid import NO_CELL, Grid


@dataclass(frozen=True)
class Places:
    """Which threats share a spot.

    Attributes:
        of: each threat's place, by number, (n,).
        sizes: how many threats are at each place.
        first: one threat of each place.
    """

    of: Ints
    sizes: Ints
    first: Ints


@dataclass(frozen=True)
class CellCounts:
    """Numbers by cell, (n,) each.

    Attributes:
        threats: in the cell.
        places: on which they are.
        repeated: threats that share their place with another one.
        largest: threats at the cell's place with most.
        outside: threats that are in no cell; one number.
    """

    threats: Ints
    places: Ints
    repeated: Ints
    largest: Ints
    outside: int


def places_of(metres: Floats) -> Places:
    """Put threats together that lie in the same square metre.

    Args:
        metres: easting and northing, (n, 2).
    """
    whole = np.rint(metres).astype(np.int64)
    _, first, of, sizes = np.unique(
        whole[:, 0] * 2**32 + whole[:, 1], return_index=True, return_inverse=True, return_counts=True
    )
    return Places(of.ravel(), sizes, first)


def count_cells(grid: Grid, metres: Floats, go_on: GoOn) -> CellCounts:
    """Count threats and their places by cell.

    Args:
        grid: the cells.
        metres: easting and northing of the threats, (m, 2).
        go_on: hears of progress.
    """
    cell = grid.cells_of(metres, go_on)
    inside = cell != NO_CELL
    cell, places = cell[inside], places_of(metres[inside])
    # A place is in the cell of one of its threats, which lie within a metre.
    cell_of_place = cell[places.first]
    largest = np.zeros(len(grid), np.int64)
    np.maximum.at(largest, cell_of_place, places.sizes)
    return CellCounts(
        np.bincount(cell, minlength=len(grid)),
        np.bincount(cell_of_place, minlength=len(grid)),
        np.bincount(cell[places.sizes[places.of] > 1], minlength=len(grid)),
        largest,
        int(np.count_nonzero(~inside)),
    )
