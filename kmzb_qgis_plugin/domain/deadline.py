"""How a deadline stands now: overdue, today, later."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from kmzb_qgis_plugin.domain.period import day_bounds_utc, to_instant_text, warsaw

OVERDUE: Final = "overdue"
TODAY: Final = "today"
LATER: Final = "later"
OPEN: Final = "open"
"""Without a deadline."""
GROUPS: Final = (OVERDUE, TODAY, LATER, OPEN)


class Deadlines:
    """Tells the group of deadlines as they stand at one moment, by Polish calendar days.

    Args:
        now: aware.
    """

    def __init__(self, now: datetime) -> None:
        self._now = to_instant_text(now)
        today = warsaw(now).date()
        self._tomorrow = day_bounds_utc(today, today)[1] or self._now

    def group(self, due: str | None) -> str:
        """One of :data:`GROUPS` for an instant; instants are compared as the texts that they are."""
        if due is None:
            return OPEN
        if due < self._now:
            return OVERDUE
        return TODAY if due < self._tomorrow else LATER
