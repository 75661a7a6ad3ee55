"""What the benchmarks need of QGIS's window: a session, and waiting while QGIS works."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from qgis.core import QgsApplication, QgsProject
from qgis.PyQt import sip

from kmzb_qgis_plugin.session import Session

PATIENCE_SECONDS = 600.0


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


def wait(over: Callable[[], object]) -> None:
    """Let QGIS work until something is so.

    Raises:
        TimeoutError: it did not come.
    """
    end = time.perf_counter() + PATIENCE_SECONDS
    while not over():
        if time.perf_counter() > end:
            raise TimeoutError
        QgsApplication.processEvents()


def pause(seconds: float) -> None:
    """Let QGIS work for so long."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        QgsApplication.processEvents()
