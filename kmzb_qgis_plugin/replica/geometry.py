"""GeoJSON geometries as GeoPackage blobs, in the form in which snapshots hold them."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

_SRID: Final = 4326
_LITTLE_ENDIAN: Final = 1
_WKB_TYPES: Final = {"Point": 1, "Polygon": 3, "MultiPolygon": 6}
# Before the envelope: GeoPackage 1.3, clause 2.1.3.
_HEADER_BYTES: Final = 8
_ENVELOPE_BYTES: Final = (0, 32, 48, 48, 64)
"""By the kind of the envelope: none, flat, with heights, with measures, with both."""
_EMPTY_FLAG: Final = 0x10

Envelope = tuple[float, float, float, float]
Position = Sequence[float]


def to_blob(geometry: Mapping[str, Any]) -> bytes:
    """Write a Point, Polygon or MultiPolygon of GeoJSON, in degrees.

    Raises:
        ValueError: it is of another type, or has no positions.
    """
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind not in _WKB_TYPES:
        raise ValueError(f"cannot store a geometry of type {kind!r}")
    bounds = _envelope_of(kind, coordinates)
    # OGR leaves out the envelope of points, which are their own, and so do snapshots.
    return _header(None if kind == "Point" else bounds) + _wkb(kind, coordinates)


def envelope(blob: bytes | None) -> Envelope | None:
    """West, east, south, north of a blob that this module or OGR wrote; None where it is empty.

    Raises:
        ValueError: it is not a GeoPackage geometry.
    """
    if blob is None:
        return None
    if blob[:2] != b"GP" or len(blob) < _HEADER_BYTES:
        raise ValueError("not a GeoPackage geometry")
    flags = blob[3]
    if flags & _EMPTY_FLAG:
        return None
    kind = flags >> 1 & 0x07
    if kind:
        west, east, south, north = struct.unpack_from(_order(flags) + "4d", blob, _HEADER_BYTES)
        return west, east, south, north
    order = _order(blob[_HEADER_BYTES])
    if struct.unpack_from(order + "I", blob, _HEADER_BYTES + 1)[0] != _WKB_TYPES["Point"]:
        raise ValueError("a GeoPackage geometry without its envelope")
    x, y = struct.unpack_from(order + "2d", blob, _HEADER_BYTES + 5)
    return None if x != x else (x, x, y, y)


def _order(flags: int) -> str:
    return "<" if flags & _LITTLE_ENDIAN else ">"


def _header(bounds: Envelope | None) -> bytes:
    if bounds is None:
        return struct.pack("<2sBBi", b"GP", 0, _LITTLE_ENDIAN, _SRID)
    return struct.pack("<2sBBi4d", b"GP", 0, _LITTLE_ENDIAN | 1 << 1, _SRID, *bounds)


def _envelope_of(kind: str, coordinates: Any) -> Envelope:
    positions = list(_positions(kind, coordinates))
    if not positions:
        raise ValueError(f"a {kind} without positions")
    xs = [float(position[0]) for position in positions]
    ys = [float(position[1]) for position in positions]
    return min(xs), max(xs), min(ys), max(ys)


def _positions(kind: str, coordinates: Any) -> Iterable[Position]:
    if kind == "Point":
        return [coordinates] if coordinates else []
    rings = coordinates if kind == "Polygon" else [ring for polygon in coordinates for ring in polygon]
    return [position for ring in rings for position in ring]


def _wkb(kind: str, coordinates: Any) -> bytes:
    head = struct.pack("<BI", _LITTLE_ENDIAN, _WKB_TYPES[kind])
    if kind == "Point":
        return head + struct.pack("<2d", coordinates[0], coordinates[1])
    if kind == "Polygon":
        return head + struct.pack("<I", len(coordinates)) + b"".join(_ring(ring) for ring in coordinates)
    return (
        head
        + struct.pack("<I", len(coordinates))
        + b"".join(_wkb("Polygon", polygon) for polygon in coordinates)
    )


def _ring(ring: Sequence[Position]) -> bytes:
    numbers = [float(number) for position in ring for number in position[:2]]
    return struct.pack(f"<I{len(numbers)}d", len(ring), *numbers)


def wkb_of(blob: bytes) -> bytes:
    """The WKB of a geometry as a GeoPackage has it: after a header and an envelope."""
    return blob[_HEADER_BYTES + _ENVELOPE_BYTES[blob[3] >> 1 & 0x07] :]
