"""A filter as SQL: the subset string of the layers, and the WHERE of every count."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date

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

_NEVER = "1 = 0"


def where(filter: ThreatFilter, today: date, now: str, catalogue: Catalogue) -> str:
    """Write a filter as a condition for SQLite, and so for OGR's subset strings.

    Args:
        filter: what is looked at.
        today: the present day, for periods that move.
        now: the present instant, for deadlines.
        catalogue: says which deadline counts for which status.

    Returns:
        The condition; empty where everything is kept.
    """
    return " AND ".join(condition_sql(part) for part in conditions(filter, today, now, catalogue).parts)


def for_source(sql: str, source: str) -> str:
    """Narrow a condition of :func:`where` to one source."""
    own = f"{name('source')} = {literal(source)}"
    return f"{own} AND {sql}" if sql else own


def literal(value: str | int) -> str:
    """Write a value so that SQL reads it as nothing but that value."""
    if isinstance(value, int):
        return str(value)
    # SQL ends at a NUL, and no text that is stored has one.
    return "'" + value.replace("\0", "").replace("'", "''") + "'"


def name(column: str) -> str:
    """Write a column's name."""
    return '"' + column.replace('"', '""') + '"'


def contains_any(columns: Sequence[str], word: str) -> str:
    """Write that one of the columns has a word in it, in upper or lower case."""
    return condition_sql(AnyOf(tuple(Contains(column, word) for column in columns)))


def condition_sql(condition: Condition) -> str:
    """Write one condition."""
    if isinstance(condition, OneOf):
        return f"{name(condition.column)} IN ({', '.join(literal(value) for value in condition.values)})"
    if isinstance(condition, Missing):
        return f"{name(condition.column)} IS NULL"
    if isinstance(condition, Before):
        return f"{name(condition.column)} < {literal(condition.instant)}"
    if isinstance(condition, NotBefore):
        return f"{name(condition.column)} >= {literal(condition.instant)}"
    if isinstance(condition, Contains):
        return f"{name(condition.column)} GLOB {literal(_glob(condition.word))}"
    if not condition.parts:
        return _NEVER if isinstance(condition, AnyOf) else "1 = 1"
    if len(condition.parts) == 1:
        return condition_sql(condition.parts[0])
    joint = " AND " if isinstance(condition, AllOf) else " OR "
    return "(" + joint.join(condition_sql(part) for part in condition.parts) + ")"


def _glob(word: str) -> str:
    """A pattern for texts with the word in them.

    SQLite's LIKE knows upper and lower case of ASCII alone and would not find
    Żary for żary; GLOB takes a set for each letter. A sign in a set is nothing
    but itself, so no wildcard comes in with the word.
    """
    return "*" + "".join(_either_case(sign) for sign in unicodedata.normalize("NFC", word)) + "*"


def _either_case(sign: str) -> str:
    if sign in "*?[":
        return f"[{sign}]"
    forms = {form for form in (sign, sign.lower(), sign.upper()) if len(form) == 1}
    return sign if forms == {sign} else f"[{''.join(sorted(forms))}]"
