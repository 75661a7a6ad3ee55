"""Reports, confirmations and meetings that come one by one, and everything that is wrong with some."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from intake_files import Importer, geojson, square
from on_databases import ON_SPATIALITE, ClientAs
from sample_map import add_decisions, add_police_record, add_reports
from sqlalchemy import Engine, func, select
from starlette.testclient import TestClient
from test_app import problem
from test_sync_changes import cursor_at

from kmzb_service.database.engine import reading, writing
from kmzb_service.database.instants import instant_text
from kmzb_service.database.tables import confirmation, meeting, threat
from kmzb_service.intake.facts import DESCRIPTION_LENGTH

ITEMS = "/collections/threats/items"
MEETINGS = "/meetings"


def report(geometry: Any = None, **properties: Any) -> dict[str, Any]:
    """A report that nothing is wrong with, but for what is said otherwise; ``...`` leaves a property out."""
    said = {
        "source": "citizen",
        "source_id": "platform:1",
        "category": "speeding",
        "occurred_from": "2021-06-01T12:30:00Z",
        "reported_at": "2021-06-01T13:00:00Z",
        "description": "Za szybko.",
    } | properties
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [15.25, 52.25]} if geometry is None else geometry,
        "properties": {name: value for name, value in said.items() if value is not ...},
    }


def a_meeting(**members: Any) -> dict[str, Any]:
    """A meeting that nothing is wrong with, but for what is said otherwise."""
    return {
        "uuid": str(uuid.uuid4()),
        "kind": "debate",
        "held_at": "2021-06-01T16:00:00.000Z",
        "lon": 15.25,
        "lat": 52.25,
        "place": "Dom Kultury",
        "organiser": "Burmistrz",
        "participants": 41,
        "concerns": [
            {"category": "signal_road_safety", "description": "Brak przejścia przy szkole."},
            {"category": "signal_patrols", "description": None},
        ],
    } | members


@pytest.fixture
def sender(client_as: ClientAs) -> TestClient:
    return client_as("sender")


@pytest.fixture
def ground(importer: Importer) -> None:
    """A county in a voivodeship, each with a unit."""
    importer.areas(geojson(square("08", 15.0, size=2.0)), "voivodeship")
    importer.areas(geojson(square("0802", 15.0)))
    importer.units(
        "code,name,kind,parent,areas\nKWP,KWP,KWP,,08\nKPP-KROSNO,KPP w Krośnie,KPP,KWP,0802\n", "csv"
    )


def count(engine: Engine, table: Any = threat) -> int:
    with reading(engine) as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def test_a_report_is_put_on_the_map(
    ground: None, sender: TestClient, client: TestClient, engine: Engine
) -> None:
    answer = sender.post(ITEMS, json=report(weekdays="5,1,5", part_of_day="evening", place=" ul. Długa "))
    assert answer.status_code == 201, answer.text
    assert answer.headers["content-type"] == "application/geo+json"
    told = answer.json()
    # a sender may not read: it learns where its report is
    assert (told["id"], told["geometry"], told["properties"]) == (1, None, {})
    assert answer.headers["location"] == f"http://testserver{ITEMS}/1"
    feature = client.get(answer.headers["location"]).json()
    assert feature["geometry"] == {"type": "Point", "coordinates": [15.25, 52.25]}
    properties = feature["properties"]
    assert {name: properties[name] for name in properties if name not in ("updated_at",)} == {
        "ref": "Z-0000001",
        "source": "citizen",
        "category": "speeding",
        "status": "new",
        "occurred_from": "2021-06-01T12:30:00.000Z",
        "occurred_to": None,
        "part_of_day": "evening",
        "weekdays": "1,5",
        "reported_at": "2021-06-01T13:00:00.000Z",
        "description": "Za szybko.",
        "place": "ul. Długa",
        # the smallest ground that holds it, and the catalogue's three days
        "unit": "KPP-KROSNO",
        "voivodeship": "08",
        "county": "0802",
        "commune": None,
        "confirmations": 0,
        "attachments": 0,
        "meeting": None,
        "organiser": None,
        "participants": None,
        "read_due": "2021-06-04T13:00:00.000Z",
        "verify_due": None,
        "local_day": "2021-06-01",
        "local_weekday": 2,
        "local_hour": 14,
        "version": 1,
    }


def test_a_report_outside_every_unit_is_kept(ground: None, sender: TestClient, client: TestClient) -> None:
    answer = sender.post(ITEMS, json=report({"type": "Point", "coordinates": [20.0, 50.0]}))
    properties = client.get(answer.headers["location"]).json()["properties"]
    assert (properties["unit"], properties["voivodeship"], properties["status"]) == (None, None, "new")


def test_borders_that_change_count_for_the_next_report(
    ground: None, sender: TestClient, client: TestClient, importer: Importer
) -> None:
    sender.post(ITEMS, json=report())
    importer.areas(geojson(square("0803", 15.2, 52.2, size=0.2)))
    importer.units("code,name,kind,parent,areas\nKPP-NOWA,KPP,KPP,KWP,0803\n", "csv")
    answer = sender.post(ITEMS, json=report(source_id="platform:2"))
    assert client.get(answer.headers["location"]).json()["properties"]["unit"] == "KPP-NOWA"


def test_the_same_report_again_is_there_already(
    client: TestClient, sender: TestClient, engine: Engine
) -> None:
    first = client.post(ITEMS, json=report())
    again = client.post(ITEMS, json=report(description="Inaczej."))
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.headers["location"] == first.headers["location"]
    assert again.json() == first.json()
    assert again.json()["properties"]["description"] == "Za szybko."
    # what another system has sent is not told to a sender
    assert sender.post(ITEMS, json=report()).json()["properties"] == {}
    # the ids of the planes are apart
    police = report(**POLICE, description=...)
    assert client.post(ITEMS, json=police).status_code == 201
    assert count(engine) == 2


def test_a_report_that_was_imported_is_known(client: TestClient, importer: Importer) -> None:
    importer.reports({})
    assert client.post(ITEMS, json=report(source_id="test:1")).status_code == 200


def test_the_same_report_from_many_at_once(live: str, engine: Engine, client: TestClient) -> None:
    ready = threading.Barrier(8)

    def send(_number: int) -> tuple[int, int]:
        with httpx.Client(base_url=live, headers=client.headers, timeout=60) as one:
            ready.wait()
            answer = one.post(ITEMS, json=report())
            return answer.status_code, answer.json()["id"]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    assert sorted(status for status, _ in answers) == [200] * 7 + [201]
    assert len({threat_id for _, threat_id in answers}) == 1
    assert count(engine) == 1


def test_desks_hear_of_a_new_report(client: TestClient, engine: Engine) -> None:
    cursor = cursor_at(engine, 0)
    client.post(ITEMS, json=report())
    changes = client.get("/changes", params={"cursor": cursor}).json()
    assert [feature["id"] for feature in changes["threats"]] == [1]


def test_a_time_that_is_not_given_is_now(client: TestClient) -> None:
    now = datetime.now(UTC)
    properties = client.post(ITEMS, json=report(reported_at=...)).json()["properties"]
    reported = datetime.fromisoformat(properties["reported_at"])
    assert abs(reported - now) < timedelta(minutes=1)
    assert datetime.fromisoformat(properties["read_due"]) == reported + timedelta(days=3)


def in_hours(hours: float) -> str:
    return instant_text(datetime.now(UTC) + timedelta(hours=hours))


POLICE = {"source": "police", "category": "theft"}


def refused() -> Iterator[tuple[dict[str, Any], str, str]]:
    """Reports against a rule; times are of when the test runs, which may be long after it was collected."""
    yield from (
        ({"category": "nonsense"}, "unknown_category", "category"),
        ({"category": "theft"}, "unknown_category", "category"),
        ({"category": "drowning"}, "category_not_in_use", "category"),
        (
            {"category": "dangerous_entertainment", "reported_at": "2018-12-31T22:00:00Z"},
            "category_not_in_use",
            "category",
        ),
        ({"category": "dangerous_entertainment", "description": ...}, "description_required", "description"),
        ({"category": "dangerous_entertainment", "description": "  "}, "description_required", "description"),
        ({"description": "x" * (DESCRIPTION_LENGTH + 1)}, "description_too_long", "description"),
        (POLICE | {"description": "x" * 2001}, "description_too_long", "description"),
        # clocks that are hours fast, as one that calls its local time UTC
        ({"occurred_from": in_hours(2)}, "in_future", "occurred_from"),
        ({"occurred_to": in_hours(0.2)}, "in_future", "occurred_to"),
        ({"reported_at": in_hours(1)}, "in_future", "reported_at"),
        ({"occurred_from": "1899-12-31T00:00:00Z"}, "too_early", "occurred_from"),
        ({"occurred_to": "2021-06-01T12:29:59Z"}, "ends_before_start", "occurred_to"),
        ({"geometry": {"type": "Point", "coordinates": [0, 0]}}, "outside", "geometry"),
        ({"geometry": {"type": "Point", "coordinates": [52.25, 15.25]}}, "outside", "geometry"),
    )  # fmt: skip


def test_rules_of_the_platform(client: TestClient, engine: Engine) -> None:
    for change, rule, field in refused():
        answer = client.post(ITEMS, json=report(**change))
        told = problem(answer)
        assert (answer.status_code, told["slug"], told["rule"]) == (422, "report-refused", rule)
        assert str(told["field"]).removeprefix("properties.") == field
        assert told["detail"]
    assert count(engine) == 0


@ON_SPATIALITE
def test_what_is_just_within_the_rules(client: TestClient) -> None:
    for number, change in enumerate(
        (
            {"description": "ż" * DESCRIPTION_LENGTH},
            {"occurred_from": in_hours(0.05), "reported_at": in_hours(0.05)},
            {"category": "drowning", "reported_at": "2020-12-31T22:59:00Z"},
            POLICE | {"description": "x" * 2000},
            {"occurred_from": "2021-06-01T14:30:00+02:00", "occurred_to": "2021-06-01T12:30:00Z"},
        )
    ):
        answer = client.post(ITEMS, json=report(source_id=f"platform:{number}", **change))
        assert answer.status_code == 201, answer.text


POINTS: tuple[Any, ...] = (
    {"type": "Point", "coordinates": [15.25, 52.25, 100]},
    {"type": "Point", "coordinates": [15.25]},
    {"type": "Point", "coordinates": []},
    {"type": "Point", "coordinates": ["15.25", "52.25"]},
    {"type": "Point", "coordinates": [True, False]},
    {"type": "Point", "coordinates": [15.25, None]},
    {"type": "Point", "coordinates": [[15.25, 52.25]]},
    {"type": "Point", "coordinates": [1000, 52.25]},
    {"type": "Point"},
    {"type": "MultiPoint", "coordinates": [[15.25, 52.25]]},
    {"type": "Polygon", "coordinates": [[[15, 52], [16, 53], [16, 52], [15, 53], [15, 52]]]},
    {"type": "GeometryCollection", "geometries": []},
    "POINT (15.25 52.25)",
    [15.25, 52.25],
)


@ON_SPATIALITE
def test_geometries_that_are_no_point(client: TestClient, engine: Engine) -> None:
    for geometry in POINTS:
        answer = client.post(ITEMS, json=report(geometry))
        told = problem(answer)
        assert (answer.status_code, told["slug"]) == (422, "invalid-body"), geometry
        assert str(told["field"]).startswith("geometry"), geometry
    for number in ("NaN", "Infinity", "-Infinity", "1e999", "-1e999"):
        text = json.dumps(report()).replace("15.25", number)
        answer = client.post(ITEMS, content=text, headers={"Content-Type": "application/geo+json"})
        assert (answer.status_code, problem(answer)["slug"]) == (422, "invalid-body"), number
    assert count(engine) == 0


WRONG_FORM: tuple[tuple[dict[str, Any], str], ...] = (
    ({"source": ...}, "source"),
    ({"source": "rumour"}, "source"),
    ({"source_id": ...}, "source_id"),
    ({"source_id": "   "}, "source_id"),
    ({"source_id": "x" * 121}, "source_id"),
    ({"source_id": 7}, "source_id"),
    ({"category": None}, "category"),
    ({"occurred_from": ...}, "occurred_from"),
    ({"occurred_from": "2021-06-01T12:30:00"}, "occurred_from"),
    ({"occurred_from": 1622550600}, "occurred_from"),
    ({"occurred_from": "wczoraj"}, "occurred_from"),
    ({"occurred_from": "0001-01-01T00:00:00+14:00"}, "occurred_from"),
    ({"weekdays": "1,8"}, "weekdays"),
    ({"weekdays": [1, 5]}, "weekdays"),
    ({"part_of_day": "rano"}, "part_of_day"),
    ({"description": "a\0b"}, "description"),
    ({"description": "\ud800"}, "description"),
    ({"description": ["x"]}, "description"),
    ({"description": "x" * 10_001}, "description"),
    ({"status": "confirmed"}, "status"),
    ({"opis": "x"}, "opis"),
)


@ON_SPATIALITE
def test_members_of_the_wrong_form(client: TestClient, engine: Engine) -> None:
    for change, field in WRONG_FORM:
        # json's own writer: httpx refuses to send half a letter
        answer = client.post(
            ITEMS, content=json.dumps(report(**change)), headers={"Content-Type": "application/json"}
        )
        told = problem(answer)
        assert (answer.status_code, told["slug"]) == (422, "invalid-body"), change
        assert told["field"] == f"properties.{field}", change
    assert count(engine) == 0


NO_BODIES = (
    (b"", "application/json"),
    (b"{", "application/json"),
    (b"[]", "application/json"),
    (b"null", "application/json"),
    (b"\xff\xfe", "application/json"),
    (b"[" * 100_000, "application/json"),
    (b"{}", "text/plain"),
    (b"a=b", "application/x-www-form-urlencoded"),
    (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x"),
)


@ON_SPATIALITE
def test_bodies_that_are_none(client: TestClient) -> None:
    for path in (ITEMS, MEETINGS, "/threats/1/confirmations"):
        for content, kind in NO_BODIES:
            answer = client.post(path, content=content, headers={"Content-Type": kind})
            assert (answer.status_code, problem(answer)["slug"]) == (422, "invalid-body"), (path, content)
        huge = client.post(path, content=b" " * 9_000_000, headers={"Content-Type": "application/json"})
        assert (huge.status_code, problem(huge)["slug"]) == (413, "body-too-large")


@ON_SPATIALITE
def test_a_report_that_does_not_say_how_large_it_is(client: TestClient) -> None:
    """A body in chunks is cut off where it becomes too large."""
    pieces = (b" " * 65_536 for _ in range(100))
    answer = client.post(ITEMS, content=pieces, headers={"Content-Type": "application/json"})
    assert (answer.status_code, problem(answer)["slug"]) == (413, "body-too-large")


@ON_SPATIALITE
def test_coordinates_of_another_crs_are_refused(client: TestClient) -> None:
    headers = {"Content-Crs": "<http://www.opengis.net/def/crs/EPSG/0/2180>"}
    told = problem(client.post(ITEMS, json=report(), headers=headers))
    assert (told["slug"], told["field"]) == ("invalid-parameter", "Content-Crs")
    headers = {"Content-Crs": "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"}
    assert client.post(ITEMS, json=report(), headers=headers).status_code == 201


INJECTION = "x'); DROP TABLE threat; --"


def test_sql_in_every_string_is_text(client: TestClient, engine: Engine) -> None:
    told = client.post(ITEMS, json=report(source_id=INJECTION, description=INJECTION, place=INJECTION))
    assert told.status_code == 201
    assert told.json()["properties"]["description"] == INJECTION
    sent = a_meeting(
        place=INJECTION,
        organiser=INJECTION,
        concerns=[{"category": "signal_patrols", "description": INJECTION}],
    )
    (outcome,) = client.post(MEETINGS, json={"meetings": [sent]}).json()["outcomes"]
    assert outcome["outcome"] == "accepted"
    for body in (report(category=INJECTION), report(source_id="2", part_of_day=INJECTION)):
        assert client.post(ITEMS, json=body).status_code == 422
    assert (
        client.post(f"/threats/{INJECTION}/confirmations", json={"uuid": str(uuid.uuid4())}).status_code
        == 404
    )
    assert count(engine) == 2


def test_who_may_send(client_as: ClientAs, anonymous: TestClient) -> None:
    bodies: tuple[tuple[str, Mapping[str, Any], set[str]], ...] = (
        (ITEMS, report(), {"sender", "coordinator", "admin"}),
        ("/threats/1/confirmations", {"uuid": str(uuid.uuid4())}, {"sender", "coordinator", "admin"}),
        (MEETINGS, {"meetings": [a_meeting()]}, {"sender", "verifier", "coordinator", "admin"}),
    )
    for path, body, _ in bodies:
        assert problem(anonymous.post(path, json=body))["slug"] == "unauthenticated"
    for role in ("sender", "viewer", "verifier", "coordinator", "admin"):
        client = client_as(role)
        for path, body, allowed in bodies:
            answer = client.post(path, json=body)
            assert (answer.status_code < 300) == (role in allowed), (role, path, answer.text)
            assert role in allowed or problem(answer)["slug"] == "forbidden"


def test_another_person_confirms_a_report(sender: TestClient, client: TestClient, engine: Engine) -> None:
    (one,) = add_reports(engine, 1)  # one confirmation to begin with
    cursor = cursor_at(engine, 1)
    uuids = [str(uuid.uuid4()) for _ in range(2)]
    told = [sender.post(f"/threats/{one}/confirmations", json={"uuid": each}) for each in (*uuids, uuids[0])]
    assert [answer.status_code for answer in told] == [201, 201, 200]
    assert [answer.json()["confirmations"] for answer in told] == [2, 3, 3]
    (feature,) = client.get("/changes", params={"cursor": cursor}).json()["threats"]
    # a verifier's decision is none the staler for it
    assert (feature["properties"]["confirmations"], feature["properties"]["version"]) == (3, 1)
    assert count(engine, confirmation) == 2


def test_confirmations_that_are_refused(client: TestClient, engine: Engine) -> None:
    first, second = add_reports(engine, 2)
    record = add_police_record(engine)
    add_decisions(engine, second, "mistake")
    used = {"uuid": str(uuid.uuid4())}
    assert client.post(f"/threats/{first}/confirmations", json=used).status_code == 201
    fresh = {"uuid": str(uuid.uuid4())}
    for threat_id, body, rule in (
        (record, fresh, "not_shown"),
        (second, fresh, "not_shown"),
        (second, used, "uuid_reused"),
    ):
        told = problem(client.post(f"/threats/{threat_id}/confirmations", json=body))
        assert (told["slug"], told["rule"]) == ("report-refused", rule)
    for missing in (99, 0, "x", "²", "1" * 30, -1):
        answer = client.post(f"/threats/{missing}/confirmations", json=fresh)
        assert (answer.status_code, problem(answer)["slug"]) == (404, "not-found"), missing
    assert count(engine, confirmation) == 1


def test_confirmations_stay_when_the_report_is_imported_again(
    client: TestClient, importer: Importer, engine: Engine
) -> None:
    importer.reports({"confirmations": "3"})
    assert client.post("/threats/1/confirmations", json={"uuid": str(uuid.uuid4())}).status_code == 201
    assert importer.reports({"confirmations": "3"}).counts == (0, 0, 1, 0)
    assert importer.reports({"confirmations": "9"}).counts == (0, 1, 0, 0)
    assert client.get(f"{ITEMS}/1").json()["properties"]["confirmations"] == 9


def test_what_is_raised_at_a_meeting_becomes_signals(
    ground: None, client: TestClient, engine: Engine
) -> None:
    sent = a_meeting()
    (outcome,) = client.post(MEETINGS, json={"meetings": [sent]}).json()["outcomes"]
    assert outcome == {"uuid": sent["uuid"], "outcome": "accepted", "threats": [1, 2]}
    features = [client.get(f"{ITEMS}/{one}").json() for one in outcome["threats"]]
    for feature in features:
        assert feature["geometry"]["coordinates"] == [15.25, 52.25]
        said = feature["properties"]
        assert (said["meeting"], said["organiser"], said["participants"]) == (sent["uuid"], "Burmistrz", 41)
        assert (said["source"], said["status"], said["read_due"]) == ("community", None, None)
        assert (said["place"], said["unit"]) == ("Dom Kultury", "KPP-KROSNO")
        assert said["occurred_from"] == said["reported_at"] == sent["held_at"]
    assert [feature["properties"]["ref"] for feature in features] == ["S-0000001", "S-0000002"]
    assert [feature["properties"]["description"] for feature in features] == [
        "Brak przejścia przy szkole.",
        None,
    ]
    assert count(engine, meeting) == 1


def test_the_same_meeting_again_happens_once(client: TestClient, engine: Engine) -> None:
    sent = a_meeting()
    twice = client.post(MEETINGS, json={"meetings": [sent, sent]}).json()["outcomes"]
    assert [one["outcome"] for one in twice] == ["accepted", "duplicate"]
    (again,) = client.post(MEETINGS, json={"meetings": [sent]}).json()["outcomes"]
    assert again == twice[1] == {"uuid": sent["uuid"], "outcome": "duplicate", "threats": [1, 2]}
    for change in ({"participants": 42}, {"concerns": sent["concerns"][:1]}, {"lon": 15.3}):
        (other,) = client.post(MEETINGS, json={"meetings": [sent | change]}).json()["outcomes"]
        assert (other["outcome"], other["rule"], other["field"]) == ("rejected", "uuid_reused", "uuid")
    assert (count(engine), count(engine, meeting)) == (2, 1)


def test_a_meeting_where_nothing_was_raised_is_kept(client: TestClient, engine: Engine) -> None:
    sent = a_meeting(concerns=[])
    for expected in ("accepted", "duplicate"):
        (outcome,) = client.post(MEETINGS, json={"meetings": [sent]}).json()["outcomes"]
        assert (outcome["outcome"], outcome["threats"]) == (expected, [])
    assert (count(engine), count(engine, meeting)) == (0, 1)


def test_one_bad_meeting_does_not_hold_up_the_others(client: TestClient, engine: Engine) -> None:
    concern = {"category": "signal_patrols", "description": None}
    bad: tuple[tuple[dict[str, Any], str, str], ...] = (
        ({"lon": 0.0}, "outside", "lon"),
        ({"held_at": in_hours(2)}, "in_future", "held_at"),
        ({"held_at": "1800-01-01T00:00:00Z"}, "too_early", "held_at"),
        ({"concerns": [concern, concern | {"category": "speeding"}]}, "unknown_category", "1.category"),
        ({"concerns": [concern | {"description": "x" * 2001}]}, "description_too_long", "0.description"),
    )  # fmt: skip
    meetings = [a_meeting(), *(a_meeting(**change) for change, _, _ in bad), a_meeting()]
    outcomes = client.post(MEETINGS, json={"meetings": meetings}).json()["outcomes"]
    assert [one["uuid"] for one in outcomes] == [one["uuid"] for one in meetings]
    assert outcomes[0]["outcome"] == outcomes[-1]["outcome"] == "accepted"
    for outcome, (_, rule, field) in zip(outcomes[1:-1], bad, strict=True):
        assert (outcome["outcome"], outcome["rule"]) == ("rejected", rule)
        assert outcome["field"].removeprefix("concerns.") == field
        assert outcome["detail"]
    assert (count(engine), count(engine, meeting)) == (4, 2)


@ON_SPATIALITE
def test_meetings_of_the_wrong_form(client: TestClient) -> None:
    for change, field in (
        ({"uuid": "x"}, "uuid"),
        ({"kind": "party"}, "kind"),
        ({"held_at": "2021-06-01"}, "held_at"),
        ({"lon": "15"}, "lon"),
        ({"lat": 91}, "lat"),
        ({"place": "  "}, "place"),
        ({"organiser": None}, "organiser"),
        ({"participants": -1}, "participants"),
        ({"participants": 4.5}, "participants"),
        ({"concerns": [{}]}, "concerns.0.category"),
        ({"concerns": [{"category": "signal_patrols"}] * 501}, "concerns"),
        ({"title": "x"}, "title"),
    ):
        told = problem(client.post(MEETINGS, json={"meetings": [a_meeting(**change)]}))
        assert (told["slug"], told["field"]) == ("invalid-body", f"meetings.0.{field}")
    for meetings in ([], [a_meeting()] * 101):
        told = problem(client.post(MEETINGS, json={"meetings": meetings}))
        assert (told["slug"], told["field"]) == ("invalid-body", "meetings")


def test_a_report_that_was_removed_does_not_come_back(client: TestClient, engine: Engine) -> None:
    client.post(ITEMS, json=report())
    with writing(engine) as connection:
        connection.execute(threat.update().values(removed=True))
    told = problem(client.post(ITEMS, json=report()))
    assert (told["slug"], told["rule"]) == ("report-refused", "removed")
    assert client.post("/threats/1/confirmations", json={"uuid": str(uuid.uuid4())}).status_code == 404
