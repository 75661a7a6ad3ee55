"""How a comparison of two periods is drawn: warm hues for a rise, hatched cold ones for a fall."""

from __future__ import annotations

from typing import Final

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsPalLayerSettings,
    QgsRendererCategory,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)

from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.fields import (
    escaped,
    fit_columns,
    set_aliases,
    set_decimals,
    set_map_tip,
    set_value_maps,
)
from kmzb_qgis_plugin.layers.hotspots import CLASS, OPACITY, cell_symbol
from kmzb_qgis_plugin.layers.pictograms import DARK_INK
from kmzb_qgis_plugin.layers.symbology import text_format

SIGNIFICANT: Final = 2
"""Class of a significant rise; that of a fall is its opposite."""
# Orange and blue differ for every kind of colour vision; hatching and signs do in grey print too.
_FILLS: Final = {2: "#b35806", 1: "#fee0b6", 0: "#00ffffff", -1: "#d1e5f0", -2: "#3a87bd"}
_LABEL_POINTS: Final = 7.5
_MARGIN: Final = 3
_LONG_NAME: Final = 30


def class_name(number: int, *, whole: bool) -> str:
    """What a class means.

    Args:
        number: of the class.
        whole: places are held against the change of all of them together.
    """
    changed = {
        2: tr("Significant rise (95 %)"),
        1: tr("Rise, not beyond chance"),
        0: tr("As many as before, or none"),
        -1: tr("Fall, not beyond chance"),
        -2: tr("Significant fall (95 %)"),
    }
    otherwise = {
        2: tr("Significantly more than the whole's change gives (95 %)"),
        1: tr("More than the whole's change gives, not beyond chance"),
        0: tr("As the whole, or none"),
        -1: tr("Fewer than the whole's change gives, not beyond chance"),
        -2: tr("Significantly fewer than the whole's change gives (95 %)"),
    }
    return (otherwise if whole else changed)[number]


def dress(layer: QgsVectorLayer, *, whole: bool, spots: bool) -> None:
    """Give a layer of compared places its colours and signs, the names of its fields, and map tips.

    Args:
        layer: with the places.
        whole: they are held against the change of all of them together.
        spots: threats at one spot were counted once.
    """
    classes = {number: class_name(number, whole=whole) for number in _FILLS}
    renderer = QgsCategorizedSymbolRenderer(CLASS)
    for number, fill in _FILLS.items():
        symbol = cell_symbol(fill, faint=not number, hatched=number < 0)
        renderer.addCategory(QgsRendererCategory(number, symbol, classes[number]))
    layer.setRenderer(renderer)
    layer.setOpacity(OPACITY)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(_signs()))
    layer.setLabelsEnabled(True)
    names = {
        "code": tr("Code"),
        "name": tr("Name"),
        "before": tr("Spots in the earlier period") if spots else tr("Threats in the earlier period"),
        "after": tr("Spots in the later period") if spots else tr("Threats in the later period"),
        "expected": tr("Expected in the later period"),
        "difference": tr("More or fewer than expected"),
        "percent": tr("More or fewer than expected (%)"),
        "p": tr("p"),
        "p_fdr": tr("p, false discoveries held"),
        CLASS: tr("Class"),
    }
    set_aliases(layer, names)
    widths = {field: len(name) + _MARGIN for field, name in names.items()}
    fit_columns(layer, {**widths, CLASS: max(map(len, classes.values())), "name": _LONG_NAME})
    set_value_maps(layer, {CLASS: {name: str(number) for number, name in classes.items()}})
    set_decimals(layer, {"expected": 1, "difference": 1, "percent": 1, "p": 4, "p_fdr": 4})
    place = ""
    if layer.fields().lookupField("name") >= 0:
        layer.setDisplayExpression('"name"')
        place = f"<b>{escaped('name')}</b><br>"
    values = {
        "before": '"before"',
        "after": '"after"',
        "expected": 'format_number("expected", 1)',
        "percent": "coalesce(if(\"percent\" > 0, '+', '') || format_number(\"percent\", 1), '–')",
        "p_fdr": "coalesce(format_number(\"p_fdr\", 4), '–')",
    }
    lines = "".join(f"<br>{names[field]}: [% {value} %]" for field, value in values.items())
    tip = f'{place}<b>[% represent_value("{CLASS}") %]</b>{lines}'
    set_map_tip(layer, tip, whole_lines=True)


def _signs() -> QgsPalLayerSettings:
    """By how many threats a significant place differs, with its sign."""
    settings = QgsPalLayerSettings()
    settings.fieldName = (
        f'CASE WHEN abs("{CLASS}") = {SIGNIFICANT} THEN '
        f"if(\"{CLASS}\" > 0, '+', '−') || format_number(abs(\"difference\"), 0) END"
    )
    settings.isExpression = True
    settings.placement = QgsPalLayerSettings.Placement.Horizontal
    settings.setFormat(text_format(_LABEL_POINTS, DARK_INK, bold=True))
    return settings
