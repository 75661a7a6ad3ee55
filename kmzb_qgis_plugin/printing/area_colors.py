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
from kmzb_qgis_plugin.layers.layer_tree import LayerError, table_uri
from kmzb_qgis_plugin.layers.symbology import text_format
from kmzb_qgis_plugin.printing.district import DistrictData
from kmzb_qgis_plugin.printing.paper_text import number_text

# From light to dark, so that they stay apart in grey print and for every reader.
_COLORS: Final = ("#e6eef7", "#bcd2e8", "#86aed3", "#4f82b8", "#1f4e8c")
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
    """Classes with about as many areas in each, as QGIS forms them, with whole numbers for bounds."""
    known = sorted(number for number in numbers if number is not None)
    breaks: list[int] = []
    if known:
        classes = QgsClassificationQuantile().classes([float(number) for number in known], len(_COLORS))
        breaks = sorted({round(one.upperBound()) for one in classes} | {known[-1]})
    renderer = QgsGraduatedSymbolRenderer("number")
    lowest = known[0] if known else 0
    shades = _COLORS[-len(breaks) :] if breaks else ()
    if None in numbers:
        label = tr("kept back, few threats")
        renderer.addClassRange(QgsRendererRange(-1.5, -0.5, _fill(_KEPT_BACK), label))
    for highest, color in zip(breaks, shades):
        ends = (number_text(lowest, lang), number_text(highest, lang))
        label = ends[0] if lowest == highest else "–".join(ends)
        within = sum(lowest <= number <= highest for number in known)
        in_words = tr("%n area(s)", None, within)
        label = f"{label} ({in_words})"
        renderer.addClassRange(QgsRendererRange(lowest - 0.5, highest + 0.5, _fill(color), label))
        lowest = highest + 1
    return renderer


def _fill(color: str) -> QgsFillSymbol:
    symbol = QgsFillSymbol.createSimple({"outline_color": "#ffffff", "outline_width": "0.3"})
    symbol.symbolLayer(0).setFillColor(QColor(color))
    return symbol


def _labels() -> QgsRuleBasedLabeling:
    """Names and numbers."""
    settings = QgsPalLayerSettings()
    settings.fieldName = "label"
    settings.placement = QgsPalLayerSettings.Placement.Horizontal
    settings.centroidInside = True
    settings.multilineAlign = QgsPalLayerSettings.MultiLineAlign.MultiCenter
    settings.setFormat(text_format(_LABEL_POINTS, "#22272c", bold=True))
    return QgsRuleBasedLabeling(QgsRuleBasedLabeling.Rule(settings))
