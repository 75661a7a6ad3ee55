"""Changes, and snapshots: made beside a writer, and downloaded."""

from __future__ import annotations

import statistics
import threading

import httpx
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from benchmarks.service.country import Country
from benchmarks.service.deciding import Desk
from benchmarks.service.lines import Line
from benchmarks.service.load import download, in_turns, percentile, seconds
from benchmarks.service.peers import file_server
from kmzb_service.database.engine import current_position, epoch
from kmzb_service.sync.cursor import Cursor

REQUESTS = 300
PAUSE_SECONDS = 0.05


def measure(country: Country) -> list[Line]:
    return [*_changes(country), *_snapshot(country), _download(country)]


def _cursor(country: Country, behind: int) -> str:
    with country.engine.connect() as connection:
        found = httpx.get(f"{country.service.url}/snapshots", headers=country.headers, timeout=60).json()
        scope = Cursor.decode(found["snapshots"][0]["cursor"]).scope
        return Cursor(epoch(connection), current_position(connection) - behind, scope).encode()


def _changes(country: Country) -> list[Line]:
    def ask(behind: int) -> float:
        path = f"/changes?limit=10000&cursor={_cursor(country, behind)}"
        return seconds(lambda: download(country.port, path, country.headers))

    path = f"/changes?cursor={_cursor(country, 0)}"
    download(country.port, path, country.headers)
    before = _spent(country)
    for _ in range(REQUESTS):
        download(country.port, path, country.headers)
    after = _spent(country)
    idle = (after[0] - before[0]) / (after[1] - before[1])
    one, four = in_turns(lambda: ask(1_000), lambda: ask(4_000), turns=9)
    return [
        Line("`/changes` with nothing new, at the server", f"{idle * 1000:.1f} ms", aim="under 5 ms"),
        Line(
            "`/changes` with 1,000 changes", f"{one * 1000:.0f} ms",
            f"4,000 changes: {four * 1000:.0f} ms", four / one / 4, "1 × is proportional",
        ),
    ]  # fmt: skip


def _spent(country: Country) -> tuple[float, float]:
    """Seconds and requests that the service has spent on changes."""
    answer = httpx.get(f"{country.service.url}/metrics", timeout=60)
    found = {
        sample.name: sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
        if sample.labels.get("route") == "/changes" and family.name == "kmzb_request_seconds"
    }
    return found["kmzb_request_seconds_sum"], found["kmzb_request_seconds_count"]


def _snapshot(country: Country) -> list[Line]:
    """Make one in a process of its own while a desk goes on deciding."""
    with Desk(country) as desk:
        desk.prepare(4_000)
        alone = [seconds(desk.decide_one) for _ in range(100)]
        done = threading.Event()
        meanwhile: list[float] = []

        def decide() -> None:
            while not done.wait(PAUSE_SECONDS):
                meanwhile.append(seconds(desk.decide_one))

        writer = threading.Thread(target=decide)
        writer.start()
        built = seconds(lambda: country.service.command("snapshot", "build"))
        done.set()
        writer.join()
    with country.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT (SELECT count(*) FROM threat), (SELECT count(*) FROM decision)")
        ).one()
    return [
        Line(
            f"a snapshot of {rows[0]:,} threats and {rows[1]:,} decisions", f"{built:.0f} s", aim="under 60 s"
        ),
        Line(
            f"a decision meanwhile (of {len(meanwhile)}: median, slowest)",
            f"{statistics.median(meanwhile) * 1000:.0f} ms, {max(meanwhile) * 1000:.0f} ms",
            f"without: {statistics.median(alone) * 1000:.0f} ms, {percentile(alone, 1) * 1000:.0f} ms",
            aim="no writer waits",
        ),
    ]


def _download(country: Country) -> Line:
    found = httpx.get(f"{country.service.url}/snapshots", headers=country.headers, timeout=60).json()
    url, size = found["snapshots"][0]["url"], found["snapshots"][0]["size"]
    name = url.rpartition("/")[2]
    (path,) = (country.service.folder / "snapshots").rglob(name)
    with file_server(path.parent) as (server, port):
        ours, theirs = in_turns(
            lambda: seconds(lambda: download(country.port, f"/snapshots/{name}", country.headers)),
            lambda: seconds(lambda: download(port, f"/{name}", {})),
            turns=9,
        )
    speed = size / 2**20
    return Line(
        f"download of that snapshot ({speed:.0f} MB)", f"{speed / ours:.0f} MB/s",
        f"{server}: {speed / theirs:.0f} MB/s", theirs / ours, "0.8 ×",
    )  # fmt: skip
