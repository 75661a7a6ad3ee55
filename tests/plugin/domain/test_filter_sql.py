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
from kmzb_qgis_plugin.domain.filter_cql2 import to_cql2_json
from kmzb_qgis_plugin.domain.filter_sql import for_source, literal, name, where
from kmzb_qgis_plugin.domain.period import Period, warsaw
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter

CATALOGUE = Catalogue.from_json(catalogue_json())
TODAY = date(2024, 3, 31)  # clocks change
NOW = "2024-03-31T10:00:00.000Z"
COLUMNS = (
    *("fid", "source", "category", "status", "occurred_from", "reported_at", "read_due", "verify_due"),
    *("local_weekday", "local_hour", "voivodeship", "county", "commune", "unit"),
    *("ref", "place", "description"),
)
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
    )


def _local_day(text: str) -> date:
    return warsaw(datetime.fromisoformat(text)).date()


def _contains(text: str | None, word: str) -> bool:
    """Letter by letter, as no letter here has a pair that is two letters long."""
    folded = [_letter(sign) for sign in text or ""]
    wanted = [_letter(sign) for sign in word]
    return any(
        all(a & b for a, b in zip(folded[at:], wanted, strict=False))
        for at in range(len(folded) - len(wanted) + 1)
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


@pytest.mark.parametrize("text", ["żary", "ŻARY", "Żary"])
def test_polish_letters_in_upper_and_lower_case(text: str) -> None:
    row = dict.fromkeys(COLUMNS[1:]) | {"description": "Komenda w Żarach i ŻARY"}
    assert kept(_table([row]), where(ThreatFilter(text=text), TODAY, NOW, CATALOGUE)) == [0]


def test_a_letter_typed_in_two_pieces_is_found() -> None:
    row = dict.fromkeys(COLUMNS[1:]) | {"place": "Żary"}
    assert kept(_table([row]), where(ThreatFilter(text="z\u0307ary"), TODAY, NOW, CATALOGUE)) == [0]


def _evaluate(node: Any, row: Row) -> Any:
    """CQL2 JSON on one row, for the operators that are written."""
    if not isinstance(node, dict):
        return node
    if "property" in node:
        return row[node["property"]]
    if "timestamp" in node:
        return node["timestamp"]
    values = [_evaluate(argument, row) for argument in node["args"]]
    operator = node["op"]
    if operator == "like":
        return _contains(values[0], _unescaped(values[1].removeprefix("%").removesuffix("%")))
    if operator in ("<", ">="):
        return values[0] is not None and (values[0] < values[1]) == (operator == "<")
    return {
        "and": lambda: all(values),
        "or": lambda: any(values),
        "not": lambda: not values[0],
        "in": lambda: values[0] in values[1],
        "isNull": lambda: values[0] is None,
        "casei": lambda: values[0],
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
    assert found == kept(TABLE, where(one, TODAY, NOW, CATALOGUE))
