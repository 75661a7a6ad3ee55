"""Triggers that keep decisions append-only, whoever is connected to the database.

They also note the newest decision's id as a fact of the database, so that
an audit notices when the end of the chain has been cut off.
"""

from __future__ import annotations

from sqlalchemy import Connection

LAST_DECISION = "last_decision"  # key in service_fact
_REFUSAL = "decisions are append-only"
_REFUSE = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
_NOTE_LAST = f"UPDATE service_fact SET value = CAST(NEW.id AS TEXT) WHERE key = '{LAST_DECISION}'"

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


def protect_decisions(connection: Connection) -> None:
    """Create the triggers; part of creating the tables."""
    connection.exec_driver_sql(f"INSERT INTO service_fact (key, value) VALUES ('{LAST_DECISION}', '0')")
    for statement in _POSTGRESQL if connection.dialect.name == "postgresql" else _SQLITE:
        connection.exec_driver_sql(statement)
