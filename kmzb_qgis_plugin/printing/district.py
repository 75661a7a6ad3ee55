"""One district of a printed map: which threats belong to it, and how many they are."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from kmzb_qgis_plugin.domain.filter_sql import literal, name
from kmzb_qgis_plugin.layers.layer_tree import DENSE_COUNT, nice_step
from kmzb_qgis_plugin.printing.errors import DistrictError
from kmzb_qgis_plugin.printing.public import keep_back
from kmzb_qgis_plugin.printing.scope import Content, Public, Scope
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.errors import storage_errors
from kmzb_qgis_plugin.replica.queries import Cell

UNIT: Final = "unit"
AREA_LEVELS: Final = ("voivodeship", "county", "commune")

MOST_STATUSES: Final = 9
"""So many have an entry of their own in the legend and a column in the table."""

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
        teryt: the codes that its areas' codes begin with.
    """

    level: str
    code: str
    name: str
    codes: tuple[str, ...]
    teryt: tuple[str, ...] = ()

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
    """The threats of one category: how many, by status where they have one, and in the period before."""

    source: str
    category: str
    by_status: Mapping[str, int]
    total: int
    before: int = 0


@dataclass(frozen=True)
class AreaCount:
    """An area within the district, or a unit, and the number of threats in it; None for one kept back."""

    code: str
    name: str
    number: int | None


@dataclass(frozen=True)
class DistrictData:
    """What is printed about a district.

    Attributes:
        district: the district.
        where: the condition that keeps the district's threats and no others:
            counts and map are made with it, so they agree.
        rows: by category, the most frequent first.
        compared: ``before`` of the rows is known.
        cells: numbers in a grid, where there are too many threats for points or cells are wanted.
        areas: numbers by area, where that is wanted.
        months: month ``YYYY-MM`` and its number, the oldest first; None for a number kept back.
        left_out: number of threats that the filter keeps and the print leaves out.
        most_in_one_place: threats on one and the same place, at most.
        bounds: west, south, east and north of the threats in degrees; None where there are none.
        public: how the public version keeps small numbers back; None for the whole.
    """

    district: District
    where: str
    rows: tuple[CategoryCount, ...]
    compared: bool = False
    cells: tuple[Cell, ...] = ()
    areas: tuple[AreaCount, ...] = ()
    months: tuple[tuple[str, int | None], ...] = ()
    left_out: int = 0
    most_in_one_place: int = 1
    bounds: tuple[float, float, float, float] | None = None
    public: Public | None = None

    @property
    def total(self) -> int:
        """Number of threats on the map."""
        return sum(row.total for row in self.rows)

    @property
    def before(self) -> int:
        """Number of threats in the period before."""
        return sum(row.before for row in self.rows)

    @property
    def points(self) -> bool:
        """Whether each threat is drawn."""
        return not self.cells and not self.areas and self.public is None

    def of_source(self, source: str) -> int:
        """Number of threats of a source."""
        return sum(row.total for row in self.rows if row.source == source)

    def of_status(self, status: str) -> int:
        """Number of threats with a status."""
        return sum(row.by_status.get(status, 0) for row in self.rows)

    def statuses(self) -> frozenset[str]:
        """The statuses that occur; of very many, the most frequent, for which there is room on paper."""
        numbers: Counter[str] = Counter()
        for row in self.rows:
            numbers.update(row.by_status)
        return frozenset(status for status, number in numbers.most_common(MOST_STATUSES) if number)


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
            return District(UNIT, code, units[code].name, tuple(below), units[code].areas)
    else:
        for area in queries.area_list(connection, level):
            if area.code == code:
                return District(level, code, area.name, (code,), (code,))
    raise DistrictError(code, f"no {level} has this code")


def read_district(
    connection: sqlite3.Connection,
    level: str,
    code: str,
    scope: Scope,
    content: Content | None = None,
    public: Public | None = None,
) -> DistrictData:
    """Read all that is printed about a district.

    Args:
        connection: to the replica.
        level: ``voivodeship``, ``county``, ``commune`` or ``unit``.
        code: its code.
        scope: what is counted.
        content: what is on the map; by default reports by status and everything else.
        public: keeps small numbers back, and points with them.

    Raises:
        DistrictError: the data has none of that level and code.
    """
    content = content or Content()
    if public is not None:
        content = replace(content, reports="areas" if public.by == "areas" else "density")
    district = find_district(connection, level, code)
    data = DistrictData(
        district,
        district.where(scope.where),
        district_counts(connection, scope, district),
        compared=scope.where_before is not None,
        months=_months(connection, scope, district),
        left_out=_number(connection, scope.where_left_out, district),
        public=public,
    )
    if content.reports == "areas":
        data = replace(data, areas=_area_counts(connection, data, content.level))
    elif content.reports == "density" or data.total > DENSE_COUNT:
        data = replace(data, cells=_cells(connection, data))
    else:
        data = replace(
            data,
            most_in_one_place=_most_in_one_place(connection, data.where),
            bounds=_bounds(connection, data.where),
        )
    return keep_back(data, public, scope.first_month) if public is not None else data


def district_counts(
    connection: sqlite3.Connection, scope: Scope, district: District
) -> tuple[CategoryCount, ...]:
    """Count a district's threats by category and status, the most frequent category first."""
    counted: dict[tuple[str, str], Counter[str | None]] = {}
    for source, category, status, number in _grouped(
        connection, "source, category, status", district.where(scope.where)
    ):
        counted.setdefault((source, category), Counter())[status] += number
    before: dict[tuple[str, str], int] = {}
    if scope.where_before is not None:
        found = _grouped(connection, "source, category", district.where(scope.where_before))
        before = {(source, category): number for source, category, number in found}
    rows = []
    for source, category in counted.keys() | before.keys():
        numbers = counted.get((source, category), Counter())
        rows.append(
            CategoryCount(
                source,
                category,
                {status: number for status, number in numbers.items() if status is not None},
                sum(numbers.values()),
                before.get((source, category), 0),
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.total, row.source, row.category)))


def _months(
    connection: sqlite3.Connection, scope: Scope, district: District
) -> tuple[tuple[str, int | None], ...]:
    if scope.where_trend is None:
        return ()
    # The service writes the day in Poland beside each threat.
    found = dict(_grouped(connection, "substr(local_day, 1, 7)", district.where(scope.where_trend)))
    return tuple((month, found.get(month, 0)) for month in scope.months)


def _number(connection: sqlite3.Connection, where: str | None, district: District) -> int:
    return 0 if where is None else queries.count(connection, district.where(where))


def _area_counts(connection: sqlite3.Connection, data: DistrictData, level: str) -> tuple[AreaCount, ...]:
    """The areas of a level within the district; the district itself where it has none."""
    district = data.district
    if level == UNIT:
        names = {unit.code: unit.name for unit in queries.unit_list(connection)}
        within = {code: names[code] for code in district.codes if code != district.code and code in names}
    else:
        within = {
            area.code: area.name
            for area in queries.area_list(connection, level)
            if area.code.startswith(district.teryt) and area.code != district.code
        }
    if not within:
        return (AreaCount(district.code, district.name, data.total),)
    found = dict(_grouped(connection, name(level), data.where))
    return tuple(AreaCount(code, words, found.get(code, 0)) for code, words in within.items())


def _cells(connection: sqlite3.Connection, data: DistrictData) -> tuple[Cell, ...]:
    bounds = _bounds(connection, data.where)
    if bounds is None:
        return ()
    step = nice_step((bounds[3] - bounds[1]) / _CELL_ROWS)
    return tuple(queries.cells(connection, data.where, step))


def _bounds(connection: sqlite3.Connection, where: str) -> tuple[float, float, float, float] | None:
    with storage_errors("the replica"):
        # every literal in the condition went through filter_sql's quoting
        found = connection.execute(
            f"SELECT min(lon), min(lat), max(lon), max(lat) FROM threats WHERE {where}"  # nosec B608
        ).fetchone()
    return None if found[0] is None else (found[0], found[1], found[2], found[3])


def _most_in_one_place(connection: sqlite3.Connection, where: str) -> int:
    numbers = (row[-1] for row in _grouped(connection, "lon, lat", where))
    return max(numbers, default=1)


def _grouped(connection: sqlite3.Connection, columns: str, where: str) -> list[tuple[Any, ...]]:
    """Numbers of threats by the values of columns; the number comes last."""
    with storage_errors("the replica"):
        # every literal in the condition went through filter_sql's quoting
        counted = f"{columns}, count(*) FROM threats WHERE {where} GROUP BY {columns}"
        return connection.execute(f"SELECT {counted}").fetchall()
