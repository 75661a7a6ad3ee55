"""Files of the state register of boundaries (PRG): which of their layers are areas of the map."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from osgeo import gdal, ogr

from kmzb_service.intake.errors import IntakeError
from kmzb_service.intake.reading import Source, layer_source, open_dataset

# What the register's own archive has besides: the country, units of the land register, parishes.
_KIND_FIELD = "JPT_SJR_KO"
_KINDS = {"", "WOJ", "POW", "GMI"}
_OLD_ENCODING = "CP1250"  # of shapefiles that do not say theirs
_GML_TYPES = "GML_FIELDTYPES"


def prg_sources(path: Path, fields: Sequence[str]) -> list[Source]:
    """The layers of a file that are voivodeships, counties or communes.

    Args:
        path: a shapefile, GML, or a ZIP archive of shapefiles.
        fields: what such a layer has.

    Raises:
        IntakeError: it cannot be read, or has no such layer.
    """
    dataset = _open(path)
    sources = [layer_source(path, dataset, layer) for layer in _layers(path, dataset, fields)]
    if not sources:
        raise IntakeError(
            f"{path.name} has no boundaries of voivodeships, counties or communes with {', '.join(fields)}"
        )
    return sources


def _open(path: Path) -> gdal.Dataset:
    kind = path.suffix.lower()
    if kind == ".zip":
        return open_dataset(path, f"/vsizip/{path}")
    if kind == ".shp":
        named = path.with_suffix(".cpg").exists()
        return open_dataset(path, str(path), [] if named else [f"ENCODING={_OLD_ENCODING}"])
    # without a schema beside it GDAL would guess that codes of GML are numbers, and note that in a file
    before = gdal.GetConfigOption(_GML_TYPES)
    gdal.SetConfigOption(_GML_TYPES, "ALWAYS_STRING")
    try:
        return open_dataset(path, str(path), ["WRITE_GFS=NO"] if kind in (".gml", ".xml") else [])
    finally:
        gdal.SetConfigOption(_GML_TYPES, before)


def _layers(path: Path, dataset: gdal.Dataset, fields: Sequence[str]) -> list[str]:
    found = []
    for number in range(dataset.GetLayerCount()):
        layer = dataset.GetLayer(number)
        definition = layer.GetLayerDefn()
        places = [definition.GetFieldIndex(field) for field in fields]
        if min(places) >= 0:
            for place in places:
                _require_text(path, definition.GetFieldDefn(place))
            first = layer.GetNextFeature()
            layer.ResetReading()
            has_kind = first is not None and definition.GetFieldIndex(_KIND_FIELD) >= 0
            if not has_kind or (first[_KIND_FIELD] or "") in _KINDS:
                found.append(layer.GetName())
    return found


def _require_text(path: Path, field: ogr.FieldDefn) -> None:
    """See that a field is no number: what GDAL once noted of a file beside it may say so."""
    if field.GetType() != ogr.OFTString:
        note = path.with_suffix(".gfs")
        remedy = f"; remove {note}, a guess of another program" if note.exists() else ""
        raise IntakeError(
            f"{path.name}: {field.GetName()} is read as a number, which loses leading zeros{remedy}"
        )
