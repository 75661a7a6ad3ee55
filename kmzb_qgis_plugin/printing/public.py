"""The public version: numbers that point at nobody, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kmzb_qgis_plugin.printing.scope import Public
from kmzb_qgis_plugin.replica.queries import Cell

if TYPE_CHECKING:
    from kmzb_qgis_plugin.printing.district import AreaCount, CategoryCount, DistrictData

OTHERS: Final = ""
"""The category of the row that sums up those whose own numbers are kept back."""


def keep_back(data: DistrictData, public: Public) -> DistrictData:
    """Leave out every number below the threshold, and what it could be worked out from.

    Statuses, the period before and the number of what is not on the map go as
    well: differences of printed numbers would give away those that are not.
    """
    least = public.threshold
    return replace(
        data,
        rows=_rows(data.rows, least),
        compared=False,
        cells=tuple(_middle(cell) for cell in data.cells if cell.number >= least),
        areas=_areas(data.areas, least),
        months=tuple(
            (month, number if number is None or not 0 < number < least else None)
            for month, number in data.months
        ),
        left_out=0,
    )


def _rows(rows: Sequence[CategoryCount], least: int) -> tuple[CategoryCount, ...]:
    """Rows without statuses; the small ones as one, where that tells of none of them alone."""
    plain = [replace(row, by_status={}, before=0) for row in rows if row.total]
    kept = [row for row in plain if row.total >= least]
    rest = [row for row in plain if row.total < least]
    total = sum(row.total for row in rest)
    if len(rest) > 1 and total >= least:
        kept.append(replace(rest[0], source=OTHERS, category=OTHERS, total=total))
    return tuple(kept)


def _areas(areas: Sequence[AreaCount], least: int) -> tuple[AreaCount, ...]:
    """Areas without their small numbers. One alone would follow from the sum, so a second goes with it."""
    small = {area.code for area in areas if 0 < (area.number or 0) < least}
    if len(small) == 1:
        others = [area for area in areas if area.code not in small and area.number]
        small |= {min(others, key=lambda area: area.number or 0).code} if others else set()
    return tuple(replace(area, number=None) if area.code in small else area for area in areas)


def _middle(cell: Cell) -> Cell:
    """The cell with its middle for a place: where in it the threats lie is not told."""
    return cell._replace(lon=(cell.west + cell.east) / 2, lat=(cell.south + cell.north) / 2)
