"""QGIS's Temporal Controller is set to what is being looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from desk import Desk, told, wait_for
from qgis.core import QgsTemporalNavigationObject

from kmzb_qgis_plugin.domain.period import Period
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.gui.messages import Messages
from kmzb_qgis_plugin.gui.time_control import TimeControl
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


def test_numbers_in_circles_are_said_to_stand_still(
    control: TimeControl,
    controller: QgsTemporalNavigationObject,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    modes = QgsTemporalNavigationObject.NavigationMode
    controller.setNavigationMode(modes.Animated)
    assert not any("stand still" in text for text in told(desk.bar))
    controller.setNavigationMode(modes.NavigationOff)
    monkeypatch.setattr(type(control.session.layers), "dense", property(lambda layers: True))
    controller.setNavigationMode(modes.Animated)
    assert "stand still" in told(desk.bar)[-1]
