"""Instants, days and intervals as requests write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OPEN_ENDS = ("", "..")


def read_instant(text: str) -> datetime:
    """An instant with its zone, in UTC.

    Raises:
        ValueError, OverflowError: it is none.
    """
    # A blank where a URL had a plus sign: "+" is decoded to it.
    instant = datetime.fromisoformat(text.replace(" ", "+"))
    if "T" not in text.upper() or instant.tzinfo is None:
        raise ValueError("an instant needs a date, a time and a zone")
    return instant.astimezone(UTC)


def read_day(text: str) -> date:
    """A day as ``2021-03-28``.

    Raises:
        ValueError: it is none.
    """
    if len(text) != 10:  # Python reads 20210328 and 2021-W12-7 too
        raise ValueError("a day is written as 2021-03-28")
    return date.fromisoformat(text)


def read_moment(text: str) -> date | datetime:
    """A day or an instant.

    Raises:
        ValueError, OverflowError: it is neither.
    """
    return read_day(text) if len(text) == 10 else read_instant(text)


def begins(moment: date | datetime, zone: ZoneInfo) -> datetime:
    """The first instant of a day in a zone; an instant is its own."""
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time(), zone).astimezone(UTC)


def ends(moment: date | datetime, zone: ZoneInfo) -> datetime:
    """The last millisecond of a day in a zone; an instant is its own."""
    if isinstance(moment, datetime):
        return moment
    return begins(moment + timedelta(days=1), zone) - timedelta(milliseconds=1)
