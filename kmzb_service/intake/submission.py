"""Reports and meetings as they arrive one by one: their form, before any rule is asked."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StrictInt, StringConstraints

from kmzb_service.body import Body, Instant, OrNone, Words
from kmzb_service.intake.facts import SOURCE_ID_LENGTH

MAX_MEETINGS = 100
MAX_CONCERNS = 500
_CODE_LENGTH = 40
_NAME_LENGTH = 200
_TEXT_LENGTH = 10_000
_MOST_PARTICIPANTS = 1_000_000

_Degrees = Annotated[float, Field(strict=True, allow_inf_nan=False)]
_Lon = Annotated[_Degrees, Field(ge=-180, le=180)]
_Lat = Annotated[_Degrees, Field(ge=-90, le=90)]
_Code = Annotated[Words, Field(max_length=_CODE_LENGTH)]
_Name = Annotated[Words, Field(max_length=_NAME_LENGTH)]
_Description = Annotated[Words | None, Field(max_length=_TEXT_LENGTH), OrNone]


class Point(Body):
    """Where a threat is: longitude and latitude, no height."""

    type: Literal["Point"]
    coordinates: tuple[_Lon, _Lat]


class ReportProperties(Body):
    """What a system says of a threat."""

    source: Literal["citizen", "community", "police"]
    source_id: Annotated[Words, Field(min_length=1, max_length=SOURCE_ID_LENGTH)]
    category: _Code
    occurred_from: Instant
    occurred_to: Instant | None = None
    reported_at: Instant | None = None
    description: _Description = None
    place: Annotated[_Name | None, OrNone] = None
    part_of_day: Literal["morning", "forenoon", "afternoon", "evening", "night"] | None = None
    weekdays: Annotated[str, StringConstraints(pattern="^[1-7](,[1-7]){0,6}$")] | None = None

    def days(self) -> str | None:
        """The weekdays in their order, each once."""
        return self.weekdays and ",".join(sorted(set(re.findall("[1-7]", self.weekdays))))


class Report(Body):
    """The body of ``POST /collections/threats/items``: a GeoJSON feature.

    An ``id`` or ``bbox`` that a client puts there says nothing: the service gives ids.
    """

    type: Literal["Feature"]
    geometry: Point
    properties: ReportProperties
    id: Any = None
    bbox: Any = None


class Confirmation(Body):
    """The body of ``POST /threats/{id}/confirmations``."""

    uuid: UUID


class Concern(Body):
    """What was raised at a meeting."""

    category: _Code
    description: _Description = None


class MeetingReport(Body):
    """A meeting or debate."""

    uuid: UUID
    kind: Literal["meeting", "debate"]
    held_at: Instant
    lon: _Lon
    lat: _Lat
    place: Annotated[_Name, Field(min_length=1)]
    organiser: Annotated[_Name, Field(min_length=1)]
    participants: Annotated[StrictInt, Field(ge=0, le=_MOST_PARTICIPANTS)]
    concerns: Annotated[list[Concern], Field(max_length=MAX_CONCERNS)]


class Meetings(Body):
    """The body of ``POST /meetings``."""

    meetings: Annotated[list[MeetingReport], Field(min_length=1, max_length=MAX_MEETINGS)]
