"""The columns of a threat that follow from the facts: reference, place, deadlines, local calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from kmzb_service.catalogue.model import Catalogue
from kmzb_service.database.tables import SRID, threat
from kmzb_service.intake.facts import COORDINATE_DECIMALS, Facts
from kmzb_service.intake.history import TAKEN_UP, Step
from kmzb_service.intake.placement import Places


class ThreatColumns:
    """Makes the columns of one plane's threats.

    Args:
        zone: of the local calendar columns.
        catalogue: deadlines, reference prefixes, the initial status.
        plane: code of the plane.
    """

    def __init__(self, zone: ZoneInfo, catalogue: Catalogue, plane: str) -> None:
        self._zone = zone
        (self._plane,) = (one for one in catalogue.sources if one.code == plane)
        self._initial = catalogue.initial if self._plane.workflow else None
        self._read_time = timedelta(days=catalogue.deadlines.read_days)
        self._verify_time = timedelta(days=catalogue.deadlines.verify_days)

    def of_new(self, threat_id: int, facts: Facts, places: Places, now: datetime) -> dict[str, Any]:
        """All columns of a threat that was not there before, but ``seq``."""
        return {
            "id": threat_id,
            "ref": f"{self._plane.ref_prefix}-{threat_id:07d}",
            "source": self._plane.code,
            "source_id": facts.source_id,
            **self.following(facts, places, now),
            "status": facts.steps[-1].to_status if facts.steps else self._initial,
            "verify_due": self.verify_due(facts.steps),
            "version": 1 + len(facts.steps),
        }

    def following(self, facts: Facts, places: Places, now: datetime) -> dict[str, Any]:
        """The columns that follow from facts alone, whatever was there before."""
        local = facts.content["occurred_from"].astimezone(self._zone)
        # fixed decimals: not every parser knows the form 1e-05
        x, y = (f"{degrees:.{COORDINATE_DECIMALS}f}" for degrees in (facts.lon, facts.lat))
        return {
            **facts.content,
            **places.at(facts.lon, facts.lat)._asdict(),
            "read_due": facts.content["reported_at"] + self._read_time if self._plane.workflow else None,
            "local_day": local.date(),
            "local_weekday": local.isoweekday(),
            "local_hour": local.hour,
            "updated_at": now,
            "removed": False,
            "geom": f"SRID={SRID};POINT({x} {y})",
        }

    def verify_due(self, steps: Sequence[Step]) -> datetime | None:
        """The deadline of verification after steps; None when they do not take it up."""
        taken = [step.decided_at for step in steps if step.to_status == TAKEN_UP]
        return taken[-1] + self._verify_time if taken else None


def new_ids(connection: Connection) -> count[int]:
    """Ids for threats that are not there yet; the caller has the turn to write."""
    return count((connection.execute(select(func.max(threat.c.id))).scalar() or 0) + 1)
