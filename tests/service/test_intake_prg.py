"""Official boundary files (PRG) come in by one command, whatever form they have."""

from __future__ import annotations

import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from intake_files import Importer, feature, geojson, square
from on_databases import ON_SPATIALITE
from osgeo import gdal
from shared_data import polish_areas, polish_communes
from sqlalchemy import Engine, func, select

from kmzb_service.cli import EXIT_REJECTED, main
from kmzb_service.database.engine import reading
from kmzb_service.database.tables import area
from kmzb_service.settings import Settings

SHAPEFILE = {"format": "ESRI Shapefile", "layerCreationOptions": ["ENCODING=UTF-8"]}
# with the authority's order of axes, northing first; and with x first, as older files have it
GML = {"format": "GML", "datasetCreationOptions": ["FORMAT=GML3.2"]}
OLD_GML = {"format": "GML", "datasetCreationOptions": ["FORMAT=GML2"]}


def official(source: Path, path: Path, kind: str = "", **form: Any) -> Path:
    """A file with the same areas as the register writes it: its fields, in PL-1992."""
    dataset = gdal.OpenEx(str(source))
    layer = dataset.GetLayer(0).GetName()
    kinds = f", '{kind}' AS JPT_SJR_KO" if kind else ""
    gdal.VectorTranslate(
        str(path),
        str(source),
        SQLStatement=f'SELECT terc AS JPT_KOD_JE, name AS JPT_NAZWA_{kinds}, geometry FROM "{layer}"',
        SQLDialect="SQLITE",
        srcSRS="EPSG:4326",
        dstSRS="EPSG:2180",
        geometryType="PROMOTE_TO_MULTI",
        layerName=path.stem,
        **form,
    )
    return path


@dataclass(frozen=True)
class Done:
    """What a command said; click's own result would keep GDAL's objects alive, to be freed in any order."""

    exit_code: int
    output: str
    stdout: str
    stderr: str


def run(settings: Settings, path: Path, *options: str) -> Done:
    environment = {"KMZB_DATABASE_URL": settings.database_url, "KMZB_DATA_DIR": str(settings.data_dir)}
    done = CliRunner().invoke(main, ["import", "areas", str(path), *options], env=environment)
    return Done(done.exit_code, done.output, done.stdout, done.stderr)


def stored(engine: Engine) -> list[tuple[str, str, str, str | None]]:
    with reading(engine) as connection:
        query = select(area.c.code, area.c.level, area.c.name, area.c.parent).order_by(area.c.code)
        return [tuple(row) for row in connection.execute(query)]


def middle(engine: Engine, code: str) -> tuple[float, float]:
    centre = func.ST_Centroid(area.c.geom)
    query = select(func.ST_X(centre), func.ST_Y(centre)).where(area.c.code == code)
    with reading(engine) as connection:
        lon, lat = connection.execute(query).one()
    return round(lon, 3), round(lat, 3)


def test_all_communes_of_poland(
    settings: Settings, engine: Engine, importer: Importer, tmp_path: Path
) -> None:
    source, count = polish_communes(tmp_path)
    path = official(source, tmp_path / "A03_Granice_gmin.shp", **SHAPEFILE)
    done = run(settings, path, "--prg")
    assert (done.exit_code, done.stdout.startswith(f"{count} read = {count} added + 0 updated")) == (0, True)
    rows = stored(engine)
    assert {(level, len(code), parent == code[:4]) for code, level, _, parent in rows} == {
        ("commune", 7, True)
    }
    # the same ground as in the file that the official one was made from
    codes = [rows[0][0], rows[-1][0]]
    before = [middle(engine, code) for code in codes]
    importer.areas(source, level="commune")
    assert [middle(engine, code) for code in codes] == before


@ON_SPATIALITE
@pytest.mark.parametrize("form", [GML, OLD_GML], ids=["gml 3.2", "gml 2"])
def test_gml_in_either_order_of_axes(
    settings: Settings, engine: Engine, tmp_path: Path, form: dict[str, Any]
) -> None:
    source = tmp_path / "source.geojson"
    source.write_text(geojson(square("0801", 15.0), square("0861", 16.0)), encoding="utf-8")
    done = run(settings, official(source, tmp_path / "A02_Granice_powiatow.gml", **form), "--prg")
    assert done.exit_code == 0, done.output
    assert stored(engine) == [
        ("0801", "county", "powiat 0801", "08"),
        ("0861", "county", "powiat 0861", "08"),
    ]
    assert (middle(engine, "0801"), middle(engine, "0861")) == ((15.25, 52.25), (16.25, 52.25))


# as a WFS hands it out: surfaces, northing first, and no schema beside it
WFS = """<?xml version="1.0" encoding="UTF-8"?>
<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2"
    xmlns:ms="http://mapserver.gis.umn.edu/mapserver"><wfs:member><ms:A03_Granice_gmin gml:id="a.1">
  <ms:msGeometry><gml:MultiSurface gml:id="g1" srsName="urn:ogc:def:crs:EPSG::2180"><gml:surfaceMembers>
    <gml:Surface gml:id="s1"><gml:patches><gml:PolygonPatch><gml:exterior><gml:LinearRing>
      <gml:posList srsDimension="2">547000 246000 548000 246000 548000 247000 547000 247000 547000 246000
      </gml:posList></gml:LinearRing></gml:exterior></gml:PolygonPatch></gml:patches></gml:Surface>
  </gml:surfaceMembers></gml:MultiSurface></ms:msGeometry>
  <ms:JPT_SJR_KO>GMI</ms:JPT_SJR_KO><ms:JPT_KOD_JE>0801011</ms:JPT_KOD_JE><ms:JPT_NAZWA_>Kłodawa</ms:JPT_NAZWA_>
</ms:A03_Granice_gmin></wfs:member></wfs:FeatureCollection>
"""


@ON_SPATIALITE
def test_gml_without_a_schema_keeps_the_zeros_of_its_codes(
    settings: Settings, engine: Engine, tmp_path: Path
) -> None:
    path, note = tmp_path / "gminy.gml", tmp_path / "gminy.gfs"
    path.write_text(WFS, encoding="utf-8")
    done = run(settings, path, "--prg")
    assert (done.exit_code, note.exists()) == (0, False), done.output
    assert stored(engine) == [("0801011", "commune", "Kłodawa", "0801")]
    assert middle(engine, "0801011") == (15.244, 52.734)
    # somebody has looked at it with another program, which takes the codes for numbers and notes that
    dataset = gdal.OpenEx(str(path))
    dataset.GetLayer(0).GetFeatureCount()
    del dataset
    assert note.exists()
    done = run(settings, path, "--prg")
    assert (done.exit_code, f"remove {note}" in done.output) == (1, True), done.output


def test_the_archive_with_all_levels_and_more(settings: Settings, engine: Engine, tmp_path: Path) -> None:
    voivodeships, counties = polish_areas(tmp_path)
    communes = tmp_path / "communes.geojson"
    communes.write_text(geojson(square("0801011", 15.0), square("0801022", 15.5)), encoding="utf-8")
    folder = tmp_path / "prg"
    folder.mkdir()
    for name, source, kind in (
        ("A00_Granice_panstwa", voivodeships, "RP"),
        ("A01_Granice_wojewodztw", voivodeships, "WOJ"),
        ("A02_Granice_powiatow", counties, "POW"),
        ("A03_Granice_gmin", communes, "GMI"),
        ("A05_Granice_jednostek_ewidencyjnych", communes, "JEW"),
    ):
        official(source, folder / f"{name}.shp", kind, **SHAPEFILE)
    archive = tmp_path / "00_jednostki_administracyjne.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in folder.iterdir():
            file.write(path, path.name)
    done = run(settings, archive, "--prg")
    assert (done.exit_code, done.stdout) == (
        0,
        "398 read = 398 added + 0 updated + 0 unchanged + 0 rejected\n",
    ), done.output
    assert Counter(level for _, level, _, _ in stored(engine)) == {
        "voivodeship": 16,
        "county": 380,
        "commune": 2,
    }
    assert "0 added + 0 updated + 398 unchanged" in run(settings, archive, "--prg").stdout


@ON_SPATIALITE
def test_codes_with_a_line_and_names_in_the_old_encoding(
    settings: Settings, engine: Engine, tmp_path: Path
) -> None:
    source = tmp_path / "source.geojson"
    one = square("080101_1", 15.0)
    one["properties"]["name"] = "Żary"
    source.write_text(geojson(one), encoding="utf-8")
    # QGIS, where it runs in the same process, keeps GDAL from recoding what it writes
    before = gdal.GetConfigOption("SHAPE_ENCODING")
    gdal.SetConfigOption("SHAPE_ENCODING", "CP1250")
    try:
        path = official(
            source,
            tmp_path / "gminy.shp",
            format="ESRI Shapefile",
            layerCreationOptions=["ENCODING=CP1250"],
        )
    finally:
        gdal.SetConfigOption("SHAPE_ENCODING", before)
    path.with_suffix(".cpg").unlink(missing_ok=True)
    # what says the encoding inside the table of old files
    table = bytearray(path.with_suffix(".dbf").read_bytes())
    table[29] = 0
    path.with_suffix(".dbf").write_bytes(table)
    done = run(settings, path, "--prg")
    assert done.exit_code == 0, done.output
    assert stored(engine) == [("0801011", "commune", "Żary", "0801")]


@ON_SPATIALITE
def test_rows_that_are_no_areas_are_told(settings: Settings, engine: Engine, tmp_path: Path) -> None:
    source = tmp_path / "source.geojson"
    bad = ("080", "08010", "0801011.0001", "08x1")
    crossing = [[15.2, 52.2], [15.4, 52.4], [15.4, 52.2], [15.2, 52.4], [15.2, 52.2]]
    source.write_text(
        geojson(
            square("0801", 15.0),
            *(square(code, 15.0) for code in bad),
            feature({"type": "Polygon", "coordinates": [crossing]}, terc="0802", name="ósemka"),
        ),
        encoding="utf-8",
    )
    done = run(settings, official(source, tmp_path / "powiaty.shp", **SHAPEFILE), "--prg")
    assert done.exit_code == EXIT_REJECTED
    assert done.stdout.startswith(
        "6 read = 2 added + 0 updated + 0 unchanged + 4 rejected; repaired geometries: 1"
    )
    for line, code in enumerate(bad, start=2):
        reason = f"line {line}, JPT_KOD_JE: {code!r} is no code of a voivodeship, county or commune"
        assert reason in done.stderr
    assert [code for code, *_ in stored(engine)] == ["0801", "0802"]


@ON_SPATIALITE
def test_files_that_are_not_of_the_register(settings: Settings, engine: Engine, tmp_path: Path) -> None:
    other, text, archive = tmp_path / "x.geojson", tmp_path / "x.shp", tmp_path / "x.zip"
    other.write_text(geojson(square("0801", 15.0)), encoding="utf-8")
    text.write_text("no shapefile")
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("readme.txt", "nothing here")
    for path, reason in (
        (other, "has no boundaries of voivodeships, counties or communes with JPT_KOD_JE, JPT_NAZWA_"),
        (text, "x.shp cannot be read"),
        (archive, "x.zip cannot be read"),
    ):
        done = run(settings, path, "--prg")
        assert (done.exit_code, reason in done.output) == (1, True), done.output
    assert stored(engine) == []


@ON_SPATIALITE
def test_options_that_do_not_go_together(settings: Settings, engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "x.geojson"
    path.write_text(geojson(square("0801", 15.0)), encoding="utf-8")
    for options in (["--prg", "--level", "county"], ["--prg", "--approximate"], [], ["--level", "county"]):
        done = run(settings, path, *options)
        assert (done.exit_code, "--prg" in done.output) == (2, True), options
