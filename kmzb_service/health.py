"""``GET /health``: for whatever watches over the service."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.responses import Response

from kmzb_service import __version__
from kmzb_service.database.engine import current_position, reading
from kmzb_service.web import ReadableRoute, TheEngine, accepts, json_response

router = APIRouter(route_class=ReadableRoute, dependencies=[Depends(accepts())])


@router.get("/health")
def health(engine: TheEngine) -> Response:
    """Whether the service and its database work."""
    with reading(engine) as connection:
        current_position(connection)
    return json_response({"status": "ok", "version": __version__})
