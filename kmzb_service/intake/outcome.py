"""What became of the rows of an import: a summary that adds up, and a file of the refused ones."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from sqlalchemy import Connection, insert, select

from kmzb_service.database.tables import change_counter, import_run
from kmzb_service.intake.errors import IntakeError, Refused

FIRST_REJECTS = 20

Progress = Callable[[int, int], None]
"""Called with the rows done and the rows expected."""


def no_progress(_done: int, _total: int) -> None:
    """The progress of whoever does not watch."""


@dataclass
class Summary:
    """Counts of rows; every row read ends in exactly one of the other four.

    ``repaired`` and ``moved`` are by the way: geometries made valid, and
    threats given to another area or unit than before.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    repaired: int = 0
    moved: int = 0

    @property
    def read(self) -> int:
        return self.added + self.updated + self.unchanged + self.rejected

    def as_json(self) -> dict[str, int]:
        return {"read": self.read, **asdict(self)}


@dataclass(frozen=True)
class Reject:
    """A refused row: where it stands in the file and why it was refused."""

    line: int
    column: str
    reason: str


class Rejects:
    """Collects refused rows: the first few for the screen, all of them in a CSV file.

    The file appears with the first refused row; one left by an earlier
    import is removed, so that it always speaks of this one.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self.first: list[Reject] = []
        self._file: TextIO | None = None

    def __enter__(self) -> Rejects:
        self.path.unlink(missing_ok=True)
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def add(self, line: int, refused: Refused, fields: Mapping[str, str]) -> None:
        """Note a refused row with its original fields.

        Raises:
            IntakeError: the file cannot be written.
        """
        self.count += 1
        if len(self.first) < FIRST_REJECTS:
            self.first.append(Reject(line, refused.column, refused.reason))
        try:
            if self._file is None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self.path.open("w", encoding="utf-8", newline="")
                csv.writer(self._file).writerow(["line", "column", "reason", *fields])
            csv.writer(self._file).writerow([line, refused.column, refused.reason, *fields.values()])
        except OSError as error:
            raise IntakeError(f"{self.path}: the refused rows cannot be written: {error.strerror}") from error


def wait_for_turn(connection: Connection) -> None:
    """Take the change counter's lock, so that what an import reads stays true until it has written."""
    connection.execute(select(change_counter.c.position).with_for_update())


def record_run(
    connection: Connection, kind: str, file_name: str, started_at: datetime, summary: Mapping[str, object]
) -> None:
    """Keep what an import brought."""
    connection.execute(
        insert(import_run).values(
            kind=kind, file_name=file_name, started_at=started_at, summary=dict(summary)
        )
    )
