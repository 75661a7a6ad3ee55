"""Statistics, compared with plain Python over the rows that SQL keeps."""

from __future__ import annotations

import calendar
import math
import random
import sqlite3
import statistics
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_replica import catalogue_json

from kmzb_qgis_plugin.client.errors import Cancelled
from kmzb_qgis_plugin.domain import filter_sql
from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.conditions import conditions
from kmzb_qgis_plugin.domain.period import Period
from kmzb_qgis_plugin.domain.statistics import Statistics, Times
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.replica.columns import read_all
from kmzb_qgis_plugin.replica.errors import ReplicaDamaged
from kmzb_qgis_plugin.replica.histories import Histories, read_histories, updated
from kmzb_qgis_plugin.replica.masks import masks_of
from kmzb_qgis_plugin.replica.place_index import cells_of, place_box
from kmzb_qgis_plugin.replica.queries import UnitRow
from kmzb_qgis_plugin.replica.statistics import count_statistics, with_below
from kmzb_service.sync.search_text import fill_search_text

CATALOGUE = Catalogue.from_json(catalogue_json())
WARSAW = ZoneInfo("Europe/Warsaw")
TODAY = date(2024, 10, 27)  # the night has an hour twice
NOW = "2024-10-27T09:00:00.000Z"
CONFIRMED, UNCONFIRMED = {"confirmed", "eliminated", "handed_over"}, {"unconfirmed", "mistake"}
THREATS = (
    *("fid", "source", "category", "status", "occurred_from", "reported_at", "read_due", "verify_due"),
    *("local_weekday", "local_hour", "voivodeship", "county", "commune", "unit", "lon", "lat"),
    *("ref", "place", "description"),
)
DECISIONS = ("fid", "threat_id", "from_status", "to_status", "decided_at", "received_at")
AREAS = ("fid", "code", "level", "name", "parent", "approximate", "population")
UNITS = ("fid", "code", "name", "kind", "parent", "areas", "seat_lon", "seat_lat")

Row = dict[str, Any]


def instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def a_moment(dice: random.Random) -> datetime:
    """Around midnights, month's ends and changes of the clocks in Poland, to the millisecond."""
    day = dice.choice(
        [
            date(2024, 3, 31),
            date(2023, 10, 29),
            date(2024, 2, 29),
            date(2023, 2, 28),
            date(2022, 12, 31),
            TODAY,
            TODAY + timedelta(days=3),
        ]
    ) - timedelta(days=dice.choice([0, 0, 1, 28, 366]))
    clock = dice.choice([0, 1, 7199.999, 7200, 10_799, 10_800, 40_000.5, 86_399.999])
    return datetime(day.year, day.month, day.day, tzinfo=WARSAW).astimezone(UTC) + timedelta(seconds=clock)


def a_threat(fid: int, dice: random.Random) -> tuple[Row, list[Row]]:
    source = dice.choice(["citizen", "citizen", "citizen", "police", "community"])
    occurred, reported = a_moment(dice), a_moment(dice)
    local = occurred.astimezone(WARSAW)
    county = dice.choice([None, "0811", "0861", "1465"])
    steps: list[str] = []
    if source == "citizen":
        paths = [
            [],
            ["verification"],
            ["mistake"],
            ["verification", "unconfirmed"],
            ["verification", "confirmed"],
        ]
        longer = ["verification", "confirmed", "eliminated"]
        steps = dice.choice(
            [*paths, longer, [*longer, "verification"], [*longer, *longer], ["nieznany", "mistake"]]
        )
    row = {
        "fid": fid,
        "source": source,
        "category": dice.choice(["speeding", "begging", "theft", "an_unheard_of_category_żółw"]),
        "status": ["new", *steps][-1] if source == "citizen" else None,
        "occurred_from": instant(occurred),
        "reported_at": instant(reported),
        "read_due": instant(reported + timedelta(days=3)) if source == "citizen" else None,
        "verify_due": None,
        "local_weekday": local.isoweekday(),
        "local_hour": local.hour,
        "voivodeship": county and county[:2],
        "county": county,
        "commune": county and dice.choice([None, county + "011"]),
        "unit": dice.choice([None, "KMP-GW", "KP-1", "KWP", "O'Unit"]),
        "lon": dice.choice([15.0, 15.00001, 15.2, -179.99, 179.9]),
        "lat": dice.choice([52.0, 52.00099, 52.3, -89.9]),
        "ref": f"Z-{fid:07d}",
        "place": dice.choice([None, "", "Żary, rynek", "Drezdenko"]),
        "description": dice.choice([None, "za szybko", "Za głośno"]),
    }
    decisions, at, before = [], reported, "new"
    for step in steps:
        at += timedelta(seconds=dice.choice([-5, 0, 0.25, 3600, 3 * 86400, 5 * 86400, 5 * 86400 + 0.5]))
        sent = at + timedelta(seconds=dice.choice([0, 90_000]))
        decisions.append(
            {
                "threat_id": fid,
                "from_status": before,
                "to_status": step,
                "decided_at": instant(at),
                "received_at": instant(sent),
            }
        )
        if step == "verification":
            row["verify_due"] = instant(sent + timedelta(days=5))
        before = step
    return row, decisions


def a_replica(seed: int, number: int) -> sqlite3.Connection:
    dice = random.Random(seed)
    file = sqlite3.connect(":memory:", check_same_thread=False)
    for table, columns in (
        ("threats", THREATS),
        ("decisions", DECISIONS),
        ("areas", AREAS),
        ("units", UNITS),
    ):
        file.execute(f"CREATE TABLE {table} (fid INTEGER PRIMARY KEY, {', '.join(columns[1:])})")
    made = [a_threat(3 * fid + 5, dice) for fid in range(number)]
    decisions = [decision for _, those in made for decision in those]
    # As they are accepted: those of one threat in order, of different ones in any.
    turns = sorted(range(len(decisions)), key=lambda place: (dice.random(), place))
    queue = {row["fid"]: list(those) for row, those in made}
    for fid, place in enumerate(turns, start=1):
        decision = queue[decisions[place]["threat_id"]].pop(0)
        put(file, "decisions", {"fid": fid, **decision})
    for row, _ in made:
        put(file, "threats", row)
    for fid, (code, population) in enumerate(
        [("08", 900), ("14", None), ("0811", 0), ("0861", 120_000)], start=1
    ):
        level = "voivodeship" if len(code) == 2 else "county"
        put(file, "areas", dict(zip(AREAS, (fid, code, level, code, None, 1, population), strict=True)))
    for fid, (code, parent) in enumerate([("KWP", None), ("KMP-GW", "KWP"), ("KP-1", "KMP-GW")], start=1):
        put(file, "units", dict(zip(UNITS, (fid, code, code, "KPP", parent, "", None, None), strict=True)))
    fill_search_text(file)
    return file


def put(file: sqlite3.Connection, table: str, row: Row) -> None:
    file.execute(
        f"INSERT OR REPLACE INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
        tuple(row.values()),
    )


def read(file: sqlite3.Connection) -> Histories:
    return read_histories(file, read_all(file), CATALOGUE)


REPLICA = a_replica(1, 700)
HISTORIES = read(REPLICA)


def rows_of(file: sqlite3.Connection, threat_filter: ThreatFilter) -> list[Row]:
    where = filter_sql.where(threat_filter, TODAY, NOW, CATALOGUE) or "1"
    cursor = file.execute(f"SELECT * FROM threats WHERE {where}")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def histories(file: sqlite3.Connection) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in file.execute(f"SELECT {', '.join(DECISIONS)} FROM decisions ORDER BY fid"):
        found.setdefault(row[1], []).append(dict(zip(DECISIONS, row, strict=True)))
    return found


def local_day(row: Row, threat_filter: ThreatFilter) -> date:
    member = "reported_at" if threat_filter.date_field == "reported" else "occurred_from"
    return moment(row[member]).astimezone(WARSAW).date()


def same_day_last_year(day: date, whole_month: bool) -> date:
    last = calendar.monthrange(day.year - 1, day.month)[1]
    return date(day.year - 1, day.month, last if whole_month else min(day.day, last))


def is_months_end(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def expected_before(file: sqlite3.Connection, threat_filter: ThreatFilter) -> list[Row] | None:
    first, last = threat_filter.period.resolve(TODAY)
    last = last or TODAY
    if first is None or first > last:
        return None
    earlier = Period("range", same_day_last_year(first, False), same_day_last_year(last, is_months_end(last)))
    return rows_of(file, threat_filter.replace(period=earlier))


def expected_times(
    rows: list[Row], history: dict[int, list[Row]], event: Callable[[list[Row]], datetime | None],
    due: Callable[[Row, list[Row]], datetime | None],
) -> Times:  # fmt: skip
    seconds, within, late = [], 0, 0
    for row in rows:
        steps = history.get(row["fid"], [])
        happened, deadline = event(steps), due(row, steps)
        if happened is not None:
            seconds.append(max((happened - moment(row["reported_at"])).total_seconds(), 0))
        if deadline is not None and happened is not None and happened <= deadline:
            within += 1
        elif deadline is not None and (happened is not None or deadline < moment(NOW)):
            late += 1
    seconds.sort()
    ninth = next((one for one in seconds if sum(x <= one for x in seconds) >= 0.9 * len(seconds)), None)
    median = statistics.median(seconds) if seconds else None
    return Times(len(seconds), median, ninth, within, within + late)


def first_step(
    statuses: set[str] | None, member: str = "decided_at"
) -> Callable[[list[Row]], datetime | None]:
    return lambda steps: next(
        (moment(step[member]) for step in steps if statuses is None or step["to_status"] in statuses), None
    )


def cell(row: Row) -> tuple[int, int]:
    return math.floor((row["lat"] + 90) / 0.001), math.floor((row["lon"] + 180) / 0.0016)


def most(cells: Counter[tuple[int, int]]) -> list[tuple[tuple[int, int], int]]:
    return sorted(cells.items(), key=lambda one: (-one[1], one[0]))[:20]


def check(file: sqlite3.Connection, found: Statistics, threat_filter: ThreatFilter) -> None:
    rows, before = rows_of(file, threat_filter), expected_before(file, threat_filter)
    at_any_time = rows_of(file, threat_filter.without("period"))
    history = histories(file)
    assert found.total.count == len(rows)
    assert found.total.before == (None if before is None else len(before))
    assert found.total.confirmed == sum(row["status"] in CONFIRMED for row in rows)
    assert found.total.unconfirmed == sum(row["status"] in UNCONFIRMED for row in rows)

    below = {"KWP": {"KWP", "KMP-GW", "KP-1"}, "KMP-GW": {"KMP-GW", "KP-1"}}
    for dimension in ("source", "category", "status", "voivodeship", "county", "commune", "unit"):
        groups = {group.code: group for group in found.groups[dimension]}
        assert len(groups) == len(found.groups[dimension])
        order = [(-group.tally.count, group.code or "") for group in found.groups[dimension]]
        assert order == sorted(order)
        there = {row[dimension] for row in [*rows, *(before or [])]}
        if dimension == "unit":
            there |= {code for code, codes in below.items() if codes & there}
        assert groups.keys() == there
        for code, group in groups.items():
            codes = below.get(code, {code}) if dimension == "unit" else {code}
            ours = [row for row in rows if row[dimension] in codes]
            assert group.tally.count == len(ours)
            assert group.tally.confirmed == sum(row["status"] in CONFIRMED for row in ours)
            assert group.tally.unconfirmed == sum(row["status"] in UNCONFIRMED for row in ours)
            if before is not None:
                assert group.tally.before == sum(row[dimension] in codes for row in before)
    population = {group.code: group.population for group in found.groups["county"]}
    assert all(population[code] == {"0861": 120_000, "0811": 0}.get(code) for code in population)

    assert found.reaction == expected_times(
        rows, history, first_step(None), lambda row, _steps: row["read_due"] and moment(row["read_due"])
    )
    started = first_step({"verification"}, "received_at")
    assert found.decision == expected_times(
        rows,
        history,
        first_step(CONFIRMED | UNCONFIRMED),
        lambda _row, steps: (at := started(steps)) and at + timedelta(days=CATALOGUE.deadlines.verify_days),
    )
    slots = Counter((row["local_weekday"], row["local_hour"]) for row in rows)
    assert {
        (day + 1, hour): number
        for day, hours in enumerate(found.week)
        for hour, number in enumerate(hours)
        if number
    } == slots

    days = Counter(local_day(row, threat_filter) for row in at_any_time)
    first, last = threat_filter.period.resolve(TODAY)
    if days:
        first, last = first or min(days), last or max([*days, TODAY])
        months = [month.first for month in found.months]
        assert months == [
            date(year, month, 1)
            for year in range(first.year, last.year + 1)
            for month in range(1, 13)
            if first.replace(day=1) <= date(year, month, 1) <= last
        ]
        for month in found.months:
            end = month.first.replace(day=calendar.monthrange(month.first.year, month.first.month)[1])
            start, end = max(first, month.first), min(last, end)
            assert month.count == sum(n for day, n in days.items() if start <= day <= end)
            if start <= TODAY:
                end = min(end, TODAY)
            earlier = same_day_last_year(start, False), same_day_last_year(end, is_months_end(end))
            assert month.before == sum(n for day, n in days.items() if earlier[0] <= day <= earlier[1])

    def shown(places: tuple[Any, ...]) -> list[tuple[tuple[int, int], int]]:
        return [
            ((round((one.south + 90) / 0.001), round((one.west + 180) / 0.0016)), one.number)
            for one in places
        ]

    assert shown(found.places) == most(Counter(cell(row) for row in rows))
    gone: dict[Any, datetime] = {}
    for row in at_any_time:
        for step in history.get(row["fid"], []):
            if step["to_status"] == "eliminated":
                key, at = (cell(row), row["category"]), moment(step["decided_at"])
                gone[key] = min(gone.get(key, at), at)
                break
    back = Counter(
        cell(row)
        for row in rows
        if any(step["from_status"] == "eliminated" for step in history.get(row["fid"], []))
        or moment(row["reported_at"])
        > gone.get((cell(row), row["category"]), datetime.max.replace(tzinfo=UTC))
    )
    assert shown(found.returns) == most(back)
    named = {cell(row) for row in rows if row["place"]}
    assert all(
        bool(place.name) == (where in named)
        for place, (where, _) in zip(found.places, shown(found.places), strict=True)
    )


def count(file: sqlite3.Connection, histories: Histories, threat_filter: ThreatFilter) -> Statistics:
    return count_statistics(file, histories, threat_filter, TODAY, NOW, CATALOGUE)


def some(*values: Any) -> st.SearchStrategy[frozenset[Any] | None]:
    return st.none() | st.frozensets(st.sampled_from(values), max_size=3)


days = st.none() | st.dates(date(2022, 1, 1), date(2024, 12, 31)) | st.sampled_from(
    [date(2024, 2, 29), date(2024, 3, 31), date(2023, 10, 29), TODAY]
)  # fmt: skip
presets = st.sampled_from(["all", "today", "last_30", "last_month", "this_quarter", "this_year"]).map(Period)
filters = st.builds(
    ThreatFilter,
    sources=some("citizen", "police", "community"),
    categories=some("speeding", "begging", "theft"),
    statuses=some("new", "verification", "eliminated"),
    period=presets | st.builds(Period, st.just("range"), days, days),
    date_field=st.sampled_from(["occurred", "reported"]),
    weekdays=some(1, 3, 6, 7),
    hours=some(0, 1, 2, 23),
    areas=some("08", "0811", "0861011", "99"),
    units=some("KMP-GW", "O'Unit", "none"),
    text=st.sampled_from(["", "", "żary", "ZA szybko", "'"]),
    overdue=st.booleans(),
)


@settings(max_examples=120)
@given(filters)
def test_columns_keep_the_rows_that_sql_keeps(one: ThreatFilter) -> None:
    columns = HISTORIES.columns
    mask = masks_of(REPLICA, columns).of(conditions(one, TODAY, NOW, CATALOGUE).parts)
    found = columns.arrays["fid"] if mask is None else columns.arrays["fid"][mask]
    assert sorted(found.tolist()) == sorted(row["fid"] for row in rows_of(REPLICA, one))


@settings(max_examples=60)
@given(filters)
def test_every_figure_is_what_plain_python_counts(one: ThreatFilter) -> None:
    check(REPLICA, count(REPLICA, HISTORIES, one), one)


@pytest.mark.parametrize(
    "one",
    [
        ThreatFilter(),
        ThreatFilter(period=Period("this_year")),
        ThreatFilter(period=Period("range", date(2024, 1, 1), date(2024, 2, 29)), date_field="reported"),
        ThreatFilter(period=Period("range", date(2023, 2, 1), date(2023, 2, 28))),
        ThreatFilter(sources=frozenset()),
    ],
)
def test_figures_under_usual_filters(one: ThreatFilter) -> None:
    check(REPLICA, count(REPLICA, HISTORIES, one), one)


def test_nine_of_ten_and_the_middle_of_two() -> None:
    file = a_replica(1, 0)
    dice = random.Random(1)
    for hours in range(1, 11):
        row = a_threat(hours, dice)[0]
        placed = moment(row["reported_at"])
        at = instant(placed + timedelta(hours=hours))
        put(file, "threats", row)
        put(file, "decisions", dict(zip(DECISIONS, (hours, hours, "new", "mistake", at, at), strict=True)))
    found = count(file, read(file), ThreatFilter())
    assert (found.reaction.median, found.reaction.ninth_decile) == (5.5 * 3600, 9 * 3600)


def test_nothing_at_all() -> None:
    empty = a_replica(1, 0)
    histories = read(empty)
    check(empty, count(empty, histories, ThreatFilter()), ThreatFilter())
    this_year = ThreatFilter(period=Period("this_year"))
    assert count(empty, histories, this_year).total.change is None


def test_what_changes_is_read_again() -> None:
    file = a_replica(2, 200)
    histories = read(file)
    fids = histories.columns.arrays["fid"].tolist()
    file.execute("DELETE FROM threats WHERE fid = ?", (fids[0],))
    dice = random.Random(5)
    for fid in (fids[3], 99_999):
        row, decisions = a_threat(fid, dice)
        put(file, "threats", {**row, "unit": "A-UNIT-WITH-A-VERY-LONG-CODE-Ż"})
        file.execute("DELETE FROM decisions WHERE threat_id = ?", (fid,))
        for decision in decisions:
            put(file, "decisions", decision)
    put(file, "threats", {"fid": fids[7], **a_threat(fids[7], dice)[0], "status": "mistake"})
    put(file, "decisions", dict(zip(DECISIONS, (500_000, fids[9], "new", "mistake", NOW, NOW), strict=True)))
    fresh = updated(
        histories, read_all(file), file, CATALOGUE, {fids[0], fids[3], fids[7], 99_999}, {500_000}
    )
    check(file, count(file, fresh, ThreatFilter()), ThreatFilter())
    assert len(histories.columns) == 200
    assert count(file, read(file), ThreatFilter()) == count(file, fresh, ThreatFilter())


def test_reading_is_cancelled_and_tells_how_far_it_is() -> None:
    told: list[float] = []
    read_histories(REPLICA, HISTORIES.columns, CATALOGUE, told.append)
    assert told[-1] == 100
    with pytest.raises(Cancelled):
        read_histories(REPLICA, HISTORIES.columns, CATALOGUE, cancelled=lambda: True)


@pytest.mark.parametrize("wrong", ["2024-13", "yesterday, all day long ", "2024-01-01T00:00:00.0x0Z"])
@pytest.mark.parametrize(("table", "column"), [("threats", "reported_at"), ("decisions", "decided_at")])
def test_an_instant_that_is_none_is_told(table: str, column: str, wrong: str) -> None:
    file = a_replica(1, 30)
    file.execute(f"UPDATE {table} SET {column} = ?", (wrong,))
    with pytest.raises(ReplicaDamaged):
        read(file)


def test_units_above_each_other_are_counted_once() -> None:
    units = [
        UnitRow(number, code, code, "KPP", parent, (), None, None)
        for number, (code, parent) in enumerate([("A", "B"), ("B", "A"), ("C", "C")])
    ]
    below = {code: set(codes) for code, codes in with_below(units).items()}
    assert below == {"A": {"A", "B"}, "B": {"A", "B"}, "C": {"C"}}


def test_a_place_lies_in_its_box() -> None:
    cells = dict(zip(HISTORIES.columns.arrays["fid"].tolist(), cells_of(HISTORIES.columns), strict=True))
    for fid, lon, lat in REPLICA.execute("SELECT fid, lon, lat FROM threats"):
        west, south, east, north = place_box(int(cells[fid]))
        assert west - 1e-9 <= lon < east + 1e-9
        assert south - 1e-9 <= lat < north + 1e-9
