"""JSON Schemas (as OpenAPI 3.0 has them) of the bodies that the API's definition describes."""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]

_INSTANT: Document = {"type": "string", "format": "date-time"}
_INSTANT_OR_NULL: Document = {**_INSTANT, "nullable": True}
_UUID: Document = {"type": "string", "format": "uuid"}
_LON: Document = {"type": "number", "minimum": -180, "maximum": 180}
_LAT: Document = {"type": "number", "minimum": -90, "maximum": 90}
_CODE: Document = {"type": "string", "maxLength": 40}
_DESCRIPTION: Document = {"type": "string", "nullable": True, "maxLength": 10_000}
_NAME: Document = {"type": "string", "minLength": 1, "maxLength": 200}


def _object(required: tuple[str, ...], **properties: Document) -> Document:
    return {
        "type": "object",
        "required": list(required),
        "properties": properties,
        "additionalProperties": False,
    }


_POINT = _object(
    ("type", "coordinates"),
    type={"type": "string", "enum": ["Point"]},
    coordinates={"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
)
_REPORT_PROPERTIES = _object(
    ("source", "source_id", "category", "occurred_from"),
    source={"type": "string", "enum": ["citizen", "community", "police"]},
    source_id={"type": "string", "minLength": 1, "maxLength": 120},
    category=_CODE,
    occurred_from=_INSTANT,
    occurred_to=_INSTANT_OR_NULL,
    reported_at=_INSTANT_OR_NULL,
    description=_DESCRIPTION,
    place={**_NAME, "minLength": 0, "nullable": True},
    part_of_day={
        "type": "string",
        "nullable": True,
        "enum": ["morning", "forenoon", "afternoon", "evening", "night", None],
    },
    weekdays={"type": "string", "nullable": True, "pattern": "^[1-7](,[1-7]){0,6}$"},
)
_MEETING = _object(
    ("uuid", "kind", "held_at", "lon", "lat", "place", "organiser", "participants", "concerns"),
    uuid=_UUID,
    kind={"type": "string", "enum": ["meeting", "debate"]},
    held_at=_INSTANT,
    lon=_LON,
    lat=_LAT,
    place=_NAME,
    organiser=_NAME,
    participants={"type": "integer", "minimum": 0, "maximum": 1_000_000},
    concerns={
        "type": "array",
        "maxItems": 500,
        "items": _object(("category",), category=_CODE, description=_DESCRIPTION),
    },
)
BODIES: dict[str, Document] = {
    "report": _object(
        ("type", "geometry", "properties"),
        type={"type": "string", "enum": ["Feature"]},
        geometry=_POINT,
        properties=_REPORT_PROPERTIES,
        id={},
        bbox={},
    ),
    "files": _object(
        ("file",),
        file={
            "type": "array",
            "minItems": 1,
            "maxItems": 3,
            "items": {"type": "string", "format": "binary"},
        },
    ),
    "confirmation": _object(("uuid",), uuid=_UUID),
    "meetings": _object(
        ("meetings",), meetings={"type": "array", "minItems": 1, "maxItems": 100, "items": _MEETING}
    ),
}
