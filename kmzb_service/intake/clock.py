"""Turning a file's times into instants, also across the change of clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from kmzb_service.database.instants import whole_milliseconds
from kmzb_service.intake.mapping import Times

_EARLIEST_YEAR = 1900
_ISO = "iso"


class ImpossibleTime(ValueError):
    """A text is no usable time; the message says why."""


class Clock:
    """Reads the times of one file by its mapping.

    Args:
        times: formats, zone, and what to do with local times that do not
            exist or exist twice.
        latest: instants after this one are refused.
    """

    def __init__(self, times: Times, latest: datetime) -> None:
        self._times = times
        self._zone = ZoneInfo(times.zone)
        self._latest = latest

    def instant(self, text: str, not_before: datetime | None = None) -> datetime:
        """The instant that a text means, in UTC with milliseconds.

        Args:
            text: as it stands in the file.
            not_before: the start of the span that this instant ends. Of the
                two readings of an hour that exists twice, the first is
                passed over when it would lie before that start.

        Raises:
            ImpossibleTime: it cannot be read or lies in the future.
        """
        parsed = self._parse(text)
        if parsed.year < _EARLIEST_YEAR:
            raise ImpossibleTime(f"{text!r} lies before the year {_EARLIEST_YEAR}")
        if parsed.tzinfo is None:
            parsed = self._in_zone(parsed, text, not_before)
        try:
            instant = whole_milliseconds(parsed.astimezone(UTC))
        except OverflowError as error:
            raise ImpossibleTime(f"{text!r} is no possible date") from error
        if instant > self._latest:
            raise ImpossibleTime(f"{text!r} lies in the future")
        return instant

    def _parse(self, text: str) -> datetime:
        for pattern in self._times.formats:
            try:
                return datetime.fromisoformat(text) if pattern == _ISO else datetime.strptime(text, pattern)
            except ValueError:
                continue  # the next format may fit
        raise ImpossibleTime(f"{text!r} is no date of the form {' or '.join(self._times.formats)}")

    def _in_zone(self, local: datetime, text: str, not_before: datetime | None) -> datetime:
        first, second = (local.replace(tzinfo=self._zone, fold=fold) for fold in (0, 1))
        before, after = first.utcoffset() or timedelta(), second.utcoffset() or timedelta()
        if before == after:
            return first
        if before < after:  # the clock jumped over this time
            if self._times.nonexistent == "reject":
                raise ImpossibleTime(f"{text!r} does not exist in {self._times.zone}: the clock went forward")
            return first
        if self._times.ambiguous == "reject":
            raise ImpossibleTime(f"{text!r} exists twice in {self._times.zone}: the clock went back")
        if self._times.ambiguous == "first" and (not_before is None or first.astimezone(UTC) >= not_before):
            return first
        return second
