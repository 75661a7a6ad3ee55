"""The replica's file: written while QGIS's library reads it, broken in every way, and replaced."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from contract_server import decisions_of, features_of
from osgeo import ogr

from kmzb_qgis_plugin.client.errors import Cancelled, ContractMismatch, IncompleteDownload
from kmzb_qgis_plugin.client.service_client import Changes, Identity, Scope, SnapshotInfo
from kmzb_qgis_plugin.replica import replica as replica_module
from kmzb_qgis_plugin.replica.errors import (
    DiskFull,
    ReplicaDamaged,
    ReplicaOfOtherVersion,
    StorageBusy,
    StorageDenied,
)
from kmzb_qgis_plugin.replica.replica import Replica, generations, install, sweep

BOX = (15.0, 15.4, 52.0, 52.5)  # west, east, south, north


@pytest.fixture
def folder(sample_file: Path, tmp_path: Path) -> Path:
    shutil.copy(sample_file, tmp_path / "replica-1.gpkg")
    return tmp_path


@pytest.fixture
def replica(folder: Path) -> Iterator[Replica]:
    opened = Replica.open(folder)
    assert opened is not None
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def features(sample_file: Path) -> list[dict[str, Any]]:
    return features_of(sample_file, "threats")


def changed(feature: dict[str, Any], lon: float, lat: float, **properties: Any) -> dict[str, Any]:
    return {
        **feature,
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {**feature["properties"], **properties},
    }


def in_box_by_ogr(path: Path) -> set[int]:
    """Through the R-tree."""
    west, east, south, north = BOX
    layer = (source := ogr.Open(str(path))).GetLayer("threats")
    layer.SetSpatialFilterRect(west, south, east, north)
    found = {feature.GetFID() for feature in layer}
    del source
    return found


def in_box_by_values(replica: Replica) -> set[int]:
    """Through the numbers beside the geometry, row by row."""
    west, east, south, north = BOX
    with closing(replica.reader()) as reader:
        rows = reader.execute(
            "SELECT fid FROM threats WHERE lon BETWEEN ? AND ? AND lat BETWEEN ? AND ?",
            (west, east, south, north),
        )
        return {fid for (fid,) in rows}


def test_changes_are_seen_by_ogr_and_its_spatial_index(
    replica: Replica, features: list[dict[str, Any]]
) -> None:
    before = in_box_by_ogr(replica.path)
    assert before == in_box_by_values(replica)
    inside, outside = sorted(before)[:50], [one["id"] for one in features if one["id"] not in before][:50]
    by_id = {feature["id"]: feature for feature in features}
    new = [
        {**changed(by_id[inside[0]], 15.2, 52.2, ref=f"Z-9{number:06d}"), "id": 10_000 + number}
        for number in range(20)
    ]
    applied = replica.apply(
        Changes(
            threats=[
                *(changed(by_id[fid], 20.0, 50.0, place="ul. Żółta") for fid in inside[:25]),
                *(changed(by_id[fid], 15.1, 52.1) for fid in outside),
                *new,
            ],
            removed={"threats": inside[25:], "areas": [], "units": []},
            next_cursor="next",
        )
    )
    expected = before - set(inside) | set(outside) | {feature["id"] for feature in new}
    assert in_box_by_ogr(replica.path) == expected == in_box_by_values(replica)
    assert applied.threat_ids == set(inside) | set(outside) | {feature["id"] for feature in new}
    source = ogr.Open(str(replica.path))
    layer = source.GetLayer("threats")
    assert layer.GetFeatureCount() == len(features) - len(inside[25:]) + 20
    assert layer.GetFeature(inside[0])["place"] == "ul. Żółta"
    assert layer.GetExtent()[1] == 20.0
    assert replica.cursor == "next"


def test_areas_and_units_and_decisions(replica: Replica, sample_file: Path) -> None:
    area = features_of(sample_file, "areas")[3]
    area["properties"]["name"] = "powiat nowy"
    area["geometry"]["coordinates"] = [[[[30.0, 60.0], [31.0, 60.0], [31.0, 61.0], [30.0, 60.0]]]]
    unit = features_of(sample_file, "units")[0]
    decision = {**decisions_of(sample_file)[0], "note": "nowa"}
    applied = replica.apply(
        Changes(
            areas=[area],
            units=[unit],
            decisions=[decision],
            removed={"units": [features_of(sample_file, "units")[1]["id"]]},
        )
    )
    assert applied.area_ids == {area["id"]}
    assert len(applied.unit_ids) == 2
    assert applied.decision_ids == {decision["id"]}
    source = ogr.Open(str(replica.path))
    layer = source.GetLayer("areas")
    layer.SetSpatialFilterRect(30.1, 60.0, 30.9, 60.5)
    assert [feature["name"] for feature in layer] == ["powiat nowy"]
    assert source.GetLayer("units").GetFeatureCount() == 2
    with closing(replica.reader()) as reader:
        notes = reader.execute("SELECT note FROM decisions WHERE fid = ?", (decision["id"],)).fetchall()
    assert notes == [("nowa",)]


def test_decisions_go_with_their_threat(replica: Replica, sample_file: Path) -> None:
    threat_id = decisions_of(sample_file)[0]["threat_id"]
    replica.apply(Changes(removed={"threats": [threat_id]}))
    with closing(replica.reader()) as reader:
        left = reader.execute("SELECT count(*) FROM decisions WHERE threat_id = ?", (threat_id,)).fetchone()
    assert left == (0,)


@pytest.mark.parametrize(
    "broken",
    [
        {"id": 1},
        {"id": "x", "geometry": None, "properties": {}},
        {"id": 1, "geometry": {"type": "Point", "coordinates": [1]}, "properties": {}},
        {"id": 1, "geometry": None, "properties": {}},
    ],
)
def test_a_broken_row_changes_nothing(
    replica: Replica, features: list[dict[str, Any]], broken: dict[str, Any]
) -> None:
    good = changed(features[0], 20.0, 50.0)
    before = replica.cursor
    with pytest.raises(ContractMismatch):
        replica.apply(Changes(threats=[good, broken], next_cursor="next"))
    assert replica.cursor == before
    with closing(replica.reader()) as reader:
        assert reader.execute("SELECT max(lon) < 19 FROM threats").fetchone() == (1,)


@pytest.mark.parametrize("value", [{"a": 1}, [1], 1 << 70])
def test_a_value_that_no_column_holds_changes_nothing(
    replica: Replica, features: list[dict[str, Any]], value: Any
) -> None:
    good = changed(features[0], 20.0, 50.0)
    with pytest.raises(ContractMismatch):
        replica.apply(Changes(threats=[good, changed(features[1], 20.0, 50.0, place=value)]))
    with closing(replica.reader()) as reader:
        assert reader.execute("SELECT max(lon) < 19 FROM threats").fetchone() == (1,)


def test_facts_are_read_while_changes_are_written(replica: Replica) -> None:
    with replica._writing() as connection:
        connection.execute("UPDATE kmzb_replica SET value = 'next' WHERE key = 'cursor'")
        reading = threading.Thread(target=lambda: read.append(replica.cursor))
        read: list[str] = []
        reading.start()
        reading.join(10)
        assert read == ["sample-cursor"]
    assert replica.cursor == "next"


def test_marks_survive_changes_and_go_when_nothing_waits(
    replica: Replica, features: list[dict[str, Any]]
) -> None:
    assert replica.mark_pending({1: "confirmed", 2: "mistake"}) == {1, 2}
    replica.apply(Changes(threats=[changed(features[0], 15.0, 52.0)]))
    assert marks(replica) == {1: "confirmed", 2: "mistake"}
    assert replica.mark_pending({2: "mistake", 3: "new"}) == {1, 3}
    assert marks(replica) == {2: "mistake", 3: "new"}
    assert replica.mark_pending({}) == {2, 3}
    assert marks(replica) == {}


def marks(replica: Replica) -> dict[int, str]:
    with closing(replica.reader()) as reader:
        rows = reader.execute("SELECT fid, pending_status FROM threats WHERE pending_status IS NOT NULL")
        return dict(rows.fetchall())


def test_facts(replica: Replica) -> None:
    assert replica.cursor == "sample-cursor"
    assert (replica.catalogue_text, replica.identity, replica.synced_at) == (None, None, None)
    identity = Identity("A. Nowak", "verifier", "KPP", Scope("own", None, "KPP"), "1.0", 1)
    replica.remember({"catalogue": "{}", "identity": identity_text(identity), "synced_at": "now"})
    assert (replica.catalogue_text, replica.identity, replica.synced_at) == ("{}", identity, "now")


def identity_text(identity: Identity) -> str:
    return json.dumps(identity.to_json())


def test_readers_only_read(replica: Replica) -> None:
    with closing(replica.reader()) as reader, pytest.raises(sqlite3.OperationalError):
        reader.execute("DELETE FROM decisions")


def test_an_open_reading_goes_on_while_changes_are_written(
    replica: Replica, features: list[dict[str, Any]]
) -> None:
    """As QGIS draws while a synchronisation writes."""
    source = ogr.Open(str(replica.path))
    layer = source.GetLayer("threats")
    seen = [layer.GetNextFeature().GetFID() for _ in range(10)]
    writer = threading.Thread(
        target=replica.apply, args=(Changes(threats=[changed(one, 20.0, 50.0) for one in features[:200]]),)
    )
    writer.start()
    writer.join()
    while (feature := layer.GetNextFeature()) is not None:
        seen.append(feature.GetFID())
    assert sorted(seen) == [feature["id"] for feature in features]


def test_there_is_none_in_an_empty_folder(tmp_path: Path) -> None:
    assert Replica.open(tmp_path) is None


def test_the_newest_good_one_is_opened(folder: Path, sample_file: Path) -> None:
    shutil.copy(sample_file, folder / "replica-10.gpkg")
    shutil.copy(sample_file, folder / "replica-9.gpkg")
    (folder / "replica-11.gpkg").write_bytes(b"broken")
    (folder / "replica-x.gpkg").write_bytes(b"")
    opened = Replica.open(folder)
    assert opened is not None
    assert opened.path.name == "replica-10.gpkg"
    opened.close()


def truncated(path: Path) -> None:
    with path.open("rb+") as file:
        file.truncate(path.stat().st_size // 2)


def overwritten_header(path: Path) -> None:
    with path.open("rb+") as file:
        file.write(os.urandom(100))


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def other_file(path: Path) -> None:
    path.write_text("<html>Sign in</html>" * 100)


def sql(*statements: str) -> Any:
    def damage(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    return damage


DAMAGES = {
    "truncated": truncated,
    "overwritten header": overwritten_header,
    "emptied": emptied,
    "another file": other_file,
    "a missing table": sql("DROP TABLE decisions"),
    "a missing column": sql("ALTER TABLE decisions RENAME COLUMN note TO remark"),
    "no facts": sql("DROP TABLE kmzb_replica"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_file_is_told_and_passed_over(folder: Path, damage: Any) -> None:
    damage(folder / "replica-1.gpkg")
    with pytest.raises(ReplicaDamaged):
        Replica(folder / "replica-1.gpkg")
    assert Replica.open(folder) is None


@pytest.mark.parametrize("version", ["0", "1", "2", None])
def test_another_version_is_told_and_passed_over(folder: Path, version: str | None) -> None:
    with closing(sqlite3.connect(folder / "replica-1.gpkg")) as connection:
        connection.execute("UPDATE kmzb_replica SET value = ? WHERE key = 'schema_version'", (version,))
        connection.commit()
    with pytest.raises(ReplicaOfOtherVersion):
        Replica(folder / "replica-1.gpkg")
    assert Replica.open(folder) is None


def test_damage_inside_is_told_when_it_is_met(folder: Path) -> None:
    path = folder / "replica-1.gpkg"
    with path.open("rb+") as file:
        file.seek(path.stat().st_size // 4)
        file.write(b"\xff" * (path.stat().st_size // 2))
    try:
        opened = Replica(path)
    except ReplicaDamaged:
        return
    with closing(opened), pytest.raises(ReplicaDamaged):
        opened.mark_pending(dict.fromkeys(range(1, 600), "new"))
        opened.apply(Changes(removed={"threats": list(range(1, 600))}))


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StorageDenied):
        Replica(tmp_path / "replica-1.gpkg")
    assert list(tmp_path.iterdir()) == []


def test_paths_with_signs_that_mean_something_in_addresses(sample_file: Path, tmp_path: Path) -> None:
    strange = tmp_path / "Użytkownik #1 100%? & c"
    strange.mkdir()
    shutil.copy(sample_file, strange / "replica-1.gpkg")
    opened = Replica.open(strange)
    assert opened is not None
    with closing(opened), closing(opened.reader()) as reader:
        assert reader.execute("SELECT count(*) FROM threats").fetchone() == (600,)


def test_a_full_disk_changes_nothing(replica: Replica, features: list[dict[str, Any]]) -> None:
    """SQLite's own limit on pages stands for the disk's."""
    connection = replica._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    grown = [
        {**changed(feature, 15.0, 52.0, description="x" * 500), "id": 10_000 + feature["id"]}
        for feature in features
    ]
    with pytest.raises(DiskFull):
        replica.apply(Changes(threats=grown, next_cursor="next"))
    assert replica.cursor == "sample-cursor"
    connection.execute("PRAGMA max_page_count = 1000000")
    assert len(replica.apply(Changes(threats=grown, next_cursor="next")).threat_ids) == 600


def test_a_file_that_another_program_holds(replica: Replica) -> None:
    replica._connection.execute("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(replica.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageBusy):
            replica.remember({"x": "y"})
    replica.remember({"x": "y"})


# --- installing ---------------------------------------------------------------------------


def info_of(part: Path) -> SnapshotInfo:
    digest = hashlib.sha256(part.read_bytes()).hexdigest()
    return SnapshotInfo("http://x/file", part.stat().st_size, digest, "sample-cursor", "", 1)


@pytest.fixture
def part(sample_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sample_file, tmp_path / "snapshot-1.part"))


def never() -> bool:
    return False


def test_installing(part: Path, tmp_path: Path) -> None:
    facts = {"catalogue": "{}", "identity": "null"}
    path = install(tmp_path, part, info_of(part), facts, {5: "confirmed"}, never)
    assert path.name == "replica-1.gpkg"
    assert not part.exists()
    with closing(Replica(path)) as opened:
        assert opened.catalogue_text == "{}"
        assert marks(opened) == {5: "confirmed"}
    assert sorted(file.name for file in tmp_path.iterdir()) == ["replica-1.gpkg"]


def test_a_second_one_comes_beside_the_first(replica: Replica, part: Path, folder: Path) -> None:
    path = install(folder, part, info_of(part), {}, {}, never)
    assert [one.name for one in generations(folder)] == ["replica-2.gpkg", "replica-1.gpkg"]
    assert replica.cursor == "sample-cursor"
    with closing(Replica(path)):
        sweep(folder, path)
        assert len(generations(folder)) == 2  # the first one is still held
        replica.close()
        sweep(folder, path)
    assert [one.name for one in folder.iterdir()] == ["replica-2.gpkg"]


def test_sweeping_takes_broken_ones_and_stopped_installs(folder: Path) -> None:
    (folder / "replica-7.gpkg").write_bytes(b"broken")
    (folder / "replica-8.new").write_bytes(b"half")
    (folder / "outbox.sqlite").write_bytes(b"")
    sweep(folder, folder / "replica-1.gpkg")
    assert sorted(one.name for one in folder.iterdir()) == ["outbox.sqlite", "replica-1.gpkg"]


def test_a_wrong_digest_is_discarded(part: Path, folder: Path) -> None:
    announced = info_of(part)
    with part.open("rb+") as file:
        file.seek(5000)
        file.write(b"?")
    with pytest.raises(IncompleteDownload):
        install(folder, part, announced, {}, {}, never)
    assert [one.name for one in folder.iterdir()] == ["replica-1.gpkg"]


@pytest.mark.parametrize(
    "damage", [sql("DROP TABLE units"), sql("UPDATE kmzb_replica SET value = 'x'"), other_file]
)
def test_a_whole_file_that_is_no_replica_of_ours(part: Path, folder: Path, damage: Any) -> None:
    damage(part)
    with pytest.raises(ContractMismatch):
        install(folder, part, info_of(part), {}, {}, never)
    assert [one.name for one in folder.iterdir()] == ["replica-1.gpkg"]


def test_cancelling_keeps_the_part(part: Path, folder: Path) -> None:
    with pytest.raises(Cancelled):
        install(folder, part, info_of(part), {}, {}, lambda: True)
    assert sorted(one.name for one in folder.iterdir()) == ["replica-1.gpkg", "snapshot-1.part"]


@pytest.mark.parametrize("step", ["_prepare", "_flush", "replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_the_disk_fails_in_the_middle(
    part: Path, folder: Path, step: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At each step the last good replica stays the one that is opened."""

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    if step == "replace":
        moves = iter([Path.replace, fail])
        monkeypatch.setattr(Path, "replace", lambda self, target: next(moves)(self, target))
    else:
        monkeypatch.setattr(replica_module, step, fail)
    with pytest.raises(DiskFull if number == errno.ENOSPC else StorageDenied):
        install(folder, part, info_of(part), {}, {}, never)
    opened = Replica.open(folder)
    assert opened is not None
    assert opened.path.name == "replica-1.gpkg"
    opened.close()
    assert [one.name for one in folder.glob("*.gpkg")] == ["replica-1.gpkg"]


def test_power_goes_before_the_file_has_its_name(part: Path, folder: Path) -> None:
    """What a process that was killed leaves: a file that no one takes for a replica."""
    shutil.copy(part, folder / "replica-2.new")
    opened = Replica.open(folder)
    assert opened is not None
    assert opened.path.name == "replica-1.gpkg"
    opened.close()
    path = install(folder, part, info_of(part), {}, {}, never)
    assert path.name == "replica-2.gpkg"
