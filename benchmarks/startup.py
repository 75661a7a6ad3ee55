"""What the plugin adds to QGIS's start, as QGIS's own profiler sees it in a real start."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path

from benchmarks.figures import Figure
from tools.run import PLUGIN, prepare_profile

RUNS = 3
PROBE = Path(__file__).with_name("startup_probe.py")


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        profiles = Path(folder)
        prepare_profile(profiles)
        times = sorted(_start(profiles) for _ in range(RUNS))
    return [Figure("added to QGIS's start", times[len(times) // 2], aim="under 0.15 s")]


def _start(profiles: Path) -> float:
    """Start QGIS once on a virtual screen; return the seconds that loading the plugin took."""
    answer = profiles / "startup.json"
    environment = {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}
    command = [
        "xvfb-run", "--auto-servernum",
        "qgis", "--profiles-path", str(profiles), "--profile", "kmzb", "--nologo", "--noversioncheck",
        "--code", str(PROBE),
    ]  # fmt: skip
    subprocess.run(
        command,
        env=environment | {"KMZB_PROBE_ANSWER": str(answer), "KMZB_PROBE_PLUGIN": PLUGIN},
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=120,
    )
    return float(json.loads(answer.read_text())["seconds"])
