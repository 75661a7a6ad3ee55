"""Whom the issuer's tokens have let in, and when last."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, String, Text

from kmzb_service.database.tables import UtcDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "issuer_caller",
        Column("subject", Text, primary_key=True),
        Column("name", Text, nullable=False),
        Column("role", String(20), nullable=False),
        Column("unit", Text),
        Column("last_used_at", UtcDateTime, nullable=False),
    )
