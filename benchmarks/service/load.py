"""Clients that ask as fast as they are answered, and watches over the processes that answer."""

from __future__ import annotations

import http.client
import statistics
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

CLIENTS, SECONDS, TURNS = 8, 4.0, 5


def requests_per_second(port: int, path: str, headers: Mapping[str, str], clients: int = CLIENTS) -> float:
    """How many requests for one address are answered a second, by clients that keep their connections."""
    end = time.perf_counter() + SECONDS
    counts = [0] * clients

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while time.perf_counter() < end:
            connection.request("GET", path, headers=dict(headers))
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status} {body[:300]!r}")
            counts[number] += 1
        connection.close()

    start = time.perf_counter()
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if not all(counts):
        raise RuntimeError(f"{path}: a client was not answered")
    return sum(counts) / (time.perf_counter() - start)


def download(port: int, path: str, headers: Mapping[str, str]) -> int:
    """Read one answer and throw it away; return its size in bytes."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    connection.request("GET", path, headers=dict(headers))
    answer = connection.getresponse()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status} {answer.read()[:300]!r}")
    size, room = 0, bytearray(1024 * 1024)
    while count := answer.readinto(room):
        size += count
    connection.close()
    return size


def in_turns(*measures: Callable[[], float], turns: int = TURNS) -> list[float]:
    """The median of each measure; they take turns, so that a machine's moods meet all."""
    results = [[measure() for measure in measures] for _ in range(turns)]
    return [statistics.median(column) for column in zip(*results, strict=True)]


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def memory_peak(pid: int, action: Callable[[], object]) -> int:
    """By how many bytes a process's memory grew at most while something was done."""
    process = Path(f"/proc/{pid}")
    (process / "clear_refs").write_text("5")  # forget the peak so far
    before = _memory(process, "VmRSS")
    action()
    return _memory(process, "VmHWM") - before


def _memory(process: Path, name: str) -> int:
    lines = (process / "status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) * 1024


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
