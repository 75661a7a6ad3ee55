"""The plans of the queries that the service really sends: each goes through an index, on both databases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from on_databases import ON_SPATIALITE, ClientAs
from sample_map import add_decisions, add_reports, add_unit, decision
from scoped_map import as_reader
from sqlalchemy import Connection, Engine, event, text, update
from starlette.testclient import TestClient
from test_sync_changes import cursor_at

from kmzb_service.database import spatial
from kmzb_service.database.engine import current_position, epoch, reading, take_positions, writing
from kmzb_service.database.tables import threat
from kmzb_service.security.scope import Scope
from kmzb_service.security.units import Units
from kmzb_service.sync.cursor import Cursor

ROWS = 20_000
ITEMS = "/collections/threats/items"

# In 400 counties and three years; one report in fifty waits.
_FILL = """
INSERT INTO threat (id, ref, source, source_id, category, status, occurred_from, reported_at, unit,
    voivodeship, county, commune, confirmations, read_due, local_day, local_weekday, local_hour, version,
    updated_at, seq, removed, geom)
WITH RECURSIVE numbers (n) AS (SELECT 11 UNION ALL SELECT n + 1 FROM numbers WHERE n < {rows} + 10)
SELECT n, 'Z-' || n, 'citizen', 'filled-' || n, 'category-' || (n % 27),
    CASE n % 50 WHEN 0 THEN 'new' ELSE 'eliminated' END, {instant}, {instant}, 'KPP-' || (n % 400), '08',
    '0' || (100 + n % 400), '0' || (100000 + n % 2000), 0, {instant}, {day}, 1, 12, 1,
    {instant}, {first} + n, FALSE, {point}
FROM numbers
"""
_DIALECTS = {
    "sqlite": {
        "instant": "datetime('2021-01-01', (n % 1000) || ' days') || '.000000'",
        "day": "date('2021-01-01', (n % 1000) || ' days')",
        "point": "MakePoint(14.5 + n % 200 / 100.0, 51.3 + n / 200 / 100.0, 4326)",
    },
    "postgresql": {
        "instant": "timestamp '2021-01-01' + (n % 1000) * interval '1 day'",
        "day": "date '2021-01-01' + n % 1000",
        "point": "ST_SetSRID(ST_MakePoint(14.5 + n % 200 / 100.0, 51.3 + n / 200 / 100.0), 4326)",
    },
}


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A map of so many threats that reading all of them is never the better plan."""
    add_reports(engine, 10)
    with writing(engine) as connection:
        first = take_positions(connection, ROWS + 10)
        connection.execute(
            text(_FILL.format(rows=ROWS, first=first, **_DIALECTS[engine.dialect.name]).replace(":", "\\:"))
        )
    analyse(engine)
    return engine


def analyse(engine: Engine) -> None:
    """Do what autovacuum does of itself; SQLite's planner has to do without."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


@dataclass
class Watched:
    """The queries on a table that a service has sent since it is being watched."""

    table: str
    plans: list[str] = field(default_factory=list)

    def note(self, connection: Connection, cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if f"FROM {self.table}" not in statement or statement.startswith("EXPLAIN"):
            return
        prefix = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
        other = cursor.connection.cursor()
        other.execute(f"{prefix} {statement}", parameters)
        self.plans.append("\n".join(str(row[-1]) for row in other.fetchall()))

    def through(self, index: str) -> None:
        """Check that the plans name an index and that none reads all rows of the table."""
        assert any(index in plan for plan in self.plans), self.plans
        for plan in self.plans:
            steps = [line.strip(" ->") for line in plan.splitlines()]
            whole = [
                step
                for step in steps
                if step.startswith(f"Seq Scan on {self.table} ")
                or (step.startswith(f"SCAN {self.table}") and "USING" not in step)
            ]
            assert whole == [], plan


@contextmanager
def watching(client: TestClient, table: str = "threat") -> Iterator[Watched]:
    """Ask the database for its plan of every query on a table."""
    watched = Watched(table)
    engine = client.app.state.engine
    event.listen(engine, "before_cursor_execute", watched.note)
    yield watched
    event.remove(engine, "before_cursor_execute", watched.note)


@pytest.mark.parametrize(
    ("parameters", "sqlite", "postgresql"),
    [
        ({"bbox": "15.0,51.5,15.1,51.6"}, "idx_threat_geom VIRTUAL TABLE INDEX", "idx_threat_geom"),
        (
            {"category": "category-3", "datetime": "2021-03-01/2021-03-07"},
            "ix_threat_category_",
            "ix_threat_category_",
        ),
        ({"status": "new", "unit": "KPP-50"}, "ix_threat_", "ix_threat_"),
        ({"status": "new"}, "ix_threat_status_id", "ix_threat_status_id"),
        ({"unit": "KPP-3"}, "ix_threat_unit_id", "ix_threat_unit_"),
        ({"county": "0103"}, "ix_threat_county_id", "ix_threat_county_id"),
        ({"commune": "0100003"}, "ix_threat_commune_id", "ix_threat_commune_id"),
        ({"ref": "Z-77"}, "sqlite_autoindex_threat", "uq_threat_ref"),
    ],
    ids=lambda value: "&".join(value) if isinstance(value, dict) else "",
)
def test_pages_by_what_people_ask_for(
    client: TestClient, filled: Engine, parameters: dict[str, str], sqlite: str, postgresql: str
) -> None:
    with watching(client) as watched:
        assert client.get(ITEMS, params=parameters).json()["features"]
    watched.through({"sqlite": sqlite, "postgresql": postgresql}[filled.dialect.name])


def test_the_next_page_begins_where_the_last_one_ended(client: TestClient, filled: Engine) -> None:
    """By the primary key, from the id on: no rows are counted off."""
    for parameters in ({}, {"status": "new"}):
        first = client.get(ITEMS, params={"limit": 10, **parameters}).json()
        (following,) = (link["href"] for link in first["links"] if link["rel"] == "next")
        with watching(client) as watched:
            assert client.get(following).json()["features"]
        index = {
            "sqlite": "(rowid>?)" if not parameters else "(status=? AND id>?)",
            "postgresql": "pk_threat" if not parameters else "threat_",
        }
        watched.through(index[filled.dialect.name])
        assert "OFFSET" not in str(watched.plans).upper()


@contextmanager
def counting(client: TestClient) -> Iterator[list[str]]:
    """The statements that a service sends, but for the note of a last use, which comes when it likes."""
    sent: list[str] = []
    engine = client.app.state.engine

    def note(_connection: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(("BEGIN", "UPDATE access_token")):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def test_a_page_takes_one_statement_besides_the_caller_s_and_the_count_s(
    client: TestClient, engine: Engine
) -> None:
    add_reports(engine, 30)
    client.get(ITEMS, params={"limit": 10})  # what is remembered of the collection
    with counting(client) as sent:
        assert len(client.get(ITEMS, params={"limit": 10}).json()["features"]) == 10
    tables = [re.findall(r"FROM (\w+)", statement)[-1] for statement in sent]
    assert tables == ["access_token", "unit", "threat", "service_fact"]


def test_a_batch_of_decisions_takes_no_more_statements_than_one(client: TestClient, engine: Engine) -> None:
    reports, counts = add_reports(engine, 30), []
    client.get("/me")  # what is remembered of the units
    for batch in (reports[:1], reports[1:]):
        with counting(client) as sent:
            body = {"decisions": [decision(report, "verification") for report in batch]}
            outcomes = client.post("/decisions", json=body).json()["outcomes"]
        assert {outcome["outcome"] for outcome in outcomes} == {"accepted"}
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_changes_by_position(client: TestClient, filled: Engine) -> None:
    with watching(client) as watched:
        document = client.get("/changes", params={"cursor": cursor_at(filled, ROWS), "limit": 5}).json()
    assert len(document["threats"]) == 5
    watched.through("ix_threat_seq")


def test_a_decision_reads_its_own_report_only(client_as: ClientAs, filled: Engine) -> None:
    client = client_as("verifier")
    body = {"decisions": [decision(5, "verification")]}
    with watching(client) as watched, watching(client, "decision") as decisions:
        (outcome,) = client.post("/decisions", json=body).json()["outcomes"]
    assert outcome["outcome"] == "accepted"
    watched.through("rowid=?" if filled.dialect.name == "sqlite" else "pk_threat")
    assert decisions.plans


@pytest.mark.parametrize(
    ("code", "reach", "index"),
    [("KPP-3", "own", "ix_threat_unit_"), ("KPP-3", "voivodeship", "ix_threat_voivodeship_")],
)
def test_scopes_go_through_an_index(
    anonymous: TestClient, filled: Engine, code: str, reach: str, index: str
) -> None:
    with writing(filled) as connection:
        connection.execute(update(threat).where(threat.c.id % 100 == 3).values(voivodeship="30"))
    add_unit(filled, code, areas="3009")
    client = as_reader(anonymous, filled, code, reach)
    with watching(client) as watched:
        page = client.get(ITEMS).json()
    assert page["features"]
    watched.through(index)


def test_changes_of_a_scope_go_by_position(anonymous: TestClient, filled: Engine) -> None:
    add_unit(filled, "KPP-3", areas="3009")
    client = as_reader(anonymous, filled, "KPP-3", "own")
    with writing(filled) as connection:
        connection.execute(update(threat).where(threat.c.id % 10 == 0).values(unit="KPP-4"))
    analyse(filled)
    (one,) = client.get(ITEMS, params={"limit": 1}).json()["features"]
    with reading(filled) as connection:
        scope = Scope.of(Units().tree(connection), "KPP-3", "own")
        cursor = Cursor(epoch(connection), current_position(connection), scope.key).encode()
    add_decisions(filled, one["id"], "verification")
    with watching(client) as watched, watching(client, "departure") as departures:
        document = client.get("/changes", params={"cursor": cursor}).json()
    assert [row["id"] for row in document["threats"]] == [one["id"]]
    watched.through("ix_threat_unit_seq")
    departures.through("ix_departure_seq")


@ON_SPATIALITE
def test_a_box_that_holds_much_is_paged_in_the_order_of_the_table(
    client: TestClient, filled: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a list of all that the box holds, nor a sort of them: from the last id on."""
    monkeypatch.setattr(spatial, "FEW", 100)
    parameters = {"bbox": "14,50,18,54", "limit": 10}
    first = client.get(ITEMS, params=parameters).json()
    (following,) = (link["href"] for link in first["links"] if link["rel"] == "next")
    with watching(client) as watched:
        assert len(client.get(following).json()["features"]) == 10
    watched.through("(rowid>?)")
    (plan,) = watched.plans
    assert "idx_threat_geom" not in plan
    assert "TEMP B-TREE" not in plan


@ON_SPATIALITE
def test_a_filter_whose_box_holds_much_is_paged_in_the_order_of_the_table(
    client: TestClient, filled: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    parameters = {"filter": "S_INTERSECTS(geometry, BBOX(14, 50, 18, 54))", "limit": 10}
    monkeypatch.setattr(spatial, "FEW", 10 * ROWS)
    with watching(client) as looked_up:
        few = client.get(ITEMS, params=parameters).json()["features"]
    looked_up.through("idx_threat_geom VIRTUAL TABLE INDEX")
    monkeypatch.setattr(spatial, "FEW", 100)
    with watching(client) as watched:
        assert client.get(ITEMS, params=parameters).json()["features"] == few
    (plan,) = watched.plans
    assert plan == "SCAN threat"  # by its rowid, until there are ten


@ON_SPATIALITE
def test_a_scope_of_several_units_that_holds_much_is_paged_in_the_order_of_the_table(
    anonymous: TestClient, filled: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by a sort of all that its units have, for each page anew."""
    add_unit(filled, "KPP-3", areas="3009")
    for number in range(10, 60):
        add_unit(filled, f"KPP-{number}", parent="KPP-3", areas="3009")
    client = as_reader(anonymous, filled, "KPP-3", "own")
    with watching(client) as looked_up:
        few = client.get(ITEMS, params={"limit": 10}).json()
    looked_up.through("ix_threat_unit_")
    monkeypatch.setattr(spatial, "FEW", 100)
    (following,) = (link["href"] for link in few["links"] if link["rel"] == "next")
    with watching(client) as watched:
        assert client.get(ITEMS, params={"limit": 10}).json()["features"] == few["features"]
        assert client.get(following).json()["features"]
    # the others only look whether there are few
    pages = [plan for plan in watched.plans if "CO-ROUTINE" not in plan]
    assert [plan.split(" USING ")[0] for plan in pages] == ["SCAN threat", "SEARCH threat"]
    assert "(rowid>?)" in pages[1]
