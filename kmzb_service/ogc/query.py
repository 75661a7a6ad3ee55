"""What a request for items asks: read from its parameters, checked, and turned into conditions."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Engine

from kmzb_service.database.spatial import picks_few
from kmzb_service.database.wire import Kind
from kmzb_service.ogc.collections import Collection
from kmzb_service.ogc.cql2.compiler import GEOMETRY, Compiler
from kmzb_service.ogc.cql2.reading import Node, read_filter
from kmzb_service.ogc.crs import CRS84, Crs, read_crs
from kmzb_service.ogc.moments import OPEN_ENDS, begins, ends, read_day, read_instant, read_moment
from kmzb_service.ogc.paging import Order, read_order
from kmzb_service.ogc.shapes import Shape, box_shape, meets_box
from kmzb_service.problems import Problem
from kmzb_service.web import whole_number

DEFAULT_LIMIT, MAX_LIMIT = 100, 10_000
LANGUAGES = ("cql2-text", "cql2-json")
PARAMETERS = (
    "bbox",
    "bbox-crs",
    "crs",
    "cursor",
    "datetime",
    "filter",
    "filter-crs",
    "filter-lang",
    "limit",
    "numberMatched",
    "properties",
    "sortby",
)
_LARGEST_INTEGER = 2**63 - 1

Interval = tuple[datetime | None, datetime | None]


@dataclass(frozen=True)
class ItemsQuery:
    """A checked request for items.

    Attributes:
        limit: features that are wanted; none where the request does not say.
        order: in which they come.
        after: the values of the order's keys after which the page begins; none for the first page.
        bbox: a box that they meet.
        interval: first and last instant, none for an open end.
        equal: properties and the values they must have.
        filter: a CQL2 filter's tree; none where there is no filter.
        filter_crs: of the coordinates in the filter.
        zone: whose calendar the filter's days are of.
        crs: of the coordinates in the answer.
        properties: those in the answer, in the order of the collection.
        geometry: whether the answer has the geometry.
        number_matched: whether all features that are asked for are to be counted.
    """

    limit: int | None
    order: Order
    after: list[Any] | None
    bbox: Shape | None
    interval: Interval | None
    equal: Mapping[str, Any]
    filter: Node | None
    filter_crs: Crs
    zone: ZoneInfo
    crs: Crs
    properties: tuple[str, ...]
    geometry: bool
    number_matched: bool = False

    @property
    def asks_for_all(self) -> bool:
        """Whether the whole collection is asked for, in pages or not."""
        return self.bbox is None and self.interval is None and self.filter is None and not self.equal

    def conditions(self, collection: Collection, engine: Engine) -> list[ColumnElement[bool]]:
        """The conditions on the rows that are asked for, on whatever page of the answer.

        Features without a geometry meet every box, those without a time
        every interval, as the standard has it.

        Raises:
            Problem: invalid-parameter: the filter does not fit the collection.
        """
        columns = collection.resource.table.c
        found = [columns[name] == value for name, value in self.equal.items()]
        if self.bbox is not None and collection.resource.geometry:
            table = collection.resource.table
            few = picks_few(engine, table, self.bbox.bounds)
            found.append(meets_box(table, self.bbox, engine.dialect.name, few))
        if self.interval is not None and collection.period is not None:
            (start, end), (first, last) = self.interval, collection.period
            if start is not None:
                found.append(last >= start)
            if end is not None:
                found.append(first <= end)
        if self.filter is not None:
            found.append(self._compiler(collection, engine).compile(self.filter))
        return found

    def _compiler(self, collection: Collection, engine: Engine) -> Compiler:
        return Compiler(
            features=collection.resource.table,
            properties=collection.properties,
            has_geometry=collection.resource.geometry is not None,
            crs=self.filter_crs,
            zone=self.zone,
            dialect=engine.dialect.name,
            picks_few=partial(picks_few, engine, collection.resource.table),
        )


def read_query(parameters: Mapping[str, str], collection: Collection, zone: ZoneInfo) -> ItemsQuery:
    """Read the query parameters of a request for items.

    Args:
        parameters: as they came; only known ones.
        collection: the one that is asked.
        zone: whose calendar a day without a time is of.

    Raises:
        Problem: invalid-parameter, naming it.
    """
    order = read_order(parameters.get("sortby", ""), collection.resource.table, collection.properties)
    selected = _read_properties(parameters.get("properties"), collection)
    return ItemsQuery(
        limit=whole_number(parameters["limit"], "limit", 1) if "limit" in parameters else None,
        order=order,
        after=order.read_cursor(parameters["cursor"]) if "cursor" in parameters else None,
        bbox=_read_bbox(parameters),
        interval=_read_interval(parameters["datetime"], zone) if "datetime" in parameters else None,
        equal={
            name: _read_value(name, parameters[name], entry.kind)
            for name, entry in collection.properties.items()
            if name in parameters
        },
        filter=_read_filter(parameters),
        filter_crs=read_crs(parameters.get("filter-crs", CRS84.uri), "filter-crs"),
        zone=zone,
        crs=read_crs(parameters.get("crs", CRS84.uri), "crs"),
        properties=tuple(name for name in collection.properties if name in selected),
        geometry=collection.resource.geometry is not None and GEOMETRY in selected,
        number_matched=_read_value("numberMatched", parameters.get("numberMatched", "false"), "boolean"),
    )


def _read_properties(text: str | None, collection: Collection) -> set[str]:
    """The names in ``properties``; the geometry is one like any other."""
    known = {*collection.properties, GEOMETRY}
    if text is None:
        return known
    selected = set(text.split(","))
    if not selected <= known:
        name = sorted(selected - known)[0]
        raise Problem("invalid-parameter", f"properties: unknown property {name!r}", field="properties")
    return selected


def _read_filter(parameters: Mapping[str, str]) -> Node | None:
    language = parameters.get("filter-lang", LANGUAGES[0])
    if language not in LANGUAGES:
        raise Problem(
            "invalid-parameter", f"filter-lang must be one of {', '.join(LANGUAGES)}", field="filter-lang"
        )
    return read_filter(parameters["filter"], language) if "filter" in parameters else None


def _read_bbox(parameters: Mapping[str, str]) -> Shape | None:
    crs = read_crs(parameters.get("bbox-crs", CRS84.uri), "bbox-crs")
    if "bbox" not in parameters:
        return None
    try:
        return box_shape([float(part) for part in parameters["bbox"].split(",")], crs)
    except ValueError as error:
        raise Problem("invalid-parameter", f"bbox: {error}", field="bbox") from error


def _read_interval(text: str, zone: ZoneInfo) -> Interval:
    try:
        parts = text.split("/")
        start, end = parts if len(parts) > 1 else (text, text)
        single = len(parts) == 1
        first = None if start in OPEN_ENDS and not single else begins(read_moment(start), zone)
        last = None if end in OPEN_ENDS and not single else ends(read_moment(end), zone)
    except (ValueError, OverflowError) as error:
        raise Problem(
            "invalid-parameter",
            "datetime must be an instant, or two joined by / (.. for an open end)",
            field="datetime",
        ) from error
    if first is None and last is None:
        raise Problem("invalid-parameter", "datetime is open at both ends", field="datetime")
    if first is not None and last is not None and first > last:
        raise Problem("invalid-parameter", "datetime ends before it begins", field="datetime")
    return first, last


def _read_value(name: str, text: str, kind: Kind) -> Any:
    try:
        return _READERS[kind](text)
    except (ValueError, OverflowError) as error:
        raise Problem("invalid-parameter", f"{name} must be of the type {kind}", field=name) from error


def _read_integer(text: str) -> int:
    number = int(text) if len(text) <= 20 else _LARGEST_INTEGER + 1
    if abs(number) > _LARGEST_INTEGER:
        raise ValueError("too large")
    return number


def _read_number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("not finite")
    return number


def _read_boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError("neither true nor false")
    return text == "true"


_READERS: dict[Kind, Callable[[str], Any]] = {
    "text": str,
    "integer": _read_integer,
    "number": _read_number,
    "boolean": _read_boolean,
    "day": read_day,
    "instant": read_instant,
}
