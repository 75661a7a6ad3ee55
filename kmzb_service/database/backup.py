"""Backups of the database, and bringing one back: the audit chain stays as it was.

A restored database gets a new epoch: what desks have received since the
backup is not in it, so their cursors must not go on.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from kmzb_service.database.schema import migrate, renew_epoch, revision

# What comes with the new database and with PostGIS, and belongs to the server's administrator.
_NOT_OURS = (" EXTENSION ", " SCHEMA ", " spatial_ref_sys ")


class BackupFailed(RuntimeError):
    """A backup could not be made or brought back; the message says why."""


def back_up(engine: Engine, path: Path) -> None:
    """Write the present state into a file, while the service goes on.

    Args:
        engine: the service's database.
        path: where; it appears when it is complete.

    Raises:
        BackupFailed, OSError, sqlite3.Error: there is something at ``path``, or it cannot be written.
    """
    if path.exists():
        raise BackupFailed(f"{path} is there already")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    try:
        if engine.dialect.name == "postgresql":
            _run(engine, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={part}")
        else:
            with closing(_open(str(engine.url.database))) as source, closing(sqlite3.connect(part)) as target:
                source.backup(target)
                # one file, without a journal beside it
                target.execute("PRAGMA journal_mode = DELETE")
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)


def restore(engine: Engine, path: Path) -> None:
    """Bring a backup back into an empty database, and up to date.

    Args:
        engine: a database of the kind that the backup is of, without tables.
        path: what :func:`back_up` wrote.

    Raises:
        BackupFailed: the database is not empty, or the file is no backup.
        DatabaseNotReady: the backup is of a newer service.
    """
    with engine.connect() as connection:
        if revision(connection) is not None:
            raise BackupFailed("the database has tables already: a backup goes into an empty one")
    if engine.dialect.name == "postgresql":
        _load_dump(engine, path)
    else:
        _load_file(str(engine.url.database), path)
    renew_epoch(engine)
    migrate(engine)


def _load_file(database: str, path: Path) -> None:
    try:
        with closing(_open(str(path))) as source, closing(sqlite3.connect(database)) as target:
            source.execute("SELECT count(*) FROM service_fact").fetchone()
            source.backup(target)
    except sqlite3.DatabaseError as error:
        raise BackupFailed(f"{path} is no backup of a SpatiaLite database: {error}") from error


def _load_dump(engine: Engine, path: Path) -> None:
    entries = _run(None, "pg_restore", "--list", str(path)).splitlines()
    if not any(" TABLE public service_fact " in entry for entry in entries):
        raise BackupFailed(f"{path} is no backup of this service")
    with tempfile.NamedTemporaryFile("w", suffix=".list") as wanted:
        wanted.writelines(f"{entry}\n" for entry in entries if not any(word in entry for word in _NOT_OURS))
        wanted.flush()
        options = ("--single-transaction", "--no-owner", "--no-privileges", f"--use-list={wanted.name}")
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS postgis")
        _run(engine, "pg_restore", *options, str(path))


def _open(database: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{Path(database).absolute().as_uri()}?mode=ro", uri=True)


def _run(engine: Engine | None, program: str, *arguments: str) -> str:
    """Run one of PostgreSQL's programs, on a database where one is given; return its output."""
    environment = dict(os.environ)
    if engine is not None:
        url = engine.url.set(drivername="postgresql", password=None)
        arguments = (f"--dbname={url.render_as_string()}", *arguments)
        if engine.url.password is not None:
            # in the environment nobody else sees it, unlike on the command line
            environment["PGPASSWORD"] = str(engine.url.password)
    done = subprocess.run(  # noqa: S603 (no shell, and nothing in it is of a request)
        [program, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise BackupFailed(f"{program}: {done.stderr.strip()}")
    return done.stdout
