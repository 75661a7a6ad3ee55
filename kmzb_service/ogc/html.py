"""Documents as pages for a browser: no scripts, nothing from elsewhere, all text escaped."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kmzb_service.web import base_url

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"


def html_page(request: Request, template: str, **content: Any) -> Response:
    """A page made from one of the templates beside this module."""
    text = _environment().get_template(template).render(base=base_url(request), here=request.url, **content)
    return HTMLResponse(text, headers={"Content-Security-Policy": _POLICY, "Cache-Control": "private"})


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("kmzb_service.ogc"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
