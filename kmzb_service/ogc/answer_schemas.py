"""JSON Schemas (as OpenAPI 3.0 has them) of the answers that the API's definition describes."""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]

_TEXT: Document = {"type": "string"}
_ROWS: Document = {"type": "array", "items": {"type": "object"}}


def _object(required: tuple[str, ...], **properties: Document) -> Document:
    return {"type": "object", "required": list(required), "properties": properties}


def _list_of(name: str) -> Document:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


_LINKS = _list_of("link")
SCHEMAS: dict[str, Document] = {
    "link": _object(("href", "rel"), href=_TEXT, rel=_TEXT, type=_TEXT, title=_TEXT),
    "landingPage": _object(("links",), title=_TEXT, description=_TEXT, links=_LINKS),
    "confClasses": _object(("conformsTo",), conformsTo={"type": "array", "items": _TEXT}),
    "health": _object(("status",), status=_TEXT),
    "collections": _object(("links", "collections"), links=_LINKS, collections=_list_of("collection")),
    "collection": _object(
        ("id", "links"),
        id=_TEXT,
        title=_TEXT,
        description=_TEXT,
        itemType=_TEXT,
        crs={"type": "array", "items": _TEXT},
        storageCrs=_TEXT,
        extent={"type": "object"},
        links=_LINKS,
    ),
    "feature": _object(
        ("type", "id", "geometry", "properties"),
        type={"type": "string", "enum": ["Feature"]},
        id={"type": "integer", "format": "int64"},
        geometry={"type": "object", "nullable": True},
        properties={"type": "object"},
        links=_LINKS,
    ),
    "featureCollection": _object(
        ("type", "features", "links", "numberReturned", "timeStamp"),
        type={"type": "string", "enum": ["FeatureCollection"]},
        features=_list_of("feature"),
        links=_LINKS,
        timeStamp={"type": "string", "format": "date-time"},
        numberMatched={"type": "integer", "minimum": 0},
        numberReturned={"type": "integer", "minimum": 0},
    ),
    "changes": _object(
        ("threats", "areas", "units", "decisions", "removed", "next_cursor", "up_to_date"),
        threats=_ROWS,
        areas=_ROWS,
        units=_ROWS,
        decisions=_ROWS,
        removed={"type": "object"},
        next_cursor=_TEXT,
        up_to_date={"type": "boolean"},
    ),
    "attachment": _object(
        ("id", "name", "media_type", "size", "sha256"),
        id={"type": "integer"},
        name=_TEXT,
        media_type=_TEXT,
        size={"type": "integer", "minimum": 1},
        sha256=_TEXT,
    ),
    "attachments": _object(("attachments",), attachments=_list_of("attachment")),
    "confirmed": _object(("confirmations",), confirmations={"type": "integer", "minimum": 1}),
    "problem": _object(
        ("type", "title", "status"),
        type=_TEXT,
        title=_TEXT,
        status={"type": "integer"},
        detail=_TEXT,
        field=_TEXT,
        rule=_TEXT,
        instance=_TEXT,
    ),
}
