"""Weekdays and hours: what is dragged, clicked and keyed in the grid is what is kept, and what is painted."""

from __future__ import annotations

from filter_dock_hands import opened_part, settled
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtTest import QTest

from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.gui.filter_dock import FilterDock
from kmzb_qgis_plugin.gui.week_grid import Cell, WeekGrid

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def middle(grid: WeekGrid, day: int, hour: int) -> QPoint:
    return grid.cell_rect(Cell(day, hour)).center()


def drag(grid: WeekGrid, start: tuple[int, int], end: tuple[int, int]) -> None:
    QTest.mousePress(grid, LEFT, NONE, middle(grid, *start))
    QTest.mouseMove(grid, middle(grid, *end))
    QTest.mouseRelease(grid, LEFT, NONE, middle(grid, *end))


def click(grid: WeekGrid, day: int, hour: int, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(grid, LEFT, modifier, middle(grid, day, hour))


def test_a_drag_keeps_the_hours_of_the_days(dock: FilterDock) -> None:
    grid = opened_part(dock, "WeekPart").grid
    changes = []
    dock.session.filterChanged.connect(lambda: changes.append(1))
    drag(grid, (6, 18), (7, 23))

    assert 0 < settled(dock, "local_weekday IN (6, 7) AND local_hour >= 18") < 600
    assert len(changes) == 1
    assert "weekdays: Saturday, Sunday; hours: 18:00–24:00" in dock.sentence.text()


def test_names_choose_days_or_hours_alone(dock: FilterDock) -> None:
    grid = opened_part(dock, "WeekPart").grid
    click(grid, 1, -1)
    assert dock.session.filter == ThreatFilter(weekdays=frozenset({1}))
    drag(grid, (0, 8), (0, 11))
    settled(dock, "local_weekday = 1 AND local_hour BETWEEN 8 AND 11")
    click(grid, 0, -1)
    assert settled(dock, "1 = 1") == 600
    assert dock.session.filter == ThreatFilter()


def test_control_adds_and_takes_away(dock: FilterDock) -> None:
    grid = opened_part(dock, "WeekPart").grid
    click(grid, 7, -1, CONTROL)
    assert dock.session.filter.weekdays == {1, 2, 3, 4, 5, 6}
    click(grid, 7, -1)
    click(grid, 2, -1, CONTROL)
    assert dock.session.filter.weekdays == {2, 7}
    click(grid, 2, -1, CONTROL)
    click(grid, 7, -1, CONTROL)
    assert dock.session.filter.weekdays is None


def test_keys_do_it_too(dock: FilterDock) -> None:
    grid = opened_part(dock, "WeekPart").grid
    for _ in range(3):
        QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Down)
    QTest.keyClick(grid, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(grid, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(grid, Qt.Key.Key_Space)

    assert dock.session.filter == ThreatFilter(weekdays=frozenset({1, 2}), hours=frozenset({2, 3}))
    settled(dock, "local_weekday IN (1, 2) AND local_hour IN (2, 3)")
    QTest.keyClick(grid, Qt.Key.Key_Z, CONTROL)
    assert dock.session.filter == ThreatFilter()


def test_a_filter_is_painted_and_told(language: str, dock: FilterDock) -> None:
    week = opened_part(dock, "WeekPart")
    grid = week.grid
    dock.session.set_filter(ThreatFilter(weekdays=frozenset({3}), hours=frozenset({0, 23})))
    picture = grid.grab().toImage()
    highlight = grid.palette().color(QPalette.ColorRole.Highlight)
    painted = {
        (day, hour)
        for day in range(1, 8)
        for hour in range(24)
        if picture.pixelColor(middle(grid, day, hour)) == highlight
    }

    assert painted == {(3, 0), (3, 23)}
    assert (
        week.words.text()
        == {
            "en": "weekdays: Wednesday; hours: 00:00–01:00, 23:00–24:00",
            "pl": "dni tygodnia: środa; godziny: 00:00–01:00, 23:00–24:00",
        }[language]
    )
    assert grid.accessibleDescription() == week.words.text()
    dock.resize(360, 900)
    assert grid.minimumSizeHint().width() < 300
    assert grid.geometry().right() <= week.width()
