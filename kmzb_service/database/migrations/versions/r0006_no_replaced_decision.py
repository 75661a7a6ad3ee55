"""SQLite can replace a row while it inserts another, which no trigger on deletion sees."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Refuse decisions that would take the place of others; PostgreSQL's own guard knows of them already."""
    if op.get_bind().dialect.name == "postgresql":
        return
    op.execute(
        "CREATE TRIGGER decision_no_replace BEFORE INSERT ON decision WHEN EXISTS ("
        "SELECT 1 FROM decision WHERE id >= NEW.id OR uuid = NEW.uuid OR hash = NEW.hash "
        "OR (threat_id = NEW.threat_id AND base_version = NEW.base_version)) "
        "BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END"
    )
