"""Reports around a report: near-duplicates, and earlier ones at the same place."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, NamedTuple

from kmzb_qgis_plugin.domain.catalogue import NEAR_DAYS, NEAR_METRES, Catalogue
from kmzb_qgis_plugin.domain.distance import box_around, metres_between
from kmzb_qgis_plugin.domain.period import parse_instant, to_instant_text
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.errors import storage_errors
from kmzb_qgis_plugin.replica.queries import ThreatRow

DUPLICATES_LIMIT: Final = 100
EARLIER_LIMIT: Final = 30


class NearRow(NamedTuple):
    """A report near another one.

    Attributes:
        metres: between the two.
        decided_at: instant of the last decision about it, None where there is none.
        reason: of that decision.
    """

    fid: int
    ref: str
    category: str
    status: str
    reported_at: str
    place: str | None
    lon: float
    lat: float
    pending_status: str | None
    metres: float
    decided_at: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Surroundings:
    """What else was reported around a report.

    Attributes:
        metres, days: what counted as near: those of the report's category.
        duplicates: of the same category, near in place and time, still waiting; the nearest first.
        earlier: all others that came before, of any category and status; the newest first.
        more: of either, how many were left out.
    """

    metres: int
    days: int
    duplicates: tuple[NearRow, ...] = ()
    earlier: tuple[NearRow, ...] = ()
    more: int = 0


_IN_BOX: Final = """
SELECT t.fid, t.ref, t.category, t.status, t.reported_at, t.place, t.lon, t.lat, t.pending_status
FROM rtree_threats_geom AS box CROSS JOIN threats AS t ON t.fid = box.id
WHERE box.maxx >= ? AND box.minx <= ? AND box.maxy >= ? AND box.miny <= ?
AND t.status IS NOT NULL AND t.fid <> ?"""
# CROSS JOIN has SQLite begin with the R-tree; an index on threats would go through all of them.


def surroundings(connection: sqlite3.Connection, threat: ThreatRow, catalogue: Catalogue) -> Surroundings:
    """Look around a report; there is nothing around what carries no workflow.

    Args:
        connection: to the replica.
        threat: in the middle.
        catalogue: says what is near, by category, and which statuses wait.
    """
    category = catalogue.category(threat.category)
    metres = category.near_metres if category else NEAR_METRES
    days = category.near_days if category else NEAR_DAYS
    if threat.status is None:
        return Surroundings(metres, days)
    waiting = {status.code for status in catalogue.statuses if status.waits}
    reported = parse_instant(threat.reported_at)
    first, last = (to_instant_text(reported + timedelta(days=sign * days)) for sign in (-1, 1))
    duplicates, earlier = [], []
    for row in _within(connection, threat, metres):
        if (
            row.category == threat.category
            and (row.pending_status or row.status) in waiting
            and first <= row.reported_at <= last
        ):
            duplicates.append(row)
        elif row.reported_at < threat.reported_at:
            earlier.append(row)
    duplicates.sort(key=lambda row: (row.metres, row.fid))
    earlier.sort(key=lambda row: (row.reported_at, row.fid), reverse=True)
    shown = earlier[:EARLIER_LIMIT]
    more = max(len(duplicates) - DUPLICATES_LIMIT, 0) + len(earlier) - len(shown)
    return Surroundings(
        metres,
        days,
        tuple(duplicates[:DUPLICATES_LIMIT]),
        tuple(_with_outcome(connection, row) for row in shown),
        more,
    )


def _within(connection: sqlite3.Connection, threat: ThreatRow, metres: float) -> Iterable[NearRow]:
    west, south, east, north = box_around(threat.lon, threat.lat, metres)
    with storage_errors("the replica"):
        found = connection.execute(_IN_BOX, (west, east, south, north, threat.fid)).fetchall()
    for values in found:
        distance = metres_between(threat.lon, threat.lat, values[6], values[7])
        if distance <= metres:
            yield NearRow._make((*values, distance, None, None))


def _with_outcome(connection: sqlite3.Connection, row: NearRow) -> NearRow:
    """The row with what its last decision says."""
    decisions = queries.history(connection, row.fid)
    if not decisions:
        return row
    return row._replace(decided_at=decisions[-1].decided_at, reason=decisions[-1].reason)
