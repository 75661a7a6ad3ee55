"""What is known of a threat, and of a meeting, before it is a row of the tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kmzb_service.intake.history import Step

Bounds = tuple[float, float, float, float]

CONTENT_COLUMNS = (
    "occurred_from",
    "occurred_to",
    "reported_at",
    "category",
    "description",
    "place",
    "part_of_day",
    "weekdays",
    "confirmations",
    "meeting",
    "organiser",
    "participants",
)
"""The columns of ``threat`` that a sender decides; the others follow from them or from the workflow."""

DESCRIPTION_LENGTH = 500  # of a citizen's report
SOURCE_ID_LENGTH = 120
COORDINATE_DECIMALS = 7  # a centimetre


@dataclass(frozen=True)
class MeetingFacts:
    """A meeting or debate; its attributes are the columns of ``meeting``.

    Attributes:
        uuid: what identifies it.
        kind: ``meeting`` or ``debate``.
        held_at: when.
        lon, lat: where, in degrees (EPSG:4326).
        place: where, in words.
        organiser: who held it.
        participants: how many people came; None when that is not known.
    """

    uuid: str
    kind: str
    held_at: datetime
    lon: float
    lat: float
    place: str | None
    organiser: str
    participants: int | None


@dataclass(frozen=True)
class Facts:
    """What a sender says of a threat.

    Attributes:
        source_id: the sender's name and its id.
        content: the ``CONTENT_COLUMNS`` of the threat.
        lon, lat: degrees (EPSG:4326).
        steps: the decisions that the report has behind it.
        meeting: where a community signal was raised, if that is known.
    """

    source_id: str
    content: dict[str, Any]
    lon: float
    lat: float
    steps: tuple[Step, ...] = ()
    meeting: MeetingFacts | None = None
