"""The dock in which reports are verified: the queue, the report, the decision, the outbox."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from qgis.core import QgsMapLayer
from qgis.gui import QgsDockWidget, QgsMapCanvas
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.gui.decision_fields import Draft
from kmzb_qgis_plugin.gui.decision_form import SEND_KEYS, STEP_KEYS
from kmzb_qgis_plugin.gui.dock_pages import DockPages
from kmzb_qgis_plugin.gui.map_view import MapView
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.moved import QShortcut
from kmzb_qgis_plugin.gui.notice import Notice
from kmzb_qgis_plugin.gui.outbox_panel import OutboxPanel
from kmzb_qgis_plugin.gui.queue_panel import NEXT_KEYS, PREVIOUS_KEYS, QueuePanel
from kmzb_qgis_plugin.gui.state_strip import StateStrip
from kmzb_qgis_plugin.gui.threat_panel import ThreatPanel
from kmzb_qgis_plugin.gui.together_bar import TogetherBar
from kmzb_qgis_plugin.gui.together_dialog import TogetherDialog
from kmzb_qgis_plugin.gui.undo_bar import UndoBar
from kmzb_qgis_plugin.gui.words import rule_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.layer_tree import ROLE_PROPERTY, SOURCES
from kmzb_qgis_plugin.replica.near import Surroundings
from kmzb_qgis_plugin.replica.outbox import Entry
from kmzb_qgis_plugin.replica.queries import QUEUE_LIMIT, ThreatRow
from kmzb_qgis_plugin.session import Session

HEIGHTS = (240, 480)
"""Pixels of queue and report to begin with; their shares are kept when the dock grows."""


class VerificationDock(QgsDockWidget):
    """Two tabs, reports and one's own decisions, above the strip that says how things stand."""

    def __init__(
        self, session: Session, messages: Messages, canvas: QgsMapCanvas, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("KMZB Verification"), parent)
        self.setObjectName("KmzbVerificationDock")
        self.session = session
        self.messages = messages
        self.map = MapView(canvas)
        self.notice = Notice(session)
        self.queue = QueuePanel(session, messages, self.map.middle)
        self.threat = ThreatPanel(session, messages)
        self.together = TogetherBar()
        self.outbox = OutboxPanel(session, messages)
        self.undo_bar = UndoBar(session, messages)
        self.strip = StateStrip(session, messages)
        self._together: dict[frozenset[int], Draft] = {}
        """What was entered about several reports and not sent, by their ids."""
        self._build()
        self.queue.selected.connect(self.threat.show_threat)
        self.queue.severalSelected.connect(self._show_several)
        self.together.requested.connect(self.decide_together)
        self.threat.near.togetherRequested.connect(self.decide_together)
        self.threat.near.reportRequested.connect(self.show_threat)
        self.threat.near.found.connect(self._mark_near)
        self.threat.shown.connect(self._show_on_map)
        self.threat.decided.connect(self._go_on)
        self.outbox.anewRequested.connect(self._decide_anew)
        self.outbox.decisionWithdrawn.connect(self._fill_in)
        self.outbox.draftGone.connect(self._drop_draft)
        self.outbox.reportRequested.connect(self.show_threat)
        self.undo_bar.undone.connect(self._take_back)
        self.strip.outboxRequested.connect(self.show_outbox)
        for signal in (
            session.connectionChanged,
            session.replicaOpened,
            session.syncStateChanged,
            session.outboxChanged,
        ):
            signal.connect(self._refresh)
        session.connectionChanged.connect(self._forget)
        canvas.selectionChanged.connect(self._selected_on_map)
        self.openedStateChanged.connect(self._opened_changed)
        self._refresh()
        self.queue.load()

    def _build(self) -> None:
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        upper = QWidget()
        upper_column = QVBoxLayout(upper)
        upper_column.setContentsMargins(0, 0, 0, 0)
        upper_column.addWidget(self.queue)
        upper_column.addWidget(self.together)
        splitter.addWidget(upper)
        splitter.addWidget(self.threat)
        splitter.setSizes(list(HEIGHTS))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(splitter, tr("Reports"))
        self.tabs.addTab(self.outbox, tr("Outbox"))
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.undo_bar)
        column.addWidget(self.strip)
        self._add_shortcuts(work)
        self.pages = DockPages(self.notice, work)
        self.setWidget(self.pages)

    def _add_shortcuts(self, work: QWidget) -> None:
        """Keys that work wherever one is in the dock."""
        for keys, action in (
            (PREVIOUS_KEYS, lambda: self.queue.step(-1)),
            (NEXT_KEYS, lambda: self.queue.step(1)),
            (SEND_KEYS, self.threat.form.submit),
            *((keys, partial(self.threat.form.choose_step, n)) for n, keys in enumerate(STEP_KEYS)),
        ):
            shortcut = QShortcut(QKeySequence(keys), work)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def event(self, event: QEvent) -> bool:
        """Undo by key. Not by a shortcut: QGIS's own for edited layers would keep it from being heard."""
        if event.type() == QEvent.Type.ShortcutOverride and event.matches(QKeySequence.StandardKey.Undo):
            event.accept()
            self.undo_bar.undo()
            return True
        return bool(super().event(event))

    def show_threat(self, fid: int) -> None:
        """Bring a report into view."""
        self.tabs.setCurrentIndex(0)
        self.together.show_chosen([fid])
        self.queue.bring(fid)
        self.threat.show_threat(fid)

    def show_outbox(self) -> None:
        """Bring one's own decisions and meetings into view."""
        self.tabs.setCurrentIndex(1)
        self.outbox.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @reported
    def _refresh(self) -> None:
        self.notice.refresh()
        ready = self.session.replica is not None and self.session.catalogue is not None
        self.pages.show_work(ready)
        counts = self.session.overview.counts
        needs_person = counts.get("conflict", 0) + counts.get("rejected", 0)
        text = tr("Outbox")
        self.tabs.setTabText(1, f"{text} ({needs_person})" if needs_person else text)

    @reported
    def _forget(self) -> None:
        self.queue.forget()
        self._together.clear()
        self.together.show_chosen([])

    @reported
    def decide_together(self, fids: list[int]) -> None:
        """Open the dialog for one decision about several threats, with what was begun about the shown one."""
        about, shown, form = frozenset(fids), self.threat.threat, self.threat.form
        begun = form.draft() if shown is not None and shown.fid in about and form.holds_draft else None
        dialog = TogetherDialog(
            self.session, self.messages, fids, self, self._together.pop(about, None) or begun
        )
        try:
            if dialog.exec() != TogetherDialog.DialogCode.Accepted:
                self._together[about] = dialog.draft()
            elif begun is not None and shown is not None and dialog.decides(shown.fid):
                self.session.forget_draft_about(shown.fid)
                self._drop_draft(shown.fid)
        finally:
            dialog.deleteLater()

    def clear_map(self) -> None:
        """Take our marks off the map."""
        self.map.clear()

    @reported
    def _opened_changed(self, opened: bool) -> None:
        """Marks on the map belong to what is shown here: they go with it and come back with it."""
        if opened:
            self.threat.refresh()
        else:
            self.clear_map()

    @reported
    def _selected_on_map(self, layer: QgsMapLayer) -> None:
        """Show the threat that is selected on the map, or offer to decide about several of them."""
        if layer.customProperty(ROLE_PROPERTY) not in SOURCES:
            return
        layers = self.session.layers.layers()
        threats = [layers[source] for source in SOURCES if source in layers]
        number = sum(one.selectedFeatureCount() for one in threats)
        if not 0 < number <= QUEUE_LIMIT:
            return
        fids = [fid for one in threats for fid in one.selectedFeatureIds()]
        self.tabs.setCurrentIndex(0)
        if number == 1:
            self.queue.bring(fids[0])
            self.together.show_chosen(fids)
            self.threat.show_threat(fids[0], on_map=False)
        else:
            self.queue.mark_all(fids)
            self.together.show_chosen(fids)

    @reported
    def _show_several(self, fids: list[int]) -> None:
        """Offer what can be done with several reports of the queue, and ring them on the map."""
        self.together.show_chosen(fids)
        rows = [self.queue.model.row(self.queue.model.index_of(fid)) for fid in fids]
        if len(fids) > 1:
            self.map.mark_chosen((row.lon, row.lat) for row in rows if row is not None)

    @reported
    def _mark_near(self, threat: ThreatRow | None, around: Surroundings | None) -> None:
        """Draw a report's near-duplicates on the map, unless several reports are marked there."""
        if threat is None or around is None:
            self.map.clear()
        elif len(self.together.fids) < 2:
            near = [(row.lon, row.lat) for row in around.duplicates]
            self.map.mark_near((threat.lon, threat.lat), near, around.metres)

    @reported
    def _show_on_map(self, threat: ThreatRow) -> None:
        """Bring the threat's place into the map's middle and let it flash."""
        self.map.go_to((threat.lon, threat.lat))

    @reported
    def _go_on(self, decision: Decision) -> None:
        """After a decision that ends the waiting, go to the report that follows in the queue."""
        status = self.session.catalogue.status(decision.to_status) if self.session.catalogue else None
        following = self.queue.row_after(decision.threat_id)
        if status is not None and not status.waits and following is not None:
            self.show_threat(following)

    @reported
    def _take_back(self, entries: list[Entry]) -> None:
        """Show the report of a decision that was undone, or choose those of a batch, as they were."""
        if len(entries) == 1:
            self._fill_in(entries[0])
            self.show_threat(entries[0].decision.threat_id)
            return
        fids = [entry.decision.threat_id for entry in entries]
        self._together[frozenset(fids)] = replace(Draft.of(entries[0].decision), replaces=None)
        self.tabs.setCurrentIndex(0)
        self.queue.mark_all(fids)
        self.together.show_chosen(fids)

    @reported
    def _decide_anew(self, entry: Entry) -> None:
        """Show a decision's report with the decision filled in, and the field that was not accepted.

        A text that is being written about the report comes before that.
        """
        threat_id, outcome, form = entry.decision.threat_id, entry.outcome, self.threat.form
        form.keep()
        draft = self.session.draft_about(threat_id)
        if draft is None:
            fault = rule_text(outcome.rule, outcome.title) if outcome is not None and outcome.field else ""
            form.take_up(entry.decision, outcome.field or "" if outcome else "", fault)
        elif draft.uuid != entry.uuid:
            begun = tr("You had begun to write about {}; that is shown. Discard it to begin anew.")
            self.messages.info(begun.format(entry.ref))
        self.show_threat(threat_id)

    @reported
    def _fill_in(self, entry: Entry) -> None:
        """Have a decision that was taken back in the form, with what was being written about its report."""
        draft = self.session.draft_about(entry.decision.threat_id)
        if draft is None:
            self.threat.form.take_up(entry.decision)
        else:
            self.threat.form.take_up_draft(draft)
        self.threat.refresh()

    @reported
    def _drop_draft(self, threat_id: int) -> None:
        self.threat.form.forget(threat_id)
        self.threat.refresh()
