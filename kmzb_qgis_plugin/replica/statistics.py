"""All figures of the threats under a filter, from columns and histories in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, Union

import numpy as np
from numpy.typing import NDArray

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.conditions import conditions
from kmzb_qgis_plugin.domain.period import day_bounds_utc
from kmzb_qgis_plugin.domain.statistics import (
    AREA_LEVELS,
    DIMENSIONS,
    Group,
    Month,
    Place,
    Statistics,
    Tally,
    Times,
    months_between,
    year_before,
)
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.columns import DAYS, FIRST_DAY, Mask
from kmzb_qgis_plugin.replica.errors import storage_errors
from kmzb_qgis_plugin.replica.histories import Histories
from kmzb_qgis_plugin.replica.instants import DAY_MS, NEVER, Ints, milliseconds
from kmzb_qgis_plugin.replica.masks import masks_of
from kmzb_qgis_plugin.replica.place_index import place_box
from kmzb_qgis_plugin.replica.queries import AreaRow, UnitRow

PLACES_SHOWN: Final = 20
_NAMED_BY: Final = 100
_HOURS, _WEEKDAYS = 24, 7
_UNDECIDED, _CONFIRMED, _UNCONFIRMED = range(3)


def count_statistics(
    connection: sqlite3.Connection,
    histories: Histories,
    threat_filter: ThreatFilter,
    today: date,
    now: str,
    catalogue: Catalogue,
) -> Statistics:
    """Count everything.

    Args:
        connection: to the replica that the histories were read from.
        histories: of all threats.
        threat_filter: what is looked at.
        today: the present day.
        now: the present instant, for deadlines.
        catalogue: outcomes of statuses, and deadlines.
    """
    return _Count(connection, histories, threat_filter, today, now, catalogue).statistics()


def with_below(units: Iterable[UnitRow]) -> dict[str, tuple[str, ...]]:
    """Each unit's code with the codes of all units below it, to any depth."""
    children: dict[str, list[str]] = {}
    codes = []
    for unit in units:
        codes.append(unit.code)
        if unit.parent is not None and unit.parent != unit.code:
            children.setdefault(unit.parent, []).append(unit.code)
    found = {}
    for code in codes:
        below = {code: None}
        waiting = [code]
        while waiting:
            for child in children.get(waiting.pop(), ()):
                if child not in below:
                    below[child] = None
                    waiting.append(child)
        found[code] = tuple(below)
    return found


# Rows by number, or all of them: a slice copies nothing.
Rows = Union[Ints, slice]


class _Count:
    """One count, with what its parts share."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        histories: Histories,
        threat_filter: ThreatFilter,
        today: date,
        now: str,
        catalogue: Catalogue,
    ) -> None:
        self._connection = connection
        self._histories = histories
        self._columns = columns = histories.columns
        self._catalogue = catalogue
        self._now = milliseconds(now)
        self._today = today
        self._instant = "reported_at" if threat_filter.date_field == "reported" else "occurred_from"
        self._first, self._last = threat_filter.period.resolve(today)
        anywhen = conditions(threat_filter.without("period"), today, now, catalogue).parts
        mask = masks_of(connection, columns).of(anywhen)
        self._at_any_time = np.ones(len(columns), bool) if mask is None else mask
        self._looked_at = self._at_any_time & self._within(self._first, self._last)
        self._rows = _rows(self._looked_at)
        base = self._base()
        self._rows_before = None if base is None else _rows(self._at_any_time & self._within(*base))
        outcomes = {"confirmed": _CONFIRMED, "eliminated": _CONFIRMED, "unconfirmed": _UNCONFIRMED}
        by_status = {one.code: outcomes.get(one.outcome or "", _UNDECIDED) for one in catalogue.statuses}
        names = columns.values["status"]
        outcome_of = np.array([by_status.get(name or "", _UNDECIDED) for name in names], np.int32)
        self._outcomes = outcome_of[columns.arrays["status"][self._rows]]

    def statistics(self) -> Statistics:
        areas, units = queries.area_list(self._connection), queries.unit_list(self._connection)
        groups = {dimension: self._groups(dimension) for dimension in DIMENSIONS}
        for level in AREA_LEVELS:
            groups[level] = _with_population(groups[level], areas, level)
        groups["unit"] = _summed_up(groups["unit"], units)
        totals = groups["source"]
        return Statistics(
            total=_sum(group.tally for group in totals)
            if totals
            else Tally(0, None if self._rows_before is None else 0),
            groups=groups,
            reaction=self._times("reacted", self._columns.arrays["read_due"]),
            decision=self._times("decided", self._decision_due()),
            week=self._week(),
            months=self._months(),
            places=self._places(self._looked_at),
            returns=self._returns(),
        )

    def _within(self, first: date | None, last: date | None) -> Mask:
        start, end = day_bounds_utc(first, last)
        moments = self._columns.arrays[self._instant]
        mask = np.ones(len(moments), bool)
        if start is not None:
            mask &= moments >= milliseconds(start)
        if end is not None:
            mask &= moments < milliseconds(end)
        return mask

    def _base(self) -> tuple[date, date] | None:
        """The same period of the year before; none where the period has no beginning."""
        if self._first is None or self._first.year == date.min.year:
            return None
        last = self._today if self._last is None else self._last
        return year_before(self._first, last) if last >= self._first else None

    def _groups(self, dimension: str) -> tuple[Group, ...]:
        """Numbers by the values of a column, the most frequent first."""
        values, names = self._columns.arrays[dimension], self._columns.values[dimension]
        pairs = values[self._rows].astype(np.int32) * 3 + self._outcomes
        tallies = np.bincount(pairs, minlength=3 * len(names)).reshape(-1, 3)
        counts = tallies.sum(axis=1)
        before = None
        if self._rows_before is not None:
            before = np.bincount(values[self._rows_before], minlength=len(names))
        groups = [
            Group(
                names[number],
                Tally(
                    int(counts[number]),
                    None if before is None else int(before[number]),
                    int(tallies[number, _CONFIRMED]),
                    int(tallies[number, _UNCONFIRMED]),
                ),
            )
            for number in np.flatnonzero(counts if before is None else counts + before)
        ]
        return tuple(sorted(groups, key=lambda group: (-group.tally.count, group.code or "")))

    def _times(self, event: str, due: Ints) -> Times:
        """How long it took from the placing to an event, and how often that was in time."""
        reported = self._columns.arrays["reported_at"][self._rows]
        moments, due = self._histories.instants[event][self._rows], due[self._rows]
        happened = moments != NEVER
        # Clocks of desks differ: what seems to be decided before it was placed took no time.
        seconds = np.maximum(moments[happened] - reported[happened], 0) / 1000
        has_deadline = due != NEVER
        in_time = happened & has_deadline & (moments <= due)
        late = has_deadline & ~in_time & (happened | (due < self._now))
        within = int(np.count_nonzero(in_time))
        return Times(len(seconds), *_middle_and_ninth(seconds), within, within + int(np.count_nonzero(late)))

    def _decision_due(self) -> Ints:
        """Until when verification was to end: of reports that were taken up, and of no others."""
        taken_up = self._histories.instants["taken_up"]
        days = self._catalogue.deadlines.verify_days
        return np.where(taken_up == NEVER, NEVER, taken_up + days * DAY_MS)

    def _week(self) -> tuple[tuple[int, ...], ...]:
        weekday, hour = (self._columns.arrays[name][self._rows] for name in ("local_weekday", "local_hour"))
        slots = (weekday.astype(np.int32) - 1) * _HOURS + hour
        counts = np.bincount(slots, minlength=_WEEKDAYS * _HOURS).reshape(_WEEKDAYS, _HOURS)
        return tuple(tuple(row) for row in counts.tolist())

    def _months(self) -> tuple[Month, ...]:
        """Every month of the period; one without bounds goes from the first threat to the last."""
        days = self._columns.arrays[DAYS[self._instant]][self._at_any_time].astype(np.int32)
        if not len(days):
            return ()
        earliest, latest = (FIRST_DAY + timedelta(int(day)) for day in (days.min(), days.max()))
        first, last = self._first or earliest, self._last or max(latest, self._today)
        if (last - first).days > _MOST_DAYS:
            first, last = max(first, earliest), min(last, max(latest, self._today))
        zero = int(days.min())
        ends = np.concatenate(([0], np.cumsum(np.bincount(days - zero))))

        def between(start: date, end: date) -> int:
            low, high = ((day - FIRST_DAY).days - zero for day in (start, end + timedelta(1)))
            low, high = (min(max(place, 0), len(ends) - 1) for place in (low, high))
            return int(ends[max(high, low)] - ends[low])

        found = []
        for start, end in months_between(first, last):
            # Of the present month only the days that are over can be compared.
            so_far = min(end, self._today) if start <= self._today else end
            before = between(*year_before(start, so_far)) if start.year > date.min.year else 0
            found.append(Month(start.replace(day=1), between(start, end), before))
        return tuple(found)

    def _places(self, which: Mask) -> tuple[Place, ...]:
        """The places that hold most of some threats, with their names."""
        index = self._histories.places
        counts = np.bincount(index.place[_rows(which)], minlength=len(index.cells))
        # Of as many, the one in the south-west comes first, as the cells are numbered.
        most = np.argsort(-counts, kind="stable")[:PLACES_SHOWN]
        return tuple(
            Place(*place_box(int(index.cells[place])), self._place_name(int(place)), int(counts[place]))
            for place in most
            if counts[place]
        )

    def _place_name(self, place: int) -> str:
        """How the newest of the threats there that names its place calls it."""
        index = self._histories.places
        rows = index.order[index.starts[place] : index.starts[place + 1]]
        newest = rows[self._looked_at[rows]][:_NAMED_BY]
        with storage_errors("the replica"):
            for fid in self._columns.arrays["fid"][newest].tolist():
                (name,) = self._connection.execute(
                    "SELECT place FROM threats WHERE fid = ?", (fid,)
                ).fetchone() or ("",)
                if name:
                    return str(name)
        return ""

    def _returns(self) -> tuple[Place, ...]:
        """Where threats came back: looked at now, after an elimination at any time."""
        histories, index = self._histories, self._histories.places
        gone = index.eliminated[self._at_any_time[index.eliminated]]
        # Of several values for one place the last stays: with the last elimination first, that is the first.
        since = np.full(index.spots, np.iinfo(np.int64).max)
        since[index.spot[gone]] = histories.instants["eliminated"][gone]
        back = self._columns.arrays["reported_at"] > since[index.spot]
        return self._places(self._looked_at & (back | (histories.reopened > 0)))


# A period that a person has typed may span ages without a threat.
_MOST_DAYS: Final = 40_000


def _rows(mask: Mask) -> Rows:
    return slice(None) if mask.all() else np.flatnonzero(mask)


def _middle_and_ninth(seconds: NDArray[np.float64]) -> tuple[float | None, float | None]:
    """The median, and the shortest time within which nine of ten lie."""
    number = len(seconds)
    if not number:
        return None, None
    places = [(number - 1) // 2, number // 2, -(-9 * number // 10) - 1]
    lower, upper, ninth = np.partition(seconds, places)[places].tolist()
    return (lower + upper) / 2, ninth


def _sum(tallies: Iterable[Tally]) -> Tally:
    parts = list(tallies)
    befores = [part.before for part in parts]
    return Tally(
        sum(part.count for part in parts),
        None if None in befores else sum(before or 0 for before in befores),
        sum(part.confirmed for part in parts),
        sum(part.unconfirmed for part in parts),
    )


def _with_population(groups: Sequence[Group], areas: Sequence[AreaRow], level: str) -> tuple[Group, ...]:
    population = {area.code: area.population for area in areas if area.level == level}
    return tuple(Group(group.code, group.tally, population.get(group.code or "")) for group in groups)


def _summed_up(groups: Sequence[Group], units: Sequence[UnitRow]) -> tuple[Group, ...]:
    """Units with the threats of those below them; one that is not in the data stands alone."""
    own: Mapping[str | None, Tally] = {group.code: group.tally for group in groups}
    below = with_below(units)
    known = {code for codes in below.values() for code in codes}
    found = [
        Group(code, _sum(own[one] for one in codes if one in own))
        for code, codes in below.items()
        if any(one in own for one in codes)
    ]
    found += [group for group in groups if group.code not in known]
    return tuple(sorted(found, key=lambda group: (-group.tally.count, group.code or "")))
