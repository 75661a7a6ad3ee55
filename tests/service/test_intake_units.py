"""Import of units: from TOML, CSV and GeoJSON, over areas or with ground of their own."""

from __future__ import annotations

import pytest
from intake_files import Importer, feature, geojson, square
from sqlalchemy import func, select

from kmzb_service.database.engine import reading
from kmzb_service.database.tables import unit
from kmzb_service.intake.errors import IntakeError

COUNTIES = geojson(square("0801", 15.0), square("0861", 15.5))

TOML = """
[[units]]
code = "KWP"
name = "KWP w Gorzowie"
kind = "KWP"
areas = ["0801"]

[[units]]
code = "KMP"
name = "KMP w Gorzowie"
kind = "KMP"
parent = "KWP"
areas = ["0861", "0801"]
seat_lon = 15.24
seat_lat = 52.73
"""


def stored(importer: Importer) -> list[tuple]:
    names = ("code", "name", "kind", "parent", "areas", "seat_lon", "seat_lat", "version")
    query = select(*(unit.c[name] for name in names), func.ST_Area(unit.c.geom)).order_by(unit.c.id)
    with reading(importer.engine) as connection:
        return [tuple(row) for row in connection.execute(query)]


@pytest.fixture
def with_counties(importer: Importer) -> Importer:
    importer.areas(COUNTIES)
    return importer


def test_units_arrive_whole_from_toml(with_counties: Importer) -> None:
    assert with_counties.units(TOML).counts == (2, 0, 0, 0)
    assert stored(with_counties) == [
        ("KWP", "KWP w Gorzowie", "KWP", None, "0801", None, None, 1, pytest.approx(0.25)),
        ("KMP", "KMP w Gorzowie", "KMP", "KWP", "0861,0801", 15.24, 52.73, 1, pytest.approx(0.5)),
    ]


def test_units_arrive_from_csv(with_counties: Importer) -> None:
    content = (
        "code,name,kind,parent,areas,seat_lon,seat_lat\n"
        'KWP,KWP,KWP,,"0801, 0861",,\n'
        "PP,Posterunek w Łagowie,posterunek,KWP,0801,15.3,52.3\n"
    )
    assert with_counties.units(content, suffix="csv").counts == (2, 0, 0, 0)
    assert [(row[0], row[3], row[4], row[5]) for row in stored(with_counties)] == [
        ("KWP", None, "0801,0861", None),
        ("PP", "KWP", "0801", 15.3),
    ]


def test_units_with_a_geometry_need_no_areas(importer: Importer) -> None:
    own = square("x", 15.0)["geometry"]
    importer.units(geojson(feature(own, code="R1", name="Rewir 1", kind="rewir")), suffix="geojson")
    assert stored(importer) == [("R1", "Rewir 1", "rewir", None, "", None, None, 1, pytest.approx(0.25))]


@pytest.mark.parametrize(
    ("old", "new", "column", "reason"),
    [
        ('kind = "KMP"', 'kind = "FBI"', "kind", "'FBI'"),
        ('kind = "KMP"', "", "kind", "Field required"),
        ('code = "KMP"', "code = 861", "code", "861"),
        ('code = "KMP"', 'code = "KWP"', "code", "the code 'KWP' is in the file already"),
        ('code = "KMP"', f'code = "{"x" * 21}"', "code", "at most 20 characters"),
        ('parent = "KWP"', 'parent = "KGP"', "parent", "there is no unit 'KGP'"),
        ('["0861", "0801"]', '["0861", "0899", "0898"]', "areas", "there is no area 0899, 0898"),
        ('["0861", "0801"]', "[]", "areas", "lists no area, and the row has no geometry"),
        ('["0861", "0801"]', "[861]", "areas", "861"),
        ("seat_lon = 15.24", "seat_lon = nan", "seat_lon", "finite number"),
        ("seat_lat = 52.73", "seat_lat = 95", "seat_lat", "less than or equal to 90"),
    ],
)
def test_a_bad_unit_is_refused_and_the_others_go_in(
    with_counties: Importer, old: str, new: str, column: str, reason: str
) -> None:
    done = with_counties.units(TOML.replace(old, new))
    assert done.counts == (1, 0, 0, 1)
    (reject,) = done.rejects
    assert (reject.line, reject.column) == (2, column)
    assert reason in reject.reason
    assert [row[0] for row in stored(with_counties)] == ["KWP"]


@pytest.mark.parametrize(
    ("content", "suffix", "message"),
    [
        ("", "toml", r"has no \[\[units\]\]"),
        ("units = 3", "toml", r"has no \[\[units\]\]"),
        ("[[units]", "toml", "not valid TOML"),
        ("code,nazwa\n", "csv", "no column 'name', 'kind'"),
        ("", "csv", "is empty"),
    ],
)
def test_an_unusable_file_changes_nothing(
    importer: Importer, content: str, suffix: str, message: str
) -> None:
    with pytest.raises(IntakeError, match=message):
        importer.units(content, suffix)
    assert stored(importer) == []


def test_importing_twice_changes_nothing_and_a_change_is_one(with_counties: Importer) -> None:
    with_counties.units(TOML)
    before = with_counties.everything()
    assert with_counties.units(TOML).counts == (0, 0, 2, 0)
    assert with_counties.everything() == before
    assert with_counties.units(TOML.replace("KMP w Gorzowie", "KMP")).counts == (0, 1, 1, 0)
    assert [(row[1], row[7]) for row in stored(with_counties)] == [("KWP w Gorzowie", 1), ("KMP", 2)]


def test_a_parent_may_be_there_from_an_earlier_file(with_counties: Importer) -> None:
    with_counties.units(TOML)
    later = '[[units]]\ncode = "P"\nname = "P"\nkind = "posterunek"\nparent = "KMP"\nareas = ["0801"]\n'
    assert with_counties.units(later).counts == (1, 0, 0, 0)
