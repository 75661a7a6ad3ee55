"""Days of the Polish calendar, and the instants they stand for.

Instants are text ``YYYY-MM-DDTHH:MM:SS.sssZ`` everywhere, so that the order of
texts is the order of time.
"""

from __future__ import annotations

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


def now_text() -> str:
    """The present instant."""
    return to_instant_text(datetime.now(timezone.utc))


def warsaw(moment: datetime) -> datetime:
    """The same moment on a Polish clock.

    Raises:
        ValueError: the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return moment.astimezone(_WARSAW)


def warsaw_today() -> date:
    """The present day in Poland."""
    return warsaw(datetime.now(timezone.utc)).date()
