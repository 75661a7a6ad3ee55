"""Links to pages about a place, made from templates that a person or an administrator wrote."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

PLACEHOLDERS: Final = ("lat", "lon", "x", "y", "west", "south", "east", "north")
"""Degrees of WGS 84; easting and northing of PL-1992 in metres; a box around the place in the same."""
BOX_METRES: Final = 200
# Also as browsers write the braces in an address that is copied from them.
_PLACEHOLDER: Final = re.compile(r"(?:\{|%7[Bb])([^{}%]*)(?:\}|%7[Dd])")


def link_fault(template: str) -> str:
    """What is wrong with a template: ``address``, an unknown placeholder, or empty for nothing."""
    parts = urlsplit(template)
    if parts.scheme not in ("http", "https") or not parts.netloc or _PLACEHOLDER.search(parts.netloc):
        return "address"
    return next((name for name in _PLACEHOLDER.findall(template) if name not in PLACEHOLDERS), "")


def link_to(template: str, lat: float, lon: float, easting: float, northing: float) -> str:
    """The address for a place.

    Args:
        template: without a fault.
        lat, lon: in degrees of WGS 84.
        easting, northing: in metres of PL-1992.
    """
    values: Mapping[str, str] = {
        "lat": f"{lat:.6f}",
        "lon": f"{lon:.6f}",
        "x": f"{easting:.1f}",
        "y": f"{northing:.1f}",
        "west": f"{easting - BOX_METRES:.1f}",
        "south": f"{northing - BOX_METRES:.1f}",
        "east": f"{easting + BOX_METRES:.1f}",
        "north": f"{northing + BOX_METRES:.1f}",
    }
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), template)
