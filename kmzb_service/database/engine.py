"""Opening the database: one SpatiaLite file, or PostgreSQL with PostGIS."""

from __future__ import annotations

import select as sockets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.adapt import Buffer, Loader
from sqlalchemy import Connection, Engine, ScalarSelect, create_engine, event, select, true, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InvalidatePoolError

from kmzb_service.database.tables import change_counter, service_fact
from kmzb_service.database.text_form import fold

_BUSY_TIMEOUT_SECONDS = 30
# A worker keeps so many connections and opens so many more for a while: a request holds
# one, and making one costs more than most requests.
_CONNECTIONS, _FURTHER_CONNECTIONS = 16, 8
_POSTGRESQL = {
    "application_name": "kmzb-service",
    # whatever the database has: documents are passed on as they come
    "client_encoding": "utf8",
    # A server that does not answer is one that is gone: requests are told so, and do not pile up.
    "connect_timeout": 5,  # seconds
    "tcp_user_timeout": 30_000,  # milliseconds
}


def open_engine(url: str) -> Engine:
    """Open the database at an SQLAlchemy URL (``sqlite:///…`` or ``postgresql+psycopg://…``)."""
    # parameters are hidden from messages of errors: they hold what people wrote
    if make_url(url).get_backend_name() != "sqlite":
        engine = create_engine(
            url,
            pool_size=_CONNECTIONS,
            max_overflow=_FURTHER_CONNECTIONS,
            hide_parameters=True,
            connect_args=_POSTGRESQL,
        )
        event.listen(engine, "connect", _prepare_postgresql)
        event.listen(engine, "checkout", _replace_ended)
        return engine
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": _BUSY_TIMEOUT_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


class _AsBytes(Loader):
    """Hands a value over as it came."""

    def load(self, data: Buffer) -> bytes:
        return bytes(data)


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    # No column is of this type; documents that go on to the network are (``json_form.py``).
    connection.adapters.register_loader("bpchar", _AsBytes)


def _replace_ended(connection: Any, _record: Any, _proxy: Any) -> None:
    """Let the pool replace a connection that the server has ended, as a restart does with all of them.

    An end waits to be read, and between two requests hardly anything else
    does. So only then is the server asked whether it is still there.
    """
    if connection.closed or _something_waits(connection):
        try:
            connection.execute("SELECT 1")
            connection.rollback()
        except psycopg.Error as error:
            raise InvalidatePoolError() from error


def _something_waits(connection: Any) -> bool:
    poll = sockets.poll()
    poll.register(connection.fileno(), sockets.POLLIN)
    return bool(poll.poll(0))


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transaction handling would begin too late for
    # BEGIN IMMEDIATE; SQLAlchemy's documented way is to switch it off.
    connection.isolation_level = None
    connection.enable_load_extension(True)
    connection.load_extension("mod_spatialite")
    connection.enable_load_extension(False)
    connection.create_function("kmzb_fold", 1, fold, deterministic=True)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "cache_size = -65536"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writing_now = connection.get_execution_options().get("kmzb_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing_now else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection whose statements all see one state of the database."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        with connection.begin():
            yield connection


@contextmanager
def asking(engine: Engine) -> Iterator[Connection]:
    """A connection for single questions: each statement sees a state of its own, and costs one round trip."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A write transaction: commits at the end, rolls back on any error."""
    with engine.connect() as connection:
        connection = connection.execution_options(kmzb_writing=True)
        with connection.begin():
            yield connection


def take_positions(connection: Connection, count: int) -> int:
    """Reserve ``count`` change positions inside a write transaction; return the first."""
    last = connection.execute(
        update(change_counter)
        .values(position=change_counter.c.position + count)
        .returning(change_counter.c.position)
    ).scalar_one()
    return int(last) - count + 1


def current_position(connection: Connection) -> int:
    """The newest change position that this transaction can see."""
    return int(connection.execute(select(change_counter.c.position)).scalar_one())


def fact(key: str) -> ScalarSelect[str]:
    """A fact of the database, to be selected; null when it is not there."""
    return select(service_fact.c.value).where(service_fact.c.key == key).scalar_subquery()


def epoch(connection: Connection) -> str:
    """The database's identity; changes when it is created or restored."""
    return str(
        connection.execute(select(service_fact.c.value).where(service_fact.c.key == "epoch")).scalar_one()
    )


_STATE = (
    select(service_fact.c.value, change_counter.c.position)
    .join_from(service_fact, change_counter, true())
    .where(service_fact.c.key == "epoch")
)


def present_state(connection: Connection) -> tuple[str, int]:
    """The epoch and the newest change position: what is read is the same for as long as these are."""
    found = connection.execute(_STATE).one()
    return str(found[0]), int(found[1])
