"""What the demo's reports say, put together from ``texts.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

_SILENT_SHARE = 0.07  # of the reports, where the category lets them
_DETAIL_SHARE = 0.65
_REQUEST_SHARE = 0.5


@cache
def load_texts() -> dict[str, Any]:
    """The words of ``texts.toml`` beside this module."""
    document: dict[str, Any] = tomllib.loads((files(__package__) / "texts.toml").read_text(encoding="utf-8"))
    return document


def describe(category: str, count: int, required: bool, rng: np.random.Generator) -> list[str]:
    """So many descriptions of one category, some of them empty unless one is required."""
    words = load_texts()["descriptions"][category]
    requests = load_texts()["requests"]
    chances = rng.random((count, 3))
    picks = zip(
        rng.choice(words["openings"], count).tolist(),
        rng.choice(words["details"], count).tolist(),
        rng.choice(requests, count).tolist(),
        chances.tolist(),
        strict=True,
    )
    return [
        ""
        if silent < _SILENT_SHARE and not required
        else " ".join(
            part
            for part, wanted in (
                (opening, True),
                (detail, detailed < _DETAIL_SHARE),
                (request, asking < _REQUEST_SHARE),
            )
            if wanted
        )
        for opening, detail, request, (silent, detailed, asking) in picks
    ]


def note_on(status: str, rng: np.random.Generator) -> str:
    """A note that goes with a decision."""
    return str(rng.choice(load_texts()["notes"][status]))
