"""Near-duplicates and earlier reports, against plain Python over all rows."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pyproj import Geod

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.period import parse_instant
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.near import DUPLICATES_LIMIT, surroundings
from kmzb_qgis_plugin.replica.queries import ThreatRow
from kmzb_qgis_plugin.replica.replica import Replica

WAITING = ("new", "verification", "confirmed")
GEOD = Geod(ellps="WGS84")


@pytest.fixture
def crowded(sample_file: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A replica whose reports of the first district are pulled together around one place."""
    path = Path(shutil.copy(sample_file, tmp_path / "replica-1.gpkg"))
    with closing(Replica(path)) as replica:
        with replica._writing() as writer:
            writer.execute(
                "UPDATE threats SET lon = 15 + (lon - 15) / 200, lat = 52 + (lat - 52) / 200, "
                "category = CASE fid % 3 WHEN 0 THEN category ELSE 'stray_dogs' END"
            )
            rows = writer.execute("SELECT fid, lon, lat FROM threats").fetchall()
            writer.execute("DELETE FROM rtree_threats_geom")
            writer.executemany(
                "INSERT INTO rtree_threats_geom VALUES (?, ?, ?, ?, ?)",
                [(fid, lon, lon, lat, lat) for fid, lon, lat in rows],
            )
        with closing(replica.reader()) as connection:
            yield connection


def reports(connection: sqlite3.Connection) -> list[ThreatRow]:
    rows = connection.execute(f"SELECT {', '.join(ThreatRow._fields)} FROM threats WHERE status IS NOT NULL")
    return [ThreatRow._make(row) for row in rows]


def metres(one: ThreatRow, other: ThreatRow) -> float:
    return float(GEOD.inv(one.lon, one.lat, other.lon, other.lat)[2])


def test_finds_what_is_near_in_place_and_time(crowded: sqlite3.Connection, catalogue: Catalogue) -> None:
    everything = reports(crowded)
    found = 0
    for middle in everything[::25]:
        category = catalogue.category(middle.category)
        around = surroundings(crowded, middle, catalogue)
        assert (around.metres, around.days) == (category.near_metres, category.near_days)
        # On the sphere distances differ by half a percent from the ellipsoid's.
        near = [
            row
            for row in everything
            if row.fid != middle.fid and metres(middle, row) < 0.99 * category.near_metres
        ]
        span = timedelta(days=category.near_days)
        expected = {
            row.fid
            for row in near
            if row.category == middle.category
            and row.status in WAITING
            and abs(parse_instant(row.reported_at) - parse_instant(middle.reported_at)) <= span
        }
        duplicates = {row.fid for row in around.duplicates}
        assert expected <= duplicates
        assert all(row.metres <= category.near_metres for row in around.duplicates + around.earlier)
        before = {row.fid for row in near if row.reported_at < middle.reported_at} - expected
        if not around.more:
            assert before <= {row.fid for row in around.earlier}
        assert not duplicates & {row.fid for row in around.earlier}
        found += len(expected)
    assert found > 20


def test_earlier_reports_say_what_became_of_them(crowded: sqlite3.Connection, catalogue: Catalogue) -> None:
    middle = max(reports(crowded), key=lambda row: row.reported_at)
    everywhere = replace(catalogue, categories=tuple(
        replace(category, near_metres=10_000) for category in catalogue.categories
    ))  # fmt: skip
    earlier = surroundings(crowded, middle, everywhere).earlier
    assert [row.reported_at for row in earlier] == sorted((row.reported_at for row in earlier), reverse=True)
    assert {"eliminated", "unconfirmed"} <= {row.status for row in earlier}
    for row in earlier:
        last = queries.history(crowded, row.fid)[-1:]
        assert row.decided_at == (last[0].decided_at if last else None)


def test_a_report_whose_unsent_decision_ends_the_waiting_is_no_duplicate(
    crowded: sqlite3.Connection, catalogue: Catalogue
) -> None:
    everything = {row.fid: row for row in reports(crowded)}
    middle = next(row for row in everything.values() if surroundings(crowded, row, catalogue).duplicates)
    first = surroundings(crowded, middle, catalogue).duplicates[0]
    crowded.execute("PRAGMA query_only = OFF")
    crowded.execute("UPDATE threats SET pending_status = 'mistake' WHERE fid = ?", (first.fid,))
    assert first.fid not in {row.fid for row in surroundings(crowded, middle, catalogue).duplicates}


def test_police_records_have_no_duplicates(crowded: sqlite3.Connection, catalogue: Catalogue) -> None:
    fid = crowded.execute("SELECT fid FROM threats WHERE source = 'police'").fetchone()[0]
    around = surroundings(crowded, queries.threat(crowded, fid), catalogue)
    assert (around.duplicates, around.earlier) == ((), ())


def test_a_crowd_is_cut_off_and_counted(crowded: sqlite3.Connection, catalogue: Catalogue) -> None:
    wide = replace(catalogue, categories=tuple(
        replace(category, near_metres=50_000, near_days=3_000) for category in catalogue.categories
    ))  # fmt: skip
    crowded.execute("PRAGMA query_only = OFF")
    crowded.execute("UPDATE threats SET status = 'new', category = 'speeding' WHERE status IS NOT NULL")
    around = surroundings(crowded, reports(crowded)[0], wide)
    total = len(reports(crowded)) - 1
    assert len(around.duplicates) == DUPLICATES_LIMIT
    assert around.more == total - DUPLICATES_LIMIT
