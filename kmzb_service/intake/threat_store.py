"""Writing threats and the decisions they bring, a batch at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, bindparam, func, insert, select, update

from kmzb_service.catalogue.model import Catalogue
from kmzb_service.database.audit_chain import append_rows
from kmzb_service.database.engine import take_positions, writing
from kmzb_service.database.tables import SRID, decision, threat
from kmzb_service.intake.errors import Refused
from kmzb_service.intake.history import TAKEN_UP, Step
from kmzb_service.intake.mapping import Mapping
from kmzb_service.intake.outcome import Summary, wait_for_turn
from kmzb_service.intake.placement import Places, newest_borders
from kmzb_service.intake.reading import Row
from kmzb_service.intake.threat_rows import CONTENT_COLUMNS, COORDINATE_DECIMALS, Facts


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
        self._zone = zone
        self._now = now
        self._actor = f"import: {mapping.source.name}"
        self._status_column = mapping.columns.status or ""
        (self._plane,) = (one for one in catalogue.sources if one.code == mapping.source.plane)
        self._initial = catalogue.initial if self._plane.workflow else None
        self._read_time = timedelta(days=catalogue.deadlines.read_days)
        self._verify_time = timedelta(days=catalogue.deadlines.verify_days)
        self._places: Places | None = None

    def write(self, batch: Sequence[tuple[Row, Facts]], summary: Summary) -> list[tuple[Row, Refused]]:
        """Write a batch in one transaction and count its rows; return the refused ones."""
        refused = []
        added: list[dict[str, Any]] = []
        updated: list[dict[str, Any]] = []
        decisions: list[dict[str, Any]] = []
        unchanged = 0
        with writing(self._engine) as connection:
            wait_for_turn(connection)
            if self._places is None or self._places.as_of != newest_borders(connection):
                self._places = Places(connection)
            present = _present(connection, self._plane.code, [facts for _, facts in batch])
            new_ids = count((connection.execute(select(func.max(threat.c.id))).scalar() or 0) + 1)
            for row, facts in batch:
                old = present.get(facts.source_id)
                try:
                    steps = facts.steps if old is None else old.missing(facts.steps, self._status_column)
                except Refused as error:
                    refused.append((row, error))
                    continue
                if old is None:
                    written = self._added(next(new_ids), facts, self._places)
                    added.append(written)
                elif steps or not old.says(facts):
                    written = self._updated(old, facts, steps, self._places)
                    updated.append(written)
                else:
                    unchanged += 1
                    continue
                first = written["version"] - len(steps)
                decisions += (
                    step.row(written["id"], version, self._actor, self._now)
                    for version, step in enumerate(steps, start=first)
                )
            _store(connection, added, updated, decisions)
        summary.added += len(added)
        summary.updated += len(updated)
        summary.unchanged += unchanged
        return refused

    def _added(self, threat_id: int, facts: Facts, places: Places) -> dict[str, Any]:
        return {
            "id": threat_id,
            "ref": f"{self._plane.ref_prefix}-{threat_id:07d}",
            "source": self._plane.code,
            "source_id": facts.source_id,
            **self._columns(facts, places),
            "status": facts.steps[-1].to_status if facts.steps else self._initial,
            "verify_due": self._verify_due(facts.steps),
            "version": 1 + len(facts.steps),
        }

    def _updated(
        self, old: _Present, facts: Facts, steps: tuple[Step, ...], places: Places
    ) -> dict[str, Any]:
        return {
            "id": old.id,
            **self._columns(facts, places),
            "status": steps[-1].to_status if steps else old.status,
            "verify_due": self._verify_due(steps) or old.verify_due,
            "version": old.version + (not old.says(facts)) + len(steps),
        }

    def _columns(self, facts: Facts, places: Places) -> dict[str, Any]:
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
            "updated_at": self._now,
            "removed": False,
            "geom": f"SRID={SRID};POINT({x} {y})",
        }

    def _verify_due(self, steps: Sequence[Step]) -> datetime | None:
        taken = [step.decided_at for step in steps if step.to_status == TAKEN_UP]
        return taken[-1] + self._verify_time if taken else None


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


def _store(
    connection: Connection,
    added: list[dict[str, Any]],
    updated: list[dict[str, Any]],
    decisions: list[dict[str, Any]],
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
