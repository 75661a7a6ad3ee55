"""What the docks ask, compared with plain Python over all rows."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.errors import ReplicaDamaged

WHERE = "\"source\" = 'citizen'"


@pytest.fixture
def connection(sample_file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{sample_file}?mode=ro", uri=True)) as connection:
        yield connection


@pytest.fixture
def rows(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    cursor = connection.execute("SELECT * FROM threats")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def test_counts(connection: sqlite3.Connection, rows: list[dict[str, Any]]) -> None:
    assert queries.count(connection) == 600
    assert queries.count(connection, WHERE) == sum(row["source"] == "citizen" for row in rows)
    for column in ("category", "status", "source", "county", "local_hour"):
        assert queries.counts_by(connection, column) == Counter(row[column] for row in rows)
    citizens = Counter(row["status"] for row in rows if row["source"] == "citizen")
    assert queries.counts_by(connection, "status", WHERE) == citizens


@pytest.mark.parametrize("column", ["geom", "fid; DROP TABLE threats", '"', ""])
def test_other_columns_are_refused(connection: sqlite3.Connection, column: str) -> None:
    with pytest.raises(ValueError):
        queries.counts_by(connection, column)


def _due(row: dict[str, Any]) -> str | None:
    """By the catalogue: the deadline of the status that a report has."""
    return {"new": row["read_due"], "verification": row["verify_due"]}.get(row["status"])


def test_the_queue_has_the_most_urgent_first(
    connection: sqlite3.Connection, catalogue: Catalogue, rows: list[dict[str, Any]]
) -> None:
    waiting = [row for row in rows if row["status"] in ("new", "verification", "confirmed")]
    waiting.sort(key=lambda row: row["fid"])
    waiting.sort(key=lambda row: row["reported_at"], reverse=True)
    waiting.sort(key=lambda row: (_due(row) is None, _due(row) or ""))
    queue = queries.queue(connection, catalogue)
    assert [row.fid for row in queue] == [row["fid"] for row in waiting]
    assert [row.due for row in queue] == [_due(row) for row in waiting]
    names = [name for name in queries.QueueRow._fields if name != "due"]
    assert [[getattr(row, name) for name in names] for row in queue] == [
        [row[name] for name in names] for row in waiting
    ]


def test_the_queue_takes_a_condition_and_a_limit(
    connection: sqlite3.Connection, catalogue: Catalogue
) -> None:
    narrowed = queries.queue(connection, catalogue, "\"county\" = '0811' OR \"county\" = '0861'")
    assert {row.county for row in narrowed} == {"0811", "0861"}
    assert {row.status for row in narrowed} <= {"new", "verification", "confirmed"}
    assert queries.queue(connection, catalogue, limit=5) == queries.queue(connection, catalogue)[:5]


def test_one_threat(connection: sqlite3.Connection, rows: list[dict[str, Any]]) -> None:
    threat = queries.threat(connection, 7)
    assert threat is not None
    assert threat._asdict() == {name: rows[6][name] for name in queries.ThreatRow._fields}
    assert queries.threat_by_ref(connection, threat.ref) == threat
    assert queries.threat(connection, 10**9) is None
    assert queries.threat_by_ref(connection, "'") is None


def test_the_history_ends_with_the_newest(sample_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.gpkg"
    copy.write_bytes(sample_file.read_bytes())
    with closing(sqlite3.connect(copy)) as connection:
        threat_id, uuid = connection.execute("SELECT threat_id, uuid FROM decisions LIMIT 1").fetchone()
        names = [column[1] for column in connection.execute("PRAGMA table_info(decisions)")]
        others = ", ".join(name for name in names if name not in ("fid", "uuid", "threat_version"))
        for fid, version in ((90_001, 4), (90_000, 3)):
            connection.execute(
                f"INSERT INTO decisions (fid, uuid, threat_version, {others}) "
                f"SELECT ?, ?, ?, {others} FROM decisions WHERE uuid = ?",
                (fid, f"u{fid}", version, uuid),
            )
        history = queries.history(connection, threat_id)
    assert [row.threat_version for row in history] == [2, 3, 4]
    assert [row.fid for row in history][1:] == [90_000, 90_001]
    assert history[0].uuid == uuid
    assert history[0].actor == "K. Nowak"


def test_areas_and_units(connection: sqlite3.Connection) -> None:
    counties = queries.area_list(connection, "county")
    assert [area.code for area in counties] == sorted(area.code for area in counties)
    assert len(counties) == 14
    assert {(area.parent, area.approximate) for area in counties} == {("08", True)}
    assert len(queries.area_list(connection)) == 15
    units = {unit.code: unit for unit in queries.unit_list(connection)}
    assert units["KMP-GW"].areas == ("0801", "0861")
    assert units["KMP-GW"].parent == "KWP-GW"
    assert units["KMP-GW"].seat_lon is not None


@pytest.mark.parametrize("step", [0.02, 0.25, 5])
def test_cells_count_every_threat_once(
    connection: sqlite3.Connection, rows: list[dict[str, Any]], step: float
) -> None:
    cells = queries.cells(connection, WHERE, step)
    citizens = [row for row in rows if row["source"] == "citizen"]
    assert sum(cell.number for cell in cells) == len(citizens)
    assert len({(cell.west, cell.south) for cell in cells}) == len(cells)
    for cell in cells[:50]:
        assert cell.north - cell.south == pytest.approx(step)
        inside = [
            row
            for row in citizens
            if cell.west <= row["lon"] < cell.east and cell.south <= row["lat"] < cell.north
        ]
        assert len(inside) == cell.number
        assert cell.lon == pytest.approx(sum(row["lon"] for row in inside) / cell.number)
        assert cell.lat == pytest.approx(sum(row["lat"] for row in inside) / cell.number)


def test_a_damaged_file_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "x.gpkg").write_bytes(b"SQLite format 3\0" + bytes(5000))
    with closing(sqlite3.connect(tmp_path / "x.gpkg")) as connection, pytest.raises(ReplicaDamaged):
        queries.count(connection)
