"""A week of 7 × 24 hours, of which days and hours are chosen by mouse or key."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from qgis.PyQt.QtCore import QLocale, QPoint, QRect, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QWidget

from kmzb_qgis_plugin.gui.theme_palette import theme_palette
from kmzb_qgis_plugin.i18n import interface_language

DAYS, HOURS = 7, 24
ALL_DAYS, ALL_HOURS = frozenset(range(1, DAYS + 1)), frozenset(range(HOURS))
LABELLED_HOURS = (0, 6, 12, 18)
GAP = 4
"""Pixels between the names of days and the cells."""
LINE_ALPHA = 70
"""Of 255, how strong the lines between cells are."""
NARROWEST = 8
"""Pixels of an hour at least."""

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Cell(NamedTuple):
    """A place in the grid: day 0 is the row of all days (over the hours), hour -1 the column of all hours."""

    day: int
    hour: int


CORNER = Cell(0, -1)


class WeekGrid(QWidget):
    """Which days and which hours are chosen. What is painted is every chosen hour of every chosen day.

    Dragging over cells chooses their days and hours; over names, days or hours
    alone; the corner chooses the whole week. With Ctrl they are added to what is
    chosen; names that are all chosen are taken away instead, and once nothing is
    left of them, all are chosen again. Arrow keys and the space bar do the same.
    """

    changed = pyqtSignal()
    """A person chose; the choice is not the one before."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.days: frozenset[int] = ALL_DAYS
        self.hours: frozenset[int] = ALL_HOURS
        self._before = (self.days, self.hours)
        self._anchor = self._cursor = CORNER
        self._dragging = self._adding = False

    def choose(self, days: frozenset[int] | None, hours: frozenset[int] | None) -> None:
        """Show a choice; None is all."""
        self.days = ALL_DAYS if days is None else days
        self.hours = ALL_HOURS if hours is None else hours
        self.update()

    def cell_rect(self, cell: Cell) -> QRect:
        """Where a cell, a name or the corner is painted, in pixels."""
        x, y = self._edges()
        left, right = (x[cell.hour], x[cell.hour + 1]) if cell.hour >= 0 else (0, x[0])
        top, bottom = (y[cell.day - 1], y[cell.day]) if cell.day >= 1 else (0, y[0])
        return QRect(left, top, right - left, bottom - top)

    def sizeHint(self) -> QSize:
        left, top = self._head()
        line = self.fontMetrics().height()
        return QSize(left + HOURS * line, top + DAYS * line)

    def minimumSizeHint(self) -> QSize:
        left, top = self._head()
        return QSize(left + HOURS * NARROWEST, top + DAYS * self.fontMetrics().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._before = (self.days, self.hours)
        self._dragging = True
        self._adding = bool(event.modifiers() & CONTROL)
        if not event.modifiers() & SHIFT:
            self._anchor = self._cell_at(event.pos())
        self._drag_to(event.pos())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._drag_to(event.pos())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging and event.button() == Qt.MouseButton.LeftButton:
            self._drag_to(event.pos())
            self._dragging = False
            self._announce()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        if event.key() in steps:
            self._move(*steps[event.key()], bool(event.modifiers() & SHIFT))
        elif event.key() == Qt.Key.Key_Space:
            self._before = (self.days, self.hours)
            self._mark(bool(event.modifiers() & CONTROL))
            self._announce()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        palette = theme_palette()
        chosen = self.palette().color(group, QPalette.ColorRole.Highlight)
        empty = palette.color(group, QPalette.ColorRole.Base)
        line = palette.color(group, QPalette.ColorRole.Text)
        line.setAlpha(LINE_ALPHA)  # seen on light and on dark alike, which the palette's Mid is not
        painter.setPen(line)
        for day in ALL_DAYS:
            for hour in ALL_HOURS:
                painter.setBrush(chosen if day in self.days and hour in self.hours else empty)
                painter.drawRect(self.cell_rect(Cell(day, hour)).adjusted(0, 0, -1, -1))
        painter.setPen(palette.color(group, QPalette.ColorRole.Text))
        for day in ALL_DAYS:
            place = self.cell_rect(Cell(day, CORNER.hour)).adjusted(0, 0, -GAP, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _name(day))
        for hour in LABELLED_HOURS:
            place = self.cell_rect(Cell(CORNER.day, hour))
            place.setWidth(place.width() * LABELLED_HOURS[1])
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(hour))
        if self.hasFocus():
            marked = self._cursor.day in self.days and self._cursor.hour in self.hours
            ink = QPalette.ColorRole.HighlightedText if marked else QPalette.ColorRole.Text
            painter.setPen(palette.color(group, ink))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.cell_rect(self._cursor).adjusted(1, 1, -3, -3))
        painter.end()

    def _drag_to(self, place: QPoint) -> None:
        self._cursor = self._of_kind(self._cell_at(place))
        self._mark(self._adding)

    def _move(self, days: int, hours: int, extend: bool) -> None:
        """Move the cursor; with ``extend`` the cells from where that began are meant together."""
        day = min(max(self._cursor.day + days, CORNER.day), DAYS)
        hour = min(max(self._cursor.hour + hours, CORNER.hour), HOURS - 1)
        self._cursor = self._of_kind(Cell(day, hour)) if extend else Cell(day, hour)
        if not extend:
            self._anchor = self._cursor
        self.update()

    def _mark(self, add: bool) -> None:
        """Choose what lies between anchor and cursor."""
        days, hours = self._before
        days_meant = frozenset(_span(self._anchor.day, self._cursor.day)) & ALL_DAYS
        hours_meant = frozenset(_span(self._anchor.hour, self._cursor.hour)) & ALL_HOURS
        if days_meant and hours_meant:
            self.days, self.hours = days_meant, hours_meant
            if add:
                self.days, self.hours = days | days_meant, hours | hours_meant
        elif days_meant:
            self.days = (_switched(days, days_meant) or ALL_DAYS) if add else days_meant
        elif hours_meant:
            self.hours = (_switched(hours, hours_meant) or ALL_HOURS) if add else hours_meant
        else:
            self.days, self.hours = ALL_DAYS, ALL_HOURS
        self.update()

    def _announce(self) -> None:
        if self._before != (self.days, self.hours):
            self.changed.emit()

    def _of_kind(self, cell: Cell) -> Cell:
        """The nearest place of the anchor's kind: a drag that began on names stays on names."""
        day = CORNER.day if self._anchor.day == CORNER.day else max(cell.day, 1)
        hour = CORNER.hour if self._anchor.hour == CORNER.hour else max(cell.hour, 0)
        return Cell(day, hour)

    def _cell_at(self, place: QPoint) -> Cell:
        x, y = self._edges()
        hour = min(bisect_right(x, place.x()) - 1, HOURS - 1)
        return Cell(min(bisect_right(y, place.y()), DAYS), hour)

    def _edges(self) -> tuple[list[int], list[int]]:
        """Where columns and rows of cells begin, and the last ones end, in pixels."""
        left, top = self._head()
        width, height = self.width() - 1 - left, self.height() - 1 - top
        return (
            [left + width * hour // HOURS for hour in range(HOURS + 1)],
            [top + height * day // DAYS for day in range(DAYS + 1)],
        )

    def _head(self) -> tuple[int, int]:
        """Width of the days' names and height of the hours', in pixels."""
        metrics = self.fontMetrics()
        return max(metrics.horizontalAdvance(_name(day)) for day in ALL_DAYS) + GAP, metrics.height()


def _name(day: int) -> str:
    return str(QLocale(interface_language()).dayName(day, QLocale.FormatType.ShortFormat))


def _span(one: int, other: int) -> range:
    return range(min(one, other), max(one, other) + 1)


def _switched(chosen: frozenset[int], meant: frozenset[int]) -> frozenset[int]:
    return chosen - meant if meant <= chosen else chosen | meant
