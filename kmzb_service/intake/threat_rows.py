"""One row of a sender's file as the facts of one threat, or the reason why not."""

from __future__ import annotations

import re
import unicodedata
import uuid
from datetime import datetime
from math import isfinite
from typing import Any
from zoneinfo import ZoneInfo

from osgeo import osr

from kmzb_service.catalogue.model import Catalogue, Category
from kmzb_service.intake.clock import Clock, ImpossibleTime
from kmzb_service.intake.errors import IntakeError, Refused
from kmzb_service.intake.facts import (
    COORDINATE_DECIMALS,
    DESCRIPTION_LENGTH,
    SOURCE_ID_LENGTH,
    Bounds,
    Facts,
    MeetingFacts,
)
from kmzb_service.intake.history import Ending, Histories, Step
from kmzb_service.intake.mapping import Mapping
from kmzb_service.intake.polygons import spatial_reference, to_degrees
from kmzb_service.intake.reading import Row, Source
from kmzb_service.intake.vocabulary import Vocabulary

NOTE_LENGTH = 2000
_MEETINGS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:kmzb:meeting")

_COUNT = re.compile("[0-9]{1,9}")
_WEEKDAYS = re.compile(r"[1-7]([,; ]+[1-7])*")


class RowReader:
    """Turns rows into facts by a mapping and the catalogue.

    Args:
        mapping: the sender's mapping.
        catalogue: which categories, statuses and reasons there are.
        source: the opened file, for what it says of its coordinate system.
        bounds: points outside are refused, unless the mapping has bounds of its own.
        zone: whose days decide whether a category was valid.
        latest: times after this one are refused.

    Raises:
        IntakeError: it is not known what the coordinates mean.
    """

    def __init__(
        self,
        mapping: Mapping,
        catalogue: Catalogue,
        source: Source,
        bounds: Bounds,
        zone: ZoneInfo,
        latest: datetime,
    ) -> None:
        self._plane = mapping.source.plane
        self._sender = mapping.source.name
        self._columns = {key: column for key, column in mapping.columns if column is not None}
        self._coordinates = mapping.coordinates
        self._bounds = mapping.coordinates.bounds or bounds
        self._zone = zone
        self._clock = Clock(mapping.times, latest)
        self._words = Vocabulary(mapping, catalogue)
        self._histories = Histories(catalogue)
        self._has_workflow = any(one.code == self._plane and one.workflow for one in catalogue.sources)
        self._transformation = _transformation(mapping, source)

    def facts(self, row: Row) -> Facts:
        """Read one row.

        Raises:
            Refused: it cannot go in.
        """
        if row.problem is not None:
            raise Refused("", row.problem)
        # One form for letters with accents, whatever the sending system writes, so that a search finds them.
        fields = {
            key: unicodedata.normalize("NFC", row.fields[column].strip())
            for key, column in self._columns.items()
        }
        for key, text in fields.items():
            if "\0" in text:
                raise self._refuse(key, "holds a NUL character")
        source_id = self._source_id(fields)
        content = self._times(fields)
        content["category"] = self._category(fields, content["reported_at"]).code
        content["description"] = self._description(fields, content["category"])
        content["place"] = fields.get("place") or None
        content["part_of_day"] = self._word(fields, "part_of_day", self._words.parts_of_day)
        content["weekdays"] = self._weekdays(fields)
        content["confirmations"] = self._count(fields, "confirmations") or 0
        lon, lat = self._point(row)
        meeting = self._meeting(fields, content, lon, lat)
        for name in ("organiser", "participants"):
            content[name] = meeting and getattr(meeting, name)
        content["meeting"] = meeting and meeting.uuid
        steps = self._steps(source_id, fields, content["reported_at"]) if self._has_workflow else ()
        return Facts(source_id, content, lon, lat, steps, meeting)

    def _refuse(self, key: str, reason: str) -> Refused:
        return Refused(self._columns.get(key, ""), reason)

    def _source_id(self, fields: dict[str, str]) -> str:
        if not fields["id"]:
            raise self._refuse("id", "is empty")
        source_id = f"{self._sender}:{fields['id']}"
        if len(source_id) > SOURCE_ID_LENGTH:
            raise self._refuse("id", f"is longer than {SOURCE_ID_LENGTH - len(self._sender) - 1} characters")
        return source_id

    def _times(self, fields: dict[str, str]) -> dict[str, Any]:
        begun = self._time(fields, "occurred_from")
        if begun is None:
            raise self._refuse("occurred_from", "is empty")
        ended = self._time(fields, "occurred_to", not_before=begun)
        if ended is not None and ended < begun:
            raise self._refuse("occurred_to", "lies before the start")
        reported = self._time(fields, "reported_at") or ended or begun
        return {"occurred_from": begun, "occurred_to": ended, "reported_at": reported}

    def _time(self, fields: dict[str, str], key: str, not_before: datetime | None = None) -> datetime | None:
        text = fields.get(key)
        if not text:
            return None
        try:
            return self._clock.instant(text, not_before)
        except ImpossibleTime as problem:
            raise self._refuse(key, str(problem)) from None

    def _category(self, fields: dict[str, str], reported_at: datetime) -> Category:
        word = fields.get("category", "")
        category = self._words.categories.get(word.casefold(), self._words.other_category)
        if category is None:
            raise self._refuse("category", f"the category {word!r} is not known" if word else "is empty")
        day = reported_at.astimezone(self._zone).date()
        if (category.valid_from and day < category.valid_from) or (
            category.valid_to and day > category.valid_to
        ):
            raise self._refuse("category", f"the category {category.code!r} was not in use on {day}")
        return category

    def _description(self, fields: dict[str, str], category: str) -> str | None:
        text = fields.get("description", "")
        if self._plane == "citizen" and len(text) > DESCRIPTION_LENGTH:
            raise self._refuse("description", f"has {len(text)} characters, {DESCRIPTION_LENGTH} are allowed")
        if not text and category in self._words.described_categories:
            raise self._refuse("description", f"is empty, and the category {category!r} needs one")
        return text or None

    def _word(self, fields: dict[str, str], key: str, words: dict[str, str]) -> str | None:
        word = fields.get(key, "")
        if not word:
            return None
        if word.casefold() not in words:
            raise self._refuse(key, f"{word!r} is not known")
        return words[word.casefold()]

    def _weekdays(self, fields: dict[str, str]) -> str | None:
        text = fields.get("weekdays", "")
        if not text:
            return None
        if not _WEEKDAYS.fullmatch(text):
            raise self._refuse("weekdays", f"{text!r} is no list of weekdays from 1 (Monday) to 7")
        return ",".join(sorted(set(re.findall("[1-7]", text))))

    def _meeting(
        self, fields: dict[str, str], content: dict[str, Any], lon: float, lat: float
    ) -> MeetingFacts | None:
        """The meeting where a signal was raised; None for a file that does not speak of meetings."""
        if "meeting" not in fields:
            return None
        for key in ("meeting", "kind", "organiser"):
            if not fields[key]:
                raise self._refuse(key, "is empty")
        kind = self._word(fields, "kind", self._words.meeting_kinds)
        return MeetingFacts(
            uuid=str(uuid.uuid5(_MEETINGS, f"{self._sender}:{fields['meeting']}")),
            kind=str(kind),
            held_at=content["occurred_from"],
            lon=lon,
            lat=lat,
            place=content["place"],
            organiser=fields["organiser"],
            participants=self._count(fields, "participants"),
        )

    def _count(self, fields: dict[str, str], key: str) -> int | None:
        text = fields.get(key)
        if not text:
            return None
        if not _COUNT.fullmatch(text):
            raise self._refuse(key, f"{text!r} is no whole number from 0 to 999999999")
        return int(text)

    def _point(self, row: Row) -> tuple[float, float]:
        x_column, y_column = self._coordinates.x, self._coordinates.y
        if x_column is not None and y_column is not None:
            column = f"{x_column}, {y_column}"
            x, y = (self._number(row.fields[name], name) for name in (x_column, y_column))
        else:
            column = "geometry"
            if row.geometry is None or row.geometry.IsEmpty():
                raise Refused(column, "is empty")
            if row.geometry.GetGeometryName() != "POINT":
                raise Refused(column, f"is a {row.geometry.GetGeometryName().lower()}, a point is needed")
            x, y = row.geometry.GetX(), row.geometry.GetY()
        if self._transformation is not None:
            try:
                x, y, _ = self._transformation.TransformPoint(x, y)
            except RuntimeError as error:
                raise Refused(column, f"cannot be brought to degrees: {error}") from None
        west, south, east, north = self._bounds
        # written so that NaN, which compares false, is refused too
        if not (west <= x <= east and south <= y <= north):
            swapped = "; are they swapped?" if west <= y <= east and south <= x <= north else ""
            raise Refused(column, f"the point {x:.5f}, {y:.5f} lies outside the accepted bounds{swapped}")
        return round(x, COORDINATE_DECIMALS), round(y, COORDINATE_DECIMALS)

    def _number(self, text: str, column: str) -> float:
        if self._coordinates.decimal == ",":
            text = text.replace(",", ".")
        try:
            number = float(text)
        except ValueError:
            raise Refused(column, f"{text!r} is no number" if text.strip() else "is empty") from None
        if not isfinite(number):
            raise Refused(column, f"{text!r} is no number")
        return number

    def _steps(self, source_id: str, fields: dict[str, str], reported_at: datetime) -> tuple[Step, ...]:
        status = self._word(fields, "status", self._words.statuses) or self._words.initial_status
        note = fields.get("note") or None
        if note is not None and len(note) > NOTE_LENGTH:
            raise self._refuse("note", f"has {len(note)} characters, {NOTE_LENGTH} are allowed")
        institution = fields.get("institution") or None
        ending = Ending(
            status=status,
            taken_at=self._time(fields, "taken_at"),
            confirmed_at=self._time(fields, "confirmed_at"),
            decided_at=self._time(fields, "decided_at"),
            reason=self._reason(fields, status),
            note=note,
            method=self._word(fields, "method", self._words.methods),
            institution=institution and self._words.institutions.get(institution.casefold(), institution),
        )
        try:
            return self._histories.steps(f"{self._plane}:{source_id}", reported_at, ending)
        except Refused as refused:
            raise self._refuse(refused.column, refused.reason) from None

    def _reason(self, fields: dict[str, str], status: str) -> str | None:
        reason = self._word(fields, "reason", self._words.reasons)
        if reason is not None and status not in self._words.statuses_of_reason[reason]:
            raise self._refuse("reason", f"the reason {reason!r} does not go with the status {status!r}")
        return reason


def _transformation(mapping: Mapping, source: Source) -> osr.CoordinateTransformation | None:
    coordinates = mapping.coordinates
    if coordinates.crs is not None:
        return to_degrees(spatial_reference(coordinates.crs))
    if source.crs is None:
        raise IntakeError(
            f"{source.path.name} does not say what its coordinates are: "
            'give coordinates.x, y and crs in the mapping, for example crs = "EPSG:2180"'
        )
    return to_degrees(source.crs)
