"""Many prints in a row: what is read off the main thread, and what is laid out in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final

from qgis.core import QgsPrintLayout

from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.printing.errors import DistrictError, ReportGone
from kmzb_qgis_plugin.printing.export import Output
from kmzb_qgis_plugin.printing.template import Form

OF_ONE_PRINT: Final = (DistrictError, ReportGone)
"""Errors that concern one print and not those that follow."""


@dataclass(frozen=True)
class Job:
    """One print.

    Attributes:
        name: of its file, without ending.
        title: what a person calls it.
        read: reads what is printed, on any thread.
        form: reads its template, in the main thread; the same for all that are ordered together.
        fill: fills the template, in the main thread.
    """

    name: str
    title: str
    read: Callable[[sqlite3.Connection], Any]
    form: Callable[[], Form]
    fill: Callable[[Any, Form], None]

    def build(self, content: Any) -> QgsPrintLayout:
        """Lay it out, in the main thread; the layout is the caller's.

        Raises:
            KmzbError: it cannot be laid out.
        """
        form = self.form()
        self.fill(content, form)
        return form.layout


class Press:
    """Lays prints out that were ordered together, and writes them. Belongs into the main thread.

    A context manager: its layout goes when it ends.

    Args:
        output: where the pages go.
    """

    def __init__(self, output: Output) -> None:
        self._output = output
        self._form: Form | None = None

    def lay_out(self, job: Job, content: Any) -> QgsPrintLayout:
        """Lay a print out; the layout is good until the next one.

        Raises:
            KmzbError: it cannot be laid out.
        """
        if self._form is None:
            self._form = job.form()
        job.fill(content, self._form)
        return self._form.layout

    def print(self, job: Job, content: Any) -> None:
        """Lay a print out and write it.

        Raises:
            KmzbError: it cannot be laid out or written.
        """
        self._output.add(self.lay_out(job, content), job.name)

    def close(self) -> None:
        """Let go of the layout."""
        if self._form is not None:
            self._form.delete()
            self._form = None

    def __enter__(self) -> Press:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def cancelled_text(written: int) -> str:
    """What a person is told who cancelled, once some files are whole."""
    if not written:
        return tr("Printing was cancelled. No file was written.")
    return tr("Printing was cancelled. %n file(s) had been written and stay.", None, written)


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
    with Press(output) as press:
        for number, job in enumerate(jobs):
            if cancelled():
                break
            told(number, job.title)
            try:
                press.print(job, job.read(connection))
            except OF_ONE_PRINT as error:
                if len(jobs) == 1:
                    raise
                skipped.append(error)
    return skipped
