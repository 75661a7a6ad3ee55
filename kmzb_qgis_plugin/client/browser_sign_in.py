"""Signing in with OAuth2, where QGIS may have to send the person to a browser.

QGIS keeps an object for each configuration, with the small server to which the browser comes back. They
work only on the thread that made them, and only as long as it waits for events. A task's thread ends half
a minute after the task, and the next sign-in would wait in vain: so one thread of ours signs in for all.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from typing import Final

from qgis.core import QgsApplication, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QCoreApplication, QEventLoop, QObject, QThread, QTimer, pyqtSignal
from qgis.PyQt.QtNetwork import QNetworkRequest

from kmzb_qgis_plugin.client.errors import Cancelled, SignInFailed

_METHOD: Final = "OAuth2"
_POLL_SECONDS: Final = 0.05

_turn = threading.Lock()
"""Held by who signs in: QGIS's own lock would stop our thread for ever if it were asked again meanwhile."""
_failed: set[str] = set()
"""Configurations whose sign-in failed; nobody is sent to a browser again before they wish it."""


def needs_browser(authcfg: str) -> bool:
    """Whether an authentication configuration is one that may ask in a browser."""
    return bool(QgsApplication.authManager().configAuthMethodKey(authcfg) == _METHOD)


def may_ask_again(authcfg: str) -> None:
    """A person is there who wishes to sign in, also where that has failed before."""
    _failed.discard(authcfg)


def signed(request: QNetworkRequest, authcfg: str, cancelled: Callable[[], bool]) -> QNetworkRequest:
    """A request with the person's token. Where there is none, this waits until they have signed in.

    Args:
        request: without a token.
        authcfg: id of the configuration.
        cancelled: asked meanwhile; ends the waiting.

    Raises:
        SignInFailed: it was refused or not finished, now or since the person last wished it.
        Cancelled: the person stopped it.
    """
    _wait_for(lambda: _turn.acquire(timeout=_POLL_SECONDS), cancelled)
    try:
        if authcfg in _failed:
            raise SignInFailed(f"the sign-in with {authcfg} has failed before")
        wish, signer = _Wish(request, authcfg, cancelled), _Signer.running()
        signer.wished.emit(wish)
        # Who gives up is let go by the signer, which ends the sign-in first.
        _wait_for(lambda: wish.done.wait(_POLL_SECONDS) or signer.own_thread.isFinished(), lambda: False)
        if wish.signed is not None:
            return wish.signed
        if cancelled():
            raise Cancelled(f"the sign-in with {authcfg} was cancelled")
        _failed.add(authcfg)
        raise SignInFailed(f"QGIS could not sign in with {authcfg}")
    finally:
        _turn.release()


def close() -> None:
    """End the thread; who signs in after that is asked anew, unless QGIS was told to keep the sign-in."""
    _Signer.stop(forget=True)
    _failed.clear()


def _wait_for(condition: Callable[[], bool], cancelled: Callable[[], bool]) -> None:
    while not condition():
        if cancelled():
            raise Cancelled("the waiting for a sign-in was cancelled")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


class _Wish:
    """A request that wants a token; signed stays None where there is none to be had."""

    def __init__(self, request: QNetworkRequest, authcfg: str, cancelled: Callable[[], bool]) -> None:
        self.request, self.authcfg, self.cancelled = request, authcfg, cancelled
        self.signed: QNetworkRequest | None = None
        self.done = threading.Event()


class _Signer(QObject):  # type: ignore[misc]
    """Lives on the thread that signs in."""

    wished = pyqtSignal(object)
    ended = pyqtSignal()
    _running: _Signer | None = None

    def __init__(self) -> None:
        super().__init__()
        self._authcfgs: set[str] = set()
        self._stopping = False
        self.own_thread = QThread()
        self.moveToThread(self.own_thread)
        # Connected after the move: what is sent is taken on that thread.
        self.wished.connect(self._sign)
        self.ended.connect(self._forget)
        self.own_thread.start()

    @classmethod
    def running(cls) -> _Signer:
        """The one that there is; it is made when it is first needed."""
        if cls._running is None:
            cls._running = cls()
        return cls._running

    @classmethod
    def stop(cls, forget: bool = False) -> None:
        """End the thread.

        Args:
            forget: let QGIS make its objects anew, which would belong to a thread that is gone.
        """
        signer, cls._running = cls._running, None
        if signer is None:
            return
        signer._stopping = True
        if forget:
            signer.ended.emit()
        else:
            signer.own_thread.quit()
        signer.own_thread.wait()

    def _sign(self, wish: _Wish) -> None:
        manager, network = QgsApplication.authManager(), QgsNetworkAccessManager.instance()

        def look() -> None:
            if self._stopping or wish.cancelled():
                network.abortAuthBrowser()

        poll = QTimer()
        poll.timeout.connect(look)
        poll.start(round(_POLL_SECONDS * 1000))
        try:
            self._authcfgs.add(wish.authcfg)
            ready, request = manager.updateNetworkRequest(wish.request, wish.authcfg)
            if ready:
                wish.signed = request
            else:
                # Used again, it would send the browser back to a port at which nothing listens.
                manager.clearCachedConfig(wish.authcfg)
        finally:
            poll.stop()
            wish.done.set()

    def _forget(self) -> None:
        for authcfg in self._authcfgs:
            QgsApplication.authManager().clearCachedConfig(authcfg)
        self.own_thread.quit()


atexit.register(_Signer.stop)
