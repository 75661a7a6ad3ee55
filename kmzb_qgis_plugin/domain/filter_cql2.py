"""A filter as CQL2 JSON, for a service of the OGC API – Features standard."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.conditions import (
    AllOf,
    AnyOf,
    Before,
    Condition,
    Contains,
    Missing,
    NotBefore,
    OneOf,
    conditions,
)
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


def _never() -> dict[str, Any]:
    """CQL2 lists must not be empty; every threat has a reference."""
    return _op("isNull", {"property": "ref"})


def _op(operator: str, *arguments: Any) -> dict[str, Any]:
    return {"op": operator, "args": list(arguments)}
