"""Reading a filter: CQL2 text or JSON to one JSON tree, within limits that keep the parser quick.

The parser goes down the stack with every bracket and every sign before an
operand, and tries each unclosed bracket in more than one way, so that its time
doubles with every level. Both are bounded before it sees a filter.
"""

from __future__ import annotations

import re
from typing import Any

import cql2

from kmzb_service.ogc.cql2.errors import FilterError

MAX_LENGTH = 16_000  # characters; a request line takes little more
MAX_BRACKETS = 12
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"")
_SIGNS = re.compile(r"(?:(?:\bNOT\b|-)\s*){9,}", re.IGNORECASE)
_PLACE = re.compile(r"--> (\d+):(\d+)")

Node = Any


def read_filter(text: str, language: str) -> Node:
    """The JSON tree of a filter.

    Args:
        text: the filter.
        language: ``cql2-text`` or ``cql2-json``.

    Raises:
        FilterError: it is too long, too deep or not CQL2.
    """
    if len(text) > MAX_LENGTH:
        raise FilterError(f"longer than {MAX_LENGTH} characters")
    try:
        if language == "cql2-json":
            tree = cql2.parse_json(text).to_json()
        else:
            _check_depth(text)
            tree = cql2.parse_text(text).to_json()
    except FilterError:
        raise
    # the parser has a class of its own for some of its complaints only
    except Exception as error:
        raise FilterError(*_complaint(str(error), language)) from error
    if tree is None:
        raise FilterError("null is no condition")
    return tree


def _check_depth(text: str) -> None:
    bare = _QUOTED.sub("''", text)
    if _SIGNS.search(bare):
        raise FilterError("more than 8 signs or NOTs in a row")
    depth = 0
    for place, character in enumerate(bare, start=1):
        depth += (character == "(") - (character == ")")
        if depth > MAX_BRACKETS:
            raise FilterError(f"more than {MAX_BRACKETS} brackets inside each other", f"bracket {place}")


def _complaint(message: str, language: str) -> tuple[str, str]:
    found = _PLACE.search(message)
    if found is None:
        return f"not {language}: {message[:200]}", ""
    expected = message.rpartition("= ")[2].strip()
    return f"not {language}: {expected[:200]}", f"line {found[1]}, column {found[2]}"
