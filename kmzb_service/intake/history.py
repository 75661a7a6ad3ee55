"""What an imported report has been through, as decisions of the audit chain.

A sender's file says how a report stands and when it was taken up and
decided. The map's rule is that a status is what the last decision says, so
the steps that lead there by the workflow are written as decisions. Their
UUIDs follow from the report and the step: importing again makes none twice.
"""

from __future__ import annotations

import uuid
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from kmzb_service.catalogue.model import Catalogue
from kmzb_service.intake.errors import Refused

ACTOR_ROLE = "import"
TAKEN_UP = "verification"
HANDED_OVER = "handed_over"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:kmzb:import")


@dataclass(frozen=True)
class Ending:
    """How a report stands by its file, and what the file says of the way there."""

    status: str
    taken_at: datetime | None = None
    confirmed_at: datetime | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    note: str | None = None
    method: str | None = None
    institution: str | None = None


@dataclass(frozen=True)
class Step:
    """One decision of an imported history."""

    uuid: str
    from_status: str
    to_status: str
    decided_at: datetime
    reason: str | None = None
    note: str | None = None
    method: str | None = None
    institution: str | None = None

    def row(self, threat_id: int, base_version: int, actor: str, now: datetime) -> dict[str, Any]:
        """The step as a row of ``decision``, still without position and seal."""
        return {
            **vars(self),
            "threat_id": threat_id,
            "base_version": base_version,
            "threat_version": base_version + 1,
            "received_at": now,
            "actor": actor,
            "actor_role": ACTOR_ROLE,
        }


class Histories:
    """Makes the steps that lead from a new report to how it stands."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._initial = catalogue.initial
        edges = [(step.from_, step.to) for step in catalogue.transitions]
        to_taken = _shortest(edges, catalogue.initial, TAKEN_UP)
        endings = [one.code for one in catalogue.statuses if one.code != catalogue.initial]
        self._direct = {end: _shortest(edges, catalogue.initial, end) for end in endings}
        self._by_taking_up = {end: to_taken + _shortest(edges, TAKEN_UP, end)[1:] for end in endings}

    def steps(self, report: str, reported_at: datetime, ending: Ending) -> tuple[Step, ...]:
        """The decisions of one report, oldest first; none while it is new.

        A time that the file does not give is that of the step before.

        Args:
            report: what identifies the report, for the steps' UUIDs.
            reported_at: when it was placed; nothing happened before.
            ending: what the file says.

        Raises:
            Refused: a step lies before the one it follows.
        """
        if ending.status == self._initial:
            return ()
        way = (self._direct if ending.taken_at is None else self._by_taking_up)[ending.status]
        steps: list[Step] = []
        before = reported_at
        for number, (source, target) in enumerate(pairwise(way), start=1):
            last = number == len(way) - 1
            field = "taken_at" if target == TAKEN_UP else "decided_at" if last else "confirmed_at"
            given: datetime | None = getattr(ending, field)
            if given is not None and given < before:
                raise Refused(field, f"the step to {target!r} lies before the one it follows")
            before = given or before
            steps.append(
                Step(
                    uuid=str(uuid.uuid5(_NAMESPACE, f"{report}/{number}/{source}/{target}")),
                    from_status=source,
                    to_status=target,
                    decided_at=before,
                    reason=ending.reason if last else None,
                    note=ending.note if last else None,
                    method=ending.method if source == TAKEN_UP else None,
                    institution=ending.institution if target == HANDED_OVER else None,
                )
            )
        return tuple(steps)


def _shortest(edges: list[tuple[str, str]], start: str, end: str) -> tuple[str, ...]:
    """The statuses on the shortest way through the workflow, both ends included."""
    ways: deque[tuple[str, ...]] = deque([(start,)])
    seen = {start}
    while ways:
        way = ways.popleft()
        if way[-1] == end:
            return way
        following = [target for source, target in edges if source == way[-1] and target not in seen]
        seen.update(following)
        ways.extend((*way, target) for target in following)
    raise ValueError(f"the workflow has no way from {start} to {end}")
