"""What is noted of every request: a line of the log and the figures for Prometheus.

The line names the route and not the address, which can hold names and the
text of queries, and neither the caller nor the caller's computer.
"""

from __future__ import annotations

import logging
import time
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kmzb_service.frame import request_id
from kmzb_service.log import current_request
from kmzb_service.metrics import ANSWERED_BYTES, REQUEST_SECONDS, REQUESTS, UNDER_WAY

_NOWHERE = "(none)"  # the route of an address that there is not
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
_log = logging.getLogger("kmzb_service.requests")


class Observation:
    """Middleware around everything else."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, size = 500, 0

        async def noted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            elif message["type"] == "http.response.pathsend":
                size += Path(message["path"]).stat().st_size
            await send(message)

        current_request.set(request_id(scope))
        start = time.perf_counter()
        UNDER_WAY.inc()
        try:
            await self._app(scope, receive, noted)
        finally:
            UNDER_WAY.dec()
            _note(scope, status, size, time.perf_counter() - start)


def _note(scope: Scope, status: int, size: int, seconds: float) -> None:
    method = scope["method"] if scope["method"] in _METHODS else _NOWHERE
    route = getattr(scope.get("route"), "path", _NOWHERE)
    REQUESTS.labels(method, route, status).inc()
    REQUEST_SECONDS.labels(method, route).observe(seconds)
    ANSWERED_BYTES.labels(method, route).inc(size)
    facts = {
        "method": method,
        "route": route,
        "status": status,
        "bytes": size,
        "milliseconds": round(seconds * 1000, 1),
    }
    _log.info("%s %s: %d", method, route, status, extra=facts)
