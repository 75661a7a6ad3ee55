"""When what the service stands on gives way: the database, the disk, the process itself."""

from __future__ import annotations

import errno
import logging
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psycopg
import pytest
from on_databases import ON_POSTGIS, ON_SPATIALITE
from postgres_cluster import PostgresCluster
from sample_map import add_decisions, add_reports, decision
from service_process import ServiceProcess
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient
from test_app import problem
from test_decisions import state, stored
from test_reception import a_meeting
from test_snapshots import wait_for_snapshot

from kmzb_service.app import create_app
from kmzb_service.database.engine import open_engine, take_positions, writing
from kmzb_service.database.room import no_room_left
from kmzb_service.security.tokens import create_token
from kmzb_service.settings import Settings
from kmzb_service.sync.snapshots import build_snapshot, snapshot_folder
from kmzb_service.verification.audit import verify_chain


@pytest.fixture
def database(settings: Settings) -> Path:
    return settings.data_dir / "kmzb.sqlite"


def let_go(client: TestClient, engine: Engine) -> None:
    """Close all connections to the database, so that the next one meets what is there then."""
    engine.dispose()
    client.app.state.engine.dispose()


PATHS = ["/health", "/me", "/collections/threats/items", "/changes?cursor=x"]


@ON_SPATIALITE
@pytest.mark.parametrize("path", PATHS)
def test_a_file_that_is_gone_and_comes_back(
    client: TestClient, engine: Engine, database: Path, path: str
) -> None:
    before = client.get(path).status_code
    let_go(client, engine)
    aside = database.rename(database.with_suffix(".aside"))
    database.mkdir()
    answer = client.get(path)
    assert (answer.status_code, problem(answer)["slug"]) == (503, "database-unavailable")
    assert int(answer.headers["retry-after"]) > 0
    database.rmdir()
    aside.rename(database)
    assert client.get(path).status_code == before


@ON_POSTGIS
@pytest.mark.parametrize("how", ["immediate", "fast"])
def test_a_server_that_is_gone_and_comes_back(
    client: TestClient, engine: Engine, postgres: PostgresCluster, how: str
) -> None:
    (report,) = add_reports(engine, 1)
    assert client.get("/health").status_code == 200
    postgres.stop(how)
    try:
        for path in (*PATHS, "/snapshots"):
            answer = client.get(path)
            assert (answer.status_code, problem(answer)["slug"]) == (503, "database-unavailable"), path
            assert int(answer.headers["retry-after"]) > 0
        body = {"decisions": [decision(report, "verification")]}
        assert problem(client.post("/decisions", json=body))["slug"] == "database-unavailable"
    finally:
        postgres.start()
    assert client.get("/health").status_code == 200
    (outcome,) = client.post("/decisions", json=body).json()["outcomes"]
    assert outcome["outcome"] == "accepted"
    assert wait_for_snapshot(client)["size"] > 0


@ON_POSTGIS
def test_only_a_connection_that_has_ended_is_replaced(
    settings: Settings, engine: Engine, postgres: PostgresCluster
) -> None:
    """What waits on a connection that lies idle is its end, or seldom something else."""
    backend = text("SELECT pg_backend_pid()")
    database = str(engine.url.database)
    own = open_engine(settings.database_url)
    with own.connect() as connection:
        first = connection.execute(backend).scalar_one()
        connection.execute(text("LISTEN news"))
        connection.commit()
    postgres.execute("NOTIFY news", database)
    time.sleep(0.2)
    with own.connect() as connection:
        assert connection.execute(backend).scalar_one() == first
    postgres.execute(f"SELECT pg_terminate_backend({first}, 10000)", database)
    with own.connect() as connection:
        assert connection.execute(backend).scalar_one() != first
    own.dispose()


def end_waiting_connections(engine: Engine) -> int:
    """End the connections that wait for a lock as soon as there are any; return how many."""
    waiting = "wait_event_type = 'Lock' AND datname = current_database()"
    end = text(f"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE {waiting}")
    deadline, ended = time.monotonic() + 60, 0
    while not ended and time.monotonic() < deadline:
        time.sleep(0.02)
        with engine.connect() as connection:
            ended = connection.execute(end).scalar_one()
    return ended


@ON_POSTGIS
def test_a_server_that_ends_connections_under_way(
    live: str, client: TestClient, engine: Engine, postgres: PostgresCluster
) -> None:
    """A request is waiting in the database when its connection is cut."""
    (report,) = add_reports(engine, 1)
    body = {"decisions": [decision(report, "verification")]}
    with (
        httpx.Client(base_url=live, headers=client.headers, timeout=60) as desk,
        ThreadPoolExecutor() as pool,
    ):
        with writing(engine) as connection:
            take_positions(connection, 1)
            answer = pool.submit(desk.post, "/decisions", json=body)
            assert end_waiting_connections(engine) == 1
        assert problem(answer.result())["slug"] == "database-unavailable"
        (outcome,) = desk.post("/decisions", json=body).json()["outcomes"]
    assert outcome["outcome"] == "accepted"
    assert verify_chain(engine).problems == ()


@ON_SPATIALITE
def test_a_database_that_is_damaged(client: TestClient, engine: Engine, database: Path) -> None:
    let_go(client, engine)
    database.write_bytes(b"this is not a database " * 1000)
    answer = client.get("/health")
    assert (answer.status_code, problem(answer)["slug"]) == (503, "database-unavailable")
    assert "not a database" not in answer.text


def test_readers_do_not_wait_for_a_writer(live: str, engine: Engine, client: TestClient) -> None:
    """A token's first use is noted, which is a write: the request that uses it must not wait for it."""
    add_reports(engine, 3)
    headers = client.headers
    with writing(engine) as connection:
        connection.execute(text("UPDATE threat SET description = 'x'"))
        for path in ("/me", "/collections/threats/items", "/collections"):
            # a reader that waited would wait for as long as this transaction is open
            assert httpx.get(live + path, headers=headers, timeout=20).status_code == 200
        connection.rollback()


def test_a_decision_during_an_import_waits_and_is_taken(
    live: str, engine: Engine, client: TestClient
) -> None:
    (report,) = add_reports(engine, 1)
    body = {"decisions": [decision(report, "verification")]}
    with httpx.Client(base_url=live, headers=client.headers, timeout=60) as desk:
        with writing(engine) as connection:
            connection.execute(text("UPDATE service_fact SET value = value"))
            with pytest.raises(httpx.ReadTimeout):
                desk.post("/decisions", json=body, timeout=0.5)
            assert state(engine, report) == ("new", 1)
        # the desk does not know what became of it, and sends it again
        (outcome,) = desk.post("/decisions", json=body).json()["outcomes"]
    assert outcome["outcome"] in ("accepted", "duplicate")
    assert state(engine, report) == ("verification", 2)
    assert len(stored(engine)) == 1


def test_a_disk_that_is_full_leaves_the_last_good_snapshot(engine: Engine, settings: Settings) -> None:
    add_reports(engine, 3)
    good = build_snapshot(engine, settings)
    add_reports(engine, 2_000)
    # A limit on the size of files stands in for the disk: writing beyond it fails as on a full one.
    script = """
import resource, signal, sys
from pathlib import Path
from kmzb_service.database.engine import open_engine
from kmzb_service.security.tokens import create_token
from kmzb_service.settings import Settings
from kmzb_service.sync.snapshots import build_snapshot
settings = Settings(database_url=sys.argv[1], data_dir=Path(sys.argv[2]))
engine = open_engine(settings.database_url)
with engine.connect():
    pass
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
build_snapshot(engine, settings)
"""
    arguments = [sys.executable, "-c", script, settings.database_url, str(settings.data_dir)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "full" in done.stderr or "disk I/O" in done.stderr, done.stderr
    left = sorted(entry.name for entry in snapshot_folder(settings).iterdir())
    assert left == [good.file, f"{good.file}.json"]


@ON_SPATIALITE
def test_a_database_that_has_no_room_left(client: TestClient, engine: Engine) -> None:
    reports = add_reports(engine, 100)
    body = {"decisions": [decision(report, "verification", note="x" * 2_000) for report in reports]}
    served = client.app.state.engine

    def no_more_pages(connection: sqlite3.Connection, *_: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(served, "connect", no_more_pages)
    served.dispose()
    meetings = {"meetings": [a_meeting(place="x" * 200) for _ in range(100)]}
    for path, sent in (("/decisions", body), ("/meetings", meetings)):
        answer = client.post(path, json=sent)
        assert (answer.status_code, problem(answer)["slug"]) == (507, "insufficient-storage")
    assert client.get("/collections/threats/items").json()["numberMatched"] == 100
    event.remove(served, "connect", no_more_pages)
    served.dispose()
    outcomes = client.post("/decisions", json=body).json()["outcomes"]
    assert {one["outcome"] for one in outcomes} == {"accepted"}
    assert verify_chain(engine).problems == ()


@ON_POSTGIS  # whose database is written by another process
def test_a_disk_that_is_full_is_told_to_who_asks_for_a_snapshot(
    settings: Settings, engine: Engine, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    deadline = time.monotonic() + 60
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", no_room)
        while (answer := client.get("/snapshots")).status_code == 503 and time.monotonic() < deadline:
            time.sleep(0.05)
    assert (answer.status_code, problem(answer)["slug"]) == (507, "insufficient-storage")
    assert int(answer.headers["retry-after"]) > 0
    while (answer := client.get("/snapshots")).status_code == 507 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert wait_for_snapshot(client)["size"] > 0
    assert not list(snapshot_folder(settings).glob("*.part*"))


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(errno.ENOSPC, "no space"), True),
        (OSError(errno.EDQUOT, "quota"), True),
        (OSError(errno.EACCES, "denied"), False),
        (RuntimeError("sqlite3_step() failed: database or disk is full"), True),
        (RuntimeError("no such layer"), False),
        (OperationalError("INSERT", {}, psycopg.errors.DiskFull("could not extend file")), True),
        (OperationalError("INSERT", {}, psycopg.errors.DeadlockDetected("deadlock")), False),
        (sqlite3.OperationalError("locked"), False),
        (KeyError("x"), False),
    ],
)
def test_what_is_a_full_disk(error: Exception, full: bool) -> None:
    assert no_room_left(error) is full


def test_a_folder_that_cannot_be_written_is_told_and_tried_again(
    settings: Settings, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    wait_for_snapshot(client)
    folder = snapshot_folder(settings)
    shutil.rmtree(folder)
    folder.write_text("a file where the folder should be")
    with caplog.at_level(logging.ERROR, "kmzb_service.sync.builder"):
        assert problem(client.get("/snapshots"))["slug"] == "snapshot-not-ready"
        deadline = time.monotonic() + 60
        while "could not be made" not in caplog.text and time.monotonic() < deadline:
            time.sleep(0.02)
    assert "could not be made" in caplog.text
    folder.unlink()
    assert wait_for_snapshot(client)["size"] > 0


def test_a_service_that_stops_while_it_makes_a_snapshot(settings: Settings, engine: Engine) -> None:
    add_reports(engine, 12_000)
    headers = {"Authorization": f"Bearer {create_token(engine, 'desk', 'viewer')}"}
    with TestClient(create_app(settings), headers=headers) as client:
        assert problem(client.get("/snapshots"))["slug"] == "snapshot-not-ready"
        deadline = time.monotonic() + 60
        while not list(settings.data_dir.glob("snapshots/*.part*")) and time.monotonic() < deadline:
            time.sleep(0.001)
    left = [entry.name for entry in snapshot_folder(settings).iterdir()]
    # either it was given up and nothing is left, or it was just finished and is whole
    assert not [name for name in left if ".part" in name]
    assert len(left) in (0, 2)


def test_a_report_decided_elsewhere_in_between_keeps_its_chain(client: TestClient, engine: Engine) -> None:
    first, second = add_reports(engine, 2)
    add_decisions(engine, first, "verification")
    answer = client.post("/decisions", json={"decisions": [decision(second, "verification")]})
    assert answer.json()["outcomes"][0]["outcome"] == "accepted"
    add_decisions(engine, first, "confirmed", start="verification", base_version=2)
    assert verify_chain(engine).problems == ()
    assert [row.id for row in stored(engine)] == [1, 2, 3]


def test_a_service_killed_while_desks_send_keeps_every_decision_once(tmp_path: Path) -> None:
    service = ServiceProcess(tmp_path / "data")
    service.command("init")
    engine = open_engine(f"sqlite:///{service.database}")
    reports = add_reports(engine, 400)
    sent = [decision(report, "verification") for report in reports]
    headers = {"Authorization": f"Bearer {service.token('desk', 'verifier')}"}
    batches = [sent[first : first + 20] for first in range(0, len(sent), 20)]
    acknowledged: list[str] = []

    def send_all(desk: httpx.Client) -> Counter[str]:
        kinds: Counter[str] = Counter()
        for number, batch in enumerate(batches):
            if number == len(batches) // 2:
                halfway.set()
            answer = desk.post("/decisions", json={"decisions": batch})
            outcomes = answer.json()["outcomes"]
            kinds.update(outcome["outcome"] for outcome in outcomes)
            acknowledged.extend(outcome["uuid"] for outcome in outcomes)
        return kinds

    halfway = threading.Event()
    killer = threading.Thread(target=lambda: (halfway.wait(60), service.stop(signal.SIGKILL)))
    try:
        with httpx.Client(base_url=service.start(), headers=headers, timeout=60) as desk:
            killer.start()
            # the kill comes somewhere in the second half; what is lost on the way is not known
            with pytest.raises(httpx.TransportError):
                while True:
                    send_all(desk)
        killer.join()
        before = list(acknowledged)
        kept = {row.uuid for row in stored(engine)}
        assert set(before) <= kept
        with httpx.Client(base_url=service.start(), headers=headers, timeout=60) as desk:
            kinds = send_all(desk)
    finally:
        service.stop()
    assert kinds == {"accepted": len(sent) - len(kept), "duplicate": len(kept)}
    assert sorted(row.uuid for row in stored(engine)) == sorted(one["uuid"] for one in sent)
    assert verify_chain(engine).problems == ()
    engine.dispose()
