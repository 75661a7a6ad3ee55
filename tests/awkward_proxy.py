"""A proxy between desk and service that delays, cuts, corrupts, caches, or answers in the service's stead."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import requests
from local_server import Exchange, LocalServer

HOP_BY_HOP = frozenset(("connection", "content-length", "date", "server", "transfer-encoding"))
PORTAL = b"<!DOCTYPE html><html><body>Accept the terms of the network</body></html>"


@dataclass(frozen=True)
class Answer:
    """What the service answered."""

    status: int
    body: bytes
    headers: dict[str, str]


Mood = Callable[["AwkwardProxy", Exchange, Answer], None]


class AwkwardProxy(LocalServer):
    """Hands requests on to a service; a mood decides what becomes of an answer.

    Args:
        service_url: where requests go.
    """

    def __init__(self, service_url: str) -> None:
        super().__init__()
        self.service_url = service_url
        self.moods: dict[str, Mood] = {}
        self.kept: dict[str, Answer] = {}
        self.met: list[str] = []
        self._session = requests.Session()
        self._session.trust_env = False

    def be(self, mood: Mood, *paths: str) -> None:
        """Treat all answers for these paths so from now on."""
        self.moods = dict.fromkeys(paths, mood)
        self.met.clear()

    def behave(self) -> None:
        """Hand everything on as it is."""
        self.moods = {}

    def dispatch(self, exchange: Exchange, path: str) -> None:
        headers = {name: value for name, value in exchange.headers.items() if name.lower() not in HOP_BY_HOP}
        headers["Host"] = self.url.removeprefix("http://")
        with self._session.request(
            exchange.command,
            self.service_url + exchange.path,
            headers={**headers, "Accept-Encoding": "identity"},
            data=exchange.body,
            allow_redirects=False,
            timeout=30,
        ) as response:
            kept = {
                name.replace("-", "_"): value
                for name, value in response.headers.items()
                if name.lower() not in HOP_BY_HOP
            }
            answer = Answer(response.status_code, response.content, kept)
        mood = next((mood for start, mood in self.moods.items() if path.startswith(start)), None)
        if mood is None:
            self.kept.setdefault(exchange.path, answer)
            hand_on(self, exchange, answer)
        else:
            self.met.append(path)
            mood(self, exchange, answer)


def hand_on(_proxy: AwkwardProxy, exchange: Exchange, answer: Answer) -> None:
    """As it is."""
    exchange.answer(answer.status, answer.body, **answer.headers)


def page(status: int) -> Mood:
    """A page for people instead of the answer."""
    return lambda _proxy, exchange, _answer: exchange.answer(
        status, PORTAL, Content_Type="text/html; charset=utf-8"
    )


def portal(_proxy: AwkwardProxy, exchange: Exchange, _answer: Answer) -> None:
    """On to the sign-in page of a network."""
    if exchange.path == "/portal":
        page(200)(_proxy, exchange, _answer)
    else:
        exchange.answer(302, Location="/portal")


def cut(_proxy: AwkwardProxy, exchange: Exchange, answer: Answer) -> None:
    """The connection breaks in the middle of the body."""
    exchange.begin(answer.status, **answer.headers, Content_Length=str(len(answer.body)))
    exchange.wfile.write(answer.body[: len(answer.body) // 2])
    exchange.hang_up()


def too_short(_proxy: AwkwardProxy, exchange: Exchange, answer: Answer) -> None:
    """Fewer bytes than announced, and a tidy end."""
    exchange.begin(answer.status, **answer.headers, Content_Length=str(len(answer.body) + 1000))
    exchange.wfile.write(answer.body)
    exchange.close_connection = True


def cropped(_proxy: AwkwardProxy, exchange: Exchange, answer: Answer) -> None:
    """Half of the answer, announced as the whole."""
    exchange.answer(answer.status, answer.body[: len(answer.body) // 2], **answer.headers)


def corrupt(_proxy: AwkwardProxy, exchange: Exchange, answer: Answer) -> None:
    """One byte in the middle is another."""
    body = bytearray(answer.body)
    body[len(body) // 2] ^= 0x80
    exchange.answer(answer.status, bytes(body), **answer.headers)


def stale(proxy: AwkwardProxy, exchange: Exchange, answer: Answer) -> None:
    """What a cache has kept of an earlier answer; it says how old that is."""
    kept = proxy.kept.get(exchange.path, answer)
    exchange.answer(kept.status, kept.body, **{**kept.headers, "Age": "300"})


def slow(seconds: float) -> Mood:
    """The answer, late."""

    def wait(proxy: AwkwardProxy, exchange: Exchange, answer: Answer) -> None:
        time.sleep(seconds)
        hand_on(proxy, exchange, answer)

    return wait
