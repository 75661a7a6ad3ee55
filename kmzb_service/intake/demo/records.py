"""The demo's police records and community signals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

import numpy as np

from kmzb_service.catalogue.model import Catalogue
from kmzb_service.intake.demo.profiles import load_profiles
from kmzb_service.intake.demo.reports import HOUR, Rows
from kmzb_service.intake.demo.sites import Sites
from kmzb_service.intake.demo.texts import describe, load_texts
from kmzb_service.intake.demo.timeline import draw_moments, end_of, local_text

_DEBATE_SHARE = 0.25
_MOST_RAISED = 5  # signals at one meeting
_OPEN_ENDED_SHARE = 0.1  # of the unseen crimes: only the earliest time is known

_Signal = tuple[str, int, dict[str, object]]
"""A town, Unix seconds and the columns of a signal."""


def police_records(
    catalogue: Catalogue, sites: Sites, count: int, until: date, rng: np.random.Generator
) -> Rows:
    """So many records of the basic crime categories, some with the span in which they happened."""
    categories = {one.code: one for one in catalogue.categories}
    profiles = load_profiles()["police"]
    moments = draw_moments(profiles, categories, count, until, rng)
    now = end_of(until)
    records: list[tuple[int, dict[str, object]]] = []
    for profile in profiles:
        seconds = moments[profile.code].seconds
        spans = (rng.uniform(0.5, profile.span + 0.5, len(seconds)) * HOUR).astype(np.int64)
        ends = np.minimum(seconds + (spans if profile.span else 0), now)
        known = rng.random(len(seconds)) >= (_OPEN_ENDED_SHARE if profile.span else 0)
        recorded = np.minimum(ends + rng.exponential(8 * HOUR, len(seconds)).astype(np.int64), now)
        located = sites.draw(profile, len(seconds))
        for start, end, has_end, noted, place, lon, lat in zip(
            seconds.tolist(),
            ends.tolist(),
            known.tolist(),
            recorded.tolist(),
            located.labels.tolist(),
            *(degrees.round(6).tolist() for degrees in located.degrees()),
            strict=True,
        ):
            row = {
                "kategoria": categories[profile.code].name.pl,
                "data_od": local_text(start),
                "data_do": local_text(end) if has_end else "",
                "data_rejestracji": local_text(noted),
                "miejsce": place,
                "dlugosc": lon,
                "szerokosc": lat,
            }
            records.append((noted, row))
    records.sort(key=lambda record: record[0])
    return [{"numer": f"RSD/{number:05d}", **row} for number, (_, row) in enumerate(records, start=1)]


def community_signals(
    catalogue: Catalogue, sites: Sites, count: int, until: date, rng: np.random.Generator
) -> Rows:
    """So many signals from debates and meetings, each meeting in one town and about what lies around it."""
    categories = {one.code: one for one in catalogue.categories}
    profiles = load_profiles()["community"]
    moments = draw_moments(profiles, categories, count, until, rng)
    signals: list[tuple[str, int, dict[str, object]]] = []
    for profile in profiles:
        seconds = moments[profile.code].seconds
        located = sites.draw(profile, len(seconds))
        for town, moment, told, place, lon, lat in zip(
            sites.nearest_towns(located.points),
            seconds.tolist(),
            describe(profile.code, len(seconds), True, rng),
            located.labels.tolist(),
            *(degrees.round(6).tolist() for degrees in located.degrees()),
            strict=True,
        ):
            row = {
                "kategoria": categories[profile.code].name.pl,
                "opis": told,
                "miejsce": place,
                "dlugosc": lon,
                "szerokosc": lat,
            }
            signals.append((town, moment, row))
    signals.sort(key=lambda signal: signal[:2])
    held = [
        (max(moment for _, moment, _ in raised), town, [row for _, _, row in raised])
        for town, of_town in groupby(signals, key=lambda signal: signal[0])
        for raised in _meetings(list(of_town), rng)
    ]
    held.sort(key=lambda one: one[:2])
    rows: Rows = []
    for number, (moment, town, raised) in enumerate(held, start=1):
        meeting = {"spotkanie": f"SP/{number:04d}", "data": local_text(moment), **_meeting(town, rng)}
        rows += [meeting | row for row in raised]
    return [{"numer": f"DEB/{number:04d}", **row} for number, row in enumerate(rows, start=1)]


def _meetings(signals: list[_Signal], rng: np.random.Generator) -> Iterator[list[_Signal]]:
    """The signals of one town in their order, those of each meeting together."""
    while signals:
        raised = int(rng.integers(1, _MOST_RAISED + 1))
        yield signals[:raised]
        signals = signals[raised:]


def _meeting(town: str, rng: np.random.Generator) -> dict[str, object]:
    """What is said of one meeting in a town."""
    return {
        "rodzaj": "debata" if rng.random() < _DEBATE_SHARE else "spotkanie",
        "organizator": f"{rng.choice(load_texts()['organisers'])}, {town}",
        "uczestnicy": int(rng.integers(8, 90)),
    }
