"""Files of the state register of boundaries (PRG): which of their layers are areas of the map."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from osgeo import gdal

from kmzb_service.intake.errors import IntakeError
from kmzb_service.intake.reading import Source, layer_source, open_dataset

# What the register's own archive has besides: the country, units of the land register, parishes.
_KIND_FIELD = "JPT_SJR_KO"
_KINDS = {"", "WOJ", "POW", "GMI"}
_OLD_ENCODING = "CP1250"  # of shapefiles that do not say theirs


def prg_sources(path: Path, fields: Sequence[str]) -> list[Source]:
    """The layers of a file that are voivodeships, counties or communes.

    Args:
        path: a shapefile, GML, or a ZIP archive of shapefiles.
        fields: what such a layer has.

    Raises:
        IntakeError: it cannot be read, or has no such layer.
    """
    name = f"/vsizip/{path}" if path.suffix.lower() == ".zip" else str(path)
    plain_shapefile = path.suffix.lower() == ".shp" and not path.with_suffix(".cpg").exists()
    dataset = open_dataset(path, name, [f"ENCODING={_OLD_ENCODING}"] if plain_shapefile else [])
    sources = [layer_source(path, dataset, layer) for layer in _layers(dataset, fields)]
    if not sources:
        raise IntakeError(
            f"{path.name} has no boundaries of voivodeships, counties or communes with {', '.join(fields)}"
        )
    return sources


def _layers(dataset: gdal.Dataset, fields: Sequence[str]) -> list[str]:
    found = []
    for number in range(dataset.GetLayerCount()):
        layer = dataset.GetLayer(number)
        definition = layer.GetLayerDefn()
        if all(definition.GetFieldIndex(field) >= 0 for field in fields):
            first = layer.GetNextFeature()
            layer.ResetReading()
            has_kind = first is not None and definition.GetFieldIndex(_KIND_FIELD) >= 0
            if not has_kind or (first[_KIND_FIELD] or "") in _KINDS:
                found.append(layer.GetName())
    return found
