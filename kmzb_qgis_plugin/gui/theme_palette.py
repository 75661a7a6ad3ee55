"""The colours that the theme gives to text and lists, for what we paint ourselves."""

from __future__ import annotations

from functools import lru_cache

from qgis.PyQt.QtGui import QGuiApplication, QPalette
from qgis.PyQt.QtWidgets import QApplication, QTreeView


def theme_palette() -> QPalette:
    """The palette of a list as the theme has it.

    QGIS's dark themes are style sheets, which widgets of Qt's own take their colours from. The application's
    palette, which a painted widget has, goes with its text on no ground: nearly black on a dark one.
    """
    return _polished(QApplication.instance().styleSheet(), QGuiApplication.palette().cacheKey())


@lru_cache(maxsize=4)
def _polished(_style_sheet: str, _palette: int) -> QPalette:
    probe = QTreeView()
    probe.ensurePolished()
    return probe.palette()
