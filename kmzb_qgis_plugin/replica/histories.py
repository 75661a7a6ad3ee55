"""What the decisions tell of every threat: when it was reacted to, decided, eliminated, opened again.

There are more decisions than threats. They come out of SQLite as text of fixed width, joined by
SQLite itself: making a Python object of every value would take ten times as long.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kmzb_qgis_plugin.client.errors import Cancelled
from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.replica.columns import Columns
from kmzb_qgis_plugin.replica.errors import ReplicaDamaged, storage_errors
from kmzb_qgis_plugin.replica.instants import INSTANT_BYTES, NEVER, Ints, instants_of, numbers_of
from kmzb_qgis_plugin.replica.place_index import PlaceIndex, place_index

_CHUNK_ROWS: Final = 100_000
_ID_DIGITS: Final = 12
_USUAL_BYTES: Final = 16
_EVENTS: Final = ("reacted", "taken_up", "decided", "eliminated")

SmallInts = NDArray[np.int32]
Progress = Callable[[float], None]
CancelCheck = Callable[[], bool]


class Codes(dict[bytes, int]):
    """Numbers of codes, in the order in which they were met; blanks stand for none."""

    def __missing__(self, code: bytes) -> int:
        self[code] = number = len(self)
        return number

    @property
    def names(self) -> list[str | None]:
        """The codes by number."""
        return [code.decode() or None for code in self]


@dataclass(frozen=True)
class Histories:
    """Threats with what has been decided of them; all arrays are as long as the columns.

    Attributes:
        columns: the threats.
        instants: milliseconds since 1970 in UTC, :data:`NEVER` where there is none: ``reacted`` when the
            first decision was made, ``taken_up`` when verification began at the service, ``decided`` when
            the first decision with an outcome was made, ``eliminated`` likewise for the first elimination.
        reopened: how often a threat was opened again after an elimination.
    """

    columns: Columns
    instants: dict[str, Ints]
    reopened: SmallInts

    @cached_property
    def places(self) -> PlaceIndex:
        """Where the threats of each place are."""
        return place_index(self.columns, self.instants["eliminated"])


def read_histories(
    connection: sqlite3.Connection,
    columns: Columns,
    catalogue: Catalogue,
    progress: Progress = lambda _percent: None,
    cancelled: CancelCheck = lambda: False,
) -> Histories:
    """Read all decisions.

    Args:
        connection: to the replica.
        columns: of its threats.
        catalogue: says which decisions have an outcome.
        progress: told the percent that is done.
        cancelled: asked between parts.

    Raises:
        Cancelled: it was to stop.
        ReplicaDamaged: an instant is not written as one.
    """
    with storage_errors("the replica"):
        (last,) = connection.execute("SELECT coalesce(max(fid), 0) FROM decisions").fetchone()
    firsts = range(0, last + 1, _CHUNK_ROWS)
    read: list[_Decisions] = []
    statuses = Codes()
    for number, first in enumerate(firsts, start=1):
        if cancelled():
            raise Cancelled("the reading of the statistics was cancelled")
        bounds = (first, first + _CHUNK_ROWS - 1)
        read.append(_read_decisions(connection, "fid BETWEEN ? AND ?", bounds, statuses))
        progress(100 * number / len(firsts))
    return _noted(_without_decisions(columns), read, statuses, catalogue)


def updated(
    histories: Histories,
    columns: Columns,
    connection: sqlite3.Connection,
    catalogue: Catalogue,
    threat_ids: Iterable[int],
    decision_ids: Iterable[int] = (),
) -> Histories:
    """The histories after some threats have changed, come or gone.

    Args:
        histories: as they were; they stay so.
        columns: of the threats as they are.
        connection: to the replica as it is.
        catalogue: says which decisions have an outcome.
        threat_ids: which threats.
        decision_ids: decisions that were added; their threats are read again too.
    """
    with storage_errors("the replica"):
        of_decisions = connection.execute(
            "SELECT DISTINCT threat_id FROM decisions WHERE fid IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(decision_ids)),),
        ).fetchall()
    ids = sorted({*threat_ids, *(row[0] for row in of_decisions)})
    fresh = _without_decisions(columns)
    before = histories.columns.arrays["fid"]
    place, ours = _places_of(columns.arrays["fid"], before)
    ours &= ~np.isin(before, np.array(ids, np.int64))
    for event, moments in fresh.instants.items():
        moments[place[ours]] = histories.instants[event][ours]
    fresh.reopened[place[ours]] = histories.reopened[ours]
    statuses = Codes()
    of_them = "threat_id IN (SELECT value FROM json_each(?))"
    read = _read_decisions(connection, of_them, (json.dumps(ids),), statuses)
    return _noted(fresh, [read], statuses, catalogue)


def _without_decisions(columns: Columns) -> Histories:
    return Histories(
        columns,
        {event: np.full(len(columns), NEVER) for event in _EVENTS},
        np.zeros(len(columns), np.int32),
    )


def _places_of(fids: NDArray[Any], wanted: NDArray[Any]) -> tuple[Ints, NDArray[np.bool_]]:
    """Where threats stand among others, and which of them do."""
    order = np.argsort(fids, kind="stable")
    if not len(order):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), bool)
    place = order[np.minimum(np.searchsorted(fids, wanted, sorter=order), len(order) - 1)]
    return place, fids[place] == wanted


def _noted(
    histories: Histories, read: Sequence[_Decisions], statuses: Codes, catalogue: Catalogue
) -> Histories:
    """The same histories, once the decisions are written into them."""
    outcomes = {one.code: one.outcome for one in catalogue.statuses}
    known = [outcomes.get(code or "") for code in statuses.names]
    has_outcome = np.array([outcome is not None for outcome in known], bool)
    is_gone = np.array([outcome == "eliminated" for outcome in known], bool)
    verifying = {one.code for one in catalogue.statuses if one.due == "verify_due"}
    is_verifying = np.array([code in verifying for code in statuses.names], bool)
    fids = histories.columns.arrays["fid"]
    # Of several values for one place the last stays: written backwards, the first.
    for part in reversed(read):
        place, ours = _places_of(fids, part.threat)
        gone = is_gone[part.to_status]
        for event, moments, which in (
            ("reacted", part.decided, ours),
            ("taken_up", part.received, ours & is_verifying[part.to_status]),
            ("decided", part.decided, ours & has_outcome[part.to_status]),
            ("eliminated", part.decided, ours & gone),
        ):
            histories.instants[event][place[which][::-1]] = moments[which][::-1]
        again = place[ours & is_gone[part.from_status] & ~gone]
        np.add.at(histories.reopened, again, 1)
    return histories


@dataclass(frozen=True)
class _Decisions:
    """Decisions in the order in which they were accepted."""

    threat: Ints
    decided: Ints
    received: Ints
    from_status: SmallInts
    to_status: SmallInts


def _read_decisions(
    connection: sqlite3.Connection, where: str, parameters: Sequence[Any], statuses: Codes
) -> _Decisions:
    fields = [
        ("threat_id", _ID_DIGITS, _padded_number("threat_id", _ID_DIGITS)),
        ("decided_at", INSTANT_BYTES, _padded("decided_at", INSTANT_BYTES)),
        ("received_at", INSTANT_BYTES, _padded("received_at", INSTANT_BYTES)),
    ]
    rows = _records(connection, "decisions", where, parameters, fields, ("from_status", "to_status"))
    return _Decisions(
        numbers_of(rows["threat_id"]),
        instants_of(rows["decided_at"]),
        instants_of(rows["received_at"]),
        *_coded(rows, [statuses, statuses]),
    )


def _records(
    connection: sqlite3.Connection,
    table: str,
    where: str,
    parameters: Sequence[Any],
    fields: Sequence[tuple[str, int, str]],
    texts: Sequence[str],
) -> NDArray[Any]:
    """Rows as records of fixed width, by ``fid``.

    Args:
        connection: to the replica.
        table: which rows.
        where: a condition, with its parameters.
        parameters: its values.
        fields: name, width in bytes and SQL of the fields whose width is known.
        texts: columns of any width; all of them together are the field ``texts``.
    """
    width, widest = _USUAL_BYTES, 0
    measured = ", ".join(f"coalesce(length(CAST({name} AS BLOB)), 0)" for name in texts)
    while widest == 0 or widest > width:
        width = max(width, widest)
        record = " || ".join((*(sql for _, _, sql in fields), *(_padded(name, width) for name in texts)))
        of_all = f"{record} AS record, max({measured}) AS widest FROM {table} WHERE {where} ORDER BY fid"
        rows = f"(SELECT {of_all})"
        with storage_errors("the replica"):
            # names are ours, the condition's values are parameters
            joined, widest = connection.execute(
                "SELECT CAST(group_concat(record, '') AS BLOB), max(1, coalesce(max(widest), 1)) FROM "  # nosec B608
                f"{rows}",
                parameters,
            ).fetchone()
    sizes = [*((name, size) for name, size, _ in fields), ("texts", width * len(texts))]
    try:
        return np.frombuffer(joined or b"", dtype=np.dtype([(name, f"S{size}") for name, size in sizes]))
    except ValueError as error:
        raise ReplicaDamaged(f"{table}: a value of an unexpected form") from error


def _coded(rows: NDArray[Any], codes: Sequence[Codes]) -> SmallInts:
    """The numbers of the codes in the field ``texts``, by column and row.

    Rows have few combinations of codes: only those are taken apart.
    """
    width = rows.dtype["texts"].itemsize // len(codes)
    combinations = Codes()
    number = np.fromiter(map(combinations.__getitem__, rows["texts"].tolist()), np.int64, len(rows))
    table = np.empty((len(combinations), len(codes)), np.int32)
    for row, combination in enumerate(combinations):
        for column, known in enumerate(codes):
            table[row, column] = known[combination[column * width : (column + 1) * width].rstrip(b" ")]
    return table.T[:, number]


def _padded(column: str, width: int) -> str:
    """SQL of a text cut or filled with blanks to a width in bytes."""
    return f"substr(CAST(coalesce({column}, '') || '{' ' * width}' AS BLOB), 1, {width})"


def _padded_number(number: str, digits: int) -> str:
    return f"printf('%0{digits}d', {number})"
