"""Features as a FlatGeobuf file, written by GDAL beside the service's other files and sent from there."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from osgeo import ogr, osr

from kmzb_service.database.wire import Kind
from kmzb_service.ogc.selection import Page

_BYTES_AT_ONCE = 256 * 1024
_TYPES: dict[Kind, tuple[int, int]] = {
    "text": (ogr.OFTString, ogr.OFSTNone),
    "integer": (ogr.OFTInteger64, ogr.OFSTNone),
    "number": (ogr.OFTReal, ogr.OFSTNone),
    "boolean": (ogr.OFTInteger, ogr.OFSTBoolean),
    "instant": (ogr.OFTDateTime, ogr.OFSTNone),
    "day": (ogr.OFTDate, ogr.OFSTNone),
}
_GEOMETRIES = {"Point": ogr.wkbPoint, "MultiPolygon": ogr.wkbMultiPolygon}


def write_flatgeobuf(page: Page) -> Iterator[bytes]:
    """A FlatGeobuf file; its coordinates are x, y whatever the CRS's own order.

    It has no spatial index: to make one all features would have to be in memory.
    """
    with tempfile.TemporaryDirectory(prefix="kmzb-fgb-") as folder:
        path = Path(folder) / f"{page.selection.collection.name}.fgb"
        _write(path, page)
        with path.open("rb") as file:
            while piece := file.read(_BYTES_AT_ONCE):
                yield piece


def _write(path: Path, page: Page) -> None:
    selection = page.selection
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(selection.crs.srid)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    source = ogr.GetDriverByName("FlatGeobuf").CreateDataSource(str(path))
    kind = _GEOMETRIES[str(selection.collection.resource.geometry)]
    layer = source.CreateLayer(selection.collection.name, reference, kind, options=["SPATIAL_INDEX=NO"])
    kinds = [selection.collection.properties[name].kind for name in selection.names]
    for name, value_kind in zip(("id", *selection.names), ("integer", *kinds), strict=True):
        type_, subtype = _TYPES[value_kind]
        field = ogr.FieldDefn(name, type_)
        field.SetSubType(subtype)
        layer.CreateField(field)
    for rows in page:
        for row in rows:
            feature = ogr.Feature(layer.GetLayerDefn())
            identifier, wkb, *values = tuple(row)
            feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(bytes(wkb)))
            # rows may go on with the columns that the order needs
            for number, value in enumerate((identifier, *values[: len(kinds)])):
                if value is not None:
                    feature.SetField(number, _settable(value))
            layer.CreateFeature(feature)
    layer.SyncToDisk()
    del layer, source


def _settable(value: object) -> object:
    # GDAL reads days and instants from the text that the wire format has for them
    return int(value) if isinstance(value, bool) else value
