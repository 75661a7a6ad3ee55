"""The replica's file format: what the service builds and the desk keeps."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

from kmzb_qgis_plugin.replica.errors import ReplicaDamaged, ReplicaOfOtherVersion, storage_errors

SCHEMA_VERSION: Final = 1
FACTS_TABLE: Final = "kmzb_replica"

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
    FACTS_TABLE: {"key", "value"},
}


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Check that an open file is a replica of this version.

    Raises:
        ReplicaOfOtherVersion: it is of another version.
        ReplicaDamaged: it is not a replica, or lacks something.
    """
    with storage_errors(path):
        row = connection.execute(f"SELECT value FROM {FACTS_TABLE} WHERE key = 'schema_version'").fetchone()
        if row is None or row[0] != str(SCHEMA_VERSION):
            found = "no version" if row is None else f"version {row[0]}"
            raise ReplicaOfOtherVersion(f"{path}: {found}, this plugin reads {SCHEMA_VERSION}")
        for table, needed in _TABLES.items():
            columns = {column[1] for column in connection.execute(f"PRAGMA table_info({table})")}
            if needed - columns:
                raise ReplicaDamaged(f"{path}: {table} lacks {sorted(needed - columns)}")
