"""Distances and small circles on the ground."""

from __future__ import annotations

import math
from typing import Final

EARTH_METRES: Final = 6_371_008.8
"""Mean radius."""
METRES_PER_DEGREE: Final = math.radians(1) * EARTH_METRES
"""Of latitude, and of longitude on the equator."""


def metres_between(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """The distance between two places in degrees, along a great circle."""
    south, north = math.radians(lat), math.radians(other_lat)
    half = (
        math.sin((north - south) / 2) ** 2
        + math.cos(south) * math.cos(north) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    )
    return 2 * EARTH_METRES * math.asin(min(1.0, math.sqrt(half)))


def box_around(lon: float, lat: float, metres: float) -> tuple[float, float, float, float]:
    """West, south, east and north of a box that holds the circle around a place, in degrees."""
    high = metres / METRES_PER_DEGREE
    # At the circle's poleward end a degree of longitude is shortest.
    wide = high / max(math.cos(math.radians(min(abs(lat) + high, 89.9))), 1e-6)
    return lon - wide, lat - high, lon + wide, lat + high


def circle(lon: float, lat: float, metres: float, corners: int = 48) -> list[tuple[float, float]]:
    """Places in degrees that lie so far from one, around it."""
    high = metres / METRES_PER_DEGREE
    wide = high / max(math.cos(math.radians(lat)), 1e-6)
    angles = (math.tau * number / corners for number in range(corners))
    return [(lon + wide * math.cos(angle), lat + high * math.sin(angle)) for angle in angles]
