"""1,000 decisions in one request, in 1,000 requests, and as bare inserts."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import httpx
import psycopg
from sqlalchemy import text

from benchmarks.service.country import Country
from benchmarks.service.lines import Line
from benchmarks.service.load import in_turns, seconds
from benchmarks.service.peers import BareTable

COUNT = 1_000
TURNS = 3


class Desk:
    """Has reports checked again, one after the other."""

    def __init__(self, country: Country) -> None:
        self._country = country
        self._client = httpx.Client(base_url=country.service.url, headers=country.headers, timeout=600)
        self._waiting: Iterator[dict[str, Any]] = iter(())

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def prepare(self, count: int) -> None:
        """Write down decisions that can be sent."""
        query = text(
            "SELECT id, version FROM threat WHERE status = 'eliminated' AND NOT removed ORDER BY id LIMIT :n"
        )
        with self._country.engine.connect() as connection:
            rows = connection.execute(query, {"n": count}).all()
        if len(rows) < count:
            raise RuntimeError(f"only {len(rows)} reports are eliminated")
        now = datetime.now(UTC).isoformat()
        self._waiting = iter(
            [
                {
                    "uuid": str(uuid.uuid4()),
                    "threat_id": row.id,
                    "base_version": row.version,
                    "to_status": "verification",
                    "note": "benchmark",
                    "decided_at": now,
                }
                for row in rows
            ]
        )

    def decide_one(self) -> None:
        self.decide(1)

    def decide(self, count: int) -> None:
        """Send the next decisions in one request.

        Raises:
            RuntimeError: not all were accepted.
        """
        decisions = list(itertools.islice(self._waiting, count))
        outcomes = self._client.post("/decisions", json={"decisions": decisions}).json()["outcomes"]
        if [outcome["outcome"] for outcome in outcomes] != ["accepted"] * count:
            raise RuntimeError(f"not all were accepted: {outcomes[0]}")


def measure(country: Country) -> list[Line]:
    with Desk(country) as desk, psycopg.connect(country.libpq, autocommit=True) as connection:
        bare = BareTable(connection, "decision")

        def one_batch() -> float:
            desk.prepare(COUNT)
            return seconds(lambda: desk.decide(COUNT))

        def singles() -> float:
            desk.prepare(COUNT)
            return seconds(lambda: [desk.decide_one() for _ in range(COUNT)])

        batch, single, bare_batch, bare_single = in_turns(
            one_batch,
            singles,
            lambda: seconds(lambda: bare.insert_at_once(COUNT)),
            lambda: seconds(lambda: bare.insert_one_by_one(COUNT)),
            turns=TURNS,
        )
    together, apart = f"{COUNT:,} decisions in one request", f"{COUNT:,} decisions in {COUNT:,} requests"
    return [
        Line(together, f"{batch:.2f} s", f"in {COUNT:,} requests: {single:.2f} s", single / batch),
        Line(
            together, f"{batch:.2f} s", f"bare inserts, one commit: {bare_batch:.2f} s", bare_batch / batch
        ),
        Line(
            apart, f"{single:.2f} s", f"bare inserts, a commit each: {bare_single:.2f} s",
            bare_single / single,
        ),
    ]  # fmt: skip
