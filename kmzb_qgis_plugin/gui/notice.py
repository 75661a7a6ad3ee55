"""What a dock shows while there is nothing to work on: no connection, the first load, or why it failed."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from kmzb_qgis_plugin.gui.messages import problem_text
from kmzb_qgis_plugin.gui.words import clock_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.session import Session


class Notice(QWidget):
    """A sentence, how far the first load is, and the one thing that can be done about it."""

    connectionsRequested = pyqtSignal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.progress = QProgressBar()
        self.connect_button = QPushButton(tr("Connections…"))
        self.connect_button.clicked.connect(self.connectionsRequested)
        self.retry_button = QPushButton(tr("Try Again"))
        self.retry_button.clicked.connect(lambda: session.sync())
        self.cancel_button = QPushButton(tr("Cancel"))
        self.cancel_button.clicked.connect(session.cancel_sync)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addStretch(2)
        layout.addWidget(self.text)
        layout.addWidget(self.progress)
        for button in (self.connect_button, self.retry_button, self.cancel_button):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        session.syncProgressed.connect(self._show_progress)

    def refresh(self) -> None:
        """Say how things stand with the session now."""
        session = self._session
        connection = session.connection
        syncing = connection is not None and session.syncing
        if connection is None:
            self.text.setText(tr("No connection is open. Choose the service that you work with."))
        elif syncing:
            self.text.setText(tr("Loading threats from “{}”").format(connection.name))
        elif session.last_error is not None:
            text = problem_text(session.last_error)
            if session.retry_at is not None:
                again = tr("The service is asked again at {}.").format(clock_text(session.retry_at))
                text = f"{text}\n\n{again}"
            self.text.setText(text)
        else:
            self.text.setText(tr("Nothing has been loaded from “{}” yet.").format(connection.name))
        self.progress.setVisible(syncing)
        self.cancel_button.setVisible(syncing)
        self.connect_button.setVisible(not syncing)
        self.retry_button.setVisible(connection is not None and not syncing)

    def _show_progress(self, percent: float) -> None:
        self.progress.setValue(round(percent))
