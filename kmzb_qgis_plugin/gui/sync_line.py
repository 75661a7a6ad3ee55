"""A line that says how fresh the data are, with the button that synchronises."""

from __future__ import annotations

from datetime import datetime, timezone

from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from kmzb_qgis_plugin.client.errors import Cancelled
from kmzb_qgis_plugin.gui.icons import theme_icon
from kmzb_qgis_plugin.gui.messages import Messages, problem_text, reported
from kmzb_qgis_plugin.gui.words import age_text, clock_text, moment_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.session import Session

REFRESH_MS = 30_000
"""After which ages are told anew."""


class SyncLine(QWidget):
    """The state of the synchronisation."""

    def __init__(self, session: Session, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.messages = messages
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.button = QToolButton()
        self.button.setAutoRaise(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self._sync_or_stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        for signal in (session.syncStateChanged, session.connectionChanged, session.replicaOpened):
            signal.connect(self.refresh)
        session.syncProgressed.connect(self._show_progress)
        self._clock = QTimer(self, interval=REFRESH_MS)
        self._clock.timeout.connect(self.refresh)
        self._clock.start()
        self.refresh()

    @reported
    def refresh(self) -> None:
        """Say how things stand now."""
        session = self.session
        syncing = session.connection is not None and session.syncing
        self.button.setIcon(theme_icon("mTaskCancel" if syncing else "mActionRefresh"))
        text = tr("Stop Synchronising") if syncing else tr("Synchronise")
        self.button.setToolTip(text)
        self.button.setAccessibleName(text)
        self.button.setEnabled(session.connection is not None)
        error = session.last_error
        self.text.setToolTip(problem_text(error) if error is not None else moment_text(session.last_sync))
        if session.connection is None:
            self.text.setText(tr("Not connected"))
        elif syncing:
            self.text.setText(tr("Synchronising…"))
        else:
            self.text.setText(self._freshness(error))

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

    def _show_progress(self, percent: float) -> None:
        if self.session.syncing:
            self.text.setText(tr("Synchronising… {} %").format(round(percent)))

    @reported
    def _sync_or_stop(self) -> None:
        if self.session.syncing:
            self.session.cancel_sync()
        else:
            self.session.sync()
