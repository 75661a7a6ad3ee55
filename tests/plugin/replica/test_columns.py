"""What is counted in memory is what SQL counts, also after changes, and from the file beside the replica."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from replica_changes import changes_to
from sample_replica import catalogue_json

from kmzb_qgis_plugin import facets
from kmzb_qgis_plugin.domain import filter_sql
from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.conditions import conditions
from kmzb_qgis_plugin.domain.folding import folded
from kmzb_qgis_plugin.domain.period import Period, parse_instant, warsaw
from kmzb_qgis_plugin.domain.shape import Shape
from kmzb_qgis_plugin.domain.threat_filter import Mine, ThreatFilter
from kmzb_qgis_plugin.facets import FacetCounts, count_facets, select
from kmzb_qgis_plugin.replica import blocks, queries
from kmzb_qgis_plugin.replica import columns as columns_module
from kmzb_qgis_plugin.replica.columns import columns_file
from kmzb_qgis_plugin.replica.replica import Replica
from kmzb_service.sync import search_text

CATALOGUE = Catalogue.from_json(catalogue_json())
TODAY, NOW = date(2024, 5, 31), "2024-05-31T12:00:00.000Z"
SQUARE = Shape((((15.0, 52.0), (15.8, 52.1), (15.7, 52.9), (15.1, 52.8)),))
FILTERS = (
    ThreatFilter(),
    ThreatFilter(sources=frozenset({"citizen"}), categories=frozenset({"speeding", "illegal_parking"})),
    ThreatFilter(statuses=frozenset({"new", "confirmed"}), period=Period("last_90")),
    ThreatFilter(period=Period("range", date(2024, 3, 31), date(2024, 3, 31)), date_field="reported"),
    ThreatFilter(weekdays=frozenset({6, 7}), hours=frozenset({22, 23, 0})),
    ThreatFilter(areas=frozenset({"0861", "0801"}), overdue=True),
    ThreatFilter(units=frozenset({"KMP-GW"}), text="sikorskiego przejsciu"),
    ThreatFilter(within=SQUARE, view=Shape((((15.2, 52.0), (16.0, 52.0), (16.0, 53.0), (15.2, 53.0)),))),
    ThreatFilter(mine=Mine("coordinator", frozenset({"KMP-GW"})), categories=frozenset()),
    ThreatFilter(mine=Mine("coordinator")),
    ThreatFilter(categories=frozenset({"no such one"})),
)


@pytest.fixture
def replica(folder: Path) -> Iterator[Replica]:
    opened = Replica(folder / "replica-1.gpkg")
    yield opened
    opened.close()


@pytest.fixture
def folder(sample_file: Path, tmp_path: Path) -> Path:
    (tmp_path / "replica-1.gpkg").write_bytes(sample_file.read_bytes())
    return tmp_path


def counted(replica: Replica, one: ThreatFilter) -> FacetCounts:
    with closing(replica.reader()) as connection:
        return count_facets(connection, replica.columns(connection), one, CATALOGUE, TODAY, NOW)


def by_sql(replica: Replica, one: ThreatFilter) -> FacetCounts:
    """The same with a query for each kind of box."""
    with closing(replica.reader()) as connection:

        def by(column: str, member: str) -> dict[str, int]:
            rest = filter_sql.where(one.without(member), TODAY, NOW, CATALOGUE)
            found = queries.counts_by(connection, column, rest)
            return {code: number for code, number in found.items() if code is not None}

        areas = Counter()
        for column in ("voivodeship", "county", "commune"):
            areas.update(by(column, "areas"))
        days = by_day(connection, one)
        return FacetCounts(
            queries.count(connection, filter_sql.where(one, TODAY, NOW, CATALOGUE)),
            queries.count(connection),
            by("source", "sources"),
            by("category", "categories"),
            by("status", "statuses"),
            by("unit", "units"),
            dict(areas),
            days,
        )


def by_day(connection: sqlite3.Connection, one: ThreatFilter) -> tuple[date, list[int]]:
    rest = filter_sql.where(one.without("period"), TODAY, NOW, CATALOGUE) or "1"
    column = "occurred_from" if one.date_field == "occurred" else "reported_at"
    rows = connection.execute(f"SELECT {column} FROM threats WHERE {rest}")
    days = Counter(warsaw(parse_instant(text)).date() for (text,) in rows)
    if not days:
        return date(1970, 1, 1), []
    first, last = min(days), max(days)
    return first, [days[first + timedelta(days=n)] for n in range((last - first).days + 1)]


@pytest.mark.parametrize("one", FILTERS)
def test_counts_are_those_of_sql(replica: Replica, one: ThreatFilter) -> None:
    found, expected = counted(replica, one), by_sql(replica, one)
    assert found == expected


@pytest.mark.parametrize("one", FILTERS)
def test_what_layers_show_is_what_the_filter_keeps(
    replica: Replica, one: ThreatFilter, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = conditions(one, TODAY, NOW, CATALOGUE).parts
    where = filter_sql.where(one, TODAY, NOW, CATALOGUE)
    with closing(replica.reader()) as connection:
        kept = queries.ids(connection, f"SELECT fid FROM threats WHERE {where or 1} ORDER BY fid")
        for most, wide in ((0, 0), (10_000, 0), (10_000, 40_000)):
            monkeypatch.setattr(facets, "DENSE_COUNT", most)
            monkeypatch.setattr(facets, "_WIDE", wide)
            shown = select(connection, replica.columns(connection), parts, 0.1)
            assert shown.total == len(kept)
            sql = f"SELECT fid FROM threats WHERE {shown.where or 1} ORDER BY fid"
            assert queries.ids(connection, sql) == kept
            if most == 0:
                expected = queries.cells(connection, where, 0.1)
                assert [cell[:4] + cell[6:] for cell in shown.cells] == [c[:4] + c[6:] for c in expected]
                assert np.allclose([cell[4:6] for cell in shown.cells], [c[4:6] for c in expected])


def test_only_rows_that_changed_are_read_again(replica: Replica, monkeypatch: pytest.MonkeyPatch) -> None:
    before = counted(replica, ThreatFilter())
    monkeypatch.setattr(columns_module, "read_all", None)
    replica.apply(changes_to(replica, 7, removed=8, category="begging", place="Łódź"))
    after = counted(replica, ThreatFilter())
    assert after == by_sql(replica, ThreatFilter())
    assert after.total == before.total - 1
    assert counted(replica, ThreatFilter(text="lodz")).shown == 1


def test_columns_that_stay_as_they_are_are_not_copied(replica: Replica) -> None:
    with closing(replica.reader()) as connection:
        before = replica.columns(connection).arrays
    replica.apply(changes_to(replica, 7, category="begging"))
    with closing(replica.reader()) as connection:
        after = replica.columns(connection).arrays
    assert after["category"] is not before["category"]
    assert after["lon"] is before["lon"] and after["reported_at"] is before["reported_at"]
    assert counted(replica, ThreatFilter()) == by_sql(replica, ThreatFilter())


@pytest.mark.parametrize("rows", [0, 1, 65_536, 150_000])
def test_passes_in_blocks_leave_no_row_out(rows: int) -> None:
    numbers = np.arange(rows, dtype=np.uint16) % 7
    mask = np.arange(rows) % 3 == 0
    assert blocks.counted(numbers, None, 9).tolist() == np.bincount(numbers, minlength=9).tolist()
    assert blocks.counted(numbers, mask, 9).tolist() == np.bincount(numbers[mask], minlength=9).tolist()
    table = np.array([True, False, True, True, False, False, True])
    assert np.array_equal(blocks.looked_up(table, numbers), table[numbers])


def test_the_file_serves_the_next_start_and_no_other_replica(
    folder: Path, sample_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replica = Replica(folder / "replica-1.gpkg")
    whole = counted(replica, ThreatFilter())
    replica.apply(changes_to(replica, 7, category="begging"))
    replica.close()
    assert columns_file(replica.path).exists()

    with monkeypatch.context() as patched:
        patched.setattr(columns_module, "read_all", None)
        again = Replica(folder / "replica-1.gpkg")
        assert counted(again, ThreatFilter()) == by_sql(again, ThreatFilter())
        again.close()

    replica.path.write_bytes(sample_file.read_bytes())  # another replica under the same name
    other = Replica(replica.path)
    assert counted(other, ThreatFilter()) == whole
    other.close()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn"])
def test_a_broken_file_is_made_anew(folder: Path, content: bytes) -> None:
    columns_file(folder / "replica-1.gpkg").write_bytes(content)
    replica = Replica(folder / "replica-1.gpkg")
    assert counted(replica, ThreatFilter()) == by_sql(replica, ThreatFilter())
    replica.close()


def test_both_sides_fold_alike() -> None:
    signs = "".join(map(chr, range(0x20, 0x2000)))
    assert folded(signs) == search_text.folded(signs)
    assert folded("Żółta ŁÓDŹ, gęś z\u0307") == "zolta lodz, ges z"
