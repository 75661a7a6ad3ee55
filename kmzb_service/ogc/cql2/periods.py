"""Temporal functions of CQL2: relations between spans of time, of columns and of literals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, and_, literal, or_

from kmzb_service.database.tables import UtcDateTime
from kmzb_service.ogc.moments import begins, ends

# what stands for an open end
_FIRST, _LAST = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, 999_000, tzinfo=UTC)

Sql = ColumnElement[Any]


@dataclass(frozen=True)
class TimeColumn:
    """A column of instants or days."""

    expression: Sql
    is_day: bool


End = date | datetime | TimeColumn | None


@dataclass(frozen=True)
class Span:
    """From the beginning of one moment to the end of another; none is an open end."""

    first: End
    last: End


Relation = Callable[[Sql, Sql, Sql, Sql], ColumnElement[bool]]
# between (a, b) and (c, d): the definitions of the standard
RELATIONS: dict[str, Relation] = {
    "t_after": lambda a, b, c, d: a > d,
    "t_before": lambda a, b, c, d: b < c,
    "t_contains": lambda a, b, c, d: and_(a < c, b > d),
    "t_disjoint": lambda a, b, c, d: or_(b < c, a > d),
    "t_during": lambda a, b, c, d: and_(a > c, b < d),
    "t_equals": lambda a, b, c, d: and_(a == c, b == d),
    "t_finishedby": lambda a, b, c, d: and_(a < c, b == d),
    "t_finishes": lambda a, b, c, d: and_(a > c, b == d),
    "t_intersects": lambda a, b, c, d: and_(a <= d, b >= c),
    "t_meets": lambda a, b, c, d: b == c,
    "t_metby": lambda a, b, c, d: a == d,
    "t_overlappedby": lambda a, b, c, d: and_(a > c, a < d, b > d),
    "t_overlaps": lambda a, b, c, d: and_(a < c, b > c, b < d),
    "t_startedby": lambda a, b, c, d: and_(a == c, b > d),
    "t_starts": lambda a, b, c, d: and_(a == c, b < d),
}


def relate(relation: Relation, left: Span, right: Span, zone: ZoneInfo) -> ColumnElement[bool]:
    """The condition that two spans are in a relation.

    Where both are of days alone they are compared as days; otherwise a
    day of a literal lasts from its first to its last millisecond in the zone.

    Raises:
        ValueError: a column of days is to be compared with instants.
    """
    all_ends = (left.first, left.last, right.first, right.last)
    if all(end is None or _is_day(end) for end in all_ends):
        return relation(*(_as_day(end, number % 2 == 1) for number, end in enumerate(all_ends)))
    return relation(*(_as_instant(end, number % 2 == 1, zone) for number, end in enumerate(all_ends)))


def _is_day(end: End) -> bool:
    return end.is_day if isinstance(end, TimeColumn) else not isinstance(end, datetime)


def _as_day(end: End, last: bool) -> Sql:
    if isinstance(end, TimeColumn):
        return end.expression
    return literal(end or (_LAST if last else _FIRST).date(), Date())


def _as_instant(end: End, last: bool, zone: ZoneInfo) -> Sql:
    if isinstance(end, TimeColumn):
        if end.is_day:
            raise ValueError("days of the map can be compared with days only")
        return end.expression
    if end is None:
        return literal(_LAST if last else _FIRST, UtcDateTime())
    return literal((ends if last else begins)(end, zone), UtcDateTime())
