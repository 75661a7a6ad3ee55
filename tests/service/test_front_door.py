"""What stands before the resources: limits, challenges, headers for browsers, other origins, TLS."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from sample_map import add_reports
from service_process import ServiceProcess
from sqlalchemy import Engine, text
from starlette.testclient import TestClient
from test_app import problem
from test_tokens import bearer
from tls_certificate import certificate

from kmzb_service.app import create_app
from kmzb_service.security.rates import Rates
from kmzb_service.security.tokens import create_token
from kmzb_service.settings import Settings, SettingsError

ServiceWith = Callable[..., TestClient]


@pytest.fixture
def database_kind() -> str:
    """Which database it is makes no difference here."""
    return "spatialite"


@pytest.fixture
def service_with(settings: Settings, engine: Engine) -> Iterator[ServiceWith]:
    """A service with further settings: ``service_with(requests_per_minute=5)``."""
    with ExitStack() as stack:

        def make(**chosen: Any) -> TestClient:
            app = create_app(replace(settings, **chosen))
            return stack.enter_context(TestClient(app, raise_server_exceptions=False))

        yield make


# --- limits


def test_callers_who_ask_too_often(service_with: ServiceWith, engine: Engine) -> None:
    service = service_with(requests_per_minute=5)
    first, second = (bearer(create_token(engine, name, "viewer")) for name in ("first", "second"))
    answers = [service.get("/me", headers=first) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
    assert problem(answers[-1])["slug"] == "too-many-requests"
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    # another caller from the same address is not held up
    assert service.get("/me", headers=second).status_code == 200


def test_sign_ins_that_fail_too_often(service_with: ServiceWith, engine: Engine) -> None:
    service = service_with(failures_per_minute=3)
    known = bearer(create_token(engine, "known", "viewer"))
    assert service.get("/me", headers=known).status_code == 200
    for _ in range(20):
        assert service.get("/me").status_code == 401  # who sends nothing guesses nothing
    wrong = [service.get("/me", headers=bearer(f"kmzb_{number}")) for number in range(5)]
    assert [answer.status_code for answer in wrong] == [401] * 3 + [429] * 2
    assert int(wrong[-1].headers["retry-after"]) >= 1
    # whoever signed in from there before goes on, a newcomer waits
    assert service.get("/me", headers=known).status_code == 200
    late = bearer(create_token(engine, "late", "viewer"))
    assert problem(service.get("/me", headers=late))["slug"] == "too-many-requests"


def test_without_limits(service_with: ServiceWith, engine: Engine) -> None:
    service = service_with(failures_per_minute=0)
    for number in range(50):
        assert service.get("/me", headers=bearer(f"kmzb_{number}")).status_code == 401


def test_addresses_of_one_network_count_as_one() -> None:
    rates = Rates(0, 1)
    rates.failed("2001:db8:1:2::1")
    with pytest.raises(Exception, match="too-many-requests"):
        rates.may_sign_in("2001:db8:1:2:ffff::9", "x")
    rates.may_sign_in("2001:db8:1:3::1", "x")
    rates.failed("10.0.0.1")
    rates.may_sign_in("10.0.0.2", "x")


# --- challenges


def test_a_browser_is_let_ask_its_user(service_with: ServiceWith, engine: Engine) -> None:
    service = service_with()
    browser = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    asked = service.get("/collections", headers=browser)
    assert (asked.status_code, asked.headers["www-authenticate"].partition(" ")[0]) == (401, "Basic")
    token = create_token(engine, "a", "viewer")
    assert (
        "text/html" in service.get("/collections", headers=browser, auth=("", token)).headers["content-type"]
    )
    # programs are not asked: QGIS would open a dialog in the middle of its work
    for accept in ("application/json", "application/geo+json", "*/*"):
        told = service.get("/collections", headers={"Accept": accept})
        assert told.headers["www-authenticate"] == 'Bearer realm="KMZB"'


# --- headers


@pytest.mark.parametrize("path", ["/", "/health", "/me", "/collections", "/collections?f=html", "/nothing"])
def test_every_answer_is_cautious(service_with: ServiceWith, engine: Engine, path: str) -> None:
    answer = service_with().get(path, headers=bearer(create_token(engine, "a", "viewer")))
    said = answer.headers
    assert said["x-content-type-options"] == "nosniff"
    assert said["x-frame-options"] == "DENY"
    assert said["referrer-policy"] == "no-referrer"
    assert said["cross-origin-resource-policy"] == "same-origin"
    assert "default-src 'none'" in said["content-security-policy"]
    assert "frame-ancestors 'none'" in said["content-security-policy"]
    assert "private" in said["cache-control"]
    assert "strict-transport-security" not in said


def test_a_failure_shows_nothing_of_the_inside(service_with: ServiceWith, engine: Engine) -> None:
    service, headers = service_with(), bearer(create_token(engine, "a", "viewer"))
    add_reports(engine, 1)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE threat RENAME TO gone"))
    answer = service.get("/collections/threats/items", headers=headers)
    assert answer.status_code in (500, 503)
    assert problem(answer)
    for word in ("Traceback", "sqlite", "SELECT", "threat.", ".py"):
        assert word not in answer.text
    assert answer.headers["x-frame-options"] == "DENY"


# --- other origins

MAP = "https://map.police.example"


def test_other_origins_are_kept_out_unless_they_are_named(service_with: ServiceWith, engine: Engine) -> None:
    headers = bearer(create_token(engine, "a", "viewer"))
    closed, opened = service_with(), service_with(cors_origins=(MAP,))
    asked = {"Origin": MAP, "Access-Control-Request-Method": "GET"}
    assert problem(closed.options("/me", headers=asked))["slug"] == "method-not-allowed"
    assert "access-control-allow-origin" not in closed.get("/me", headers=headers | {"Origin": MAP}).headers
    assert opened.options("/me", headers=asked).headers["access-control-allow-origin"] == MAP
    answer = opened.get("/me", headers=headers | {"Origin": MAP})
    assert answer.headers["access-control-allow-origin"] == MAP
    assert "ETag" in answer.headers["access-control-expose-headers"]
    other = opened.get("/me", headers=headers | {"Origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in other.headers
    # signing in is never left to the browser's own memory
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("text", ["*", "map.police.example", "https://map.police.example/", "null"])
def test_origins_that_are_none(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("KMZB_CORS_ORIGINS", text)
    with pytest.raises(SettingsError, match="KMZB_CORS_ORIGINS"):
        Settings.from_environment()


def test_settings_of_limits_and_origins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KMZB_CORS_ORIGINS", f"{MAP}, http://localhost:3000")
    monkeypatch.setenv("KMZB_REQUESTS_PER_MINUTE", "6000")
    settings = Settings.from_environment()
    assert settings.cors_origins == (MAP, "http://localhost:3000")
    assert (settings.requests_per_minute, settings.failures_per_minute) == (6000, 30)


# --- TLS


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_service_over_https(tmp_path: Path, workers: str) -> None:
    file, key = certificate(tmp_path / "tls")
    service = ServiceProcess(tmp_path / "data")
    service.command("init")
    token = service.token("a", "viewer")
    try:
        url = service.start("--workers", workers, "--tls-cert", str(file), "--tls-key", str(key))
        assert url.startswith("https://")
        with httpx.Client(verify=ssl.create_default_context(cafile=str(file)), timeout=60) as client:
            answer = client.get(f"{url}/collections", headers=bearer(token))
        assert answer.status_code == 200
        assert answer.json()["links"][0]["href"].startswith("https://")
        assert int(answer.headers["strict-transport-security"].partition("=")[2]) > 0
        assert "server" not in answer.headers
        with pytest.raises(httpx.TransportError):
            httpx.get(url.replace("https:", "http:"), timeout=60)
    finally:
        service.stop()


def test_certificates_that_cannot_be_used(tmp_path: Path) -> None:
    service = ServiceProcess(tmp_path / "data")
    service.command("init")
    file, key = certificate(tmp_path / "one")
    _, other = certificate(tmp_path / "other")
    _, locked = certificate(tmp_path / "locked", b"password")
    service.command("serve", "--tls-cert", str(file), expected=2)
    for cert, secret in ((file, other), (file, locked), (key, key)):
        service.command("serve", "--tls-cert", str(cert), "--tls-key", str(secret), expected=1)
