"""A small map put straight into the tables: what the tests of the HTTP resources look at."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import Engine, Table, func, insert, select, update

from kmzb_service.database.audit_chain import append_rows
from kmzb_service.database.engine import take_positions, writing
from kmzb_service.database.tables import area, threat, unit

FIRST_INSTANT = datetime(2021, 3, 1, 12, 0, tzinfo=UTC)
CATEGORIES = ("speeding", "illegal_parking", "vandalism")


def add_reports(engine: Engine, count: int, **facts: Any) -> list[int]:
    """Citizens' reports, an hour and a hundredth of a degree apart; ``facts`` hold for all of them."""
    rows = [
        _report(number) | facts
        for number in range(_next_id(engine, threat), _next_id(engine, threat) + count)
    ]
    return _add(engine, threat, rows)


def add_police_record(engine: Engine, **facts: Any) -> int:
    """One police record: no status, no deadlines."""
    number = _next_id(engine, threat)
    row = _report(number) | {
        "source": "police",
        "ref": f"P-{number:07d}",
        "category": "vehicle_theft",
        "status": None,
        "read_due": None,
    }
    return _add(engine, threat, [row | facts])[0]


def add_area(engine: Engine, code: str, west: float = 15.0, **facts: Any) -> int:
    """A county of half a degree with a hole, and an exclave."""
    polygons = ", ".join(
        (
            f"(({west} 52, {west + 0.5} 52, {west + 0.5} 52.5, {west} 52.5, {west} 52),"
            f" ({west + 0.2} 52.2, {west + 0.2} 52.3, {west + 0.3} 52.3, {west + 0.2} 52.2))",
            f"(({west} 53, {west + 0.1} 53, {west + 0.1} 53.1, {west} 53))",
        )
    )
    row = {
        "id": _next_id(engine, area),
        "code": code,
        "level": "county",
        "name": f"powiat {code}",
        "parent": code[:2],
        "approximate": True,
        "population": 70_000,
        "geom": f"SRID=4326;MULTIPOLYGON({polygons})",
    }
    return _add(engine, area, [row | facts])[0]


def add_unit(engine: Engine, code: str, **facts: Any) -> int:
    """A county's police command."""
    row = {
        "id": _next_id(engine, unit),
        "code": code,
        "name": f"Komenda {code}",
        "kind": "KPP",
        "areas": "0802",
        "seat_lon": 15.1,
        "seat_lat": 52.1,
        "geom": "SRID=4326;MULTIPOLYGON(((15 52, 16 52, 16 53, 15 52)))",
    }
    return _add(engine, unit, [row | facts])[0]


def change(engine: Engine, table: Table, row_id: int, **values: Any) -> None:
    """Change a row as an import does: a new version at a new position."""
    with writing(engine) as connection:
        position = take_positions(connection, 1)
        connection.execute(
            update(table)
            .where(table.c.id == row_id)
            .values(seq=position, version=table.c.version + 1, updated_at=datetime.now(UTC), **values)
        )


def add_decisions(
    engine: Engine, threat_id: int, *statuses: str, start: str = "new", base_version: int = 1
) -> None:
    """Decisions that lead a report through these statuses, its status and version with them."""
    ends = (start, *statuses)
    with writing(engine) as connection:
        position = take_positions(connection, len(statuses) + 1)
        rows = [
            {
                "uuid": str(uuid.uuid4()),
                "threat_id": threat_id,
                "base_version": base_version + number,
                "threat_version": base_version + number + 1,
                "from_status": before,
                "to_status": after,
                "decided_at": FIRST_INSTANT + timedelta(days=number),
                "received_at": FIRST_INSTANT + timedelta(days=number),
                "actor": "importer",
                "actor_role": "coordinator",
                "seq": position + number,
            }
            for number, (before, after) in enumerate(pairwise(ends))
        ]
        append_rows(connection, rows)
        connection.execute(
            update(threat)
            .where(threat.c.id == threat_id)
            .values(status=statuses[-1], version=base_version + len(statuses), seq=position + len(statuses))
        )


def decision(threat_id: int, to_status: str, base_version: int = 1, **facts: Any) -> dict[str, Any]:
    """A decision as a desk sends it."""
    return {
        "uuid": str(uuid.uuid4()),
        "threat_id": threat_id,
        "base_version": base_version,
        "to_status": to_status,
        "decided_at": "2021-03-02T08:30:00.000Z",
        **facts,
    }


def _report(number: int) -> dict[str, Any]:
    occurred = FIRST_INSTANT + timedelta(hours=number - 1)
    return {
        "id": number,
        "ref": f"Z-{number:07d}",
        "source": "citizen",
        "source_id": f"source-{number}",
        "category": CATEGORIES[number % len(CATEGORIES)],
        "status": "new",
        "occurred_from": occurred,
        "reported_at": occurred,
        "description": f"Zgłoszenie nr {number}: „zażółć gęślą jaźń”",
        "unit": "KPP-KROSNO",
        "voivodeship": "08",
        "county": "0802",
        "confirmations": number % 3,
        "read_due": occurred + timedelta(days=3),
        "local_day": (occurred + timedelta(hours=1)).date(),
        "local_weekday": (occurred + timedelta(hours=1)).isoweekday(),
        "local_hour": (occurred + timedelta(hours=1)).hour,
        "geom": f"SRID=4326;POINT({15 + number / 100} {52 + number / 100})",
    }


def _add(engine: Engine, table: Table, rows: list[Mapping[str, Any]]) -> list[int]:
    with writing(engine) as connection:
        position = take_positions(connection, len(rows))
        complete = [
            {"updated_at": FIRST_INSTANT, **row, "seq": seq} for seq, row in enumerate(rows, start=position)
        ]
        connection.execute(insert(table), complete)
    return [row["id"] for row in rows]


def _next_id(engine: Engine, table: Table) -> int:
    with engine.connect() as connection:
        return (connection.execute(select(func.max(table.c.id))).scalar_one() or 0) + 1
