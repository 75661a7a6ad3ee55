"""What watches over the service sees: readiness, figures, and a log that names no person."""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from on_databases import ON_SPATIALITE
from prometheus_client.parser import text_string_to_metric_families
from sample_map import add_reports, decision
from service_process import ServiceProcess
from sqlalchemy import Engine, insert, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from starlette.testclient import TestClient
from test_app import problem
from test_workers import WORKERS, wait_until, worker_pids

from kmzb_service.app import create_app
from kmzb_service.database.tables import access_token
from kmzb_service.log import JsonLines, told
from kmzb_service.security.tokens import create_token
from kmzb_service.settings import SECRET_LENGTH, Settings, SettingsError

NAME, NOTE, SOUGHT, ELSEWHERE = "Zenon Wiśniewski", "bo sąsiadka widziała", "Żółwińska", "Malinowska"
ITEMS = "/collections/threats/items"


def test_ready_when_everything_is_there(anonymous: TestClient) -> None:
    assert anonymous.get("/ready").json()["status"] == "ready"


def test_not_ready_on_tables_of_another_version(anonymous: TestClient, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    refused = anonymous.get("/ready")
    assert (refused.status_code, problem(refused)["slug"]) == (503, "not-ready")
    assert "9999" in refused.json()["detail"]
    assert int(refused.headers["retry-after"]) > 0
    assert anonymous.get("/health").status_code == 200


@ON_SPATIALITE
def test_not_ready_without_the_folder_of_files(settings: Settings, tmp_path: Any) -> None:
    moved = Settings(settings.database_url, tmp_path / "files")
    moved.data_dir.mkdir()
    with TestClient(create_app(moved)) as client:
        assert client.get("/ready").status_code == 200
        shutil.rmtree(moved.data_dir)
        assert problem(client.get("/ready"))["slug"] == "not-ready"


@pytest.fixture
def prometheus(anonymous: TestClient) -> TestClient:
    """The running service as a program on its own computer sees it."""
    return TestClient(anonymous.app, client=("127.0.0.1", 50_000))


def figures(answer: httpx.Response) -> dict[tuple[str, ...], float]:
    """The samples of an answer by name and values of the labels."""
    assert answer.status_code == 200
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_figures_of_requests_and_decisions(
    prometheus: TestClient, client: TestClient, engine: Engine
) -> None:
    (report,) = add_reports(engine, 1)
    before = figures(prometheus.get("/metrics"))
    assert client.get(ITEMS).status_code == 200
    assert client.get("/" + NAME).status_code == 404
    body = {"decisions": [decision(report, "verification"), decision(99, "verification")]}
    assert client.post("/decisions", json=body).status_code == 200
    after = figures(prometheus.get("/metrics"))

    def grown(*name: str) -> float:
        return after[name] - before.get(name, 0)

    route = "/collections/{collection_id}/items"
    assert grown("kmzb_requests_total", "GET", route, "200") == 1
    assert grown("kmzb_requests_total", "GET", "(none)", "404") == 1
    assert grown("kmzb_request_seconds_count", "GET", route) == 1
    assert grown("kmzb_answered_bytes_total", "GET", route) > 100
    assert grown("kmzb_decisions_total", "accepted") == grown("kmzb_decisions_total", "rejected") == 1
    assert after["kmzb_change_position",] > before["kmzb_change_position",]
    # that of the figures itself
    assert after["kmzb_requests_under_way",] == 1
    assert NAME not in prometheus.get("/metrics").text


def test_figures_are_for_this_computer_or_for_who_has_their_token(settings: Settings, engine: Engine) -> None:
    secret = "s" * SECRET_LENGTH
    closed, opened = create_app(settings), create_app(
        Settings(settings.database_url, settings.data_dir, metrics_token=secret)
    )  # fmt: skip
    for address, status in (("127.0.0.1", 200), ("::1", 200), ("10.1.2.3", 403), ("elsewhere", 403)):
        client = TestClient(closed, client=(address, 50_000))
        assert client.get("/metrics").status_code == status, address
    elsewhere = TestClient(opened, client=("10.1.2.3", 50_000))
    assert problem(elsewhere.get("/metrics"))["slug"] == "forbidden"
    token = create_token(engine, "an administrator", "admin")
    for given, status in ((secret, 200), (secret[1:], 403), ("", 403), (token, 403), ("ąę", 403)):
        headers = {"Authorization": f"Bearer {given}".encode()}
        assert elsewhere.get("/metrics", headers=headers).status_code == status, given


def test_a_token_for_figures_that_could_be_guessed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KMZB_METRICS_TOKEN", "secret")
    with pytest.raises(SettingsError, match="KMZB_METRICS_TOKEN"):
        Settings.from_environment()


@pytest.fixture
def service(settings: Settings, engine: Engine) -> Iterator[ServiceProcess]:
    service = ServiceProcess(settings.data_dir, KMZB_DATABASE_URL=settings.database_url)
    yield service
    service.stop()


@ON_SPATIALITE
def test_figures_add_up_over_workers(service: ServiceProcess, engine: Engine) -> None:
    url = service.start("--workers", str(WORKERS))
    health = ("kmzb_requests_total", "GET", "/health", "200")

    def ask(path: str) -> httpx.Response:
        # a connection of its own, which any of the workers may accept
        return httpx.get(url + path, timeout=60)

    wait_until(lambda: len(worker_pids(service.pid)) == WORKERS)
    for _ in range(40):
        assert ask("/health").status_code == 200
    assert {figures(ask("/metrics"))[health] for _ in range(9)} == {40}
    # what a worker did that has died is kept; what it was doing is not
    gone, *_ = worker_pids(service.pid)
    os.kill(gone, signal.SIGKILL)
    wait_until(lambda: len(worker_pids(service.pid)) == WORKERS and gone not in worker_pids(service.pid))
    after = figures(ask("/metrics"))
    assert after[health] == 40
    assert after["kmzb_requests_under_way",] == 1


def lines_of(service: ServiceProcess) -> list[dict[str, Any]]:
    first, *others = service.log.read_text(encoding="utf-8").splitlines()
    assert first.startswith("Listening on")
    return [json.loads(line) for line in others]


def test_the_log_names_requests_and_no_person(service: ServiceProcess, engine: Engine) -> None:
    (report,) = add_reports(engine, 1, description=f"Zgłasza {ELSEWHERE}")
    secret = create_token(engine, NAME, "coordinator")
    url = service.start()
    asked = [
        (ITEMS, {"filter": f"description LIKE '%{SOUGHT}%'"}, 200),
        (ITEMS, {"description": SOUGHT}, 200),
        (ITEMS, {"filter": f"description = {SOUGHT} AND"}, 400),
        (f"/{SOUGHT}", {}, 404),
        (f"/collections/{SOUGHT}/items", {}, 404),
        (f"{ITEMS}/{report}", {}, 200),
        ("/me", {}, 200),
    ]
    ids = {}
    with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {secret}"}) as desk:
        for path, parameters, status in asked:
            answer = desk.get(path, params=parameters)
            assert answer.status_code == status
            ids[answer.headers["x-request-id"]] = status
        body = {"decisions": [decision(report, "verification", note=NOTE)]}
        assert desk.post("/decisions", json=body).status_code == 200
        desk.get("/me", headers={"Authorization": f"Bearer {secret}x"})
        # a defect: what the exception says could quote the request
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM change_counter"))
        failed = desk.get("/changes", params={"cursor": "eyJlIjoiYSIsInAiOjEsInMiOiJhbGwifQ"})
        assert failed.status_code == 500
    service.stop()
    lines = lines_of(service)
    assert {line["request"]: line["status"] for line in lines if "status" in line}.items() >= ids.items()
    (defect,) = (line for line in lines if "errors" in line)
    assert defect["request"] == failed.headers["x-request-id"]
    assert [error["type"] for error in defect["errors"]] == ["NoResultFound"]
    assert any("changes" in place for place in defect["errors"][0]["places"])
    written = service.log.read_text(encoding="utf-8")
    for word in (*NAME.split(), NOTE, SOUGHT, ELSEWHERE, secret):
        assert word not in written
        assert json.dumps(word)[1:-1] not in written


def test_an_error_of_the_database_is_told_without_what_was_to_be_stored(engine: Engine) -> None:
    create_token(engine, NAME, "viewer")
    row = {"name": NAME, "role": "viewer", "hash": "x", "created_at": None}
    try:
        with engine.begin() as connection:
            connection.execute(insert(access_token), row)
        raise AssertionError("the name is taken")
    except SQLAlchemyError as error:
        record = logging.makeLogRecord({"msg": "failed", "exc_info": (type(error), error, None)})
        line = JsonLines().format(record)
        assert isinstance(error, DBAPIError)
        assert NAME not in line
        assert "IntegrityError" in line


def test_errors_of_the_system_keep_their_words() -> None:
    assert "No space left" in told(OSError(28, "No space left on device", "/srv/x.gpkg"))["message"]
    assert "message" not in told(ValueError(NAME))
