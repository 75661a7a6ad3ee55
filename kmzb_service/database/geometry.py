"""Well-known binary (WKB), as both databases hand geometries over: to GeoJSON, to GeoPackage.

Little-endian points and multipolygons without height are all the map has, so
a few ``struct`` calls do what a geometry library would do more slowly.
"""

from __future__ import annotations

import struct
from typing import Any

from kmzb_service.database.tables import SRID

Bounds = tuple[float, float, float, float]

_POINT, _MULTIPOLYGON = 1, 6
_HEADER_BYTES = 5  # byte order, geometry type
_unpack_header = struct.Struct("<BI").unpack_from
_unpack_point = struct.Struct("<dd").unpack_from
_unpack_count = struct.Struct("<I").unpack_from
# GeoPackage header flags: little-endian, without and with an envelope
_GPKG_POINT = struct.pack("<2sBBi", b"GP", 0, 0b001, SRID)
_GPKG_ENVELOPE = struct.pack("<2sBBi", b"GP", 0, 0b011, SRID)


def point_of(wkb: bytes) -> tuple[float, float]:
    """Longitude and latitude of a point in WKB."""
    return _unpack_point(wkb, _HEADER_BYTES)


def geojson_of(wkb: bytes, y_first: bool = False) -> dict[str, Any]:
    """The GeoJSON geometry of a point or multipolygon in WKB.

    Args:
        wkb: the geometry.
        y_first: write y before x, as some CRSs have it.

    Raises:
        ValueError: another type of geometry.
    """
    first, second = (1, 0) if y_first else (0, 1)
    if _kind(wkb) == _POINT:
        point = point_of(wkb)
        return {"type": "Point", "coordinates": (point[first], point[second])}
    polygons = [
        [list(zip(ring[first::2], ring[second::2], strict=True)) for ring in rings]
        for rings in _polygons(wkb)
    ]
    return {"type": "MultiPolygon", "coordinates": polygons}


def gpkg_of(wkb: bytes) -> bytes:
    """The GeoPackage blob of a point or multipolygon in WKB; a multipolygon's carries its envelope.

    Raises:
        ValueError: another type of geometry.
    """
    if _kind(wkb) == _POINT:
        return _GPKG_POINT + wkb
    west, south, east, north = bounds_of(wkb)
    return _GPKG_ENVELOPE + struct.pack("<4d", west, east, south, north) + wkb


def bounds_of(wkb: bytes) -> Bounds:
    """West, south, east, north of a point or multipolygon in WKB."""
    if _kind(wkb) == _POINT:
        lon, lat = point_of(wkb)
        return lon, lat, lon, lat
    outer = [rings[0] for rings in _polygons(wkb)]
    return (
        min(min(ring[::2]) for ring in outer),
        min(min(ring[1::2]) for ring in outer),
        max(max(ring[::2]) for ring in outer),
        max(max(ring[1::2]) for ring in outer),
    )


def _kind(wkb: bytes) -> int:
    order, kind = _unpack_header(wkb)
    if order != 1 or kind not in (_POINT, _MULTIPOLYGON):
        raise ValueError(f"neither a point nor a multipolygon: byte order {order}, type {kind}")
    return int(kind)


def _polygons(wkb: bytes) -> list[list[tuple[float, ...]]]:
    """The rings of each polygon, a ring as x0, y0, x1, y1, …"""
    offset = _HEADER_BYTES
    (polygon_count,) = _unpack_count(wkb, offset)
    offset += 4
    polygons = []
    for _ in range(polygon_count):
        (ring_count,) = _unpack_count(wkb, offset + _HEADER_BYTES)
        offset += _HEADER_BYTES + 4
        rings = []
        for _ in range(ring_count):
            (point_count,) = _unpack_count(wkb, offset)
            rings.append(struct.unpack_from(f"<{2 * point_count}d", wkb, offset + 4))
            offset += 4 + 16 * point_count
        polygons.append(rings)
    return polygons
