"""What QGIS offers on the plugin's layers: in their context menu, and in the results of identifying."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsMapLayer,
    QgsMapLayerType,
    QgsProject,
    QgsRectangle,
)
from qgis.gui import QgsGui, QgsMapLayerAction
from qgis.PyQt.QtCore import QObject, pyqtSignal

from kmzb_qgis_plugin.gui.icons import plugin_icon, theme_icon
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.moved import QAction
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.layer_tree import ROLE_PROPERTY, SOURCES
from kmzb_qgis_plugin.replica import queries

if TYPE_CHECKING:
    from kmzb_qgis_plugin.session import Session

MENU = "KMZB"
WGS84 = "EPSG:4326"
EXTENT = "extent"
MARGIN = 0.05
"""Share of the extent that is left around what is zoomed to."""


class IdentifyAction(QgsMapLayerAction):
    """Offered with an identified threat; :attr:`chosen` tells its id."""

    chosen = pyqtSignal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(
            tr("Show in KMZB Verification"),
            parent,
            QgsMapLayerType.VectorLayer,
            QgsMapLayerAction.Target.SingleFeature,
            plugin_icon(),
        )
        # Later versions of QGIS tell a context too, and only with a signal of another name.
        told = getattr(self, "triggeredForFeatureV2", None) or self.triggeredForFeature
        told.connect(self._tell)

    def canRunUsingLayer(self, layer: QgsMapLayer | None, *_context: Any) -> bool:
        """Whether the layer shows threats."""
        return layer is not None and layer.customProperty(ROLE_PROPERTY) in SOURCES

    def register(self) -> None:
        """Offer it."""
        QgsGui.mapLayerActionRegistry().addMapLayerAction(self)

    def unregister(self) -> None:
        """Take it back."""
        QgsGui.mapLayerActionRegistry().removeMapLayerAction(self)
        self.deleteLater()

    def _tell(self, _layer: QgsMapLayer, feature: QgsFeature, *_context: Any) -> None:
        self.chosen.emit(feature.id())


class LayerMenu(QObject):
    """Adds commands to the context menu of the plugin's layers.

    Args:
        iface: QGIS's interface for plugins.
        messages: told what goes wrong.
        session: gives the workspace, None where there is none yet.
    """

    synchroniseRequested = pyqtSignal()
    filterRequested = pyqtSignal()

    def __init__(self, iface: Any, messages: Messages, session: Callable[[], Session | None]) -> None:
        super().__init__(iface.mainWindow())
        self.messages = messages
        self._iface = iface
        self._session = session
        self._known: set[str] = set()
        self._actions: list[QAction] = []
        for text, icon, slot in (
            (tr("Synchronise"), "mActionRefresh", self.synchroniseRequested),
            (tr("Filter Panel"), "mActionFilter2", self.filterRequested),
            (tr("Zoom to Filtered Threats"), "mActionZoomToLayer", self.zoom_to_filtered),
        ):
            action = QAction(theme_icon(icon), text, self)
            action.triggered.connect(slot)
            iface.addCustomActionForLayerType(action, MENU, QgsMapLayerType.VectorLayer, False)
            self._actions.append(action)

    @reported
    def follow(self) -> None:
        """Offer the commands on layers that are new."""
        session = self._session()
        layers = session.layers.layers().values() if session is not None else ()
        for layer in layers:
            if layer.id() not in self._known:
                for action in self._actions:
                    self._iface.addCustomActionForLayer(action, layer)
        self._known = {layer.id() for layer in layers}

    def remove(self) -> None:
        """Take the commands back."""
        for action in self._actions:
            self._iface.removeCustomActionForLayerType(action)
        self.deleteLater()

    @reported
    def zoom_to_filtered(self) -> None:
        """Show on the map all that the filter keeps."""
        session = self._session()
        if session is not None:
            where = session.where()
            session.ask(EXTENT, lambda connection: queries.extent(connection, where), self._zoom_to)

    @reported
    def _zoom_to(self, sides: queries.Extent | None) -> None:
        if sides is None:
            self.messages.warning(tr("The filter keeps no threats."))
            return
        canvas = self._iface.mapCanvas()
        transform = QgsCoordinateTransform(
            QgsCoordinateReferenceSystem(WGS84),
            canvas.mapSettings().destinationCrs(),
            QgsProject.instance(),
        )
        extent = transform.transformBoundingBox(QgsRectangle(*sides))
        extent.grow(max(MARGIN * max(extent.width(), extent.height()), canvas.mapUnitsPerPixel()))
        canvas.setExtent(extent)
        canvas.refresh()
