"""The SQL of a filter keeps the rows that the filter's words say, and no text breaks out of it."""

from __future__ import annotations

import random
import sqlite3
import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_replica import catalogue_json

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.conditions import HasText, Within
from kmzb_qgis_plugin.domain.filter_cql2 import to_cql2_json
from kmzb_qgis_plugin.domain.filter_sql import for_source, ids_with, literal, name, where
from kmzb_qgis_plugin.domain.folding import folded
from kmzb_qgis_plugin.domain.period import Period, warsaw
from kmzb_qgis_plugin.domain.shape import Shape
from kmzb_qgis_plugin.domain.threat_filter import Mine, ThreatFilter

CATALOGUE = Catalogue.from_json(catalogue_json())
TODAY = date(2024, 3, 31)  # clocks change
NOW = "2024-03-31T10:00:00.000Z"
COLUMNS = (
    *("fid", "source", "category", "status", "occurred_from", "reported_at", "read_due", "verify_due"),
    *("local_weekday", "local_hour", "voivodeship", "county", "commune", "unit"),
    *("ref", "place", "description", "lon", "lat"),
)
# A ring with a hole in it and, beside it, a triangle; coordinates that no point of ROWS stands on.
RINGS = Shape(
    (
        ((0.051, 0.057), (6.037, 1.043), (5.029, 6.061), (1.013, 7.073)),
        ((2.031, 2.019), (4.047, 3.053), (3.059, 5.017)),
        ((7.023, 2.051), (9.067, 2.051), (8.039, 9.041)),
    ),
    "rings",
)
VIEW = Shape((((1.05, 1.05), (8.55, 1.05), (8.55, 4.05), (1.05, 4.05)),))
NASTY = (
    "o'k",
    '"',
    ";--",
    "%",
    "_",
    "*",
    "?",
    "[a-z]",
    "]",
    "Żary",
    "ŻARY",
    "żary",
    "łódź",
    "\\",
    "ul. 3",
    "İ",
    "ß",
)

Row = dict[str, Any]


def instant(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + "000Z"


def _row(dice: random.Random) -> Row:
    """A threat around the bounds that periods have on TODAY, to the second."""

    def moment() -> datetime:
        seconds = dice.choice([0, 1, 3600 * 22 - 1, 3600 * 22, 3600 * 23 - 1, 3600 * 23, 40_000])
        return datetime(2024, 3, 31, tzinfo=UTC) + timedelta(days=dice.randint(-100, 3), seconds=seconds)

    def text() -> str | None:
        return dice.choice([None, "", " ".join(dice.choices(NASTY, k=3))])

    occurred = moment()
    local = warsaw(occurred)
    source = dice.choice(["citizen", "citizen", "police", "community"])
    county = dice.choice([None, "0811", "0861", "1465"])
    return {
        "source": source,
        "category": dice.choice(["speeding", "begging", "theft"]),
        "status": dice.choice(["new", "verification", "confirmed"]) if source == "citizen" else None,
        "occurred_from": instant(occurred),
        "reported_at": instant(moment()),
        "read_due": dice.choice([None, instant(moment())]),
        "verify_due": dice.choice([None, instant(moment())]),
        "local_weekday": local.isoweekday(),
        "local_hour": local.hour,
        "voivodeship": county and county[:2],
        "county": county,
        "commune": county and dice.choice([None, county + "011"]),
        "unit": dice.choice([None, "KMP-GW", "O'Unit"]),
        "ref": dice.choice(["Z-0000001", "P-0000002"]),
        "lon": dice.randrange(100) / 10,
        "lat": dice.randrange(100) / 10,
        "place": text(),
        "description": text(),
    }


def _table(rows: list[Row]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE TABLE threats ({', '.join(COLUMNS)})")
    connection.executemany(
        f"INSERT INTO threats VALUES ({', '.join('?' * len(COLUMNS))})",
        [[number, *(row[column] for column in COLUMNS[1:])] for number, row in enumerate(rows)],
    )
    connection.execute("CREATE TABLE threats_text (threat_id INTEGER PRIMARY KEY, folded TEXT)")
    connection.executemany(
        "INSERT INTO threats_text VALUES (?, ?)",
        [
            (number, folded("\n".join(row[column] or "" for column in ("ref", "place", "description"))))
            for number, row in enumerate(rows)
        ],
    )
    connection.execute("CREATE VIRTUAL TABLE rtree_threats_geom USING rtree(id, minx, maxx, miny, maxy)")
    connection.execute("INSERT INTO rtree_threats_geom SELECT fid, lon, lon, lat, lat FROM threats")
    return connection


DICE = random.Random(1)
ROWS = [_row(DICE) for _ in range(500)]
TABLE = _table(ROWS)


def some(*values: Any) -> st.SearchStrategy[frozenset[Any]]:
    return st.frozensets(st.sampled_from(values), max_size=3)


days = st.none() | st.integers(-40, 5).map(lambda n: TODAY + timedelta(days=n))
presets = st.sampled_from(["today", "last_7", "last_30", "last_month", "this_quarter"]).map(Period)
periods = presets | st.builds(Period, st.just("range"), days, days)
MEMBERS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "sources": st.fixed_dictionaries({"sources": some("citizen", "police", "community")}),
    "categories": st.fixed_dictionaries({"categories": some("speeding", "begging", "theft")}),
    "statuses": st.fixed_dictionaries({"statuses": some("new", "verification", "confirmed")}),
    "period": st.fixed_dictionaries(
        {"period": periods, "date_field": st.sampled_from(["occurred", "reported"])}
    ),
    "weekdays": st.fixed_dictionaries({"weekdays": some(1, 3, 6, 7)}),
    "hours": st.fixed_dictionaries({"hours": some(0, 1, 22, 23)}),
    "areas": st.fixed_dictionaries({"areas": some("08", "14", "0811", "0861011", "081", "")}),
    "units": st.fixed_dictionaries({"units": some("KMP-GW", "O'Unit")}),
    "text": st.fixed_dictionaries(
        {"text": st.lists(st.sampled_from([*NASTY, "z-00", "\0"]), min_size=1, max_size=2).map(" ".join)}
    ),
    "overdue": st.just({"overdue": True}),
    "view": st.just({"view": VIEW}),
    "within": st.just({"within": RINGS}),
    "mine": st.sampled_from(
        [Mine("coordinator"), Mine("verifier", frozenset({"KMP-GW"})), Mine("analyst")]
    ).map(lambda mine: {"mine": mine}),
}


@st.composite
def filters(draw: st.DrawFn) -> ThreatFilter:
    """With one or two limits: more of them would keep no row, and nothing would be compared."""
    names = draw(st.lists(st.sampled_from(sorted(MEMBERS)), min_size=1, max_size=2, unique=True))
    members: dict[str, Any] = {}
    for member in names:
        members |= draw(MEMBERS[member])
    return ThreatFilter(**members)


def keeps(one: ThreatFilter, row: Row) -> bool:
    """What the filter's documentation says, in plain Python."""
    local_day = _local_day(row["occurred_from" if one.date_field == "occurred" else "reported_at"])
    first, last = one.period.resolve(TODAY)
    status = CATALOGUE.status(row["status"])
    due = row[status.due] if status and status.due else None
    return (
        (one.sources is None or row["source"] in one.sources)
        and (one.categories is None or row["category"] in one.categories)
        and (one.statuses is None or row["status"] is None or row["status"] in one.statuses)
        and (first is None or local_day >= first)
        and (last is None or local_day <= last)
        and (one.weekdays is None or row["local_weekday"] in one.weekdays)
        and (one.hours is None or row["local_hour"] in one.hours)
        and (
            one.areas is None
            or any(code in (row["voivodeship"], row["county"], row["commune"]) and code for code in one.areas)
        )
        and (one.units is None or row["unit"] in one.units)
        and all(
            any(_contains(row[column], word) for column in ("ref", "place", "description"))
            for word in one.text.replace("\0", "").split()
        )
        and (not one.overdue or (due is not None and due < NOW))
        and all(_inside(shape, row["lon"], row["lat"]) for shape in (one.view, one.within) if shape)
        and (one.mine is None or _decides(one.mine, row))
    )


def _inside(shape: Shape, x: float, y: float) -> bool:
    """In an odd number of rings: each is crossed an odd number of times on the way east."""
    crossed = 0
    for ring in shape.rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            crossed += (y1 > y) != (y2 > y) and x < x1 + (x2 - x1) * (y - y1) / (y2 - y1)
    return crossed % 2 == 1


def _decides(mine: Mine, row: Row) -> bool:
    status = CATALOGUE.status(row["status"])
    may = status is not None and status.waits and bool(CATALOGUE.transitions_from(status.code, mine.role))
    return may and (mine.units is None or row["unit"] in mine.units)


def _local_day(text: str) -> date:
    return warsaw(datetime.fromisoformat(text)).date()


def _contains(text: str | None, word: str) -> bool:
    """Without case and marks."""
    return _plain(word) in _plain(text or "")


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.casefold().replace("ł", "l"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _contains_exactly(text: str | None, word: str) -> bool:
    """Letter by letter, as no letter here has a pair that is two letters long."""
    letters = [_letter(sign) for sign in text or ""]
    wanted = [_letter(sign) for sign in word]
    return any(
        all(a & b for a, b in zip(letters[at:], wanted, strict=False))
        for at in range(len(letters) - len(wanted) + 1)
    )


def _letter(sign: str) -> set[str]:
    return {sign} | {form for form in (sign.lower(), sign.upper()) if len(form) == 1}


def kept(table: sqlite3.Connection, sql: str) -> list[int]:
    found = table.execute(f"SELECT fid FROM threats WHERE {sql or '1'} ORDER BY fid")
    return [fid for (fid,) in found]


@settings(max_examples=400, deadline=None)
@given(filters())
def test_sql_keeps_what_the_words_say(one: ThreatFilter) -> None:
    expected = [number for number, row in enumerate(ROWS) if keeps(one, row)]
    assert kept(TABLE, where(one, TODAY, NOW, CATALOGUE)) == expected


@given(filters(), st.sampled_from(["citizen", "police"]))
def test_for_source_narrows(one: ThreatFilter, source: str) -> None:
    sql = where(one, TODAY, NOW, CATALOGUE)
    expected = [number for number in kept(TABLE, sql) if ROWS[number]["source"] == source]
    assert kept(TABLE, for_source(sql, source)) == expected


def test_everything_is_no_condition() -> None:
    assert where(ThreatFilter(), TODAY, NOW, CATALOGUE) == ""
    assert where(ThreatFilter(text=" \t"), TODAY, NOW, CATALOGUE) == ""
    assert for_source("", "police") == "\"source\" = 'police'"


@given(st.text())
def test_a_literal_is_its_text(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()  # lone surrogates cannot be stored
    with sqlite3.connect(":memory:") as connection:
        row = connection.execute(f"SELECT {literal(text)}").fetchone()
    connection.close()
    assert row == (text.replace("\0", ""),)


def test_a_name_is_quoted() -> None:
    assert name('a"b') == '"a""b"'


@given(st.text(max_size=8))
def test_any_text_can_be_searched(text: str) -> None:
    # the service stores letters in the composed form
    text = unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode())
    row = dict.fromkeys(COLUMNS[1:]) | {"place": f"<{text}>", "source": "police"}
    plain = "\0" not in text and text == text.strip()
    found = kept(_table([row]), where(ThreatFilter(text=text), TODAY, NOW, CATALOGUE))
    assert found == [0] if plain else found in ([], [0])


@pytest.mark.parametrize("text", ["%", "_", "*", "?", "[a-z]", "[", "a*c", "a?c", "a%c"])
def test_no_wildcard_comes_in_with_a_text(text: str) -> None:
    row = dict.fromkeys(COLUMNS[1:]) | {"place": "abc", "ref": "Z-0000001"}
    assert kept(_table([row]), where(ThreatFilter(text=text), TODAY, NOW, CATALOGUE)) == []


@pytest.mark.parametrize("text", ["żary", "ŻARY", "Żary", "zary", "ZARY"])
def test_polish_letters_in_any_case_and_without_marks(text: str) -> None:
    row = dict.fromkeys(COLUMNS[1:]) | {"description": "Komenda w Żarach i ŻARY"}
    assert kept(_table([row]), where(ThreatFilter(text=text), TODAY, NOW, CATALOGUE)) == [0]


def test_a_letter_typed_in_two_pieces_is_found() -> None:
    row = dict.fromkeys(COLUMNS[1:]) | {"place": "Żary"}
    assert kept(_table([row]), where(ThreatFilter(text="z\u0307ary"), TODAY, NOW, CATALOGUE)) == [0]


def _evaluate(node: Any, row: Row) -> Any:
    """CQL2 JSON on one row, for the operators that are written."""
    if not isinstance(node, dict):
        return node
    if node.get("property") == "geometry":
        return row["lon"], row["lat"]
    if "property" in node:
        return row[node["property"]]
    if "timestamp" in node:
        return node["timestamp"]
    if node.get("type") == "MultiPolygon":
        return node["coordinates"]
    values = [_evaluate(argument, row) for argument in node["args"]]
    operator = node["op"]
    if operator == "like":
        return _contains_exactly(values[0], _unescaped(values[1].removeprefix("%").removesuffix("%")))
    if operator in ("<", ">="):
        return values[0] is not None and (values[0] < values[1]) == (operator == "<")
    return {
        "and": lambda: all(values),
        "or": lambda: any(values),
        "not": lambda: not values[0],
        "in": lambda: values[0] in values[1],
        "isNull": lambda: values[0] is None,
        "casei": lambda: values[0],
        "s_intersects": lambda: any(
            _inside(Shape(tuple(tuple(map(tuple, ring[:-1])) for ring in polygon)), *values[0])
            for polygon in values[1]
        ),
    }[operator]()


def _unescaped(pattern: str) -> str:
    signs = iter(pattern)
    return "".join(next(signs) if sign == "\\" else sign for sign in signs)


@settings(deadline=None)
@given(filters())
def test_cql2_keeps_the_same(one: ThreatFilter) -> None:
    one = one.replace(text=one.text.replace("\0", ""))
    expression = to_cql2_json(one, TODAY, NOW, CATALOGUE)
    found = [number for number, row in enumerate(ROWS) if expression is None or _evaluate(expression, row)]
    here = kept(TABLE, where(one, TODAY, NOW, CATALOGUE))
    # CQL2 as the service knows it folds case and no marks: what it finds is found here too.
    assert set(found) <= set(here) if one.text else found == here


@pytest.mark.parametrize(
    "condition", [HasText("zary"), HasText("*"), Within(RINGS), Within(VIEW), Within(Shape(()))]
)
def test_ids_are_those_that_the_condition_keeps(condition: HasText | Within) -> None:
    found = sorted({fid for (fid,) in TABLE.execute(ids_with(condition))})
    one = (
        ThreatFilter(text=condition.word)
        if isinstance(condition, HasText)
        else ThreatFilter(within=condition.shape)
    )
    assert found == kept(TABLE, where(one, TODAY, NOW, CATALOGUE))
    assert found or condition in (HasText("*"), Within(Shape(())))
