"""Noting when callers use the service, aside from the requests with which they do."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

_PRECISION = timedelta(minutes=1)
_log = logging.getLogger(__name__)


class LastUse:
    """Has uses written once a minute and caller at most, in a thread of its own.

    So a read stays a read, and does not wait while an import holds the
    database's one place for writers.
    """

    def __init__(self) -> None:
        self._noted: dict[str, datetime] = {}
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="last-use")

    def note(self, caller: str, known: datetime | None, now: datetime, write: Callable[[], None]) -> None:
        """A caller is here just now.

        Args:
            caller: a key that no other has.
            known: the last use that is written down, where the request has read it anyway.
            now: the instant of this one.
            write: writes it down.
        """
        last = self._noted.get(caller) or known
        if last is None or now - last >= _PRECISION:
            self._noted[caller] = now
            self._writer.submit(_attempt, write)

    def close(self) -> None:
        """Finish what has been noted."""
        self._writer.shutdown(wait=True)


def _attempt(write: Callable[[], None]) -> None:
    try:
        write()
    except SQLAlchemyError:
        _log.warning("a last use could not be noted", exc_info=True)
