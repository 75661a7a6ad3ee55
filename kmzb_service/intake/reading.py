"""Reading rows from a file: CSV by our own reader, everything else through GDAL."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from osgeo import gdal, ogr, osr

from kmzb_service.intake.errors import IntakeError

for _module in (gdal, ogr, osr):
    _module.UseExceptions()

_CHUNK = 1 << 20
TEXT_SUFFIXES = {".csv", ".tsv", ".txt"}
_UTC_FLAG = 100  # OGR counts time zones in quarters of an hour around this


@dataclass(frozen=True)
class Row:
    """One row of a file.

    Attributes:
        line: number of the line where it begins, or of the feature (from 1).
        fields: the file's columns and their text, in the file's order.
        geometry: the feature's geometry in the table's CRS, if it has one.
        problem: what makes the row unreadable, if anything does.
    """

    line: int
    fields: dict[str, str]
    geometry: ogr.Geometry | None = None
    problem: str | None = None


@dataclass(frozen=True)
class Source:
    """An opened file: its columns, the rows to come and how many to expect.

    ``crs`` is what the file itself says of its geometries; None when it says nothing.
    """

    path: Path
    columns: tuple[str, ...]
    rows: Iterator[Row]
    expected: int
    crs: osr.SpatialReference | None = None


def open_source(
    path: Path, encoding: str = "utf-8", delimiter: str = ",", layer: str | None = None
) -> Source:
    """Open a file of rows; CSV is decoded to its end before the first row is handed out.

    Args:
        path: CSV (``.csv``, ``.tsv``, ``.txt``) or anything GDAL reads as vectors.
        encoding: of a CSV file.
        delimiter: of a CSV file.
        layer: name of the layer in a file that has several.

    Raises:
        IntakeError: there is nothing to read, or it is not what it is said to be.
    """
    if path.suffix.lower() in TEXT_SUFFIXES:
        return _open_csv(path, encoding, delimiter)
    return _open_ogr(path, layer)


def require_columns(source: Source, wanted: Sequence[str]) -> None:
    """Check that a file has all columns that are to be read.

    Raises:
        IntakeError: some are missing; the message names them all.
    """
    missing = [name for name in dict.fromkeys(wanted) if name not in source.columns]
    if missing:
        raise IntakeError(
            f"{source.path.name} has no column {_listed(missing)}; it has {_listed(source.columns)}"
        )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(repr(name) for name in names) or "none"


def _open_csv(path: Path, encoding: str, delimiter: str) -> Source:
    codec = _codec(encoding)
    lines = _count_lines(path, codec)
    rows = _csv_rows(path, codec, delimiter)
    header = next(rows, None)
    if header is None:
        raise IntakeError(f"{path.name} is empty: it has no header line")
    columns = tuple(name.strip() for name in header[1])
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        raise IntakeError(f"{path.name} has the column {_listed(twice)} more than once")
    return Source(path, columns, _with_columns(rows, columns), expected=max(lines - 1, 0))


def _codec(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
    except LookupError as error:
        raise IntakeError(f"the encoding {encoding!r} is not known") from error
    return "utf-8-sig" if name == "utf-8" else name  # a byte order mark is no part of a name


def _count_lines(path: Path, codec: str) -> int:
    """Decode the whole file, so that a wrong encoding stops an import before it starts; return its lines."""
    decoder = codecs.getincrementaldecoder(codec)()
    lines = taken = 0
    ended = True
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                taken += len(chunk)
                text = decoder.decode(chunk)
                lines += text.count("\n")
                ended = text.endswith("\n")
            decoder.decode(b"", final=True)
    except OSError as error:
        raise IntakeError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = lines + error.object[: error.start].count(b"\n") + 1
        byte = taken - len(error.object) + error.start + 1
        raise IntakeError(
            f"{path.name} is not {codec.removesuffix('-sig')}: line {line}, byte {byte} of the file "
            f"(0x{error.object[error.start]:02x}); save it as such, or give its "
            'encoding in the mapping, for example encoding = "cp1250"'
        ) from error
    return lines + (not ended)


def _csv_rows(path: Path, codec: str, delimiter: str) -> Iterator[tuple[int, list[str], str | None]]:
    """Line number, values and problem of each record; blank lines are none."""
    with path.open(encoding=codec, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        while True:
            line = reader.line_num + 1
            try:
                values = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield line, [], f"not readable as CSV: {error}"
                continue
            if values:
                yield line, values, None


def _with_columns(
    records: Iterator[tuple[int, list[str], str | None]], columns: tuple[str, ...]
) -> Iterator[Row]:
    for line, values, problem in records:
        if problem is None and len(values) != len(columns):
            problem = f"{len(values)} fields where the header has {len(columns)}"
        surplus = [f"field {number}" for number in range(len(columns) + 1, len(values) + 1)]
        yield Row(line, dict(zip_longest((*columns, *surplus), values, fillvalue="")), problem=problem)


def open_dataset(path: Path, name: str, options: Sequence[str] = ()) -> gdal.Dataset:
    """Open a file through GDAL.

    Args:
        path: the file.
        name: what GDAL calls it.
        options: of its driver.

    Raises:
        IntakeError: it cannot be read.
    """
    try:
        return gdal.OpenEx(name, gdal.OF_VECTOR | gdal.OF_READONLY, open_options=list(options))
    except RuntimeError as error:
        raise IntakeError(f"{path.name} cannot be read: {error}") from error


def layer_source(path: Path, dataset: gdal.Dataset, name: str) -> Source:
    """The rows of one layer."""
    layer = dataset.GetLayerByName(name)
    definition = layer.GetLayerDefn()
    columns = tuple(definition.GetFieldDefn(number).GetName() for number in range(definition.GetFieldCount()))
    return Source(path, columns, _ogr_rows(dataset, layer), layer.GetFeatureCount(), _crs(layer))


def _open_ogr(path: Path, layer_name: str | None) -> Source:
    dataset = open_dataset(path, str(path))
    names = [dataset.GetLayer(number).GetName() for number in range(dataset.GetLayerCount())]
    if layer_name is None and len(names) > 1:
        raise IntakeError(f"{path.name} has several layers: name one of {_listed(names)}")
    if not names or (layer_name is not None and layer_name not in names):
        raise IntakeError(f"{path.name} has no layer {layer_name or ''!r}; it has {_listed(names)}")
    return layer_source(path, dataset, layer_name or names[0])


def _crs(layer: ogr.Layer) -> osr.SpatialReference | None:
    reference = layer.GetSpatialRef()
    # what a GeoPackage without a coordinate system comes with
    return None if reference is None or reference.GetName().startswith("Undefined ") else reference


def _ogr_rows(dataset: gdal.Dataset, layer: ogr.Layer) -> Iterator[Row]:
    definition = layer.GetLayerDefn()
    fields = [definition.GetFieldDefn(number) for number in range(definition.GetFieldCount())]
    number = 0
    while True:
        try:
            feature = layer.GetNextFeature()
        except RuntimeError as error:
            raise IntakeError(f"feature {number + 1} cannot be read: {error}") from error
        if feature is None:
            break
        number += 1
        values = {field.GetName(): _text(feature, place, field) for place, field in enumerate(fields)}
        geometry = feature.GetGeometryRef()
        yield Row(number, values, None if geometry is None else geometry.Clone())
    # The layer is only alive as long as its dataset is.
    del dataset


def _text(feature: ogr.Feature, place: int, field: ogr.FieldDefn) -> str:
    if not feature.IsFieldSetAndNotNull(place):
        return ""
    if field.GetType() in (ogr.OFTDate, ogr.OFTDateTime):
        return _iso_text(feature.GetFieldAsDateTime(place), field.GetType() == ogr.OFTDateTime)
    return str(feature.GetFieldAsString(place))


def _iso_text(parts: list[Any], with_time: bool) -> str:
    year, month, day, hour, minute, second, flag = parts
    text = f"{year:04d}-{month:02d}-{day:02d}"
    if with_time:
        text += f"T{hour:02d}:{minute:02d}:{min(second, 59.999):06.3f}"
        if flag > 1:
            quarters = flag - _UTC_FLAG
            text += f"{'-' if quarters < 0 else '+'}{abs(quarters) // 4:02d}:{abs(quarters) % 4 * 15:02d}"
    return text
