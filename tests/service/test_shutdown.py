"""A service that is told to stop: what it has begun it finishes, and nobody new is let in."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from on_databases import ON_POSTGIS
from sample_map import add_reports, decision
from service_process import ServiceProcess
from sqlalchemy import Engine, text
from test_decisions import state

from kmzb_service.database.engine import take_positions, writing
from kmzb_service.security.tokens import create_token
from kmzb_service.settings import Settings

WORKERS = [(), ("--workers", "2")]


@pytest.fixture
def service(settings: Settings, engine: Engine) -> Iterator[ServiceProcess]:
    service = ServiceProcess(settings.data_dir, KMZB_DATABASE_URL=settings.database_url)
    yield service
    service.stop()


@pytest.fixture
def headers(engine: Engine) -> dict[str, str]:
    return {"Authorization": f"Bearer {create_token(engine, 'desk', 'verifier')}"}


def wait_until_closed(url: str) -> None:
    """Wait until nobody listens there."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            httpx.get(f"{url}/health", timeout=5)
        except httpx.TransportError:
            return
        time.sleep(0.05)
    raise AssertionError("the service still takes requests")


@ON_POSTGIS
@pytest.mark.parametrize("workers", WORKERS, ids=["alone", "several"])
def test_a_decision_under_way_is_taken_and_answered(
    service: ServiceProcess, headers: dict[str, str], engine: Engine, workers: tuple[str, ...]
) -> None:
    (report,) = add_reports(engine, 1)
    url = service.start(*workers)
    assert httpx.get(f"{url}/ready", timeout=60).status_code == 200
    body = {"decisions": [decision(report, "verification")]}
    with ThreadPoolExecutor(1) as pool:
        with writing(engine) as connection:
            take_positions(connection, 1)
            answer = pool.submit(httpx.post, f"{url}/decisions", json=body, headers=headers, timeout=60)
            wait_for_lock(engine)
            stopping = threading.Thread(target=service.stop)
            stopping.start()
            wait_until_closed(url)
            assert not answer.done()
        (outcome,) = answer.result().json()["outcomes"]
    stopping.join()
    assert outcome["outcome"] == "accepted"
    assert state(engine, report) == ("verification", 2)


def wait_for_lock(engine: Engine) -> None:
    """Wait until some connection waits for a lock of another one."""
    waiting = "wait_event_type = 'Lock' AND datname = current_database()"
    query = text(f"SELECT count(*) FROM pg_stat_activity WHERE {waiting}")
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with engine.connect() as connection:
            if connection.execute(query).scalar_one():
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits")


def test_a_download_under_way_is_sent_whole(
    service: ServiceProcess, headers: dict[str, str], engine: Engine
) -> None:
    count = len(add_reports(engine, 12_000))
    url = service.start()
    address = f"{url}/collections/threats/items?f=ndjson"
    with httpx.stream(
        "GET", address, headers=headers | {"Accept-Encoding": "identity"}, timeout=60
    ) as answer:
        pieces = answer.iter_raw(1_000)
        begun = next(pieces)
        stopping = threading.Thread(target=service.stop)
        stopping.start()
        wait_until_closed(url)
        whole = begun + b"".join(pieces)
    stopping.join()
    assert whole.count(b"\n") == count
