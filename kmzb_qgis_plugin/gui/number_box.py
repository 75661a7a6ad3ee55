"""A field for a number that may also say a word, such as "never"."""

from __future__ import annotations

from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QSpinBox


class NumberBox(QSpinBox):
    """The first digit replaces the word: Qt takes none while the word stands there."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit() and self.text() == self.specialValueText():
            self.selectAll()
        super().keyPressEvent(event)
