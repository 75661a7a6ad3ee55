"""Decisions and meetings that wait to be sent, in a file of their own that no replica touches."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Union

from kmzb_qgis_plugin.client.service_client import Outcome
from kmzb_qgis_plugin.domain.decision import DECISION, EARLIER_NOT_ACCEPTED, Decision
from kmzb_qgis_plugin.domain.meeting import MEETING, Meeting
from kmzb_qgis_plugin.domain.period import now_text, parse_instant, to_instant_text
from kmzb_qgis_plugin.replica.errors import OutboxDamaged, storage_errors

FILE_NAME: Final = "outbox.sqlite"
STATES: Final = ("draft", "waiting", "sending", "sent", "conflict", "rejected", "dismissed")
SENT_KEPT_DAYS: Final = 30
_BUSY_SECONDS: Final = 15
_STATE_OF: Final = {
    "accepted": "sent",
    "duplicate": "sent",
    "conflict": "conflict",
    "rejected": "rejected",
}
_NOT_ACCEPTED: Final = ("conflict", "rejected")
Content = Union[Decision, Meeting]
_TYPES: Final[Mapping[str, type[Decision] | type[Meeting]]] = {DECISION: Decision, MEETING: Meeting}
_COLUMNS: Final = "kind, decision, ref, state, base, attempts, queued_at, settled_at, outcome"
_CARRIED: Final = ("uuid", "threat_id", *_COLUMNS.split(", "), "replaced_by")
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS entry (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    threat_id INTEGER NOT NULL,
    decision TEXT NOT NULL,
    ref TEXT NOT NULL,
    state TEXT NOT NULL,
    base TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    queued_at TEXT NOT NULL,
    settled_at TEXT,
    outcome TEXT,
    replaced_by TEXT
)"""
_INDEXES: Final = (
    "CREATE INDEX IF NOT EXISTS entry_threat ON entry(threat_id)",
    "CREATE INDEX IF NOT EXISTS entry_state ON entry(state, kind)",
)
# A meeting stands in the column of decisions too, and has no threat: 0.
_ADDED_COLUMNS: Final = {"replaced_by": "TEXT", "kind": f"TEXT NOT NULL DEFAULT '{DECISION}'"}
"""Columns that files of earlier versions lack."""
_RETRACTABLE: Final = "state = 'waiting' AND attempts = 0"
_WITHDRAW: Final = " ".join(("DELETE FROM entry WHERE uuid = ? AND", _RETRACTABLE))
_MAKE_DRAFT: Final = " ".join(("UPDATE entry SET state = 'draft' WHERE uuid = ? AND", _RETRACTABLE))
_DRAFT_ABOUT: Final = "threat_id = ? AND kind = 'decision' AND state = 'draft'"
# Only a decision that stands on another one is about the same threat and was made after it.
_STANDING_ON: Final = (
    "kind = 'decision' AND state = 'waiting' AND threat_id = (SELECT threat_id FROM entry WHERE uuid = ?) "
    "AND position > (SELECT position FROM entry WHERE uuid = ?)"
)
# A decision goes when the answer to the one that it stands on is there. That may be no, and another
# person's decision may have brought the very version that it names.
_NEXT_TO_SEND: Final = (
    "state = 'waiting' AND kind = ? AND (queued_at <= ? OR queued_at > ? OR attempts > 0) "
    "AND NOT (kind = 'decision' AND EXISTS (SELECT 1 FROM entry AS before WHERE before.kind = 'decision' "
    "AND before.threat_id = entry.threat_id AND before.position < entry.position "
    "AND before.state IN ('waiting', 'sending'))) ORDER BY position LIMIT ?"
)
_WAITING: Final = "state IN ('waiting', 'sending') AND kind = ? ORDER BY position"
_COUNT_UNSENT: Final = "SELECT kind, count(*) FROM entry WHERE state IN ('waiting', 'sending') GROUP BY kind"
_COUNT_UNSETTLED: Final = (
    "SELECT kind, count(*) FROM entry WHERE state NOT IN ('sent', 'dismissed') GROUP BY kind"
)
_NEWEST_BATCH: Final = " ".join(
    (
        _RETRACTABLE,
        "AND kind = 'decision' AND queued_at = (SELECT queued_at FROM entry WHERE",
        _RETRACTABLE,
        "AND kind = 'decision' ORDER BY position DESC LIMIT 1) ORDER BY position",
    )
)
_COUNT_NEWEST_BATCH: Final = " ".join(("SELECT count(*) FROM entry WHERE", _NEWEST_BATCH))

Proposal = tuple[Decision, str, Mapping[str, Any]]
"""A decision, its threat's reference, and the threat's values that the person saw."""


@dataclass(frozen=True)
class Entry:
    """A decision or a meeting, and what has become of it.

    Attributes:
        content: what was decided, or what the meeting brought.
        ref: the threat's reference, for people; empty for a meeting.
        state: one of :data:`STATES`; ``conflict`` for decisions alone.
        base_text: :attr:`base` in JSON. Lists have thousands of entries and tell of one: it is read then.
        attempts: how often it was sent.
        queued_at: instant.
        settled_at: instant of the service's answer, None while it waits.
        outcome_text: :attr:`outcome` in JSON, None while it waits.
    """

    content: Content
    ref: str
    state: str
    base_text: str
    attempts: int
    queued_at: str
    settled_at: str | None
    outcome_text: str | None

    @cached_property
    def base(self) -> Mapping[str, Any]:
        """The threat's values that the person saw."""
        return dict(json.loads(self.base_text))

    @cached_property
    def outcome(self) -> Outcome | None:
        """The service's answer, None while it waits."""
        return None if self.outcome_text is None else Outcome(**json.loads(self.outcome_text))

    @property
    def uuid(self) -> str:
        """The identifier that the desk has made."""
        return self.content.uuid

    @property
    def decision(self) -> Decision:
        """The decision, of an entry that is known to be one."""
        if not isinstance(self.content, Decision):
            raise TypeError(f"entry {self.uuid} is no decision")
        return self.content

    @property
    def meeting(self) -> Meeting | None:
        """The meeting, None for a decision."""
        return self.content if isinstance(self.content, Meeting) else None


@dataclass(frozen=True)
class Overview:
    """What is told of an outbox at a glance.

    Attributes:
        counts: how many entries each state has; every state is there.
        unsent: as :meth:`Outbox.unsent_counts`.
        retractable: how many decisions an undo takes back.
        first: the first of these.
        meetings: those that wait, oldest first.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    unsent: Mapping[str, int] = field(default_factory=dict)
    retractable: int = 0
    first: Entry | None = None
    meetings: tuple[Meeting, ...] = ()


class Outbox:
    """The queue of decisions and meetings. It may be used from any thread.

    Attributes:
        damage: what befell the file that was there before, None when it was good.
        grace_seconds: for so long a new decision may be taken back: it is not sent before.

    Args:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.damage: OutboxDamaged | None = None
        self.grace_seconds = 0.0
        self._lock = threading.Lock()
        with storage_errors(path, OutboxDamaged):
            self._connection = _connect(path)
            try:
                # Each commit is on the disk before it returns.
                self._connection.execute("PRAGMA synchronous = FULL")
                self._connection.execute("BEGIN")
                self._connection.execute(_TABLE)
                _add_columns(self._connection)
                for index in _INDEXES:
                    self._connection.execute(index)
                self._connection.execute("COMMIT")
                _entries(self._connection, "1")
            except BaseException:
                self.close()
                raise

    @classmethod
    def open(cls, folder: Path) -> Outbox:
        """Open the outbox of a folder, making it where there is none.

        A damaged file is set aside and what can still be read of it is carried
        over; :attr:`damage` then says so.
        """
        with storage_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
        path = folder / FILE_NAME
        try:
            outbox = cls(path)
        except OutboxDamaged as error:
            outbox = cls._replacing(path, error)
        outbox.reset_sending()
        outbox._prune()
        return outbox

    @classmethod
    def unsettled(cls, folder: Path) -> dict[str, int]:
        """How many entries of each kind in a folder's outbox still need the service or a person."""
        path = folder / FILE_NAME
        if not path.exists():
            return {}
        with closing(cls(path)) as outbox, outbox._reading() as connection:
            return dict(connection.execute(_COUNT_UNSETTLED).fetchall())

    @classmethod
    def _replacing(cls, path: Path, error: OutboxDamaged) -> Outbox:
        stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%S")
        aside = path.with_name(f"outbox-damaged-{stamp}.sqlite")
        with storage_errors(path, OutboxDamaged):
            path.replace(aside)
            journal = path.with_name(path.name + "-journal")
            if journal.exists():
                journal.replace(aside.with_name(aside.name + "-journal"))
        outbox = cls(path)
        rescued = outbox._rescue(aside)
        outbox.damage = OutboxDamaged(f"{error.log_message}; kept as {aside}", aside, rescued)
        return outbox

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def add(self, decision: Decision, threat_ref: str, base: Mapping[str, Any]) -> None:
        """Write a decision down; when this returns it survives a loss of power.

        Args:
            decision: what was decided.
            threat_ref: the threat's reference, for people.
            base: the threat's values that the person saw.
        """
        with self._writing() as connection:
            _forget_draft_about(connection, decision.threat_id)
            _add(connection, decision, threat_ref, base, now_text())

    def add_all(self, proposals: Iterable[Proposal]) -> None:
        """Write decisions about several threats down as one batch, all or none.

        Each is based on the threat's version in the replica; where decisions about it wait,
        on the version that they will bring.
        """
        with self._writing() as connection:
            queued_at = now_text()
            for decision, threat_ref, base in proposals:
                version = _next_base(connection, decision.threat_id, decision.base_version)
                _add(connection, replace(decision, base_version=version), threat_ref, base, queued_at)

    def keep_draft(self, meeting: Meeting) -> None:
        """Keep a meeting that is still being written, in the place of what was kept of it before."""
        with self._writing() as connection:
            _forget_draft(connection, meeting.uuid)
            _insert(connection, meeting, "draft", now_text())

    def keep_decision_draft(
        self, decision: Decision, threat_ref: str, base: Mapping[str, Any], replaces: str | None = None
    ) -> None:
        """Keep a decision that is still being written, in the place of what was kept about its threat.

        Args:
            decision: as far as it is known; a draft that is there already keeps its own identifier.
            threat_ref: the threat's reference, for people.
            base: the threat's values that the person saw.
            replaces: as of :meth:`redecide`, which takes the draft's identifier for it from now on.
        """
        with self._writing() as connection:
            for before in _entries(connection, _DRAFT_ABOUT, (decision.threat_id,)):
                decision = replace(decision, uuid=before.uuid)
            _forget_draft_about(connection, decision.threat_id)
            _insert(connection, decision, "draft", now_text(), decision.threat_id, threat_ref, base)
            if replaces is not None:
                connection.execute(
                    "UPDATE entry SET replaced_by = ? "
                    "WHERE (uuid = ? OR replaced_by = ?) AND state IN ('conflict', 'rejected')",
                    (decision.uuid, replaces, replaces),
                )

    def draft_about(self, threat_id: int) -> Entry | None:
        """The decision that is being written about a threat, None where there is none."""
        return next(iter(self._read(_DRAFT_ABOUT, (threat_id,))), None)

    def forget_draft(self, uuid: str) -> bool:
        """Throw a draft away; False where there is none."""
        with self._writing() as connection:
            return _forget_draft(connection, uuid)

    def forget_draft_about(self, threat_id: int) -> bool:
        """Throw the draft of a decision about a threat away; False where there is none."""
        with self._writing() as connection:
            return _forget_draft_about(connection, threat_id)

    def add_meeting(self, meeting: Meeting, replaces: str | None = None) -> None:
        """Write a meeting down to be sent; its draft, and what it replaces, are settled with it.

        Args:
            meeting: without faults.
            replaces: identifier of a meeting that was rejected.
        """
        with self._writing() as connection:
            _forget_draft(connection, meeting.uuid)
            if replaces is not None:
                _dismiss(connection, replaces)
            _insert(connection, meeting, "waiting", now_text())

    def redecide(self, uuid: str, decision: Decision, threat_ref: str, base: Mapping[str, Any]) -> bool:
        """Replace a decision that was in conflict or rejected with a new one, both or neither.

        Args:
            uuid: that decision's, or that of one which had replaced it and was taken back.
            decision: the new one.
            threat_ref: the threat's reference, for people.
            base: the threat's values that the person saw.

        Returns:
            False where there is no such entry.
        """
        with self._writing() as connection:
            # What an undo brought back is meant by the one that was undone, too.
            done = connection.execute(
                "UPDATE entry SET state = 'dismissed', replaced_by = ? "
                "WHERE (uuid = ? OR replaced_by = ?) AND state IN ('conflict', 'rejected')",
                (decision.uuid, uuid, uuid),
            )
            if not done.rowcount:
                return False
            _forget_draft_about(connection, decision.threat_id)
            _add(connection, decision, threat_ref, base, now_text())
        return True

    def held_seconds(self, grace: float) -> float:
        """How long it takes until the oldest of what was never sent can no longer be taken back.

        Args:
            grace: seconds for which a new decision may be taken back; told where nothing is held.
        """
        with self._reading() as connection:
            sql = " ".join(("SELECT min(queued_at) FROM entry WHERE", _RETRACTABLE))
            (oldest,) = connection.execute(sql).fetchone()
        if oldest is None:
            return grace
        waited = (datetime.now(timezone.utc) - parse_instant(oldest)).total_seconds()
        return min(max(grace - waited, 0.0), grace)

    def retractable(self) -> list[Entry]:
        """The newest batch of decisions that were never sent: what an undo takes back."""
        return self._read(_NEWEST_BATCH)

    def overview(self) -> Overview:
        """What is told at a glance, of one moment."""
        with self._reading() as connection:
            meetings = _entries(connection, _WAITING, (MEETING,))
            return Overview(
                counts=_counts(connection),
                unsent=_unsent(connection),
                retractable=connection.execute(_COUNT_NEWEST_BATCH).fetchone()[0],
                first=next(iter(_entries(connection, f"{_NEWEST_BATCH} LIMIT 1")), None),
                meetings=tuple(entry.meeting for entry in meetings if entry.meeting is not None),
            )

    def withdraw(self, uuid: str) -> bool:
        """Take back a decision that was never sent.

        Returns:
            False where it was sent already, or may have been.
        """
        return self.withdraw_all((uuid,)) == 1

    def withdraw_all(self, uuids: Iterable[str]) -> int:
        """Take back what was never sent; what a decision had replaced is there again.

        A text is not thrown away: a meeting becomes a draft, and so does a decision that has one and is
        taken back alone; those of a batch have one text in common. What is being written about the same
        threat becomes one draft with it.

        Returns:
            How many; the others were sent already, or may have been.
        """
        withdrawn = 0
        uuids = tuple(uuids)
        with self._writing() as connection:
            for uuid in uuids:
                following = _entries(connection, _STANDING_ON, (uuid, uuid))
                kept = _keeps_text(connection, uuid, len(uuids) == 1)
                done = connection.execute(_MAKE_DRAFT if kept else _WITHDRAW, (uuid,)).rowcount
                if done:
                    _lower_base(connection, following)
                    _bring_back(connection, uuid)
                    if kept:
                        _join_drafts(connection, uuid)
                withdrawn += done
        return withdrawn

    def dismiss(self, uuid: str) -> bool:
        """Put away a decision that was in conflict or rejected.

        Returns:
            False where there is no such entry.
        """
        with self._writing() as connection:
            return _dismiss(connection, uuid)

    def begin_sending(self, limit: int, kind: str = DECISION) -> list[Entry]:
        """Take the oldest entries of a kind that wait, at most ``limit``, and mark them as being sent.

        Those that may still be taken back stay. One from the future, after the clock was set, does not.
        Of decisions about one threat only the first is taken: the next stands on it.
        """
        now = datetime.now(timezone.utc)
        latest = to_instant_text(now - timedelta(seconds=self.grace_seconds))
        with self._writing() as connection:
            entries = _entries(connection, _NEXT_TO_SEND, (kind, latest, to_instant_text(now), limit))
            connection.executemany(
                "UPDATE entry SET state = 'sending', attempts = attempts + 1 WHERE uuid = ?",
                [(entry.uuid,) for entry in entries],
            )
        return entries

    def reset_sending(self) -> None:
        """Let entries wait again whose answer never came; sending them again does nothing twice."""
        with self._writing() as connection:
            connection.execute("UPDATE entry SET state = 'waiting' WHERE state = 'sending'")

    def settle(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        """Write down the service's answers.

        A decision that stands on one which was not accepted shares its fate: it was about a state of the
        report that never came.

        Returns:
            The answers, and after them what they mean for those that stand on them.
        """
        with self._writing() as connection:
            shared = [
                _shared(outcome, entry)
                for outcome in outcomes
                if outcome.kind in _NOT_ACCEPTED
                for entry in _entries(connection, _STANDING_ON, (outcome.uuid, outcome.uuid))
            ]
            settled = [*outcomes, *shared]
            connection.executemany(
                "UPDATE entry SET state = ?, settled_at = ?, outcome = ? WHERE uuid = ?",
                [
                    (
                        _STATE_OF[outcome.kind],
                        now_text(),
                        json.dumps(vars(outcome), ensure_ascii=False),
                        outcome.uuid,
                    )
                    for outcome in settled
                ],
            )
        return settled

    def entries(self, since: str = "") -> list[Entry]:
        """All that is kept and was entered from an instant on, oldest first, but for what was dismissed."""
        return self._read("state <> 'dismissed' AND queued_at >= ? ORDER BY position", (since,))

    def waiting(self, kind: str = DECISION) -> list[Entry]:
        """The entries of a kind that still have to reach the service, oldest first."""
        return self._read(_WAITING, (kind,))

    def unsent_counts(self) -> dict[str, int]:
        """How many entries of each kind still have to reach the service; kinds without one are not there."""
        with self._reading() as connection:
            return _unsent(connection)

    def settled_since(self, instant: str) -> list[Outcome]:
        """What the service answered from an instant on, oldest first."""
        entries = self._read("settled_at >= ? ORDER BY settled_at, position", (instant,))
        return [entry.outcome for entry in entries if entry.outcome is not None]

    def entry(self, uuid: str) -> Entry | None:
        """One entry, None where there is none."""
        return next(iter(self._read("uuid = ?", (uuid,))), None)

    def pending_statuses(self) -> dict[int, str]:
        """The result of the last decision that waits, by threat id."""
        return {entry.decision.threat_id: entry.decision.to_status for entry in self.waiting()}

    def next_base_version(self, threat_id: int, version: int) -> int:
        """The version to base a further decision on.

        Each of one's own decisions that waits will raise it by one. One that has just been accepted has
        raised it, and the version that the person saw may not know that yet.

        Args:
            threat_id: the threat.
            version: the threat's version that the person saw.
        """
        with self._reading() as connection:
            return _next_base(connection, threat_id, version)

    def _rescue(self, damaged: Path) -> int:
        """Carry over the entries that can be read from a damaged file; return how many."""
        rescued = 0
        with closing(sqlite3.connect(damaged)) as source, self._writing() as connection:
            try:
                rows = source.execute("SELECT * FROM entry ORDER BY position")
                found = [column[0] for column in rows.description]
                names = [name for name in _CARRIED if name in found]
                columns, places = ", ".join(names), ", ".join("?" * len(names))
                statement = " ".join(("INSERT INTO entry (", columns, ") VALUES (", places, ")"))
                for values in rows:
                    row = dict(zip(found, values))
                    _TYPES[row.get("kind", DECISION)].from_json(row["decision"])
                    connection.execute(statement, [row[name] for name in names])
                    rescued += 1
            except (sqlite3.DatabaseError, LookupError, ValueError):
                return rescued
        return rescued

    def _prune(self) -> None:
        """Forget what was settled long ago."""
        oldest = to_instant_text(datetime.now(timezone.utc) - timedelta(days=SENT_KEPT_DAYS))
        with self._writing() as connection:
            connection.execute(
                "DELETE FROM entry WHERE state IN ('sent', 'dismissed') AND settled_at < ?", (oldest,)
            )

    def _read(self, rest: str, parameters: Iterable[Any] = ()) -> list[Entry]:
        """Entries by a condition."""
        with self._reading() as connection:
            return _entries(connection, rest, parameters)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """A connection of its own: who reads waits for no thread that writes down a thousand decisions."""
        with storage_errors(self.path, OutboxDamaged), closing(_connect(self.path)) as connection:
            connection.execute("PRAGMA query_only = ON")
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A write transaction: commits at the end, rolls back on any error."""
        with self._lock, storage_errors(self.path, OutboxDamaged):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)


def _add_columns(connection: sqlite3.Connection) -> None:
    there = {column[1] for column in connection.execute("PRAGMA table_info(entry)")}
    for name, kind in _ADDED_COLUMNS.items():
        if name not in there:
            connection.execute(" ".join(("ALTER TABLE entry ADD COLUMN", name, kind)))


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    found = dict(connection.execute("SELECT state, count(*) FROM entry GROUP BY state").fetchall())
    return {state: found.get(state, 0) for state in STATES}


def _unsent(connection: sqlite3.Connection) -> dict[str, int]:
    return dict(connection.execute(_COUNT_UNSENT).fetchall())


def _add(
    connection: sqlite3.Connection,
    decision: Decision,
    threat_ref: str,
    base: Mapping[str, Any],
    queued_at: str,
) -> None:
    _insert(connection, decision, "waiting", queued_at, decision.threat_id, threat_ref, base)


def _insert(
    connection: sqlite3.Connection,
    content: Content,
    state: str,
    queued_at: str,
    threat_id: int = 0,
    threat_ref: str = "",
    base: Mapping[str, Any] | None = None,
) -> None:
    connection.execute(
        "INSERT INTO entry (kind, uuid, threat_id, decision, ref, state, base, queued_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            DECISION if isinstance(content, Decision) else MEETING,
            content.uuid,
            threat_id,
            json.dumps(content.to_json(), ensure_ascii=False),
            threat_ref,
            state,
            json.dumps(dict(base or {}), ensure_ascii=False),
            queued_at,
        ),
    )


def _next_base(connection: sqlite3.Connection, threat_id: int, version: int) -> int:
    """See :meth:`Outbox.next_base_version`."""
    mine = _entries(connection, "threat_id = ? AND state IN ('waiting', 'sending', 'sent')", (threat_id,))
    reached = [
        int(entry.outcome.decision["threat_version"])
        for entry in mine
        if entry.outcome is not None
        and entry.outcome.decision
        and entry.outcome.decision["uuid"] == entry.uuid
    ]
    return max([version, *reached]) + sum(entry.state != "sent" for entry in mine)


def _forget_draft(connection: sqlite3.Connection, uuid: str) -> bool:
    return connection.execute("DELETE FROM entry WHERE uuid = ? AND state = 'draft'", (uuid,)).rowcount == 1


def _forget_draft_about(connection: sqlite3.Connection, threat_id: int) -> bool:
    sql = " ".join(("DELETE FROM entry WHERE", _DRAFT_ABOUT))
    return connection.execute(sql, (threat_id,)).rowcount > 0


def _keeps_text(connection: sqlite3.Connection, uuid: str, alone: bool) -> bool:
    """Whether an entry that is taken back, alone or with others, has a text of its own."""
    return any(
        entry.meeting is not None or (alone and entry.decision.has_text)
        for entry in _entries(connection, "uuid = ?", (uuid,))
    )


def _dismiss(connection: sqlite3.Connection, uuid: str) -> bool:
    done = connection.execute(
        "UPDATE entry SET state = 'dismissed' WHERE uuid = ? AND state IN ('conflict', 'rejected')", (uuid,)
    )
    return done.rowcount == 1


def _lower_base(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """Base decisions on one version less: one that they stand on is gone."""
    for entry in entries:
        decision = replace(entry.decision, base_version=entry.decision.base_version - 1)
        connection.execute(
            "UPDATE entry SET decision = ? WHERE uuid = ?",
            (json.dumps(decision.to_json(), ensure_ascii=False), entry.uuid),
        )


def _join_drafts(connection: sqlite3.Connection, uuid: str) -> None:
    """Add to a decision that has become a draft what was already being written about its threat."""
    for kept in _entries(connection, "uuid = ? AND kind = 'decision' AND state = 'draft'", (uuid,)):
        decision = kept.decision
        for other in _entries(connection, f"{_DRAFT_ABOUT} AND uuid <> ?", (decision.threat_id, uuid)):
            decision = decision.joined(other.decision)
            _forget_draft(connection, other.uuid)
        connection.execute(
            "UPDATE entry SET decision = ? WHERE uuid = ?",
            (json.dumps(decision.to_json(), ensure_ascii=False), uuid),
        )


def _shared(outcome: Outcome, entry: Entry) -> Outcome:
    """What an answer means for a decision that stands on the one that was not accepted."""
    if outcome.kind == "conflict":
        return replace(outcome, uuid=entry.uuid)
    return Outcome(entry.uuid, outcome.kind, rule=EARLIER_NOT_ACCEPTED)


def _bring_back(connection: sqlite3.Connection, replacement: str) -> None:
    """Have the decision that another one replaced need a person again."""
    for entry in _entries(connection, "replaced_by = ? AND state = 'dismissed'", (replacement,)):
        if entry.outcome is not None:
            connection.execute(
                "UPDATE entry SET state = ? WHERE uuid = ?",
                (_STATE_OF[entry.outcome.kind], entry.decision.uuid),
            )


def _entries(connection: sqlite3.Connection, rest: str, parameters: Iterable[Any] = ()) -> list[Entry]:
    sql = " ".join(("SELECT", _COLUMNS, "FROM entry WHERE", rest))
    rows = connection.execute(sql, tuple(parameters)).fetchall()
    return [Entry(_TYPES[kind].from_json(content), *others) for kind, content, *others in rows]
