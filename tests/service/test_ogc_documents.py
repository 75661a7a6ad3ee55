"""The standard face's documents: what they say and where they lead."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sample_map import add_area, add_decisions, add_police_record, add_reports, add_unit
from sqlalchemy import Engine
from starlette.testclient import TestClient
from test_app import problem

from kmzb_service.catalogue.model import load_catalogue

NAMES = ["threats", "areas", "units", "decisions"]


def fill(engine: Engine) -> None:
    add_reports(engine, 5)
    add_police_record(engine)
    add_area(engine, "0802")
    add_unit(engine, "KPP-KROSNO")
    add_decisions(engine, 1, "verification", "confirmed")


def links(document: dict[str, Any]) -> dict[str, str]:
    return {link["rel"]: link["href"] for link in document["links"]}


def test_the_landing_page_leads_to_everything(client: TestClient) -> None:
    document = client.get("/").json()
    found = links(document)
    assert {"self", "service-desc", "conformance", "data"} <= found.keys()
    for address in found.values():
        assert client.get(address).status_code == 200


def test_only_what_is_met_is_declared(client: TestClient) -> None:
    declared = client.get("/conformance").json()["conformsTo"]
    assert {address.removeprefix("http://www.opengis.net/spec/") for address in declared} == {
        "ogcapi-features-1/1.0/conf/core",
        "ogcapi-features-1/1.0/conf/oas30",
        "ogcapi-features-1/1.0/conf/geojson",
        "ogcapi-features-1/1.0/conf/html",
        "ogcapi-features-2/1.0/conf/crs",
        "ogcapi-features-3/1.0/conf/queryables",
        "ogcapi-features-3/1.0/conf/queryables-query-parameters",
        "ogcapi-features-3/1.0/conf/filter",
        "ogcapi-features-3/1.0/conf/features-filter",
        "ogcapi-features-5/1.0/conf/schemas",
        "ogcapi-features-5/1.0/conf/core-roles-features",
        "ogcapi-features-5/1.0/conf/returnables-and-receivables",
        "ogcapi-features-5/1.0/conf/queryables",
        "cql2/1.0/conf/cql2-text",
        "cql2/1.0/conf/cql2-json",
        "cql2/1.0/conf/basic-cql2",
        "cql2/1.0/conf/advanced-comparison-operators",
        "cql2/1.0/conf/case-insensitive-comparison",
        "cql2/1.0/conf/basic-spatial-functions",
        "cql2/1.0/conf/basic-spatial-functions-plus",
        "cql2/1.0/conf/spatial-functions",
        "cql2/1.0/conf/temporal-functions",
        "cql2/1.0/conf/property-property",
    }


def test_collections_say_where_and_when(client: TestClient, engine: Engine) -> None:
    fill(engine)
    document = client.get("/collections").json()
    assert [entry["id"] for entry in document["collections"]] == NAMES
    threats, areas, _, decisions = document["collections"]
    west, south, east, north = threats["extent"]["spatial"]["bbox"][0]
    assert 15.0 <= west <= 15.01
    assert 52.0 <= south <= 52.01
    assert 15.06 <= east <= 15.0601
    assert 52.06 <= north <= 52.0601
    assert threats["extent"]["temporal"]["interval"] == [
        ["2021-03-01T12:00:00.000Z", "2021-03-01T17:00:00.000Z"]
    ]
    assert "temporal" not in areas["extent"]
    assert "spatial" not in decisions["extent"]
    assert all(entry["itemType"] == "feature" for entry in document["collections"])


def test_extents_follow_the_map(client: TestClient, engine: Engine) -> None:
    assert "extent" not in client.get("/collections/threats").json()
    add_reports(engine, 1)
    before = client.get("/collections/threats").json()["extent"]["temporal"]["interval"]
    add_reports(engine, 1)
    after = client.get("/collections/threats").json()["extent"]["temporal"]["interval"]
    assert before == [["2021-03-01T12:00:00.000Z", "2021-03-01T12:00:00.000Z"]]
    assert after == [["2021-03-01T12:00:00.000Z", "2021-03-01T13:00:00.000Z"]]


def test_a_collection_leads_to_its_documents(client: TestClient) -> None:
    for name in NAMES:
        document = client.get(f"/collections/{name}").json()
        assert document["id"] == name
        for link in document["links"]:
            answer = client.get(link["href"])
            assert answer.status_code == 200
            assert answer.headers["content-type"].partition(";")[0] == link["type"]


def test_an_unknown_collection(client: TestClient) -> None:
    for path in ("", "/items", "/items/1", "/schema", "/queryables"):
        assert problem(client.get(f"/collections/roads{path}"))["slug"] == "not-found"


def test_links_speak_of_the_address_that_the_client_used(client: TestClient) -> None:
    document = client.get("/collections", headers={"Host": "map.example.org"}).json()
    assert links(document)["self"] == "http://map.example.org/collections"


def test_a_schema_names_every_property_of_a_feature(client: TestClient, engine: Engine) -> None:
    fill(engine)
    for name in NAMES:
        schema = client.get(f"/collections/{name}/schema").json()
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        (feature, *_) = client.get(f"/collections/{name}/items").json()["features"]
        described = set(schema["properties"]) - {"id", "geometry"}
        assert described == set(feature["properties"])
    types = client.get("/collections/threats/schema").json()["properties"]
    assert types["updated_at"] == {"title": "updated at", "type": "string", "format": "date-time"}
    assert types["occurred_from"]["x-ogc-role"] == "primary-interval-start"
    assert types["local_day"]["format"] == "date"
    assert types["geometry"]["format"] == "geometry-point"
    assert types["status"]["enum"] == [status.code for status in load_catalogue().statuses]
    assert {"const": "new", "title": "Nowe"} in types["status"]["oneOf"]


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, "pl"),
        ("pl-PL", "pl"),
        ("en", "en"),
        ("en-GB,en;q=0.9,pl;q=0.5", "en"),
        ("de,pl;q=0.4,en;q=0.3", "pl"),
        ("de", "pl"),
        ("*", "pl"),
        ("pl;q=0,*", "en"),
        ("en;q=x", "pl"),
        (";,", "pl"),
    ],
)
def test_the_names_of_codes_are_in_the_language_that_is_asked_for(
    client: TestClient, accepted: str | None, language: str
) -> None:
    names = {"pl": "Nowe", "en": "New"}
    for document in ("queryables", "schema"):
        headers = {} if accepted is None else {"Accept-Language": accepted}
        answer = client.get(f"/collections/threats/{document}", headers=headers)
        assert answer.headers["content-language"] == language
        assert "Accept-Language" in answer.headers["vary"]
        named = answer.json()["properties"]["status"]["oneOf"]
        assert {"const": "new", "title": names[language]} in named


def test_every_queryable_can_be_queried(client: TestClient, engine: Engine) -> None:
    fill(engine)
    for name in NAMES:
        queryables = client.get(f"/collections/{name}/queryables").json()
        assert queryables["additionalProperties"] is False
        (feature, *_) = client.get(f"/collections/{name}/items").json()["features"]
        for queryable in set(queryables["properties"]) - {"geometry"}:
            value = feature["properties"][queryable]
            if value is None:
                continue
            text = value if isinstance(value, str) else json.dumps(value)
            found = client.get(f"/collections/{name}/items", params={queryable: text}).json()
            assert feature["id"] in [entry["id"] for entry in found["features"]], queryable


def test_the_definition_fits_the_service(client: TestClient) -> None:
    answer = client.get("/api")
    assert answer.headers["content-type"] == "application/vnd.oai.openapi+json;version=3.0"
    definition = answer.json()
    assert definition["openapi"].startswith("3.0.")
    assert "/collections/threats/items" in definition["paths"]
    for reference in references(definition):
        target: Any = definition
        for part in reference.removeprefix("#/").split("/"):
            target = target[part]
        assert target
    # what QGIS and GDAL look for to choose the size of their pages
    assert definition["components"]["parameters"]["limit"]["schema"]["maximum"] == 10_000
    for path, operations in definition["paths"].items():
        # a cursor is needed, a snapshot has to be made first
        if "get" in operations and "{" not in path and path not in ("/changes", "/snapshots"):
            assert client.get(path).status_code == 200


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from references(part)
