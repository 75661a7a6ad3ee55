"""The collections of the standard face: what each is called, holds and can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, func

from kmzb_service.database.wire import AREAS, DECISIONS, THREATS, UNITS, Property, Resource


@dataclass(frozen=True)
class Collection:
    """A collection of features.

    Attributes:
        resource: its rows and properties.
        title, description: for people.
        times: the properties with a feature's instant, or its first and last one; none where it has no time.
    """

    resource: Resource
    title: str
    description: str
    times: tuple[str, ...] = ()

    @cached_property
    def period(self) -> tuple[ColumnElement[Any], ColumnElement[Any]] | None:
        """First and last instant of a feature; one that has only begun ends where it began."""
        if not self.times:
            return None
        columns = self.resource.table.c
        first, last = columns[self.times[0]], columns[self.times[-1]]
        return first, func.coalesce(last, first) if last.nullable else last

    @property
    def name(self) -> str:
        return self.resource.name

    @cached_property
    def properties(self) -> dict[str, Property]:
        """What a request may compare with values, sort by and select: everything but the geometry."""
        return {entry.name: entry for entry in self.resource.properties}


_ALL = (
    Collection(
        THREATS,
        "Threats",
        "Citizens' reports, signals of the community and police records, one point each.",
        ("occurred_from", "occurred_to"),
    ),
    Collection(
        AREAS,
        "Areas",
        "Voivodeships, counties and communes with their TERYT codes.",
    ),
    Collection(
        UNITS,
        "Units",
        "Police units and the areas that they serve.",
    ),
    Collection(
        DECISIONS,
        "Decisions",
        "Decisions on citizens' reports, in the order in which they were taken; they have no geometry.",
        ("decided_at",),
    ),
)

COLLECTIONS: dict[str, Collection] = {entry.name: entry for entry in _ALL}
