"""Says that several reports are chosen, and offers to decide about them together."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from kmzb_qgis_plugin.i18n import tr


class TogetherBar(QWidget):
    """Visible while more than one report is chosen."""

    requested = pyqtSignal(list)
    """Ids of threats, to be decided about together."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fids: list[int] = []
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton(tr("Decide &Together…"))
        self.button.clicked.connect(lambda: self.requested.emit(self.fids))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        self.hide()

    def show_chosen(self, fids: Sequence[int]) -> None:
        """Take up which reports are chosen."""
        self.fids = list(fids)
        self.text.setText(tr("%n report(s) chosen", None, len(self.fids)))
        self.setVisible(len(self.fids) > 1)
