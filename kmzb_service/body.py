"""Members of request bodies: the types that every resource checks them by."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict

from kmzb_service.database.instants import whole_milliseconds

LARGEST_ID = 2**63 - 1


class Body(BaseModel):
    """An object of a body: a member that it does not have is an error, not a surprise."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _only_text(value: Any) -> Any:
    # pydantic would also read a number as seconds since 1970
    if value is not None and not isinstance(value, str):
        raise ValueError("must be text")
    return value


def _storable(value: str) -> str:
    if "\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
        raise ValueError("holds characters that are not text")
    return value


def _one_form(value: str) -> str:
    return unicodedata.normalize("NFC", value.strip())


def _blank_is_none(value: str | None) -> str | None:
    return value if value is not None and value.strip() else None


def _utc(value: datetime) -> datetime:
    try:
        return whole_milliseconds(value.astimezone(UTC))
    except OverflowError as error:
        raise ValueError("is out of range") from error


Text = Annotated[str, AfterValidator(_storable)]
Words = Annotated[Text, AfterValidator(_one_form)]
"""Text that is searched: without blanks around it, accented letters in one form."""
Instant = Annotated[AwareDatetime, BeforeValidator(_only_text), AfterValidator(_utc)]
DayOrNone = Annotated[date | None, BeforeValidator(_only_text)]
OrNone = AfterValidator(_blank_is_none)
"""Makes a blank text none at all."""
