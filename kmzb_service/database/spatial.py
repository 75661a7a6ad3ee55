"""Spatial conditions that use each database's own index."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    TableClause,
    and_,
    column,
    func,
    or_,
    select,
    table,
)

from kmzb_service.database.geometry import Bounds
from kmzb_service.database.tables import SRID

# SQLite makes a list of all that the spatial index finds before it looks at the first one, and sorts what
# an index finds for several values. From so many on it is quicker to go through the table in the order
# of the page: that soon has enough.
FEW = 20_000


def picks_few(engine: Engine, features: Table, bbox: Bounds) -> bool:
    """Whether the spatial index should be asked for a box (PostgreSQL decides that by itself).

    Args:
        engine: the database.
        features: a table with the columns ``id`` and ``geom``.
        bbox: west, south, east, north in degrees.
    """
    if engine.dialect.name == "postgresql":
        return True
    west, south, east, north = bbox
    if west > east:
        return picks_few(engine, features, (west, south, 180.0, north)) and picks_few(
            engine, features, (-180.0, south, east, north)
        )
    return finds_few(engine, _candidates(features, bbox))


def finds_few(engine: Engine, found: Select[Any]) -> bool:
    """Whether a query, which an index answers, finds so few rows that they should be looked up one by one."""
    first = found.limit(FEW + 1).subquery()
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(first)).scalar_one()) <= FEW


def within_bbox(features: Table, bbox: Bounds, dialect: str, indexed: bool = True) -> ColumnElement[bool]:
    """The condition that a feature's geometry meets a box.

    Args:
        features: a table with the columns ``id`` and ``geom``.
        bbox: west, south, east, north in degrees; west greater than east
            means a box across the 180th meridian.
        dialect: the database's name in SQLAlchemy.
        indexed: whether to go through the spatial index.
    """
    west, south, east, north = bbox
    if west > east:
        return or_(
            within_bbox(features, (west, south, 180.0, north), dialect, indexed),
            within_bbox(features, (-180.0, south, east, north), dialect, indexed),
        )
    geometry = features.c.geom
    if dialect == "postgresql":
        return func.ST_Intersects(geometry, func.ST_MakeEnvelope(west, south, east, north, SRID))
    box = func.BuildMbr(west, south, east, north, SRID)
    met: ColumnElement[bool] = func.ST_Intersects(geometry, box) == 1
    return and_(near_bbox(features, bbox, dialect), met) if indexed else met


def near_bbox(features: Table, bbox: Bounds, dialect: str) -> ColumnElement[bool]:
    """The condition that the box around a feature's geometry meets a box: what the spatial index knows.

    The arguments are those of :func:`within_bbox`. The numbers of
    SpatiaLite's index are rounded outwards.
    """
    west, south, east, north = bbox
    if west > east:
        return or_(
            near_bbox(features, (west, south, 180.0, north), dialect),
            near_bbox(features, (-180.0, south, east, north), dialect),
        )
    if dialect == "postgresql":
        envelope = func.ST_MakeEnvelope(west, south, east, north, SRID)
        return features.c.geom.op("&&", is_comparison=True)(envelope)
    # SpatiaLite has no index behind its functions: the R-tree is a table of its own
    return features.c.id.in_(_candidates(features, bbox))


def _candidates(features: Table, bbox: Bounds) -> Select[Any]:
    """The ids that SpatiaLite's index finds for a box."""
    west, south, east, north = bbox
    index = _rtree(features)
    return select(index.c.pkid).where(
        index.c.xmax >= west, index.c.xmin <= east, index.c.ymax >= south, index.c.ymin <= north
    )


def extent(
    connection: Connection, features: Table, condition: ColumnElement[bool] | None = None
) -> Bounds | None:
    """A box around the geometries of a table, of rows that were removed too; none when there are none.

    Args:
        connection: inside a transaction.
        features: a table with the columns ``id`` and ``geom``.
        condition: on the rows that count; all of them if not given.
    """
    if connection.dialect.name == "postgresql":
        box = func.ST_Extent(features.c.geom)
        query = select(func.ST_XMin(box), func.ST_YMin(box), func.ST_XMax(box), func.ST_YMax(box))
        if condition is not None:
            query = query.where(condition)
    else:
        index = _rtree(features).c
        query = select(func.min(index.xmin), func.min(index.ymin), func.max(index.xmax), func.max(index.ymax))
        if condition is not None:
            query = query.where(index.pkid.in_(select(features.c.id).where(condition)))
    found = connection.execute(query).one()
    return None if found[0] is None else (found[0], found[1], found[2], found[3])


def _rtree(features: Table) -> TableClause:
    return table(
        f"idx_{features.name}_geom",
        *(column(name) for name in ("pkid", "xmin", "xmax", "ymin", "ymax")),
    )
