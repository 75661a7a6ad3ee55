"""Backup and restore, on both databases: everything comes back, and desks notice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from on_databases import ON_SPATIALITE
from postgres_cluster import PostgresCluster
from sample_map import add_area, add_decisions, add_police_record, add_reports, add_unit, decision
from sqlalchemy import Engine, select, text
from starlette.testclient import TestClient
from test_app import problem
from test_attachments import send
from test_schema import at_baseline, differences
from test_sync_changes import changes, here

from kmzb_service.app import create_app
from kmzb_service.cli import main
from kmzb_service.database.backup import back_up
from kmzb_service.database.engine import epoch, open_engine, reading
from kmzb_service.database.tables import metadata
from kmzb_service.security.tokens import create_token
from kmzb_service.settings import Settings
from kmzb_service.verification.audit import verify_chain


def run(settings: Settings, *arguments: str | Path) -> Result:
    environment = {"KMZB_DATABASE_URL": settings.database_url, "KMZB_DATA_DIR": str(settings.data_dir)}
    return CliRunner().invoke(main, [str(one) for one in arguments], env=environment)


def everything(engine: Engine) -> dict[str, list[tuple]]:
    """All rows of all tables, but for the epoch."""
    with reading(engine) as connection:
        found = {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
        }
    found["service_fact"] = [fact for fact in found["service_fact"] if fact[0] != "epoch"]
    return {name: [tuple(map(str, row)) for row in rows] for name, rows in found.items()}


@pytest.fixture
def filled(engine: Engine) -> Engine:
    reports = add_reports(engine, 30)
    add_police_record(engine)
    add_area(engine, "0802")
    add_unit(engine, "KPP-KROSNO")
    for report in reports[:10]:
        add_decisions(engine, report, "verification", "confirmed")
    create_token(engine, "asp. Nowak", "coordinator")
    return engine


@pytest.fixture
def elsewhere(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Another installation, whose database has no tables yet."""
    folder = tmp_path / "elsewhere"
    if database_kind == "spatialite":
        yield Settings(database_url=f"sqlite:///{folder / 'kmzb.sqlite'}", data_dir=folder)
        return
    cluster: PostgresCluster = request.getfixturevalue("postgres")
    name = cluster.new_database()
    yield Settings(database_url=cluster.url(name), data_dir=folder)
    cluster.drop_database(name)


def test_all_comes_back_and_cursors_expire(
    filled: Engine, settings: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    cursor = here(filled)
    made = run(settings, "backup", tmp_path / "kmzb.backup")
    assert made.exit_code == 0, made.output
    add_reports(filled, 1)  # after the backup: not in it
    restored = run(elsewhere, "restore", tmp_path / "kmzb.backup")
    told = "20 decisions checked: the chain is whole.\nAll attachments are there.\n"
    assert (restored.exit_code, restored.stdout) == (0, told)
    engine = open_engine(elsewhere.database_url)
    with reading(filled) as before, reading(engine) as after:
        assert epoch(before) != epoch(after)
    assert len(everything(filled)["threat"]) == len(everything(engine)["threat"]) + 1
    assert differences(engine) == []
    with TestClient(create_app(elsewhere)) as client:
        token = create_token(engine, "someone", "coordinator")
        client.headers["Authorization"] = f"Bearer {token}"
        answer = client.get("/changes", params={"cursor": cursor})
        assert (answer.status_code, problem(answer)["slug"]) == (410, "cursor-expired")
        # the chain goes on, and its guards are there
        (outcome,) = client.post("/decisions", json={"decisions": [decision(11, "verification")]}).json()[
            "outcomes"
        ]
        assert (outcome["outcome"], outcome["decision"]["id"]) == ("accepted", 21)
        assert changes(client, here(engine))["up_to_date"]
    assert verify_chain(engine).problems == ()
    with pytest.raises(Exception, match="append-only"), engine.begin() as connection:
        connection.execute(text("DELETE FROM decision"))
    engine.dispose()


def test_every_row_comes_back(
    filled: Engine, settings: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    run(settings, "backup", tmp_path / "new" / "kmzb.backup")
    assert run(elsewhere, "restore", tmp_path / "new" / "kmzb.backup").exit_code == 0
    engine = open_engine(elsewhere.database_url)
    assert everything(engine) == everything(filled)
    engine.dispose()
    assert [entry.name for entry in (tmp_path / "new").iterdir()] == ["kmzb.backup"]


def test_a_backup_of_an_older_service_is_brought_up_to_date(
    empty_settings: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    old = at_baseline(empty_settings)
    add_reports(old, 2)
    back_up(old, tmp_path / "old")
    old.dispose()
    result = run(elsewhere, "restore", tmp_path / "old")
    assert result.exit_code == 0, result.output
    engine = open_engine(elsewhere.database_url)
    assert differences(engine) == []
    engine.dispose()


def test_what_is_there_is_not_overwritten(filled: Engine, settings: Settings, tmp_path: Path) -> None:
    before = everything(filled)
    assert run(settings, "backup", tmp_path / "kmzb.backup").exit_code == 0
    again = run(settings, "backup", tmp_path / "kmzb.backup")
    assert (again.exit_code, "is there already" in again.stderr) == (1, True)
    restored = run(settings, "restore", tmp_path / "kmzb.backup")
    assert (restored.exit_code, "goes into an empty one" in restored.stderr) == (1, True)
    assert everything(filled) == before


def test_a_file_that_is_no_backup(elsewhere: Settings, tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"something else " * 100)
    for _ in range(2):  # nothing is left that would stand in the way of the next try
        result = run(elsewhere, "restore", tmp_path / "other")
        assert result.exit_code == 1
        assert "Traceback" not in result.output
        assert "no backup" in result.stderr or "valid archive" in result.stderr


@ON_SPATIALITE
def test_a_backup_that_cannot_be_written_leaves_nothing(
    filled: Engine, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    result = run(settings, "backup", tmp_path / "file" / "kmzb.backup")
    assert result.exit_code == 1
    assert (tmp_path / "file").read_text() == ""


def test_attachments_come_back_with_their_reports(
    settings: Settings, engine: Engine, client: TestClient, elsewhere: Settings, tmp_path: Path
) -> None:
    reports, folder = add_reports(engine, 2), tmp_path / "kept"
    send(client, reports[0], ("a.txt", b"a"))
    first = run(settings, "backup", tmp_path / "1.backup", "--attachments", folder)
    assert first.output.endswith(f"{folder}: 1 new attachments\n"), first.output
    send(client, reports[1], ("b.txt", b"b"), ("a.txt", b"a"))
    second = run(settings, "backup", tmp_path / "2.backup", "--attachments", folder)
    assert second.output.endswith(f"{folder}: 1 new attachments\n"), second.output
    done = run(elsewhere, "restore", tmp_path / "2.backup", "--attachments", folder)
    assert (done.exit_code, "All attachments are there." in done.output) == (0, True), done.output
    with TestClient(create_app(elsewhere), headers=client.headers) as restored:
        assert restored.get(f"/threats/{reports[1]}/attachments/2").content == b"b"
    (kept,) = (path for path in folder.rglob("*") if path.is_file() and path.read_bytes() == b"b")
    kept.write_bytes(b"c")
    (elsewhere.data_dir / "attachments" / kept.parent.name / kept.name).unlink()
    found = run(elsewhere, "attachments", "verify")
    assert (found.exit_code, "is missing" in found.output, "lost: 1" in found.output) == (1, True, True)
    assert run(elsewhere, "attachments", "sweep").output == "0 files removed.\n"


def test_a_restore_without_the_attachments_says_so(
    settings: Settings, engine: Engine, client: TestClient, elsewhere: Settings, tmp_path: Path
) -> None:
    (report,) = add_reports(engine, 1)
    send(client, report, ("a.txt", b"a"))
    run(settings, "backup", tmp_path / "x.backup")
    done = run(elsewhere, "restore", tmp_path / "x.backup")
    assert (done.exit_code, "attachment 1 of threat 1" in done.output) == (1, True)
    assert "attachments that were lost: 1" in done.output
