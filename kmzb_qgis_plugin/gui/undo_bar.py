"""The newest decision, or batch of them, as long as it can be taken back."""

from __future__ import annotations

import math
from datetime import datetime, timezone

from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.period import parse_instant
from kmzb_qgis_plugin.gui.icons import theme_icon
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica.outbox import Entry
from kmzb_qgis_plugin.session import Session

TICK_MS = 500
UNDO_KEYS = "Ctrl+Z"


class UndoBar(QWidget):
    """Says what is about to be sent and offers to undo it. It shows what the outbox holds, nothing else."""

    undone = pyqtSignal(list)
    """The entries that were taken back."""

    def __init__(self, session: Session, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.messages = messages
        self.number = 0
        """How many decisions can be taken back."""
        self._first: Entry | None = None
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        keys = QKeySequence(UNDO_KEYS).toString(QKeySequence.SequenceFormat.NativeText)
        undo = tr("Undo")
        self.undo_button = _button("mActionUndo", tr("U&ndo"), f"{undo} ({keys})")
        self.undo_button.clicked.connect(self.undo)
        self.send_button = _button("mActionSharingExport", "", tr("Send Now"))
        self.send_button.clicked.connect(lambda: session.sync())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text, 1)
        row.addWidget(self.undo_button)
        row.addWidget(self.send_button)
        self._clock = QTimer(self, interval=TICK_MS)
        self._clock.timeout.connect(self._tell)
        for signal in (session.outboxChanged, session.connectionChanged, session.catalogueChanged):
            signal.connect(self.refresh)
        self.refresh()

    @reported
    def refresh(self) -> None:
        """Show what can be taken back now."""
        overview = self.session.overview
        self.number, self._first = overview.retractable, overview.first
        self.setVisible(self._first is not None)
        if self._first is not None:
            self._clock.start()
            self._tell()
        else:
            self._clock.stop()

    @reported
    def undo(self) -> None:
        """Take the shown decisions back; say so where some went in the very moment."""
        outbox, number = self.session.outbox, self.number
        if outbox is None or not number:
            return
        entries = outbox.retractable()
        withdrawn = self.session.withdraw(*(entry.uuid for entry in entries))
        late = number - withdrawn
        if late:
            self.messages.warning(tr("%n decision(s) may have been sent already.", None, late))
        if withdrawn:
            self.undone.emit(entries)

    @reported
    def _tell(self) -> None:
        if self._first is None:
            return
        left = _seconds_left(self._first)
        when = tr("sent in %n s", None, left) if left > 0 else tr("waits to be sent")
        self.text.setText(f"{self._what(self._first)} · {when}")

    def _what(self, entry: Entry) -> str:
        if self.number > 1:
            return tr("%n decision(s)", "batch", self.number)
        catalogue = self.session.catalogue
        status = catalogue.status(entry.decision.to_status) if catalogue else None
        name = status.name(self.session.language) if status else entry.decision.to_status
        return f"{entry.ref} → {name}"


def _seconds_left(entry: Entry) -> int:
    waited = datetime.now(timezone.utc) - parse_instant(entry.queued_at)
    return math.ceil(settings.undo_seconds() - waited.total_seconds())


def _button(icon: str, text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(theme_icon(icon))
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if text:
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button
