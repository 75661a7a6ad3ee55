"""Import of areas: voivodeships, counties and communes with their TERYT codes."""

from __future__ import annotations

import re
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
from kmzb_service.intake.reading import Row, Source, open_source, require_columns
from kmzb_service.intake.units import rebuild_united_units, united_units

_POPULATION = re.compile("[0-9]{1,9}")


@dataclass(frozen=True)
class AreaFields:
    """Which field of the file is what; the last two may be left out."""

    code: str
    name: str
    parent: str | None = None
    population: str | None = None

    def named(self) -> tuple[str, ...]:
        return tuple(name for name in vars(self).values() if name is not None)


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
    now = whole_milliseconds(now or datetime.now(UTC))
    source = open_source(path)
    require_columns(source, fields.named())
    transformation = to_degrees(_reference(source, crs))
    summary = Summary()
    rows: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(source.rows, start=1):
        try:
            columns, repaired = _columns(row, level, fields, transformation)
            if columns["code"] in rows:
                raise Refused(fields.code, f"the code {columns['code']!r} is in the file already")
        except Refused as refused:
            summary.rejected += 1
            rejects.add(row.line, refused, row.fields)
            continue
        rows[columns["code"]] = {**columns, "approximate": approximate}
        summary.repaired += repaired
        progress(number, max(source.expected, number))
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


def _columns(
    row: Row, level: str, fields: AreaFields, transformation: osr.CoordinateTransformation | None
) -> tuple[dict[str, Any], bool]:
    """The columns of one area, and whether its geometry was repaired."""
    if row.problem is not None:
        raise Refused("", row.problem)
    code = row.fields[fields.code].strip()
    length = CODE_LENGTHS[level]
    if not (code.isascii() and code.isdigit() and len(code) == length):
        hint = "; a leading zero may be lost" if code.isdigit() and len(code) == length - 1 else ""
        raise Refused(fields.code, f"{code!r} is not the code of a {level}, which has {length} digits{hint}")
    name = row.fields[fields.name].strip()
    if not name:
        raise Refused(fields.name, "is empty")
    geometry, repaired = as_multipolygon(row.geometry, transformation)
    return {
        "code": code,
        "level": level,
        "name": name,
        "parent": _parent(row, code, level, fields.parent),
        "population": _population(row, fields.population),
        "geom": to_ewkt(geometry),
    }, repaired


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
