"""The open workspace: a connection, its replica and outbox, the layers, and the filter on them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from qgis.core import QgsDateTimeRange, QgsFeature, QgsProject
from qgis.PyQt.QtCore import QDateTime, QObject, QTimer, pyqtSignal

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.background import Background
from kmzb_qgis_plugin.client.service_client import Identity
from kmzb_qgis_plugin.domain import filter_sql
from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.conditions import conditions
from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.filter_sql import NEVER
from kmzb_qgis_plugin.domain.meeting import Meeting
from kmzb_qgis_plugin.domain.period import (
    day_bounds_utc,
    now_text,
    warsaw_today,
    whole_second,
)
from kmzb_qgis_plugin.domain.shape import Shape
from kmzb_qgis_plugin.domain.threat_filter import Mine, ThreatFilter
from kmzb_qgis_plugin.facets import Selection, select
from kmzb_qgis_plugin.i18n import interface_language
from kmzb_qgis_plugin.layers import project_filter, temporal
from kmzb_qgis_plugin.layers.layer_tree import SOURCES, KmzbLayers, cell_features, cell_step
from kmzb_qgis_plugin.layers.pending_meetings import show_pending
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.columns import Columns
from kmzb_qgis_plugin.replica.outbox import Entry, Outbox, Overview, Proposal
from kmzb_qgis_plugin.replica.replica import AppliedChanges, Replica, sweep
from kmzb_qgis_plugin.replica.statistics import with_below
from kmzb_qgis_plugin.replica.sync_task import SyncTask
from kmzb_qgis_plugin.replica.synchroniser import catch_up
from kmzb_qgis_plugin.settings import Connection
from kmzb_qgis_plugin.slots import guarded
from kmzb_qgis_plugin.steps import Steps, exhaust
from kmzb_qgis_plugin.sync_schedule import SyncSchedule, Workspace

T = TypeVar("T")
FIRST_SCALE = 1_000_000.0
"""Denominator of the map's scale until the map tells its own."""
VIEW_PAUSE_MS = 250
"""For so long the map stands still before a filter follows it."""
PENDING, DRAWN, PLACES, BATCH = "pending", "drawn", "places", "batch"
ENTRIES, OVERVIEW = "entries", "overview"


def _tell(session: Session, error: Exception) -> None:
    session.problemRaised.emit(error)


_told = guarded(_tell)
"""Guards a slot of the session: what it raises is told as a problem."""


class Session(QObject):
    """What docks share. Everything that may take long runs off the main thread."""

    closing = pyqtSignal()
    """The connection is about to be left; what is being written can still be kept."""
    withdrawing = pyqtSignal()
    """Decisions are about to be taken back, and become drafts; what is being written has to be one too."""
    connectionChanged = pyqtSignal()
    catalogueChanged = pyqtSignal()
    placesChanged = pyqtSignal()
    identityChanged = pyqtSignal()
    replicaOpened = pyqtSignal()
    replicaChanged = pyqtSignal(object)
    """The :class:`AppliedChanges`."""
    filterChanged = pyqtSignal()
    outboxChanged = pyqtSignal()
    """What :attr:`overview` tells may have changed, and the entries."""
    syncStateChanged = pyqtSignal()
    syncProgressed = pyqtSignal(float)
    """Percent of the whole."""
    layersAdded = pyqtSignal(bool)
    """The project had no layers of KMZB and has them now; whether it had none at all and no file."""
    layersChanged = pyqtSignal()
    """Layers have come into the project or gone out of it."""
    layersRefused = pyqtSignal(list)
    """Names of layers that still show what they did, because they are being edited."""
    problemRaised = pyqtSignal(object)
    """An exception that the person has to hear of."""
    problemSolved = pyqtSignal(object)
    """One of these that is over: what was told of it does not hold any more."""
    loadedAnew = pyqtSignal(object)
    """Everything was loaded anew; why, an exception."""
    scopeChanged = pyqtSignal()
    """The service lets the person see more or less than before."""

    def __init__(self, project: QgsProject, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.connection: Connection | None = None
        self.replica: Replica | None = None
        self.outbox: Outbox | None = None
        self.overview = Overview()
        """Of the outbox, as it was at the last :attr:`outboxChanged`."""
        self.catalogue: Catalogue | None = None
        self.identity: Identity | None = None
        self.places: Mapping[str, str] = {}
        self.filter = ThreatFilter()
        self.last_sync: str | None = None
        self.language = interface_language()
        self.layers = KmzbLayers(project)
        self._project = project
        project.readProject.connect(self._project_read)
        project.writeProject.connect(self._project_written)
        project.layersRemoved.connect(self.layersChanged)
        project.layersAdded.connect(self.layersChanged)
        self.outboxChanged.connect(self._show_meetings)
        self._background = Background(self)
        self._writer = Background(self)
        """For what must not be dropped when a new replica is taken up."""
        self._cell_step = cell_step(FIRST_SCALE)
        self._frame = QgsDateTimeRange(QDateTime(), QDateTime())
        self.map_view: Callable[[], Shape | None] = lambda: None
        """Gives what the map shows."""
        self._edited: set[str] = set()
        self._below: Mapping[str, frozenset[str]] = {}
        self._steps = Steps(self)
        """What is left to do until what a synchronisation has brought is taken up."""
        self._steps.ended.connect(self.syncStateChanged)
        self._marking = Steps(self)
        """What is left to do until the map shows what waits to be sent."""
        for steps in (self._steps, self._marking):
            steps.failed.connect(self.problemRaised)
        self._view_timer = QTimer(self, singleShot=True, interval=VIEW_PAUSE_MS)
        self._view_timer.timeout.connect(self._renew_filter)
        self.identityChanged.connect(self._renew_filter)
        self._schedule = SyncSchedule(self._workspace, self._take_up, self.waiting_count, self)
        self._schedule.stateChanged.connect(self.syncStateChanged)
        self._schedule.progressed.connect(self.syncProgressed)
        self._schedule.outboxTouched.connect(self._outbox_touched)
        self._schedule.clockStruck.connect(self._clock_struck)
        self._schedule.problemRaised.connect(self.problemRaised)
        self._schedule.problemSolved.connect(self.problemSolved)

    @property
    def syncing(self) -> bool:
        """Whether a synchronisation runs, or what it has brought is still being taken up."""
        return self._schedule.running or self._steps.running

    @property
    def last_error(self) -> KmzbError | None:
        """What ended the last synchronisation; None where nothing did."""
        return self._schedule.last_error

    @property
    def retry_at(self) -> str | None:
        """The instant at which the service is asked again, as it wished; None where it did not."""
        return self._schedule.retry_at

    def unsent_counts(self) -> dict[str, int]:
        """How many decisions and meetings still have to reach the service; no entry for a kind without."""
        return self.outbox.unsent_counts() if self.outbox is not None else {}

    def waiting_count(self) -> int:
        """How many decisions and meetings, together, still have to reach the service."""
        return sum(self.unsent_counts().values())

    def open(self, connection: Connection) -> None:
        """Open a connection's workspace, from the local copy where there is one, then synchronise.

        Raises:
            KmzbError: the workspace's files cannot be used.
        """
        self.close()
        folder = settings.workspace_folder(connection)
        outbox = Outbox.open(folder)
        try:
            left_aside: list[KmzbError] = []
            replica = Replica.open(folder, left_aside.append)
        except KmzbError:
            outbox.close()
            raise
        self.connection, self.outbox = connection, outbox
        self.filter = stored_filter(connection)
        settings.set_preference("last_connection", connection.id)
        self.connectionChanged.emit()
        if outbox.damage is not None:
            self.problemRaised.emit(outbox.damage)
        if replica is not None:
            self._catch_up(replica, outbox)
            exhaust(self._adopting(replica))
        elif left_aside:
            self.problemRaised.emit(left_aside[0])
        self.read_outbox()
        self._schedule.begin()

    def close(self) -> None:
        """Let go of the connection. The layers stay in the project."""
        if self.connection is None:
            return
        self.closing.emit()
        self._background.forget()
        self._writer.drop(ENTRIES)
        self._writer.drop(OVERVIEW)
        self._steps.stop()
        self._marking.stop()
        self._schedule.end()
        replica, outbox = self.replica, self.outbox
        self.connection = self.replica = self.outbox = self.catalogue = self.identity = None
        self.last_sync, self.overview = None, Overview()
        self.places, self._below = {}, {}
        if replica is not None:
            replica.close()
        if outbox is not None:
            outbox.close()
        self.connectionChanged.emit()

    def shut_down(self) -> None:
        """Close, let go of the project, and end the worker."""
        self._project.readProject.disconnect(self._project_read)
        self._project.writeProject.disconnect(self._project_written)
        self._project.layersRemoved.disconnect(self.layersChanged)
        self._project.layersAdded.disconnect(self.layersChanged)
        self.close()
        self._background.close()
        self._writer.close()

    def restart_clock(self) -> None:
        """Take up the interval of the settings; 0 minutes stop the clock."""
        self._schedule.restart_clock()

    def sync(self, by_hand: bool = True) -> None:
        """Synchronise in the background; see :meth:`SyncSchedule.sync`."""
        self._schedule.sync(by_hand)

    def rebuild(self) -> None:
        """Load everything anew; the replica in use stays until the new one is there."""
        self._schedule.rebuild()

    def cancel_sync(self) -> None:
        """Stop the synchronisation; what it has done so far is kept."""
        self._schedule.cancel()

    def set_filter(self, threat_filter: ThreatFilter) -> None:
        """Change what is being looked at.

        A filter may come from another day or another person: what is in the map's view, and what waits
        for one's decision, are those of here and now.
        """
        threat_filter = self._here_and_now(threat_filter)
        if threat_filter == self.filter:
            return
        self.filter = threat_filter
        if self.connection is not None:
            settings.save_filter_json(self.connection.id, threat_filter.to_text())
        self._draw()
        self.filterChanged.emit()

    def decide(
        self, decision: Decision, ref: str, base: Mapping[str, object], replaces: str | None = None
    ) -> None:
        """Put a decision into the outbox and have it sent.

        Args:
            decision: based on the version that the person saw.
            ref: the threat's reference, for people.
            base: the threat's values that the person saw.
            replaces: identifier of one's own decision, in conflict or rejected, that this one replaces.

        Raises:
            KmzbError: it could not be written down.
        """
        outbox = self._opened_outbox()
        version = outbox.next_base_version(decision.threat_id, decision.base_version)
        decision = replace(decision, base_version=version)
        if replaces is None or not outbox.redecide(replaces, decision, ref, base):
            outbox.add(decision, ref, base)
        self._outbox_changed()
        self._schedule.send_after_grace()

    def keep_draft(self, meeting: Meeting) -> None:
        """Keep a meeting that is still being written.

        Raises:
            KmzbError: it could not be written down.
        """
        self._opened_outbox().keep_draft(meeting)
        self.read_outbox()

    def keep_decision_draft(
        self, decision: Decision, ref: str, base: Mapping[str, object], replaces: str | None = None
    ) -> None:
        """Keep a decision that is still being written; the arguments are those of :meth:`decide`.

        Raises:
            KmzbError: it could not be written down.
        """
        self._opened_outbox().keep_decision_draft(decision, ref, base, replaces)
        self._tell_overview()  # whoever types does not wait for it

    def draft_about(self, threat_id: int) -> Entry | None:
        """The decision that is being written about a threat, None where there is none."""
        return self._opened_outbox().draft_about(threat_id)

    def forget_draft(self, uuid: str) -> None:
        """Throw a draft away."""
        self._opened_outbox().forget_draft(uuid)
        self.read_outbox()

    def forget_draft_about(self, threat_id: int) -> None:
        """Throw the draft of a decision about a threat away."""
        self._opened_outbox().forget_draft_about(threat_id)
        self._tell_overview()

    def submit_meeting(self, meeting: Meeting, replaces: str | None = None) -> None:
        """Put a meeting into the outbox and have it sent.

        Args:
            meeting: without faults.
            replaces: identifier of a rejected one that it stands in for.

        Raises:
            KmzbError: it could not be written down.
        """
        self._opened_outbox().add_meeting(meeting, replaces)
        self.read_outbox()
        self._schedule.send_after_grace()

    def decide_all(
        self, proposals: Iterable[Proposal], done: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        """Put decisions into the outbox as one batch, off the main thread, and have them sent.

        Args:
            proposals: each based on the version that the person saw; gone through off the main thread.
            done: called when they are written down.
            failed: gets the error; then none is.
        """
        outbox = self._opened_outbox()

        def written(_: None) -> None:
            self._outbox_changed()
            self._schedule.send_after_grace()
            done()

        self._writer.run(BATCH, lambda: outbox.add_all(proposals), written, failed)

    def withdraw(self, *uuids: str) -> int:
        """Take back decisions that were never sent; return how many: the rest may have been sent."""
        self.withdrawing.emit()
        withdrawn = self._opened_outbox().withdraw_all(uuids)
        self._outbox_changed()
        return withdrawn

    def dismiss(self, uuid: str) -> bool:
        """Put away what is in conflict or rejected; False where there is none such."""
        done = self._opened_outbox().dismiss(uuid)
        self._outbox_changed()
        return done

    def ask(
        self,
        topic: str,
        query: Callable[[sqlite3.Connection], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run a query over the replica on the worker.

        Args:
            topic: a newer query of the same topic outdates the one before it, whose result is dropped.
            query: gets a read-only connection.
            done: gets the result, in the main thread.
            failed: gets the error; by default it is told as a problem of the session.
        """
        replica = self.replica
        if replica is None:
            return

        def work() -> T:
            with closing(replica.reader()) as connection:
                return query(connection)

        self._background.run(topic, work, done, failed or self.problemRaised.emit)

    def ask_columns(
        self,
        topic: str,
        query: Callable[[sqlite3.Connection, Columns], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run a query like :meth:`ask`, over what is kept in memory for counting too."""
        replica = self.replica
        if replica is not None:
            self.ask(topic, lambda connection: query(connection, replica.columns(connection)), done, failed)

    def ask_outbox(self, topic: str, query: Callable[[Outbox], T], done: Callable[[T], None]) -> None:
        """Read the outbox off the main thread, after what is being written.

        Args:
            topic: an older question of the same one is dropped.
            query: gets the outbox.
            done: gets the result, in the main thread.
        """
        outbox = self.outbox
        if outbox is not None:
            self._writer.run(topic, lambda: query(outbox), done, self.problemRaised.emit)

    @_told
    def read_outbox(self) -> None:
        """Tell at once what has become of the outbox."""
        self._writer.drop(OVERVIEW)  # it would tell of the moment before
        self._take_overview(self._opened_outbox().overview())

    def drop(self, *topics: str) -> None:
        """Outdate queries whose results are no longer wanted."""
        for topic in topics:
            self._background.drop(topic)

    def decides_for(self, unit: str | None) -> bool:
        """Whether the person may decide on a unit's reports, as far as the desk can tell.

        A service that knows scopes takes decisions on those of one's own unit and of all below it.
        """
        mine = self.identity.scope.unit if self.identity is not None else None
        return mine is None or mine not in self._below or unit in self._below[mine]

    def clock(self) -> tuple[date, str]:
        """The present day and instant, which filters are applied with."""
        return warsaw_today(), whole_second(now_text())

    def where(self) -> str:
        """The filter as a condition of SQL; empty where it keeps everything."""
        if self.catalogue is None:
            return ""
        return filter_sql.where(self.filter, *self.clock(), self.catalogue)

    def show_layers(self) -> None:
        """Put the layers into the project, or make them whole again.

        Raises:
            LayerError: QGIS cannot open the replica.
        """
        exhaust(self._showing_layers())

    def _showing_layers(self) -> Iterator[None]:
        if self.replica is None or self.catalogue is None:
            return
        had_layers = bool(self.layers.layers())
        was_empty = not self._project.mapLayers() and not self._project.fileName()
        yield from self.layers.building(self.replica.path, self.catalogue, self.language)
        if not had_layers:
            self.layers.hold_back()
            self.layersAdded.emit(was_empty)
        self._draw()

    def follow_view(self) -> None:
        """Have a filter by the map's view follow the map, once that stands still."""
        if self.filter.view is not None:
            self._view_timer.start()

    def mine(self) -> Mine | None:
        """One's role, and one's unit with those below it, as who decides next; None before signing in."""
        if self.identity is None:
            return None
        unit = self.identity.unit
        return Mine(self.identity.role, None if unit is None else self._below.get(unit, frozenset({unit})))

    def set_map_scale(self, scale: float) -> None:
        """Fit the cells that stand for many points to the map's scale.

        Args:
            scale: the denominator.
        """
        step = cell_step(scale)
        if step != self._cell_step:
            self._cell_step = step
            if self.layers.dense or self._background.busy(DRAWN):
                self._draw()

    def set_frame(self, frame: QgsDateTimeRange) -> None:
        """Have the cells that stand for many points count those of a frame of time, as the points show it.

        Args:
            frame: of the map, with the figures of UTC; infinite while nothing is played.
        """
        if frame == self._frame:
            return
        playing = not (frame.isInfinite() or self._frame.isInfinite())
        self._frame = frame
        if self._background.busy(DRAWN):
            # Frames that come faster than they are counted would outdate each other for ever.
            if not playing:
                self._draw()
        elif self.layers.dense:
            self._draw()

    def _here_and_now(self, threat_filter: ThreatFilter) -> ThreatFilter:
        if threat_filter.view is not None:
            threat_filter = threat_filter.replace(view=self.map_view() or threat_filter.view)
        if threat_filter.mine is not None:
            threat_filter = threat_filter.replace(mine=self.mine() or threat_filter.mine)
        return threat_filter

    @_told
    def _renew_filter(self) -> None:
        """The map has moved, or it has become known who is signed in and which units there are."""
        self.set_filter(self.filter)

    @_told
    def _project_read(self) -> None:
        """Have the layers of a project that was opened show the replica in use, and its own filter."""
        if self.layers.layers():
            self.show_layers()
        if self.connection is not None:
            stored = project_filter.read(self._project, self.connection.url)
            if stored is not None:
                self.set_filter(stored)

    @_told
    def _project_written(self) -> None:
        """Have a project remember its filter: it comes back when the project is opened."""
        if self.connection is not None and self.layers.layers():
            project_filter.write(self._project, self.connection.url, self.filter)

    def _workspace(self) -> Workspace | None:
        if self.connection is None or self.outbox is None:
            return None
        return Workspace(self.connection, self.outbox, self.replica)

    @_told
    def _clock_struck(self) -> None:
        self._draw()  # "today" and "overdue" move with the clock

    def _take_up(self, task: SyncTask) -> None:
        """Show what a synchronisation has brought."""
        result = task.result
        before = self.identity
        if result.new_replica_path is not None:
            self._steps.start(self._adopting(Replica(result.new_replica_path)))
            if result.loaded_anew is not None:
                self.loadedAnew.emit(result.loaded_anew)
        elif self.replica is not None:
            self._read_facts(self.replica)
            if self.identity != before:
                self.identityChanged.emit()
            if result.catalogue_changed:
                self.catalogueChanged.emit()
                self.show_layers()
            if result.applied:
                self._steps.add(self._showing_rows(result.applied))
        if before is not None and self.identity is not None and self.identity.scope != before.scope:
            self.scopeChanged.emit()

    def _adopting(self, replica: Replica) -> Iterator[None]:
        """Work on a replica from now on; the layers are pointed to it before the old one is let go.

        It goes in steps, none of which takes long.
        """
        old, self.replica = self.replica, replica
        self._background.forget()
        try:
            self._read_facts(replica)
            self.filter = self._here_and_now(self.filter)
            self.catalogueChanged.emit()
            if self.catalogue is None:
                return
            yield
            yield from self._showing_layers()
        finally:
            if old is not None:
                old.close()
        self._sweep(replica.path)
        self.ask(
            PLACES,
            lambda connection: (queries.place_names(connection), _units_below(connection)),
            self._take_places,
        )
        yield
        self.replicaOpened.emit()
        if old is not None:
            self._outbox_changed()  # what was decided while the file was made is not marked in it

    def _read_facts(self, replica: Replica) -> None:
        """Read what the file says of itself; only while no task writes to it."""
        text = replica.catalogue_text
        self.catalogue = Catalogue.from_json(text) if text else None
        self.identity = replica.identity
        self.last_sync = replica.synced_at

    def _sweep(self, keep: Path) -> None:
        if self.connection is not None:
            sweep(settings.workspace_folder(self.connection), keep)

    def _take_places(self, found: tuple[Mapping[str, str], Mapping[str, frozenset[str]]]) -> None:
        self.places, self._below = found
        self._renew_filter()
        self.placesChanged.emit()

    def _showing_rows(self, applied: AppliedChanges) -> Iterator[None]:
        """Have layers and docks show what was written to the replica, in steps."""
        written = {
            "threats": applied.threat_ids,
            "areas": applied.area_ids,
            "units": applied.unit_ids,
        }
        yield from self.layers.refreshing([table for table, ids in written.items() if ids])
        self._draw()
        self.replicaChanged.emit(applied)

    def _draw(self) -> None:
        """Have the layers show what the filter keeps: many points as numbers in cells at small scales."""
        if self.replica is None or self.catalogue is None:
            return
        parts = conditions(self.filter, *self.clock(), self.catalogue).parts
        step, date_field, frame = self._cell_step, self.filter.date_field, self._frame
        span = temporal.within(frame, date_field)
        period = day_bounds_utc(*self.filter.period.resolve(warsaw_today()))

        def find(connection: sqlite3.Connection, columns: Columns) -> tuple[Selection, list[QgsFeature]]:
            selection = select(connection, columns, parts, step, span)
            return selection, cell_features(selection.cells)

        def show(found: tuple[Selection, list[QgsFeature]]) -> None:
            selection, cells = found
            # A layer that stays empty is not asked anew.
            where = {one: selection.where if one in selection.sources else NEVER for one in SOURCES}
            refused = self.layers.apply_filter(where, selection.total)
            self.layers.follow_time(date_field, period)
            if self.layers.dense:
                self.layers.set_cells(cells, step)
            if refused:
                self._draw_after_editing(refused)
                self.layersRefused.emit(refused)
            if frame != self._frame:
                self._draw()

        self.ask_columns(DRAWN, find, show)

    def _draw_after_editing(self, names: list[str]) -> None:
        """Filter layers that are being edited as soon as that ends."""
        for layer in self.layers.layers().values():
            if layer.name() in names and layer.id() not in self._edited:
                self._edited.add(layer.id())
                layer.editingStopped.connect(self._editing_stopped)

    @_told
    def _editing_stopped(self) -> None:
        self._draw()

    def _outbox_changed(self) -> None:
        """Mark on the map what waits, and tell the docks."""
        self.read_outbox()
        replica, outbox = self.replica, self.outbox
        if replica is None or outbox is None:
            return

        def marked(fids: frozenset[int]) -> None:
            if fids:
                self._marking.add(self._showing_rows(AppliedChanges(threat_ids=fids)))

        self._background.run(
            PENDING,
            lambda: replica.mark_pending(outbox.pending_statuses()),
            marked,
            self.problemRaised.emit,
        )

    @_told
    def _outbox_touched(self) -> None:
        """Tell what a synchronisation does to the outbox; while it works there the window does not wait."""
        if self._schedule.running:
            self._tell_overview()
        elif self.outbox is not None:
            self.read_outbox()

    def _tell_overview(self) -> None:
        """Tell what has become of the outbox once it was read, off the main thread."""
        self.ask_outbox(OVERVIEW, Outbox.overview, self._take_overview)

    def _take_overview(self, overview: Overview) -> None:
        self.overview = overview
        self.outboxChanged.emit()

    @_told
    def _show_meetings(self) -> None:
        """Show on the map the meetings that wait."""
        show_pending(self.layers, self.overview.meetings)

    def _catch_up(self, replica: Replica, outbox: Outbox) -> None:
        """What cannot be written now comes with the synchronisation, which also mends a damaged replica."""
        try:
            catch_up(replica, outbox)
        except KmzbError as error:
            self.problemRaised.emit(error)

    def _opened_outbox(self) -> Outbox:
        if self.outbox is None:
            raise KmzbError("no connection is open")
        return self.outbox


def stored_filter(connection: Connection) -> ThreatFilter:
    """The filter last used; one that cannot be read any more is left behind."""
    try:
        return ThreatFilter.from_json(settings.filter_json(connection.id) or "{}")
    except ValueError:
        return ThreatFilter()


def _units_below(connection: sqlite3.Connection) -> dict[str, frozenset[str]]:
    """Each unit with those below it."""
    return {code: frozenset(below) for code, below in with_below(queries.unit_list(connection)).items()}
