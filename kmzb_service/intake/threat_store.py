"""Writing threats and the decisions they bring, a batch at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, bindparam, func, insert, select, update

from kmzb_service.catalogue.model import Catalogue
from kmzb_service.database.audit_chain import append_rows
from kmzb_service.database.engine import take_positions, writing
from kmzb_service.database.tables import decision, threat
from kmzb_service.intake.errors import Refused
from kmzb_service.intake.facts import CONTENT_COLUMNS, COORDINATE_DECIMALS, Facts
from kmzb_service.intake.history import Step
from kmzb_service.intake.mapping import Mapping
from kmzb_service.intake.meeting_store import store_meetings
from kmzb_service.intake.outcome import Summary, wait_for_turn
from kmzb_service.intake.placement import KnownPlaces, Places
from kmzb_service.intake.reading import Row
from kmzb_service.intake.threat_columns import ThreatColumns, new_ids


@dataclass(frozen=True)
class _Present:
    """A threat as the database has it, with the UUIDs of its decisions."""

    id: int
    version: int
    status: str | None
    verify_due: datetime | None
    removed: bool
    content: dict[str, Any]
    lon: float
    lat: float
    decided: set[str]

    def missing(self, steps: tuple[Step, ...], status_column: str) -> tuple[Step, ...]:
        """Those steps of the file that are still to be written.

        Raises:
            Refused: the report has been decided otherwise here.
        """
        missing = tuple(step for step in steps if step.uuid not in self.decided)
        if not missing or missing[-1].to_status == self.status:
            return ()
        if missing[0].from_status == self.status and len(self.decided) + len(missing) == len(steps):
            return missing
        raise Refused(status_column, f"the report was decided here meanwhile and is {self.status!r}")

    def confirmed_meanwhile(self, facts: Facts) -> Facts:
        """The facts with the confirmations that came here directly: their number never falls."""
        most = max(self.content["confirmations"], facts.content["confirmations"])
        return replace(facts, content={**facts.content, "confirmations": most})

    def says(self, facts: Facts) -> bool:
        """Whether the database says all that the facts say."""
        return not self.removed and (self.content, self.lon, self.lat) == (
            facts.content,
            facts.lon,
            facts.lat,
        )


class ThreatStore:
    """Writes batches of facts into the tables.

    Args:
        engine: an initialised database.
        zone: of the local calendar columns.
        catalogue: deadlines, reference prefixes, the initial status.
        mapping: whose plane and sender the facts are of.
        now: the instant of the import.
    """

    def __init__(
        self, engine: Engine, zone: ZoneInfo, catalogue: Catalogue, mapping: Mapping, now: datetime
    ) -> None:
        self._engine = engine
        self._now = now
        self._plane = mapping.source.plane
        self._actor = f"import: {mapping.source.name}"
        self._status_column = mapping.columns.status or ""
        self._columns = ThreatColumns(zone, catalogue, self._plane)
        self._places = KnownPlaces()

    def write(self, batch: Sequence[tuple[Row, Facts]], summary: Summary) -> list[tuple[Row, Refused]]:
        """Write a batch in one transaction and count its rows; return the refused ones."""
        refused = []
        added: list[dict[str, Any]] = []
        updated: list[dict[str, Any]] = []
        decisions: list[dict[str, Any]] = []
        unchanged = 0
        with writing(self._engine) as connection:
            wait_for_turn(connection)
            places = self._places.now(connection)
            present = _present(connection, self._plane, [facts for _, facts in batch])
            ids = new_ids(connection)
            for row, facts in batch:
                old = present.get(facts.source_id)
                if old is not None:
                    facts = old.confirmed_meanwhile(facts)
                try:
                    steps = facts.steps if old is None else old.missing(facts.steps, self._status_column)
                except Refused as error:
                    refused.append((row, error))
                    continue
                if old is None:
                    written = self._columns.of_new(next(ids), facts, places, self._now)
                    added.append(written)
                elif steps or not old.says(facts):
                    written = self._updated(old, facts, steps, places)
                    updated.append(written)
                else:
                    unchanged += 1
                    continue
                first = written["version"] - len(steps)
                decisions += (
                    step.row(written["id"], version, self._actor, self._now)
                    for version, step in enumerate(steps, start=first)
                )
            store_threats(connection, added, updated, decisions)
            meetings = [facts.meeting for _, facts in batch if facts.meeting is not None]
            store_meetings(connection, meetings, self._actor, self._now)
        summary.added += len(added)
        summary.updated += len(updated)
        summary.unchanged += unchanged
        return refused

    def _updated(
        self, old: _Present, facts: Facts, steps: tuple[Step, ...], places: Places
    ) -> dict[str, Any]:
        return {
            "id": old.id,
            **self._columns.following(facts, places, self._now),
            "status": steps[-1].to_status if steps else old.status,
            "verify_due": self._columns.verify_due(steps) or old.verify_due,
            "version": old.version + (not old.says(facts)) + len(steps),
        }


def _present(connection: Connection, plane: str, batch: Sequence[Facts]) -> dict[str, _Present]:
    """The threats of a batch that are there already, by source id."""
    ids = [facts.source_id for facts in batch]
    known = (threat.c.source == plane) & threat.c.source_id.in_(ids)
    decided: dict[int, set[str]] = {}
    if any(facts.steps for facts in batch):
        query = select(decision.c.threat_id, decision.c.uuid).join(threat).where(known)
        for threat_id, uuid in connection.execute(query):
            decided.setdefault(threat_id, set()).add(uuid)
    rows = connection.execute(
        select(
            *(threat.c[name] for name in ("source_id", "id", "version", "status", "verify_due", "removed")),
            func.ST_X(threat.c.geom).label("lon"),
            func.ST_Y(threat.c.geom).label("lat"),
            *(threat.c[name] for name in CONTENT_COLUMNS),
        ).where(known)
    ).mappings()
    return {
        row["source_id"]: _Present(
            id=row["id"],
            version=row["version"],
            status=row["status"],
            verify_due=row["verify_due"],
            removed=row["removed"],
            content={name: row[name] for name in CONTENT_COLUMNS},
            lon=round(row["lon"], COORDINATE_DECIMALS),
            lat=round(row["lat"], COORDINATE_DECIMALS),
            decided=decided.get(row["id"], set()),
        )
        for row in rows
    }


def store_threats(
    connection: Connection,
    added: list[dict[str, Any]],
    updated: Sequence[dict[str, Any]] = (),
    decisions: Sequence[dict[str, Any]] = (),
) -> None:
    """Give every row its position and write all of them."""
    changed = [*added, *updated, *decisions]
    if not changed:
        return
    for position, row in enumerate(changed, start=take_positions(connection, len(changed))):
        row["seq"] = position
    if added:
        connection.execute(insert(threat), added)
    if updated:
        columns = [name for name in updated[0] if name != "id"]
        connection.execute(
            update(threat)
            .where(threat.c.id == bindparam("threat_id"))
            .values({name: bindparam(name) for name in columns}),
            [{"threat_id": row.pop("id"), **row} for row in updated],
        )
    append_rows(connection, decisions)
