"""Long work on the main thread in steps, between which the window lives."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal


class Steps(QObject):
    """Does steps one after the other, each in an event of its own."""

    ended = pyqtSignal()
    failed = pyqtSignal(object)
    """The exception of a step; those after it are not done."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left: Iterator[None] | None = None
        # A timer and no posted event: Qt delivers all of these before anything else is served.
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._go_on)

    @property
    def running(self) -> bool:
        """Whether steps are left to be done."""
        return self._left is not None

    def start(self, steps: Iterator[None]) -> None:
        """Do the first step at once and the others later; what was left of earlier ones is dropped."""
        self._left = steps
        self._go_on()

    def add(self, steps: Iterator[None]) -> None:
        """Do steps after those that are left."""
        self._left = steps if self._left is None else chain(self._left, steps)
        self._timer.start()

    def stop(self) -> None:
        """Drop the steps that are left."""
        self._timer.stop()
        self._left = None

    def _go_on(self) -> None:
        if self._left is None:
            return
        try:
            next(self._left)
        except Exception as end:  # noqa: BLE001 - an event loop is no place to raise in
            self._left = None
            self.ended.emit()
            if not isinstance(end, StopIteration):
                self.failed.emit(end)
        else:
            self._timer.start()


def exhaust(steps: Iterator[None]) -> None:
    """Do all steps at once."""
    for _ in steps:
        pass
