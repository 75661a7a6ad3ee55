"""Import of areas: codes are text, geometries are made valid, borders move what they must."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import Importer, feature, geojson, square
from osgeo import gdal, ogr, osr
from shared_data import polish_areas
from sqlalchemy import func, select, update

from kmzb_service.database.engine import reading, writing
from kmzb_service.database.tables import area, unit
from kmzb_service.intake.areas import AreaFields
from kmzb_service.intake.errors import IntakeError

SIMPLE_UNIT = """
[[units]]
code = "KPP"
name = "KPP"
kind = "KPP"
areas = ["0801", "0802"]
"""


def stored(importer: Importer, *columns: str) -> list[tuple]:
    chosen = [area.c[name] for name in columns]
    with reading(importer.engine) as connection:
        return [tuple(row) for row in connection.execute(select(*chosen).order_by(area.c.code))]


def geometry(importer: Importer, code: str, table=area) -> ogr.Geometry:
    with reading(importer.engine) as connection:
        wkb = connection.execute(
            select(func.ST_AsBinary(table.c.geom)).where(table.c.code == code)
        ).scalar_one()
    return ogr.CreateGeometryFromWkb(bytes(wkb))


def test_an_area_arrives_whole(importer: Importer) -> None:
    one = square("0801", 15.0)
    one["properties"] |= {"people": 71000}
    fields = AreaFields("terc", "name", population="people")
    assert importer.areas(geojson(one), fields=fields, approximate=True).counts == (1, 0, 0, 0)
    columns = ("code", "level", "name", "parent", "population", "approximate", "version", "removed")
    assert stored(importer, *columns) == [("0801", "county", "powiat 0801", "08", 71000, True, 1, False)]
    assert geometry(importer, "0801").ExportToWkt().startswith("MULTIPOLYGON (((15 52,")


@pytest.mark.parametrize(
    ("level", "code", "parent"),
    [("voivodeship", "08", None), ("county", "0801", "08"), ("commune", "0801011", "0801")],
)
def test_the_area_above_is_in_the_code(importer: Importer, level: str, code: str, parent: str | None) -> None:
    importer.areas(geojson(square(code, 15.0)), level=level)
    assert stored(importer, "level", "parent") == [(level, parent)]


def test_a_field_may_name_the_area_above(importer: Importer) -> None:
    one = square("0801", 15.0)
    one["properties"] |= {"above": "98"}
    importer.areas(geojson(one), fields=AreaFields("terc", "name", parent="above"))
    assert stored(importer, "parent") == [("98",)]


def test_official_shapefiles_in_pl_1992(importer: Importer, tmp_path: Path) -> None:
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(2180)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    dataset = gdal.GetDriverByName("ESRI Shapefile").Create(
        str(tmp_path / "powiaty.shp"), 0, 0, 0, gdal.GDT_Unknown
    )
    layer = dataset.CreateLayer("powiaty", reference, ogr.wkbPolygon, ["ENCODING=UTF-8"])
    for name in ("JPT_KOD_JE", "JPT_NAZWA_"):
        layer.CreateField(ogr.FieldDefn(name, ogr.OFTString))
    shape = ogr.Feature(layer.GetLayerDefn())
    shape["JPT_KOD_JE"], shape["JPT_NAZWA_"] = "0811", "powiat żarski"
    shape.SetGeometry(
        ogr.CreateGeometryFromWkt("POLYGON ((246000 547000, 246000 548000, 247000 548000, 246000 547000))")
    )
    layer.CreateFeature(shape)
    del layer, dataset
    importer.areas(tmp_path / "powiaty.shp", fields=AreaFields("JPT_KOD_JE", "JPT_NAZWA_"))
    assert stored(importer, "code", "name") == [("0811", "powiat żarski")]
    west, _, south, _ = geometry(importer, "0811").GetEnvelope()
    assert (west, south) == (pytest.approx(15.237, abs=0.01), pytest.approx(52.73, abs=0.01))


def test_a_geometry_that_crosses_itself_is_repaired_and_counted(importer: Importer) -> None:
    ring = [[15, 52], [16, 53], [16, 52], [15, 53], [15, 52]]
    done = importer.areas(
        geojson(feature({"type": "Polygon", "coordinates": [ring]}, terc="0801", name="ósemka"))
    )
    assert (done.counts, done.summary.repaired) == ((1, 0, 0, 0), 1)
    repaired = geometry(importer, "0801")
    assert repaired.IsValid()
    assert repaired.GetArea() == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("bad", "column", "reason"),
    [
        (feature(None, terc="0802", name="a"), "", "the row has no geometry"),
        (
            feature({"type": "Point", "coordinates": [15, 52]}, terc="0802", name="a"),
            "",
            "a polygon is needed",
        ),
        (
            square("801", 15.5),
            "terc",
            "'801' is not the code of a county, which has 4 digits; a leading zero",
        ),
        (square("08x1", 15.5), "terc", "'08x1' is not the code of a county"),
        (square("0801", 15.5), "terc", "the code '0801' is in the file already"),
        (square("0802", 179.8), "", "off the globe"),
        (square("0802", 15.5) | {"properties": {"terc": "0802", "name": " "}}, "name", "is empty"),
        (
            feature(
                {"type": "Polygon", "coordinates": [[[15, 52], [16, 52], [15, 52], [15, 52]]]},
                terc="0802",
                name="a",
            ),
            "",
            "no area is left",
        ),
    ],
)
def test_a_bad_area_is_refused_and_the_others_go_in(
    importer: Importer, bad: dict, column: str, reason: str
) -> None:
    done = importer.areas(geojson(square("0801", 15.0), bad, square("0803", 16.0)))
    assert done.counts == (2, 0, 0, 1)
    (reject,) = done.rejects
    assert (reject.line, reject.column) == (2, column)
    assert reason in reject.reason
    assert [code for (code,) in stored(importer, "code")] == ["0801", "0803"]


def test_numbers_in_place_of_codes_are_refused(importer: Importer) -> None:
    one = square("0801", 15.0)
    one["properties"]["terc"] = 801
    assert "a leading zero may be lost" in importer.areas(geojson(one)).rejects[0].reason


def test_a_population_must_be_a_number(importer: Importer) -> None:
    one = square("0801", 15.0)
    one["properties"]["people"] = "many"
    done = importer.areas(geojson(one), fields=AreaFields("terc", "name", population="people"))
    assert (done.rejects[0].column, done.rejects[0].reason) == ("people", "'many' is no whole number from 0")


def test_missing_fields_are_named(importer: Importer) -> None:
    with pytest.raises(IntakeError, match="no column 'code', 'nazwa'; it has 'terc', 'name'"):
        importer.areas(geojson(square("0801", 15.0)), fields=AreaFields("code", "nazwa"))


def test_a_file_without_a_coordinate_system_needs_one_named(importer: Importer, tmp_path: Path) -> None:
    dataset = gdal.GetDriverByName("GPKG").Create(str(tmp_path / "a.gpkg"), 0, 0, 0, gdal.GDT_Unknown)
    layer = dataset.CreateLayer("a", None, ogr.wkbPolygon)
    for name in ("terc", "name"):
        layer.CreateField(ogr.FieldDefn(name, ogr.OFTString))
    shape = ogr.Feature(layer.GetLayerDefn())
    shape["terc"], shape["name"] = "0801", "a"
    shape.SetGeometry(
        ogr.CreateGeometryFromWkt("POLYGON ((246000 547000, 246000 548000, 247000 548000, 246000 547000))")
    )
    layer.CreateFeature(shape)
    del layer, dataset
    with pytest.raises(IntakeError, match="name its CRS"):
        importer.areas(tmp_path / "a.gpkg")
    importer.areas(tmp_path / "a.gpkg", crs="EPSG:2180")
    assert geometry(importer, "0801").GetEnvelope()[0] == pytest.approx(15.237, abs=0.01)


def test_importing_twice_changes_nothing_and_a_change_is_one(importer: Importer) -> None:
    first, second = square("0801", 15.0), square("0802", 15.5)
    importer.areas(geojson(first, second))
    before = importer.everything()
    assert importer.areas(geojson(first, second)).counts == (0, 0, 2, 0)
    assert importer.everything() == before
    assert importer.areas(geojson(first, square("0802", 15.6))).counts == (0, 1, 1, 0)
    assert stored(importer, "code", "version") == [("0801", 1), ("0802", 2)]
    assert geometry(importer, "0802").GetEnvelope()[0] == 15.6


def test_an_area_that_was_removed_comes_back(importer: Importer) -> None:
    importer.areas(geojson(square("0801", 15.0)))
    with writing(importer.engine) as connection:
        connection.execute(update(area).values(removed=True))
    assert importer.areas(geojson(square("0801", 15.0))).counts == (0, 1, 0, 0)
    assert stored(importer, "removed", "version") == [(False, 2)]


def test_units_follow_the_areas_that_they_are_made_of(importer: Importer) -> None:
    importer.areas(geojson(square("0801", 15.0), square("0802", 15.5)))
    importer.units(SIMPLE_UNIT)
    importer.reports({"lon": "16.4"})
    assert importer.stored("unit") == [None]
    assert importer.areas(geojson(square("0802", 15.5, size=1.0))).summary.moved == 1
    assert importer.stored("unit", "county") == [("KPP", "0802")]
    assert geometry(importer, "KPP", unit).GetArea() == pytest.approx(1.25)


def test_a_unit_with_ground_of_its_own_keeps_it(importer: Importer) -> None:
    importer.areas(geojson(square("0801", 15.0)))
    own = square("x", 20.0)["geometry"]
    importer.units(geojson(feature(own, code="KPP", name="KPP", kind="KPP", areas="0801")), suffix="geojson")
    importer.areas(geojson(square("0801", 15.0, size=1.0)))
    assert geometry(importer, "KPP", unit).GetEnvelope() == (20.0, 20.5, 52.0, 52.5)


def test_all_of_poland_arrives(importer: Importer, tmp_path: Path) -> None:
    voivodeships, counties = polish_areas(tmp_path)
    assert importer.areas(voivodeships, level="voivodeship").counts == (16, 0, 0, 0)
    assert importer.areas(counties).counts == (380, 0, 0, 0)
    codes = [code for code, level in stored(importer, "code", "level") if level == "voivodeship"]
    assert codes == [f"{2 * number:02d}" for number in range(1, 17)]
    assert {parent for parent, level in stored(importer, "parent", "level") if level == "county"} == set(
        codes
    )
    assert importer.areas(counties).counts == (0, 0, 380, 0)
