"""Spatial conditions that use each database's own index."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, Table, TableClause, and_, column, func, or_, select, table

from kmzb_service.database.geometry import Bounds
from kmzb_service.database.tables import SRID


def within_bbox(features: Table, bbox: Bounds, dialect: str) -> ColumnElement[bool]:
    """The condition that a feature's geometry meets a box.

    Args:
        features: a table with the columns ``id`` and ``geom``.
        bbox: west, south, east, north in degrees; west greater than east
            means a box across the 180th meridian.
        dialect: the database's name in SQLAlchemy.
    """
    west, south, east, north = bbox
    if west > east:
        return or_(
            within_bbox(features, (west, south, 180.0, north), dialect),
            within_bbox(features, (-180.0, south, east, north), dialect),
        )
    geometry = features.c.geom
    if dialect == "postgresql":
        return func.ST_Intersects(geometry, func.ST_MakeEnvelope(west, south, east, north, SRID))
    box = func.BuildMbr(west, south, east, north, SRID)
    return and_(near_bbox(features, bbox, dialect), func.ST_Intersects(geometry, box) == 1)


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
    index = _rtree(features)
    candidates = select(index.c.pkid).where(
        index.c.xmax >= west, index.c.xmin <= east, index.c.ymax >= south, index.c.ymin <= north
    )
    return features.c.id.in_(candidates)


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
