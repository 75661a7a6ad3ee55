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
from sample_map import add_reports, add_unit, decision
from service_process import ServiceProcess
from sqlalchemy import Engine, bindparam, func, select, update
from test_sync_changes import cursor_at

from kmzb_service.database.engine import open_engine, reading, take_positions, writing
from kmzb_service.database.tables import threat
from kmzb_service.security.scope import EVERYTHING, Scope
from kmzb_service.security.tokens import create_token
from kmzb_service.security.units import Units
from kmzb_service.settings import Settings
from kmzb_service.sync.cursor import Cursor
from kmzb_service.sync.snapshots import build_snapshot, snapshot_folder
from kmzb_service.verification.audit import verify_chain

pytestmark = ON_POSTGIS

FULL = os.environ.get("KMZB_TEST_SIZE") == "full"
CHANGES = 100_000 if FULL else 4_000
VERIFIERS, REPORTS = (50, 1_000) if FULL else (12, 60)
WRITERS, SNAPSHOTS = 8, 3
ROWS = 1_000
HOME = "KPP-KROSNO"  # where all threats are at first
UNITS = (HOME, "KPP-ZARY", "KPP-ZAGAN")


@pytest.fixture
def service(settings: Settings, engine: Engine) -> Iterator[ServiceProcess]:
    """Two workers on the test's database."""
    service = ServiceProcess(settings.data_dir, KMZB_DATABASE_URL=settings.database_url)
    service.start("--workers", "2")
    yield service
    service.stop()


def desk(service: ServiceProcess, engine: Engine, name: str, unit: str | None = None) -> httpx.Client:
    token = create_token(engine, name, "coordinator", unit, reach="own" if unit else "country")
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.Client(base_url=service.url, headers=headers, timeout=120)


@dataclass
class Writers:
    """Threads that change the same threats in transactions of their own, and know all that they wrote."""

    url: str
    changes: int  # in all, if they are not stopped before
    # (position, id of the threat, its version, its unit) of every committed change
    history: list[tuple[int, int, int, str]] = field(default_factory=list)
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
    def _change(engine: Engine, ids: list[int], chance: random.Random) -> list[tuple[int, int, int, str]]:
        with writing(engine) as connection:
            first = take_positions(connection, len(ids))
            # between its position and its commit is where a change could be overtaken by a later one
            connection.execute(select(func.pg_sleep(chance.choice((0, 0, 0.002)))))
            rows = [
                {"row": row, "seq": first + offset, "given": chance.choice((*UNITS, None, None))}
                for offset, row in enumerate(ids)
            ]
            connection.execute(
                update(threat)
                .where(threat.c.id == bindparam("row"))
                .values(
                    seq=bindparam("seq"),
                    version=threat.c.version + 1,
                    unit=func.coalesce(bindparam("given"), threat.c.unit),
                ),
                rows,
            )
            found = {
                row.id: row
                for row in connection.execute(
                    select(threat.c.id, threat.c.version, threat.c.unit).where(threat.c.id.in_(ids))
                )
            }
        return [(row["seq"], row["row"], found[row["row"]].version, found[row["row"]].unit) for row in rows]


@dataclass
class Reader:
    """A desk that goes on asking for changes until it has all of them."""

    client: httpx.Client
    cursor: str
    versions: dict[int, int] = field(default_factory=dict)
    received: Counter[tuple[int, int]] = field(default_factory=Counter)
    told_gone: set[int] = field(default_factory=set)

    def follow(self, writers: Writers, limit: int) -> None:
        while True:
            last_look = not writers.busy
            answer = self.client.get("/changes", params={"cursor": self.cursor, "limit": limit})
            assert answer.status_code == 200, answer.text
            document = answer.json()
            for feature in document["threats"]:
                version = feature["properties"]["version"]
                assert version > self.versions.get(feature["id"], 0), "an older state came later"
                self.versions[feature["id"]] = version
                self.received[feature["id"], version] += 1
            for gone in document["removed"]["threats"]:
                self.versions.pop(gone, None)
                self.told_gone.add(gone)
            self.cursor = document["next_cursor"]
            if last_look and document["up_to_date"]:
                return


def stored_versions(engine: Engine, *units: str) -> dict[int, int]:
    """The versions of the threats of some units, or of all."""
    query = select(threat.c.id, threat.c.version)
    with reading(engine) as connection:
        return dict(connection.execute(query.where(threat.c.unit.in_(units or UNITS))).all())


def scope_of(engine: Engine, unit: str) -> Scope:
    with reading(engine) as connection:
        return Scope.of(Units().tree(connection), unit, "own")


def test_readers_lose_and_repeat_nothing_while_writers_write(
    service: ServiceProcess, settings: Settings, engine: Engine
) -> None:
    for unit in UNITS:
        add_unit(engine, unit)
    add_reports(engine, ROWS)
    writers = Writers(settings.database_url, CHANGES)
    # two see the country, and two a unit between which threats go to and fro
    seen = (None, None, *UNITS[:2])
    readers = [
        Reader(
            desk(service, engine, f"reader {number}", unit),
            cursor_at(engine, 0, "all" if unit is None else scope_of(engine, unit).key),
        )
        for number, unit in enumerate(seen)
    ]
    writers.start()
    with ThreadPoolExecutor(len(readers)) as pool:
        limits = (7, 1_000, 100, 5_000)
        done = [
            pool.submit(reader.follow, writers, limit) for reader, limit in zip(readers, limits, strict=True)
        ]
        for one in done:
            one.result()
    writers.join()
    assert len(writers.history) == CHANGES
    first = len(UNITS) + ROWS + 1
    assert sorted(position for position, *_ in writers.history) == list(range(first, first + CHANGES))
    for reader, unit in zip(readers, seen, strict=True):
        assert reader.versions == stored_versions(engine, *([unit] if unit else []))
        assert set(reader.received.values()) == {1}
        # nobody is told of what was never theirs
        theirs = {row for _, row, _, given in writers.history if unit in (None, given)}
        assert reader.told_gone <= (theirs if unit != HOME else set(range(1, ROWS + 1)))
        assert bool(reader.told_gone) == (unit is not None)
        reader.client.close()


@pytest.mark.parametrize("unit", [None, HOME])
def test_a_snapshot_is_exactly_what_its_cursor_says(
    settings: Settings, engine: Engine, unit: str | None
) -> None:
    add_unit(engine, HOME)
    add_reports(engine, ROWS)
    scope = EVERYTHING if unit is None else scope_of(engine, unit)
    writers = Writers(settings.database_url, changes=10**9)
    writers.start()
    found = []
    for number in range(SNAPSHOTS):
        deadline = time.monotonic() + 60
        while len(writers.history) < number * 100 + 1 and time.monotonic() < deadline:
            time.sleep(0.01)
        info = build_snapshot(engine, settings, scope=scope)
        with closing(sqlite3.connect(snapshot_folder(settings) / info.file)) as file:
            versions = dict(file.execute("SELECT fid, version FROM threats").fetchall())
        found.append((Cursor.decode(info.cursor).position, versions))
    assert writers.busy
    writers.stop()
    assert found[0][0] > ROWS
    assert found[-1][0] > found[0][0]
    for position, versions in found:
        expected = dict.fromkeys(range(1, ROWS + 1), (1, HOME))
        for at, row, version, given in sorted(writers.history):
            if at <= position:
                expected[row] = (version, given)
        assert versions == {
            row: version for row, (version, given) in expected.items() if unit in (None, given)
        }


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
