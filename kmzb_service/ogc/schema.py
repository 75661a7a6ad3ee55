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
_TIME_ROLES: dict[int, tuple[str, ...]] = {
    0: (),
    1: ("primary-instant",),
    2: ("primary-interval-start", "primary-interval-end"),
}
_GEOMETRY_FORMATS = {"Point": "geometry-point", "MultiPolygon": "geometry-multipolygon"}


def queryables_schema(collection: Collection, catalogue: Catalogue, address: str) -> dict[str, Any]:
    """The properties that a request may compare with a value, and the geometry for ``bbox``."""
    return _schema(collection, catalogue, address) | {"additionalProperties": False}


def feature_schema(collection: Collection, catalogue: Catalogue, address: str) -> dict[str, Any]:
    """All properties of a feature."""
    document = _schema(collection, catalogue, address)
    identifier = {"type": "integer", "title": "id", "x-ogc-role": "id", "readOnly": True}
    document["properties"] = {"id": identifier, **document["properties"]}
    return document


def _schema(collection: Collection, catalogue: Catalogue, address: str) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    if collection.resource.geometry:
        properties["geometry"] = {
            "format": _GEOMETRY_FORMATS[collection.resource.geometry],
            "x-ogc-role": "primary-geometry",
        }
    for entry in collection.resource.properties:
        properties[entry.name] = {
            "title": entry.name.replace("_", " "),
            **_TYPES[entry.kind],
            **_enumeration(entry.name, catalogue),
            **_role(entry, collection),
        }
    return {
        "$schema": _DIALECT,
        "$id": address,
        "type": "object",
        "title": collection.title,
        "description": collection.description,
        "properties": properties,
    }


def _role(entry: Property, collection: Collection) -> dict[str, str]:
    """The part that a property plays in a feature, where it plays one."""
    roles = dict(zip(collection.times, _TIME_ROLES[len(collection.times)], strict=True))
    return {"x-ogc-role": roles[entry.name]} if entry.name in roles else {}


def _enumeration(name: str, catalogue: Catalogue) -> dict[str, Any]:
    """The codes that a property can have, where the catalogue lists them, with their names."""
    names = _names(name, catalogue)
    if not names:
        return {}
    return {"enum": list(names), "oneOf": [{"const": code, "title": title} for code, title in names.items()]}


def _names(name: str, catalogue: Catalogue) -> dict[str, str]:
    statuses = {entry.code: entry.name.pl for entry in catalogue.statuses}
    lists: dict[str, dict[str, str]] = {
        "source": {entry.code: entry.name.pl for entry in catalogue.sources},
        "category": {entry.code: entry.name.pl for entry in catalogue.categories},
        "status": statuses,
        "from_status": statuses,
        "to_status": statuses,
        "reason": {entry.code: entry.name.pl for entry in catalogue.reasons},
        "method": {entry.code: entry.name.pl for entry in catalogue.methods},
        "actor_role": {role: role for role in get_args(Role)},
    }
    return lists.get(name, {})
