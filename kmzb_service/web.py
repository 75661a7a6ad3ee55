"""What the routers share: the engine, addresses, JSON answers, checks of a request."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Coroutine
from datetime import UTC, datetime
from typing import Annotated, Any

import orjson
from fastapi import Depends
from fastapi.routing import APIRoute
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response

from kmzb_service.database.instants import instant_text
from kmzb_service.problems import Problem
from kmzb_service.settings import Settings

JSON = "application/json"
GEOJSON = "application/geo+json"


# Dependencies that do not wait are coroutines, so that they cost no change of threads.
async def _engine(request: Request) -> Engine:
    engine: Engine = request.app.state.engine
    return engine


async def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


TheEngine = Annotated[Engine, Depends(_engine)]
TheSettings = Annotated[Settings, Depends(_settings)]


class ReadableRoute(APIRoute):
    """A route that answers to HEAD wherever it answers to GET, as HTTP asks of every server."""

    def __init__(self, *arguments: Any, methods: Collection[str] | None = None, **options: Any) -> None:
        wanted = {*(methods or ()), *(["HEAD"] if "GET" in (methods or ()) else [])}
        super().__init__(*arguments, methods=wanted, **options)


def accepts(*names: str) -> Callable[[Request], Coroutine[Any, Any, None]]:
    """A dependency that refuses unknown query parameters and clients that do not take JSON.

    Args:
        names: the parameters of this resource; ``f=json`` is good everywhere.
    """
    known = {*names, "f"}

    async def check(request: Request) -> None:
        check_parameters(request, known)
        check_format(request)

    return check


def check_parameters(request: Request, known: set[str]) -> None:
    """Refuse query parameters that a resource does not have, or has twice.

    Raises:
        Problem: invalid-parameter, naming it.
    """
    seen = set()
    for name, value in request.query_params.multi_items():
        if name not in known:
            raise Problem("invalid-parameter", f"unknown query parameter {name!r}", field=name)
        if name in seen:
            raise Problem("invalid-parameter", f"query parameter {name!r} is given twice", field=name)
        if "\0" in value:
            raise Problem("invalid-parameter", f"query parameter {name!r} holds a NUL character", field=name)
        seen.add(name)


def check_format(request: Request) -> None:
    """Refuse clients that ask for something else than JSON.

    Raises:
        Problem: invalid-parameter or not-acceptable.
    """
    if request.query_params.get("f", "json") not in ("json", "geojson"):
        raise Problem("invalid-parameter", "the only format is json", field="f")
    accepted = request.headers.get("accept", "*/*")
    if "json" not in accepted and "*" not in accepted:
        raise Problem("not-acceptable", f"asked for: {accepted}", field="Accept")


def whole_number(text: str, field: str, lowest: int, highest: int | None = None) -> int:
    """A query parameter that must be a whole number in a range.

    Raises:
        Problem: invalid-parameter, naming it.
    """
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
    if number is None or number < lowest or (highest is not None and number > highest):
        upper = "" if highest is None else f" and {highest} at most"
        raise Problem(
            "invalid-parameter", f"{field} must be a whole number, {lowest} at least{upper}", field=field
        )
    return number


def base_url(request: Request) -> str:
    """The address of the service as the client sees it, without a slash at the end."""
    return str(request.base_url).rstrip("/")


def now_text() -> str:
    """This instant as text."""
    return instant_text(datetime.now(UTC))


def json_response(document: Any, media_type: str = JSON) -> Response:
    """A document as an answer."""
    return Response(orjson.dumps(document), media_type=media_type)


def tagged_response(
    request: Request, body: bytes, media_type: str = JSON, etag: str | None = None
) -> Response:
    """An answer with an entity tag, or 304 for a client that has it already.

    Args:
        request: whose ``If-None-Match`` is looked at.
        body: the whole answer.
        media_type: what the answer is.
        etag: the tag when it is known already; made from the body otherwise.
    """
    tag = etag or f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if has_tag(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def has_tag(request: Request, etag: str) -> bool:
    """Whether ``If-None-Match`` names this entity tag."""
    named = request.headers.get("if-none-match", "")
    return named.strip() == "*" or etag in (part.strip().removeprefix("W/") for part in named.split(","))
