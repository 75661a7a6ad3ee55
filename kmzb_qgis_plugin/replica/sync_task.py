"""The synchronisation as a task of QGIS: in the background, with progress, to be cancelled."""

from __future__ import annotations

import logging
from typing import Final

from qgis.core import QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from kmzb_qgis_plugin.client.errors import Cancelled
from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.replica.replica import Replica
from kmzb_qgis_plugin.replica.synchroniser import Synchroniser, SyncResult

log: Final = logging.getLogger("kmzb")


class SyncTask(QgsTask):  # type: ignore[misc]
    """Runs a synchroniser once.

    Attributes:
        result: what was done, also where an error ended it.
        error: what ended it, None where nothing did; :class:`Cancelled` where the person did.

    Args:
        description: what the task manager shows.
        synchroniser: does the work.
        replica: the one in use; None loads a first one.
        sign_in: see :meth:`Synchroniser.run`.
    """

    #: In the interface's thread, when all is over: the task itself.
    done = pyqtSignal(object)
    #: From the task's thread: the phase that begins.
    phaseChanged = pyqtSignal(str)

    def __init__(
        self, description: str, synchroniser: Synchroniser, replica: Replica | None, sign_in: bool = True
    ) -> None:
        super().__init__(description, QgsTask.Flag.CanCancel)
        self.result = SyncResult()
        self.error: KmzbError | None = None
        self._synchroniser = synchroniser
        self._replica = replica
        self._sign_in = sign_in
        self._phase = ""

    def run(self) -> bool:
        """Synchronise; never raises, which would end QGIS."""
        try:
            self._synchroniser.run(self._replica, self._report, self.isCanceled, self._sign_in)
        except KmzbError as error:
            self.error = error
        except Exception as error:
            # A workspace that is closed takes its files from under a task that was told to stop.
            if self.isCanceled():
                self.error = Cancelled(f"cancelled: {error!r}")
            else:
                log.exception("the synchronisation failed unexpectedly")
                self.error = KmzbError(f"the synchronisation failed unexpectedly: {error!r}")
        self.result = self._synchroniser.result
        return self.error is None

    def finished(self, succeeded: bool) -> None:
        """Tell that it is over. A task that was cancelled before it ran has an error too."""
        if not succeeded and self.error is None:
            self.error = Cancelled("cancelled before it began")
        self.done.emit(self)

    def _report(self, phase: str, percent: float) -> None:
        if phase != self._phase:
            self._phase = phase
            self.phaseChanged.emit(phase)
        self.setProgress(percent)
