"""Layout templates: read into a layout, checked, and their texts filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from qgis.core import (
    QgsExpressionContextUtils,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutItemPicture,
    QgsLegendStyle,
    QgsMapLayer,
    QgsPrintLayout,
    QgsReadWriteContext,
)
from qgis.PyQt import sip
from qgis.PyQt.QtGui import QFont, QFontDatabase
from qgis.PyQt.QtXml import QDomDocument, QDomElement

from kmzb_qgis_plugin.printing.errors import ForeignLayers, TemplateError
from kmzb_qgis_plugin.printing.paper_text import fit_label, resize_type, type_of

VARIABLE_PREFIX: Final = "kmzb_"
OWN_FAMILY: Final = "Open Sans"
SHARED_PROPERTY: Final = "kmzb/shared"
"""Marks the layers that all pages of a form show."""


class Form:
    """A template in a layout of its own, to be filled once or, for many pages, again and again.

    To read a template takes as long as to draw a page, so a book fills the same one.

    Args:
        layout: an empty one.
        template: the file.
        needed: ids of the items that it must have, and of what kind they are.
        filled: ids of the items whose layers the plugin chooses, whatever the template says.

    Raises:
        TemplateError: the file cannot be read or lacks an item.
        ForeignLayers: another item shows a layer that the project does not have.
    """

    def __init__(
        self, layout: QgsPrintLayout, template: Path, needed: Mapping[str, type], filled: Sequence[str]
    ) -> None:
        self.layout = layout
        self.items: Mapping[str, Any] = _load(layout, template, needed, filled)
        self._used = False
        self._own = [item for item in layout.items() if isinstance(item, QgsLayoutItem)]
        self._places = [
            (item, item.positionWithUnits(), item.sizeWithUnits())
            for item in self._own
            if not isinstance(item, QgsLayoutItemPage)
        ]
        self._types = [(item, type_of(item)[1]) for item in self._own if isinstance(item, QgsLayoutItemLabel)]
        legend = self.items.get("legend")
        self._legend = _LegendStyle(legend) if isinstance(legend, QgsLayoutItemLegend) else None

    def begin(self, name: str) -> None:
        """Make it as it was when it was read, for the next page.

        Args:
            name: of the layout.
        """
        if self._used:
            self._clear()
        self._used = True
        self.layout.setName(name)

    def delete(self) -> None:
        """Take the layout and its layers away."""
        sip.delete(self.layout)

    def _clear(self) -> None:
        # Nobody undoes what happens between two pages of a book.
        self.layout.undoStack().blockCommands(True)
        for item in self.layout.items():
            if isinstance(item, QgsLayoutItemPicture) and item not in self._own:
                item.setVisibility(False)  # the next page may want it
            elif isinstance(item, QgsLayoutItemMap):
                item.setLayers([])
        if self._legend is not None:
            self._legend.restore()
        for layer in self.layout.findChildren(QgsMapLayer):
            if layer.customProperty(SHARED_PROPERTY) is None:
                sip.delete(layer)
        for item, place, size in self._places:
            if item.positionWithUnits() != place:
                item.attemptMove(place)
            if item.sizeWithUnits() != size:
                item.attemptResize(size)
        for label, points in self._types:
            resize_type(label, points)


class _LegendStyle:
    """How a template's legend looks, to be restored after it was made smaller."""

    def __init__(self, legend: QgsLayoutItemLegend) -> None:
        styles = QgsLegendStyle.Style
        self._legend = legend
        self._fonts = {
            style: QFont(legend.styleFont(style))
            for style in (styles.Group, styles.Subgroup, styles.SymbolLabel)
        }
        self._height, self._largest = legend.symbolHeight(), legend.maximumSymbolSize()
        self._columns, self._split = legend.columnCount(), legend.splitLayer()

    def restore(self) -> None:
        legend = self._legend
        legend.model().rootGroup().removeAllChildren()
        for style, font in self._fonts.items():
            legend.setStyleFont(style, font)
        legend.setSymbolHeight(self._height)
        legend.setMaximumSymbolSize(self._largest)
        legend.setColumnCount(self._columns)
        legend.setSplitLayer(self._split)


def _load(
    layout: QgsPrintLayout, template: Path, needed: Mapping[str, type], filled: Sequence[str]
) -> dict[str, QgsLayoutItem]:
    document = QDomDocument()
    try:
        content = template.read_bytes()
    except OSError as error:
        raise TemplateError(template) from error
    parsed = document.setContent(content)
    if not (parsed[0] if isinstance(parsed, tuple) else parsed):
        raise TemplateError(template)
    _, loaded = layout.loadFromTemplate(document, QgsReadWriteContext())
    if not loaded:
        raise TemplateError(template)
    missing = [name for name, kind in needed.items() if not isinstance(layout.itemById(name), kind)]
    if missing:
        raise TemplateError(template, missing)
    foreign = _foreign_layers(document.documentElement(), layout, filled)
    if foreign:
        raise ForeignLayers(template, foreign)
    return {item.id(): item for item in layout.items() if isinstance(item, QgsLayoutItem) and item.id()}


def fill_texts(layout: QgsPrintLayout, texts: Mapping[str, str]) -> None:
    """Give the layout's variables their values, and every label type that fits its box.

    Texts never become part of a label's own text: there, ``[% … %]`` would be an expression.
    """
    for name, text in texts.items():
        QgsExpressionContextUtils.setLayoutVariable(layout, VARIABLE_PREFIX + name, text)
    for item in layout.items():
        if isinstance(item, QgsLayoutItemLabel):
            fit_label(item)


def missing_fonts(layout: QgsPrintLayout) -> list[str]:
    """The font families that labels ask for and this computer does not have.

    For that of the plugin's own templates, QGIS's default will do.
    """
    known = set(QFontDatabase().families()) | {OWN_FAMILY}
    wanted = {type_of(item)[0].family() for item in layout.items() if isinstance(item, QgsLayoutItemLabel)}
    return sorted(family for family in wanted if family and family not in known)


def _foreign_layers(root: QDomElement, layout: QgsPrintLayout, filled: Sequence[str]) -> list[str]:
    """Names of the layers and map themes that items of the template's own show and the project lacks."""
    project = layout.project()
    named: list[tuple[str, str]] = []
    for item in _elements(root, "LayoutItem"):
        if item.attribute("id") in filled:
            continue
        named += [
            (layer.text() or layer.attribute("id"), layer.attribute("name"))
            for layer in _elements(item, "Layer")
        ]
        theme = item.attribute("followPresetName")
        if item.attribute("followPreset") == "true" and not project.mapThemeCollection().hasMapTheme(theme):
            named.append((theme, theme))
    for kind, attribute in (("LayoutMultiFrame", "vectorLayer"), ("Atlas", "coverageLayer")):
        named += [
            (element.attribute(attribute), element.attribute(f"{attribute}Name"))
            for element in _elements(root, kind)
        ]
    return sorted(
        {
            layer_name or identifier
            for identifier, layer_name in named
            if identifier and project.mapLayer(identifier) is None and not project.mapLayersByName(layer_name)
        }
    )


def _elements(within: QDomElement, kind: str) -> Iterator[QDomElement]:
    found = within.elementsByTagName(kind)
    return (found.at(number).toElement() for number in range(found.count()))
