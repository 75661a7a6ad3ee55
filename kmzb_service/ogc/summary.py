"""How many features a collection has, and where and when."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, select

from kmzb_service.database.engine import asking, present_state, reading
from kmzb_service.database.geometry import Bounds
from kmzb_service.database.instants import instant_text
from kmzb_service.database.spatial import extent
from kmzb_service.ogc.collections import Collection
from kmzb_service.security.scope import Scope

_DECIMALS = 5  # about a metre
_QUICK_SECONDS, _LASTS_SECONDS = 0.1, 60.0


@dataclass(frozen=True)
class Summary:
    """The whole of a collection.

    Attributes:
        count: its features.
        bbox: the box around them, rounded outwards; none where there is no geometry.
        interval: the first and last instant as text; none where there is no time.
    """

    count: int
    bbox: Bounds | None
    interval: tuple[str, str] | None


@dataclass(frozen=True)
class _Known:
    """A summary, of which state of the database it is, and what it took to work it out."""

    summary: Summary
    state: tuple[str, int]
    made_at: float
    seconds: float

    @property
    def lasts(self) -> bool:
        """Whether it is shown although the map has changed: a large one, for a while."""
        return self.seconds > _QUICK_SECONDS and time.monotonic() < self.made_at + _LASTS_SECONDS


class Summaries:
    """Remembers what callers may see of the collections, so that not every request reads all rows."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], _Known] = {}

    def of(self, connection: Connection, collection: Collection, scope: Scope) -> Summary:
        """The summary of what a caller may see of a collection; of a large one a minute old at most."""
        return self._look(connection, collection, scope)[0].summary

    def count(self, engine: Engine, collection: Collection, scope: Scope) -> int | None:
        """How many features a caller may see just now; none where that would have to be counted."""
        with asking(engine) as connection:
            state = present_state(connection)
        known = self._known.get((collection.name, scope.key))
        if known is None or (known.state != state and not known.lasts):
            with reading(engine) as connection:
                known, state = self._look(connection, collection, scope)
        return known.summary.count if known.state == state else None

    def _look(
        self, connection: Connection, collection: Collection, scope: Scope
    ) -> tuple[_Known, tuple[str, int]]:
        state = present_state(connection)
        key = (collection.name, scope.key)
        known = self._known.get(key)
        if known is None or (known.state != state and not known.lasts):
            start = time.monotonic()
            summary = _summarise(connection, collection, scope)
            end = time.monotonic()
            known = self._known[key] = _Known(summary, state, end, end - start)
        return known, state


def _summarise(connection: Connection, collection: Collection, scope: Scope) -> Summary:
    resource = collection.resource
    first, last = collection.period or (None, None)
    query = select(
        func.count(),
        *([func.min(first), func.max(last)] if first is not None and last is not None else []),
    ).select_from(resource.table)
    row = connection.execute(query.where(scope.visible(resource))).one()
    box = extent(connection, resource.table, scope.limit(resource)) if resource.geometry else None
    return Summary(
        count=row[0],
        bbox=None if box is None else _outwards(box),
        interval=(instant_text(row[1]), instant_text(row[2])) if len(row) > 1 and row[1] else None,
    )


def _outwards(box: Bounds) -> Bounds:
    unit = 10**_DECIMALS
    west, south, east, north = box
    return (
        math.floor(west * unit) / unit,
        math.floor(south * unit) / unit,
        math.ceil(east * unit) / unit,
        math.ceil(north * unit) / unit,
    )
