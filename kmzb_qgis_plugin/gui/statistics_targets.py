"""What a row or bar of the statistics stands for: a narrower filter, and a place on the map."""

from __future__ import annotations

import calendar
import sqlite3
from collections.abc import Sequence
from datetime import date

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.period import Period
from kmzb_qgis_plugin.domain.statistics import AREA_LEVELS, Place
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.printing.statistics_tables import Row
from kmzb_qgis_plugin.replica.errors import storage_errors
from kmzb_qgis_plugin.replica.queries import UnitRow
from kmzb_qgis_plugin.replica.statistics import with_below

_BOX_SQL = {
    "unit": "SELECT minx, miny, maxx, maxy FROM units JOIN rtree_units_geom ON id = fid WHERE code = ?",
    "area": "SELECT minx, miny, maxx, maxy FROM areas JOIN rtree_areas_geom ON id = fid WHERE code = ?",
}

Box = tuple[float, float, float, float]
"""West, south, east and north, in degrees."""


def narrowed(
    present: ThreatFilter,
    key: str,
    row: Row,
    weekday: int | None,
    catalogue: Catalogue,
    units: Sequence[UnitRow],
    today: date,
) -> ThreatFilter | None:
    """The filter that keeps what a row counts, and nothing else; None where there is none.

    Args:
        present: the filter that the row was counted under.
        key: the table's.
        row: the row.
        weekday: of a cell in the table by weekday and hour; None for the whole row.
        catalogue: which sources have a workflow.
        units: for those below a unit.
        today: for periods that move.
    """
    about = row.about
    if about is None:
        return None
    if key == "status":
        # Records without a status pass a filter of statuses; the row does not count them.
        workflow = frozenset(source.code for source in catalogue.sources if source.workflow)
        sources = workflow if present.sources is None else workflow & present.sources
        return present.replace(statuses=frozenset({about}), sources=sources)
    if key in ("category", "source"):
        return present.replace(**{"categories" if key == "category" else "sources": frozenset({about})})
    if key in AREA_LEVELS:
        return present.replace(areas=frozenset({about}))
    if key == "unit":
        return present.replace(units=frozenset(with_below(units).get(about, (about,))))
    if key == "month":
        first, last = present.period.resolve(today)
        end = about.replace(day=calendar.monthrange(about.year, about.month)[1])
        span = max(about, first or about), min(end, last or end)
        return present.replace(period=Period("range", *span))
    if key == "week":
        days = present.weekdays if weekday is None else frozenset({weekday})
        return present.replace(hours=frozenset({about}), weekdays=days)
    return None


def box_of(connection: sqlite3.Connection, key: str, row: Row) -> Box | None:
    """Where on the map a row lies; None where it lies nowhere."""
    if isinstance(row.about, Place):
        return row.about.west, row.about.south, row.about.east, row.about.north
    if row.about is None or key not in (*AREA_LEVELS, "unit"):
        return None
    with storage_errors("the replica"):
        found = connection.execute(_BOX_SQL["unit" if key == "unit" else "area"], (row.about,)).fetchone()
    return None if found is None else tuple(found)
