"""The formats of answers: which one is sent, and that each says the same."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from osgeo import ogr
from sample_map import FIRST_INSTANT, add_area, add_decisions, add_reports
from sqlalchemy import Engine
from starlette.testclient import TestClient
from test_app import problem
from test_ogc_documents import links
from test_ogc_items import THREATS

EPSG = "http://www.opengis.net/def/crs/EPSG/0"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
EVIL = "=cmd|' /C calc'!A0 <script>alert(1)</script> \"x\", żółw\nend"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*", "application/geo+json"),
        ("application/json", "application/geo+json"),
        ("application/geo+json, application/json;q=0.5", "application/geo+json"),
        (BROWSER, "text/html; charset=utf-8"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/*;q=0.2, application/geo+json;q=0.1", "text/html; charset=utf-8"),
        ("application/x-ndjson", "application/x-ndjson"),
        ("application/geo+json-seq", "application/geo+json-seq"),
        ("application/vnd.flatgeobuf", "application/vnd.flatgeobuf"),
        ("text/html;q=0, */*", "application/geo+json"),
    ],
)
def test_accept_chooses_the_format(client: TestClient, engine: Engine, accept: str, expected: str) -> None:
    add_reports(engine, 1)
    assert client.get(THREATS, headers={"Accept": accept}).headers["content-type"] == expected


@pytest.mark.parametrize("path", [THREATS, f"{THREATS}/1", "/collections", "/collections/threats", "/"])
def test_formats_that_there_are_not(client: TestClient, engine: Engine, path: str) -> None:
    add_reports(engine, 1)
    assert problem(client.get(path, headers={"Accept": "image/png"}))["slug"] == "not-acceptable"
    assert problem(client.get(path, headers={"Accept": "*/*;q=0"}))["slug"] == "not-acceptable"
    assert problem(client.get(path, params={"f": "gml"}))["field"] == "f"
    # f counts for more than Accept
    assert client.get(path, params={"f": "json"}, headers={"Accept": "image/png"}).status_code == 200


def test_csv(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 3, description=EVIL)
    answer = client.get(THREATS, params={"f": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [row["id"] for row in rows] == ["1", "2", "3"]
    assert (rows[0]["longitude"], rows[0]["latitude"]) == ("15.01", "52.01")
    assert rows[0]["occurred_from"] == "2021-03-01T12:00:00.000Z"
    assert rows[0]["place"] == ""
    # a spreadsheet does not take it for a formula
    assert rows[0]["description"] == f"'{EVIL}"
    moved = client.get(THREATS, params={"f": "csv", "crs": f"{EPSG}/2180", "properties": "ref,geometry"})
    assert moved.text.splitlines()[0] == "id,northing,easting,ref"
    bare = client.get(THREATS, params={"f": "csv", "properties": "ref", "sortby": "-ref", "limit": 2})
    assert bare.text.splitlines() == ["id,ref", "3,Z-0000003", "2,Z-0000002"]


def test_csv_of_areas_and_of_what_has_no_geometry(client: TestClient, engine: Engine) -> None:
    add_area(engine, "0802")
    add_reports(engine, 1)
    add_decisions(engine, 1, "verification")
    (row,) = csv.DictReader(io.StringIO(client.get("/collections/areas/items?f=csv").text))
    geometry = ogr.CreateGeometryFromWkt(row["geometry"])
    assert json.loads(geometry.ExportToJson()) == client.get("/collections/areas/items/1").json()["geometry"]
    assert row["approximate"] == "true"
    (decision,) = csv.DictReader(io.StringIO(client.get("/collections/decisions/items?f=csv").text))
    assert decision["to_status"] == "verification"
    assert "geometry" not in decision


def test_lines_and_sequences_hold_the_features_of_the_page(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 5)
    features = client.get(THREATS).json()["features"]
    lines = client.get(THREATS, params={"f": "ndjson"}).content.splitlines()
    assert [json.loads(line) for line in lines] == features
    sequence = client.get(THREATS, params={"f": "geojsonseq"}).content
    assert [json.loads(part) for part in sequence.split(b"\x1e")[1:]] == features


def test_flatgeobuf(client: TestClient, engine: Engine, tmp_path: Path) -> None:
    add_reports(engine, 5, occurred_to=FIRST_INSTANT)
    northing_easting = client.get(f"{THREATS}/1", params={"crs": f"{EPSG}/2180"}).json()["geometry"]
    # the file always has x, which is the easting, first
    for crs, point in [("", (15.01, 52.01)), (f"{EPSG}/2180", northing_easting["coordinates"][::-1])]:
        path = tmp_path / f"{len(crs)}.fgb"
        parameters = {"f": "fgb", **({"crs": crs} if crs else {})}
        path.write_bytes(client.get(THREATS, params=parameters).content)
        source = ogr.Open(str(path))
        layer = source.GetLayer()
        assert layer.GetFeatureCount() == 5
        assert layer.GetSpatialRef().GetAuthorityCode(None) == (crs[-4:] or "4326")
        feature = layer.GetNextFeature()
        geometry = feature.GetGeometryRef()
        assert (geometry.GetX(), geometry.GetY()) == pytest.approx(point, abs=0.001)
        assert feature.GetField("id") == 1
        assert feature.GetField("ref") == "Z-0000001"
        assert feature.GetField("local_hour") == 13
        assert feature.GetField("local_day").startswith("2021/03/01")
        assert feature.GetFieldAsDateTime("occurred_from")[:5] == [2021, 3, 1, 12, 0]
        assert feature.GetField("place") is None


def test_flatgeobuf_needs_a_geometry(client: TestClient) -> None:
    assert problem(client.get("/collections/decisions/items?f=fgb"))["field"] == "f"
    assert problem(client.get(THREATS, params={"f": "fgb", "properties": "ref"}))["field"] == "properties"


def test_an_empty_answer_in_every_format(client: TestClient) -> None:
    for name in ("geojson", "html", "csv", "ndjson", "geojsonseq", "fgb"):
        assert client.get(THREATS, params={"f": name}).status_code == 200, name


def test_downloads_have_everything(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 2500)
    assert len(client.get(THREATS, params={"f": "csv"}).text.splitlines()) == 2501
    answer = client.get(THREATS, params={"f": "ndjson", "filter": "local_hour < 12"})
    expected = [n for n in range(1, 2501) if (12 + n) % 24 < 12]
    assert [json.loads(line)["id"] for line in answer.content.splitlines()] == expected
    page = client.get(THREATS, params={"limit": 2400})
    assert [feature["id"] for feature in page.json()["features"]] == list(range(1, 2401))
    assert len(client.get(links(page.json())["next"]).json()["features"]) == 100


def test_a_filter_that_does_not_fit_is_told_before_a_download_begins(client: TestClient) -> None:
    answer = client.get(THREATS, params={"f": "csv", "filter": "nothing = 1"})
    assert problem(answer)["field"] == "filter"


class Links(HTMLParser):
    """The links of a page, and whether it is well nested."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value for name, value in attributes if name == "href" and value]


def test_a_browser_finds_its_way_to_a_feature(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 120, description=EVIL)
    client.headers["Accept"] = BROWSER

    def follow(address: str, wanted: str) -> str:
        """The first link of a page whose address has something in it."""
        answer = client.get(address)
        assert answer.headers["content-type"].startswith("text/html"), address
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "script" not in Links(answer.text).tags
        return next(link for link in Links(answer.text).addresses if wanted in link)

    collections = follow("/", "/collections")
    threats = follow(follow(collections, "/collections/threats"), "/items")
    second_page = follow(threats, "cursor=")
    assert client.get(follow(second_page, "/items/101")).status_code == 200
    assert client.get(follow("/", "/conformance")).status_code == 200
    page = client.get(f"{THREATS}/1").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in page
