"""The layer of figures by area as QGIS opens it."""

from __future__ import annotations

import os
from contextlib import closing

import pytest
from qgis.core import QgsApplication, QgsVectorLayer

from kmzb_qgis_plugin.layers.layer_tree import KmzbLayers, table_uri
from kmzb_qgis_plugin.replica.figures import AREAS_VIEW, UNITS_VIEW, Figures
from kmzb_qgis_plugin.replica.replica import Replica


@pytest.mark.parametrize("view", [AREAS_VIEW, UNITS_VIEW])
def test_figures_written_in_the_moment_in_which_qgis_opens_the_file_can_be_shown(
    layers: KmzbLayers, replica: Replica, view: str
) -> None:
    """QGIS takes a file for unchanged when its time of writing is no later than when it was opened."""
    files = [path for path in replica.path.parent.iterdir() if path.name.startswith(replica.path.name)]
    times = {path: path.stat() for path in files}
    replica.write_figures([Figures("county", "0861", 3, 0.5, 0.1, None, None)])
    for path, before in times.items():
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    layer = QgsVectorLayer(table_uri(replica.path, view), "figures", "ogr")
    assert layer.isValid(), layer.error().message()
    assert layer.featureCount() > 0


def test_the_layer_reaches_as_far_as_areas_that_came_later(
    qgis_app: QgsApplication, replica: Replica
) -> None:
    with closing(replica.reader()) as reader:
        reader.execute("PRAGMA query_only = OFF")
        reader.execute("UPDATE gpkg_contents SET max_x = max_x + 1 WHERE table_name = 'areas'")
    replica.write_figures([])
    shown, areas = (
        QgsVectorLayer(table_uri(replica.path, name), name, "ogr") for name in (AREAS_VIEW, "areas")
    )
    assert shown.extent() == areas.extent()
