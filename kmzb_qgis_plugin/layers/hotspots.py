"""How hotspots are drawn: warm hues for many threats, hatched cold ones for few, clear where neither."""

from __future__ import annotations

from typing import Final

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsLinePatternFillSymbolLayer,
    QgsRendererCategory,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.fields import set_aliases, set_decimals, set_map_tip, set_value_maps

CLASS: Final = "class"
# Orange and blue differ for every kind of colour vision, and the hatching in grey print too.
_FILLS: Final = {
    3: "#b35806",
    2: "#e08214",
    1: "#fdb863",
    0: "#00ffffff",
    -1: "#d1e5f0",
    -2: "#92c5de",
    -3: "#4393c3",
}
_OUTLINE: Final = "#5f6b76"
_FAINT: Final = "#c3cad1"
_OUTLINE_MILLIMETRES: Final = 0.1
_HATCH: Final = "#2166ac"
_HATCH_MILLIMETRES: Final = 1.2
OPACITY: Final = 0.75
"""The map shows through."""


def class_name(number: int) -> str:
    """What a class means."""
    names = {
        3: tr("Hot spot: many threats (99 %)"),
        2: tr("Hot spot: many threats (95 %)"),
        1: tr("Hot spot: many threats (90 %)"),
        0: tr("Not significant"),
        -1: tr("Cold spot: few threats (90 %)"),
        -2: tr("Cold spot: few threats (95 %)"),
        -3: tr("Cold spot: few threats (99 %)"),
    }
    return names[number]


def dress(layer: QgsVectorLayer) -> None:
    """Give a layer of cells its colours, the names of its fields, and map tips."""
    renderer = QgsCategorizedSymbolRenderer(CLASS)
    for number, fill in _FILLS.items():
        symbol = cell_symbol(fill, faint=not number, hatched=number < 0)
        renderer.addCategory(QgsRendererCategory(number, symbol, class_name(number)))
    layer.setRenderer(renderer)
    layer.setOpacity(OPACITY)
    names = {
        "threats": tr("Threats"),
        "places": tr("Places"),
        "repeated": tr("Threats that share their place (%)"),
        "per_km2": tr("Threats per km²"),
        "z": tr("z (Gi*)"),
        "p": tr("p"),
        "p_fdr": tr("p, false discoveries held"),
        CLASS: tr("Class"),
    }
    set_aliases(layer, names)
    set_value_maps(layer, {CLASS: {class_name(number): str(number) for number in _FILLS}})
    set_decimals(layer, {"repeated": 0, "per_km2": 2, "z": 2, "p": 4, "p_fdr": 4})
    values = {
        "threats": '"threats"',
        "places": '"places"',
        "z": 'format_number("z", 2)',
        "p_fdr": 'format_number("p_fdr", 4)',
    }
    lines = "".join(f"<br>{names[field]}: [% {value} %]" for field, value in values.items())
    set_map_tip(layer, f'<b>[% represent_value("{CLASS}") %]</b>{lines}')


def cell_symbol(fill: str, *, faint: bool, hatched: bool) -> QgsFillSymbol:
    """A surface of a layer that has :data:`OPACITY` as a whole: one that lies over another hides it.

    Args:
        fill: its colour.
        faint: with a border that hardly shows, for where nothing was found.
        hatched: with lines besides, which grey print shows too.
    """
    symbol = QgsFillSymbol.createSimple(
        {
            "color": "0,0,0,0",
            "outline_color": _FAINT if faint else _OUTLINE,
            "outline_width": str(_OUTLINE_MILLIMETRES),
        }
    )
    symbol.symbolLayer(0).setFillColor(QColor(fill))
    if hatched:
        hatch = QgsLinePatternFillSymbolLayer()
        hatch.setLineAngle(45)
        hatch.setDistance(_HATCH_MILLIMETRES)
        hatch.setColor(QColor(_HATCH))
        hatch.setLineWidth(_OUTLINE_MILLIMETRES)
        symbol.appendSymbolLayer(hatch)
    return symbol
