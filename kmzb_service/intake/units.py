"""Import of units: which command, station or post watches over which ground."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from osgeo import ogr, osr
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from sqlalchemy import Connection, Engine, func, select

from kmzb_service.database.engine import writing
from kmzb_service.database.instants import whole_milliseconds
from kmzb_service.database.tables import unit
from kmzb_service.intake.errors import IntakeError, Refused
from kmzb_service.intake.outcome import Progress, Rejects, Summary, no_progress, record_run, wait_for_turn
from kmzb_service.intake.placement import place_again
from kmzb_service.intake.polygon_store import area_geometries, store_polygons, united_areas
from kmzb_service.intake.polygons import as_multipolygon, from_wkb, to_degrees, to_ewkt, union
from kmzb_service.intake.reading import Row, open_source, require_columns


def _split(value: object) -> object:
    return [code for code in re.split("[,; ]+", value) if code] if isinstance(value, str) else value


def _none_for_empty(value: object) -> object:
    return None if value == "" else value


Code = Annotated[str, StringConstraints(min_length=1, max_length=20, strip_whitespace=True)]
Lon = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Lat = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]


class UnitEntry(BaseModel):
    """What a file says of a unit, apart from a geometry."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    code: Code
    name: Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
    kind: Literal["KWP", "KMP", "KPP", "komisariat", "posterunek", "rewir"]
    parent: Annotated[Code | None, BeforeValidator(_none_for_empty)] = None
    areas: Annotated[tuple[Code, ...], BeforeValidator(_split)] = ()
    seat_lon: Annotated[Lon | None, BeforeValidator(_none_for_empty)] = None
    seat_lat: Annotated[Lat | None, BeforeValidator(_none_for_empty)] = None


def import_units(
    engine: Engine,
    path: Path,
    rejects: Rejects,
    progress: Progress = no_progress,
    now: datetime | None = None,
) -> Summary:
    """Bring the units of a file into the database, in one transaction.

    A unit's ground is the geometry that the file gives, or else the union of
    the areas whose codes it lists. Every threat is given to its unit again.

    Args:
        engine: an initialised database with the areas that the units list.
        path: TOML with ``[[units]]``, CSV or anything GDAL reads, with the
            columns code, name, kind and where known parent, areas (codes
            with commas between), seat_lon, seat_lat.
        rejects: an open collector of refused rows.
        progress: told while the file is read.
        now: the instant of the import, the present one by default.

    Raises:
        IntakeError: the file cannot be used; nothing has been imported.
    """
    now = whole_milliseconds(now or datetime.now(UTC))
    rows, crs = _open(path)
    transformation = None if crs is None else to_degrees(crs)
    summary = Summary()
    columns: dict[str, dict[str, Any]] = {}
    with writing(engine) as connection:
        wait_for_turn(connection)
        known = set(connection.execute(select(unit.c.code).where(unit.c.removed.is_(False))).scalars())
        for number, (row, given) in enumerate(rows, start=1):
            try:
                entry = _entry(row, given)
                if entry.code in columns:
                    raise Refused("code", f"the code {entry.code!r} is in the file already")
                if entry.parent is not None and entry.parent not in known | columns.keys():
                    raise Refused(
                        "parent", f"there is no unit {entry.parent!r}; list it before its own units"
                    )
                geometry, repaired = _ground(connection, entry, row, transformation)
            except Refused as refused:
                summary.rejected += 1
                rejects.add(row.line, refused, row.fields)
                continue
            columns[entry.code] = {**entry.model_dump(), "areas": ",".join(entry.areas), "geom": geometry}
            summary.repaired += repaired
            progress(number, len(rows))
        if store_polygons(connection, unit, list(columns.values()), now, summary):
            summary.moved = place_again(connection, now)
        record_run(connection, "units", path.name, now, summary.as_json())
    return summary


def _open(path: Path) -> tuple[list[tuple[Row, dict[str, Any]]], osr.SpatialReference | None]:
    """Each row with its values as the file has them, and the CRS of the geometries."""
    if path.suffix.lower() == ".toml":
        return list(_toml_rows(path)), None
    source = open_source(path)
    require_columns(source, [name for name, field in UnitEntry.model_fields.items() if field.is_required()])
    return [(row, dict(row.fields)) for row in source.rows], source.crs


def _toml_rows(path: Path) -> Iterator[tuple[Row, dict[str, Any]]]:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise IntakeError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise IntakeError(f"{path.name} is not UTF-8, as TOML has to be") from error
    except tomllib.TOMLDecodeError as error:
        raise IntakeError(f"{path.name} is not valid TOML: {error}") from error
    entries = document.get("units")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise IntakeError(f"{path.name} has no [[units]]")
    for number, entry in enumerate(entries, start=1):
        yield Row(number, {name: _as_text(entry.get(name, "")) for name in UnitEntry.model_fields}), entry


def _as_text(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _entry(row: Row, given: dict[str, Any]) -> UnitEntry:
    if row.problem is not None:
        raise Refused("", row.problem)
    try:
        return UnitEntry.model_validate(given)
    except ValidationError as error:
        problem = error.errors()[0]
        raise Refused(str(problem["loc"][0]), f"{problem['msg']}, not {problem['input']!r}") from None


def _ground(
    connection: Connection,
    entry: UnitEntry,
    row: Row,
    transformation: osr.CoordinateTransformation | None,
) -> tuple[str, bool]:
    """EWKT of a unit's ground, and whether a given geometry was repaired."""
    if row.geometry is not None and not row.geometry.IsEmpty():
        geometry, repaired = as_multipolygon(row.geometry, transformation)
        return to_ewkt(geometry), repaired
    if not entry.areas:
        raise Refused("areas", "lists no area, and the row has no geometry")
    return united_areas(connection, entry.areas), False


def united_units(connection: Connection) -> dict[str, list[str]]:
    """Units whose ground is exactly the union of the areas they list, and those areas' codes."""
    query = select(unit.c.code, unit.c.areas, func.ST_AsBinary(unit.c.geom)).where(
        unit.c.removed.is_(False), unit.c.areas != ""
    )
    united = {}
    for code, listed, ground in connection.execute(query).all():
        codes = listed.split(",")
        geometries = area_geometries(connection, codes)
        if len(geometries) == len(codes) and _same(from_wkb(ground), [geometries[one] for one in codes]):
            united[code] = codes
    return united


def _same(ground: ogr.Geometry, parts: list[ogr.Geometry]) -> bool:
    return to_ewkt(ground) == to_ewkt(union(parts))


def rebuild_united_units(
    connection: Connection, united: dict[str, list[str]], changed: set[str], now: datetime
) -> None:
    """Let the units found by :func:`united_units` follow those of their areas that have changed."""
    rows = [
        {"code": code, "geom": united_areas(connection, codes)}
        for code, codes in united.items()
        if changed.intersection(codes)
    ]
    store_polygons(connection, unit, rows, now, Summary())
