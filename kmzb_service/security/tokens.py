"""Access tokens: made once, kept only as hashes, with a role, an expiry and a revocation."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import get_args

from sqlalchemy import Connection, Engine, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from kmzb_service.catalogue.model import Role
from kmzb_service.database.engine import reading, writing
from kmzb_service.database.tables import access_token
from kmzb_service.security.scope import REACHES, Reach

PREFIX = "kmzb_"
ROLES: tuple[str, ...] = get_args(Role)
_SECRET_BYTES = 32


class TokenRefused(ValueError):
    """A token cannot be made or changed as it is asked."""


@dataclass(frozen=True)
class Token:
    """What is known of a token, without the secret."""

    id: int
    name: str
    role: str
    unit: str | None
    reach: Reach
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None

    def expired(self, now: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= now


_TOKEN_COLUMNS = [access_token.c[name] for name in Token.__annotations__]
# asked with every request
_BY_HASH = select(*_TOKEN_COLUMNS).where(
    access_token.c.hash == bindparam("secret"),
    access_token.c.revoked_at.is_(None),
)


def create_token(
    engine: Engine,
    name: str,
    role: str,
    unit: str | None = None,
    expires_at: datetime | None = None,
    reach: str | None = None,
) -> str:
    """Make a token and return its secret, which is not kept anywhere.

    Args:
        engine: the service's database.
        name: whose it is; every token has a name of its own.
        role: one of ``ROLES``.
        unit: code of the unit in whose name decisions are taken.
        expires_at: the instant after which it opens nothing.
        reach: one of ``REACHES``; if not given, a unit reads its voivodeship, and who has none the country.

    Raises:
        TokenRefused: the name is taken or blank, or the role or the reach is none.
    """
    if role not in ROLES:
        raise TokenRefused(f"unknown role {role!r}: one of {', '.join(ROLES)}")
    if not name.strip():
        raise TokenRefused("a token needs a name")
    reach = reach or usual_reach(unit)
    _check_reach(unit, reach)
    secret = PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
    row = {
        "name": name,
        "role": role,
        "unit": unit,
        "reach": reach,
        "hash": _hash(secret),
        "created_at": datetime.now(UTC),
        "expires_at": expires_at,
    }
    try:
        with writing(engine) as connection:
            connection.execute(insert(access_token), row)
    except IntegrityError as error:
        raise TokenRefused(f"there is a token named {name!r} already") from error
    return secret


def usual_reach(unit: str | None) -> Reach:
    """How far the callers of a unit read where nothing else is said."""
    return "country" if unit is None else "voivodeship"


def _check_reach(unit: str | None, reach: str) -> None:
    if reach not in REACHES:
        raise TokenRefused(f"unknown reach {reach!r}: one of {', '.join(REACHES)}")
    if unit is None and reach != "country":
        raise TokenRefused(f"the reach {reach!r} needs a unit")


def change_token(engine: Engine, name: str, unit: str | None, reach: str) -> bool:
    """Give a token another unit and reach; return whether there was such a token in use.

    Raises:
        TokenRefused: the reach is none, or needs a unit.
    """
    _check_reach(unit, reach)
    with writing(engine) as connection:
        done = connection.execute(
            update(access_token)
            .where(access_token.c.name == name, access_token.c.revoked_at.is_(None))
            .values(unit=unit, reach=reach)
        )
    return done.rowcount == 1


def list_tokens(engine: Engine) -> list[Token]:
    """All tokens by name, revoked and expired ones included."""
    with reading(engine) as connection:
        rows = connection.execute(select(*_TOKEN_COLUMNS).order_by(access_token.c.name)).all()
    return [Token(*row) for row in rows]


def revoke_token(engine: Engine, name: str) -> bool:
    """Make a token useless from now on; return whether there was such a token in use."""
    with writing(engine) as connection:
        done = connection.execute(
            update(access_token)
            .where(access_token.c.name == name, access_token.c.revoked_at.is_(None))
            .values(revoked_at=datetime.now(UTC))
        )
    return done.rowcount == 1


def find_token(connection: Connection, secret: str) -> Token | None:
    """The token that a secret belongs to; none when there is none or it was revoked."""
    row = connection.execute(_BY_HASH, {"secret": _hash(secret)}).first()
    return None if row is None else Token(*row)


def record_use(engine: Engine, token_id: int, instant: datetime) -> None:
    """Note when a token was last used."""
    with writing(engine) as connection:
        connection.execute(
            update(access_token).where(access_token.c.id == token_id).values(last_used_at=instant)
        )


def _hash(secret: str) -> str:
    # The secret is long and random, so that a plain digest cannot be guessed back.
    return hashlib.sha256(secret.encode()).hexdigest()
