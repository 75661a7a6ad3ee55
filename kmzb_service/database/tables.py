"""The tables, for SpatiaLite and PostGIS alike.

Every row that a desk keeps a copy of carries ``seq``, the position of its
newest change. Positions come from the one row of ``change_counter``, taken
inside the writing transaction (see :func:`kmzb_service.database.engine.take_positions`):
that row's lock makes the order of positions the order of commits, so a reader
of ``seq > n`` never misses a row that commits late.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

SRID = 4326


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware ``datetime`` in Python, naive UTC in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


# SQLite gives a rowid alias, and with it the R-tree's key, to INTEGER only.
Id = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# key/value facts of this database: 'epoch' (new after init and restore), 'last_decision', and
# 'forgotten_upto': the position up to which departures have been forgotten.
service_fact = Table(
    "service_fact",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

change_counter = Table(
    "change_counter",
    metadata,
    Column("id", SmallInteger, CheckConstraint("id = 1", name="one_row"), primary_key=True),
    Column("position", BigInteger, nullable=False),
)

threat = Table(
    "threat",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("ref", String(24), nullable=False, unique=True),
    Column("source", String(10), nullable=False),  # police | community | citizen
    Column("source_id", String(120)),  # the sending system's own id
    Column("sent_by", String(120)),  # whose token sent it; null for what was imported
    Column("category", String(40), nullable=False),
    Column("status", String(20)),  # null for police records and community signals
    Column("occurred_from", UtcDateTime, nullable=False),
    Column("occurred_to", UtcDateTime),
    Column("part_of_day", String(20)),  # morning | forenoon | afternoon | evening | night
    Column("weekdays", String(13)),  # ISO numbers ticked by the reporter, "1,5"
    Column("reported_at", UtcDateTime, nullable=False),
    Column("description", Text),
    Column("place", Text),
    Column("unit", String(20)),
    Column("voivodeship", String(2)),
    Column("county", String(4)),
    Column("commune", String(7)),
    Column("confirmations", Integer, nullable=False, default=0),
    Column("attachments", Integer, nullable=False, server_default="0"),  # how many
    Column("meeting", String(36)),  # UUID of the meeting that a community signal comes from
    Column("organiser", Text),  # of that meeting
    Column("participants", Integer),  # of that meeting
    Column("read_due", UtcDateTime),
    Column("verify_due", UtcDateTime),
    # the calendar of the settings' time zone, for filters and statistics
    Column("local_day", Date, nullable=False),
    Column("local_weekday", SmallInteger, nullable=False),  # 1 Monday … 7 Sunday
    Column("local_hour", SmallInteger, nullable=False),
    Column("version", Integer, nullable=False, default=1),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("removed", Boolean, nullable=False, default=False),
    Column("geom", Geometry("POINT", srid=SRID, spatial_index=True), nullable=False),
    UniqueConstraint("source", "source_id"),
    CheckConstraint("source IN ('police', 'community', 'citizen')", name="source"),
    Index(None, "seq"),
    Index(None, "category", "occurred_from"),
    Index(None, "occurred_from"),
    # pages by one property: the index has them in the order of pages
    *(Index(None, name, "id") for name in ("category", "status", "unit", "voivodeship", "county", "commune")),
    # what has changed in a scope
    *(Index(None, name, "seq") for name in ("unit", "voivodeship")),
)

# Meetings and debates; what was raised there are threats, of the community plane, that name it.
meeting = Table(
    "meeting",
    metadata,
    Column("uuid", String(36), primary_key=True),
    Column("kind", String(10), nullable=False),  # meeting | debate
    Column("held_at", UtcDateTime, nullable=False),
    Column("lon", Float, nullable=False),
    Column("lat", Float, nullable=False),
    Column("place", Text),
    Column("organiser", Text, nullable=False),
    Column("participants", Integer),
    Column("sent_by", String(120), nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
)

# "Potwierdź": that somebody else confirmed a report, once for each UUID.
confirmation = Table(
    "confirmation",
    metadata,
    Column("uuid", String(36), primary_key=True),
    Column("threat_id", Id, ForeignKey("threat.id"), nullable=False),
    Column("sent_by", String(120), nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Index(None, "threat_id"),
)

# What came with a report; the files themselves are in the data folder, by their SHA-256.
attachment = Table(
    "attachment",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("threat_id", Id, ForeignKey("threat.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", String(80), nullable=False),
    Column("size", Integer, nullable=False),  # bytes
    Column("sha256", String(64), nullable=False),
    Column("sent_by", String(120), nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    UniqueConstraint("threat_id", "sha256"),
    Index(None, "sha256"),
)

area = Table(
    "area",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("code", String(7), nullable=False, unique=True),  # TERYT, text: "08" is not 8
    Column("level", String(12), nullable=False),  # voivodeship | county | commune
    Column("name", Text, nullable=False),
    Column("parent", String(7)),
    Column("approximate", Boolean, nullable=False, default=False),
    Column("population", Integer),
    Column("version", Integer, nullable=False, default=1),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("removed", Boolean, nullable=False, default=False),
    Column("geom", Geometry("MULTIPOLYGON", srid=SRID, spatial_index=True), nullable=False),
    Index(None, "seq"),
)

unit = Table(
    "unit",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("code", String(20), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("kind", String(20), nullable=False),  # KWP | KMP | KPP | komisariat | posterunek | rewir
    Column("parent", String(20)),
    Column("areas", Text, nullable=False, default=""),  # TERYT codes, "0861,0801"
    Column("seat_lon", Float),
    Column("seat_lat", Float),
    Column("version", Integer, nullable=False, default=1),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("removed", Boolean, nullable=False, default=False),
    Column("geom", Geometry("MULTIPOLYGON", srid=SRID, spatial_index=True), nullable=False),
    Index(None, "seq"),
)

# Append-only; `id` is the place in the audit chain, `hash` covers the row and `prev_hash`.
decision = Table(
    "decision",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("uuid", String(36), nullable=False, unique=True),
    Column("threat_id", Id, ForeignKey("threat.id"), nullable=False),
    Column("base_version", Integer, nullable=False),
    Column("threat_version", Integer, nullable=False),  # the version that it made
    Column("from_status", String(20), nullable=False),
    Column("to_status", String(20), nullable=False),
    Column("reason", String(40)),
    Column("note", Text),
    Column("method", String(40)),
    Column("institution", Text),
    Column("planned_date", Date),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("actor_role", String(20), nullable=False),
    Column("actor_unit", String(20)),
    Column("seq", BigInteger, nullable=False),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Index(None, "threat_id"),
    Index(None, "seq"),
    # one accepted decision per version of a threat, whatever the code does
    UniqueConstraint("threat_id", "base_version"),
)

# Where threats were before they were given to another unit or voivodeship, noted by a trigger: whoever may
# see the old place but not the new one is told that the threat is gone, and nobody else is told anything.
departure = Table(
    "departure",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("threat_id", Id, nullable=False),
    Column("unit", String(20)),
    Column("voivodeship", String(2)),
    Column("left_at", UtcDateTime, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Index(None, "seq"),
)

access_token = Table(
    "access_token",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("name", String(120), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("unit", String(20)),
    Column("reach", String(12), nullable=False, server_default="country"),  # own | voivodeship | country
    Column("hash", String(64), nullable=False, unique=True),  # SHA-256 of the token
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    Column("last_used_at", UtcDateTime),
)

# Whom tokens of the OpenID Connect issuer have let in, as the newest of them said, and when last.
issuer_caller = Table(
    "issuer_caller",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("unit", Text),
    Column("last_used_at", UtcDateTime, nullable=False),
)

# What an import brought and from where; its rows name it in rejects and logs.
import_run = Table(
    "import_run",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("kind", String(20), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("summary", JSON, nullable=False),
)
