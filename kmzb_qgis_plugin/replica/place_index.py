"""Threats by place: cells so small that reports of one thing lie in one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from kmzb_qgis_plugin.domain.statistics import PLACE_DEGREES, PLACE_WIDTH
from kmzb_qgis_plugin.replica.columns import Columns
from kmzb_qgis_plugin.replica.instants import NEVER, Ints

_CELLS_AROUND: Final = 10**6
"""More than there are cells from west to east, so that a row and a column make one number."""


@dataclass(frozen=True)
class PlaceIndex:
    """Places by number, of which there are as many as cells with threats.

    Attributes:
        cells: each place's cell.
        place: each threat's place.
        order: the threats place by place, each's newest first.
        starts: where in the order a place begins; one more ends the last.
        spot: each threat's place and category, together a number.
        spots: how many such numbers there are.
        eliminated: the threats that were eliminated, the last first.
    """

    cells: Ints
    place: Ints
    order: Ints
    starts: Ints
    spot: Ints
    spots: int
    eliminated: Ints


def place_index(columns: Columns, eliminated: Ints) -> PlaceIndex:
    """Sort threats by place.

    Args:
        columns: the threats.
        eliminated: when each was eliminated, in milliseconds; :data:`NEVER` where it was not.
    """
    cell = cells_of(columns)
    order = np.lexsort((-columns.arrays["reported_at"], cell))
    sorted_cells = cell[order]
    starts = np.flatnonzero(np.concatenate(([True], sorted_cells[1:] != sorted_cells[:-1])))[: len(order)]
    place = np.empty(len(order), np.int64)
    place[order] = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(order))))
    kinds = len(columns.values["category"])
    gone = np.flatnonzero(eliminated != NEVER)
    return PlaceIndex(
        sorted_cells[starts],
        place,
        order,
        np.append(starts, len(order)),
        place * kinds + columns.arrays["category"],
        len(starts) * kinds,
        gone[np.argsort(-eliminated[gone], kind="stable")],
    )


def cells_of(columns: Columns) -> Ints:
    """The number of each threat's cell, see :func:`place_box`."""
    x = ((columns.arrays["lon"] + 180) / (PLACE_DEGREES * PLACE_WIDTH)).astype(np.int64)
    y = ((columns.arrays["lat"] + 90) / PLACE_DEGREES).astype(np.int64)
    return np.asarray(y * _CELLS_AROUND + x)


def place_box(cell: int) -> tuple[float, float, float, float]:
    """West, south, east and north of a cell, in degrees."""
    y, x = divmod(cell, _CELLS_AROUND)
    width = PLACE_DEGREES * PLACE_WIDTH
    return (
        x * width - 180,
        y * PLACE_DEGREES - 90,
        (x + 1) * width - 180,
        (y + 1) * PLACE_DEGREES - 90,
    )
