"""Opens a map service in the background: it waits for the network."""

from __future__ import annotations

from qgis.core import QgsRasterLayer, QgsTask
from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal

from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.printing.basemaps import BaseMap, open_base_map


class BaseMapTask(QgsTask):
    """Ends with the layer, or with None where the service does not answer as it should."""

    opened = pyqtSignal(object, object)
    """In the main thread: the :class:`BaseMap` and its layer."""

    def __init__(self, base: BaseMap, name: str) -> None:
        super().__init__(tr("Opening “{}”").format(name), QgsTask.Flag.CanCancel)
        self._base, self._name = base, name
        self._layer: QgsRasterLayer | None = None

    def run(self) -> bool:
        """Open it; never raises, which would end QGIS."""
        try:
            self._layer = open_base_map(self._base, self._name)
            if self._layer is not None:
                self._layer.moveToThread(QCoreApplication.instance().thread())
        except Exception:  # noqa: BLE001 - finished() tells that there is none
            self._layer = None
        return self._layer is not None

    def finished(self, _succeeded: bool) -> None:
        self.opened.emit(self._base, self._layer)
