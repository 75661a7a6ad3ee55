"""Import of areas: voivodeships, counties and communes with their TERYT codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from osgeo import osr
from sqlalchemy import Engine

from kmzb_service.database.engine import writing
from kmzb_service.database.instants import whole_milliseconds
from kmzb_service.database.tables import area
from kmzb_service.intake.errors import IntakeError, Refused
from kmzb_service.intake.outcome import Progress, Rejects, Summary, no_progress, record_run, wait_for_turn
from kmzb_service.intake.placement import CODE_LENGTHS, place_again
from kmzb_service.intake.polygon_store import store_polygons
from kmzb_service.intake.polygons import as_multipolygon, spatial_reference, to_degrees, to_ewkt
from kmzb_service.intake.prg import prg_sources
from kmzb_service.intake.reading import Row, Source, open_source, require_columns
from kmzb_service.intake.units import rebuild_united_units, united_units

_POPULATION = re.compile("[0-9]{1,9}")


LEVELS = {length: level for level, length in CODE_LENGTHS.items()}


@dataclass(frozen=True)
class AreaFields:
    """Which field of the file is what; the last two may be left out."""

    code: str
    name: str
    parent: str | None = None
    population: str | None = None

    def named(self) -> tuple[str, ...]:
        return tuple(name for name in vars(self).values() if name is not None)


PRG_FIELDS = AreaFields("JPT_KOD_JE", "JPT_NAZWA_")
"""The fields of the state register of boundaries (PRG), as shapefiles cut them off."""


def import_areas(
    engine: Engine,
    path: Path,
    level: str,
    fields: AreaFields,
    rejects: Rejects,
    *,
    crs: str | None = None,
    approximate: bool = False,
    progress: Progress = no_progress,
    now: datetime | None = None,
) -> Summary:
    """Bring the areas of a file into the database, in one transaction.

    Units that are the union of changed areas follow them, and every threat
    is given to the areas and unit that hold it then.

    Args:
        engine: an initialised database.
        path: anything GDAL reads as polygons.
        level: ``voivodeship``, ``county`` or ``commune``.
        fields: which field is what.
        rejects: an open collector of refused rows.
        crs: coordinate system, in place of what the file says.
        approximate: whether the borders are only approximate.
        progress: told while the file is read.
        now: the instant of the import, the present one by default.

    Raises:
        IntakeError: the file cannot be used; nothing has been imported.
    """
    source = open_source(path)
    require_columns(source, fields.named())
    reader = _AreaReader(fields, level, to_degrees(_reference(source, crs)))
    return _bring_in(engine, path, [(source, reader)], approximate, rejects, progress, now)


def import_prg(
    engine: Engine,
    path: Path,
    rejects: Rejects,
    *,
    progress: Progress = no_progress,
    now: datetime | None = None,
) -> Summary:
    """Bring official boundaries (PRG) into the database, of all levels that the file has.

    The arguments, and what follows from it, are those of :func:`import_areas`.

    Args:
        path: a shapefile or GML as the registry hands them out, or a ZIP archive of shapefiles.

    Raises:
        IntakeError: the file has no such boundaries; nothing has been imported.
    """
    sources = [
        (source, _AreaReader(PRG_FIELDS, None, to_degrees(_reference(source, None))))
        for source in prg_sources(path, PRG_FIELDS.named())
    ]
    return _bring_in(engine, path, sources, False, rejects, progress, now)


def _bring_in(
    engine: Engine,
    path: Path,
    sources: Sequence[tuple[Source, _AreaReader]],
    approximate: bool,
    rejects: Rejects,
    progress: Progress,
    now: datetime | None,
) -> Summary:
    """Read all rows, then write those that are areas."""
    now = whole_milliseconds(now or datetime.now(UTC))
    summary = Summary()
    rows: dict[str, dict[str, Any]] = {}
    expected, number = sum(source.expected for source, _ in sources), 0
    for source, reader in sources:
        for row in source.rows:
            number += 1
            try:
                columns, repaired = reader.columns(row)
                if columns["code"] in rows:
                    raise Refused(reader.fields.code, f"the code {columns['code']!r} is in the file already")
            except Refused as refused:
                summary.rejected += 1
                rejects.add(row.line, refused, row.fields)
                continue
            rows[columns["code"]] = {**columns, "approximate": approximate}
            summary.repaired += repaired
            progress(number, max(expected, number))
    with writing(engine) as connection:
        wait_for_turn(connection)
        united = united_units(connection)
        changed = store_polygons(connection, area, list(rows.values()), now, summary)
        if changed:
            rebuild_united_units(connection, united, changed, now)
            summary.moved = place_again(connection, now)
        record_run(connection, "areas", path.name, now, summary.as_json())
    return summary


def _reference(source: Source, crs: str | None) -> osr.SpatialReference:
    if crs is not None:
        return spatial_reference(crs)
    if source.crs is None:
        raise IntakeError(f"{source.path.name} does not say what its coordinates are: name its CRS")
    return source.crs


@dataclass(frozen=True)
class _AreaReader:
    """Reads areas of one level, or of whichever level a code's length says when that is none."""

    fields: AreaFields
    level: str | None
    transformation: osr.CoordinateTransformation | None

    def columns(self, row: Row) -> tuple[dict[str, Any], bool]:
        """The columns of one area, and whether its geometry was repaired."""
        if row.problem is not None:
            raise Refused("", row.problem)
        code, level = self._code(row.fields[self.fields.code].strip())
        name = row.fields[self.fields.name].strip()
        if not name:
            raise Refused(self.fields.name, "is empty")
        geometry, repaired = as_multipolygon(row.geometry, self.transformation)
        return {
            "code": code,
            "level": level,
            "name": name,
            "parent": _parent(row, code, level, self.fields.parent),
            "population": _population(row, self.fields.population),
            "geom": to_ewkt(geometry),
        }, repaired

    def _code(self, text: str) -> tuple[str, str]:
        """A code and its level."""
        if self.level is None:
            # the land register writes a commune's kind after a line
            code = text.replace("_", "", 1)
            level = LEVELS.get(len(code))
            if level is None or not _is_number(code):
                hint = "; a leading zero may be lost" if _is_number(code) and len(code) + 1 in LEVELS else ""
                raise Refused(
                    self.fields.code, f"{text!r} is no code of a voivodeship, county or commune{hint}"
                )
            return code, level
        length = CODE_LENGTHS[self.level]
        if not (_is_number(text) and len(text) == length):
            hint = "; a leading zero may be lost" if text.isdigit() and len(text) == length - 1 else ""
            raise Refused(
                self.fields.code,
                f"{text!r} is not the code of a {self.level}, which has {length} digits{hint}",
            )
        return text, self.level


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _parent(row: Row, code: str, level: str, field: str | None) -> str | None:
    """What the file says, or the code of the level above, with which an area's own code begins."""
    if field is not None and row.fields[field].strip():
        return row.fields[field].strip()
    above = [length for length in CODE_LENGTHS.values() if length < CODE_LENGTHS[level]]
    return code[: above[-1]] if above else None


def _population(row: Row, field: str | None) -> int | None:
    text = row.fields[field].strip() if field is not None else ""
    if not text:
        return None
    if field is not None and not _POPULATION.fullmatch(text):
        raise Refused(field, f"{text!r} is no whole number from 0")
    return int(text)
