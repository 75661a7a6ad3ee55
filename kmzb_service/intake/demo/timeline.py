"""When the demo's threats are: growth, seasons, weekdays, hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from kmzb_service.catalogue.model import Category
from kmzb_service.intake.demo.profiles import Floats, Profile

START = date(2016, 9, 1)
ZONE = ZoneInfo("Europe/Warsaw")
LAST_DAY_ENDS = time(8)
"""The last day has only begun: nothing of the demo lies after this hour of it."""

LONGEST_DELAY = timedelta(days=3)  # between what happened and its report

# The last days are never empty, and with the usual 60,000 reports as busy as
# in the real province: 25 a day.
_RECENT_DAYS = 10
_RECENT_SHARE = 0.0042
_RECENT_COUNT = 60
_YEARLY = (0.75, 0.85, 0.95, 1.0, 1.15, 1.0)  # from 2016; later years as the last
_UNEVENNESS = 0.22

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Happened:
    """Moments of one category: Unix seconds, sorted by day, and local hours."""

    seconds: Ints
    hours: Ints


def end_of(until: date) -> int:
    """The demo's present: Unix seconds of the moment after which nothing happens."""
    return int(datetime.combine(until, LAST_DAY_ENDS, ZONE).timestamp())


def draw_moments(
    profiles: Sequence[Profile],
    categories: dict[str, Category],
    count: int,
    until: date,
    rng: np.random.Generator,
) -> dict[str, Happened]:
    """Spread so many events over the categories and the days from the start on.

    Args:
        profiles: the categories' shares, seasons, weekdays and hours.
        categories: the catalogue's entries by code, for their validity dates.
        count: events in all.
        until: the last, unfinished day.
        rng: the generator.
    """
    days = [START + timedelta(days=number) for number in range((until - START).days + 1)]
    weights = np.column_stack([_day_weights(one, categories[one.code], days) for one in profiles])
    weights *= _volume(days, rng)[:, None]
    weights[-1] *= LAST_DAY_ENDS.hour / 24
    weights /= weights.sum()
    recent = weights[-_RECENT_DAYS:].sum()
    wanted = max(recent, _RECENT_SHARE, min(0.05, _RECENT_COUNT / count))
    weights[-_RECENT_DAYS:] *= wanted / recent
    weights[:-_RECENT_DAYS] *= (1 - wanted) / (1 - recent)
    counts = rng.multinomial(count, weights.ravel()).reshape(weights.shape)
    return {
        profile.code: _moments(np.repeat(np.arange(len(days)), column), profile, days, rng)
        for profile, column in zip(profiles, counts.T, strict=True)
    }


def _day_weights(profile: Profile, category: Category, days: list[date]) -> Floats:
    first = category.valid_from or date.min
    # what happens on the last days may be reported too late
    last = date.max if category.valid_to is None else category.valid_to - LONGEST_DELAY
    return np.array(
        [
            profile.share * profile.season[day.month - 1] * profile.week[day.weekday()]
            if first <= day <= last
            else 0.0
            for day in days
        ]
    )


def _volume(days: list[date], rng: np.random.Generator) -> Floats:
    yearly = np.array([_YEARLY[min(day.year - START.year, len(_YEARLY) - 1)] for day in days])
    return np.asarray(yearly * rng.lognormal(0, _UNEVENNESS, len(days)))


def _moments(day_numbers: Ints, profile: Profile, days: list[date], rng: np.random.Generator) -> Happened:
    hours = rng.choice(24, len(day_numbers), p=profile.hours)
    hours = np.where(day_numbers == len(days) - 1, hours % LAST_DAY_ENDS.hour, hours)
    # people write down round minutes
    minutes = rng.choice(12, len(day_numbers)) * 5
    seconds = [
        int(datetime.combine(days[day], time(hour, minute), ZONE).timestamp())
        for day, hour, minute in zip(day_numbers.tolist(), hours.tolist(), minutes.tolist(), strict=True)
    ]
    return Happened(np.array(seconds, dtype=np.int64), hours)


def local_text(seconds: int) -> str:
    """ISO 8601 in local time with its offset."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(ZONE).isoformat()
