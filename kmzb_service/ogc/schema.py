"""JSON Schemas of a collection: what can be queried, and what a feature has."""

from __future__ import annotations

from typing import Any, get_args

from kmzb_service.catalogue.model import Catalogue, Role
from kmzb_service.database.wire import Kind, Property
from kmzb_service.ogc.collections import Collection

SCHEMA_JSON = "application/schema+json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TYPES: dict[Kind, dict[str, str]] = {
    "text": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "instant": {"type": "string", "format": "date-time"},
    "day": {"type": "string", "format": "date"},
}
_GEOMETRY_FORMATS = {"Point": "geometry-point", "MultiPolygon": "geometry-multipolygon"}


def queryables_schema(collection: Collection, catalogue: Catalogue, address: str) -> dict[str, Any]:
    """The properties that a request may compare with a value, and the geometry for ``bbox``."""
    return _schema(collection, catalogue, address, list(collection.queryables.values())) | {
        "additionalProperties": False
    }


def feature_schema(collection: Collection, catalogue: Catalogue, address: str) -> dict[str, Any]:
    """All properties of a feature."""
    document = _schema(collection, catalogue, address, list(collection.resource.properties))
    identifier = {"type": "integer", "title": "id", "x-ogc-role": "id", "readOnly": True}
    document["properties"] = {"id": identifier, **document["properties"]}
    return document


def _schema(
    collection: Collection, catalogue: Catalogue, address: str, entries: list[Property]
) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    if collection.resource.geometry:
        properties["geometry"] = {
            "format": _GEOMETRY_FORMATS[collection.resource.geometry],
            "x-ogc-role": "primary-geometry",
        }
    for entry in entries:
        codes = _codes(entry.name, catalogue)
        properties[entry.name] = {
            "title": entry.name.replace("_", " "),
            **_TYPES[entry.kind],
            **({"enum": codes} if codes else {}),
        }
    return {
        "$schema": _DIALECT,
        "$id": address,
        "type": "object",
        "title": collection.title,
        "description": collection.description,
        "properties": properties,
    }


def _codes(name: str, catalogue: Catalogue) -> list[str]:
    """The codes that a property can have, where the catalogue lists them."""
    statuses = [entry.code for entry in catalogue.statuses]
    lists: dict[str, list[str]] = {
        "source": [entry.code for entry in catalogue.sources],
        "category": [entry.code for entry in catalogue.categories],
        "status": statuses,
        "from_status": statuses,
        "to_status": statuses,
        "reason": [entry.code for entry in catalogue.reasons],
        "method": [entry.code for entry in catalogue.methods],
        "actor_role": list(get_args(Role)),
    }
    return lists.get(name, [])
