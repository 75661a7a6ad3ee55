"""What a replica lives on: ``/catalogue``, ``/snapshots``, ``/changes``."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Send
from starlette.types import Scope as HttpScope

from kmzb_service.catalogue.model import load_catalogue
from kmzb_service.database.engine import reading
from kmzb_service.problems import Problem
from kmzb_service.security.caller import TheCaller, identify, require_reader
from kmzb_service.sync.builder import SnapshotBuilder
from kmzb_service.sync.changes import Bounds, changes_after
from kmzb_service.sync.cursor import Cursor, CursorMalformed
from kmzb_service.sync.snapshots import SnapshotInfo, snapshot_folder
from kmzb_service.web import (
    ReadableRoute,
    TheEngine,
    TheSettings,
    accepts,
    base_url,
    check_parameters,
    has_tag,
    json_response,
    tagged_response,
    whole_number,
)

GEOPACKAGE = "application/geopackage+sqlite3"
DEFAULT_LIMIT, MAX_LIMIT = 5_000, 10_000
_RETRY_AFTER = {"Retry-After": "3"}
_SINGLE_RANGE = re.compile(r"bytes=(?:(?P<first>\d{1,18})-(?P<last>\d{0,18})|-(?P<suffix>\d{1,18}))")

router = APIRouter(route_class=ReadableRoute, dependencies=[Depends(identify)])


def _builder(request: Request) -> SnapshotBuilder:
    builder: SnapshotBuilder = request.app.state.snapshots
    return builder


Snapshots = Annotated[SnapshotBuilder, Depends(_builder)]


@router.get("/catalogue", dependencies=[Depends(accepts())])
def catalogue(request: Request) -> Response:
    """Sources, categories, statuses, transitions, reasons and deadlines."""
    present = load_catalogue()
    return tagged_response(request, present.as_json().encode(), etag=present.etag())


@router.get("/changes", dependencies=[Depends(require_reader), Depends(accepts("cursor", "limit"))])
def changes(request: Request, caller: TheCaller, engine: TheEngine) -> Response:
    """What has changed after a cursor."""
    parameters = request.query_params
    limit = whole_number(parameters.get("limit", str(DEFAULT_LIMIT)), "limit", 1, MAX_LIMIT)
    try:
        cursor = Cursor.decode(parameters["cursor"])
    except KeyError as error:
        raise Problem("invalid-parameter", "a cursor is needed", field="cursor") from error
    except CursorMalformed as error:
        raise Problem("invalid-parameter", str(error), field="cursor") from error
    with reading(engine) as connection:
        bounds = Bounds.read(connection)
        if not bounds.hold(cursor, caller.scope):
            raise Problem("cursor-expired", snapshots=f"{base_url(request)}/snapshots")
        parts, reached, up_to_date = changes_after(
            connection, caller.scope, cursor.position, bounds.newest, limit
        )
    next_cursor = Cursor(cursor.epoch, reached, cursor.scope).encode()
    return json_response({**parts, "next_cursor": next_cursor, "up_to_date": up_to_date})


@router.get("/snapshots", dependencies=[Depends(require_reader), Depends(accepts())])
def snapshots(request: Request, caller: TheCaller, builder: Snapshots) -> Response:
    """The ready-made files from which a desk starts, newest first."""
    found = builder.snapshots(caller.scope)
    if not found:
        # a new one has been begun in either case
        slug = "insufficient-storage" if builder.no_room else "snapshot-not-ready"
        raise Problem(slug, headers=_RETRY_AFTER)
    return json_response({"snapshots": [_entry(request, info) for info in found]})


@router.get("/snapshots/{name}", dependencies=[Depends(require_reader)])
def snapshot_file(
    name: str, request: Request, caller: TheCaller, builder: Snapshots, settings: TheSettings
) -> Response:
    """One of those files; a broken download goes on with Range and If-Range."""
    check_parameters(request, set())
    info = next((info for info in builder.snapshots(caller.scope) if info.file == name), None)
    if info is None:
        raise Problem("not-found", "this snapshot is not, or no longer, there")
    etag = f'"{info.sha256}"'
    if has_tag(request, etag):
        return Response(status_code=304, headers={"ETag": etag})
    headers = {"ETag": etag, "Cache-Control": "private, no-transform"}
    path = snapshot_folder(settings) / info.file
    kind = _File if _wants_part(request, etag, info.size) else _WholeFile
    return kind(path, headers=headers, media_type=GEOPACKAGE, filename=info.file)


def _entry(request: Request, info: SnapshotInfo) -> dict[str, str | int]:
    return {
        "url": f"{base_url(request)}/snapshots/{info.file}",
        "size": info.size,
        "sha256": info.sha256,
        "cursor": info.cursor,
        "built_at": info.built_at,
        "schema_version": info.schema_version,
        "scope": info.scope,
    }


def _wants_part(request: Request, etag: str, size: int) -> bool:
    """Whether one range is asked for that the file has; other ranges are ignored, as HTTP allows.

    Raises:
        Problem: range-not-satisfiable.
    """
    if request.headers.get("if-range", etag) != etag:
        return False
    asked = _SINGLE_RANGE.fullmatch(request.headers.get("range", ""))
    if asked is None or (asked["last"] and int(asked["last"]) < int(asked["first"])):
        return False
    if (int(asked["first"]) >= size) if asked["first"] else (int(asked["suffix"]) == 0):
        raise Problem("range-not-satisfiable", field="Range", headers={"Content-Range": f"bytes */{size}"})
    return True


class _File(FileResponse):
    chunk_size = 1024 * 1024  # a part is read in pieces, each in another thread


class _WholeFile(_File):
    """The file from its beginning to its end, whatever the request's headers say."""

    async def __call__(self, scope: HttpScope, receive: Receive, send: Send) -> None:
        headers = [(name, value) for name, value in scope["headers"] if name != b"range"]
        await super().__call__({**scope, "headers": headers}, receive, send)
