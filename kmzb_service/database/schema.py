"""Creating the schema, bringing it up to date, and checking that it is."""

from __future__ import annotations

import uuid

from sqlalchemy import Connection, Engine, func, insert, inspect, select, text, update

from kmzb_service.database.engine import writing
from kmzb_service.database.tables import service_fact
from kmzb_service.database.turns import SCHEMA_TURN

REVISION = "0007"
"""The newest revision of the schema: what this code works with."""

# Databases of before Alembic have its tables without its note.
_UNNOTED_REVISION = "0001"


class DatabaseNotReady(RuntimeError):
    """The database has no tables yet, or those of another version."""


def initialise(engine: Engine) -> bool:
    """Create the tables where there are none; return whether anything was created."""
    with writing(engine) as connection:
        _wait_for_turn(connection)
        if revision(connection) is not None:
            return False
        _upgrade(connection)
        connection.execute(insert(service_fact).values(key="epoch", value=_new_epoch()))
    return True


def renew_epoch(engine: Engine) -> None:
    """Make all cursors of a database invalid: desks start again from a snapshot."""
    with writing(engine) as connection:
        connection.execute(
            update(service_fact).where(service_fact.c.key == "epoch").values(value=_new_epoch())
        )


def _new_epoch() -> str:
    return uuid.uuid4().hex


def migrate(engine: Engine) -> str:
    """Bring the tables up to date, in one transaction; return the revision that they had.

    Raises:
        DatabaseNotReady: there are none, or those of a newer service.
    """
    with writing(engine) as connection:
        _wait_for_turn(connection)
        found = revision(connection)
        if found is None or found > REVISION:
            raise _not_ready(found)
        if found != REVISION:
            _upgrade(connection)
    return found


def require_ready(engine: Engine) -> None:
    """Check that the tables are there and of this version.

    Raises:
        DatabaseNotReady: they are not; the message says what to run.
    """
    with engine.connect() as connection:
        found = revision(connection)
    if found != REVISION:
        raise _not_ready(found)


def _not_ready(found: str | None) -> DatabaseNotReady:
    if found is None:
        return DatabaseNotReady("the database is empty: run 'kmzb-service init' first")
    if found < REVISION:
        return DatabaseNotReady(
            f"the database has schema {found}, this service needs {REVISION}: run 'kmzb-service migrate'"
        )
    return DatabaseNotReady(f"the database has schema {found}: it needs a newer service than this one")


def revision(connection: Connection) -> str | None:
    """The revision of a database's tables; none when there are none."""
    if inspect(connection).has_table("alembic_version"):
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    return _UNNOTED_REVISION if inspect(connection).has_table("service_fact") else None


def _upgrade(connection: Connection) -> None:
    # only whoever changes a schema waits for Alembic to load
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "kmzb_service.database:migrations")
    config.attributes["connection"] = connection
    if revision(connection) == _UNNOTED_REVISION:
        command.stamp(config, _UNNOTED_REVISION)
    command.upgrade(config, "head")


def _wait_for_turn(connection: Connection) -> None:
    """Let one process at a time change the schema; SQLite's write transactions see to that by themselves."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(SCHEMA_TURN)))
