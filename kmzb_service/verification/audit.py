"""The audit: whether the chain of decisions is whole, and explains every status."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, select

from kmzb_service.catalogue.model import load_catalogue
from kmzb_service.database.audit_chain import GENESIS_HASH, LAST_DECISION, row_hash
from kmzb_service.database.engine import reading
from kmzb_service.database.tables import decision, service_fact, threat

_ROWS_AT_ONCE = 5_000


@dataclass(frozen=True)
class AuditReport:
    """What an audit found.

    Attributes:
        checked: how many decisions were looked at.
        problems: one sentence for each thing that is wrong; none is good.
    """

    checked: int
    problems: tuple[str, ...]


def verify_chain(engine: Engine) -> AuditReport:
    """Look for changed, removed and re-ordered decisions, and for statuses that no decision explains."""
    with reading(engine) as connection:
        problems = (*_chain_problems(connection), *_status_problems(connection))
        checked = connection.execute(select(func.count()).select_from(decision)).scalar_one()
    return AuditReport(checked, problems)


def _chain_problems(connection: Connection) -> Iterator[str]:
    last_id, last_hash = 0, GENESIS_HASH
    rows = connection.execute(
        select(decision).order_by(decision.c.id),
        execution_options={"stream_results": True, "max_row_buffer": _ROWS_AT_ONCE},
    )
    for row in rows:
        if row.id != last_id + 1:
            yield _missing(last_id + 1, row.id - 1)
        elif row.prev_hash != last_hash:
            yield f"decision {row.id} does not follow decision {last_id} as it is now"
        if row_hash(row._asdict(), row.prev_hash) != row.hash:
            yield f"decision {row.id} was changed after it was taken"
        last_id, last_hash = row.id, row.hash
    noted = connection.execute(
        select(service_fact.c.value).where(service_fact.c.key == LAST_DECISION)
    ).scalar_one_or_none()
    if noted is None or int(noted) < last_id:
        yield "the note of the newest decision was changed"
    elif int(noted) > last_id:
        yield _missing(last_id + 1, int(noted))


def _status_problems(connection: Connection) -> Iterator[str]:
    newest = (
        select(decision.c.threat_id, func.max(decision.c.id).label("id"))
        .group_by(decision.c.threat_id)
        .subquery()
    )
    # a report that nobody has decided on has the status in which it came
    explained = func.coalesce(decision.c.to_status, load_catalogue().initial)
    rows = connection.execute(
        select(threat.c.ref, threat.c.status, explained.label("explained"), decision.c.id)
        .outerjoin(newest, newest.c.threat_id == threat.c.id)
        .outerjoin(decision, decision.c.id == newest.c.id)
        .where(threat.c.status.is_not(None), threat.c.status != explained)
        .order_by(threat.c.id)
    )
    for row in rows:
        source = "no decision" if row.id is None else f"decision {row.id}"
        yield f"report {row.ref} is {row.status}, but {source} makes it {row.explained}"


def _missing(first: int, last: int) -> str:
    return f"decision {first} is missing" if first == last else f"decisions {first} to {last} are missing"
