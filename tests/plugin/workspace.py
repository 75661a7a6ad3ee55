"""A workspace without a window: what the session does around the synchroniser."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import requests

from kmzb_qgis_plugin.client.service_client import ServiceClient
from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.domain.meeting import Meeting
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.outbox import Outbox
from kmzb_qgis_plugin.replica.replica import Replica
from kmzb_qgis_plugin.replica.synchroniser import Synchroniser, SyncResult


class Workspace:
    """One desk's folder and its way to a service.

    Attributes:
        told: the progress that was told.
        cancel_at: the phase at which the person cancels.
    """

    def __init__(
        self,
        url: str,
        folder: Path,
        token: str = "coordinator-token",
        timeout: tuple[float, float] = (2, 2),
    ) -> None:
        self.folder = folder
        self.outbox = Outbox.open(folder)
        self.replica = Replica.open(folder)
        session = requests.Session()
        session.trust_env = False
        session.headers["Authorization"] = f"Bearer {token}"
        self.synchroniser = Synchroniser(ServiceClient(url, session, timeout), folder, self.outbox)
        self.told: list[tuple[str, float]] = []
        self.cancel_at: str | None = None

    def sync(self, sign_in: bool = True) -> SyncResult:
        """Synchronise, and take up what came whatever happened, as the session does."""
        try:
            return self.synchroniser.run(
                self.replica, lambda *step: self.told.append(step), self._cancelled, sign_in
            )
        finally:
            path = self.synchroniser.result.new_replica_path
            if path is not None:
                if self.replica is not None:
                    self.replica.close()
                self.replica = Replica(path)

    def _cancelled(self) -> bool:
        return self.cancel_at is not None and any(phase == self.cancel_at for phase, _ in self.told)

    def decide(self, threat_id: int, to_status: str, **given: Any) -> Decision:
        threat = self.threat(threat_id)
        version = self.outbox.next_base_version(threat_id, threat.version)
        decision = Decision.new(threat_id, version, to_status, **given)
        self.outbox.add(decision, threat.ref, threat._asdict())
        return decision

    def state(self, decision: Decision | Meeting) -> str | None:
        entry = self.outbox.entry(decision.uuid)
        return None if entry is None else entry.state

    def threat(self, fid: int) -> queries.ThreatRow:
        assert self.replica is not None
        with closing(self.replica.reader()) as reader:
            row = queries.threat(reader, fid)
        assert row is not None
        return row

    def count(self) -> int:
        assert self.replica is not None
        with closing(self.replica.reader()) as reader:
            return queries.count(reader)

    def close(self) -> None:
        if self.replica is not None:
            self.replica.close()
        self.outbox.close()
