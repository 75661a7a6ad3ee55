"""What systems and desks send one by one: reports, confirmations, meetings."""

from __future__ import annotations

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from kmzb_service.body import LARGEST_ID
from kmzb_service.database.engine import reading
from kmzb_service.database.wire import THREATS
from kmzb_service.frame import MAX_BODY_BYTES
from kmzb_service.intake.reception import Reception
from kmzb_service.intake.rules import RuleBroken
from kmzb_service.intake.submission import Confirmation, Meetings, Report
from kmzb_service.problems import Problem
from kmzb_service.security.caller import Caller, require
from kmzb_service.security.readable import readable_threat
from kmzb_service.web import GEOJSON, JSON, TheEngine, accepts, base_url, json_response

_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_MAX_REPORT_BYTES = 256 * 1024

router = APIRouter(dependencies=[Depends(accepts())])

Sender = Annotated[Caller, Depends(require("sender", "coordinator", "admin"))]
Host = Annotated[Caller, Depends(require("sender", "verifier", "coordinator", "admin"))]


async def _reception(request: Request) -> Reception:
    reception: Reception = request.app.state.reception
    return reception


TheReception = Annotated[Reception, Depends(_reception)]


@router.post("/collections/threats/items", max_body_size=_MAX_REPORT_BYTES)
def add_threat(
    report: Report, request: Request, caller: Sender, engine: TheEngine, reception: TheReception
) -> Response:
    """Put a report on the map; one that is there already is left as it is."""
    crs = request.headers.get("content-crs", f"<{_CRS84}>")
    if crs != f"<{_CRS84}>":
        raise Problem("invalid-parameter", f"coordinates are taken in {_CRS84} only", field="Content-Crs")
    try:
        threat_id, new = reception.report(report, caller.name)
    except RuleBroken as broken:
        raise _refused(broken) from None
    with reading(engine) as connection:
        row = readable_threat(connection, caller, threat_id)
    # who may not read the map learns where its report is, and no more
    feature: dict[str, Any] = (
        {"type": "Feature", "id": threat_id, "geometry": None, "properties": {}}
        if row is None
        else THREATS.feature(row)
    )
    location = f"{base_url(request)}/collections/threats/items/{threat_id}"
    return Response(orjson.dumps(feature), 201 if new else 200, {"Location": location}, GEOJSON)


@router.post("/threats/{threat_id}/confirmations", max_body_size=_MAX_REPORT_BYTES)
def confirm_threat(
    threat_id: str,
    confirmation: Confirmation,
    caller: Sender,
    engine: TheEngine,
    reception: TheReception,
) -> Response:
    """Count one more person who confirms a report."""
    known = _number(threat_id)
    if caller.role != "sender":
        with reading(engine) as connection:
            if readable_threat(connection, caller, known) is None:
                raise _no_threat(threat_id)
    try:
        count, new = reception.confirm(known, confirmation.uuid, caller.name)
    except LookupError:
        raise _no_threat(threat_id) from None
    except RuleBroken as broken:
        raise _refused(broken) from None
    return Response(orjson.dumps({"confirmations": count}), 201 if new else 200, media_type=JSON)


@router.post("/meetings", max_body_size=MAX_BODY_BYTES)
def add_meetings(meetings: Meetings, caller: Host, reception: TheReception) -> Response:
    """Take meetings in, with what was raised there; every one gets an outcome of its own."""
    return json_response({"outcomes": reception.meetings(meetings.meetings, caller.name)})


def _number(text: str) -> int:
    """A threat's id in an address.

    Raises:
        Problem: not-found, when there can be none of that id.
    """
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
    if not 0 < number <= LARGEST_ID:
        raise _no_threat(text)
    return number


def _no_threat(threat_id: str) -> Problem:
    return Problem("not-found", f"there is no threat {threat_id!r}")


def _refused(broken: RuleBroken) -> Problem:
    return Problem("report-refused", broken.detail, field=broken.field or None, rule=broken.rule)
