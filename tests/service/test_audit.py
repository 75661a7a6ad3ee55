"""The audit finds whatever is done to decisions behind the service's back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sample_map import add_decisions, add_police_record, add_reports
from sqlalchemy import Connection, Engine, text
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
        yield connection


def test_a_whole_chain(decided: Engine) -> None:
    report = verify_chain(decided)
    assert (report.checked, report.problems) == (10, ())


def test_no_decisions_at_all(engine: Engine) -> None:
    add_reports(engine, 2)
    report = verify_chain(engine)
    assert (report.checked, report.problems) == (0, ())


@pytest.mark.parametrize(
    "statement", ["UPDATE decision SET note = 'x' WHERE id = 2", "DELETE FROM decision WHERE id = 2"]
)
def test_the_database_itself_refuses_changes(decided: Engine, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), decided.begin() as connection:
        connection.execute(text(statement))
    assert verify_chain(decided).problems == ()


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
    with tampering(decided) as connection:
        for before, after in ((3, 99), (4, 3), (99, 4)):
            connection.execute(text(f"UPDATE decision SET id = {after} WHERE id = {before}"))
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
