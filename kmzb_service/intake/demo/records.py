"""The demo's police records and community signals."""

from __future__ import annotations

from datetime import date

import numpy as np

from kmzb_service.catalogue.model import Catalogue
from kmzb_service.intake.demo.profiles import load_profiles
from kmzb_service.intake.demo.reports import HOUR, Rows
from kmzb_service.intake.demo.sites import Sites
from kmzb_service.intake.demo.texts import describe
from kmzb_service.intake.demo.timeline import draw_moments, end_of, local_text

_OPEN_ENDED_SHARE = 0.1  # of the unseen crimes: only the earliest time is known


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
    """So many signals from debates and meetings."""
    categories = {one.code: one for one in catalogue.categories}
    profiles = load_profiles()["community"]
    moments = draw_moments(profiles, categories, count, until, rng)
    signals: list[tuple[int, dict[str, object]]] = []
    for profile in profiles:
        seconds = moments[profile.code].seconds
        located = sites.draw(profile, len(seconds))
        for moment, told, place, lon, lat in zip(
            seconds.tolist(),
            describe(profile.code, len(seconds), True, rng),
            located.labels.tolist(),
            *(degrees.round(6).tolist() for degrees in located.degrees()),
            strict=True,
        ):
            row = {
                "kategoria": categories[profile.code].name.pl,
                "data": local_text(moment),
                "opis": told,
                "miejsce": place,
                "dlugosc": lon,
                "szerokosc": lat,
            }
            signals.append((moment, row))
    signals.sort(key=lambda signal: signal[0])
    return [{"numer": f"DEB/{number:04d}", **row} for number, (_, row) in enumerate(signals, start=1)]
