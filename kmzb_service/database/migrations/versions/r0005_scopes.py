"""How far a token reaches, and the places that threats have left."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column, DateTime, Integer, String

revision = "0005"
down_revision = "0004"

_Id = BigInteger().with_variant(Integer, "sqlite")
_MOVED = "OLD.unit {differs} NEW.unit OR OLD.voivodeship {differs} NEW.voivodeship"
_NOTE = (
    "INSERT INTO departure (threat_id, unit, voivodeship, left_at, seq) "
    "VALUES (OLD.id, OLD.unit, OLD.voivodeship, {now}, NEW.seq)"
)
# in SQLite as SQLAlchemy writes instants there
_SQLITE_NOW = "strftime('%Y-%m-%d %H:%M:%f000', 'now')"
_POSTGRESQL_NOW = "clock_timestamp() AT TIME ZONE 'UTC'"

_SQLITE = (
    "CREATE TRIGGER threat_note_departure AFTER UPDATE OF unit, voivodeship ON threat "
    f"WHEN {_MOVED.format(differs='IS NOT')} BEGIN {_NOTE.format(now=_SQLITE_NOW)}; END",
)

_POSTGRESQL = (
    "CREATE FUNCTION threat_note_departure() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN {_NOTE.format(now=_POSTGRESQL_NOW)}; RETURN NULL; END $$",
    "CREATE TRIGGER threat_note_departure AFTER UPDATE OF unit, voivodeship ON threat FOR EACH ROW "
    f"WHEN ({_MOVED.format(differs='IS DISTINCT FROM')}) EXECUTE FUNCTION threat_note_departure()",
)


def upgrade() -> None:
    """Add both; tokens that are there go on reading the whole country."""
    op.add_column("access_token", Column("reach", String(12), nullable=False, server_default="country"))
    op.create_table(
        "departure",
        Column("id", _Id, primary_key=True, autoincrement=True),
        Column("threat_id", _Id, nullable=False),
        Column("unit", String(20)),
        Column("voivodeship", String(2)),
        Column("left_at", DateTime, nullable=False),
        Column("seq", BigInteger, nullable=False),
    )
    op.create_index("ix_departure_seq", "departure", ["seq"])
    for name, second in (("voivodeship", "id"), ("voivodeship", "seq"), ("unit", "seq")):
        op.create_index(f"ix_threat_{name}_{second}", "threat", [name, second])
    op.execute("INSERT INTO service_fact (key, value) VALUES ('forgotten_upto', '0')")
    for statement in _POSTGRESQL if op.get_bind().dialect.name == "postgresql" else _SQLITE:
        op.execute(statement)
