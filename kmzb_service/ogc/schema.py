"""JSON Schemas of a collection: what can be queried, and what a feature has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, Protocol, get_args

from kmzb_service.catalogue.model import Catalogue, Name, Role
from kmzb_service.database.wire import Kind, Property
from kmzb_service.ogc.collections import Collection

Language = Literal["pl", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
"""Of the catalogue's names, the one for who does not say first."""

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


class _Named(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> Name: ...


def queryables_schema(
    collection: Collection, catalogue: Catalogue, address: str, language: Language
) -> dict[str, Any]:
    """The properties that a request may compare with a value, and the geometry for ``bbox``.

    Args:
        collection: whose properties they are.
        catalogue: has the codes and their names.
        address: of the document itself.
        language: of the codes' names.
    """
    return _schema(collection, catalogue, address, language) | {"additionalProperties": False}


def feature_schema(
    collection: Collection, catalogue: Catalogue, address: str, language: Language
) -> dict[str, Any]:
    """All properties of a feature; the arguments are those of :func:`queryables_schema`."""
    document = _schema(collection, catalogue, address, language)
    identifier = {"type": "integer", "title": "id", "x-ogc-role": "id", "readOnly": True}
    document["properties"] = {"id": identifier, **document["properties"]}
    return document


def _schema(collection: Collection, catalogue: Catalogue, address: str, language: Language) -> dict[str, Any]:
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
            **_enumeration(entry.name, catalogue, language),
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


def _enumeration(name: str, catalogue: Catalogue, language: Language) -> dict[str, Any]:
    """The codes that a property can have, where the catalogue lists them, with their names."""
    names = _names(name, catalogue, language)
    if not names:
        return {}
    return {"enum": list(names), "oneOf": [{"const": code, "title": title} for code, title in names.items()]}


def _names(name: str, catalogue: Catalogue, language: Language) -> dict[str, str]:
    lists: dict[str, Iterable[_Named]] = {
        "source": catalogue.sources,
        "category": catalogue.categories,
        "status": catalogue.statuses,
        "from_status": catalogue.statuses,
        "to_status": catalogue.statuses,
        "reason": catalogue.reasons,
        "method": catalogue.methods,
    }
    if name == "actor_role":
        return {role: role for role in get_args(Role)}
    return {entry.code: getattr(entry.name, language) for entry in lists.get(name, ())}
