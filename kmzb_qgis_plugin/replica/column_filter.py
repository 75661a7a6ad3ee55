"""A filter over columns in memory: which threats it keeps."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from typing import Final

import numpy as np

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.conditions import (
    AllOf,
    AnyOf,
    Before,
    Condition,
    Contains,
    HasText,
    Missing,
    NotBefore,
    OneOf,
    Within,
    conditions,
)
from kmzb_qgis_plugin.domain.filter_sql import condition_sql
from kmzb_qgis_plugin.domain.statistics import DIMENSIONS
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.replica.errors import storage_errors
from kmzb_qgis_plugin.replica.threat_columns import NEVER, Mask, SmallInts, ThreatColumns, milliseconds

_NUMBERS: Final[dict[str, Callable[[ThreatColumns], SmallInts]]] = {
    "local_weekday": ThreatColumns.weekday,
    "local_hour": ThreatColumns.hour,
}
_MOST_NUMBERS: Final = 24


def kept(
    columns: ThreatColumns,
    threat_filter: ThreatFilter,
    today: date,
    now: str,
    catalogue: Catalogue,
    connection: sqlite3.Connection,
) -> Mask:
    """Which threats a filter keeps; the same as with :func:`kmzb_qgis_plugin.domain.filter_sql.where`.

    Args:
        columns: of all threats.
        threat_filter: what is looked at.
        today: the present day, for periods that move.
        now: the present instant, for deadlines.
        catalogue: says which deadline counts for which status.
        connection: to the replica, which has the texts.
    """
    parts = conditions(threat_filter, today, now, catalogue).parts
    asked = tuple(part for part in parts if _is_asked(part))
    mask = _all(columns, tuple(part for part in parts if part not in asked))
    if asked and mask.any():
        with storage_errors("the replica"):
            found = connection.execute(
                f"SELECT fid FROM threats WHERE {condition_sql(AllOf(asked))}"  # nosec B608 - quoted there
            ).fetchall()
        mask &= np.isin(columns.fid, np.array(found, np.int64).reshape(-1))
    return mask


def _is_asked(condition: Condition) -> bool:
    """Whether it is about texts or places, which only the replica has."""
    if isinstance(condition, (AllOf, AnyOf)):
        return any(_is_asked(part) for part in condition.parts)
    return isinstance(condition, (Contains, HasText, Within))


def _all(columns: ThreatColumns, parts: tuple[Condition, ...]) -> Mask:
    mask = np.ones(len(columns), bool)
    for part in parts:
        mask &= _mask(columns, part)
    return mask


def _mask(columns: ThreatColumns, condition: Condition) -> Mask:
    if isinstance(condition, AllOf):
        return _all(columns, condition.parts)
    if isinstance(condition, AnyOf):
        mask = np.zeros(len(columns), bool)
        for part in condition.parts:
            mask |= _mask(columns, part)
        return mask
    if isinstance(condition, OneOf):
        return _one_of(columns, condition)
    if isinstance(condition, Missing):
        return _named(columns, condition.column, lambda name: name is None)
    if isinstance(condition, Before):
        moments = columns.instants[condition.column]
        mask = moments < milliseconds(condition.instant)
        mask &= moments != NEVER
        return mask
    if isinstance(condition, NotBefore):
        return columns.instants[condition.column] >= milliseconds(condition.instant)
    raise TypeError(f"a condition on texts among those on columns: {condition!r}")


def _one_of(columns: ThreatColumns, condition: OneOf) -> Mask:
    if condition.column in DIMENSIONS:
        return _named(columns, condition.column, lambda name: name in condition.values)
    wanted = np.zeros(_MOST_NUMBERS, bool)
    wanted[[int(number) for number in condition.values]] = True
    mask: Mask = wanted[_NUMBERS[condition.column](columns)]
    return mask


def _named(columns: ThreatColumns, dimension: str, wanted: Callable[[str | None], bool]) -> Mask:
    """Which threats have a code that is wanted."""
    by_number = np.array([wanted(name) for name in columns.names(dimension)], bool)
    mask: Mask = by_number[columns.values[dimension]]
    return mask
