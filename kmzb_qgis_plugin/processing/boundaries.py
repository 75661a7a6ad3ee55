"""The boundaries of areas and units, as an algorithm's own thread may read them.

From SQLite, not through a layer of QGIS: where a thread opens one while the window filters another one of
the same file, both may wait for each other for ever (QGIS 3.44, in ``QgsOgrProviderUtils::release``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
)

from kmzb_qgis_plugin.layers.choropleth import UNIT
from kmzb_qgis_plugin.layers.geopackage import read_geometry
from kmzb_qgis_plugin.processing.algorithm import LocalCopy
from kmzb_qgis_plugin.replica.errors import storage_errors

DEGREES = "EPSG:4326"
METRES = "EPSG:2180"
_AREAS = "SELECT code, name, geom FROM areas WHERE geom IS NOT NULL"
_UNITS = "SELECT code, name, geom FROM units WHERE geom IS NOT NULL"
_IN_BOX = "fid IN (SELECT id FROM rtree_areas_geom WHERE minx <= ? AND maxx >= ? AND miny <= ? AND maxy >= ?)"


class Boundary(NamedTuple):
    """An area or a unit; its shape in degrees."""

    code: str
    name: str
    shape: QgsGeometry


def of_level(copy: LocalCopy, level: str) -> list[Boundary]:
    """Those of a level of areas, or of all units."""
    return _read(copy, _UNITS) if level == UNIT else _read(copy, _AREAS, "level = ?", (level,))


def of_areas(copy: LocalCopy, codes: Collection[str]) -> list[Boundary]:
    """Those of areas by code."""
    return _read(copy, _AREAS, _any_of(codes), sorted(codes))


def of_units(copy: LocalCopy, codes: Collection[str]) -> list[Boundary]:
    """Those of units by code."""
    return _read(copy, _UNITS, _any_of(codes), sorted(codes))


def around(copy: LocalCopy, level: str, metres: QgsRectangle) -> list[Boundary]:
    """Those of a level of areas whose boxes meet a box in metres."""
    box = _transform(METRES, DEGREES).transformBoundingBox(metres)
    sides = (box.xMaximum(), box.xMinimum(), box.yMaximum(), box.yMinimum())
    return _read(copy, _AREAS, f"level = ? AND {_IN_BOX}", (level, *sides))


def to_metres() -> QgsCoordinateTransform:
    """From degrees to metres of PL-1992."""
    return _transform(DEGREES, METRES)


def _transform(*names: str) -> QgsCoordinateTransform:
    source, target = (QgsCoordinateReferenceSystem(name) for name in names)
    return QgsCoordinateTransform(source, target, QgsProject.instance().transformContext())


def _any_of(codes: Collection[str]) -> str:
    return f"code IN ({', '.join('?' * len(codes))})"


def _read(copy: LocalCopy, select: str, condition: str = "1", values: Sequence[Any] = ()) -> list[Boundary]:
    with storage_errors(copy.replica.path):
        rows = copy.reader.execute(" AND ".join((select, condition)), values)
        return [Boundary(code, name, read_geometry(blob)) for code, name, blob in rows]
