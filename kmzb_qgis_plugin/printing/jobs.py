"""Many prints in a row: what is read off the main thread, and what is laid out in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from qgis.core import QgsPrintLayout
from qgis.PyQt import sip

from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.printing.errors import DistrictError, ReportGone
from kmzb_qgis_plugin.printing.export import Output

OF_ONE_PRINT: Final = (DistrictError, ReportGone)
"""Errors that concern one print and not those that follow."""


@dataclass(frozen=True)
class Job:
    """One print.

    Attributes:
        name: of its file, without ending.
        title: what a person calls it.
        read: reads what is printed, on any thread.
        build: lays it out, in the main thread.
    """

    name: str
    title: str
    read: Callable[[sqlite3.Connection], Any]
    build: Callable[[Any], QgsPrintLayout]


def write_page(job: Job, content: Any, output: Output) -> None:
    """Lay a print out and write it. Belongs into the main thread.

    Raises:
        KmzbError: it cannot be laid out or written.
    """
    layout = job.build(content)
    try:
        output.add(layout, job.name)
    finally:
        sip.delete(layout)


def write_all(
    jobs: Sequence[Job],
    connection: sqlite3.Connection,
    output: Output,
    told: Callable[[int, str], None],
    cancelled: Callable[[], bool],
) -> list[KmzbError]:
    """Write all prints, in the main thread; the caller finishes the output.

    What is wrong with one of several does not keep the others from being printed.

    Args:
        jobs: what to print.
        connection: to the replica.
        output: where to.
        told: hears how many are done, and the title of the next one.
        cancelled: asked before each.

    Returns:
        What kept some from being printed.
    """
    skipped: list[KmzbError] = []
    for number, job in enumerate(jobs):
        if cancelled():
            break
        told(number, job.title)
        try:
            write_page(job, job.read(connection), output)
        except OF_ONE_PRINT as error:
            if len(jobs) == 1:
                raise
            skipped.append(error)
    return skipped
