"""The threats under QGIS's Temporal Controller."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from qgis.core import (
    QgsDateTimeRange,
    QgsFeatureRequest,
    QgsProject,
    QgsTemporalUtils,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.layers.layer_tree import SOURCES, KmzbLayers


@pytest.fixture
def layers(qgis_new_project: QgsProject, replica_path: Path, catalogue: Catalogue) -> KmzbLayers:
    made = KmzbLayers(QgsProject.instance())
    made.build(replica_path, catalogue, "en")
    return made


def instant(day: str) -> QDateTime:
    return QDateTime(QDate.fromString(day, Qt.DateFormat.ISODate), QTime(0, 0), Qt.TimeSpec.UTC)


def shown(layer: QgsVectorLayer, first: str, last: str) -> set[int]:
    """What the controller's frame between two days lets through."""
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    frame = QgsDateTimeRange(instant(first), instant(last), True, False)
    request = QgsFeatureRequest()
    request.setFilterExpression(layer.temporalProperties().createFilterString(context, frame))
    return {feature.id() for feature in layer.getFeatures(request)}


@pytest.mark.parametrize(
    ("date_field", "column"), [("occurred", "occurred_from"), ("reported", "reported_at")]
)
def test_a_frame_shows_the_threats_of_its_days(
    layers: KmzbLayers, replica_path: Path, date_field: str, column: str
) -> None:
    layers.follow_time(date_field)
    with closing(sqlite3.connect(replica_path)) as file:
        days = [row[0] for row in file.execute(f"SELECT substr({column}, 1, 10) FROM threats ORDER BY 1")]
        first, last = days[len(days) // 3], days[len(days) * 2 // 3]
        for source in SOURCES:
            expected = file.execute(
                f"SELECT fid FROM threats WHERE source = ? AND {column} >= ? AND {column} < ?",
                (source, f"{first}T00:00:00.000Z", f"{last}T00:00:00.000Z"),
            ).fetchall()
            assert shown(layers.layer(source), first, last) == {fid for (fid,) in expected} != set()


def test_the_range_to_play_is_that_of_the_filter(layers: KmzbLayers, replica_path: Path) -> None:
    layers.follow_time("occurred")
    project = QgsProject.instance()
    whole = QgsTemporalUtils.calculateTemporalRangeForProject(project)
    middle = whole.begin().addSecs(whole.begin().secsTo(whole.end()) // 2).toString("yyyy-MM-dd")
    layers.apply_filter(dict.fromkeys(SOURCES, f"\"occurred_from\" >= '{middle}T00:00:00.000Z'"), 10)
    part = QgsTemporalUtils.calculateTemporalRangeForProject(project)
    assert whole.begin().date() < QDate.fromString(middle, Qt.DateFormat.ISODate) <= part.begin().date()
    assert part.end() == whole.end()


def test_the_project_offers_the_filtered_period(layers: KmzbLayers) -> None:
    settings = QgsProject.instance().timeSettings()
    layers.follow_time("occurred", ("2024-03-30T23:00:00.000Z", "2024-03-31T22:00:00.000Z"))
    span = settings.temporalRange()
    assert (span.begin().toSecsSinceEpoch(), span.end().toSecsSinceEpoch()) == (1711839600, 1711922400)
    layers.follow_time("occurred", ("2024-03-30T23:00:00.000Z", None))
    assert settings.temporalRange().isInfinite()


def test_who_switches_it_off_is_left_in_peace(layers: KmzbLayers) -> None:
    layers.follow_time("occurred")
    times = layers.layer("citizen").temporalProperties()
    assert times.isActive()
    times.setIsActive(False)
    layers.follow_time("occurred")
    assert not times.isActive()
    layers.follow_time("reported")
    assert times.isActive()
