"""Labels that show from near only: they cost nothing farther away, and are there when one comes near."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsMapRendererCache,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsPalLayerSettings,
    QgsProject,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QSize

from kmzb_qgis_plugin.layers.layer_tree import SOURCES, KmzbLayers
from kmzb_qgis_plugin.layers.symbology import LABEL_SCALE

FAR, NEAR = LABEL_SCALE * 1.02, LABEL_SCALE * 0.98
LABELS = "_labels_"
"""QGIS's name for the labels in its cache."""


def on(layers: KmzbLayers) -> list[bool]:
    return [layers.layer(source).labelsEnabled() for source in SOURCES]


def test_labels_are_on_from_their_scale_only(layers: KmzbLayers) -> None:
    assert on(layers) == [True] * 3, "where nobody tells a scale"
    for scale, expected in ((FAR, False), (NEAR, True), (FAR, False), (0.0, True)):
        layers.follow_scale(scale)
        assert on(layers) == [expected] * 3
    assert layers.layer("areas").labelsEnabled()


def test_labels_of_new_layers_follow_too(layers: KmzbLayers, replica_path, catalogue) -> None:
    layers.follow_scale(FAR)
    QgsProject.instance().removeMapLayer(layers.layer("police"))
    layers.build(replica_path, catalogue, "pl")
    assert on(layers) == [False] * 3
    layers.follow_scale(NEAR)
    assert on(layers) == [True] * 3


def test_what_a_person_chose_stays(layers: KmzbLayers) -> None:
    none, always, _ = (layers.layer(source) for source in SOURCES)
    none.setLabelsEnabled(False)
    own = QgsPalLayerSettings()
    own.fieldName = "place"
    always.setLabeling(QgsVectorLayerSimpleLabeling(own))
    for scale in (FAR, NEAR):
        layers.follow_scale(scale)
        assert not none.labelsEnabled()
        assert always.labelsEnabled()


@pytest.mark.parametrize("followed", [True, False])
def test_a_filter_leaves_names_of_areas_as_they_are_drawn(layers: KmzbLayers, followed: bool) -> None:
    """What QGIS keeps of a drawing; with the labels on, it would place and draw everything again."""
    settings = QgsMapSettings()
    settings.setDestinationCrs(layers.project.crs())
    settings.setLayers(list(layers.layers().values()))
    settings.setOutputSize(QSize(400, 400))
    settings.setExtent(layers.zoom_extent())
    if followed:
        layers.follow_scale(settings.scale())
    cache = QgsMapRendererCache()
    job = QgsMapRendererSequentialJob(settings)
    job.setCache(cache)
    job.start()
    job.waitForFinished()
    assert cache.hasCacheImage(LABELS)
    layers.apply_filter({"citizen": "status = 'new'"}, 100)
    assert not cache.hasCacheImage(layers.layer("citizen").id())
    assert cache.hasCacheImage(LABELS) == followed
