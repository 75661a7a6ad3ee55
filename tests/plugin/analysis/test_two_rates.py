"""The test of two periods against scipy's own, place by place, and what chance alone is called."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from kmzb_qgis_plugin.analysis.comparison import compare
from kmzb_qgis_plugin.analysis.significance import false_discovery


def one_by_one(before: int, after: int, share: float) -> float:
    """Twice the smaller of scipy's one-sided tests."""
    sides = (
        stats.binomtest(after, before + after, share, alternative=side).pvalue for side in ("less", "greater")
    )
    return min(1.0, 2 * min(sides))


@pytest.mark.parametrize("weights", [(30, 30), (92, 30), (7, 365), (123, 4_567)])
def test_probabilities_are_those_of_scipy(weights: tuple[int, int]) -> None:
    dice = np.random.default_rng(1)
    after = np.concatenate((dice.poisson(dice.choice((0.3, 3, 40), 300)), (0, 900, 1, 2_000_000)))
    before = np.concatenate((dice.poisson(dice.choice((0.3, 3, 40), 300)), (800, 0, 0, 2_001_000)))
    found = compare(before, after, weights)
    empty = before + after == 0
    assert empty.any()
    assert np.isnan(found.p[empty]).all()
    assert np.isnan(found.adjusted[empty]).all()
    expected = [
        one_by_one(int(a), int(b), weights[1] / sum(weights))
        for a, b in zip(before[~empty], after[~empty], strict=True)
    ]
    assert found.p[~empty] == pytest.approx(expected, rel=1e-7, abs=1e-300)
    assert found.adjusted[~empty] == pytest.approx(false_discovery(np.array(expected)), rel=1e-7, abs=1e-300)
    assert found.expected == pytest.approx(before * weights[1] / weights[0])


def test_hand_made_cases() -> None:
    before, after = np.array([0, 5, 0, 10, 3, 4, 20]), np.array([0, 5, 10, 0, 4, 3, 60])
    found = compare(before, after, (31, 31))
    # All ten of ten on one side: 2 / 2 ** 10; six and four of seven: more than half the distribution.
    assert found.p[1:6] == pytest.approx([1, 2 / 1024, 2 / 1024, 1, 1])
    assert found.classes.tolist() == [0, 0, 2, -2, 1, -1, 2]
    assert found.expected.tolist() == before.tolist()


def test_lengths_count() -> None:
    same, more = (
        compare(np.array([90]), np.array([30]), (90, 30)),
        compare(np.array([90]), np.array([60]), (90, 30)),
    )
    assert (same.classes[0], same.p[0], same.expected[0]) == (0, 1, 30)
    assert more.classes[0] == 2


def test_what_fell_with_the_whole_did_not_change_otherwise() -> None:
    before, after = np.full(40, 100), np.full(40, 50)
    after[7] = 100
    at_all = compare(before, after, (365, 365))
    assert at_all.classes[7] == 0
    assert (np.delete(at_all.classes, 7) == -2).all()
    otherwise = compare(before, after, (int(before.sum()), int(after.sum())))
    assert otherwise.classes[7] == 2
    assert (np.delete(otherwise.classes, 7) == -1).all()


def test_empty_places_do_not_weaken_the_others() -> None:
    before, after = np.zeros(5_000, np.int64), np.zeros(5_000, np.int64)
    before[:2], after[:2] = (10, 1), (1, 10)
    assert compare(before, after, (1, 1)).classes[:2].tolist() == [-2, 2]


@pytest.mark.parametrize("mean", [0.5, 4.0, 60.0])
def test_chance_alone_makes_no_rise(mean: float) -> None:
    dice, runs = np.random.default_rng(2), 300
    any_found = sum(
        (np.abs(compare(*dice.poisson(mean, (2, 400)), (30, 30)).classes) == 2).any() for _ in range(runs)
    )
    # Where nothing is to be found, any discovery is a false one: at most 5 % of runs, and their scatter.
    assert any_found <= stats.binom.ppf(0.999, runs, 0.05)


@pytest.mark.parametrize("trend", [0.3, 3.0])
def test_a_trend_of_all_makes_no_place_differ_from_the_whole(trend: float) -> None:
    dice, runs, found = np.random.default_rng(4), 300, 0
    # A few places have most of what there is, as cities have.
    rates = dice.gamma(0.5, 30.0, 400)
    for _ in range(runs):
        before, after = dice.poisson(rates), dice.poisson(rates * trend)
        found += (np.abs(compare(before, after, (int(before.sum()), int(after.sum()))).classes) == 2).any()
    assert found <= stats.binom.ppf(0.999, runs, 0.05)


def test_a_planted_rise_and_a_planted_fall_are_found_among_many() -> None:
    dice = np.random.default_rng(3)
    before, after = dice.poisson(12.0, (2, 1_000))
    after[:20], before[20:40] = dice.poisson(60.0, (2, 20))
    classes = compare(before, after, (30, 30)).classes
    assert np.count_nonzero(classes[:20] == 2) >= 18
    assert np.count_nonzero(classes[20:40] == -2) >= 18
    assert np.count_nonzero(np.abs(classes[40:]) == 2) <= 6
