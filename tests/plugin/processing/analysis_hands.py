"""What the tests of spatial analyses do with a loaded copy: move threats, look them up, listen, cancel."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingFeedback

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.settings import Connection

# In the middle of the sample's land.
LON, LAT = 15.45, 52.3


def file_of(connection: Connection) -> Path:
    return settings.workspace_folder(connection) / "replica-1.gpkg"


def change(connection: Connection, sets: str, where: str, *values: Any, table: str = "threats") -> None:
    """Change rows, but for their geometries: their index needs functions of its own."""
    with closing(sqlite3.connect(file_of(connection))) as file, file:
        of_table = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
        for (trigger,) in file.execute(of_table, (table,)).fetchall():
            file.execute(f"DROP TRIGGER {trigger}")
        file.execute(f"UPDATE {table} SET {sets} WHERE {where}", values)


def gather(connection: Connection, where: str, spread: float) -> None:
    """Move threats to one place, or to within ten times so many degrees of it."""
    sets = "lon = ? + ? * (fid % 10), lat = ? + ? * (fid / 10 % 10)"
    change(connection, sets, where, LON, spread, LAT, spread)


def places(connection: Connection, where: str = "1") -> list[tuple[float, float]]:
    with closing(sqlite3.connect(file_of(connection))) as file:
        return file.execute(f"SELECT lon, lat FROM threats WHERE {where} ORDER BY fid").fetchall()


class Listens(QgsProcessingFeedback):
    """Keeps what is told, and cancels when the work has come so far."""

    def __init__(self, stop_at: float = 1000) -> None:
        super().__init__(False)
        self.warnings: list[str] = []
        self.stop_at = stop_at

    def pushWarning(self, warning: str) -> None:  # noqa: N802 - QGIS's own name
        self.warnings.append(warning)

    def setProgress(self, percent: float) -> None:  # noqa: N802 - QGIS's own name
        if percent >= self.stop_at:
            self.cancel()
