"""Tables as files for other programs: CSV, and sheets for Excel and LibreOffice, written by OGR."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from osgeo import gdal, ogr

from kmzb_qgis_plugin.printing.errors import ExportError
from kmzb_qgis_plugin.printing.statistics_tables import MONTH, NUMBER, TEXT, Table
from kmzb_qgis_plugin.printing.whole_file import whole_file

DRIVERS: Final = {".csv": "CSV", ".xlsx": "XLSX", ".ods": "ODS"}
# Excel takes a file for UTF-8 only with the mark at its beginning.
_OPTIONS: Final = {"CSV": ["WRITE_BOM=YES"]}
_LONGEST_SHEET_NAME: Final = 31
_NOT_IN_SHEET_NAMES: Final = str.maketrans("", "", "[]:*?/\\'")


def export_tables(tables: Sequence[Table], path: Path) -> None:
    """Write tables, each as a sheet; CSV has room for one.

    Args:
        tables: what to write.
        path: with an ending of :data:`DRIVERS`; one that is there is replaced once the new one is whole.

    Raises:
        ExportError: it cannot be written, or OGR has no driver for it.
    """
    name = DRIVERS.get(path.suffix.lower(), "CSV")
    driver = gdal.GetDriverByName(name)
    if driver is None:
        raise ExportError(path, f"this GDAL has no driver {name}")
    with whole_file(path) as part:
        try:
            file = driver.Create(str(part), 0, 0, 0, gdal.GDT_Unknown)
            if file is None:
                raise ExportError(path, gdal.GetLastErrorMsg())
            for table in tables if name != "CSV" else tables[:1]:
                _write(file, table, _OPTIONS.get(name, []))
            # The sheet formats are written when the file is let go of.
            file = None
        except RuntimeError as error:  # where another plugin has switched GDAL's exceptions on
            raise ExportError(path, str(error)) from error
        if not part.exists():
            raise ExportError(path, gdal.GetLastErrorMsg() or "nothing was written")


def _write(file: gdal.Dataset, table: Table, options: list[str]) -> None:
    sheet = table.title.translate(_NOT_IN_SHEET_NAMES)[:_LONGEST_SHEET_NAME]
    layer = file.CreateLayer(sheet, None, ogr.wkbNone, options)
    types = {TEXT: ogr.OFTString, MONTH: ogr.OFTString, NUMBER: ogr.OFTInteger64}
    for column in table.columns:
        layer.CreateField(ogr.FieldDefn(column.name, types.get(column.kind, ogr.OFTReal)))
    for row in table.rows:
        feature = ogr.Feature(layer.GetLayerDefn())
        for place, (value, column) in enumerate(zip(row.cells, table.columns)):
            if value is not None:
                feature.SetField(place, _plain(value, column.kind))
        layer.CreateFeature(feature)


def _plain(value: Any, kind: str) -> Any:
    """A value that OGR takes: months sort as text."""
    return f"{value:%Y-%m}" if kind == MONTH else value
