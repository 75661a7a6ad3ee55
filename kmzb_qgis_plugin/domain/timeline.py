"""Numbers by day, gathered into bins as wide as a picture of them allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

DAY, WEEK, MONTH, YEAR = "day", "week", "month", "year"
KINDS: Final = (DAY, WEEK, MONTH, YEAR)


@dataclass(frozen=True)
class Bin:
    """Days of the calendar, both ends within, and how many threats are of them."""

    first: date
    last: date
    number: int


def bin_start(day: date, kind: str) -> date:
    """The first day of the day's own week (from Monday), month or year."""
    if kind == WEEK:
        return day - timedelta(days=day.weekday())
    if kind == MONTH:
        return day.replace(day=1)
    return day.replace(month=1, day=1) if kind == YEAR else day


def next_start(start: date, kind: str) -> date:
    """The first day of the bin after the one that begins on a day; the last one is not left."""
    try:
        if kind == MONTH:
            return (start + timedelta(days=32)).replace(day=1)
        if kind == YEAR:
            return start.replace(year=start.year + 1)
        return start + timedelta(days=7 if kind == WEEK else 1)
    except (OverflowError, ValueError):
        return date.max


def kind_for(first: date, last: date, most: int) -> str:
    """The narrowest kind of bin of which no more than so many cover the days."""
    days = (last - first).days + 1
    for kind, length in ((DAY, 1), (WEEK, 7), (MONTH, 30), (YEAR, 365)):
        if days <= length * most:
            return kind
    return YEAR


def gather(start: date, numbers: Sequence[int], first: date, last: date, kind: str) -> list[Bin]:
    """Put numbers by day into bins.

    Args:
        start: the day of the first number.
        numbers: by day.
        first, last: days that the bins cover, each bin whole.
        kind: one of :data:`KINDS`.
    """
    bins = []
    begin = bin_start(first, kind)
    while begin <= last:
        following = next_start(begin, kind)
        low, high = (max((day - start).days, 0) for day in (begin, following))
        bins.append(Bin(begin, following - timedelta(days=1), sum(numbers[low:high])))
        if following == date.max:
            break
        begin = following
    return bins
