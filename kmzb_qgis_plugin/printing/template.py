"""Layout templates: read into a layout, checked, and their texts filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from qgis.core import (
    QgsExpressionContextUtils,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsPrintLayout,
    QgsReadWriteContext,
)
from qgis.PyQt.QtGui import QFontDatabase
from qgis.PyQt.QtXml import QDomDocument, QDomElement

from kmzb_qgis_plugin.printing.errors import ForeignLayers, TemplateError
from kmzb_qgis_plugin.printing.paper_text import fit_label, type_of

VARIABLE_PREFIX: Final = "kmzb_"
OWN_FAMILY: Final = "Open Sans"


def load_template(
    layout: QgsPrintLayout, template: Path, needed: Mapping[str, type], filled: Sequence[str]
) -> dict[str, QgsLayoutItem]:
    """Read a template into a layout; return its items by id.

    Args:
        layout: an empty one.
        template: the file.
        needed: ids of the items that it must have, and of what kind they are.
        filled: ids of the items whose layers the plugin chooses, whatever the template says.

    Raises:
        TemplateError: the file cannot be read or lacks an item.
        ForeignLayers: another item shows a layer that the project does not have.
    """
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
