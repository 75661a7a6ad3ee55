"""What statistics say of threats: values, and how they are reckoned."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

DIMENSIONS: Final = ("source", "category", "status", "voivodeship", "county", "commune", "unit")
AREA_LEVELS: Final = ("voivodeship", "county", "commune")

# A place is a cell of this size: about 110 m from south to north, and as wide in Poland.
PLACE_DEGREES: Final = 0.001
PLACE_WIDTH: Final = 1.6
"""How many times a cell is as wide as it is high, in degrees."""


@dataclass(frozen=True)
class Tally:
    """Numbers of threats.

    Attributes:
        count: all of them.
        before: those of the same period of the year before; None where the period has no beginning.
        confirmed: reports that were found to be right, also where the threat is gone since.
        unconfirmed: reports that were not.
    """

    count: int
    before: int | None = None
    confirmed: int = 0
    unconfirmed: int = 0

    @property
    def change(self) -> float | None:
        """Percent by which there are more than in the year before; None where there were none then."""
        return percent_change(self.count, self.before)

    @property
    def share(self) -> float | None:
        """Percent of the decided reports that are confirmed; None where none is decided."""
        return percent(self.confirmed, self.confirmed + self.unconfirmed)


@dataclass(frozen=True)
class Group:
    """The threats with one value, None for those that have none.

    Attributes:
        code: the value.
        tally: their numbers.
        population: inhabitants of the area; None where that is not known, or it is no area.
    """

    code: str | None
    tally: Tally
    population: int | None = None

    @property
    def per_thousand(self) -> float | None:
        """Threats per 1,000 inhabitants; None where it is not known how many there are, or none."""
        return 1000 * self.tally.count / self.population if self.population else None


@dataclass(frozen=True)
class Times:
    """How long something took after a report was placed.

    Attributes:
        number: reports to which it happened.
        median, ninth_decile: seconds; of two in the middle, their mean; the decile is the shortest time
            within which nine of ten were done. None where it happened to none.
        within: reports to which it happened before the deadline.
        due: reports to which it happened, or whose deadline has passed.
    """

    number: int
    median: float | None
    ninth_decile: float | None
    within: int
    due: int

    @property
    def share(self) -> float | None:
        """Percent within the deadline; None where nothing was due."""
        return percent(self.within, self.due)


@dataclass(frozen=True)
class Month:
    """Threats of a month, or of the part of it that the period covers.

    Attributes:
        first: the month's first day.
        count: their number.
        before: those of the same days of the year before.
    """

    first: date
    count: int
    before: int

    @property
    def change(self) -> float | None:
        return percent_change(self.count, self.before)


@dataclass(frozen=True)
class Place:
    """A cell of about 110 m with threats in it.

    Attributes:
        west, south, east, north: degrees.
        name: how the newest report there that has a description of the place calls it; empty for none.
        number: what is counted.
    """

    west: float
    south: float
    east: float
    north: float
    name: str
    number: int


@dataclass(frozen=True)
class Statistics:
    """All figures under one filter.

    Attributes:
        total: of all.
        groups: by dimension of :data:`DIMENSIONS`; units with those below them.
        reaction: from a report's placing to the first decision about it.
        decision: from a report's placing to the first decision with an outcome.
        week: by weekday, Monday first, and hour 0 … 23 of the day it occurred.
        months: in order, without gaps.
        places: with most reports, the most first.
        returns: where a threat came back after it had been eliminated: the report was opened again, or
            another of the same category was placed there later. The most first.
    """

    total: Tally
    groups: Mapping[str, tuple[Group, ...]]
    reaction: Times
    decision: Times
    week: tuple[tuple[int, ...], ...]
    months: tuple[Month, ...]
    places: tuple[Place, ...]
    returns: tuple[Place, ...]


def percent(part: int, whole: int) -> float | None:
    """A part in percent; None of nothing."""
    return 100 * part / whole if whole else None


def percent_change(now: int, before: int | None) -> float | None:
    """By how many percent a number has grown; None where there was nothing to grow from."""
    return 100 * (now - before) / before if before else None


def year_before(first: date, last: date) -> tuple[date, date]:
    """The same days of the year before; the end of February stays its end."""
    end = _in_year(last, last.year - 1)
    if last.day == calendar.monthrange(last.year, last.month)[1]:
        end = end.replace(day=calendar.monthrange(end.year, end.month)[1])
    return _in_year(first, first.year - 1), end


def months_between(first: date, last: date) -> list[tuple[date, date]]:
    """The months of a period, each with its first and last day within it."""
    found = []
    while first <= last:
        end = min(last, first.replace(day=calendar.monthrange(first.year, first.month)[1]))
        found.append((first, end))
        first = end + timedelta(days=1)
    return found


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))
