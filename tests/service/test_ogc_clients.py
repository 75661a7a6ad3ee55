"""The standard face as other programs read it, over real HTTP."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from osgeo import gdal
from owslib.ogcapi.features import Features
from qgis.core import QgsFeatureRequest, QgsRectangle, QgsVectorLayer
from sample_map import add_area, add_decisions, add_reports, add_unit
from sqlalchemy import Engine, func, select

from kmzb_service.database.tables import decision, threat
from kmzb_service.security.tokens import create_token


@contextmanager
def gdal_sends(header: str) -> Iterator[None]:
    gdal.SetConfigOption("GDAL_HTTP_HEADERS", header)
    try:
        yield
    finally:
        gdal.SetConfigOption("GDAL_HTTP_HEADERS", None)


def headers(token: str) -> list[str]:
    password = base64.b64encode(f"qgis:{token}".encode()).decode()
    return [f"Authorization: Bearer {token}", f"Authorization: Basic {password}"]


@pytest.mark.parametrize("way", [0, 1])
def test_gdal_reads_every_collection(live: str, engine: Engine, way: int) -> None:
    add_reports(engine, 23)
    add_area(engine, "0802")
    add_unit(engine, "KPP-KROSNO")
    add_decisions(engine, 1, "verification", "confirmed")
    with gdal_sends(headers(create_token(engine, "gdal", "viewer"))[way]):
        source = gdal.OpenEx(f"OAPIF:{live}", gdal.OF_VECTOR)
        layers = {layer.GetName(): layer for layer in map(source.GetLayer, range(source.GetLayerCount()))}
        assert list(layers) == ["threats", "areas", "units", "decisions"]
        with engine.connect() as connection:
            expected = connection.execute(select(func.count()).select_from(threat)).scalar_one()
            decided = connection.execute(select(func.count()).select_from(decision)).scalar_one()
        # both the count that the service tells and what the pages hold
        assert layers["threats"].GetFeatureCount() == expected
        assert len({feature.GetFID() for feature in layers["threats"]}) == expected
        assert len(list(layers["decisions"])) == decided == 2
        (area,) = layers["areas"]
        assert area.GetGeometryRef().GetGeometryName() == "MULTIPOLYGON"
        assert area.GetField("code") == "0802"


def test_gdal_pushes_its_filters_down(live: str, engine: Engine) -> None:
    add_reports(engine, 23)
    with gdal_sends(headers(create_token(engine, "gdal", "viewer"))[0]):
        source = gdal.OpenEx(f"OAPIF:{live}", gdal.OF_VECTOR, open_options=["PAGE_SIZE=5"])
        layer = source.GetLayerByName("threats")
        layer.SetAttributeFilter("category = 'speeding' AND local_hour = 15")
        (feature,) = layer
        assert feature.GetField("ref") == "Z-0000003"
        point = feature.GetGeometryRef()
        assert (round(point.GetX(), 6), round(point.GetY(), 6)) == (15.03, 52.03)
        layer.SetAttributeFilter(None)
        layer.SetSpatialFilterRect(15.05, 52.0, 15.105, 53.0)
        assert [entry.GetFID() for entry in layer] == [5, 6, 7, 8, 9, 10]


def test_gdal_without_a_token_is_refused(live: str) -> None:
    with pytest.raises(RuntimeError):
        gdal.OpenEx(f"OAPIF:{live}/collections/threats", gdal.OF_VECTOR)


def test_owslib_agrees_with_sql(live: str, engine: Engine) -> None:
    add_reports(engine, 23)
    add_area(engine, "0802")
    token = create_token(engine, "owslib", "viewer")
    service = Features(live, headers={"Authorization": f"Bearer {token}"})
    assert [entry["rel"] for entry in service.links if entry["rel"] == "service-desc"]
    assert service.feature_collections() == ["threats", "areas", "units", "decisions"]
    assert "category" in service.collection_queryables("threats")["properties"]
    page = service.collection_items("threats", bbox=[15.05, 52.0, 15.105, 53.0], limit=3)
    assert [feature["id"] for feature in page["features"]] == [5, 6, 7]
    filtered = service.collection_items("threats", filter="category = 'speeding' AND local_hour > 18")
    with engine.connect() as connection:
        expected = connection.execute(
            select(threat.c.id)
            .where(threat.c.category == "speeding", threat.c.local_hour > 18)
            .order_by(threat.c.id)
        )
        assert [feature["id"] for feature in filtered["features"]] == expected.scalars().all()
    assert service.collection_item("areas", "1")["properties"]["code"] == "0802"


def test_owslib_agrees_with_sql_on_cql2_and_crs(live: str, engine: Engine) -> None:
    """A filter in JSON with coordinates of PL-1992, and answers in it: northing first."""
    add_reports(engine, 23)
    token = create_token(engine, "owslib", "viewer")
    service = Features(live, headers={"Authorization": f"Bearer {token}"})
    moved = func.ST_Transform(threat.c.geom, 2180)
    with engine.connect() as connection:
        rows = connection.execute(
            select(threat.c.id, func.ST_X(moved), func.ST_Y(moved)).order_by(threat.c.id)
        ).all()
    _, east, north = rows[11]
    corners = [(-3000, -3000), (-3000, 3000), (3000, 3000), (3000, -3000), (-3000, -3000)]
    ring = [[north + y, east + x] for y, x in corners]
    condition = {
        "op": "s_within",
        "args": [{"property": "geometry"}, {"type": "Polygon", "coordinates": [ring]}],
    }
    crs = "http://www.opengis.net/def/crs/EPSG/0/2180"
    questions = {"filter-lang": "cql2-json", "filter-crs": crs, "crs": crs}
    found = service.collection_items("threats", filter=json.dumps(condition), **questions)["features"]
    expected = [row for row in rows if abs(row[1] - east) < 3000 and abs(row[2] - north) < 3000]
    assert 1 < len(expected) < len(rows)
    assert [feature["id"] for feature in found] == [row[0] for row in expected]
    for feature, (_, easting, northing) in zip(found, expected, strict=True):
        assert feature["geometry"]["coordinates"] == pytest.approx([northing, easting], abs=0.001)
    # the same box as bbox in that CRS
    box = [north - 3000, east - 3000, north + 3000, east + 3000]
    boxed = service.collection_items("threats", bbox=box, **{"bbox-crs": crs})["features"]
    assert [feature["id"] for feature in boxed] == [row[0] for row in expected]


def test_qgis_reads_and_filters(live: str, engine: Engine, basic_config: Callable[[str, str], str]) -> None:
    add_reports(engine, 23)
    add_area(engine, "0802")
    authcfg = basic_config("qgis", create_token(engine, "qgis", "viewer"))

    def layer(typename: str, more: str = "") -> QgsVectorLayer:
        found = QgsVectorLayer(
            f"authcfg={authcfg} url='{live}' typename='{typename}' pageSize='5' {more}", typename, "OAPIF"
        )
        assert found.isValid(), found.dataProvider().error().summary()
        return found

    threats = layer("threats")
    assert threats.crs().authid() in ("OGC:CRS84", "EPSG:4326")
    refs = {feature["ref"]: feature.geometry().asPoint() for feature in threats.getFeatures()}
    with engine.connect() as connection:
        assert sorted(refs) == sorted(connection.execute(select(threat.c.ref)).scalars())
    assert (round(refs["Z-0000003"].x(), 6), round(refs["Z-0000003"].y(), 6)) == (15.03, 52.03)
    box = QgsFeatureRequest().setFilterRect(QgsRectangle(15.05, 52.0, 15.105, 53.0))
    assert len(list(layer("threats").getFeatures(box))) == 6
    chosen = QgsFeatureRequest().setFilterExpression('"category" = \'speeding\' AND "local_hour" > 18')
    expected = {f"Z-{number:07d}" for number in range(1, 24) if number % 3 == 0 and (12 + number) % 24 > 18}
    assert {feature["ref"] for feature in layer("threats").getFeatures(chosen)} == expected
    (area,) = layer("areas").getFeatures()
    assert area["code"] == "0802"
    assert area.geometry().isMultipart()
