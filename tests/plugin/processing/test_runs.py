"""Algorithms that run when the plugin is switched off, in a QGIS of their own: it must not crash."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
QGIS = """
import threading, time
from qgis.core import (
    QgsApplication, QgsProcessingAlgRunnerTask, QgsProcessingContext, QgsProcessingFeedback,
)
from kmzb_qgis_plugin.processing.near_repeat import NearRepeats
from kmzb_qgis_plugin.processing.provider import KmzbProvider

app = QgsApplication([], True)
app.initQgis()
begun = threading.Event()

def work(_algorithm, _parameters, _context, feedback):
    begun.set()
    while not feedback.isCanceled():
        time.sleep(0.01)
    time.sleep(0.1)
    return {}

NearRepeats.work = work
registry, provider = QgsApplication.processingRegistry(), KmzbProvider()
registry.addProvider(provider)
algorithm = registry.createAlgorithmById("kmzb:nearrepeat")
context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
"""
AS_A_TASK = """
task = QgsProcessingAlgRunnerTask(algorithm, {}, context, feedback)
ended = []
# What the toolbox's dialog does at the end.
task.executed.connect(lambda done, results: ended.append(algorithm.provider().name()))
QgsApplication.taskManager().addTask(task)
while not begun.is_set():
    app.processEvents()
registry.removeProvider(provider)
print(*ended, "ended")
"""
IN_THE_WINDOWS_THREAD = """
def work(_algorithm, _parameters, _context, feedback):
    began = time.monotonic()
    feedback.cancel_all()  # a person switches the plugin off while the algorithm lets the window live
    print("waited" if time.monotonic() - began > 1 else "did not wait", feedback.isCanceled())
    return {}

NearRepeats.work = work
feedback.cancel_all = provider.unload
algorithm.run({}, context, feedback, {}, False)
registry.removeProvider(provider)
"""


@pytest.mark.parametrize(
    ("script", "said"), [(AS_A_TASK, "KMZB ended\n"), (IN_THE_WINDOWS_THREAD, "did not wait True\n")]
)
def test_what_runs_is_stopped_before_its_provider_goes(script: str, said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", QGIS + script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == said, done.stderr
    assert done.returncode == 0, done.stderr
