"""Coordinates in other systems: the authority's order of axes, boxes, and what PROJ says of them."""

from __future__ import annotations

import pytest
from osgeo import osr
from sample_map import add_area, add_decisions, add_reports
from sqlalchemy import Engine
from starlette.testclient import TestClient
from test_app import problem
from test_ogc_items import THREATS, ids

EPSG = "http://www.opengis.net/def/crs/EPSG/0"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
GORZOW = "SRID=4326;POINT(15.2369 52.7368)"


def coordinates(client: TestClient, crs: str, path: str = f"{THREATS}/1") -> list[float]:
    answer = client.get(path, params={"crs": crs})
    assert answer.headers["content-crs"] == f"<{crs}>"
    return answer.json()["geometry"]["coordinates"]


def test_gorzow_in_every_crs(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 1, geom=GORZOW)
    assert coordinates(client, CRS84) == [15.2369, 52.7368]
    assert coordinates(client, f"{EPSG}/4326") == [52.7368, 15.2369]
    # northing, easting: within a metre of the published values
    assert coordinates(client, f"{EPSG}/2180") == pytest.approx([547880, 246049], abs=1)
    assert coordinates(client, f"{EPSG}/3857") == pytest.approx([1696163.949, 6934460.667], abs=0.001)
    page = client.get(THREATS, params={"crs": f"{EPSG}/2180"})
    assert page.headers["content-crs"] == f"<{EPSG}/2180>"
    assert page.json()["features"][0]["geometry"]["coordinates"] == pytest.approx([547880, 246049], abs=1)
    assert client.get(THREATS).headers["content-crs"] == f"<{CRS84}>"


def test_every_corner_of_an_area_is_where_proj_puts_it(client: TestClient, engine: Engine) -> None:
    add_area(engine, "0802")
    path = "/collections/areas/items/1"
    stored = client.get(path).json()["geometry"]["coordinates"]
    moved = client.get(path, params={"crs": f"{EPSG}/2180"}).json()["geometry"]["coordinates"]
    degrees, metres = osr.SpatialReference(), osr.SpatialReference()
    degrees.ImportFromEPSG(4326)
    metres.ImportFromEPSG(2180)
    # both in their authority's order: latitude, longitude and northing, easting
    transformation = osr.CoordinateTransformation(degrees, metres)
    for polygon, polygon_there in zip(stored, moved, strict=True):
        for ring, ring_there in zip(polygon, polygon_there, strict=True):
            for (lon, lat), there in zip(ring, ring_there, strict=True):
                assert transformation.TransformPoint(lat, lon)[:2] == pytest.approx(there, abs=0.001)


@pytest.mark.parametrize("crs", ["4326", "2180", "3857"])
def test_a_box_means_the_same_in_every_crs(client: TestClient, engine: Engine, crs: str) -> None:
    add_reports(engine, 10)
    features = client.get(THREATS, params={"crs": f"{EPSG}/{crs}"}).json()["features"]
    third, sixth = (features[number]["geometry"]["coordinates"] for number in (2, 5))
    low = [number - (1e-7 if crs == "4326" else 0.01) for number in third]
    high = [number + (1e-7 if crs == "4326" else 0.01) for number in sixth]
    box = ",".join(repr(number) for number in (*low, *high))
    assert ids(client, bbox=box, limit=2, **{"bbox-crs": f"{EPSG}/{crs}"}) == [3, 4, 5, 6]


def test_sides_of_a_box_are_straight_in_its_own_crs(client: TestClient, engine: Engine) -> None:
    # the parallel of 52° bends south of the straight side between two points of it in EPSG:2180
    add_reports(engine, 1, geom="SRID=4326;POINT(19 52)")
    corners = []
    for lon in (14.5, 23.5):
        add_reports(engine, 1, geom=f"SRID=4326;POINT({lon} 52)")
    for number in (2, 3):
        corners.append(coordinates(client, f"{EPSG}/2180", f"{THREATS}/{number}"))
    south = min(corner[0] for corner in corners)
    box = f"{south - 1},{corners[0][1]},{south + 5000},{corners[1][1]}"
    middle = coordinates(client, f"{EPSG}/2180")
    assert middle[0] < south - 1
    assert 1 not in ids(client, bbox=box, **{"bbox-crs": f"{EPSG}/2180"})


def test_a_collection_names_its_systems(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 1)
    threats = client.get("/collections/threats").json()
    assert threats["storageCrs"] == CRS84 == threats["crs"][0]
    assert {f"{EPSG}/4326", f"{EPSG}/2180", f"{EPSG}/3857"} <= set(threats["crs"])
    assert client.get("/collections").json()["crs"] == threats["crs"]
    assert "crs" not in client.get("/collections/decisions").json()


def test_features_without_geometry_have_no_crs_to_be_wrong(client: TestClient, engine: Engine) -> None:
    add_reports(engine, 1)
    add_decisions(engine, 1, "verification")
    assert ids(client, "/collections/decisions/items", crs=f"{EPSG}/2180") == [1]


@pytest.mark.parametrize("name", ["crs", "bbox-crs", "filter-crs"])
@pytest.mark.parametrize("value", ["", "EPSG:2180", f"{EPSG}/25832", f"{EPSG}/2180'--"])
def test_systems_that_are_none(client: TestClient, name: str, value: str) -> None:
    answer = client.get(THREATS, params={name: value})
    assert (answer.status_code, problem(answer)["field"]) == (400, name)


def test_boxes_outside_their_system(client: TestClient) -> None:
    for box in ("1e30,1e30,2e30,2e30", "0,5,1,4"):
        answer = client.get(THREATS, params={"bbox": box, "bbox-crs": f"{EPSG}/2180"})
        assert (answer.status_code, problem(answer)["field"]) == (400, "bbox"), box
