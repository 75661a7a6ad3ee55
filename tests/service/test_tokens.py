"""Who may come in: tokens, their expiry and revocation, and the two ways to send one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from starlette.testclient import TestClient
from test_app import problem

from kmzb_service.app import create_app
from kmzb_service.database.tables import access_token
from kmzb_service.security.tokens import ROLES, TokenRefused, create_token, list_tokens, revoke_token
from kmzb_service.settings import Settings


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_token_says_who_is_asking(anonymous: TestClient, engine: Engine) -> None:
    token = create_token(engine, "asp. Nowak", "verifier", "KPP-KROSNO", None)
    me = anonymous.get("/me", headers=bearer(token)).json()
    assert (me["name"], me["role"]) == ("asp. Nowak", "verifier")
    # a unit that nothing is known of reaches its own reports, whatever voivodeship they are in
    assert me["unit"] == "KPP-KROSNO"
    assert me["scope"] == {"reach": "own", "voivodeship": None, "unit": "KPP-KROSNO"}
    assert (me["service"]["name"], me["service"]["contract"]) == ("kmzb-service", 1)


def test_a_token_as_the_password_of_basic(anonymous: TestClient, engine: Engine) -> None:
    token = create_token(engine, "a", "viewer")
    assert anonymous.get("/me", auth=("whoever", token)).json()["name"] == "a"
    assert anonymous.get("/me", auth=(token, "")).status_code == 401


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", "Bearer kmzb_wrong", "Basic ???", "Basic Zm9v", "Digest x", "Bearer \xff\xfe"],
)
def test_no_or_no_valid_token(anonymous: TestClient, authorization: str) -> None:
    answer = anonymous.get("/me", headers={"Authorization": authorization.encode("latin-1")})
    assert (answer.status_code, problem(answer)["slug"]) == (401, "unauthenticated")
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "path",
    [
        "/me",
        "/catalogue",
        "/snapshots",
        "/snapshots/x.gpkg",
        "/changes?cursor=x",
        "/collections",
        "/collections/threats",
        "/collections/threats/items",
        "/collections/threats/items/1",
        "/collections/threats/schema",
        "/collections/threats/queryables",
    ],
)
def test_everything_that_tells_of_the_map_needs_a_token(anonymous: TestClient, path: str) -> None:
    assert problem(anonymous.get(path))["slug"] == "unauthenticated"


@pytest.mark.parametrize("path", ["/", "/conformance", "/api", "/health"])
def test_what_the_service_is_can_be_read_without(anonymous: TestClient, path: str) -> None:
    assert anonymous.get(path).status_code == 200


def test_an_expired_token(anonymous: TestClient, engine: Engine) -> None:
    now = datetime.now(UTC)
    past = create_token(engine, "past", "admin", expires_at=now - timedelta(seconds=1))
    future = create_token(engine, "future", "admin", expires_at=now + timedelta(hours=1))
    answer = anonymous.get("/me", headers=bearer(past))
    assert (answer.status_code, problem(answer)["slug"]) == (401, "token-expired")
    assert "www-authenticate" in answer.headers
    assert anonymous.get("/me", headers=bearer(future)).status_code == 200


def test_a_revoked_token_opens_nothing_from_the_next_request_on(
    anonymous: TestClient, engine: Engine
) -> None:
    token = create_token(engine, "a", "admin")
    assert anonymous.get("/me", headers=bearer(token)).status_code == 200
    assert revoke_token(engine, "a")
    assert problem(anonymous.get("/me", headers=bearer(token)))["slug"] == "unauthenticated"
    assert not revoke_token(engine, "a")
    assert not revoke_token(engine, "nobody")


def test_only_the_hash_is_kept(engine: Engine) -> None:
    token = create_token(engine, "a", "viewer")
    assert token.startswith("kmzb_")
    with engine.connect() as connection:
        row = connection.execute(select(access_token)).one()
    assert token not in str(row)
    assert len({create_token(engine, f"b{number}", "viewer") for number in range(5)}) == 5


def test_tokens_that_are_refused(engine: Engine) -> None:
    create_token(engine, "a", "viewer")
    with pytest.raises(TokenRefused, match="already"):
        create_token(engine, "a", "admin")
    with pytest.raises(TokenRefused, match="one of sender, viewer"):
        create_token(engine, "b", "boss")
    with pytest.raises(TokenRefused, match="name"):
        create_token(engine, " ", "viewer")
    assert [(token.name, token.role) for token in list_tokens(engine)] == [("a", "viewer")]
    assert set(ROLES) == {"sender", "viewer", "verifier", "coordinator", "admin"}


def test_the_last_use_is_noted_once_a_minute(settings: Settings, engine: Engine) -> None:
    token = create_token(engine, "a", "viewer")
    before = datetime.now(UTC)

    def last_use_after_two_requests() -> datetime:
        with TestClient(create_app(settings)) as client:  # leaving it waits for the note
            for _ in range(2):
                client.get("/me", headers=bearer(token))
        noted = list_tokens(engine)[0].last_used_at
        assert noted is not None
        return noted

    first = last_use_after_two_requests()
    assert before <= first <= datetime.now(UTC)
    # a restarted service reads what was noted, and a minute has not passed
    assert last_use_after_two_requests() == first
    with engine.begin() as connection:
        connection.execute(access_token.update().values(last_used_at=first - timedelta(seconds=61)))
    assert last_use_after_two_requests() > first
