"""The documented form of a file of meetings: a row for everything that was raised at one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kmzb_service.intake.errors import IntakeError
from kmzb_service.intake.mapping import Mapping
from kmzb_service.intake.reading import TEXT_SUFFIXES

COLUMNS = (
    "id",
    "meeting",
    "kind",
    "held_at",
    "place",
    "organiser",
    "participants",
    "category",
    "description",
)
"""What a row says, by the names that the file has for it; CSV has lon and lat besides."""

_OURS = {"held_at": "occurred_from"}


def meetings_mapping(path: Path) -> Mapping:
    """How a file in the documented form is read: CSV with lon and lat, or points that GDAL reads."""
    document: dict[str, Any] = {
        "source": {"name": "meetings", "plane": "community"},
        "columns": {_OURS.get(name, name): name for name in COLUMNS},
        "times": {"formats": ["iso", "%d.%m.%Y %H:%M"]},
    }
    if path.suffix.lower() in TEXT_SUFFIXES:
        document["coordinates"] = {"x": "lon", "y": "lat", "crs": "EPSG:4326"}
    return Mapping.model_validate(document)


def require_meetings(mapping: Mapping, name: str) -> Mapping:
    """A mapping that says which column is the meeting.

    Raises:
        IntakeError: it does not.
    """
    if mapping.columns.meeting is None:
        raise IntakeError(f"{name}: columns.meeting is missing: it says which rows are of one meeting")
    return mapping
