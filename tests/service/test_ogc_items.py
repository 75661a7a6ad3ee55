"""Features of a collection: pages, boxes, intervals, values, single features."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from on_databases import ON_SPATIALITE
from sample_map import (
    FIRST_INSTANT,
    add_area,
    add_decisions,
    add_police_record,
    add_reports,
    add_unit,
    change,
)
from sqlalchemy import Engine
from starlette.testclient import TestClient
from test_app import problem
from test_ogc_documents import links

from kmzb_service.database import spatial
from kmzb_service.database.tables import threat
from kmzb_service.ogc import summary

THREATS = "/collections/threats/items"


def ids(client: TestClient, path: str = THREATS, **parameters: Any) -> list[int]:
    """The ids of all pages of an answer."""
    found = []
    address: str | None = path
    while address:
        answer = client.get(address, params=parameters or None)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        assert page["numberReturned"] == len(page["features"])
        found += [feature["id"] for feature in page["features"]]
        address, parameters = links(page).get("next"), {}
    return found


def test_a_report_as_a_feature(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 1, occurred_to=FIRST_INSTANT + timedelta(minutes=90), part_of_day="evening")
    document = client.get(THREATS)
    assert document.headers["content-type"] == "application/geo+json"
    (feature,) = document.json()["features"]
    assert feature == {
        "type": "Feature",
        "id": 1,
        "geometry": {"type": "Point", "coordinates": [15.01, 52.01]},
        "properties": {
            "ref": "Z-0000001",
            "source": "citizen",
            "category": "illegal_parking",
            "status": "new",
            "occurred_from": "2021-03-01T12:00:00.000Z",
            "occurred_to": "2021-03-01T13:30:00.000Z",
            "part_of_day": "evening",
            "weekdays": None,
            "reported_at": "2021-03-01T12:00:00.000Z",
            "description": "Zgłoszenie nr 1: „zażółć gęślą jaźń”",
            "place": None,
            "unit": "KPP-KROSNO",
            "voivodeship": "08",
            "county": "0802",
            "commune": None,
            "confirmations": 1,
            "attachments": 0,
            "meeting": None,
            "organiser": None,
            "participants": None,
            "read_due": "2021-03-04T12:00:00.000Z",
            "verify_due": None,
            "local_day": "2021-03-01",
            "local_weekday": 1,
            "local_hour": 13,
            "version": 1,
            "updated_at": "2021-03-01T12:00:00.000Z",
        },
    }


def test_an_area_as_a_feature_with_its_hole_and_exclave(client: TestClient, engine: Engine) -> None:
    add_area(engine, "0802")
    feature = client.get("/collections/areas/items/1").json()
    assert feature["geometry"] == {
        "type": "MultiPolygon",
        "coordinates": [
            [
                [[15, 52], [15.5, 52], [15.5, 52.5], [15, 52.5], [15, 52]],
                [[15.2, 52.2], [15.2, 52.3], [15.3, 52.3], [15.2, 52.2]],
            ],
            [[[15, 53], [15.1, 53], [15.1, 53.1], [15, 53]]],
        ],
    }
    assert feature["properties"]["approximate"] is True
    assert feature["properties"]["code"] == "0802"


def test_a_decision_as_a_feature_without_geometry(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 1)
    add_decisions(engine, 1, "verification")
    (feature,) = client.get("/collections/decisions/items").json()["features"]
    assert (feature["id"], feature["geometry"]) == (1, None)
    assert feature["properties"]["to_status"] == "verification"
    assert "prev_hash" not in feature["properties"]


def test_pages_have_every_feature_once(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 25)
    assert ids(client, limit=10) == list(range(1, 26))
    assert ids(client, limit=25) == list(range(1, 26))
    first = client.get(THREATS, params={"limit": 10}).json()
    assert (first["numberReturned"], first["numberMatched"]) == (10, 25)


def test_pages_stay_right_while_the_map_changes(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 6)
    first = client.get(THREATS, params={"limit": 3}).json()
    change(engine, threat, 2, removed=True)
    change(engine, threat, 5, status="verification")
    add_reports(engine, 1)
    assert ids(client, links(first)["next"]) == [4, 5, 6, 7]


def test_removed_features_are_gone(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 3)
    change(engine, threat, 2, removed=True)
    assert ids(client) == [1, 3]
    assert client.get(THREATS).json()["numberMatched"] == 2
    assert problem(client.get(f"{THREATS}/2"))["slug"] == "not-found"


def test_a_limit_that_is_too_large_is_cut(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 3)
    assert len(ids(client, limit=10**9)) == 3


@pytest.mark.parametrize("limit", ["0", "-1", "1.5", "ten", "", "1" * 50, "٣"])
def test_limits_that_are_none(client: TestClient, limit: str) -> None:
    answer = client.get(THREATS, params={"limit": limit})
    assert (answer.status_code, problem(answer)["field"]) == (400, "limit")


@pytest.mark.parametrize("cursor", ["", "x", "YQ", "YWZ0ZXI6LTE", "YWZ0ZXI6" + "OTk5" * 12, "ą"])
def test_cursors_that_are_none(client: TestClient, cursor: str) -> None:
    assert problem(client.get(THREATS, params={"cursor": cursor}))["field"] == "cursor"


def test_boxes(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 10)  # at 15.01 52.01, 15.02 52.02, …
    assert ids(client, bbox="15.03,52.03,15.055,52.2") == [3, 4, 5]
    assert ids(client, bbox="15.03,52.03,-100,15.055,52.2,2500") == [3, 4, 5]
    crs = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    assert ids(client, **{"bbox": "15.03,52.03,15.055,52.2", "bbox-crs": crs}) == [3, 4, 5]
    assert ids(client, bbox="15.03,52.03,15.055,52.2", limit=1) == [3, 4, 5]
    assert ids(client, bbox="0,0,1,1") == []
    # 32-bit numbers of an R-tree cannot tell these apart
    assert ids(client, bbox="15.030000001,52,15.049999999,53") == [4]


def test_a_box_across_the_180th_meridian(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 1, geom="SRID=4326;POINT(179.5 10)")
    add_reports(engine, 1, geom="SRID=4326;POINT(-179.5 10)")
    add_reports(engine, 1, geom="SRID=4326;POINT(0 10)")
    assert ids(client, bbox="179,0,-179,20") == [1, 2]


def test_a_box_meets_an_area_only_where_it_is(client: TestClient, engine: Engine) -> None:
    add_area(engine, "0802")
    areas = "/collections/areas/items"
    assert ids(client, areas, bbox="15.1,52.1,15.11,52.11") == [1]
    # between the mainland and the exclave: inside its box, outside its ground
    assert ids(client, areas, bbox="15.3,52.8,15.4,52.9") == []


def test_features_without_geometry_meet_every_box(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 1)
    add_decisions(engine, 1, "verification")
    assert ids(client, "/collections/decisions/items", bbox="0,0,1,1") == [1]


@pytest.mark.parametrize(
    "bbox",
    [
        "",
        "1,2,3",
        "1,2,3,4,5",
        "a,b,c,d",
        "NaN,52,16,53",
        "15,52,inf,53",
        "15,53,16,52",
        "15 52 16 53",
        "181,1,-181,2",
    ],
)
def test_boxes_that_are_none(client: TestClient, bbox: str) -> None:
    answer = client.get(THREATS, params={"bbox": bbox})
    assert (answer.status_code, problem(answer)["field"]) == (400, "bbox")


def test_boxes_of_an_unknown_crs(client: TestClient) -> None:
    parameters = {"bbox": "1,2,3,4", "bbox-crs": "http://www.opengis.net/def/crs/EPSG/0/25832"}
    assert problem(client.get(THREATS, params=parameters))["field"] == "bbox-crs"


# reports 1 … 4 happen at 12, 13, 14 and 15 o'clock UTC on 1 March 2021; report 3 lasts an hour
@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        ("2021-03-01T13:00:00Z", [2]),
        ("2021-03-01T14:00:00+01:00", [2]),
        ("2021-03-01T14:30:00Z", [3]),
        ("2021-03-01T13:00:00Z/2021-03-01T14:00:00Z", [2, 3]),
        ("2021-03-01T14:30:00Z/..", [3, 4]),
        ("2021-03-01T14:30:00Z/", [3, 4]),
        ("../2021-03-01T13:59:59.999Z", [1, 2]),
        ("/2021-03-01T12:00:00Z", [1]),
        ("2022-01-01T00:00:00Z/..", []),
        ("2021-03-01", [1, 2, 3, 4]),
        ("2021-02-01/2021-02-28", []),
    ],
)
def test_intervals(client: TestClient, engine: Engine, interval: str, expected: list[int]) -> None:
    add_reports(engine, 2)
    add_reports(engine, 1, occurred_to=FIRST_INSTANT + timedelta(hours=3))
    add_reports(engine, 1)
    assert ids(client, datetime=interval) == expected


def test_a_day_is_a_day_in_warsaw(client: TestClient, engine: Engine) -> None:
    # 28 March 2021 has 23 hours there: from 23:00 UTC the day before to 22:00 UTC
    for hour in (22, 23, 45, 46):
        add_reports(engine, 1, occurred_from=datetime(2021, 3, 27, tzinfo=UTC) + timedelta(hours=hour))
    assert ids(client, datetime="2021-03-28") == [2, 3]


def test_features_without_time_meet_every_interval(client: TestClient, engine: Engine) -> None:
    add_unit(engine, "KPP-KROSNO")
    assert ids(client, "/collections/units/items", datetime="2021-03-01T00:00:00Z") == [1]


@pytest.mark.parametrize(
    "interval",
    [
        "",
        "../..",
        "/",
        "yesterday",
        "2021-13-01",
        "2021-03-01T12:00:00",
        "2021-03-01/2021-03-02/2021-03-03",
        "2021-03-02T00:00:00Z/2021-03-01T00:00:00Z",
        "0001-01-01",
        "9999-12-31",
    ],
)
def test_intervals_that_are_none(client: TestClient, interval: str) -> None:
    answer = client.get(THREATS, params={"datetime": interval})
    assert (answer.status_code, problem(answer)["field"]) == (400, "datetime")


def test_values(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 6)
    add_police_record(engine, category="theft")
    assert ids(client, category="speeding") == [3, 6]
    assert ids(client, category="speeding", local_hour=15) == [3]
    assert ids(client, source="police") == [7]
    assert ids(client, local_day="2021-03-01", limit=3) == [1, 2, 3, 4, 5, 6, 7]
    assert ids(client, status="new", category="theft") == []
    assert ids(client, unit="' OR 1=1 --") == []


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("local_hour", "noon"),
        ("version", "9" * 30),
        ("local_day", "2021-02-30"),
        ("geometry", "POINT(15 52)"),
        ("x", ""),
    ],
)
def test_values_that_are_none(client: TestClient, parameter: str, value: str) -> None:
    answer = client.get(THREATS, params={parameter: value})
    assert (answer.status_code, problem(answer)["field"]) == (400, parameter)


def test_nul_characters_never_reach_the_database(client: TestClient) -> None:
    assert problem(client.get(THREATS, params={"unit": "a\0b"}))["field"] == "unit"


def test_one_feature_and_its_tag(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 2)
    answer = client.get(f"{THREATS}/2")
    assert answer.headers["content-type"] == "application/geo+json"
    assert links(answer.json())["self"].endswith("/items/2")
    tag = answer.headers["etag"]
    same = client.get(f"{THREATS}/2", headers={"If-None-Match": f'"other", W/{tag}'})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    change(engine, threat, 2, description="inny opis")
    changed = client.get(f"{THREATS}/2", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


@pytest.mark.parametrize("feature", ["0", "99", "-1", "1.0", "one", "9" * 40, "1%00"])
def test_features_that_are_not_there(client: TestClient, engine: Engine, feature: str) -> None:
    add_reports(engine, 1)
    assert problem(client.get(f"{THREATS}/{feature}"))["slug"] == "not-found"


def test_features_are_counted_on_request(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 10)
    asked = {"limit": 2, "category": "speeding"}
    first = client.get(THREATS, params=asked).json()
    assert "numberMatched" not in first
    counted = client.get(THREATS, params={**asked, "numberMatched": "true"}).json()
    assert counted["numberMatched"] == 3
    (following,) = (link["href"] for link in counted["links"] if link["rel"] == "next")
    # on whatever page
    assert client.get(following).json()["numberMatched"] == 3
    refused = problem(client.get(THREATS, params={"numberMatched": "yes"}))
    assert refused["field"] == "numberMatched"


def test_a_large_collection_is_not_counted_anew_for_every_change(
    client: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary, "_QUICK_SECONDS", 0.0)
    add_reports(engine, 3)
    assert client.get(THREATS, params={"limit": 2}).json()["numberMatched"] == 3
    before = client.get("/collections/threats").json()["extent"]
    add_reports(engine, 1)
    assert "numberMatched" not in client.get(THREATS, params={"limit": 2}).json()
    assert client.get("/collections/threats").json()["extent"] == before
    monkeypatch.setattr(summary, "_LASTS_SECONDS", 0.0)
    assert client.get(THREATS, params={"limit": 2}).json()["numberMatched"] == 4


@ON_SPATIALITE
def test_a_box_that_holds_much_is_looked_through_in_order(
    client: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both ways find the same; which one is taken depends on how much the index finds."""
    add_reports(engine, 30)
    add_area(engine, "0802")
    crs = "http://www.opengis.net/def/crs/EPSG/0/4326"
    for collection, box in (("threats", "15.05,52.05,15.2,52.2"), ("areas", "15.2,52.2,15.4,52.4")):
        path = f"/collections/{collection}/items"
        turned = ",".join(box.split(",")[number] for number in (1, 0, 3, 2))
        for asked in ({"bbox": box}, {"bbox": turned, "bbox-crs": crs}):
            found = []
            for few in (20_000, 0):
                monkeypatch.setattr(spatial, "FEW", few)
                found.append(client.get(path, params={**asked, "limit": 1000}).json()["features"])
            assert found[0] == found[1] != []
