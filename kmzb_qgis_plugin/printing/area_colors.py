"""Areas in the colour of the number of threats in them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from qgis.core import (
    QgsClassificationQuantile,
    QgsFeature,
    QgsFillSymbol,
    QgsGraduatedSymbolRenderer,
    QgsPalLayerSettings,
    QgsRendererRange,
    QgsRuleBasedLabeling,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from kmzb_qgis_plugin.domain.filter_sql import literal
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.choropleth import amount_ramp, class_bounds
from kmzb_qgis_plugin.layers.layer_tree import LayerError, table_uri
from kmzb_qgis_plugin.layers.symbology import text_format
from kmzb_qgis_plugin.printing.district import DistrictData
from kmzb_qgis_plugin.printing.paper_text import number_text

_CLASSES: Final = 5
_KEPT_BACK: Final = "#f0eee8"
_KEPT_BACK_SIGN: Final = "–"
_KEPT_BACK_VALUE: Final = -1
_LABEL_POINTS: Final = 7.5


def areas_layer(replica_path: Path, data: DistrictData, lang: str) -> QgsVectorLayer:
    """Make the layer: boundaries with names and numbers, and nothing else of the data.

    Args:
        replica_path: the GeoPackage with the boundaries.
        data: the numbers.
        lang: of numbers.

    Raises:
        LayerError: the boundaries cannot be read.
    """
    layer = QgsVectorLayer(
        "MultiPolygon?crs=EPSG:4326&field=label:string&field=number:integer",
        tr("Number of threats by area"),
        "memory",
    )
    layer.setCustomProperty("skipMemoryLayersCheck", 1)
    by_code = {area.code: area for area in data.areas}
    codes = ", ".join(literal(code) for code in by_code)
    features = []
    for table in ("areas", "units"):
        source = QgsVectorLayer(table_uri(replica_path, table, f'"code" IN ({codes})'), table, "ogr")
        if not source.isValid():
            raise LayerError(f"table {table} of {replica_path} for printing: not valid")
        for boundary in source.getFeatures():
            area = by_code.pop(boundary["code"], None)
            if area is None or not boundary.hasGeometry():
                continue
            feature = QgsFeature(layer.fields())
            feature.setGeometry(boundary.geometry())
            number = _KEPT_BACK_SIGN if area.number is None else number_text(area.number, lang)
            value = _KEPT_BACK_VALUE if area.number is None else area.number
            feature.setAttributes([f"{area.name}\n{number}", value])
            features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    layer.setRenderer(_renderer([area.number for area in data.areas], lang))
    layer.setLabeling(_labels())
    layer.setLabelsEnabled(True)
    return layer


def _renderer(numbers: list[int | None], lang: str) -> QgsGraduatedSymbolRenderer:
    """Classes with about as many areas in each, and how many they are."""
    known = [number for number in numbers if number is not None]
    renderer = QgsGraduatedSymbolRenderer("number")
    for lowest, highest in class_bounds(QgsClassificationQuantile(), known, _CLASSES, whole=True):
        ends = (number_text(int(lowest), lang), number_text(int(highest), lang))
        within = tr("%n area(s)", None, sum(lowest <= number <= highest for number in known))
        label = f"{ends[0] if lowest == highest else '–'.join(ends)} ({within})"
        renderer.addClassRange(QgsRendererRange(lowest, highest, _fill(), label))
    renderer.updateColorRamp(amount_ramp())
    if None in numbers:
        fill = _fill()
        fill.setColor(QColor(_KEPT_BACK))
        label = tr("kept back, few threats")
        renderer.addClassRange(QgsRendererRange(_KEPT_BACK_VALUE, _KEPT_BACK_VALUE, fill, label))
        renderer.moveClass(len(renderer.ranges()) - 1, 0)
    return renderer


def _fill() -> QgsFillSymbol:
    return QgsFillSymbol.createSimple({"outline_color": "#ffffff", "outline_width": "0.3"})


def _labels() -> QgsRuleBasedLabeling:
    """Names and numbers."""
    settings = QgsPalLayerSettings()
    settings.fieldName = "label"
    settings.placement = QgsPalLayerSettings.Placement.Horizontal
    settings.centroidInside = True
    settings.multilineAlign = QgsPalLayerSettings.MultiLineAlign.MultiCenter
    settings.setFormat(text_format(_LABEL_POINTS, "#22272c", bold=True))
    return QgsRuleBasedLabeling(QgsRuleBasedLabeling.Rule(settings))
