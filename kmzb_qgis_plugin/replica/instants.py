"""Instants as numbers, many at a time.

numpy's own reading of instants out of bytes ends the program where one is not written as an instant.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kmzb_qgis_plugin.domain.period import parse_instant
from kmzb_qgis_plugin.replica.errors import ReplicaDamaged

Ints = NDArray[np.int64]

NEVER: Final = np.iinfo(np.int64).min
"""Stands for an instant that is missing."""
DAY_MS: Final = 86_400_000
INSTANT_BYTES: Final = 24
_DIGITS: Final = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18, 20, 21, 22]
_EPOCH_MONTHS: Final = 1970 * 12


def milliseconds(instant: str) -> int:
    """An instant in milliseconds since 1970, in UTC."""
    return milliseconds_of(parse_instant(instant))


def milliseconds_of(moment: datetime) -> int:
    """A moment in milliseconds since 1970, in UTC."""
    return round(moment.timestamp() * 1000)


def instants_of(texts: NDArray[Any]) -> Ints:
    """Instants in milliseconds since 1970, :data:`NEVER` for empty texts.

    Args:
        texts: bytes of :data:`INSTANT_BYTES`, as ``2024-05-31T12:00:00.000Z``.

    Raises:
        ReplicaDamaged: one is not written as an instant.
    """
    letters = _letters(texts)
    missing = (letters[0] == ord(" ")) | (letters[0] == 0)
    digits = letters[_DIGITS]
    wrong = ((digits < ord("0")) | (digits > ord("9"))).any(axis=0) | (letters[-1] != ord("Z"))
    if (wrong & ~missing).any():
        first = texts[np.flatnonzero(wrong & ~missing)[0]]
        raise ReplicaDamaged(f"{first!r} is no instant")
    months = _number(letters[0:4]) * 12 + _number(letters[5:7]) - 1 - _EPOCH_MONTHS
    days = (
        months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + _number(letters[8:10]) - 1
    )
    seconds = (_number(letters[11:13]) * 60 + _number(letters[14:16])) * 60 + _number(letters[17:19])
    found = days * DAY_MS + seconds * 1000 + _number(letters[20:23])
    found[missing] = NEVER
    return np.asarray(found)


def numbers_of(texts: NDArray[Any]) -> Ints:
    """Whole numbers, written with as many digits as the texts have bytes."""
    return _number(_letters(texts))


def _letters(texts: NDArray[Any]) -> NDArray[np.uint8]:
    """Texts by place and row: the first letters of all rows, the second ones …"""
    column = np.ascontiguousarray(texts)
    return np.ascontiguousarray(column.view(np.uint8).reshape(len(column), column.dtype.itemsize).T)


def _number(letters: NDArray[np.uint8]) -> Ints:
    """The numbers that places hold, digit by digit."""
    number = np.zeros(letters.shape[1], np.int64)
    for digits in letters:
        number *= 10
        number += digits
    number -= ord("0") * ((10 ** len(letters) - 1) // 9)
    return number
