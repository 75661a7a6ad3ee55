"""A real service on demo data, and a desk's folder, for one run of the benchmarks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Final

from qgis.core import QgsApplication, QgsAuthMethodConfig

from kmzb_qgis_plugin.client.qgis_adapter import qgis_session
from kmzb_qgis_plugin.client.service_client import ServiceClient
from kmzb_qgis_plugin.replica.outbox import Outbox
from kmzb_qgis_plugin.replica.replica import Replica
from kmzb_qgis_plugin.replica.synchroniser import Synchroniser, SyncResult

SERVICE: Final = Path(sys.executable).parent / "kmzb-service"


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
        self.command("init")
        self.command("demo", "--reports", str(self.reports))
        token = self.command("token", "create", "--name", "bench", "--role", "admin")
        self.authcfg = _sign_in(token)
        log = (self.folder / "serve.log").open("w+")
        self._process = subprocess.Popen(
            [str(SERVICE), "serve", "--port", "0"], env=self.environment, stdout=log, stderr=log
        )
        while not (found := re.search(r"Listening on (\S+)", (self.folder / "serve.log").read_text())):
            if self._process.poll() is not None:
                raise RuntimeError((self.folder / "serve.log").read_text())
            time.sleep(0.05)
        self.url = found[1]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()

    def command(self, *arguments: str) -> str:
        """Run one command of the service; return what it printed last."""
        done = subprocess.run(
            [str(SERVICE), *arguments], env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""

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


def _sign_in(token: str) -> str:
    """Store the token in QGIS's authentication store; return the configuration's id."""
    manager = QgsApplication.authManager()
    manager.setMasterPassword("benchmarks", True)
    config = QgsAuthMethodConfig("Basic")
    config.setName("benchmarks")
    config.setConfig("username", "bench")
    config.setConfig("password", token)
    manager.storeAuthenticationConfig(config)
    return str(config.id())
