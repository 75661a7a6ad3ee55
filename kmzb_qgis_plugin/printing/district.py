"""One district of a printed map: which threats belong to it, and how many they are."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kmzb_qgis_plugin.domain.filter_sql import literal, name
from kmzb_qgis_plugin.layers.layer_tree import DENSE_COUNT, nice_step
from kmzb_qgis_plugin.printing.errors import DistrictError
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.errors import storage_errors
from kmzb_qgis_plugin.replica.queries import Cell

UNIT: Final = "unit"
AREA_LEVELS: Final = ("voivodeship", "county", "commune")

# So many cells shall lie between the south and the north of a dense district.
_CELL_ROWS: Final = 15


@dataclass(frozen=True)
class District:
    """An administrative area or a police unit.

    Attributes:
        level: ``voivodeship``, ``county``, ``commune`` or ``unit``.
        code: TERYT code, or the unit's.
        name: as in the data.
        codes: its own code and, for a unit, those of all units below it.
    """

    level: str
    code: str
    name: str
    codes: tuple[str, ...]

    @property
    def table(self) -> str:
        """The replica's table with its boundary."""
        return "units" if self.level == UNIT else "areas"

    def where(self, condition: str) -> str:
        """Narrow a condition on threats to the district."""
        codes = ", ".join(literal(code) for code in self.codes)
        own = f"{name(self.level)} IN ({codes})"
        return f"{own} AND ({condition})" if condition else own


@dataclass(frozen=True)
class CategoryCount:
    """The threats of one category: how many, and by status where they have one."""

    source: str
    category: str
    by_status: Mapping[str, int]
    total: int


@dataclass(frozen=True)
class DistrictData:
    """What is printed about a district.

    Attributes:
        district: the district.
        where: the condition that keeps the district's threats and no others:
            counts and map are made with it, so they agree.
        rows: by category, the most frequent first.
        cells: numbers in a grid, where there are too many threats for points.
    """

    district: District
    where: str
    rows: tuple[CategoryCount, ...]
    cells: tuple[Cell, ...] = ()

    @property
    def total(self) -> int:
        """Number of threats on the map."""
        return sum(row.total for row in self.rows)

    def of_source(self, source: str) -> int:
        """Number of threats of a source."""
        return sum(row.total for row in self.rows if row.source == source)

    def of_status(self, status: str) -> int:
        """Number of threats with a status."""
        return sum(row.by_status.get(status, 0) for row in self.rows)


def find_district(connection: sqlite3.Connection, level: str, code: str) -> District:
    """Look a district up.

    Args:
        connection: to the replica.
        level: ``voivodeship``, ``county``, ``commune`` or ``unit``.
        code: its code.

    Raises:
        DistrictError: the data has none of that level and code.
    """
    if level == UNIT:
        units = {unit.code: unit for unit in queries.unit_list(connection)}
        if code in units:
            below = [code]
            for above in below:
                # The list grows while it is read: units under units, to any depth, each once.
                below += [unit.code for unit in units.values() if unit.parent == above != unit.code]
                if len(below) > len(units):
                    raise DistrictError(units[code].name, "units are each other's superiors")
            return District(UNIT, code, units[code].name, tuple(below))
    else:
        for area in queries.area_list(connection, level):
            if area.code == code:
                return District(level, code, area.name, (code,))
    raise DistrictError(code, f"no {level} has this code")


def district_counts(
    connection: sqlite3.Connection, where: str, district: District
) -> tuple[CategoryCount, ...]:
    """Count a district's threats by category and status, the most frequent category first.

    Args:
        connection: to the replica.
        where: a condition of :func:`kmzb_qgis_plugin.domain.filter_sql.where`, empty for all.
        district: the district.
    """
    with storage_errors("the replica"):
        found = connection.execute(
            # every literal in the condition went through filter_sql's quoting
            "SELECT source, category, status, count(*) FROM threats "  # nosec B608
            f"WHERE {district.where(where)} GROUP BY source, category, status"
        ).fetchall()
    counted: dict[tuple[str, str], Counter[str | None]] = {}
    for source, category, status, number in found:
        counted.setdefault((source, category), Counter())[status] += number
    rows = [
        CategoryCount(
            source,
            category,
            {status: number for status, number in numbers.items() if status is not None},
            sum(numbers.values()),
        )
        for (source, category), numbers in counted.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.total, row.source, row.category)))


def read_district(connection: sqlite3.Connection, level: str, code: str, where: str) -> DistrictData:
    """Everything that a print needs from the replica; may run in any thread.

    Args:
        connection: to the replica.
        level: ``voivodeship``, ``county``, ``commune`` or ``unit``.
        code: its code.
        where: a condition of :func:`kmzb_qgis_plugin.domain.filter_sql.where`, empty for all.

    Raises:
        DistrictError: the data has none of that level and code.
    """
    district = find_district(connection, level, code)
    own = district.where(where)
    data = DistrictData(district, own, district_counts(connection, where, district))
    if data.total <= DENSE_COUNT:
        return data
    with storage_errors("the replica"):
        south, north = connection.execute(
            f"SELECT min(lat), max(lat) FROM threats WHERE {own}"  # nosec B608 - quoted, as above
        ).fetchone()
    step = nice_step((north - south) / _CELL_ROWS)
    return DistrictData(district, own, data.rows, tuple(queries.cells(connection, own, step)))
