"""A grid of equal cells, squares or hexagons, over an area on a plane in metres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from kmzb_qgis_plugin.analysis.arrays import Array, Floats, GoOn, Ints

SQUARE: Final = "square"
HEXAGON: Final = "hexagon"
SHAPES: Final = (HEXAGON, SQUARE)
NO_CELL: Final = -1

_AT_ONCE: Final = 200_000
_A_LITTLE_MORE: Final = 1.001
"""Neighbours' middles lie at the very radius that they are looked for in."""


class TooManyCells(ValueError):
    """The grid would have more cells than are allowed.

    Args:
        number: how many it would have.
    """

    def __init__(self, number: int) -> None:
        super().__init__(f"{number} cells")
        self.number = number


@dataclass(frozen=True)
class Grid:
    """Equal cells, row by row from the south; the same place is always in a cell of the same corners.

    Attributes:
        shape: one of :data:`SHAPES`.
        size: metres between opposite sides of a cell.
        middles: of the cells, in metres, (n, 2).
    """

    shape: str
    size: float
    middles: Floats

    def __len__(self) -> int:
        return len(self.middles)

    @property
    def square_kilometres(self) -> float:
        """The area of a cell."""
        return self.size * _row_height(self.shape, self.size) / 1e6

    def corners(self) -> Floats:
        """The cells' rings, whose last corner is the first one, (n, 5 or 7, 2)."""
        if self.shape == SQUARE:
            ring = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]) * self.size / 2
        else:
            angles = np.radians(np.arange(7) % 6 * 60 + 30)
            ring = np.column_stack((np.cos(angles), np.sin(angles))) * self.size / np.sqrt(3)
        return np.asarray(self.middles[:, None, :] + ring)

    def cells_of(self, places: Floats, go_on: GoOn) -> Ints:
        """Find each place's cell: the one whose middle is nearest.

        So a place in a cell that the area's border cuts off counts in the cell beside it.

        Args:
            places: in metres, (m, 2).
            go_on: hears of progress.

        Returns:
            Numbers of cells, (m,); :data:`NO_CELL` for places farther from all middles than a cell's size.
        """
        tree = cKDTree(self.middles)
        found = np.empty(len(places), np.int64)
        for start in range(0, len(places), _AT_ONCE):
            go_on(start / len(places))
            part = slice(start, start + _AT_ONCE)
            found[part] = tree.query(places[part], distance_upper_bound=self.size)[1]
        found[found == len(self)] = NO_CELL
        return found

    def windows(self, rings: int) -> sparse.csr_matrix:
        """Say which cells are neighbours: 1 for a cell itself and those up to some rings around it, (n, n).

        Of squares those that meet at a corner are neighbours too (the queen's move).
        """
        radius, norm = rings * self.size * _A_LITTLE_MORE, np.inf if self.shape == SQUARE else 2
        pairs = cKDTree(self.middles).query_pairs(radius, p=norm, output_type="ndarray").astype(np.int32)
        own = np.arange(len(self), dtype=np.int32)
        rows = np.concatenate((own, pairs[:, 0], pairs[:, 1]))
        columns = np.concatenate((own, pairs[:, 1], pairs[:, 0]))
        shape = (len(self), len(self))
        return sparse.csr_matrix((np.ones(len(rows), np.int8), (rows, columns)), shape=shape)


def grid_over(rings: Sequence[Floats], shape: str, size: float, most: int) -> Grid:
    """Lay a grid over an area: the cells whose middles are inside.

    Args:
        rings: outer and inner ones of all its polygons, in metres, each (k, 2); polygons do not overlap.
        shape: one of :data:`SHAPES`.
        size: metres between opposite sides of a cell.
        most: how many cells there may be.

    Raises:
        TooManyCells: there would be more.
    """
    height = _row_height(shape, size)
    row, crossing = _crossings(rings, height)
    # Each row's lines are crossed in pairs: into the area and out of it.
    row, enters, leaves = row[::2], crossing[::2], crossing[1::2]
    shift = (row % 2) / 2 if shape == HEXAGON else np.zeros(len(row))
    first = np.ceil(enters / size - shift).astype(np.int64)
    number = np.ceil(leaves / size - shift).astype(np.int64) - first
    total = int(number.sum())
    if total > most:
        raise TooManyCells(total)
    column = np.repeat(first + shift, number) + _count_up(number)
    return Grid(shape, size, np.column_stack((column * size, np.repeat(row, number) * height)))


def _row_height(shape: str, size: float) -> float:
    return size * np.sqrt(3) / 2 if shape == HEXAGON else size


def _crossings(rings: Sequence[Floats], height: float) -> tuple[Ints, Floats]:
    """Where rows of middles cross the rings: numbers of rows and eastings, sorted by both."""
    starts = np.concatenate([ring[:-1] for ring in rings] or [np.zeros((0, 2))])
    ends = np.concatenate([ring[1:] for ring in rings] or [np.zeros((0, 2))])
    downward = starts[:, 1] > ends[:, 1]
    low = np.where(downward[:, None], ends, starts)
    high = np.where(downward[:, None], starts, ends)
    first = np.ceil(low[:, 1] / height).astype(np.int64)
    number = np.ceil(high[:, 1] / height).astype(np.int64) - first
    edge = np.repeat(np.arange(len(number)), number)
    row = first[edge] + _count_up(number)
    along = (row * height - low[edge, 1]) / (high[edge, 1] - low[edge, 1])
    crossing = low[edge, 0] + along * (high[edge, 0] - low[edge, 0])
    order = np.lexsort((crossing, row))
    return row[order], crossing[order]


def _count_up(numbers: Ints) -> Array:
    """For 2, 3: 0, 1, 0, 1, 2."""
    ends = np.cumsum(numbers)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - numbers, numbers)
