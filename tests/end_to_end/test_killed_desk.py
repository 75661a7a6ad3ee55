"""QGIS is killed at any moment of writing and sending: each decision is in the service exactly once."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

from service_process import ServiceProcess

ROOT = Path(__file__).resolve().parents[2]
KILLS = 100 if os.environ.get("KMZB_TEST_SIZE") == "full" else 6
KINDS = ("decision", "meeting", "draft")
OPEN_SECONDS = 90
LONGEST_LIFE = 1.5
"""Seconds that a desk may work before it is killed."""


class Killed:
    """A desk in a process of its own, and what it told before it was killed."""

    def __init__(self, profile: Path, url: str, token: str, what: str) -> None:
        folders = (ROOT, ROOT / "tests", ROOT / "tests" / "plugin")
        environment = os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            "QGIS_CUSTOM_CONFIG_PATH": str(profile),
            "PYTHONPATH": ":".join(map(str, folders)),
        }
        self.written: dict[str, set[str]] = {kind: set() for kind in KINDS}
        self.opened = threading.Event()
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("desk_to_kill.py")), url, token, what],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=(profile / "stderr").open("wb"),
            text=True,
        )
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def kill(self, after: float) -> None:
        """Let the desk live for so many seconds after it has begun to open its workspace."""
        assert self.opened.wait(OPEN_SECONDS), "the desk does not start"
        time.sleep(after)
        assert self.process.poll() is None, "the desk ended by itself"
        self.process.send_signal(signal.SIGKILL)
        self._end()

    def finish(self) -> int:
        self._end()
        return self.process.returncode

    def _end(self) -> None:
        self.process.wait(timeout=OPEN_SECONDS)
        self._listener.join()

    def _listen(self) -> None:
        for line in self.process.stdout:
            kind, _, identifier = line.strip().partition(" ")
            if not line.endswith("\n"):
                continue  # killed in the middle of telling
            if kind in self.written:
                self.written[kind].add(identifier)
            elif kind == "open":
                self.opened.set()


def rows(database: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as file:
        return file.execute(sql).fetchall()


def reports(texts: set[str]) -> set[str]:
    return {text.partition(" ")[0] for text in texts}


def test_killed_at_any_moment_everything_arrives_exactly_once(
    service: ServiceProcess, tmp_path: Path
) -> None:
    service.command("demo", "--reports", "400", "--until", "2024-05-31")
    service.start()
    token = service.token("A. Nowak", "coordinator")
    before = rows(service.database, "SELECT count(*) FROM decision")[0][0]
    profile = tmp_path / "profile"
    profile.mkdir()
    chance = random.Random(4)
    written: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for _ in range(KILLS):
        desk = Killed(profile, service.url, token, "work")
        desk.kill(chance.uniform(0, LONGEST_LIFE))
        for kind, identifiers in desk.written.items():
            written[kind] |= identifiers
    last = Killed(profile, service.url, token, "finish")
    assert last.finish() == 0, (profile / "stderr").read_text()

    (outbox,) = profile.rglob("outbox.sqlite")
    kept = rows(outbox, "SELECT kind, uuid, state, outcome FROM entry WHERE state <> 'draft'")
    assert {row[2] for row in kept} == {"sent"}, [row for row in kept if row[2] != "sent"]
    entered = {kind: {row[1] for row in kept if row[0] == kind} for kind in ("decision", "meeting")}
    # What was told is there; what was being written at the moment of the kill may be.
    assert written["decision"] <= entered["decision"]
    assert written["meeting"] <= entered["meeting"]
    assert len(entered["decision"]) >= KILLS
    text = "threat_id || ' ' || json_extract(decision, '$.note')"
    noted = rows(outbox, f"SELECT state, {text} FROM entry WHERE kind = 'decision'")
    begun = {text for state, text in noted if state == "draft"}
    decided = {text for state, text in noted if state != "draft"}
    assert not begun & decided, "a draft is left of what was decided"
    assert len(reports(begun)) == len(begun), "there are two drafts about a report"
    # A text that was told of is there, unless something later about its report is.
    assert written["draft"]
    assert reports(written["draft"]) <= reports(begun | decided)
    arrived = rows(service.database, "SELECT uuid FROM decision ORDER BY id")[before:]
    assert sorted(arrived) == sorted((uuid,) for uuid in entered["decision"])
    signals = rows(
        service.database,
        "SELECT meeting, count(*) FROM threat WHERE meeting IS NOT NULL GROUP BY meeting",
    )
    of_this_desk = [row for row in signals if row[0] in entered["meeting"]]
    assert sorted(of_this_desk) == sorted((uuid, 2) for uuid in entered["meeting"])
    assert "broken" not in service.command("audit", "verify")
