"""The two pages of a dock: a notice while there is nothing to work on, and the work."""

from __future__ import annotations

from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtWidgets import QStackedWidget, QWidget

from kmzb_qgis_plugin.gui.notice import Notice

FIRST_SIZE = QSize(380, 640)
"""What a dock asks for the first time; it can be made smaller."""
SMALLEST_WIDTH = 340
"""Pixels; below, words would be cut off."""
NOTICE, WORK = 0, 1


class DockPages(QStackedWidget):
    """Shows one page or the other."""

    def __init__(self, notice: Notice, work: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(SMALLEST_WIDTH)
        self.addWidget(notice)
        self.addWidget(work)

    def show_work(self, ready: bool) -> None:
        """Show the work where it is ready, otherwise the notice."""
        self.setCurrentIndex(WORK if ready else NOTICE)

    def sizeHint(self) -> QSize:
        """Room for the work also while the notice is shown: QGIS places the dock only once."""
        return FIRST_SIZE
