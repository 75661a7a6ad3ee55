"""Names of the arrays that the analyses take and give, and of who hears of their progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Array = NDArray[Any]
GoOn = Callable[[float], None]
"""Takes a share of the work done, 0 to 1; raises whatever ends the work where it is to stop."""


def part_of(go_on: GoOn, start: float, end: float) -> GoOn:
    """Who hears of a part of the work, from one share of the whole to another."""
    return lambda share: go_on(start + (end - start) * share)
