"""Links between the documents of the standard face."""

from __future__ import annotations

from starlette.requests import Request

from kmzb_service.ogc.formats import Format
from kmzb_service.web import base_url

Link = dict[str, str]


def link(request: Request, path: str, rel: str, media_type: str, title: str | None = None) -> Link:
    """A link to one of this service's own addresses."""
    made = {"href": base_url(request) + path, "rel": rel, "type": media_type}
    return made if title is None else {**made, "title": title}


def self_link(request: Request, media_type: str) -> Link:
    """A link to the very document that is being answered."""
    return {"href": str(request.url), "rel": "self", "type": media_type}


def alternate_links(request: Request, offered: tuple[Format, ...], chosen: Format) -> list[Link]:
    """Links to the same document in its other formats; downloads begin with the first feature."""
    here = request.url.remove_query_params("cursor")
    return [
        {
            "href": str((request.url if entry.paged else here).include_query_params(f=entry.name)),
            "rel": "alternate",
            "type": entry.media_type,
            "title": entry.title,
        }
        for entry in offered
        if entry is not chosen
    ]


def next_link(request: Request, cursor: str, media_type: str) -> Link:
    """A link to the next page: the same request with another cursor."""
    return {"href": str(request.url.include_query_params(cursor=cursor)), "rel": "next", "type": media_type}
