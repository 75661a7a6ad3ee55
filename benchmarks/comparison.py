"""Two periods compared in 40,000 cells, against scipy's own test called cell by cell."""

from __future__ import annotations

import numpy as np
from scipy import stats

from benchmarks.figures import Figure, median_seconds, seconds
from kmzb_qgis_plugin.analysis.comparison import compare
from kmzb_qgis_plugin.analysis.grid import SQUARE, grid_over
from kmzb_qgis_plugin.analysis.places import count_cells

THREATS = 1_000_000
CELLS, SOME = 40_000, 400
LENGTHS = 365, 365
_SIDE = 500_000


def measure() -> list[Figure]:
    dice = np.random.default_rng(1)
    before, after = dice.poisson(dice.gamma(0.5, 50, CELLS), (2, CELLS))
    ours = median_seconds(lambda: compare(before, after, LENGTHS), 3)
    share = LENGTHS[1] / sum(LENGTHS)
    some = [(int(a), int(a + b)) for b, a in zip(before[:SOME], after[:SOME], strict=True) if a + b]
    peer = seconds(lambda: [stats.binomtest(a, n, share) for a, n in some]) * CELLS / SOME
    metres = dice.uniform(0, _SIDE, (THREATS, 2))
    ring = np.array([(0, 0), (_SIDE, 0), (_SIDE, _SIDE), (0, _SIDE), (0, 0)], float)
    later = dice.random(THREATS) < share

    def whole() -> None:
        grid = grid_over([ring], SQUARE, _SIDE / CELLS**0.5, 2 * CELLS)
        earlier_and_later = (
            count_cells(grid, metres[rows], lambda _share: None).threats for rows in (~later, later)
        )
        compare(*earlier_and_later, LENGTHS)

    return [
        Figure(
            f"test of two periods in {CELLS:,} cells",
            ours,
            (f"scipy's binomtest cell by cell, reckoned from {SOME}", peer),
        ),
        Figure(f"the same with the counting of {THREATS:,} threats", seconds(whole)),
    ]
