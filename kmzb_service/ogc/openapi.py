"""The API's definition (OpenAPI 3.0), made from the same tables as the answers."""

from __future__ import annotations

from typing import Any

from kmzb_service import __version__
from kmzb_service.database.wire import Kind
from kmzb_service.ogc.answer_schemas import SCHEMAS
from kmzb_service.ogc.body_schemas import BODIES
from kmzb_service.ogc.collections import COLLECTIONS, Collection
from kmzb_service.ogc.cql2.reading import MAX_LENGTH
from kmzb_service.ogc.crs import CRS84, SUPPORTED
from kmzb_service.ogc.formats import DOCUMENT, FEATURE, Format, offered_formats
from kmzb_service.ogc.query import DEFAULT_LIMIT, LANGUAGES, MAX_LIMIT, PARAMETERS
from kmzb_service.ogc.schema import SCHEMA_JSON
from kmzb_service.problems import MEDIA_TYPE as PROBLEM_JSON
from kmzb_service.web import GEOJSON, JSON

OPENAPI = "application/vnd.oai.openapi+json;version=3.0"

Document = dict[str, Any]
_HTML = "text/html"
_GEOPACKAGE = "application/geopackage+sqlite3"
_ATTACHED = (
    "image/jpeg",
    "application/pdf",
    "video/3gpp",
    "video/quicktime",
    "application/msword",
    "text/plain",
)
_OBJECT: Document = {"type": "object"}
_TEXT: Document = {"type": "string"}
_BINARY: Document = {"type": "string", "format": "binary"}
_PROBLEM = {"$ref": "#/components/responses/problem"}
_VALUES: dict[Kind, Document] = {
    "text": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "instant": {"type": "string", "format": "date-time"},
    "day": {"type": "string", "format": "date"},
}


def api_definition(address: str) -> Document:
    """The whole definition of a service at an address."""
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "KMZB: national map of security threats",
            "description": "OGC API - Features for any client, and the resources of the QGIS desk.",
            "version": __version__,
            "license": {"name": "GPL-2.0-or-later"},
        },
        "servers": [{"url": address}],
        "security": [{"bearer": []}, {"basic": []}],
        "tags": [
            {"name": "Capabilities", "description": "what this service is"},
            {"name": "Data", "description": "collections and their features"},
            {"name": "Desk", "description": "replicas and decisions"},
        ],
        "paths": {**_capabilities(), **_data(), **_desk()},
        "components": _components(),
    }


def _get(
    tag: str, summary: str, content: dict[str, Document], *parameters: Document, public: bool = False
) -> Document:
    operation: Document = {
        "tags": [tag],
        "summary": summary,
        "parameters": list(parameters),
        "responses": {
            "200": {
                "description": summary,
                "content": {media_type: {"schema": schema} for media_type, schema in content.items()},
            },
            "default": _PROBLEM,
        },
    }
    if public:
        operation["security"] = []
    return {"get": operation}


def _post(
    tag: str,
    summary: str,
    answers: dict[str, Document],
    bodies: dict[str, Document],
    *parameters: Document,
    media_type: str = JSON,
) -> Document:
    return {
        "tags": [tag],
        "summary": summary,
        "parameters": list(parameters),
        "requestBody": {
            "required": True,
            "content": {kind: {"schema": schema} for kind, schema in bodies.items()},
        },
        "responses": {
            **{
                status: {"description": summary, "content": {media_type: {"schema": schema}}}
                for status, schema in answers.items()
            },
            "default": _PROBLEM,
        },
    }


def _capabilities() -> Document:
    def described(summary: str, schema: str, *parameters: Document) -> Document:
        content = {JSON: _schema(schema), **({_HTML: _TEXT} if parameters else {})}
        return _get("Capabilities", summary, content, *parameters, public=True)

    return {
        "/": described("Landing page", "landingPage", _DOCUMENT_FORMAT),
        "/conformance": described("Conformance classes that are met", "confClasses", _DOCUMENT_FORMAT),
        "/api": _get("Capabilities", "This definition", {OPENAPI: _OBJECT}, public=True),
        "/health": described("Whether the service and its database work", "health"),
        "/ready": described("Whether requests can be sent to this service", "health"),
    }


def _data() -> Document:
    listed = {JSON: _schema("collections"), _HTML: _TEXT}
    paths = {"/collections": _get("Data", "The collections", listed, _DOCUMENT_FORMAT)}
    for collection in COLLECTIONS.values():
        path = f"/collections/{collection.name}"
        about = {JSON: _schema("collection"), _HTML: _TEXT}
        one = {GEOJSON: _schema("feature"), _HTML: _TEXT}
        paths |= {
            path: _get("Data", f"About the collection {collection.title}", about, _DOCUMENT_FORMAT),
            f"{path}/queryables": _get("Data", "What can be queried", {SCHEMA_JSON: _OBJECT}),
            f"{path}/schema": _get("Data", "What a feature has", {SCHEMA_JSON: _OBJECT}),
            f"{path}/items": _items(collection),
            f"{path}/items/{{featureId}}": _get(
                "Data", "One feature", one, _reference("featureId"), _reference("crs"), _format_of(FEATURE)
            ),
        }
    paths["/collections/threats/items"]["post"] = _new_report()
    return paths


def _new_report() -> Document:
    feature, report = _schema("feature"), _schema("report")
    added = _post(
        "Data",
        "Put a report on the map; one of the same source and source_id is left as it is",
        {"200": feature, "201": feature},
        {GEOJSON: report, JSON: report},
        media_type=GEOJSON,
    )
    location = {"description": "The threat's address", "required": True, "schema": _TEXT}
    for status in ("200", "201"):
        added["responses"][status]["headers"] = {"Location": location}
    return added


def _items(collection: Collection) -> Document:
    offered = offered_formats(collection)
    content = {entry.media_type: _TEXT for entry in offered} | {
        GEOJSON: _schema("featureCollection"),
        # a binary file and lines of JSON are no one JSON value
        **{entry.media_type: _BINARY for entry in offered if not entry.paged},
    }
    own = [_parameter(name, "", _VALUES[entry.kind]) for name, entry in collection.properties.items()]
    shared = [_reference(name) for name in PARAMETERS]
    return _get("Data", collection.description, content, *shared, _format_of(offered), *own)


def _format_of(offered: tuple[Format, ...]) -> Document:
    names = {"json": None} | {entry.name: None for entry in offered}
    return _parameter("f", "The format, whatever Accept says", {"type": "string", "enum": list(names)})


def _desk() -> Document:
    cursor = _parameter("cursor", "The place from which to go on", {"type": "string"})
    cursor["required"] = True
    limit = _parameter(
        "limit", "Rows at most", {"type": "integer", "minimum": 1, "maximum": 10000, "default": 5000}
    )
    name = {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}
    decisions = _post("Desk", "Take decisions; an outcome for each", {"200": _OBJECT}, {JSON: _OBJECT})
    meetings = _post(
        "Desk", "Take meetings in; an outcome for each", {"200": _OBJECT}, {JSON: _schema("meetings")}
    )
    counted = _schema("confirmed")
    confirmation = _post(
        "Desk",
        "Count one more person who confirms a report; one that is counted already is not counted again",
        {"200": counted, "201": counted},
        {JSON: _schema("confirmation")},
        _reference("threatId"),
    )
    attached = _schema("attachments")
    attachments = _get("Desk", "The attachments of a threat", {JSON: attached}, _reference("threatId"))
    attachments["post"] = _post(
        "Desk",
        "Add files to a report, all of them or none; one that it has already is not added again",
        {"200": attached, "201": attached},
        {"multipart/form-data": _schema("files")},
        _reference("threatId"),
    )
    kinds = dict.fromkeys(_ATTACHED, _BINARY)
    one = _get("Desk", "One of them, for saving", kinds, _reference("threatId"), _reference("attachmentId"))
    return {
        "/me": _get("Desk", "Who the service takes you for", {JSON: _OBJECT}),
        "/catalogue": _get("Desk", "Categories, statuses, transitions, reasons, deadlines", {JSON: _OBJECT}),
        "/snapshots": _get("Desk", "Ready-made files from which a desk starts", {JSON: _OBJECT}),
        "/snapshots/{name}": _get("Desk", "One of those files", {_GEOPACKAGE: _BINARY}, name),
        "/changes": _get(
            "Desk", "What has changed after a cursor", {JSON: _schema("changes")}, cursor, limit
        ),
        "/decisions": {"post": decisions},
        "/meetings": {"post": meetings},
        "/threats/{threatId}/attachments": attachments,
        "/threats/{threatId}/attachments/{attachmentId}": one,
        "/threats/{threatId}/confirmations": {"post": confirmation},
    }


def _components() -> Document:
    numbers = {
        "type": "array",
        "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
        "items": {"type": "number"},
    }
    limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
    crs = {"type": "string", "format": "uri", "enum": list(SUPPORTED), "default": CRS84.uri}
    language = {"type": "string", "enum": list(LANGUAGES), "default": LANGUAGES[0]}
    names = {"type": "array", "minItems": 1, "items": _TEXT}
    feature_id = {"type": "integer", "format": "int64"}
    parameters = [
        _parameter("bbox", "Features that meet this box", numbers, explode=False),
        _parameter("bbox-crs", "The CRS of the box", crs),
        _parameter("crs", "The CRS of the answer", crs),
        _parameter("cursor", "The page; taken from a link to the next one", _TEXT),
        _parameter("datetime", "Features of this instant or interval", _TEXT),
        _parameter("filter", "Features that meet this CQL2 filter", {**_TEXT, "maxLength": MAX_LENGTH}),
        _parameter("filter-crs", "The CRS of the geometries in the filter", crs),
        _parameter("filter-lang", "How the filter is written", language),
        _parameter("limit", "Features on a page; without it, downloads have all", limit),
        _parameter("numberMatched", "Whether to count all features that are asked for", {"type": "boolean"}),
        _parameter("properties", "The properties, and the geometry, to show", names, explode=False),
        _parameter(
            "sortby", "The properties to sort by, a minus before descending ones", names, explode=False
        ),
    ]
    path_ids = {
        name: {"name": name, "in": "path", "required": True, "schema": feature_id}
        for name in ("featureId", "threatId", "attachmentId")
    }
    return {
        "parameters": {entry["name"]: entry for entry in parameters} | path_ids,
        "schemas": SCHEMAS | BODIES,
        "responses": {
            "problem": {
                "description": "What went wrong (RFC 9457)",
                "content": {PROBLEM_JSON: {"schema": _schema("problem")}},
            }
        },
        "securitySchemes": {
            "bearer": {"type": "http", "scheme": "bearer"},
            "basic": {"type": "http", "scheme": "basic", "description": "The password is the token"},
        },
    }


def _parameter(name: str, description: str, schema: Document, **more: Any) -> Document:
    made = {"name": name, "in": "query", "required": False, "style": "form", "schema": schema, **more}
    return {**made, "description": description} if description else made


def _reference(name: str) -> Document:
    return {"$ref": f"#/components/parameters/{name}"}


def _schema(name: str) -> Document:
    return {"$ref": f"#/components/schemas/{name}"}


_DOCUMENT_FORMAT = _format_of(DOCUMENT)
