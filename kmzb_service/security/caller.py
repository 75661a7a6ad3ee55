"""Who is asking: the token of a request, and the roles that a route needs."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request

from kmzb_service.database.engine import reading
from kmzb_service.problems import Problem
from kmzb_service.security.last_use import LastUse
from kmzb_service.security.scope import Scope
from kmzb_service.security.tokens import Token, find_token
from kmzb_service.security.units import Units
from kmzb_service.web import TheEngine

READERS = ("viewer", "verifier", "coordinator", "admin")
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="KMZB"'}


@dataclass(frozen=True)
class Caller:
    """A person or program with a valid token."""

    name: str
    role: str
    scope: Scope

    @property
    def unit(self) -> str | None:
        """Code of the unit in whose name the caller acts; none for the headquarters of the country."""
        return self.scope.unit


def identify(request: Request, engine: TheEngine) -> Caller:
    """The caller of a request.

    Raises:
        Problem: unauthenticated or token-expired.
    """
    secret = _secret(request.headers.get("authorization", ""))
    if secret is None:
        raise Problem("unauthenticated", field="Authorization", headers=_CHALLENGE)
    units: Units = request.app.state.units
    with reading(engine) as connection:
        token = find_token(connection, secret)
        scope = None if token is None else _scope(connection, units, token)
    if token is None or scope is None:
        raise Problem(
            "unauthenticated",
            "the token is unknown or was revoked",
            field="Authorization",
            headers={"WWW-Authenticate": _CHALLENGE["WWW-Authenticate"] + ', error="invalid_token"'},
        )
    now = datetime.now(UTC)
    if token.expired(now):
        raise Problem("token-expired", field="Authorization", headers=_CHALLENGE)
    last_use: LastUse = request.app.state.last_use
    last_use.note(token, now)
    return Caller(token.name, token.role, scope)


def _scope(connection: Connection, units: Units, token: Token) -> Scope:
    if token.unit is None:
        return Scope(token.reach)
    return Scope.of(units.tree(connection), token.unit, token.reach)


TheCaller = Annotated[Caller, Depends(identify)]


def require(*roles: str) -> Callable[[Caller], Coroutine[Any, Any, Caller]]:
    """A dependency that lets only these roles through."""

    async def check(caller: TheCaller) -> Caller:
        if caller.role not in roles:
            raise Problem(
                "forbidden", f"this needs one of the roles {', '.join(roles)}; yours is {caller.role}"
            )
        return caller

    return check


require_reader = require(*READERS)
"""Lets everyone through but the systems that only send reports."""


def _secret(authorization: str) -> str | None:
    """The token in an Authorization header: a bearer, or the password of Basic.

    QGIS up to 3.22, as packaged, can send no other header than Basic.
    """
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip() or None
    if scheme.lower() == "basic":
        try:
            decoded = base64.b64decode(value.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return None
        return decoded.partition(":")[2] or None
    return None
