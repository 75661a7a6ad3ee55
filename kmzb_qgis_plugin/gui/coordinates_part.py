"""A report's coordinates in both systems, to be copied, and links to pages about the place."""

from __future__ import annotations

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsPointXY, QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.links import link_fault, link_to
from kmzb_qgis_plugin.gui.icons import theme_icon
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.outside import open_outside
from kmzb_qgis_plugin.i18n import tr

WGS84, PL1992 = "EPSG:4326", "EPSG:2180"


class CoordinatesPart(QWidget):
    """Latitude and longitude, northing and easting: each in the order of its authority."""

    def __init__(self, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.messages = messages
        self._place: tuple[float, float, float, float] | None = None
        self.texts: dict[str, QLabel] = {}
        self.copies: dict[str, QToolButton] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        for row, (system, name) in enumerate(((WGS84, "WGS 84"), (PL1992, "PL-1992"))):
            title = QLabel(f"<i>{name}</i>")
            title.setToolTip(system)
            text = QLabel()
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            copy = QToolButton()
            copy.setIcon(theme_icon("mActionEditCopy"))
            copy.setAutoRaise(True)
            copy.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            copy.setToolTip(tr("Copy the coordinates in {}").format(name))
            copy.setAccessibleName(copy.toolTip())
            grid.addWidget(title, row, 0)
            grid.addWidget(text, row, 1)
            grid.addWidget(copy, row, 2)
            self.texts[system], self.copies[system] = text, copy
        self.copies[WGS84].clicked.connect(lambda: self._copy(WGS84))
        self.copies[PL1992].clicked.connect(lambda: self._copy(PL1992))
        self.street = QPushButton(tr("St&reet View"))
        self.street.clicked.connect(lambda: self._open(settings.street_link()))
        self.geoportal = QPushButton(tr("&Geoportal"))
        self.geoportal.clicked.connect(lambda: self._open(settings.geoportal_link()))
        links = QHBoxLayout()
        links.addWidget(self.street)
        links.addWidget(self.geoportal)
        links.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        column.addLayout(links)
        self.hide()

    def show_place(self, lon: float, lat: float) -> None:
        """Show a place given in degrees."""
        transform = QgsCoordinateTransform(
            QgsCoordinateReferenceSystem(WGS84), QgsCoordinateReferenceSystem(PL1992), QgsProject.instance()
        )
        metres = transform.transform(QgsPointXY(lon, lat))  # easting first, as QGIS has it for every system
        self._place = lat, lon, metres.x(), metres.y()
        self.texts[WGS84].setText(f"φ\u00a0{lat:.6f}° λ\u00a0{lon:.6f}°")
        self.texts[PL1992].setText(f"X\u00a0{metres.y():.1f}\u00a0m Y\u00a0{metres.x():.1f}\u00a0m")
        self.texts[WGS84].setToolTip(tr("Latitude, longitude"))
        self.texts[PL1992].setToolTip(tr("X northing, Y easting: the order of the official system"))
        self.street.setVisible(bool(settings.street_link()))
        self.geoportal.setVisible(bool(settings.geoportal_link()))
        self.show()

    @reported
    def _copy(self, system: str) -> None:
        """Put the coordinates into the clipboard, in the order of their authority."""
        if self._place is None:
            return
        lat, lon, easting, northing = self._place
        text = f"{lat:.6f}, {lon:.6f}" if system == WGS84 else f"{northing:.1f}, {easting:.1f}"
        QGuiApplication.clipboard().setText(text)

    @reported
    def _open(self, template: str) -> None:
        if self._place is None:
            return
        if link_fault(template):
            self.messages.warning(tr("The link in the options (KMZB) is not valid: {}").format(template))
            return
        open_outside(link_to(template, *self._place), self.messages)
