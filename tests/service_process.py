"""A real service in a process of its own, for tests that go over HTTP."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import sqlalchemy

SERVICE = Path(sys.executable).parent / "kmzb-service"
START_SECONDS = 60


class ServiceProcess:
    """``kmzb-service`` on its own data folder; start and stop it as often as a test likes.

    Args:
        folder: the data folder (``KMZB_DATA_DIR``); kept between starts.
        settings: further environment, for example ``KMZB_ACCEPTED_BOUNDS``.
    """

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.log = folder / "serve.log"
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("KMZB_")}
        self.environment |= {"KMZB_DATA_DIR": str(folder), **settings}
        self._process: subprocess.Popen[bytes] | None = None
        self._port, self._scheme = 0, "http"
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def database(self) -> Path:
        return self.folder / "kmzb.sqlite"

    @property
    def url(self) -> str:
        return f"{self._scheme}://127.0.0.1:{self._port}"

    def command(self, *arguments: str, expected: int = 0) -> str:
        """Run one command of the service; return its standard output."""
        done = subprocess.run(
            [str(SERVICE), *arguments], env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == expected, (
            f"{arguments}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        )
        return done.stdout.strip()

    def token(self, name: str, role: str, unit: str | None = None) -> str:
        arguments = ["token", "create", "--name", name, "--role", role]
        return self.command(*arguments, *(["--unit", unit] if unit else [])).splitlines()[-1]

    def start(self, *options: str) -> str:
        """Serve, with further options; a service that starts again keeps its port, as a real one does."""
        with self.log.open("wb") as output:
            self._process = subprocess.Popen(
                [str(SERVICE), "serve", "--host", "127.0.0.1", "--port", str(self._port), *options],
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            if found := re.search(r"Listening on (https?)://127\.0\.0\.1:(\d+)", self.log.read_text()):
                self._scheme, self._port = found[1], int(found[2])
                return self.url
            time.sleep(0.05)
        raise AssertionError(f"the service did not start:\n{self.log.read_text()}")

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the process; ``SIGKILL`` for the hard way."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=30)
            self._process = None


def in_database(served: ServiceProcess, sql: str, **values: object) -> list[tuple[object, ...]]:
    """Ask the service's database directly, of either kind."""
    url = served.environment.get("KMZB_DATABASE_URL", f"sqlite:///{served.database}")
    engine = sqlalchemy.create_engine(url)
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sqlalchemy.text(sql), values)]
    finally:
        engine.dispose()
