"""A filter as CQL2 JSON, for a service of the OGC API – Features standard."""

from __future__ import annotations

import unicodedata
from datetime import date
from itertools import groupby
from typing import Any

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.conditions import (
    TEXT_COLUMNS,
    AllOf,
    AnyOf,
    Before,
    Condition,
    Contains,
    HasText,
    Missing,
    NotBefore,
    OneOf,
    Within,
    conditions,
)
from kmzb_qgis_plugin.domain.shape import Shape, trapezoids
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter

_WILDCARDS = str.maketrans({sign: f"\\{sign}" for sign in "\\%_"})


def to_cql2_json(filter: ThreatFilter, today: date, now: str, catalogue: Catalogue) -> dict[str, Any] | None:
    """Write a filter as a CQL2 expression.

    Args:
        filter: what is looked at.
        today: the present day, for periods that move.
        now: the present instant, for deadlines.
        catalogue: says which deadline counts for which status.

    Returns:
        The expression; None where everything is kept.
    """
    whole = conditions(filter, today, now, catalogue)
    return _expression(whole) if whole.parts else None


def _expression(condition: Condition) -> dict[str, Any]:
    if isinstance(condition, (AllOf, AnyOf)):
        if len(condition.parts) == 1:
            return _expression(condition.parts[0])
        if not condition.parts:
            return _never() if isinstance(condition, AnyOf) else _op("not", _never())
        joint = "and" if isinstance(condition, AllOf) else "or"
        return _op(joint, *(_expression(part) for part in condition.parts))
    if isinstance(condition, HasText):
        return _expression(AnyOf(tuple(Contains(column, condition.word) for column in TEXT_COLUMNS)))
    if isinstance(condition, Within):
        return _op("s_intersects", {"property": "geometry"}, _multipolygon(condition.shape))
    column = {"property": condition.column}
    if isinstance(condition, OneOf):
        return _op("in", column, list(condition.values))
    if isinstance(condition, Missing):
        return _op("isNull", column)
    if isinstance(condition, Before):
        return _op("<", column, {"timestamp": condition.instant})
    if isinstance(condition, NotBefore):
        return _op(">=", column, {"timestamp": condition.instant})
    return _contains(column, condition)


def _contains(column: dict[str, Any], condition: Contains) -> dict[str, Any]:
    word = unicodedata.normalize("NFC", condition.word).translate(_WILDCARDS)
    return _op("like", _op("casei", column), _op("casei", f"%{word}%"))


def _multipolygon(shape: Shape) -> dict[str, Any]:
    """A shape as GeoJSON: its trapezoids, of which each is a polygon without holes."""
    polygons = []
    for piece in trapezoids(shape):
        (west, west_lat, west_slope), (east, east_lat, east_slope) = piece.west, piece.east
        corners = [
            (line + slope * (lat - origin), lat)
            for line, origin, slope, lat in (
                (west, west_lat, west_slope, piece.south),
                (east, east_lat, east_slope, piece.south),
                (east, east_lat, east_slope, piece.north),
                (west, west_lat, west_slope, piece.north),
            )
        ]
        ring = [place for place, _ in groupby(corners)]
        polygons.append([[list(place) for place in (*ring, ring[0])]])
    return {"type": "MultiPolygon", "coordinates": polygons}


def _never() -> dict[str, Any]:
    """CQL2 lists must not be empty; every threat has a reference."""
    return _op("isNull", {"property": "ref"})


def _op(operator: str, *arguments: Any) -> dict[str, Any]:
    return {"op": operator, "args": list(arguments)}
