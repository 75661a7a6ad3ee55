"""Names of the arrays that the analyses take and give."""

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
