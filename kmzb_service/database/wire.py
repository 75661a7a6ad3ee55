"""The wire format: which columns leave the service, under which names, and rows as features.

The resources' properties are the tables' columns in their order, so the
answers of every route and the snapshot file agree by construction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal

from sqlalchemy import Boolean, Column, ColumnElement, Date, Float, Integer, Select, Table, func, null, select

from kmzb_service.database.geometry import geojson_of
from kmzb_service.database.instants import instant_text
from kmzb_service.database.tables import UtcDateTime, area, decision, threat, unit
from kmzb_service.database.text_form import day_as_text, instant_as_text

Kind = Literal["text", "integer", "number", "boolean", "instant", "day"]

_KINDS: tuple[tuple[type, Kind], ...] = (
    (UtcDateTime, "instant"),
    (Date, "day"),
    (Boolean, "boolean"),
    (Float, "number"),
    (Integer, "integer"),
)
# columns of every table that stay inside the service
_INTERNAL = {"id", "geom", "seq", "removed"}


@dataclass(frozen=True)
class Property:
    """One property of a resource and the column behind it."""

    name: str
    kind: Kind
    column: Column[Any]

    @property
    def expression(self) -> ColumnElement[Any]:
        """What to select: instants and days as text, others as they are."""
        if self.kind == "instant":
            return instant_as_text(self.column).label(self.name)
        if self.kind == "day":
            return day_as_text(self.column).label(self.name)
        return self.column


@dataclass(frozen=True)
class Resource:
    """A kind of thing that leaves the service.

    Attributes:
        name: its name in addresses and documents, plural.
        table: where its rows are.
        geometry: GeoJSON type of its geometry; none for decisions.
        hidden: columns that never leave, besides those of every table.
    """

    name: str
    table: Table
    geometry: Literal["Point", "MultiPolygon"] | None
    hidden: frozenset[str] = frozenset()

    @cached_property
    def properties(self) -> tuple[Property, ...]:
        return tuple(
            # str(): SQLAlchemy's names are of a class of their own, which orjson refuses as keys
            Property(str(column.name), _kind(column), column)
            for column in self.table.columns
            if column.name not in _INTERNAL | self.hidden
        )

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(entry.name for entry in self.properties)

    @cached_property
    def rows(self) -> Select[Any]:
        """Rows of id, geometry as WKB (null for decisions) and the properties; conditions come on top."""
        geometry: ColumnElement[Any] = func.ST_AsBinary(self.table.c.geom) if self.geometry else null()
        return select(self.table.c.id, geometry, *(entry.expression for entry in self.properties))

    def present(self) -> ColumnElement[bool] | None:
        """The condition that keeps rows that have not been removed; none where rows are never removed."""
        return self.table.c.removed.is_(False) if "removed" in self.table.c else None

    def feature(self, row: Sequence[Any]) -> dict[str, Any]:
        """A row of :attr:`rows` as a GeoJSON feature."""
        return {
            "type": "Feature",
            "id": row[0],
            "geometry": geojson_of(row[1]) if self.geometry else None,
            "properties": dict(zip(self.names, row[2:], strict=True)),
        }

    def record(self, row: Sequence[Any]) -> dict[str, Any]:
        """A row of :attr:`rows` as a plain object with its id: how decisions travel."""
        return {"id": row[0], **dict(zip(self.names, row[2:], strict=True))}

    def record_of(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """The same of a row's columns by their names; what is not known yet is null."""
        values = {entry.name: _on_the_wire(stored.get(entry.name)) for entry in self.properties}
        return {"id": stored.get("id"), **values}


def _on_the_wire(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant_text(value)
    return value.isoformat() if isinstance(value, date) else value


def _kind(column: Column[Any]) -> Kind:
    return next((kind for type_, kind in _KINDS if isinstance(column.type, type_)), "text")


THREATS = Resource("threats", threat, "Point", hidden=frozenset({"source_id", "sent_by"}))
AREAS = Resource("areas", area, "MultiPolygon")
UNITS = Resource("units", unit, "MultiPolygon")
DECISIONS = Resource("decisions", decision, None, hidden=frozenset({"prev_hash"}))
RESOURCES = (THREATS, AREAS, UNITS, DECISIONS)
