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
    while _stop(provider) and time.monotonic() < end:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    for dialog in _dialogs(provider):
        dialog.close()


def _stop(provider: QgsProcessingProvider) -> bool:
    """Tell everything to stop; whether something has not ended yet."""
    here, waiting = threading.get_ident(), False
    for feedback, thread in list(_running.values()):
        feedback.cancel()
        waiting |= thread != here  # what runs below us cannot end before we do
    for dialog in _dialogs(provider):
        if dialog.cancelButton().isEnabled():
            dialog.cancelButton().click()
            waiting = True
    return waiting or any(
        isinstance(task, QgsProcessingAlgRunnerTask) and not task.isActive()
        for task in QgsApplication.taskManager().tasks()
    )


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
