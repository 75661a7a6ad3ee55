"""Import of threats: every row goes in or is refused with its line, column and reason."""

from __future__ import annotations

import csv
import unicodedata
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from intake_files import CITIZEN_MAPPING, NOW, PLAIN, Importer, csv_text, geojson, square
from on_databases import ON_SPATIALITE
from osgeo import gdal, ogr, osr
from shared_data import vehicle_thefts
from sqlalchemy import select, update

from kmzb_service.database.engine import current_position, reading, writing
from kmzb_service.database.tables import import_run, threat
from kmzb_service.intake import threats as threats_module
from kmzb_service.intake.errors import IntakeError
from kmzb_service.settings import POLAND_BOUNDS
from kmzb_service.verification.audit import verify_chain

ROOT = Path(__file__).resolve().parents[2]

POLICE_MAPPING = """
[source]
name = "ksip"
plane = "police"
[coordinates]
x = "x"
y = "y"
crs = "EPSG:2180"
[columns]
id = "nr"
occurred_from = "od"
category = "rodzaj"
[category.values]
"kradzież roweru" = "theft"
"""


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


# A row as it should be


def test_a_report_arrives_whole(importer: Importer) -> None:
    importer.reports(
        {
            "to": "2021-06-01 14:45",
            "text": "  Łamią przepisy, „zawsze”.  ",
            "place": "Żary, ul. Długa",
            "part": "Popołudnie",
            "days": "5, 2;2",
            "confirmations": "3",
        }
    )
    columns = (
        "ref source source_id category status occurred_from occurred_to part_of_day weekdays reported_at "
        "description place confirmations read_due verify_due local_day local_weekday local_hour version"
    )
    assert importer.stored(*columns.split()) == [
        (
            "Z-0000001",
            "citizen",
            "test:1",
            "speeding",
            "new",
            utc(2021, 6, 1, 12, 30),
            utc(2021, 6, 1, 12, 45),
            "afternoon",
            "2,5",
            utc(2021, 6, 1, 13),
            "Łamią przepisy, „zawsze”.",
            "Żary, ul. Długa",
            3,
            utc(2021, 6, 4, 13),
            None,
            date(2021, 6, 1),
            2,
            14,
            1,
        )
    ]
    assert importer.points() == [(15.25, 52.25)]


def test_the_local_calendar_is_that_of_warsaw(importer: Importer) -> None:
    importer.reports({"from": "2021-03-27T23:30:00Z"})  # the night in which the clock goes forward
    assert importer.stored("local_day", "local_weekday", "local_hour") == [(date(2021, 3, 28), 7, 0)]


def test_without_a_time_of_report_the_end_counts_then_the_start(importer: Importer) -> None:
    importer.reports(
        {"id": "1", "reported": "", "to": "2021-06-01 14:45"}, {"id": "2", "reported": "", "to": ""}
    )
    assert importer.stored("reported_at") == [utc(2021, 6, 1, 12, 45), utc(2021, 6, 1, 12, 30)]


def test_police_records_have_no_workflow(importer: Importer) -> None:
    # PL-1992 with x eastward, as files have it; the authority names northing first
    content = "nr,rodzaj,od,x,y\n7,Kradzież roweru,2021-06-01T10:00,246049,547880\n"
    assert importer.threats(content, POLICE_MAPPING).counts == (1, 0, 0, 0)
    assert importer.stored("ref", "category", "status", "read_due", "verify_due") == [
        ("P-0000001", "theft", None, None, None)
    ]
    ((lon, lat),) = importer.points()
    assert (lon, lat) == (pytest.approx(15.2369, abs=1e-3), pytest.approx(52.7368, abs=1e-3))


def test_decimal_commas_are_read_where_the_mapping_says_so(importer: Importer) -> None:
    mapping = CITIZEN_MAPPING.replace('crs = "EPSG:4326"', 'crs = "EPSG:4326"\ndecimal = ","')
    importer.reports({"lon": "15,5", "lat": "52.5"}, mapping=mapping)
    assert importer.points() == [(15.5, 52.5)]


def test_features_with_a_geometry_need_no_coordinate_columns(importer: Importer, tmp_path: Path) -> None:
    path = tmp_path / "thefts.gpkg"
    dataset = gdal.GetDriverByName("GPKG").Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(2180)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    layer = dataset.CreateLayer("thefts", reference, ogr.wkbUnknown)
    layer.CreateField(ogr.FieldDefn("nr", ogr.OFTInteger))
    layer.CreateField(ogr.FieldDefn("od", ogr.OFTDateTime))
    for number, wkt in enumerate(("POINT (246049 547880)", "LINESTRING (0 0, 1 1)", None)):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["nr"] = number
        feature.SetField("od", 2021, 6, 1, 10, 0, 0, 100)
        if wkt is not None:
            feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        layer.CreateFeature(feature)
    del layer, dataset
    mapping = """
        [source]
        name = "gis"
        plane = "police"
        [columns]
        id = "nr"
        occurred_from = "od"
        [category]
        fixed = "theft"
    """
    done = importer.threats(path, mapping)
    assert [(one.line, one.column, one.reason) for one in done.rejects] == [
        (2, "geometry", "is a linestring, a point is needed"),
        (3, "geometry", "is empty"),
    ]
    assert importer.stored("occurred_from") == [utc(2021, 6, 1, 10)]
    ((lon, lat),) = importer.points()
    assert (lon, lat) == (pytest.approx(15.2369, abs=1e-3), pytest.approx(52.7368, abs=1e-3))


# Categories


@pytest.mark.parametrize(
    "word", ["public_drinking", "SPOŻYWANIE alkoholu w miejscach niedozwolonych", "Bezdomność", "speeding"]
)
def test_codes_names_and_aliases_are_accepted_in_any_case(importer: Importer, word: str) -> None:
    assert importer.reports({"category": word}).counts == (1, 0, 0, 0)


def test_unknown_categories_are_refused_or_become_the_one_chosen(importer: Importer) -> None:
    row = {"category": "kosmici"}
    (reject,) = importer.reports(row).rejects
    assert (reject.line, reject.column) == (2, "category")
    assert reject.reason == "the category 'kosmici' is not known"
    chosen = CITIZEN_MAPPING + '[category]\nunknown = "vandalism"\n'
    assert importer.reports(row, mapping=chosen).counts == (1, 0, 0, 0)
    assert importer.stored("category") == ["vandalism"]


def test_a_category_of_another_plane_is_unknown(importer: Importer) -> None:
    assert importer.reports({"category": "vehicle_theft"}).counts == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ("category", "reported", "accepted"),
    [
        ("dangerous_entertainment", "2018-12-31 23:30", False),
        ("dangerous_entertainment", "2019-01-01 00:30", True),  # a day in Warsaw that has begun
        ("drowning", "2020-12-31 23:30", True),
        ("drowning", "2021-01-01 00:30", False),
    ],
)
def test_a_category_counts_while_it_was_in_use(
    importer: Importer, category: str, reported: str, accepted: bool
) -> None:
    done = importer.reports({"category": category, "from": reported, "reported": reported})
    assert done.counts == ((1, 0, 0, 0) if accepted else (0, 0, 0, 1))
    if not accepted:
        (reject,) = done.rejects
        assert reject.column == "category"
        assert f"the category '{category}' was not in use on {reported[:10]}" == reject.reason


def test_letters_are_stored_in_one_form(importer: Importer) -> None:
    importer.reports({"text": unicodedata.normalize("NFD", "Żary, Łódź, ćma")})
    assert importer.stored("description") == ["Żary, Łódź, ćma"]


def test_a_description_is_needed_where_the_category_says_so(importer: Importer) -> None:
    (reject,) = importer.reports({"category": "dangerous_entertainment", "text": " "}).rejects
    assert reject.column == "text"
    assert reject.reason == "is empty, and the category 'dangerous_entertainment' needs one"


# Bad rows


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ({"id": " "}, "id", "is empty"),
        ({"id": "x" * 116}, "id", "longer than 115 characters"),
        ({"from": ""}, "from", "is empty"),
        ({"from": "2021-02-30 10:00"}, "from", "'2021-02-30 10:00' is no date"),
        ({"from": "2021-03-28 02:30"}, "from", "does not exist in Europe/Warsaw"),
        ({"from": "2021-10-31 02:30"}, "from", "exists twice in Europe/Warsaw"),
        ({"from": "2031-01-01 10:00"}, "from", "in the future"),
        ({"to": "2021-06-01 14:29"}, "to", "lies before the start"),
        ({"reported": "soon"}, "reported", "'soon' is no date"),
        ({"text": "x" * 501}, "text", "has 501 characters, 500 are allowed"),
        ({"text": "a\0b"}, "text", "NUL"),
        ({"part": "midday"}, "part", "'midday' is not known"),
        ({"days": "1,8"}, "days", "'1,8' is no list of weekdays"),
        ({"confirmations": "-1"}, "confirmations", "'-1' is no whole number"),
        ({"confirmations": "²"}, "confirmations", "'²' is no whole number"),
        ({"lon": ""}, "lon", "is empty"),
        ({"lat": "52,25"}, "lat", "'52,25' is no number"),
        ({"lon": "nan"}, "lon", "'nan' is no number"),
        ({"lat": "-inf"}, "lat", "'-inf' is no number"),
        ({"lon": "-73.9", "lat": "40.7"}, "lon, lat", "outside the accepted bounds"),
        ({"lon": "52.25", "lat": "15.25"}, "lon, lat", "are they swapped?"),
        ({"status": "lost"}, "status", "'lost' is not known"),
        ({"status": "verification", "taken": "2021-06-01 14:59"}, "taken", "before the one it follows"),
        (
            {"status": "unconfirmed", "taken": "2021-06-02 10:00", "decided": "2021-06-02 09:59"},
            "decided",
            "before the one it follows",
        ),
        ({"status": "confirmed", "decided": "x"}, "decided", "'x' is no date"),
        ({"status": "unconfirmed", "reason": "boredom"}, "reason", "'boredom' is not known"),
        ({"status": "eliminated", "reason": "joke"}, "reason", "does not go with the status 'eliminated'"),
        ({"note": "x" * 2001}, "note", "has 2001 characters"),
        ({"method": "magic"}, "method", "'magic' is not known"),
    ],
)
def test_a_bad_row_is_refused_and_the_others_go_in(
    importer: Importer, row: dict[str, str], column: str, reason: str
) -> None:
    done = importer.reports({"id": "good"}, {"id": "bad", **row}, {"id": "better"})
    assert done.counts == (2, 0, 0, 1)
    (reject,) = done.rejects
    assert (reject.line, reject.column) == (3, column)
    assert reject.reason and reason in reject.reason
    assert importer.stored("source_id") == ["test:good", "test:better"]


def test_500_characters_are_allowed(importer: Importer) -> None:
    assert importer.reports({"text": "ż" * 500}).counts == (1, 0, 0, 0)


def test_an_id_that_comes_twice_is_refused_the_second_time(importer: Importer) -> None:
    done = importer.reports({"id": "a"}, {"id": "b", "lon": "x"}, {"id": "a"}, {"id": "b"})
    assert done.counts == (2, 0, 0, 2)
    assert [(one.line, one.column, one.reason) for one in done.rejects] == [
        (3, "lon", "'x' is no number"),
        (4, "id", "the same id is in line 2"),
    ]


def test_the_rejects_file_has_every_refused_row_as_it_was(importer: Importer) -> None:
    rows = [{"id": str(number), "text": "żółć", "lon": "no"} for number in range(25)]
    done = importer.reports({"id": "good"}, *rows)
    assert (done.counts, len(done.rejects)) == ((1, 0, 0, 25), 20)
    with done.rejects_file.open(encoding="utf-8", newline="") as file:
        kept = list(csv.DictReader(file))
    assert len(kept) == 25
    assert kept[0]["line"] == "3"
    assert kept[0] == {"line": "3", "column": "lon", "reason": "'no' is no number", **PLAIN, **rows[0]}


def test_a_rejects_file_of_an_earlier_import_is_removed(importer: Importer) -> None:
    assert importer.reports({"lon": "no"}).rejects_file.exists()
    assert not importer.reports({}).rejects_file.exists()


def test_rows_with_too_few_and_too_many_fields_are_counted(importer: Importer) -> None:
    header, good = csv_text([PLAIN]).splitlines()
    done = importer.threats("\n".join((header, good, "2,speeding", f"{good},more")))
    assert done.counts == (1, 0, 0, 2)
    assert [(one.line, one.column) for one in done.rejects] == [(3, ""), (4, "")]


# Bad files: nothing goes in


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"id,category,from\n1,speeding,2021-06-01 10:00\n", "no column 'to', 'reported', 'text', 'place'"),
        (csv_text([PLAIN, {**PLAIN, "id": "2", "text": "żółw"}]).encode("cp1250"), "is not utf-8: line 3"),
    ],
)
def test_an_unusable_file_changes_nothing(importer: Importer, content: bytes, message: str) -> None:
    with pytest.raises(IntakeError, match=message):
        importer.threats(content)
    assert importer.stored("id") == []


def test_a_file_without_coordinates_is_refused(importer: Importer) -> None:
    mapping = POLICE_MAPPING.replace('x = "x"\ny = "y"\ncrs = "EPSG:2180"', "")
    with pytest.raises(IntakeError, match="does not say what its coordinates are"):
        importer.threats("nr,rodzaj,od\n", mapping)


def test_an_unknown_coordinate_system_is_refused(importer: Importer) -> None:
    with pytest.raises(IntakeError, match="'EPSG:99' is not known"):
        importer.threats("nr,rodzaj,od,x,y\n", POLICE_MAPPING.replace("2180", "99"))


# Again and again


def test_importing_twice_changes_nothing(importer: Importer) -> None:
    rows = [
        {"id": "1", "to": "2021-06-01 15:00", "lon": "15.12345678901"},
        {"id": "2", "status": "eliminated"},
    ]
    importer.reports(*rows)
    before = importer.everything()
    assert importer.reports(*rows).counts == (0, 0, 2, 0)
    assert importer.everything() == before
    with reading(importer.engine) as connection:
        positions = current_position(connection)
    importer.reports(*rows)
    with reading(importer.engine) as connection:
        assert current_position(connection) == positions


def test_what_has_changed_is_updated_and_sent_to_desks(importer: Importer) -> None:
    importer.reports({"id": "1"}, {"id": "2"})
    (_, old), (_, untouched) = importer.stored("version", "seq")
    changed = {"id": "1", "text": "Nowy opis.", "lon": "15.3"}
    assert importer.reports(changed, {"id": "2"}).counts == (0, 1, 1, 0)
    assert importer.stored("description", "version") == [("Nowy opis.", 2), ("Za szybko.", 1)]
    assert importer.stored("seq")[0] > max(old, untouched) and importer.stored("seq")[1] == untouched
    assert importer.points()[0] == (15.3, 52.25)


def test_the_same_id_of_another_sender_is_another_threat(importer: Importer) -> None:
    importer.reports({})
    assert importer.reports({}, mapping=CITIZEN_MAPPING.replace('"test"', '"other"')).counts == (1, 0, 0, 0)


def test_a_threat_that_was_removed_comes_back(importer: Importer) -> None:
    importer.reports({})
    with writing(importer.engine) as connection:
        connection.execute(update(threat).values(removed=True))
    assert importer.reports({}).counts == (0, 1, 0, 0)
    assert importer.stored("removed", "version") == [(False, 2)]


def test_every_batch_goes_in(importer: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threats_module, "BATCH", 10)
    rows = [{"id": str(number), "status": "confirmed"} for number in range(25)]
    assert importer.reports(*rows).counts == (25, 0, 0, 0)
    assert importer.stored("ref") == [f"Z-{number:07d}" for number in range(1, 26)]
    positions = importer.stored("seq") + importer.decisions("seq")
    assert sorted(positions) == list(range(1, 76))
    assert verify_chain(importer.engine).problems == ()
    assert importer.reports(*rows).counts == (0, 0, 25, 0)


def test_the_run_is_recorded(importer: Importer) -> None:
    importer.reports({"id": "1"}, {"id": "2", "lon": "x"})
    with reading(importer.engine) as connection:
        run = connection.execute(select(import_run)).one()
    assert (run.kind, run.file_name, run.started_at) == ("threats", "threats.csv", NOW)
    assert {key: run.summary[key] for key in ("read", "added", "updated", "unchanged", "rejected")} == {
        "read": 2,
        "added": 1,
        "updated": 0,
        "unchanged": 0,
        "rejected": 1,
    }


# Statuses that come with a file


def steps(importer: Importer) -> list[tuple[str, str, datetime]]:
    return importer.decisions("from_status", "to_status", "decided_at")


def test_the_way_to_a_status_is_in_the_audit_chain(importer: Importer) -> None:
    importer.reports(
        {
            "status": "Potwierdzone (przekazane poza Policję)",
            "taken": "2021-06-02 10:00",
            "confirmed": "2021-06-03 11:00",
            "decided": "2021-06-09 12:00",
            "note": "Wysłano pismo.",
            "method": "dzielnicowy",
            "institution": "zarządca drogi",
        }
    )
    assert steps(importer) == [
        ("new", "verification", utc(2021, 6, 2, 8)),
        ("verification", "confirmed", utc(2021, 6, 3, 9)),
        ("confirmed", "handed_over", utc(2021, 6, 9, 10)),
    ]
    assert importer.decisions("base_version", "threat_version", "note", "method", "institution") == [
        (1, 2, None, None, None),
        (2, 3, None, "beat_officer", None),
        (3, 4, "Wysłano pismo.", None, "road_manager"),
    ]
    assert set(importer.decisions("actor", "actor_role", "received_at")) == {("import: test", "import", NOW)}
    assert importer.stored("status", "version", "verify_due") == [("handed_over", 4, utc(2021, 6, 7, 8))]
    assert verify_chain(importer.engine).problems == ()


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"status": "nowe"}, []),
        ({"status": "verification"}, [("verification", utc(2021, 6, 1, 13))]),
        (
            {"status": "mistake", "decided": "2021-06-02 10:00", "reason": "żart"},
            [("mistake", utc(2021, 6, 2, 8))],
        ),
        (
            {"status": "mistake", "taken": "2021-06-02 10:00", "decided": "2021-06-03 10:00"},
            [("verification", utc(2021, 6, 2, 8)), ("mistake", utc(2021, 6, 3, 8))],
        ),
        (
            {"status": "unconfirmed", "decided": "2021-06-03 10:00"},
            [("verification", utc(2021, 6, 1, 13)), ("unconfirmed", utc(2021, 6, 3, 8))],
        ),
    ],
)
def test_steps_follow_from_the_status_and_its_times(
    importer: Importer, row: dict[str, str], expected: list[tuple[str, datetime]]
) -> None:
    assert importer.reports(row).counts == (1, 0, 0, 0)
    assert [(to, instant) for _, to, instant in steps(importer)] == expected
    assert verify_chain(importer.engine).problems == ()


def test_the_mappings_words_for_statuses(importer: Importer) -> None:
    mapping = CITIZEN_MAPPING + '[status.values]\n"W toku" = "verification"\n'
    importer.reports({"status": "w TOKU"}, mapping=mapping)
    assert importer.stored("status") == ["verification"]


def test_a_report_that_has_moved_on_gets_the_steps_that_are_missing(importer: Importer) -> None:
    importer.reports({"status": "verification", "taken": "2021-06-02 10:00"})
    moved = {"status": "eliminated", "taken": "2021-06-02 10:00", "decided": "2021-06-05 10:00"}
    assert importer.reports(moved).counts == (0, 1, 0, 0)
    assert [to for _, to, _ in steps(importer)] == ["verification", "confirmed", "eliminated"]
    assert importer.stored("status", "version") == [("eliminated", 4)]
    assert importer.reports(moved).counts == (0, 0, 1, 0)
    assert verify_chain(importer.engine).problems == ()


def test_a_changed_text_and_new_steps_count_as_one_update(importer: Importer) -> None:
    importer.reports({})
    importer.reports({"status": "verification", "text": "Nowy opis."})
    assert importer.stored("status", "version") == [("verification", 3)]
    assert importer.decisions("base_version", "threat_version") == [(2, 3)]


def test_what_was_decided_here_is_not_overridden(importer: Importer, client_as) -> None:
    importer.reports({"id": "1"}, {"id": "2"}, {"id": "3"})
    decide(client_as("coordinator", unit=None), 1)
    row = {"status": "unconfirmed", "decided": "2021-06-05 10:00"}
    done = importer.reports({"id": "1", **row}, {"id": "2", **row}, {"id": "3"})
    assert done.counts == (0, 1, 1, 1)
    (reject,) = done.rejects
    assert (reject.line, reject.column) == (2, "status")
    assert reject.reason == "the report was decided here meanwhile and is 'mistake'"
    assert importer.stored("status") == ["mistake", "unconfirmed", "new"]
    assert verify_chain(importer.engine).problems == ()


def test_a_file_that_lags_behind_a_decision_does_not_undo_it(importer: Importer, client_as) -> None:
    importer.reports({})
    decide(client_as("coordinator", unit=None), 1)
    assert importer.reports({}).counts == (0, 0, 1, 0)
    assert importer.reports({"status": "mistake", "decided": "2021-06-05 10:00"}).counts == (0, 0, 1, 0)
    assert importer.stored("status", "version") == [("mistake", 2)]


def decide(client, threat_id: int) -> None:
    body = {
        "uuid": "6f0f3b0e-7b1f-4c5e-9d5c-000000000001",
        "threat_id": threat_id,
        "base_version": 1,
        "to_status": "mistake",
        "reason": "joke",
        "decided_at": "2021-06-04T10:00:00.000Z",
    }
    (outcome,) = client.post("/decisions", json={"decisions": [body]}).json()["outcomes"]
    assert outcome["outcome"] == "accepted", outcome


# Where a threat is


def test_a_threat_belongs_to_the_areas_and_the_smallest_unit_around_it(importer: Importer) -> None:
    importer.areas(geojson(square("08", 15.0, size=1.0)), level="voivodeship")
    importer.areas(geojson(square("0801", 15.0), square("0861", 15.5)))
    importer.areas(geojson(square("0801011", 15.0, size=0.1)), level="commune")
    importer.units(UNITS)
    importer.reports(
        {"id": "in the commune", "lon": "15.05", "lat": "52.05"},
        {"id": "in the county", "lon": "15.25", "lat": "52.25"},
        {"id": "in the city", "lon": "15.75", "lat": "52.25"},
        {"id": "in the voivodeship", "lon": "15.25", "lat": "52.75"},
        {"id": "nowhere", "lon": "18", "lat": "52.25"},
        {"id": "on a border", "lon": "15.5", "lat": "52.25"},
    )
    assert importer.stored("unit", "voivodeship", "county", "commune") == [
        ("KPP-A", "08", "0801", "0801011"),
        ("KPP-A", "08", "0801", None),
        ("KWP", "08", "0861", None),
        ("KWP", "08", None, None),
        (None, None, None, None),
        ("KPP-A", "08", "0801", None),
    ]


def test_threats_are_placed_again_when_areas_and_units_come_later(importer: Importer) -> None:
    importer.reports({"id": "inside"}, {"id": "outside", "lon": "18"})
    (_, first), (_, second) = importer.stored("version", "seq")
    assert importer.areas(geojson(square("0801", 15.0))).summary.moved == 1
    assert importer.units(UNITS.replace('parent = "KWP"', "")).summary.moved == 1
    assert importer.stored("unit", "county", "version") == [("KPP-A", "0801", 1), (None, None, 1)]
    assert importer.stored("seq")[0] > max(first, second)
    assert importer.stored("seq")[1] == second
    before = importer.everything()
    assert importer.areas(geojson(square("0801", 15.0))).summary.moved == 0
    assert importer.everything() == before


UNITS = """
[[units]]
code = "KWP"
name = "KWP"
kind = "KWP"
areas = ["08"]
[[units]]
code = "KPP-A"
name = "KPP A"
kind = "KPP"
parent = "KWP"
areas = ["0801"]
"""


# Real data


def test_all_vehicle_thefts_of_new_york_arrive(importer: Importer, tmp_path: Path) -> None:
    path, rows, open_ended = vehicle_thefts(tmp_path)
    mapping = (ROOT / "tests" / "data" / "nyc-vehicle-thefts.toml").read_text(encoding="utf-8")
    done = importer.threats(path, mapping)
    assert (done.counts, list(done.rejects)) == ((rows, 0, 0, 0), [])
    assert importer.stored("occurred_to").count(None) == open_ended
    assert set(importer.stored("category", "status", "source")) == {("vehicle_theft", None, "police")}
    # an independent look at the file: local New York time, four or five hours behind
    with path.open(encoding="utf-8", newline="") as file:
        expected = {f"nyc-crimedata:{row['uid']}": row["date_start"] for row in csv.DictReader(file)}
    for source_id, instant in importer.stored("source_id", "occurred_from"):
        local = datetime.strptime(expected[source_id], "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
        assert instant - local in (timedelta(hours=4), timedelta(hours=5))
    assert importer.threats(path, mapping).counts == (0, 0, rows, 0)


@ON_SPATIALITE  # nothing of it reaches a database
def test_new_york_is_outside_the_bounds_of_poland(importer: Importer, tmp_path: Path) -> None:
    path, rows, _ = vehicle_thefts(tmp_path)
    mapping = (ROOT / "tests" / "data" / "nyc-vehicle-thefts.toml").read_text(encoding="utf-8")
    lines = [line for line in mapping.splitlines() if not line.startswith("bounds")]
    done = importer.threats(path, "\n".join(lines))
    assert done.counts == (0, 0, 0, rows)
    assert importer.settings.accepted_bounds == POLAND_BOUNDS
    with done.rejects_file.open(encoding="utf-8") as file:
        assert sum(1 for _ in file) == rows + 1
