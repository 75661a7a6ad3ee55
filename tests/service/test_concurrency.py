"""Many at once on PostGIS: nothing lost, nothing twice, one accepted decision per version.

Continuous integration runs a small size of each test; the size that the service
is measured by takes some minutes:

    KMZB_TEST_SIZE=full python -m pytest tests/service/test_concurrency.py
"""

from __future__ import annotations

import os
import random
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from on_databases import ON_POSTGIS
from sample_map import add_reports, decision
from service_process import ServiceProcess
from sqlalchemy import Engine, bindparam, func, select, update
from test_sync_changes import cursor_at

from kmzb_service.database.engine import open_engine, reading, take_positions, writing
from kmzb_service.database.tables import threat
from kmzb_service.security.tokens import create_token
from kmzb_service.settings import Settings
from kmzb_service.sync.cursor import Cursor
from kmzb_service.sync.snapshots import build_snapshot, snapshot_folder
from kmzb_service.verification.audit import verify_chain

pytestmark = ON_POSTGIS

FULL = os.environ.get("KMZB_TEST_SIZE") == "full"
CHANGES = 100_000 if FULL else 4_000
VERIFIERS, REPORTS = (50, 1_000) if FULL else (12, 60)
WRITERS, READERS, SNAPSHOTS = 8, 4, 3
ROWS = 1_000


@pytest.fixture
def service(settings: Settings, engine: Engine) -> Iterator[ServiceProcess]:
    """Two workers on the test's database."""
    service = ServiceProcess(settings.data_dir, KMZB_DATABASE_URL=settings.database_url)
    service.start("--workers", "2")
    yield service
    service.stop()


def desk(service: ServiceProcess, engine: Engine, name: str) -> httpx.Client:
    headers = {"Authorization": f"Bearer {create_token(engine, name, 'coordinator')}"}
    return httpx.Client(base_url=service.url, headers=headers, timeout=120)


@dataclass
class Writers:
    """Threads that change the same threats in transactions of their own, and know all that they wrote."""

    url: str
    changes: int  # in all, if they are not stopped before
    # (position, id of the threat, its version) of every committed change
    history: list[tuple[int, int, int]] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)
    _stopped: threading.Event = field(default_factory=threading.Event)
    _failures: list[Exception] = field(default_factory=list)

    def start(self) -> None:
        self._threads = [threading.Thread(target=self._write, args=(number,)) for number in range(WRITERS)]
        for thread in self._threads:
            thread.start()

    @property
    def busy(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    def stop(self) -> None:
        self._stopped.set()
        self.join()

    def join(self) -> None:
        for thread in self._threads:
            thread.join()
        if self._failures:
            raise self._failures[0]

    def _write(self, number: int) -> None:
        engine, chance, left = open_engine(self.url), random.Random(number), self.changes // WRITERS
        try:
            while left and not self._stopped.is_set():
                size = min(left, chance.choice((1, 1, 2, 5, 20)))
                self.history += self._change(engine, chance.sample(range(1, ROWS + 1), size), chance)
                left -= size
        except Exception as error:  # noqa: BLE001 (told to the test by join)
            self._failures.append(error)
        finally:
            engine.dispose()

    @staticmethod
    def _change(engine: Engine, ids: list[int], chance: random.Random) -> list[tuple[int, int, int]]:
        with writing(engine) as connection:
            first = take_positions(connection, len(ids))
            # between its position and its commit is where a change could be overtaken by a later one
            connection.execute(select(func.pg_sleep(chance.choice((0, 0, 0.002)))))
            rows = [{"row": row, "seq": first + offset} for offset, row in enumerate(ids)]
            connection.execute(
                update(threat)
                .where(threat.c.id == bindparam("row"))
                .values(seq=bindparam("seq"), version=threat.c.version + 1),
                rows,
            )
            versions = dict(
                connection.execute(select(threat.c.id, threat.c.version).where(threat.c.id.in_(ids))).all()
            )
        return [(row["seq"], row["row"], versions[row["row"]]) for row in rows]


@dataclass
class Reader:
    """A desk that goes on asking for changes until it has all of them."""

    client: httpx.Client
    cursor: str
    versions: dict[int, int] = field(default_factory=dict)
    received: Counter[tuple[int, int]] = field(default_factory=Counter)

    def follow(self, writers: Writers, limit: int) -> None:
        while True:
            last_look = not writers.busy
            document = self.client.get("/changes", params={"cursor": self.cursor, "limit": limit}).json()
            for feature in document["threats"]:
                version = feature["properties"]["version"]
                assert version > self.versions.get(feature["id"], 0), "an older state came later"
                self.versions[feature["id"]] = version
                self.received[feature["id"], version] += 1
            self.cursor = document["next_cursor"]
            if last_look and document["up_to_date"]:
                return


def stored_versions(engine: Engine) -> dict[int, int]:
    with reading(engine) as connection:
        return dict(connection.execute(select(threat.c.id, threat.c.version)).all())


def test_readers_lose_and_repeat_nothing_while_writers_write(
    service: ServiceProcess, settings: Settings, engine: Engine
) -> None:
    add_reports(engine, ROWS)
    writers = Writers(settings.database_url, CHANGES)
    readers = [
        Reader(desk(service, engine, f"reader {number}"), cursor_at(engine, 0)) for number in range(READERS)
    ]
    writers.start()
    with ThreadPoolExecutor(READERS) as pool:
        limits = (7, 100, 1_000, 5_000)
        done = [
            pool.submit(reader.follow, writers, limit) for reader, limit in zip(readers, limits, strict=True)
        ]
        for one in done:
            one.result()
    writers.join()
    assert len(writers.history) == CHANGES
    assert sorted(position for position, _, _ in writers.history) == list(range(ROWS + 1, ROWS + CHANGES + 1))
    for reader in readers:
        assert reader.versions == stored_versions(engine)
        assert set(reader.received.values()) == {1}
        reader.client.close()


def test_a_snapshot_is_exactly_what_its_cursor_says(settings: Settings, engine: Engine) -> None:
    add_reports(engine, ROWS)
    writers = Writers(settings.database_url, changes=10**9)
    writers.start()
    found = []
    for number in range(SNAPSHOTS):
        deadline = time.monotonic() + 60
        while len(writers.history) < number * 100 + 1 and time.monotonic() < deadline:
            time.sleep(0.01)
        info = build_snapshot(engine, settings)
        with closing(sqlite3.connect(snapshot_folder(settings) / info.file)) as file:
            versions = dict(file.execute("SELECT fid, version FROM threats").fetchall())
        found.append((Cursor.decode(info.cursor).position, versions))
    assert writers.busy
    writers.stop()
    assert found[0][0] > ROWS
    assert found[-1][0] > found[0][0]
    for position, versions in found:
        expected = dict.fromkeys(range(1, ROWS + 1), 1)
        for at, row, version in sorted(writers.history):
            if at <= position:
                expected[row] = version
        assert versions == expected


def test_one_decision_per_version_however_many_decide(service: ServiceProcess, engine: Engine) -> None:
    reports = add_reports(engine, REPORTS)
    choices: tuple[dict[str, Any], ...] = (
        {"to_status": "verification"},
        {"to_status": "mistake", "reason": "joke"},
    )

    def decide(number: int) -> list[tuple[int, dict[str, Any]]]:
        mine = random.Random(number).sample(reports, len(reports))
        outcomes = []
        with desk(service, engine, f"verifier {number}") as client:
            ready.wait()
            for first in range(0, len(mine), 25):
                batch = [decision(report, **choices[number % 2]) for report in mine[first : first + 25]]
                answer = client.post("/decisions", json={"decisions": batch})
                assert answer.status_code == 200, answer.text
                outcomes += list(zip(mine[first : first + 25], answer.json()["outcomes"], strict=True))
        return outcomes

    ready = threading.Barrier(VERIFIERS)
    with ThreadPoolExecutor(VERIFIERS) as pool:
        told = [one for outcomes in pool.map(decide, range(VERIFIERS)) for one in outcomes]
    assert len(told) == VERIFIERS * REPORTS
    accepted = {report: one["decision"]["id"] for report, one in told if one["outcome"] == "accepted"}
    kinds = Counter(one["outcome"] for _, one in told)
    assert (len(accepted), kinds["accepted"]) == (REPORTS, REPORTS)
    assert kinds.keys() == {"accepted", "duplicate", "conflict"}
    # everyone is told of the one decision that counts, and those who wanted the same have nothing to do
    for report, one in told:
        assert one["decision"]["id"] == accepted[report]
        assert one["threat"]["properties"]["status"] == one["decision"]["to_status"]
        assert one["outcome"] != "duplicate" or one["same_result"]
    report = verify_chain(engine)
    assert (report.checked, report.problems) == (REPORTS, ())
