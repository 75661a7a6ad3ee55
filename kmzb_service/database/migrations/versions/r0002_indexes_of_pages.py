"""Indexes for pages of threats by one property; Alembic's own note says the schema's version."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the indexes; drop the fact that said the version before."""
    for name in ("category", "status", "unit", "county", "commune"):
        op.create_index(f"ix_threat_{name}_id", "threat", [name, "id"])
    op.execute("DELETE FROM service_fact WHERE key = 'schema'")
