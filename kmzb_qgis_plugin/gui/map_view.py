"""What the verification dock does on the map: go to a place, and mark reports on it."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from kmzb_qgis_plugin.domain.distance import circle

CLOSE_SCALE = 10_000
"""The map is brought to this scale at least when a report is chosen."""
WGS84 = "EPSG:4326"
Place = tuple[float, float]
"""Longitude and latitude."""
NEAR_COLOR, CHOSEN_COLOR = QColor("#e8590c"), QColor("#1c7ed6")
MARK_SIZE, LINE_WIDTH = 14, 2
"""Pixels."""


class MapView:
    """A map canvas, and the marks of ours on it.

    Args:
        canvas: QGIS's.
    """

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self.canvas = canvas
        self.marks: list[QgsRubberBand] = []

    def middle(self) -> Place | None:
        """The map's middle; None while it shows nothing."""
        if not self.canvas.mapSettings().hasValidSettings():
            return None
        middle = self._transform(back=True).transform(self.canvas.center())
        return middle.x(), middle.y()

    def go_to(self, place: Place) -> None:
        """Bring a place into the map's middle and let it flash."""
        point = QgsPointXY(*place)
        self.canvas.setCenter(self._transform().transform(point))
        if self.canvas.scale() > CLOSE_SCALE:
            self.canvas.zoomScale(CLOSE_SCALE)
        self.canvas.refresh()
        self.canvas.flashGeometries([QgsGeometry.fromPointXY(point)], QgsCoordinateReferenceSystem(WGS84))

    def mark_near(self, middle: Place, places: Iterable[Place], metres: float) -> None:
        """Ring reports near one, tie them to it, and draw how far near is."""
        self.clear()
        centre = QgsPointXY(*middle)
        points = [QgsPointXY(*place) for place in places]
        if not points:
            return
        ring = [QgsPointXY(*one) for one in circle(*middle, metres)]
        self._draw(QgsGeometry.fromPolylineXY([*ring, ring[0]]), Qt.PenStyle.DashLine)
        self._draw(QgsGeometry.fromMultiPolylineXY([[centre, point] for point in points]))
        self._mark(points, NEAR_COLOR)

    def mark_chosen(self, places: Iterable[Place]) -> None:
        """Ring reports that are chosen together."""
        self.clear()
        self._mark([QgsPointXY(*place) for place in places], CHOSEN_COLOR)

    def clear(self) -> None:
        """Take all marks off the map."""
        for mark in self.marks:
            self.canvas.scene().removeItem(mark)
        self.marks.clear()

    def _mark(self, points: list[QgsPointXY], color: QColor) -> None:
        if points:
            band = self._band(QgsWkbTypes.GeometryType.PointGeometry, color)
            band.setIcon(QgsRubberBand.IconType.ICON_CIRCLE)
            band.setIconSize(MARK_SIZE)
            band.setToGeometry(self._on_map(QgsGeometry.fromMultiPointXY(points)), None)

    def _draw(self, lines: QgsGeometry, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> None:
        band = self._band(QgsWkbTypes.GeometryType.LineGeometry, NEAR_COLOR)
        band.setLineStyle(style)
        band.setToGeometry(self._on_map(lines), None)

    def _band(self, kind: QgsWkbTypes.GeometryType, color: QColor) -> QgsRubberBand:
        band = QgsRubberBand(self.canvas, kind)
        band.setColor(color)
        band.setFillColor(QColor(Qt.GlobalColor.transparent))
        band.setWidth(LINE_WIDTH)
        self.marks.append(band)
        return band

    def _on_map(self, geometry: QgsGeometry) -> QgsGeometry:
        geometry.transform(self._transform())
        return geometry

    def _transform(self, back: bool = False) -> QgsCoordinateTransform:
        """From degrees to the map's coordinates, or back."""
        ends = QgsCoordinateReferenceSystem(WGS84), self.canvas.mapSettings().destinationCrs()
        return QgsCoordinateTransform(*(reversed(ends) if back else ends), QgsProject.instance())
