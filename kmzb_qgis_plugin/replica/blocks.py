"""Passes over long arrays in blocks of rows.

numpy widens the numbers that it counts, or looks up by, to eight bytes each. For a million rows at
once that is megabytes that come and go with each pass, and of which the process keeps a part; of a block it
stays in the processor's cache, and so is quicker too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

ROWS: Final = 65_536


def blocks(rows: int) -> Iterator[slice]:
    """So many rows, a block at a time."""
    return (slice(start, start + ROWS) for start in range(0, rows, ROWS))


def counted(numbers: NDArray[Any], mask: NDArray[np.bool_] | None, size: int) -> NDArray[np.int64]:
    """How often each number from 0 to ``size - 1`` stands in the rows of a mask; None is all rows."""
    found = np.zeros(size, np.int64)
    for rows in blocks(len(numbers)):
        block = numbers[rows] if mask is None else numbers[rows][mask[rows]]
        found += np.bincount(block, minlength=size)
    return found


def looked_up(table: NDArray[Any], numbers: NDArray[Any]) -> NDArray[Any]:
    """The table's entry for each number."""
    found = np.empty(len(numbers), table.dtype)
    for rows in blocks(len(numbers)):
        found[rows] = table.take(numbers[rows])
    return found
