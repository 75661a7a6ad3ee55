"""Geometries as a GeoPackage has them, for QGIS."""

from __future__ import annotations

from qgis.core import QgsGeometry

from kmzb_qgis_plugin.replica.geometry import wkb_of


def read_geometry(blob: bytes) -> QgsGeometry:
    """A geometry of a GeoPackage, in the table's coordinates; may be called in any thread."""
    geometry = QgsGeometry()
    geometry.fromWkb(wkb_of(blob))
    return geometry
