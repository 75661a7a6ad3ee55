"""What surrounds every request: an id under which the log speaks of it, and common headers."""

from __future__ import annotations

import uuid

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def request_id(scope: Scope) -> str:
    """The id that the service gives to a request; the same one each time."""
    return str(scope.setdefault("kmzb_request_id", uuid.uuid4()))


def common_headers(scope: Scope) -> dict[str, str]:
    """The headers that every answer has."""
    return {"X-Request-ID": request_id(scope), "X-Content-Type-Options": "nosniff"}


class RequestFrame:
    """Middleware that adds the common headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def framed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(common_headers(scope))
            await send(message)

        await self._app(scope, receive, framed)
