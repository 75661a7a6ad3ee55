"""Where a period differs from an earlier one by more than chance: the conditional test of two Poisson rates.

J. Przyborowski, H. Wilenski (1940), Homogeneity of results in testing samples from Poisson series,
Biometrika 31. Many places are tested at once, so the false discovery rate is held: Y. Benjamini,
Y. Hochberg (1995), Journal of the Royal Statistical Society B 57.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import special

from kmzb_qgis_plugin.analysis.arrays import Floats, Ints
from kmzb_qgis_plugin.analysis.significance import LEVELS, false_discovery

_LEVEL: Final = LEVELS[1]


@dataclass(frozen=True)
class Comparison:
    """What was found, place by place; all arrays are (n,).

    Attributes:
        expected: in the later period, had the place done as the weights say.
        p: two-sided probability of a difference like this one, or a greater one, by chance; NaN for places
            that have nothing in either period, which are not tested.
        adjusted: the same with the false discovery rate held; NaN likewise.
        classes: 2 significantly more than expected (95 %), 1 more, but not beyond chance; 0 as expected, or
            nothing; -1 and -2 fewer.
    """

    expected: Floats
    p: Floats
    adjusted: Floats
    classes: Ints


def compare(before: Ints, after: Ints, weights: tuple[int, int]) -> Comparison:
    """Test every place.

    Of a place's threats of both periods, as many should lie in the later one as its share of the weights
    says; how many do is then binomial, whatever the place's rate. With the lengths of the periods as
    weights the question is whether a place changed at all; with the numbers of all places together, whether
    it changed otherwise than they did. A place that has much of the whole is then partly held against
    itself, so its difference is found rather too seldom than too often.

    Args:
        before, after: threats of the places in the periods, (n,).
        weights: of the earlier and the later period, both more than 0.
    """
    earlier, later = weights
    number = before + after
    tested = number > 0
    p, adjusted = np.full((2, len(number)), np.nan)
    p[tested] = _two_sided(after[tested], number[tested], later / (earlier + later))
    adjusted[tested] = false_discovery(p[tested])
    # In whole numbers, so that what is as expected is neither more nor fewer by rounding.
    way = np.sign(after * earlier - before * later)
    classes = way * (1 + (adjusted <= _LEVEL))
    return Comparison(before * (later / earlier), p, adjusted, np.asarray(classes, np.int64))


def _two_sided(successes: Ints, trials: Ints, share: float) -> Floats:
    """Twice the smaller tail of the binomial distribution, 1 at most."""
    # By the incomplete beta function: scipy's binomial ones take C's long, which is short on Windows.
    failures = trials - successes
    at_most = special.betainc(np.maximum(failures, 1), successes + 1, 1 - share)
    at_least = special.betainc(np.maximum(successes, 1), failures + 1, share)
    at_most[failures == 0], at_least[successes == 0] = 1, 1
    return np.asarray(np.minimum(1, 2 * np.minimum(at_most, at_least)))
