"""Siting at the most candidates and demand that are allowed; a small problem against an exact solver."""

from __future__ import annotations

import numpy as np
from scipy import optimize, sparse

from benchmarks.figures import Figure, median_seconds, seconds
from kmzb_qgis_plugin.analysis.arrays import Array
from kmzb_qgis_plugin.analysis.siting import Choice, choose_sites, cost_of_distance, kilometres, nearest

LARGE, SMALL = (2_000, 10_000), (60, 400)
NEW = 5
SAME = 1e-4
_TOWNS = 60
_SIDE = 150_000
_SPREAD = 4_000


def measure() -> list[Figure]:
    large, small = _cost(*LARGE), _cost(*SMALL)
    found: list[Choice] = []

    def ours() -> None:
        found.append(choose_sites(small, nearest(small[:0]), NEW, lambda _share: None))

    took = median_seconds(ours, 3)
    exact: list[float] = []
    peer = seconds(lambda: exact.append(_exact(small)))
    if abs(found[-1].cost - exact[0]) > SAME * exact[0]:
        raise RuntimeError(f"the choice costs {found[-1].cost}, the best one {exact[0]}")
    return [
        Figure(
            f"siting {NEW} of {LARGE[0]:,} candidates for {LARGE[1]:,} places, bound included",
            seconds(lambda: choose_sites(large, nearest(large[:0]), NEW, lambda _share: None)),
        ),
        Figure(
            f"siting {NEW} of {SMALL[0]} candidates for {SMALL[1]} places: the best choice",
            took,
            ("HiGHS by scipy's milp", peer),
        ),
    ]


def _cost(sites: int, demand: int) -> Array:
    """Of a country with towns, always the same one."""
    dice = np.random.default_rng(1)
    towns = dice.uniform(0, _SIDE, (_TOWNS, 2))
    places = towns[dice.integers(0, _TOWNS, demand)] + dice.normal(0, _SPREAD, (demand, 2))
    distances = kilometres(dice.uniform(0, _SIDE, (sites, 2)), places, 1.3)
    return cost_of_distance(distances, dice.integers(1, 50, demand).astype(float))


def _exact(cost: Array) -> float:
    """What the best choice costs."""
    sites, demand = cost.shape
    serves = sparse.kron(np.ones((1, sites)), sparse.eye(demand))
    opened = -sparse.kron(sparse.eye(sites), np.ones((demand, 1)))
    is_site = np.concatenate((np.zeros(cost.size), np.ones(sites)))
    found = optimize.milp(
        np.concatenate((cost.ravel(), np.zeros(sites))),
        integrality=is_site,
        bounds=optimize.Bounds(0, 1),
        constraints=[
            optimize.LinearConstraint(sparse.hstack((serves, sparse.csr_matrix((demand, sites)))), 1, 1),
            optimize.LinearConstraint(sparse.hstack((sparse.eye(cost.size), opened)), -np.inf, 0),
            optimize.LinearConstraint(is_site[None], NEW, NEW),
        ],
    )
    if not found.success:
        raise RuntimeError(found.message)
    return float(found.fun)
