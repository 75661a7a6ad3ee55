"""QGIS's Temporal Controller is set to what is being looked at, and plays numbers by cell too."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from desk import Desk, ask, wait_for
from qgis.core import (
    QgsApplication,
    QgsDateTimeRange,
    QgsFeature,
    QgsFeatureRequest,
    QgsTemporalNavigationObject,
    QgsVectorLayerTemporalContext,
)
from qgis.PyQt.QtCore import QDateTime, Qt

from kmzb_qgis_plugin import facets
from kmzb_qgis_plugin.domain.period import Period
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.gui.messages import Messages
from kmzb_qgis_plugin.gui.time_control import TimeControl
from kmzb_qgis_plugin.layers import layer_tree
from kmzb_qgis_plugin.layers.layer_tree import KmzbLayers
from kmzb_qgis_plugin.layers.temporal import FIELDS
from kmzb_qgis_plugin.replica.columns import Columns
from kmzb_qgis_plugin.session import Session

HOUR, DAY = 3600, 86_400


@pytest.fixture
def controller(desk: Desk) -> QgsTemporalNavigationObject:
    made = QgsTemporalNavigationObject(desk.canvas)
    desk.canvas.setTemporalController(made)
    return made


@pytest.fixture
def control(
    controller: QgsTemporalNavigationObject,
    opened: Callable[..., Session],
    desk: Desk,
    messages: Messages,
) -> Iterator[TimeControl]:
    made = TimeControl(opened(), desk.canvas, messages)
    wait_for(lambda: not made.session._background.busy("drawn"), "the first drawing")
    yield made
    made.close()


def look_at(control: TimeControl, first: date, last: date) -> None:
    control.session.set_filter(ThreatFilter(period=Period("range", first, last)))
    wait_for(lambda: not control.session._background.busy("drawn"), "the drawing")


@pytest.mark.parametrize(
    ("first", "last", "seconds"),
    [
        (date(2024, 5, 1), date(2024, 5, 2), HOUR),
        (date(2024, 5, 1), date(2024, 6, 30), DAY),
        (date(2023, 5, 1), date(2024, 5, 1), 7 * DAY),
        (date(2020, 1, 1), date(2024, 5, 1), 30 * DAY),
    ],
)
def test_the_controller_plays_the_filtered_period(
    control: TimeControl, controller: QgsTemporalNavigationObject, first: date, last: date, seconds: int
) -> None:
    look_at(control, first, last)
    span = controller.temporalExtents()
    # midnight in Warsaw, in the hours of UTC
    assert span.begin().addSecs(2 * HOUR).date().toPyDate() == first
    assert span.end().addSecs(2 * HOUR).addDays(-1).date().toPyDate() == last
    assert controller.frameDuration().seconds() == seconds


def test_an_open_period_leaves_the_controller_as_the_person_has_set_it(
    control: TimeControl, controller: QgsTemporalNavigationObject
) -> None:
    look_at(control, date(2024, 5, 1), date(2024, 6, 30))
    before = controller.temporalExtents()
    control.session.set_filter(ThreatFilter())
    wait_for(lambda: not control.session._background.busy("drawn"), "the drawing")
    assert controller.temporalExtents() == before


@pytest.fixture
def playing(
    control: TimeControl, controller: QgsTemporalNavigationObject, monkeypatch: pytest.MonkeyPatch
) -> QgsTemporalNavigationObject:
    """The controller plays two months of so many threats that they are numbers by cell, and is at some."""
    for module in (facets, layer_tree):
        monkeypatch.setattr(module, "DENSE_COUNT", 20)
    look_at(control, date(2024, 4, 1), date(2024, 5, 31))
    assert control.session.layers.dense
    controller.setNavigationMode(QgsTemporalNavigationObject.NavigationMode.Animated)
    while counted(control) == 0:
        controller.next()
    return controller


def counted(control: TimeControl) -> int:
    """How many threats the cells stand for, once they are counted."""
    wait_for(lambda: not control.session._background.busy("drawn"), "the cells are counted")
    return in_cells(control)


def in_cells(control: TimeControl) -> int:
    return sum(cell["number"] for cell in control.session.layers.layer("cells").getFeatures())


def in_layers(control: TimeControl, frame: QgsDateTimeRange) -> int:
    """How many points QGIS itself would draw in a frame."""
    context, found = QgsVectorLayerTemporalContext(), 0
    for source in layer_tree.SOURCES:
        layer = control.session.layers.layer(source)
        context.setLayer(layer)
        request = QgsFeatureRequest()
        request.setFilterExpression(layer.temporalProperties().createFilterString(context, frame))
        found += len(list(layer.getFeatures(request)))
    return found


@pytest.mark.parametrize("date_field", ["occurred", "reported"])
def test_numbers_in_circles_are_those_of_the_frame(
    control: TimeControl, playing: QgsTemporalNavigationObject, date_field: str
) -> None:
    control.session.set_filter(control.session.filter.replace(date_field=date_field))
    played: list[int] = []
    for number in range(playing.totalFrameCount()):
        playing.setCurrentFrameNumber(number)
        played.append(counted(control))
        assert played[-1] == in_layers(control, playing.dateTimeRangeForFrameNumber(number))
    whole = ask(
        control.session,
        f"SELECT count(*) FROM threats WHERE {FIELDS[date_field]} >= '2024-03-31T22:00:00.000Z' "
        f"AND {FIELDS[date_field]} < '2024-05-31T22:00:00.000Z'",
    )[0][0]
    assert sum(played) == whole > max(played)
    assert min(played) < 20, "a frame is not measured by how many there are in all"
    playing.setNavigationMode(QgsTemporalNavigationObject.NavigationMode.NavigationOff)
    assert counted(control) == whole


def test_the_numbers_before_stay_until_the_next_have_been_counted(
    control: TimeControl, playing: QgsTemporalNavigationObject
) -> None:
    played = [in_cells(control)]
    for _ in range(10):
        playing.next()
        assert in_cells(control) == played[-1]
        played.append(counted(control))
    assert len(set(played)) > 1


def test_a_frame_without_threats_shows_no_number(
    control: TimeControl, playing: QgsTemporalNavigationObject
) -> None:
    ahead = QDateTime.fromString("2031-01-01T00:00:00Z", Qt.DateFormat.ISODate)
    playing.setTemporalExtents(QgsDateTimeRange(ahead, ahead.addDays(2), True, False))
    counted(control)
    assert control.session.layers.layer("cells").featureCount() == 0
    assert control.session.layers.dense


def test_frames_that_come_faster_than_they_are_counted_do_not_keep_the_numbers_still(
    control: TimeControl, playing: QgsTemporalNavigationObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[int] = []
    set_cells = KmzbLayers.set_cells

    def note(layers: KmzbLayers, cells: Sequence[QgsFeature], step: float) -> None:
        shown.append(playing.currentFrameNumber())
        set_cells(layers, cells, step)

    monkeypatch.setattr(KmzbLayers, "set_cells", note)
    count_cells = Columns.cells

    def slowly(columns: Columns, *how: Any) -> Any:
        time.sleep(0.05)
        return count_cells(columns, *how)

    monkeypatch.setattr(Columns, "cells", slowly)
    last = playing.totalFrameCount() - 1
    end = time.monotonic() + 1
    while time.monotonic() < end:
        playing.setCurrentFrameNumber((playing.currentFrameNumber() + 1) % last)
        QgsApplication.processEvents()
        time.sleep(0.01)
    assert len(shown) > 3, "numbers came while it was played"
    playing.setCurrentFrameNumber(last)
    assert counted(control) == in_layers(control, playing.dateTimeRangeForFrameNumber(last))


def test_what_is_played_already_is_taken_up(
    control: TimeControl, playing: QgsTemporalNavigationObject, desk: Desk, messages: Messages
) -> None:
    """A plugin that is switched on, or loaded anew, while the controller plays."""
    control.session.set_frame(QgsDateTimeRange(QDateTime(), QDateTime()))
    whole = counted(control)
    again = TimeControl(control.session, desk.canvas, messages)
    assert counted(control) < whole
    again.close()
