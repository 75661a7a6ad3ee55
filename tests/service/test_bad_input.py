"""Whatever a request holds: an answer that says what is wrong, a service that goes on, a map as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from on_databases import ON_SPATIALITE, ClientAs
from sample_map import add_area, add_reports, add_unit, decision
from sqlalchemy import Engine, func, select
from starlette.testclient import TestClient
from test_app import problem

from kmzb_service.database.tables import metadata
from kmzb_service.settings import Settings

ITEMS = "/collections/threats/items"
INJECTIONS = (
    "'; DROP TABLE threat; --",
    "' OR '1'='1",
    '" OR ""="',
    "1; DELETE FROM decision",
    "%' AND (SELECT pg_sleep(9)) IS NULL --",
    "\\'; TRUNCATE threat; --",
    "speeding) OR (1=1",
    "${jndi:ldap://x} {{7*7}} %(name)s :name ?",
)
TEXTS = (
    "ref", "source", "category", "status", "description", "place", "unit", "voivodeship", "county", "commune",
    "occurred_from", "local_day", "local_hour", "bbox", "bbox-crs", "crs", "cursor", "datetime", "filter",
    "filter-crs", "filter-lang", "limit", "properties", "sortby", "numberMatched", "f",
)  # fmt: skip


@pytest.fixture
def filled(engine: Engine) -> Engine:
    add_reports(engine, 3)
    add_area(engine, "0802")
    add_unit(engine, "KPP-KROSNO")
    return engine


def sizes(engine: Engine) -> dict[str, int]:
    """How many rows each table has."""
    with engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


def told(answer: httpx.Response, *statuses: int) -> None:
    """Check that an answer is one of these; an error a problem document, which quotes no SQL and no place."""
    assert answer.status_code in statuses, answer.text
    if answer.status_code >= 400:
        problem(answer)
        for word in ("Traceback", "psycopg", "sqlite3", "SELECT ", 'File "'):
            assert word not in answer.text.replace("(SELECT pg_sleep", "")


def test_sql_in_every_parameter(client: TestClient, filled: Engine) -> None:
    before = sizes(filled)
    for text in INJECTIONS:
        for name in TEXTS:
            answer = client.get(ITEMS, params={name: text})
            told(answer, 200, 400)
            if answer.status_code == 200:
                assert answer.json()["features"] == [], (name, text)
        literal = text.replace("'", "''")
        for condition in (
            f"description = '{literal}'",
            f"description LIKE '{literal}'",
            f"ref IN ('{literal}')",
        ):
            answer = client.get(ITEMS, params={"filter": condition})
            told(answer, 200, 400)
            assert answer.status_code == 400 or answer.json()["features"] == []
        told(client.get("/changes", params={"cursor": text}), 400)
        told(client.get("/me", headers={"Authorization": f"Bearer {text}"}), 401)
    assert sizes(filled) == before


def test_sql_in_every_field_of_a_decision(client_as: ClientAs, filled: Engine) -> None:
    client = client_as("verifier")
    before = sizes(filled)
    for text in INJECTIONS:
        for name in (
            "uuid",
            "threat_id",
            "base_version",
            "to_status",
            "decided_at",
            "reason",
            "method",
            "planned_date",
        ):
            answer = client.post(
                "/decisions", json={"decisions": [decision(1, "verification") | {name: text}]}
            )
            told(answer, 200, 422)
            if answer.status_code == 200:
                assert answer.json()["outcomes"][0]["outcome"] == "rejected", (name, text)
    assert sizes(filled) == before
    # what people may write is kept as it was written
    note = " ".join(INJECTIONS)
    answer = client.post("/decisions", json={"decisions": [decision(1, "verification", note=note)]})
    (outcome,) = answer.json()["outcomes"]
    assert (outcome["outcome"], outcome["decision"]["note"]) == ("accepted", note)


@ON_SPATIALITE
@pytest.mark.parametrize(
    "name",
    [
        "..%2fkmzb.sqlite", "%2e%2e/kmzb.sqlite", "..%5ckmzb.sqlite", "%2fetc%2fpasswd", "....//kmzb.sqlite",
        "%00", "kmzb.gpkg%00.json", "*.gpkg", "~root", "a" * 4000, "C:%5cWindows%5cwin.ini", "%c0%ae%c0%ae/x",
    ],
)  # fmt: skip
def test_paths_that_lead_elsewhere(client: TestClient, settings: Settings, name: str) -> None:
    for folder in ("/snapshots", f"{ITEMS}", "/threats/1/attachments", "/collections"):
        answer = client.get(f"{folder}/{name}")
        told(answer, 404)
        assert b"SQLite format" not in answer.content
    assert Path(settings.data_dir).exists()


@ON_SPATIALITE
@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/plain", b'{"decisions": []}'),
        ("application/xml", b"<decisions/>"),
        ("application/x-www-form-urlencoded", b"decisions=1"),
        ("multipart/form-data; boundary=x", b"--x--"),
        ("application/json; charset=utf-16", '{"decisions": []}'.encode("utf-16")),
        ("application/json", b""),
        ("application/json", b"{"),
        ("application/json", b"\xff\xfe\x00"),
        ("application/json", b'{"decisions": NaN}'),
        ("application/json", b'{"decisions": [1e999]}'),
        ("application/json", b'{"decisions": "\\ud800"}'),
        ("application/json", b"[" * 100_000 + b"]" * 100_000),
        ("application/json", b'{"a":' * 50_000 + b"1" + b"}" * 50_000),
        ("application/json", b'{"decisions": [' + b"9" * 100_000 + b"]}"),
        ("application/json", b"null"),
        ("application/json", b'"decisions"'),
    ],
)
def test_bodies_that_are_no_decisions(
    client_as: ClientAs, filled: Engine, content_type: str, body: bytes
) -> None:
    client = client_as("verifier")
    for path in ("/decisions", "/meetings"):
        told(client.post(path, content=body, headers={"Content-Type": content_type}), 403, 422)
    assert client.get("/health").status_code == 200


def geometry(coordinates: Any, kind: str = "Polygon") -> str:
    shape = {"type": kind, "coordinates": coordinates}
    return json.dumps({"op": "s_intersects", "args": [{"property": "geometry"}, shape]})


@ON_SPATIALITE
@pytest.mark.parametrize(
    "condition",
    [
        geometry([[[15, 52], [16, 53], [16, 52], [15, 53], [15, 52]]]),  # crosses itself
        geometry([[[15, 52], [16, 52], [15, 52]]]),
        geometry([[[15, 52], [16, 52], [16, 53], [15, 53]]]),  # is not closed
        geometry([[[15, 52, 1, 2], [16, 52, 1, 2], [16, 53, 1, 2], [15, 52, 1, 2]]]),
        geometry([15], "Point"),
        geometry([15, float("nan")], "Point"),
        geometry([float("inf"), 52], "Point"),
        geometry([1e400, 52], "Point"),
        geometry(["15", "52"], "Point"),
        geometry([[15, 52]], "Point"),
        geometry([500, 52], "Point"),
        geometry([], "Polygon"),
        geometry([15, 52], "Circle"),
        geometry(None, "Point"),
    ],
)
def test_geometries_that_are_none(client: TestClient, filled: Engine, condition: str) -> None:
    told(client.get(ITEMS, params={"filter": condition, "filter-lang": "cql2-json"}), 400)


@ON_SPATIALITE
@pytest.mark.parametrize("limit", ["9" * 18, "9" * 19, "9" * 5000, "1e9", "-1", "0x10", "١٢", "10 ", "inf"])
def test_limits_of_any_size(client: TestClient, filled: Engine, limit: str) -> None:
    told(client.get(ITEMS, params={"limit": limit}), 200, 400)
    told(client.get("/changes", params={"cursor": "x", "limit": limit}), 400)
