"""GeoPackage blobs, compared with what OGR writes and reads."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import pytest
from osgeo import ogr

from kmzb_qgis_plugin.replica import geometry

SQUARE = [[[15.0, 52.0], [15.5, 52.0], [15.5, 52.25], [15.0, 52.25], [15.0, 52.0]]]
HOLE = [[15.1, 52.1], [15.2, 52.1], [15.2, 52.2], [15.1, 52.1]]
GEOMETRIES = [
    {"type": "Point", "coordinates": [15.123456789, 52.1]},
    {"type": "Polygon", "coordinates": SQUARE},
    {"type": "Polygon", "coordinates": [*SQUARE, HOLE]},
    {"type": "MultiPolygon", "coordinates": [SQUARE, [[[-1, -2], [3, -2], [3, 4], [-1, -2]]]]},
]


@pytest.mark.parametrize("shape", GEOMETRIES, ids=lambda shape: shape["type"])
def test_ogr_reads_what_is_written(shape: dict[str, Any]) -> None:
    blob = geometry.to_blob(shape)
    assert blob[:2] == b"GP"
    assert struct.unpack_from("<i", blob, 4) == (4326,)
    read = ogr.CreateGeometryFromWkb(blob[8 if shape["type"] == "Point" else 40 :])
    assert read.Equals(ogr.CreateGeometryFromJson(json.dumps(shape)))
    assert geometry.envelope(blob) == read.GetEnvelope()


@pytest.mark.parametrize("shape", GEOMETRIES, ids=lambda shape: shape["type"])
def test_envelopes_of_blobs_that_ogr_wrote(shape: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "ogr.gpkg"
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = source.CreateLayer("shapes")
    feature = ogr.Feature(layer.GetLayerDefn())
    own = ogr.CreateGeometryFromJson(json.dumps(shape))
    feature.SetGeometry(own)
    layer.CreateFeature(feature)
    result = source.ExecuteSQL("SELECT hex(geom) AS blob FROM shapes")
    blob = result.GetNextFeature()["blob"]
    source.ReleaseResultSet(result)  # GDAL 3.10 cannot close the file before
    assert geometry.envelope(bytes.fromhex(blob)) == own.GetEnvelope()
    if shape["type"] == "Point":  # without spatial reference, and so but for its number
        written = geometry.to_blob(shape)
        assert written[:4] + written[8:] == bytes.fromhex(blob)[:4] + bytes.fromhex(blob)[8:]


def test_positions_with_heights_lose_them() -> None:
    flat = geometry.to_blob(GEOMETRIES[1])
    high = {"type": "Polygon", "coordinates": [[[*position, 7.0] for position in SQUARE[0]]]}
    assert geometry.to_blob(high) == flat


def test_empty_blobs_have_no_envelope() -> None:
    nan = float("nan")
    assert geometry.envelope(None) is None
    assert geometry.envelope(struct.pack("<2sBBi", b"GP", 0, 0x11, 4326)) is None
    empty_point = struct.pack("<2sBBiBI2d", b"GP", 0, 1, 4326, 1, 1, nan, nan)
    assert geometry.envelope(empty_point) is None


@pytest.mark.parametrize(
    "shape",
    [
        {"type": "LineString", "coordinates": [[1, 2], [3, 4]]},
        {"type": "Point", "coordinates": []},
        {"type": "MultiPolygon", "coordinates": []},
    ],
)
def test_what_cannot_be_stored_is_refused(shape: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        geometry.to_blob(shape)


@pytest.mark.parametrize(
    "blob", [b"", b"GP", b"XX" + bytes(40), struct.pack("<2sBBiBI", b"GP", 0, 1, 4326, 1, 3)]
)
def test_other_blobs_are_refused(blob: bytes) -> None:
    with pytest.raises((ValueError, struct.error)):
        geometry.envelope(blob)
