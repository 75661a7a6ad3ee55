"""A desk's first load of a million threats against curl, and how late the window is meanwhile.

The window is a map and both docks, the outbox in sight.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from qgis.PyQt.QtCore import Qt, QTimer

from benchmarks import million
from benchmarks.figures import Figure, seconds
from benchmarks.window import docks, own_session, pause, wait
from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.session import Session

TICK_SECONDS = 0.01
AFTERMATH_SECONDS = 5.0
"""For so long docks and map take up what has come."""
DECISIONS = 1000
MEBIBYTE = 1 << 20


class Lateness:
    """A timer on the interface's thread; :attr:`worst` is the most that it was late, in seconds."""

    def __init__(self) -> None:
        self.worst = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(round(TICK_SECONDS * 1000))

    def of(self, action: Callable[[], object], over: Callable[[], bool]) -> float:
        """Do something in an event of its own, wait for its end and aftermath; return the worst lateness."""
        pause(0.2)
        self.worst = 0.0
        QTimer.singleShot(0, action)
        pause(0.2)
        wait(over)
        pause(AFTERMATH_SECONDS)
        return self.worst

    def _tick(self) -> None:
        now = time.perf_counter()
        self.worst = max(self.worst, now - self._last - TICK_SECONDS)
        self._last = now


def measure() -> list[Figure]:
    snapshot = million.replica_path()
    with tempfile.TemporaryDirectory() as folder, _served(snapshot) as url:
        target = Path(folder) / "curl.gpkg"
        curl = seconds(lambda: subprocess.run(["curl", "-sf", "-o", str(target), f"{url}/file"], check=True))
        target.unlink()
        connection = settings.Connection(uuid.uuid4().hex[:12], "million", url)
        workspace = settings.workspace_folder(connection)
        try:
            with own_session() as session, docks(session):
                return _of_a_desk(session, connection, curl)
        finally:
            shutil.rmtree(workspace, ignore_errors=True)


def _of_a_desk(session: Session, connection: settings.Connection, curl: float) -> list[Figure]:
    settings.set_preference("sync_minutes", 0)
    settings.set_preference("undo_seconds", 0)
    lateness = Lateness()
    before = _memory()
    start = time.perf_counter()
    opened: list[float] = []
    session.replicaOpened.connect(lambda: opened.append(time.perf_counter() - start))
    late_load = lateness.of(lambda: session.open(connection), lambda: bool(opened) and not session.syncing)
    added = _memory() - before
    late_sync = lateness.of(session.sync, lambda: not session.syncing)
    proposals = _proposals(session)
    late_batch = lateness.of(
        lambda: session.decide_all(proposals, lambda: None, session.problemRaised.emit),
        lambda: not session.syncing and session.overview.counts["sent"] == DECISIONS,
    )
    print(f"memory added with a million threats: {added / MEBIBYTE:.0f} MiB (aim: under 150)")
    return [
        Figure("first load of a million threats", opened[0], ("curl writing the same file", curl), "1/3 ×"),
        Figure("lateness of a 10 ms timer, first load", late_load, aim="0.1 s"),
        Figure("lateness of a 10 ms timer, synchronisation", late_sync, aim="0.1 s"),
        Figure(f"lateness of a 10 ms timer, {DECISIONS:,} decisions", late_batch, aim="0.1 s"),
    ]


def _proposals(session: Session) -> list[tuple[Decision, str, dict[str, object]]]:
    sql = "SELECT fid, version, ref FROM threats WHERE status = 'unconfirmed' LIMIT ?"
    with closing(session.replica.reader()) as reader:
        rows = reader.execute(sql, (DECISIONS,)).fetchall()
    return [(Decision.new(fid, version, "verification"), ref, {}) for fid, version, ref in rows]


def _memory() -> int:
    """Bytes of this process that no file backs."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("RssAnon"))


@contextmanager
def _served(snapshot: Path) -> Iterator[str]:
    """The snapshot behind the desk's resources, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.million_server", str(snapshot)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()
