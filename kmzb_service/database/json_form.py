"""Features as GeoJSON text that PostgreSQL writes: its rows need not become objects of Python.

A worker then only passes text on, a third of the work of making it from rows;
the rest is done by the server's processes, of which there can be many. (SQLite
would write numbers with 15 digits, which is not all of them.)
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from functools import cache

from sqlalchemy import ColumnElement, literal_column

from kmzb_service.database.tables import SRID
from kmzb_service.database.wire import Property, Resource

# all digits that a number in degrees or metres can have; no member "crs"
_GEOJSON_OPTIONS = "15, 0"
_INSTANT = """'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'"""
# what JSON writes otherwise than it is
_ESCAPED = r"""'["\\\x01-\x1f]'"""


class _Constant(str):
    """Text of the document itself, between what SQL works out."""


@cache
def feature_as_json(
    resource: Resource, names: tuple[str, ...], geometry: bool, srid: int, northing_first: bool
) -> ColumnElement[bytes]:
    """What to select for a feature's GeoJSON in UTF-8, on PostgreSQL only.

    It is text made of the names of tables and columns, and of no value. (Its
    type is the one that ``engine.py`` has the driver hand over as bytes.)

    Args:
        resource: whose table is selected from.
        names: the properties, in this order.
        geometry: whether the feature has its geometry; null otherwise.
        srid: the CRS of the coordinates.
        northing_first: whether they are written y, x.
    """
    table = resource.table.name
    opening: list[str] = [_Constant('{"type":"Feature","id":'), f"{table}.id", _Constant(',"geometry":')]
    if geometry:
        opening += _geometry(f"{table}.geom", resource, srid, northing_first)
    else:
        opening.append(_Constant("null"))
    opening.append(_Constant(',"properties":{'))
    selected = [entry for entry in resource.properties if entry.name in names]
    careful = _document(opening, table, selected, escapes=True)
    texts = [f'{table}."{entry.name}"' for entry in selected if entry.kind == "text"]
    if not texts:
        return literal_column(f"{careful}::bpchar")
    # one look at all texts of a row costs a fraction of escaping each, and seldom finds anything
    plain = _document(opening, table, selected, escapes=False)
    found = f"concat({', '.join(texts)}) ~ {_ESCAPED}"
    return literal_column(f"(CASE WHEN {found} THEN {careful} ELSE {plain} END)::bpchar")


def _document(opening: list[str], table: str, selected: list[Property], escapes: bool) -> str:
    parts = [*opening]
    for number, entry in enumerate(selected):
        parts.append(_Constant(f'{"," if number else ""}"{entry.name}":'))
        parts += _value(f'{table}."{entry.name}"', entry, escapes)
    parts.append(_Constant("}}"))
    return f"concat({', '.join(_merged(parts))})"


def _merged(parts: Iterable[str]) -> Iterable[str]:
    """The arguments of ``concat``: each costs a call, so that constants side by side become one."""
    for constant, group in itertools.groupby(parts, lambda part: isinstance(part, _Constant)):
        together = [*group]
        yield from [f"'{''.join(together)}'"] if constant else together


def _geometry(column: str, resource: Resource, srid: int, northing_first: bool) -> list[str]:
    if resource.geometry == "Point" and srid == SRID:
        first, second = ("ST_Y", "ST_X") if northing_first else ("ST_X", "ST_Y")
        return [
            _Constant('{"type":"Point","coordinates":['),
            f"{first}({column})",
            _Constant(","),
            f"{second}({column})",
            _Constant("]}"),
        ]
    moved = column if srid == SRID else f"ST_Transform({column}, {srid})"
    ordered = f"ST_FlipCoordinates({moved})" if northing_first else moved
    return [f"ST_AsGeoJSON({ordered}, {_GEOJSON_OPTIONS})"]


def _value(column: str, entry: Property, escapes: bool) -> list[str]:
    """A value: quoted where it is text of any kind, null where it is none."""
    if entry.kind == "text" and escapes:
        return [f"coalesce(to_json({column})::text, 'null')"]
    value = f"to_char({column}, {_INSTANT})" if entry.kind == "instant" else f"{column}::text"
    quotes = entry.kind in ("text", "instant", "day")
    if entry.column.nullable:
        return [f"""coalesce('"' || {value} || '"', 'null')""" if quotes else f"coalesce({value}, 'null')"]
    return [_Constant('"'), value, _Constant('"')] if quotes else [value]
