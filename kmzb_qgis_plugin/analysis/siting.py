"""Where new sites serve demand best: the p-median, and the most demand within a radius.

S. L. Hakimi (1964), Optimum locations of switching centers, Operations Research 12, for the p-median;
R. Church, C. ReVelle (1974), The maximal covering location problem, Papers of the Regional Science
Association 32, who show that covering is a median of costs that are 0 within the radius and 1 beyond.
Both are solved by the substitution of M. B. Teitz and P. Bart (1968), Operations Research 16, and held
against a lower bound by Lagrangian relaxation (G. Cornuéjols, M. L. Fisher, G. L. Nemhauser 1977,
Management Science 23), so that it is known how much a better choice could bring at most.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from scipy.spatial.distance import cdist

from kmzb_qgis_plugin.analysis.arrays import Array, Floats, GoOn, Ints, part_of

_ROWS_AT_ONCE: Final = 200
_FIRST_SQUARE: Final = 1.0
_SECOND_SQUARE: Final = 100.0
_LEAST_STEP: Final = 1.1
_ROUND: Final = 10.0
_BETTER: Final = 1e-7
"""Share by which a substitution must be better: less is rounding."""
_NEARER: Final = 1e-6
"""Of choices that cover the same, the nearer one is taken: what a kilometre weighs beside being covered."""
_CLOSE: Final = 1e-4
_BOUND_TURNS: Final = 150
_PATIENCE: Final = 8
_RESTARTS: Final = 5
_SEED: Final = 1
_GREEDY_SHARE, _SUBSTITUTION_SHARE, _BOUND_SHARE = 0.1, 0.3, 0.6


@dataclass(frozen=True)
class Choice:
    """Which candidates were chosen.

    Attributes:
        sites: numbers of candidates, the one that brings most first, (p,).
        cost: of serving all demand.
        bound: no choice costs less.
    """

    sites: Ints
    cost: float
    bound: float


@dataclass(frozen=True)
class Criteria:
    """How far demand is from the nearest site, by its weight; kilometres.

    Attributes:
        mean: distance.
        median: half of the demand is no farther.
        p95: 95 % of the demand is no farther.
        farthest: of all demand.
        covered: share of the demand within the radius, 0 to 1.
    """

    mean: float
    median: float
    p95: float
    farthest: float
    covered: float


def gather(places: Floats, weights: Floats, most: int) -> tuple[Floats, Floats, float]:
    """Put demand together in squares, as small as the number of places allows.

    Args:
        places: easting and northing in metres, (n, 2).
        weights: above 0, (n,).
        most: how many places may be left.

    Returns:
        The places' weighted middles, (k, 2), their weights, (k,), and the squares' width in metres.
    """
    width = _FIRST_SQUARE
    while True:
        square = np.floor(places / width).astype(np.int64)
        _, of = np.unique(square[:, 0] * 2**32 + square[:, 1], return_inverse=True)
        of = of.ravel()
        squares = int(of.max(initial=-1)) + 1
        if squares <= most:
            break
        # On evenly filled ground this is the right width at once; else it is still too small.
        wider = width * max(np.sqrt(squares / most), _LEAST_STEP)
        width = max(np.ceil(wider / _ROUND) * _ROUND, _SECOND_SQUARE)
    together = np.asarray(np.bincount(of, weights), float)
    middles = [np.bincount(of, weights * places[:, axis]) / together for axis in range(2)]
    return np.column_stack(middles), together, width


def kilometres(sites: Floats, demand: Floats, road_factor: float) -> Array:
    """Distances from sites to demand, (m, n): straight lines, times what roads are longer.

    Args:
        sites: easting and northing in metres, (m, 2).
        demand: the same, (n, 2).
        road_factor: how many times as long as the straight line a way is.
    """
    found = np.empty((len(sites), len(demand)), np.float32)
    for start in range(0, len(sites), _ROWS_AT_ONCE):
        rows = slice(start, start + _ROWS_AT_ONCE)
        found[rows] = cdist(sites[rows], demand) * (road_factor / 1000)
    return found


def nearest(distances: Array) -> Array:
    """The distance of each demand to the nearest of the sites, (n,); infinite where there is none."""
    return np.asarray(distances.min(axis=0, initial=np.inf))


def cost_of_distance(distances: Array, weights: Floats) -> Array:
    """What is small where the mean distance is: kilometres by weight."""
    return np.asarray(distances * weights.astype(np.float32))


def cost_of_uncovered(distances: Array, weights: Floats, radius: float) -> Array:
    """What is small where much demand is within a radius (kilometres): the weight beyond it."""
    beyond = (distances > radius) + np.float32(_NEARER) * np.minimum(distances, 1e6)
    return np.asarray(beyond * weights.astype(np.float32))


def choose_sites(cost: Array, base: Array, number: int, go_on: GoOn) -> Choice:
    """Choose the candidates that serve demand best beside sites that there are already.

    Args:
        cost: of serving each demand from each candidate, not below 0, (m, n).
        base: of serving it from the sites that there are, (n,); infinite where there are none.
        number: of candidates to choose, from 1 to m.
        go_on: hears of progress.
    """
    chosen: list[int] = []
    for turn in range(number):
        go_on(_GREEDY_SHARE * turn / number)
        chosen.append(_best_beside(cost, base, chosen)[0])
    total = _substitute(cost, base, chosen, part_of(go_on, _GREEDY_SHARE, _SUBSTITUTION_SHARE))
    served = nearest_with(base, cost, chosen)
    bound, opened = _bound(cost, base, number, served, part_of(go_on, _SUBSTITUTION_SHARE, _BOUND_SHARE))
    # Substitution may end where no single exchange is better, but another choice is.
    dice = np.random.default_rng(_SEED)
    others = [opened, *(dice.choice(len(cost), number, replace=False).tolist() for _ in range(_RESTARTS))]
    for turn, other in enumerate(others):
        if total - bound <= _CLOSE * total:
            break
        share = (1 - _BOUND_SHARE) / len(others)
        start = _BOUND_SHARE + share * turn
        other_total = _substitute(cost, base, other, part_of(go_on, start, start + share))
        if other_total < total:
            chosen, total = other, other_total
    # The order in which they bring most.
    ranked: list[int] = []
    for _ in chosen:
        left = np.array([site for site in chosen if site not in ranked])
        ranked.append(int(left[_best_beside(cost[left], nearest_with(base, cost, ranked), [])[0]]))
    return Choice(np.array(ranked, np.int64), total, min(bound, total))


def nearest_with(base: Array, cost: Array, sites: list[int]) -> Array:
    """What serving each demand costs with sites that there are and some candidates, (n,)."""
    return np.asarray(np.minimum(base, nearest(cost[sites])))


def criteria(distances: Array, weights: Floats, radius: float) -> Criteria:
    """Judge distances to the nearest site.

    Args:
        distances: kilometres, (n,).
        weights: (n,).
        radius: kilometres.
    """
    order = np.argsort(distances)
    ascending, share = distances[order], np.cumsum(weights[order]) / weights.sum()
    half, most = ascending[np.minimum(np.searchsorted(share, (0.5, 0.95)), len(share) - 1)]
    return Criteria(
        float(np.average(distances, weights=weights)),
        float(half),
        float(most),
        float(ascending[-1]),
        float(weights[distances <= radius].sum() / weights.sum()),
    )


def _best_beside(cost: Array, base: Array, chosen: list[int]) -> tuple[int, float]:
    """The candidate that is best beside those chosen, and what all costs with it."""
    current = nearest_with(base, cost, chosen)
    totals = _by_rows(cost, partial(np.minimum, current))
    totals[chosen] = np.inf
    best = int(np.argmin(totals))
    return best, float(totals[best])


def _substitute(cost: Array, base: Array, chosen: list[int], go_on: GoOn) -> float:
    """Put better candidates in the place of chosen ones until none is better; return what all costs then."""
    total = float(nearest_with(base, cost, chosen).sum(dtype=np.float64))
    kept, place, turns = 0, 0, 0
    while kept < len(chosen):
        turns += 1
        # How many turns there will be is not known: half of what is left with each two rounds.
        go_on(1 - 0.5 ** (turns / (2 * len(chosen))))
        others = chosen[:place] + chosen[place + 1 :]
        best, best_total = _best_beside(cost, base, others)
        if best_total < total * (1 - _BETTER):
            chosen[place], total, kept = best, best_total, 0
        else:
            kept += 1
        place = (place + 1) % len(chosen)
    return total


def _bound(cost: Array, base: Array, number: int, served: Array, go_on: GoOn) -> tuple[float, list[int]]:
    """A cost below which no choice comes, by subgradient steps, and the sites that speak for it.

    Args:
        cost, base, number: as :func:`choose_sites` takes them.
        served: what each demand costs with the best choice known, (n,).
        go_on: hears of progress.
    """
    total = float(served.sum(dtype=np.float64))
    price = served.astype(np.float64)
    lower, step, stale = 0.0, 1.0, 0
    speaking: list[int] = []
    for turn in range(_BOUND_TURNS):
        go_on(turn / _BOUND_TURNS)
        offered = price.astype(np.float32)
        worth = _by_rows(cost, partial(_saved, offered))
        opened = np.argsort(-worth)[:number]
        value = float(np.minimum(offered, base).sum(dtype=np.float64) - worth[opened].sum())
        stale = 0 if value > lower else stale + 1
        if value > lower or not speaking:
            lower, speaking = max(lower, value), opened.tolist()
        if total - lower <= _CLOSE * total:
            break
        if stale == _PATIENCE:
            step, stale = step / 2, 0
        slope = 1.0 - (cost[opened] < offered).sum(axis=0) - (base < offered)
        steepness = float(slope @ slope)
        if not steepness:
            break
        price = np.maximum(price + step * (total - value) / steepness * slope, 0)
    return lower, speaking


def _saved(offered: Array, cost: Array) -> Array:
    """What serving from a candidate costs less than is offered for it."""
    return np.asarray(np.maximum(offered - cost, 0))


def _by_rows(cost: Array, change: Callable[[Array], Array]) -> Floats:
    """Sums of the rows of costs that are changed a part at a time, (m,)."""
    sums = np.empty(len(cost))
    for start in range(0, len(cost), _ROWS_AT_ONCE):
        rows = slice(start, start + _ROWS_AT_ONCE)
        sums[rows] = change(cost[rows]).sum(axis=1, dtype=np.float64)
    return sums
