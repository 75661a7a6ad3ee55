"""The Knox test against counting pair after pair, and on data with and without near repeats."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, permutations

import numpy as np
import pytest

from kmzb_qgis_plugin.analysis.near_repeat import NearRepeat, TooManyPairs, find_near_repeat

METRES, DAYS = (100, 200, 300), (7, 14, 21)


def on(_share: float) -> None:
    """Nobody listens."""


def find(places: np.ndarray, days: np.ndarray, turns: int = 199, seed: int = 1) -> NearRepeat:
    return find_near_repeat(places, days, METRES, DAYS, turns, seed, 1_000_000, on)


def random_events(number: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    dice = np.random.default_rng(seed)
    return dice.uniform(0, 3000, (number, 2)), dice.integers(19_000, 19_365, number)


def with_repeats(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Each fourth event has another within 80 m and five days, some of them at the very place."""
    places, days = random_events(400, seed)
    dice = np.random.default_rng(seed + 1)
    moved = dice.uniform(-55, 55, (100, 2)) * (dice.random((100, 1)) < 0.7)
    return np.concatenate((places, places[:100] + moved)), np.concatenate(
        (days, days[:100] + dice.integers(0, 6, 100))
    )


def by_hand(places: np.ndarray, days: np.ndarray) -> np.ndarray:
    found = np.zeros((4, 3), int)
    for one, other in combinations(range(len(days)), 2):
        row = np.searchsorted((1, *METRES), np.hypot(*(places[one] - places[other])))
        column = np.searchsorted(DAYS, abs(int(days[one]) - int(days[other])))
        if row < 4 and column < 3:
            found[row, column] += 1
    return found


def test_pairs_are_counted_by_distance_and_days() -> None:
    places, days = with_repeats(3)
    found = find(places, days, turns=1)
    expected = by_hand(places, days)
    assert found.observed.tolist() == expected.tolist()
    assert found.observed[0, 0] > 10, "exact repeats have a row of their own"
    assert found.observed_within.tolist() == expected.cumsum(axis=0).cumsum(axis=1).tolist()


def test_the_expected_is_the_mean_over_all_orders_of_the_days() -> None:
    places = np.array([(0, 0), (0, 0), (50, 0), (180, 0), (2000, 0)], float)
    days = np.array([0, 3, 9, 9, 30])
    everything = [by_hand(places, np.array(order)) for order in permutations(days)]
    assert find(places, days, turns=1).expected == pytest.approx(np.mean(everything, axis=0))


def test_probabilities_are_shares_of_orders() -> None:
    places = np.array([(0, 0), (50, 0), (180, 0), (2000, 0), (2090, 0), (4000, 0)], float)
    days = np.array([0, 3, 9, 9, 30, 60])
    observed = by_hand(places, days)
    everything = [by_hand(places, np.array(order)) >= observed for order in permutations(days)]
    found = find(places, days, turns=4000)
    assert found.p == pytest.approx(np.mean(everything, axis=0), abs=0.03)


def test_the_same_seed_gives_the_same_result_and_the_order_does_not_matter() -> None:
    places, days = with_repeats(5)
    first, again = find(places, days), find(places, days)
    assert first.p.tolist() == again.p.tolist()
    order = np.random.default_rng(9).permutation(len(days))
    mixed = find(places[order], days[order])
    assert mixed.observed.tolist() == first.observed.tolist()
    assert mixed.expected == pytest.approx(first.expected)
    assert mixed.reaches() == first.reaches()


def test_planted_repeats_are_found_and_how_far_they_reach() -> None:
    found = find(*with_repeats(7), turns=999)
    assert found.reaches() == [(1, 0)]
    assert found.metres[1] == 100
    assert found.days[0] == 7
    assert found.ratio_within[1, 0] > 2
    assert found.p_within[1, 0] == pytest.approx(0.001)


def test_what_is_nearer_may_last_longer() -> None:
    found = find(*with_repeats(7))
    small = found.adjusted * 0
    small[1:, 1:] = small[2:] = small[:, 2:] = 1
    lasting = replace(found, adjusted=small, observed=(found.expected * 2).astype(int) + 2)
    assert lasting.reaches() == [(0, 1), (1, 0)]
    none = replace(found, adjusted=small * 0 + 1)
    assert none.reaches() == []


def test_chance_has_no_reach() -> None:
    found = [find(*random_events(300, seed), turns=99) for seed in range(30)]
    assert sum(bool(one.reaches()) for one in found) <= 2


def test_where_no_two_are_at_one_place_that_row_does_not_count() -> None:
    places, days = with_repeats(11)
    apart = np.arange(len(places))[:, None] * (0.03, 0.0) + places
    found = find(apart, days, turns=999)
    assert found.observed[0].sum() == 0
    assert np.isnan(found.ratio[0]).all()
    assert found.reaches()[0][0] >= 1


def test_too_many_pairs_are_counted_before_they_are_made() -> None:
    with pytest.raises(TooManyPairs) as caught:
        find_near_repeat(np.zeros((5000, 2)), np.arange(5000), METRES, DAYS, 9, 1, 1_000_000, on)
    assert caught.value.number == 5000 * 4999 // 2


def test_progress_goes_up_and_ends_the_work_when_it_raises() -> None:
    told: list[float] = []
    find_near_repeat(*random_events(3000, 1), METRES, DAYS, 9, 1, 1_000_000, told.append)
    assert told == sorted(told)
    assert told[-1] < 1

    def stop(share: float) -> None:
        if share > 0.5:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        find_near_repeat(*random_events(300, 1), METRES, DAYS, 9, 1, 1_000_000, stop)
