"""Which threats belong to a district, and how many they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.printing import district as district_module
from kmzb_qgis_plugin.printing.district import find_district, read_district
from kmzb_qgis_plugin.printing.errors import DistrictError
from kmzb_qgis_plugin.printing.scope import Scope
from kmzb_qgis_plugin.replica.replica import Replica


def _number(connection: sqlite3.Connection, where: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM threats WHERE {where}").fetchone()[0])


@pytest.mark.parametrize(
    ("level", "code", "condition"),
    [
        ("county", "0806", "county = '0806'"),
        ("voivodeship", "08", "voivodeship = '08'"),
        ("unit", "KPP-SD", "unit = 'KPP-SD'"),
        ("unit", "KWP-GW", "unit IN ('KWP-GW', 'KMP-GW', 'KPP-SD')"),
    ],
)
@pytest.mark.parametrize("where", ["", "\"status\" IS NULL OR \"status\" IN ('new', 'confirmed')"])
def test_counts_are_those_of_plain_sql(
    connection: sqlite3.Connection, level: str, code: str, condition: str, where: str
) -> None:
    """A unit has the threats of the units below it; a filter with OR stays together."""
    data = read_district(connection, level, code, Scope(where))
    everything = f"{condition} AND ({where or '1'})"
    assert data.total == _number(connection, everything) > 0
    assert _number(connection, data.where) == data.total
    for status in ("new", "confirmed", "unconfirmed"):
        assert data.of_status(status) == _number(connection, f"{everything} AND status = '{status}'")
    for source in ("citizen", "community", "police"):
        assert data.of_source(source) == _number(connection, f"{everything} AND source = '{source}'")
    assert [row.total for row in data.rows] == sorted((row.total for row in data.rows), reverse=True)


def test_many_threats_come_with_cells_that_add_up(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(district_module, "DENSE_COUNT", 1000)
    data = read_district(connection, "voivodeship", "08", Scope())
    assert sum(cell.number for cell in data.cells) == data.total == 2600
    assert not read_district(connection, "county", "0806", Scope()).cells


@pytest.mark.parametrize(
    ("level", "code"), [("county", "9999"), ("unit", "0806"), ("commune", "0806"), ("county", "' OR 1=1 --")]
)
def test_unknown_district_is_an_error_with_its_code(
    connection: sqlite3.Connection, level: str, code: str
) -> None:
    with pytest.raises(DistrictError) as caught:
        find_district(connection, level, code)
    assert code in caught.value.user_message(tr)


def test_units_that_are_each_others_superiors_are_an_error(
    replica: Replica, connection: sqlite3.Connection, write_row: Callable
) -> None:
    write_row("UPDATE units SET parent = 'KPP-SD' WHERE code = 'KWP-GW'")
    with pytest.raises(DistrictError, match="superiors"):
        find_district(connection, "unit", "KWP-GW")
