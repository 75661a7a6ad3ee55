"""The filter as a value."""

from __future__ import annotations

import json
from datetime import date

import pytest

from kmzb_qgis_plugin.domain.period import ALL, Period
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter

FULL = ThreatFilter(
    sources=frozenset({"citizen"}),
    categories=frozenset(),
    statuses=frozenset({"new", "verification"}),
    period=Period("range", date(2024, 1, 1), None),
    date_field="reported",
    weekdays=frozenset({1, 7}),
    hours=frozenset({0, 23}),
    areas=frozenset({"08", "0861"}),
    units=frozenset({"KMP-GW"}),
    text="ul. „Żwirki” 'i'",
    overdue=True,
)


@pytest.mark.parametrize("one", [FULL, ThreatFilter(), ThreatFilter(period=Period("last_7"))])
def test_json_and_back(one: ThreatFilter) -> None:
    assert ThreatFilter.from_json(one.to_json()) == one
    assert ThreatFilter.from_json(json.dumps(one.to_json())) == one


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "[]",
        '"x"',
        '{"hours": 3}',
        '{"period": {}}',
        '{"period": {"kind": "x"}}',
        '{"period": 1}',
        '{"date_field": "x"}',
    ],
)
def test_broken_json_is_a_value_error(broken: str) -> None:
    with pytest.raises(ValueError):
        ThreatFilter.from_json(broken)


def test_members_of_another_version_are_left_alone() -> None:
    assert ThreatFilter.from_json({"novelty": 1, "text": "x"}) == ThreatFilter(text="x")


def test_is_all() -> None:
    assert ThreatFilter().is_all
    assert ThreatFilter(date_field="reported", text="  ").is_all
    assert not ThreatFilter(text="x").is_all
    assert not ThreatFilter(sources=frozenset()).is_all
    assert not FULL.is_all


def test_replace_and_without() -> None:
    assert FULL.replace(text="").text == ""
    bare = FULL.without("period", "overdue", "statuses")
    assert (bare.period, bare.overdue, bare.statuses) == (ALL, False, None)
    assert bare.sources == FULL.sources


def test_equal_filters_are_equal_keys() -> None:
    assert len({FULL, FULL.replace(), FULL.replace(text="")}) == 2


def test_an_unknown_date_field_is_refused() -> None:
    with pytest.raises(ValueError):
        ThreatFilter(date_field="decided")
