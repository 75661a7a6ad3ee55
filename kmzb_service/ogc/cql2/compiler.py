"""A filter's JSON tree to a condition of SQLAlchemy: every literal a bound parameter, every type checked."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    Float,
    Table,
    Text,
    and_,
    false,
    func,
    literal,
    not_,
    or_,
    true,
)

from kmzb_service.database.geometry import Bounds
from kmzb_service.database.spatial import near_bbox
from kmzb_service.database.tables import UtcDateTime
from kmzb_service.database.text_form import folded
from kmzb_service.database.wire import Kind, Property
from kmzb_service.ogc.cql2.errors import FilterError
from kmzb_service.ogc.cql2.patterns import for_glob, for_like
from kmzb_service.ogc.cql2.periods import RELATIONS, End, Span, TimeColumn, relate
from kmzb_service.ogc.cql2.reading import Node
from kmzb_service.ogc.crs import Crs
from kmzb_service.ogc.moments import OPEN_ENDS, read_day, read_instant, read_moment
from kmzb_service.ogc.shapes import Shape, box_shape, geojson_shape

MAX_DEPTH = 24
# SQLite's own limit is 1,000 levels of an expression, and a row of ANDs is one level each
MAX_CONDITIONS = 400
GEOMETRY = "geometry"

_LARGEST_INTEGER = 2**63 - 1
_COMPARE: dict[str, Callable[[Any, Any], ColumnElement[bool]]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
_SPATIAL = {
    f"s_{name}": f"ST_{name.capitalize()}"
    for name in ("intersects", "equals", "disjoint", "touches", "within", "overlaps", "crosses", "contains")
}

Condition = ColumnElement[bool]
Family = Literal["text", "number", "boolean", "instant", "day"]


@dataclass(frozen=True)
class _Value:
    """A scalar expression and what kind of values can be compared with it."""

    family: Family
    sql: ColumnElement[Any]
    ordered_text: bool = False


@dataclass(frozen=True)
class Compiler:
    """Compiles filters on one collection.

    Attributes:
        features: the table.
        properties: what a filter may name, besides the geometry.
        has_geometry: whether there is one.
        crs: of the coordinates in the filter.
        zone: whose calendar its days are of.
        dialect: the database's name in SQLAlchemy.
        picks_few: whether the spatial index should be asked for a box.
    """

    features: Table
    properties: Mapping[str, Property]
    has_geometry: bool
    crs: Crs
    zone: ZoneInfo
    dialect: str
    picks_few: Callable[[Bounds], bool]

    def compile(self, tree: Node) -> Condition:
        """The condition that a filter stands for.

        Raises:
            FilterError: it cannot be answered; says what is wrong where.
        """
        if _count(tree) > MAX_CONDITIONS:
            raise FilterError(f"more than {MAX_CONDITIONS} operators")
        return self._condition(tree, "", 0)

    def _condition(self, node: Node, place: str, depth: int) -> Condition:
        if depth > MAX_DEPTH:
            raise FilterError(f"more than {MAX_DEPTH} conditions inside each other", place)
        if isinstance(node, bool):
            return true() if node else false()
        if isinstance(node, dict) and "property" in node:
            value = self._value(node, place)
            if value.family != "boolean":
                raise FilterError("a condition is needed here, not a value", place)
            return value.sql
        name, arguments = _operation(node, place)
        if name in ("and", "or"):
            if len(arguments) < 2:
                raise FilterError(f"{name} takes two conditions at least", place)
            parts = [
                self._condition(part, f"{place}args[{number}].", depth + 1)
                for number, part in enumerate(arguments)
            ]
            return and_(*parts) if name == "and" else or_(*parts)
        if name == "not":
            (inner,) = _exactly(1, name, arguments, place)
            return not_(self._condition(inner, f"{place}args[0].", depth + 1))
        if name in _COMPARE:
            return self._comparison(place, name, *_exactly(2, name, arguments, place))
        if name in _SPATIAL:
            return self._spatial(place, name, *_exactly(2, name, arguments, place))
        if name in RELATIONS:
            return self._temporal(place, name, *_exactly(2, name, arguments, place))
        if name == "isnull":
            (tested,) = _exactly(1, name, arguments, place)
            if self._is_geometry(tested):
                return self.features.c.geom.is_(None)
            return self._value(tested, f"{place}args[0]").sql.is_(None)
        if name == "between":
            return self._between(place, *_exactly(3, name, arguments, place))
        if name == "in":
            return self._in(place, *_exactly(2, name, arguments, place))
        if name == "like":
            return self._like(place, *_exactly(2, name, arguments, place))
        raise FilterError(f"{name!r} is not supported", place)

    def _comparison(self, place: str, name: str, first: Node, second: Node) -> Condition:
        left, right = self._same_family((first, second), place)
        if left.family == "boolean" and name not in ("=", "<>"):
            raise FilterError("true and false have no order", place)
        if left.family == "text" and name not in ("=", "<>"):
            return _COMPARE[name](self._ordered(left.sql), right.sql)
        return _COMPARE[name](left.sql, right.sql)

    def _between(self, place: str, tested: Node, low: Node, high: Node) -> Condition:
        values = self._same_family((tested, low, high), place)
        if values[0].family in ("text", "boolean"):
            raise FilterError("between compares numbers, days or instants", place)
        return values[0].sql.between(values[1].sql, values[2].sql)

    def _in(self, place: str, tested: Node, choices: Node) -> Condition:
        if not isinstance(choices, list) or not choices:
            raise FilterError("in needs a list of values", f"{place}args[1]")
        values = self._same_family((tested, *choices), place)
        return values[0].sql.in_([value.sql for value in values[1:]])

    def _like(self, place: str, tested: Node, pattern: Node) -> Condition:
        value = self._value(tested, f"{place}args[0]")
        folds = isinstance(pattern, dict) and pattern.get("op") == "casei"
        text = _exactly(1, "casei", pattern.get("args"), place)[0] if folds else pattern
        if value.family != "text" or not isinstance(text, str):
            raise FilterError("like compares text with a pattern in quotes", place)
        _check_text(text, place)
        try:
            written = for_glob(text) if self.dialect == "sqlite" else for_like(text)
        except ValueError as error:
            raise FilterError(str(error), f"{place}args[1]") from error
        bound: ColumnElement[Any] = literal(written, Text())
        if folds:
            bound = folded(bound)
        if self.dialect == "sqlite":
            return value.sql.op("GLOB", is_comparison=True)(bound)
        return value.sql.like(bound, escape="\\")

    def _ordered(self, sql: ColumnElement[Any]) -> ColumnElement[Any]:
        """A text compared letter by letter by its code, whatever the database's locale."""
        return sql if self.dialect == "sqlite" else sql.collate("C")

    def _same_family(self, nodes: Sequence[Node], place: str) -> list[_Value]:
        values = [self._value(node, f"{place}args[{number}]") for number, node in enumerate(nodes)]
        for number, value in enumerate(values):
            if value.family != values[0].family:
                raise FilterError(
                    f"a value of the type {value.family} is compared with one of the type {values[0].family}",
                    f"{place}args[{number}]",
                )
        return values

    def _value(self, node: Node, place: str) -> _Value:
        if node is None:
            raise FilterError("nothing is equal to null: use IS NULL", place)
        if isinstance(node, dict) and "property" in node:
            return self._property(node["property"], place)
        if isinstance(node, dict) and "op" in node:
            name, arguments = _operation(node, place)
            if name != "casei":
                raise FilterError(f"{name!r} is not supported", place)
            inner = self._value(_exactly(1, name, arguments, place)[0], place)
            if inner.family != "text":
                raise FilterError("casei is of text", place)
            return _Value("text", folded(inner.sql))
        return _literal(node, place)

    def _property(self, name: Any, place: str) -> _Value:
        if name == GEOMETRY and self.has_geometry:
            raise FilterError("a geometry can only be compared by spatial functions", place)
        if not isinstance(name, str) or name not in self.properties:
            raise FilterError(f"unknown property {name!r}", place)
        entry = self.properties[name]
        return _Value(_FAMILIES[entry.kind], entry.column)

    def _is_geometry(self, node: Node) -> bool:
        return self.has_geometry and node == {"property": GEOMETRY}

    def _spatial(self, place: str, name: str, first: Node, second: Node) -> Condition:
        nodes = [(node, f"{place}args[{number}]") for number, node in enumerate((first, second))]
        shapes = [self._shape(node, at) for node, at in nodes]
        given = [shape for shape in shapes if shape is not None]
        srid = given[0].srid if given else self.crs.srid
        sides = [self._geometry(srid) if shape is None else shape.sql for shape in shapes]
        if name == "s_disjoint":
            return not_(self._related("s_intersects", sides, given))
        return self._related(name, sides, given)

    def _related(self, name: str, sides: list[ColumnElement[Any]], given: list[Shape]) -> Condition:
        found: ColumnElement[Any] = getattr(func, _SPATIAL[name])(*sides)
        related = found == 1 if self.dialect == "sqlite" else found
        # all of these relations ask that the boxes around the two meet
        if len(given) != 1 or not self.picks_few(given[0].bounds):
            return related
        return and_(near_bbox(self.features, given[0].bounds, self.dialect), related)

    def _geometry(self, srid: int) -> ColumnElement[Any]:
        column: ColumnElement[Any] = self.features.c.geom
        moved: ColumnElement[Any] = func.ST_Transform(column, srid)
        return column if self.crs.geographic else moved

    def _shape(self, node: Node, place: str) -> Shape | None:
        """The geometry that a node gives; none for the features' own."""
        if self._is_geometry(node):
            return None
        if not isinstance(node, dict) or not ({"type", "bbox"} & node.keys()):
            raise FilterError("a geometry is needed here", place)
        try:
            if "type" in node:
                return geojson_shape(node, self.crs)
            return box_shape([float(number) for number in node["bbox"]], self.crs)
        except (TypeError, ValueError) as error:
            raise FilterError(str(error), place) from error

    def _temporal(self, place: str, name: str, first: Node, second: Node) -> Condition:
        left, right = self._span(first, f"{place}args[0]"), self._span(second, f"{place}args[1]")
        try:
            return relate(RELATIONS[name], left, right, self.zone)
        except (ValueError, OverflowError) as error:
            raise FilterError(str(error), place) from error

    def _span(self, node: Node, place: str) -> Span:
        interval = node.get("interval") if isinstance(node, dict) else None
        if interval is None:
            moment = self._end(node, place)
            return Span(moment, moment)
        if not isinstance(interval, list) or len(interval) != 2:
            raise FilterError("an interval has two ends", place)
        return Span(*(self._end(end, place, can_be_open=True) for end in interval))

    def _end(self, node: Node, place: str, can_be_open: bool = False) -> End:
        if isinstance(node, dict) and "property" in node:
            value = self._property(node["property"], place)
            if value.family not in ("day", "instant"):
                raise FilterError(f"{node['property']} is neither a day nor an instant", place)
            return TimeColumn(value.sql, value.family == "day")
        if can_be_open and node in OPEN_ENDS:
            return None
        text = node
        if isinstance(node, dict):
            text = node.get("date", node.get("timestamp"))
        try:
            if not isinstance(text, str) or (isinstance(node, str) and not can_be_open):
                raise ValueError
            return read_moment(text)
        except (ValueError, OverflowError) as error:
            raise FilterError("a day or an instant with its zone is needed here", place) from error


_FAMILIES: dict[Kind, Family] = {
    "text": "text",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "instant": "instant",
    "day": "day",
}


def _literal(node: Node, place: str) -> _Value:
    if isinstance(node, bool):
        return _Value("boolean", literal(node, Boolean()))
    if isinstance(node, int | float):
        return _Value("number", _number(node, place))
    if isinstance(node, str):
        _check_text(node, place)
        return _Value("text", literal(node, Text()))
    try:
        if isinstance(node, dict) and isinstance(node.get("date"), str):
            return _Value("day", literal(read_day(node["date"]), Date()))
        if isinstance(node, dict) and isinstance(node.get("timestamp"), str):
            return _Value("instant", literal(read_instant(node["timestamp"]), UtcDateTime()))
    except (ValueError, OverflowError) as error:
        raise FilterError(str(error), place) from error
    raise FilterError("a value is needed here", place)


def _number(number: float, place: str) -> ColumnElement[Any]:
    if not math.isfinite(number):
        raise FilterError("numbers are finite", place)
    # the parser makes every number a float; an index on whole numbers wants whole ones
    if number == int(number) and abs(number) < _LARGEST_INTEGER:
        return literal(int(number), BigInteger())
    return literal(float(number), Float())


def _check_text(text: str, place: str) -> None:
    if "\0" in text:
        raise FilterError("text cannot hold a NUL character", place)


def _operation(node: Node, place: str) -> tuple[str, list[Node]]:
    if not isinstance(node, dict) or not isinstance(node.get("op"), str):
        raise FilterError("a condition is needed here", place)
    arguments = node.get("args")
    return node["op"].lower(), arguments if isinstance(arguments, list) else []


def _exactly(count: int, name: str, arguments: Any, place: str) -> list[Node]:
    if not isinstance(arguments, list) or len(arguments) != count:
        raise FilterError(f"{name} takes {count} arguments", place)
    return arguments


def _count(tree: Node) -> int:
    """How many operators a tree has, without going down the stack."""
    count, waiting = 0, [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            count += "op" in node
            waiting.extend(node.get("args") or ())
        elif isinstance(node, list):
            waiting.extend(node)
    return count
