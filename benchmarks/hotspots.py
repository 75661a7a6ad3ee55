"""Hotspots of a million threats; their counting by cell against QGIS's own grid and counts of points."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import numpy as np
from qgis.core import QgsRectangle, QgsVectorLayer

from benchmarks import million
from benchmarks.figures import Figure, median_seconds, paired_medians
from benchmarks.native import native_layer
from kmzb_qgis_plugin.analysis.grid import HEXAGON, grid_over
from kmzb_qgis_plugin.analysis.projection import to_metres
from kmzb_qgis_plugin.analysis.significance import find_hotspots
from kmzb_qgis_plugin.replica.columns import read_all

METRES = 2_500
MOST = 100_000
COUNTY = "0861"
COUNTY_METRES = 250
_HEXAGONS = 4


def quietly(_share: float) -> None:
    """Nobody hears of progress."""


def measure() -> list[Figure]:
    path = million.replica_path()
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        columns = read_all(connection)
    lon, lat = columns.arrays["lon"], columns.arrays["lat"]
    number = columns.values["county"].index(COUNTY)
    of_county = columns.arrays["county"] == number

    def count(rows: slice | np.ndarray, size: float) -> tuple[np.ndarray, np.ndarray]:
        places = to_metres(lon[rows], lat[rows])
        (west, south), (east, north) = places.min(axis=0), places.max(axis=0)
        ring = np.array([(west, south), (east, south), (east, north), (west, north), (west, south)])
        grid = grid_over([ring], HEXAGON, size, MOST)
        cells = grid.cells_of(places, quietly)
        return np.bincount(cells[cells >= 0], minlength=len(grid)), grid.windows(2)

    ours = median_seconds(lambda: find_hotspots(*count(slice(None), METRES), quietly), 3)
    places = to_metres(lon[of_county], lat[of_county])
    extent = QgsRectangle(*places.min(axis=0), *places.max(axis=0))
    threats = QgsVectorLayer(f"{path}|layername=threats|subset=\"county\" = '{COUNTY}'", "threats", "ogr")
    points = native_layer("reprojectlayer", INPUT=threats, TARGET_CRS="EPSG:2180")
    points.dataProvider().createSpatialIndex()
    spacing = {"HSPACING": COUNTY_METRES, "VSPACING": COUNTY_METRES}

    def peer() -> None:
        cells = native_layer("creategrid", TYPE=_HEXAGONS, EXTENT=extent, CRS="EPSG:2180", **spacing)
        native_layer("countpointsinpolygon", POLYGONS=cells, POINTS=points)

    small = paired_medians(lambda: count(of_county, COUNTY_METRES), peer, 3)
    return [
        Figure(f"hotspots of {len(lon):,} threats, cells of {METRES} m, probabilities included", ours),
        Figure(
            f"counting {int(of_county.sum()):,} threats in cells of {COUNTY_METRES} m",
            small[0],
            ("native:creategrid and countpointsinpolygon, points projected and indexed before", small[1]),
        ),
    ]
