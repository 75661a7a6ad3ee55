"""Local times of a file: formats, the change of clocks, and what cannot be."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kmzb_service.intake.clock import Clock, ImpossibleTime
from kmzb_service.intake.mapping import Times

LATEST = datetime(2030, 1, 1, tzinfo=UTC)


def read(text: str, not_before: datetime | None = None, **times: object) -> str:
    clock = Clock(Times(**{"formats": ("iso", "%d.%m.%Y %H:%M"), **times}), LATEST)
    instant = clock.instant(text, not_before)
    return f"{instant:%Y-%m-%d %H:%M:%S.%f}"[:-3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-01-15 12:00", "2021-01-15 11:00:00.000"),
        ("2021-07-15T12:00:00", "2021-07-15 10:00:00.000"),
        ("15.07.2021 12:00", "2021-07-15 10:00:00.000"),
        ("2021-07-15T12:00:00Z", "2021-07-15 12:00:00.000"),
        ("2021-07-15T12:00:00+05:30", "2021-07-15 06:30:00.000"),
        ("2021-07-15T12:00:00.123456", "2021-07-15 10:00:00.123"),
        ("2021-07-15", "2021-07-14 22:00:00.000"),
    ],
)
def test_reads_local_times_and_offsets(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text", ["2021-02-30 12:00", "32.01.2021 12:00", "yesterday", "2021-13-01", "24:00", "2021-01-01 25:00"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ImpossibleTime, match="no date of the form iso or"):
        read(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0021-07-15 12:00", "before the year 1900"),
        ("2030-01-01 12:00", "in the future"),
        ("9999-12-31T23:59:59-10:00", "no possible date"),
    ],
)
def test_what_cannot_have_happened_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ImpossibleTime, match=reason):
        read(text)


def test_a_time_that_the_clock_skipped() -> None:
    with pytest.raises(ImpossibleTime, match="does not exist in Europe/Warsaw"):
        read("2021-03-28 02:30")
    # as if the clock had not been put forward: 02:30 CET, which is 03:30 CEST
    assert read("2021-03-28 02:30", nonexistent="shift_forward") == "2021-03-28 01:30:00.000"


def test_a_time_that_the_clock_showed_twice() -> None:
    with pytest.raises(ImpossibleTime, match="exists twice in Europe/Warsaw"):
        read("2021-10-31 02:30")
    assert read("2021-10-31 02:30", ambiguous="first") == "2021-10-31 00:30:00.000"
    assert read("2021-10-31 02:30", ambiguous="second") == "2021-10-31 01:30:00.000"


def test_an_end_in_the_double_hour_does_not_lie_before_its_start() -> None:
    start = datetime(2021, 10, 31, 0, 50, tzinfo=UTC)  # 02:50, the first time
    assert read("2021-10-31 02:10", not_before=start, ambiguous="first") == "2021-10-31 01:10:00.000"


def test_a_time_with_an_offset_needs_no_policy() -> None:
    assert read("2021-10-31T02:30:00+01:00") == "2021-10-31 01:30:00.000"


def test_the_zone_is_the_files_own() -> None:
    assert read("2015-11-01 00:30", zone="America/New_York") == "2015-11-01 04:30:00.000"
