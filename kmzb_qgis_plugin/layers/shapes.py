"""Geometries of QGIS as the shapes that a filter keeps threats within."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsGeometry,
    QgsMapLayer,
    QgsMapSettings,
    QgsPointXY,
    QgsProject,
    QgsVectorLayer,
    QgsWkbTypes,
)

from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.shape import Ring, Shape
from kmzb_qgis_plugin.domain.text import Tr

MOST_CORNERS: Final = 500
"""A shape with more is simplified: it would make filters slow, and threats are placed less precisely."""
_FINEST_DEGREES: Final = 1e-5
_DIGITS: Final = 7
_FEW_CORNERS: Final = 50
_POINTS_BETWEEN: Final = 7
_MOST_NAMES: Final = 3
_WGS84: Final = "EPSG:4326"
_EARTH: Final = Shape((((-180.0, -90.0), (180.0, -90.0), (180.0, 90.0), (-180.0, 90.0)),))


class NoArea(KmzbError):
    """What is selected has no area that threats could lie in."""

    def user_message(self, tr: Tr) -> str:
        return tr("No area is selected. Select polygons of any layer on the map, then choose this again.")


class NoPlace(KmzbError):
    """A geometry that cannot be put on the map of Poland."""

    def user_message(self, tr: Tr) -> str:
        return tr("The selected area cannot be placed on the map. Check its layer's coordinate system.")


def shape_of(
    geometries: Iterable[QgsGeometry], crs: QgsCoordinateReferenceSystem, project: QgsProject, name: str = ""
) -> Shape:
    """Join geometries into one shape: curved, broken, overlapping and of several parts as they may be.

    Args:
        geometries: polygons; whatever else is among them is left out.
        crs: of the geometries.
        project: knows how coordinates are transformed.
        name: what people call it.

    Raises:
        NoArea: no area is left of them.
        NoPlace: they cannot be brought to degrees.
    """
    mended = (_mended(geometry, crs, project) for geometry in geometries)
    polygons = [polygon for polygon in mended if not polygon.isEmpty()]
    whole = QgsGeometry.unaryUnion(polygons)
    tolerance = _FINEST_DEGREES
    simple = whole
    while simple.constGet() is not None and simple.constGet().nCoordinates() > MOST_CORNERS:
        simple = whole.simplify(tolerance).makeValid()
        tolerance *= 2
    rings = tuple(_rings(simple))
    if not rings:
        raise NoArea(f"{len(polygons)} polygons, none with an area")
    return Shape(rings, name)


def view_shape(settings: QgsMapSettings, project: QgsProject) -> Shape:
    """What a map shows, turned as it may be; the whole earth where it shows places that have no degrees."""
    view = QgsGeometry.fromPolygonXY([[QgsPointXY(corner) for corner in settings.visiblePolygon()]])
    try:
        return shape_of([view], settings.destinationCrs(), project)
    except KmzbError:
        return _EARTH


def selected_shape(layer: QgsMapLayer | None, project: QgsProject) -> Shape:
    """The selected polygons of a layer or, where it has none, of any other layer of the project.

    Raises:
        NoArea, NoPlace: there are none, or they are of no use.
    """
    layers = [layer, *project.mapLayers().values()]
    chosen = next((one for one in layers if has_selected_area(one)), None)
    if chosen is None:
        raise NoArea("no polygon is selected")
    features = sorted(chosen.getSelectedFeatures(), key=lambda feature: feature.id())
    return shape_of(
        (feature.geometry() for feature in features), chosen.crs(), project, _name(chosen, features)
    )


def has_selected_area(layer: QgsMapLayer | None) -> bool:
    """Whether polygons of a layer are selected."""
    return (
        isinstance(layer, QgsVectorLayer)
        and layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry
        and layer.selectedFeatureCount() > 0
    )


def _name(layer: QgsVectorLayer, features: list[QgsFeature]) -> str:
    """The names of features, as far as they have some and are few."""
    if len(features) > _MOST_NAMES:
        return str(layer.name())
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    expression = QgsExpression(layer.displayExpression())
    names = []
    for feature in features:
        context.setFeature(feature)
        names.append(str(expression.evaluate(context) or ""))
    return ", ".join(name for name in names if name) or str(layer.name())


def _mended(geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem, project: QgsProject) -> QgsGeometry:
    """The areas of a geometry in degrees, valid; empty where it has none."""
    plain = QgsGeometry(geometry)
    if plain.isNull() or plain.type() != QgsWkbTypes.GeometryType.PolygonGeometry:
        return QgsGeometry()
    plain.convertToStraightSegment()
    if plain.constGet().nCoordinates() < _FEW_CORNERS:
        # A straight line on one map is a curve on another.
        plain = plain.densifyByCount(_POINTS_BETWEEN)
    transform = QgsCoordinateTransform(crs, QgsCoordinateReferenceSystem(_WGS84), project)
    try:
        done = plain.transform(transform) == QgsGeometry.OperationResult.Success
    except QgsCsException as error:
        raise NoPlace(f"{crs.authid()}: {error}") from error
    box = plain.boundingBox()
    if not done or not box.isFinite() or abs(box.xMinimum()) > 360 or abs(box.yMaximum()) > 90:
        raise NoPlace(f"{crs.authid()}: {box.toString()}")
    return plain if plain.isGeosValid() else plain.makeValid()


def _rings(geometry: QgsGeometry) -> Iterator[Ring]:
    """Outer and inner rings of all polygons in a geometry; makeValid may leave lines beside them."""
    for part in geometry.asGeometryCollection():
        if part.type() != QgsWkbTypes.GeometryType.PolygonGeometry:
            continue
        for polygon in part.asMultiPolygon() if part.isMultipart() else [part.asPolygon()]:
            for ring in polygon:
                yield tuple((round(place.x(), _DIGITS), round(place.y(), _DIGITS)) for place in ring[:-1])
