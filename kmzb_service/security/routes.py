"""``GET /me``: who the service takes the caller for."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.responses import Response

from kmzb_service import __version__
from kmzb_service.security.caller import TheCaller
from kmzb_service.web import ReadableRoute, accepts, json_response

# Raised when a desk of the old contract could no longer work with the service.
CONTRACT = 1

router = APIRouter(route_class=ReadableRoute, dependencies=[Depends(accepts())])


@router.get("/me")
def me(caller: TheCaller) -> Response:
    """The caller's name, role and unit, how far it reads, and which service this is."""
    scope = caller.scope
    return json_response(
        {
            "name": caller.name,
            "role": caller.role,
            "unit": caller.unit,
            "scope": {"reach": scope.reach, "voivodeship": scope.voivodeship, "unit": scope.unit},
            "service": {"name": "kmzb-service", "version": __version__, "contract": CONTRACT},
        }
    )
