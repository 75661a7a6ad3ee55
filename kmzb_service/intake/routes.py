"""What systems and desks send one by one: reports, their attachments, confirmations, meetings."""

from __future__ import annotations

import logging
from typing import Annotated, Any
from urllib.parse import quote

import orjson
from fastapi import APIRouter, Depends
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from kmzb_service.body import LARGEST_ID
from kmzb_service.database.engine import reading
from kmzb_service.database.wire import THREATS
from kmzb_service.frame import MAX_BODY_BYTES
from kmzb_service.intake.attachments import Attachment, AttachmentStore, Upload, attachments_of
from kmzb_service.intake.reception import Reception
from kmzb_service.intake.rules import NoSuchThreat, RuleBroken
from kmzb_service.intake.submission import Confirmation, Meetings, Report
from kmzb_service.problems import Problem
from kmzb_service.security.caller import TheCaller, require, require_reader
from kmzb_service.security.gate import Caller
from kmzb_service.security.readable import readable_threat
from kmzb_service.web import (
    GEOJSON,
    JSON,
    ReadableRoute,
    TheEngine,
    accepts,
    base_url,
    check_parameters,
    has_tag,
    json_response,
)

_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_MAX_REPORT_BYTES = 256 * 1024

_MAX_FILES = 20  # so that one too many is told by the rule, not by the form
_LOCKED_UP = "sandbox; default-src 'none'"
_log = logging.getLogger(__name__)

router = APIRouter(dependencies=[Depends(accepts())])
readable = APIRouter(route_class=ReadableRoute, dependencies=[Depends(require_reader)])

Sender = Annotated[Caller, Depends(require("sender", "coordinator", "admin"))]
Host = Annotated[Caller, Depends(require("sender", "verifier", "coordinator", "admin"))]


async def _reception(request: Request) -> Reception:
    reception: Reception = request.app.state.reception
    return reception


async def _attachments(request: Request) -> AttachmentStore:
    attachments: AttachmentStore = request.app.state.attachments
    return attachments


TheAttachments = Annotated[AttachmentStore, Depends(_attachments)]
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
    threat_id: str, confirmation: Confirmation, caller: Sender, reception: TheReception
) -> Response:
    """Count one more person who confirms a report."""
    try:
        count, new = reception.confirm(_number(threat_id), confirmation.uuid, caller)
    except NoSuchThreat:
        raise _no_threat(threat_id) from None
    except RuleBroken as broken:
        raise _refused(broken) from None
    return Response(orjson.dumps({"confirmations": count}), 201 if new else 200, media_type=JSON)


@router.post("/meetings", max_body_size=MAX_BODY_BYTES)
def add_meetings(meetings: Meetings, caller: Host, reception: TheReception) -> Response:
    """Take meetings in, with what was raised there; every one gets an outcome of its own."""
    return json_response({"outcomes": reception.meetings(meetings.meetings, caller.name)})


@router.post("/threats/{threat_id}/attachments", max_body_size=MAX_BODY_BYTES)
async def add_attachments(
    threat_id: str, request: Request, caller: Sender, attachments: TheAttachments
) -> Response:
    """Add files to a report: all of them or none."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Problem("invalid-body", "the files come as multipart/form-data", field="Content-Type")
    async with request.form(max_files=_MAX_FILES, max_fields=0) as form:
        uploads = [
            Upload(value.filename or "", value.file)
            for name, value in form.multi_items()
            if name == "file" and isinstance(value, UploadFile)
        ]
        if not uploads or len(uploads) != len(form.multi_items()):
            raise Problem("invalid-body", "every part must be a file of the name 'file'", field="file")
        try:
            present, new = await run_in_threadpool(attachments.add, _number(threat_id), uploads, caller)
        except NoSuchThreat:
            raise _no_threat(threat_id) from None
        except RuleBroken as broken:
            raise _refused(broken) from None
    return Response(_listed(present), 201 if new else 200, media_type=JSON)


@readable.get("/threats/{threat_id}/attachments", dependencies=[Depends(accepts())])
def list_attachments(threat_id: str, caller: TheCaller, engine: TheEngine) -> Response:
    """The attachments of a threat."""
    with reading(engine) as connection:
        return Response(_listed(_readable(connection, caller, threat_id)), media_type=JSON)


@readable.get("/threats/{threat_id}/attachments/{attachment_id}")
def attachment_file(
    threat_id: str,
    attachment_id: str,
    request: Request,
    caller: TheCaller,
    engine: TheEngine,
    attachments: TheAttachments,
) -> Response:
    """One of them: for saving, never to be shown or carried out by a browser."""
    check_parameters(request, set())
    with reading(engine) as connection:
        present = _readable(connection, caller, threat_id)
    found = next((one for one in present if str(one.id) == attachment_id), None)
    if found is None:
        raise Problem("not-found", f"threat {threat_id!r} has no attachment {attachment_id!r}")
    path = attachments.path(found.sha256)
    if not path.is_file():
        _log.error("attachment %d of threat %s is not there: %s", found.id, threat_id, path)
        raise Problem("not-found", "the file of this attachment was lost")
    etag = f'"{found.sha256}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Content-Security-Policy": _LOCKED_UP}
    if has_tag(request, etag):
        return Response(status_code=304, headers=headers)
    # percent-encoded whatever is in it, so that no name can break out of the header
    headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"
    return FileResponse(path, headers=headers, media_type=found.media_type)


def _readable(connection: Connection, caller: Caller, threat_id: str) -> list[Attachment]:
    """The attachments of a threat that a caller may read.

    Raises:
        Problem: not-found.
    """
    number = _number(threat_id)
    if readable_threat(connection, caller, number) is None:
        raise _no_threat(threat_id)
    return attachments_of(connection, number)


def _listed(present: list[Attachment]) -> bytes:
    return orjson.dumps({"attachments": present})


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
