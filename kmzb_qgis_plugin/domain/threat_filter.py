"""What is being looked at: the one description that layers, counts and prints share."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kmzb_qgis_plugin.domain.period import ALL, Period
from kmzb_qgis_plugin.domain.shape import Shape

DATE_FIELDS: Final = ("occurred", "reported")
_TEXT_SETS: Final = ("sources", "categories", "statuses", "areas", "units")
_NUMBER_SETS: Final = ("weekdays", "hours")
_SHAPES: Final = ("view", "within")


@dataclass(frozen=True)
class Mine:
    """Who decides next: a role, and the units whose reports it decides on; None is all."""

    role: str
    units: frozenset[str] | None = None


@dataclass(frozen=True)
class ThreatFilter:
    """Which threats are looked at. None keeps everything, an empty set keeps nothing.

    Attributes:
        sources: codes of sources.
        categories: codes of categories, of all sources together.
        statuses: codes of statuses; rows that have none (police, community) pass.
        period: days of ``date_field``.
        date_field: ``occurred`` or ``reported``.
        weekdays: 1 Monday … 7 Sunday, of the day it occurred.
        hours: 0 … 23, of the local time it occurred.
        areas: TERYT codes of any level.
        units: codes of police units.
        text: words that all stand in the reference, the place or the description.
        overdue: only reports whose deadline has passed.
        view: only points in the map's view, which it follows.
        within: only points in this area, which was chosen on the map.
        mine: only reports that wait for a decision of this role.

    Raises:
        ValueError: the date field is unknown.
    """

    sources: frozenset[str] | None = None
    categories: frozenset[str] | None = None
    statuses: frozenset[str] | None = None
    period: Period = ALL
    date_field: str = "occurred"
    weekdays: frozenset[int] | None = None
    hours: frozenset[int] | None = None
    areas: frozenset[str] | None = None
    units: frozenset[str] | None = None
    text: str = ""
    overdue: bool = False
    view: Shape | None = None
    within: Shape | None = None
    mine: Mine | None = None

    def __post_init__(self) -> None:
        if self.date_field not in DATE_FIELDS:
            raise ValueError(f"unknown date field: {self.date_field!r}")

    @property
    def is_all(self) -> bool:
        """Whether it keeps everything."""
        return self.replace(text=self.text.strip(), date_field="occurred") == _EVERYTHING

    def replace(self, **changes: Any) -> ThreatFilter:
        """The same filter with some members changed."""
        return dataclasses.replace(self, **changes)

    def without(self, *names: str) -> ThreatFilter:
        """The same filter with some members back at what keeps everything."""
        return self.replace(**{name: getattr(_EVERYTHING, name) for name in names})

    def to_json(self) -> dict[str, Any]:
        """A JSON object with the members that limit something."""
        content: dict[str, Any] = {
            name: sorted(getattr(self, name))
            for name in (*_TEXT_SETS, *_NUMBER_SETS)
            if getattr(self, name) is not None
        }
        if self.period != ALL:
            content["period"] = {
                "kind": self.period.kind,
                "first": _day_text(self.period.first),
                "last": _day_text(self.period.last),
            }
        content["date_field"] = self.date_field
        content["text"] = self.text
        content["overdue"] = self.overdue
        content.update(
            (name, shape.to_json()) for name in _SHAPES if (shape := getattr(self, name)) is not None
        )
        if self.mine is not None:
            units = self.mine.units
            content["mine"] = {"role": self.mine.role, "units": None if units is None else sorted(units)}
        return content

    def to_text(self) -> str:
        """:meth:`to_json` as text; equal filters have the same."""
        return json.dumps(self.to_json(), ensure_ascii=False)

    @classmethod
    def from_json(cls, document: str | Mapping[str, Any]) -> ThreatFilter:
        """Read what :meth:`to_json` made, as an object or as text.

        Raises:
            ValueError: it is not such a document.
        """
        content = json.loads(document) if isinstance(document, str) else document
        try:
            members: dict[str, Any] = {
                name: frozenset(str(value) for value in content[name])
                for name in _TEXT_SETS
                if content.get(name) is not None
            }
            members.update(
                (name, frozenset(int(value) for value in content[name]))
                for name in _NUMBER_SETS
                if content.get(name) is not None
            )
            period = content.get("period")
            if period is not None:
                members["period"] = Period(
                    period["kind"], _day(period.get("first")), _day(period.get("last"))
                )
            members.update(
                (name, Shape.from_json(content[name])) for name in _SHAPES if content.get(name) is not None
            )
            mine = content.get("mine")
            if mine is not None:
                units = mine["units"]
                members["mine"] = Mine(
                    str(mine["role"]), None if units is None else frozenset(str(code) for code in units)
                )
            return cls(
                **members,
                date_field=content.get("date_field", "occurred"),
                text=str(content.get("text", "")),
                overdue=bool(content.get("overdue", False)),
            )
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError(f"not a filter: {error!r}") from error


_EVERYTHING: Final = ThreatFilter()


def _day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
