"""The example of nginx, in front of a real service: the file as it stands, with other addresses and folders.

Debian starts a server of the computer when nginx is installed, which nobody who
runs tests has asked for. So this is of the full size, where nginx has to be there:

    KMZB_TEST_SIZE=full python -m pytest tests/service/test_nginx.py
"""

from __future__ import annotations

import hashlib
import os
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from postgres_cluster import free_port
from sample_map import add_reports, decision
from service_process import ServiceProcess
from tls_certificate import certificate

from kmzb_service.database.engine import open_engine
from kmzb_service.frame import MAX_BODY_BYTES

EXAMPLE = Path(__file__).parents[2] / "deploy" / "nginx.conf"
NAME = "kmzb.example.org"
START_SECONDS = 30
FAILURES_PER_MINUTE = 5

pytestmark = pytest.mark.skipif(os.environ.get("KMZB_TEST_SIZE") != "full", reason="needs nginx installed")


def configuration(folder: Path, port: int, service_port: int) -> str:
    """The example inside of a whole configuration that needs no rights and no folder of the system."""
    file, key = certificate(folder)
    server = EXAMPLE.read_text(encoding="utf-8")
    for standing, here in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("listen [::]:443 ssl;", ""),
        ("/etc/ssl/certs/kmzb.pem", str(file)),
        ("/etc/ssl/private/kmzb.key", str(key)),
        ("http://127.0.0.1:8087", f"http://127.0.0.1:{service_port}"),
    ):
        assert server.count(standing) == 1, standing
        server = server.replace(standing, here)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    user = "user root;" if os.geteuid() == 0 else ""
    return (
        f"daemon off; {user} pid {folder}/pid; worker_processes 1; error_log {folder}/errors;\n"
        f"events {{}}\nhttp {{ {folders}\n{server} }}\n"
    )


@pytest.fixture
def service(tmp_path: Path) -> Iterator[ServiceProcess]:
    service = ServiceProcess(tmp_path / "data", KMZB_FAILURES_PER_MINUTE=str(FAILURES_PER_MINUTE))
    service.command("init")
    engine = open_engine(f"sqlite:///{service.database}")
    add_reports(engine, 3)
    engine.dispose()
    service.start()
    yield service
    service.stop()


@pytest.fixture
def desk(service: ServiceProcess, tmp_path: Path) -> Iterator[httpx.Client]:
    """A desk that reaches the service through nginx only."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program is not None, "install the Debian package nginx-light"
    folder, port = tmp_path / "nginx", free_port()
    folder.mkdir()
    whole = folder / "nginx.conf"
    whole.write_text(configuration(folder, port, int(service.url.rpartition(":")[2])), encoding="utf-8")
    command = [program, "-c", str(whole), "-p", str(folder), "-e", str(folder / "errors")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "warn" not in checked.stderr
    process = subprocess.Popen(command)
    token = service.token("desk", "coordinator")
    trusted = ssl.create_default_context(cafile=str(folder / "certificate.pem"))
    with httpx.Client(
        base_url=f"https://127.0.0.1:{port}",
        verify=trusted,
        headers={"Host": NAME, "Authorization": f"Bearer {token}"},
        timeout=60,
    ) as client:
        deadline = time.monotonic() + START_SECONDS
        while not (folder / "pid").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        yield client
    process.terminate()
    process.wait(timeout=START_SECONDS)


def test_a_desk_behind_nginx(desk: httpx.Client, service: ServiceProcess) -> None:
    landing = desk.get("/")
    assert landing.status_code == 200
    # addresses are those that the desk uses, and browsers are told to stay with TLS
    assert all(link["href"].startswith(f"https://{NAME}/") for link in landing.json()["links"])
    assert "max-age" in landing.headers["strict-transport-security"]
    page = desk.get("/collections/threats/items", params={"limit": 2}).json()
    (following,) = (link["href"] for link in page["links"] if link["rel"] == "next")
    assert following.startswith(f"https://{NAME}/")
    assert len(desk.get(following.removeprefix(f"https://{NAME}")).json()["features"]) == 1
    (outcome,) = desk.post("/decisions", json={"decisions": [decision(1, "verification")]}).json()["outcomes"]
    assert outcome["outcome"] == "accepted"
    assert desk.get("/me", headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_a_snapshot_through_nginx(desk: httpx.Client, service: ServiceProcess) -> None:
    service.command("snapshot", "build")
    newest = desk.get("/snapshots").json()["snapshots"][0]
    path = newest["url"].removeprefix(f"https://{NAME}")
    whole = desk.get(path)
    assert hashlib.sha256(whole.content).hexdigest() == newest["sha256"]
    rest = desk.get(path, headers={"Range": "bytes=1000-", "If-Range": whole.headers["etag"]})
    assert (rest.status_code, rest.content) == (206, whole.content[1000:])


def test_what_nginx_keeps_out(desk: httpx.Client, service: ServiceProcess) -> None:
    assert desk.get("/metrics").status_code == 404
    assert httpx.get(f"{service.url}/metrics").status_code == 200
    body = b" " * (MAX_BODY_BYTES + 1)
    json_type = {"Content-Type": "application/json"}
    assert desk.post("/decisions", content=body, headers=json_type).status_code == 413
    # as large as it may be: that it is no JSON is for the service to say
    assert desk.post("/decisions", content=body[1:], headers=json_type).status_code == 422


def test_failed_sign_ins_count_for_the_computer_that_sent_them(desk: httpx.Client) -> None:
    """Not for nginx, whose address all desks share; and whoever says that he is another is not believed."""

    def failed(client: httpx.Client, number: int) -> int:
        headers = {"Host": NAME, "Authorization": f"Bearer {number}", "X-Forwarded-For": f"192.0.2.{number}"}
        return client.get("/me", headers=headers).status_code

    elsewhere = httpx.HTTPTransport(verify=False, local_address="127.0.0.2")
    with httpx.Client(base_url=desk.base_url, transport=elsewhere) as other:
        told = [failed(other, number) for number in range(FAILURES_PER_MINUTE + 10)]
    assert set(told) == {401, 429}
    assert failed(desk, 1) == 401


def test_a_service_that_is_away_for_a_while(desk: httpx.Client, service: ServiceProcess) -> None:
    service.stop()
    assert desk.get("/health").status_code == 502
    service.start()
    assert desk.get("/health").status_code == 200
