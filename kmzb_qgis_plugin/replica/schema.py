"""The replica's file format: what the service builds and the desk keeps."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kmzb_qgis_plugin.replica.errors import ReplicaDamaged, ReplicaOfOtherVersion, storage_errors

SCHEMA_VERSION: Final = 3

# Columns that come as members of a feature, in the order in which rows are written.
THREAT_MEMBERS: Final = (
    "ref",
    "source",
    "category",
    "status",
    "occurred_from",
    "occurred_to",
    "part_of_day",
    "weekdays",
    "reported_at",
    "description",
    "place",
    "unit",
    "voivodeship",
    "county",
    "commune",
    "confirmations",
    "attachments",
    "meeting",
    "organiser",
    "participants",
    "read_due",
    "verify_due",
    "local_day",
    "local_weekday",
    "local_hour",
    "version",
    "updated_at",
)
AREA_MEMBERS: Final = (
    "code",
    "level",
    "name",
    "parent",
    "approximate",
    "population",
    "version",
    "updated_at",
)
UNIT_MEMBERS: Final = (
    "code",
    "name",
    "kind",
    "parent",
    "areas",
    "seat_lon",
    "seat_lat",
    "version",
    "updated_at",
)
DECISION_MEMBERS: Final = (
    "uuid",
    "threat_id",
    "base_version",
    "threat_version",
    "from_status",
    "to_status",
    "reason",
    "note",
    "method",
    "institution",
    "planned_date",
    "decided_at",
    "received_at",
    "actor",
    "actor_role",
    "actor_unit",
    "hash",
)
_TABLES: Final = {
    "threats": {"fid", "geom", "lon", "lat", "pending_status", *THREAT_MEMBERS},
    "areas": {"fid", "geom", *AREA_MEMBERS},
    "units": {"fid", "geom", *UNIT_MEMBERS},
    "decisions": {"fid", *DECISION_MEMBERS},
    "threats_text": {"threat_id", "folded"},
    "kmzb_replica": {"key", "value"},
}


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Check that an open file is a replica of this version.

    Raises:
        ReplicaOfOtherVersion: it is of another version.
        ReplicaDamaged: it is not a replica, or lacks something.
    """
    with storage_errors(path):
        version = read_fact(connection, "schema_version")
        if version != str(SCHEMA_VERSION):
            raise ReplicaOfOtherVersion(f"{path}: version {version}, this plugin reads {SCHEMA_VERSION}")
        for table, needed in _TABLES.items():
            columns = {column[1] for column in connection.execute(f"PRAGMA table_info({table})")}
            if needed - columns:
                raise ReplicaDamaged(f"{path}: {table} lacks {sorted(needed - columns)}")


def begin_notes(connection: sqlite3.Connection) -> None:
    """Have a new file note which threats change, under a name that no other file has."""
    if read_fact(connection, "stamp") is None:
        connection.execute("CREATE TABLE IF NOT EXISTS kmzb_changed (revision INTEGER, fid INTEGER)")
        write_facts(connection, {"revision": "0", "stamp": uuid.uuid4().hex})


def read_fact(connection: sqlite3.Connection, key: str) -> str | None:
    """What the file says of itself, None where it says nothing."""
    row = connection.execute("SELECT value FROM kmzb_replica WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def write_facts(connection: sqlite3.Connection, facts: Mapping[str, str]) -> None:
    """Have the file say something of itself."""
    connection.executemany("INSERT OR REPLACE INTO kmzb_replica VALUES (?, ?)", facts.items())
