"""What can be said of a window's looks without a person: what is cut, unreadable, or has no name."""

from __future__ import annotations

import re
from collections import Counter

from qgis.gui import QgsScrollArea
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QImage
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

WIDTH = 360
"""Pixels that every dock and form must do with."""
SPARE = 2
"""Pixels below a text that may lack without anything of it being lost."""
LIGHT_ENOUGH = 3.0
"""The contrast of large text and signs that WCAG asks for."""


def luminance(color: QColor) -> float:
    parts = [part / 255 for part in (color.red(), color.green(), color.blue())]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(image: QImage) -> float:
    """Between the lightest and the darkest of what is painted."""
    levels = [luminance(image.pixelColor(x, y)) for x in range(image.width()) for y in range(image.height())]
    return (max(levels) + 0.05) / (min(levels) + 0.05)


def shown(window: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [one for one in window.findChildren(kind) if one.isVisible() and one.width() > 4]


def unreadable(window: QWidget) -> list[str]:
    """Texts that hardly stand out from their ground."""
    texts = [one for one in [*shown(window, QLabel), *shown(window, QAbstractButton)] if one.text()]
    return [one.text() for one in texts if one.isEnabled() and contrast(one.grab().toImage()) < LIGHT_ENOUGH]


def nameless(window: QWidget) -> list[str]:
    """Buttons that say nothing to whoever hears the window."""
    buttons = [
        one
        for one in shown(window, QAbstractButton)
        # QGIS's own have none
        if one.objectName() != "collapseButton" and not isinstance(one.parent(), QLineEdit)
    ]
    named = [one for one in buttons if one.text() or one.accessibleName() or one.toolTip()]
    return [f"{type(one.parent()).__name__}.{type(one).__name__}" for one in buttons if one not in named]


def cut(window: QWidget) -> list[str]:
    """Texts that are given less room than they take, with no other way to read the rest."""
    found = []
    for kind in (QLabel, QPushButton, QCheckBox, QRadioButton):
        for one in shown(window, kind):
            wraps = isinstance(one, QLabel) and one.wordWrap()
            needed = one.heightForWidth(one.width()) if wraps else one.sizeHint().width()
            given = one.height() if wraps else one.width()
            if one.text() and not one.toolTip() and needed > given + SPARE:
                found.append(f"{one.text()!r} has {given} of {needed}")
    for area in shown(window, QgsScrollArea):
        needed, given = area.widget().minimumSizeHint().width(), area.viewport().width()
        hidden = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if hidden and needed > given:
            found.append(f"a scrolled part has {given} of {needed}")
    return found


def clashing(window: QWidget) -> list[str]:
    """Letters that would lead to two places at once."""
    letters: Counter[str] = Counter()
    for one in [*shown(window, QLabel), *shown(window, QAbstractButton)]:
        if isinstance(one, QLabel) and one.buddy() is None:
            continue
        letters.update(letter.lower() for letter in re.findall("&(.)", one.text().replace("&&", "")))
    return [letter for letter, number in letters.items() if number > 1]
