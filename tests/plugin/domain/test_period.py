"""Days, presets and instants, also where Polish clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from kmzb_qgis_plugin.domain import period
from kmzb_qgis_plugin.domain.period import Period, as_long_before, day_bounds_utc, number_of_days


@pytest.mark.parametrize(
    ("kind", "today", "expected"),
    [
        ("all", "2024-05-15", (None, None)),
        ("today", "2024-05-15", ("2024-05-15", "2024-05-15")),
        ("last_7", "2024-03-03", ("2024-02-26", "2024-03-03")),
        ("last_30", "2024-05-15", ("2024-04-16", "2024-05-15")),
        ("last_90", "2024-05-15", ("2024-02-16", "2024-05-15")),
        ("this_month", "2024-05-15", ("2024-05-01", "2024-05-15")),
        ("last_month", "2024-03-31", ("2024-02-01", "2024-02-29")),
        ("last_month", "2024-01-01", ("2023-12-01", "2023-12-31")),
        ("this_quarter", "2024-03-31", ("2024-01-01", "2024-03-31")),
        ("this_quarter", "2024-12-31", ("2024-10-01", "2024-12-31")),
        ("this_year", "2024-12-31", ("2024-01-01", "2024-12-31")),
    ],
)
def test_presets(kind: str, today: str, expected: tuple[str | None, str | None]) -> None:
    days = Period(kind).resolve(date.fromisoformat(today))
    assert tuple(day and day.isoformat() for day in days) == expected


def test_a_range_is_itself_and_may_be_open() -> None:
    first = date(2024, 1, 5)
    assert Period("range", first, None).resolve(date(2030, 1, 1)) == (first, None)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="fortnight"):
        Period("fortnight")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-01-10", ("2024-01-09T23:00:00.000Z", "2024-01-10T23:00:00.000Z")),
        ("2024-07-10", ("2024-07-09T22:00:00.000Z", "2024-07-10T22:00:00.000Z")),
        # 23 hours long, and 25
        ("2024-03-31", ("2024-03-30T23:00:00.000Z", "2024-03-31T22:00:00.000Z")),
        ("2024-10-27", ("2024-10-26T22:00:00.000Z", "2024-10-27T23:00:00.000Z")),
    ],
)
def test_a_day_is_a_warsaw_day(day: str, expected: tuple[str, str]) -> None:
    when = date.fromisoformat(day)
    assert day_bounds_utc(when, when) == expected


def test_open_ends_and_the_ends_of_the_calendar_have_no_bound() -> None:
    assert day_bounds_utc(None, None) == (None, None)
    assert day_bounds_utc(date.min, date.max) == (None, None)


def test_instants_have_one_form() -> None:
    moment = datetime(2024, 5, 1, 14, 0, 0, 123456, timezone(timedelta(hours=2)))
    assert period.to_instant_text(moment) == "2024-05-01T12:00:00.123Z"
    assert period.parse_instant("2024-05-01T12:00:00.123Z") == datetime(2024, 5, 1, 12, 0, 0, 123000, UTC)
    assert period.parse_instant(period.now_text()).tzinfo is not None


@pytest.mark.parametrize("text", ["2024-05-01T12:00:00.000", "yesterday", "Z", ""])
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        period.parse_instant(text)


def test_moments_without_a_zone_are_refused() -> None:
    naive = datetime(2024, 5, 1)
    with pytest.raises(ValueError):
        period.to_instant_text(naive)
    with pytest.raises(ValueError):
        period.warsaw(naive)


def test_polish_clocks() -> None:
    assert period.warsaw(datetime(2024, 7, 1, 22, 30, tzinfo=UTC)).isoformat() == "2024-07-02T00:30:00+02:00"
    assert period.warsaw(datetime(2024, 1, 1, 22, 30, tzinfo=UTC)).isoformat() == "2024-01-01T23:30:00+01:00"


def test_as_long_before_ends_on_the_day_before() -> None:
    assert as_long_before(date(2024, 3, 1), date(2024, 3, 31)) == (date(2024, 1, 30), date(2024, 2, 29))
    assert as_long_before(date(2024, 3, 1), date(2024, 3, 1)) == (date(2024, 2, 29), date(2024, 2, 29))
    with pytest.raises(OverflowError):
        as_long_before(date(1, 1, 5), date(1, 3, 1))


def test_days_are_counted_by_weekday() -> None:
    first, last = date(2024, 5, 4), date(2024, 5, 12)  # a Saturday and the Sunday after the next
    assert number_of_days(first, last) == 9
    assert number_of_days(first, last, {6, 7}) == 4
    assert number_of_days(first, last, set()) == 0
    assert number_of_days(last, last) == 1
