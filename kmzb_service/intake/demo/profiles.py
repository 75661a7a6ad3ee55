"""How often, when and where each category is reported: ``profiles.toml`` as values."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Profile:
    """One category. Weights have the mean 1, so that they do not change its share.

    Attributes:
        code: of the category.
        share: weight among the categories of its plane.
        season: weights of the 12 months.
        week: weights of Monday to Sunday.
        hours: chances of the 24 hours.
        sites: chances of the kinds of places.
        confirmed: chance that verification confirms a report.
        handed: chance that a confirmed one goes to ``institution``.
        institution: code of the institution responsible.
        method: how verifiers mostly check, when it is not on the spot.
        span: hours within which an unseen crime happened; 0 when it was seen.
    """

    code: str
    share: float
    season: Floats
    week: Floats
    hours: Floats
    sites: dict[str, float]
    confirmed: float = 0.0
    handed: float = 0.0
    institution: str = ""
    method: str = ""
    span: float = 0.0


@cache
def load_profiles() -> dict[str, tuple[Profile, ...]]:
    """The profiles by plane."""
    document = tomllib.loads((files(__package__) / "profiles.toml").read_text(encoding="utf-8"))
    seasons, weeks = (
        {name: _mean_one(row) for name, row in document[key].items()} for key in ("seasons", "weeks")
    )
    hours = {name: _chances(row) for name, row in document["hours"].items()}
    return {
        plane: tuple(
            Profile(
                **{
                    **entry,
                    "season": seasons[entry["season"]],
                    "week": weeks[entry["week"]],
                    "hours": hours[entry["hours"]],
                }
            )
            for entry in document[plane]
        )
        for plane in ("citizen", "police", "community")
    }


def _mean_one(weights: list[float]) -> Floats:
    row = np.array(weights, dtype=float)
    return np.asarray(row / row.mean())


def _chances(weights: list[float]) -> Floats:
    row = np.array(weights, dtype=float)
    return np.asarray(row / row.sum())
