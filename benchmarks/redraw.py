"""Redraw of the map after a filter, against the same rows in a GeoPackage without our indexes."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from qgis.core import QgsMapRendererParallelJob, QgsMapSettings, QgsVectorLayer
from qgis.PyQt.QtCore import QSize

from benchmarks.figures import Figure, paired_medians
from benchmarks.workspace import Workspace
from kmzb_qgis_plugin.replica.replica import Replica

SIZE = QSize(1600, 1000)
CATEGORY = "public_drinking"


def measure(workspace: Workspace) -> list[Figure]:
    folder = workspace.folder / "redraw"
    path = workspace.synchronise(folder, None).new_replica_path
    plain = workspace.folder / "plain.gpkg"
    shutil.copy(path, plain)
    _drop_indexes(plain)
    subset = (
        f"\"source\" = 'citizen' AND \"category\" = '{CATEGORY}' AND \"occurred_from\" >= '{_since(path)}'"
    )
    replica = Replica(path)
    try:
        ours, peer = paired_medians(lambda: _draw(path, subset), lambda: _draw(plain, subset))
    finally:
        replica.close()
    return [Figure("redraw after a filter", ours, ("GeoPackage without indexes", peer), "")]


def _drop_indexes(path: Path) -> None:
    connection = sqlite3.connect(path)
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    for (name,) in names.fetchall():
        connection.execute(f'DROP INDEX "{name}"')
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()


def _since(path: Path) -> str:
    """The instant after which a tenth of the category's reports lie."""
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT occurred_from FROM threats WHERE category = ? ORDER BY occurred_from DESC", (CATEGORY,)
    ).fetchall()
    connection.close()
    return str(rows[len(rows) // 10][0])


def _draw(path: Path, subset: str) -> None:
    layer = QgsVectorLayer(f"{path}|layername=threats|subset={subset}", "threats", "ogr")
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputSize(SIZE)
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(layer.extent())
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
