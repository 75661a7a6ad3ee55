"""The table of figures, as Markdown for the docs to quote."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line of the table.

    Attributes:
        name: what was measured.
        ours: the figure with its unit.
        peer: what it is held against, with its figure.
        ratio: how many times better ours is; none where it stands alone.
        aim: what it should reach, in words.
    """

    name: str
    ours: str
    peer: str = ""
    ratio: float | None = None
    aim: str = ""


def show(lines: list[Line]) -> None:
    """Print the table."""
    print("| what | ours | peer | ratio | aim |")
    print("|---|---|---|---|---|")
    for line in lines:
        ratio = "" if line.ratio is None else f"{line.ratio:.2f} ×"
        print(f"| {line.name} | {line.ours} | {line.peer} | {ratio} | {line.aim} |")
