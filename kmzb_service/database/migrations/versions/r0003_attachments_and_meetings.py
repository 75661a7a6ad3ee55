"""What a threat says of its attachments and of the meeting that it comes from."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, String, Text

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns; nothing that is there has attachments or a meeting."""
    op.add_column("threat", Column("attachments", Integer, nullable=False, server_default="0"))
    op.add_column("threat", Column("meeting", String(36)))
    op.add_column("threat", Column("organiser", Text))
    op.add_column("threat", Column("participants", Integer))
