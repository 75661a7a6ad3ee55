"""Which threats conditions keep, found over the columns in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from typing import Final

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
from kmzb_qgis_plugin.domain.shape import Shape, trapezoids
from kmzb_qgis_plugin.replica.blocks import looked_up
from kmzb_qgis_plugin.replica.columns import CODES, INSTANTS, NUMBERS, Columns, Mask
from kmzb_qgis_plugin.replica.instants import NEVER, milliseconds
from kmzb_qgis_plugin.replica.queries import ids

_MOST_ASKED: Final = 4


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
            return looked_up(np.array([value in chosen for value in values]), arrays[condition.column])
        if isinstance(condition, OneOf) and condition.column in NUMBERS:
            return looked_up(np.isin(np.arange(256), condition.values), arrays[condition.column])
        if isinstance(condition, Missing) and condition.column in CODES:
            return np.asarray(arrays[condition.column] == 0)
        if isinstance(condition, (Before, NotBefore)) and condition.column in INSTANTS:
            moments, bound = arrays[condition.column], milliseconds(condition.instant)
            kept = moments < bound if isinstance(condition, Before) else moments >= bound
            return np.asarray(kept & (moments != NEVER))
        if isinstance(condition, Within):
            return self._within(condition.shape)
        known = self.columns.asked
        if condition not in known:
            while len(known) >= _MOST_ASKED:
                known.pop(next(iter(known)), None)
            known[condition] = self._asked(condition)
        return known[condition]

    def _within(self, shape: Shape) -> Mask:
        """The rows in each trapezoid, of which only those between its latitudes are looked at."""
        lon, lat = self.columns.arrays["lon"], self.columns.arrays["lat"]
        mask = np.zeros(len(self.columns), bool)
        pieces = trapezoids(shape)
        if not pieces:
            return mask
        south, north = min(piece.south for piece in pieces), max(piece.north for piece in pieces)
        west, east = min(piece.bounds[0] for piece in pieces), max(piece.bounds[1] for piece in pieces)
        near = np.flatnonzero((lat >= south) & (lat <= north) & (lon >= west) & (lon <= east))
        near = near[np.argsort(lat[near])]
        x, y = lon[near], lat[near]
        for piece in pieces:
            low, high = np.searchsorted(y, piece.south, "left"), np.searchsorted(y, piece.north, "right")
            (left, left_lat, left_slope), (right, right_lat, right_slope) = piece.west, piece.east
            inside = x[low:high] >= left + left_slope * (y[low:high] - left_lat)
            inside &= x[low:high] <= right + right_slope * (y[low:high] - right_lat)
            mask[near[low:high][inside]] = True
        return mask

    def _asked(self, condition: Condition) -> Mask:
        own = self.columns.arrays["fid"]
        chosen = np.zeros(int(own.max(initial=0)) + 1, bool)
        found = np.fromiter(self._fids(condition), np.int64)
        chosen[found[found < len(chosen)]] = True
        return looked_up(chosen, own)


def masks_of(connection: sqlite3.Connection, columns: Columns) -> Masks:
    """The masks of columns; texts are looked up in the replica that they were read from."""

    def asked(condition: Condition) -> list[int]:
        if isinstance(condition, HasText):
            return ids(connection, filter_sql.ids_with(condition))
        return ids(connection, " ".join(("SELECT fid FROM threats WHERE", filter_sql.joined((condition,)))))

    return Masks(columns, asked)
