"""A filter as conditions on columns, from which SQL and CQL2 are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Union

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.period import day_bounds_utc
from kmzb_qgis_plugin.domain.shape import Shape
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter

_AREA_COLUMNS: Final = {2: "voivodeship", 4: "county", 7: "commune"}
TEXT_COLUMNS: Final = ("ref", "place", "description")
"""Where words are searched."""


@dataclass(frozen=True)
class OneOf:
    """The column holds one of the values; at least one is given."""

    column: str
    values: tuple[str | int, ...]


@dataclass(frozen=True)
class Missing:
    """The column is null."""

    column: str


@dataclass(frozen=True)
class Before:
    """The column holds an earlier instant."""

    column: str
    instant: str


@dataclass(frozen=True)
class NotBefore:
    """The column holds this instant or a later one."""

    column: str
    instant: str


@dataclass(frozen=True)
class Contains:
    """The column's text has the word in it, in upper or lower case."""

    column: str
    word: str


@dataclass(frozen=True)
class HasText:
    """Reference, place or description hold the word, in any case, with or without marks on letters."""

    word: str


@dataclass(frozen=True)
class Within:
    """The point lies in the shape or on its border."""

    shape: Shape


@dataclass(frozen=True)
class AllOf:
    """Every part holds; without parts, always."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    """Some part holds; without parts, never."""

    parts: tuple[Condition, ...]


Condition = Union[OneOf, Missing, Before, NotBefore, Contains, HasText, Within, AllOf, AnyOf]


def conditions(filter: ThreatFilter, today: date, now: str, catalogue: Catalogue) -> AllOf:
    """Put a filter into conditions.

    Args:
        filter: what is looked at.
        today: the present day, for periods that move.
        now: the present instant, for deadlines.
        catalogue: says which deadline counts for which status.
    """
    parts: list[Condition] = []
    for column, values in (
        ("source", filter.sources),
        ("category", filter.categories),
        ("unit", filter.units),
    ):
        if values is not None:
            parts.append(_one_of(column, values))
    if filter.statuses is not None:
        parts.append(AnyOf((Missing("status"), *_some_of("status", filter.statuses))))
    parts += _within_period(filter, today)
    for column, numbers in (("local_weekday", filter.weekdays), ("local_hour", filter.hours)):
        if numbers is not None:
            parts.append(_one_of(column, numbers))
    if filter.areas is not None:
        parts.append(
            AnyOf(
                tuple(
                    part
                    for length, column in _AREA_COLUMNS.items()
                    for part in _some_of(column, {code for code in filter.areas if len(code) == length})
                )
            )
        )
    parts += [HasText(word) for word in filter.text.split()]
    parts += [Within(shape) for shape in (filter.view, filter.within) if shape is not None]
    if filter.mine is not None:
        parts.append(_one_of("status", catalogue.decided_by(filter.mine.role)))
        if filter.mine.units is not None:
            parts.append(_one_of("unit", filter.mine.units))
    if filter.overdue:
        parts.append(
            AnyOf(
                tuple(
                    AllOf((OneOf("status", (status.code,)), Before(status.due, now)))
                    for status in catalogue.statuses
                    if status.due is not None
                )
            )
        )
    return AllOf(tuple(parts))


def _within_period(filter: ThreatFilter, today: date) -> list[Condition]:
    column = "reported_at" if filter.date_field == "reported" else "occurred_from"
    start, end = day_bounds_utc(*filter.period.resolve(today))
    bounds: list[Condition] = []
    if start is not None:
        bounds.append(NotBefore(column, start))
    if end is not None:
        bounds.append(Before(column, end))
    return bounds


def _one_of(column: str, values: frozenset[str] | frozenset[int]) -> Condition:
    return OneOf(column, tuple(sorted(values))) if values else AnyOf(())


def _some_of(column: str, values: frozenset[str] | frozenset[int] | set[str]) -> tuple[OneOf, ...]:
    return (OneOf(column, tuple(sorted(values))),) if values else ()
