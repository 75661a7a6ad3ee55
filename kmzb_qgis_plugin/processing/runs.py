"""What runs of the algorithms, whoever started it: it is ended before they are taken out of QGIS.

A run, or a dialog, that is left behind asks its algorithm for a provider that is gone, and QGIS crashes.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingFeedback,
    QgsProcessingProvider,
    QgsTask,
)
from qgis.PyQt.QtCore import QCoreApplication, QEventLoop
from qgis.PyQt.QtWidgets import QApplication

_PATIENCE_SECONDS: Final = 5
"""An algorithm that is stopped ends within a fraction of a second."""
_running: Final[dict[object, tuple[QgsProcessingFeedback, int]]] = {}
"""What each run hears through, and its thread."""


@contextmanager
def noted(feedback: QgsProcessingFeedback) -> Iterator[None]:
    """A run, from its beginning to its end."""
    run = object()
    _running[run] = feedback, threading.get_ident()
    try:
        yield
    finally:
        del _running[run]


def end_all(provider: QgsProcessingProvider) -> None:
    """Stop what runs of a provider's algorithms, wait until QGIS has taken note, and close their dialogs."""
    end = time.monotonic() + _PATIENCE_SECONDS
    tasks, threads = len(_tasks()), set[int]()
    while time.monotonic() < end:
        busy = _stop(provider, threads)
        # A task ends after its algorithm has, or the last one of a model.
        if not busy and len(_tasks()) <= max(tasks - len(threads), 0):
            break
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    for dialog in _dialogs(provider):
        dialog.close()


def _stop(provider: QgsProcessingProvider, threads: set[int]) -> bool:
    """Tell everything to stop, and note in which threads; whether something has not ended yet."""
    # What runs below us cannot end before we do.
    working = {thread for _, thread in list(_running.values())} - {threading.get_ident()}
    threads |= working
    for feedback, _ in list(_running.values()):
        feedback.cancel()
    in_dialogs = [one for one in _dialogs(provider) if one.cancelButton().isEnabled()]
    for dialog in in_dialogs:
        dialog.cancelButton().click()
    names = [algorithm.displayName() for algorithm in provider.algorithms()]
    return bool(working or in_dialogs) or any(
        not task.isActive() or any(name in task.description() for name in names) for task in _tasks()
    )


def _tasks() -> list[QgsTask]:
    """The tasks in which QGIS runs algorithms, ours and others."""
    tasks = QgsApplication.taskManager().tasks()
    return [task for task in tasks if isinstance(task, QgsProcessingAlgRunnerTask)]


def _dialogs(provider: QgsProcessingProvider) -> list[Any]:
    """The dialogs that are open on a provider's algorithms, from our menu or from QGIS's toolbox."""
    from qgis.gui import QgsProcessingAlgorithmDialogBase

    return [
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, QgsProcessingAlgorithmDialogBase)
        and one.algorithm() is not None
        and one.algorithm().provider() is provider
    ]
