"""CQL2 filters: each answers what the same question in plain Python answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import cql2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from on_databases import ON_SPATIALITE
from sample_map import FIRST_INSTANT, add_area, add_decisions, add_police_record, add_reports
from sqlalchemy import Engine, select
from starlette.testclient import TestClient
from test_app import problem
from test_ogc_items import THREATS, ids

from kmzb_service.database.engine import reading
from kmzb_service.database.tables import threat
from kmzb_service.ogc.collections import COLLECTIONS
from kmzb_service.ogc.cql2.compiler import Compiler
from kmzb_service.ogc.crs import CRS84

WARSAW = ZoneInfo("Europe/Warsaw")
EPSG = "http://www.opengis.net/def/crs/EPSG/0"
DESCRIPTIONS = (
    "Żuk i ŻÓŁW", "żuk i żółw", "100% pewne", "100 pewne", "a_b", "axb", "STRASSE", "straße", None,
)  # fmt: skip


def fill(engine: Engine) -> None:
    """40 reports, an hour and a hundredth of a degree apart, and one record of the police."""
    for number in range(40):
        add_reports(
            engine,
            1,
            description=DESCRIPTIONS[number % len(DESCRIPTIONS)],
            occurred_to=FIRST_INSTANT + timedelta(hours=number + 2) if number % 4 == 0 else None,
            commune="0802011" if number % 5 == 0 else None,
        )
    add_police_record(engine)


def rows(client: TestClient) -> list[dict[str, Any]]:
    features = client.get(THREATS, params={"limit": 1000}).json()["features"]
    return [
        {**feature["properties"], "id": feature["id"], "at": feature["geometry"]["coordinates"]}
        for feature in features
    ]


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


Question = Callable[[dict[str, Any]], bool | None]
QUESTIONS: list[tuple[str, Question]] = [
    ("category = 'speeding'", lambda row: row["category"] == "speeding"),
    ("'speeding' = category", lambda row: row["category"] == "speeding"),
    ("category <> 'speeding'", lambda row: row["category"] != "speeding"),
    ("category < 'speeding'", lambda row: row["category"] < "speeding"),
    ("local_hour > 20", lambda row: row["local_hour"] > 20),
    ("local_hour >= 20.5", lambda row: row["local_hour"] >= 20.5),
    ("local_hour = local_weekday", lambda row: row["local_hour"] == row["local_weekday"]),
    ("true", lambda row: True),
    ("category = 'speeding' AND (local_hour < 6 OR local_hour > 20)",
     lambda row: row["category"] == "speeding" and (row["local_hour"] < 6 or row["local_hour"] > 20)),
    ("NOT (category = 'speeding' OR local_hour > 5)",
     lambda row: row["category"] != "speeding" and row["local_hour"] <= 5),
    ("commune IS NULL", lambda row: row["commune"] is None),
    ("commune IS NOT NULL", lambda row: row["commune"] is not None),
    ("status <> 'eliminated'", lambda row: row["status"] is not None and row["status"] != "eliminated"),
    ("NOT status = 'eliminated'", lambda row: row["status"] is not None and row["status"] != "eliminated"),
    ("local_day = DATE('2021-03-02')", lambda row: row["local_day"] == "2021-03-02"),
    ("local_day > DATE('2021-03-01')", lambda row: row["local_day"] > "2021-03-01"),
    ("occurred_from >= TIMESTAMP('2021-03-02T00:00:00Z')",
     lambda row: instant(row["occurred_from"]) >= instant("2021-03-02T00:00:00Z")),
    ("occurred_from = TIMESTAMP('2021-03-02T01:00:00+01:00')",
     lambda row: row["occurred_from"] == "2021-03-02T00:00:00.000Z"),
    ("local_hour BETWEEN 3 AND 5", lambda row: 3 <= row["local_hour"] <= 5),
    ("local_hour NOT BETWEEN 3 AND 5", lambda row: not 3 <= row["local_hour"] <= 5),
    ("category IN ('speeding', 'vandalism')", lambda row: row["category"] in ("speeding", "vandalism")),
    ("local_hour IN (1, 2)", lambda row: row["local_hour"] in (1, 2)),
    ("category NOT IN ('speeding')", lambda row: row["category"] != "speeding"),
    ("description LIKE '100%'", lambda row: (row["description"] or "").startswith("100")),
    (r"description LIKE '100\% %'", lambda row: row["description"] == "100% pewne"),
    ("description LIKE 'a_b'", lambda row: row["description"] in ("a_b", "axb")),
    (r"description LIKE 'a\_b'", lambda row: row["description"] == "a_b"),
    ("description LIKE '*'", lambda row: False),
    ("description LIKE '%ŻÓŁW'", lambda row: row["description"] == "Żuk i ŻÓŁW"),
    ("CASEI(description) LIKE CASEI('żuk%ŻÓŁW')",
     lambda row: row["description"] in ("Żuk i ŻÓŁW", "żuk i żółw")),
    ("CASEI(description) = CASEI('Straße')", lambda row: row["description"] in ("STRASSE", "straße")),
    ("CASEI(description) IN (CASEI('A_B'), CASEI('AXB'))", lambda row: row["description"] in ("a_b", "axb")),
    ("description NOT LIKE '1%'",
     lambda row: row["description"] is not None and not row["description"].startswith("1")),
    ("S_INTERSECTS(geometry, BBOX(15.05, 52, 15.105, 53))", lambda row: 15.05 <= row["at"][0] <= 15.105),
    ("S_INTERSECTS(POINT(15.05 52.05), geometry)", lambda row: row["at"] == [15.05, 52.05]),
    ("S_DISJOINT(geometry, BBOX(15.05, 52, 15.105, 53))", lambda row: not 15.05 <= row["at"][0] <= 15.105),
    ("S_WITHIN(geometry, POLYGON((15 52, 15.2 52, 15.2 52.1, 15 52)))", lambda row: False),
    ("S_WITHIN(geometry, POLYGON((15 52, 15.2 52, 15.2 52.3, 15 52.1, 15 52)))",
     lambda row: row["at"][0] < 15.2),
    ("S_EQUALS(geometry, POINT(15.05 52.05))", lambda row: row["at"] == [15.05, 52.05]),
    ("S_TOUCHES(geometry, LINESTRING(15.05 52.05, 15.07 52.05))", lambda row: row["at"] == [15.05, 52.05]),
    ("T_AFTER(occurred_from, TIMESTAMP('2021-03-02T00:00:00Z'))",
     lambda row: row["occurred_from"] > "2021-03-02T00:00:00.000Z"),
    ("T_BEFORE(occurred_from, DATE('2021-03-02'))", lambda row: row["local_day"] < "2021-03-02"),
    ("T_AFTER(local_day, DATE('2021-03-01'))", lambda row: row["local_day"] > "2021-03-01"),
    ("T_DURING(occurred_from, INTERVAL('2021-03-01T13:00:00Z', '2021-03-01T16:00:00Z'))",
     lambda row: "2021-03-01T13:00:00.000Z" < row["occurred_from"] < "2021-03-01T16:00:00.000Z"),
    ("T_DURING(occurred_from, INTERVAL('..', '2021-03-01T16:00:00Z'))",
     lambda row: row["occurred_from"] < "2021-03-01T16:00:00.000Z"),
    ("T_INTERSECTS(occurred_from, INTERVAL('2021-03-02', '..'))",
     lambda row: row["local_day"] >= "2021-03-02"),
    ("T_INTERSECTS(INTERVAL(occurred_from, occurred_to),"
     " INTERVAL('2021-03-01T13:30:00Z', '2021-03-01T14:00:00Z'))",
     lambda row: row["occurred_to"] is not None and row["occurred_from"] <= "2021-03-01T14:00:00.000Z"
     and row["occurred_to"] >= "2021-03-01T13:30:00.000Z"),
    ("T_EQUALS(occurred_from, TIMESTAMP('2021-03-01T13:00:00Z'))",
     lambda row: row["occurred_from"] == "2021-03-01T13:00:00.000Z"),
    ("T_DISJOINT(local_day, INTERVAL('2021-03-02', '2021-03-03'))",
     lambda row: row["local_day"] not in ("2021-03-02", "2021-03-03")),
    ("T_MEETS(INTERVAL(occurred_from, occurred_to), INTERVAL('2021-03-01T14:00:00Z', '..'))",
     lambda row: row["occurred_to"] == "2021-03-01T14:00:00.000Z"),
]  # fmt: skip


def test_filters_answer_what_python_answers(client: TestClient, engine: Engine) -> None:
    fill(engine)
    everything = rows(client)
    for text, question in QUESTIONS:
        expected = [row["id"] for row in everything if question(row)]
        assert ids(client, filter=text, limit=1000) == expected, text
        tree = json.dumps(cql2.parse_text(text).to_json())
        assert ids(client, limit=7, filter=tree, **{"filter-lang": "cql2-json"}) == expected, tree


def test_a_filter_goes_with_everything_else(client: TestClient, engine: Engine) -> None:
    fill(engine)
    found = ids(client, filter="local_hour > 14", category="speeding", bbox="15,52,15.1,53", limit=1)
    assert found == [3, 6, 9]


def test_filters_on_areas(client: TestClient, engine: Engine) -> None:
    add_area(engine, "0802")
    add_area(engine, "0803", west=17.0)
    areas = "/collections/areas/items"
    for text, expected in [
        ("S_CONTAINS(geometry, POINT(15.1 52.1))", [1]),
        ("S_CONTAINS(geometry, POINT(15.25 52.28))", []),  # in the hole
        ("S_INTERSECTS(geometry, LINESTRING(15.1 52.1, 17.1 52.1))", [1, 2]),
        ("S_WITHIN(geometry, BBOX(16, 50, 20, 55))", [2]),
        ("S_OVERLAPS(geometry, POLYGON((15.1 52, 17.1 52, 17.1 52.1, 15.1 52.1, 15.1 52)))", [1, 2]),
        ("S_CROSSES(LINESTRING(14 52.1, 18 52.1), geometry)", [1, 2]),
        ("S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(17.1 52.1), LINESTRING(1 1, 2 2)))", [2]),
        (
            "S_CONTAINS(geometry, GEOMETRYCOLLECTION(POINT(15.1 52.1), LINESTRING(15.1 52.1, 15.1 52.12)))",
            [1],
        ),
        ("S_CONTAINS(geometry, GEOMETRYCOLLECTION(POINT(15.1 52.1), POINT(17.1 52.1)))", []),
        (
            "S_WITHIN(geometry, GEOMETRYCOLLECTION(POINT(1 1), POLYGON((16 50, 20 50, 18 60, 16 50))))",
            [2],
        ),
        ("S_DISJOINT(geometry, GEOMETRYCOLLECTION(POINT(1 1), POINT(15.1 52.1)))", [2]),
        ("S_CROSSES(GEOMETRYCOLLECTION(LINESTRING(14 52.1, 18 52.1)), geometry)", [1, 2]),
        ("approximate = true AND population > 60000", [1, 2]),
        ("approximate AND code = '0803'", [2]),
    ]:
        assert ids(client, areas, filter=text) == expected, text


def test_filters_where_there_is_no_geometry(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 1)
    add_decisions(engine, 1, "verification", "confirmed")
    path = "/collections/decisions/items"
    assert ids(client, path, filter="to_status = 'confirmed'") == [2]
    assert (
        problem(client.get(path, params={"filter": "S_INTERSECTS(geometry, POINT(1 2))"}))["field"]
        == "filter"
    )


@pytest.mark.parametrize(
    ("crs", "box"),
    [
        (f"{EPSG}/4326", "BBOX(52.03, 15.0, 52.055, 16.0)"),
        (f"{EPSG}/3857", "BBOX(1669792, 6806800, 1800000, 6811000)"),
        (
            f"{EPSG}/2180",
            "BBOX(470000, 220000, 475500, 240000)",
        ),
    ],
)
def test_coordinates_of_another_crs(client: TestClient, engine: Engine, crs: str, box: str) -> None:
    add_reports(engine, 10)
    found = ids(client, filter=f"S_INTERSECTS(geometry, {box})", **{"filter-crs": crs})
    # the same question put to the answer in that CRS, whose axes are those of the filter
    answer = client.get(THREATS, params={"crs": crs}).json()["features"]
    numbers = cql2.parse_text(f"S_INTERSECTS(geometry, {box})").to_json()["args"][1]
    corners = numbers.get("bbox") or [*numbers["coordinates"][0][0], *numbers["coordinates"][0][2]]
    expected = [
        feature["id"]
        for feature in answer
        if corners[0] <= feature["geometry"]["coordinates"][0] <= corners[2]
        and corners[1] <= feature["geometry"]["coordinates"][1] <= corners[3]
    ]
    assert found == expected
    assert 0 < len(found) < 10


BAD: list[tuple[str, str]] = [
    ("", "cql2-text"),
    ("category =", "line 1"),
    ("nothing = 1", "nothing"),
    ("seq > 1", "seq"),
    ("source_id = 'x'", "source_id"),
    ("removed = true", "removed"),
    ("category = 1", "args[1]"),
    ("local_hour = '1'", "args[1]"),
    ("local_day = TIMESTAMP('2021-03-01T00:00:00Z')", "args[1]"),
    ("category = NULL", "IS NULL"),
    ("local_hour IN (1, 'x')", "args[2]"),
    ("category", "condition"),
    ("local_hour + 1 = 2", "not supported"),
    ("foo(category) = 'x'", "not supported"),
    ("ACCENTI(category) = 'x'", "not supported"),
    ("local_hour LIKE '1%'", "like"),
    ("category LIKE 'x\\'", "backslash"),
    ("category BETWEEN 'a' AND 'b'", "between"),
    ("geometry = 'x'", "spatial"),
    ("S_INTERSECTS(category, POINT(1 2))", "geometry"),
    ("S_INTERSECTS(geometry, POINT(181 2))", "-180"),
    ("S_INTERSECTS(geometry, POINT(NaN 2))", "line 1"),
    ("S_INTERSECTS(geometry, POINT(1e400 2))", "line 1"),
    ("S_INTERSECTS(geometry, BBOX(1, 2, 3))", "four or six"),
    ("S_INTERSECTS(geometry, BBOX(1, 5, 3, 2))", "north"),
    ("S_INTERSECTS(geometry, POLYGON((0 0, 1 1, 1 0, 0 1, 0 0)))", "Self-intersection"),
    ("S_INTERSECTS(geometry, POLYGON((0 0, 1 1)))", "closed"),
    ("S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(1 2), POLYGON((0 0, 1 1))))", "closed"),
    ("S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(1 2), POINT(181 2)))", "-180"),
    ("T_AFTER(category, DATE('2021-03-01'))", "category"),
    ("T_AFTER(local_day, TIMESTAMP('2021-03-01T00:00:00Z'))", "days"),
    ("T_AFTER(occurred_from, TIMESTAMP('2021-03-01T25:00:00Z'))", "zone"),
    ("T_AFTER(occurred_from, DATE('2021-02-30'))", "zone"),
    ("T_DURING(occurred_from, INTERVAL('yesterday', '..'))", "args[1]"),
    ("(" * 60 + "category =" + ")" * 60, "brackets"),
    ("NOT " * 3000 + "category = 'x'", "in a row"),
    ("local_hour = " + "-" * 3000 + "1", "in a row"),
    (" OR ".join(["version=1"] * 900), "operators"),
    ("category = '" + "x" * 20_000 + "'", "longer"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), BAD, ids=[text[:40] for text, _ in BAD])
def test_filters_that_are_none(client: TestClient, text: str, told: str) -> None:
    answer = client.get(THREATS, params={"filter": text})
    found = problem(answer)
    assert (answer.status_code, found["field"]) == (400, "filter"), answer.text
    assert told.lower() in str(found["detail"]).lower()


@pytest.mark.parametrize(
    "tree",
    [
        "",
        "[]",
        "1",
        "null",
        "{}",
        '"x"',
        '{"op": "and", "args": []}',
        '{"op": "="}',
        '{"op": "=", "args": [{"property": "category"}]}',
        '{"op": "=", "args": [{"property": "category"}, "x", "y"]}',
        '{"op": "=", "args": [{"property": ["category"]}, "x"]}',
        '{"op": "=", "args": [{"property": "category"}, "a\\u0000b"]}',
        '{"op": "like", "args": [{"property": "category"}, {"op": "casei", "args": []}]}',
        '{"op": "in", "args": [{"property": "category"}, []]}',
        '{"op": "s_intersects", "args": [{"property": "geometry"}, {"type": "Point", "coordinates": [1]}]}',
        '{"op": "s_intersects", "args": [{"property": "geometry"}, {"type": "Point", "coordinates": []}]}',
        '{"op": "s_intersects", "args": [{"property": "geometry"}, {"bbox": ["a", 1, 2, 3]}]}',
        '{"op": "t_during", "args": [{"property": "occurred_from"}, {"interval": ["2021-03-01"]}]}',
        '{"op": "t_after", "args": [{"property": "occurred_from"}, {"date": 7}]}',
        '{"op": "not", "args": [' * 200 + "true" + "]}" * 200,
        '{"op": "not", "args": [' * 40 + "true" + "]}" * 40,
    ],
)
def test_json_filters_that_are_none(client: TestClient, tree: str) -> None:
    answer = client.get(THREATS, params={"filter": tree, "filter-lang": "cql2-json"})
    assert (answer.status_code, problem(answer)["field"]) == (400, "filter"), answer.text


def test_languages_and_crs_that_are_none(client: TestClient) -> None:
    for name in ("filter-lang", "filter-crs"):
        answer = client.get(THREATS, params={"filter": "true", name: "ecql"})
        assert (answer.status_code, problem(answer)["field"]) == (400, name)


# --- filters of every form -------------------------------------------------------------------

TEXTS = st.one_of(
    st.sampled_from(["speeding", "new", "' OR 1=1 --", "%", "a\\", "x'); DROP TABLE threat; --", "ŻÓŁW"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6),
)
TEXT_PROPERTIES = st.sampled_from(["category", "status", "description", "commune"])
NUMBER_PROPERTIES = st.sampled_from(["local_hour", "confirmations", "version"])
NUMBERS = st.one_of(st.integers(-5, 30), st.floats(-1e6, 1e6, allow_nan=False))
COMPARISONS = st.sampled_from(["=", "<>", "<", ">", "<=", ">="])


def operation(name: str, *arguments: Any) -> dict[str, Any]:
    return {"op": name, "args": list(arguments)}


def named(name: str) -> dict[str, str]:
    return {"property": name}


LEAVES = st.one_of(
    st.builds(lambda op, name, text: operation(op, named(name), text), COMPARISONS, TEXT_PROPERTIES, TEXTS),
    st.builds(lambda op, name, n: operation(op, named(name), n), COMPARISONS, NUMBER_PROPERTIES, NUMBERS),
    st.builds(
        lambda name, a, b: operation("between", named(name), a, b), NUMBER_PROPERTIES, NUMBERS, NUMBERS
    ),
    st.builds(
        lambda name, texts: operation("in", named(name), texts),
        TEXT_PROPERTIES,
        st.lists(TEXTS, min_size=1, max_size=3),
    ),
    st.builds(lambda name: operation("isNull", named(name)), TEXT_PROPERTIES),
    st.builds(
        lambda w, s, dx, dy: operation("s_intersects", named("geometry"), {"bbox": [w, s, w + dx, s + dy]}),
        *(st.floats(15, 15.4), st.floats(52, 52.4), st.floats(0, 0.3), st.floats(0, 0.3)),
    ),
    st.booleans(),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda op, parts: operation(op, *parts), st.sampled_from(["and", "or"]),
                  st.lists(inner, min_size=2, max_size=3)),
        st.builds(lambda part: operation("not", part), inner),
    ),
    max_leaves=8,
)  # fmt: skip


def evaluate(tree: Any, row: dict[str, Any]) -> bool | None:
    """A filter's truth for a feature in SQL's three values."""
    if isinstance(tree, bool):
        return tree
    name, arguments = tree["op"], tree["args"]
    if name in ("and", "or"):
        parts = [evaluate(part, row) for part in arguments]
        decided = name == "or"
        return decided if decided in parts else None if None in parts else not decided
    if name == "not":
        inner = evaluate(arguments[0], row)
        return None if inner is None else not inner
    if name == "s_intersects":
        west, south, east, north = arguments[1]["bbox"]
        return west <= row["at"][0] <= east and south <= row["at"][1] <= north
    value = row[arguments[0]["property"]]
    if name == "isNull":
        return value is None
    if value is None:
        return None
    if name == "between":
        return arguments[1] <= value <= arguments[2]
    if name == "in":
        return value in arguments[1]
    other = arguments[1]
    return {"=": value == other, "<>": value != other, "<": value < other, ">": value > other,
            "<=": value <= other, ">=": value >= other}[name]  # fmt: skip


def compiler(engine: Engine) -> Compiler:
    properties = COLLECTIONS["threats"].properties
    return Compiler(threat, properties, True, CRS84, WARSAW, engine.dialect.name, lambda _box: True)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=TREES)
def test_any_filter_means_the_same_to_the_database_and_to_python(
    filled: tuple[Engine, list[dict[str, Any]]], tree: Any
) -> None:
    engine, everything = filled
    with reading(engine) as connection:
        found = connection.execute(
            select(threat.c.id).where(compiler(engine).compile(tree)).order_by(threat.c.id)
        )
        assert found.scalars().all() == [row["id"] for row in everything if evaluate(tree, row)]


@pytest.fixture
def filled(client: TestClient, engine: Engine) -> tuple[Engine, list[dict[str, Any]]]:
    fill(engine)
    return engine, rows(client)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=TREES)
def test_no_literal_reaches_the_text_of_a_query(engine: Engine, tree: Any) -> None:
    marked = json.loads(json.dumps(tree), parse_float=lambda _: 31337.5, parse_int=lambda _: 31337)
    marked = replace_texts(marked)
    sql = str(select(threat.c.id).where(compiler(engine).compile(marked)).compile(engine))
    assert "SECRET" not in sql
    assert "31337" not in sql


def replace_texts(node: Any) -> Any:
    """The same tree with another text wherever a text stands for a value."""
    if isinstance(node, dict) and "op" in node:
        return {"op": node["op"], "args": [replace_texts(part) for part in node["args"]]}
    if isinstance(node, dict) and "bbox" in node:
        return {"bbox": [15, 52, 15.1, 52.1]}
    if isinstance(node, list):
        return [replace_texts(part) for part in node]
    return "SECRET'--" if isinstance(node, str) else node


def test_every_form_of_literal_is_bound(engine: Engine) -> None:
    for text in (
        "CASEI(category) LIKE CASEI('SECRET%') AND description LIKE '%SECRET_'",
        "S_WITHIN(geometry, POLYGON((31.337 52, 32 52, 32 53, 31.337 52)))",
        "T_DURING(occurred_from, INTERVAL('1931-03-03', '..')) OR local_day = DATE('1931-03-03')",
        "occurred_from > TIMESTAMP('1931-03-03T13:37:00Z') AND category IN ('SECRET')",
    ):
        tree = cql2.parse_text(text).to_json()
        sql = str(select(threat.c.id).where(compiler(engine).compile(tree)).compile(engine))
        assert not any(literal in sql for literal in ("SECRET", "31.337", "1931", "13:37")), sql


@ON_SPATIALITE
def test_spatial_functions_go_through_the_spatial_index(engine: Engine) -> None:
    add_reports(engine, 5)
    tree = cql2.parse_text("S_WITHIN(geometry, POLYGON((15 52, 15.2 52, 15.2 52.3, 15 52)))").to_json()
    query = select(threat.c.id).where(compiler(engine).compile(tree)).compile(engine)
    with engine.connect() as connection:
        plan = [
            row[-1]
            for row in connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {query}", tuple(query.params[name] for name in query.positiontup)
            )
        ]
    assert any("idx_threat_geom VIRTUAL TABLE INDEX" in step for step in plan), plan
    assert not any(step.startswith("SCAN threat") for step in plan), plan
