"""Borders for the demo: approximate, made up, but without gaps and overlaps.

The province is a mosaic of some thousand small Voronoi cells. Each goes to
the county whose towns are nearest, as seen in a gently bent plane, so that
borders wind as grown ones do; counties are unions of cells and therefore
share their borders exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from osgeo import ogr
from scipy.spatial import Voronoi, cKDTree

from kmzb_service.intake.demo.province import Province, to_degrees, to_km

_SEED = 8  # of the ground, not of the reports: borders are the same in every demo
_CELL_KM = 1.5
_JITTER = 0.42  # of a cell's size
_MARGIN_KM = 6.0
_DECIMALS = 6
_WAVES = ((34.0, 1.7), (15.0, 0.7), (7.0, 0.3))  # length and height
_OUTLINE_ROUGHNESS = 0.16  # of a segment's length
_OUTLINE_DETAIL = 4  # times that each segment is halved

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Ground:
    """Multipolygons in degrees: each county's by its code, and the province's."""

    counties: dict[str, ogr.Geometry]
    province: ogr.Geometry


def build_ground(province: Province) -> Ground:
    """Make the borders; the same each time."""
    rng = np.random.default_rng(_SEED)
    outline = _rough_outline(province, rng)
    cells = Voronoi(_cell_centres(outline, rng))
    owners = _owners(province, cells.points, rng)
    counties = {}
    for county in province.counties:
        gathered = ogr.Geometry(ogr.wkbMultiPolygon)
        for cell in np.flatnonzero(owners == county.code):
            corners = cells.regions[cells.point_region[cell]]
            if corners and -1 not in corners:
                gathered.AddGeometry(_polygon(np.column_stack(to_degrees(*cells.vertices[corners].T))))
        counties[county.code] = _rounded(gathered.UnionCascaded().Intersection(outline))
    whole = ogr.Geometry(ogr.wkbMultiPolygon)
    for geometry in counties.values():
        for polygon in geometry:
            whole.AddGeometry(polygon)
    return Ground(counties, ogr.ForceToMultiPolygon(whole.UnionCascaded()))


def _rough_outline(province: Province, rng: np.random.Generator) -> ogr.Geometry:
    """The outline with its segments broken up by midpoint displacement."""
    ring = np.array([to_km(lon, lat) for lon, lat in province.outline])
    for _ in range(_OUTLINE_DETAIL):
        ahead = np.roll(ring, -1, axis=0) - ring
        sideways = np.column_stack((-ahead[:, 1], ahead[:, 0]))
        shift = rng.uniform(-_OUTLINE_ROUGHNESS, _OUTLINE_ROUGHNESS, len(ring))
        middle = ring + ahead / 2 + sideways * shift[:, None]
        ring = np.stack((ring, middle), axis=1).reshape(-1, 2)
    return _polygon(np.column_stack(to_degrees(*ring.T)))


def _cell_centres(outline: ogr.Geometry, rng: np.random.Generator) -> Floats:
    """A shaken grid over the outline and a margin, in kilometres."""
    west, east, south, north = outline.GetEnvelope()
    (left, bottom), (right, top) = to_km(west, south), to_km(east, north)
    x, y = np.meshgrid(
        np.arange(left - _MARGIN_KM, right + _MARGIN_KM, _CELL_KM),
        np.arange(bottom - _MARGIN_KM, top + _MARGIN_KM, _CELL_KM),
    )
    grid = np.column_stack((x.ravel(), y.ravel()))
    return np.asarray(grid + rng.uniform(-_JITTER, _JITTER, grid.shape) * _CELL_KM)


def _owners(province: Province, centres: Floats, rng: np.random.Generator) -> NDArray[np.str_]:
    """The county code of each cell: a city's within its radius, else that of the nearest town."""
    waves = _Waves(rng)
    bent = waves.bend(centres)
    radius_of = {county.code: county.radius for county in province.counties}
    towns = waves.bend(np.array([to_km(town.lon, town.lat) for town in province.towns]))
    codes = np.array([town.county for town in province.towns])
    rural = np.array([radius_of[code] == 0 for code in codes])
    owners = codes[rural][cKDTree(towns[rural]).query(bent)[1]]
    for seat, code in zip(towns[~rural], codes[~rural], strict=True):
        owners[np.hypot(*(bent - seat).T) < radius_of[code]] = code
    return np.asarray(owners)


class _Waves:
    """A gentle bending of the plane: a few sine waves of different lengths, in kilometres."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._parts = [
            (length, height, *rng.uniform(0, 2 * np.pi, 2), axis)
            for length, height in _WAVES
            for axis in (0, 1)
            for _ in range(2)
        ]

    def bend(self, points: Floats) -> Floats:
        bent = points.copy()
        for length, height, angle, phase, axis in self._parts:
            along = points @ np.array([np.cos(angle), np.sin(angle)])
            bent[:, axis] += height * np.sin(2 * np.pi * along / length + phase)
        return bent


def _polygon(corners: Floats) -> ogr.Geometry:
    ring = ogr.Geometry(ogr.wkbLinearRing)
    for x, y in (*corners, corners[0]):
        ring.AddPoint_2D(float(x), float(y))
    polygon = ogr.Geometry(ogr.wkbPolygon)
    polygon.AddGeometry(ring)
    return polygon


def _rounded(geometry: ogr.Geometry) -> ogr.Geometry:
    """A multipolygon with coordinates cut to decimals that neighbours share."""
    rounded = ogr.Geometry(ogr.wkbMultiPolygon)
    for polygon in ogr.ForceToMultiPolygon(geometry):
        copy = ogr.Geometry(ogr.wkbPolygon)
        for ring in polygon:
            kept = ogr.Geometry(ogr.wkbLinearRing)
            for x, y, *_ in ring.GetPoints():
                kept.AddPoint_2D(round(x, _DECIMALS), round(y, _DECIMALS))
            copy.AddGeometry(kept)
        rounded.AddGeometry(copy)
    return rounded
