"""A report's history as a line with a sign for each decision, the newest at the top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from qgis.PyQt.QtCore import QPoint, QSize, Qt
from qgis.PyQt.QtGui import QIcon, QPainter, QPaintEvent, QPen
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QWidget

SIGN = 16
"""Pixels of a sign."""
TOP = 2
"""Pixels above a sign, so that it stands beside the first line of its text."""
LINE_WIDTH = 2


class Event(NamedTuple):
    """Something that happened.

    Attributes:
        icon: its sign.
        text: rich text.
        spoken: the same in plain words, for screen readers.
    """

    icon: QIcon
    text: str
    spoken: str


class Timeline(QWidget):
    """Events below each other, joined by a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.texts: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)

    def show_events(self, events: Sequence[Event]) -> None:
        """Show these events, in their order."""
        while self._grid.count():
            widget = self._grid.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()
        self.texts = []
        for row, event in enumerate(events):
            text = QLabel(event.text)
            text.setTextFormat(Qt.TextFormat.RichText)
            text.setWordWrap(True)
            text.setAccessibleName(event.spoken)
            text.setContentsMargins(0, 0, 0, 8 if row < len(events) - 1 else 0)
            text.setAlignment(Qt.AlignmentFlag.AlignTop)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(_Rail(event.icon, row > 0, row < len(events) - 1), row, 0)
            self._grid.addWidget(text, row, 1)
            self.texts.append(text)

    def text(self) -> str:
        """All events, in rich text."""
        return "<br>".join(label.text() for label in self.texts)


class _Rail(QWidget):
    """A sign on a piece of the line, which goes on upwards and downwards where there is more."""

    def __init__(self, icon: QIcon, upwards: bool, downwards: bool) -> None:
        super().__init__()
        self._icon, self._upwards, self._downwards = icon, upwards, downwards
        self.setFixedWidth(SIGN)

    def sizeHint(self) -> QSize:
        return QSize(SIGN, SIGN + TOP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = SIGN // 2
        painter.setPen(QPen(self.palette().mid().color(), LINE_WIDTH))
        if self._upwards:
            painter.drawLine(QPoint(middle, 0), QPoint(middle, TOP))
        if self._downwards:
            painter.drawLine(QPoint(middle, TOP + SIGN), QPoint(middle, self.height()))
        self._icon.paint(painter, 0, TOP, SIGN, SIGN)
        painter.end()
