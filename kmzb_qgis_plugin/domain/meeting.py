"""What a meeting with citizens or a public debate brought, as the desk enters it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from kmzb_qgis_plugin.domain.catalogue import Catalogue, Category
from kmzb_qgis_plugin.domain.period import parse_instant, warsaw

SOURCE: Final = "community"
MEETING: Final = "meeting"
"""The kind of what waits to be sent that a meeting or debate is."""
KINDS: Final = ("meeting", "debate")
DESCRIPTION_MAX_LENGTH: Final = 500
TEXT_MAX_LENGTH: Final = 200
"""Of the place and of the organiser."""
PARTICIPANTS_MAX: Final = 100_000


@dataclass(frozen=True)
class Concern:
    """One thing that people at the meeting were worried about."""

    category: str
    description: str = ""


@dataclass(frozen=True)
class Meeting:
    """A meeting or debate with the concerns that came up. As a draft it may lack anything but its identifier.

    Attributes:
        uuid: made by the desk; sending the same meeting again does nothing twice.
        kind: one of :data:`KINDS`.
        held_at: instant.
        lon, lat: the place in degrees, WGS 84.
        place: the place in words.
        organiser: who held it.
        participants: how many people came.
        concerns: in the order in which they were entered.
    """

    uuid: str
    kind: str = KINDS[0]
    held_at: str | None = None
    lon: float | None = None
    lat: float | None = None
    place: str = ""
    organiser: str = ""
    participants: int | None = None
    concerns: tuple[Concern, ...] = field(default=())

    @classmethod
    def new(cls, **given: Any) -> Meeting:
        """A meeting with an identifier of its own."""
        return cls(uuid=str(uuid.uuid4()), **given)

    def to_json(self) -> dict[str, Any]:
        """The JSON object that the service takes."""
        return {**asdict(self), "concerns": [asdict(concern) for concern in self.concerns]}

    @classmethod
    def from_json(cls, document: str | Mapping[str, Any]) -> Meeting:
        """Read what :meth:`to_json` made, as an object or as text.

        Raises:
            ValueError: it is not such a document.
        """
        content = json.loads(document) if isinstance(document, str) else document
        try:
            concerns = tuple(Concern(**concern) for concern in content["concerns"])
            return cls(**{**content, "concerns": concerns})
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a meeting: {error!r}") from error


def categories_for(catalogue: Catalogue, held_at: str | None) -> tuple[Category, ...]:
    """The categories of community signals in force on the meeting's day; all where the day is not known."""
    day = warsaw(parse_instant(held_at)).date() if held_at else None
    return tuple(one for one in catalogue.categories_of(SOURCE) if day is None or one.is_valid_on(day))


def faults(meeting: Meeting, catalogue: Catalogue, now: str) -> tuple[str, ...]:
    """What keeps a meeting from being sent, in the order of the form.

    Args:
        meeting: as it stands.
        catalogue: of the service that it goes to.
        now: the present instant.

    Returns:
        Of ``held_at``, ``held_in_future``, ``point``, ``place``, ``organiser``, ``participants``,
        ``concerns``, ``concerns/<number>/category`` and ``concerns/<number>/description``.
    """
    found = []
    if meeting.held_at is None:
        found.append("held_at")
    elif meeting.held_at > now:
        found.append("held_in_future")
    if meeting.lon is None or meeting.lat is None:
        found.append("point")
    for member in ("place", "organiser"):
        if not getattr(meeting, member).strip():
            found.append(member)
    if not meeting.participants:
        found.append("participants")
    if not meeting.concerns:
        found.append("concerns")
    return (*found, *_concern_faults(meeting, catalogue))


def _concern_faults(meeting: Meeting, catalogue: Catalogue) -> Iterable[str]:
    allowed = {category.code: category for category in categories_for(catalogue, meeting.held_at)}
    for number, concern in enumerate(meeting.concerns):
        category = allowed.get(concern.category)
        text = concern.description.strip()
        if category is None:
            yield f"concerns/{number}/category"
        if len(text) > DESCRIPTION_MAX_LENGTH or not text:
            yield f"concerns/{number}/description"
