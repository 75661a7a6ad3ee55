"""The histogram under the dates: what it shows, and how a period is brushed on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from desk import wait_for
from filter_dock_hands import part, settled
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QHelpEvent, QWheelEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QToolTip

from kmzb_qgis_plugin.domain.period import Period
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.domain.timeline import Bin, gather, kind_for
from kmzb_qgis_plugin.gui.filter_dock import FilterDock
from kmzb_qgis_plugin.gui.period_brush import PeriodBrush

START = date(2024, 1, 1)
LEFT = Qt.MouseButton.LeftButton
NONE, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


@pytest.fixture
def timeline(qgis_app: QgsApplication) -> Iterator[PeriodBrush]:
    made = PeriodBrush("Dates")
    made.resize(301, 70)
    made.show()
    made.show_days(START, [1] * 30)
    made.told = []
    made.chosen.connect(lambda first, last: made.told.append((first, last)))
    yield made
    made.close()
    made.deleteLater()


def day(number: int) -> date:
    return START + timedelta(days=number)


def middle(timeline: PeriodBrush, number: int) -> QPoint:
    return timeline.bar_rect(number).center()


def drag(timeline: PeriodBrush, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(timeline, LEFT, NONE, start)
    for step in (0.5, 1.0):
        place = QPoint(round(start.x() + (end.x() - start.x()) * step), end.y())
        QTest.mouseMove(timeline, place)
    QTest.mouseRelease(timeline, LEFT, NONE, end)


@pytest.mark.parametrize(
    ("days", "kind"),
    [(1, "day"), (100, "day"), (101, "week"), (700, "week"), (3000, "month"), (4000, "year")],
)
def test_bins_are_as_narrow_as_they_fit(days: int, kind: str) -> None:
    assert kind_for(START, START + timedelta(days=days - 1), 100) == kind


def test_weeks_begin_on_monday_and_nothing_is_lost() -> None:
    start = date(2024, 2, 28)  # a Wednesday, before a leap day
    numbers = [1, 2, 4, 8, 16, 32, 64, 128]
    assert gather(start, numbers, start, start + timedelta(days=7), "week") == [
        Bin(date(2024, 2, 26), date(2024, 3, 3), 31),
        Bin(date(2024, 3, 4), date(2024, 3, 10), 224),
    ]
    assert [one.number for one in gather(start, numbers, start, start + timedelta(7), "month")] == [3, 252]
    assert gather(start, numbers, start, start, "year") == [Bin(date(2024, 1, 1), date(2024, 12, 31), 255)]


def test_dragging_chooses_days(timeline: PeriodBrush) -> None:
    drag(timeline, middle(timeline, 4), middle(timeline, 9))
    assert timeline.told == [(day(4), day(9))]
    drag(timeline, middle(timeline, 20), middle(timeline, 15))
    assert timeline.told[-1] == (day(15), day(20))


def test_ends_and_middle_are_grasped(timeline: PeriodBrush) -> None:
    timeline.choose(day(10), day(14))
    brush = timeline.brush_rect()
    drag(timeline, QPoint(brush.right(), 20), middle(timeline, 18))
    assert timeline.told[-1] == (day(10), day(18))
    drag(timeline, QPoint(timeline.brush_rect().left(), 20), middle(timeline, 6))
    assert timeline.told[-1] == (day(6), day(18))
    drag(timeline, middle(timeline, 12), middle(timeline, 15))
    assert timeline.told[-1] == (day(9), day(21))
    drag(timeline, middle(timeline, 12), QPoint(timeline.width() + 500, 20))
    assert timeline.told[-1] == (day(17), day(29))


def test_keys_do_the_same(timeline: PeriodBrush) -> None:
    for key, modifier, expected in (
        (Qt.Key.Key_Left, NONE, (29, 29)),
        (Qt.Key.Key_Left, CONTROL, (28, 29)),
        (Qt.Key.Key_Left, NONE, (27, 28)),
        (Qt.Key.Key_Right, SHIFT, (27, 29)),
        (Qt.Key.Key_Right, CONTROL, (28, 29)),
    ):
        QTest.keyClick(timeline, key, modifier)
        assert timeline.told[-1] == tuple(map(day, expected))
    told = len(timeline.told)
    QTest.keyClick(timeline, Qt.Key.Key_Right, SHIFT)  # there is no later day
    assert len(timeline.told) == told
    QTest.keyClick(timeline, Qt.Key.Key_Delete)
    assert timeline.told[-1] == (None, None)


def test_the_other_end_of_a_month_is_kept_to_the_day(timeline: PeriodBrush) -> None:
    timeline.show_days(START, [1] * 2000)
    assert timeline.kind == "month"
    timeline.choose(date(2025, 2, 10), date(2025, 4, 20))
    QTest.keyClick(timeline, Qt.Key.Key_Right, SHIFT)
    assert timeline.told == [(date(2025, 2, 10), date(2025, 5, 31))]


def test_a_double_click_chooses_all(timeline: PeriodBrush) -> None:
    timeline.choose(day(3), day(5))
    QTest.mouseDClick(timeline, LEFT, NONE, middle(timeline, 20))
    assert timeline.told[-1] == (None, None)


def test_ctrl_and_the_wheel_show_fewer_days(timeline: PeriodBrush) -> None:
    timeline.show_days(START, [1] * 4000)

    def turn(up: bool, modifier: Qt.KeyboardModifier) -> bool:
        place = QPointF(middle(timeline, len(timeline.bins) // 2))
        event = QWheelEvent(
            place, QPointF(timeline.mapToGlobal(place.toPoint())), QPoint(), QPoint(0, 120 if up else -120),
            Qt.MouseButton.NoButton, modifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(timeline, event)
        return event.isAccepted()

    kinds = [timeline.kind]
    for _ in range(9):
        assert turn(True, CONTROL)
        kinds.append(timeline.kind)
    assert list(dict.fromkeys(kinds)) == ["month", "week", "day"]
    assert len(timeline.bins) >= 14
    assert not turn(True, NONE)  # the dock scrolls
    for _ in range(12):
        turn(False, CONTROL)
    assert (timeline.bins[0].first, timeline.kind) == (START, "month")


def test_what_is_chosen_is_painted_in_the_colour_of_the_selection(timeline: PeriodBrush) -> None:
    timeline.choose(day(10), day(19))
    picture = timeline.grab().toImage()
    chosen = timeline.palette().highlight().color()
    assert picture.pixelColor(middle(timeline, 12)) == chosen
    assert picture.pixelColor(middle(timeline, 25)) != chosen


def test_brushing_filters(language: str, dock: FilterDock) -> None:
    timeline = part(dock, "PeriodPart").timeline
    wait_for(lambda: len(timeline.bins) > 8, "the bars stand")
    low, high = timeline.bins[3], timeline.bins[6]
    drag(timeline, middle(timeline, 3), middle(timeline, 6))
    assert dock.session.filter.period == Period("range", low.first, high.last)
    assert part(dock, "PeriodPart").kind.currentData() == "range"
    numbers = sum(one.number for one in timeline.bins[3:7])
    where = f"local_day BETWEEN '{low.first}' AND '{high.last}'"
    assert settled(dock, where) == numbers
    assert sum(one.number for one in timeline.bins) == 600  # the bars show what other days would add
    dock.undo.click()
    assert dock.session.filter == ThreatFilter()
    assert timeline.brush_rect() is None


def test_a_bar_says_its_days_in_the_words_of_the_language(language: str, timeline: PeriodBrush) -> None:
    place = middle(timeline, 4)
    QApplication.sendEvent(timeline, QHelpEvent(QEvent.Type.ToolTip, place, timeline.mapToGlobal(place)))
    assert QToolTip.text() == {"en": "05/01/2024\n1", "pl": "05.01.2024\n1"}[language]
    QToolTip.hideText()
    timeline.show_days(START, [1] * 700)
    assert timeline.kind == "week"
    words = {"en": "A bar is a week", "pl": "Słupek to tydzień"}
    assert words[language] in timeline.accessibleDescription()
    assert timeline._label(timeline.bins[0], 0) == {"en": "Jan 2024", "pl": "sty 2024"}[language]


def test_the_bars_are_of_the_date_that_is_chosen(dock: FilterDock) -> None:
    timeline = part(dock, "PeriodPart").timeline
    dock.session.set_filter(ThreatFilter(sources=frozenset({"police"}), date_field="reported"))
    where = "source = 'police'"
    expected = settled(dock, where)
    wait_for(lambda: sum(one.number for one in timeline.bins) == expected, "the bars follow the filter")


def test_no_threats_are_said_to_be_none(dock: FilterDock) -> None:
    timeline = part(dock, "PeriodPart").timeline
    dock.session.set_filter(ThreatFilter(categories=frozenset()))
    wait_for(lambda: not any(one.number for one in timeline.bins), "no bars")
    timeline.grab()
