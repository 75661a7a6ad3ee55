"""Making a snapshot in the background when a running service has none worth loading."""

from __future__ import annotations

import logging
import sqlite3
import threading

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from kmzb_service.database.engine import current_position, epoch, reading
from kmzb_service.settings import Settings
from kmzb_service.sync.cursor import Cursor
from kmzb_service.sync.snapshots import SnapshotInfo, build_if_needed, list_snapshots

# So many changes load in a few requests; after more, a new snapshot is quicker.
STALE_AFTER_CHANGES = 20_000
_log = logging.getLogger(__name__)


class _Stopped(Exception):
    """The service is going down."""


def _worn_out(found: list[SnapshotInfo], position: int) -> bool:
    return not found or position - Cursor.decode(found[0].cursor).position > STALE_AFTER_CHANGES


class SnapshotBuilder:
    """Lists the snapshots, and sees to it that there is a good one."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._engine = engine
        self._settings = settings
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()

    def snapshots(self) -> list[SnapshotInfo]:
        """Those that fit the database, newest first; a build begins when the newest is old or missing."""
        found, position = self._found()
        if _worn_out(found, position):
            self._begin()
        return found

    def _found(self) -> tuple[list[SnapshotInfo], int]:
        with reading(self._engine) as connection:
            of_epoch, position = epoch(connection), current_position(connection)
        return list_snapshots(self._settings, of_epoch), position

    def _needed(self) -> bool:
        return _worn_out(*self._found())

    def close(self) -> None:
        """Give up what is being built and wait until that is done."""
        self._stopping.set()
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _begin(self) -> None:
        with self._lock:
            if self._stopping.is_set() or (self._thread is not None and self._thread.is_alive()):
                return
            self._thread = threading.Thread(target=self._build, name="snapshot")
            self._thread.start()

    def _build(self) -> None:
        try:
            build_if_needed(self._engine, self._settings, self._needed, self._progress)
        except _Stopped:
            _log.info("the snapshot was given up: the service is stopping")
        except (OSError, RuntimeError, sqlite3.Error, SQLAlchemyError):
            # A full disk, a lost database: the next request for a snapshot tries again.
            _log.exception("the snapshot could not be made")

    def _progress(self, _done: int, _total: int) -> None:
        if self._stopping.is_set():
            raise _Stopped
