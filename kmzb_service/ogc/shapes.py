"""Geometries that requests give: checked, in the order east, north, as WKB with the box around them."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

from osgeo import gdal, ogr
from sqlalchemy import ColumnElement, Table, and_, func

from kmzb_service.database.geometry import Bounds
from kmzb_service.database.spatial import near_bbox, within_bbox
from kmzb_service.database.tables import SRID
from kmzb_service.ogc.crs import Crs

_COLLECTION = "GeometryCollection"
_TYPES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")


@dataclass(frozen=True)
class Shape:
    """A geometry that a request gave.

    Attributes:
        wkb: little-endian, without heights, x to the east.
        srid: of its coordinates.
        bounds: west, south, east, north of it in degrees.
    """

    wkb: bytes
    srid: int
    bounds: Bounds

    @property
    def sql(self) -> ColumnElement[Any]:
        return func.ST_GeomFromWKB(self.wkb, self.srid)


def meets_box(features: Table, box: Shape, dialect: str, indexed: bool) -> ColumnElement[bool]:
    """The condition that a feature's geometry meets a box of any CRS.

    Args:
        features: a table with the columns ``id`` and ``geom``.
        box: made by :func:`box_shape`.
        dialect: the database's name in SQLAlchemy.
        indexed: whether to go through the spatial index.
    """
    if box.srid == SRID:
        return within_bbox(features, box.bounds, dialect, indexed)
    # a box of another CRS has bent sides in degrees: the features go to the box
    met = func.ST_Intersects(func.ST_Transform(features.c.geom, box.srid), box.sql)
    exact = met == 1 if dialect == "sqlite" else met
    return and_(near_bbox(features, box.bounds, dialect), exact) if indexed else exact


def box_shape(numbers: list[float], crs: Crs) -> Shape:
    """The shape of a box of four or six numbers in the order of a CRS's axes; flat ones are lines or points.

    Raises:
        ValueError: it is none.
    """
    if len(numbers) not in (4, 6) or not all(math.isfinite(number) for number in numbers):
        raise ValueError("a box has four or six numbers")
    half = len(numbers) // 2
    west, south = crs.east_north(numbers[0], numbers[1])
    east, north = crs.east_north(numbers[half], numbers[half + 1])
    if south > north:
        raise ValueError("south lies north of north")
    if west <= east:
        geometry = _box(west, south, east, north)
    elif crs.geographic and west <= 180 and east >= -180:
        geometry = ogr.Geometry(ogr.wkbMultiPolygon)
        for part in (_box(west, south, 180.0, north), _box(-180.0, south, east, north)):
            geometry.AddGeometry(part)
        return Shape(bytes(geometry.ExportToWkb(ogr.wkbNDR)), crs.srid, (west, south, east, north))
    else:
        raise ValueError("west lies east of east")
    return _shape(geometry, crs)


def geojson_shape(node: dict[str, Any], crs: Crs) -> Shape:
    """The shape of a GeoJSON geometry whose coordinates are in the order of a CRS's axes.

    Raises:
        ValueError: it is none, or not a valid one; the message says where.
    """
    is_collection = node.get("type") == _COLLECTION
    geometry = _collection(node.get("geometries")) if is_collection else _simple(node)
    if crs.northing_first:
        geometry.SwapXY()
    west, east, south, north = geometry.GetEnvelope()
    if crs.geographic and not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError("longitudes are from -180 to 180, latitudes from -90 to 90")
    return _shape(geometry, crs)


def _collection(nodes: Any) -> ogr.Geometry:
    if not isinstance(nodes, list) or not nodes:
        raise ValueError("a collection is a list of geometries")
    geometry = ogr.Geometry(ogr.wkbGeometryCollection)
    for node in nodes:
        geometry.AddGeometry(_simple(node))
    return geometry


def _simple(node: Any) -> ogr.Geometry:
    """A valid geometry of one type, its coordinates in the order in which they came."""
    kind, coordinates = (
        (node.get("type"), node.get("coordinates")) if isinstance(node, dict) else (None, None)
    )
    if kind not in _TYPES:
        raise ValueError(f"geometries are of the types {', '.join(_TYPES)}, or collections of them")
    _check_positions(coordinates)
    geometry = _from_geojson({"type": kind, "coordinates": coordinates})
    _check_valid(geometry)
    return geometry


def _shape(geometry: ogr.Geometry, crs: Crs) -> Shape:
    west, east, south, north = geometry.GetEnvelope()
    bounds = crs.degrees_around((west, south, east, north))
    return Shape(bytes(geometry.ExportToWkb(ogr.wkbNDR)), crs.srid, bounds)


def _box(west: float, south: float, east: float, north: float) -> ogr.Geometry:
    if (west, south) == (east, north):
        return _from_geojson({"type": "Point", "coordinates": (west, south)})
    if west == east or south == north:
        return _from_geojson({"type": "LineString", "coordinates": [(west, south), (east, north)]})
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return _from_geojson({"type": "Polygon", "coordinates": [corners]})


def _check_positions(node: Any) -> None:
    """Refuse what GDAL would read kindly: positions of one number, of text, or not finite."""
    if not isinstance(node, list) or not node:
        raise ValueError("coordinates are lists of positions")
    if all(isinstance(part, list) for part in node):
        for part in node:
            _check_positions(part)
    elif len(node) not in (2, 3) or not all(
        isinstance(part, int | float) and math.isfinite(part) for part in node
    ):
        raise ValueError("a position is two or three finite numbers")


def _from_geojson(node: dict[str, Any]) -> ogr.Geometry:
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        geometry = ogr.CreateGeometryFromJson(json.dumps(node))
    except RuntimeError:
        geometry = None
    finally:
        gdal.PopErrorHandler()
    if geometry is None or geometry.IsEmpty():
        raise ValueError(f"the coordinates do not make a {node['type']}")
    geometry.FlattenTo2D()
    return geometry


def _check_valid(geometry: ogr.Geometry) -> None:
    gdal.ErrorReset()
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        valid = geometry.IsValid()
        reason = gdal.GetLastErrorMsg()
    finally:
        gdal.PopErrorHandler()
    if not valid:
        raise ValueError(f"the geometry is not valid: {reason or 'it has too few points'}")
