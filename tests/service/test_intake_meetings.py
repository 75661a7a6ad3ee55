"""Import of meetings and debates with what was raised there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from intake_files import Importer, csv_text, feature, geojson
from sqlalchemy import Engine, select

from kmzb_service.cli import EXIT_REJECTED, main
from kmzb_service.database.engine import reading
from kmzb_service.database.tables import meeting
from kmzb_service.intake.meetings import COLUMNS
from kmzb_service.settings import Settings

Run = Callable[..., Result]

ROW = {
    "id": "1",
    "meeting": "R/1",
    "kind": "debata",
    "held_at": "2021-06-01 18:00",
    "place": "Dom Kultury",
    "organiser": "Rada Osiedla",
    "participants": "41",
    "category": "signal_patrols",
    "description": "Nie widać patroli.",
}
"""A concern that nothing is wrong with; in a CSV file it has lon and lat besides."""

OTHER_FORM = """
[source]
name = "KWP"
plane = "community"
[coordinates]
x = "x"
y = "y"
crs = "EPSG:2180"
[times]
formats = ["%d.%m.%Y %H:%M"]
[columns]
id = "lp"
meeting = "nr"
kind = "rodzaj"
organiser = "kto"
occurred_from = "kiedy"
[category]
fixed = "signal_station"
"""


@pytest.fixture
def run(engine: Engine, settings: Settings, tmp_path: Path) -> Run:
    """The command, on a file with this content."""

    def imported(name: str, content: str, *options: str) -> Result:
        (tmp_path / name).write_text(content, encoding="utf-8")
        environment = {"KMZB_DATABASE_URL": settings.database_url, "KMZB_DATA_DIR": str(tmp_path)}
        return CliRunner().invoke(
            main, ["import", "meetings", str(tmp_path / name), *options], env=environment
        )

    return imported


def rows(*changes: dict[str, str]) -> str:
    """A CSV file of concerns, each of which says in what it differs from ``ROW``."""
    points = {"lon": "15.25", "lat": "52.25"}
    return csv_text(
        {**ROW, **points, "id": str(number), **one} for number, one in enumerate(changes, start=1)
    )


def meetings(engine: Engine) -> list[tuple]:
    columns = [column for column in meeting.columns if column.name not in ("uuid", "received_at")]
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(meeting.c.organiser))]


def test_concerns_become_signals_of_their_meeting(run: Run, engine: Engine, importer: Importer) -> None:
    content = rows(
        {},
        {"category": "potrzeba utworzenia posterunku", "lon": "15.3", "place": "ul. Długa"},
        {"meeting": "R/2", "kind": "meeting", "organiser": "Burmistrz", "participants": ""},
    )
    done = run("rady.csv", content)
    assert (done.exit_code, done.stdout) == (
        0,
        "3 read = 3 added + 0 updated + 0 unchanged + 0 rejected\n",
    ), done.output
    stored = importer.stored("ref", "source", "category", "meeting", "organiser", "participants", "place")
    first, second, third = stored
    assert [row[0] for row in stored] == ["S-0000001", "S-0000002", "S-0000003"]
    assert first[3] == second[3] != third[3]
    assert (first[4:], second[4:]) == (
        ("Rada Osiedla", 41, "Dom Kultury"),
        ("Rada Osiedla", 41, "ul. Długa"),
    )
    assert (second[2], third[4:6]) == ("signal_station", ("Burmistrz", None))
    held = importer.stored("occurred_from")[0]
    assert (held.hour, held.utcoffset().total_seconds()) == (16, 0)  # six in the evening in Warsaw
    assert meetings(engine) == [
        ("meeting", held, 15.25, 52.25, "Dom Kultury", "Burmistrz", None, "import: meetings"),
        ("debate", held, 15.25, 52.25, "Dom Kultury", "Rada Osiedla", 41, "import: meetings"),
    ]
    again = run("rady.csv", content)
    assert again.stdout == "3 read = 0 added + 0 updated + 3 unchanged + 0 rejected\n"
    more = run("rady.csv", content.replace(",41,", ",44,"))
    assert more.stdout == "3 read = 0 added + 2 updated + 1 unchanged + 0 rejected\n"
    assert importer.stored("participants") == [44, 44, None]
    assert [row[6] for row in meetings(engine)] == [None, 44]


def test_a_file_of_points(run: Run, importer: Importer) -> None:
    point = {"type": "Point", "coordinates": [15.25, 52.25]}
    done = run("rady.geojson", geojson(feature(point, **ROW), feature(None, **ROW | {"id": "2"})))
    assert done.exit_code == EXIT_REJECTED
    assert "line 2, geometry: is empty" in done.stderr
    assert importer.points() == [(15.25, 52.25)]


def test_rows_that_cannot_go_in_are_told_with_line_and_column(
    run: Run, importer: Importer, tmp_path: Path
) -> None:
    bad = (
        ({"meeting": ""}, "meeting", "is empty"),
        ({"kind": ""}, "kind", "is empty"),
        ({"kind": "festyn"}, "kind", "'festyn' is not known"),
        ({"organiser": " "}, "organiser", "is empty"),
        ({"participants": "dużo"}, "participants", "'dużo' is no whole number"),
        ({"participants": "42"}, "meeting", "line 2 says something else of the same meeting"),
        ({"held_at": "2021-06-02 18:00"}, "meeting", "line 2 says something else of the same meeting"),
        ({"held_at": "jutro"}, "held_at", "'jutro' is no date"),
        ({"category": "speeding"}, "category", "the category 'speeding' is not known"),
        ({"lon": "0"}, "lon, lat", "lies outside the accepted bounds"),
        ({"id": "1"}, "id", "the same id is in line 2"),
    )
    done = run("rady.csv", rows({}, *(change for change, _, _ in bad)))
    assert done.exit_code == EXIT_REJECTED
    assert done.stdout == f"{len(bad) + 1} read = 1 added + 0 updated + 0 unchanged + {len(bad)} rejected\n"
    told = done.stderr.splitlines()
    for line, (_, column, reason) in enumerate(bad, start=3):
        (found,) = (one for one in told if one.startswith(f"line {line}, "))
        assert found.startswith(f"line {line}, {column}: ")
        assert reason in found
    assert (tmp_path / "rejects" / "rady.csv").read_text(encoding="utf-8").count("\n") == len(bad) + 1
    assert len(importer.stored("id")) == 1


def test_a_file_of_another_form(run: Run, importer: Importer, tmp_path: Path) -> None:
    content = "lp,nr,rodzaj,kto,kiedy,x,y\n1,7,spotkanie,Sołtys,01.06.2021 18:00,246049,547880\n"
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(OTHER_FORM, encoding="utf-8")
    done = run("x.csv", content, "--mapping", str(mapping))
    assert done.exit_code == 0, done.output
    (stored,) = importer.stored("category", "organiser", "participants", "place", "unit")
    assert stored == ("signal_station", "Sołtys", None, None, None)
    ((lon, lat),) = importer.points()
    assert (round(lon, 3), round(lat, 3)) == (15.237, 52.737)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('meeting = "nr"\nkind = "rodzaj"\norganiser = "kto"\n', "", "columns.meeting is missing"),
        ('kind = "rodzaj"\n', "", "columns.meeting, kind and organiser go together"),
        ('plane = "community"', 'plane = "police"', "columns.meeting is for the community plane only"),
    ],
)
def test_mappings_that_know_no_meetings(run: Run, tmp_path: Path, old: str, new: str, message: str) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(OTHER_FORM.replace(old, new), encoding="utf-8")
    done = run("x.csv", "lp\n", "--mapping", str(mapping))
    assert (done.exit_code, message in done.output) == (1, True), done.output


def test_a_file_without_a_column(run: Run) -> None:
    content = rows({}).replace("organiser", "organizer")
    done = run("x.csv", content)
    assert (done.exit_code, "x.csv has no column 'organiser'" in done.output) == (1, True)


def test_the_help_names_every_column() -> None:
    told = " ".join(CliRunner().invoke(main, ["import", "meetings", "--help"]).output.split())
    for name in (*COLUMNS, "lon", "lat"):
        assert name in told, json.dumps(told)
