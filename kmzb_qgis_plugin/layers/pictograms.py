"""The drawings of the map: pictograms of categories, markers behind them, signs of statuses."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtGui import QColor, qGray

from kmzb_qgis_plugin.paths import resource

UNKNOWN = "unknown"
BLANK = "blank"
DARK_INK = "#26262a"
LIGHT_INK = "#ffffff"

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
