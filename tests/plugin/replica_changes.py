"""What a service sends of threats that changed."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from kmzb_qgis_plugin.client.service_client import Changes
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.replica import Replica


def changes_to(replica: Replica, fid: int, removed: int | None = None, **members: Any) -> Changes:
    """What the service sends when a threat gets other members, and another one goes."""
    with closing(replica.reader()) as connection:
        row = queries.threat(connection, fid)
    assert row is not None
    point = {"type": "Point", "coordinates": [row.lon, row.lat]}
    extra = dict.fromkeys(("attachments", "meeting", "organiser", "participants"))
    feature = {"id": fid, "geometry": point, "properties": {**extra, **row._asdict(), **members}}
    gone = {} if removed is None else {"threats": [removed]}
    return Changes(threats=[feature], removed=gone, next_cursor="next", up_to_date=True)
