"""Icons: the plugin's pictograms in the colours they need, and QGIS's own for actions."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtGui import QColor, QIcon, QPalette, QPixmap

from kmzb_qgis_plugin.domain.catalogue import Status
from kmzb_qgis_plugin.gui.theme_palette import theme_palette
from kmzb_qgis_plugin.paths import resource

SIDE = 48.0
"""Pixels of the picture that Qt scales down."""
OUTLINE_SHARE = 0.8


def plugin_icon() -> QIcon:
    """The plugin's own icon."""
    return QIcon(str(resource("icons", "kmzb.svg")))


def theme_icon(name: str) -> QIcon:
    """An icon of QGIS, in the theme that the user chose."""
    return QgsApplication.getThemeIcon(f"/{name}.svg")


def category_icon(code: str) -> QIcon:
    """The pictogram of a category in the colour of text; the pictogram for unknown ones if it has none."""
    path = _pictogram(code)
    ink = theme_palette().color(QPalette.ColorRole.Text).name()
    return _painted(path, ink, ink)


def status_icon(status: Status) -> QIcon:
    """The status's sign in its colour, as on the map."""
    fill = QColor(status.symbol_color)
    return _painted(
        resource("icons", "status", f"{status.symbol_sign}.svg"), fill.name(), fill.darker(150).name()
    )


@lru_cache(maxsize=256)
def _pictogram(code: str) -> Path:
    path = resource("icons", "categories", f"{code}.svg")
    return path if path.exists() else resource("icons", "categories", "unknown.svg")


@lru_cache(maxsize=256)
def _painted(path: Path, fill: str, outline: str) -> QIcon:
    image, _ = QgsApplication.svgCache().svgAsImage(
        str(path), SIDE, QColor(fill), QColor(outline), OUTLINE_SHARE, 1.0
    )
    icon = QIcon()
    # Without a picture of its own a chosen row would be tinted, and the colour says something.
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        icon.addPixmap(QPixmap.fromImage(image), mode)
    return icon
