"""Guards for slots: nothing that one raises may end in QGIS's traceback dialog."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

Slot = Callable[..., Any]


def guarded(tell: Callable[[Any, Exception], None]) -> Callable[[Slot], Callable[..., None]]:
    """Make a decorator for methods that Qt calls.

    Signals may carry more arguments than the method takes; the rest is dropped,
    as Qt does for a method without a guard.

    Args:
        tell: gets the object and what its method raised.
    """

    def decorate(slot: Slot) -> Callable[..., None]:
        taken = len(inspect.signature(slot).parameters) - 1

        @wraps(slot)
        def call(self: Any, *arguments: Any) -> None:
            try:
                slot(self, *arguments[:taken])
            except Exception as error:  # noqa: BLE001 - the boundary: whatever it is, it is told
                tell(self, error)

        return call

    return decorate
