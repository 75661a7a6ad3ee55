"""Attachments of reports: rows in the database, the files beside it by their SHA-256.

A file is written once and never changed, so that two reports can share it and
a backup can copy it at any time. What no row speaks of is swept away later.
"""

from __future__ import annotations

import errno
import hashlib
import os
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, Engine, insert, select, update

from kmzb_service.database.engine import reading, take_positions, writing
from kmzb_service.database.instants import whole_milliseconds
from kmzb_service.database.tables import attachment, threat
from kmzb_service.intake.file_types import FileType, safe_name, type_of
from kmzb_service.intake.outcome import wait_for_turn
from kmzb_service.intake.rules import NoSuchThreat, RuleBroken
from kmzb_service.security.gate import Caller
from kmzb_service.security.readable import readable_threat
from kmzb_service.settings import Settings

MAX_ATTACHMENTS = 3
MAX_BYTES = 5 * 1024 * 1024  # of one report's attachments in all
_FIELD = "file"
_CHUNK = 256 * 1024
_UNFINISHED = ".part"
# Nobody is still about to write the row of a file that is older.
_ABANDONED_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Upload:
    """A file as a client sends it: the name it gives, and its bytes."""

    name: str
    file: BinaryIO


@dataclass(frozen=True)
class Attachment:
    """What is known of an attachment; the order is that of the answers' members."""

    id: int
    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class _Part:
    """A file on its way in."""

    path: Path
    name: str
    kind: FileType
    size: int
    sha256: str


_COLUMNS = [attachment.c[name] for name in Attachment.__annotations__]


class AttachmentStore:
    """Keeps the attachments of an installation.

    Args:
        engine: an initialised database.
        settings: in whose data folder the files are.
    """

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._engine = engine
        self.folder = attachment_folder(settings)

    def add(self, threat_id: int, uploads: Sequence[Upload], caller: Caller) -> tuple[list[Attachment], bool]:
        """Add files to a threat, all of them or none; one that it has already is not added again.

        Returns:
            All attachments of the threat, and whether any is new.

        Raises:
            NoSuchThreat: there is none, for this caller.
            RuleBroken: the files are not what the platform takes.
            OSError: they cannot be written; nothing is left of them.
        """
        _check_amount(len(uploads), 0)
        self._sweep_parts()
        with ExitStack() as stack:
            parts = {part.sha256: part for part in (stack.enter_context(self._part(one)) for one in uploads)}
            with writing(self._engine) as connection:
                wait_for_turn(connection)
                _require_threat(connection, threat_id, caller)
                present = attachments_of(connection, threat_id)
                known = {one.sha256 for one in present}
                new = [part for sha256, part in parts.items() if sha256 not in known]
                sizes = [one.size for one in present] + [part.size for part in new]
                _check_amount(len(sizes), sum(sizes))
                for part in new:
                    self._put(part)
                if new:
                    _write_rows(connection, threat_id, new, caller.name)
                return attachments_of(connection, threat_id), bool(new)

    def path(self, sha256: str) -> Path:
        """Where the file with this content is."""
        return self.folder / sha256[:2] / sha256

    def lost(self) -> Iterator[str]:
        """One sentence for every attachment whose file is not there or was changed."""
        query = select(attachment.c.id, attachment.c.threat_id, attachment.c.sha256).order_by(attachment.c.id)
        with reading(self._engine) as connection:
            for row in connection.execute(query):
                where = f"attachment {row.id} of threat {row.threat_id}: {self.path(row.sha256)}"
                try:
                    with self.path(row.sha256).open("rb") as file:
                        if hashlib.file_digest(file, "sha256").hexdigest() != row.sha256:
                            yield f"{where} was changed"
                except FileNotFoundError:
                    yield f"{where} is missing"

    def sweep(self) -> int:
        """Remove the files that have belonged to no attachment for a day; return how many."""
        removed = 0
        for folder in sorted(self.folder.glob("??")):
            # nobody adds an attachment meanwhile, so that none can begin to belong to one
            with writing(self._engine) as connection:
                wait_for_turn(connection)
                query = select(attachment.c.sha256).where(attachment.c.sha256.startswith(folder.name))
                wanted = set(connection.execute(query).scalars())
                for path in folder.iterdir():
                    if path.name not in wanted and _is_abandoned(path):
                        path.unlink()
                        removed += 1
        self._sweep_parts()
        return removed

    def _sweep_parts(self) -> None:
        for path in self.folder.glob(f"*{_UNFINISHED}"):
            if _is_abandoned(path):
                path.unlink(missing_ok=True)

    @contextmanager
    def _part(self, upload: Upload) -> Iterator[_Part]:
        """A copy of an upload, safely on the disk under a name of our own until it is put in its place."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{uuid.uuid4().hex}{_UNFINISHED}"
        try:
            size, sha256 = _copy(upload.file, path)
            if not size:
                raise RuleBroken("attachment_empty", _FIELD, f"{_shown(upload)} is empty")
            kind = type_of(path)
            if kind is None:
                raise RuleBroken(
                    "attachment_type",
                    _FIELD,
                    f"{_shown(upload)} is not a JPG, PDF, 3gp, mov, doc or txt file, whatever its name says",
                )
            yield _Part(path, safe_name(upload.name, kind), kind, size, sha256)
        finally:
            path.unlink(missing_ok=True)

    def _put(self, part: _Part) -> None:
        """Give a file its name; the same content may be there already."""
        place = self.path(part.sha256)
        place.parent.mkdir(exist_ok=True)
        part.path.replace(place)
        for folder in (place.parent, self.folder):
            _to_disk(folder)


def copy_attachments(source: Path, target: Path) -> int:
    """Copy the files that a folder of attachments has and another lacks; return how many.

    Raises:
        OSError: one cannot be copied, or is not what its name says; those before it are there.
    """
    target.mkdir(parents=True, exist_ok=True)
    copied = 0
    for path in sorted(source.glob("??/*")):
        place = target / path.parent.name / path.name
        if place.exists():
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        part = target / f"{uuid.uuid4().hex}{_UNFINISHED}"
        try:
            with path.open("rb") as file:
                _, sha256 = _copy(file, part)
            if sha256 != path.name:
                raise OSError(errno.EIO, "the file was changed since it was stored", str(path))
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)
        copied += 1
    return copied


def attachment_folder(settings: Settings) -> Path:
    """Where the attachments of an installation are."""
    return settings.data_dir / "attachments"


def attachments_of(connection: Connection, threat_id: int) -> list[Attachment]:
    """The attachments of a threat, oldest first."""
    query = select(*_COLUMNS).where(attachment.c.threat_id == threat_id).order_by(attachment.c.id)
    return [Attachment(*row) for row in connection.execute(query)]


def _require_threat(connection: Connection, threat_id: int, caller: Caller) -> None:
    """See that a caller may add to a threat: a sender to what it has sent, others to what they may read.

    Raises:
        NoSuchThreat: there is none, for this caller.
    """
    own = select(threat.c.id).where(
        threat.c.id == threat_id, threat.c.removed.is_(False), threat.c.sent_by == caller.name
    )
    if connection.execute(own).first() is None and readable_threat(connection, caller, threat_id) is None:
        raise NoSuchThreat(threat_id)


def _check_amount(number: int, size: int) -> None:
    if number > MAX_ATTACHMENTS:
        raise RuleBroken(
            "too_many_attachments", _FIELD, f"a report has {MAX_ATTACHMENTS} attachments at most"
        )
    if size > MAX_BYTES:
        raise RuleBroken(
            "attachments_too_large", _FIELD, f"{size} bytes in all, {MAX_BYTES} are allowed for a report"
        )


def _write_rows(connection: Connection, threat_id: int, parts: Sequence[_Part], sender: str) -> None:
    """The rows of new attachments; the report's version stays, a decision is none the staler for them."""
    now = whole_milliseconds(datetime.now(UTC))
    connection.execute(
        update(threat)
        .where(threat.c.id == threat_id)
        .values(
            attachments=threat.c.attachments + len(parts),
            updated_at=now,
            seq=take_positions(connection, 1),
        )
    )
    connection.execute(
        insert(attachment),
        [
            {
                "threat_id": threat_id,
                "name": part.name,
                "media_type": part.kind.media_type,
                "size": part.size,
                "sha256": part.sha256,
                "sent_by": sender,
                "received_at": now,
            }
            for part in parts
        ],
    )


def _is_abandoned(path: Path) -> bool:
    """Whether a file is older than any request; one that its request has just moved or removed is not."""
    try:
        return path.stat().st_mtime < time.time() - _ABANDONED_SECONDS
    except FileNotFoundError:
        return False


def _shown(upload: Upload) -> str:
    return repr(upload.name[:80])


def _copy(source: BinaryIO, path: Path) -> tuple[int, str]:
    """Copy a stream to a new file and on to the disk; return its size in bytes and SHA-256."""
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
            size += len(chunk)
        target.flush()
        os.fsync(target.fileno())
    return size, digest.hexdigest()


def _to_disk(folder: Path) -> None:
    """See to it that a folder's newest names outlive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
