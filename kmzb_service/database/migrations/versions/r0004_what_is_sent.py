"""Reports that are sent one by one: by whom, from which meeting, with what attached, confirmed by whom."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Float,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    Text,
    UniqueConstraint,
)

revision = "0004"
down_revision = "0003"

_Id = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    """Add the column and the tables."""
    op.add_column("threat", Column("sent_by", String(120)))
    op.create_table(
        "meeting",
        Column("uuid", String(36), nullable=False),
        Column("kind", String(10), nullable=False),
        Column("held_at", DateTime, nullable=False),
        Column("lon", Float, nullable=False),
        Column("lat", Float, nullable=False),
        Column("place", Text),
        Column("organiser", Text, nullable=False),
        Column("participants", Integer),
        Column("sent_by", String(120), nullable=False),
        Column("received_at", DateTime, nullable=False),
        PrimaryKeyConstraint("uuid", name="pk_meeting"),
    )
    op.create_table(
        "confirmation",
        Column("uuid", String(36), nullable=False),
        Column("threat_id", _Id, nullable=False),
        Column("sent_by", String(120), nullable=False),
        Column("received_at", DateTime, nullable=False),
        PrimaryKeyConstraint("uuid", name="pk_confirmation"),
        ForeignKeyConstraint(["threat_id"], ["threat.id"], name="fk_confirmation_threat_id"),
    )
    op.create_index("ix_confirmation_threat_id", "confirmation", ["threat_id"])
    op.create_table(
        "attachment",
        Column("id", _Id, nullable=False, autoincrement=True),
        Column("threat_id", _Id, nullable=False),
        Column("name", Text, nullable=False),
        Column("media_type", String(80), nullable=False),
        Column("size", Integer, nullable=False),
        Column("sha256", String(64), nullable=False),
        Column("sent_by", String(120), nullable=False),
        Column("received_at", DateTime, nullable=False),
        PrimaryKeyConstraint("id", name="pk_attachment"),
        ForeignKeyConstraint(["threat_id"], ["threat.id"], name="fk_attachment_threat_id"),
        UniqueConstraint("threat_id", "sha256", name="uq_attachment_threat_id_sha256"),
    )
    op.create_index("ix_attachment_sha256", "attachment", ["sha256"])
