"""What statistics need of every threat, column by column in memory.

SQLite takes seconds to group a million rows by one column; over arrays all figures together take a
fraction of one. The rows come out of SQLite as text of fixed width, joined by SQLite itself: making a
Python object of every value would take ten times as long.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kmzb_qgis_plugin.client.errors import Cancelled
from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.period import clock_changes, parse_instant
from kmzb_qgis_plugin.domain.statistics import DIMENSIONS, PLACE_DEGREES, PLACE_WIDTH
from kmzb_qgis_plugin.replica.errors import ReplicaDamaged, storage_errors

NEVER: Final = np.iinfo(np.int64).min
"""Stands for an instant that is missing."""

_CHUNK_ROWS: Final = 100_000
_ID_DIGITS: Final = 12
_CELL_DIGITS: Final = 6
_CELLS_AROUND: Final = 10**_CELL_DIGITS
_INSTANT_BYTES: Final = 24
_DIGIT_PLACES: Final = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18, 20, 21, 22]
_USUAL_BYTES: Final = 16
_INSTANTS: Final = ("occurred_from", "reported_at", "read_due", "verify_due")
_HISTORY: Final = ("reacted", "taken_up", "decided", "eliminated")
_DAY_MS: Final = 86_400_000
_HOUR_MS: Final = 3_600_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=timezone.utc)
_EPOCH_MONTHS: Final = 1970 * 12

Ints = NDArray[np.int64]
SmallInts = NDArray[np.int32]
Mask = NDArray[np.bool_]
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
class PlaceIndex:
    """Places by number, of which there are as many as cells with threats.

    Attributes:
        cells: each place's cell.
        place: each threat's place.
        order: the threats place by place, each's newest first.
        starts: where in the order a place begins; one more ends the last.
        spot: each threat's place and category, together a number.
        spots: how many such numbers there are.
        eliminated: the threats that were eliminated, the last first.
    """

    cells: Ints
    place: Ints
    order: Ints
    starts: Ints
    spot: Ints
    spots: int
    eliminated: Ints


@dataclass
class ThreatColumns:
    """Arrays of one length, a place in each for every threat.

    Instants are milliseconds since 1970 in UTC, :data:`NEVER` where there is none.

    Attributes:
        fid: the threats.
        codes: by dimension, the numbers of its codes.
        values: by dimension, each threat's number.
        instants: the threats' own, and of their history ``reacted`` when the first decision was made,
            ``taken_up`` when verification began at the service, ``decided`` when the first decision with an
            outcome was made, ``eliminated`` likewise for the first elimination.
        reopened: how often it was opened again after an elimination.
        cell: the number of the place, see :func:`place_box`.
    """

    fid: Ints
    codes: dict[str, Codes]
    values: dict[str, SmallInts]
    instants: dict[str, Ints]
    reopened: SmallInts
    cell: Ints
    _reckoned: dict[str, SmallInts] = field(default_factory=dict)
    _places: PlaceIndex | None = None

    def __len__(self) -> int:
        return len(self.fid)

    def names(self, dimension: str) -> list[str | None]:
        """The codes of a dimension by number."""
        return self.codes[dimension].names

    def day(self, instant: str) -> SmallInts:
        """Days of the Polish calendar since 1970, of an instant that every threat has."""
        return self._once(f"day {instant}", lambda: self._on_clock(instant) // _DAY_MS)

    def weekday(self) -> SmallInts:
        """1 Monday … 7 Sunday, of the day it occurred."""
        return self._once("weekday", lambda: (self.day("occurred_from") + 3) % 7 + 1)

    def hour(self) -> SmallInts:
        """0 … 23, of the time it occurred."""
        return self._once("hour", lambda: self._on_clock("occurred_from") % _DAY_MS // _HOUR_MS)

    def places(self) -> PlaceIndex:
        """Where the threats of each place are."""
        if self._places is None:
            self._places = _place_index(self)
        return self._places

    def _on_clock(self, instant: str) -> Ints:
        return _on_polish_clock(self.instants[instant])

    def _once(self, name: str, make: Callable[[], NDArray[Any]]) -> SmallInts:
        """What is asked for often is reckoned once."""
        if name not in self._reckoned:
            self._reckoned[name] = make().astype(np.int32)
        return self._reckoned[name]


def read_columns(
    connection: sqlite3.Connection,
    catalogue: Catalogue,
    progress: Progress = lambda _percent: None,
    cancelled: CancelCheck = lambda: False,
) -> ThreatColumns:
    """Read all threats.

    Args:
        connection: to the replica.
        catalogue: says which decisions have an outcome.
        progress: told the percent that is done.
        cancelled: asked between parts.

    Raises:
        Cancelled: it was to stop.
        ReplicaDamaged: an instant is not written as one.
    """
    codes = {dimension: Codes() for dimension in DIMENSIONS}
    with storage_errors("the replica"):
        last, decisions = connection.execute(
            "SELECT (SELECT max(fid) FROM threats), (SELECT max(fid) FROM decisions)"
        ).fetchone()
    parts = list(_ranges(last or 0, decisions or 0))
    columns: list[ThreatColumns] = []
    history: list[_Decisions] = []
    statuses = Codes()
    for number, (table, bounds) in enumerate(parts):
        if cancelled():
            raise Cancelled("the reading of the statistics was cancelled")
        if table == "threats":
            columns.append(_read_threats(connection, "fid BETWEEN ? AND ?", bounds, codes))
        else:
            history.append(_read_decisions(connection, "fid BETWEEN ? AND ?", bounds, statuses))
        progress(100 * (number + 1) / len(parts))
    whole = _joined(columns or [_read_threats(connection, "0", (), codes)], codes)
    _add_history(whole, history, statuses, catalogue)
    return whole


def updated(
    columns: ThreatColumns,
    connection: sqlite3.Connection,
    catalogue: Catalogue,
    threat_ids: Iterable[int],
    decision_ids: Iterable[int] = (),
) -> ThreatColumns:
    """The columns after some threats have changed, come or gone.

    Args:
        columns: as they were; they stay so.
        connection: to the replica as it is.
        catalogue: says which decisions have an outcome.
        threat_ids: which threats.
        decision_ids: decisions that were added; their threats are read again too.
    """
    codes = {dimension: Codes(known) for dimension, known in columns.codes.items()}
    with storage_errors("the replica"):
        of_decisions = connection.execute(
            "SELECT DISTINCT threat_id FROM decisions WHERE fid IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(decision_ids)),),
        ).fetchall()
    ids = sorted({*threat_ids, *(row[0] for row in of_decisions)})
    listed = (json.dumps(ids),)
    fresh = _read_threats(connection, "fid IN (SELECT value FROM json_each(?))", listed, codes)
    statuses = Codes()
    of_them = "threat_id IN (SELECT value FROM json_each(?))"
    _add_history(fresh, [_read_decisions(connection, of_them, listed, statuses)], statuses, catalogue)
    kept = ~np.isin(columns.fid, np.array(ids, dtype=np.int64))
    return _joined([_where(columns, kept), fresh], codes)


def place_box(cell: int) -> tuple[float, float, float, float]:
    """West, south, east and north of a place, in degrees."""
    y, x = divmod(cell, _CELLS_AROUND)
    width = PLACE_DEGREES * PLACE_WIDTH
    return (
        x * width - 180,
        y * PLACE_DEGREES - 90,
        (x + 1) * width - 180,
        (y + 1) * PLACE_DEGREES - 90,
    )


def milliseconds(instant: str) -> int:
    """An instant as the arrays have it."""
    return round(parse_instant(instant).timestamp() * 1000)


def day_number(day: date) -> int:
    """A day as the arrays have it."""
    return (day - date(1970, 1, 1)).days


def _ranges(threats: int, decisions: int) -> Iterable[tuple[str, tuple[int, int]]]:
    for table, last in (("threats", threats), ("decisions", decisions)):
        for first in range(0, last + 1, _CHUNK_ROWS):
            yield table, (first, first + _CHUNK_ROWS - 1)


def _read_threats(
    connection: sqlite3.Connection, where: str, parameters: Sequence[Any], codes: Mapping[str, Codes]
) -> ThreatColumns:
    fields = [
        ("fid", _ID_DIGITS, _padded_number("fid", _ID_DIGITS)),
        *((name, _INSTANT_BYTES, _padded(name, _INSTANT_BYTES)) for name in _INSTANTS),
        # CAST cuts off, which rounds down what is counted from -180, -90.
        ("x", _CELL_DIGITS, _padded_number(_cell_number("lon + 180", PLACE_WIDTH), _CELL_DIGITS)),
        ("y", _CELL_DIGITS, _padded_number(_cell_number("lat + 90", 1), _CELL_DIGITS)),
    ]
    rows = _records(connection, "threats", where, parameters, fields, DIMENSIONS)
    return ThreatColumns(
        _numbers(rows, "fid"),
        dict(codes),
        dict(zip(DIMENSIONS, _coded(rows, [codes[name] for name in DIMENSIONS]))),
        {name: _instants(rows, name) for name in _INSTANTS},
        np.zeros(len(rows), np.int32),
        _numbers(rows, "y") * _CELLS_AROUND + _numbers(rows, "x"),
    )


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
        ("decided_at", _INSTANT_BYTES, _padded("decided_at", _INSTANT_BYTES)),
        ("received_at", _INSTANT_BYTES, _padded("received_at", _INSTANT_BYTES)),
    ]
    rows = _records(connection, "decisions", where, parameters, fields, ("from_status", "to_status"))
    return _Decisions(
        _numbers(rows, "threat_id"),
        _instants(rows, "decided_at"),
        _instants(rows, "received_at"),
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
        with storage_errors("the replica"):
            joined, widest = connection.execute(
                "SELECT CAST(group_concat(record, '') AS BLOB), max(1, coalesce(max(widest), 1)) FROM "
                f"(SELECT {record} AS record, max({measured}) AS widest "  # nosec B608 - names of ours
                f"FROM {table} WHERE {where} ORDER BY fid)",
                parameters,
            ).fetchone()
    sizes = [*((name, size) for name, size, _ in fields), ("texts", width * len(texts))]
    try:
        return np.frombuffer(joined or b"", dtype=np.dtype([(name, f"S{size}") for name, size in sizes]))
    except ValueError as error:
        raise _damaged(table) from error


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


def _cell_number(degrees: str, times: float) -> str:
    return f"CAST(({degrees}) / {PLACE_DEGREES * times!r} AS INTEGER)"


def _letters(rows: NDArray[Any], name: str) -> NDArray[np.uint8]:
    """A field by place and row: the first letters of all rows, the second ones …"""
    column = np.ascontiguousarray(rows[name])
    return np.ascontiguousarray(column.view(np.uint8).reshape(len(rows), column.dtype.itemsize).T)


def _number(letters: NDArray[np.uint8]) -> Ints:
    """The numbers that places hold, digit by digit."""
    number = np.zeros(letters.shape[1], np.int64)
    for digits in letters:
        number *= 10
        number += digits
    number -= ord("0") * ((10 ** len(letters) - 1) // 9)
    return number


def _numbers(rows: NDArray[Any], name: str) -> Ints:
    return _number(_letters(rows, name))


def _instants(rows: NDArray[Any], name: str) -> Ints:
    """Instants as milliseconds.

    Raises:
        ReplicaDamaged: one is not written as an instant.
    """
    letters = _letters(rows, name)
    missing = letters[0] == ord(" ")
    digits = letters[_DIGIT_PLACES]
    wrong = ((digits < ord("0")) | (digits > ord("9"))).any(axis=0) | (letters[-1] != ord("Z"))
    if (wrong & ~missing).any():
        raise _damaged(name)
    months = _number(letters[0:4]) * 12 + _number(letters[5:7]) - 1 - _EPOCH_MONTHS
    days = (
        months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + _number(letters[8:10]) - 1
    )
    seconds = (_number(letters[11:13]) * 60 + _number(letters[14:16])) * 60 + _number(letters[17:19])
    found = days * _DAY_MS + seconds * 1000 + _number(letters[20:23])
    found[missing] = NEVER
    return found


def _damaged(what: str) -> ReplicaDamaged:
    return ReplicaDamaged(f"{what}: a value of an unexpected form")


def _place_index(columns: ThreatColumns) -> PlaceIndex:
    order = np.lexsort((-columns.instants["reported_at"], columns.cell))
    sorted_cells = columns.cell[order]
    starts = np.flatnonzero(np.concatenate(([True], sorted_cells[1:] != sorted_cells[:-1])))[: len(order)]
    place = np.empty(len(order), np.int64)
    place[order] = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(order))))
    kinds = max(len(columns.codes["category"]), 1)
    gone = np.flatnonzero(columns.instants["eliminated"] != NEVER)
    return PlaceIndex(
        sorted_cells[starts],
        place,
        order,
        np.append(starts, len(order)),
        place * kinds + columns.values["category"],
        len(starts) * kinds,
        gone[np.argsort(-columns.instants["eliminated"][gone], kind="stable")],
    )


def _on_polish_clock(instants: Ints) -> Ints:
    if not len(instants):
        return instants
    first, last = (_EPOCH + timedelta(milliseconds=int(one)) for one in (instants.min(), instants.max()))
    changes = clock_changes(first.date(), last.date())
    moments = np.array([round(moment.timestamp() * 1000) for moment, _ in changes], np.int64)
    ahead = np.array([round(by.total_seconds() * 1000) for _, by in changes], np.int64)
    local: Ints = instants + ahead[np.searchsorted(moments, instants, side="right") - 1]
    return local


def _add_history(
    columns: ThreatColumns, history: Sequence[_Decisions], statuses: Codes, catalogue: Catalogue
) -> None:
    """Note what the decisions tell of the threats."""
    outcomes = {one.code: one.outcome for one in catalogue.statuses}
    known = [outcomes.get(code or "") for code in statuses.names]
    has_outcome = np.array([outcome is not None for outcome in known], bool)
    is_gone = np.array([outcome == "eliminated" for outcome in known], bool)
    verifying = {one.code for one in catalogue.statuses if one.due == "verify_due"}
    is_verifying = np.array([code in verifying for code in statuses.names], bool)
    order = np.argsort(columns.fid, kind="stable")
    fids = columns.fid[order]
    for name in _HISTORY:
        columns.instants[name] = np.full(len(columns), NEVER)
    if not len(columns):
        return
    # Of several values for one place the last stays: written backwards, the first.
    for part in reversed(history):
        found = np.minimum(np.searchsorted(fids, part.threat), len(fids) - 1)
        ours = fids[found] == part.threat
        place = order[found]
        gone = is_gone[part.to_status]
        for name, moments, which in (
            ("reacted", part.decided, ours),
            ("taken_up", part.received, ours & is_verifying[part.to_status]),
            ("decided", part.decided, ours & has_outcome[part.to_status]),
            ("eliminated", part.decided, ours & gone),
        ):
            columns.instants[name][place[which][::-1]] = moments[which][::-1]
        again = place[ours & is_gone[part.from_status] & ~gone]
        columns.reopened += np.bincount(again, minlength=len(columns)).astype(np.int32)


def _where(columns: ThreatColumns, kept: Mask) -> ThreatColumns:
    return ThreatColumns(
        columns.fid[kept],
        columns.codes,
        {name: values[kept] for name, values in columns.values.items()},
        {name: instants[kept] for name, instants in columns.instants.items()},
        columns.reopened[kept],
        columns.cell[kept],
    )


def _joined(parts: Sequence[ThreatColumns], codes: Mapping[str, Codes]) -> ThreatColumns:
    first = parts[0]
    return ThreatColumns(
        np.concatenate([part.fid for part in parts]),
        dict(codes),
        {name: np.concatenate([part.values[name] for part in parts]) for name in first.values},
        {name: np.concatenate([part.instants[name] for part in parts]) for name in first.instants},
        np.concatenate([part.reopened for part in parts]),
        np.concatenate([part.cell for part in parts]),
    )
