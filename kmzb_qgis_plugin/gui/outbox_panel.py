"""What a person has entered: what waits, was sent, is in conflict or rejected, and how to settle it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone

from qgis.gui import QgsScrollArea
from qgis.PyQt.QtCore import QModelIndex, QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent, QShowEvent
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHeaderView,
    QLabel,
    QMessageBox,
    QPushButton,
    QSplitter,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin.gui import meeting_text, threat_text
from kmzb_qgis_plugin.gui.conflict_text import conflict
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.outbox_model import DECISION, STATE, STATE_ORDER, OutboxModel
from kmzb_qgis_plugin.gui.sync_line import REFRESH_MS
from kmzb_qgis_plugin.gui.tally_label import TallyLabel
from kmzb_qgis_plugin.gui.threat_text import Names
from kmzb_qgis_plugin.gui.words import rule_text
from kmzb_qgis_plugin.gui.wrapped_rows import WrappedRows
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica.outbox import Entry, Outbox
from kmzb_qgis_plugin.session import ENTRIES, Session

COLUMN_MARGIN = 12
HEIGHTS = (260, 460)
"""Pixels of the list and of what is told of one entry, to begin with."""
BRIEF_BELOW_WIDTH = 420
"""Pixels: in a narrower dock states are told by their signs, and what was decided is wrapped."""


class OutboxPanel(QWidget):
    """The entries of the outbox, those that need a person first."""

    anewRequested = pyqtSignal(object)
    """An :class:`Entry` in conflict or rejected, to be decided again, or a draft, to be gone on with."""
    meetingRequested = pyqtSignal(object)
    """An :class:`Entry`, a meeting's draft or a rejected one, to be gone on with."""
    draftGone = pyqtSignal(int)
    """The draft about a threat, by its id, was discarded."""
    decisionWithdrawn = pyqtSignal(object)
    """An :class:`Entry` that will not be sent."""
    reportRequested = pyqtSignal(int)
    """A threat's id."""

    def __init__(self, session: Session, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.messages = messages
        self.model = OutboxModel(self)
        self._chosen = ""
        self.tally = TallyLabel(session, messages)
        self._build()
        for signal in (session.outboxChanged, session.catalogueChanged):
            signal.connect(self.load)
        session.replicaChanged.connect(self._count)  # decisions of other desks
        self._clock = QTimer(self, interval=REFRESH_MS)  # ages grow
        self._clock.timeout.connect(self._tick)
        self._clock.start()

    def _build(self) -> None:
        self.list = QTreeView()
        self.list.setAccessibleName(tr("Outbox"))
        self.list.setModel(self.model)
        self.list.setRootIsDecorated(False)
        self._rows = WrappedRows(self.list)
        self.list.setItemDelegateForColumn(DECISION, self._rows)
        self.list.setAlternatingRowColors(True)
        self.list.setIconSize(QSize(16, 16))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSectionResizeMode(DECISION, QHeaderView.ResizeMode.Stretch)
        self._make_room()
        self.list.selectionModel().currentRowChanged.connect(self._row_chosen)
        self.list.activated.connect(self._show_report)

        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setWordWrap(True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        scroll = QgsScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.text)

        self.take_theirs = QPushButton(tr("&Take Theirs"))
        self.take_theirs.clicked.connect(self._dismiss)
        self.anew = QPushButton(tr("Decide &Anew"))
        self.anew.clicked.connect(self._decide_anew)
        self.later = QPushButton(tr("&Keep for Later"))
        self.later.clicked.connect(self._keep)
        self.mend = QPushButton(tr("&Mend…"))
        self.mend.clicked.connect(self._decide_anew)
        self.discard = QPushButton(tr("&Discard"))
        self.discard.clicked.connect(self._discard)
        self.edit = QPushButton(tr("&Edit…"))
        self.edit.clicked.connect(self._decide_anew)
        self.withdraw = QPushButton(tr("&Withdraw"))
        self.withdraw.clicked.connect(self._withdraw)
        self.report = QPushButton(tr("Show Re&port"))
        self.report.clicked.connect(self._show_report)
        self._offered = {
            self.take_theirs: ("conflict",),
            self.anew: ("conflict",),
            self.later: ("conflict",),
            self.mend: ("rejected",),
            self.edit: ("draft",),
            self.discard: ("rejected", "draft"),
            self.withdraw: ("waiting",),
            self.report: tuple(state for state in STATE_ORDER if state != "draft"),
        }
        self._buttons = QGridLayout()
        lower = QWidget()
        lower_column = QVBoxLayout(lower)
        lower_column.setContentsMargins(0, 4, 0, 0)
        lower_column.addWidget(scroll, 1)
        lower_column.addLayout(self._buttons)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.list)
        splitter.addWidget(lower)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes(list(HEIGHTS))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tally)
        column.addWidget(splitter)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.load()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        brief = event.size().width() < BRIEF_BELOW_WIDTH
        self.model.be_brief(brief)
        self._rows.wrap(brief)
        self._make_room()

    def _make_room(self) -> None:
        """Give each column the width of its longest text: Qt would ask for those of a thousand rows."""
        for column, texts in self.model.longest_texts().items():
            width = max(map(self.list.fontMetrics().horizontalAdvance, texts))
            self.list.setColumnWidth(column, width + COLUMN_MARGIN)

    @reported
    def load(self) -> None:
        """Ask for the outbox as it is now. What nobody sees is left for later."""
        if not self.isVisible():
            return
        self._count()
        if self.session.outbox is None:
            self._show([])
        else:
            self.session.ask_outbox(ENTRIES, Outbox.entries, self._show)

    @reported
    def _count(self) -> None:
        if self.isVisible():
            self.tally.refresh()

    @reported
    def _show(self, entries: Sequence[Entry]) -> None:
        """Show entries; the chosen one stays chosen."""
        selection = self.list.selectionModel()
        selection.blockSignals(True)
        self.model.show(entries, self.session.catalogue, self.session.language, datetime.now(timezone.utc))
        self._rows.wrap(self.model.brief)
        self.list.setCurrentIndex(self.model.index_of(self._chosen))
        selection.blockSignals(False)
        self._show_entry()

    @reported
    def _tick(self) -> None:
        self.model.grow_older(datetime.now(timezone.utc))

    @reported
    def _row_chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        entry = self.model.entry(index)
        self._chosen = entry.uuid if entry is not None else ""
        self._show_entry()

    @reported
    def _show_entry(self) -> None:
        entry = self._current()
        for button in self._offered:
            self._buttons.removeWidget(button)
            button.setVisible(False)
        if entry is None:
            self.text.setText(
                tr("Choose an entry to see what became of it.")
                if self.model.rowCount()
                else tr("Your decisions and meetings will be listed here; there are none yet.")
            )
            return
        shown = [button for button, states in self._offered.items() if entry.state in states]
        if self.report in shown and entry.meeting is not None and not _signals_of(entry):
            shown.remove(self.report)
        for number, button in enumerate(shown):
            self._buttons.addWidget(button, number // 2, number % 2)
            button.setVisible(True)
        self.withdraw.setEnabled(entry.attempts == 0)
        self.text.setText(self._told(entry))

    def _told(self, entry: Entry) -> str:
        """What became of an entry, in rich text."""
        catalogue = self.session.catalogue
        if catalogue is None:
            return ""
        names = Names(catalogue, self.session.language, self.session.places)
        outcome = entry.outcome
        if entry.state == "conflict" and outcome is not None:
            heading = tr("The report {} was changed before your decision arrived.").format(entry.ref)
            return threat_text.paragraph(heading) + conflict(entry, names)
        headings = {
            "waiting": tr("Waits to be sent; it goes with the next synchronisation."),
            "sending": tr("Is being sent."),
            "sent": tr("Has arrived at the service."),
        }
        heading = headings.get(entry.state, "")
        if entry.state == "sent" and outcome is not None and outcome.same_result:
            heading = tr("Someone else had already decided the same; nothing more was needed.")
        if entry.state == "rejected" and outcome is not None:
            heading = tr("The service rejected it. {}").format(rule_text(outcome.rule, outcome.title))
        heading = heading or tr("A draft; it is sent when you send it from the form.")
        if entry.meeting is not None:
            return threat_text.paragraph(heading) + meeting_text.told(entry.meeting, names)
        draft = entry.state == "draft"
        return threat_text.paragraph(heading) + threat_text.decided(entry.decision, names, draft=draft)

    def _current(self) -> Entry | None:
        return self.model.entry(self.model.index_of(self._chosen))

    @reported
    def _dismiss(self) -> None:
        entry = self._current()
        if entry is not None:
            self.session.dismiss(entry.uuid)

    @reported
    def _discard(self) -> None:
        entry = self._current()
        if entry is None or entry.state != "draft":
            self._dismiss()
            return
        question = tr("Throw away what you have written?")
        if QMessageBox.question(self, tr("Discard Draft"), question) == QMessageBox.StandardButton.Yes:
            self.session.forget_draft(entry.uuid)
            if entry.meeting is None:
                self.draftGone.emit(entry.decision.threat_id)

    @reported
    def _withdraw(self) -> None:
        entry = self._current()
        if entry is None:
            return
        if not self.session.withdraw(entry.uuid):
            self.messages.warning(tr("It may have been sent already and cannot be withdrawn."))
        elif entry.meeting is None:
            self.decisionWithdrawn.emit(entry)

    @reported
    def _decide_anew(self) -> None:
        entry = self._current()
        if entry is not None:
            (self.anewRequested if entry.meeting is None else self.meetingRequested).emit(entry)

    @reported
    def _keep(self) -> None:
        """Leave the conflict as it is and go to the next entry, if there is one."""
        row = self.model.index_of(self._chosen).row()
        self.list.setCurrentIndex(self.model.index(row + 1, STATE))

    @reported
    def _show_report(self) -> None:
        entry = self._current()
        if entry is None:
            return
        if entry.state == "draft":
            self._decide_anew()
        elif entry.meeting is None:
            self.reportRequested.emit(entry.decision.threat_id)
        elif signals := _signals_of(entry):
            self.reportRequested.emit(signals[0])


def _signals_of(entry: Entry) -> Sequence[int]:
    """The threats that a meeting has become."""
    return entry.outcome.threats if entry.outcome is not None else ()
