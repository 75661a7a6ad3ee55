"""Writing areas and units: rows that are known by their code and have a multipolygon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from osgeo import ogr
from sqlalchemy import Connection, Table, bindparam, func, insert, select, update

from kmzb_service.database.engine import take_positions
from kmzb_service.database.tables import area
from kmzb_service.intake.errors import Refused
from kmzb_service.intake.outcome import Summary
from kmzb_service.intake.polygons import from_wkb, same_ground, to_ewkt, union


def store_polygons(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], now: datetime, summary: Summary
) -> set[str]:
    """Add the rows that are new and update those that say something else; return their codes.

    Args:
        connection: inside a write transaction.
        table: ``area`` or ``unit``.
        rows: all with the same columns of the table, ``code`` and ``geom`` (EWKT) among them.
        now: the instant of the change.
        summary: where they are counted.
    """
    if not rows:
        return set()
    columns = list(rows[0])
    present = _present(connection, table, columns)
    added, updated = [], []
    for row in rows:
        if row["code"] not in present:
            added.append({**row, "version": 1, "updated_at": now})
            continue
        version, said = present[row["code"]]
        if _same(said, row):
            summary.unchanged += 1
        else:
            updated.append({**row, "version": version + 1, "updated_at": now, "removed": False})
    summary.added += len(added)
    summary.updated += len(updated)
    changed = [*added, *updated]
    if changed:
        for position, row in enumerate(changed, start=take_positions(connection, len(changed))):
            row["seq"] = position
    if added:
        connection.execute(insert(table), added)
    if updated:
        connection.execute(
            update(table)
            .where(table.c.code == bindparam("known_code"))
            .values({name: bindparam(name) for name in updated[0] if name != "code"}),
            [{**row, "known_code": row["code"]} for row in updated],
        )
    return {row["code"] for row in changed}


def _same(said: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Whether a row says what is there already."""
    return said.keys() == row.keys() and all(
        said[name] == value or (name == "geom" and same_ground(said[name], value))
        for name, value in row.items()
    )


def _present(
    connection: Connection, table: Table, columns: list[str]
) -> dict[str, tuple[int, dict[str, Any]]]:
    """Version and columns by code; a row that was removed says nothing any more."""
    geometry = func.ST_AsBinary(table.c.geom).label("geom")
    query = select(
        table.c.version,
        table.c.removed,
        *(geometry if name == "geom" else table.c[name] for name in columns),
    )
    present = {}
    for row in connection.execute(query).mappings():
        said = {name: row[name] for name in columns} | {"geom": to_ewkt(from_wkb(row["geom"]))}
        present[row["code"]] = (row["version"], {} if row["removed"] else said)
    return present


def area_geometries(connection: Connection, codes: Iterable[str]) -> dict[str, ogr.Geometry]:
    """The geometries of those of the areas that are there."""
    query = select(area.c.code, func.ST_AsBinary(area.c.geom)).where(
        area.c.code.in_(list(codes)), area.c.removed.is_(False)
    )
    return {row[0]: from_wkb(row[1]) for row in connection.execute(query)}


def united_areas(connection: Connection, codes: Sequence[str]) -> str:
    """EWKT of the union of areas.

    Raises:
        Refused: one of them is not there.
    """
    geometries = area_geometries(connection, codes)
    missing = [code for code in codes if code not in geometries]
    if missing:
        raise Refused("areas", f"there is no area {', '.join(missing)}; import the areas first")
    return to_ewkt(union(geometries[code] for code in codes))
