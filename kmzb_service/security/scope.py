"""The part of the map that a caller may read: the one place that says it, for every way of reading.

Threats lie in a scope by the unit or the voivodeship that they were given to,
decisions by their threat. Areas and units are the map's ground and no secret.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol, get_args

from sqlalchemy import ColumnCollection, ColumnElement, UnaryExpression, and_, exists, false, not_, true
from sqlalchemy.sql.operators import custom_op

from kmzb_service.database.tables import decision, threat
from kmzb_service.database.wire import DECISIONS, THREATS, Resource
from kmzb_service.security.units import UnitTree

Reach = Literal["own", "voivodeship", "country"]
REACHES: tuple[Reach, ...] = get_args(Reach)
COUNTRY_KEY = "all"
_FINGERPRINT_DIGITS = 12


class HasPlace(Protocol):
    """A table whose rows have the columns ``unit`` and ``voivodeship``."""

    @property
    def c(self) -> ColumnCollection[str, ColumnElement[object]]: ...


@dataclass(frozen=True)
class Scope:
    """What a caller may read.

    Attributes:
        reach: how far it goes.
        voivodeship: TERYT code of the caller's voivodeship, where it is known.
        unit: code of the caller's unit; none for the headquarters of the country.
        units: that unit and all under it, as they are now.
    """

    reach: Reach = "country"
    voivodeship: str | None = None
    unit: str | None = None
    units: tuple[str, ...] = ()

    @classmethod
    def of(cls, tree: UnitTree, unit: str | None, reach: Reach) -> Scope:
        """The scope of a caller of a unit.

        One that reaches its voivodeship, but whose unit lies in none that is known, reaches its own area.
        """
        if unit is None:
            return cls(reach)
        voivodeship = tree.voivodeship_of(unit)
        if reach == "voivodeship" and voivodeship is None:
            reach = "own"
        return cls(reach, voivodeship, unit, tree.under(unit))

    @cached_property
    def key(self) -> str:
        """A text that is the same for all callers who may read the same, and another when that changes."""
        if self.reach == "country":
            return COUNTRY_KEY
        if self.reach == "voivodeship":
            return f"voivodeship:{self.voivodeship}"
        fingerprint = hashlib.sha256("\n".join(self.units).encode()).hexdigest()
        return f"unit:{self.unit}:{fingerprint[:_FINGERPRINT_DIGITS]}"

    @property
    def whole(self) -> bool:
        """Whether nothing is kept from the caller."""
        return self.reach == "country"

    def holds(self, place: HasPlace, looked_up: bool = True) -> ColumnElement[bool]:
        """The condition that a row's place (its unit and voivodeship) lies in the scope; never null."""
        if self.whole:
            return true()
        if self.reach == "voivodeship":
            return and_(place.c.voivodeship.is_not(None), place.c.voivodeship == self.voivodeship)
        if not self.units:
            return false()
        # a unary plus is how SQLite is told to leave a column's indexes alone
        unit = (
            place.c.unit
            if looked_up
            else UnaryExpression(place.c.unit, operator=custom_op("+"), type_=place.c.unit.type)
        )
        return and_(unit.is_not(None), unit.in_(self.units))

    def lacks(self, place: HasPlace) -> ColumnElement[bool]:
        """The condition that a row's place does not lie in the scope."""
        return not_(self.holds(place))

    def limit(self, resource: Resource, looked_up: bool = True) -> ColumnElement[bool] | None:
        """The condition that a resource's row lies in the scope; none where all rows do.

        Args:
            resource: whose rows they are.
            looked_up: whether SQLite may find threats by the index of their units.
        """
        if self.whole:
            return None
        if resource is THREATS:
            return self.holds(threat, looked_up)
        if resource is DECISIONS:
            return exists().where(threat.c.id == decision.c.threat_id, self.holds(threat)).correlate(decision)
        return None

    def visible(self, resource: Resource, looked_up: bool = True) -> ColumnElement[bool]:
        """The condition that a caller may see a resource's row: it is there, and lies in the scope.

        The arguments are those of :meth:`limit`.
        """
        conditions = (resource.present(), self.limit(resource, looked_up))
        return and_(true(), *(condition for condition in conditions if condition is not None))

    def decides_for(self, unit: str | None) -> bool:
        """Whether the caller may decide on a unit's reports: those of its own unit and of all under it."""
        return self.unit is None or unit in self.units


EVERYTHING = Scope()
