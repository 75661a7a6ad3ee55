"""A report's attachments: pictures are shown, everything else is opened elsewhere after a warning."""

from __future__ import annotations

from functools import partial

from qgis.core import QgsApplication
from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import QLocale, QSize, Qt, QTimer
from qgis.PyQt.QtGui import QImage, QPainter, QPixmap, QResizeEvent
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.client.errors import Cancelled, PasswordStoreLocked
from kmzb_qgis_plugin.client.qgis_adapter import unlocked
from kmzb_qgis_plugin.client.service_client import Attachment
from kmzb_qgis_plugin.gui.attachment_task import PREVIEW, AttachmentTask
from kmzb_qgis_plugin.gui.messages import Messages, problem_text, reported
from kmzb_qgis_plugin.gui.outside import open_outside
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica.attachments import ENDINGS, IMAGES, AttachmentStore
from kmzb_qgis_plugin.replica.queries import ThreatRow
from kmzb_qgis_plugin.session import Session
from kmzb_qgis_plugin.sync_schedule import client_of

PATIENCE_MS = 300
"""Who goes through the queue with a key does not have every report's attachments fetched."""


class AttachmentsPart(QgsCollapsibleGroupBox):
    """Visible for reports with attachments."""

    def __init__(self, session: Session, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(tr("Attachments"), parent)
        self.setObjectName("KmzbAttachments")
        self.setSettingGroup("kmzb")
        self.session = session
        self.messages = messages
        self.previews: dict[int, Preview] = {}
        self.open_buttons: dict[int, QPushButton] = {}
        self._threat_id: int | None = None
        self._number = 0
        self._open_when_there: Attachment | None = None
        self._task: AttachmentTask | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self.fetch)
        self.state = QLabel()
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.state.setWordWrap(True)
        self.progress = QProgressBar()
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.clicked.connect(self.stop)
        self.again = QPushButton(tr("Try Again"))
        self.again.clicked.connect(self._try_again)
        self.list = QVBoxLayout()
        column = QVBoxLayout(self)
        column.addLayout(self.list)
        column.addWidget(self.state)
        row = QHBoxLayout()
        row.addWidget(self.progress, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.again)
        column.addLayout(row)
        session.connectionChanged.connect(self.clear)
        self.clear()

    @reported
    def clear(self) -> None:
        """Show nothing and stop fetching."""
        self._threat_id = None
        self._patience.stop()
        self.stop()
        self._show_list([], {})
        self.hide()

    def show_threat(self, threat: ThreatRow) -> None:
        """Show a report's attachments; those of the one that is shown stay, unless others have come."""
        if (threat.fid, threat.attachments) == (self._threat_id, self._number):
            return
        self.clear()
        if threat.attachments:
            self._threat_id, self._number = threat.fid, threat.attachments
            self.setTitle(f"{tr('Attachments')} ({threat.attachments})")
            self.show()
            self._show_state(tr("Being fetched…"), busy=True)
            self._patience.start()

    @reported
    def fetch(self, *wanted: int) -> None:
        """Fetch the pictures, and whatever else is wanted by its id."""
        connection, threat_id = self.session.connection, self._threat_id
        if connection is None or threat_id is None:
            return
        self._patience.stop()
        self.stop()
        if not unlocked(connection.authcfg):
            self._show_state(problem_text(PasswordStoreLocked("attachments are not fetched")))
            return
        task = AttachmentTask(
            tr("Fetching attachments"),
            partial(client_of, connection),
            AttachmentStore(settings.workspace_folder(connection)),
            threat_id,
            wanted,
        )
        task.done.connect(self._take)
        task.progressChanged.connect(lambda percent: self.progress.setValue(round(percent)))
        self._task = task
        self._show_state(tr("Being fetched…"), busy=True)
        QgsApplication.taskManager().addTask(task)

    @reported
    def _try_again(self) -> None:
        """Fetch once more; QGIS may ask for its master password, or the person to sign in again."""
        if self.session.connection is not None:
            unlocked(self.session.connection.authcfg, ask=True)
        self.fetch()

    @reported
    def stop(self) -> None:
        """Stop fetching, and opening what was to be fetched; what is there stays."""
        self._open_when_there = None
        task, self._task = self._task, None
        if task is not None:
            task.done.disconnect(self._take)
            task.cancel()
            self._show_state(tr("Stopped."))

    @reported
    def _take(self, task: AttachmentTask) -> None:
        if task is not self._task:
            return
        self._task = None
        self._show_list(task.attachments or [], task.previews)
        if task.error is None:
            self._show_state("", again=False)
        elif isinstance(task.error, Cancelled):
            self._show_state(tr("Stopped."))
        elif task.attachments is None:
            self._show_state(tr("They are not on this computer yet. {}").format(problem_text(task.error)))
        else:
            self._show_state(problem_text(task.error))
        awaited, self._open_when_there = self._open_when_there, None
        if awaited is not None and task.error is None:
            self._open_file(awaited)

    def _show_list(self, attachments: list[Attachment], previews: dict[int, QImage]) -> None:
        while self.list.count():
            widget = self.list.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()
        self.previews, self.open_buttons = {}, {}
        for attachment in attachments:
            if attachment.id in previews:
                self.previews[attachment.id] = Preview(previews[attachment.id], attachment.name)
                self.list.addWidget(self.previews[attachment.id])
            self.list.addWidget(self._row(attachment))

    def _row(self, attachment: Attachment) -> QWidget:
        size = QLocale().formattedDataSize(attachment.size)
        text = QLabel(f"{attachment.name} · {size}")
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        button = QPushButton(tr("Open…"))
        button.setAccessibleName(tr("Open {}").format(attachment.name))
        button.setEnabled(attachment.media_type in ENDINGS)
        if not button.isEnabled():
            button.setToolTip(tr("Files of this kind are not opened from here"))
        button.clicked.connect(lambda: self._open(attachment))
        self.open_buttons[attachment.id] = button
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(text, 1)
        line.addWidget(button)
        return row

    @reported
    def _open(self, attachment: Attachment) -> None:
        """Open an attachment elsewhere, after a warning where it is no picture; fetch it first if need be."""
        connection = self.session.connection
        if connection is None or self._threat_id is None:
            return
        if attachment.media_type not in IMAGES and not self._warned(attachment):
            return
        store = AttachmentStore(settings.workspace_folder(connection))
        if store.has(self._threat_id, attachment):
            self._open_file(attachment)
        else:
            self.fetch(attachment.id)
            self._open_when_there = attachment

    def _warned(self, attachment: Attachment) -> bool:
        answer = QMessageBox.warning(
            self,
            tr("Open Attachment"),
            tr(
                "“{}” was sent by somebody who is not known. Opening it in another program can harm this "
                "computer. Open it all the same?"
            ).format(attachment.name),
            QMessageBox.StandardButton.Open | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        return answer == QMessageBox.StandardButton.Open

    def _open_file(self, attachment: Attachment) -> None:
        connection = self.session.connection
        if connection is None or self._threat_id is None:
            return
        store = AttachmentStore(settings.workspace_folder(connection))
        open_outside(store.path(self._threat_id, attachment), self.messages)

    def _show_state(self, text: str, busy: bool = False, again: bool = True) -> None:
        self.state.setText(text)
        self.state.setVisible(bool(text))
        self.progress.setVisible(busy)
        self.progress.setValue(0)
        self.cancel.setVisible(busy)
        self.again.setVisible(bool(text) and not busy and again)


class Preview(QLabel):
    """A picture as wide as there is room for.

    Args:
        image: at most of the size that previews have.
        name: what screen readers say.
    """

    def __init__(self, image: QImage, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap.fromImage(image)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._fit(PREVIEW.width() // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        room = QSize(max(width, 1), PREVIEW.height() // 2)
        picture = self._picture
        if picture.width() > room.width() or picture.height() > room.height():
            picture = _smaller(picture, picture.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
        self.setPixmap(picture)
        self.setFixedHeight(picture.height())


def _smaller(picture: QPixmap, size: QSize) -> QPixmap:
    """A picture of another size.

    Not by Qt's smooth scaling: that waits for a thread of the pool that QGIS's tasks run in, while this
    thread has Python. Where all of them run tasks of ours, each waited for the other, for ever.
    """
    smaller = QPixmap(size)
    smaller.fill(Qt.GlobalColor.transparent)
    painter = QPainter(smaller)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(smaller.rect(), picture)
    painter.end()
    return smaller
