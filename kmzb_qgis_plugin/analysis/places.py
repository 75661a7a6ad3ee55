"""Threats that lie on one spot: addresses and crossings to which places were snapped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kmzb_qgis_plugin.analysis.arrays import Floats, Ints


@dataclass(frozen=True)
class Places:
    """Which threats share a spot.

    Attributes:
        of: each threat's place, by number, (n,).
        sizes: how many threats are at each place.
        first: one threat of each place.
    """

    of: Ints
    sizes: Ints
    first: Ints


def places_of(metres: Floats) -> Places:
    """Put threats together that lie in the same square metre.

    Args:
        metres: easting and northing, (n, 2).
    """
    whole = np.rint(metres).astype(np.int64)
    _, first, of, sizes = np.unique(
        whole[:, 0] * 2**32 + whole[:, 1], return_index=True, return_inverse=True, return_counts=True
    )
    return Places(of.ravel(), sizes, first)
