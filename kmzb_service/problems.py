"""What can go wrong over HTTP, as ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"

# slug → status, title; docs/service-api.md explains each
PROBLEMS: dict[str, tuple[HTTPStatus, str]] = {
    "invalid-parameter": (HTTPStatus.BAD_REQUEST, "A parameter of the request is not valid"),
    "unauthenticated": (HTTPStatus.UNAUTHORIZED, "A valid access token is needed"),
    "token-expired": (HTTPStatus.UNAUTHORIZED, "The access token has expired"),
    "forbidden": (HTTPStatus.FORBIDDEN, "Your role does not allow this"),
    "not-found": (HTTPStatus.NOT_FOUND, "There is nothing at this address"),
    "method-not-allowed": (HTTPStatus.METHOD_NOT_ALLOWED, "This address does not answer to that method"),
    "not-acceptable": (HTTPStatus.NOT_ACCEPTABLE, "None of the formats that were asked for can be sent"),
    "cursor-expired": (HTTPStatus.GONE, "The cursor is no longer valid: load a snapshot"),
    "body-too-large": (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body of the request is too large"),
    "range-not-satisfiable": (HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "The file ends before that range"),
    "invalid-body": (HTTPStatus.UNPROCESSABLE_ENTITY, "The body of the request is not valid"),
    "too-many-requests": (HTTPStatus.TOO_MANY_REQUESTS, "There were too many requests: wait and try again"),
    "report-refused": (HTTPStatus.UNPROCESSABLE_ENTITY, "The report breaks a rule of the map"),
    "insufficient-storage": (HTTPStatus.INSUFFICIENT_STORAGE, "There is no room left to store this"),
    "internal-error": (HTTPStatus.INTERNAL_SERVER_ERROR, "The service failed; its log says why"),
    "database-unavailable": (HTTPStatus.SERVICE_UNAVAILABLE, "The database cannot be reached"),
    "issuer-unavailable": (HTTPStatus.SERVICE_UNAVAILABLE, "The issuer of access tokens cannot be reached"),
    "not-ready": (HTTPStatus.SERVICE_UNAVAILABLE, "The service cannot take requests yet"),
    "snapshot-not-ready": (HTTPStatus.SERVICE_UNAVAILABLE, "The snapshot is still being made"),
}


class Problem(Exception):
    """An answer that is an error.

    Args:
        slug: one of ``PROBLEMS``; the last part of the answer's ``type``.
        detail: what is wrong in this very request.
        field: the parameter, header or member of the body that is wrong.
        headers: further headers of the answer.
        members: further members of the answer.
    """

    def __init__(
        self,
        slug: str,
        detail: str | None = None,
        *,
        field: str | None = None,
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(slug, detail)
        self.status, self.title = PROBLEMS[slug]
        self.slug = slug
        self.headers = dict(headers or {})
        self.members = {"detail": detail, "field": field, **members}

    def response(self, request_id: str) -> Response:
        """The answer; its ``instance`` is the id under which the log speaks of the request."""
        body = {"type": f"urn:kmzb:problem:{self.slug}", "title": self.title, "status": int(self.status)}
        body |= {name: value for name, value in self.members.items() if value is not None}
        body["instance"] = f"urn:uuid:{request_id}"
        return Response(orjson.dumps(body), self.status, self.headers, MEDIA_TYPE)
