"""What the service writes to its log: lines of JSON that name the request and no person.

Names, tokens, descriptions and the text of queries stay out of it. So an
exception is told by its type and by the places that it came through, and by
its own words only where those are of the system: files, connections.
"""

from __future__ import annotations

import logging
import sqlite3
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from kmzb_service.database.instants import instant_text

# the id of the request that is being answered
current_request: ContextVar[str | None] = ContextVar("current_request", default=None)

# what a LogRecord has of itself; everything else was given with ``extra``
_OWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "color_message"}
# a bare RuntimeError is what GDAL says of files
_OF_SYSTEM = (OSError, sqlite3.OperationalError, OperationalError, InterfaceError)


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": instant_text(datetime.fromtimestamp(record.created, UTC)),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        request = current_request.get()
        if request is not None:
            line["request"] = request
        line |= {name: value for name, value in record.__dict__.items() if name not in _OWN}
        if record.exc_info and record.exc_info[1] is not None:
            line["errors"] = [told(error) for error in _causes(record.exc_info[1])]
        return orjson.dumps(line, default=str).decode()


def told(error: BaseException) -> dict[str, Any]:
    """What the log may say of an exception."""
    of_driver = error.orig if isinstance(error, DBAPIError) else None
    of_system = isinstance(error, _OF_SYSTEM) or type(error) is RuntimeError
    frames = traceback.extract_tb(error.__traceback__)
    facts = {
        "type": type(error).__name__,
        "message": str(of_driver or error).strip() if of_system else None,
        "sqlstate": getattr(of_driver or error, "sqlstate", None),
        "places": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
    return {name: value for name, value in facts.items() if value}


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An exception and those that led to it."""
    seen: set[int] = set()
    next_one: BaseException | None = error
    while next_one is not None and id(next_one) not in seen:
        yield next_one
        seen.add(id(next_one))
        next_one = next_one.__cause__ or (None if next_one.__suppress_context__ else next_one.__context__)


CONFIGURATION: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "kmzb_service.log.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"level": "INFO", "handlers": ["stderr"]},
    # Alembic and GDAL's Python tell of every step; warnings are enough
    "loggers": {"alembic": {"level": "WARNING"}},
}
"""For ``logging.config.dictConfig``; worker processes get it too."""
