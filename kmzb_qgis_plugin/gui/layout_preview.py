"""A live view of a layout; QGIS draws its maps in the background."""

from __future__ import annotations

from qgis.core import QgsPrintLayout, QgsProject
from qgis.gui import QgsLayoutView
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QLabel, QStackedWidget, QWidget

from kmzb_qgis_plugin.i18n import tr


class LayoutPreview(QStackedWidget):
    """Shows a layout whole, or a sentence while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setMargin(24)
        self.view = QgsLayoutView()
        self.view.setAccessibleName(tr("Preview"))
        self.view.setInteractive(False)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.addWidget(self.words)
        self.addWidget(self.view)
        # The view of QGIS 3.22 cannot be without a layout again once it has had one.
        self._blank = QgsPrintLayout(QgsProject.instance())
        self._blank.setParent(self)
        self.layout_shown: QgsPrintLayout | None = None
        self.say(tr("The preview follows."))

    def say(self, text: str) -> None:
        """Show a sentence."""
        self.clear()
        self.words.setText(text)
        self.setCurrentWidget(self.words)

    def show_layout(self, layout: QgsPrintLayout) -> None:
        """Show a layout, which is deleted when the next one comes."""
        self.clear()
        self.layout_shown = layout
        self.view.setCurrentLayout(layout)
        self.setCurrentWidget(self.view)
        self.view.zoomFull()

    def clear(self) -> None:
        """Let go of the layout."""
        layout, self.layout_shown = self.layout_shown, None
        if layout is not None:
            self.view.setCurrentLayout(self._blank)
            sip.delete(layout)

    def sizeHint(self) -> QSize:
        return QSize(620, 520)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.layout_shown is not None:
            self.view.zoomFull()
