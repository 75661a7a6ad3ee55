"""The tables, the guards of the audit chain, and the rows that are always there."""

from __future__ import annotations

from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

revision = "0001"
down_revision = None

_Id = BigInteger().with_variant(Integer, "sqlite")
_tables = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Table(
    "service_fact",
    _tables,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

Table(
    "change_counter",
    _tables,
    Column("id", SmallInteger, CheckConstraint("id = 1", name="one_row"), primary_key=True),
    Column("position", BigInteger, nullable=False),
)

Table(
    "threat",
    _tables,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("ref", String(24), nullable=False, unique=True),
    Column("source", String(10), nullable=False),
    Column("source_id", String(120)),
    Column("category", String(40), nullable=False),
    Column("status", String(20)),
    Column("occurred_from", DateTime, nullable=False),
    Column("occurred_to", DateTime),
    Column("part_of_day", String(20)),
    Column("weekdays", String(13)),
    Column("reported_at", DateTime, nullable=False),
    Column("description", Text),
    Column("place", Text),
    Column("unit", String(20)),
    Column("voivodeship", String(2)),
    Column("county", String(4)),
    Column("commune", String(7)),
    Column("confirmations", Integer, nullable=False),
    Column("read_due", DateTime),
    Column("verify_due", DateTime),
    Column("local_day", Date, nullable=False),
    Column("local_weekday", SmallInteger, nullable=False),
    Column("local_hour", SmallInteger, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_at", DateTime, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("geom", Geometry("POINT", srid=4326, spatial_index=True), nullable=False),
    UniqueConstraint("source", "source_id"),
    CheckConstraint("source IN ('police', 'community', 'citizen')", name="source"),
    Index(None, "seq"),
    Index(None, "category", "occurred_from"),
    Index(None, "occurred_from"),
)

Table(
    "area",
    _tables,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("code", String(7), nullable=False, unique=True),
    Column("level", String(12), nullable=False),
    Column("name", Text, nullable=False),
    Column("parent", String(7)),
    Column("approximate", Boolean, nullable=False),
    Column("population", Integer),
    Column("version", Integer, nullable=False),
    Column("updated_at", DateTime, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("geom", Geometry("MULTIPOLYGON", srid=4326, spatial_index=True), nullable=False),
    Index(None, "seq"),
)

Table(
    "unit",
    _tables,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("code", String(20), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("parent", String(20)),
    Column("areas", Text, nullable=False),
    Column("seat_lon", Float),
    Column("seat_lat", Float),
    Column("version", Integer, nullable=False),
    Column("updated_at", DateTime, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("geom", Geometry("MULTIPOLYGON", srid=4326, spatial_index=True), nullable=False),
    Index(None, "seq"),
)

Table(
    "decision",
    _tables,
    Column("id", _Id, primary_key=True, autoincrement=False),
    Column("uuid", String(36), nullable=False, unique=True),
    Column("threat_id", _Id, ForeignKey("threat.id"), nullable=False),
    Column("base_version", Integer, nullable=False),
    Column("threat_version", Integer, nullable=False),
    Column("from_status", String(20), nullable=False),
    Column("to_status", String(20), nullable=False),
    Column("reason", String(40)),
    Column("note", Text),
    Column("method", String(40)),
    Column("institution", Text),
    Column("planned_date", Date),
    Column("decided_at", DateTime, nullable=False),
    Column("received_at", DateTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("actor_role", String(20), nullable=False),
    Column("actor_unit", String(20)),
    Column("seq", BigInteger, nullable=False),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Index(None, "threat_id"),
    Index(None, "seq"),
    UniqueConstraint("threat_id", "base_version"),
)

Table(
    "access_token",
    _tables,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("name", String(120), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("unit", String(20)),
    Column("hash", String(64), nullable=False, unique=True),
    Column("created_at", DateTime, nullable=False),
    Column("expires_at", DateTime),
    Column("revoked_at", DateTime),
    Column("last_used_at", DateTime),
)

Table(
    "import_run",
    _tables,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("kind", String(20), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("started_at", DateTime, nullable=False),
    Column("summary", JSON, nullable=False),
)

# Decisions are append-only, whoever is connected to the database. The newest
# one's id is noted as a fact, so that an audit sees when the chain's end is cut off.
_REFUSAL = "decisions are append-only"
_REFUSE = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
_NOTE_LAST = "UPDATE service_fact SET value = CAST(NEW.id AS TEXT) WHERE key = 'last_decision'"

_SQLITE = (
    f"CREATE TRIGGER decision_no_update BEFORE UPDATE ON decision {_REFUSE}",
    f"CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision {_REFUSE}",
    f"CREATE TRIGGER decision_note_last AFTER INSERT ON decision BEGIN {_NOTE_LAST}; END",
)

_POSTGRESQL = (
    "CREATE FUNCTION decision_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
    "CREATE FUNCTION decision_note_last() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN {_NOTE_LAST}; RETURN NULL; END $$",
    "CREATE TRIGGER decision_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON decision "
    "FOR EACH STATEMENT EXECUTE FUNCTION decision_refuse_change()",
    "CREATE TRIGGER decision_note_last AFTER INSERT ON decision "
    "FOR EACH ROW EXECUTE FUNCTION decision_note_last()",
)


def upgrade() -> None:
    """Make the schema in an empty database."""
    connection = op.get_bind()
    on_postgresql = connection.dialect.name == "postgresql"
    # 0: inside this transaction, not one of its own
    op.execute("CREATE EXTENSION IF NOT EXISTS postgis" if on_postgresql else "SELECT InitSpatialMetaData(0)")
    _tables.create_all(connection)
    op.execute("INSERT INTO change_counter (id, position) VALUES (1, 0)")
    op.execute("INSERT INTO service_fact (key, value) VALUES ('last_decision', '0'), ('schema', '1')")
    for statement in _POSTGRESQL if on_postgresql else _SQLITE:
        op.execute(statement)
