"""Reports that a system sends one by one, against bare inserts with a commit each."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

import httpx
import psycopg

from benchmarks.service.country import Country
from benchmarks.service.lines import Line
from benchmarks.service.load import in_turns, seconds
from benchmarks.service.peers import BareTable
from kmzb_service.security.tokens import create_token

COUNT = 500
TURNS = 3


class Platform:
    """The citizens' platform: puts reports on the map, each in another place."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._numbers = itertools.count()
        self._run = uuid.uuid4()

    def send(self, count: int) -> None:
        """Send new reports, one after the other.

        Raises:
            RuntimeError: one was not taken in.
        """
        for number in itertools.islice(self._numbers, count):
            answer = self._client.post("/collections/threats/items", json=self._report(number))
            if answer.status_code != 201:
                raise RuntimeError(f"not taken in: {answer.text}")

    def _report(self, number: int) -> dict[str, Any]:
        return {
            "type": "Feature",
            "geometry": {
                "type": "Point",
                "coordinates": [15.0 + number % 100 / 200, 52.0 + number // 100 % 100 / 200],
            },
            "properties": {
                "source": "citizen",
                "source_id": f"{self._run}-{number}",
                "category": "illegal_parking",
                "occurred_from": "2021-03-01T12:00:00Z",
                "description": "Samochody stoją na chodniku przy szkole.",
            },
        }


def measure(country: Country) -> list[Line]:
    token = create_token(country.engine, f"platform {uuid.uuid4()}", "sender")
    headers = {"Authorization": f"Bearer {token}"}
    with (
        httpx.Client(base_url=country.service.url, headers=headers, timeout=600) as client,
        psycopg.connect(country.libpq, autocommit=True) as connection,
    ):
        platform, bare = Platform(client), BareTable(connection, "threat")
        sent, inserted = in_turns(
            lambda: seconds(lambda: platform.send(COUNT)),
            lambda: seconds(lambda: bare.insert_one_by_one(COUNT)),
            turns=TURNS,
        )
    return [
        Line(
            f"{COUNT} reports sent one by one", f"{sent:.2f} s, {sent / COUNT * 1000:.1f} ms each",
            f"bare inserts, a commit each: {inserted:.2f} s", inserted / sent,
        )
    ]  # fmt: skip
