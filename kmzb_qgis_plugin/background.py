"""Work off the main thread whose late results are dropped."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from qgis.PyQt.QtCore import QObject, pyqtSignal

T = TypeVar("T")


class Background(QObject):
    """Runs functions on a worker thread and hands the results to the main thread.

    Requests carry a topic. A new request of the same topic outdates the one
    before it: that one is not started any more, or its result is dropped.
    """

    _done = pyqtSignal(str, int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kmzb")
        self._newest: dict[str, int] = {}
        self._waiting: dict[str, Future[None]] = {}
        # A signal sent from the worker arrives in the main thread's event loop.
        self._done.connect(self._deliver)

    def run(
        self,
        topic: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Run ``work`` on the worker; then ``done(result)`` in the main thread.

        ``failed(error)`` is called there when either of them raises.
        """
        generation = self._newest.get(topic, 0) + 1
        self._newest[topic] = generation
        if topic in self._waiting:
            self._waiting[topic].cancel()
        self._waiting[topic] = self._pool.submit(self._work, topic, generation, work, done, failed)

    def busy(self, topic: str) -> bool:
        """Whether the newest request of a topic has not been answered yet."""
        return topic in self._waiting

    def drop(self, topic: str) -> None:
        """Outdate what was asked for under a topic."""
        future = self._waiting.pop(topic, None)
        if future is not None:
            future.cancel()
            self._newest[topic] += 1

    def forget(self) -> None:
        """Outdate everything that was asked for."""
        for topic in list(self._waiting):
            self.drop(topic)

    def close(self) -> None:
        """Drop what waits and end the worker; what runs now is waited for."""
        self.forget()
        self._pool.shutdown(wait=True)

    def _work(
        self,
        topic: str,
        generation: int,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        try:
            answer = partial(done, work())
        except Exception as error:  # noqa: BLE001 - handed over: the main thread reports it
            answer = partial(failed, error)
        self._done.emit(topic, generation, answer, failed)

    def _deliver(
        self, topic: str, generation: int, answer: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        if self._newest.get(topic) != generation:
            return
        self._waiting.pop(topic, None)
        try:
            answer()
        except Exception as error:  # noqa: BLE001 - an event loop is no place to raise in
            failed(error)
