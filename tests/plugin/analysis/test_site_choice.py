"""Choices of sites against all choices that there are, and against the exact solver of scipy."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy import optimize, sparse

from kmzb_qgis_plugin.analysis.siting import (
    choose_sites,
    cost_of_distance,
    cost_of_uncovered,
    criteria,
    gather,
    kilometres,
    nearest,
)


def on(_share: float) -> None:
    """Nobody listens."""


def problem(seed: int, sites: int = 14, demand: int = 60) -> tuple[np.ndarray, np.ndarray]:
    """Distances and weights of clustered demand."""
    dice = np.random.default_rng(seed)
    middles = dice.uniform(0, 50_000, (6, 2))
    places = middles[dice.integers(0, 6, demand)] + dice.normal(0, 4000, (demand, 2))
    weights = dice.integers(1, 20, demand).astype(float)
    return kilometres(dice.uniform(0, 50_000, (sites, 2)), places, 1.3), weights


def best(cost: np.ndarray, base: np.ndarray, number: int) -> float:
    return min(
        float(np.minimum(base, cost[list(sites)].min(axis=0)).sum())
        for sites in combinations(range(len(cost)), number)
    )


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("fixed", [0, 2])
@pytest.mark.parametrize("number", [1, 3])
def test_choices_are_the_best_of_all(seed: int, fixed: int, number: int) -> None:
    distances, weights = problem(seed)
    for cost in (cost_of_distance(distances, weights), cost_of_uncovered(distances, weights, 12)):
        base, candidates = nearest(cost[:fixed]), cost[fixed:]
        found = choose_sites(candidates, base, number, on)
        optimum = best(candidates, base, number)
        assert found.cost == pytest.approx(optimum, rel=1e-5)
        assert found.bound <= optimum * (1 + 1e-5)
        assert found.bound >= optimum * 0.75
        assert len(set(found.sites.tolist())) == number


def test_a_substitution_betters_what_was_chosen_first() -> None:
    # The middle is best alone, but two sites at the ends are best together.
    ends = np.array([(0, 0), (10_000, 0), (5_000, 0)], float)
    cost = kilometres(ends, ends[:2], 1)
    cost[2] *= 0.9
    found = choose_sites(cost, np.full(2, np.inf, np.float32), 2, on)
    assert sorted(found.sites.tolist()) == [0, 1]
    assert found.cost == found.bound == 0


def test_a_large_problem_is_close_to_the_exact_solution() -> None:
    distances, weights = problem(11, 40, 150)
    cost = cost_of_distance(distances, weights)
    found = choose_sites(cost, nearest(cost[:0]), 5, on)
    sites, demand = cost.shape
    serves = sparse.kron(np.ones((1, sites)), sparse.eye(demand))
    opened = -sparse.kron(sparse.eye(sites), np.ones((demand, 1)))
    exact = optimize.milp(
        np.concatenate((cost.ravel(), np.zeros(sites))),
        integrality=np.concatenate((np.zeros(cost.size), np.ones(sites))),
        bounds=optimize.Bounds(0, 1),
        constraints=[
            optimize.LinearConstraint(sparse.hstack((serves, sparse.csr_matrix((demand, sites)))), 1, 1),
            optimize.LinearConstraint(sparse.hstack((sparse.eye(cost.size), opened)), -np.inf, 0),
            optimize.LinearConstraint(np.concatenate((np.zeros(cost.size), np.ones(sites)))[None], 5, 5),
        ],
    )
    assert exact.success
    assert found.bound <= exact.fun * (1 + 1e-5)
    assert found.cost <= exact.fun * 1.01
    assert found.bound >= exact.fun * 0.98


def test_where_no_exchange_is_better_other_choices_are_tried() -> None:
    dice = np.random.default_rng(0)
    towns = dice.uniform(0, 150_000, (60, 2))
    demand = towns[dice.integers(0, 60, 3000)] + dice.normal(0, 4000, (3000, 2))
    weights = dice.integers(1, 50, 3000).astype(float)
    cost = cost_of_distance(kilometres(dice.uniform(0, 150_000, (500, 2)), demand, 1.3), weights)
    found = choose_sites(cost, nearest(cost[:0]), 5, on)
    # Substitution from the greedy choice alone ends at 2,582,650.
    assert found.cost == pytest.approx(2_437_924, rel=1e-4)
    assert found.bound >= found.cost * 0.995


def test_the_first_site_brings_most() -> None:
    distances, weights = problem(3)
    cost = cost_of_distance(distances, weights)
    found = choose_sites(cost, nearest(cost[:0]), 4, on)
    alone = [cost[site].sum() for site in found.sites]
    assert alone[0] == min(alone)


def test_of_choices_that_cover_the_same_the_nearer_is_taken() -> None:
    demand = np.array([(0, 0), (0, 1000)], float)
    distances = kilometres(np.array([(4000, 0), (500, 0)], float), demand, 1)
    cost = cost_of_uncovered(distances, np.ones(2), 5)
    assert choose_sites(cost, nearest(cost[:0]), 1, on).sites.tolist() == [1]


def test_criteria_go_by_weight() -> None:
    found = criteria(np.array([1.0, 2.0, 10.0, 4.0]), np.array([50.0, 30.0, 4.0, 16.0]), 2)
    assert found.mean == pytest.approx((50 + 60 + 40 + 64) / 100)
    assert (found.median, found.p95, found.farthest, found.covered) == (1, 4, 10, 0.8)


def test_demand_is_gathered_in_squares_without_losing_any() -> None:
    dice = np.random.default_rng(1)
    places, weights = dice.uniform(0, 20_000, (5000, 2)), dice.uniform(0.5, 2, 5000)
    middles, together, width = gather(places, weights, 500)
    assert 350 <= len(middles) == len(together) <= 500
    assert 890 <= width <= 1100
    assert together.sum() == pytest.approx(weights.sum())
    assert np.average(middles, axis=0, weights=together) == pytest.approx(
        np.average(places, axis=0, weights=weights)
    )
    same, weights_of, width = gather(np.array([(5.2, 5.1), (5.4, 5.6), (80, 80)]), np.array([1.0, 2, 3]), 10)
    assert width == 1
    assert sorted(weights_of.tolist()) == [3, 3]
    assert len(same) == 2


def test_progress_goes_up() -> None:
    told: list[float] = []
    distances, weights = problem(2)
    cost = cost_of_distance(distances, weights)
    choose_sites(cost, nearest(cost[:0]), 3, told.append)
    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] < 1
