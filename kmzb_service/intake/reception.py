"""Taking in what systems and desks send one by one: reports, confirmations, meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, insert, select, update

from kmzb_service.catalogue.model import Catalogue
from kmzb_service.database.engine import take_positions, writing
from kmzb_service.database.instants import whole_milliseconds
from kmzb_service.database.tables import confirmation, threat
from kmzb_service.intake.facts import Facts, MeetingFacts
from kmzb_service.intake.meeting_store import meetings_in, store_meetings
from kmzb_service.intake.outcome import wait_for_turn
from kmzb_service.intake.placement import KnownPlaces
from kmzb_service.intake.rules import NoSuchThreat, RuleBroken, Rules
from kmzb_service.intake.submission import MeetingReport, Report
from kmzb_service.intake.threat_columns import ThreatColumns, new_ids
from kmzb_service.intake.threat_store import store_threats
from kmzb_service.security.caller import READERS
from kmzb_service.security.gate import Caller
from kmzb_service.security.readable import readable_threat
from kmzb_service.settings import Settings

Outcome = dict[str, Any]

_COMMUNITY = "community"


class Reception:
    """Writes what is sent into the tables, at once or not at all.

    Args:
        engine: an initialised database.
        settings: accepted bounds and time zone.
        catalogue: categories and workflow.
    """

    def __init__(self, engine: Engine, settings: Settings, catalogue: Catalogue) -> None:
        self._engine = engine
        self._catalogue = catalogue
        self._rules = Rules(catalogue, settings)
        self._columns = {
            plane.code: ThreatColumns(settings.zone, catalogue, plane.code) for plane in catalogue.sources
        }
        self._places = KnownPlaces()

    def report(self, report: Report, sender: str) -> tuple[int, bool]:
        """Take a report in, unless it is there already.

        Args:
            report: what was sent.
            sender: whose token sent it.

        Returns:
            The threat's id, and whether it is new.

        Raises:
            RuleBroken: it cannot stand on the map.
        """
        now = _now()
        facts = self._facts(report, now)
        plane = report.properties.source
        known = select(threat.c.id, threat.c.removed).where(
            threat.c.source == plane, threat.c.source_id == facts.source_id
        )
        with writing(self._engine) as connection:
            wait_for_turn(connection)
            present = connection.execute(known).first()
            if present is not None and present.removed:
                raise RuleBroken("removed", "properties.source_id", "this report was removed from the map")
            if present is not None:
                return int(present.id), False
            (threat_id,) = self._add(connection, plane, [facts], sender, now)
        return threat_id, True

    def confirm(self, threat_id: int, uuid: UUID, caller: Caller) -> tuple[int, bool]:
        """Count one more person who confirms a report, unless that is counted already.

        The report's version stays: a decision about it is none the staler for it.

        Returns:
            The number of confirmations, and whether this one is new.

        Raises:
            NoSuchThreat: there is none, for this caller.
            RuleBroken: it cannot be confirmed.
        """
        now = _now()
        with writing(self._engine) as connection:
            wait_for_turn(connection)
            counted = connection.execute(
                select(confirmation.c.threat_id).where(confirmation.c.uuid == str(uuid))
            ).scalar_one_or_none()
            if counted not in (None, threat_id):
                raise RuleBroken("uuid_reused", "uuid", "another report was confirmed with this UUID")
            present = connection.execute(
                select(threat.c.status, threat.c.confirmations).where(
                    threat.c.id == threat_id, threat.c.removed.is_(False)
                )
            ).first()
            # a sender confirms what citizens see; others what they may read
            hidden = caller.role in READERS and readable_threat(connection, caller, threat_id) is None
            if present is None or hidden:
                raise NoSuchThreat(threat_id)
            if counted is not None:
                return int(present.confirmations), False
            status = present.status and self._catalogue.status(present.status)
            if status is None or status.hidden:
                raise RuleBroken("not_shown", "", "only reports that citizens see can be confirmed")
            count = int(present.confirmations) + 1
            connection.execute(
                update(threat)
                .where(threat.c.id == threat_id)
                .values(confirmations=count, updated_at=now, seq=take_positions(connection, 1))
            )
            connection.execute(
                insert(confirmation).values(
                    uuid=str(uuid), threat_id=threat_id, sent_by=caller.name, received_at=now
                )
            )
        return count, True

    def meetings(self, meetings: Sequence[MeetingReport], sender: str) -> list[Outcome]:
        """Take meetings in, in one transaction with a savepoint for each.

        Returns:
            An outcome for each; what is called accepted has been committed.
        """
        now = _now()
        outcomes = []
        with writing(self._engine) as connection:
            wait_for_turn(connection)
            for meeting in meetings:
                outcome: Outcome = {"uuid": str(meeting.uuid)}
                try:
                    with connection.begin_nested():
                        outcome |= self._meeting(connection, meeting, sender, now)
                except RuleBroken as broken:
                    outcome |= {
                        "outcome": "rejected",
                        "rule": broken.rule,
                        "detail": broken.detail,
                        "field": broken.field,
                    }
                outcomes.append(outcome)
        return outcomes

    def _meeting(self, connection: Connection, meeting: MeetingReport, sender: str, now: datetime) -> Outcome:
        lon, lat = self._rules.point(meeting.lon, meeting.lat, "lon")
        told = MeetingFacts(
            **meeting.model_dump(exclude={"uuid", "concerns", "lon", "lat"}),
            uuid=str(meeting.uuid),
            lon=lon,
            lat=lat,
        )
        known = meetings_in(connection, [told.uuid]).get(told.uuid)
        if known is not None:
            raised = connection.execute(
                select(threat.c.id, threat.c.category, threat.c.description)
                .where(threat.c.source == _COMMUNITY, threat.c.meeting == told.uuid)
                .order_by(threat.c.id)
            ).all()
            concerns = [(concern.category, concern.description) for concern in meeting.concerns]
            if known != told or [tuple(row[1:]) for row in raised] != concerns:
                raise RuleBroken("uuid_reused", "uuid", "another meeting has this UUID already")
            return {"outcome": "duplicate", "threats": [row.id for row in raised]}
        self._rules.time(told.held_at, now, "held_at")
        facts = [self._concern(told, meeting, number) for number in range(len(meeting.concerns))]
        store_meetings(connection, [told], sender, now)
        return {
            "outcome": "accepted",
            "threats": self._add(connection, _COMMUNITY, facts, sender, now),
        }

    def _concern(self, told: MeetingFacts, meeting: MeetingReport, number: int) -> Facts:
        """The community signal that a concern of a meeting is."""
        concern, field = meeting.concerns[number], f"concerns.{number}"
        self._rules.category(concern.category, _COMMUNITY, told.held_at, f"{field}.category")
        self._rules.description(concern.description, concern.category, _COMMUNITY, f"{field}.description")
        return Facts(
            source_id=f"meeting:{told.uuid}/{number + 1}",
            content={
                "occurred_from": told.held_at,
                "occurred_to": None,
                "reported_at": told.held_at,
                "category": concern.category,
                "description": concern.description,
                "place": told.place,
                "part_of_day": None,
                "weekdays": None,
                "confirmations": 0,
                "meeting": told.uuid,
                "organiser": told.organiser,
                "participants": told.participants,
            },
            lon=told.lon,
            lat=told.lat,
        )

    def _facts(self, report: Report, now: datetime) -> Facts:
        """The facts of a report that breaks no rule."""
        said = report.properties
        reported_at = said.reported_at or now
        for name in ("occurred_from", "occurred_to", "reported_at"):
            self._rules.time(getattr(said, name), now, f"properties.{name}")
        if said.occurred_to is not None and said.occurred_to < said.occurred_from:
            raise RuleBroken("ends_before_start", "properties.occurred_to", "lies before the start")
        self._rules.category(said.category, said.source, reported_at, "properties.category")
        self._rules.description(said.description, said.category, said.source, "properties.description")
        lon, lat = self._rules.point(*report.geometry.coordinates, "geometry")
        return Facts(
            source_id=said.source_id,
            content={
                "occurred_from": said.occurred_from,
                "occurred_to": said.occurred_to,
                "reported_at": reported_at,
                "category": said.category,
                "description": said.description,
                "place": said.place,
                "part_of_day": said.part_of_day,
                "weekdays": said.days(),
                "confirmations": 0,
                "meeting": None,
                "organiser": None,
                "participants": None,
            },
            lon=lon,
            lat=lat,
        )

    def _add(
        self, connection: Connection, plane: str, facts: Sequence[Facts], sender: str, now: datetime
    ) -> list[int]:
        """Add threats of one plane; return their ids."""
        places, ids = self._places.now(connection), new_ids(connection)
        rows = [
            self._columns[plane].of_new(next(ids), one, places, now) | {"sent_by": sender} for one in facts
        ]
        store_threats(connection, rows)
        return [row["id"] for row in rows]


def _now() -> datetime:
    return whole_milliseconds(datetime.now(UTC))
