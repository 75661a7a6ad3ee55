"""What counts are made of, in memory: a million threats are counted in milliseconds.

SQLite reads whole rows, one after the other, and each kind of box needs its
own pass. The few columns that filters and statistics compare fit into some seventy
bytes a threat, and numpy counts them in one pass. They are read once from a replica and
kept in a file beside it; afterwards only rows that changed are read again.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from kmzb_qgis_plugin.domain.period import clock_changes
from kmzb_qgis_plugin.replica import schema
from kmzb_qgis_plugin.replica.blocks import blocks, counted
from kmzb_qgis_plugin.replica.errors import storage_errors
from kmzb_qgis_plugin.replica.instants import DAY_MS, INSTANT_BYTES, Ints, instants_of, milliseconds_of

log = logging.getLogger("kmzb")

Array = NDArray[Any]
Mask = NDArray[np.bool_]

CODES: Final = ("source", "category", "status", "unit", "voivodeship", "county", "commune")
NUMBERS: Final = ("local_weekday", "local_hour")
INSTANTS: Final = ("occurred_from", "reported_at", "read_due", "verify_due")
DAYS: Final = {"occurred_from": "occurred_day", "reported_at": "reported_day"}
"""The days, in Poland, of two instants, for the timeline."""
FIRST_DAY: Final = date(1970, 1, 1)

_ROWS_AT_ONCE: Final = 1_000
"""More are not read faster, and keep the interpreter, and so the window, for longer at a time."""
_SAVE_AFTER: Final = 5_000
"""So many changed rows are read again at the next start; after more, the file is written anew."""
_FORMAT: Final = "2"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=timezone.utc)
_COLUMNS: Final = ("fid", *CODES, *NUMBERS, *INSTANTS, "lon", "lat")
_KINDS: Final[Mapping[str, type[np.generic]]] = {
    "fid": np.uint32,
    **dict.fromkeys(CODES, np.uint16),
    **dict.fromkeys(INSTANTS, np.int64),
    **dict.fromkeys(("lon", "lat"), np.float64),
}
"""What the columns are made of, where it is not small numbers."""


@dataclass(frozen=True)
class Columns:
    """Rows of threats, by column; all arrays are equally long.

    Attributes:
        revision: of the replica that they were read from.
        arrays: codes as numbers into ``values``, instants as milliseconds since 1970 in UTC
            (``NEVER`` is none), degrees, and days since 1970 in Poland.
        values: the codes of a column, the first of which is None.
    """

    revision: int
    arrays: Mapping[str, Array]
    values: Mapping[str, Sequence[str | None]]
    changed: int = field(default=0, compare=False)
    """How many rows have been read again since the file was written."""
    asked: dict[Any, Mask] = field(default_factory=dict, compare=False)
    """The rows that SQL found lately for what the columns cannot tell."""

    def __len__(self) -> int:
        return len(self.arrays["fid"])

    def count(self, column: str, mask: Mask | None) -> dict[str | None, int]:
        """How many rows there are by the codes of a column."""
        values = self.values[column]
        found = counted(self.arrays[column], mask, len(values))
        return {values[at]: int(found[at]) for at in np.flatnonzero(found)}

    def by_day(self, instant: str, mask: Mask | None) -> tuple[date, Array]:
        """Numbers of rows by day.

        Args:
            instant: a key of :data:`DAYS`.
            mask: which rows; None is all.

        Returns:
            The first day, and the numbers of it and the days after it, none for no rows.
        """
        days = self.arrays[DAYS[instant]]
        numbers = counted(days, mask, int(days.max(initial=0)) + 1)
        there = np.flatnonzero(numbers)
        if not len(there):
            return FIRST_DAY, numbers[:0]
        first, last = int(there[0]), int(there[-1])
        return FIRST_DAY + timedelta(days=first), numbers[first : last + 1]

    def cells(
        self, mask: Mask | None, width: float, height: float
    ) -> list[tuple[int, int, float, float, int]]:
        """Of cells of so many degrees: column and row from -180, -90, the middle of their rows, how many."""
        lon, lat = self.arrays["lon"], self.arrays["lat"]
        if not len(lon):
            return []
        west, south = int((lon.min() + 180.0) / width), int((lat.min() + 90.0) / height)
        across, up = (
            int((lon.max() + 180.0) / width) - west + 1,
            int((lat.max() + 90.0) / height) - south + 1,
        )
        number, east_sum, north_sum = np.zeros(across * up, np.int64), *np.zeros((2, across * up))
        for rows in blocks(len(lon)):
            x, y = (lon[rows], lat[rows]) if mask is None else (lon[rows][mask[rows]], lat[rows][mask[rows]])
            column, row = ((x + 180.0) / width).astype(np.int64), ((y + 90.0) / height).astype(np.int64)
            place = (row - south) * across + (column - west)
            number += np.bincount(place, minlength=len(number))
            east_sum += np.bincount(place, x, len(number))
            north_sum += np.bincount(place, y, len(number))
        return [
            (
                int(at % across + west),
                int(at // across + south),
                float(east_sum[at] / number[at]),
                float(north_sum[at] / number[at]),
                int(number[at]),
            )
            for at in np.flatnonzero(number)
        ]


class ColumnStore:
    """The columns of one replica, kept in step with it. Any thread may ask.

    Args:
        path: the replica; the columns' file stands beside it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = columns_file(path)
        self._lock = threading.Lock()
        self._columns: Columns | None = None

    def current(self, connection: sqlite3.Connection) -> Columns:
        """The columns of what a connection sees; what this costs follows what has changed."""
        with self._lock, storage_errors(self._path), _one_state(connection):
            stamp = schema.read_fact(connection, "stamp") or ""
            revision = int(schema.read_fact(connection, "revision") or 0)
            columns = self._columns or self._load(stamp)
            if columns is None or columns.revision > revision:
                columns = read_all(connection, revision)
                self._save(columns, stamp)
            elif columns.revision < revision:
                columns = _read_changed(connection, columns, revision)
                if columns.changed > _SAVE_AFTER:
                    self._save(columns, stamp)
            self._columns = columns
            return columns

    def _load(self, stamp: str) -> Columns | None:
        """What the file holds; None where there is none of this very replica."""
        try:
            with np.load(self._file, allow_pickle=False) as file:
                if [str(part) for part in file["made_from"][:2]] != [_FORMAT, stamp]:
                    return None
                return Columns(
                    int(file["made_from"][2]),
                    {name: file[name] for name in (*_COLUMNS, *DAYS.values())},
                    {name: [None, *(str(code) for code in file[f"{name}.values"])] for name in CODES},
                )
        except (OSError, KeyError, ValueError, EOFError, BadZipFile) as error:
            if self._file.exists():
                log.info("the columns are read anew: %s", error)
            return None

    def _save(self, columns: Columns, stamp: str) -> None:
        """Keep the columns for the next start; without them that takes longer, and no more."""
        part = self._file.with_suffix(".part.npz")
        try:
            np.savez(
                part,
                made_from=np.array([_FORMAT, stamp, str(columns.revision)]),
                **columns.arrays,
                **{f"{name}.values": np.array(columns.values[name][1:], dtype=str) for name in CODES},
            )
            part.replace(self._file)
        except OSError as error:
            log.warning("the columns could not be kept: %s", error)
            part.unlink(missing_ok=True)


def columns_file(replica_path: Path) -> Path:
    """Where a replica's columns are kept."""
    return replica_path.with_name(f"{replica_path.name}-columns.npz")


@contextmanager
def _one_state(connection: sqlite3.Connection) -> Iterator[None]:
    """Facts and rows of one moment, whatever is written meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


class _Numbers(dict):  # type: ignore[type-arg]
    """Codes by number; a new code gets the next one."""

    def __init__(self, values: Sequence[str | None] = (None,)) -> None:
        super().__init__((value, number) for number, value in enumerate(values))

    def __missing__(self, value: str) -> int:
        self[value] = number = len(self)
        return number


def read_all(connection: sqlite3.Connection, revision: int = 0) -> Columns:
    """Read all threats.

    Raises:
        ReplicaDamaged: an instant is not written as one.
    """
    number = connection.execute("SELECT count(*) FROM threats").fetchone()[0]
    rows = connection.execute(" ".join(("SELECT", _SELECTED, "FROM threats")))
    return _columns(rows, number, revision, {name: _Numbers() for name in CODES})


def _read_changed(connection: sqlite3.Connection, before: Columns, revision: int) -> Columns:
    """Read again the rows that changed after a state, and leave out those that are gone."""
    later = "SELECT fid FROM kmzb_changed WHERE revision > ?"
    ids = np.array(sorted(fid for (fid,) in connection.execute(later, (before.revision,))), np.int64)
    rows = connection.execute(
        " ".join(("SELECT", _SELECTED, "FROM threats WHERE fid IN (", later, ")")), (before.revision,)
    )
    numbers = {name: _Numbers(before.values[name]) for name in CODES}
    fresh = _columns(rows, len(ids), revision, numbers)
    return Columns(
        revision, _updated(before.arrays, fresh.arrays, ids), fresh.values, before.changed + len(ids)
    )


def _updated(before: Mapping[str, Array], fresh: Mapping[str, Array], ids: Ints) -> Mapping[str, Array]:
    """Arrays with the fresh rows in the place of those with the ids.

    Most often the same rows have other values in one or two columns: all other arrays stay what they are.
    """
    changed = np.isin(before["fid"], ids)
    places = np.flatnonzero(changed)
    places = places[np.argsort(before["fid"][places])]
    order = np.argsort(fresh["fid"])
    if not np.array_equal(before["fid"][places], fresh["fid"][order]):
        return {name: np.concatenate((before[name][~changed], fresh[name])) for name in fresh}
    arrays = {}
    for name, array in before.items():
        values = fresh[name][order]
        if not np.array_equal(array[places], values):
            array = array.copy()
            array[places] = values
        arrays[name] = array
    return arrays


def _columns(cursor: sqlite3.Cursor, at_most: int, revision: int, numbers: Mapping[str, _Numbers]) -> Columns:
    """Columns of a cursor's rows, of which there are at most so many.

    The arrays have their size from the start: a thousand small ones for each would leave the memory in pieces
    that the system does not get back.
    """
    arrays: dict[str, Array] = {name: np.empty(at_most, _KINDS.get(name, np.uint8)) for name in _COLUMNS}
    filled = 0
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        for name, column in zip(_COLUMNS, zip(*rows)):
            arrays[name][filled : filled + len(rows)] = _array(name, column, numbers)
        filled += len(rows)
    if filled < at_most:
        arrays = {name: array[:filled].copy() for name, array in arrays.items()}
    for instant, day in DAYS.items():
        arrays[day] = _polish_days(arrays[instant])
    return Columns(revision, arrays, {name: list(numbers[name]) for name in CODES})


def _array(name: str, column: Sequence[Any], numbers: Mapping[str, _Numbers]) -> Array:
    if name in CODES:
        return np.fromiter(map(numbers[name].__getitem__, column), _KINDS[name], len(column))
    if name in INSTANTS:
        return instants_of(np.array(column, f"S{INSTANT_BYTES}"))
    return np.array(column, _KINDS.get(name, np.uint8))


def _selected(name: str) -> str:
    if name in INSTANTS:
        return f"coalesce({name}, '')"
    return f"coalesce({name}, 0)" if name in NUMBERS else name


_SELECTED: Final = ", ".join(map(_selected, _COLUMNS))


def _polish_days(instants: Ints) -> Array:
    """Days since 1970, on the Polish calendar."""
    if not len(instants):
        return np.zeros(0, np.uint16)
    first, last = (_EPOCH + timedelta(milliseconds=int(one)) for one in (instants.min(), instants.max()))
    changes = clock_changes(first.date(), last.date())
    moments = np.array([milliseconds_of(moment) for moment, _ in changes], np.int64)
    ahead = np.array([round(by.total_seconds() * 1000) for _, by in changes], np.int64)
    days = np.empty(len(instants), np.uint16)
    for rows in blocks(len(instants)):
        change = np.searchsorted(moments, instants[rows], side="right") - 1
        days[rows] = (instants[rows] + ahead[change]) // DAY_MS
    return days
