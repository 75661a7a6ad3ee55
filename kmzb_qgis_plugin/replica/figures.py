"""Figures by area and unit inside the replica, joined to their boundaries by views that QGIS can show.

A new filter rewrites a few thousand rows; the boundaries are neither read nor copied by us.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Final, NamedTuple

AREAS_VIEW: Final = "kmzb_figures_of_areas"
UNITS_VIEW: Final = "kmzb_figures_of_units"
_SOURCES: Final = {AREAS_VIEW: "areas", UNITS_VIEW: "units"}
_SRID: Final = 4326
_PARTS: Final = 3


class Figures(NamedTuple):
    """What is known of an area or unit; None where a figure has no value."""

    level: str
    code: str
    threats: int
    per_km2: float | None
    per_thousand: float | None
    confirmed_share: float | None
    change: float | None


# OGR takes a view's column OGC_FID for the feature's id.
_AREAS: Final = """
CREATE VIEW IF NOT EXISTS kmzb_figures_of_areas AS
SELECT a.fid AS OGC_FID, a.geom, a.code, a.name, a.level,
  f.threats, f.per_km2, f.per_thousand, f.confirmed_share, f.change
FROM areas a LEFT JOIN kmzb_figures f ON f.level = a.level AND f.code = a.code
"""
# A command that has units below it would lie over them all.
_UNITS: Final = """
CREATE VIEW IF NOT EXISTS kmzb_figures_of_units AS
SELECT u.fid AS OGC_FID, u.geom, u.code, u.name, 'unit' AS level,
  f.threats, f.per_km2, f.per_thousand, f.confirmed_share, f.change
FROM units u LEFT JOIN kmzb_figures f ON f.level = 'unit' AND f.code = u.code
WHERE u.parent IS NOT NULL OR NOT EXISTS (SELECT 1 FROM units below WHERE below.parent = u.code)
"""


def prepare(connection: sqlite3.Connection) -> None:
    """Make the table and the views where the file has none; inside a transaction of the caller's.

    This has to be done before QGIS opens the file: GDAL lists the layers of a file once, and QGIS opens
    further layers through what it has open, until it sees by the time of the last write, which is coarse,
    that the file has changed. A view that came meanwhile is "not found".
    """
    connection.execute(
        "CREATE TABLE IF NOT EXISTS kmzb_figures (level TEXT, code TEXT, threats INTEGER, per_km2 REAL, "
        "per_thousand REAL, confirmed_share REAL, change REAL, PRIMARY KEY (level, code)) WITHOUT ROWID"
    )
    connection.execute(_AREAS)
    connection.execute(_UNITS)
    for view, source in _SOURCES.items():
        connection.execute(
            "INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier, srs_id, "
            "min_x, min_y, max_x, max_y) SELECT ?, 'features', ?, srs_id, min_x, min_y, max_x, max_y "
            "FROM gpkg_contents WHERE table_name = ?",
            (view, view, source),
        )
        connection.execute(
            "INSERT OR IGNORE INTO gpkg_geometry_columns VALUES (?, 'geom', 'MULTIPOLYGON', ?, 0, 0)",
            (view, _SRID),
        )


def is_prepared(connection: sqlite3.Connection) -> bool:
    """Whether the file has the table and the views."""
    found = connection.execute(
        "SELECT count(*) FROM sqlite_master "
        "WHERE name IN ('kmzb_figures', 'kmzb_figures_of_areas', 'kmzb_figures_of_units')"
    )
    return bool(found.fetchone()[0] == _PARTS)


def write(connection: sqlite3.Connection, figures: Iterable[Figures]) -> None:
    """Put figures in the place of all that are there; inside a transaction of the caller's.

    The views reach as far as what they show, which may have grown since.
    """
    connection.execute("DELETE FROM kmzb_figures")
    connection.executemany("INSERT INTO kmzb_figures VALUES (?, ?, ?, ?, ?, ?, ?)", figures)
    for view, source in _SOURCES.items():
        connection.execute(
            "UPDATE gpkg_contents SET (min_x, min_y, max_x, max_y) = "
            "(SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?) "
            "WHERE table_name = ?",
            (source, view),
        )
