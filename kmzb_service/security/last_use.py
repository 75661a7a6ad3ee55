"""Noting when tokens are used, aside from the requests that use them."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from kmzb_service.security.tokens import Token, record_use

_PRECISION = timedelta(minutes=1)
_log = logging.getLogger(__name__)


class LastUse:
    """Writes ``last_used_at`` once a minute and token at most, in a thread of its own.

    So a read stays a read, and does not wait while an import holds the
    database's one place for writers.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._noted: dict[int, datetime] = {}
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="last-use")

    def note(self, token: Token, now: datetime) -> None:
        """A token was used just now."""
        known = self._noted.get(token.id) or token.last_used_at
        if known is None or now - known >= _PRECISION:
            self._noted[token.id] = now
            self._writer.submit(self._write, token.id, now)

    def close(self) -> None:
        """Finish what has been noted."""
        self._writer.shutdown(wait=True)

    def _write(self, token_id: int, now: datetime) -> None:
        try:
            record_use(self._engine, token_id, now)
        except SQLAlchemyError as error:
            _log.warning("the use of token %d could not be noted: %s", token_id, error)
