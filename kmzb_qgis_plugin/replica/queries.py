"""What the docks and prints ask of a replica: reading only, on any connection to it.

Conditions are those of :func:`kmzb_qgis_plugin.domain.filter_sql.where`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.filter_sql import literal
from kmzb_qgis_plugin.replica.errors import storage_errors
from kmzb_qgis_plugin.replica.schema import DECISION_MEMBERS, THREAT_MEMBERS

QUEUE_LIMIT: Final = 10_000
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
    """A cell of the grid, in degrees, and the number of threats in it."""

    west: float
    south: float
    east: float
    north: float
    number: int


def count(connection: sqlite3.Connection, where: str = "") -> int:
    """How many threats a condition keeps."""
    return int(_rows(connection, f"SELECT count(*) FROM threats{_where(where)}")[0][0])


def counts_by(connection: sqlite3.Connection, column: str, where: str = "") -> dict[Any, int]:
    """How many threats a condition keeps, by the values of a column.

    Raises:
        ValueError: there is no such column.
    """
    if column not in _COUNTED:
        raise ValueError(f"cannot count by {column!r}")
    return dict(
        _rows(connection, f'SELECT "{column}", count(*) FROM threats{_where(where)} GROUP BY "{column}"')
    )


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
        f' WHEN {literal(status.code)} THEN "{status.due}"' for status in waiting if status.due is not None
    )
    due = f"CASE status{cases} END" if cases else "NULL"
    codes = ", ".join(literal(status.code) for status in waiting)
    sql = (
        f"SELECT fid, ref, category, status, place, reported_at, {due} AS due, confirmations, unit, county, "
        f"lon, lat, pending_status FROM threats{_where(f'status IN ({codes})', where)} "
        "ORDER BY due IS NULL, due, reported_at DESC, fid LIMIT ?"
    )
    return [QueueRow._make(row) for row in _rows(connection, sql, (limit,))]


def threat(connection: sqlite3.Connection, fid: int) -> ThreatRow | None:
    """One threat, None where the replica has none with this id."""
    rows = _rows(connection, f"SELECT {', '.join(ThreatRow._fields)} FROM threats WHERE fid = ?", (fid,))
    return ThreatRow._make(rows[0]) if rows else None


def threat_by_ref(connection: sqlite3.Connection, ref: str) -> ThreatRow | None:
    """The threat with a reference, None where the replica has none."""
    rows = _rows(connection, f"SELECT {', '.join(ThreatRow._fields)} FROM threats WHERE ref = ?", (ref,))
    return ThreatRow._make(rows[0]) if rows else None


def history(connection: sqlite3.Connection, threat_id: int) -> list[DecisionRow]:
    """The decisions about a threat, newest last."""
    columns = ", ".join(("fid", *DECISION_MEMBERS))
    sql = f"SELECT {columns} FROM decisions WHERE threat_id = ? ORDER BY threat_version, fid"
    return [DecisionRow._make(row) for row in _rows(connection, sql, (threat_id,))]


def area_list(connection: sqlite3.Connection, level: str | None = None) -> list[AreaRow]:
    """The areas by code, of one level or of all."""
    condition = "" if level is None else f"level = {literal(level)}"
    rows = _rows(
        connection,
        "SELECT fid, code, level, name, parent, approximate, population "
        f"FROM areas{_where(condition)} ORDER BY code",
    )
    return [AreaRow._make((*row[:5], bool(row[5]), row[6])) for row in rows]


def unit_list(connection: sqlite3.Connection) -> list[UnitRow]:
    """The police units by code."""
    rows = _rows(
        connection,
        "SELECT fid, code, name, kind, parent, areas, seat_lon, seat_lat FROM units ORDER BY code",
    )
    return [
        UnitRow._make((*row[:5], tuple(filter(None, (row[5] or "").split(","))), *row[6:])) for row in rows
    ]


def cells(connection: sqlite3.Connection, where: str = "", step: float = 0.05) -> list[Cell]:
    """Counts in a grid of cells.

    Args:
        connection: to the replica.
        where: a condition.
        step: a cell's height in degrees; it is 1.6 times as wide, which is about square in Poland.
    """
    width = step * 1.6
    # Columns and rows are counted from -180, -90, where CAST, which cuts off, rounds down.
    sql = (
        "SELECT CAST((lon + 180) / :width AS INTEGER) AS x, CAST((lat + 90) / :height AS INTEGER) AS y, "
        f"count(*) FROM threats{_where(where)} GROUP BY x, y ORDER BY y, x"
    )
    return [
        Cell(
            x * width - 180,
            y * step - 90,
            (x + 1) * width - 180,
            (y + 1) * step - 90,
            number,
        )
        for x, y, number in _rows(connection, sql, {"width": width, "height": step})
    ]


def _where(*conditions: str) -> str:
    given = [f"({condition})" for condition in conditions if condition]
    return f" WHERE {' AND '.join(given)}" if given else ""


def _rows(
    connection: sqlite3.Connection, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()
) -> list[tuple[Any, ...]]:
    with storage_errors("the replica"):
        return connection.execute(sql, parameters).fetchall()
