"""How requests reach the network inside QGIS: through its own network manager.

So the proxy, the trusted certificates, the network log and the authentication
configuration that a person has set up in QGIS hold for the service as well.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from email.message import Message
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from qgis.core import QgsApplication, QgsCredentials, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QByteArray, QEventLoop, QUrl
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest
from requests.adapters import BaseAdapter
from requests.sessions import SessionRedirectMixin
from requests.structures import CaseInsensitiveDict

from kmzb_qgis_plugin.client import browser_sign_in
from kmzb_qgis_plugin.client.errors import Cancelled, PasswordStoreLocked, SignInUnavailable

# How much of an answer Qt may hold before it is read: a snapshot has hundreds of megabytes.
_BUFFER_BYTES: Final = 4 << 20
_POLL_MILLISECONDS: Final = 50
_UNAUTHORIZED: Final = 401
# Added by requests or by us for its own transport; Qt writes its own.
_TRANSPORT_HEADERS: Final = frozenset({"connection", "content-length", "host"})

_Error = QNetworkReply.NetworkError
_ERRORS: Final[Mapping[Any, type[requests.RequestException]]] = {
    _Error.ConnectionRefusedError: requests.ConnectionError,
    _Error.RemoteHostClosedError: requests.ConnectionError,
    _Error.HostNotFoundError: requests.ConnectionError,
    _Error.TimeoutError: requests.Timeout,
    # Nothing of ours asked for it: QGIS's own timeout ended the request.
    _Error.OperationCanceledError: requests.Timeout,
    _Error.SslHandshakeFailedError: requests.exceptions.SSLError,
    _Error.TemporaryNetworkFailureError: requests.ConnectionError,
    _Error.NetworkSessionFailedError: requests.ConnectionError,
    _Error.UnknownNetworkError: requests.ConnectionError,
    _Error.ProxyConnectionRefusedError: requests.exceptions.ProxyError,
    _Error.ProxyConnectionClosedError: requests.exceptions.ProxyError,
    _Error.ProxyNotFoundError: requests.exceptions.ProxyError,
    _Error.ProxyTimeoutError: requests.exceptions.ProxyError,
    _Error.ProxyAuthenticationRequiredError: requests.exceptions.ProxyError,
    _Error.UnknownProxyError: requests.exceptions.ProxyError,
    _Error.ProtocolUnknownError: requests.exceptions.InvalidSchema,
}


def qgis_session(authcfg: str, cancelled: Callable[[], bool] | None = None) -> requests.Session:
    """A session whose requests go through QGIS.

    It belongs to the thread that uses it first.

    Args:
        authcfg: id of an authentication configuration; empty for none.
        cancelled: asked while a request is under way; ends it with :class:`Cancelled`.
    """
    session = requests.Session()
    session.trust_env = False  # the proxy is QGIS's
    adapter = QgisAdapter(authcfg, cancelled)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def unlocked(authcfg: str, ask: bool = False) -> bool:
    """Whether an authentication configuration can be read without asking anybody.

    Args:
        authcfg: its id; empty for none, which needs nothing.
        ask: let QGIS ask for the master password if need be, and for a sign-in that has failed before;
            only in the main thread, as it opens a dialog.
    """
    manager = QgsApplication.authManager()
    if ask:
        browser_sign_in.may_ask_again(authcfg)
    if not authcfg or manager.masterPasswordIsSet():
        return True
    return ask and bool(manager.setMasterPassword(True))


class QgisAdapter(BaseAdapter):
    """Sends requests through the ``QgsNetworkAccessManager`` of the calling thread.

    Only the origin of the first request is shown the authentication: a
    redirection elsewhere goes on without it, as requests does with headers.

    Args:
        authcfg: id of an authentication configuration; empty for none.
        cancelled: asked while a request is under way; ends it with :class:`Cancelled`.
    """

    def __init__(self, authcfg: str = "", cancelled: Callable[[], bool] | None = None) -> None:
        super().__init__()
        self._authcfg = authcfg
        self._cancelled = cancelled or (lambda: False)
        self._first_url: str | None = None
        self._reached = False

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send a request; the answer's body is read from the network as it is asked for.

        Args:
            request: what to send.
            stream: left to requests, which reads the body at once without it.
            timeout: seconds that may pass without a byte; of two, the second. Qt does not tell
                connecting from waiting.
            verify, cert, proxies: QGIS's settings hold instead.

        Raises:
            requests.RequestException: no answer came.
            SignInUnavailable: the authentication configuration cannot be used.
            SignInFailed: the person was asked to sign in, and that failed.
            PasswordStoreLocked: it cannot be read, and nobody is asked for the password from here.
            Cancelled: the person stopped it.
        """
        url = request.url or ""
        self._first_url = self._first_url or url
        signed = bool(self._authcfg) and not SessionRedirectMixin().should_strip_auth(  # type: ignore[no-untyped-call]
            self._first_url, url
        )
        idle_seconds = timeout[1] if isinstance(timeout, tuple) else timeout
        if signed and not self._reached and browser_sign_in.needs_browser(self._authcfg):
            self._reach(url, idle_seconds)
        reply = self._start(request, signed)
        body = _Body(reply, idle_seconds, self._cancelled, request)
        try:
            body.wait_for_headers()
            return _response(request, reply, body)
        except BaseException:
            body.close()
            raise

    def close(self) -> None:
        """Nothing is held between requests."""

    def _reach(self, url: str, idle_seconds: float | None) -> None:
        """See that there is a network: without one, QGIS would send the person to a browser all the same.

        Raises:
            requests.RequestException: the server cannot be reached.
        """
        parts = urlsplit(url)
        question = requests.Request("HEAD", f"{parts.scheme}://{parts.netloc}/").prepare()
        body = _Body(self._start(question, signed=False), idle_seconds, self._cancelled, question)
        try:
            body.wait_for_headers()
        finally:
            body.close()
        self._reached = True

    def _start(self, request: requests.PreparedRequest, signed: bool) -> QNetworkReply:
        manager = QgsNetworkAccessManager.instance()
        asked = _network_request(request)
        auth = QgsApplication.authManager()
        if signed:
            asked = self._signed(asked)
        body = request.body or b""
        content = QByteArray(body.encode() if isinstance(body, str) else bytes(body))
        method = request.method or "GET"
        if method == "GET":
            reply = manager.get(asked)
        elif method == "HEAD":
            reply = manager.head(asked)
        elif method == "POST":
            reply = manager.post(asked, content)
        else:
            reply = manager.sendCustomRequest(asked, method.encode(), content)
        if signed:
            auth.updateNetworkReply(reply, self._authcfg)
        return reply

    def _signed(self, asked: QNetworkRequest) -> QNetworkRequest:
        """A request with what the authentication configuration adds to it."""
        if not unlocked(self._authcfg):
            raise PasswordStoreLocked("the master password has not been given")
        if browser_sign_in.needs_browser(self._authcfg):
            return browser_sign_in.signed(asked, self._authcfg, self._cancelled)
        ready, asked = QgsApplication.authManager().updateNetworkRequest(asked, self._authcfg)
        if not ready:
            raise SignInUnavailable(f"authentication configuration {self._authcfg} cannot be applied")
        return asked


def _network_request(request: requests.PreparedRequest) -> QNetworkRequest:
    asked = QNetworkRequest(QUrl(request.url or ""))
    for name, value in request.headers.items():
        if name.lower() in _TRANSPORT_HEADERS:
            continue
        # Qt unpacks answers by itself as long as it chooses the encodings.
        if name.lower() == "accept-encoding" and _text(value) != "identity":
            continue
        asked.setRawHeader(QByteArray(name.encode()), QByteArray(_text(value).encode("latin-1")))
    attribute = QNetworkRequest.Attribute
    for key, setting in (
        (attribute.RedirectPolicyAttribute, QNetworkRequest.RedirectPolicy.ManualRedirectPolicy),
        (attribute.CacheLoadControlAttribute, QNetworkRequest.CacheLoadControl.AlwaysNetwork),
        (attribute.CacheSaveControlAttribute, False),
        (attribute.AuthenticationReuseAttribute, QNetworkRequest.LoadControl.Manual),
    ):
        # PyQt6 would wrap an enumeration as an object that Qt cannot read.
        asked.setAttribute(key, getattr(setting, "value", setting))
    return asked


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _response(request: requests.PreparedRequest, reply: QNetworkReply, body: _Body) -> requests.Response:
    attribute = QNetworkRequest.Attribute
    response = requests.Response()
    response.request = request
    response.url = request.url or ""
    response.raw = body
    if body.sign_in_refused:
        response.status_code, response.reason = _UNAUTHORIZED, "Unauthorized"
        return response
    response.status_code = int(reply.attribute(attribute.HttpStatusCodeAttribute))
    response.reason = str(reply.attribute(attribute.HttpReasonPhraseAttribute) or "")
    headers = {
        bytes(name).decode("latin-1"): bytes(value).decode("latin-1")
        for name, value in reply.rawHeaderPairs()
    }
    response.headers = CaseInsensitiveDict(headers)
    if response.headers.get("Content-Encoding", "identity") != "identity":
        # Qt has unpacked the body: these speak of the packed one.
        del response.headers["Content-Encoding"]
        response.headers.pop("Content-Length", None)
    content_type = Message()
    content_type["Content-Type"] = response.headers.get("Content-Type", "")
    response.encoding = content_type.get_content_charset()
    return response


def _let_go(reply: QNetworkReply) -> None:
    """Have a reply deleted by the interface's thread.

    PyQt learns there, and late, that an object of another thread is gone; by
    then its address may be that of a new object, which PyQt would take for the
    dead one ("wrapped C/C++ object … has been deleted").
    """
    reply.setParent(None)
    reply.moveToThread(QgsApplication.instance().thread())
    reply.deleteLater()


class _Body:
    """An answer's body as a file: reading waits, in an event loop, until bytes are there."""

    def __init__(
        self,
        reply: QNetworkReply,
        idle_seconds: float | None,
        cancelled: Callable[[], bool],
        request: requests.PreparedRequest,
    ) -> None:
        self.sign_in_refused = False
        self._cache_key = ""
        self._reply = reply
        self._patience = idle_seconds
        self._cancelled = cancelled
        self._what = f"{request.method} {request.url}"
        self._waited = 0.0
        self._closed = False
        self._loop = QEventLoop()
        reply.setReadBufferSize(_BUFFER_BYTES)
        reply.uploadProgress.connect(self._note_activity)
        self._manager = reply.manager()
        self._manager.requestRequiresAuth.connect(self._refuse_sign_in)

    def wait_for_headers(self) -> None:
        """Wait until the answer begins."""
        self._note_activity()
        while not self._has_status() and not self._reply.isFinished():
            self._wait()
        # What came before a break is read first: a download goes on where it ended.
        if not self.sign_in_refused and not (self._has_status() and self._reply.bytesAvailable()):
            self._raise_failure()

    def read(self, amount: int = -1, decode_content: bool | None = None) -> bytes:
        """Read at most ``amount`` bytes; where it returns none, none are left and the reply is let go."""
        if self._closed:
            return b""
        try:
            self._wait_for_bytes()
        except BaseException:
            self.close()
            raise
        there = self._reply.bytesAvailable()
        if not there:
            self.close()
            return b""
        return bytes(self._reply.read(there if amount is None or amount < 0 else min(amount, there)))

    def close(self) -> None:
        """End the request if it is still under way, and let go of it."""
        if self._closed:
            return
        self._closed = True
        self._manager.requestRequiresAuth.disconnect(self._refuse_sign_in)
        if not self._reply.isFinished():
            self._reply.abort()
        _let_go(self._reply)
        if self.sign_in_refused:
            # What was put there is taken out again: as it is there, nobody is asked.
            QgsCredentials.instance().get(self._cache_key, "", "")

    release_conn = close

    def _wait_for_bytes(self) -> None:
        """Wait until there are bytes to read, or there will be no more."""
        self._note_activity()
        while not self._reply.bytesAvailable() and not self._reply.isFinished():
            self._wait()
        if not self._reply.bytesAvailable() and not self.sign_in_refused:
            self._raise_failure()

    def _wait(self) -> None:
        """Let the next event happen; there is one after a moment at the latest.

        No timer that Python made is connected to the loop. Qt tells a sender, under a lock, that its receiver
        goes; where Python made the sender, that waits for Python, which the interface's thread may hold while
        it waits for that very lock: QGIS would stand still for ever.
        """
        began = time.monotonic()
        alarm = self._loop.startTimer(_POLL_MILLISECONDS)
        # A person's clicks wait: they must not run our own callers anew from within.
        flags = QEventLoop.ProcessEventsFlag
        self._loop.processEvents(flags.ExcludeUserInputEvents | flags.WaitForMoreEvents)
        self._loop.killTimer(alarm)
        if self._cancelled():
            raise Cancelled(f"{self._what} was cancelled")
        # A dialog of QGIS about a certificate may take its time: that is one event.
        self._waited += min(time.monotonic() - began, 2 * _POLL_MILLISECONDS / 1000)
        if self._patience is not None and self._waited > self._patience:
            raise requests.ReadTimeout("no byte came in time")

    def _note_activity(self, *_progress: int) -> None:
        self._waited = 0.0

    def _has_status(self) -> bool:
        return self._reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute) is not None

    def _raise_failure(self) -> None:
        """Raise what ended the reply; an answer of 400 and above is an answer."""
        error = self._reply.error()
        if error == _Error.NoError:
            return
        status = self._reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
        if error not in _ERRORS and status is not None and int(status) >= requests.codes.bad_request:
            return
        raise _ERRORS.get(error, requests.ConnectionError)(self._reply.errorString())

    def _refuse_sign_in(self, request_id: int, realm: str) -> None:
        """Answer for the person that there is nothing else to sign in with.

        QGIS would ask for a name and password in a dialog at every refused
        request, also of those in the background. Its handler takes what the
        credentials' cache holds for the realm before it asks, and then finds
        the request ended.
        """
        if request_id != self._reply.property("requestId"):
            return
        self.sign_in_refused = True
        self._cache_key = f"{realm} at {self._reply.url().host()}"
        QgsCredentials.instance().put(self._cache_key, "refused", "refused")
        self._reply.abort()
