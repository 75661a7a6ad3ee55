"""What the docks and prints ask of a replica: reading only, on any connection to it.

Conditions are those of :func:`kmzb_qgis_plugin.domain.filter_sql.where`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.filter_sql import contains_any, literal, name
from kmzb_qgis_plugin.replica.errors import storage_errors
from kmzb_qgis_plugin.replica.schema import THREAT_MEMBERS

QUEUE_LIMIT: Final = 10_000
Extent = tuple[float, float, float, float]
"""West, south, east and north, in degrees."""
_COUNTED: Final = frozenset(THREAT_MEMBERS) | {"pending_status"}


class QueueRow(NamedTuple):
    """A report that waits; ``due`` is None where its status has no deadline."""

    fid: int
    ref: str
    category: str
    status: str
    place: str | None
    reported_at: str
    due: str | None
    confirmations: int
    unit: str | None
    county: str | None
    lon: float
    lat: float
    pending_status: str | None


class ThreatRow(NamedTuple):
    """A threat with all its facts."""

    fid: int
    ref: str
    source: str
    category: str
    status: str | None
    occurred_from: str
    occurred_to: str | None
    part_of_day: str | None
    weekdays: str | None
    reported_at: str
    description: str | None
    place: str | None
    unit: str | None
    voivodeship: str | None
    county: str | None
    commune: str | None
    confirmations: int
    attachments: int
    meeting: str | None
    organiser: str | None
    participants: int | None
    read_due: str | None
    verify_due: str | None
    local_day: str
    local_weekday: int
    local_hour: int
    version: int
    updated_at: str
    lon: float
    lat: float
    pending_status: str | None


class DecisionRow(NamedTuple):
    """A decision of a threat's history."""

    fid: int
    uuid: str
    threat_id: int
    base_version: int
    threat_version: int
    from_status: str
    to_status: str
    reason: str | None
    note: str | None
    method: str | None
    institution: str | None
    planned_date: str | None
    decided_at: str
    received_at: str
    actor: str
    actor_role: str
    actor_unit: str | None
    hash: str


class AreaRow(NamedTuple):
    """An administrative area."""

    fid: int
    code: str
    level: str
    name: str
    parent: str | None
    approximate: bool
    population: int | None


class UnitRow(NamedTuple):
    """A police unit; ``areas`` are TERYT codes."""

    fid: int
    code: str
    name: str
    kind: str
    parent: str | None
    areas: tuple[str, ...]
    seat_lon: float | None
    seat_lat: float | None


class Cell(NamedTuple):
    """A cell of the grid, the middle of its threats (both in degrees), and their number."""

    west: float
    south: float
    east: float
    north: float
    lon: float
    lat: float
    number: int


def count(connection: sqlite3.Connection, where: str = "") -> int:
    """How many threats a condition keeps."""
    return int(_select(connection, "count(*)", "threats", where)[0][0])


def extent(connection: sqlite3.Connection, where: str = "") -> Extent | None:
    """The extent of the threats that a condition keeps; None where it keeps none."""
    west, south, east, north = _select(
        connection, "min(lon), min(lat), max(lon), max(lat)", "threats", where
    )[0]
    return None if west is None else (west, south, east, north)


def counts_by(connection: sqlite3.Connection, column: str, where: str = "") -> dict[Any, int]:
    """How many threats a condition keeps, by the values of a column.

    Raises:
        ValueError: there is no such column.
    """
    if column not in _COUNTED:
        raise ValueError(f"cannot count by {column!r}")
    return dict(_select(connection, f"{column}, count(*)", "threats", where, f"GROUP BY {column}"))


def queue(
    connection: sqlite3.Connection, catalogue: Catalogue, where: str = "", limit: int = QUEUE_LIMIT
) -> list[QueueRow]:
    """The reports that wait, the most urgent first.

    The earliest deadline comes first; those without one follow, newest first.

    Args:
        connection: to the replica.
        catalogue: says which statuses wait and which deadline counts.
        where: a condition.
        limit: most rows.
    """
    waiting = [status for status in catalogue.statuses if status.waits]
    if not waiting:
        return []
    cases = "".join(
        f" WHEN {literal(status.code)} THEN {name(status.due)}"
        for status in waiting
        if status.due is not None
    )
    due = f"CASE status{cases} END" if cases else "NULL"
    waits = f"status IN ({', '.join(literal(status.code) for status in waiting)})"
    rows = _select(
        connection,
        ", ".join(f"{due} AS due" if field == "due" else field for field in QueueRow._fields),
        "threats",
        f"{waits} AND ({where})" if where else waits,
        "ORDER BY due IS NULL, due, reported_at DESC, fid LIMIT ?",
        (limit,),
    )
    return [QueueRow._make(row) for row in rows]


def threat(connection: sqlite3.Connection, fid: int) -> ThreatRow | None:
    """One threat, None where the replica has none with this id."""
    rows = _select(connection, ", ".join(ThreatRow._fields), "threats", "fid = ?", parameters=(fid,))
    return ThreatRow._make(rows[0]) if rows else None


def threats(connection: sqlite3.Connection, fids: Iterable[int]) -> list[ThreatRow]:
    """Threats by id, those that the replica has, in the order of their numbers."""
    ids = ", ".join(str(int(fid)) for fid in fids)
    rows = _select(connection, ", ".join(ThreatRow._fields), "threats", f"fid IN ({ids})", "ORDER BY fid")
    return [ThreatRow._make(row) for row in rows]


def threat_by_ref(connection: sqlite3.Connection, ref: str) -> ThreatRow | None:
    """The threat with a reference, None where the replica has none."""
    rows = _select(connection, ", ".join(ThreatRow._fields), "threats", "ref = ?", parameters=(ref,))
    return ThreatRow._make(rows[0]) if rows else None


def search(
    connection: sqlite3.Connection, text: str, categories: Sequence[str], limit: int
) -> list[ThreatRow]:
    """The newest threats whose number or place has all the words, or that are of one of the categories.

    Args:
        connection: to the replica.
        text: words; none finds nothing.
        categories: codes.
        limit: of the rows.
    """
    words = [contains_any(("ref", "place"), word) for word in text.split()]
    if not words:
        return []
    parts = ["(" + " AND ".join(words) + ")"]
    if categories:
        parts.append(f"category IN ({', '.join(literal(code) for code in categories)})")
    rows = _select(
        connection,
        ", ".join(ThreatRow._fields),
        "threats",
        " OR ".join(parts),
        "ORDER BY reported_at DESC, fid DESC LIMIT ?",
        (limit,),
    )
    return [ThreatRow._make(row) for row in rows]


def history(connection: sqlite3.Connection, threat_id: int) -> list[DecisionRow]:
    """The decisions about a threat, newest last."""
    rows = _select(
        connection,
        ", ".join(DecisionRow._fields),
        "decisions",
        "threat_id = ?",
        "ORDER BY threat_version, fid",
        (threat_id,),
    )
    return [DecisionRow._make(row) for row in rows]


def area_list(connection: sqlite3.Connection, level: str | None = None) -> list[AreaRow]:
    """The areas by code, of one level or of all."""
    of_level = "" if level is None else f"level = {literal(level)}"
    rows = _select(connection, ", ".join(AreaRow._fields), "areas", of_level, "ORDER BY code")
    return [AreaRow._make(row)._replace(approximate=bool(row[5])) for row in rows]


def unit_list(connection: sqlite3.Connection) -> list[UnitRow]:
    """The police units by code."""
    rows = _select(connection, ", ".join(UnitRow._fields), "units", "", "ORDER BY code")
    return [
        UnitRow._make(row)._replace(areas=tuple(code for code in (row[5] or "").split(",") if code))
        for row in rows
    ]


def place_names(connection: sqlite3.Connection) -> dict[str, str]:
    """The names of areas and units by code."""
    areas = {area.code: area.name for area in area_list(connection)}
    return {**areas, **{unit.code: unit.name for unit in unit_list(connection)}}


def ids(connection: sqlite3.Connection, sql: str) -> list[int]:
    """The ids that a query of :mod:`kmzb_qgis_plugin.domain.filter_sql` finds."""
    with storage_errors("the replica"):
        return [fid for (fid,) in connection.execute(sql)]


def cells(connection: sqlite3.Connection, where: str = "", step: float = 0.05) -> list[Cell]:
    """Counts in a grid of cells.

    Args:
        connection: to the replica.
        where: a condition.
        step: a cell's height in degrees; it is 1.6 times as wide, which is about square in Poland.
    """
    width = step * 1.6
    # Columns and rows are counted from -180, -90, where CAST, which cuts off, rounds down.
    rows = _select(
        connection,
        "CAST((lon + 180) / ? AS INTEGER) AS x, CAST((lat + 90) / ? AS INTEGER) AS y, "
        "avg(lon), avg(lat), count(*)",
        "threats",
        where,
        "GROUP BY x, y ORDER BY y, x",
        (width, step),
    )
    return [cell_of(x, y, lon, lat, number, step) for x, y, lon, lat, number in rows]


def cell_of(x: int, y: int, lon: float, lat: float, number: int, step: float) -> Cell:
    """The cell in a column and a row, counted from -180, -90.

    Args:
        x, y: the column and the row.
        lon, lat: the middle of its threats.
        number: of its threats.
        step: its height in degrees; it is 1.6 times as wide.
    """
    width = step * 1.6
    return Cell(x * width - 180, y * step - 90, (x + 1) * width - 180, (y + 1) * step - 90, lon, lat, number)


def _select(
    connection: sqlite3.Connection,
    columns: str,
    table: str,
    where: str = "",
    rest: str = "",
    parameters: Sequence[Any] = (),
) -> list[tuple[Any, ...]]:
    sql = " ".join(("SELECT", columns, "FROM", table, f"WHERE {where}" if where else "", rest))
    with storage_errors("the replica"):
        return connection.execute(sql, parameters).fetchall()
