"""The public version: numbers that point at nobody, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kmzb_qgis_plugin.printing.scope import Public
from kmzb_qgis_plugin.replica.queries import Cell

if TYPE_CHECKING:
    from kmzb_qgis_plugin.printing.district import CategoryCount, DistrictData

OTHERS: Final = ""
"""The category of the row that sums up those whose own numbers are kept back."""


def keep_back(data: DistrictData, public: Public, counted_from: str = "") -> DistrictData:
    """Leave out every number below the threshold, and what it could be worked out from.

    The total is told, so of areas, cells and months as many larger numbers go with the small ones as are
    needed for none to follow from it. Statuses, the period before and the number of what is not on the
    map go altogether.

    Args:
        data: what is printed.
        public: says which numbers are small.
        counted_from: the month, ``YYYY-MM``, with which the total begins.
    """
    least = public.threshold
    rows = _rows(data.rows, least)
    areas = {area.code: area.number or 0 for area in data.areas}
    months = {month: number or 0 for month, number in data.months}
    # What the total is the sum of: nothing, where it begins before the first month that is shown.
    counted = {month: months[month] for month in months if min(months) <= counted_from <= month}
    small_areas, small_months = _kept_back(areas, least), _kept_back(counted, least)
    if small_areas is None or small_months is None:
        rows = ()  # the total would tell of each
    small_areas = areas.keys() if small_areas is None else small_areas
    small_months = counted.keys() if small_months is None else small_months
    small_months = {month for month in months if 0 < months[month] < least} | small_months
    return replace(
        data,
        rows=rows,
        compared=False,
        cells=_cells(data.cells, least),
        areas=tuple(replace(area, number=None) if area.code in small_areas else area for area in data.areas),
        months=tuple((month, None if month in small_months else number) for month, number in data.months),
        left_out=0,
    )


def _rows(rows: Sequence[CategoryCount], least: int) -> tuple[CategoryCount, ...]:
    """Rows without statuses; the small ones as one, with as many others as let it tell of none alone."""
    plain = sorted((replace(row, by_status={}, before=0) for row in rows if row.total), key=_total)
    rest = [row for row in plain if row.total < least]
    kept = plain[len(rest) :]
    while rest and kept and (len(rest) == 1 or sum(map(_total, rest)) < least):
        rest.append(kept.pop(0))
    kept.reverse()
    total = sum(map(_total, rest))
    if len(rest) > 1 and total >= least:
        kept.append(replace(rest[0], source=OTHERS, category=OTHERS, total=total))
    return tuple(kept)


def _total(row: CategoryCount) -> int:
    return row.total


def _kept_back(numbers: Mapping[str, int], least: int) -> Set[str] | None:
    """The small numbers, and the next larger ones until none follows from the sum of all.

    Nothing at all is known of zeros, so they serve last. None where even all together are not enough.
    """
    small = {code for code, number in numbers.items() if 0 < number < least}
    others = sorted(numbers.keys() - small, key=lambda code: (numbers[code] == 0, numbers[code], code))
    while small and _follow([numbers[code] for code in small], least):
        if not others:
            return None
        small.add(others.pop(0))
    return small


def _follow(numbers: Sequence[int], least: int) -> bool:
    """Whether small numbers follow from their sum: one alone, or all as small or as large as they can be."""
    total, most = sum(numbers), len(numbers) * (least - 1)
    return len(numbers) == 1 or total < least or total in (len(numbers), most)


def _cells(cells: Sequence[Cell], least: int) -> tuple[Cell, ...]:
    """Cells without small ones; what is left of the total is none of these, or no small number either."""
    shown = sorted((cell for cell in cells if cell.number >= least), key=lambda cell: cell.number)
    hidden = sum(cell.number for cell in cells if cell.number < least)
    while shown and 0 < hidden < least:
        hidden += shown.pop(0).number
    return tuple(_middle(cell) for cell in shown)


def _middle(cell: Cell) -> Cell:
    """The cell with its middle for a place: where in it the threats lie is not told."""
    return cell._replace(lon=(cell.west + cell.east) / 2, lat=(cell.south + cell.north) / 2)
