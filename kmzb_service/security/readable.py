"""Finding a threat that a caller may read, for the resources that hang on one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row

from kmzb_service.database.tables import threat
from kmzb_service.database.wire import THREATS
from kmzb_service.security.caller import READERS
from kmzb_service.security.gate import Caller


def readable_threat(connection: Connection, caller: Caller, threat_id: int) -> Row[Any] | None:
    """A threat as a row of ``THREATS.rows``; none when it is not there or the caller may not read it."""
    if caller.role not in READERS:
        return None
    query = THREATS.rows.where(threat.c.id == threat_id, caller.scope.visible(THREATS))
    return connection.execute(query).first()
