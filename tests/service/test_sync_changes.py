"""What a replica asks again and again: what has changed after a cursor."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from sample_map import add_area, add_decisions, add_police_record, add_reports, add_unit, change
from sqlalchemy import Engine
from starlette.testclient import TestClient
from test_app import problem

from kmzb_service.database.engine import current_position, epoch, reading, take_positions, writing
from kmzb_service.database.tables import area, service_fact, threat
from kmzb_service.sync.cursor import Cursor, CursorMalformed

KINDS = ("threats", "areas", "units", "decisions")


def cursor_at(engine: Engine, position: int, scope: str = "all") -> str:
    with reading(engine) as connection:
        return Cursor(epoch(connection), position, scope).encode()


def here(engine: Engine) -> str:
    with reading(engine) as connection:
        return Cursor(epoch(connection), current_position(connection)).encode()


def changes(client: TestClient, cursor: str, **parameters: Any) -> dict[str, Any]:
    answer = client.get("/changes", params={"cursor": cursor, **parameters})
    assert answer.status_code == 200, answer.text
    return answer.json()


def rows(document: dict[str, Any]) -> list[tuple[str, int]]:
    """Kind and id of everything in an answer."""
    found = [(kind, entry["id"]) for kind in KINDS for entry in document[kind]]
    return found + [(f"-{kind}", gone) for kind, ids in document["removed"].items() for gone in ids]


def test_nothing_new(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 3)
    cursor = here(engine)
    assert changes(client, cursor) == {
        "threats": [],
        "areas": [],
        "units": [],
        "decisions": [],
        "removed": {"threats": [], "areas": [], "units": []},
        "next_cursor": cursor,
        "up_to_date": True,
    }


def test_exactly_what_changed(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 5)
    add_area(engine, "0801")
    before = here(engine)
    change(engine, threat, 2, description="nowy opis")
    add_area(engine, "0802")
    add_unit(engine, "KPP-KROSNO")
    add_decisions(engine, 3, "verification", "confirmed")
    change(engine, threat, 5, removed=True)
    change(engine, area, 1, removed=True)
    document = changes(client, before)
    assert sorted(rows(document)) == [
        ("-areas", 1),
        ("-threats", 5),
        ("areas", 2),
        ("decisions", 1),
        ("decisions", 2),
        ("threats", 2),
        ("threats", 3),
        ("units", 1),
    ]
    assert document["up_to_date"]
    assert document["next_cursor"] == here(engine)
    item = client.get("/collections/threats/items/2").json()
    assert document["threats"][0] == {name: item[name] for name in ("type", "id", "geometry", "properties")}
    # a decision travels as a plain object with its id
    assert document["decisions"][0]["to_status"] == "verification"
    assert document["decisions"][0]["threat_id"] == 3
    assert document["decisions"][1]["hash"]


def test_a_row_that_changed_twice_comes_once_in_its_newest_state(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 1)
    before = here(engine)
    change(engine, threat, 1, description="first")
    change(engine, threat, 1, description="second")
    (feature,) = changes(client, before)["threats"]
    assert (feature["properties"]["description"], feature["properties"]["version"]) == ("second", 3)


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 12, 13])
def test_pages_in_the_order_of_events_over_all_tables(client: TestClient, engine: Engine, limit: int) -> None:
    add_reports(engine, 4)
    add_area(engine, "0802")
    add_decisions(engine, 1, "verification", "confirmed")
    add_unit(engine, "KPP-KROSNO")
    change(engine, threat, 4, removed=True)
    add_police_record(engine)
    cursor, collected, pages = cursor_at(engine, 0), [], 0
    while True:
        document = changes(client, cursor, limit=limit)
        page = rows(document)
        assert len(page) <= limit
        collected += page
        pages += 1
        cursor = document["next_cursor"]
        if document["up_to_date"]:
            break
        assert len(page) == limit
    assert sorted(collected) == sorted(rows(changes(client, cursor_at(engine, 0))))
    assert len(collected) == len(set(collected)) == 9
    assert pages <= 9 // limit + 1
    assert cursor == here(engine)


def test_positions_that_nothing_uses_do_not_hold_up(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 2)
    with writing(engine) as connection:
        take_positions(connection, 100)
    document = changes(client, cursor_at(engine, 2))
    assert (rows(document), document["up_to_date"]) == ([], True)
    assert document["next_cursor"] == here(engine)


def test_a_cursor_of_another_database(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 1)
    cursor = here(engine)
    with writing(engine) as connection:
        connection.execute(
            service_fact.update().where(service_fact.c.key == "epoch").values(value="restored")
        )
    answer = client.get("/changes", params={"cursor": cursor})
    assert (answer.status_code, problem(answer)["slug"]) == (410, "cursor-expired")
    assert problem(answer)["snapshots"] == "http://testserver/snapshots"


@pytest.mark.parametrize("position", [8, 2**62])
def test_a_cursor_from_the_future(client: TestClient, engine: Engine, position: int) -> None:
    add_reports(engine, 7)
    assert problem(client.get("/changes", params={"cursor": cursor_at(engine, position)}))["status"] == 410


def test_a_cursor_of_another_scope(client: TestClient, engine: Engine) -> None:
    with reading(engine) as connection:
        cursor = Cursor(epoch(connection), 0, scope="unit:KPP-KROSNO").encode()
    assert problem(client.get("/changes", params={"cursor": cursor}))["slug"] == "cursor-expired"


def encoded(facts: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(facts).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "%%%",
        "ąę",
        "AAAA",
        encoded([]),
        encoded({"e": "x", "p": 1}),
        encoded({"e": "x", "p": "1", "s": "all"}),
        encoded({"e": "x", "p": 1.5, "s": "all"}),
        encoded({"e": "x", "p": True, "s": "all"}),
        encoded({"e": "x", "p": -1, "s": "all"}),
        encoded({"e": None, "p": 1, "s": "all"}),
        base64.urlsafe_b64encode(b"[" * 60_000).decode()[:8_000],
    ],
)
def test_texts_that_are_no_cursor(client: TestClient, cursor: str) -> None:
    answer = client.get("/changes", params={"cursor": cursor})
    assert (answer.status_code, problem(answer)["field"]) == (400, "cursor")
    with pytest.raises(CursorMalformed):
        Cursor.decode(cursor)


def test_a_cursor_must_be_given(client: TestClient) -> None:
    assert problem(client.get("/changes"))["field"] == "cursor"


@pytest.mark.parametrize("limit", ["0", "-5", "10001", "many", "1" * 30])
def test_limits_that_are_none(client: TestClient, engine: Engine, limit: str) -> None:
    answer = client.get("/changes", params={"cursor": here(engine), "limit": limit})
    assert (answer.status_code, problem(answer)["field"]) == (400, "limit")


def test_a_cursor_survives_the_way(engine: Engine) -> None:
    cursor = Cursor("epoch", 2**53 + 1, "all")
    assert Cursor.decode(cursor.encode()) == cursor
