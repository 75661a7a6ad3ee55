"""The collections of the standard face: what each is called, holds and can be asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, func

from kmzb_service.database.tables import decision, threat
from kmzb_service.database.wire import AREAS, DECISIONS, THREATS, UNITS, Property, Resource


@dataclass(frozen=True)
class Collection:
    """A collection of features.

    Attributes:
        resource: its rows and properties.
        title, description: for people.
        queryable: properties that a request may compare with a value.
        period: first and last instant of a feature; none where features have no time.
    """

    resource: Resource
    title: str
    description: str
    queryable: tuple[str, ...]
    period: tuple[ColumnElement[Any], ColumnElement[Any]] | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        return self.resource.name

    @cached_property
    def queryables(self) -> dict[str, Property]:
        return {entry.name: entry for entry in self.resource.properties if entry.name in self.queryable}


_ALL = (
    Collection(
        THREATS,
        "Threats",
        "Citizens' reports, signals of the community and police records, one point each.",
        (
            "ref",
            "source",
            "category",
            "status",
            "part_of_day",
            "unit",
            "voivodeship",
            "county",
            "commune",
            "local_day",
            "local_weekday",
            "local_hour",
            "version",
        ),
        (threat.c.occurred_from, func.coalesce(threat.c.occurred_to, threat.c.occurred_from)),
    ),
    Collection(
        AREAS,
        "Areas",
        "Voivodeships, counties and communes with their TERYT codes.",
        ("code", "level", "name", "parent", "approximate", "version"),
    ),
    Collection(
        UNITS,
        "Units",
        "Police units and the areas that they serve.",
        ("code", "name", "kind", "parent", "version"),
    ),
    Collection(
        DECISIONS,
        "Decisions",
        "Decisions on citizens' reports, in the order in which they were taken; they have no geometry.",
        (
            "uuid",
            "threat_id",
            "from_status",
            "to_status",
            "reason",
            "method",
            "planned_date",
            "actor",
            "actor_role",
            "actor_unit",
        ),
        (decision.c.decided_at, decision.c.decided_at),
    ),
)

COLLECTIONS: dict[str, Collection] = {entry.name: entry for entry in _ALL}
