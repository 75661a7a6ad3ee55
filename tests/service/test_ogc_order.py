"""``sortby`` and ``properties``: order, pages in it, and what a feature shows."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_map import FIRST_INSTANT, add_police_record, add_reports, add_unit, change
from sqlalchemy import Engine
from starlette.testclient import TestClient
from test_app import problem
from test_ogc_documents import links
from test_ogc_items import THREATS, ids

from kmzb_service.database.tables import threat

SORTABLE = ("id", "category", "status", "commune", "occurred_from", "occurred_to", "local_day", "local_hour")


def fill(engine: Engine) -> None:
    chance = random.Random(7)
    for number in range(30):
        add_reports(
            engine,
            1,
            category=chance.choice(["Ż", "z", "ź", "A", "a b", "ab"]),
            commune=chance.choice([None, "0802011", "0802022"]),
            occurred_from=FIRST_INSTANT + timedelta(microseconds=chance.randrange(5)),
            occurred_to=chance.choice([None, FIRST_INSTANT + timedelta(hours=chance.randrange(3))]),
            local_hour=number % 4,
        )
    add_police_record(engine)


def sorted_ids(rows: list[dict[str, Any]], keys: list[tuple[str, bool]]) -> list[int]:
    """Python's stable sort, from the least important key to the most important one."""
    found = sorted(rows, key=lambda row: row["id"])
    for name, descending in reversed(keys):
        present = [row for row in found if row[name] is not None]
        present.sort(key=lambda row: row[name], reverse=descending)
        found = present + [row for row in found if row[name] is None]
    return [row["id"] for row in found]


@pytest.fixture
def filled(client: TestClient, engine: Engine) -> tuple[TestClient, list[dict[str, Any]]]:
    fill(engine)
    with engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(threat.select()).mappings()]
    return client, rows


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    keys=st.lists(
        st.tuples(st.sampled_from(SORTABLE), st.booleans()), min_size=1, max_size=3, unique_by=lambda k: k[0]
    ),
    limit=st.integers(1, 12),
)
def test_pages_in_any_order_are_those_of_python(
    filled: tuple[TestClient, list[dict[str, Any]]], keys: list[tuple[str, bool]], limit: int
) -> None:
    client, rows = filled
    text = ",".join(f"{'-' if descending else ''}{name}" for name, descending in keys)
    assert ids(client, sortby=text, limit=limit) == sorted_ids(rows, keys)


def test_a_plus_sign_is_allowed(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 4)
    assert ids(client, f"{THREATS}?sortby=+local_hour,-id&limit=3") == [1, 2, 3, 4]
    assert ids(client, f"{THREATS}?sortby=%2Blocal_hour&limit=3") == [1, 2, 3, 4]


def test_sorted_pages_stay_right_while_the_map_changes(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 6)
    first = client.get(THREATS, params={"sortby": "-occurred_from", "limit": 2}).json()
    assert [feature["id"] for feature in first["features"]] == [6, 5]
    change(engine, threat, 4, removed=True)
    add_reports(engine, 1)  # newer than all: before the pages that are still to come
    assert ids(client, links(first)["next"]) == [3, 2, 1]


@pytest.mark.parametrize(
    "sortby",
    [
        "nothing",
        "-",
        "category,",
        "category,-category",
        "geometry",
        "seq",
        "source_id",
        "id,ref,unit,place,county",
    ],
)
def test_orders_that_are_none(client: TestClient, sortby: str) -> None:
    answer = client.get(THREATS, params={"sortby": sortby})
    assert (answer.status_code, problem(answer)["field"]) == (400, "sortby")


def test_a_cursor_is_good_for_its_own_order_only(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 3)
    page = client.get(THREATS, params={"sortby": "local_hour", "limit": 1}).json()
    other = links(page)["next"].replace("sortby=local_hour", "sortby=confirmations")
    assert problem(client.get(other))["field"] == "cursor"


def test_chosen_properties(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 1)

    def shown(properties: str) -> tuple[Any, dict[str, Any]]:
        (feature,) = client.get(THREATS, params={"properties": properties}).json()["features"]
        return feature["geometry"], feature["properties"]

    assert shown("ref,category") == (None, {"ref": "Z-0000001", "category": "illegal_parking"})
    assert shown("category,geometry") == (
        {"type": "Point", "coordinates": [15.01, 52.01]},
        {"category": "illegal_parking"},
    )
    assert shown("geometry")[1] == {}


def test_a_sorted_page_shows_chosen_properties_only(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 3)
    parameters = {"properties": "ref", "sortby": "-occurred_from", "limit": 2, "filter": "local_hour > 12"}
    page = client.get(THREATS, params=parameters).json()
    assert [feature["properties"] for feature in page["features"]] == [
        {"ref": "Z-0000003"},
        {"ref": "Z-0000002"},
    ]
    assert client.get(links(page)["next"]).json()["features"][0]["properties"] == {"ref": "Z-0000001"}


@pytest.mark.parametrize("properties", ["", "nothing", "ref,", "seq", "removed"])
def test_properties_that_are_none(client: TestClient, properties: str) -> None:
    answer = client.get(THREATS, params={"properties": properties})
    assert (answer.status_code, problem(answer)["field"]) == (400, "properties")


def test_values_of_every_kind_can_be_asked_for(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 3)
    add_unit(engine, "KPP-KROSNO")
    assert ids(client, occurred_from="2021-03-01T13:00:00Z") == [2]
    assert ids(client, "/collections/units/items", seat_lon="15.1") == [1]
    assert problem(client.get("/collections/units/items", params={"seat_lon": "nan"}))["field"] == "seat_lon"
    assert problem(client.get(THREATS, params={"occurred_from": "noon"}))["field"] == "occurred_from"
