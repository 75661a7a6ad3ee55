"""Snapshots as a real server sends them: by the kernel, whole, and without harm when a client goes away."""

from __future__ import annotations

import hashlib
import json
import socket
from collections.abc import Iterator

import httpx
import pytest
from on_databases import ON_SPATIALITE
from sample_map import add_reports
from service_process import ServiceProcess
from sqlalchemy import Engine
from test_workers import wait_until

from kmzb_service.security.tokens import create_token
from kmzb_service.settings import Settings


@pytest.fixture
def desk(settings: Settings, engine: Engine) -> Iterator[tuple[ServiceProcess, httpx.Client]]:
    add_reports(engine, 8_000)
    service = ServiceProcess(settings.data_dir, KMZB_DATABASE_URL=settings.database_url)
    service.command("snapshot", "build")
    headers = {"Authorization": f"Bearer {create_token(engine, 'desk', 'admin')}"}
    with httpx.Client(base_url=service.start(), headers=headers, timeout=60) as client:
        yield service, client
    service.stop()


@ON_SPATIALITE
def test_a_snapshot_arrives_as_it_is(desk: tuple[ServiceProcess, httpx.Client]) -> None:
    service, client = desk
    (newest, *_) = client.get("/snapshots").json()["snapshots"]
    # several on one connection, and something else after them
    for _ in range(3):
        answer = client.get(newest["url"])
        assert len(answer.content) == newest["size"] == int(answer.headers["content-length"])
        assert hashlib.sha256(answer.content).hexdigest() == newest["sha256"]
        assert answer.headers["x-content-type-options"] == "nosniff"
    rest = client.get(newest["url"], headers={"Range": "bytes=100000-"})
    assert (rest.status_code, rest.content) == (206, answer.content[100_000:])
    assert client.head(newest["url"]).headers["content-length"] == str(newest["size"])
    assert client.get("/me").status_code == 200
    lines = [json.loads(line) for line in service.log.read_text().splitlines()[1:]]
    sent = [line["bytes"] for line in lines if line.get("route") == "/snapshots/{name}"]
    assert sent == [newest["size"]] * 3 + [newest["size"] - 100_000, 0]


@ON_SPATIALITE
def test_a_client_that_goes_away(desk: tuple[ServiceProcess, httpx.Client]) -> None:
    service, client = desk
    (newest, *_) = client.get("/snapshots").json()["snapshots"]
    target = newest["url"].removeprefix(service.url)
    host, port = service.url.removeprefix("http://").split(":")
    request = (
        f"GET {target} HTTP/1.1\r\nHost: {host}\r\nAuthorization: {client.headers['authorization']}\r\n\r\n"
    )
    for _ in range(3):
        with socket.create_connection((host, int(port))) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.sendall(request.encode())
            assert connection.recv(100).startswith(b"HTTP/1.1 200")
    wait_until(lambda: service.log.read_text().count('"route":"/snapshots/{name}"') == 3)
    assert len(client.get(newest["url"]).content) == newest["size"]
    assert '"level":"error"' not in service.log.read_text()
