"""Gi* against PySAL, its probabilities against permutations, and what chance alone is called."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse, stats

from kmzb_qgis_plugin.analysis.grid import SQUARE, grid_over
from kmzb_qgis_plugin.analysis.significance import chance, false_discovery, find_hotspots, gi_star

# esda 2.9.0: G_Local(counts, fill_diagonal(lat2W(6, 6, rook=False), 1), transform="B", star=True).Zs
COUNTS = np.array([int(digit) for digit in "301002421122119803217132301212632141"])
SCORES = """
-0.026958 -0.545595 -1.773185 -1.773185 -1.363989 -0.754829 -0.545595  0.264135  0.440225
 0.264135 -0.440225 -0.954792 -0.545595  1.320676  1.848947  2.025037  0.264135 -0.340997
-1.159390  0.792406  1.672857  2.025037  0.264135 -0.545595  0.272798  0.792406 -0.440225
 0.264135 -0.616316 -0.136399  0.700913  0.272798 -0.954792 -0.545595 -0.545595 -0.269582
"""


def quietly(_share: float) -> None:
    """Nobody hears of progress."""


def windows(side: int, rings: int = 1) -> sparse.csr_matrix:
    """Of a square of cells."""
    end = side - 0.5
    ring = np.array([(-0.5, -0.5), (end, -0.5), (end, end), (-0.5, end), (-0.5, -0.5)])
    return grid_over([ring], SQUARE, 1, 10_000).windows(rings)


def test_scores_are_those_of_pysal() -> None:
    assert gi_star(COUNTS, windows(6)) == pytest.approx(np.array(SCORES.split(), float), abs=1e-6)


def test_a_window_of_everything_has_no_score() -> None:
    assert (gi_star(np.array([1, 2, 3, 4]), windows(2)) == 0).all()


def test_the_work_can_be_stopped() -> None:
    def stop(share: float) -> None:
        raise InterruptedError(share)

    with pytest.raises(InterruptedError):
        find_hotspots(COUNTS, windows(6), stop)


@pytest.mark.parametrize("mean", [0.2, 3.0])
def test_probabilities_are_those_of_permutations(mean: float) -> None:
    dice = np.random.default_rng(3)
    counts, near = dice.negative_binomial(0.5, 0.5 / (0.5 + mean), 400), windows(20)
    sums = near @ counts
    permuted = near @ dice.permuted(np.tile(counts, (4000, 1)), axis=1).T
    more = (permuted >= sums[:, None]).mean(axis=1)
    less = (permuted <= sums[:, None]).mean(axis=1)
    expected = np.minimum(1, 2 * np.minimum(more, less))
    assert chance(counts, near, quietly) == pytest.approx(expected, abs=0.06)


def test_small_probabilities_are_exact() -> None:
    counts = (np.random.default_rng(4).random(2500) < 0.02).astype(np.int64)
    counts[:2] = 1
    found, sums = chance(counts, windows(50), quietly), windows(50) @ counts
    size = np.asarray(windows(50).sum(axis=1)).ravel()
    expected = stats.binom.sf(sums - 1, size, counts.mean())
    rare = (2 * expected < 0.01) & (2 * expected > 1e-9)
    assert rare.any()
    assert found[rare] == pytest.approx(2 * expected[rare], rel=1e-4)


def test_large_counts_take_no_more_memory() -> None:
    counts = np.random.default_rng(5).integers(0, 3_000_000, 900)
    counts.reshape(30, 30)[13:16, 15:18] *= 10
    found = find_hotspots(counts, windows(30), quietly)
    assert found.classes[14 * 30 + 16] == 3
    assert np.isfinite(found.p).all()


def test_false_discoveries_are_held_as_benjamini_and_hochberg_say() -> None:
    p = np.array([0.01, 0.04, 0.03, 0.005, 0.9])
    assert false_discovery(p) == pytest.approx([0.025, 0.05, 0.05, 0.025, 0.9])
    assert false_discovery(p.reshape(1, 5)).shape == (1, 5)


@pytest.mark.parametrize("mean", [0.1, 0.8, 5.0])
def test_chance_alone_makes_no_hotspots(mean: float) -> None:
    dice, near, runs = np.random.default_rng(6), windows(25), 200
    any_found = sum(
        (np.abs(find_hotspots(dice.poisson(mean, 625), near, quietly).classes) >= 2).any()
        for _ in range(runs)
    )
    # Where nothing is to be found, any discovery is a false one: at most 5 % of runs, and their scatter.
    assert any_found <= stats.binom.ppf(0.999, runs, 0.05)


def test_the_normal_distribution_would_make_hotspots_of_chance() -> None:
    dice, near = np.random.default_rng(6), windows(25)
    counts = [dice.poisson(0.1, 625) for _ in range(50)]
    normal = [find_hotspots(one, near, quietly, normal=True).adjusted.min() <= 0.05 for one in counts]
    assert np.mean(normal) > 0.3
    assert find_hotspots(counts[0], near, quietly, normal=True).p == pytest.approx(
        2 * stats.norm.sf(np.abs(gi_star(counts[0], near)))
    )


def test_a_planted_cluster_is_found_and_nothing_far_from_it() -> None:
    counts = np.random.default_rng(7).poisson(1.0, (30, 30))
    counts[10:14, 20:24] += 6
    counts[0, 0] += 1
    classes = find_hotspots(counts.ravel(), windows(30), quietly).classes.reshape(30, 30)
    assert (classes[11:13, 21:23] == 3).all()
    assert (classes[10:14, 20:24] >= 2).all()
    classes[8:16, 18:26] = 0
    assert np.count_nonzero(classes > 0) <= 2


def test_cold_ground_is_found() -> None:
    counts = np.random.default_rng(8).poisson(8.0, (30, 30))
    counts[5:10, 5:10] = 0
    classes = find_hotspots(counts.ravel(), windows(30), quietly).classes.reshape(30, 30)
    assert (classes[6:9, 6:9] == -3).all()
