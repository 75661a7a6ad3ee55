"""What of a collection's rows an answer shows, and the rows as they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, Select, func, null, select

from kmzb_service.database.engine import reading
from kmzb_service.database.geometry import geojson_of
from kmzb_service.ogc.collections import Collection
from kmzb_service.ogc.crs import CRS84, Crs
from kmzb_service.ogc.query import ItemsQuery

ROWS_AT_ONCE = 1_000


@dataclass(frozen=True)
class Selection:
    """The properties and the CRS in which features are shown.

    Attributes:
        collection: whose features they are.
        crs: of the coordinates.
        names: of the properties, in the order of the collection.
        geometry: whether they have their geometry.
    """

    collection: Collection
    crs: Crs
    names: tuple[str, ...]
    geometry: bool

    @classmethod
    def whole(cls, collection: Collection, crs: Crs = CRS84) -> Selection:
        """Everything that features have."""
        has_geometry = collection.resource.geometry is not None
        return cls(collection, crs, collection.resource.names, has_geometry)

    @cached_property
    def rows(self) -> Select[Any]:
        """Rows of id, geometry as WKB (or null) and the properties; conditions come on top."""
        table, properties = self.collection.resource.table, self.collection.properties
        return select(table.c.id, self._wkb(), *(properties[name].expression for name in self.names))

    def _wkb(self) -> ColumnElement[Any]:
        if not self.geometry:
            return null()
        column: ColumnElement[Any] = self.collection.resource.table.c.geom
        moved: ColumnElement[Any] = func.ST_Transform(column, self.crs.srid)
        wkb: ColumnElement[Any] = func.ST_AsBinary(column if self.crs.geographic else moved)
        return wkb

    def feature(self, row: Sequence[Any]) -> dict[str, Any]:
        """A row as a GeoJSON feature; what stands behind the properties in it is left out."""
        return {
            "type": "Feature",
            "id": row[0],
            "geometry": geojson_of(row[1], self.crs.northing_first) if self.geometry else None,
            # rows may go on with the columns that the order needs
            "properties": dict(zip(self.names, row[2:], strict=False)),
        }


class Page:
    """The rows of an answer, read in pieces from one state of the database.

    Args:
        engine: the database.
        selection: what is shown.
        asked: which features, in which order.
        limit: how many at most; none for all.

    Raises:
        Problem: invalid-parameter: the filter does not fit the collection.
    """

    def __init__(self, engine: Engine, selection: Selection, asked: ItemsQuery, limit: int | None) -> None:
        dialect = engine.dialect.name
        self._engine = engine
        self._order = asked.order
        self._limit = limit
        query = selection.rows.add_columns(*asked.order.columns).where(
            *asked.conditions(selection.collection, dialect)
        )
        if asked.after is not None:
            query = query.where(asked.order.after(asked.after, dialect))
        # one more, to know whether there is a next page
        self._query = query.order_by(*asked.order.clauses(dialect)).limit(
            None if limit is None else limit + 1
        )
        self.returned = 0
        self.next_cursor: str | None = None

    def __iter__(self) -> Iterator[list[Row[Any]]]:
        """The rows in lists of up to ``ROWS_AT_ONCE``; then :attr:`next_cursor` is known."""
        with reading(self._engine) as connection:
            if self._limit is None or self._limit > ROWS_AT_ONCE:
                connection = connection.execution_options(yield_per=ROWS_AT_ONCE)
            last: Row[Any] | None = None
            for rows in connection.execute(self._query).partitions(ROWS_AT_ONCE):
                room = len(rows) if self._limit is None else self._limit - self.returned
                more = list(rows[:room])
                if len(more) < len(rows):
                    last = more[-1] if more else last
                    self.next_cursor = self._cursor(last)
                elif more:
                    last = more[-1]
                self.returned += len(more)
                if more:
                    yield more

    def _cursor(self, row: Row[Any] | None) -> str | None:
        return None if row is None else self._order.cursor(row[-len(self._order.keys) :])
