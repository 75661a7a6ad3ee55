"""Features as bytes, piece by piece, so that no answer is ever in memory as a whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import orjson

from kmzb_service.ogc.selection import Page

# a spreadsheet takes text that begins so for a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_RECORD_SEPARATOR = b"\x1e"


def write_geojson(page: Page, tail: Callable[[Page], dict[str, Any]]) -> Iterator[bytes]:
    """A feature collection.

    Args:
        page: the features.
        tail: the collection's other members, asked for once all rows are through.
    """
    yield b'{"type":"FeatureCollection","features":['
    before: list[bytes] = []
    for features in page.documents():
        yield b",".join([*before, *features])
        before = [b""]
    yield b"]," + orjson.dumps(tail(page))[1:]


def write_lines(page: Page) -> Iterator[bytes]:
    """A feature a line."""
    return _separate_features(page, b"")


def write_sequence(page: Page) -> Iterator[bytes]:
    """A GeoJSON text sequence (RFC 8142): lines, each with a record separator before it."""
    return _separate_features(page, _RECORD_SEPARATOR)


def _separate_features(page: Page, before: bytes) -> Iterator[bytes]:
    for features in page.documents():
        yield b"".join(before + feature + b"\n" for feature in features)


def write_csv(page: Page) -> Iterator[bytes]:
    """Comma-separated values with a header: the id, the coordinates, the properties.

    Points have a column for each axis of the CRS, areas one of well-known
    text. Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    selection = page.selection
    is_point = selection.collection.resource.geometry == "Point"
    place = (*selection.crs.axes,) if is_point else ("geometry",)
    header = ("id", *(place if selection.geometry else ()), *selection.names)
    yield _csv_lines([header])
    for rows in page:
        yield _csv_lines(_csv_row(selection.feature(row), is_point) for row in rows)


def _csv_row(feature: dict[str, Any], is_point: bool) -> list[Any]:
    geometry = feature["geometry"]
    place: Iterable[Any] = ()
    if geometry is not None:
        place = geometry["coordinates"] if is_point else (wkt(geometry),)
    return [feature["id"], *place, *map(_csv_cell, feature["properties"].values())]


def _csv_cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _csv_lines(rows: Iterable[Iterable[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def wkt(geometry: dict[str, Any]) -> str:
    """A GeoJSON multipolygon as well-known text."""
    polygons = (
        "(" + ", ".join("(" + ", ".join(f"{x!r} {y!r}" for x, y in ring) + ")" for ring in rings) + ")"
        for rings in geometry["coordinates"]
    )
    return f"MULTIPOLYGON ({', '.join(polygons)})"
