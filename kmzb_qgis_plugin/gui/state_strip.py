"""Two lines that are always in sight: how fresh the data are, and what became of what one entered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone

from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin.client.errors import Cancelled
from kmzb_qgis_plugin.gui.icons import theme_icon
from kmzb_qgis_plugin.gui.messages import Messages, problem_text, reported
from kmzb_qgis_plugin.gui.words import age_text, clock_text, moment_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.session import Session

REFRESH_MS = 30_000
ICON_MARGIN = 8
"""Pixels between icon and text, and at the end."""


def outbox_text(counts: Mapping[str, int]) -> str:
    """How many entries of the outbox have each state; what needs a person is named where there is some."""
    waiting = counts.get("waiting", 0) + counts.get("sending", 0)
    parts = [tr("Waiting {}").format(waiting), tr("Sent {}").format(counts.get("sent", 0))]
    if counts.get("conflict"):
        parts.insert(0, tr("In conflict {}").format(counts["conflict"]))
    if counts.get("rejected"):
        parts.insert(0, tr("Rejected {}").format(counts["rejected"]))
    return " · ".join(parts)


def outbox_icon(counts: Mapping[str, int]) -> str:
    """The sign of an outbox: something needs a person, something waits, or all is well."""
    if counts.get("conflict") or counts.get("rejected"):
        return "mIconWarning"
    waits = counts.get("waiting") or counts.get("sending")
    return "mActionSharingExport" if waits else "mIconSuccess"


class StateStrip(QWidget):
    """The state of the synchronisation and of the outbox."""

    outboxRequested = pyqtSignal()

    def __init__(self, session: Session, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.messages = messages
        self.sync_text = QLabel()
        self.sync_text.setTextFormat(Qt.TextFormat.PlainText)
        self.sync_text.setWordWrap(True)
        self.sync_button = QToolButton()
        self.sync_button.setAutoRaise(True)
        self.sync_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.sync_button.clicked.connect(self._sync_or_stop)
        self.outbox_button = QPushButton()
        self.outbox_button.setFlat(True)
        self.outbox_button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.outbox_button.setStyleSheet("text-align: left; padding: 2px 0px")
        self.outbox_button.clicked.connect(self.outboxRequested)
        upper = QHBoxLayout()
        upper.addWidget(self.sync_text, 1)
        upper.addWidget(self.sync_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.outbox_button)
        column.addLayout(upper)
        session.syncStateChanged.connect(self.refresh)
        session.connectionChanged.connect(self.refresh)
        session.replicaOpened.connect(self.refresh)
        session.outboxChanged.connect(self.refresh)
        session.syncProgressed.connect(self._show_progress)
        self._clock = QTimer(self, interval=REFRESH_MS)
        self._clock.timeout.connect(self.refresh)
        self._clock.start()
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_outbox()

    @reported
    def refresh(self) -> None:
        """Say how things stand now."""
        self._show_sync()
        self._show_outbox()

    def _show_sync(self) -> None:
        session = self.session
        syncing = session.connection is not None and session.syncing
        self.sync_button.setIcon(theme_icon("mTaskCancel" if syncing else "mActionRefresh"))
        text = tr("Stop Synchronising") if syncing else tr("Synchronise")
        self.sync_button.setToolTip(text)
        self.sync_button.setAccessibleName(text)
        self.sync_button.setEnabled(session.connection is not None)
        error = session.last_error
        self.sync_text.setToolTip(
            problem_text(error) if error is not None else moment_text(session.last_sync)
        )
        if session.connection is None:
            self.sync_text.setText(tr("Not connected"))
        elif syncing:
            self.sync_text.setText(tr("Synchronising…"))
        else:
            self.sync_text.setText(self._freshness(error))

    def _freshness(self, error: Exception | None) -> str:
        last = self.session.last_sync
        age = age_text(last, datetime.now(timezone.utc)) if last else ""
        if error is None or isinstance(error, Cancelled):
            return tr("Synchronised {}").format(age) if age else tr("Not synchronised yet")
        if self.session.retry_at is not None:
            return tr("⚠ The service is not ready; asked again at {}").format(
                clock_text(self.session.retry_at)
            )
        if getattr(error, "try_again", False):
            return tr("⚠ Working offline; last synchronised {}").format(age or "–")
        return tr("⚠ Synchronisation failed, last done {}: {}").format(age or "–", problem_text(error))

    def _show_outbox(self) -> None:
        outbox = self.session.outbox
        counts = outbox.counts() if outbox is not None else {}
        text = outbox_text(counts)
        # In a narrow dock the text ends in "…", and the whole is in the tip.
        room = self.width() - self.outbox_button.iconSize().width() - ICON_MARGIN
        metrics = self.outbox_button.fontMetrics()
        self.outbox_button.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, room))
        self.outbox_button.setToolTip(text + "\n" + tr("Show the outbox"))
        self.outbox_button.setIcon(theme_icon(outbox_icon(counts)))
        self.outbox_button.setEnabled(outbox is not None)

    def _show_progress(self, percent: float) -> None:
        if self.session.syncing:
            self.sync_text.setText(tr("Synchronising… {} %").format(round(percent)))

    @reported
    def _sync_or_stop(self) -> None:
        if self.session.syncing:
            self.session.cancel_sync()
        else:
            self.session.sync()
