"""What a print counts: on the map, left out of it, in the period before, month by month."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.period import Period
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.printing.counts_table import change_text
from kmzb_qgis_plugin.printing.district import read_district
from kmzb_qgis_plugin.printing.scope import Content, Scope, scope_of

TODAY, NOW = date(2024, 5, 31), "2024-05-31T10:00:00.000Z"
MAY = ThreatFilter(period=Period("range", date(2024, 5, 1), date(2024, 5, 31)))


def _scope(catalogue: Catalogue, threat_filter: ThreatFilter, content: Content | None = None) -> Scope:
    return scope_of(threat_filter, content or Content(), TODAY, NOW, catalogue)


def _count(connection: sqlite3.Connection, condition: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM threats WHERE {condition}").fetchone()[0])


def test_the_period_before_is_as_long_and_ends_where_the_period_begins(
    connection: sqlite3.Connection, catalogue: Catalogue
) -> None:
    scope = _scope(catalogue, MAY)
    assert scope.before == (date(2024, 3, 31), date(2024, 4, 30))
    data = read_district(connection, "voivodeship", "08", scope)
    assert data.compared
    assert data.before == _count(connection, "local_day BETWEEN '2024-03-31' AND '2024-04-30'") > 0
    assert data.total == _count(connection, "local_day BETWEEN '2024-05-01' AND '2024-05-31'") > 0


@pytest.mark.parametrize("period", [Period(), Period("range", date(2024, 5, 1), None)])
def test_an_open_period_has_none_before_it(catalogue: Catalogue, period: Period) -> None:
    scope = _scope(catalogue, ThreatFilter(period=period))
    assert scope.before is None
    assert scope.where_before is None


def test_the_trend_shows_thirteen_months_whatever_the_period(
    connection: sqlite3.Connection, catalogue: Catalogue
) -> None:
    data = read_district(connection, "county", "0806", _scope(catalogue, MAY))
    assert [month for month, _number in data.months][:2] == ["2023-05", "2023-06"]
    assert len(data.months) == 13
    for month, number in data.months:
        assert number == _count(connection, f"county = '0806' AND local_day LIKE '{month}-%'")


def test_what_the_print_leaves_out_is_counted(connection: sqlite3.Connection, catalogue: Catalogue) -> None:
    scope = _scope(catalogue, MAY, Content(police=False, community=False))
    data = read_district(connection, "voivodeship", "08", scope)
    may = "local_day BETWEEN '2024-05-01' AND '2024-05-31'"
    assert data.left_out == _count(connection, f"{may} AND source <> 'citizen'") > 0
    assert data.total + data.left_out == _count(connection, may)
    assert read_district(connection, "voivodeship", "08", _scope(catalogue, MAY)).left_out == 0


def test_areas_within_a_district_add_up(connection: sqlite3.Connection, catalogue: Catalogue) -> None:
    content = Content("areas", level="county")
    data = read_district(connection, "unit", "KMP-GW", _scope(catalogue, MAY, content), content)
    assert {area.code for area in data.areas} == {"0801", "0861"}
    assert sum(area.number or 0 for area in data.areas) == data.total > 0


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        (3, 2, "+50\u00a0%"),
        (1, 2, "−50\u00a0%"),
        (2, 2, "±0\u00a0%"),
        (5, 0, "–"),
        (0, 0, ""),
        (0, 4, "−100\u00a0%"),
    ],
)
def test_a_change_has_no_percentage_where_there_was_nothing(now: int, before: int, text: str) -> None:
    assert change_text(now, before) == text
