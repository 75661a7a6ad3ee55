"""Attachments of reports on this computer: fetched once, checked, shown without a network.

Nothing that came from outside decides what a file is called here: its name is made
of ids, and its ending is one of a few that no computer carries out.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from kmzb_qgis_plugin.client.errors import IncompleteDownload
from kmzb_qgis_plugin.client.service_client import Attachment, ServiceClient
from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.text import Tr
from kmzb_qgis_plugin.replica.errors import storage_errors

FOLDER_NAME: Final = "attachments"
MOST_BYTES: Final = 10 << 20
"""Of one attachment; the service takes 5 MB of a report's in all."""
KEPT_BYTES: Final = 200 << 20
KEPT_DAYS: Final = 30
ENDINGS: Final = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "application/pdf": ".pdf",
    "video/3gpp": ".3gp",
    "video/quicktime": ".mov",
    "application/msword": ".doc",
    "text/plain": ".txt",
}
IMAGES: Final = {"image/jpeg": b"jpeg", "image/png": b"png"}
"""What is shown here, by media type: the name of Qt's reader."""
# Windows then opens it as what it is: a file from elsewhere, in Office's protected view.
_FROM_ELSEWHERE: Final = "[ZoneTransfer]\r\nZoneId=3\r\n"


class AttachmentTooLarge(KmzbError):
    """An attachment is larger than what is fetched."""

    def user_message(self, tr: Tr) -> str:
        return tr("The attachment is too large to be fetched. Ask the service's administrator for it.")


class AttachmentStore:
    """The attachments of one connection.

    Args:
        workspace: the connection's folder.
    """

    def __init__(self, workspace: Path) -> None:
        self.folder = workspace / FOLDER_NAME

    def path(self, threat_id: int, attachment: Attachment) -> Path:
        """Where an attachment lies, or would; without an ending where its type is not one that we know."""
        return self.folder / f"{threat_id}-{attachment.id}{ENDINGS.get(attachment.media_type, '')}"

    def has(self, threat_id: int, attachment: Attachment) -> bool:
        """Whether an attachment is here as it was sent."""
        path = self.path(threat_id, attachment)
        with storage_errors(path):
            return path.is_file() and _sha256(path) == attachment.sha256

    def known(self, threat_id: int) -> list[Attachment] | None:
        """A report's attachments as they were last listed, None where they never were."""
        path = self._list_path(threat_id)
        try:
            with storage_errors(path):
                text = path.read_text(encoding="utf-8") if path.is_file() else "null"
            rows = json.loads(text)
            return None if rows is None else [Attachment(**row) for row in rows]
        except (TypeError, ValueError):
            return None

    def remember(self, threat_id: int, attachments: Sequence[Attachment]) -> None:
        """Keep the list of a report's attachments."""
        path = self._list_path(threat_id)
        with storage_errors(self.folder):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_text(json.dumps([asdict(one) for one in attachments]), encoding="utf-8")

    def fetch(
        self,
        client: ServiceClient,
        threat_id: int,
        attachment: Attachment,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> Path:
        """Download an attachment unless it is here.

        Raises:
            AttachmentTooLarge: it is not even tried.
            IncompleteDownload: what came is not what was announced; it is removed.
        """
        path = self.path(threat_id, attachment)
        if self.has(threat_id, attachment):
            return path
        if attachment.size > MOST_BYTES:
            raise AttachmentTooLarge(f"{attachment.url} has {attachment.size} bytes")
        part = path.with_name(path.name + ".part")
        with storage_errors(self.folder):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            client.download(attachment, part, progress, cancelled)
            if _sha256(part) != attachment.sha256:
                part.unlink()
                raise IncompleteDownload(f"{attachment.url}: the SHA-256 of what arrived is another one")
            part.chmod(0o600)
            if os.name == "nt":
                Path(f"{part}:Zone.Identifier").write_text(_FROM_ELSEWHERE, encoding="ascii")
            part.replace(path)
        return path

    def sweep(self) -> None:
        """Remove what was not looked at for long, and the oldest of what is too much."""
        with storage_errors(self.folder):
            files = [(path.stat(), path) for path in self.folder.glob("*")]
            oldest, kept = time.time() - KEPT_DAYS * 86400, 0
            for stat, path in sorted(files, key=lambda one: one[0].st_mtime, reverse=True):
                kept += stat.st_size
                if kept > KEPT_BYTES or stat.st_mtime < oldest:
                    path.unlink(missing_ok=True)

    def clear(self) -> None:
        """Remove everything."""
        with storage_errors(self.folder):
            for path in self.folder.glob("*"):
                path.unlink(missing_ok=True)

    def _list_path(self, threat_id: int) -> Path:
        return self.folder / f"{threat_id}.json"


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
