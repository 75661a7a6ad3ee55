"""Bring a connection's local copy into step with its service."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
)

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.processing.algorithm import KmzbAlgorithm

THREATS, SYNCED_AT = "THREATS", "SYNCED_AT"


class Synchronise(KmzbAlgorithm):
    """Send decisions and meetings that wait and fetch what is new."""

    code = "synchronise"

    def title(self) -> str:
        return tr("Synchronise")

    def help(self) -> str:
        return tr(
            "Sends the decisions and meetings that wait and fetches what has changed at the service; the "
            "first time it loads the whole map. Without a window, QGIS reads the master password of its "
            "authentication store from the file that the environment variable QGIS_AUTH_PASSWORD_FILE names."
        )

    def add_parameters(self) -> None:
        self.addOutput(QgsProcessingOutputNumber(THREATS, tr("Number of threats")))
        self.addOutput(QgsProcessingOutputString(SYNCED_AT, tr("Time of the synchronisation (UTC)")))

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from kmzb_qgis_plugin.client.browser_sign_in import may_ask_again
        from kmzb_qgis_plugin.client.errors import PasswordStoreLocked
        from kmzb_qgis_plugin.client.qgis_adapter import qgis_session, unlocked
        from kmzb_qgis_plugin.client.service_client import ServiceClient
        from kmzb_qgis_plugin.replica import queries
        from kmzb_qgis_plugin.replica.outbox import Outbox
        from kmzb_qgis_plugin.replica.replica import Replica
        from kmzb_qgis_plugin.replica.synchroniser import Synchroniser

        connection = self.connection(parameters, context)
        if not unlocked(connection.authcfg):
            raise PasswordStoreLocked("the master password has not been given")
        may_ask_again(connection.authcfg)
        folder = settings.workspace_folder(connection)
        client = ServiceClient(connection.url, qgis_session(connection.authcfg, feedback.isCanceled))
        with closing(Outbox.open(folder)) as outbox:
            replica = Replica.open(folder)
            try:
                result = Synchroniser(client, folder, outbox).run(
                    replica, lambda _phase, percent: feedback.setProgress(percent), feedback.isCanceled
                )
                if result.new_replica_path is not None:
                    if replica is not None:
                        replica.close()
                    replica = Replica(result.new_replica_path)
                if replica is None:
                    raise RuntimeError("a synchronisation that succeeds leaves a replica")
                with closing(replica.reader()) as reader:
                    threats = queries.count(reader)
                feedback.pushInfo(tr("%n threat(s) on this computer", None, threats))
                return {THREATS: threats, SYNCED_AT: replica.synced_at}
            finally:
                if replica is not None:
                    replica.close()
