"""Whom the issuer's tokens let in: written down for whoever asks who uses the service, never asked by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, insert, select, update

from kmzb_service.database.engine import reading, writing
from kmzb_service.database.tables import issuer_caller
from kmzb_service.security.oidc import Bearer


@dataclass(frozen=True)
class IssuerCaller:
    """What the newest token of a person said, and when it was last used."""

    subject: str
    name: str
    role: str
    unit: str | None
    last_used_at: datetime


def record_issuer_use(engine: Engine, bearer: Bearer, instant: datetime) -> None:
    """Note that the issuer's token of a person was used."""
    said = {"name": bearer.name, "role": bearer.role, "unit": bearer.unit, "last_used_at": instant}
    with writing(engine) as connection:
        known = connection.execute(
            update(issuer_caller).where(issuer_caller.c.subject == bearer.subject).values(said)
        )
        if known.rowcount == 0:
            connection.execute(insert(issuer_caller).values(subject=bearer.subject, **said))


def list_issuer_callers(engine: Engine) -> list[IssuerCaller]:
    """Everyone whom the issuer's tokens have let in, by name."""
    columns = [issuer_caller.c[name] for name in IssuerCaller.__annotations__]
    with reading(engine) as connection:
        rows = connection.execute(
            select(*columns).order_by(issuer_caller.c.name, issuer_caller.c.subject)
        ).all()
    return [IssuerCaller(*row) for row in rows]
