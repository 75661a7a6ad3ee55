"""Work that one process at a time does, however many serve the same database."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, func, select

# Numbers that nothing else in the database locks.
SCHEMA_TURN = 0x6B6D7A62
_SNAPSHOT_TURN = SCHEMA_TURN + 1


@contextmanager
def snapshot_turn(engine: Engine, wait: bool) -> Iterator[bool]:
    """Hold the turn to make a snapshot of a database.

    The turn ends with the process that has it, however that ends.

    Args:
        engine: the service's database.
        wait: wait for the turn; otherwise take it only if nobody has it.

    Yields:
        Whether this process has the turn.
    """
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if wait:
                connection.execute(select(func.pg_advisory_lock(_SNAPSHOT_TURN)))
            elif not connection.execute(select(func.pg_try_advisory_lock(_SNAPSHOT_TURN))).scalar_one():
                yield False
                return
            try:
                yield True
            finally:
                connection.execute(select(func.pg_advisory_unlock(_SNAPSHOT_TURN)))
    else:
        with Path(f"{engine.url.database}-snapshot-turn").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True
