"""Appending decisions so that each one seals the one before it.

A decision's hash covers all its columns and the hash of its predecessor: to
change, drop or insert a row unnoticed, every later hash would have to change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from kmzb_service.database.instants import instant_text, whole_milliseconds
from kmzb_service.database.tables import decision

GENESIS_HASH = "0" * 64
_SEALED = sorted(column.name for column in decision.columns if column.name != "hash")


def row_hash(row: Mapping[str, Any], prev_hash: str) -> str:
    """SHA-256 in hexadecimal over a decision's columns (all but ``hash``) and its predecessor's hash."""
    facts = {name: _plain(row.get(name)) for name in _SEALED}
    facts["prev_hash"] = prev_hash
    canonical = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


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
        complete = {name: _kept(row.get(name)) for name in _SEALED}
        complete.update(id=number, prev_hash=prev_hash)
        complete["hash"] = prev_hash = row_hash(complete, prev_hash)
        sealed.append(complete)
    if sealed:
        connection.execute(insert(decision), sealed)
    return sealed


def _kept(value: Any) -> Any:
    return whole_milliseconds(value) if isinstance(value, datetime) else value


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant_text(value)
    return value.isoformat() if isinstance(value, date) else value
