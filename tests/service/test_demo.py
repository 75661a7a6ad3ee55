"""The demo: reproducible, plausible in its figures, and through the ordinary imports."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from intake_files import Importer
from osgeo import ogr
from sqlalchemy import Engine, select

from kmzb_service.catalogue.model import load_catalogue
from kmzb_service.database.engine import open_engine, reading
from kmzb_service.database.schema import initialise
from kmzb_service.database.tables import area, attachment, meeting, threat, unit
from kmzb_service.intake.attachments import AttachmentStore
from kmzb_service.intake.demo.ground import Ground, build_ground
from kmzb_service.intake.demo.load import DemoPlan, load_demo, plan_in, write_files
from kmzb_service.intake.demo.profiles import load_profiles
from kmzb_service.intake.demo.province import load_province
from kmzb_service.intake.demo.texts import load_texts
from kmzb_service.intake.errors import IntakeError
from kmzb_service.intake.outcome import no_progress
from kmzb_service.settings import Settings
from kmzb_service.verification.audit import verify_chain

PLAN = DemoPlan(reports=4000, seed=5, until=date(2021, 11, 23))
PRESENT = datetime(2021, 11, 23, 7, tzinfo=UTC)  # 8 in Warsaw


def load(engine: Engine, settings: Settings, plan: DemoPlan = PLAN) -> dict:
    return load_demo(engine, settings, load_catalogue(), plan, lambda _label: no_progress)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Importer]:
    """A small demo; its tests only read, but for one that changes nothing."""
    folder = tmp_path_factory.mktemp("demo")
    settings = Settings(database_url=f"sqlite:///{folder / 'kmzb.sqlite'}", data_dir=folder)
    engine = open_engine(settings.database_url)
    initialise(engine)
    done = load(engine, settings)
    assert {name: (one.added, one.rejected) for name, one in done.items()} == {
        "voivodeship": (1, 0),
        "counties": (14, 0),
        "units": (13, 0),
        "citizen": (4000, 0),
        "police": (200, 0),
        "community": (27, 0),
        "attachments": (36, 0),
    }
    yield Importer(engine, settings, folder)
    engine.dispose()


@pytest.fixture(scope="module")
def ground() -> Ground:
    return build_ground(load_province())


def citizens(demo: Importer, *columns: str) -> list:
    query = select(*(threat.c[name] for name in columns)).where(threat.c.source == "citizen")
    with reading(demo.engine) as connection:
        return [tuple(row) for row in connection.execute(query.order_by(threat.c.id))]


# The ground


def test_counties_fill_the_province_without_gaps_and_overlaps(ground: Ground) -> None:
    counties = list(ground.counties.values())
    assert all(one.IsValid() and one.GetGeometryCount() == 1 for one in counties)
    assert ground.province.GetGeometryCount() == 1
    assert ground.province.GetGeometryRef(0).GetGeometryCount() == 1  # no holes
    assert sum(one.GetArea() for one in counties) == pytest.approx(ground.province.GetArea(), rel=1e-8)
    for one, other in combinations(counties, 2):
        assert one.Intersection(other).GetArea() < 1e-9


def test_towns_lie_in_their_counties(ground: Ground) -> None:
    for town in load_province().towns:
        point = ogr.CreateGeometryFromWkt(f"POINT ({town.lon} {town.lat})")
        assert ground.counties[town.county].Contains(point), town.name


def test_borders_are_the_same_each_time_and_not_straight(ground: Ground) -> None:
    again = build_ground(load_province())
    assert again.province.ExportToWkt() == ground.province.ExportToWkt()
    assert all(
        one.GetGeometryRef(0).GetGeometryRef(0).GetPointCount() > 40 for one in ground.counties.values()
    )


def test_the_province_has_14_counties_and_12_commands(demo: Importer) -> None:
    with reading(demo.engine) as connection:
        areas = connection.execute(select(area.c.code, area.c.name, area.c.approximate)).all()
        units = dict(connection.execute(select(unit.c.name, unit.c.areas).where(unit.c.kind != "KWP")).all())
    counties = {row.code: row.name for row in areas if len(row.code) == 4}
    assert len(counties) == 14
    assert (counties["0806"], counties["0862"]) == ("powiat strzelecko-drezdenecki", "Zielona Góra")
    assert all(row.approximate for row in areas)
    assert len(units) == 12
    assert units["KMP w Gorzowie Wielkopolskim"] == "0861,0801"
    assert units["KMP w Zielonej Górze"] == "0862,0809"
    assert sorted(code for listed in units.values() for code in listed.split(",")) == sorted(counties)


# The threats


def test_shares_of_categories_and_of_confirmed_are_the_published_ones(demo: Importer) -> None:
    rows = citizens(demo, "category", "status")
    counts = Counter(category for category, _ in rows)
    busiest = {"speeding", "illegal_parking", "public_drinking"}
    assert sum(counts[code] for code in busiest) / len(rows) == pytest.approx(0.70, abs=0.03)
    confirmed = Counter(
        category for category, status in rows if status in ("confirmed", "eliminated", "handed_over")
    )
    assert sum(confirmed.values()) / len(rows) == pytest.approx(0.51, abs=0.04)
    for code, share in (("illegal_parking", 0.65), ("speeding", 0.57), ("public_drinking", 0.38)):
        assert confirmed[code] / counts[code] == pytest.approx(share, abs=0.06)
    mistakes = sum(status == "mistake" for _, status in rows)
    assert mistakes / len(rows) == pytest.approx(0.02, abs=0.008)


def test_categories_keep_to_their_validity_and_all_occur(demo: Importer) -> None:
    catalogue = load_catalogue()
    rows = citizens(demo, "category", "reported_at", "description")
    rare = {"drowning", "poaching", "unguarded_level_crossing"}
    expected = {one.code for one in catalogue.categories if one.source == "citizen"}
    assert expected - rare <= {category for category, _, _ in rows} <= expected
    for code, reported_at, description in rows:
        category = catalogue.category(code)
        day = reported_at.astimezone(demo.settings.zone).date()
        assert (category.valid_from or date.min) <= day <= (category.valid_to or date.max)
        assert description or category.description == "optional"
        assert len(description or "") <= 500


def test_seasons_hours_and_weekdays_differ_by_category(demo: Importer) -> None:
    rows = citizens(demo, "category", "local_day", "local_hour")
    drinking = [(day, hour) for category, day, hour in rows if category == "public_drinking"]
    summer = sum(6 <= day.month <= 8 for day, _ in drinking) / len(drinking)
    assert summer > 0.35
    evening = sum(17 <= hour <= 23 for _, hour in drinking) / len(drinking)
    speeding = [hour for category, _, hour in rows if category == "speeding"]
    assert evening > 0.5 > sum(17 <= hour <= 23 for hour in speeding) / len(speeding)
    parking = Counter(day.isoweekday() for category, day, _ in rows if category == "illegal_parking")
    assert parking[7] < 0.7 * parking[2]


def test_the_demo_begins_in_september_2016_and_ends_on_its_last_day(demo: Importer) -> None:
    days = [day for (day,) in citizens(demo, "local_day")]
    assert min(days) < date(2016, 9, 15)
    years = Counter(day.year for day in days)
    assert years[2017] < years[2020]
    for last in (7, 30, 90):
        assert sum(day > PLAN.until - timedelta(days=last) for day in days) > last / 7
    instants = [instant for (instant,) in citizens(demo, "reported_at")] + demo.decisions("decided_at")
    assert max(instants) <= PRESENT


def test_old_reports_are_settled_and_new_ones_wait(demo: Importer) -> None:
    old = Counter(status for status, day in citizens(demo, "status", "local_day") if day < date(2021, 10, 1))
    assert old["new"] == old["verification"] == 0
    assert old["confirmed"] < 0.03 * sum(old.values())
    assert {"eliminated", "unconfirmed", "handed_over", "mistake"} <= set(old)


def test_people_name_the_same_places_again_and_again(demo: Importer) -> None:
    points = Counter(demo.points())
    assert max(points.values()) >= 5
    assert sum(count for count in points.values() if count > 1) > 0.1 * sum(points.values())
    places = Counter(place for (place,) in citizens(demo, "place"))
    assert places.most_common(1)[0][1] > 10


def test_every_threat_is_in_a_county_and_a_unit(demo: Importer) -> None:
    assert {None} & set(demo.stored("county")) == set()
    assert {None} & set(demo.stored("unit")) == set()
    assert set(demo.stored("voivodeship")) == {"08"}
    units = Counter(demo.stored("unit"))
    assert len(units) == 12
    assert {code for code, _ in units.most_common(2)} == {"KMP-GORZOW", "KMP-ZIELONA-GORA"}


def test_police_records_of_seven_categories_and_signals(demo: Importer) -> None:
    rows = demo.stored("source", "category", "status", "occurred_to", "description")
    police = [row for row in rows if row[0] == "police"]
    assert len({row[1] for row in police}) == 7
    assert {row[2] for row in police} == {None}
    assert any(row[3] is None for row in police) and any(row[3] is not None for row in police)
    assert all(row[4] for row in rows if row[0] == "community")


def test_signals_come_from_meetings(demo: Importer) -> None:
    rows = demo.stored("source", "meeting", "organiser", "participants", "occurred_from")
    signals = [row[1:] for row in rows if row[0] == "community"]
    assert all(all(row) for row in signals)
    # those of one meeting agree on it, and some meetings raise more than one thing
    meetings = {row[0] for row in signals}
    assert len(meetings) == len(set(signals)) < len(signals)
    with reading(demo.engine) as connection:
        kept = {row.uuid: row for row in connection.execute(meeting.select())}
    assert kept.keys() == meetings
    assert {row.kind for row in kept.values()} <= {"meeting", "debate"}


def test_the_newest_reports_have_files(demo: Importer) -> None:
    store = AttachmentStore(demo.engine, demo.settings)
    assert list(store.lost()) == []
    with reading(demo.engine) as connection:
        kinds = Counter(connection.execute(select(attachment.c.media_type)).scalars())
    assert set(kinds) == {"image/jpeg", "text/plain"}
    rows = sorted(demo.stored("reported_at", "attachments", "source"), reverse=True)
    assert sum(row[1] for row in rows) == sum(kinds.values())
    assert max(row[1] for row in rows) == 3
    newest = [row for row in rows if row[2] == "citizen"][:30]
    assert sum(row[1] for row in newest) == sum(kinds.values())


def test_the_audit_chain_explains_every_status(demo: Importer) -> None:
    report = verify_chain(demo.engine)
    assert report.problems == ()
    assert report.checked > PLAN.reports


def test_reasons_and_institutions_are_those_of_the_catalogue(demo: Importer) -> None:
    catalogue = load_catalogue()
    institutions = {one.code for one in catalogue.institutions}
    for to_status, reason, institution in demo.decisions("to_status", "reason", "institution"):
        assert (reason is not None) == (to_status in ("unconfirmed", "mistake"))
        assert reason is None or to_status in catalogue.reason(reason).statuses
        assert (institution in institutions) == (to_status == "handed_over")


def test_profiles_and_texts_cover_the_catalogue() -> None:
    catalogue = load_catalogue()
    for plane, profiles in load_profiles().items():
        codes = [one.code for one in catalogue.categories if one.source == plane]
        assert sorted(profile.code for profile in profiles) == sorted(codes)
    described = {one.code for one in catalogue.categories if one.source != "police"}
    assert set(load_texts()["descriptions"]) == described


# Again


def fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def test_the_same_plan_makes_the_same_files(tmp_path: Path) -> None:
    plans = [PLAN, PLAN, DemoPlan(300, 6, PLAN.until), DemoPlan(300, 5, PLAN.until)]
    for number, plan in enumerate(plans):
        small = DemoPlan(300, plan.seed, plan.until)
        write_files(tmp_path / str(number), load_catalogue(), small, no_progress)
    prints = [fingerprint(tmp_path / str(number)) for number in range(4)]
    assert prints[0] == prints[1] == prints[3] != prints[2]


def test_loading_it_twice_changes_nothing(demo: Importer) -> None:
    before = demo.everything()
    done = load(demo.engine, demo.settings)
    assert sum(one.unchanged for one in done.values()) == 1 + 14 + 13 + 4000 + 200 + 27 + 36
    assert demo.everything() == before
    assert plan_in(demo.engine) == PLAN


def test_a_different_demo_does_not_go_over_the_one_that_is_there(demo: Importer) -> None:
    before = fingerprint(demo.folder / "demo")
    with pytest.raises(IntakeError, match="a demo of 4000 reports until 2021-11-23"):
        load(demo.engine, demo.settings, DemoPlan(4000, 6, PLAN.until))
    assert fingerprint(demo.folder / "demo") == before


@pytest.mark.parametrize("plan", [(100, 1, date(2016, 9, 20)), (0, 1, date(2021, 1, 1))])
def test_an_impossible_plan_is_refused(plan: tuple) -> None:
    with pytest.raises(IntakeError, match="the demo"):
        DemoPlan(*plan)


@pytest.mark.parametrize("until", [date(2017, 1, 1), date(2026, 3, 29), date(2030, 10, 27)])
def test_the_last_days_are_populated_whenever_it_ends(tmp_path: Path, until: date) -> None:
    write_files(tmp_path, load_catalogue(), DemoPlan(500, 1, until), no_progress)
    with (tmp_path / "citizen.csv").open(encoding="utf-8", newline="") as file:
        placed = [datetime.fromisoformat(row["data_zgloszenia"]).date() for row in csv.DictReader(file)]
    assert len(placed) == 500
    assert sum(day > until - timedelta(days=10) for day in placed) >= 4
    assert max(placed) <= until
