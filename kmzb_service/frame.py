"""What surrounds every request: an id under which the log speaks of it, common headers, a limit."""

from __future__ import annotations

import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kmzb_service.problems import Problem

MAX_BODY_BYTES = 8 * 1024 * 1024


def request_id(scope: Scope) -> str:
    """The id that the service gives to a request; the same one each time."""
    return str(scope.setdefault("kmzb_request_id", uuid.uuid4()))


# What answers say to browsers unless they say otherwise: show nothing of it in other pages, run nothing,
# tell nobody where one came from, and ask again before showing it from memory.
_CAUTIOUS = {
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}
_TLS_ONLY_SECONDS = 365 * 24 * 3600


def add_common_headers(scope: Scope, headers: MutableHeaders) -> None:
    """Add the headers that every answer has."""
    headers["X-Request-ID"] = request_id(scope)
    headers["X-Content-Type-Options"] = "nosniff"
    for name, value in _CAUTIOUS.items():
        headers.setdefault(name, value)
    if scope["scheme"] == "https":
        headers["Strict-Transport-Security"] = f"max-age={_TLS_ONLY_SECONDS}"


class RequestFrame:
    """Middleware that adds the common headers and refuses bodies that say they are too large.

    (Starlette's own answer to those is plain text. A body that does not say
    its size is cut off by the route that reads it.)
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def framed(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_common_headers(scope, MutableHeaders(scope=message))
            await send(message)

        app = self._app
        if scope["type"] == "http" and _announced_bytes(scope) > MAX_BODY_BYTES:
            app = Problem("body-too-large").response(request_id(scope))
        await app(scope, receive, framed)


def _announced_bytes(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    return int(length[:18]) if length.isdecimal() else 0
