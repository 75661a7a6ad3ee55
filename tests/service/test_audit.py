"""The audit finds whatever is done to decisions behind the service's back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
from sample_map import add_decisions, add_police_record, add_reports
from sqlalchemy import Column, Connection, Date, Engine, text
from sqlalchemy.exc import DBAPIError

from kmzb_service.database.audit_chain import row_hash
from kmzb_service.database.tables import decision
from kmzb_service.verification.audit import verify_chain


@pytest.fixture
def decided(engine: Engine) -> Engine:
    """Ten decisions on four reports, and some things that nobody decides on."""
    reports = add_reports(engine, 5)
    add_police_record(engine)
    for report in reports[:4]:
        add_decisions(engine, report, "verification", "confirmed")
    add_decisions(engine, reports[0], "eliminated", "confirmed", start="confirmed", base_version=3)
    return engine


@contextmanager
def tampering(engine: Engine) -> Iterator[Connection]:
    """A connection of somebody who has taken the guards of the table away."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE decision DISABLE TRIGGER decision_no_change"))
        else:
            connection.execute(text("DROP TRIGGER IF EXISTS decision_no_update"))
            connection.execute(text("DROP TRIGGER IF EXISTS decision_no_delete"))
            connection.execute(text("DROP TRIGGER IF EXISTS decision_no_replace"))
        yield connection


def test_a_whole_chain(decided: Engine) -> None:
    report = verify_chain(decided)
    assert (report.checked, report.problems) == (10, ())


def test_no_decisions_at_all(engine: Engine) -> None:
    add_reports(engine, 2)
    report = verify_chain(engine)
    assert (report.checked, report.problems) == (0, ())


COLUMNS = ", ".join(column.name for column in decision.columns)
CHANGES = (
    "UPDATE decision SET note = 'x' WHERE id = 2",
    "DELETE FROM decision WHERE id = 2",
    "DELETE FROM decision",
)
# a new row that takes the place of another: by its number, by what else must be unique
REPLACED = tuple(
    f"INSERT OR REPLACE INTO decision SELECT {number}, {COLUMNS[4:]} FROM decision WHERE id = 2"
    for number in (2, 11)
)
OVERWRITTEN = (
    f"INSERT INTO decision SELECT {COLUMNS} FROM decision WHERE id = 2 "
    "ON CONFLICT (id) DO UPDATE SET note = 'x'",
    "TRUNCATE decision",
    "TRUNCATE threat CASCADE",
)


def test_the_database_itself_refuses_changes(decided: Engine) -> None:
    own = OVERWRITTEN if decided.dialect.name == "postgresql" else REPLACED
    for statement in (*CHANGES, *own):
        with pytest.raises(DBAPIError, match="append-only"), decided.begin() as connection:
            connection.execute(text(statement))
    report = verify_chain(decided)
    assert (report.checked, report.problems) == (10, ())


def another(column: Column, value: Any) -> Any:
    """Something else that a column could hold, as little different as can be."""
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1)
    if isinstance(value, int):
        return value + 100
    if isinstance(column.type, Date):
        return date(2021, 1, 1)
    return "x" if value is None else f"{value[:-1]}{'0' if value[-1:] != '0' else '1'}"


def test_every_change_of_every_row_is_found(decided: Engine) -> None:
    """Each column of each row, each row that is removed, each two that change places."""
    with decided.connect() as connection:
        rows = connection.execute(decision.select().order_by(decision.c.id)).mappings().all()
    undone = 0
    for row in rows:
        here = decision.update().where(decision.c.uuid == row["uuid"])
        for column in decision.columns:
            if column.foreign_keys:
                continue  # the next test's: a report of that number has to be there
            other = another(column, row[column.name])
            with tampering(decided) as connection:
                connection.execute(here.values({column.name: other}))
            assert verify_chain(decided).problems != (), (row["id"], column.name)
            place = other if column.name == "uuid" else row["uuid"]
            with tampering(decided) as connection:
                connection.execute(
                    decision.update().where(decision.c.uuid == place).values({column.name: row[column.name]})
                )
            undone += 1
        with tampering(decided) as connection:
            connection.execute(decision.delete().where(decision.c.id == row["id"]))
        assert f"decision {row['id']} is missing" in verify_chain(decided).problems
        with tampering(decided) as connection:
            connection.execute(decision.insert(), dict(row))
            connection.execute(text("UPDATE service_fact SET value = '10' WHERE key = 'last_decision'"))
    assert undone == len(rows) * (len(decision.columns) - 1)
    for one, other in combinations(range(1, len(rows) + 1), 2):
        swap(decided, one, other)
        problems = verify_chain(decided).problems
        for moved in (one, other):
            assert f"decision {moved} was changed after it was taken" in problems
        swap(decided, one, other)
    assert verify_chain(decided).problems == ()


def swap(engine: Engine, one: int, other: int) -> None:
    with tampering(engine) as connection:
        for before, after in ((one, 99), (other, one), (99, other)):
            connection.execute(text(f"UPDATE decision SET id = {after} WHERE id = {before}"))


@pytest.mark.parametrize(
    "change",
    [
        "note = 'nie ja'",
        "actor = 'kto inny'",
        "to_status = 'unconfirmed'",
        "decided_at = '2020-01-01 00:00:00.000000'",
        "planned_date = '2021-01-01'",
        "threat_id = 5",
        "seq = seq + 1000",
        "uuid = 'x'",
    ],
)
def test_a_changed_decision(decided: Engine, change: str) -> None:
    with tampering(decided) as connection:
        connection.execute(text(f"UPDATE decision SET {change} WHERE id = 3"))
    assert verify_chain(decided).problems[0] == "decision 3 was changed after it was taken"


def test_a_changed_decision_whose_hash_was_made_new(decided: Engine) -> None:
    with tampering(decided) as connection:
        row = dict(connection.execute(decision.select().where(decision.c.id == 3)).mappings().one())
        row["note"] = "nie ja"
        row["hash"] = row_hash(row, row["prev_hash"])
        connection.execute(decision.update().where(decision.c.id == 3).values(row))
    assert verify_chain(decided).problems == ("decision 4 does not follow decision 3 as it is now",)


@pytest.mark.parametrize(
    ("which", "found"),
    [
        ("id = 4", "decision 4 is missing"),
        ("id IN (4, 5)", "decisions 4 to 5 are missing"),
        ("id = 1", "decision 1 is missing"),
        ("id = 10", "decision 10 is missing"),
        ("id >= 9", "decisions 9 to 10 are missing"),
    ],
)
def test_removed_decisions(decided: Engine, which: str, found: str) -> None:
    with tampering(decided) as connection:
        connection.execute(text(f"DELETE FROM decision WHERE {which}"))
    assert found in verify_chain(decided).problems


def test_a_removed_decision_with_the_rest_moved_up(decided: Engine) -> None:
    with tampering(decided) as connection:
        connection.execute(text("DELETE FROM decision WHERE id = 4"))
        for number in range(5, 11):
            connection.execute(text(f"UPDATE decision SET id = {number - 1} WHERE id = {number}"))
    problems = verify_chain(decided).problems
    assert "decision 4 does not follow decision 3 as it is now" in problems
    assert "decision 10 is missing" in problems


def test_swapped_decisions(decided: Engine) -> None:
    swap(decided, 3, 4)
    problems = verify_chain(decided).problems
    for number in (3, 4):
        assert f"decision {number} was changed after it was taken" in problems
    assert "decision 5 does not follow decision 4 as it is now" in problems


def test_an_inserted_decision(decided: Engine) -> None:
    with tampering(decided) as connection:
        row = dict(connection.execute(decision.select().where(decision.c.id == 10)).mappings().one())
        forged = row | {"id": 11, "uuid": "forged", "base_version": 9, "seq": 999, "hash": "0" * 64}
        connection.execute(decision.insert(), forged)
    problems = verify_chain(decided).problems
    assert "decision 11 does not follow decision 10 as it is now" in problems
    assert "decision 11 was changed after it was taken" in problems


def test_the_note_of_the_newest_decision_is_watched_too(decided: Engine) -> None:
    with decided.begin() as connection:
        connection.execute(text("UPDATE service_fact SET value = '7' WHERE key = 'last_decision'"))
    assert verify_chain(decided).problems == ("the note of the newest decision was changed",)


def test_a_status_that_no_decision_made(decided: Engine) -> None:
    with decided.begin() as connection:
        connection.execute(text("UPDATE threat SET status = 'mistake' WHERE id = 2"))
        connection.execute(text("UPDATE threat SET status = 'confirmed' WHERE id = 5"))
    assert verify_chain(decided).problems == (
        "report Z-0000002 is mistake, but decision 4 makes it confirmed",
        "report Z-0000005 is confirmed, but no decision makes it new",
    )
