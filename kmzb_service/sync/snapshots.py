"""Snapshots: ready-made files from which a desk starts, and their manifests.

A snapshot is there when its manifest is: the file comes into place first, the
manifest last, each by a rename, so that a half-made one is never seen. A
manifest's time of change is when a desk last asked for its scope.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from kmzb_service.database.engine import current_position, epoch, reading
from kmzb_service.database.instants import instant_text
from kmzb_service.database.turns import snapshot_turn
from kmzb_service.security.scope import COUNTRY_KEY, EVERYTHING, Reach, Scope
from kmzb_service.security.units import UnitTree
from kmzb_service.settings import Settings
from kmzb_service.sync.cursor import Cursor
from kmzb_service.sync.geopackage import SCHEMA_VERSION, Progress, write_geopackage

# A scope that no desk has asked for in so long is not used: its snapshots are neither renewed nor kept.
_UNUSED_SECONDS = 14 * 24 * 3600
# How exactly it is noted when a scope was asked for.
_ASKED_PRECISION = 3600
# A desk that has begun to load the last snapshot can still finish it.
_GENERATIONS = 2
# Unfinished files older than this belong to a process that was killed.
_ABANDONED_SECONDS = 6 * 3600
_UNFINISHED = ".part"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SnapshotInfo:
    """What a manifest says of its snapshot file."""

    file: str
    size: int
    sha256: str
    cursor: str
    built_at: str
    schema_version: int
    scope: str
    reach: Reach = "country"
    voivodeship: str | None = None
    unit: str | None = None

    @property
    def part(self) -> tuple[Reach, str | None]:
        """The part of the map that it is of, whatever units lie in it just now."""
        return (self.reach, self.unit if self.reach == "own" else self.voivodeship)

    def scope_now(self, tree: UnitTree) -> Scope:
        """The scope of a snapshot of the same part that is made now."""
        if self.reach == "own":
            return Scope.of(tree, self.unit, self.reach)
        return Scope(self.reach, self.voivodeship)


def snapshot_folder(settings: Settings) -> Path:
    """Where the snapshots of an installation are."""
    return settings.data_dir / "snapshots"


def build_snapshot(
    engine: Engine, settings: Settings, progress: Progress | None = None, scope: Scope = EVERYTHING
) -> SnapshotInfo:
    """Make a snapshot of the present state, once no other process makes one.

    Older ones of the scope than the last two are removed.

    Args:
        engine: the service's database.
        settings: says in which folder the file goes.
        scope: who may load it.
        progress: told the rows written and the rows in all, now and then.

    Raises:
        OSError, RuntimeError, sqlite3.Error: the file cannot be written; nothing is left of it.
    """
    with snapshot_turn(engine, wait=True):
        return _build(engine, settings, scope, progress)


def build_if_needed(
    engine: Engine,
    settings: Settings,
    needed: Callable[[], bool],
    progress: Progress | None = None,
    scope: Scope = EVERYTHING,
) -> SnapshotInfo | None:
    """Make a snapshot like :func:`build_snapshot`, but not while another process makes one.

    Args:
        engine, settings, progress, scope: as for :func:`build_snapshot`.
        needed: asked once no other process can make one any more.
    """
    with snapshot_turn(engine, wait=False) as mine:
        return _build(engine, settings, scope, progress) if mine and needed() else None


def _build(engine: Engine, settings: Settings, scope: Scope, progress: Progress | None) -> SnapshotInfo:
    folder = snapshot_folder(settings)
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    part = folder / f"{uuid.uuid4().hex}{_UNFINISHED}.gpkg"
    try:
        with reading(engine) as connection:
            cursor = Cursor(epoch(connection), current_position(connection), scope.key)
            built_at = instant_text(datetime.now(UTC))
            facts = {
                "schema_version": str(SCHEMA_VERSION),
                "epoch": cursor.epoch,
                "cursor": cursor.encode(),
                "built_at": built_at,
            }
            write_geopackage(part, connection, scope, facts, progress)
        size, digest = _seal(part)
        info = SnapshotInfo(
            file=f"kmzb-{cursor.position}-{digest[:12]}.gpkg",
            size=size,
            sha256=digest,
            cursor=cursor.encode(),
            built_at=built_at,
            schema_version=SCHEMA_VERSION,
            scope=scope.key,
            reach=scope.reach,
            voivodeship=None if scope.whole else scope.voivodeship,
            unit=scope.unit if scope.reach == "own" else None,
        )
        part.replace(folder / info.file)
    finally:
        part.unlink(missing_ok=True)
    _write_manifest(folder, info)
    _keep_newest(folder, info.part)
    _log.info("snapshot %s: %d bytes", info.file, info.size)
    return info


def list_snapshots(settings: Settings, of_epoch: str, scope_key: str = COUNTRY_KEY) -> list[SnapshotInfo]:
    """The snapshots of the database with this epoch for a scope, newest first."""
    folder = snapshot_folder(settings)
    return [
        info
        for info in _manifests(folder)
        if info.scope == scope_key
        and Cursor.decode(info.cursor).epoch == of_epoch
        and info.schema_version == SCHEMA_VERSION
        and (folder / info.file).is_file()
    ]


def note_asked(settings: Settings, info: SnapshotInfo, at: float | None = None) -> None:
    """Note that a desk asked for a snapshot's scope.

    Args:
        settings: in whose folder the snapshot is.
        info: the newest snapshot of the scope.
        at: when that was, in seconds since 1970; now if not given.
    """
    manifest = _manifest(snapshot_folder(settings), info)
    # another process may have removed it by now
    with suppress(FileNotFoundError):
        if at is not None or time.time() - manifest.stat().st_mtime > _ASKED_PRECISION:
            os.utime(manifest, None if at is None else (at, at))


def last_asked(settings: Settings, info: SnapshotInfo) -> float:
    """When a desk last asked for a snapshot's scope, in seconds since 1970; 0 if the snapshot is gone."""
    with suppress(FileNotFoundError):
        return _manifest(snapshot_folder(settings), info).stat().st_mtime
    return 0.0


def used_snapshots(settings: Settings) -> list[SnapshotInfo]:
    """The newest snapshot of each part of the map that desks ask for; those of the others are removed."""
    folder, oldest = snapshot_folder(settings), time.time() - _UNUSED_SECONDS
    newest: dict[tuple[Reach, str | None], SnapshotInfo] = {}
    for info in _manifests(folder):
        newest.setdefault(info.part, info)
    used = [info for info in newest.values() if last_asked(settings, info) >= oldest]
    for part in newest.keys() - {info.part for info in used}:
        _keep_newest(folder, part, 0)
    return used


def _manifests(folder: Path) -> list[SnapshotInfo]:
    return sorted(_read_manifests(folder), key=lambda info: info.built_at, reverse=True)


def _read_manifests(folder: Path) -> Iterator[SnapshotInfo]:
    for path in folder.glob("*.json"):
        # Another process may remove an old one between the listing and the reading.
        with suppress(FileNotFoundError):
            content = path.read_text(encoding="utf-8")
            try:
                yield SnapshotInfo(**json.loads(content))
            except (ValueError, TypeError):
                _log.warning("%s is not a manifest of this version: left alone", path)


def _write_manifest(folder: Path, info: SnapshotInfo) -> None:
    part = folder / f"{info.file}.json{_UNFINISHED}"
    part.write_text(json.dumps(asdict(info)), encoding="utf-8")
    _to_disk(part)
    part.replace(_manifest(folder, info))


def _manifest(folder: Path, info: SnapshotInfo) -> Path:
    return folder / f"{info.file}.json"


def _seal(path: Path) -> tuple[int, str]:
    """Put a file safely on the disk; return its size in bytes and SHA-256 in hexadecimal."""
    _to_disk(path)
    with path.open("rb") as file:
        return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _keep_newest(folder: Path, part: tuple[Reach, str | None], generations: int = _GENERATIONS) -> None:
    of_part = [info for info in _manifests(folder) if info.part == part]
    for info in of_part[generations:]:
        # The manifest goes first: nobody is sent to a file that is gone.
        _manifest(folder, info).unlink(missing_ok=True)
        (folder / info.file).unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    oldest = time.time() - _ABANDONED_SECONDS
    for path in folder.glob(f"*{_UNFINISHED}*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < oldest:
                path.unlink()
