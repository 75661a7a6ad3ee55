"""Access tokens of a real issuer, in a process of its own: who is let in, and who is not."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest
from oidc_issuer import Issuer
from scoped_map import add_threats, add_units, ids_of
from sqlalchemy import Engine, event
from starlette.testclient import TestClient
from test_app import problem
from test_query_plans import ITEMS

from kmzb_service.app import create_app
from kmzb_service.security.issuer_callers import list_issuer_callers
from kmzb_service.security.tokens import create_token
from kmzb_service.settings import OidcSettings, Settings, SettingsError

OF_KROSNO = {"kmzb_role": "coordinator", "kmzb_unit": "KPP-KROSNO", "preferred_username": "a.nowak"}


@pytest.fixture
def database_kind() -> str:
    """Which database it is makes no difference here."""
    return "spatialite"


@pytest.fixture
def oidc(issuer: Issuer) -> OidcSettings:
    return OidcSettings(issuer=issuer.url, audience="kmzb", leeway_seconds=5, refresh_seconds=1)


@pytest.fixture
def service(settings: Settings, engine: Engine, oidc: OidcSettings) -> Iterator[TestClient]:
    """A service that believes the issuer."""
    app = create_app(replace(settings, oidc=oidc, failures_per_minute=0))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def me(service: TestClient, token: str) -> Any:
    return service.get("/me", headers={"Authorization": f"Bearer {token}"})


def refused(answer: Any, slug: str = "unauthenticated") -> str:
    told = problem(answer)
    assert told["slug"] == slug
    return str(told.get("detail"))


# --- who is let in


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
def test_a_token_says_who_is_asking(
    service: TestClient, issuer: Issuer, engine: Engine, algorithm: str
) -> None:
    add_units(engine)
    told = me(service, issuer.token(**OF_KROSNO, _alg=algorithm)).json()
    assert (told["name"], told["role"], told["unit"]) == ("a.nowak", "coordinator", "KPP-KROSNO")
    assert told["scope"] == {"reach": "voivodeship", "voivodeship": "08", "unit": "KPP-KROSNO"}


def test_the_scope_holds_for_tokens_of_the_issuer(
    service: TestClient, issuer: Issuer, engine: Engine
) -> None:
    add_units(engine)
    ids = add_threats(engine)
    token = issuer.token(**OF_KROSNO, kmzb_reach="own")
    page = service.get(ITEMS, headers={"Authorization": f"Bearer {token}"}).json()
    assert ids_of(page) == {*ids["KPP-KROSNO"], *ids["KP-GUBIN"]}


def test_the_service_s_own_tokens_go_on_to_work(service: TestClient, engine: Engine) -> None:
    assert me(service, create_token(engine, "own", "viewer")).json()["name"] == "own"
    assert "unknown or was revoked" in refused(me(service, "kmzb_wrong"))


def test_the_last_use_is_noted_with_what_the_newest_token_says(
    settings: Settings, engine: Engine, issuer: Issuer, oidc: OidcSettings
) -> None:
    def noted_after(*claims: dict[str, str]) -> list[tuple[str, str, str | None, datetime]]:
        with TestClient(create_app(replace(settings, oidc=oidc))) as client:  # leaving it waits for the note
            for one in claims:
                assert me(client, issuer.token(**one)).status_code == 200
        return [(one.name, one.role, one.unit, one.last_used_at) for one in list_issuer_callers(engine)]

    headquarters = {"sub": "2", "kmzb_role": "viewer", "kmzb_reach": "country", "preferred_username": "b.kos"}
    before = datetime.now(UTC)
    first, second = noted_after(OF_KROSNO, OF_KROSNO, headquarters)
    assert first[:3] == ("a.nowak", "coordinator", "KPP-KROSNO")
    assert second[:3] == ("b.kos", "viewer", None)
    assert before <= first[3] <= datetime.now(UTC)
    again, same = noted_after(OF_KROSNO | {"kmzb_role": "verifier", "kmzb_unit": "KPP-ZARY"})
    assert again[:3] == ("a.nowak", "verifier", "KPP-ZARY")
    assert again[3] > first[3]
    assert same == second


def test_a_second_use_within_a_minute_writes_nothing(
    service: TestClient, issuer: Issuer, engine: Engine
) -> None:
    written: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if "issuer_caller" in statement:
            written.append(statement.split()[0])

    event.listen(service.app.state.engine, "before_cursor_execute", note)
    for _ in range(5):
        assert me(service, issuer.token(**OF_KROSNO)).status_code == 200
    service.app.state.gate.close()
    assert written == ["UPDATE", "INSERT"]


def test_a_token_as_the_password_of_basic(service: TestClient, issuer: Issuer) -> None:
    assert service.get("/me", auth=("anyone", issuer.token(**OF_KROSNO))).status_code == 200


def test_claims_where_the_issuer_has_them(
    settings: Settings, engine: Engine, issuer: Issuer, oidc: OidcSettings
) -> None:
    elsewhere = replace(
        oidc,
        role_claim="realm_access.roles",
        unit_claim="https://police.example/unit",
        name_claim="absent",
        roles={"map-coordinators": "coordinator", "map-readers": "viewer"},
    )
    with TestClient(create_app(replace(settings, oidc=elsewhere))) as service:
        token = issuer.token(
            realm_access={"roles": ["map-readers", "offline_access", "map-coordinators"]},
            **{"https://police.example/unit": "KPP-ZARY"},
        )
        told = me(service, token).json()
    assert (told["name"], told["role"], told["unit"]) == ("17", "coordinator", "KPP-ZARY")


@pytest.mark.parametrize(
    ("claims", "missing"),
    [
        ({"kmzb_unit": "KPP-KROSNO"}, "kmzb_role names no role"),
        ({"kmzb_unit": "KPP-KROSNO", "kmzb_role": "boss"}, "kmzb_role names no role"),
        ({"kmzb_unit": "KPP-KROSNO", "kmzb_role": [{}, 7]}, "kmzb_role names no role"),
        ({"kmzb_role": "admin"}, "says neither kmzb_unit nor kmzb_reach"),
        ({"kmzb_role": "admin", "kmzb_reach": "own"}, "needs a unit"),
        ({"kmzb_role": "admin", "kmzb_unit": "KPP-KROSNO", "kmzb_reach": ["country"]}, "kmzb_reach is none"),
        ({"kmzb_role": "admin", "kmzb_unit": {"code": "x"}}, "not the code of a unit"),
    ],
)
def test_good_tokens_of_those_who_have_no_business_here(
    service: TestClient, issuer: Issuer, claims: dict[str, Any], missing: str
) -> None:
    answer = me(service, issuer.token(**claims))
    assert answer.status_code == 403
    assert missing in refused(answer, "forbidden")


# --- who is not


def now(seconds: int) -> int:
    return int(time.time()) + seconds


def test_times(service: TestClient, issuer: Issuer) -> None:
    assert me(service, issuer.token(**OF_KROSNO, exp=now(-3))).status_code == 200  # clocks differ a little
    assert me(service, issuer.token(**OF_KROSNO, nbf=now(3), iat=now(3))).status_code == 200
    answer = me(service, issuer.token(**OF_KROSNO, exp=now(-60)))
    refused(answer, "token-expired")
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert "not yet valid" in refused(me(service, issuer.token(**OF_KROSNO, nbf=now(60))))
    assert "not yet valid" in refused(me(service, issuer.token(**OF_KROSNO, iat=now(3600))))
    assert "exp" in refused(me(service, issuer.token(**OF_KROSNO, exp=None)))


def test_tokens_for_others_and_of_others(service: TestClient, issuer: Issuer) -> None:
    assert "udience" in refused(me(service, issuer.token(**OF_KROSNO, aud="account")))
    assert me(service, issuer.token(**OF_KROSNO, aud=["account", "kmzb"])).status_code == 200
    assert "ssuer" in refused(me(service, issuer.token(**OF_KROSNO, iss="https://elsewhere.example")))
    assert "sub" in refused(me(service, issuer.token(**OF_KROSNO, sub=None)))


def base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def test_a_token_without_a_signature(service: TestClient, issuer: Issuer) -> None:
    header, claims, signature = issuer.token(**OF_KROSNO).split(".")
    told = json.loads(base64.urlsafe_b64decode(header + "=="))
    for name in ("none", "None", "nOnE"):
        unsigned = base64url(json.dumps({**told, "alg": name}).encode())
        for end in ("", signature):
            assert refused(me(service, f"{unsigned}.{claims}.{end}"))
    assert refused(me(service, f"{header}.{claims}."))
    other = base64url(json.dumps({**OF_KROSNO, "kmzb_role": "admin"}).encode())
    assert "Signature" in refused(me(service, f"{header}.{other}.{signature}"))


def test_a_public_key_taken_for_a_shared_secret(service: TestClient, issuer: Issuer) -> None:
    """HS256 with what everyone can read: the classical confusion."""
    header, claims, _ = issuer.token(**OF_KROSNO).split(".")
    told = json.loads(base64.urlsafe_b64decode(header + "=="))
    for secret, kid in ((issuer.public_key().encode(), told["kid"]), (b"secret-" * 5, "secret")):
        begun = f"{base64url(json.dumps({**told, 'alg': 'HS256', 'kid': kid}).encode())}.{claims}"
        seal = base64url(hmac.new(secret, begun.encode(), hashlib.sha256).digest())
        assert refused(me(service, f"{begun}.{seal}"))


def test_a_token_of_another_s_key_under_a_known_id(service: TestClient, issuer: Issuer) -> None:
    stranger = Issuer()
    stranger.start()
    try:
        token = stranger.token(**OF_KROSNO, iss=issuer.url)
        assert "no such key" in refused(me(service, token))
        kid = jwt.get_unverified_header(issuer.token(**OF_KROSNO))["kid"]
        header, claims, signature = token.split(".")
        told = json.loads(base64.urlsafe_b64decode(header + "=="))
        forged = base64url(json.dumps({**told, "kid": kid}).encode())
        assert "Signature" in refused(me(service, f"{forged}.{claims}.{signature}"))
    finally:
        stranger.stop()


@pytest.mark.parametrize(
    "token", ["x", "a.b.c", "..", "eyJhbGciOiJSUzI1NiJ9.e30.", "ż.ó.ł", "a" * 9000, "[].[].[]"]
)
def test_texts_that_are_no_tokens(service: TestClient, token: str) -> None:
    answer = service.get("/me", headers={"Authorization": f"Bearer {token}".encode()})
    assert refused(answer)
    assert "Traceback" not in answer.text


# --- keys


def test_new_keys_are_found_and_old_ones_forgotten(service: TestClient, issuer: Issuer) -> None:
    old = issuer.token(**OF_KROSNO)
    assert me(service, old).status_code == 200
    assert me(service, old).status_code == 200
    assert issuer.asked() == 1
    issuer.rotate()
    time.sleep(1)
    assert me(service, issuer.token(**OF_KROSNO)).status_code == 200
    assert issuer.asked() == 2
    assert "no such key" in refused(me(service, old))


def test_unknown_keys_do_not_make_the_service_ask_again_and_again(
    service: TestClient, issuer: Issuer
) -> None:
    assert me(service, issuer.token(**OF_KROSNO)).status_code == 200
    _header, claims, signature = issuer.token(**OF_KROSNO).split(".")
    for number in range(20):
        unknown = base64url(json.dumps({"alg": "RS256", "kid": f"k{number}"}).encode())
        assert refused(me(service, f"{unknown}.{claims}.{signature}"))
    assert issuer.asked() <= 3


def test_an_issuer_that_is_away(service: TestClient, issuer: Issuer) -> None:
    token = issuer.token(**OF_KROSNO)
    issuer.stop()
    answer = me(service, token)
    assert (answer.status_code, problem(answer)["slug"]) == (503, "issuer-unavailable")
    assert int(answer.headers["retry-after"]) > 0
    issuer.start()  # with other keys
    token = issuer.token(**OF_KROSNO)
    time.sleep(1)
    assert me(service, token).status_code == 200
    issuer.stop()
    # keys that are known stay good while it is away, others cannot be looked up
    assert me(service, token).status_code == 200
    time.sleep(1)
    _header, claims, signature = token.split(".")
    unknown = base64url(json.dumps({"alg": "RS256", "kid": "other"}).encode())
    refused(me(service, f"{unknown}.{claims}.{signature}"), "issuer-unavailable")
    assert me(service, token).status_code == 200


def test_an_issuer_that_calls_itself_otherwise(
    settings: Settings, engine: Engine, issuer: Issuer, oidc: OidcSettings
) -> None:
    alias = replace(oidc, issuer=issuer.url.replace("127.0.0.1", "localhost"))
    with TestClient(create_app(replace(settings, oidc=alias))) as service:
        refused(me(service, issuer.token(**OF_KROSNO, iss=alias.issuer)), "issuer-unavailable")
    direct = replace(alias, keys_url=f"{issuer.url}/keys")
    with TestClient(create_app(replace(settings, oidc=direct))) as service:
        assert me(service, issuer.token(**OF_KROSNO, iss=alias.issuer)).status_code == 200


# --- settings


def test_settings_of_the_issuer(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {
        "KMZB_OIDC_ISSUER": "https://sso.police.example/realms/map",
        "KMZB_OIDC_AUDIENCE": "kmzb",
        "KMZB_OIDC_ROLES": "map coordinators=coordinator, cn=readers=viewer",
        "KMZB_OIDC_ROLE_CLAIM": "groups",
        "KMZB_OIDC_LEEWAY_SECONDS": "30",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    oidc = Settings.from_environment().oidc
    assert oidc is not None
    assert oidc.roles == {"map coordinators": "coordinator", "cn=readers": "viewer"}
    assert (oidc.role_claim, oidc.unit_claim, oidc.leeway_seconds) == ("groups", "kmzb_unit", 30)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("KMZB_OIDC_AUDIENCE", "", "go together"),
        ("KMZB_OIDC_ISSUER", "http://sso.police.example", "must begin with https://"),
        ("KMZB_OIDC_KEYS_URL", "file:///etc/passwd", "must begin with https://"),
        ("KMZB_OIDC_ROLES", "coordinator", "KMZB_OIDC_ROLES must be like"),
        ("KMZB_OIDC_LEEWAY_SECONDS", "-1", "must be a whole number"),
    ],
)
def test_settings_that_cannot_be_used(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, message: str
) -> None:
    monkeypatch.setenv("KMZB_OIDC_ISSUER", "https://sso.police.example")
    monkeypatch.setenv("KMZB_OIDC_AUDIENCE", "kmzb")
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=message):
        Settings.from_environment()
