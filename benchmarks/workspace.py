"""A real service on demo data, and a desk's folder, for one run of the benchmarks."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType

from qgis.core import QgsApplication, QgsAuthMethodConfig

from kmzb_qgis_plugin.client.qgis_adapter import qgis_session
from kmzb_qgis_plugin.client.service_client import ServiceClient
from kmzb_qgis_plugin.replica.outbox import Outbox
from kmzb_qgis_plugin.replica.replica import Replica
from kmzb_qgis_plugin.replica.synchroniser import Synchroniser, SyncResult
from tools.run import prepare_service, service_command, start_service


class Workspace:
    """Starts the service and signs in; ends it at the end.

    Args:
        folder: everything of this run is below it.
        reports: citizens' reports in the demo data.
    """

    def __init__(self, folder: Path, reports: int) -> None:
        self.folder = folder
        self.reports = reports
        self.environment = dict(os.environ, KMZB_DATA_DIR=str(folder / "service"))
        self.url = ""
        self.authcfg = ""

    def __enter__(self) -> Workspace:
        prepare_service(self.folder, self.environment, self.reports)
        answer = service_command(
            "token", "create", "--name", "bench", "--role", "admin", environment=self.environment
        )
        self.authcfg = sign_in(answer.splitlines()[-1])
        self._process, self.url = start_service(self.environment, self.folder / "serve.log")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()

    def synchronise(self, folder: Path, replica: Replica | None, sign_in: bool = True) -> SyncResult:
        """Synchronise a desk's folder, as the plugin's task does."""
        outbox = Outbox.open(folder)
        try:
            client = ServiceClient(self.url, qgis_session(self.authcfg))
            return Synchroniser(client, folder, outbox).run(
                replica, lambda phase, percent: None, lambda: False, sign_in
            )
        finally:
            outbox.close()


def sign_in(token: str) -> str:
    """Store the token in QGIS's authentication store; return the configuration's id."""
    manager = QgsApplication.authManager()
    manager.setMasterPassword("benchmarks", True)
    config = QgsAuthMethodConfig("Basic")
    config.setName("benchmarks")
    config.setConfig("username", "bench")
    config.setConfig("password", token)
    manager.storeAuthenticationConfig(config)
    return str(config.id())
