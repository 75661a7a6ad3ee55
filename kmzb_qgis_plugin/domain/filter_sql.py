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
    HasText,
    Missing,
    NotBefore,
    OneOf,
    Within,
    conditions,
)
from kmzb_qgis_plugin.domain.folding import folded
from kmzb_qgis_plugin.domain.shape import Shape, Trapezoid, trapezoids
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter

NEVER = "1 = 0"
"""A condition that keeps nothing."""
_FEW_PIECES = 4
_POLISH = {"a": "ą", "c": "ć", "e": "ę", "l": "ł", "n": "ń", "o": "ó", "s": "ś", "z": "źż"}


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
    return joined(conditions(filter, today, now, catalogue).parts)


def joined(parts: Sequence[Condition]) -> str:
    """Write that all of some conditions hold; empty for none."""
    return " AND ".join(condition_sql(part) for part in parts)


def for_source(sql: str, source: str) -> str:
    """Narrow a condition of :func:`where` to one source."""
    own = f"{name('source')} = {literal(source)}"
    return f"{own} AND {sql}" if sql else own


def in_itself(condition: str) -> str:
    """A subset string for few rows: a query that GDAL takes as it is.

    To a plain condition it adds the ids of all points in the map's view, a million of them at worst,
    and SQLite collects these first. Of a query it looks at the result, which is quick where that is short.
    """
    return " ".join(("SELECT * FROM (SELECT * FROM threats WHERE", condition, ")"))


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
    """Write that one of the columns has a word in it, in either case, with or without Polish letters."""
    pattern = literal(f"*{''.join(_alike(sign) for sign in folded(word))}*")
    return "(" + " OR ".join(f"{name(column)} GLOB {pattern}" for column in columns) + ")"


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
    if isinstance(condition, HasText):
        return " ".join(('(SELECT folded FROM threats_text WHERE threat_id = "fid") GLOB', _has(condition)))
    if isinstance(condition, Within):
        return _within(condition.shape)
    if not condition.parts:
        return NEVER if isinstance(condition, AnyOf) else "1 = 1"
    if len(condition.parts) == 1:
        return condition_sql(condition.parts[0])
    joint = " AND " if isinstance(condition, AllOf) else " OR "
    return "(" + joint.join(condition_sql(part) for part in condition.parts) + ")"


def ids_with(condition: HasText | Within) -> str:
    """A query for the ids of all threats of which a condition holds: the quickest way where no other does."""
    if isinstance(condition, HasText):
        return " ".join(("SELECT threat_id FROM threats_text WHERE folded GLOB", _has(condition)))
    return _ids_within(condition.shape)


def _has(condition: HasText) -> str:
    """A pattern for folded texts with the word in them; no sign of the word is a wildcard."""
    word = "".join(f"[{sign}]" if sign in "*?[" else sign for sign in folded(condition.word))
    return literal(f"*{word}*")


def _within(shape: Shape) -> str:
    """A few pieces are tested on each row, so that other indexes serve; many are looked up in the R-tree."""
    pieces = trapezoids(shape)
    if len(pieces) > _FEW_PIECES:
        return f"{name('fid')} IN ({_ids_within(shape)})"
    return "(" + " OR ".join(_inside(piece) for piece in pieces) + ")" if pieces else NEVER


def _inside(piece: Trapezoid) -> str:
    west, east = (_line(*side) for side in (piece.west, piece.east))
    box = "{} BETWEEN {!r} AND {!r}".format(name("lon"), *piece.bounds)
    slab = f"{name('lat')} BETWEEN {piece.south!r} AND {piece.north!r}"
    return f"({slab} AND {box} AND {name('lon')} >= {west} AND {name('lon')} <= {east})"


def _line(lon: float, lat: float, slope: float) -> str:
    """The longitude of a line at the row's latitude."""
    return f"{lon!r} + {slope!r} * ({name('lat')} - {lat!r})"


def _ids_within(shape: Shape) -> str:
    """The R-tree gives what is near each piece (it keeps less precise figures); the columns decide."""
    pieces = trapezoids(shape)
    if not pieces:
        return "SELECT fid FROM threats WHERE 1 = 0"
    rows = ", ".join(
        str((*piece.bounds, piece.south, piece.north, *piece.west, *piece.east)) for piece in pieces
    )
    # CROSS JOIN has SQLite keep this order.
    return " ".join(
        (
            "SELECT t.fid FROM (VALUES", rows, ") z CROSS JOIN rtree_threats_geom r CROSS JOIN threats t",
            "WHERE r.maxx >= z.column1 AND r.minx <= z.column2 AND r.maxy >= z.column3",
            "AND r.miny <= z.column4 AND t.fid = r.id AND t.lat BETWEEN z.column3 AND z.column4",
            "AND t.lon >= z.column5 + z.column7 * (t.lat - z.column6)",
            "AND t.lon <= z.column8 + z.column10 * (t.lat - z.column9)",
        )
    )  # fmt: skip


def _glob(word: str) -> str:
    """A pattern for texts with the word in them.

    SQLite's LIKE knows upper and lower case of ASCII alone and would not find
    Żary for żary; GLOB takes a set for each letter. A sign in a set is nothing
    but itself, so no wildcard comes in with the word.
    """
    return "*" + "".join(_either_case(sign) for sign in unicodedata.normalize("NFC", word)) + "*"


def _alike(sign: str) -> str:
    """Take a letter for itself and for the Polish one that is told from it by a mark alone."""
    forms = [form for form in sign + _POLISH.get(sign, "") for form in {form, form.upper()}]
    return _either_case(sign) if len(forms) == 1 else f"[{''.join(forms)}]"


def _either_case(sign: str) -> str:
    if sign in "*?[":
        return f"[{sign}]"
    forms = {form for form in (sign, sign.lower(), sign.upper()) if len(form) == 1}
    return sign if forms == {sign} else f"[{''.join(sorted(forms))}]"
