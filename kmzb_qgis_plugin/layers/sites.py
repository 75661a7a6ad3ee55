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
    """Give a layer of sites its signs and labels."""
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
    lines = (
        (tr("Threats"), 'format_number("weight", 0)'),
        (tr("Mean distance (km)"), "coalesce(format_number(\"mean_km\", 1), '–')"),
    )
    rows = "".join(f"<br>{name}: [% {value} %]" for name, value in lines)
    layer.setMapTipTemplate(f'<b>[% "name" %]</b>{rows}')


def dress_lines(layer: QgsVectorLayer, radius: str) -> None:
    """Give lines from threats to their site their colours.

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
