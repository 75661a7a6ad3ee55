"""Two lines that are always in sight: how fresh the data are, and what became of what one entered."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from kmzb_qgis_plugin.gui.icons import theme_icon
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.sync_line import SyncLine
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.session import Session

ICON_MARGIN = 8
"""Pixels between icon and text, and at the end."""


def outbox_text(counts: Mapping[str, int]) -> str:
    """How many entries of the outbox have each state; what needs a person is named where there is some."""
    waiting = counts.get("waiting", 0) + counts.get("sending", 0)
    parts = [tr("Waiting {}").format(waiting), tr("Sent {}").format(counts.get("sent", 0))]
    if counts.get("draft"):
        parts.insert(0, tr("Drafts {}").format(counts["draft"]))
    if counts.get("conflict"):
        parts.insert(0, tr("In conflict {}").format(counts["conflict"]))
    if counts.get("rejected"):
        parts.insert(0, tr("Rejected {}").format(counts["rejected"]))
    return " · ".join(parts)


def outbox_icon(counts: Mapping[str, int]) -> str:
    """The sign of an outbox: something needs a person, waits, or is being written, or all is well."""
    if counts.get("conflict") or counts.get("rejected"):
        return "mIconWarning"
    if counts.get("waiting") or counts.get("sending"):
        return "mActionSharingExport"
    return "mActionToggleEditing" if counts.get("draft") else "mIconSuccess"


class StateStrip(QWidget):
    """The state of the synchronisation and of the outbox."""

    outboxRequested = pyqtSignal()

    def __init__(self, session: Session, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.messages = messages
        self.sync = SyncLine(session, messages)
        self.outbox_button = QPushButton()
        self.outbox_button.setFlat(True)
        self.outbox_button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.outbox_button.setStyleSheet("text-align: left; padding: 2px 0px")
        self.outbox_button.clicked.connect(self.outboxRequested)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.outbox_button)
        column.addWidget(self.sync)
        session.connectionChanged.connect(self.refresh)
        session.outboxChanged.connect(self.refresh)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh()

    @reported
    def refresh(self) -> None:
        """Say how things stand in the outbox now."""
        counts = self.session.overview.counts
        text = outbox_text(counts)
        # In a narrow dock the text ends in "…", and the whole is in the tip.
        room = self.width() - self.outbox_button.iconSize().width() - ICON_MARGIN
        metrics = self.outbox_button.fontMetrics()
        self.outbox_button.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, room))
        self.outbox_button.setToolTip(text + "\n" + tr("Show the outbox"))
        self.outbox_button.setIcon(theme_icon(outbox_icon(counts)))
        self.outbox_button.setEnabled(self.session.outbox is not None)
