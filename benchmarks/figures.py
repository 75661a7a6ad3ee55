"""What a measurement yields, and how it is printed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    Attributes:
        name: what was measured.
        seconds: median of the runs.
        peer: what it is held against, and its median in seconds; None where it stands alone.
        aim: what it should reach, in words.
    """

    name: str
    seconds: float
    peer: tuple[str, float] | None = None
    aim: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the peer's time ours goes into."""
        return self.peer[1] / self.seconds if self.peer else None


def seconds(action: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def median_seconds(action: Callable[[], object], runs: int = 5) -> float:
    """Median wall time of ``runs`` calls."""
    return statistics.median(seconds(action) for _ in range(runs))


def paired_medians(
    ours: Callable[[], object], peer: Callable[[], object], runs: int = 9
) -> tuple[float, float]:
    """Median wall times of two actions that take turns, so that a machine's moods meet both."""
    times = [(seconds(ours), seconds(peer)) for _ in range(runs)]
    return statistics.median(pair[0] for pair in times), statistics.median(pair[1] for pair in times)


def show(figures: list[Figure]) -> None:
    """Print the table as Markdown, for the docs to quote."""
    print("| what | ours | peer | peer's | ratio | aim |")
    print("|---|---|---|---|---|---|")
    for figure in figures:
        peer, seconds = (figure.peer[0], f"{figure.peer[1]:.3f} s") if figure.peer else ("", "")
        ratio = f"{figure.ratio:.1f} ×" if figure.ratio else ""
        print(f"| {figure.name} | {figure.seconds:.3f} s | {peer} | {seconds} | {ratio} | {figure.aim} |")
