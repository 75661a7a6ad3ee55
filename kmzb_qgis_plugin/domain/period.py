"""Days of the Polish calendar, and the instants they stand for.

Instants are text ``YYYY-MM-DDTHH:MM:SS.sssZ`` everywhere, so that the order of
texts is the order of time.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

from dateutil import tz

# dateutil and not zoneinfo: Python inside QGIS for Windows has no time zone data.
_WARSAW: Final[tzinfo] = tz.gettz("Europe/Warsaw") or tz.UTC

KINDS: Final = (
    "all",
    "today",
    "last_7",
    "last_30",
    "last_90",
    "this_month",
    "last_month",
    "this_quarter",
    "this_year",
    "range",
)


@dataclass(frozen=True)
class Period:
    """A span of days: a preset that moves with the calendar, or fixed days.

    Attributes:
        kind: one of :data:`KINDS`.
        first: first day of a ``range``, None where it is open.
        last: last day of a ``range``, None where it is open.

    Raises:
        ValueError: the kind is unknown.
    """

    kind: str = "all"
    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of period: {self.kind!r}")

    def resolve(self, today: date) -> tuple[date | None, date | None]:
        """First and last day, both within the period; None is an open end."""
        if self.kind == "all":
            return None, None
        if self.kind == "range":
            return self.first, self.last
        month = today.replace(day=1)
        if self.kind == "last_month":
            end = month - timedelta(days=1)
            return end.replace(day=1), end
        starts = {
            "today": today,
            "last_7": today - timedelta(days=6),
            "last_30": today - timedelta(days=29),
            "last_90": today - timedelta(days=89),
            "this_month": month,
            "this_quarter": month.replace(month=(today.month - 1) // 3 * 3 + 1),
            "this_year": month.replace(month=1),
        }
        return starts[self.kind], today


ALL: Final = Period()


def as_long_before(first: date, last: date) -> tuple[date, date]:
    """As many days, the last of which is the day before the first one.

    Raises:
        OverflowError: the calendar does not go back so far.
    """
    one_day = timedelta(days=1)
    return first - (last - first) - one_day, first - one_day


def number_of_days(first: date, last: date, weekdays: Collection[int] | None = None) -> int:
    """How many days there are from one to another, both included; of some weekdays, or of all."""
    days = (last - first).days + 1
    if weekdays is None:
        return days
    return sum((first + timedelta(days=day)).isoweekday() in weekdays for day in range(days))


def day_bounds_utc(first: date | None, last: date | None) -> tuple[str | None, str | None]:
    """The instants at which the first day begins and at which the last one is over.

    Returns:
        Inclusive start and exclusive end; None where that end is open.
    """
    return _midnight(first, 0), _midnight(last, 1)


def _midnight(day: date | None, days_later: int) -> str | None:
    if day is None:
        return None
    try:
        return to_instant_text(datetime.combine(day + timedelta(days=days_later), time(), _WARSAW))
    except OverflowError:  # beyond the calendar's end: no bound
        return None


def to_instant_text(moment: datetime) -> str:
    """Write an aware ``datetime`` as an instant.

    Raises:
        ValueError: it has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return moment.astimezone(timezone.utc).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def parse_instant(text: str) -> datetime:
    """Read an instant; the result is aware, in UTC.

    Raises:
        ValueError: it is not one.
    """
    if not text.endswith("Z"):
        raise ValueError(f"not an instant: {text!r}")
    return datetime.fromisoformat(text[:-1]).replace(tzinfo=timezone.utc)


def clock_changes(first: date, last: date) -> list[tuple[datetime, timedelta]]:
    """How far Poland's clocks are ahead of UTC, and the moments from which that holds.

    Args:
        first, last: days of which the clock is asked.

    Returns:
        Moments in UTC with what holds from then on, in order; the first lies before the first day.
    """
    moment = datetime.combine(first, time(), timezone.utc) - timedelta(days=2)
    end = datetime.combine(last, time(), timezone.utc) + timedelta(days=2)
    found = [(moment, _ahead(moment))]
    while moment < end:
        following = moment + timedelta(days=1)
        if _ahead(following) != found[-1][1]:
            earlier, later = moment, following
            while later - earlier > timedelta(seconds=1):
                middle = earlier + (later - earlier) // 2
                earlier, later = (middle, later) if _ahead(middle) == found[-1][1] else (earlier, middle)
            found.append((later.replace(microsecond=0), _ahead(following)))
        moment = following
    return found


def _ahead(moment: datetime) -> timedelta:
    return moment.astimezone(_WARSAW).utcoffset() or timedelta()


def now_text() -> str:
    """The present instant."""
    return to_instant_text(datetime.now(timezone.utc))


def whole_second(instant: str) -> str:
    """The instant at which the second began: finer is no filter."""
    return instant[:19] + ".000Z"


def warsaw(moment: datetime) -> datetime:
    """The same moment on a Polish clock.

    Raises:
        ValueError: the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return moment.astimezone(_WARSAW)


def from_warsaw(clock: datetime) -> datetime:
    """The moment at which a Polish clock shows a time; of an hour that comes twice, the first.

    Args:
        clock: without a time zone.
    """
    return clock.replace(tzinfo=_WARSAW).astimezone(timezone.utc)


def warsaw_today() -> date:
    """The present day in Poland."""
    return warsaw(datetime.now(timezone.utc)).date()


def instant_of_local(local: datetime) -> str:
    """The instant at which a Polish clock shows a naive ``datetime``; of two, in autumn, the first."""
    return to_instant_text(local.replace(tzinfo=_WARSAW))
