"""What the benchmarks need of QGIS's window: a session, docks, and waiting while QGIS works."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QEventLoop, QTimer

from kmzb_qgis_plugin.gui.filter_dock import FilterDock
from kmzb_qgis_plugin.gui.messages import Messages
from kmzb_qgis_plugin.gui.verification_dock import VerificationDock
from kmzb_qgis_plugin.session import Session

PATIENCE_SECONDS = 600.0
POLL_SECONDS = 0.002


@contextmanager
def own_session() -> Iterator[Session]:
    """A session on a project of its own; both are gone while QGIS still is there."""
    project = QgsProject()
    session = Session(project)
    try:
        yield session
    finally:
        session.shut_down()
        wait(lambda: QgsApplication.taskManager().countActiveTasks() == 0)
        sip.delete(session)
        sip.delete(project)


@contextmanager
def docks(session: Session) -> Iterator[None]:
    """What a person has in sight: the map, the filter, and verification with the outbox."""
    canvas, messages = QgsMapCanvas(), Messages(QgsMessageBar())
    canvas.setCachingEnabled(True)
    canvas.setParallelRenderingEnabled(True)
    canvas.scaleChanged.connect(session.set_map_scale)
    canvas.scaleChanged.connect(session.layers.follow_scale)
    verification = VerificationDock(session, messages, canvas)
    verification.show_outbox()
    windows = (canvas, FilterDock(session, messages), verification)
    for window, (width, height) in zip(windows, ((1000, 800), (360, 900), (360, 900)), strict=True):
        window.resize(width, height)
        window.show()

    def show_map() -> None:
        canvas.setDestinationCrs(session.layers.project.crs())
        canvas.setLayers(list(session.layers.layers().values()))
        canvas.setExtent(session.layers.zoom_extent())

    session.layersAdded.connect(show_map)
    yield
    for window in windows:
        window.close()
        sip.delete(window)


def wait(over: Callable[[], object]) -> None:
    """Let QGIS work until something is so. It waits as QGIS does, without keeping Python from other threads.

    Raises:
        TimeoutError: it did not come.
    """
    end = time.perf_counter() + PATIENCE_SECONDS
    while not over():
        if time.perf_counter() > end:
            raise TimeoutError
        pause(POLL_SECONDS)


def pause(seconds: float) -> None:
    """Let QGIS work for so long."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
