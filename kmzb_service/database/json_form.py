"""Features as GeoJSON text that PostgreSQL writes: its rows need not become objects of Python.

A worker then only passes text on, a third of the work of making it from rows;
the rest is done by the server's processes, of which there can be many. (SQLite
would write numbers with 15 digits, which is not all of them.)
"""

from __future__ import annotations

from functools import cache

from sqlalchemy import ColumnElement, literal_column

from kmzb_service.database.tables import SRID
from kmzb_service.database.wire import Property, Resource

# all digits that a number in degrees or metres can have; no member "crs"
_GEOJSON_OPTIONS = "15, 0"


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
    place = _geometry(f"{table}.geom", resource, srid, northing_first) if geometry else "'null'"
    parts = ["""'{"type":"Feature","id":'""", f"{table}.id", """',"geometry":'""", place]
    opening = ',"properties":{'
    for entry in resource.properties:
        if entry.name in names:
            parts += [f"""'{opening}"{entry.name}":'""", _value(f'{table}."{entry.name}"', entry)]
            opening = ","
    parts.append("'}}'" if opening == "," else f"'{opening}}}}}'")
    return literal_column(f"concat({', '.join(parts)})::bpchar")


def _geometry(column: str, resource: Resource, srid: int, northing_first: bool) -> str:
    if resource.geometry == "Point" and srid == SRID:
        first, second = ("ST_Y", "ST_X") if northing_first else ("ST_X", "ST_Y")
        return (
            """'{"type":"Point","coordinates":[', """
            f"""{first}({column}), ',', {second}({column}), ']}}'"""
        )
    moved = column if srid == SRID else f"ST_Transform({column}, {srid})"
    ordered = f"ST_FlipCoordinates({moved})" if northing_first else moved
    return f"ST_AsGeoJSON({ordered}, {_GEOJSON_OPTIONS})"


def _value(column: str, entry: Property) -> str:
    forms = {
        "text": f"to_json({column})::text",
        "instant": f"""to_char({column}, '"\\""YYYY-MM-DD"T"HH24:MI:SS.MS"Z\\""')""",
        "day": f"""'"' || {column}::text || '"'""",
    }
    return f"coalesce({forms.get(entry.kind, f'{column}::text')}, 'null')"
