"""Snapshot files: what is in them, how they come into place, how they are loaded."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from on_databases import ClientAs
from osgeo import gdal, ogr
from sample_map import add_area, add_decisions, add_police_record, add_reports, add_unit, change
from sqlalchemy import Engine, func, select
from starlette.testclient import TestClient
from test_app import problem
from test_sync_changes import changes, here, rows

from kmzb_service.database.engine import take_positions, writing
from kmzb_service.database.tables import decision, service_fact, threat
from kmzb_service.settings import Settings
from kmzb_service.sync.builder import STALE_AFTER_CHANGES
from kmzb_service.sync.snapshots import SnapshotInfo, build_snapshot, list_snapshots, snapshot_folder


def fill(engine: Engine) -> None:
    add_reports(engine, 40)
    add_police_record(engine)
    add_area(engine, "0802")
    add_area(engine, "0803", west=16.0)
    add_unit(engine, "KPP-KROSNO")
    add_decisions(engine, 1, "verification", "confirmed")
    change(engine, threat, 7, removed=True)


@pytest.fixture
def info(engine: Engine, settings: Settings) -> SnapshotInfo:
    fill(engine)
    return build_snapshot(engine, settings)


@pytest.fixture
def path(info: SnapshotInfo, settings: Settings) -> Path:
    return snapshot_folder(settings) / info.file


@pytest.fixture
def file(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def wait_for_snapshot(client: TestClient) -> dict[str, Any]:
    """The newest snapshot that a service lists once it has made one."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        answer = client.get("/snapshots")
        if answer.status_code == 200:
            return answer.json()["snapshots"][0]
        assert problem(answer)["slug"] == "snapshot-not-ready"
        assert int(answer.headers["retry-after"]) > 0
        time.sleep(0.05)
    raise AssertionError("no snapshot came")


# --- the file


def test_the_file_holds_what_the_database_holds(file: sqlite3.Connection, engine: Engine) -> None:
    counted = {
        name: file.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for name in ("threats", "areas", "units", "decisions")
    }
    with engine.connect() as connection:
        present = connection.execute(
            select(func.count()).select_from(threat).where(threat.c.removed.is_(False))
        ).scalar_one()
    assert counted == {"threats": present, "areas": 2, "units": 1, "decisions": 2}
    assert file.execute("SELECT count(*) FROM threats WHERE fid = 7").fetchone()[0] == 0


def test_the_file_says_the_same_as_the_features(file: sqlite3.Connection, client: TestClient) -> None:
    for name in ("threats", "areas", "units"):
        for feature in client.get(f"/collections/{name}/items").json()["features"]:
            row = file.execute(f"SELECT * FROM {name} WHERE fid = ?", (feature["id"],)).fetchone()
            assert {key: row[key] for key in feature["properties"]} == feature["properties"]
    for record in client.get("/collections/decisions/items").json()["features"]:
        row = dict(file.execute("SELECT * FROM decisions WHERE fid = ?", (record["id"],)).fetchone())
        assert row == {"fid": record["id"], **record["properties"]}
    row = file.execute("SELECT lon, lat, pending_status FROM threats WHERE fid = 3").fetchone()
    assert tuple(row) == (15.03, 52.03, None)


def test_the_file_knows_where_changes_go_on(
    file: sqlite3.Connection, info: SnapshotInfo, client: TestClient, engine: Engine
) -> None:
    facts = dict(file.execute("SELECT key, value FROM kmzb_replica").fetchall())
    assert facts["cursor"] == info.cursor == here(engine)
    assert (facts["schema_version"], facts["built_at"]) == ("3", info.built_at)
    with engine.connect() as connection:
        epoch = connection.execute(select(service_fact.c.value).where(service_fact.c.key == "epoch"))
        assert facts["epoch"] == epoch.scalar_one()
    assert rows(changes(client, info.cursor)) == []
    change(engine, threat, 2, description="później")
    change(engine, threat, 3, removed=True)
    assert rows(changes(client, info.cursor)) == [("threats", 2), ("-threats", 3)]


def test_the_file_has_its_indexes_and_statistics(file: sqlite3.Connection) -> None:
    def plan(where: str) -> str:
        return file.execute(f"EXPLAIN QUERY PLAN SELECT fid FROM threats WHERE {where}").fetchone()["detail"]

    assert "threats_category_occurred" in plan("category = 'speeding' AND occurred_from >= '2021'")
    assert "threats_source_occurred" in plan("source = 'police' AND occurred_from >= '2021'")
    for column in ("status", "ref", "unit", "reported_at"):
        assert "USING" in plan(f"{column} = 'x'"), column
    indexed = {row[0] for row in file.execute("SELECT idx FROM sqlite_stat1 WHERE tbl = 'threats'")}
    assert len(indexed) >= 6
    assert file.execute("SELECT count(*) FROM rtree_threats_geom").fetchone()[0] == 40


def test_the_file_is_shipped_without_a_journal(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert {entry.suffix for entry in path.parent.iterdir()} == {".gpkg", ".json"}


def test_ogr_reads_the_file(path: Path) -> None:
    source = gdal.OpenEx(str(path), gdal.OF_VECTOR)
    names = [source.GetLayer(number).GetName() for number in range(source.GetLayerCount())]
    assert names == ["threats", "areas", "units", "decisions"]
    threats = source.GetLayerByName("threats")
    assert threats.GetGeomType() == ogr.wkbPoint
    assert threats.GetSpatialRef().GetAuthorityCode(None) == "4326"
    west, east, south, north = threats.GetExtent()
    assert (round(west, 4), round(east, 4), round(south, 4), round(north, 4)) == (15.01, 15.41, 52.01, 52.41)
    threats.SetSpatialFilterRect(15.005, 52.0, 15.025, 53.0)
    assert [feature.GetFID() for feature in threats] == [1, 2]
    (first, _) = source.GetLayerByName("areas")
    shape = first.GetGeometryRef()
    assert [polygon.GetGeometryCount() for polygon in shape] == [2, 1]
    assert round(shape.Area(), 6) == 0.25 - 0.005 + 0.005
    assert first.GetField("approximate") == 1


def test_qgis_reads_the_file(path: Path, qgis_app: object) -> None:
    from qgis.core import QgsFeatureSource, QgsRectangle, QgsVectorLayer

    layer = QgsVectorLayer(f"{path}|layername=threats", "threats", "ogr")
    assert layer.isValid()
    assert layer.featureCount() == 40
    assert layer.hasSpatialIndex() == QgsFeatureSource.SpatialIndexPresent
    (feature,) = layer.getFeatures(QgsRectangle(15.025, 52.0, 15.035, 53.0))
    # QGIS 3.22 leaves the zone away: the clock it shows is that of UTC
    shown = feature["occurred_from"].toString("yyyy-MM-ddTHH:mm:ss")
    assert shown == "2021-03-01T14:00:00"
    assert feature["local_day"].toString("yyyy-MM-dd") == "2021-03-01"
    assert layer.fields().field("local_hour").isNumeric()
    decisions = QgsVectorLayer(f"{path}|layername=decisions", "decisions", "ogr")
    assert (decisions.isValid(), decisions.featureCount()) == (True, 2)


def test_an_empty_map_makes_a_file_too(engine: Engine, settings: Settings) -> None:
    path = snapshot_folder(settings) / build_snapshot(engine, settings).file
    source = gdal.OpenEx(str(path), gdal.OF_VECTOR)
    assert [source.GetLayer(number).GetFeatureCount() for number in range(4)] == [0, 0, 0, 0]


# --- how files come and go


def test_progress_adds_up(engine: Engine, settings: Settings) -> None:
    fill(engine)
    told: list[tuple[int, int]] = []
    build_snapshot(engine, settings, lambda done, total: told.append((done, total)))
    assert told[-1] == (45, 45)
    assert told == sorted(told)


def test_two_generations_are_kept(engine: Engine, settings: Settings) -> None:
    made = []
    for _ in range(4):
        add_reports(engine, 1)
        made.append(build_snapshot(engine, settings))
    with engine.connect() as connection:
        epoch = connection.execute(select(service_fact.c.value).where(service_fact.c.key == "epoch")).scalar()
    assert list_snapshots(settings, str(epoch)) == [made[3], made[2]]
    assert {entry.name for entry in snapshot_folder(settings).glob("*.gpkg")} == {made[3].file, made[2].file}


def test_a_build_that_fails_leaves_the_last_good_one(
    engine: Engine, settings: Settings, info: SnapshotInfo
) -> None:
    def stop(_done: int, _total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        build_snapshot(engine, settings, stop)
    assert sorted(entry.name for entry in snapshot_folder(settings).iterdir()) == [
        info.file,
        f"{info.file}.json",
    ]


def test_what_a_killed_process_left_is_swept_later(
    engine: Engine, settings: Settings, info: SnapshotInfo
) -> None:
    folder = snapshot_folder(settings)
    left, fresh = folder / "a.part.gpkg", folder / "b.part.gpkg"
    left.write_bytes(b"half")
    fresh.write_bytes(b"of another process that is at work")
    day_before = time.time() - 24 * 3600
    os.utime(left, (day_before, day_before))
    build_snapshot(engine, settings)
    assert (left.exists(), fresh.exists()) == (False, True)


# --- the resource


def test_a_service_without_a_snapshot_makes_one(engine: Engine, client: TestClient) -> None:
    listed = wait_for_snapshot(client)
    assert listed["schema_version"] == 3
    answer = client.get(listed["url"])
    assert answer.headers["content-type"] == "application/geopackage+sqlite3"
    assert len(answer.content) == listed["size"]
    assert hashlib.sha256(answer.content).hexdigest() == listed["sha256"]
    assert rows(changes(client, listed["cursor"])) == []


def test_a_snapshot_of_another_database_is_not_offered(
    client: TestClient, engine: Engine, settings: Settings
) -> None:
    before = wait_for_snapshot(client)
    with writing(engine) as connection:
        connection.execute(
            service_fact.update().where(service_fact.c.key == "epoch").values(value="restored")
        )
    after = wait_for_snapshot(client)
    assert after["cursor"] != before["cursor"]
    assert rows(changes(client, after["cursor"])) == []


def test_a_snapshot_far_behind_is_renewed(client: TestClient, engine: Engine) -> None:
    first = wait_for_snapshot(client)
    with writing(engine) as connection:
        take_positions(connection, STALE_AFTER_CHANGES)
    assert wait_for_snapshot(client) == first
    add_reports(engine, 1)
    deadline = time.monotonic() + 60
    while wait_for_snapshot(client) == first and time.monotonic() < deadline:
        time.sleep(0.05)
    assert wait_for_snapshot(client)["cursor"] == here(engine)


def test_the_file_is_never_compressed_on_the_way(client: TestClient) -> None:
    listed = wait_for_snapshot(client)
    accepted = {"Accept-Encoding": "gzip", "Accept": "application/geopackage+sqlite3"}
    answer = client.get(listed["url"], headers=accepted)
    assert "content-encoding" not in answer.headers
    assert answer.headers["etag"] == f'"{listed["sha256"]}"'
    assert answer.headers["content-length"] == str(listed["size"])


def test_ranges(client: TestClient) -> None:
    listed = wait_for_snapshot(client)
    whole, size = client.get(listed["url"]).content, listed["size"]

    def part(asked: str, **more: str) -> Any:
        return client.get(listed["url"], headers={"Range": asked, **more})

    for asked, start, end in (
        ("bytes=0-99", 0, 100),
        ("bytes=1000-", 1000, size),
        ("bytes=-10", size - 10, size),
        (f"bytes=100-{10**15}", 100, size),
    ):
        answer = part(asked)
        assert answer.status_code == 206
        assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{size}"
        assert answer.content == whole[start:end]
    for asked in (f"bytes={size}-", "bytes=-0"):
        answer = part(asked)
        assert (answer.status_code, problem(answer)["slug"]) == (416, "range-not-satisfiable")
        assert answer.headers["content-range"] == f"bytes */{size}"
    for asked in ("bytes=", "bytes=9-3", "lines=1-2", "bytes=a-b", "bytes=0-1,5-6"):
        answer = part(asked)
        assert (answer.status_code, answer.content) == (200, whole)


def test_a_download_goes_on_only_with_the_same_file(client: TestClient) -> None:
    listed = wait_for_snapshot(client)
    tag, size = f'"{listed["sha256"]}"', listed["size"]
    same = client.get(listed["url"], headers={"Range": "bytes=10-", "If-Range": tag})
    assert (same.status_code, len(same.content)) == (206, size - 10)
    other = client.get(listed["url"], headers={"Range": "bytes=10-", "If-Range": '"other"'})
    assert (other.status_code, len(other.content)) == (200, size)
    beyond = client.get(listed["url"], headers={"Range": f"bytes={size}-", "If-Range": '"other"'})
    assert beyond.status_code == 200


def test_a_file_that_the_client_has(client: TestClient) -> None:
    listed = wait_for_snapshot(client)
    answer = client.get(listed["url"], headers={"If-None-Match": f'"{listed["sha256"]}"'})
    assert (answer.status_code, answer.content) == (304, b"")
    head = client.head(listed["url"])
    assert head.headers["content-length"] == str(listed["size"])


def test_a_file_that_is_gone(client: TestClient) -> None:
    for name in ("kmzb-1-x.gpkg", "..%2Fkmzb.sqlite", "%2Fetc%2Fpasswd"):
        assert problem(client.get(f"/snapshots/{name}"))["slug"] == "not-found"


def test_every_role_may_load(client_as: ClientAs) -> None:
    viewer = client_as("viewer")
    assert viewer.get(wait_for_snapshot(viewer)["url"]).status_code == 200


def test_the_catalogue_is_sent_once(client: TestClient) -> None:
    answer = client.get("/catalogue")
    assert {"sources", "categories", "statuses", "transitions", "reasons"} <= answer.json().keys()
    again = client.get("/catalogue", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_decisions_in_the_file_keep_their_order(file: sqlite3.Connection, engine: Engine) -> None:
    with engine.connect() as connection:
        expected = connection.execute(select(decision.c.hash).order_by(decision.c.id)).scalars().all()
    assert [row[0] for row in file.execute("SELECT hash FROM decisions ORDER BY fid")] == expected
