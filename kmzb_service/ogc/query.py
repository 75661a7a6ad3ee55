"""What a request for items asks: read from its parameters, checked, and turned into conditions."""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement

from kmzb_service.database.geometry import Bounds
from kmzb_service.database.spatial import within_bbox
from kmzb_service.database.wire import Kind
from kmzb_service.ogc.collections import Collection
from kmzb_service.problems import Problem
from kmzb_service.web import whole_number

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
DEFAULT_LIMIT, MAX_LIMIT = 100, 10_000
PARAMETERS = ("bbox", "bbox-crs", "datetime", "limit", "cursor")
_LARGEST_INTEGER = 2**63 - 1
_OPEN_ENDS = ("", "..")

Interval = tuple[datetime | None, datetime | None]


@dataclass(frozen=True)
class ItemsQuery:
    """A checked request for items.

    Attributes:
        limit: features on the page.
        after: the id after which the page begins.
        bbox: west, south, east, north in degrees.
        interval: first and last instant, none for an open end.
        equal: properties and the values they must have.
    """

    limit: int
    after: int
    bbox: Bounds | None
    interval: Interval | None
    equal: Mapping[str, Any]

    def conditions(self, collection: Collection, dialect: str) -> list[ColumnElement[bool]]:
        """The conditions on the rows that may be on any page of the answer.

        Features without a geometry meet every box, those without a time
        every interval, as the standard has it.
        """
        columns = collection.resource.table.c
        found = [columns[name] == value for name, value in self.equal.items()]
        present = collection.resource.present()
        if present is not None:
            found.append(present)
        if self.bbox is not None and collection.resource.geometry:
            found.append(within_bbox(collection.resource.table, self.bbox, dialect))
        if self.interval is not None and collection.period is not None:
            (start, end), (begins, ends) = self.interval, collection.period
            if start is not None:
                found.append(ends >= start)
            if end is not None:
                found.append(begins <= end)
        return found


def read_query(parameters: Mapping[str, str], collection: Collection, zone: ZoneInfo) -> ItemsQuery:
    """Read the query parameters of a request for items.

    Args:
        parameters: as they came; only known ones.
        collection: the one that is asked.
        zone: whose calendar a day without a time is of.

    Raises:
        Problem: invalid-parameter, naming it.
    """
    if parameters.get("bbox-crs", CRS84) != CRS84:
        raise Problem("invalid-parameter", f"the only CRS of boxes is {CRS84}", field="bbox-crs")
    return ItemsQuery(
        # the standard wants a limit that is too large to be cut, not refused
        limit=min(whole_number(parameters.get("limit", str(DEFAULT_LIMIT)), "limit", 1), MAX_LIMIT),
        after=_read_page(parameters["cursor"]) if "cursor" in parameters else 0,
        bbox=_read_bbox(parameters["bbox"]) if "bbox" in parameters else None,
        interval=_read_interval(parameters["datetime"], zone) if "datetime" in parameters else None,
        equal={
            name: _read_value(name, parameters[name], entry.kind)
            for name, entry in collection.queryables.items()
            if name in parameters
        },
    )


def page_cursor(last_id: int) -> str:
    """The opaque cursor of the page that begins after a feature."""
    return base64.urlsafe_b64encode(f"after:{last_id}".encode()).decode().rstrip("=")


def _read_page(text: str) -> int:
    try:
        decoded = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        decoded = ""
    marker, _, number = decoded.partition(":")
    if marker != "after" or not (number.isascii() and number.isdigit()) or int(number) > _LARGEST_INTEGER:
        raise Problem("invalid-parameter", "not a cursor of this service", field="cursor")
    return int(number)


def _read_bbox(text: str) -> Bounds:
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) not in (4, 6) or not all(math.isfinite(number) for number in numbers):
        raise Problem("invalid-parameter", "bbox must be four or six numbers", field="bbox")
    half = len(numbers) // 2
    west, south, east, north = numbers[0], numbers[1], numbers[half], numbers[half + 1]
    if south > north:
        raise Problem("invalid-parameter", "bbox: south lies north of north", field="bbox")
    return west, south, east, north


def _read_interval(text: str, zone: ZoneInfo) -> Interval:
    try:
        ends = text.split("/")
        if len(ends) == 1:
            return _first_instant(text, zone), _last_instant(text, zone)
        start, end = ends
        first = None if start in _OPEN_ENDS else _first_instant(start, zone)
        last = None if end in _OPEN_ENDS else _last_instant(end, zone)
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


def _first_instant(text: str, zone: ZoneInfo) -> datetime:
    return _day_begins(date.fromisoformat(text), zone) if len(text) == 10 else _instant(text)


def _last_instant(text: str, zone: ZoneInfo) -> datetime:
    if len(text) != 10:
        return _instant(text)
    return _day_begins(date.fromisoformat(text) + timedelta(days=1), zone) - timedelta(milliseconds=1)


def _day_begins(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _instant(text: str) -> datetime:
    # A blank where a URL had a plus sign: "+" is decoded to it.
    instant = datetime.fromisoformat(text.replace(" ", "+"))
    if "T" not in text.upper() or instant.tzinfo is None:
        raise ValueError("an instant needs a date, a time and a zone")
    return instant.astimezone(UTC)


def _read_value(name: str, text: str, kind: Kind) -> Any:
    try:
        return _READERS[kind](text)
    except ValueError as error:
        raise Problem("invalid-parameter", f"{name} must be of the type {kind}", field=name) from error


def _read_integer(text: str) -> int:
    number = int(text) if len(text) <= 20 else _LARGEST_INTEGER + 1
    if abs(number) > _LARGEST_INTEGER:
        raise ValueError("too large")
    return number


def _read_boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError("neither true nor false")
    return text == "true"


_READERS: dict[Kind, Callable[[str], Any]] = {
    "text": str,
    "integer": _read_integer,
    "boolean": _read_boolean,
    "day": date.fromisoformat,
}
