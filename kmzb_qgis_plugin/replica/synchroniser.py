"""Keeps a replica and the outbox in step with the service."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kmzb_qgis_plugin.client.errors import (
    Cancelled,
    ContractMismatch,
    CursorExpired,
    IncompleteDownload,
    MeetingsNotTaken,
    NotAllowed,
    ServiceFailed,
    other_version,
)
from kmzb_qgis_plugin.client.service_client import Changes, Identity, Outcome, ServiceClient, SnapshotInfo
from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.decision import DECISION
from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.meeting import MEETING
from kmzb_qgis_plugin.domain.period import now_text
from kmzb_qgis_plugin.replica.errors import DiskFull, ReplicaDamaged, storage_errors
from kmzb_qgis_plugin.replica.outbox import Content, Outbox
from kmzb_qgis_plugin.replica.replica import AppliedChanges, Replica, install
from kmzb_qgis_plugin.replica.schema import SCHEMA_VERSION

log = logging.getLogger("kmzb")

SEND_LIMIT: Final = 200
MEETINGS_LIMIT: Final = 20
_SNAPSHOT_ATTEMPTS: Final = 3
_NOT_FOUND: Final = 404
# Too large, or not of the form that the service takes.
_UNREADABLE_STATUSES: Final = (413, 422)
# Beside the snapshot itself, what SQLite and the first changes need.
_SPARE_BYTES: Final = 16 << 20
# Where each phase begins and ends on the way from 0 to 100.
_PHASES: Final = {"sign_in": (0, 3), "send": (3, 10), "snapshot": (10, 90), "changes": (90, 100)}

Progress = Callable[[str, float], None]
CancelCheck = Callable[[], bool]


@dataclass
class SyncResult:
    """What a synchronisation has done so far.

    Attributes:
        new_replica_path: the file to show from now on, None where the same one stays.
        applied: ids of the rows that changed in the replica.
        outcomes: how many decisions and meetings were ``accepted``, ``duplicate``, ``conflict``,
            ``rejected``.
        identity: who synchronised.
        catalogue_changed: the service's catalogue is another one than before.
        up_to_date: nothing more waited at the service.
        loaded_anew: why the replica that was there was given up, None where it was not.
    """

    new_replica_path: Path | None = None
    applied: AppliedChanges = field(default_factory=AppliedChanges)
    outcomes: dict[str, int] = field(default_factory=dict)
    identity: Identity | None = None
    catalogue_changed: bool = False
    up_to_date: bool = False
    loaded_anew: KmzbError | None = None


class Synchroniser:
    """One connection's exchange with the service.

    Attributes:
        result: of the run that goes on or went last; after an error, what was done before it.

    Args:
        client: asks the service.
        folder: where the connection's replicas lie.
        outbox: the decisions and meetings that wait.
    """

    def __init__(self, client: ServiceClient, folder: Path, outbox: Outbox) -> None:
        self.result = SyncResult()
        self._client = client
        self._folder = folder
        self._outbox = outbox
        self._facts: dict[str, str] = {}
        self._progress: Progress = lambda phase, percent: None
        self._cancelled: CancelCheck = lambda: False

    def run(
        self, replica: Replica | None, progress: Progress, cancelled: CancelCheck, sign_in: bool = True
    ) -> SyncResult:
        """Send what waits and fetch what is new.

        Args:
            replica: the one in use; None loads a first one.
            progress: told the phase (``sign_in``, ``send``, ``snapshot``, ``changes``) and the percent
                of the whole, 0 to 100.
            cancelled: asked often; stops at once and leaves what was there.
            sign_in: ask who we are and whether the catalogue changed; without it, and with nothing to
                send, the replica's memory is trusted, and with nothing new all is one request.

        Raises:
            KmzbError: something failed; what was done before is kept, and told by :attr:`result`.
        """
        self.result = SyncResult()
        self._progress, self._cancelled = progress, cancelled
        with storage_errors(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
        try:
            refused = self._exchange(replica, sign_in)
        except (CursorExpired, ReplicaDamaged) as error:
            if replica is None:
                raise
            log.warning("the replica is loaded anew: %s", error.log_message)
            self.result.loaded_anew = error
            refused = self._exchange(None, sign_in=True)
        if refused is not None:
            raise refused
        self._report("changes", 1)
        return self.result

    def _exchange(self, replica: Replica | None, sign_in: bool) -> KmzbError | None:
        """Go through all phases; return the refusal of what was sent, which stops nothing else."""
        # What began to be sent cannot be taken back, so a service that is out of reach is met before.
        self._sign_in(replica, sign_in or bool(self._outbox.unsent_counts()))
        refused = self._send(replica)
        if replica is not None:
            self._follow(replica)
        else:
            path = self._load()
            self.result.new_replica_path = path
            with closing(Replica(path)) as fresh:
                self._follow(fresh)
        return refused

    def _sign_in(self, replica: Replica | None, wanted: bool) -> None:
        """Learn who we are and what the catalogue says now."""
        self._report("sign_in", 0)
        self._facts = {}
        text = replica.catalogue_text if replica is not None else None
        etag = replica.fact("catalogue_etag") if replica is not None else None
        self.result.identity = replica.identity if replica is not None else None
        if wanted or text is None or self.result.identity is None:
            identity = self._client.me()
            fresh, etag = self._client.catalogue(etag if text else None)
            if fresh is not None:
                Catalogue.from_json(fresh)
            self.result.identity = identity
            self.result.catalogue_changed = fresh is not None and fresh != text
            self._facts = {
                "identity": json.dumps(identity.to_json(), ensure_ascii=False),
                "catalogue": fresh or text or "",
                "catalogue_etag": etag or "",
            }
        self._report("sign_in", 1)

    def _send(self, replica: Replica | None) -> KmzbError | None:
        """Send what waits, and show at once what became of it; return why a kind of it was refused."""
        refused: KmzbError | None = None
        self._outbox.reset_sending()
        try:
            for kind, limit in ((DECISION, SEND_LIMIT), (MEETING, MEETINGS_LIMIT)):
                try:
                    self._send_all(kind, limit, replica)
                except (NotAllowed, MeetingsNotTaken) as error:
                    refused = refused or error
        finally:
            self._outbox.reset_sending()
        if replica is not None:
            self._mark(replica)
        return refused

    def _send_all(self, kind: str, limit: int, replica: Replica | None) -> None:
        total, done = len(self._outbox.waiting(kind)), 0
        # What has begun to be sent cannot be taken back: who cancels before may still do so.
        self._stop_if_cancelled()
        while entries := self._outbox.begin_sending(limit, kind):
            outcomes = self._outbox.settle(self._deliver(kind, [entry.content for entry in entries]))
            for outcome in outcomes:
                self.result.outcomes[outcome.kind] = self.result.outcomes.get(outcome.kind, 0) + 1
            if replica is not None:
                self.result.applied |= replica.apply(_states(outcomes))
            done += len(entries)
            if kind == DECISION:  # meetings are few
                self._report("send", done / max(total, done))
            self._stop_if_cancelled()

    def _deliver(self, kind: str, contents: Sequence[Content]) -> list[Outcome]:
        """Send things together; one that the service cannot even read must not hold up the others."""
        send: Callable[[Any], list[Outcome]] = (
            self._client.send_decisions if kind == DECISION else self._client.send_meetings
        )
        try:
            return send(contents)
        except ServiceFailed as error:
            if error.status not in _UNREADABLE_STATUSES:
                raise
            if len(contents) == 1:
                return [Outcome(contents[0].uuid, "rejected", rule="invalid-body", title=error.title)]
        return [outcome for content in contents for outcome in self._deliver(kind, [content])]

    def _load(self) -> Path:
        """Download the newest snapshot and make it the folder's newest replica."""
        for attempts_left in reversed(range(_SNAPSHOT_ATTEMPTS)):
            info = self._client.newest_snapshot()
            if info.schema_version != SCHEMA_VERSION:
                raise other_version("the snapshot", info.schema_version, SCHEMA_VERSION)
            try:
                return self._fetch(info)
            except (IncompleteDownload, ServiceFailed) as error:
                # The service made a newer snapshot while this one was being fetched.
                if attempts_left == 0 or (isinstance(error, ServiceFailed) and error.status != _NOT_FOUND):
                    raise
                log.info("the snapshot is fetched again: %s", error.log_message)
        raise IncompleteDownload("no attempt brought the snapshot")

    def _fetch(self, info: SnapshotInfo) -> Path:
        part = self._folder / f"snapshot-{info.sha256[:16]}.part"
        with storage_errors(self._folder):
            for other in self._folder.glob("snapshot-*.part"):
                if other != part:
                    other.unlink()
            there = part.stat().st_size if part.exists() else 0
            missing = info.size - there + _SPARE_BYTES
            free = shutil.disk_usage(self._folder).free
            if free < missing:
                raise DiskFull(f"{self._folder}: {free} bytes are free, {missing} are needed")
            self._client.download(
                info,
                part,
                lambda done, size: self._report("snapshot", done / size if size else 1),
                self._cancelled,
            )
        return install(
            self._folder, part, info, self._facts, self._outbox.pending_statuses(), self._cancelled
        )

    def _follow(self, replica: Replica) -> None:
        """Apply changes until there are no more; each page is kept whatever follows."""
        if self._facts:
            replica.remember(self._facts)
        pages = 0
        while not self.result.up_to_date:
            self._stop_if_cancelled()
            cursor = replica.cursor
            changes = self._client.changes(cursor)
            self.result.applied |= replica.apply(changes)
            if not changes.up_to_date and changes.next_cursor == cursor:
                raise ContractMismatch("/changes: more waits, but the cursor stays")
            self.result.up_to_date = changes.up_to_date
            pages += 1
            self._report("changes", 1 - 1 / (pages + 1))  # how many follow is not known
        replica.remember({"synced_at": now_text()})
        self._mark(replica)

    def _mark(self, replica: Replica) -> None:
        marked = replica.mark_pending(self._outbox.pending_statuses())
        self.result.applied |= AppliedChanges(threat_ids=marked)

    def _report(self, phase: str, share: float) -> None:
        start, end = _PHASES[phase]
        self._progress(phase, start + (end - start) * share)

    def _stop_if_cancelled(self) -> None:
        if self._cancelled():
            raise Cancelled("the synchronisation was cancelled")


def catch_up(replica: Replica, outbox: Outbox) -> None:
    """Write into a replica what the outbox knows, where a desk that was killed had not come to it.

    That is what the service has answered, and which decisions wait. Otherwise the next decision would
    be based on a state that one's own last decision has ended.
    """
    answered = _states(outbox.settled_since(replica.synced_at or ""))
    newest = {int(threat["id"]): threat for threat in answered.threats}
    known = replica.versions(newest)
    late = {
        fid: threat
        for fid, threat in newest.items()
        if fid in known and known[fid] < threat["properties"]["version"]
    }
    if late:
        log.info("%d reports are brought to what the service had answered", len(late))
        decisions = [one for one in answered.decisions if one["threat_id"] in late]
        replica.apply(Changes(threats=list(late.values()), decisions=decisions))
    replica.mark_pending(outbox.pending_statuses())


def _states(outcomes: Sequence[Outcome]) -> Changes:
    """What outcomes tell of threats and decisions, as changes."""
    return Changes(
        threats=[outcome.threat for outcome in outcomes if outcome.threat],
        decisions=[outcome.decision for outcome in outcomes if outcome.decision],
    )
