"""The platform's rules: what a report or a meeting must be to stand on the map."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from kmzb_service.catalogue.model import Catalogue
from kmzb_service.intake.facts import COORDINATE_DECIMALS, DESCRIPTION_LENGTH, Bounds
from kmzb_service.settings import Settings

# Clocks of systems differ a little; more is a wrong clock, and a wrong record.
CLOCK_TOLERANCE = timedelta(minutes=5)
LONGEST_DESCRIPTION = {"citizen": DESCRIPTION_LENGTH}
_LONGEST_OTHER = 2_000
_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)


class RuleBroken(Exception):
    """Something that was sent cannot stand on the map.

    Attributes:
        rule: which rule, a stable word.
        field: the member that breaks it.
        detail: what is wrong, for a person.
    """

    def __init__(self, rule: str, field: str, detail: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.field = field
        self.detail = detail


class NoSuchThreat(Exception):
    """There is no such threat, or none for this caller."""


class Rules:
    """Checks what is sent; each check raises :class:`RuleBroken`, naming the field that it was given.

    Args:
        catalogue: the categories.
        settings: accepted bounds and time zone.
    """

    def __init__(self, catalogue: Catalogue, settings: Settings) -> None:
        self._catalogue = catalogue
        self._bounds: Bounds = settings.accepted_bounds
        self._zone: ZoneInfo = settings.zone

    def category(self, code: str, plane: str, instant: datetime, field: str) -> None:
        """A category is one of the plane's, and was in use on the day of an instant."""
        category = self._catalogue.category(code)
        if category is None or category.source != plane:
            raise RuleBroken("unknown_category", field, f"the {plane} plane has no category {code!r}")
        day = instant.astimezone(self._zone).date()
        begun = category.valid_from is None or category.valid_from <= day
        if not begun or (category.valid_to is not None and day > category.valid_to):
            raise RuleBroken("category_not_in_use", field, f"the category {code!r} was not in use on {day}")

    def description(self, text: str | None, code: str, plane: str, field: str) -> None:
        """A description is not too long, and there where the category needs one."""
        allowed = LONGEST_DESCRIPTION.get(plane, _LONGEST_OTHER)
        if text is not None and len(text) > allowed:
            raise RuleBroken(
                "description_too_long", field, f"has {len(text)} characters, {allowed} are allowed"
            )
        category = self._catalogue.category(code)
        if text is None and category is not None and category.description == "required":
            raise RuleBroken("description_required", field, f"the category {code!r} needs a description")

    def time(self, instant: datetime | None, now: datetime, field: str) -> None:
        """An instant lies in the past, and not beyond memory."""
        if instant is None:
            return
        if instant > now + CLOCK_TOLERANCE:
            raise RuleBroken("in_future", field, "lies in the future: check the clock and the time zone")
        if instant < _EARLIEST:
            raise RuleBroken("too_early", field, f"lies before the year {_EARLIEST.year}")

    def point(self, lon: float, lat: float, field: str) -> tuple[float, float]:
        """A point lies within the accepted bounds; it is returned with the digits that are kept."""
        west, south, east, north = self._bounds
        if not (west <= lon <= east and south <= lat <= north):
            swapped = "; are they swapped?" if west <= lat <= east and south <= lon <= north else ""
            raise RuleBroken(
                "outside", field, f"the point {lon:.5f}, {lat:.5f} lies outside the accepted bounds{swapped}"
            )
        return round(lon, COORDINATE_DECIMALS), round(lat, COORDINATE_DECIMALS)
