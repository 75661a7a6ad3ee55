"""Statistics of the open workspace, counted off the main thread."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from qgis.PyQt.QtCore import QObject, pyqtSignal

from kmzb_qgis_plugin.background import Background
from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.statistics import Statistics
from kmzb_qgis_plugin.replica.replica import AppliedChanges, Replica
from kmzb_qgis_plugin.session import Session

if TYPE_CHECKING:
    from kmzb_qgis_plugin.replica.histories import Histories


T = TypeVar("T")


class StatisticsSource(QObject):
    """Counts for whoever asks, on a worker of its own: what the other docks ask does not wait for it.

    The decisions are read when something is first asked, and what a synchronisation changes is read again.
    """

    progressed = pyqtSignal(float)
    """Percent of the reading, from the worker."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._background = Background(self)
        self._stop = threading.Event()
        # Touched by the worker alone, but for being forgotten.
        self._histories: tuple[Path, Catalogue, Histories] | None = None
        self._changed = AppliedChanges()
        self._lock = threading.Lock()
        session.replicaChanged.connect(self._note_changes)
        session.replicaOpened.connect(self._forget)
        session.connectionChanged.connect(self._forget)

    def ask(
        self,
        topic: str,
        done: Callable[[Statistics], None],
        failed: Callable[[Exception], None],
        further: Callable[[sqlite3.Connection, Statistics], None] | None = None,
    ) -> None:
        """Count under the session's filter.

        Args:
            topic: a newer question of the same topic outdates the one before it, whose answer is dropped.
            done: gets the figures, in the main thread.
            failed: gets the error there.
            further: is given the figures on the worker, before they are handed over.
        """
        session = self._session
        replica, catalogue = session.replica, session.catalogue
        if replica is None or catalogue is None:
            return
        threat_filter = session.filter
        today, now = session.clock()
        if self._stop.is_set():
            self._stop = threading.Event()
        stop = self._stop

        def work() -> Statistics:
            from kmzb_qgis_plugin.replica.statistics import count_statistics

            with closing(replica.reader()) as connection:
                columns = self._read(replica, connection, catalogue, stop)
                found = count_statistics(connection, columns, threat_filter, today, now, catalogue)
                if further is not None:
                    further(connection, found)
                return found

        self._background.run(topic, work, done, failed)

    def run(
        self,
        topic: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Run something that goes with the statistics on the same worker."""
        self._background.run(topic, work, done, failed)

    def busy(self, topic: str) -> bool:
        """Whether an answer is still to come."""
        return self._background.busy(topic)

    def cancel(self, topic: str) -> None:
        """Want no answer any more; a reading that goes on stops."""
        self._background.drop(topic)
        self._stop.set()

    def close(self) -> None:
        """Stop, and end the worker."""
        session = self._session
        session.replicaChanged.disconnect(self._note_changes)
        session.replicaOpened.disconnect(self._forget)
        session.connectionChanged.disconnect(self._forget)
        self._forget()
        self._background.close()

    def _note_changes(self, applied: AppliedChanges) -> None:
        with self._lock:
            self._changed |= applied

    def _forget(self) -> None:
        self._background.forget()
        self._stop.set()
        with self._lock:
            self._histories, self._changed = None, AppliedChanges()

    def _read(
        self, replica: Replica, connection: sqlite3.Connection, catalogue: Catalogue, stop: threading.Event
    ) -> Histories:
        """The histories as the replica is now: read, brought up to date, or as they were."""
        from kmzb_qgis_plugin.replica.histories import read_histories, updated

        with self._lock:
            known, changed = self._histories, self._changed
            self._changed = AppliedChanges()
        try:
            if known is None or known[:2] != (replica.path, catalogue):
                histories = read_histories(
                    connection, replica.columns(connection), catalogue, self.progressed.emit, stop.is_set
                )
            elif changed.threat_ids or changed.decision_ids:
                histories = updated(
                    known[2],
                    replica.columns(connection),
                    connection,
                    catalogue,
                    changed.threat_ids,
                    changed.decision_ids,
                )
            else:
                return known[2]
        except BaseException:
            self._note_changes(changed)
            raise
        with self._lock:
            if not stop.is_set():
                self._histories = (replica.path, catalogue, histories)
        return histories
