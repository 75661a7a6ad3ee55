"""The units and what stands under what, remembered for as long as no unit changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection, func, select

from kmzb_service.database.engine import fact
from kmzb_service.database.tables import unit

_VOIVODESHIP_DIGITS = 2
_STATE = select(fact("epoch"), select(func.max(unit.c.seq)).scalar_subquery())


@dataclass(frozen=True)
class UnitTree:
    """The units that are there.

    Attributes:
        parents: the code of the unit above each unit's; none at the top.
        areas: the TERYT codes that each unit lists, with commas.
    """

    parents: Mapping[str, str | None]
    areas: Mapping[str, str]

    @cached_property
    def _children(self) -> Mapping[str, list[str]]:
        children: dict[str, list[str]] = {}
        for code, parent in self.parents.items():
            if parent is not None:
                children.setdefault(parent, []).append(code)
        return children

    def under(self, code: str) -> tuple[str, ...]:
        """A unit's code and those of all units under it, in the order of the codes.

        A unit that is not there has only itself.
        """
        found, waiting = {code}, [code]
        while waiting:
            new = [child for child in self._children.get(waiting.pop(), ()) if child not in found]
            found.update(new)
            waiting += new
        return tuple(sorted(found))

    def voivodeship_of(self, code: str) -> str | None:
        """The voivodeship of a unit's areas, or of those of the nearest unit above that lists any.

        None where no unit lists areas, or those of several voivodeships.
        """
        passed: set[str] = set()
        above: str | None = code
        while above is not None and above not in passed:
            passed.add(above)
            listed = self.areas.get(above, "")
            if listed:
                (first, *others) = {area[:_VOIVODESHIP_DIGITS] for area in listed.split(",")}
                return None if others else first
            above = self.parents.get(above)
        return None


class Units:
    """The tree of units as transactions see it; read anew only when a unit has changed."""

    def __init__(self) -> None:
        self._memory: tuple[tuple[str, int | None], UnitTree] | None = None

    def tree(self, connection: Connection) -> UnitTree:
        """The tree that this transaction sees."""
        # asked for with every request: one question for both
        found = connection.execute(_STATE).one()
        state = (found[0], found[1])
        # read and replaced as a whole: other threads do the same
        memory = self._memory
        if memory is None or memory[0] != state:
            memory = self._memory = (state, _read(connection))
        return memory[1]


def _read(connection: Connection) -> UnitTree:
    rows = connection.execute(
        select(unit.c.code, unit.c.parent, unit.c.areas).where(unit.c.removed.is_(False))
    ).all()
    return UnitTree({row.code: row.parent for row in rows}, {row.code: row.areas for row in rows})
