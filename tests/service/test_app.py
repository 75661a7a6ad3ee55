"""What holds for every answer of the service: problem documents, headers, compression."""

from __future__ import annotations

import gzip
import logging

import pytest
from on_databases import ClientAs
from sample_map import add_reports
from sqlalchemy import Engine, text
from starlette.testclient import TestClient

from kmzb_service.app import create_app
from kmzb_service.database.schema import DatabaseNotReady
from kmzb_service.database.tables import threat
from kmzb_service.frame import MAX_BODY_BYTES
from kmzb_service.settings import Settings


def problem(answer: object) -> dict[str, object]:
    """The problem document of an answer, its form checked."""
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["title"]
    assert body["instance"] == f"urn:uuid:{answer.headers['x-request-id']}"
    assert body["type"].startswith("urn:kmzb:problem:")
    return body | {"slug": body["type"].removeprefix("urn:kmzb:problem:")}


def test_a_service_does_not_start_on_an_empty_database(empty_settings: Settings) -> None:
    with pytest.raises(DatabaseNotReady, match="kmzb-service init"):
        create_app(empty_settings)


def test_health_needs_no_token(anonymous: TestClient) -> None:
    assert anonymous.get("/health").json()["status"] == "ok"


@pytest.mark.parametrize(
    "path", ["/nothing", "/collections/", "/docs", "/openapi.json", "/snapshots/../kmzb.sqlite"]
)
def test_unknown_addresses(client: TestClient, path: str) -> None:
    assert problem(client.get(path))["slug"] == "not-found"


def test_a_method_that_an_address_does_not_have(client: TestClient) -> None:
    answer = client.delete("/decisions")
    assert problem(answer)["slug"] == "method-not-allowed"
    assert answer.headers["allow"] == "POST"


def test_head_answers_as_get_does_without_the_body(client: TestClient) -> None:
    answer = client.head("/health")
    assert answer.status_code == 200
    assert answer.headers["content-length"] == str(len(client.get("/health").content))


@pytest.mark.parametrize(
    "path",
    ["/", "/api", "/health", "/me", "/catalogue", "/snapshots", "/collections", "/collections/threats"],
)
def test_unknown_and_repeated_query_parameters(client: TestClient, path: str) -> None:
    unknown = problem(client.get(path, params={"colour": "red"}))
    assert (unknown["slug"], unknown["field"]) == ("invalid-parameter", "colour")
    repeated = problem(client.get(path + "?f=json&f=json"))
    assert (repeated["slug"], repeated["field"]) == ("invalid-parameter", "f")
    assert client.get(path, params={"f": "json"}).status_code in (200, 503)


def test_formats_other_than_json(client: TestClient) -> None:
    assert problem(client.get("/catalogue", params={"f": "html"}))["field"] == "f"
    for path in ("/catalogue", "/api", "/changes"):
        refused = problem(client.get(path, headers={"Accept": "text/html"}))
        assert (refused["slug"], refused["status"]) == ("not-acceptable", 406)
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert client.get("/catalogue", headers={"Accept": browser}).status_code == 200


def test_an_unexpected_error_tells_the_log_and_not_the_client(
    client: TestClient, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM service_fact WHERE key = 'epoch'"))
    with caplog.at_level(logging.ERROR):
        answer = client.get("/collections")
    assert problem(answer)["slug"] == "internal-error"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "Traceback" not in answer.text
    assert answer.headers["x-request-id"] in caplog.text


@pytest.mark.parametrize("announced", [True, False])
def test_bodies_that_are_too_large(client: TestClient, announced: bool) -> None:
    piece = b" " * (MAX_BODY_BYTES // 8)
    body = piece * 9 if announced else iter([piece] * 9)
    answer = client.post("/decisions", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, problem(answer)["slug"]) == (413, "body-too-large")


def test_every_request_has_an_id_of_its_own(anonymous: TestClient) -> None:
    ids = {anonymous.get("/health").headers["x-request-id"] for _ in range(3)}
    assert len(ids) == 3


def test_large_answers_are_compressed_when_the_client_takes_it(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 20)
    with client.stream("GET", "/collections/threats/items", headers={"Accept-Encoding": "gzip"}) as packed:
        assert packed.headers["content-encoding"] == "gzip"
        assert b"FeatureCollection" in gzip.decompress(b"".join(packed.iter_raw()))
    plain = client.get("/collections/threats/items", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers


def test_no_other_web_page_may_read_the_answers(client: TestClient) -> None:
    answer = client.get("/me", headers={"Origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_roles_that_may_read(client_as: ClientAs, engine: Engine) -> None:
    (report,) = add_reports(engine, 1)
    for role in ("viewer", "verifier", "coordinator", "admin"):
        assert client_as(role).get(f"/collections/{threat.name}s/items/{report}").status_code == 200


def test_a_sender_reads_nothing_but_the_catalogue(client_as: ClientAs, engine: Engine) -> None:
    add_reports(engine, 1)
    sender = client_as("sender")
    assert [sender.get(path).status_code for path in ("/me", "/catalogue")] == [200, 200]
    for path in (
        "/collections",
        "/collections/threats",
        "/collections/threats/items",
        "/collections/threats/items/1",
        "/changes?cursor=x",
        "/snapshots",
        "/snapshots/x",
    ):
        answer = sender.get(path)
        assert (answer.status_code, problem(answer)["slug"]) == (403, "forbidden"), path
