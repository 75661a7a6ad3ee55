"""Where counts are higher or lower than chance explains: the local statistic Gi* of Getis and Ord.

A. Getis, J. K. Ord (1992), The analysis of spatial association by use of distance statistics,
Geographical Analysis 24; J. K. Ord, A. Getis (1995), Local spatial autocorrelation statistics,
Geographical Analysis 27. Many cells are tested at once, so the false discovery rate is held:
Y. Benjamini, Y. Hochberg (1995), Journal of the Royal Statistical Society B 57; for local statistics
M. Caldas de Castro, B. H. Singer (2006), Geographical Analysis 38.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import fft, sparse, special

from kmzb_qgis_plugin.analysis.arrays import Array, Floats, GoOn, Ints

LEVELS: Final = (0.1, 0.05, 0.01)
"""Of significance; a class's number says how many of them a cell keeps."""

_LONGEST_DISTRIBUTION: Final = 2**20
_SMALLEST_P: Final = 1e-12
"""What the Fourier transform's rounding leaves of a probability."""


@dataclass(frozen=True)
class Hotspots:
    """What was found, cell by cell; all arrays are (n,).

    Attributes:
        z: standard deviations of a window's sum from its mean, see :func:`gi_star`.
        p: two-sided probability of such a sum by chance.
        adjusted: the same with the false discovery rate held, see :func:`false_discovery`.
        classes: 3, 2, 1 hot at 99, 95, 90 %; 0 not significant; -1, -2, -3 cold.
    """

    z: Floats
    p: Floats
    adjusted: Floats
    classes: Ints


def find_hotspots(counts: Ints, windows: sparse.csr_matrix, go_on: GoOn, *, normal: bool = False) -> Hotspots:
    """Test every cell.

    Args:
        counts: of the cells, (n,), not all the same.
        windows: 1 for each cell of a cell's window, itself included, (n, n).
        go_on: hears of progress.
        normal: take the probabilities of the normal distribution, as many programs do, for comparison
            with these; otherwise those of :func:`chance`.
    """
    z = gi_star(counts, windows)
    p = 2 * special.ndtr(-np.abs(z)) if normal else chance(counts, windows, go_on)
    adjusted = false_discovery(p)
    found = np.sum([adjusted <= level for level in LEVELS], axis=0)
    return Hotspots(z, p, adjusted, np.asarray(found * np.sign(z), np.int64))


def gi_star(counts: Ints, windows: sparse.csr_matrix) -> Floats:
    """Gi* as a standard score (Ord and Getis 1995, formula 6, with weights 0 and 1), (n,).

    A window that holds every cell has no score: 0.
    """
    number = len(counts)
    size = np.asarray(windows.sum(axis=1), float).ravel()
    spread = counts.std() * np.sqrt(np.maximum(number * size - size**2, 0) / (number - 1))
    beyond = windows @ counts - counts.mean() * size
    return np.divide(beyond, spread, out=np.zeros(number), where=spread > 0)


def chance(counts: Ints, windows: sparse.csr_matrix, go_on: GoOn) -> Floats:
    """How probable each window's sum is when the cells' counts lie anywhere, two-sided, (n,).

    Counts of threats are small and skewed, so the normal distribution finds hotspots where there are
    none, and random permutations have no small probabilities, which the false discovery rate needs. The
    distribution of the sum of m counts drawn with equal chance is reckoned instead, by convolution.
    Drawing puts back what it draws; without, sums vary less (W. Hoeffding 1963, theorem 4), so the
    probabilities are rather a little too large than too small.
    """
    size = np.asarray(windows.sum(axis=1)).ravel()
    longest = int(size.max()) * int(counts.max()) + 1
    # A million is exact for all but very large counts, which are rounded down to as many steps.
    counts = counts // -(-longest // _LONGEST_DISTRIBUTION)
    sums = windows @ counts
    length = fft.next_fast_len(int(size.max()) * int(counts.max()) + 1, real=True)
    spectrum = fft.rfft(np.bincount(counts) / len(counts), length)
    p = np.empty(len(counts))
    sizes = np.unique(size)
    for turn, cells in enumerate(sizes):
        go_on(turn / len(sizes))
        at = np.flatnonzero(size == cells)
        density = np.maximum(fft.irfft(spectrum**cells, length), 0)
        at_most, at_least = np.cumsum(density), np.cumsum(density[::-1])[::-1]
        p[at] = 2 * np.minimum(at_most[sums[at]], at_least[sums[at]])
    return np.clip(p, _SMALLEST_P, 1)


def false_discovery(p: Array) -> Floats:
    """Adjust probabilities by Benjamini and Hochberg, in any shape.

    Of the tests whose adjusted value is at most a level, no greater share than the level is
    expected to be false.
    """
    flat = np.ravel(p)
    order = np.argsort(flat)[::-1]
    scaled = flat[order] * (len(flat) / np.arange(len(flat), 0, -1))
    adjusted = np.empty(len(flat))
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled), 1)
    return adjusted.reshape(np.shape(p))
