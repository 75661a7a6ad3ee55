"""Taking decisions: each one is accepted, a duplicate, in conflict or rejected, and nothing in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, select, update

from kmzb_service.catalogue.model import Catalogue
from kmzb_service.database.audit_chain import append_rows
from kmzb_service.database.engine import take_positions, writing
from kmzb_service.database.instants import whole_milliseconds
from kmzb_service.database.tables import change_counter, decision, threat
from kmzb_service.database.wire import DECISIONS, THREATS
from kmzb_service.security.gate import Caller
from kmzb_service.verification.rules import Broken, broken_by_step, broken_in_itself
from kmzb_service.verification.submission import Proposal

Outcome = dict[str, Any]


def decide_all(
    engine: Engine, catalogue: Catalogue, caller: Caller, proposals: Sequence[Proposal]
) -> list[Outcome]:
    """Decide on proposals in their order, in one transaction with a savepoint for each.

    Returns:
        An outcome for each; what is called accepted has been committed.
    """
    with writing(engine) as connection:
        # The counter's lock before any other: writers wait here for each other,
        # so that what follows reads the newest state and no two can deadlock.
        connection.execute(select(change_counter.c.position).with_for_update())
        desk = _Desk(connection, catalogue, caller, whole_milliseconds(datetime.now(UTC)))
        outcomes = []
        for proposal in proposals:
            with connection.begin_nested():
                outcomes.append({"uuid": str(proposal.uuid), **desk.outcome(proposal)})
    return outcomes


@dataclass(frozen=True)
class _Desk:
    """Decides in one transaction, for one caller, at one instant."""

    connection: Connection
    catalogue: Catalogue
    caller: Caller
    now: datetime

    def outcome(self, proposal: Proposal) -> Outcome:
        known = self._decision(decision.c.uuid == str(proposal.uuid))
        if known is not None:
            content = proposal.content()
            if content != {name: known[name] for name in content}:
                return _rejected(Broken("uuid_reused"))
            if not self._in_scope(proposal.threat_id):
                return _rejected(Broken("left_scope"))
            return self._answer("duplicate", known, proposal.threat_id)
        broken = broken_in_itself(self.catalogue, proposal, self.now)
        if broken is not None:
            return _rejected(broken)
        present = self._present(proposal.threat_id)
        if present is None:
            return _rejected(Broken("unknown_threat"))
        if present.status is None:
            return _rejected(Broken("no_workflow"))
        if not self.caller.scope.decides_for(present.unit):
            return _rejected(Broken("unit_not_allowed"))
        if proposal.base_version != present.version:
            return self._overtaken(proposal, present.status)
        broken = broken_by_step(self.catalogue, proposal, present.status, self.caller.role)
        if broken is not None:
            return _rejected(broken)
        return self._accept(proposal, present.status)

    def _present(self, threat_id: int) -> Row[Any, Any, Any] | None:
        return self.connection.execute(
            select(threat.c.status, threat.c.version, threat.c.unit).where(
                threat.c.id == threat_id, self.caller.scope.visible(THREATS)
            )
        ).first()

    def _in_scope(self, threat_id: int) -> bool:
        """Whether a report lies where the caller may see it, though it may have been removed."""
        limit = self.caller.scope.limit(THREATS)
        if limit is None:
            return True
        query = select(threat.c.id).where(threat.c.id == threat_id, limit)
        return self.connection.execute(query).first() is not None

    def _overtaken(self, proposal: Proposal, status: str) -> Outcome:
        """What became of a decision on a state of the report that is no longer."""
        won = self._decision(
            decision.c.threat_id == proposal.threat_id, decision.c.base_version >= proposal.base_version
        )
        if won is not None and status == proposal.to_status == won["to_status"]:
            return {**self._answer("duplicate", won, proposal.threat_id), "same_result": True}
        return self._answer("conflict", won, proposal.threat_id)

    def _accept(self, proposal: Proposal, from_status: str) -> Outcome:
        position = take_positions(self.connection, 2)
        version = proposal.base_version + 1
        changed = {"status": proposal.to_status, "version": version, "updated_at": self.now, "seq": position}
        entered = self.catalogue.status(proposal.to_status)
        if entered is not None and entered.due == "verify_due":
            changed["verify_due"] = self.now + timedelta(days=self.catalogue.deadlines.verify_days)
        self.connection.execute(update(threat).where(threat.c.id == proposal.threat_id).values(changed))
        facts = proposal.model_dump() | {
            "uuid": str(proposal.uuid),
            "threat_version": version,
            "from_status": from_status,
            "received_at": self.now,
            "actor": self.caller.name,
            "actor_role": self.caller.role,
            "actor_unit": self.caller.unit,
            "seq": position + 1,
        }
        append_rows(self.connection, [facts])
        accepted = self._decision(decision.c.uuid == str(proposal.uuid))
        return self._answer("accepted", accepted, proposal.threat_id)

    def _decision(self, *conditions: ColumnElement[bool]) -> dict[str, Any] | None:
        """The newest decision that meets the conditions, in the wire's form."""
        row = self.connection.execute(
            DECISIONS.rows.where(*conditions).order_by(decision.c.id.desc()).limit(1)
        ).first()
        return None if row is None else DECISIONS.record(row)

    def _answer(self, kind: str, record: dict[str, Any] | None, threat_id: int) -> Outcome:
        row = self.connection.execute(THREATS.rows.where(threat.c.id == threat_id)).one()
        return {"outcome": kind, "decision": record, "threat": THREATS.feature(row)}


def _rejected(broken: Broken) -> Outcome:
    return {"outcome": "rejected", "rule": broken.rule, "title": broken.title, "field": broken.field}
