"""What has changed after a position, over all tables, in the order it happened, as a scope sees it.

A threat that was given to another unit or voivodeship may leave a scope or
come into one. Its old place is in ``departure``: those who saw it there are
told that it is gone, those who see it now get its decisions with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, delete, func, select, union_all, update

from kmzb_service.database.engine import fact, reading, writing
from kmzb_service.database.tables import change_counter, decision, departure, service_fact, threat
from kmzb_service.database.wire import DECISIONS, RESOURCES, THREATS, Resource
from kmzb_service.security.scope import Scope
from kmzb_service.sync.cursor import Cursor

_FORGOTTEN = "forgotten_upto"


@dataclass(frozen=True)
class Bounds:
    """Which changes can be asked for, as one transaction sees it.

    Attributes:
        epoch: the database's identity.
        forgotten: up to here, what has left a scope is no longer known.
        newest: the newest change.
    """

    epoch: str
    forgotten: int
    newest: int

    @classmethod
    def read(cls, connection: Connection) -> Bounds:
        # every desk asks for this all day: one question for all three
        found = connection.execute(select(fact("epoch"), fact(_FORGOTTEN), change_counter.c.position)).one()
        return cls(found[0], int(found[1]), int(found[2]))

    def hold(self, cursor: Cursor, scope: Scope) -> bool:
        """Whether all that came after a cursor can be told to those who see a scope."""
        known = (cursor.epoch, cursor.scope) == (self.epoch, scope.key)
        return known and self.forgotten <= cursor.position <= self.newest


def changes_after(
    connection: Connection, scope: Scope, position: int, newest: int, limit: int
) -> tuple[dict[str, Any], int, bool]:
    """The newest state of the rows whose last change came after a position.

    Args:
        connection: inside one reading transaction.
        scope: what the caller may see.
        position: the newest change that the caller has.
        newest: the newest change that there is.
        limit: rows at most, over all tables; the decisions on threats that come into the scope are on top.

    Returns:
        The document's parts (features by resource, decisions, removed ids by
        resource), the position reached, and whether nothing is left.
    """
    if position >= newest:
        return _document({}, {}), newest, True
    reached = _place(connection, scope, position, limit) or newest
    span = _Span(scope, position, reached)
    rows = {resource.name: list(connection.execute(span.rows(resource))) for resource in RESOURCES}
    gone = {
        resource.name: list(connection.execute(span.removed(resource)).scalars())
        for resource in RESOURCES
        if resource is not DECISIONS
    }
    if not scope.whole:
        left = connection.execute(span.left()).scalars()
        gone[THREATS.name] = list(dict.fromkeys([*gone[THREATS.name], *left]))
        rows[DECISIONS.name] = [*connection.execute(span.brought()), *rows[DECISIONS.name]]
    return _document(rows, gone), reached, reached == newest


def _document(rows: dict[str, list[Any]], gone: dict[str, list[int]]) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    for resource in RESOURCES:
        form = resource.record if resource is DECISIONS else resource.feature
        parts[resource.name] = [form(row) for row in rows.get(resource.name, ())]
    removed = [resource.name for resource in RESOURCES if resource is not DECISIONS]
    parts["removed"] = {name: gone.get(name, []) for name in removed}
    return parts


@dataclass(frozen=True)
class _Span:
    """The changes after one position and up to another, for a scope."""

    scope: Scope
    after: int
    upto: int

    def rows(self, resource: Resource) -> Select[Any]:
        seq = resource.table.c.seq
        return resource.rows.where(self._within(seq), self.scope.visible(resource)).order_by(seq)

    def removed(self, resource: Resource) -> Select[Any]:
        columns, limit = resource.table.c, self.scope.limit(resource)
        query = select(columns.id).where(self._within(columns.seq), columns.removed.is_(True))
        return (query if limit is None else query.where(limit)).order_by(columns.seq)

    def left(self) -> Select[Any]:
        """The ids of threats that were in the scope and are no longer."""
        return _departures(self.scope, departure.c.threat_id, self._within(departure.c.seq))

    def brought(self) -> Select[Any]:
        """The earlier decisions on threats that have come into the scope."""
        arrived = select(departure.c.threat_id).where(
            self._within(departure.c.seq), self.scope.lacks(departure)
        )
        return DECISIONS.rows.where(
            decision.c.threat_id.in_(arrived),
            decision.c.seq <= self.after,
            self.scope.visible(DECISIONS),
        ).order_by(decision.c.seq)

    def _within(self, seq: ColumnElement[int]) -> ColumnElement[bool]:
        return (seq > self.after) & (seq <= self.upto)


def _departures(scope: Scope, column: ColumnElement[int], within: ColumnElement[bool]) -> Select[Any]:
    """A column of the departures from a scope of threats that have not come back."""
    return (
        select(column)
        .join(threat, threat.c.id == departure.c.threat_id)
        .where(within, scope.holds(departure), scope.lacks(threat))
        .order_by(departure.c.seq)
    )


def _place(connection: Connection, scope: Scope, position: int, limit: int) -> int | None:
    """The position of the limit-th row after a position; none when there are fewer."""
    queries: list[Select[Any]] = []
    for resource in RESOURCES:
        seq, restricted = resource.table.c.seq, scope.limit(resource)
        query = select(seq).where(seq > position).order_by(seq)
        queries.append(query if restricted is None else query.where(restricted))
    if not scope.whole:
        queries.append(_departures(scope, departure.c.seq, departure.c.seq > position))
    merged = union_all(*(select(query.limit(limit).subquery()) for query in queries)).subquery()
    place = connection.execute(
        select(merged.c.seq).order_by(merged.c.seq).offset(limit - 1).limit(1)
    ).scalar_one_or_none()
    return None if place is None else int(place)


def forget_departures(engine: Engine, days: int) -> int:
    """Forget which threats left which place longer ago than some days; return how many that were.

    Desks that have not asked since start again from a snapshot.
    """
    old = departure.c.left_at < datetime.now(UTC) - timedelta(days=days)
    with reading(engine) as connection:
        last = connection.execute(select(func.max(departure.c.seq)).where(old)).scalar_one_or_none()
    if last is None:
        return 0
    with writing(engine) as connection:
        # all that came before it too: a cursor says up to where a desk knows, not what
        done = connection.execute(delete(departure).where(departure.c.seq <= last))
        connection.execute(
            update(service_fact).where(service_fact.c.key == _FORGOTTEN).values(value=str(last))
        )
    return done.rowcount
