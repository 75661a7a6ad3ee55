"""The replica: a GeoPackage that QGIS shows while changes are written to it."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import sqlite3
import struct
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from kmzb_qgis_plugin.client.errors import Cancelled, ContractMismatch, IncompleteDownload
from kmzb_qgis_plugin.client.service_client import Changes, Identity, SnapshotInfo
from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.folding import folded
from kmzb_qgis_plugin.replica import figures, geometry, schema
from kmzb_qgis_plugin.replica.columns import Columns, ColumnStore, columns_file
from kmzb_qgis_plugin.replica.errors import ReplicaDamaged, StorageDenied, storage_errors

log = logging.getLogger("kmzb")

_NAME: Final = re.compile(r"replica-(\d+)\.gpkg")
_BUSY_SECONDS: Final = 15
_CACHE_KIBIBYTES: Final = 65_536
_HASH_CHUNK_BYTES: Final = 1 << 20
_FEATURE_TABLES: Final = {
    "threats": schema.THREAT_MEMBERS,
    "areas": schema.AREA_MEMBERS,
    "units": schema.UNIT_MEMBERS,
}


@dataclass(frozen=True)
class AppliedChanges:
    """Ids of the rows that were written or removed."""

    threat_ids: frozenset[int] = frozenset()
    area_ids: frozenset[int] = frozenset()
    unit_ids: frozenset[int] = frozenset()
    decision_ids: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return any((self.threat_ids, self.area_ids, self.unit_ids, self.decision_ids))

    def __or__(self, other: AppliedChanges) -> AppliedChanges:
        return AppliedChanges(
            self.threat_ids | other.threat_ids,
            self.area_ids | other.area_ids,
            self.unit_ids | other.unit_ids,
            self.decision_ids | other.decision_ids,
        )


class Replica:
    """An open replica file. It may be used from any thread; writes wait for each other.

    QGIS opens a GeoPackage without locks unless it is in WAL mode and another
    connection is open already, and then a write during a redraw breaks the
    redraw. So a replica keeps its connection open for as long as layers live.

    Args:
        path: the file.

    Raises:
        ReplicaDamaged: the file cannot be read as a replica.
        ReplicaOfOtherVersion: it is of a version that this plugin does not read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._connection = _connect(path)
        try:
            schema.check(self._connection, path)
            with storage_errors(path):
                schema.begin_notes(self._connection)
                self._connection.execute("PRAGMA journal_mode = WAL").fetchone()
                self._connection.execute("PRAGMA synchronous = NORMAL")
                # Changes lie all over the file: with SQLite's usual 2 MB they take twice as long.
                self._connection.execute(f"PRAGMA cache_size = -{_CACHE_KIBIBYTES}")
                # QGIS tells by the -wal file that it has to lock, and that comes with the first read.
                self._connection.execute("SELECT 1 FROM sqlite_master").fetchone()
            if not figures.is_prepared(self._connection):
                with self._writing() as connection:
                    figures.prepare(connection)
            # Facts are read while changes are being written, without waiting for them.
            self._facts_lock = threading.Lock()
            self._facts = self.reader()
            self._columns = ColumnStore(path)
        except BaseException:
            self._connection.close()
            raise

    @classmethod
    def open(
        cls, folder: Path, left_aside: Callable[[ReplicaDamaged], object] = lambda error: None
    ) -> Replica | None:
        """Open the newest good replica of a folder; None when there is none.

        Args:
            folder: where replicas lie.
            left_aside: told why a newer one is not used.
        """
        for path in generations(folder):
            try:
                return cls(path)
            except ReplicaDamaged as error:
                log.warning("replica left aside: %s", error.log_message)
                left_aside(error)
        return None

    def close(self) -> None:
        """Close the file; layers that still show it must be gone."""
        with self._lock, self._facts_lock:
            self._facts.close()
            self._connection.close()

    def reader(self) -> sqlite3.Connection:
        """A read-only connection of its own, for one thread at a time. The caller closes it."""
        connection = _connect(self.path)
        with storage_errors(self.path):
            connection.execute("PRAGMA query_only = ON")
        return connection

    def columns(self, connection: sqlite3.Connection) -> Columns:
        """What counts are made of, as a connection of :meth:`reader` sees it.

        The first time this reads all threats, which takes long where there are many.
        """
        return self._columns.current(connection)

    def fact(self, key: str) -> str | None:
        """What the file says of itself, None where it says nothing."""
        with self._facts_lock, storage_errors(self.path):
            return schema.read_fact(self._facts, key)

    @property
    def cursor(self) -> str:
        """Where to ask the service for what changed after it."""
        cursor = self.fact("cursor")
        if cursor is None:
            raise ReplicaDamaged(f"{self.path} has no cursor")
        return cursor

    @property
    def catalogue_text(self) -> str | None:
        """The catalogue as the service sent it."""
        return self.fact("catalogue")

    @property
    def identity(self) -> Identity | None:
        """Who synchronised last."""
        text = self.fact("identity")
        try:
            return None if text is None else Identity.from_json(text)
        except ValueError as error:
            raise ReplicaDamaged(f"{self.path}: {error}") from error

    @property
    def synced_at(self) -> str | None:
        """Instant at which it was last up to date."""
        return self.fact("synced_at")

    def versions(self, fids: Iterable[int]) -> dict[int, int]:
        """The versions of those of some threats that are here, by id."""
        sql = "SELECT fid, version FROM threats WHERE fid = ?"
        with self._facts_lock, storage_errors(self.path):
            found = (self._facts.execute(sql, (fid,)).fetchone() for fid in fids)
            return {row[0]: row[1] for row in found if row is not None}

    def remember(self, facts: Mapping[str, str]) -> None:
        """Write facts about the file."""
        with self._writing() as connection:
            schema.write_facts(connection, facts)

    def apply(self, changes: Changes) -> AppliedChanges:
        """Write the newest states and the new cursor, all or nothing.

        Raises:
            ContractMismatch: a feature lacks something.
        """
        with self._writing() as connection:
            try:
                applied = _apply(connection, changes)
            except (LookupError, TypeError, ValueError, OverflowError, struct.error) as error:
                raise ContractMismatch(f"a changed row cannot be stored: {error!r}") from error
            except (sqlite3.InterfaceError, sqlite3.ProgrammingError) as error:
                if "binding parameter" not in str(error):
                    raise
                raise ContractMismatch(f"a changed value cannot be stored: {error}") from error
            if changes.next_cursor is not None:
                schema.write_facts(connection, {"cursor": changes.next_cursor})
        return applied

    def write_figures(self, rows: Iterable[figures.Figures]) -> None:
        """Put figures by area and unit in the place of those that the file has."""
        with self._writing() as connection:
            figures.write(connection, rows)

    def mark_pending(self, statuses: Mapping[int, str]) -> frozenset[int]:
        """Show decisions that wait: set ``pending_status`` of these threats, clear all others.

        Args:
            statuses: the status that waits, by threat id.

        Returns:
            Ids of the threats whose mark changed.
        """
        with self._writing() as connection:
            marked = _pending(connection)
            changed = {
                fid: statuses.get(fid)
                for fid in marked.keys() | statuses.keys()
                if marked.get(fid) != statuses.get(fid)
            }
            connection.executemany(
                "UPDATE threats SET pending_status = ? WHERE fid = ?",
                [(status, fid) for fid, status in changed.items()],
            )
        return frozenset(changed)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A write transaction: commits at the end, rolls back on any error."""
        with self._lock, storage_errors(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


def install(
    folder: Path,
    part_path: Path,
    info: SnapshotInfo,
    facts: Mapping[str, str],
    pending: Mapping[int, str],
    cancelled: Callable[[], bool],
) -> Path:
    """Verify a downloaded snapshot and make it the folder's newest replica.

    Losing power at any moment leaves the replicas that were there: the file
    gets its final name last, when it is whole and on the disk.

    Args:
        folder: where replicas lie.
        part_path: the downloaded file; it is moved.
        info: what the service said of it.
        facts: what the new replica shall remember.
        pending: the statuses of decisions that wait, by threat id.
        cancelled: asked while the file is read.

    Returns:
        The new replica's path.

    Raises:
        IncompleteDownload: it is not the file that was announced; it is removed.
        ContractMismatch: it is, but cannot be used as a replica.
        Cancelled: the part is kept.
    """
    target = _next_generation(folder)
    fresh = target.with_suffix(".new")
    with storage_errors(folder):
        if _sha256(part_path, cancelled) != info.sha256:
            part_path.unlink()
            raise IncompleteDownload(f"{info.url}: the SHA-256 of what arrived is not {info.sha256}")
        part_path.replace(fresh)
        try:
            _prepare(fresh, facts, pending)
            _flush(fresh)
            fresh.replace(target)
        except ReplicaDamaged as error:
            raise ContractMismatch(f"the snapshot cannot be used: {error.log_message}") from error
        finally:
            fresh.unlink(missing_ok=True)
        _flush_folder(folder)
    return target


def sweep(folder: Path, keep: Path | None) -> None:
    """Remove what no longer serves: older and broken replicas that nothing holds, stopped installs.

    What cannot be removed now, because a program still has it open, goes next time.

    Args:
        folder: where replicas lie.
        keep: the replica in use.
    """
    for path in [*generations(folder), *folder.glob("replica-*.new")]:
        if path == keep or _is_held(path):
            continue
        for file in (path, Path(f"{path}-wal"), Path(f"{path}-shm"), columns_file(path)):
            try:
                file.unlink(missing_ok=True)
            except OSError as error:
                log.info("left for the next time: %s", error)


def generations(folder: Path) -> list[Path]:
    """The replica files of a folder, newest first."""
    numbered = [(int(found[1]), path) for path in folder.glob("*") if (found := _NAME.fullmatch(path.name))]
    return [path for _, path in sorted(numbered, reverse=True)]


def stored(folder: Path) -> tuple[int, str | None]:
    """What the replicas of a folder take up, in bytes, and the instant at which the newest was up to date."""
    paths = generations(folder)
    with storage_errors(folder):
        size = sum(file.stat().st_size for path in paths for file in folder.glob(f"{path.name}*"))
    synced_at = None
    if paths:
        try:
            with closing(_connect(paths[0])) as connection, storage_errors(paths[0]):
                synced_at = schema.read_fact(connection, "synced_at")
        except KmzbError as error:
            log.info("its age is not known: %s", error.log_message)
    return size, synced_at


def _next_generation(folder: Path) -> Path:
    newest = next(iter(generations(folder)), None)
    number = int(newest.stem.rpartition("-")[2]) + 1 if newest else 1
    return folder / f"replica-{number}.gpkg"


def _prepare(path: Path, facts: Mapping[str, str], pending: Mapping[int, str]) -> None:
    """Add to a snapshot what the desk needs beside it."""
    with closing(_connect(path)) as connection:
        schema.check(connection, path)
        with storage_errors(path):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "CREATE INDEX IF NOT EXISTS threats_pending ON threats(pending_status) "
                "WHERE pending_status IS NOT NULL"
            )
            connection.executemany(
                "UPDATE threats SET pending_status = ? WHERE fid = ?",
                [(status, fid) for fid, status in pending.items()],
            )
            schema.write_facts(connection, facts)
            connection.execute("COMMIT")


def _connect(path: Path) -> sqlite3.Connection:
    """Open an existing file; plain ``connect`` would make a missing one."""
    posix = quote(path.absolute().as_posix())
    with storage_errors(path):
        connection = sqlite3.connect(
            f"file://{'' if posix.startswith('/') else '/'}{posix}?mode=rw",
            uri=True,
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
    for name, function in _GEOMETRY_FUNCTIONS.items():
        connection.create_function(name, 1, function, deterministic=True)
    return connection


def _is_held(path: Path) -> bool:
    """Whether another connection has the file open: only a lone one may leave the WAL mode."""
    try:
        with closing(_connect(path)) as connection:
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except StorageDenied:
        return True
    except sqlite3.Error as error:
        return "locked" in str(error)
    return False


def _sha256(path: Path, cancelled: Callable[[], bool]) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_HASH_CHUNK_BYTES):
            if cancelled():
                raise Cancelled("the check of the download was cancelled")
            digest.update(chunk)
    return digest.hexdigest()


def _flush(path: Path) -> None:
    """Have a file's content on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Have the names in a folder on the disk; Windows does so without being asked."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _pending(connection: sqlite3.Connection) -> dict[int, str]:
    rows = connection.execute("SELECT fid, pending_status FROM threats WHERE pending_status IS NOT NULL")
    return dict(rows.fetchall())


def _apply(connection: sqlite3.Connection, changes: Changes) -> AppliedChanges:
    pending = _pending(connection)
    touched: dict[str, frozenset[int]] = {}
    for table, features in (
        ("threats", changes.threats),
        ("areas", changes.areas),
        ("units", changes.units),
    ):
        newest = {int(feature["id"]): feature for feature in features}
        gone = {int(fid) for fid in changes.removed.get(table, ())}
        touched[table] = frozenset(newest) | gone
        _write_features(connection, table, newest, gone, pending)
    _note_changed(connection, touched["threats"])
    connection.executemany(
        "DELETE FROM decisions WHERE threat_id = ?",
        [(int(fid),) for fid in changes.removed.get("threats", ())],
    )
    _insert(
        connection,
        "INSERT OR REPLACE",
        "decisions",
        ("fid", *schema.DECISION_MEMBERS),
        [(int(row["id"]), *(row[member] for member in schema.DECISION_MEMBERS)) for row in changes.decisions],
    )
    return AppliedChanges(
        touched["threats"],
        touched["areas"],
        touched["units"],
        frozenset(int(row["id"]) for row in changes.decisions),
    )


def _write_features(
    connection: sqlite3.Connection,
    table: str,
    newest: Mapping[int, Mapping[str, Any]],
    gone: set[int],
    pending: Mapping[int, str],
) -> None:
    """Delete and insert: an upsert clashes with the triggers that keep the R-tree."""
    old = [(fid,) for fid in newest.keys() | gone]
    connection.executemany(" ".join(("DELETE FROM", table, "WHERE fid = ?")), old)
    members = _FEATURE_TABLES[table]
    columns = ["fid", "geom", *members]
    rows = [
        [
            fid,
            geometry.to_blob(feature["geometry"]),
            *(feature["properties"][member] for member in members),
        ]
        for fid, feature in newest.items()
    ]
    if table == "threats":
        columns += ["lon", "lat", "pending_status"]
        for row, feature in zip(rows, newest.values()):
            row += [*feature["geometry"]["coordinates"][:2], pending.get(row[0])]
        _write_search_text(connection, old, newest)
    _insert(connection, "INSERT", table, columns, rows)
    _widen_extent(connection, table, [row[1] for row in rows])


def _write_search_text(
    connection: sqlite3.Connection, old: list[tuple[int]], newest: Mapping[int, Mapping[str, Any]]
) -> None:
    """Keep what words are searched in, which the service has folded by the same rule."""
    connection.executemany("DELETE FROM threats_text WHERE threat_id = ?", old)
    texts = (
        (
            fid,
            folded(
                "\n".join(feature["properties"][member] or "" for member in ("ref", "place", "description"))
            ),
        )
        for fid, feature in newest.items()
    )
    connection.executemany("INSERT INTO threats_text VALUES (?, ?)", texts)


def _note_changed(connection: sqlite3.Connection, fids: frozenset[int]) -> None:
    """Note which threats a revision changed, so that whoever keeps them in memory reads no others again."""
    if fids:
        revision = int(schema.read_fact(connection, "revision") or 0) + 1
        schema.write_facts(connection, {"revision": str(revision)})
        connection.executemany("INSERT INTO kmzb_changed VALUES (?, ?)", ((revision, fid) for fid in fids))


def _insert(
    connection: sqlite3.Connection,
    verb: str,
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> None:
    places = ", ".join("?" * len(columns))
    connection.executemany(f"{verb} INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)


def _widen_extent(connection: sqlite3.Connection, table: str, blobs: Iterable[bytes]) -> None:
    """Keep the extent that OGR reports in step with the rows."""
    bounds = [found for found in map(geometry.envelope, blobs) if found is not None]
    if not bounds:
        return
    wests, easts, souths, norths = zip(*bounds)
    connection.execute(
        "UPDATE gpkg_contents SET min_x = min(coalesce(min_x, :west), :west), "
        "max_x = max(coalesce(max_x, :east), :east), min_y = min(coalesce(min_y, :south), :south), "
        "max_y = max(coalesce(max_y, :north), :north), "
        "last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE table_name = :table",
        {
            "west": min(wests),
            "east": max(easts),
            "south": min(souths),
            "north": max(norths),
            "table": table,
        },
    )


def _bound(index: int) -> Callable[[bytes | None], float | None]:
    """One side of the envelope as a function of SQL."""

    def side(blob: bytes | None) -> float | None:
        found = geometry.envelope(blob)
        return None if found is None else found[index]

    return side


# The triggers that OGR makes for the R-tree call these.
_GEOMETRY_FUNCTIONS: Final[Mapping[str, Callable[[bytes | None], Any]]] = {
    "ST_MinX": _bound(0),
    "ST_MaxX": _bound(1),
    "ST_MinY": _bound(2),
    "ST_MaxY": _bound(3),
    "ST_IsEmpty": lambda blob: int(geometry.envelope(blob) is None),
}
