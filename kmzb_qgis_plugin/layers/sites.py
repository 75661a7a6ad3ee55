"""How sites are drawn: new ones as stars with their rank, those there are as squares, and who they serve."""

from __future__ import annotations

from typing import Final

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsRendererCategory,
    QgsRuleBasedLabeling,
    QgsVectorLayer,
)

from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.fields import escaped, set_aliases, set_decimals, set_map_tip, set_value_maps
from kmzb_qgis_plugin.layers.symbology import text_format

EXISTING: Final = "existing"
COVERED: Final = "covered"
# Orange and blue differ for every kind of colour vision; shape and dashes say the same.
_NEW_COLOR: Final = "#b35806"
_EXISTING_COLOR: Final = "#1f3a68"
_NEAR_COLOR: Final = "#4393c3"
_HALO: Final = "#ffffff"
_LINE_MILLIMETRES: Final = 0.18


def dress_sites(layer: QgsVectorLayer) -> None:
    """Give a layer of sites its signs and labels, the names of its fields, and map tips."""
    new = _marker("star", _NEW_COLOR, 5.5)
    existing = _marker("square", _EXISTING_COLOR, 2.8)
    layer.setRenderer(
        QgsCategorizedSymbolRenderer(
            EXISTING,
            [
                QgsRendererCategory(0, new, tr("New site")),
                QgsRendererCategory(1, existing, tr("Existing site")),
            ],
        )
    )
    root = QgsRuleBasedLabeling.Rule(None)
    for there, color in ((0, _NEW_COLOR), (1, _EXISTING_COLOR)):
        # A site that is proposed has its name whatever is in the way.
        rule = QgsRuleBasedLabeling.Rule(_names(color, in_any_case=not there))
        rule.setFilterExpression(f'"{EXISTING}" = {there}')
        root.appendChild(rule)
    layer.setLabeling(QgsRuleBasedLabeling(root))
    layer.setLabelsEnabled(True)
    names = {
        "rank": tr("Rank"),
        "name": tr("Name"),
        EXISTING: tr("Kind"),
        "weight": tr("Threats served, by weight"),
        "mean_km": tr("Mean distance (km)"),
        "farthest_km": tr("Farthest threat (km)"),
        "mean_km_after": tr("Mean distance of all threats with it (km)"),
        "covered_after": tr("Threats within the radius with it (%)"),
    }
    set_aliases(layer, names)
    set_value_maps(layer, {EXISTING: {tr("New site"): "0", tr("Existing site"): "1"}})
    kilometres = dict.fromkeys(("mean_km", "farthest_km", "mean_km_after"), 1)
    set_decimals(layer, {"weight": 1, **kilometres, "covered_after": 1})
    layer.setDisplayExpression('"name"')
    values = {
        "weight": 'format_number("weight", 0)',
        "mean_km": "coalesce(format_number(\"mean_km\", 1), '–')",
    }
    rows = "".join(f"<br>{names[field]}: [% {value} %]" for field, value in values.items())
    set_map_tip(layer, f"<b>{escaped('name')}</b>{rows}")


def dress_lines(layer: QgsVectorLayer, radius: str) -> None:
    """Give lines from threats to their site their colours, the names of their fields, and map tips.

    Args:
        layer: with the lines.
        radius: kilometres, as they are written.
    """
    near = QgsLineSymbol.createSimple({"color": _NEAR_COLOR, "width": str(_LINE_MILLIMETRES)})
    far = QgsLineSymbol.createSimple(
        {"color": _NEW_COLOR, "width": str(_LINE_MILLIMETRES), "line_style": "dash"}
    )
    layer.setRenderer(
        QgsCategorizedSymbolRenderer(
            COVERED,
            [
                QgsRendererCategory(1, near, tr("Threats within {} km").format(radius)),
                QgsRendererCategory(0, far, tr("Threats farther than {} km").format(radius)),
            ],
        )
    )
    set_aliases(
        layer,
        {
            "site": tr("Site"),
            "weight": tr("Threats, by weight"),
            "km": tr("Distance (km)"),
            COVERED: tr("Within {} km").format(radius),
        },
    )
    set_decimals(layer, {"weight": 1, "km": 1})
    set_value_maps(layer, {COVERED: {tr("yes"): "1", tr("no"): "0"}})
    set_map_tip(layer, f'<b>{escaped("site")}</b><br>{tr("Distance (km)")}: [% format_number("km", 1) %]')


def _names(color: str, *, in_any_case: bool) -> QgsPalLayerSettings:
    """Rank and name beside the sign."""
    settings = QgsPalLayerSettings()
    settings.fieldName = "coalesce(\"rank\" || '. ', '') || \"name\""
    settings.isExpression = True
    settings.placement = QgsPalLayerSettings.Placement.OrderedPositionsAroundPoint
    settings.dist = 2.5
    settings.displayAll = in_any_case
    settings.priority = 10 if in_any_case else 5
    settings.setFormat(text_format(8.5, color, bold=True))
    return settings


def _marker(shape: str, color: str, size: float) -> QgsMarkerSymbol:
    return QgsMarkerSymbol.createSimple(
        {"name": shape, "color": color, "size": str(size), "outline_color": _HALO, "outline_width": "0.3"}
    )
