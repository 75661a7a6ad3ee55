"""Decisions as they arrive: their form, before any rule is asked."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StrictInt

from kmzb_service.body import LARGEST_ID, Body, DayOrNone, Instant, OrNone, Text
from kmzb_service.database.instants import instant_text

MAX_DECISIONS = 1_000
_CODE_LENGTH = 40
_INSTITUTION_LENGTH = 500

_Code = Annotated[Text, Field(max_length=_CODE_LENGTH)]


class Proposal(Body):
    """One decision that a desk proposes."""

    uuid: UUID
    threat_id: Annotated[StrictInt, Field(ge=1, le=LARGEST_ID)]
    base_version: Annotated[StrictInt, Field(ge=1, le=2**31 - 1)]
    to_status: _Code
    decided_at: Instant
    reason: Annotated[_Code | None, OrNone] = None
    note: Annotated[Text | None, OrNone] = None
    method: Annotated[_Code | None, OrNone] = None
    institution: Annotated[Text | None, Field(max_length=_INSTITUTION_LENGTH), OrNone] = None
    planned_date: DayOrNone = None

    def content(self) -> dict[str, Any]:
        """Everything but the UUID, in the wire's form, to tell a repetition from another decision."""
        return self.model_dump(exclude={"uuid", "decided_at", "planned_date"}) | {
            "decided_at": instant_text(self.decided_at),
            "planned_date": None if self.planned_date is None else self.planned_date.isoformat(),
        }


class Submission(Body):
    """The body of ``POST /decisions``."""

    decisions: Annotated[list[Proposal], Field(min_length=1, max_length=MAX_DECISIONS)]
