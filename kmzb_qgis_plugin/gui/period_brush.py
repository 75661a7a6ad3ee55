"""A histogram of days over which a period is brushed, by mouse or key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from qgis.PyQt.QtCore import QDate, QEvent, QLocale, QRect, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from qgis.PyQt.QtWidgets import QToolTip, QWidget

from kmzb_qgis_plugin.domain.timeline import DAY, MONTH, WEEK, YEAR, Bin, gather, kind_for
from kmzb_qgis_plugin.gui.theme_palette import theme_palette
from kmzb_qgis_plugin.i18n import interface_language, tr

NARROWEST_BAR = 2
"""Pixels of a bar at least; more days than fit so are gathered into weeks, months or years."""
BARS_HEIGHT = 48
HANDLE = 4
"""Pixels to either side of a brush's end within which it is grasped."""
FEWEST_DAYS = 14
"""So many days are shown at least."""
FAINT_ALPHA = 110
DAYS_OF_A_YEAR = 366
ZOOM = 0.5

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class PeriodBrush(QWidget):
    """How many threats there are by time, and which days are chosen of it.

    Dragging over the bars chooses; a chosen period is moved by its middle and widened
    by its ends; a double click chooses all. Ctrl and the wheel show fewer or more days, and
    the bars are then days, weeks, months or years. By key: arrows move the chosen period
    or, with Shift its end, with Ctrl its beginning; + and - show fewer or more; Delete
    chooses all.
    """

    chosen = pyqtSignal(object, object)
    """First and last day that a person chose; None both for all."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.first: date | None = None
        self.last: date | None = None
        self.bins: list[Bin] = []
        self.kind = DAY
        self._start: date | None = None
        self._numbers: Sequence[int] = ()
        self._span: tuple[date, date] | None = None
        self._grasped = ""
        self._from = 0
        self._before: tuple[date | None, date | None] = (None, None)

    def show_days(self, start: date, numbers: Sequence[int]) -> None:
        """Show numbers by day, from a first one on."""
        self._start, self._numbers = start, numbers
        self._gather()

    def choose(self, first: date | None, last: date | None) -> None:
        """Show a period; None is an open end."""
        if not self._grasped:
            self.first, self.last = first, last
            self._describe()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, BARS_HEIGHT + self.fontMetrics().height() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, BARS_HEIGHT + self.fontMetrics().height() + 4)

    def bar_rect(self, number: int) -> QRect:
        """Where a bin has its bar, in pixels, as high as the widget."""
        width = self.width() - 1
        left, right = (width * at // max(len(self.bins), 1) for at in (number, number + 1))
        return QRect(left, 0, right - left, self._bottom())

    def brush_rect(self) -> QRect | None:
        """Where the chosen period is, in pixels; None where all days are chosen, or none are shown."""
        if not self.bins or (self.first is None and self.last is None):
            return None
        first, last = self.first or self.bins[0].first, self.last or self.bins[-1].last
        inside = [at for at, one in enumerate(self.bins) if one.last >= first and one.first <= last]
        if not inside:
            return None
        return self.bar_rect(inside[0]).united(self.bar_rect(inside[-1]))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self._show_tip(event)
            return True
        return bool(super().event(event))

    def resizeEvent(self, event: QEvent) -> None:
        super().resizeEvent(event)
        self._gather()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.bins:
            super().mousePressEvent(event)
            return
        self._before = (self.first, self.last)
        self._from = self._bin_at(event.pos().x())
        self._grasped = self._part_at(event.pos().x())
        if self._grasped == "new":
            self._brush(self._from, self._from)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.pos().x()
        if not self._grasped:
            shapes = Qt.CursorShape
            over = self._part_at(x) if self.bins else ""
            shape = {
                "first": shapes.SizeHorCursor,
                "last": shapes.SizeHorCursor,
                "middle": shapes.OpenHandCursor,
            }
            self.setCursor(shape.get(over, shapes.ArrowCursor))
            return
        self._drag_to(x)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._grasped:
            self._drag_to(event.pos().x())
            self._grasped = ""
            self._announce()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._choose_all()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & CONTROL:
            event.ignore()  # the dock scrolls
            return
        self._zoom(event.angleDelta().y() > 0, self._bin_at(int(event.position().x())))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        step = {keys.Key_Left: -1, keys.Key_Right: 1}.get(event.key())
        self._before = (self.first, self.last)
        if step is not None and self.bins:
            self._step(step, bool(event.modifiers() & CONTROL), bool(event.modifiers() & SHIFT))
            self._announce()
        elif event.key() in (keys.Key_Plus, keys.Key_Equal, keys.Key_Minus) and self.bins:
            low, high = self._chosen_bins(self._before)
            self._zoom(event.key() != keys.Key_Minus, (low + high) // 2)
        elif event.key() in (keys.Key_Delete, keys.Key_Backspace):
            self._choose_all()
        elif event.key() == keys.Key_Escape and self._grasped:
            self._grasped = ""
            self.first, self.last = self._before
            self.update()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        palette = theme_palette()
        ink = palette.color(group, QPalette.ColorRole.Text)
        if not any(one.number for one in self.bins):
            faint = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
            painter.setPen(faint)
            text = "…" if self._start is None else tr("No threats on these days")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
            painter.end()
            return
        chosen = self.palette().color(group, QPalette.ColorRole.Highlight)
        faint = ink
        faint.setAlpha(FAINT_ALPHA)
        brush = self.brush_rect()
        highest = max(one.number for one in self.bins)
        for at, one in enumerate(self.bins):
            place = self.bar_rect(at)
            height = -(-one.number * (place.height() - 2) // highest)
            inside = brush is None or brush.contains(place.center())
            gap = 1 if place.width() > NARROWEST_BAR else 0
            bar = QRect(place.left(), place.bottom() + 1 - height, place.width() - gap, height)
            painter.fillRect(bar, chosen if inside else faint)
        painter.setPen(faint)
        painter.drawLine(0, self._bottom(), self.width(), self._bottom())
        if brush is not None:
            painter.setPen(chosen)
            painter.drawRect(brush.adjusted(0, 0, -1, 0))
            for x in (brush.left(), brush.right()):
                painter.fillRect(QRect(x - 1, brush.center().y() - 8, 3, 16), chosen)
        painter.setPen(palette.color(group, QPalette.ColorRole.Text))
        self._write_labels(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _write_labels(self, painter: QPainter) -> None:
        """Write when bins begin, as many as there is room for."""
        free = 0
        metrics = self.fontMetrics()
        for at, one in enumerate(self.bins):
            text = self._label(one, at)
            x = self.bar_rect(at).left()
            if not text or x < free:
                continue
            width = metrics.horizontalAdvance(text)
            if x + width > self.width():
                break
            painter.drawText(x, self._bottom() + metrics.ascent() + 2, text)
            free = x + width + metrics.averageCharWidth() * 2

    def _label(self, one: Bin, at: int) -> str:
        day = QDate(one.first.year, one.first.month, one.first.day)
        locale = QLocale(interface_language())
        if self.kind == YEAR or (self.kind == MONTH and len(self.bins) > 18):
            return str(one.first.year) if one.first.month == 1 or at == 0 else ""
        days = (self.bins[-1].last - self.bins[0].first).days
        if self.kind == MONTH or days > DAYS_OF_A_YEAR:
            return str(locale.toString(day, "MMM yyyy"))
        return str(locale.toString(day, "d MMM"))

    def _show_tip(self, event: QHelpEvent) -> None:
        if not self.bins:
            return
        one = self.bins[self._bin_at(event.pos().x())]
        QToolTip.showText(
            event.globalPos(), f"{_days_text(one.first, one.last)}\n{QLocale().toString(one.number)}", self
        )

    def _gather(self) -> None:
        """Put the numbers into bins that fit the width."""
        if self._start is None:
            return
        data = (self._start, self._start + timedelta(days=max(len(self._numbers), 1) - 1))
        first, last = self._span or data
        self.kind = kind_for(first, last, max(self.width() // NARROWEST_BAR, 1))
        self.bins = gather(self._start, self._numbers, first, last, self.kind)
        self._describe()
        self.update()

    def _zoom(self, closer: bool, middle: int) -> None:
        """Show half or twice as many days around a bin, within those that there are."""
        if self._start is None or not self.bins:
            return
        data = (self._start, self._start + timedelta(days=max(len(self._numbers), 1) - 1))
        first, last = self._span or data
        days = max(round(((last - first).days + 1) * (ZOOM if closer else 1 / ZOOM)), FEWEST_DAYS)
        centre = self.bins[middle].first + (self.bins[middle].last - self.bins[middle].first) // 2
        first = max(centre - timedelta(days=days // 2), data[0])
        last = min(first + timedelta(days=days - 1), data[1])
        first = max(min(first, last - timedelta(days=days - 1)), data[0])
        self._span = None if (first, last) == data else (first, last)
        self._gather()

    def _drag_to(self, x: int) -> None:
        at = self._bin_at(x)
        low, high = self._chosen_bins(self._before)
        if self._grasped == "new":
            self._brush(min(self._from, at), max(self._from, at))
        elif self._grasped == "first":
            self._widen(min(at, high), None)
        elif self._grasped == "last":
            self._widen(None, max(at, low))
        else:
            self._move(at - self._from, self._before)

    def _step(self, step: int, beginning: bool, end: bool) -> None:
        low, high = self._chosen_bins(self._before)
        if beginning:
            self._widen(min(max(low + step, 0), high), None)
        elif end:
            self._widen(None, max(min(high + step, len(self.bins) - 1), low))
        elif self.brush_rect() is None:
            self._brush(high, high) if step > 0 else self._brush(len(self.bins) - 1, len(self.bins) - 1)
        else:
            self._move(step, self._before)

    def _move(self, step: int, before: tuple[date | None, date | None]) -> None:
        """Move the whole period, as far as there are bins."""
        low, high = self._chosen_bins(before)
        step = min(max(step, -low), len(self.bins) - 1 - high)
        self._brush(low + step, high + step)

    def _brush(self, low: int, high: int) -> None:
        self.first, self.last = self.bins[low].first, self.bins[high].last
        self.update()

    def _widen(self, low: int | None, high: int | None) -> None:
        """Put one end to a bin's; the other one stays where it is, within a bin as it may be."""
        if low is not None:
            self.first = self.bins[low].first
        if high is not None:
            self.last = self.bins[high].last
        self.update()

    def _choose_all(self) -> None:
        self._grasped = ""
        self._before = (self.first, self.last)
        self.first = self.last = None
        self.update()
        self._announce()

    def _announce(self) -> None:
        if (self.first, self.last) != self._before:
            self._describe()
            self.chosen.emit(self.first, self.last)

    def _chosen_bins(self, chosen: tuple[date | None, date | None]) -> tuple[int, int]:
        """Numbers of the first and the last bin of a period; of all bins where it is open."""
        first, last = chosen
        low = [at for at, one in enumerate(self.bins) if first is None or one.last >= first]
        high = [at for at, one in enumerate(self.bins) if last is None or one.first <= last]
        start = low[0] if low else len(self.bins) - 1
        return start, max(high[-1] if high else 0, start)

    def _part_at(self, x: int) -> str:
        """What a press would grasp: an end of the brush, its middle, or nothing: it makes a new one."""
        brush = self.brush_rect()
        if brush is None:
            return "new"
        if abs(x - brush.left()) <= HANDLE:
            return "first"
        if abs(x - brush.right()) <= HANDLE:
            return "last"
        return "middle" if brush.left() < x < brush.right() else "new"

    def _bin_at(self, x: int) -> int:
        return min(max(x * len(self.bins) // max(self.width() - 1, 1), 0), len(self.bins) - 1)

    def _bottom(self) -> int:
        return self.height() - self.fontMetrics().height() - 3

    def _describe(self) -> None:
        """Say what is chosen, and what a bar is, to who does not see it."""
        bars = {
            DAY: tr("A bar is a day"),
            WEEK: tr("A bar is a week"),
            MONTH: tr("A bar is a month"),
            YEAR: tr("A bar is a year"),
        }[self.kind]
        days = _days_text(self.first, self.last)
        self.setAccessibleDescription(f"{days}. {bars}.")


def _days_text(first: date | None, last: date | None) -> str:
    """Days as the fields for dates show them."""
    locale = QLocale()

    def text(day: date | None) -> str:
        if day is None:
            return "…"
        return str(locale.toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat))

    if first is None and last is None:
        return tr("All dates")
    return text(first) if first == last else f"{text(first)} – {text(last)}"
