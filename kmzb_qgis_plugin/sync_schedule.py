"""When the open workspace is synchronised, and how that ends."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QObject, Qt, QTimer, pyqtSignal

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.client.errors import (
    Cancelled,
    NotAllowed,
    NotTheService,
    PasswordStoreLocked,
    ServiceUnavailable,
)
from kmzb_qgis_plugin.client.qgis_adapter import qgis_session, unlocked
from kmzb_qgis_plugin.client.service_client import ServiceClient
from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.period import to_instant_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica.outbox import Outbox
from kmzb_qgis_plugin.replica.replica import Replica
from kmzb_qgis_plugin.replica.sync_task import SyncTask
from kmzb_qgis_plugin.replica.synchroniser import Synchroniser
from kmzb_qgis_plugin.settings import Connection
from kmzb_qgis_plugin.slots import guarded

RETRY_SECONDS = (5.0, 120.0)
"""Bounds of the wait that a service asks for."""
MARGIN_MS = 20
"""For so much longer decisions are left alone after they can no longer be taken back."""
# Errors that do not go by themselves, but for these: a refusal stops nothing else, a proxy's page does
# not stay for ever, and whether the password store is locked is seen before anything is asked.
_PASSING = (NotAllowed, NotTheService, PasswordStoreLocked)


class Workspace(NamedTuple):
    """What a task works on; without a replica it loads a first one."""

    connection: Connection
    outbox: Outbox
    replica: Replica | None


def _tell(schedule: SyncSchedule, error: Exception) -> None:
    schedule.problemRaised.emit(error)


_told = guarded(_tell)


class SyncSchedule(QObject):
    """Synchronises by hand, by the clock, once decisions are past undoing, and when the service asks.

    One task runs at a time; what is wished meanwhile is kept for when it ends.

    Args:
        workspace: gives the one that is open; None while none is.
        take_up: gets a task that has ended, with what it brought; may raise a :class:`KmzbError`.
        waiting: how much still has to reach the service.
        parent: owns this object.
    """

    stateChanged = pyqtSignal()
    """A task has begun or ended, or could not begin."""
    outboxTouched = pyqtSignal()
    """What waits may have been sent."""
    progressed = pyqtSignal(float)
    """Percent of the whole."""
    clockStruck = pyqtSignal()
    """The interval of the settings is over."""
    problemRaised = pyqtSignal(object)
    """An exception that the person has to hear of."""
    problemSolved = pyqtSignal(object)
    """The exception that was told last is over."""

    def __init__(
        self,
        workspace: Callable[[], Workspace | None],
        take_up: Callable[[SyncTask], None],
        waiting: Callable[[], int],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._take_up, self._waiting = workspace, take_up, waiting
        self._task: SyncTask | None = None
        self._again = False
        self._by_hand = False
        self._signed_in = False
        self._load_anew = False
        self.last_error: KmzbError | None = None
        self._told: KmzbError | None = None
        self.retry_at: str | None = None
        """The instant at which the service is asked again, as it wished; None where it did not."""
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._strike)
        # A coarse timer may strike early, and find all still held back.
        self._grace = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._grace.timeout.connect(self._go_on)
        self._retry = QTimer(self, singleShot=True)
        self._retry.timeout.connect(self._go_on)

    @property
    def running(self) -> bool:
        return self._task is not None

    def begin(self) -> None:
        """Serve the workspace that has been opened: at once, and by the clock."""
        self.restart_clock()
        self.sync()

    def end(self) -> None:
        """Let go of the workspace; a task that runs is told to stop, and nobody hears of it."""
        for timer in (self._clock, self._grace):
            timer.stop()
        self._cancel_retry()
        if self._task is not None:
            self._task.done.disconnect(self._ended)
            self._task.phaseChanged.disconnect(self._phase_begun)
            self._task.progressChanged.disconnect(self.progressed)
            self._task.cancel()
            self._task = None
        self.last_error = None
        self._take_back()
        self._again = self._signed_in = self._load_anew = False

    def restart_clock(self) -> None:
        """Take up the interval of the settings; 0 minutes stop the clock."""
        minutes = settings.sync_minutes()
        self._clock.stop()
        if minutes > 0 and self._workspace() is not None:
            self._clock.start(minutes * 60_000)

    def sync(self, by_hand: bool = True) -> None:
        """Synchronise in the background. While that runs, a further wish is kept for when it ends.

        Args:
            by_hand: a person asked: failures are told even if they are the same as last time, and QGIS
                may ask for its master password. Otherwise nothing is tried that needs a person first.
        """
        workspace = self._workspace()
        if workspace is None or not (by_hand or self._may_go_on()):
            return
        self._by_hand = self._by_hand or by_hand
        if self._task is not None:
            self._again = True
            return
        self._cancel_retry()
        readable = unlocked(workspace.connection.authcfg, ask=by_hand)
        # While QGIS asked for the password, anything may have happened.
        now = self._workspace()
        if now is None or now.connection is not workspace.connection or self._task is not None:
            return
        if readable:
            self._start(now)
        else:
            self._conclude(PasswordStoreLocked("the master password has not been given"))

    def rebuild(self) -> None:
        """Load everything anew; the replica in use stays until the new one is there."""
        self._load_anew = True
        self.sync()

    def cancel(self) -> None:
        """Stop the task, and what was to follow it; what it has done so far is kept."""
        self._again = self._load_anew = False
        if self._task is not None:
            self._task.cancel()

    def send_after_grace(self) -> None:
        """Send new decisions when they can no longer be taken back."""
        seconds, workspace = settings.undo_seconds(), self._workspace()
        if seconds == 0:
            self.sync(by_hand=False)
        elif workspace is not None and not self._grace.isActive():
            self._grace.start(math.ceil(1000 * workspace.outbox.held_seconds(seconds)) + MARGIN_MS)

    def _start(self, workspace: Workspace) -> None:
        connection, outbox, replica = workspace
        task: SyncTask

        def cancelled() -> bool:
            return bool(task.isCanceled())

        outbox.grace_seconds = 0 if self._by_hand else settings.undo_seconds()
        task = SyncTask(
            tr("Synchronising “{}”").format(connection.name),
            Synchroniser(client_of(connection, cancelled), settings.workspace_folder(connection), outbox),
            None if self._load_anew else replica,
            sign_in=self._by_hand or not self._signed_in,
        )
        self._load_anew = False
        task.done.connect(self._ended)
        task.phaseChanged.connect(self._phase_begun)
        task.progressChanged.connect(self.progressed)
        self._task = task
        QgsApplication.taskManager().addTask(task)
        self.stateChanged.emit()

    def _phase_begun(self, _phase: str) -> None:
        """Show at once what became of decisions; the rest of a synchronisation may take long."""
        if self._task is not None:
            self.outboxTouched.emit()

    @_told
    def _ended(self, task: SyncTask) -> None:
        if task is not self._task:
            return
        self._task = None
        error = task.error
        self._signed_in = error is None
        try:
            self._take_up(task)
        except KmzbError as failure:
            error = failure
        self._conclude(error)
        if self._again:
            self._again = False
            self.sync(by_hand=False)
        elif error is None and self._waiting():
            self.send_after_grace()

    def _conclude(self, error: KmzbError | None) -> None:
        """Say how a synchronisation ended, and ask again when the service wishes it."""
        by_hand, self._by_hand = self._by_hand, False
        before, self.last_error = self.last_error, error
        if isinstance(error, ServiceUnavailable) and error.retry_after is not None:
            self._retry_after(error.retry_after)
        self.stateChanged.emit()
        self.outboxTouched.emit()
        if error is None:
            self._take_back()
        elif not isinstance(error, Cancelled) and (by_hand or type(error) is not type(before)):
            self._take_back()
            self._told = error
            self.problemRaised.emit(error)

    def _take_back(self) -> None:
        """What was told does not hold any more."""
        told, self._told = self._told, None
        if told is not None:
            self.problemSolved.emit(told)

    def _may_go_on(self) -> bool:
        """Whether asking again makes sense before a person has done something about the last error."""
        error = self.last_error
        return error is None or error.try_again or isinstance(error, _PASSING)

    def _retry_after(self, seconds: float) -> None:
        least, most = RETRY_SECONDS
        wait = min(max(seconds, least), most)
        self.retry_at = to_instant_text(datetime.now(timezone.utc) + timedelta(seconds=wait))
        self._retry.start(round(wait * 1000))

    def _cancel_retry(self) -> None:
        self._retry.stop()
        self.retry_at = None

    @_told
    def _strike(self) -> None:
        self.clockStruck.emit()
        self.sync(by_hand=False)

    @_told
    def _go_on(self) -> None:
        self.sync(by_hand=False)


def client_of(connection: Connection, cancelled: Callable[[], bool]) -> ServiceClient:
    """What asks a connection's service, on the thread that uses it first.

    Args:
        connection: with the sign-in.
        cancelled: asked while a request is under way.
    """
    return ServiceClient(connection.url, qgis_session(connection.authcfg, cancelled))
