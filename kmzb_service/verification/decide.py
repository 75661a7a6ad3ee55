"""Taking decisions: each one is accepted, a duplicate, in conflict or rejected, and nothing in between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, bindparam, func, select, update

from kmzb_service.catalogue.model import Catalogue
from kmzb_service.database.audit_chain import append_rows
from kmzb_service.database.engine import take_positions, writing
from kmzb_service.database.instants import instant_text, whole_milliseconds
from kmzb_service.database.tables import change_counter, decision, threat
from kmzb_service.database.wire import DECISIONS, THREATS
from kmzb_service.security.gate import Caller
from kmzb_service.security.scope import Scope
from kmzb_service.verification.rules import Broken, broken_by_step, broken_in_itself
from kmzb_service.verification.submission import Proposal

Outcome = dict[str, Any]
Record = dict[str, Any]


def decide_all(
    engine: Engine, catalogue: Catalogue, caller: Caller, proposals: Sequence[Proposal]
) -> list[Outcome]:
    """Decide on proposals in their order, in one transaction.

    What they are about is read at once, and what was accepted is written at
    once: between the two nobody else can write, so that each proposal meets
    what those before it have left.

    Returns:
        An outcome for each; what is called accepted has been committed.
    """
    with writing(engine) as connection:
        # The counter's lock before any other: writers wait here for each other,
        # so that what follows reads the newest state and no two can deadlock.
        connection.execute(select(change_counter.c.position).with_for_update())
        desk = _Desk(connection, catalogue, caller, proposals)
        outcomes = [{"uuid": str(proposal.uuid), **desk.outcome(proposal)} for proposal in proposals]
        desk.write(connection)
    return outcomes


@dataclass(frozen=True)
class _Report:
    """A report as it is by now, and whether the caller may know of it."""

    feature: Record
    in_scope: bool
    removed: bool

    @property
    def facts(self) -> Record:
        facts: Record = self.feature["properties"]
        return facts


class _Desk:
    """Decides in one transaction, for one caller, at one instant."""

    def __init__(
        self, connection: Connection, catalogue: Catalogue, caller: Caller, proposals: Sequence[Proposal]
    ) -> None:
        self._catalogue = catalogue
        self._caller = caller
        self._now = whole_milliseconds(datetime.now(UTC))
        uuids = {str(proposal.uuid) for proposal in proposals}
        self._by_uuid = {one["uuid"]: one for one in _decisions(connection, decision.c.uuid.in_(uuids))}
        ids = {proposal.threat_id for proposal in proposals}
        self._reports = _reports(connection, ids, caller.scope)
        overtaken = {
            proposal.threat_id
            for proposal in proposals
            if (report := self._reports.get(proposal.threat_id)) is not None
            and report.facts["version"] != proposal.base_version
        }
        # the newest decision on each report that may be in conflict
        newest = _newest_decisions(connection, overtaken) if overtaken else []
        self._newest = {one["threat_id"]: one for one in newest}
        # what was accepted, to be written, and what is told of it
        self._accepted: list[tuple[Record, Record]] = []
        self._changed: dict[int, Record] = {}

    def outcome(self, proposal: Proposal) -> Outcome:
        report = self._reports.get(proposal.threat_id)
        known = self._by_uuid.get(str(proposal.uuid))
        if known is not None:
            content = proposal.content()
            if report is None or content != {name: known[name] for name in content}:
                return _rejected(Broken("uuid_reused"))
            if not report.in_scope:
                return _rejected(Broken("left_scope"))
            return _answer("duplicate", known, report)
        broken = broken_in_itself(self._catalogue, proposal, self._now)
        if broken is not None:
            return _rejected(broken)
        if report is None or report.removed or not report.in_scope:
            return _rejected(Broken("unknown_threat"))
        present = report.facts
        if present["status"] is None:
            return _rejected(Broken("no_workflow"))
        if not self._caller.scope.decides_for(present["unit"]):
            return _rejected(Broken("unit_not_allowed"))
        if proposal.base_version != present["version"]:
            return self._overtaken(proposal, report)
        broken = broken_by_step(self._catalogue, proposal, present["status"], self._caller.role)
        if broken is not None:
            return _rejected(broken)
        return self._accept(proposal, report)

    def write(self, connection: Connection) -> None:
        """Write what was accepted, and complete what is told of it."""
        if not self._accepted:
            return
        first = take_positions(connection, 2 * len(self._accepted))
        rows = []
        for number, (row, _) in enumerate(self._accepted):
            position = first + 2 * number
            self._changed[row["threat_id"]]["position"] = position
            rows.append({**row, "seq": position + 1})
        connection.execute(_CHANGE, list(self._changed.values()))
        for stored, (_, told) in zip(append_rows(connection, rows), self._accepted, strict=True):
            told.update(DECISIONS.record_of(stored))

    def _overtaken(self, proposal: Proposal, report: _Report) -> Outcome:
        """What became of a decision on a state of the report that is no longer."""
        won = self._newest.get(proposal.threat_id)
        if won is not None and won["base_version"] < proposal.base_version:
            won = None
        if won is not None and report.facts["status"] == proposal.to_status == won["to_status"]:
            return {**_answer("duplicate", won, report), "same_result": True}
        return _answer("conflict", won, report)

    def _accept(self, proposal: Proposal, report: _Report) -> Outcome:
        version = proposal.base_version + 1
        entered = self._catalogue.status(proposal.to_status)
        due: datetime | None = None
        if entered is not None and entered.due == "verify_due":
            due = self._now + timedelta(days=self._catalogue.deadlines.verify_days)
        row = proposal.model_dump() | {
            "uuid": str(proposal.uuid),
            "threat_version": version,
            "from_status": report.facts["status"],
            "received_at": self._now,
            "actor": self._caller.name,
            "actor_role": self._caller.role,
            "actor_unit": self._caller.unit,
        }
        told = DECISIONS.record_of(row)
        self._accepted.append((row, told))
        self._by_uuid[row["uuid"]] = self._newest[proposal.threat_id] = told
        change = self._changed.setdefault(proposal.threat_id, {"threat": proposal.threat_id, "due": None})
        change |= {
            "status": proposal.to_status,
            "version": version,
            "now": self._now,
            "due": due or change["due"],
        }
        properties = report.facts | {
            "status": proposal.to_status,
            "version": version,
            "updated_at": instant_text(self._now),
            **({} if due is None else {"verify_due": instant_text(due)}),
        }
        after = replace(report, feature=report.feature | {"properties": properties})
        self._reports[proposal.threat_id] = after
        return _answer("accepted", told, after)


_CHANGE = (
    update(threat)
    .where(threat.c.id == bindparam("threat"))
    .values(
        status=bindparam("status"),
        version=bindparam("version"),
        updated_at=bindparam("now"),
        seq=bindparam("position"),
        verify_due=func.coalesce(bindparam("due", type_=threat.c.verify_due.type), threat.c.verify_due),
    )
)


def _reports(connection: Connection, ids: Iterable[int], scope: Scope) -> dict[int, _Report]:
    query = THREATS.rows.add_columns(threat.c.removed, scope.holds(threat)).where(threat.c.id.in_(ids))
    return {
        row[0]: _Report(THREATS.feature(row[:-2]), in_scope=bool(row[-1]), removed=row[-2])
        for row in connection.execute(query)
    }


def _newest_decisions(connection: Connection, threat_ids: Iterable[int]) -> list[Record]:
    newest = select(func.max(decision.c.id)).where(decision.c.threat_id.in_(threat_ids))
    return _decisions(connection, decision.c.id.in_(newest.group_by(decision.c.threat_id)))


def _decisions(connection: Connection, condition: ColumnElement[bool]) -> list[Record]:
    """The decisions that meet a condition, in the wire's form."""
    return [DECISIONS.record(row) for row in connection.execute(DECISIONS.rows.where(condition))]


def _answer(kind: str, record: Record | None, report: _Report) -> Outcome:
    return {"outcome": kind, "decision": record, "threat": report.feature}


def _rejected(broken: Broken) -> Outcome:
    return {"outcome": "rejected", "rule": broken.rule, "title": broken.title, "field": broken.field}
