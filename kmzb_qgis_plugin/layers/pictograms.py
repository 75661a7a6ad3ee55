"""The pictograms: where they lie, and how they look in a colour of one's choice."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtGui import QColor, QIcon, QPixmap, qGray

from kmzb_qgis_plugin.paths import resource

UNKNOWN = "unknown"
DARK_INK = "#26262a"
LIGHT_INK = "#ffffff"

_VIEW_BOX = 24
# Between the grey of "not confirmed", which takes white, and the yellow of "verification".
_LIGHT_FROM = 165


def pictogram(category: str) -> Path:
    """The drawing of a category; the general one for a category that has none."""
    path = resource("icons", "categories", f"{category}.svg")
    return path if path.exists() else resource("icons", "categories", f"{UNKNOWN}.svg")


def marker(name: str) -> Path:
    """The shape behind a pictogram: of a status's sign, ``police``, ``community``, or ``pending``.

    A sign that is not known gets the circle.
    """
    path = resource("icons", "markers", f"{name}.svg")
    return path if path.exists() else resource("icons", "markers", "circle.svg")


def sign(name: str) -> Path:
    """The small sign of a status; a sign that is not known gets the circle."""
    path = resource("icons", "status", f"{name}.svg")
    return path if path.exists() else resource("icons", "status", "circle.svg")


def ink_on(color: str) -> str:
    """Dark or light, whichever is legible on the colour."""
    return DARK_INK if qGray(QColor(color).rgb()) >= _LIGHT_FROM else LIGHT_INK


def painted(path: Path, color: str, side: int = 48, outline: str = LIGHT_INK) -> QPixmap:
    """A drawing in a colour.

    Args:
        path: an SVG with QGIS's parameters, which Qt alone paints wrongly.
        color: of the drawing, ``#rrggbb``.
        side: width and height in pixels.
        outline: colour of the outline, where the drawing has one.
    """
    image, _ = QgsApplication.svgCache().svgAsImage(
        str(path), side, QColor(color), QColor(outline), 0.0, side / _VIEW_BOX
    )
    return QPixmap.fromImage(image)


def category_icon(category: str, color: str, side: int = 48) -> QIcon:
    """A category's pictogram in a colour, for lists and trees.

    Args:
        category: its code.
        color: usually the colour of the widget's text, so that it shows in dark themes.
        side: width and height in pixels.
    """
    return QIcon(painted(pictogram(category), color, side))
