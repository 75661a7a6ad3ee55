"""How many features a collection has, and where and when: worked out once per state of the database."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from kmzb_service.database.engine import current_position, epoch
from kmzb_service.database.geometry import Bounds
from kmzb_service.database.instants import instant_text
from kmzb_service.database.spatial import extent
from kmzb_service.ogc.collections import Collection
from kmzb_service.security.scope import Scope

_DECIMALS = 5  # about a metre


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


class Summaries:
    """Remembers the summaries of the state of the database that was asked for last."""

    def __init__(self) -> None:
        self._memory: tuple[tuple[str, int], dict[tuple[str, str], Summary]] | None = None

    def of(self, connection: Connection, collection: Collection, scope: Scope) -> Summary:
        """The summary of what a caller may see of a collection, as this transaction sees it."""
        state = (epoch(connection), current_position(connection))
        # read and replaced as a whole: other threads do the same
        memory = self._memory
        known = memory[1] if memory is not None and memory[0] == state else {}
        key = (collection.name, scope.key)
        if key not in known:
            known = {**known, key: _summarise(connection, collection, scope)}
            self._memory = (state, known)
        return known[key]


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
