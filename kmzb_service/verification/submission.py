"""Decisions as they arrive: their form, before any rule is asked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StrictInt

from kmzb_service.database.instants import instant_text, whole_milliseconds

MAX_DECISIONS = 1_000
_LARGEST_ID = 2**63 - 1
_CODE_LENGTH = 40
_INSTITUTION_LENGTH = 500


def _only_text(value: Any) -> Any:
    # pydantic would also read a number as seconds since 1970
    if value is not None and not isinstance(value, str):
        raise ValueError("must be text")
    return value


def _storable(value: str) -> str:
    if "\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
        raise ValueError("holds characters that are not text")
    return value


def _blank_is_none(value: str | None) -> str | None:
    return value if value is not None and value.strip() else None


def _utc(value: datetime) -> datetime:
    try:
        return whole_milliseconds(value.astimezone(UTC))
    except OverflowError as error:
        raise ValueError("is out of range") from error


_Text = Annotated[str, AfterValidator(_storable)]
_Code = Annotated[_Text, Field(max_length=_CODE_LENGTH)]
_Instant = Annotated[AwareDatetime, BeforeValidator(_only_text), AfterValidator(_utc)]
_Day = Annotated[date | None, BeforeValidator(_only_text)]
_OrNone = AfterValidator(_blank_is_none)


class Proposal(BaseModel):
    """One decision that a desk proposes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    uuid: UUID
    threat_id: Annotated[StrictInt, Field(ge=1, le=_LARGEST_ID)]
    base_version: Annotated[StrictInt, Field(ge=1, le=2**31 - 1)]
    to_status: _Code
    decided_at: _Instant
    reason: Annotated[_Code | None, _OrNone] = None
    note: Annotated[_Text | None, _OrNone] = None
    method: Annotated[_Code | None, _OrNone] = None
    institution: Annotated[_Text | None, Field(max_length=_INSTITUTION_LENGTH), _OrNone] = None
    planned_date: _Day = None

    def content(self) -> dict[str, Any]:
        """Everything but the UUID, in the wire's form, to tell a repetition from another decision."""
        return self.model_dump(exclude={"uuid", "decided_at", "planned_date"}) | {
            "decided_at": instant_text(self.decided_at),
            "planned_date": None if self.planned_date is None else self.planned_date.isoformat(),
        }


class Submission(BaseModel):
    """The body of ``POST /decisions``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    decisions: Annotated[list[Proposal], Field(min_length=1, max_length=MAX_DECISIONS)]
