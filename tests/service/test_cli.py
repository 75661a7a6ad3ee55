"""The command line: what it prints and where, its exit codes, its errors in one sentence."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from intake_files import CITIZEN_MAPPING, PLAIN, csv_text, geojson, square
from sqlalchemy import text

from kmzb_service.cli import EXIT_REJECTED, main
from kmzb_service.database.engine import open_engine, writing
from kmzb_service.security.issuer_callers import record_issuer_use
from kmzb_service.security.oidc import Bearer
from kmzb_service.settings import Settings

PROGRAM = Path(sys.executable).parent / "kmzb-service"
SMALL_DEMO = ("demo", "--reports", "150", "--until", "2021-11-23")


class CommandLine:
    """Runs commands on a data folder: in this process, or as the installed program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {"KMZB_DATA_DIR": str(folder)}

    def __call__(self, *arguments: str | Path, **settings: str) -> Result:
        return CliRunner().invoke(main, [str(one) for one in arguments], env={**self.environment, **settings})

    def program(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("KMZB_")}
        return subprocess.run(
            [str(PROGRAM), *(str(one) for one in arguments)],
            env=environment | self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    """A command line on an empty data folder."""
    return CommandLine(tmp_path / "data")


@pytest.fixture
def ready(run: CommandLine, initialised_file: Path) -> CommandLine:
    """A command line on a fresh database."""
    run.folder.mkdir()
    (run.folder / "kmzb.sqlite").write_bytes(initialised_file.read_bytes())
    return run


def failed_with(result: Result, message: str, code: int = 1) -> None:
    assert result.exit_code == code, result.output
    assert message in result.stderr
    assert "Traceback" not in result.output
    assert not isinstance(result.exception, Exception)


# Help and usage


def all_commands() -> Iterator[list[str]]:
    def walk(command, path):
        yield path
        for name, sub in getattr(command, "commands", {}).items():
            yield from walk(sub, [*path, name])

    return walk(main, [])


@pytest.mark.parametrize("path", list(all_commands()), ids=" ".join)
def test_every_command_explains_itself(run: CommandLine, path: list[str]) -> None:
    result = run(*path, "--help")
    assert result.exit_code == 0
    assert "Usage: main" in result.stdout
    assert len(result.stdout.splitlines()) > 4


def test_exit_codes_and_settings_are_in_the_help(run: CommandLine) -> None:
    help_text = run("--help").stdout
    for word in ("KMZB_DATA_DIR", "KMZB_DATABASE_URL", "KMZB_ACCEPTED_BOUNDS", "KMZB_TIMEZONE"):
        assert word in help_text
    assert "3  done, but rows of a file were refused" in help_text


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["import", "areas", "none.geojson", "--level", "county", "--code-field", "a", "--name-field", "b"],
        ["import", "threats", __file__],
        ["serve", "--port", "70000"],
        ["token", "create", "--name", "a", "--role", "king"],
        ["token", "create", "--name", "a", "--role", "viewer", "--days", "0"],
        ["demo", "--until", "yesterday"],
        ["demo", "--until", "2999-01-01"],
        ["demo", "--reports", "0"],
    ],
)
def test_wrong_usage_is_exit_code_2(run: CommandLine, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert not run.folder.exists()


# The database


def test_init_creates_the_database_once(run: CommandLine) -> None:
    first = run("init")
    assert (first.exit_code, (run.folder / "kmzb.sqlite").exists()) == (0, True)
    assert "is ready" in first.stdout
    assert "was there already" in run("init").stdout


@pytest.mark.parametrize(
    "arguments", [["token", "list"], ["audit", "verify"], ["snapshot", "build"], ["serve", "--port", "0"]]
)
def test_without_a_database_it_says_what_to_run(run: CommandLine, arguments: list[str]) -> None:
    failed_with(run(*arguments), "run 'kmzb-service init' first")
    assert not run.folder.exists()


def test_a_file_that_is_no_database(run: CommandLine) -> None:
    run.folder.mkdir()
    (run.folder / "kmzb.sqlite").write_text("not a database, " * 100)
    failed_with(run("token", "list"), "the database failed: file is not a database")


def test_a_database_of_another_version(ready: CommandLine) -> None:
    engine = open_engine(f"sqlite:///{ready.folder / 'kmzb.sqlite'}")
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    failed_with(ready("audit", "verify"), "run 'kmzb-service migrate'")
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    for command in (("audit", "verify"), ("migrate",)):
        failed_with(ready(*command), "the database has schema 9999: it needs a newer service")


def test_migrating_what_is_up_to_date(ready: CommandLine) -> None:
    result = ready("migrate")
    assert (result.exit_code, "was up to date" in result.stdout) == (0, True)


@pytest.mark.parametrize(
    ("setting", "value", "message"),
    [
        ("KMZB_ACCEPTED_BOUNDS", "1,2,3", "KMZB_ACCEPTED_BOUNDS must be west,south,east,north"),
        ("KMZB_ACCEPTED_BOUNDS", "20,50,10,60", "KMZB_ACCEPTED_BOUNDS must be west,south,east,north"),
        ("KMZB_TIMEZONE", "Mars/Base", "KMZB_TIMEZONE: unknown time zone 'Mars/Base'"),
        ("KMZB_DATABASE_URL", "nonsense", "KMZB_DATABASE_URL cannot be used"),
        ("KMZB_DATABASE_URL", "oracle9://x/y", "KMZB_DATABASE_URL cannot be used"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    run: CommandLine, setting: str, value: str, message: str
) -> None:
    failed_with(run("init", **{setting: value}), message)


def test_settings_have_their_defaults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("KMZB_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    settings = Settings.from_environment()
    assert settings.database_url == f"sqlite:///{tmp_path / 'kmzb-data' / 'kmzb.sqlite'}"
    assert settings.zone.key == "Europe/Warsaw"


def test_a_data_folder_that_cannot_be_made(run: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file in its place")
    failed_with(run("init"), str(tmp_path / "data"))


# Imports


def written(run: CommandLine, name: str, content: str | bytes) -> Path:
    path = run.folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_imports_report_what_became_of_the_rows(ready: CommandLine) -> None:
    areas = written(ready, "areas.geojson", geojson(square("0801", 15.0)))
    options = ("--level", "county", "--code-field", "terc", "--name-field", "name")
    units = written(ready, "units.toml", '[[units]]\ncode="K"\nname="K"\nkind="KPP"\nareas=["0801"]\n')
    mapping = written(ready, "mapping.toml", CITIZEN_MAPPING)
    threats = written(ready, "threats.csv", csv_text([PLAIN]))
    for arguments in (
        ("import", "areas", areas, *options),
        ("import", "units", units),
        ("import", "threats", threats, "--mapping", mapping),
    ):
        first = ready(*arguments)
        assert first.exit_code == 0
        assert first.stdout == "1 read = 1 added + 0 updated + 0 unchanged + 0 rejected\n"
        assert first.stderr == f"Importing {arguments[2].name} …\n"
        assert ready(*arguments).stdout == "1 read = 0 added + 0 updated + 1 unchanged + 0 rejected\n"


def test_threats_that_move_and_geometries_that_are_repaired_are_told(ready: CommandLine) -> None:
    mapping = written(ready, "mapping.toml", CITIZEN_MAPPING)
    ready("import", "threats", written(ready, "threats.csv", csv_text([PLAIN])), "--mapping", mapping)
    bow = square("0801", 15.0)
    bow["geometry"]["coordinates"][0][2:4] = bow["geometry"]["coordinates"][0][3:1:-1]
    areas = written(ready, "areas.geojson", geojson(bow, square("0802", 15.1)))
    result = ready(
        "import", "areas", areas, "--level", "county", "--code-field", "terc", "--name-field", "name"
    )
    assert result.stdout.endswith(
        "; repaired geometries: 1; threats in another area or unit than before: 1\n"
    )


def test_refused_rows_are_reported_and_make_exit_code_3(ready: CommandLine) -> None:
    mapping = written(ready, "mapping.toml", CITIZEN_MAPPING)
    rows = [{**PLAIN, "id": str(number), "lon": "no" if number else "15.25"} for number in range(25)]
    threats = written(ready, "threats.csv", csv_text(rows))
    result = ready("import", "threats", threats, "--mapping", mapping)
    assert result.exit_code == EXIT_REJECTED
    assert result.stdout == "25 read = 1 added + 0 updated + 0 unchanged + 24 rejected\n"
    told = result.stderr.splitlines()
    assert told[1] == "line 3, lon: 'no' is no number"
    assert told[-2] == "… and 4 more"
    assert len(told) == 1 + 20 + 2
    rejects = ready.folder / "rejects" / "threats.csv"
    assert told[-1] == f"All refused rows are in {rejects}"
    assert len(rejects.read_text(encoding="utf-8").splitlines()) == 25


def test_a_terminal_gets_a_progress_bar(ready: CommandLine) -> None:
    mapping = written(ready, "mapping.toml", CITIZEN_MAPPING)
    threats = written(ready, "threats.csv", csv_text([PLAIN]))
    terminal, its_end = pty.openpty()
    done = subprocess.run(
        [str(PROGRAM), "import", "threats", str(threats), "--mapping", str(mapping)],
        env={**os.environ, **ready.environment, "TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=its_end,
        text=True,
        check=True,
    )
    os.close(its_end)
    shown = os.read(terminal, 10_000).decode()
    os.close(terminal)
    assert "100%" in shown
    assert done.stdout == "1 read = 1 added + 0 updated + 0 unchanged + 0 rejected\n"


def test_the_rejects_file_can_be_chosen(ready: CommandLine, tmp_path: Path) -> None:
    mapping = written(ready, "mapping.toml", CITIZEN_MAPPING)
    threats = written(ready, "threats.csv", csv_text([{**PLAIN, "lon": "no"}]))
    chosen = tmp_path / "there" / "refused.csv"
    result = ready("import", "threats", threats, "--mapping", mapping, "--rejects", chosen)
    assert result.exit_code == EXIT_REJECTED
    assert chosen.read_text(encoding="utf-8").startswith("line,column,reason,id,category,")


def test_a_file_that_cannot_be_used_is_exit_code_1(ready: CommandLine) -> None:
    mapping = written(ready, "mapping.toml", CITIZEN_MAPPING)
    wrong = csv_text([{**PLAIN, "text": "żółw"}]).encode("cp1250")
    result = ready("import", "threats", written(ready, "t.csv", wrong), "--mapping", mapping)
    failed_with(result, "Error: t.csv is not utf-8: line 2")


def test_a_mapping_that_cannot_be_used_is_exit_code_1(ready: CommandLine) -> None:
    mapping = written(ready, "mapping.toml", CITIZEN_MAPPING.replace("citizen", "moon"))
    threats = written(ready, "t.csv", csv_text([PLAIN]))
    failed_with(ready("import", "threats", threats, "--mapping", mapping), "mapping.toml: source.plane")


def test_a_rejects_file_that_cannot_be_written(ready: CommandLine) -> None:
    mapping = written(ready, "mapping.toml", CITIZEN_MAPPING)
    threats = written(ready, "t.csv", csv_text([{**PLAIN, "lon": "no"}]))
    blocked = written(ready, "file", "") / "refused.csv"
    result = ready("import", "threats", threats, "--mapping", mapping, "--rejects", blocked)
    failed_with(result, str(blocked))


def test_the_bounds_are_a_setting(ready: CommandLine) -> None:
    mapping = written(ready, "mapping.toml", CITIZEN_MAPPING)
    threats = written(ready, "t.csv", csv_text([{**PLAIN, "lon": "-73.9", "lat": "40.7"}]))
    arguments = ("import", "threats", threats, "--mapping", mapping)
    assert ready(*arguments).exit_code == EXIT_REJECTED
    assert ready(*arguments, KMZB_ACCEPTED_BOUNDS="-75,40,-73,42").exit_code == 0


# Tokens


def test_a_token_is_printed_once_and_listed_without_its_secret(ready: CommandLine) -> None:
    arguments = ("token", "create", "--name", "Jan Kowalski", "--role", "verifier", "--unit", "KMP-X")
    created = ready(*arguments, "--days", "30")
    assert created.exit_code == 0
    secret = created.stdout.strip()
    assert len(secret) > 30 and "\n" not in secret
    listed = ready("token", "list").stdout
    assert re.fullmatch(
        r"Jan Kowalski\tverifier\tKMP-X\tvoivodeship\tvalid\texpires \d{4}-\d\d-\d\d\tnever used\n", listed
    )
    assert secret not in listed
    failed_with(ready(*arguments), "there is a token named 'Jan Kowalski' already")


def test_a_token_can_be_revoked(ready: CommandLine) -> None:
    ready("token", "create", "--name", "Jan", "--role", "viewer")
    assert ready("token", "revoke", "--name", "Jan").exit_code == 0
    assert ready("token", "list").stdout == "Jan\tviewer\t-\tcountry\trevoked\texpires never\tnever used\n"
    failed_with(ready("token", "revoke", "--name", "Jan"), "there is no token in use named 'Jan'")


def test_who_signed_in_through_the_issuer_is_listed(ready: CommandLine) -> None:
    assert ready("token", "signed-in").stdout == ""
    bearer = Bearer("17", "Anna Nowak", "coordinator", "KPP-KROSNO", "own")
    engine = open_engine(f"sqlite:///{ready.folder}/kmzb.sqlite")
    record_issuer_use(engine, bearer, datetime(2021, 3, 28, 1, 30, tzinfo=UTC))
    engine.dispose()
    listed = ready("token", "signed-in").stdout
    assert listed == "Anna Nowak\tcoordinator\tKPP-KROSNO\tlast used 2021-03-28 01:30 UTC\t17\n"


# The installed program


def test_from_nothing_to_a_served_map(run: CommandLine) -> None:
    assert run.program("init").returncode == 0
    demo = run.program(*SMALL_DEMO)
    assert demo.returncode == 0, demo.stderr
    assert "citizen: 150 read = 150 added + 0 updated + 0 unchanged + 0 rejected" in demo.stdout
    assert "Building a snapshot …" in demo.stderr
    token = run.program("token", "create", "--name", "Jan", "--role", "viewer")
    mapping = written(run, "mapping.toml", CITIZEN_MAPPING)
    threats = written(run, "more.csv", csv_text([PLAIN, {**PLAIN, "id": "2", "lon": "no"}]))
    imported = run.program("import", "threats", threats, "--mapping", mapping)
    assert (imported.returncode, imported.stdout) == (
        EXIT_REJECTED,
        "2 read = 1 added + 0 updated + 0 unchanged + 1 rejected\n",
    )
    audit = run.program("audit", "verify")
    assert re.fullmatch(r"\d+ decisions checked: the chain is whole\.\n", audit.stdout), audit.stderr
    built = run.program("snapshot", "build")
    path, _, size = built.stdout.strip().removesuffix(" bytes").rpartition(": ")
    assert Path(path).stat().st_size == int(size)
    with served(run) as url:
        request = urllib.request.Request(
            f"{url}/collections/threats/items?limit=1",
            headers={"Authorization": f"Bearer {token.stdout.strip()}"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert answer.status == 200


@contextmanager
def served(run: CommandLine) -> Iterator[str]:
    process = subprocess.Popen(
        [str(PROGRAM), "serve", "--port", "0"],
        env={**os.environ, **run.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        line = process.stdout.readline()
        yield re.fullmatch(r"Listening on (http://127\.0\.0\.1:\d+)\n", line)[1]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        process.stdout.close()


def test_a_port_that_is_taken(ready: CommandLine) -> None:
    with served(ready) as url:
        second = ready.program("serve", "--port", url.rpartition(":")[2])
    assert second.returncode == 1
    assert second.stderr.startswith("Error: Address already in use")
    assert "Listening" not in second.stdout


def test_the_demo_repeats_itself_and_refuses_to_be_another(run: CommandLine) -> None:
    assert run(*SMALL_DEMO).exit_code == 0
    again = run("demo")
    assert "citizen: 150 read = 0 added + 0 updated + 150 unchanged + 0 rejected" in again.stdout
    failed_with(run("demo", "--seed", "7"), "a demo of 150 reports until 2021-11-23 (seed 2016)")


def test_the_audit_fails_when_a_decision_was_changed(run: CommandLine) -> None:
    run(*SMALL_DEMO)
    engine = open_engine(f"sqlite:///{run.folder / 'kmzb.sqlite'}")
    with writing(engine) as connection:
        for trigger in (
            connection.execute(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'decision'")
            )
            .scalars()
            .all()
        ):
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text("UPDATE decision SET note = 'nic' WHERE id = 3"))
    engine.dispose()
    result = run("audit", "verify")
    failed_with(result, "Error: problems found: 1, in")
    assert "decision 3 was changed" in result.stderr
