"""What has changed after a position, over all tables, in the order it happened."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select, union_all

from kmzb_service.database.engine import current_position
from kmzb_service.database.wire import DECISIONS, RESOURCES, Resource


def changes_after(connection: Connection, position: int, limit: int) -> tuple[dict[str, Any], int, bool]:
    """The newest state of the rows whose last change came after a position.

    Args:
        connection: inside one reading transaction.
        position: the newest change that the caller has.
        limit: rows at most, over all tables.

    Returns:
        The document's parts (features by resource, decisions, removed ids by
        resource), the position reached, and whether nothing is left.
    """
    newest = current_position(connection)
    reached = newest if position >= newest else _place(connection, position, limit) or newest
    parts: dict[str, Any] = {}
    removed: dict[str, list[int]] = {}
    for resource in RESOURCES:
        rows = _rows(connection, resource, position, reached) if reached > position else []
        if resource is DECISIONS:
            parts[resource.name] = [resource.record(row) for row in rows]
            continue
        gone = _removed(connection, resource, position, reached) if reached > position else []
        parts[resource.name] = [resource.feature(row) for row in rows]
        removed[resource.name] = gone
    parts["removed"] = removed
    return parts, reached, reached == newest


def _place(connection: Connection, position: int, limit: int) -> int | None:
    """The position of the limit-th row after a position; none when there are fewer."""
    first_of_each = [
        select(
            select(resource.table.c.seq)
            .where(resource.table.c.seq > position)
            .order_by(resource.table.c.seq)
            .limit(limit)
            .subquery()
        )
        for resource in RESOURCES
    ]
    merged = union_all(*first_of_each).subquery()
    place = connection.execute(
        select(merged.c.seq).order_by(merged.c.seq).offset(limit - 1).limit(1)
    ).scalar_one_or_none()
    return None if place is None else int(place)


def _rows(connection: Connection, resource: Resource, after: int, upto: int) -> list[Any]:
    seq, present = resource.table.c.seq, resource.present()
    query = resource.rows.where(seq > after, seq <= upto).order_by(seq)
    return list(connection.execute(query if present is None else query.where(present)))


def _removed(connection: Connection, resource: Resource, after: int, upto: int) -> list[int]:
    columns = resource.table.c
    query = (
        select(columns.id)
        .where(columns.seq > after, columns.seq <= upto, columns.removed.is_(True))
        .order_by(columns.seq)
    )
    return list(connection.execute(query).scalars())
