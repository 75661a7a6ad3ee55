"""Which threats conditions keep, found over the columns in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

import numpy as np

from kmzb_qgis_plugin.domain import filter_sql
from kmzb_qgis_plugin.domain.conditions import (
    AllOf,
    AnyOf,
    Before,
    Condition,
    HasText,
    Missing,
    NotBefore,
    OneOf,
    Within,
)
from kmzb_qgis_plugin.replica.columns import CODES, INSTANTS, NUMBERS, Columns, Mask
from kmzb_qgis_plugin.replica.instants import NEVER, milliseconds
from kmzb_qgis_plugin.replica.queries import ids


class Masks:
    """Which rows conditions keep. What is asked again is answered from memory.

    Args:
        columns: the rows.
        fids: gives the ids that SQL finds for a condition that the columns cannot answer.
    """

    def __init__(self, columns: Columns, fids: Callable[[Condition], Iterable[int]]) -> None:
        self.columns = columns
        self._fids = fids
        self._known: dict[Condition, Mask] = {}

    def of(self, parts: Iterable[Condition]) -> Mask | None:
        """The rows that all conditions keep; None is every row."""
        mask: Mask | None = None
        for part in parts:
            found = self._mask(part)
            mask = found if mask is None else mask & found
        return mask

    def _mask(self, condition: Condition) -> Mask:
        if condition not in self._known:
            self._known[condition] = self._made(condition)
        return self._known[condition]

    def _made(self, condition: Condition) -> Mask:
        arrays = self.columns.arrays
        if isinstance(condition, (AllOf, AnyOf)):
            joint = np.logical_and if isinstance(condition, AllOf) else np.logical_or
            mask = np.full(len(self.columns), isinstance(condition, AllOf))
            for part in condition.parts:
                joint(mask, self._made(part), out=mask)
            return mask
        if isinstance(condition, OneOf) and condition.column in CODES:
            values = self.columns.values[condition.column]
            chosen = set(condition.values)
            return np.array([value in chosen for value in values])[arrays[condition.column]]
        if isinstance(condition, OneOf) and condition.column in NUMBERS:
            return np.isin(np.arange(256), condition.values)[arrays[condition.column]]
        if isinstance(condition, Missing) and condition.column in CODES:
            return np.asarray(arrays[condition.column] == 0)
        if isinstance(condition, (Before, NotBefore)) and condition.column in INSTANTS:
            moments, bound = arrays[condition.column], milliseconds(condition.instant)
            kept = moments < bound if isinstance(condition, Before) else moments >= bound
            return np.asarray(kept & (moments != NEVER))
        return self._asked(condition)

    def _asked(self, condition: Condition) -> Mask:
        own = self.columns.arrays["fid"]
        chosen = np.zeros(int(own.max(initial=0)) + 1, bool)
        found = np.fromiter(self._fids(condition), np.int64)
        chosen[found[found < len(chosen)]] = True
        return chosen[own]


def masks_of(connection: sqlite3.Connection, columns: Columns) -> Masks:
    """The masks of columns; texts and places are looked up in the replica that they were read from."""

    def asked(condition: Condition) -> list[int]:
        if isinstance(condition, (HasText, Within)):
            return ids(connection, filter_sql.ids_with(condition))
        return ids(connection, " ".join(("SELECT fid FROM threats WHERE", filter_sql.joined((condition,)))))

    return Masks(columns, asked)
