"""Reading files: CSV of every kind that people send, and what GDAL reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from osgeo import gdal, ogr, osr

from kmzb_service.intake.errors import IntakeError
from kmzb_service.intake.reading import Row, Source, open_source, require_columns


def opened(folder: Path, content: bytes, name: str = "file.csv", **options: str) -> Source:
    (folder / name).write_bytes(content)
    return open_source(folder / name, **options)


def rows(folder: Path, content: bytes, **options: str) -> list[Row]:
    return list(opened(folder, content, **options).rows)


def test_numbers_of_lines_are_those_of_an_editor(tmp_path: Path) -> None:
    found = rows(tmp_path, b'a,b\r\n1,"two\r\nlines"\r\n\r\n2,x\r\n')
    assert [(row.line, row.fields, row.problem) for row in found] == [
        (2, {"a": "1", "b": "two\r\nlines"}, None),
        (5, {"a": "2", "b": "x"}, None),
    ]


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    source = opened(tmp_path, b"\xef\xbb\xbfid,b\n1,2\n")
    assert source.columns == ("id", "b")


def test_other_encodings_and_delimiters(tmp_path: Path) -> None:
    content = "nr;miejsce\n1;Żary\n"
    for encoding in ("cp1250", "iso-8859-2", "utf-16"):
        (row,) = rows(tmp_path, content.encode(encoding), encoding=encoding, delimiter=";")
        assert row.fields == {"nr": "1", "miejsce": "Żary"}


@pytest.mark.parametrize("padding", [0, 1 << 20])
def test_a_wrong_encoding_is_found_before_the_first_row(tmp_path: Path, padding: int) -> None:
    content = b"nr,m\n" + b"1," + b"x" * padding + b"\n" + "2,Łagów\n".encode("cp1250")
    with pytest.raises(IntakeError) as failure:
        opened(tmp_path, content)
    message = str(failure.value)
    assert "file.csv is not utf-8: line 3" in message
    assert f"byte {content.index(bytes([0xA3])) + 1} of the file (0xa3)" in message
    assert 'encoding = "cp1250"' in message


def test_a_file_cut_within_a_character_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="not utf-8: line 2"):
        opened(tmp_path, b"nr\n1\xc5")


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="'cp9999' is not known"):
        opened(tmp_path, b"a\n", encoding="cp9999")


def test_too_few_and_too_many_fields_are_problems_of_their_row(tmp_path: Path) -> None:
    short, long, good = rows(tmp_path, b"a,b\n1\n1,2,3\n1,2\n")
    assert short.problem == "1 fields where the header has 2"
    assert long.problem == "3 fields where the header has 2"
    assert list(long.fields.values()) == ["1", "2", "3"]  # nothing is lost
    assert good.problem is None


def test_a_quote_that_never_ends_is_a_problem_of_its_row(tmp_path: Path) -> None:
    good, bad = rows(tmp_path, b'a,b\n1,2\n3,"four\n5,6\n')
    assert (good.problem, bad.problem) == (None, None)
    assert bad.fields["b"] == "four\n5,6\n"
    huge = rows(tmp_path, b'a,b\n3,"' + b"x" * 200_000 + b"\n")
    assert "not readable as CSV" in (huge[0].problem or "")


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(IntakeError, match=r"file\.csv is empty"):
        opened(tmp_path, content)


def test_a_header_alone_has_no_rows(tmp_path: Path) -> None:
    assert rows(tmp_path, b"a,b\n") == []


def test_a_column_named_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="column 'a' more than once"):
        opened(tmp_path, b"a,b,a\n")


def test_all_missing_columns_are_named_at_once(tmp_path: Path) -> None:
    source = opened(tmp_path, b"a,b\n")
    with pytest.raises(IntakeError, match="no column 'x', 'y'; it has 'a', 'b'"):
        require_columns(source, ["a", "x", "y", "x"])


def test_a_file_that_gdal_cannot_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match=r"notes\.geojson cannot be read"):
        opened(tmp_path, b"not json", name="notes.geojson")


def geopackage(path: Path, layers: int = 1) -> Path:
    dataset = gdal.GetDriverByName("GPKG").Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(2180)
    for number in range(layers):
        layer = dataset.CreateLayer(f"layer{number}", reference, ogr.wkbPoint)
        for name, kind in (("nr", ogr.OFTInteger), ("day", ogr.OFTDate), ("moment", ogr.OFTDateTime)):
            layer.CreateField(ogr.FieldDefn(name, kind))
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["nr"] = 7
        feature.SetField("day", 2021, 3, 28, 0, 0, 0, 0)
        feature.SetField("moment", 2021, 3, 28, 3, 30, 59.9996, 108)
        feature.SetGeometry(ogr.CreateGeometryFromWkt("POINT (246049 547880)"))
        layer.CreateFeature(feature)
        layer.CreateFeature(ogr.Feature(layer.GetLayerDefn()))
    return path


def test_dates_of_other_formats_become_iso_text(tmp_path: Path) -> None:
    source = open_source(geopackage(tmp_path / "some.gpkg"))
    first, second = source.rows
    assert first.fields == {"nr": "7", "day": "2021-03-28", "moment": "2021-03-28T03:30:59.999+02:00"}
    assert first.geometry.GetX() == 246049
    assert (second.line, second.fields["moment"], second.geometry) == (2, "", None)
    assert source.crs.GetAuthorityCode(None) == "2180"
    assert source.expected == 2


def test_a_layer_is_asked_for_where_there_are_several(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "some.gpkg", layers=2)
    assert len(list(open_source(path, layer="layer1").rows)) == 2
    with pytest.raises(IntakeError, match="several layers: name one of 'layer0', 'layer1'"):
        open_source(path)
    with pytest.raises(IntakeError, match="no layer 'other'"):
        open_source(path, layer="other")
