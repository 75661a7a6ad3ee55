"""The order of features and pages in it, by the values of the last feature seen (keyset paging)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Table, and_, false, or_, true

from kmzb_service.database.wire import Kind, Property
from kmzb_service.problems import Problem

ID = "id"
MAX_KEYS = 4
_LARGEST_INTEGER = 2**63 - 1
_JSON_TYPES: dict[Kind, tuple[type, ...]] = {"integer": (int,), "number": (int, float), "boolean": (bool,)}


@dataclass(frozen=True)
class SortKey:
    """One thing by which features are sorted; nulls come last in either direction."""

    name: str
    kind: Kind
    column: ColumnElement[Any]
    nullable: bool
    descending: bool = False

    def order(self, dialect: str) -> list[ColumnElement[Any]]:
        compared = self._compared(dialect)
        direction = compared.desc() if self.descending else compared.asc()
        return [self.column.is_(None), direction] if self.nullable else [direction]

    def beyond(self, value: Any, dialect: str) -> ColumnElement[bool]:
        """The condition that a feature comes after those with a value."""
        if value is None:
            return false()
        compared = self._compared(dialect)
        further: ColumnElement[bool] = compared < value if self.descending else compared > value
        return or_(further, self.column.is_(None)) if self.nullable else further

    def bound(self, value: Any, dialect: str) -> ColumnElement[bool]:
        """A condition that holds for whatever :meth:`beyond` or :meth:`same` hold for."""
        if self.nullable:
            return true()
        compared = self._compared(dialect)
        at_least: ColumnElement[bool] = compared <= value if self.descending else compared >= value
        return at_least

    def same(self, value: Any) -> ColumnElement[bool]:
        return self.column.is_(None) if value is None else self.column == value

    def _compared(self, dialect: str) -> ColumnElement[Any]:
        """Text by the codes of its letters, whatever the database's locale."""
        return self.column.collate("C") if self.kind == "text" and dialect != "sqlite" else self.column


@dataclass(frozen=True)
class Order:
    """A complete order: the last key is always the id, which no two features share."""

    keys: tuple[SortKey, ...]

    @property
    def columns(self) -> list[ColumnElement[Any]]:
        """What a row must bring for :meth:`cursor`."""
        return [key.column.label(f"sort_{number}") for number, key in enumerate(self.keys)]

    def clauses(self, dialect: str) -> list[ColumnElement[Any]]:
        return [clause for key in self.keys for clause in key.order(dialect)]

    def after(self, values: Sequence[Any], dialect: str) -> ColumnElement[bool]:
        """The condition that a feature comes after the one with these values."""
        ways: list[ColumnElement[bool]] = []
        same: list[ColumnElement[bool]] = []
        for key, value in zip(self.keys, values, strict=True):
            ways.append(and_(*same, key.beyond(value, dialect)))
            same.append(key.same(value))
        # said again in a form that an index on the first key understands
        return and_(self.keys[0].bound(values[0], dialect), or_(*ways))

    def cursor(self, values: Sequence[Any]) -> str:
        """The opaque cursor of the page that begins after the feature with these values."""
        document = orjson.dumps([self._name, *(_written(value) for value in values)])
        return base64.urlsafe_b64encode(document).decode().rstrip("=")

    def read_cursor(self, text: str) -> list[Any]:
        """The values in a cursor.

        Raises:
            Problem: invalid-parameter: it is none, or one of another order.
        """
        try:
            decoded = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            name, *values = orjson.loads(decoded)
            if name != self._name:
                raise ValueError
            return [_read(key, value) for key, value in zip(self.keys, values, strict=True)]
        except (binascii.Error, ValueError, TypeError, OverflowError) as error:
            raise Problem("invalid-parameter", "not a cursor of this request", field="cursor") from error

    @property
    def _name(self) -> str:
        return ",".join(f"{'-' if key.descending else ''}{key.name}" for key in self.keys)


def read_order(text: str, table: Table, properties: Mapping[str, Property]) -> Order:
    """The order that ``sortby`` asks for: names with commas, a minus before the descending ones.

    Raises:
        Problem: invalid-parameter: an unknown name, one named twice, or too many.
    """
    keys: list[SortKey] = []
    for part in text.split(",") if text else ():
        # a plus sign in a URL stands for a blank
        name = part.lstrip("+ ").removeprefix("-")
        if name != ID and name not in properties:
            raise Problem("invalid-parameter", f"sortby: unknown property {name!r}", field="sortby")
        if name in [key.name for key in keys]:
            raise Problem("invalid-parameter", f"sortby: {name!r} is named twice", field="sortby")
        kind: Kind = "integer" if name == ID else properties[name].kind
        column = table.c[name]
        keys.append(SortKey(name, kind, column, bool(column.nullable), part.startswith("-")))
    if len(keys) > MAX_KEYS:
        raise Problem("invalid-parameter", f"sortby: {MAX_KEYS} properties at most", field="sortby")
    if ID not in [key.name for key in keys]:
        keys.append(SortKey(ID, "integer", table.c.id, nullable=False))
    return Order(tuple(keys))


def _written(value: Any) -> Any:
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.replace(tzinfo=UTC)  # a row of the driver's own
    # with the microseconds that the wire format leaves out
    return value.isoformat() if isinstance(value, date) else value


def _read(key: SortKey, value: Any) -> Any:
    if value is None and key.nullable:
        return None
    if type(value) not in _JSON_TYPES.get(key.kind, (str,)):
        raise ValueError
    if key.kind == "integer" and abs(value) > _LARGEST_INTEGER:
        raise ValueError
    if key.kind == "day":
        return date.fromisoformat(value)
    if key.kind == "instant":
        instant = datetime.fromisoformat(value)
        if instant.tzinfo is None:
            raise ValueError
        return instant.astimezone(UTC)
    if isinstance(value, str) and "\0" in value:
        raise ValueError
    return value
