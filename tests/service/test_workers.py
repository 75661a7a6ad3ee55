"""Several processes that serve one database: they share the work, and step on nobody's toes."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from sample_map import add_reports, decision
from service_process import ServiceProcess
from sqlalchemy import Engine

from kmzb_service.database.turns import snapshot_turn
from kmzb_service.security.tokens import create_token
from kmzb_service.settings import Settings
from kmzb_service.sync.snapshots import build_if_needed, build_snapshot, snapshot_folder
from kmzb_service.verification.audit import verify_chain

WORKERS = 3


def worker_pids(parent: int) -> list[int]:
    """The processes of a service that serve; the one that only watches over resources is not among them."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def service(settings: Settings, engine: Engine) -> Iterator[ServiceProcess]:
    """The service with several workers on the test's database."""
    service = ServiceProcess(settings.data_dir, KMZB_DATABASE_URL=settings.database_url)
    service.start("--workers", str(WORKERS))
    yield service
    service.stop()


@pytest.fixture
def desk(service: ServiceProcess, engine: Engine) -> Iterator[httpx.Client]:
    token = create_token(engine, "a verifier", "verifier")
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=service.url, headers=headers, timeout=60) as client:
        yield client


def test_workers_share_the_work_and_one_makes_the_snapshot(
    service: ServiceProcess, desk: httpx.Client, engine: Engine, settings: Settings
) -> None:
    reports = add_reports(engine, 60)

    def decide(report: int) -> str:
        # a connection of its own, which any of the workers may accept
        body = {"decisions": [decision(report, "verification")]}
        answer = httpx.post(f"{service.url}/decisions", json=body, headers=desk.headers, timeout=60)
        return str(answer.json()["outcomes"][0]["outcome"])

    with ThreadPoolExecutor(8) as pool:
        kinds = Counter(pool.map(decide, [*reports, *reports]))
    assert kinds["accepted"] == len(reports)
    assert verify_chain(engine).problems == ()
    wait_until(lambda: desk.get("/snapshots").status_code == 200)
    listed = desk.get("/snapshots").json()["snapshots"]
    assert desk.get(listed[0]["url"]).status_code == 200
    assert len(worker_pids(service.pid)) == WORKERS
    # every worker found none when it began, and one of them made it
    assert len(list(snapshot_folder(settings).glob("*.gpkg"))) == len(listed) == 1


def test_a_worker_that_dies_is_replaced(service: ServiceProcess, desk: httpx.Client) -> None:
    wait_until(lambda: len(worker_pids(service.pid)) == WORKERS)
    assert desk.get("/me").status_code == 200
    (first, *others) = worker_pids(service.pid)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: len(worker_pids(service.pid)) == WORKERS and first not in worker_pids(service.pid))
    assert set(others) <= set(worker_pids(service.pid))
    with httpx.Client(base_url=service.url, headers=desk.headers, timeout=60) as another:
        assert another.get("/me").status_code == 200


def test_all_workers_stop_with_the_service(service: ServiceProcess, desk: httpx.Client) -> None:
    assert desk.get("/me").status_code == 200
    workers = worker_pids(service.pid)
    service.stop()
    assert workers
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


def test_a_snapshot_is_made_by_one_at_a_time(engine: Engine, settings: Settings) -> None:
    add_reports(engine, 3)
    with snapshot_turn(engine, wait=False) as mine:
        assert mine
        assert build_if_needed(engine, settings, lambda: True) is None
        waiting = threading.Thread(target=build_snapshot, args=(engine, settings))
        waiting.start()
        waiting.join(0.3)
        assert waiting.is_alive()
        assert not snapshot_folder(settings).exists()
    waiting.join(60)
    assert len(list(snapshot_folder(settings).glob("*.gpkg"))) == 1
    assert build_if_needed(engine, settings, lambda: False) is None
    assert build_if_needed(engine, settings, lambda: True) is not None
