"""How threats are drawn: a sign in the status's colour, from nearby with the category's pictogram."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsExpression,
    QgsFeatureRenderer,
    QgsFeatureRequest,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsProperty,
    QgsRendererCategory,
    QgsSingleSymbolRenderer,
    QgsSvgMarkerSymbolLayer,
    QgsSymbolLayer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QPointF
from qgis.PyQt.QtGui import QColor

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.pictograms import (
    BLANK,
    DARK_INK,
    LIGHT_INK,
    UNKNOWN,
    ink_on,
    marker,
    pictogram,
    sign,
)

PICTOGRAM_SCALE: Final = 25_000
"""Pictograms show from this scale on; farther away a threat is a small sign."""
CROWDED_SCALE: Final = 8_000
"""The same where there are many threats."""
SCALE_VARIABLE: Final = "kmzb_pictogram_scale"
"""The layer's variable with that scale; without it, :data:`PICTOGRAM_SCALE` holds."""
LABEL_SCALE: Final = 5_000
"""References show from this scale on."""

SOURCE_COLORS: Final = {"police": "#1f3a68", "community": "#b45309"}
UNKNOWN_COLOR: Final = "#555555"

# Millimetres. A marker's drawing is 30 wide, of which its shape takes 22 and badges the rest.
SIGN_SIZE: Final = 2.3
MARKER_SIZE: Final = 9.0
PICTOGRAM_SIZE: Final = 4.9
_OUTLINE: Final = 0.25
_LABEL_POINTS: Final = 8

_LIMIT: Final = f"coalesce(to_int(@{SCALE_VARIABLE}), {PICTOGRAM_SCALE})"
_NEAR: Final = f"@map_scale <= {_LIMIT}"


def reports_renderer(catalogue: Catalogue, lang: str) -> QgsFeatureRenderer:
    """Citizens' reports: shape and colour by status.

    One symbol serves all scales, so that the legend has one entry for each status.
    """
    renderer = QgsCategorizedSymbolRenderer("status")
    for status in catalogue.statuses:
        symbol = _two_scale_symbol(
            sign(status.symbol_sign), marker(status.symbol_sign), status.symbol_color, catalogue, "citizen"
        )
        renderer.addCategory(QgsRendererCategory(status.code, symbol, status.name(lang)))
    other = _two_scale_symbol(sign("circle"), marker("circle"), UNKNOWN_COLOR, catalogue, "citizen")
    renderer.addCategory(QgsRendererCategory("", other, tr("Other status")))
    put_waiting_on_top(renderer, catalogue)
    return renderer


def put_waiting_on_top(renderer: QgsFeatureRenderer, catalogue: Catalogue) -> None:
    """Draw what has to be done last: many people report the same place."""
    waiting = [QgsExpression.quotedValue(status.code) for status in catalogue.statuses if status.waits]
    if not waiting:
        return
    clause = QgsFeatureRequest.OrderByClause(f'"status" IN ({", ".join(waiting)})', True)
    renderer.setOrderBy(QgsFeatureRequest.OrderBy([clause]))
    renderer.setOrderByEnabled(True)


def records_renderer(source: str, catalogue: Catalogue) -> QgsFeatureRenderer:
    """Police records or community signals: one shape and colour for each source."""
    shape, color = marker(source), SOURCE_COLORS.get(source, UNKNOWN_COLOR)
    return QgsSingleSymbolRenderer(_two_scale_symbol(shape, shape, color, catalogue, source))


def sign_symbol(name: str, color: str, size: float = SIGN_SIZE) -> QgsMarkerSymbol:
    """The small sign of a status, or the small shape of a source, as one symbol.

    Args:
        name: the status's sign, or ``police`` or ``community``.
        color: ``#rrggbb``.
        size: millimetres.
    """
    path = marker(name) if name in SOURCE_COLORS else sign(name)
    return symbol_of(_sign_layer(path, color, size))


def symbol_of(*layers: QgsSymbolLayer) -> QgsMarkerSymbol:
    """A marker symbol of these layers, the lowest first."""
    symbol = QgsMarkerSymbol.createSimple({})
    symbol.changeSymbolLayer(0, layers[0])
    for layer in layers[1:]:
        symbol.appendSymbolLayer(layer)
    return symbol


def svg_layer(path: Path, size: float, fill: str, outline: str, outline_width: float) -> QgsSymbolLayer:
    """A drawing with QGIS's parameters as a symbol layer; lengths in millimetres."""
    layer = QgsSvgMarkerSymbolLayer(str(path), size)
    layer.setFillColor(QColor(fill))
    layer.setStrokeColor(QColor(outline))
    layer.setStrokeWidth(outline_width)
    return layer


def pictogram_layer(
    catalogue: Catalogue, source: str, size: float, color: str, raised: float = 0.0
) -> QgsSymbolLayer:
    """The pictogram of a threat's category.

    Args:
        catalogue: which categories there are.
        source: whose categories.
        size: millimetres.
        color: ``#rrggbb``.
        raised: millimetres by which it stands above the point.
    """
    # A legend has no threat and so no category: there the marker stays blank.
    layer = svg_layer(marker(BLANK), size, color, color, 0.0)
    layer.setOffset(QPointF(0.0, -raised))
    layer.setDataDefinedProperty(
        QgsSymbolLayer.Property.PropertyName, QgsProperty.fromExpression(_path_expression(catalogue, source))
    )
    return layer


def _path_expression(catalogue: Catalogue, source: str) -> str:
    """An expression of the drawing's path; short, for it is evaluated for every point."""
    drawn = [
        QgsExpression.quotedValue(category.code)
        for category in catalogue.categories_of(source)
        if pictogram(category.code).stem == category.code
    ]
    folder = QgsExpression.quotedValue(pictogram(UNKNOWN).parent.as_posix() + "/")
    unknown = QgsExpression.quotedValue(UNKNOWN)
    if not drawn:
        return f"{folder} || {unknown} || '.svg'"
    return (
        f'CASE WHEN "category" IN ({", ".join(drawn)}) THEN {folder} || "category" || \'.svg\' '
        f"WHEN \"category\" IS NOT NULL THEN {folder} || {unknown} || '.svg' "
        f"ELSE {QgsExpression.quotedValue(marker(BLANK).as_posix())} END"
    )


def _two_scale_symbol(
    far: Path, near: Path, color: str, catalogue: Catalogue, source: str
) -> QgsMarkerSymbol:
    """A small sign, nearby covered by a marker with a pictogram, and a badge where a decision waits."""
    small = _sign_layer(far, color, SIGN_SIZE)
    background = svg_layer(near, MARKER_SIZE, color, LIGHT_INK, _OUTLINE)
    _show_when(background, _NEAR)
    # A legend draws every layer, and has room for the sign only; it knows no scale.
    drawings = ", ".join(QgsExpression.quotedValue(path.as_posix()) for path in (marker(BLANK), near))
    background.setDataDefinedProperty(
        QgsSymbolLayer.Property.PropertyName,
        QgsProperty.fromExpression(f"if(@map_scale IS NULL, {drawings})"),
    )
    # The shield's point and the bubble's tail hang below the place of the pictogram.
    raised = 0.25 if source in SOURCE_COLORS else 0.0
    inner = pictogram_layer(catalogue, source, PICTOGRAM_SIZE, ink_on(color), raised)
    _show_when(inner, _NEAR)
    layers = [small, background, inner]
    if source not in SOURCE_COLORS:
        layers.append(_pending_badge(color))
    return symbol_of(*layers)


def _pending_badge(color: str) -> QgsSymbolLayer:
    """The badge of a report whose decision waits to be sent.

    A legend has no report, cannot tell, and so gets the blank drawing.
    """
    badge = svg_layer(marker(BLANK), MARKER_SIZE, color, DARK_INK, 0.0)
    _show_when(badge, '"pending_status" IS NOT NULL')
    drawings = [QgsExpression.quotedValue(marker(name).as_posix()) for name in (BLANK, "pending")]
    badge.setDataDefinedProperty(
        QgsSymbolLayer.Property.PropertyName,
        QgsProperty.fromExpression(f'if("pending_status" IS NULL, {", ".join(drawings)})'),
    )
    return badge


def _sign_layer(path: Path, color: str, size: float) -> QgsSymbolLayer:
    return svg_layer(path, size, color, QColor(color).darker(150).name(), 0.15)


def _show_when(layer: QgsSymbolLayer, expression: str) -> None:
    layer.setDataDefinedProperty(
        QgsSymbolLayer.Property.PropertyLayerEnabled, QgsProperty.fromExpression(expression)
    )


def reference_labels() -> QgsVectorLayerSimpleLabeling:
    """References beside the markers, from very near only."""
    settings = QgsPalLayerSettings()
    settings.fieldName = "ref"
    settings.placement = QgsPalLayerSettings.Placement.OrderedPositionsAroundPoint
    settings.dist = MARKER_SIZE / 2
    settings.scaleVisibility = True
    settings.minimumScale = LABEL_SCALE
    settings.maximumScale = 1
    settings.setFormat(text_format(_LABEL_POINTS, DARK_INK))
    return QgsVectorLayerSimpleLabeling(settings)


def text_format(points: float, color: str, halo: str = LIGHT_INK, bold: bool = False) -> QgsTextFormat:
    """Text with a halo; the size in points."""
    text = QgsTextFormat()
    font = text.font()
    font.setBold(bold)
    text.setFont(font)
    text.setSize(points)
    text.setColor(QColor(color))
    buffer = QgsTextBufferSettings()
    buffer.setEnabled(True)
    buffer.setSize(0.8)
    buffer.setColor(QColor(halo))
    buffer.setOpacity(0.85)
    text.setBuffer(buffer)
    return text
