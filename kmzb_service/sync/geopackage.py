"""Writing a replica's file: a GeoPackage with all that the map has.

OGR makes the schema and the spatial indexes, so that the file is what QGIS
expects; the rows go in through ``sqlite3`` in bulk, which is many times faster.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from osgeo import gdal, ogr, osr
from sqlalchemy import Connection, func, select

from kmzb_service.database.geometry import Bounds, bounds_of, gpkg_of, point_of
from kmzb_service.database.tables import SRID
from kmzb_service.database.wire import RESOURCES, THREATS, Kind, Resource
from kmzb_service.security.scope import Scope
from kmzb_service.sync.search_text import fill_search_text

for _module in (gdal, ogr, osr):
    _module.UseExceptions()

SCHEMA_VERSION = 3
_ROWS_AT_ONCE = 5_000

# rows written so far, rows in all
Progress = Callable[[int, int], None]

_FIELD_TYPES: dict[Kind, tuple[int, int]] = {
    "text": (ogr.OFTString, ogr.OFSTNone),
    "integer": (ogr.OFTInteger64, ogr.OFSTNone),
    "number": (ogr.OFTReal, ogr.OFSTNone),
    "boolean": (ogr.OFTInteger, ogr.OFSTBoolean),
    "instant": (ogr.OFTDateTime, ogr.OFSTNone),
    "day": (ogr.OFTDate, ogr.OFSTNone),
}
# What the file has besides the service's own properties: the point's
# coordinates for counts per cell, and the desk's mark for unsent decisions.
_EXTRA_FIELDS: dict[str, tuple[tuple[str, Kind], ...]] = {
    THREATS.name: (("lon", "number"), ("lat", "number"), ("pending_status", "text"))
}
_INDEXES = (
    "CREATE INDEX threats_category_occurred ON threats (category, occurred_from)",
    "CREATE INDEX threats_source_occurred ON threats (source, occurred_from)",
    "CREATE INDEX threats_status ON threats (status)",
    "CREATE INDEX threats_ref ON threats (ref)",
    "CREATE INDEX threats_unit ON threats (unit)",
    "CREATE INDEX threats_reported ON threats (reported_at)",
    "CREATE INDEX decisions_threat ON decisions (threat_id)",
)


def write_geopackage(
    path: Path,
    connection: Connection,
    scope: Scope,
    facts: Mapping[str, str],
    progress: Progress | None = None,
) -> None:
    """Write all rows that may be seen into a new file.

    Args:
        path: where; nothing may be there yet.
        connection: inside one reading transaction, so that the file shows one state.
        scope: who may see them.
        facts: the rows of ``kmzb_replica`` (cursor, epoch, …).
        progress: told how many rows are written.

    Raises:
        RuntimeError, sqlite3.Error: the file cannot be written.
    """
    _create_schema(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        # A half-written file is thrown away as a whole: it needs no journal.
        file.execute("PRAGMA journal_mode = OFF")
        file.execute("PRAGMA synchronous = OFF")
        file.execute("BEGIN")
        _copy_rows(file, connection, scope, progress)
        fill_search_text(file)
        file.execute("CREATE TABLE kmzb_replica (key TEXT PRIMARY KEY, value TEXT)")
        file.executemany("INSERT INTO kmzb_replica VALUES (?, ?)", facts.items())
        file.execute("COMMIT")
    _create_spatial_indexes(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        for statement in _INDEXES:
            file.execute(statement)
        file.execute("ANALYZE")
        file.execute("PRAGMA journal_mode = DELETE")


def _create_schema(path: Path) -> None:
    degrees = osr.SpatialReference()
    degrees.ImportFromEPSG(SRID)
    geometries = {"Point": ogr.wkbPoint, "MultiPolygon": ogr.wkbMultiPolygon, None: ogr.wkbNone}
    file = gdal.GetDriverByName("GPKG").Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    for resource in RESOURCES:
        options = ["FID=fid", "GEOMETRY_NAME=geom", "SPATIAL_INDEX=NO"] if resource.geometry else ["FID=fid"]
        layer = file.CreateLayer(
            resource.name, degrees if resource.geometry else None, geometries[resource.geometry], options
        )
        for name, kind in _fields(resource):
            field = ogr.FieldDefn(name)
            field.SetType(_FIELD_TYPES[kind][0])
            field.SetSubType(_FIELD_TYPES[kind][1])
            layer.CreateField(field)
    file.FlushCache()


def _create_spatial_indexes(path: Path) -> None:
    file = gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_UPDATE)
    for resource in RESOURCES:
        if resource.geometry:
            file.ExecuteSQL(f"SELECT CreateSpatialIndex('{resource.name}', 'geom')")
    file.FlushCache()


def _fields(resource: Resource) -> tuple[tuple[str, Kind], ...]:
    own = tuple((entry.name, entry.kind) for entry in resource.properties)
    return own + _EXTRA_FIELDS.get(resource.name, ())


def _copy_rows(
    file: sqlite3.Connection, connection: Connection, scope: Scope, progress: Progress | None
) -> None:
    counts = {resource.name: _count(connection, resource, scope) for resource in RESOURCES}
    total, done = sum(counts.values()), 0
    for resource in RESOURCES:
        columns = ["fid", *(["geom"] if resource.geometry else []), *(name for name, _ in _fields(resource))]
        marks = ", ".join("?" * len(columns))
        insert = f"INSERT INTO {resource.name} ({', '.join(columns)}) VALUES ({marks})"
        extent = _Extent()
        for batch in _batches(connection, resource, scope):
            file.executemany(insert, [_file_row(resource, row, extent) for row in batch])
            done += len(batch)
            if progress is not None:
                progress(done, total)
        file.execute(
            "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?",
            (*(extent.bounds or (None,) * 4), resource.name),
        )
        # OGR's own note of the count; it would count all rows at every opening otherwise
        file.execute(
            "UPDATE gpkg_ogr_contents SET feature_count = ? WHERE table_name = ?",
            (counts[resource.name], resource.name),
        )


def _count(connection: Connection, resource: Resource, scope: Scope) -> int:
    query = select(func.count()).select_from(resource.table).where(scope.visible(resource))
    return int(connection.execute(query).scalar_one())


def _batches(connection: Connection, resource: Resource, scope: Scope) -> Iterator[Any]:
    rows = connection.execute(
        resource.rows.where(scope.visible(resource)).order_by(resource.table.c.id),
        execution_options={"stream_results": True, "max_row_buffer": _ROWS_AT_ONCE},
    )
    return rows.partitions(_ROWS_AT_ONCE)


class _Extent:
    """The box around the geometries seen so far."""

    bounds: Bounds | None = None

    def add(self, box: Bounds) -> None:
        if self.bounds is None:
            self.bounds = box
            return
        west, south, east, north = self.bounds
        self.bounds = (min(west, box[0]), min(south, box[1]), max(east, box[2]), max(north, box[3]))


def _file_row(resource: Resource, row: Any, extent: _Extent) -> tuple[Any, ...]:
    if resource.geometry is None:
        return (row[0], *row[2:])
    extent.add(bounds_of(row[1]))
    shape = gpkg_of(row[1])
    if resource is THREATS:
        lon, lat = point_of(row[1])
        return (row[0], shape, *row[2:], lon, lat, None)
    return (row[0], shape, *row[2:])
