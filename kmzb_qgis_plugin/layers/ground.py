"""How the ground under the threats is drawn: administrative areas, police units, cells of density."""

from __future__ import annotations

from typing import Final

from qgis.core import (
    QgsFeatureRenderer,
    QgsFillSymbol,
    QgsGeometryGeneratorSymbolLayer,
    QgsGraduatedSymbolRenderer,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsRendererRange,
    QgsRuleBasedLabeling,
    QgsRuleBasedRenderer,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsSymbolLayer,
    QgsVectorLayerSimpleLabeling,
    QgsWkbTypes,
)
from qgis.PyQt.QtGui import QColor

from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.pictograms import LIGHT_INK
from kmzb_qgis_plugin.layers.symbology import SOURCE_COLORS, svg_layer, symbol_of, text_format
from kmzb_qgis_plugin.paths import resource

CANVAS_COLOR: Final = "#e3e8ec"
LAND_COLOR: Final = "#fafaf7"
_NAME_COLOR: Final = "#63696f"

# Level, colour and width of its border in millimetres, scale from which it shows (0: from any).
_BORDERS: Final = (
    ("commune", "#c6cbd0", 0.16, 400_000),
    ("county", "#9aa1a8", 0.26, 0),
    ("voivodeship", "#6d747c", 0.55, 0),
)
# Level, size in points, scales between which its name shows.
_NAMES: Final = (
    ("voivodeship", 11.0, 20_000_000, 1_500_000),
    ("county", 8.5, 1_500_000, 60_000),
    ("commune", 7.5, 150_000, 15_000),
)
_SEAT: Final = 'make_point("seat_lon", "seat_lat")'
_SEAT_SIZE: Final = 4.2
_UNIT_NAME_SCALE: Final = 400_000

# Upper bound, diameter in millimetres and colour of a class of cells.
_CELL_CLASSES: Final = (
    (9, 3.4, "#8fb0d3"),
    (49, 4.9, "#6f97c4"),
    (199, 6.6, "#4f7db2"),
    (999, 8.6, "#34629b"),
    (10_000_000, 11.0, "#1f3a68"),
)


def areas_renderer() -> QgsFeatureRenderer:
    """Land in one quiet colour, borders in grey: the higher the level, the bolder."""
    root = QgsRuleBasedRenderer.Rule(None)
    for rank, (level, color, width, scale) in enumerate(_BORDERS, start=1):
        fill = {"color": LAND_COLOR, "outline_style": "no", "style": "solid" if scale == 0 else "no"}
        symbol = QgsFillSymbol.createSimple(fill)
        border = QgsFillSymbol.createSimple(
            {"style": "no", "outline_color": color, "outline_width": str(width), "joinstyle": "round"}
        )
        line = border.symbolLayer(0).clone()
        # All land first, then the borders: a county's land never covers a voivodeship's border.
        line.setRenderingPass(rank)
        symbol.appendSymbolLayer(line)
        rule = QgsRuleBasedRenderer.Rule(symbol, 0, scale, f"\"level\" = '{level}'", _level_name(level))
        rule.setMinimumScale(scale)
        root.appendChild(rule)
    renderer = QgsRuleBasedRenderer(root)
    renderer.setUsingSymbolLevels(True)
    return renderer


def areas_labels() -> QgsRuleBasedLabeling:
    """Names of areas, at scales where there is room for them."""
    root = QgsRuleBasedLabeling.Rule(None)
    for level, points, smallest, largest in _NAMES:
        settings = QgsPalLayerSettings()
        settings.fieldName = "name"
        settings.placement = QgsPalLayerSettings.Placement.Horizontal
        settings.priority = 3
        settings.centroidInside = True
        settings.setFormat(text_format(points, _NAME_COLOR, LAND_COLOR, bold=True))
        rule = QgsRuleBasedLabeling.Rule(settings, 0, 0, f"\"level\" = '{level}'", _level_name(level))
        rule.setMinimumScale(smallest)
        rule.setMaximumScale(largest)
        root.appendChild(rule)
    return QgsRuleBasedLabeling(root)


def units_renderer() -> QgsFeatureRenderer:
    """Units as bold outlines, with a shield at their seats."""
    color = QColor(SOURCE_COLORS["police"])
    color.setAlpha(190)
    symbol = QgsFillSymbol.createSimple({"style": "no", "outline_width": "0.7", "joinstyle": "round"})
    symbol.symbolLayer(0).setStrokeColor(color)
    symbol.appendSymbolLayer(_seat_layer())
    return QgsSingleSymbolRenderer(symbol)


def seats_renderer() -> QgsFeatureRenderer:
    """Units as shields at their seats, without outlines."""
    symbol = QgsFillSymbol.createSimple({})
    symbol.changeSymbolLayer(0, _seat_layer())
    return QgsSingleSymbolRenderer(symbol)


def _seat_layer() -> QgsSymbolLayer:
    layer = QgsGeometryGeneratorSymbolLayer.create({"geometryModifier": _SEAT})
    layer.setSymbolType(QgsSymbol.SymbolType.Marker)
    layer.setSubSymbol(_seat_symbol())
    return layer


def _seat_symbol() -> QgsMarkerSymbol:
    shield = resource("icons", "sources", "police.svg")
    halo = svg_layer(shield, _SEAT_SIZE * 1.3, LIGHT_INK, LIGHT_INK, 0.0)
    return symbol_of(halo, svg_layer(shield, _SEAT_SIZE, SOURCE_COLORS["police"], LIGHT_INK, 0.0))


def units_labels(smallest_scale: float = _UNIT_NAME_SCALE) -> QgsVectorLayerSimpleLabeling:
    """Names of units at their seats, from a scale (denominator) on."""
    settings = QgsPalLayerSettings()
    settings.fieldName = "name"
    settings.geometryGenerator = _SEAT
    settings.geometryGeneratorEnabled = True
    settings.geometryGeneratorType = QgsWkbTypes.GeometryType.PointGeometry
    settings.placement = QgsPalLayerSettings.Placement.OrderedPositionsAroundPoint
    settings.dist = _SEAT_SIZE / 2
    settings.priority = 7
    settings.scaleVisibility = True
    settings.minimumScale = smallest_scale
    settings.maximumScale = 1
    settings.setFormat(text_format(8.5, SOURCE_COLORS["police"], bold=True))
    return QgsVectorLayerSimpleLabeling(settings)


def cells_renderer() -> QgsFeatureRenderer:
    """Circles that grow and darken with the number of threats."""
    renderer = QgsGraduatedSymbolRenderer("number")
    lowest = 1
    for highest, size, color in _CELL_CLASSES:
        symbol = QgsMarkerSymbol.createSimple(
            {
                "name": "circle",
                "color": color,
                "size": str(size),
                "outline_color": LIGHT_INK,
                "outline_width": "0.3",
            }
        )
        symbol.setOpacity(0.9)
        last = highest == _CELL_CLASSES[-1][0]
        label = tr("{} and more").format(lowest) if last else f"{lowest}–{highest}"
        renderer.addClassRange(QgsRendererRange(lowest - 0.5, highest + 0.5, symbol, label))
        lowest = highest + 1
    return renderer


def cells_labels() -> QgsVectorLayerSimpleLabeling:
    """The number, inside the circle."""
    settings = QgsPalLayerSettings()
    settings.fieldName = "number"
    settings.placement = QgsPalLayerSettings.Placement.OverPoint
    settings.displayAll = True
    text = text_format(7.0, LIGHT_INK, bold=True)
    buffer = text.buffer()
    buffer.setEnabled(False)
    text.setBuffer(buffer)
    settings.setFormat(text)
    return QgsVectorLayerSimpleLabeling(settings)


def _level_name(level: str) -> str:
    names = {"voivodeship": tr("Voivodeship"), "county": tr("County"), "commune": tr("Commune")}
    return names[level]
