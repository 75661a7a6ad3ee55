"""Import of threats: citizens' reports, community signals, police records."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from kmzb_service.catalogue.model import Catalogue
from kmzb_service.database.engine import writing
from kmzb_service.database.instants import whole_milliseconds
from kmzb_service.intake.errors import Refused
from kmzb_service.intake.facts import Facts, MeetingFacts
from kmzb_service.intake.mapping import Mapping
from kmzb_service.intake.outcome import Progress, Rejects, Summary, no_progress, record_run
from kmzb_service.intake.reading import Row, open_source, require_columns
from kmzb_service.intake.threat_rows import RowReader
from kmzb_service.intake.threat_store import ThreatStore
from kmzb_service.settings import Settings

BATCH = 5000
CLOCK_TOLERANCE = timedelta(days=1)
"""How far ahead of this computer's clock a time in a file may lie."""


def import_threats(
    engine: Engine,
    settings: Settings,
    catalogue: Catalogue,
    path: Path,
    mapping: Mapping,
    rejects: Rejects,
    progress: Progress = no_progress,
    now: datetime | None = None,
) -> Summary:
    """Bring the rows of a file into the database: new ones are added, changed ones updated.

    Rows go in by batches, each its own transaction: an import that was
    broken off is finished by running it again. A refused row goes to
    ``rejects``, the others go in.

    Args:
        engine: an initialised database.
        settings: accepted bounds and time zone.
        catalogue: categories and workflow.
        path: CSV or anything GDAL reads.
        mapping: which column is what.
        rejects: an open collector of refused rows.
        progress: told after every batch.
        now: the instant of the import, the present one by default.

    Raises:
        IntakeError: the file as a whole cannot be used; nothing has been imported.
    """
    now = whole_milliseconds(now or datetime.now(UTC))
    source = open_source(path, mapping.file.encoding, mapping.file.delimiter, mapping.file.layer)
    require_columns(source, mapping.file_columns())
    reader = RowReader(
        mapping, catalogue, source, settings.accepted_bounds, settings.zone, now + CLOCK_TOLERANCE
    )
    store = ThreatStore(engine, settings.zone, catalogue, mapping, now)
    summary = Summary()
    line_of: dict[str, int] = {}
    meetings = _Meetings(mapping.columns.meeting or "")
    batch: list[tuple[Row, Facts]] = []

    def refuse(row: Row, refused: Refused) -> None:
        summary.rejected += 1
        rejects.add(row.line, refused, row.fields)

    def flush() -> None:
        for row, refused in store.write(batch, summary):
            refuse(row, refused)
        batch.clear()
        progress(summary.read, max(source.expected, summary.read))

    for row in source.rows:
        try:
            facts = reader.facts(row)
            if facts.source_id in line_of:
                raise Refused(mapping.columns.id, f"the same id is in line {line_of[facts.source_id]}")
            facts = meetings.gathered(facts, row.line)
        except Refused as refused:
            refuse(row, refused)
            continue
        line_of[facts.source_id] = row.line
        batch.append((row, facts))
        if len(batch) == BATCH:
            flush()
    flush()
    with writing(engine) as connection:
        record_run(connection, "threats", path.name, now, summary.as_json())
    return summary


class _Meetings:
    """Sees to it that the rows of one meeting speak of one meeting.

    Args:
        column: the file's column that says which meeting a row is of.
    """

    def __init__(self, column: str) -> None:
        self._column = column
        self._first: dict[str, tuple[MeetingFacts, int]] = {}

    def gathered(self, facts: Facts, line: int) -> Facts:
        """A row's facts, their meeting as the first row has it that names it.

        What is raised at a meeting may lie elsewhere: its place is that of its first row.

        Raises:
            Refused: an earlier row says something else of the same meeting.
        """
        if facts.meeting is None:
            return facts
        first, its_line = self._first.setdefault(facts.meeting.uuid, (facts.meeting, line))
        if facts.meeting != replace(
            first, lon=facts.meeting.lon, lat=facts.meeting.lat, place=facts.meeting.place
        ):
            raise Refused(self._column, f"line {its_line} says something else of the same meeting")
        return replace(facts, meeting=first)
