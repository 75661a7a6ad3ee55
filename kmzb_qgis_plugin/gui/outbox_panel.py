"""What a person has entered: what waits, was sent, is in conflict or rejected, and how to settle it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone

from qgis.gui import QgsScrollArea
from qgis.PyQt.QtCore import QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QIcon, QShowEvent
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.gui import meeting_text, threat_text
from kmzb_qgis_plugin.gui.conflict_text import conflict
from kmzb_qgis_plugin.gui.icons import status_icon, theme_icon
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.sync_line import REFRESH_MS
from kmzb_qgis_plugin.gui.tally_label import TallyLabel
from kmzb_qgis_plugin.gui.threat_text import Names
from kmzb_qgis_plugin.gui.words import age_text, moment_text, rule_text, short_age_text, state_name
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica.outbox import Entry
from kmzb_qgis_plugin.session import Session

STATE, REF, DECISION, AGE = range(4)
UUID_ROLE = Qt.ItemDataRole.UserRole
STATE_ICONS = {
    "draft": "mActionToggleEditing",
    "waiting": "mActionSharingExport",
    "sending": "mActionSharingExport",
    "sent": "mIconSuccess",
    "conflict": "mIconWarning",
    "rejected": "mTaskCancel",
}
HEIGHTS = (260, 460)
"""Pixels of the list and of what is told of one entry, to begin with."""
STATE_ORDER = ("conflict", "rejected", "draft", "waiting", "sending", "sent")


class OutboxPanel(QWidget):
    """The entries of the outbox, those that need a person first."""

    anewRequested = pyqtSignal(object)
    """An :class:`Entry` in conflict or rejected, to be decided again."""
    meetingRequested = pyqtSignal(object)
    """An :class:`Entry`, a meeting's draft or a rejected one, to be gone on with."""
    reportRequested = pyqtSignal(int)
    """A threat's id."""

    def __init__(self, session: Session, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.messages = messages
        self._entries: dict[str, Entry] = {}
        self.tally = TallyLabel(session, messages)
        self._build()
        for signal in (session.outboxChanged, session.catalogueChanged, session.replicaChanged):
            signal.connect(self.load)
        self._clock = QTimer(self, interval=REFRESH_MS)  # ages grow
        self._clock.timeout.connect(self.load)
        self._clock.start()

    def _build(self) -> None:
        self.list = QTreeWidget()
        self.list.setAccessibleName(tr("Outbox"))
        self.list.setHeaderLabels([tr("State"), tr("Number"), tr("Decision or Meeting"), tr("Age")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAlternatingRowColors(True)
        self.list.setIconSize(QSize(16, 16))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setSectionResizeMode(DECISION, QHeaderView.ResizeMode.Stretch)
        self.list.currentItemChanged.connect(self._show_entry)
        self.list.itemActivated.connect(self._show_report)

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

    @reported
    def load(self) -> None:
        """Show the outbox as it is now; the chosen entry stays chosen. What nobody sees is left for later."""
        if not self.isVisible():
            return
        self.tally.refresh()
        chosen = self._current_uuid()
        outbox, catalogue = self.session.outbox, self.session.catalogue
        entries = outbox.entries() if outbox is not None else []
        entries.sort(key=lambda entry: (STATE_ORDER.index(entry.state), entry.queued_at))
        self._entries = {entry.uuid: entry for entry in entries}
        now = datetime.now(timezone.utc)
        self.list.blockSignals(True)
        self.list.clear()
        for entry in entries:
            name, icon = self._headline(entry, catalogue)
            age = short_age_text(entry.queued_at, now)
            item = QTreeWidgetItem([state_name(entry.state), entry.ref, name, age])
            item.setIcon(STATE, theme_icon(STATE_ICONS[entry.state]))
            item.setIcon(DECISION, icon)
            item.setToolTip(DECISION, name)
            item.setToolTip(AGE, f"{age_text(entry.queued_at, now)} ({moment_text(entry.queued_at)})")
            item.setData(STATE, UUID_ROLE, entry.uuid)
            self.list.addTopLevelItem(item)
            if entry.uuid == chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self._show_entry()

    def _headline(self, entry: Entry, catalogue: Catalogue | None) -> tuple[str, QIcon]:
        """What was decided, or which meeting it is."""
        if entry.meeting is not None:
            return meeting_text.title(entry.meeting), theme_icon("mActionAddBasicCircle")
        status = catalogue.status(entry.decision.to_status) if catalogue else None
        if status is None:
            return entry.decision.to_status, QIcon()
        return status.name(self.session.language), status_icon(status)

    @reported
    def _show_entry(self) -> None:
        entry = self._current()
        for button in self._offered:
            self._buttons.removeWidget(button)
            button.setVisible(False)
        if entry is None:
            self.text.setText(
                tr("Choose an entry to see what became of it.")
                if self._entries
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
        if entry.meeting is not None:
            heading = heading or tr("A draft; it is sent when you send it from the form.")
            return threat_text.paragraph(heading) + meeting_text.told(entry.meeting, names)
        return threat_text.paragraph(heading) + threat_text.decided(entry.decision, names)

    def _current_uuid(self) -> str:
        item = self.list.currentItem()
        return str(item.data(STATE, UUID_ROLE)) if item is not None else ""

    def _current(self) -> Entry | None:
        return self._entries.get(self._current_uuid())

    @reported
    def _dismiss(self) -> None:
        if self._current() is not None:
            self.session.dismiss(self._current_uuid())

    @reported
    def _discard(self) -> None:
        entry = self._current()
        if entry is not None and entry.state == "draft":
            self.session.forget_draft(entry.uuid)
        else:
            self._dismiss()

    @reported
    def _withdraw(self) -> None:
        if self._current() is not None and not self.session.withdraw(self._current_uuid()):
            self.messages.warning(tr("It may have been sent already and cannot be withdrawn."))

    @reported
    def _decide_anew(self) -> None:
        entry = self._current()
        if entry is not None:
            (self.anewRequested if entry.meeting is None else self.meetingRequested).emit(entry)

    @reported
    def _keep(self) -> None:
        """Leave the conflict as it is and go to the next entry, if there is one."""
        row = self.list.indexOfTopLevelItem(self.list.currentItem())
        following = self.list.topLevelItem(row + 1)
        self.list.setCurrentItem(following)

    @reported
    def _show_report(self) -> None:
        entry = self._current()
        if entry is None:
            return
        if entry.meeting is None:
            self.reportRequested.emit(entry.decision.threat_id)
        elif entry.state == "draft":
            self.meetingRequested.emit(entry)
        elif signals := _signals_of(entry):
            self.reportRequested.emit(signals[0])


def _signals_of(entry: Entry) -> Sequence[int]:
    """The threats that a meeting has become."""
    return entry.outcome.threats if entry.outcome is not None else ()
