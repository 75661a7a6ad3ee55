"""Whether one threat makes another nearby, soon, more likely: the near-repeat phenomenon.

E. G. Knox (1964), The detection of space-time interactions, Applied Statistics 13: pairs of events are
counted by distance and time between them. How many there would be if time had nothing to do with place
is found by giving the events each other's days, as J. H. Ratcliffe's Near Repeat Calculator (2009) does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.spatial import cKDTree

from kmzb_qgis_plugin.analysis.arrays import Array, Floats, GoOn, Ints
from kmzb_qgis_plugin.analysis.significance import false_discovery

SAME_PLACE: Final = 1.0
"""Events that lie no more metres apart are at one place."""
LEVEL: Final = 0.05
LEAST_RATIO: Final = 1.2
"""What is no more than this many times the expected is too little to act on, however significant."""

_PAIRS_SHARE: Final = 0.2
_EVENTS_AT_ONCE: Final = 2_000
_PAIRS_AT_ONCE: Final = 500_000


class TooManyPairs(ValueError):
    """More pairs of events lie near each other than can be counted in reasonable time.

    Args:
        number: how many there are.
    """

    def __init__(self, number: int) -> None:
        super().__init__(f"{number} pairs")
        self.number = number


@dataclass(frozen=True)
class NearRepeat:
    """Pairs of events by the distance (rows) and days (columns) between them.

    Attributes:
        metres: the largest distance of each row, the first is :data:`SAME_PLACE`, (b,).
        days: the largest number of days of each column, (t,).
        observed: pairs in each field, (b, t).
        expected: how many there would be if days had nothing to do with places, (b, t).
        p: pseudo-probability of so many pairs or more by chance, (b, t).
        adjusted: the same with the false discovery rate held, (b, t).
        observed_within: pairs in each field and in those nearer and sooner, (b, t).
        expected_within: of these, as ``expected``.
        p_within: of these, as ``p``.
    """

    metres: Floats
    days: Ints
    observed: Ints
    expected: Floats
    p: Floats
    adjusted: Floats
    observed_within: Ints
    expected_within: Floats
    p_within: Floats

    @property
    def ratio(self) -> Floats:
        """Observed by expected; not a number where nothing is expected."""
        return _ratio(self.observed, self.expected)

    @property
    def ratio_within(self) -> Floats:
        """The same of each field with those nearer and sooner."""
        return _ratio(self.observed_within, self.expected_within)

    def reaches(self) -> list[tuple[int, int]]:
        """The rows and columns up to which one event makes others more likely, the nearest first.

        Each field from the same place and day up to there has significantly more pairs than expected, and
        the one beyond has not: there are several where what is nearer lasts longer. Distances that no pair
        has do not count.
        """
        rows = np.flatnonzero(np.diff(self.expected_within[:, -1], prepend=0))
        good = (self.adjusted[rows] <= LEVEL) & (self.ratio[rows] >= LEAST_RATIO)
        whole = np.logical_and.accumulate(np.logical_and.accumulate(good, axis=0), axis=1)
        beyond = np.pad(whole, ((0, 1), (0, 1)))
        ends = whole & ~beyond[1:, :-1] & ~beyond[:-1, 1:]
        return [(int(rows[row]), int(column)) for row, column in np.argwhere(ends)]


def find_near_repeat(
    places: Floats,
    days: Ints,
    metres: Sequence[float],
    day_edges: Sequence[int],
    permutations: int,
    seed: int,
    most: int,
    go_on: GoOn,
) -> NearRepeat:
    """Count pairs, and hold them against as many random orders of the days as asked for.

    Args:
        places: easting and northing in metres, (n, 2).
        days: of the events, whole numbers, (n,).
        metres: the largest distance of each row after the same place, ascending.
        day_edges: the largest number of days of each column, ascending; the first column begins with 0.
        permutations: how many orders of days; the smallest pseudo-probability is 1 by one more.
        seed: the same one gives the same result.
        most: how many pairs may lie near each other.
        go_on: hears of progress.

    Raises:
        TooManyPairs: there are more.
    """
    edges = np.array([SAME_PLACE, *metres])
    latest = np.array(day_edges, np.int64)
    first, second, starts = _pairs(places, edges, most, go_on)
    days = (days - days.min()).astype(np.int32)
    observed_within = _count(days, first, second, starts, latest)
    expected_within = _expected(days, np.cumsum(np.diff(starts)), latest)
    dice = np.random.default_rng(seed)
    as_many = np.ones(observed_within.shape, np.int64)
    as_many_within = as_many.copy()
    observed = _single(observed_within)
    for turn in range(permutations):
        go_on(_PAIRS_SHARE + (1 - _PAIRS_SHARE) * turn / permutations)
        counted = _count(dice.permutation(days), first, second, starts, latest)
        as_many_within += counted >= observed_within
        as_many += _single(counted) >= observed
    p = as_many / (permutations + 1)
    return NearRepeat(
        edges,
        latest,
        observed,
        _single(expected_within),
        p,
        false_discovery(p),
        observed_within,
        expected_within,
        as_many_within / (permutations + 1),
    )


def _pairs(places: Floats, edges: Floats, most: int, go_on: GoOn) -> tuple[Array, Array, Ints]:
    """All pairs within the last distance, row by row, and where each row begins; one more ends the last."""
    tree, number = cKDTree(places), len(places)
    near = (int(tree.count_neighbors(tree, edges[-1])) - number) // 2
    if near > most:
        raise TooManyPairs(near)
    parts = []
    for start in range(0, number, _EVENTS_AT_ONCE):
        go_on(_PAIRS_SHARE * start / number)
        some = cKDTree(places[start : start + _EVENTS_AT_ONCE])
        found = some.sparse_distance_matrix(tree, edges[-1], output_type="ndarray")
        # Half as wide as SciPy's: there may be ten million pairs.
        first, second = (found["i"] + start).astype(np.int32), found["j"].astype(np.int32)
        once = first < second
        row = np.searchsorted(edges, found["v"][once]).astype(np.uint8)
        parts.append((first[once], second[once], row))
    first, second, row = (np.concatenate(column) for column in zip(*parts))
    order = np.argsort(row, kind="stable")
    return first[order], second[order], np.searchsorted(row[order], np.arange(len(edges) + 1))


def _count(days: Array, first: Array, second: Array, starts: Ints, latest: Ints) -> Ints:
    """Pairs within each distance and number of days, those nearer and sooner included, (b, t)."""
    counted = np.zeros((len(starts) - 1, len(latest)), np.int64)
    for row, (begin, end) in enumerate(zip(starts, starts[1:])):
        for at in range(begin, end, _PAIRS_AT_ONCE):
            part = slice(at, min(at + _PAIRS_AT_ONCE, end))
            apart = np.abs(days[first[part]] - days[second[part]])
            counted[row] += [np.count_nonzero(apart <= edge) for edge in latest]
    return np.cumsum(counted, axis=0)


def _expected(days: Array, near: Ints, latest: Ints) -> Floats:
    """The mean of :func:`_count` over all orders of the days, (b, t): exact, so not found by chance."""
    by_day = np.bincount(days).astype(float)
    apart = [(by_day * (by_day - 1)).sum() / 2]
    apart += [by_day[:-lag] @ by_day[lag:] for lag in range(1, min(int(latest[-1]) + 1, len(by_day)))]
    soon = np.cumsum(apart)[np.minimum(latest, len(apart) - 1)]
    return np.asarray(np.outer(near, soon) / (len(days) * (len(days) - 1) / 2))


def _single(within: Array) -> Array:
    """Each field without those nearer and sooner."""
    rows = np.diff(within, axis=0, prepend=0)
    return np.diff(rows, axis=1, prepend=0)


def _ratio(observed: Array, expected: Array) -> Floats:
    return np.divide(observed, expected, out=np.full(observed.shape, np.nan), where=expected > 0)
