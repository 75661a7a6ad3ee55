"""The demo's citizens' reports and what became of them."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from kmzb_service.catalogue.model import Catalogue
from kmzb_service.intake.demo.profiles import Profile, load_profiles
from kmzb_service.intake.demo.sites import Located, Sites
from kmzb_service.intake.demo.texts import describe, note_on
from kmzb_service.intake.demo.timeline import (
    LONGEST_DELAY,
    ZONE,
    Happened,
    Ints,
    draw_moments,
    end_of,
    local_text,
)

HOUR, DAY = 3600, 86400

_HEARSAY_SHARE = 0.1  # of the reports: about something a day or more ago
_ONGOING_SHARE = 0.12  # of the reports: it had an end
_PART_OF_DAY_SHARE = 0.8
_WEEKDAYS_SHARE = 0.25
_MISTAKE_SHARE = 0.02
_LATE_SHARE = 0.06  # of the reports: taken up after the deadline
_LONG_SHARE = 0.07  # of the verifications: they take longer than they should
_STUBBORN_SHARE = 0.04  # of the confirmed: it takes months until the threat is gone
_NOTE_SHARE = 0.35
_REASONS = {
    "unconfirmed": {
        "not_found": 0.56,
        "not_repeated": 0.22,
        "lawful": 0.12,
        "description_insufficient": 0.06,
        "duplicate_report": 0.04,
    },
    "mistake": {"joke": 0.35, "wrong_place": 0.45, "duplicate_report": 0.2},
}
_METHODS = {"patrol": 0.55, "beat_officer": 0.42, "records": 0.03}
_PARTS_OF_DAY = {5: "noc", 9: "rano", 12: "przedpołudnie", 18: "popołudnie", 22: "wieczór", 24: "noc"}

Rows = list[dict[str, object]]


def citizen_reports(
    catalogue: Catalogue, sites: Sites, count: int, until: date, rng: np.random.Generator
) -> Rows:
    """So many reports in the order in which they were placed, as rows of a file with Polish columns.

    Args:
        catalogue: for names and validity of the categories.
        sites: where they can be.
        count: how many.
        until: the demo's last, unfinished day; how a report stands is as of then.
        rng: the generator.
    """
    categories = {one.code: one for one in catalogue.categories}
    profiles = load_profiles()["citizen"]
    moments = draw_moments(profiles, categories, count, until, rng)
    now = end_of(until)
    reports: list[tuple[int, dict[str, object]]] = []
    for profile in profiles:
        category = categories[profile.code]
        happened = moments[profile.code]
        reported = _reported(happened, now, rng)
        told = describe(profile.code, len(reported), category.description == "required", rng)
        located = sites.draw(profile, len(reported))
        columns = {
            "kategoria": [category.name.pl] * len(reported),
            **_times(happened, reported, rng),
            "opis": told,
            **_places(located),
            "potwierdzenia": rng.poisson(0.2 + 4 * located.fame).tolist(),
            **_fates(profile, reported, now, rng),
        }
        rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
        reports += zip(reported.tolist(), rows, strict=True)
    reports.sort(key=lambda report: report[0])
    return [{"numer": f"KMZB/{number:06d}", **row} for number, (_, row) in enumerate(reports, start=1)]


def _reported(happened: Happened, now: int, rng: np.random.Generator) -> Ints:
    """When each was placed: mostly within hours, never after the demo's present."""
    count = len(happened.seconds)
    soon = rng.exponential(4 * HOUR, count).clip(60, DAY)
    later = rng.uniform(DAY, LONGEST_DELAY.total_seconds() - HOUR, count)
    delay = np.where(rng.random(count) < _HEARSAY_SHARE, later, soon)
    room = now - happened.seconds
    return happened.seconds + np.where(delay < room, delay, room * rng.random(count)).astype(np.int64)


def _times(happened: Happened, reported: Ints, rng: np.random.Generator) -> dict[str, list[str]]:
    count = len(reported)
    ends = np.minimum(happened.seconds + rng.integers(1, 9, count) * 1800, reported)
    ends = np.where(rng.random(count) < _ONGOING_SHARE, ends, 0)
    named = rng.random(count) < _PART_OF_DAY_SHARE
    parts = [
        next(name for end, name in _PARTS_OF_DAY.items() if hour < end) if wanted else ""
        for hour, wanted in zip(happened.hours.tolist(), named.tolist(), strict=True)
    ]
    return {
        "data_od": [local_text(moment) for moment in happened.seconds.tolist()],
        "data_do": _texts(ends),
        "data_zgloszenia": [local_text(moment) for moment in reported.tolist()],
        "pora_dnia": parts,
        "dni_tygodnia": _weekdays(happened.seconds, rng),
    }


def _weekdays(seconds: Ints, rng: np.random.Generator) -> list[str]:
    """The weekday on which it happened and often others, where the reporter ticked any."""
    ticked = rng.random((len(seconds), 8))
    texts = []
    for moment, (whether, *others) in zip(seconds.tolist(), ticked.tolist(), strict=True):
        if whether < _WEEKDAYS_SHARE:
            own = datetime.fromtimestamp(moment, ZONE).isoweekday()
            texts.append(",".join(str(n) for n in range(1, 8) if n == own or others[n - 1] < 0.4))
        else:
            texts.append("")
    return texts


def _places(located: Located) -> dict[str, list[object]]:
    lon, lat = located.degrees()
    return {
        "miejsce": located.labels.tolist(),
        "dlugosc": lon.round(6).tolist(),
        "szerokosc": lat.round(6).tolist(),
    }


def _fates(profile: Profile, reported: Ints, now: int, rng: np.random.Generator) -> dict[str, list[str]]:
    """How each report stands at the demo's present, and the steps to that."""
    count = len(reported)

    def chance(share: float) -> NDArray[np.bool_]:
        return rng.random(count) < share

    def lag(mean_hours: float, days: int, over: float, most_days: int) -> Ints:
        """Seconds, within ``days`` but for the share ``over``, which takes up to ``most_days``."""
        usual = (0.3 * HOUR + rng.exponential(mean_hours * HOUR, count)).clip(max=days * DAY)
        long = rng.uniform(days * DAY, most_days * DAY, count)
        return np.where(chance(over), long, usual).astype(np.int64)

    taken = reported + lag(18, 3, _LATE_SHARE, 7)
    verdict = taken + lag(40, 5, _LONG_SHARE, 11)
    closed = verdict + lag(8 * 24, 40, _STUBBORN_SHARE, 300)
    mistaken, at_once = chance(_MISTAKE_SHARE), chance(0.5)
    confirmed, handed = chance(profile.confirmed), chance(profile.handed)
    status = np.select(
        [
            taken > now,
            mistaken & at_once,
            verdict > now,
            mistaken,
            ~confirmed,
            closed > now,
            handed,
        ],
        ["new", "mistake", "verification", "mistake", "unconfirmed", "confirmed", "handed_over"],
        default="eliminated",
    )
    dismissed = mistaken & at_once
    ended = np.isin(status, ["eliminated", "handed_over"])
    waiting = np.isin(status, ["new", "verification"])
    decided = np.select([waiting, dismissed, ~ended], [0, taken, verdict], closed)
    verified = (decided > 0) & ~dismissed
    return {
        "status": status.tolist(),
        "podjeto": _texts(np.where((status == "new") | dismissed, 0, taken)),
        "potwierdzono": _texts(np.where(ended, verdict, 0)),
        "zakonczono": _texts(decided),
        "powod": _reasons(status, rng),
        "sposob": _methods(profile, verified, rng),
        "instytucja": np.where(status == "handed_over", profile.institution, "").tolist(),
        "uwagi": [
            note_on(code, rng) if wanted else ""
            for code, wanted in zip(status.tolist(), (verified & chance(_NOTE_SHARE)).tolist(), strict=True)
        ],
    }


def _reasons(status: NDArray[np.str_], rng: np.random.Generator) -> list[str]:
    reasons = np.full(len(status), "", dtype=object)
    for code, chances in _REASONS.items():
        here = status == code
        reasons[here] = rng.choice(list(chances), here.sum(), p=list(chances.values()))
    return [str(reason) for reason in reasons]


def _methods(profile: Profile, verified: NDArray[np.bool_], rng: np.random.Generator) -> list[str]:
    on_the_spot = rng.choice(list(_METHODS), len(verified), p=list(_METHODS.values()))
    methods = np.where(rng.random(len(verified)) < 0.6, profile.method or on_the_spot, on_the_spot)
    return [str(method) for method in np.where(verified, methods, "")]


def _texts(seconds: Ints) -> list[str]:
    """Local times, empty for 0."""
    return [local_text(moment) if moment else "" for moment in seconds.tolist()]
