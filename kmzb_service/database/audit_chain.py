"""Appending decisions so that each one seals the one before it.

A decision's hash covers all its columns and the hash of its predecessor: to
change, drop or insert a row unnoticed, every later hash would have to change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Date, insert, select

from kmzb_service.database.instants import instant_text, whole_milliseconds
from kmzb_service.database.tables import UtcDateTime, decision

GENESIS_HASH = "0" * 64
# key of the fact in which a trigger notes the newest decision's id: the chain's end is known too
LAST_DECISION = "last_decision"
_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_SEALED = sorted(column.name for column in decision.columns if column.name != "hash")
_INSTANTS = [column.name for column in decision.columns if isinstance(column.type, UtcDateTime)]
_DAYS = [column.name for column in decision.columns if isinstance(column.type, Date)]


def row_hash(row: Mapping[str, Any], prev_hash: str) -> str:
    """SHA-256 in hexadecimal over a decision's columns (all but ``hash``) and its predecessor's hash."""
    facts: dict[str, Any] = {name: row.get(name) for name in _SEALED}
    for name in _INSTANTS:
        facts[name] = _whole_text(facts[name])
    for name in _DAYS:
        facts[name] = facts[name] and facts[name].isoformat()
    facts["prev_hash"] = prev_hash
    return hashlib.sha256(_canonical.encode(facts).encode()).hexdigest()


def _whole_text(value: datetime) -> str:
    """An instant with all that is stored of it: what is finer than a millisecond was not written by us."""
    return instant_text(value) if value == whole_milliseconds(value) else value.isoformat()


def append_rows(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Append validated decisions to the chain, in the order given.

    The caller has taken its positions (``take_positions``) in this
    transaction: the counter's lock is what keeps the chain from forking.

    Args:
        connection: inside a write transaction.
        rows: the columns of ``decision`` with ``seq``, without ``id``,
            ``prev_hash`` and ``hash``; columns left out are null.

    Returns:
        The complete rows as stored, instants cut to milliseconds.
    """
    last = connection.execute(
        select(decision.c.id, decision.c.hash).order_by(decision.c.id.desc()).limit(1)
    ).first()
    last_id, prev_hash = (0, GENESIS_HASH) if last is None else (last.id, last.hash)
    sealed = []
    for number, row in enumerate(rows, start=last_id + 1):
        complete: dict[str, Any] = {name: row.get(name) for name in _SEALED}
        for name in _INSTANTS:
            complete[name] = whole_milliseconds(complete[name])
        complete.update(id=number, prev_hash=prev_hash)
        complete["hash"] = prev_hash = row_hash(complete, prev_hash)
        sealed.append(complete)
    if sealed:
        connection.execute(insert(decision), sealed)
    return sealed
