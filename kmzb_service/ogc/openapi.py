"""The API's definition (OpenAPI 3.0), made from the same tables as the answers."""

from __future__ import annotations

from typing import Any

from kmzb_service import __version__
from kmzb_service.database.wire import Kind
from kmzb_service.ogc.collections import COLLECTIONS, Collection
from kmzb_service.ogc.query import CRS84, DEFAULT_LIMIT, MAX_LIMIT
from kmzb_service.ogc.schema import SCHEMA_JSON
from kmzb_service.problems import MEDIA_TYPE as PROBLEM_JSON
from kmzb_service.web import GEOJSON, JSON

OPENAPI = "application/vnd.oai.openapi+json;version=3.0"

Document = dict[str, Any]
_OBJECT: Document = {"type": "object"}
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


def _get(tag: str, summary: str, media_type: str, *parameters: Document, public: bool = False) -> Document:
    operation: Document = {
        "tags": [tag],
        "summary": summary,
        "parameters": list(parameters),
        "responses": {
            "200": {"description": summary, "content": {media_type: {"schema": _OBJECT}}},
            "default": _PROBLEM,
        },
    }
    if public:
        operation["security"] = []
    return {"get": operation}


def _capabilities() -> Document:
    return {
        "/": _get("Capabilities", "Landing page", JSON, public=True),
        "/conformance": _get("Capabilities", "Conformance classes that are met", JSON, public=True),
        "/api": _get("Capabilities", "This definition", OPENAPI, public=True),
        "/health": _get("Capabilities", "Whether the service and its database work", JSON, public=True),
    }


def _data() -> Document:
    paths = {"/collections": _get("Data", "The collections", JSON)}
    for collection in COLLECTIONS.values():
        path = f"/collections/{collection.name}"
        paths |= {
            path: _get("Data", f"About the collection {collection.title}", JSON),
            f"{path}/queryables": _get("Data", "What can be queried", SCHEMA_JSON),
            f"{path}/schema": _get("Data", "What a feature has", SCHEMA_JSON),
            f"{path}/items": _get("Data", collection.description, GEOJSON, *_item_parameters(collection)),
            f"{path}/items/{{featureId}}": _get("Data", "One feature", GEOJSON, _reference("featureId")),
        }
    return paths


def _item_parameters(collection: Collection) -> list[Document]:
    shared = [_reference(name) for name in ("bbox", "bbox-crs", "datetime", "limit", "cursor")]
    own = [_parameter(name, "", _VALUES[entry.kind]) for name, entry in collection.queryables.items()]
    return shared + own


def _desk() -> Document:
    cursor = _parameter("cursor", "The place from which to go on", {"type": "string"})
    cursor["required"] = True
    limit = _parameter(
        "limit", "Rows at most", {"type": "integer", "minimum": 1, "maximum": 10000, "default": 5000}
    )
    name = {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}
    decisions = _get("Desk", "An outcome for each decision", JSON)["get"]
    decisions["requestBody"] = {"required": True, "content": {JSON: {"schema": _OBJECT}}}
    return {
        "/me": _get("Desk", "Who the service takes you for", JSON),
        "/catalogue": _get("Desk", "Categories, statuses, transitions, reasons, deadlines", JSON),
        "/snapshots": _get("Desk", "Ready-made files from which a desk starts", JSON),
        "/snapshots/{name}": _get("Desk", "One of those files", "application/geopackage+sqlite3", name),
        "/changes": _get("Desk", "What has changed after a cursor", JSON, cursor, limit),
        "/decisions": {"post": decisions},
    }


def _components() -> Document:
    numbers = {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}}
    limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
    crs = {"type": "string", "enum": [CRS84], "default": CRS84}
    feature_id = {"type": "integer", "format": "int64"}
    return {
        "parameters": {
            "bbox": {**_parameter("bbox", "Features that meet this box", numbers), "explode": False},
            "bbox-crs": _parameter("bbox-crs", "The CRS of the box", crs),
            "datetime": _parameter("datetime", "Features of this instant or interval", {"type": "string"}),
            "limit": _parameter("limit", "Features on a page", limit),
            "cursor": _parameter("cursor", "The page; taken from a link to the next one", {"type": "string"}),
            "featureId": {"name": "featureId", "in": "path", "required": True, "schema": feature_id},
        },
        "responses": {
            "problem": {
                "description": "What went wrong (RFC 9457)",
                "content": {PROBLEM_JSON: {"schema": _OBJECT}},
            }
        },
        "securitySchemes": {
            "bearer": {"type": "http", "scheme": "bearer"},
            "basic": {"type": "http", "scheme": "basic", "description": "The password is the token"},
        },
    }


def _parameter(name: str, description: str, schema: Document) -> Document:
    made = {"name": name, "in": "query", "required": False, "style": "form", "schema": schema}
    return {**made, "description": description} if description else made


def _reference(name: str) -> Document:
    return {"$ref": f"#/components/parameters/{name}"}
