"""The mapping file: which column of a sender's file is what."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from kmzb_service.catalogue.model import Catalogue
from kmzb_service.intake.errors import IntakeError

Plane = Literal["citizen", "community", "police"]
Text = Annotated[str, StringConstraints(min_length=1)]

_MEETING = ("meeting", "kind", "organiser", "participants")
_WORKFLOW = ("status", "taken_at", "confirmed_at", "decided_at", "reason", "note", "method", "institution")


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"unknown time zone {name!r}") from error
    return name


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Sender(_Part):
    """Who sends: ids are unique within the name, which therefore must not change between imports."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=40, pattern="^[^:]+$")]
    plane: Plane


class File(_Part):
    """How the file is written. ``encoding`` and ``delimiter`` are for CSV, ``layer`` for other formats."""

    encoding: Text = "utf-8"
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)] = ","
    layer: Text | None = None


class Times(_Part):
    """How its times are to be understood; ``iso`` stands for ISO 8601, with or without an offset."""

    zone: Annotated[str, AfterValidator(_known_zone)] = "Europe/Warsaw"
    formats: Annotated[tuple[Text, ...], Field(min_length=1)] = ("iso",)
    nonexistent: Literal["reject", "shift_forward"] = "reject"
    ambiguous: Literal["reject", "first", "second"] = "reject"


class Coordinates(_Part):
    """Where its points are: in two columns, or the features' own geometry when none are named.

    ``crs`` is required for columns; of a geometry it replaces what the file says.
    """

    x: Text | None = None
    y: Text | None = None
    crs: Text | None = None
    decimal: Literal[".", ","] = "."
    bounds: tuple[float, float, float, float] | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.x is None) != (self.y is None):
            raise ValueError("x and y go together")
        if self.x is not None and self.crs is None:
            raise ValueError("crs is needed for x and y, for example EPSG:2180")
        if self.bounds is not None:
            west, south, east, north = self.bounds
            if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
                raise ValueError("bounds must be west, south, east, north in degrees")
        return self


class Columns(_Part):
    """Names of the file's columns; all but the first two may be left out."""

    id: Text
    occurred_from: Text
    occurred_to: Text | None = None
    reported_at: Text | None = None
    category: Text | None = None
    description: Text | None = None
    place: Text | None = None
    part_of_day: Text | None = None
    weekdays: Text | None = None
    confirmations: Text | None = None
    meeting: Text | None = None
    kind: Text | None = None
    organiser: Text | None = None
    participants: Text | None = None
    status: Text | None = None
    taken_at: Text | None = None
    confirmed_at: Text | None = None
    decided_at: Text | None = None
    reason: Text | None = None
    note: Text | None = None
    method: Text | None = None
    institution: Text | None = None


class Categories(_Part):
    """Either one ``fixed`` category for all rows, or how the column's words become the catalogue's codes."""

    fixed: Text | None = None
    unknown: Text = "reject"
    values: dict[str, Text] = {}


class Statuses(_Part):
    values: dict[str, Text] = {}


class Mapping(_Part):
    """A whole mapping file."""

    source: Sender
    columns: Columns
    file: File = File()
    times: Times = Times()
    coordinates: Coordinates = Coordinates()
    category: Categories = Categories()
    status: Statuses = Statuses()

    def file_columns(self) -> tuple[str, ...]:
        """The columns that the file must have."""
        named = (*(name for _, name in self.columns), self.coordinates.x, self.coordinates.y)
        return tuple(name for name in named if name is not None)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.columns.category is None) == (self.category.fixed is None):
            raise ValueError("give either columns.category or category.fixed")
        workflow = [name for name in _WORKFLOW if getattr(self.columns, name) is not None]
        if workflow and self.source.plane != "citizen":
            raise ValueError(f"columns.{workflow[0]} is for the citizen plane only")
        meeting = [name for name in _MEETING if getattr(self.columns, name) is not None]
        if meeting and self.source.plane != "community":
            raise ValueError(f"columns.{meeting[0]} is for the community plane only")
        needed = {"meeting", "kind", "organiser"}
        if meeting and not needed.issubset(meeting):
            raise ValueError("columns.meeting, kind and organiser go together")
        return self


def load_mapping(path: Path, catalogue: Catalogue) -> Mapping:
    """Read and check a mapping file.

    Raises:
        IntakeError: it cannot be used; the message names the key.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise IntakeError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise IntakeError(f"{path.name} is not UTF-8, as TOML has to be") from error
    except tomllib.TOMLDecodeError as error:
        raise IntakeError(f"{path.name} is not valid TOML: {error}") from error
    try:
        mapping = Mapping.model_validate(document)
    except ValidationError as error:
        problems = "; ".join(_sentence(problem["loc"], problem["msg"]) for problem in error.errors())
        raise IntakeError(f"{path.name}: {problems}") from error
    plane = mapping.source.plane
    for key, code in _named_codes(mapping):
        category = catalogue.category(code)
        if category is None or category.source != plane:
            raise IntakeError(f"{path.name}: {key}: {code!r} is no category of the {plane} plane")
    for word, code in mapping.status.values.items():
        if catalogue.status(code) is None:
            raise IntakeError(f"{path.name}: status.values.{word}: {code!r} is no status")
    return mapping


def _sentence(location: tuple[int | str, ...], message: str) -> str:
    key = ".".join(str(part) for part in location)
    text = message.removeprefix("Value error, ")
    text = {"Extra inputs are not permitted": "no such key", "Field required": "is missing"}.get(text, text)
    return f"{key}: {text}" if key else text


def _named_codes(mapping: Mapping) -> list[tuple[str, str]]:
    named = [(f"category.values.{word}", code) for word, code in mapping.category.values.items()]
    if mapping.category.fixed is not None:
        named.append(("category.fixed", mapping.category.fixed))
    if mapping.category.unknown != "reject":
        named.append(("category.unknown", mapping.category.unknown))
    return named
