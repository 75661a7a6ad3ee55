"""What the service is held against: tipg, a bare loop, a plain file server."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import psycopg

from kmzb_service.database.wire import THREATS
from tests.postgres_cluster import free_port

TIPG = "tipg==1.6.1"
TIPG_TABLE = "public.threat"
_START_SECONDS = 60


@contextmanager
def tipg(database: str) -> Iterator[int]:
    """The port of a tipg with one worker on a database; it lives in an environment of its own."""
    home = Path(tempfile.gettempdir()) / f"kmzb-benchmark-{TIPG}"
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", TIPG, "uvicorn"], check=True)
        (home / "ready").touch()
    port = free_port()
    settings = {"DATABASE_URL": database, "TIPG_MAX_FEATURES_PER_QUERY": "10000"}
    command = [python, "-m", "uvicorn", "tipg.main:app", "--port", str(port), "--no-access-log"]
    with _running(command, f"http://127.0.0.1:{port}/collections/{TIPG_TABLE}", os.environ | settings):
        yield port


class BareLoop:
    """What a page costs without a service: psycopg, a dict for each row, orjson; one after the other."""

    def __init__(self, database: str) -> None:
        self._connection = psycopg.connect(database, autocommit=True)
        columns = ", ".join(f'"{name}"' for name in THREATS.names)
        self._query = (
            f"SELECT id, ST_X(geom), ST_Y(geom), {columns} FROM threat"
            " WHERE NOT removed AND id > %s ORDER BY id LIMIT 1000"
        ).encode()

    def page(self, after: int = 0) -> bytes:
        rows = self._connection.execute(self._query, (after,)).fetchall()
        features = [
            {
                "type": "Feature",
                "id": row[0],
                "geometry": {"type": "Point", "coordinates": row[1:3]},
                "properties": dict(zip(THREATS.names, row[3:], strict=True)),
            }
            for row in rows
        ]
        return orjson.dumps({"type": "FeatureCollection", "features": features})

    def per_second(self, duration: float) -> float:
        start, count = time.perf_counter(), 0
        while time.perf_counter() < start + duration:
            self.page()
            count += 1
        return count / (time.perf_counter() - start)


class BareTable:
    """A table's columns, without its indexes and triggers, filled with copies of one of its rows."""

    def __init__(self, connection: psycopg.Connection, table: str) -> None:
        self._connection = connection
        connection.execute(f"CREATE TABLE bare_{table} AS SELECT * FROM {table} WHERE false".encode())
        self._row = connection.execute(f"SELECT * FROM {table} LIMIT 1".encode()).fetchone() or ()
        marks = ", ".join(["%s"] * len(self._row))
        self._insert = f"INSERT INTO bare_{table} VALUES ({marks})".encode()

    def insert_at_once(self, count: int) -> None:
        with self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.executemany(self._insert, [self._row] * count)

    def insert_one_by_one(self, count: int) -> None:
        for _ in range(count):
            self._connection.execute(self._insert, self._row)


@contextmanager
def file_server(folder: Path) -> Iterator[tuple[str, int]]:
    """Name and port of a plain server of a folder's files: nginx where there is one, else Python's own."""
    port = free_port()
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    with tempfile.TemporaryDirectory() as own:
        if nginx is None:
            name, command = "http.server", [sys.executable, "-m", "http.server", str(port)]
            command += ["--bind", "127.0.0.1", "--directory", str(folder)]
        else:
            name, command = "nginx", [nginx, "-c", f"{own}/nginx.conf", "-p", own, "-e", f"{own}/errors"]
            user = "user root; " if os.geteuid() == 0 else ""
            Path(own, "nginx.conf").write_text(
                f"daemon off; {user}pid {own}/pid; worker_processes 1; events {{}}\n"
                f"http {{ access_log off; sendfile on; server {{ listen 127.0.0.1:{port};"
                f" root {folder}; autoindex on; }} }}\n"
            )
        with _running(command, f"http://127.0.0.1:{port}/", dict(os.environ)):
            yield name, port


@contextmanager
def _running(command: list[str | Path], url: str, environment: dict[str, str]) -> Iterator[None]:
    """A program, once it answers at an address."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            deadline = time.monotonic() + _START_SECONDS
            while not _answers(url):
                if process.poll() is not None or time.monotonic() > deadline:
                    output.seek(0)
                    raise RuntimeError(f"{command[0]} did not start: {output.read().decode()}")
                time.sleep(0.2)
            yield
        finally:
            process.terminate()
            process.wait()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
