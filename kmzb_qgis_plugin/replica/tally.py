"""What one person has decided on one day."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from typing import Final

from kmzb_qgis_plugin.replica.errors import storage_errors
from kmzb_qgis_plugin.replica.outbox import Entry

_MOST_ROWS: Final = 50_000
"""The service takes a few thousand decisions a day; more are not gone through."""


def tally(connection: sqlite3.Connection, entries: Iterable[Entry], actor: str, since: str) -> dict[str, int]:
    """How many decisions there are by result, those that wait and those that other desks have sent too.

    Args:
        connection: to the replica.
        entries: of the outbox, from that day; one that the service has not taken does not count.
        actor: the person's name at the service.
        since: the instant at which the day began.
    """
    results = {
        entry.uuid: entry.decision.to_status
        for entry in entries
        if entry.meeting is None and entry.state in ("waiting", "sending", "sent")
    }
    with storage_errors("the replica"):
        # Decisions come in the order in which they were received: the newest are read until the day before.
        rows = connection.execute(
            "SELECT uuid, to_status, actor, received_at FROM decisions ORDER BY fid DESC LIMIT ?",
            (_MOST_ROWS,),
        )
        for uuid, to_status, who, received_at in rows:
            if received_at < since:
                break
            if who == actor:
                results[uuid] = to_status
    return dict(Counter(results.values()))
