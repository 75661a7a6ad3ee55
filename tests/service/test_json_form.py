"""GeoJSON that the database writes says what is made from its rows, to the last digit and sign."""

from __future__ import annotations

import itertools
import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from on_databases import ON_POSTGIS
from sample_map import add_area, add_decisions, add_police_record, add_reports, add_unit
from sqlalchemy import Engine

from kmzb_service.ogc.collections import COLLECTIONS
from kmzb_service.ogc.crs import SUPPORTED
from kmzb_service.ogc.query import read_query
from kmzb_service.ogc.selection import Page, Selection
from kmzb_service.security.scope import Scope

AWKWARD = (
    "zażółć „gęślą” jaźń",
    'quotes " and \\ backslashes \\" \\n',
    "lines\nand\ttabs\rand \x01\x1f\x7f",
    "'; DROP TABLE threat; --",
    "%s %(name)s {} :name",
    "\U0001f6a7  ",
    "",
)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    for number, text in enumerate(AWKWARD):
        place = f"SRID=4326;POINT({15 + number / 7} {52 + number / 9})"
        add_reports(engine, 1, description=text, place=text, weekdays='1"2', geom=place)
    add_police_record(engine, description=None)
    add_area(engine, "0802", west=15 + 1 / 7, population=None)
    add_unit(engine, "KPP-KROSNO", seat_lon=15 + 1 / 3, seat_lat=None)
    add_decisions(engine, 1, "verification", "confirmed")
    return engine


CHOICES = (None, "place,geometry,version", "ref,status", "geometry")


@ON_POSTGIS
def test_both_ways_agree(filled: Engine) -> None:
    for name, crs, properties in itertools.product(COLLECTIONS, SUPPORTED, CHOICES):
        written, made = both_ways(filled, name, crs, properties)
        assert written == made, (name, crs, properties)
        assert written
        # in the collection's order too
        assert [list(one["properties"]) for one in written] == [list(one["properties"]) for one in made]


def both_ways(engine: Engine, name: str, crs: str, properties: str | None) -> tuple[list[Any], list[Any]]:
    """A collection's features as the database writes them, and made from its rows."""
    collection = COLLECTIONS[name]
    known = {*collection.properties, "geometry"} & {*(properties or "").split(",")}
    chosen = {"properties": ",".join(known)} if known else {}
    asked = read_query({"crs": crs, **chosen}, collection, ZoneInfo("Europe/Warsaw"))
    selection = Selection(collection, asked.crs, asked.properties, asked.geometry)
    written = [
        one for features in Page(engine, selection, asked, None, Scope()).documents() for one in features
    ]
    made = [selection.feature(row) for rows in Page(engine, selection, asked, None, Scope()) for row in rows]
    return [json.loads(one) for one in written], json.loads(json.dumps(made))
