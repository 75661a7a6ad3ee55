"""Prints one page after the other, and lets the window work in between."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from qgis.core import QgsPrintLayout
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from kmzb_qgis_plugin.printing.errors import ConnectionClosed
from kmzb_qgis_plugin.printing.export import Output
from kmzb_qgis_plugin.printing.jobs import OF_ONE_PRINT, Job, Press
from kmzb_qgis_plugin.session import Session
from kmzb_qgis_plugin.slots import guarded

TOPIC = "print run"


def _fail(run: PrintRun, error: Exception) -> None:
    run.stop(error)


_or_fails = guarded(_fail)


class PrintRun(QObject):
    """Reads each print's content on the session's worker, lays it out in the main thread.

    Args:
        session: asks the replica.
        jobs: what to print.
        output: where to; discarded unless all is done.
    """

    progressed = pyqtSignal(int, str)
    """How many pages are done, and the title of the next one."""
    done = pyqtSignal(list, list)
    """The files, and the error of each print that could not be made."""
    failed = pyqtSignal(object)
    """The exception that ended it."""

    def __init__(
        self, session: Session, jobs: Sequence[Job], output: Output, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._output = session, list(jobs), output
        self._press = Press(output)
        self._next = 0
        self._running = True
        self._skipped: list[Exception] = []

    def start(self) -> None:
        """Begin."""
        self._ask()

    def cancel(self) -> Sequence[Path]:
        """Give up between two pages; what is not whole goes. The files that stay."""
        if self._running:
            self._running = False
            self._session.drop(TOPIC)
            self._output.discard()
            self._press.close()
        return self._output.written

    def stop(self, error: Exception) -> None:
        """Give up because of an error, and tell it."""
        if self._running:
            self.cancel()
            self.failed.emit(error)

    @_or_fails
    def _ask(self) -> None:
        if not self._running:
            return
        if self._next == len(self._jobs):
            files = self._output.finish()
            self._press.close()
            self._running = False
            self.done.emit(files, self._skipped)
            return
        if self._session.replica is None:
            raise ConnectionClosed("the connection was closed while maps were printed")
        job = self._jobs[self._next]
        self.progressed.emit(self._next, job.title)
        self._session.ask(TOPIC, job.read, partial(self._lay_out, job), self._skip_or_stop)

    @_or_fails
    def _lay_out(self, job: Job, content: Any) -> None:
        if not self._running:
            return
        try:
            layout = self._press.lay_out(job, content)
        except OF_ONE_PRINT as error:
            self._skip_or_stop(error)
            return
        # The window works between the two halves of a page, too.
        QTimer.singleShot(0, partial(self._write, job, layout))

    @_or_fails
    def _write(self, job: Job, layout: QgsPrintLayout) -> None:
        if self._running:
            self._output.add(layout, job.name)
            self._go_on()

    @_or_fails
    def _skip_or_stop(self, error: Exception) -> None:
        """What is wrong with one of several prints does not keep the others from being made."""
        if isinstance(error, OF_ONE_PRINT) and len(self._jobs) > 1:
            self._skipped.append(error)
            self._go_on()
        else:
            self.stop(error)

    def _go_on(self) -> None:
        self._next += 1
        QTimer.singleShot(0, self._ask)
