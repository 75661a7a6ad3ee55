"""The rules of the workflow: pure checks of a decision against the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kmzb_service.catalogue.model import Catalogue
from kmzb_service.verification.submission import Proposal

NOTE_LENGTH = 2_000
# Clocks of desks differ a little; more is a wrong clock, and a wrong record.
_CLOCK_TOLERANCE = timedelta(minutes=5)

# rule → what to tell a person, and the field that is wrong
RULES: dict[str, tuple[str, str | None]] = {
    "uuid_reused": ("Another decision has this UUID already", "uuid"),
    "unknown_threat": ("There is no such report", "threat_id"),
    "unit_not_allowed": ("The report is given to a unit that you may not decide for", "threat_id"),
    "left_scope": ("This decision was taken; the report has been given to others since", "threat_id"),
    "no_workflow": ("Only citizens' reports are decided on", "threat_id"),
    "unknown_status": ("The catalogue has no such status", "to_status"),
    "unknown_reason": ("The catalogue has no such reason", "reason"),
    "unknown_method": ("The catalogue has no such way of checking", "method"),
    "note_too_long": (f"The note is longer than {NOTE_LENGTH} characters", "note"),
    "decided_in_future": ("The decision's time lies in the future: check the clock", "decided_at"),
    "transition_not_allowed": ("This status cannot follow the report's present one", "to_status"),
    "role_not_allowed": ("Your role may not take this decision", None),
    "reason_not_allowed": ("This reason does not go with this status", "reason"),
    "reason_required": ("This decision needs a reason", "reason"),
    "note_required": ("This decision needs a note", "note"),
    "method_required": ("This decision needs the way of checking", "method"),
    "institution_required": ("This decision needs an institution", "institution"),
    "planned_date_required": ("This decision needs a planned date", "planned_date"),
}


@dataclass(frozen=True)
class Broken:
    """A rule that a decision breaks."""

    rule: str

    @property
    def title(self) -> str:
        return RULES[self.rule][0]

    @property
    def field(self) -> str | None:
        return RULES[self.rule][1]


def broken_in_itself(catalogue: Catalogue, proposal: Proposal, now: datetime) -> Broken | None:
    """The first rule that a decision breaks whatever the report's state is."""
    if catalogue.status(proposal.to_status) is None:
        return Broken("unknown_status")
    if proposal.reason is not None and catalogue.reason(proposal.reason) is None:
        return Broken("unknown_reason")
    if proposal.method is not None and proposal.method not in {entry.code for entry in catalogue.methods}:
        return Broken("unknown_method")
    if proposal.note is not None and len(proposal.note) > NOTE_LENGTH:
        return Broken("note_too_long")
    if proposal.decided_at > now + _CLOCK_TOLERANCE:
        return Broken("decided_in_future")
    return None


def broken_by_step(catalogue: Catalogue, proposal: Proposal, from_status: str, role: str) -> Broken | None:
    """The first rule that a decision breaks as a step away from a report's present status."""
    step = catalogue.transition(from_status, proposal.to_status)
    if step is None:
        return Broken("transition_not_allowed")
    if role not in step.roles:
        return Broken("role_not_allowed")
    required = list(step.requires)
    reason = None if proposal.reason is None else catalogue.reason(proposal.reason)
    if reason is not None:
        if proposal.to_status not in reason.statuses:
            return Broken("reason_not_allowed")
        required += reason.requires
    missing = next((field for field in required if getattr(proposal, field) is None), None)
    return None if missing is None else Broken(f"{missing}_required")
