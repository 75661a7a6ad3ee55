"""``GET /health`` and ``GET /ready``: for whatever watches over the service, or sends requests to it."""

from __future__ import annotations

import os

from fastapi import APIRouter, Depends
from starlette.responses import Response

from kmzb_service import __version__
from kmzb_service.database.engine import current_position, reading
from kmzb_service.database.schema import REVISION, revision
from kmzb_service.problems import Problem
from kmzb_service.web import ReadableRoute, TheEngine, TheSettings, accepts, json_response

_RETRY_AFTER = {"Retry-After": "5"}

router = APIRouter(route_class=ReadableRoute, dependencies=[Depends(accepts())])


@router.get("/health")
def health(engine: TheEngine) -> Response:
    """Whether the service and its database work."""
    with reading(engine) as connection:
        current_position(connection)
    return json_response({"status": "ok", "version": __version__})


@router.get("/ready")
def ready(engine: TheEngine, settings: TheSettings) -> Response:
    """Whether everything is there that requests need: the database in this version, the folder of files."""
    with reading(engine) as connection:
        current_position(connection)
        found = revision(connection)
    if found != REVISION:
        raise _not_ready(f"the database has schema {found}, this service needs {REVISION}")
    if not os.access(settings.data_dir, os.W_OK | os.X_OK):
        raise _not_ready("the folder of KMZB_DATA_DIR cannot be written")
    return json_response({"status": "ready", "version": __version__, "schema": found})


def _not_ready(detail: str) -> Problem:
    return Problem("not-ready", detail, headers=_RETRY_AFTER)
