"""Turning whatever goes wrong into an answer, and into a line of the log."""

from __future__ import annotations

import logging

from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kmzb_service.database.room import no_room_left
from kmzb_service.frame import add_common_headers, request_id
from kmzb_service.problems import Problem

_RETRY_AFTER = {"Retry-After": "5"}
_BY_STATUS = {404: "not-found", 405: "method-not-allowed", 413: "body-too-large"}
_log = logging.getLogger(__name__)


def answer_failures(app: Starlette) -> None:
    """See to it that every error of an application is answered with a problem document."""
    for kind in (Problem, HTTPException, RequestValidationError, DatabaseError, InterfaceError, PoolTimeout):
        app.add_exception_handler(kind, _answer)
    app.add_exception_handler(OSError, _answer_when_full)
    app.add_exception_handler(Exception, _answer)


async def _answer(request: Request, error: Exception) -> Response:
    problem = problem_of(error)
    if problem.slug == "internal-error":
        # where it came from is told by the server, to which it goes on
        _log.error("request %s failed: %s", request_id(request.scope), type(error).__name__)
    elif problem.slug == "insufficient-storage":
        _log.error("request %s: no room is left", request_id(request.scope), exc_info=error)
    elif problem.slug == "database-unavailable":
        _log.warning("request %s: the database does not answer", request_id(request.scope), exc_info=error)
    response = problem.response(request_id(request.scope))
    # the answer to an unexpected error does not pass through the frame
    add_common_headers(request.scope, response.headers)
    return response


async def _answer_when_full(request: Request, error: Exception) -> Response:
    if not no_room_left(error):
        raise error  # as unexpected as any other
    return await _answer(request, error)


def problem_of(error: Exception) -> Problem:
    """What to tell a client about an exception."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, RequestValidationError):
        return _of_body(error)
    if isinstance(error, HTTPException) and error.status_code < 500:
        slug = _BY_STATUS.get(error.status_code)
        # all that is left is what FastAPI says of a body that cannot be read
        return Problem(slug, headers=error.headers) if slug else Problem("invalid-body", error.detail)
    if no_room_left(error):
        return Problem("insufficient-storage")
    if isinstance(error, OperationalError | InterfaceError | PoolTimeout):
        return Problem("database-unavailable", headers=_RETRY_AFTER)
    # a damaged file; the classes derived from it are mistakes of our own
    if type(error) is DatabaseError:
        return Problem("database-unavailable", headers=_RETRY_AFTER)
    return Problem("internal-error")


def _of_body(error: RequestValidationError) -> Problem:
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return Problem("invalid-body", f"not JSON: {first['ctx']['error']}")
    # the first part of the place is "body"
    field = ".".join(str(part) for part in first["loc"][1:])
    return Problem("invalid-body", first["msg"], field=field or None)
