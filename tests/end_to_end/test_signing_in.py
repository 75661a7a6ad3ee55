"""Signing in as QGIS does it: OAuth2, a header of one's own, and an exception for a certificate."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from analyst_at_work import Analyst
from desk import ask, told, wait_for
from local_server import unused_port
from oidc_issuer import CLIENT, IMPLICIT_SECONDS, PASSWORD, PERSON, Issuer
from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsProject
from run import prepare_profile
from service_process import ServiceProcess
from tls_certificate import certificate

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.client.errors import NetworkUnreachable, SignInFailed
from kmzb_qgis_plugin.client.qgis_adapter import qgis_session
from kmzb_qgis_plugin.domain.decision import Decision

HERE = Path(__file__).resolve().parent
TOOLS = HERE.parents[1] / "tools"
PATIENCE_SECONDS = 120


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a service with a small demo."""
    service = ServiceProcess(tmp_path_factory.mktemp("service"))
    service.command("init")
    service.command("demo", "--reports", "150", "--until", "2024-05-31")
    service.command("snapshot", "build")
    return service.folder


@pytest.fixture
def serve(filled: Path) -> Iterator[Callable[..., ServiceProcess]]:
    """Starts the service on the module's data, with options and further settings."""
    started: list[ServiceProcess] = []

    def start(*options: str, **environment: str) -> ServiceProcess:
        started.append(ServiceProcess(filled, **environment))
        started[-1].start(*options)
        return started[-1]

    yield start
    for service in started:
        service.stop()


@pytest.fixture
def seat(qgis_new_project: None) -> Iterator[Callable[..., Analyst]]:
    """Seats an analyst who signs in with a method of QGIS, configured so."""
    manager = QgsApplication.authManager()
    assert manager.setMasterPassword("test", True)
    settings.set_preference("sync_minutes", 0)
    settings.set_preference("undo_seconds", 0)
    stored: list[str] = []
    seated: list[Analyst] = []

    def make(service: ServiceProcess, method: str, config: dict[str, str]) -> Analyst:
        authentication = QgsAuthMethodConfig(method)
        authentication.setName("KMZB test")
        authentication.setConfigMap(config)
        manager.storeAuthenticationConfig(authentication)
        stored.append(authentication.id())
        seated.append(Analyst(service.url, stored[-1], QgsProject.instance()))
        return seated[-1]

    yield make
    for one in seated:
        one.leave()
    for authcfg in stored:
        manager.removeAuthenticationConfig(authcfg)


def oauth2_config(issuer: Issuer) -> dict[str, Any]:
    """What QGIS's form for OAuth2 stores, whatever the grant flow."""
    address = f"{issuer.url}/oauth/token"
    return {
        "version": 1,
        "configType": 1,
        "tokenUrl": address,
        "refreshTokenUrl": address,
        "clientId": CLIENT,
        "accessMethod": 0,
        "persistToken": False,
        "requestTimeout": 10,
    }


def by_password(issuer: Issuer, password: str) -> dict[str, str]:
    """The whole configuration for a sign-in by name and password."""
    config = {**oauth2_config(issuer), "grantFlow": 2, "username": PERSON, "password": password}
    return {"oauth2config": json.dumps(config)}


def needs(method: str) -> None:
    """Skip the test where this QGIS has no such method."""
    if method not in QgsApplication.authManager().authMethodsKeys():
        pytest.skip(f"this QGIS has no authentication method {method}")


def decide(analyst: Analyst) -> None:
    """Decide about a report, and see the decision arrive."""
    fid, version = ask(analyst.session, "SELECT fid, version FROM threats WHERE status = 'new' LIMIT 1")[0]
    analyst.session.decide(Decision.new(fid, version, "verification"), "Z", {})
    wait_for(lambda: analyst.counts() == {"sent": 1}, "the decision arrives")
    analyst.wait_until_synchronised()


def test_oauth2_signs_in_and_stays_signed_in(
    issuer: Issuer, serve: Callable[..., ServiceProcess], seat: Callable[..., Analyst]
) -> None:
    """Each token is good for a second, so nearly every request needs a new one, from whatever thread."""
    needs("OAuth2")
    service = serve(KMZB_OIDC_ISSUER=issuer.url, KMZB_OIDC_AUDIENCE="kmzb")
    analyst = seat(service, "OAuth2", by_password(issuer, PASSWORD))
    analyst.connect()
    assert analyst.session.last_error is None
    assert analyst.session.identity.name == PERSON
    decide(analyst)
    analyst.synchronise()
    assert analyst.session.last_error is None
    first, *others = issuer.grants()
    assert first == "password"
    assert set(others) == {"refresh_token"}


def test_oauth2_that_is_refused_is_told_and_not_tried_for_ever(
    issuer: Issuer, serve: Callable[..., ServiceProcess], seat: Callable[..., Analyst]
) -> None:
    needs("OAuth2")
    service = serve(KMZB_OIDC_ISSUER=issuer.url, KMZB_OIDC_AUDIENCE="kmzb")
    analyst = seat(service, "OAuth2", by_password(issuer, "wrong"))
    analyst.connect_in_vain()
    assert "You are not signed in" in told(analyst.desk.bar)[-1]
    assert issuer.grants() == ["refused"]
    analyst.session.sync(by_hand=False)  # what the clock does
    assert not analyst.session.syncing
    with pytest.raises(SignInFailed):  # what the attachments of a report would do
        qgis_session(analyst.connection.authcfg).get(service.url)
    assert issuer.grants() == ["refused"]
    analyst.synchronise()  # by hand
    assert issuer.grants() == ["refused", "refused"]


def test_without_a_network_nobody_is_asked_to_sign_in(
    issuer: Issuer, serve: Callable[..., ServiceProcess], seat: Callable[..., Analyst]
) -> None:
    """The token is old and cannot be renewed, but that is not what the person has to hear."""
    needs("OAuth2")
    service = serve(KMZB_OIDC_ISSUER=issuer.url, KMZB_OIDC_AUDIENCE="kmzb")
    analyst = seat(service, "OAuth2", by_password(issuer, PASSWORD))
    analyst.connect()
    service.stop()
    issuer.stop()
    analyst.synchronise()
    assert type(analyst.session.last_error) is NetworkUnreachable
    issuer.start()
    assert issuer.grants() == []  # a new one, which nobody has asked
    service.start()
    analyst.synchronise()
    assert analyst.session.last_error is None


def test_a_header_of_one_s_own_signs_in(
    serve: Callable[..., ServiceProcess], seat: Callable[..., Analyst]
) -> None:
    needs("APIHeader")  # from 3.24 on
    service = serve()
    token = service.token(PERSON, "coordinator")
    analyst = seat(service, "APIHeader", {"Authorization": f"Bearer {token}"})
    analyst.connect()
    assert analyst.session.identity.name == PERSON
    decide(analyst)


def seen_in_a_window(
    folder: Path, service: ServiceProcess, script: str, **environment: str
) -> list[dict[str, Any]]:
    """What a person saw who did what a script says in a real QGIS on a virtual screen, step by step."""
    said, temporary, password = folder / "said.json", folder / "temporary", folder / "password"
    temporary.mkdir()  # QGIS asks before it closes a project with layers below its own
    password.write_text(secrets.token_urlsafe(16), encoding="utf-8")
    profiles = folder / "qgis"
    prepare_profile(profiles)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "QGIS_"))}
    clean |= {
        "TMPDIR": str(temporary),
        "PYTHONPATH": os.pathsep.join(map(str, (TOOLS, HERE))),
        "KMZB_TEST_SAID": str(said),
        "KMZB_DEMO_URL": service.url,
        "KMZB_MASTER_PASSWORD_FILE": str(password),
    }
    done = subprocess.run(
        [
            "xvfb-run", "--auto-servernum", "--server-args=-screen 0 1400x900x24",
            "timeout", str(PATIENCE_SECONDS), "qgis", "--profiles-path", str(profiles), "--profile", "kmzb",
            "--nologo", "--noversioncheck", "--code", str(HERE / script),
        ],
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert said.exists(), done.stdout + done.stderr
    seen: list[dict[str, Any]] = json.loads(said.read_text(encoding="utf-8"))
    return seen


@pytest.mark.parametrize(
    ("flow", "grant", "good_for", "renewals"),
    [(0, "authorization_code", 1, ["refused"]), (1, "implicit", IMPLICIT_SECONDS, [])],
    ids=["code", "implicit"],
)
def test_a_browser_signs_in(
    tmp_path: Path,
    issuer: Issuer,
    serve: Callable[..., ServiceProcess],
    flow: int,
    grant: str,
    good_for: float,
    renewals: list[str],
) -> None:
    """In a real QGIS: refused, given up, agreed to, and again after the issuer has forgotten."""
    needs("OAuth2")
    service = serve(KMZB_OIDC_ISSUER=issuer.url, KMZB_OIDC_AUDIENCE="kmzb")
    config = {
        **oauth2_config(issuer),
        "grantFlow": flow,
        "requestUrl": f"{issuer.url}/oauth/authorize",
        "redirectUrl": "",
        "redirectPort": unused_port(),
    }
    refused, given_up, agreed, again = seen_in_a_window(
        tmp_path,
        service,
        "window_signing_in.py",
        KMZB_TEST_OAUTH2=json.dumps(config),
        KMZB_TEST_ISSUER=issuer.url,
        KMZB_TEST_TOKEN_SECONDS=str(good_for + 0.5),
    )
    assert "You are not signed in" in refused["told"]
    assert given_up["error"] == "Cancelled"
    assert (agreed["told"], again["told"]) == ("", "")
    assert agreed["threats"] == again["threats"] > 100
    assert [one["asked"] for one in (refused, given_up, agreed, again)] == [1, 1, 1, 1]
    # What the issuer has forgotten it does not renew; of what nothing renews it is not asked.
    grants = [one for one in issuer.grants() if one != "refresh_token"]
    assert grants == ["refused", grant, *renewals, grant]


def test_an_exception_for_a_certificate_is_saved_in_qgis_s_own_dialog(
    tmp_path: Path, serve: Callable[..., ServiceProcess]
) -> None:
    """A real QGIS asks about the certificate: refused, that is told; saved, it is not asked again."""
    file, key = certificate(tmp_path / "tls")
    service = serve("--tls-cert", str(file), "--tls-key", str(key))
    token = service.token("B. Kowalska", "coordinator")
    refused, saved, again = seen_in_a_window(tmp_path, service, "window_over_https.py", KMZB_DEMO_TOKEN=token)
    assert refused["asked"] >= 1
    assert "its certificate is not trusted" in refused["told"]
    assert refused["threats"] is None
    assert saved["asked"] >= 1
    assert saved["told"] == ""
    assert saved["threats"] > 100
    assert again == {**saved, "asked": 0}
