"""A private PostgreSQL cluster on a free loopback port, gone when the tests end."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import psycopg

BINARIES = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
"""Of the newest version that is installed."""
SUPERUSER = "administrator"
# Nothing has to outlive this machine, but what is committed does outlive the server.
_OPTIONS = (
    "listen_addresses=127.0.0.1",
    "fsync=off",
    "full_page_writes=off",
    "max_connections=200",
    "shared_buffers=128MB",
    "max_wal_size=4GB",
)


def free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class PostgresCluster:
    """``initdb``, start and stop of one cluster; PostgreSQL refuses root, so root lends it a user.

    The cluster trusts loopback connections and does not flush to disk: it holds tests' data only.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kmzb-postgres-"))
        self.port = free_port()
        self._data = str(self.folder / "data")
        self._numbers = itertools.count(1)
        self._as_user: list[str] = []
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            self._as_user = [
                "setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"
            ]  # fmt: skip

    def create(self) -> None:
        """Make and start the cluster."""
        self._run(
            "initdb", "-D", self._data, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
        )
        self.start()

    def start(self) -> None:
        """Start the server, on the same port each time, and wait until it answers."""
        options = " ".join((f"-p {self.port} -k {self.folder}", *(f"-c {option}" for option in _OPTIONS)))
        self._run("pg_ctl", "-D", self._data, "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self, how: str = "immediate") -> None:
        """Stop the server: ``immediate``, as if it were killed, or ``fast``, an ordered end."""
        self._run("pg_ctl", "-D", self._data, "-m", how, "-w", "stop")

    def remove(self) -> None:
        """Stop the server and delete its files."""
        self.stop()
        shutil.rmtree(self.folder)

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run one statement as the superuser, outside of any transaction."""
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user=SUPERUSER, dbname=database, autocommit=True
        ) as connection:
            connection.execute(statement.encode())

    def new_database(self, template: str = "template1") -> str:
        """Create a database from a template, which nobody may be connected to; return its name."""
        name = f"kmzb_{next(self._numbers)}"
        self.execute(f'CREATE DATABASE {name} TEMPLATE "{template}" STRATEGY FILE_COPY')
        return name

    def drop_database(self, name: str) -> None:
        """Delete a database, whoever is still connected to it."""
        self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def url(self, database: str, user: str = SUPERUSER) -> str:
        """The service's ``KMZB_DATABASE_URL`` for a database of this cluster."""
        return f"postgresql+psycopg://{user}@127.0.0.1:{self.port}/{database}"

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [*self._as_user, str(BINARIES / program), *arguments],
            # the server goes on with these; a pipe would stay open with it
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder, check=False
        )  # fmt: skip
        if done.returncode != 0:
            log = self.folder / "log"
            raise RuntimeError(f"{program} failed: {log.read_text() if log.exists() else arguments}")
