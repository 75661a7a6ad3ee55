"""A real HTTP server on 127.0.0.1 that does what a test tells it."""

from __future__ import annotations

import json
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Seen:
    """A request that arrived."""

    method: str
    path: str
    headers: Message
    body: bytes


class Exchange(BaseHTTPRequestHandler):
    """One request; routes answer through its ``answer…`` methods."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def _serve(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        self.query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        self.server.seen.append(Seen(self.command, self.path, self.headers, self.body))
        self.server.dispatch(self, parts.path)

    do_GET = do_POST = do_HEAD = do_PATCH = _serve  # noqa: N815  (the names that http.server calls)

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """A whole answer; header names with ``_`` for ``-``."""
        self.begin(status, **{"Content_Length": str(len(body)), **headers})
        if self.command != "HEAD":
            self.wfile.write(body)

    def begin(self, status: int, **headers: str) -> None:
        """Status and headers; the test writes the body to ``wfile``."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def answer_json(self, content: Any, status: int = 200, **headers: str) -> None:
        kind = "application/json" if status < 400 else "application/problem+json"
        self.answer(status, json.dumps(content).encode(), Content_Type=kind, **headers)

    def problem(self, slug: str, status: int, **members: Any) -> None:
        content = {"type": f"urn:kmzb:problem:{slug}", "title": slug.replace("-", " "), "status": status}
        headers = {"Retry_After": "7"} if status == 503 else {}
        self.answer_json({**content, **members}, status, **headers)

    def hang_up(self) -> None:
        """Break the connection as a process that dies does."""
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def finish(self) -> None:
        try:
            super().finish()
        except (ValueError, OSError):
            return  # hung up

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: tests look at ``seen``."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    seen: list[Seen]
    dispatch: Callable[[Exchange, str], None]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is what many tests want."""


class LocalServer:
    """Serves routes from threads of its own while the ``with`` block lasts.

    Attributes:
        routes: what answers each path.
        seen: the requests that arrived, oldest first.
        closing: set when the server stops, for routes that stall.
    """

    def __init__(self) -> None:
        self.routes: dict[str, Callable[[Exchange], None]] = {}
        self.seen: list[Seen] = []
        self.closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), Exchange)
        self._server.seen = self.seen
        self._server.dispatch = self.dispatch
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def encrypt(self, certificate: Path, key: Path, clients_of: Path | None = None) -> None:
        """Speak TLS from now on, with a certificate and its key (PEM).

        Args:
            certificate, key: the server's.
            clients_of: an authority; only clients with a certificate of it are served.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        if clients_of is not None:
            context.load_verify_locations(clients_of)
            context.verify_mode = ssl.CERT_REQUIRED
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    def dispatch(self, exchange: Exchange, path: str) -> None:
        route = self.routes.get(path)
        if route is None:
            exchange.problem("not-found", 404)
        else:
            route(exchange)

    def __enter__(self) -> LocalServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def unused_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
