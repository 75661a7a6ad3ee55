"""Figures by area and unit inside the replica, joined to their boundaries by views that QGIS can show.

A new filter rewrites a few thousand rows; the boundaries are neither read nor copied by us.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Final, NamedTuple

AREAS_VIEW: Final = "kmzb_figures_of_areas"
UNITS_VIEW: Final = "kmzb_figures_of_units"
_TABLE: Final = "kmzb_figures"
_SRID: Final = 4326


class Figures(NamedTuple):
    """What is known of an area or unit; None where a figure has no value."""

    level: str
    code: str
    threats: int
    per_km2: float | None
    per_thousand: float | None
    confirmed_share: float | None
    change: float | None


_COLUMNS: Final = ", ".join(f"f.{name}" for name in Figures._fields[2:])
_VIEWS: Final = {
    # OGR takes a view's column of this name for the feature's id.
    AREAS_VIEW: f"SELECT a.fid AS OGC_FID, a.geom, a.code, a.name, a.level, {_COLUMNS} FROM areas a "
    f"LEFT JOIN {_TABLE} f ON f.level = a.level AND f.code = a.code",
    # A command that has units below it would lie over them all.
    UNITS_VIEW: f"SELECT u.fid AS OGC_FID, u.geom, u.code, u.name, 'unit' AS level, {_COLUMNS} FROM units u "
    f"LEFT JOIN {_TABLE} f ON f.level = 'unit' AND f.code = u.code WHERE u.parent IS NOT NULL "
    "OR NOT EXISTS (SELECT 1 FROM units below WHERE below.parent = u.code)",
}


def prepare(connection: sqlite3.Connection) -> None:
    """Make the table and the views where the file has none; inside a transaction of the caller's."""
    connection.execute(
        f"CREATE TABLE IF NOT EXISTS {_TABLE} (level TEXT, code TEXT, threats INTEGER, per_km2 REAL, "
        "per_thousand REAL, confirmed_share REAL, change REAL, PRIMARY KEY (level, code)) WITHOUT ROWID"
    )
    for view, select in _VIEWS.items():
        connection.execute(f"CREATE VIEW IF NOT EXISTS {view} AS {select}")
        source = "units" if view == UNITS_VIEW else "areas"
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
    names = (_TABLE, *_VIEWS)
    marks = ", ".join("?" * len(names))
    found = connection.execute(f"SELECT count(*) FROM sqlite_master WHERE name IN ({marks})", names)
    return bool(found.fetchone()[0] == len(names))


def write(connection: sqlite3.Connection, figures: Iterable[Figures]) -> None:
    """Put figures in the place of all that are there; inside a transaction of the caller's."""
    marks = ", ".join("?" * len(Figures._fields))
    connection.execute(f"DELETE FROM {_TABLE}")
    connection.executemany(f"INSERT INTO {_TABLE} VALUES ({marks})", figures)
