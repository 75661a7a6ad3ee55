"""Who is asking: the secret in a request, and the roles that a route needs."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request

from kmzb_service.problems import Problem
from kmzb_service.security.gate import Caller, Gate

READERS = ("viewer", "verifier", "coordinator", "admin")


def identify(request: Request) -> Caller:
    """The caller of a request.

    Raises:
        Problem: unauthenticated, token-expired, forbidden, too-many-requests or issuer-unavailable.
    """
    gate: Gate = request.app.state.gate
    secret = _secret(request.headers.get("authorization", ""))
    try:
        if secret is None:
            raise Problem("unauthenticated", field="Authorization")
        return gate.admit(secret, "" if request.client is None else request.client.host)
    except Problem as problem:
        if problem.status is HTTPStatus.UNAUTHORIZED:
            problem.headers["WWW-Authenticate"] = _challenge(request, known=secret is not None)
        raise


def _challenge(request: Request, known: bool) -> str:
    """How to sign in: a browser, which cannot send a bearer token, is let ask its user for a password."""
    if "text/html" in request.headers.get("accept", ""):
        return 'Basic realm="KMZB", charset="UTF-8"'
    return 'Bearer realm="KMZB"' + (', error="invalid_token"' if known else "")


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
