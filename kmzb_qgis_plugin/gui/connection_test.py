"""Asks a service who we are to it, in the background."""

from __future__ import annotations

from qgis.core import QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from kmzb_qgis_plugin.client.qgis_adapter import qgis_session
from kmzb_qgis_plugin.client.service_client import Identity, ServiceClient
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.settings import Connection


class ConnectionTest(QgsTask):
    """Signs in with a connection that need not be stored; nothing is changed anywhere."""

    passed = pyqtSignal(object)
    """An :class:`Identity`."""
    failed = pyqtSignal(object)
    """The error."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(tr("Testing the KMZB connection"), QgsTask.Flag.CanCancel)
        self._connection = connection
        self._identity: Identity | None = None
        self._error: Exception | None = None

    def run(self) -> bool:
        try:
            session = qgis_session(self._connection.authcfg, self.isCanceled)
            self._identity = ServiceClient(self._connection.url, session).me()
        except Exception as error:  # noqa: BLE001 - an error that leaves run() ends QGIS
            self._error = error
        return self._error is None

    def finished(self, _result: bool) -> None:
        if self.isCanceled():
            return
        if self._error is None:
            self.passed.emit(self._identity)
        else:
            self.failed.emit(self._error)
