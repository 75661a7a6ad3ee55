"""What of a collection's rows an answer shows, and the rows as they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import orjson
from sqlalchemy import ColumnElement, Connection, Engine, Integer, Row, Select, func, literal, null, select

from kmzb_service.database.engine import asking, reading
from kmzb_service.database.geometry import geojson_of
from kmzb_service.database.json_form import feature_as_json
from kmzb_service.database.spatial import finds_few
from kmzb_service.database.wire import THREATS, Resource
from kmzb_service.ogc.collections import Collection
from kmzb_service.ogc.crs import CRS84, Crs
from kmzb_service.ogc.query import ItemsQuery
from kmzb_service.security.scope import Scope

ROWS_AT_ONCE = 1_000
_Row = TypeVar("_Row", bound=Sequence[Any])


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

    @property
    def documents(self) -> Select[Any]:
        """The features as GeoJSON, on PostgreSQL; conditions come on top."""
        resource = self.collection.resource
        document = feature_as_json(
            resource, self.names, self.geometry, self.crs.srid, self.crs.northing_first
        )
        return select(document).select_from(resource.table)

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


def _looks_up(engine: Engine, scope: Scope, resource: Resource) -> bool:
    """Whether the rows of a scope are to be found by their units (PostgreSQL decides that by itself)."""
    if engine.dialect.name == "postgresql" or resource is not THREATS or len(scope.units) < 2:
        return True
    limit = scope.limit(resource)
    return limit is None or finds_few(engine, select(literal(1)).select_from(resource.table).where(limit))


class Page:
    """The rows of an answer, read in pieces from one state of the database.

    Args:
        engine: the database.
        selection: what is shown.
        asked: which features, in which order.
        limit: how many at most; none for all.
        scope: what the caller may see.

    Attributes:
        returned: how many have been read.
        next_cursor: of the next page, known when all have been; none where there is none.

    Raises:
        Problem: invalid-parameter: the filter does not fit the collection.
    """

    def __init__(
        self, engine: Engine, selection: Selection, asked: ItemsQuery, limit: int | None, scope: Scope
    ) -> None:
        self._engine = engine
        self.selection = selection
        self._order = asked.order
        self._limit = limit
        resource = selection.collection.resource
        self._conditions = [
            scope.visible(resource, _looks_up(engine, scope, resource)),
            *asked.conditions(selection.collection, engine),
        ]
        # features that are on earlier pages are not on this one
        self._beyond = [] if asked.after is None else [asked.order.after(asked.after, engine.dialect.name)]
        self.returned = 0
        self.next_cursor: str | None = None

    def __iter__(self) -> Iterator[list[Row[Any]]]:
        """The rows in lists of up to ``ROWS_AT_ONCE``."""
        with self._connected() as connection:
            result = connection.execute(self._query(self.selection.rows))
            yield from self._within_limit(result.partitions(ROWS_AT_ONCE))

    def documents(self) -> Iterator[list[bytes]]:
        """The same as GeoJSON features, written by the database where it can."""
        if self._engine.dialect.name != "postgresql":
            for rows in self:
                yield [orjson.dumps(self.selection.feature(row)) for row in rows]
            return
        with self._connected() as connection:
            result = connection.execute(self._query(self.selection.documents))
            # the driver's own rows where it has all of them: making others of them takes longer than the rest
            whole = [result.cursor.fetchall()] if self._is_short else result.partitions(ROWS_AT_ONCE)
            for rows in self._within_limit(whole):
                yield [row[0] for row in rows]

    def count(self) -> int:
        """How many features are asked for, on whatever page."""
        table = self.selection.collection.resource.table
        query = select(func.count()).select_from(table).where(*self._conditions)
        with asking(self._engine) as connection:
            return int(connection.execute(query).scalar_one())

    @property
    def _is_short(self) -> bool:
        return self._limit is not None and self._limit <= ROWS_AT_ONCE

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """A connection for the statement; a long answer comes through a cursor, which wants a transaction."""
        with (asking if self._is_short else reading)(self._engine) as connection:
            yield connection if self._is_short else connection.execution_options(yield_per=ROWS_AT_ONCE)

    def _query(self, query: Select[Any]) -> Select[Any]:
        query = query.add_columns(*self._order.columns).where(*self._conditions, *self._beyond)
        query = query.order_by(*self._order.clauses(self._engine.dialect.name))
        if self._limit is not None:
            # one more, to know whether there is a next page
            # As a number of the text: without knowing it, PostgreSQL would make a plan anew each time.
            query = query.limit(literal(self._limit + 1, Integer, literal_execute=True))
        return query

    def _within_limit(self, pieces: Iterable[Sequence[_Row]]) -> Iterator[list[_Row]]:
        """The rows without the one more; notes how many they are and what follows."""
        last: _Row | None = None
        for rows in pieces:
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

    def _cursor(self, row: Sequence[Any] | None) -> str | None:
        return None if row is None else self._order.cursor(row[-len(self._order.keys) :])
