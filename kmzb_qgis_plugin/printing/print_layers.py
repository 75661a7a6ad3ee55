"""The layers of a printed map: made for one layout, which owns them, and never part of the project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qgis.core import (
    NULL,
    QgsCategorizedSymbolRenderer,
    QgsExpression,
    QgsFeature,
    QgsFeatureRenderer,
    QgsFillSymbol,
    QgsGeometry,
    QgsInvertedPolygonRenderer,
    QgsMapLayer,
    QgsMarkerSymbol,
    QgsPointXY,
    QgsProject,
    QgsRendererCategory,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QColor

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.filter_sql import for_source, literal
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers import ground, symbology
from kmzb_qgis_plugin.layers.layer_tree import (
    ROLE_PROPERTY,
    SOURCES,
    LayerError,
    cells_layer,
    fill_cells,
    table_uri,
)
from kmzb_qgis_plugin.layers.pictograms import LIGHT_INK, ink_on, marker
from kmzb_qgis_plugin.printing.district import District, DistrictData
from kmzb_qgis_plugin.printing.errors import DistrictError
from kmzb_qgis_plugin.printing.paper_text import number_text

PICTOGRAMS_UP_TO: Final = 150
"""So many threats are printed with their pictograms; more of them as small signs."""

_MARKER_SIZE: Final = 7.4
_PICTOGRAM_SIZE: Final = 4.0
_SIGN_SIZE: Final = 2.1
_BOUNDARY_COLOR: Final = "#1f3a68"
_UNIT_NAMES_FROM: Final = 600_000
_DIMMED: Final = 150  # of 255: how much the veil hides of the surroundings


@dataclass(frozen=True)
class PrintLayers:
    """Layers topmost first, those that the legend shows, and the district's boundary in EPSG:4326."""

    drawn: tuple[QgsMapLayer, ...]
    explained: tuple[QgsMapLayer, ...]
    boundary: QgsGeometry


def make_print_layers(
    owner: QObject,
    project: QgsProject,
    replica_path: Path,
    data: DistrictData,
    catalogue: Catalogue,
    lang: str,
) -> PrintLayers:
    """Make the layers of a district's map.

    Args:
        owner: the layers live as long as it does.
        project: its own visible layers, a base map for example, are drawn too.
        replica_path: the GeoPackage.
        data: the district and its counts.
        catalogue: names, colours and signs.
        lang: of names.

    Raises:
        LayerError: a table of the replica cannot be opened.
        DistrictError: the district has no boundary.
    """
    areas = _table_layer(replica_path, "areas", tr("Administrative areas"))
    units = _table_layer(replica_path, "units", tr("Seats of police units"))
    boundary = _boundary(units if data.district.table == "units" else areas, data.district)
    outline = _outline_layer(boundary, data.district.name)
    areas.setRenderer(ground.areas_renderer())
    areas.setLabeling(_labels_of_others(data.district))
    areas.setLabelsEnabled(True)
    threats = _threat_layers(replica_path, data, catalogue, lang)
    if data.cells:
        # The signs of statuses still head the columns of the table, so the legend explains them too.
        on_top = [_cells(data, boundary)]
        explained = [*on_top, *threats, outline]
    else:
        seats = _seats_within(units, boundary)
        on_top = [*seats, *threats]
        explained = [*threats, outline, *seats]
    for layer in (*on_top, *explained, areas):
        layer.setParent(owner)
    return PrintLayers((*on_top, outline, *_own_layers(project), areas), tuple(explained), boundary)


def _table_layer(replica_path: Path, table: str, name: str, subset: str = "") -> QgsVectorLayer:
    layer = QgsVectorLayer(table_uri(replica_path, table, subset), name, "ogr")
    if not layer.isValid():
        raise LayerError(f"table {table} of {replica_path} for printing: not valid")
    return layer


def _boundary(layer: QgsVectorLayer, district: District) -> QgsGeometry:
    condition = f'"code" = {QgsExpression.quotedValue(district.code)}'
    for feature in layer.getFeatures(condition):
        geometry = feature.geometry()
        if not geometry.isEmpty() and geometry.area() > 0:
            return geometry
    raise DistrictError(district.name, "its geometry is missing or empty")


def _outline_layer(boundary: QgsGeometry, name: str) -> QgsVectorLayer:
    """The district's boundary, with everything outside it under a veil."""
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:4326", tr("Boundary: {}").format(name), "memory")
    feature = QgsFeature()
    feature.setGeometry(boundary)
    layer.dataProvider().addFeatures([feature])
    layer.updateExtents()
    symbol = QgsFillSymbol.createSimple({"outline_width": "0.8", "joinstyle": "round"})
    veil = QColor(ground.CANVAS_COLOR)
    veil.setAlpha(_DIMMED)
    symbol.symbolLayer(0).setFillColor(veil)
    symbol.symbolLayer(0).setStrokeColor(QColor(_BOUNDARY_COLOR))
    layer.setRenderer(QgsInvertedPolygonRenderer(QgsSingleSymbolRenderer(symbol)))
    return layer


def _labels_of_others(district: District) -> object:
    """Names of the areas around: the district's own stands in the title."""
    labels = ground.areas_labels()
    for rule in labels.rootRule().children():
        rule.setFilterExpression(f'({rule.filterExpression()}) AND "code" <> {literal(district.code)}')
    return labels


def _own_layers(project: QgsProject) -> list[QgsMapLayer]:
    """The project's visible layers that are not ours, topmost first."""
    root = project.layerTreeRoot()
    return [
        layer
        for layer in root.layerOrder()
        if layer.customProperty(ROLE_PROPERTY) is None and root.findLayer(layer).isVisible()
    ]


def _seats_within(units: QgsVectorLayer, boundary: QgsGeometry) -> list[QgsVectorLayer]:
    """The units whose seats lie in the district, as one layer; nothing where there are none."""
    codes = []
    for unit in units.getFeatures():
        lon, lat = unit["seat_lon"], unit["seat_lat"]
        if NULL not in (lon, lat) and boundary.contains(QgsPointXY(lon, lat)):
            codes.append(literal(unit["code"]))
    if not codes:
        return []
    units.setSubsetString(f'"code" IN ({", ".join(codes)})')
    units.setRenderer(ground.seats_renderer())
    units.setLabeling(ground.units_labels(_UNIT_NAMES_FROM))
    units.setLabelsEnabled(True)
    return [units]


def _cells(data: DistrictData, boundary: QgsGeometry) -> QgsVectorLayer:
    layer = cells_layer(tr("Number of threats by cell"))
    fill_cells(layer, data.cells, boundary)
    layer.setRenderer(ground.cells_renderer())
    layer.setLabeling(ground.cells_labels())
    layer.setLabelsEnabled(True)
    return layer


def _threat_layers(
    replica_path: Path, data: DistrictData, catalogue: Catalogue, lang: str
) -> list[QgsVectorLayer]:
    """A layer for each source that has threats in the district, named with their number."""
    layers = []
    names = {source.code: source.name(lang) for source in catalogue.sources}
    for source in SOURCES:
        number = data.of_source(source)
        if not number:
            continue
        title = f"{names.get(source, source)} ({number_text(number, lang)})"
        layer = _table_layer(replica_path, "threats", title, for_source(data.where, source))
        if source == "citizen":
            layer.setRenderer(_reports_renderer(data, catalogue, lang))
        else:
            color = symbology.SOURCE_COLORS.get(source, symbology.UNKNOWN_COLOR)
            layer.setRenderer(QgsSingleSymbolRenderer(_symbol(source, color, data, catalogue, source)))
        layers.append(layer)
    return layers


def _reports_renderer(data: DistrictData, catalogue: Catalogue, lang: str) -> QgsFeatureRenderer:
    """Only the statuses that occur, so that the legend has no entry without a threat."""
    renderer = QgsCategorizedSymbolRenderer("status")
    others = data.of_source("citizen")
    for status in catalogue.statuses:
        number = data.of_status(status.code)
        if number:
            symbol = _symbol(status.symbol_sign, status.symbol_color, data, catalogue, "citizen")
            label = f"{status.name(lang)} ({number_text(number, lang)})"
            renderer.addCategory(QgsRendererCategory(status.code, symbol, label))
            others -= number
    if others:
        symbol = _symbol("circle", symbology.UNKNOWN_COLOR, data, catalogue, "citizen")
        label = f"{tr('Other status')} ({number_text(others, lang)})"
        renderer.addCategory(QgsRendererCategory("", symbol, label))
    symbology.put_waiting_on_top(renderer, catalogue)
    return renderer


def _symbol(shape: str, color: str, data: DistrictData, catalogue: Catalogue, source: str) -> QgsMarkerSymbol:
    """A sign, or a marker with a pictogram where there are few threats."""
    if data.total > PICTOGRAMS_UP_TO:
        return symbology.sign_symbol(shape, color, _SIGN_SIZE)
    return symbology.symbol_of(
        symbology.svg_layer(marker(shape), _MARKER_SIZE, color, LIGHT_INK, 0.2),
        symbology.pictogram_layer(catalogue, source, _PICTOGRAM_SIZE, ink_on(color)),
    )
