"""One's own decisions and meetings in QGIS's status bar: how many wait, and whether any needs a person."""

from __future__ import annotations

from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtWidgets import QToolButton, QWidget

from kmzb_qgis_plugin.gui.icons import theme_icon
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.state_strip import outbox_icon, outbox_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.session import Session


class StatusCounts(QToolButton):
    """Follows a session's outbox; not there while no connection is open."""

    def __init__(self, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.messages = messages
        self.session: Session | None = None
        self.setAutoRaise(True)
        self.setIconSize(QSize(16, 16))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setObjectName("KmzbStatusCounts")
        self.hide()

    def follow(self, session: Session) -> None:
        """Show a session's outbox from now on."""
        self.session = session
        session.outboxChanged.connect(self.refresh)
        session.connectionChanged.connect(self.refresh)
        self.refresh()

    @reported
    def refresh(self) -> None:
        """Show the outbox as it is now."""
        session = self.session
        self.setVisible(session is not None and session.outbox is not None)
        if session is None:
            return
        counts = session.overview.counts
        text = f"KMZB: {outbox_text(counts)}"
        self.setText(text)
        self.setIcon(theme_icon(outbox_icon(counts)))
        self.setToolTip(f"{text}\n{tr('Show the outbox')}")
        self.setAccessibleName(text)
