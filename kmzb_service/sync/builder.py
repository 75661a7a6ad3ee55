"""Making snapshots in the background: where a desk finds none worth loading, and by the clock."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from kmzb_service.database.engine import current_position, epoch, reading
from kmzb_service.database.room import no_room_left
from kmzb_service.security.scope import Scope
from kmzb_service.security.units import Units
from kmzb_service.settings import Settings
from kmzb_service.sync.changes import forget_departures
from kmzb_service.sync.cursor import Cursor
from kmzb_service.sync.geopackage import Progress
from kmzb_service.sync.snapshots import (
    SnapshotInfo,
    build_if_needed,
    last_asked,
    list_snapshots,
    note_asked,
    used_snapshots,
)

# So many changes load in a few requests; after more, a new snapshot is quicker.
STALE_AFTER_CHANGES = 20_000
_log = logging.getLogger(__name__)


class _Stopped(Exception):
    """The service is going down."""


class SnapshotBuilder:
    """Lists the snapshots of a scope, and sees to it that there are good ones of the scopes in use.

    One thread makes them, one after the other: those that desks wait for, and
    every ``snapshot_minutes`` those that have fallen behind.
    """

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._engine = engine
        self._settings = settings
        self._state = threading.Condition()
        self._wanted: dict[str, Scope] = {}
        self._thread: threading.Thread | None = None
        self._stopping = False
        self._no_room = False

    @property
    def no_room(self) -> bool:
        """Whether the disk was full when a snapshot was last made."""
        return self._no_room

    def snapshots(self, scope: Scope) -> list[SnapshotInfo]:
        """Those of a scope that fit the database, newest first; if need be a new one is begun."""
        found, position = _found(self._engine, self._settings, scope)
        if found:
            note_asked(self._settings, found[0])
        if _worn_out(found, position):
            with self._state:
                self._wanted[scope.key] = scope
                self._state.notify()
            self.start()
        return found

    def start(self) -> None:
        """Begin to make snapshots, unless that has begun."""
        with self._state:
            if self._thread is None and not self._stopping:
                self._thread = threading.Thread(target=self._run, name="snapshots")
                self._thread.start()

    def close(self) -> None:
        """Give up what is being built and wait until that is done."""
        with self._state:
            self._stopping = True
            self._state.notify()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        interval = self._settings.snapshot_minutes * 60
        due = time.monotonic() if interval else float("inf")
        while (scope := self._next(due)) is not None or not self._stopping:
            if scope is not None:
                self._guarded(partial(self._build, scope))
            else:
                self._guarded(partial(renew_snapshots, self._engine, self._settings, self._progress))
                due = time.monotonic() + interval

    def _next(self, due: float) -> Scope | None:
        """The next scope that a desk waits for; none when the service stops or the clock's turn has come."""
        with self._state:
            patience = None if due == float("inf") else max(0.0, due - time.monotonic())
            self._state.wait_for(lambda: self._stopping or self._wanted, patience)
            if self._stopping or not self._wanted:
                return None
            return self._wanted.pop(next(iter(self._wanted)))

    def _build(self, scope: Scope) -> None:
        def needed() -> bool:
            return _worn_out(*_found(self._engine, self._settings, scope))

        build_if_needed(self._engine, self._settings, needed, self._progress, scope)

    def _guarded(self, work: Callable[[], object]) -> None:
        try:
            work()
            self._no_room = False
        except _Stopped:
            _log.info("the snapshot was given up: the service is stopping")
        except (OSError, RuntimeError, sqlite3.Error, SQLAlchemyError) as error:
            self._no_room = no_room_left(error)
            # A full disk, a lost database: the next request for a snapshot tries again.
            _log.exception("the snapshot could not be made")

    def _progress(self, _done: int, _total: int) -> None:
        if self._stopping:
            raise _Stopped


def renew_snapshots(
    engine: Engine, settings: Settings, progress: Progress | None = None
) -> list[SnapshotInfo]:
    """Make new snapshots of the scopes in use that have changed; remove what nobody uses any more.

    A snapshot stays good for ``snapshot_minutes``. What another process makes
    at the same time is left to it.

    Returns:
        The snapshots that were made.
    """
    forget_departures(engine, settings.tombstone_days)
    with reading(engine) as connection:
        tree = Units().tree(connection)
    made = []
    for info in used_snapshots(settings):
        scope, asked = info.scope_now(tree), last_asked(settings, info)

        def needed(scope: Scope = scope) -> bool:
            found, position = _found(engine, settings, scope)
            return not found or (_old(found[0], settings) and _behind(found[0], position) > 0)

        new = build_if_needed(engine, settings, needed, progress, scope)
        if new is not None:
            note_asked(settings, new, asked)
            made.append(new)
    return made


def _found(engine: Engine, settings: Settings, scope: Scope) -> tuple[list[SnapshotInfo], int]:
    with reading(engine) as connection:
        of_epoch, position = epoch(connection), current_position(connection)
    return list_snapshots(settings, of_epoch, scope.key), position


def _worn_out(found: list[SnapshotInfo], position: int) -> bool:
    return not found or _behind(found[0], position) > STALE_AFTER_CHANGES


def _behind(info: SnapshotInfo, position: int) -> int:
    return position - Cursor.decode(info.cursor).position


def _old(info: SnapshotInfo, settings: Settings) -> bool:
    age = datetime.now(UTC) - datetime.fromisoformat(info.built_at)
    return age >= timedelta(minutes=settings.snapshot_minutes)
