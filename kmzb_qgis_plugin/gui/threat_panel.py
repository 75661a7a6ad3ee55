"""One report: its facts, its history, and the decision about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import Any, Optional

from qgis.gui import QgsCollapsibleGroupBox, QgsScrollArea
from qgis.PyQt.QtCore import QCoreApplication, QEvent, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.gui import threat_text
from kmzb_qgis_plugin.gui.attachments_part import AttachmentsPart
from kmzb_qgis_plugin.gui.coordinates_part import CoordinatesPart
from kmzb_qgis_plugin.gui.decision_fields import Draft
from kmzb_qgis_plugin.gui.decision_form import DecisionForm
from kmzb_qgis_plugin.gui.icons import theme_icon
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.near_panel import NearPanel
from kmzb_qgis_plugin.gui.threat_history import events
from kmzb_qgis_plugin.gui.threat_text import Names
from kmzb_qgis_plugin.gui.timeline import Timeline
from kmzb_qgis_plugin.gui.words import role_name, rule_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.outbox import Entry, Outbox
from kmzb_qgis_plugin.replica.queries import DecisionRow, ThreatRow
from kmzb_qgis_plugin.session import Session

THREAT = "threat"
Found = tuple[Optional[ThreatRow], list[DecisionRow], Optional[Entry]]


class ThreatPanel(QWidget):
    """Shows a threat of the replica and keeps showing its newest state."""

    shown = pyqtSignal(object)
    """The :class:`ThreatRow`, when a person chose it: not again when it is merely refreshed."""
    cardRequested = pyqtSignal()
    """The verification card of the threat that is shown is wanted on paper."""
    decided = pyqtSignal(object)
    """The :class:`Decision`, when it is in the outbox."""

    def __init__(self, session: Session, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.messages = messages
        self.threat: ThreatRow | None = None
        self._wanted: int | None = None
        self._keeps = True
        """Whether the last draft could be kept."""
        self._build()
        session.catalogueChanged.connect(self._take_catalogue)
        for signal in (session.closing, session.withdrawing):
            signal.connect(self.form.keep)
        session.connectionChanged.connect(self._forget)
        for signal in (
            session.replicaOpened,
            session.replicaChanged,
            session.placesChanged,
            session.identityChanged,
        ):
            signal.connect(self.refresh)
        self._forget()
        self._take_catalogue()

    def _build(self) -> None:
        self.title, self.description, self.facts = _text(), _text(), _text()
        self.attachments = AttachmentsPart(self.session, self.messages)
        self.coordinates = CoordinatesPart(self.messages)
        self.history = Timeline()
        self.form = DecisionForm()
        self.form.submitted.connect(self._decide)
        self.form.drafted.connect(self._keep_draft)
        self.form.moved.connect(self._stay)
        self.form.opened.connect(self._bring_form)
        self.form.warned.connect(lambda: QTimer.singleShot(0, self._show_notice))
        self.near = NearPanel(self.session, self.messages)
        self.past = QgsCollapsibleGroupBox(tr("History"))
        self.past.setObjectName("KmzbHistory")
        self.past.setSettingGroup("kmzb")
        past_column = QVBoxLayout(self.past)
        past_column.addWidget(self.history)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 4, 4, 0)
        column.setSpacing(8)
        self.card_button = QPushButton(theme_icon("mActionFilePrint"), tr("Print &Card…"))
        self.card_button.clicked.connect(lambda: self.cardRequested.emit())
        for widget in (
            self.title,
            self.description,
            self.attachments,
            self.facts,
            self.coordinates,
            self.form,
            self.near,
            self.past,
            self.card_button,
        ):
            column.addWidget(widget)
        column.addStretch()
        self.scroll = QgsScrollArea()
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setWidgetResizable(True)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A picture is lower where it is narrower. A bar that came for its height would take the width, the
        # picture would need no bar any more, and so on without end.
        self.scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.scroll.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.scroll)

    def show_threat(self, fid: int, on_map: bool = True) -> None:
        """Show a threat that a person has chosen; ``on_map`` where the map is to follow."""
        self._wanted = fid
        self._ask(fid, self._chosen if on_map else self._show)

    @reported
    def refresh(self) -> None:
        """Show the newest state of the same threat; what was entered about it stays."""
        if self._wanted is not None:
            self._ask(self._wanted, self._show)

    def _ask(self, fid: int, done: Callable[[Found], None]) -> None:
        outbox = self.session.outbox
        if outbox is not None:
            self.session.ask(THREAT, lambda connection: read(connection, outbox, fid), done)

    @reported
    def _chosen(self, found: Found) -> None:
        before = self.threat
        self._show(found)
        if self.threat is None:
            return
        if self.form.steps.checkedButton() is not None:
            self._bring_form()
        elif self.form.holds_draft:
            QTimer.singleShot(0, self._show_notice)
        elif before is None or before.fid != self.threat.fid:
            self.scroll.verticalScrollBar().setValue(0)
        self.shown.emit(self.threat)

    @reported
    def _show(self, found: Found) -> None:
        threat, decisions, draft = found
        catalogue = self.session.catalogue
        if self._wanted is not None:
            self.form.follow(self._wanted, draft)
        if threat is None or catalogue is None:
            self._show_gone()
            return
        self.threat = threat
        names = Names(catalogue, self.session.language, self.session.places)
        self.title.setText(threat_text.title(threat, names))
        self.description.setText(threat_text.description(threat))
        self.facts.setText(threat_text.facts(threat, catalogue, names, datetime.now(timezone.utc)))
        self.attachments.show_threat(threat)
        self.coordinates.show_place(threat.lon, threat.lat)
        self.history.show_events(events(threat, decisions, catalogue, names))
        workflow = catalogue.source(threat.source)
        self.card_button.show()
        self.past.setVisible(bool(decisions) or bool(workflow and workflow.workflow))
        self._offer(threat, catalogue, names)
        self.near.look(threat)

    def _offer(self, threat: ThreatRow, catalogue: Catalogue, names: Names) -> None:
        """Offer the steps from the status that the report has, or will have once all is sent."""
        role = self.session.identity.role if self.session.identity else ""
        status = threat.pending_status or threat.status
        steps = catalogue.transitions_from(status, role)
        if steps and not self.session.decides_for(threat.unit):
            self.form.clear(rule_text("unit_not_allowed", None), threat.fid)
        elif steps:
            self.form.show_threat(threat._asdict(), steps)
        elif status is None:
            self.form.clear(tr("Only citizens' reports are verified."))
        elif not any(role in step.roles for step in catalogue.transitions):
            self.form.clear(
                tr("Your role, {}, may look at reports but not decide about them.").format(role_name(role)),
                threat.fid,
            )
        else:
            self.form.clear(
                tr("Your role, {}, has no step from the status “{}”.").format(
                    role_name(role), names("status", status)
                ),
                threat.fid,
            )

    @reported
    def _bring_form(self) -> None:
        """Bring the chosen step into view; not at once: how high all is comes with events that wait."""
        QTimer.singleShot(0, self._show_whole_form)

    @reported
    def _show_whole_form(self) -> None:
        """Bring what has to be filled in, and what it brings about, into view."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.scroll.ensureWidgetVisible(self.form.send)
        typed = self.form.focusWidget()
        if typed is not None:
            self.scroll.ensureWidgetVisible(typed)

    @reported
    def _stay(self, pixels: int) -> None:
        """Follow the form when a picture that comes pushes it down: somebody may be typing in it."""
        bar = self.scroll.verticalScrollBar()
        if bar.value() > self.attachments.y():
            bar.setValue(bar.value() + pixels)

    @reported
    def _show_notice(self) -> None:
        """Bring into view that the report has changed: whoever types looks farther down."""
        self.scroll.ensureWidgetVisible(self.form.notice)

    def _show_gone(self) -> None:
        """Say that the report which is wanted is not there, or no longer."""
        before, wanted = self.threat, self._wanted
        self._show_nothing()
        if wanted is not None and self.session.catalogue is not None:
            ref = before.ref if before is not None and before.fid == wanted else self.form.ref_of(wanted)
            self.title.setText(
                tr("{} is no longer in the data: it was removed, or you may no longer see it.").format(ref)
                if ref
                else tr("The report is no longer in the data: it was removed, or you may no longer see it.")
            )
            self.form.clear("", wanted)

    def _show_nothing(self) -> None:
        self.threat = None
        self.title.setText(tr("Choose a report to see its facts."))
        for label in (self.description, self.facts):
            label.clear()
        self.attachments.clear()
        self.coordinates.hide()
        self.history.show_events(())
        self.past.hide()
        self.near.clear()
        self.card_button.hide()
        self.form.clear("")

    @reported
    def _take_catalogue(self) -> None:
        if self.session.catalogue is not None:
            self.form.set_catalogue(self.session.catalogue, self.session.language)
            self.refresh()

    @reported
    def _forget(self) -> None:
        self._wanted = None
        self._show_nothing()
        connection = self.session.connection
        self.form.enter(connection.id if connection is not None else "")

    @reported
    def _keep_draft(self, threat: Mapping[str, Any], draft: Draft | None) -> None:
        """Keep a draft; that it fails is told once, for it is tried again every few seconds."""
        told, self._keeps = not self._keeps, False
        try:
            if draft is None:
                self.session.forget_draft_about(threat["fid"])
            else:
                decision = draft.decision(threat["fid"], threat["version"])
                self.session.keep_decision_draft(decision, threat["ref"], threat, draft.replaces)
        except KmzbError:
            if not told:
                raise
            return
        self._keeps = True
        self.form.mark_kept(threat["fid"], draft)

    @reported
    def _decide(self, decision: Decision, replaces: str | None) -> None:
        threat = self.threat
        if threat is None:
            return
        self.session.decide(decision, threat.ref, threat._asdict(), replaces)
        self.form.forget(threat.fid)
        self.form.clear("")  # until the replica says which steps follow
        self.refresh()  # what is being read may still be the draft
        self.decided.emit(decision)


def read(connection: sqlite3.Connection, outbox: Outbox, fid: int) -> Found:
    """A threat as one's own decisions leave it, its history, and what is being written about it.

    The outbox has a decision at once; the replica is marked with it in the background, which may take a
    while. A next step chosen in between would follow a status that is over.

    Args:
        connection: to the replica.
        outbox: the decisions that wait.
        fid: the threat's id.
    """
    threat = queries.threat(connection, fid)
    waiting = outbox.pending_statuses().get(fid)
    if threat is not None and waiting is not None:
        threat = threat._replace(pending_status=waiting)
    return threat, queries.history(connection, fid), outbox.draft_about(fid)


def _text() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
