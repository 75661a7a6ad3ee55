"""What a caller may read and decide: the own area, the voivodeship or the country, and nothing beyond."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sample_map import add_reports, add_unit, change, decision
from scoped_map import UNITS, add_threats, add_units, as_reader, ids_of
from sqlalchemy import Engine, func, select, update
from starlette.testclient import TestClient
from test_app import problem
from test_decisions import send, state, stored
from test_query_plans import ITEMS
from test_snapshots import wait_for_snapshot
from test_sync_changes import changes, rows

from kmzb_service.database.engine import reading, writing
from kmzb_service.database.tables import departure, threat, unit
from kmzb_service.security.scope import Scope
from kmzb_service.security.tokens import TokenRefused, change_token, create_token
from kmzb_service.security.units import Units, UnitTree
from kmzb_service.settings import Settings
from kmzb_service.sync.builder import renew_snapshots
from kmzb_service.sync.changes import forget_departures
from kmzb_service.sync.snapshots import build_snapshot, snapshot_folder

Ids = dict[str | None, list[int]]


@pytest.fixture
def ids(engine: Engine) -> Ids:
    """The threats of a map of two voivodeships, by unit."""
    add_units(engine)
    return add_threats(engine)


def scope_of(engine: Engine, code: str, reach: Any = "own") -> Scope:
    with reading(engine) as connection:
        return Scope.of(Units().tree(connection), code, reach)


def desk(client: TestClient) -> dict[str, Any]:
    """What a desk has that starts from a snapshot: its cursor, its threats and its decisions' threats."""
    listed = wait_for_snapshot(client)
    content = client.get(listed["url"]).content
    with closing(sqlite3.connect(":memory:")) as file:
        file.deserialize(content)
        threats = {row[0] for row in file.execute("SELECT fid FROM threats")}
        decided = {row[0] for row in file.execute("SELECT threat_id FROM decisions")}
        units = {row[0] for row in file.execute("SELECT code FROM units")}
    return {"cursor": listed["cursor"], "threats": threats, "decided": decided, "units": units}


# --- the tree of units


def test_units_under_units() -> None:
    parents: dict[str, str | None] = {code: entry[0] for code, entry in UNITS.items()}
    tree = UnitTree(parents, {code: entry[1] for code, entry in UNITS.items()})
    assert tree.under("KWP-GORZOW") == ("KP-GUBIN", "KPP-KROSNO", "KPP-ZARY", "KWP-GORZOW")
    assert tree.under("KP-GUBIN") == ("KP-GUBIN",)
    assert tree.under("nobody") == ("nobody",)
    assert tree.voivodeship_of("KP-GUBIN") == "08"
    assert tree.voivodeship_of("nobody") is None


def test_units_that_stand_in_a_circle_or_in_several_voivodeships() -> None:
    circle = UnitTree({"A": "B", "B": "A"}, {"A": "", "B": ""})
    assert circle.under("A") == ("A", "B")
    assert circle.voivodeship_of("A") is None
    assert UnitTree({"KGP": None}, {"KGP": "08,30"}).voivodeship_of("KGP") is None


def test_scopes_have_keys_of_their_own() -> None:
    tree = UnitTree({code: entry[0] for code, entry in UNITS.items()}, {"KPP-KOLO": "3009"})
    keys = [Scope.of(tree, code, "own").key for code in UNITS]
    assert len(set(keys)) == len(keys)
    assert Scope.of(tree, "KPP-KOLO", "voivodeship").key == "voivodeship:30"
    assert {Scope.of(tree, code, "country").key for code in UNITS} == {"all"}
    grown = UnitTree({**tree.parents, "KP-NEW": "KPP-KOLO"}, tree.areas)
    assert Scope.of(grown, "KPP-KOLO", "own").key != Scope.of(tree, "KPP-KOLO", "own").key


# --- reading


@pytest.mark.parametrize(
    ("code", "reach", "seen"),
    [
        ("KWP-GORZOW", "own", {"KWP-GORZOW", "KPP-KROSNO", "KP-GUBIN", "KPP-ZARY"}),
        ("KPP-KROSNO", "own", {"KPP-KROSNO", "KP-GUBIN"}),
        ("KP-GUBIN", "own", {"KP-GUBIN"}),
        ("KP-GUBIN", "voivodeship", {"KWP-GORZOW", "KPP-KROSNO", "KP-GUBIN", "KPP-ZARY"}),
        ("KPP-KOLO", None, {"KWP-POZNAN", "KPP-KOLO"}),
        ("KP-GUBIN", "country", {*UNITS, None}),
        (None, None, {*UNITS, None}),
    ],
)
def test_what_is_seen(
    anonymous: TestClient,
    engine: Engine,
    ids: Ids,
    code: str | None,
    reach: str | None,
    seen: set[str | None],
) -> None:
    client = as_reader(anonymous, engine, code, reach)
    expected = {one for name in seen for one in ids[name]}
    page = client.get(ITEMS).json()
    assert ids_of(page) == expected
    assert page["numberMatched"] == len(expected)
    decided = client.get("/collections/decisions/items").json()
    assert {one["properties"]["threat_id"] for one in decided["features"]} == expected
    for one in (one for group in ids.values() for one in group):
        assert client.get(f"{ITEMS}/{one}").status_code == (200 if one in expected else 404)
    started = desk(client)
    assert (started["threats"], started["decided"], started["units"]) == (expected, expected, set(UNITS))
    assert rows(changes(client, started["cursor"])) == []


def test_the_caller_is_told_what_it_reads(anonymous: TestClient, engine: Engine, ids: Ids) -> None:
    told = [
        as_reader(anonymous, engine, code, reach).get("/me").json()["scope"]
        for code, reach in (("KP-GUBIN", "own"), ("KP-GUBIN", None), ("KP-GUBIN", "country"), (None, None))
    ]
    assert [one["reach"] for one in told] == ["own", "voivodeship", "country", "country"]
    assert [one["unit"] for one in told] == ["KP-GUBIN"] * 3 + [None]
    assert [one["voivodeship"] for one in told] == ["08"] * 3 + [None]


def test_extents_are_of_what_is_seen(anonymous: TestClient, engine: Engine, ids: Ids) -> None:
    client = as_reader(anonymous, engine, "KPP-KROSNO", "own")
    seen = client.get(ITEMS).json()["features"]
    extent = client.get("/collections/threats").json()["extent"]
    (box,) = extent["spatial"]["bbox"]
    lons = [feature["geometry"]["coordinates"][0] for feature in seen]
    assert (box[0], box[2]) == (pytest.approx(min(lons), abs=2e-5), pytest.approx(max(lons), abs=2e-5))
    times = [feature["properties"]["occurred_from"] for feature in seen]
    assert extent["temporal"]["interval"] == [[min(times), max(times)]]


def test_tokens_of_reaches_that_are_none(engine: Engine) -> None:
    with pytest.raises(TokenRefused, match="unknown reach"):
        create_token(engine, "a", "viewer", "KPP-KROSNO", reach="world")
    with pytest.raises(TokenRefused, match="needs a unit"):
        create_token(engine, "a", "viewer", reach="own")
    assert not change_token(engine, "nobody", None, "country")


# --- deciding


def test_decisions_are_on_reports_of_the_own_unit_and_those_under_it(
    anonymous: TestClient, engine: Engine, ids: Ids
) -> None:
    client = as_reader(anonymous, engine, "KPP-KROSNO", "voivodeship")
    every = {name: decision(group[0], "confirmed", 2) for name, group in ids.items()}
    outcomes = dict(zip(every, send(client, *every.values()), strict=True))
    told = {name: outcome.get("rule", outcome["outcome"]) for name, outcome in outcomes.items()}
    assert told == {
        "KPP-KROSNO": "accepted",
        "KP-GUBIN": "accepted",
        "KWP-GORZOW": "unit_not_allowed",
        "KPP-ZARY": "unit_not_allowed",
        # what it may not even read is not there for it
        "KWP-POZNAN": "unknown_threat",
        "KPP-KOLO": "unknown_threat",
        None: "unknown_threat",
    }
    assert outcomes["KPP-ZARY"]["title"]
    assert len(stored(engine)) == sum(map(len, ids.values())) + 2
    assert state(engine, ids["KPP-ZARY"][0]) == ("verification", 2)


def test_the_headquarters_decide_everywhere(anonymous: TestClient, engine: Engine, ids: Ids) -> None:
    client = as_reader(anonymous, engine, None)
    outcomes = send(client, *(decision(group[0], "confirmed", 2) for group in ids.values()))
    assert {outcome["outcome"] for outcome in outcomes} == {"accepted"}


def test_a_repeated_decision_on_a_report_that_has_gone_elsewhere(
    anonymous: TestClient, engine: Engine, ids: Ids
) -> None:
    client = as_reader(anonymous, engine, "KPP-KROSNO", "own")
    sent = decision(ids["KPP-KROSNO"][0], "confirmed", 2)
    assert send(client, sent)[0]["outcome"] == "accepted"
    change(engine, threat, ids["KPP-KROSNO"][0], unit="KPP-KOLO", voivodeship="30", description="theirs")
    (outcome,) = send(client, sent)
    assert (outcome["outcome"], outcome["rule"]) == ("rejected", "left_scope")
    assert "threat" not in outcome and "decision" not in outcome
    assert send(as_reader(anonymous, engine, None), sent)[0]["outcome"] == "duplicate"


# --- changes


def test_a_threat_that_leaves_a_scope_is_removed_there_and_comes_elsewhere(
    anonymous: TestClient, engine: Engine, ids: Ids
) -> None:
    desks = {
        name: as_reader(anonymous, engine, name, reach)
        for name, reach in (("KPP-KROSNO", "own"), ("KPP-KOLO", "own"), ("KPP-ZARY", "own"), (None, None))
    }
    voivodeship = as_reader(anonymous, engine, "KPP-ZARY", "voivodeship")
    cursors = {name: desk(client)["cursor"] for name, client in desks.items()}
    seen = desk(voivodeship)["cursor"]
    moved = ids["KPP-KROSNO"][0]
    (decided,) = [row.id for row in stored(engine) if row.threat_id == moved]
    change(engine, threat, moved, unit="KPP-KOLO", voivodeship="30")
    assert rows(changes(desks["KPP-KROSNO"], cursors["KPP-KROSNO"])) == [("-threats", moved)]
    # what was decided before comes with it
    assert rows(changes(desks["KPP-KOLO"], cursors["KPP-KOLO"])) == [
        ("threats", moved),
        ("decisions", decided),
    ]
    assert rows(changes(desks["KPP-ZARY"], cursors["KPP-ZARY"])) == []
    assert rows(changes(voivodeship, seen)) == [("-threats", moved)]
    assert rows(changes(desks[None], cursors[None])) == [("threats", moved)]


def test_a_threat_that_comes_back_and_one_that_is_removed_elsewhere(
    anonymous: TestClient, engine: Engine, ids: Ids
) -> None:
    client = as_reader(anonymous, engine, "KPP-KROSNO", "own")
    cursor = desk(client)["cursor"]
    back, gone = ids["KPP-KROSNO"]
    change(engine, threat, back, unit="KPP-ZARY")
    change(engine, threat, back, unit="KPP-KROSNO")
    change(engine, threat, gone, unit="KPP-ZARY")
    change(engine, threat, gone, removed=True)
    # to a unit under it a threat stays in the scope
    (inside, _) = ids["KP-GUBIN"]
    change(engine, threat, inside, unit="KPP-KROSNO")
    document = changes(client, cursor)
    assert {row["id"] for row in document["threats"]} == {back, inside}
    assert document["removed"]["threats"] == [gone]
    assert document["up_to_date"]


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
def test_pages_of_a_scope(anonymous: TestClient, engine: Engine, ids: Ids, limit: int) -> None:
    client = as_reader(anonymous, engine, "KPP-KROSNO", "own")
    started = desk(client)
    cursor, held = started["cursor"], set(started["threats"])
    for number, (name, group) in enumerate(ids.items()):
        for one in group:
            change(engine, threat, one, unit="KPP-KROSNO" if number % 2 else "KPP-KOLO")
            change(engine, threat, one, description=f"again {name}")
    for _ in range(50):
        document = changes(client, cursor, limit=limit)
        assert len(document["threats"]) + len(document["removed"]["threats"]) <= limit
        assert set(document["removed"]["threats"]) <= started["threats"]
        held |= {row["id"] for row in document["threats"]}
        held -= set(document["removed"]["threats"])
        cursor = document["next_cursor"]
        if document["up_to_date"]:
            break
    assert held == ids_of(client.get(ITEMS).json())


def test_a_caller_whose_scope_changes_starts_again(anonymous: TestClient, engine: Engine, ids: Ids) -> None:
    client = as_reader(anonymous, engine, "KPP-KROSNO", "own")
    cursor = desk(client)["cursor"]
    add_unit(engine, "KP-NEW", parent="KPP-KROSNO")
    told = problem(client.get("/changes", params={"cursor": cursor}))
    assert (told["slug"], told["snapshots"]) == ("cursor-expired", "http://testserver/snapshots")
    cursor = desk(client)["cursor"]
    change(engine, unit, 4, parent="KPP-KROSNO")
    assert problem(client.get("/changes", params={"cursor": cursor}))["status"] == 410
    started = desk(client)
    assert set(ids["KPP-ZARY"]) <= started["threats"]
    name = "coordinator of KPP-KROSNO for own"
    assert change_token(engine, name, "KPP-KOLO", "own")
    assert problem(client.get("/changes", params={"cursor": started["cursor"]}))["status"] == 410
    assert desk(client)["threats"] == set(ids["KPP-KOLO"])


def test_what_left_long_ago_is_forgotten(
    anonymous: TestClient, engine: Engine, settings: Settings, ids: Ids
) -> None:
    client = as_reader(anonymous, engine, "KPP-KROSNO", "own")
    before = desk(client)["cursor"]
    first, second = ids["KPP-KROSNO"]
    change(engine, threat, first, unit="KPP-KOLO")
    between = changes(client, before)["next_cursor"]
    change(engine, threat, second, unit="KPP-KOLO")
    assert forget_departures(engine, 90) == 0
    oldest = select(func.min(departure.c.id)).scalar_subquery()
    with writing(engine) as connection:
        long_ago = datetime.now(UTC) - timedelta(days=91)
        connection.execute(update(departure).where(departure.c.id == oldest).values(left_at=long_ago))
    assert forget_departures(engine, 90) == 1
    assert problem(client.get("/changes", params={"cursor": before}))["slug"] == "cursor-expired"
    assert rows(changes(client, between)) == [("-threats", second)]


# --- snapshots


def test_a_snapshot_of_another_scope_is_not_there(anonymous: TestClient, engine: Engine, ids: Ids) -> None:
    country = as_reader(anonymous, engine, None)
    small = as_reader(anonymous, engine, "KPP-KROSNO", "own")
    whole, part = wait_for_snapshot(country), wait_for_snapshot(small)
    assert whole["scope"] == "all" and part["scope"].startswith("unit:KPP-KROSNO:")
    assert problem(small.get(whole["url"]))["slug"] == "not-found"
    assert problem(country.get(part["url"]))["slug"] == "not-found"
    assert small.get(part["url"], headers={"Range": "bytes=100-199"}).status_code == 206


def test_scopes_that_nobody_asks_for_have_no_snapshot(
    anonymous: TestClient, engine: Engine, settings: Settings, ids: Ids
) -> None:
    add_reports(engine, 1)
    client = as_reader(anonymous, engine, "KPP-ZARY", "own")
    assert client.get(ITEMS).status_code == 200
    assert not list(snapshot_folder(settings).glob("*"))
    wait_for_snapshot(client)
    assert len(list(snapshot_folder(settings).glob("*.gpkg"))) == 1


def test_two_generations_of_each_scope_are_kept(engine: Engine, settings: Settings, ids: Ids) -> None:
    scopes = [scope_of(engine, code) for code in ("KPP-KROSNO", "KPP-ZARY")]
    made = []
    for _ in range(3):
        add_reports(engine, 1)
        made += [build_snapshot(engine, settings, scope=scope) for scope in scopes]
    left = {path.name for path in snapshot_folder(settings).glob("*.gpkg")}
    assert left == {info.file for info in made[2:]}


def test_snapshots_in_use_are_renewed_and_the_others_removed(
    engine: Engine, settings: Settings, ids: Ids
) -> None:
    always = replace(settings, snapshot_minutes=0)
    own, theirs = (
        build_snapshot(engine, settings, scope=scope_of(engine, name)) for name in ("KPP-KROSNO", "KPP-KOLO")
    )
    folder = snapshot_folder(settings)
    assert renew_snapshots(engine, always) == []  # nothing has changed
    change(engine, threat, ids["KPP-KROSNO"][0], description="anew")
    assert renew_snapshots(engine, settings) == []  # they are good for six hours
    os.utime(folder / f"{theirs.file}.json", (0, 0))
    asked = time.time() - 10 * 24 * 3600
    os.utime(folder / f"{own.file}.json", (asked, asked))
    (new,) = renew_snapshots(engine, always)
    assert (new.scope, new.cursor == own.cursor) == (own.scope, False)
    assert not (folder / theirs.file).exists()
    # being renewed is not being asked for
    assert (folder / f"{new.file}.json").stat().st_mtime == pytest.approx(asked, abs=1)


def test_a_unit_that_grew_gets_a_snapshot_of_all_that_it_has_now(
    engine: Engine, settings: Settings, ids: Ids
) -> None:
    always = replace(settings, snapshot_minutes=0)
    old = build_snapshot(engine, settings, scope=scope_of(engine, "KPP-KROSNO"))
    change(engine, unit, 4, parent="KPP-KROSNO")
    (new,) = renew_snapshots(engine, always)
    assert new.scope == scope_of(engine, "KPP-KROSNO").key != old.scope
    with closing(sqlite3.connect(snapshot_folder(settings) / new.file)) as file:
        found = {row[0] for row in file.execute("SELECT fid FROM threats")}
    assert found == {*ids["KPP-KROSNO"], *ids["KP-GUBIN"], *ids["KPP-ZARY"]}
