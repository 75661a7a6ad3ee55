"""Writing meetings: rows that are known by their UUID."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from kmzb_service.database.tables import meeting
from kmzb_service.intake.facts import MeetingFacts

_FACTS = tuple(MeetingFacts.__annotations__)


def meetings_in(connection: Connection, uuids: Iterable[str]) -> dict[str, MeetingFacts]:
    """Those of the meetings that are there, by UUID."""
    query = select(*(meeting.c[name] for name in _FACTS)).where(meeting.c.uuid.in_(list(uuids)))
    return {row.uuid: MeetingFacts(*row) for row in connection.execute(query)}


def store_meetings(
    connection: Connection, meetings: Iterable[MeetingFacts], sent_by: str, now: datetime
) -> None:
    """Add the meetings that are new and update those that say something else.

    Args:
        connection: inside a write transaction.
        meetings: each UUID once, or always with the same facts.
        sent_by: who says so.
        now: the instant of the change.
    """
    told = {one.uuid: one for one in meetings}
    present = meetings_in(connection, told)
    mark = {"sent_by": sent_by, "received_at": now}
    added = [asdict(one) | mark for uuid, one in told.items() if uuid not in present]
    changed = [asdict(one) | mark for uuid, one in told.items() if present.get(uuid, one) != one]
    if added:
        connection.execute(insert(meeting), added)
    if changed:
        connection.execute(
            update(meeting)
            .where(meeting.c.uuid == bindparam("known"))
            .values({name: bindparam(name) for name in changed[0] if name != "uuid"}),
            [{**row, "known": row["uuid"]} for row in changed],
        )
