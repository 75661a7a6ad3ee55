"""Picks a place on the map: a button, what was picked, and a mark that shows it."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProject,
)
from qgis.gui import QgsMapCanvas, QgsMapTool, QgsMapToolEmitPoint, QgsVertexMarker
from qgis.PyQt.QtCore import QLocale, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from kmzb_qgis_plugin.gui.icons import theme_icon
from kmzb_qgis_plugin.i18n import tr

WGS84 = "EPSG:4326"
DECIMALS = 5
"""Of degrees: about a metre."""
MARK_COLOR = QColor("#d6005d")
MARK_SIZE, MARK_WIDTH = 14, 3


class PlacePicker(QWidget):
    """Holds a point in degrees; while the button is down, a click on the map sets it.

    Args:
        canvas: the map.
    """

    changed = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.point: QgsPointXY | None = None
        self.tool = QgsMapToolEmitPoint(canvas)
        self.tool.canvasClicked.connect(self._clicked)
        self.tool.deactivated.connect(self._put_away)
        self._before: QgsMapTool | None = None
        self._mark = QgsVertexMarker(canvas)
        self._mark.setIconType(QgsVertexMarker.ICON_CROSS)
        self._mark.setColor(MARK_COLOR)
        self._mark.setIconSize(MARK_SIZE)
        self._mark.setPenWidth(MARK_WIDTH)
        canvas.destinationCrsChanged.connect(self._show_mark)

        self.button = QPushButton(theme_icon("mActionCapturePoint"), tr("&Pick on the Map"))
        self.button.setCheckable(True)
        self.button.setAutoDefault(False)
        self.button.toggled.connect(self._pick)
        self.text = QLabel()
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.button)
        column.addWidget(self.text)
        self.set_point(None)

    def set_point(self, point: QgsPointXY | None) -> None:
        """Show a point in degrees, None for none."""
        self.point = point
        locale = QLocale()
        self.text.setText(
            tr("no place yet")
            if point is None
            else tr("{} N, {} E").format(
                locale.toString(point.y(), "f", DECIMALS), locale.toString(point.x(), "f", DECIMALS)
            )
        )
        self._show_mark()

    def remove(self) -> None:
        """Leave nothing on the map."""
        self._give_back()
        self._canvas.destinationCrsChanged.disconnect(self._show_mark)
        self._canvas.scene().removeItem(self._mark)

    def _pick(self, wanted: bool) -> None:
        if wanted:
            self._before = self._canvas.mapTool()
            self._canvas.setMapTool(self.tool)
        else:
            self._give_back()

    def _give_back(self) -> None:
        """Let the map have the tool again that it had before."""
        before, self._before = self._before, None
        if self._canvas.mapTool() is not self.tool:
            return
        if before is not None:
            self._canvas.setMapTool(before)
        else:
            self._canvas.unsetMapTool(self.tool)

    def _put_away(self) -> None:
        """The tool is no longer the map's, perhaps because a person took another."""
        self.button.blockSignals(True)
        self.button.setChecked(False)
        self.button.blockSignals(False)

    def _clicked(self, place: QgsPointXY, button: Qt.MouseButton) -> None:
        if button == Qt.MouseButton.LeftButton:
            self.set_point(self._transform().transform(place, QgsCoordinateTransform.ReverseTransform))
            self.changed.emit()
        self._give_back()

    def _transform(self) -> QgsCoordinateTransform:
        """From degrees to the map's coordinates."""
        return QgsCoordinateTransform(
            QgsCoordinateReferenceSystem(WGS84),
            self._canvas.mapSettings().destinationCrs(),
            QgsProject.instance(),
        )

    def _show_mark(self) -> None:
        self._mark.setVisible(self.point is not None)
        if self.point is not None:
            try:
                self._mark.setCenter(self._transform().transform(self.point))
            except QgsCsException:  # the map's CRS does not reach there
                self._mark.setVisible(False)
