"""Polygons as the tables keep them: valid multipolygons in degrees, longitude first."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
from osgeo import ogr, osr

from kmzb_service.database.tables import SRID
from kmzb_service.intake.errors import IntakeError, Refused

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
_SAME_DEGREES = 1e-9  # a tenth of a millimetre
_WORLD = (-180.0, 180.0, -90.0, 90.0)


def spatial_reference(name: str) -> osr.SpatialReference:
    """A coordinate system by name (``EPSG:2180``), its axes in the traditional order x, y.

    Raises:
        IntakeError: there is none of that name.
    """
    reference = osr.SpatialReference()
    try:
        reference.SetFromUserInput(name)
    except RuntimeError as error:
        raise IntakeError(f"the coordinate system {name!r} is not known") from error
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return reference


def to_degrees(source: osr.SpatialReference) -> osr.CoordinateTransformation | None:
    """The transformation to longitude and latitude (EPSG:4326); None where nothing changes."""
    target = spatial_reference(f"EPSG:{SRID}")
    return None if source.IsSame(target) else osr.CoordinateTransformation(source, target)


def as_multipolygon(
    geometry: ogr.Geometry | None, transformation: osr.CoordinateTransformation | None
) -> tuple[ogr.Geometry, bool]:
    """A polygon or multipolygon in degrees, flat and valid, and whether it had to be repaired.

    Raises:
        Refused: there is no geometry, it is no polygon, or it lies off the globe.
    """
    if geometry is None or geometry.IsEmpty():
        raise Refused("", "the row has no geometry")
    # a copy, in which surfaces and curves of GML are plain polygons
    flat = geometry.GetLinearGeometry()
    flat.FlattenTo2D()
    if ogr.GT_Flatten(flat.GetGeometryType()) not in (ogr.wkbPolygon, ogr.wkbMultiPolygon):
        raise Refused("", f"the geometry is a {geometry.GetGeometryName().lower()}, a polygon is needed")
    if transformation is not None:
        try:
            flat.Transform(transformation)
        except RuntimeError as error:
            raise Refused("", f"the geometry cannot be brought to EPSG:{SRID}: {error}") from error
    west, east, south, north = flat.GetEnvelope()
    if not (_WORLD[0] <= west <= east <= _WORLD[1] and _WORLD[2] <= south <= north <= _WORLD[3]):
        raise Refused("", "the geometry lies off the globe: is its coordinate system right?")
    repaired = not flat.IsValid()
    if repaired:
        flat = _polygons_of(flat.MakeValid())
        if flat.IsEmpty():
            raise Refused("", "the geometry is broken and no area is left of it")
    return ogr.ForceToMultiPolygon(flat), repaired


def _polygons_of(geometry: ogr.Geometry) -> ogr.Geometry:
    """The polygons of whatever a repair has made; stray lines and points have no area."""
    kept = ogr.Geometry(ogr.wkbMultiPolygon)
    if ogr.GT_Flatten(geometry.GetGeometryType()) == ogr.wkbPolygon:
        kept.AddGeometry(geometry)
        return kept
    for part in geometry:
        for polygon in _polygons_of(part):
            kept.AddGeometry(polygon)
    return kept


def union(geometries: Iterable[ogr.Geometry]) -> ogr.Geometry:
    """One multipolygon around several."""
    gathered = ogr.Geometry(ogr.wkbMultiPolygon)
    for geometry in geometries:
        for polygon in geometry:
            gathered.AddGeometry(polygon)
    return ogr.ForceToMultiPolygon(gathered.UnionCascaded())


def from_wkb(wkb: bytes) -> ogr.Geometry:
    """A geometry from the form in which a database hands it over."""
    return ogr.CreateGeometryFromWkb(bytes(wkb))


def to_ewkt(geometry: ogr.Geometry) -> str:
    """The form in which the tables take a geometry, with 15 digits (a nanometre or so)."""
    return f"SRID={SRID};{geometry.ExportToIsoWkt()}"


def same_ground(one: str, other: str) -> bool:
    """Whether two geometries of :func:`to_ewkt` are the same.

    A number's last digits can change on its way into a database and back.
    """
    if _NUMBER.sub("", one) != _NUMBER.sub("", other):
        return False
    numbers, others = (np.array(_NUMBER.findall(text), dtype=float) for text in (one, other))
    return bool(np.abs(numbers - others).max(initial=0) < _SAME_DEGREES)
