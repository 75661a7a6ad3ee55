"""Fetches a report's attachments in the background and makes the pictures among them small."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from qgis.core import QgsTask
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QImage, QImageReader

from kmzb_qgis_plugin.client.errors import Cancelled
from kmzb_qgis_plugin.client.service_client import Attachment, ServiceClient
from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.replica.attachments import IMAGES, AttachmentStore

PREVIEW = QSize(640, 480)
"""Pixels at most."""
MOST_PIXELS = 100_000_000
"""Of a picture that is opened: more is no photograph, but a trap."""


class AttachmentTask(QgsTask):
    """Lists the attachments, fetches the pictures and whatever else is wanted.

    Without an answer from the service, what is on this computer has to do; :attr:`error` then says why.

    Attributes:
        attachments: of the report; None where they are not known.
        previews: small pictures, by the attachment's id.
        error: what went wrong, None where nothing did.

    Args:
        description: what the task manager shows.
        make_client: called on the task's thread.
        store: the connection's.
        threat_id: the report.
        wanted: ids of attachments that are to be fetched though they are no pictures.
    """

    done = pyqtSignal(object)
    """In the interface's thread, when all is over: the task itself."""

    def __init__(
        self,
        description: str,
        make_client: Callable[[Callable[[], bool]], ServiceClient],
        store: AttachmentStore,
        threat_id: int,
        wanted: Collection[int] = (),
    ) -> None:
        super().__init__(description, QgsTask.Flag.CanCancel)
        self.threat_id = threat_id
        self.wanted = wanted
        self.attachments: list[Attachment] | None = None
        self.previews: dict[int, QImage] = {}
        self.error: KmzbError | None = None
        self._make_client = make_client
        self._store = store

    def run(self) -> bool:
        """Fetch; never raises, which would end QGIS."""
        try:
            self._store.sweep()
            self.attachments = self._store.known(self.threat_id)
            self._fetch()
        except KmzbError as error:
            self.error = error
        except Exception as error:  # noqa: BLE001 - the boundary: whatever it is, it is told
            self.error = KmzbError(f"the attachments could not be fetched: {error!r}")
        try:
            self._make_previews()
        except KmzbError as error:
            self.error = self.error or error
        return self.error is None

    def finished(self, succeeded: bool) -> None:
        """Tell that it is over. A task that was cancelled before it ran has an error too."""
        if not succeeded and self.error is None:
            self.error = Cancelled("cancelled before it began")
        self.done.emit(self)

    def _fetch(self) -> None:
        client = self._make_client(self.isCanceled)
        self.attachments = client.attachments(self.threat_id)
        self._store.remember(self.threat_id, self.attachments)
        wanted = [one for one in self.attachments if one.media_type in IMAGES or one.id in self.wanted]
        total = sum(one.size for one in wanted)
        before = 0
        for attachment in wanted:

            def progress(done: int, _size: int, before: int = before) -> None:
                self.setProgress(100 * (before + done) / max(total, 1))

            self._store.fetch(client, self.threat_id, attachment, progress, self.isCanceled)
            before += attachment.size

    def _make_previews(self) -> None:
        for attachment in self.attachments or ():
            if attachment.media_type in IMAGES and self._store.has(self.threat_id, attachment):
                image = preview(self._store.path(self.threat_id, attachment), IMAGES[attachment.media_type])
                if not image.isNull():
                    self.previews[attachment.id] = image


def preview(path: Path, kind: bytes) -> QImage:
    """A picture made small; a null one where the file is none of its kind or asks for too much memory."""
    reader = QImageReader(str(path), kind)
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_PIXELS:
        return QImage()
    if size.width() > PREVIEW.width() or size.height() > PREVIEW.height():
        reader.setScaledSize(size.scaled(PREVIEW, Qt.AspectRatioMode.KeepAspectRatio))
    # In the window's thread Qt would convert it with threads of the pool that tasks like this one take.
    return reader.read().convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
