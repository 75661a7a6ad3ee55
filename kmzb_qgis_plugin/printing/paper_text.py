"""Text on paper: numbers, and words that are to fit into a box."""

from __future__ import annotations

from typing import Final

from qgis.core import QgsLayoutItemLabel
from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QFont, QFontMetricsF

from kmzb_qgis_plugin.domain.period import parse_instant, warsaw
from kmzb_qgis_plugin.domain.sentence import date_text

MILLIMETRES_PER_POINT: Final = 25.4 / 72
LINE_HEIGHT: Final = 1.25
"""Height of a line of text, as a multiple of its size."""

# Fonts are measured large and scaled down, so that no screen's resolution plays a part.
_MEASURED_PIXELS: Final = 100
_SMALLEST_POINTS: Final = 5.0
_STEP_POINTS: Final = 0.5


def number_text(number: int, lang: str) -> str:
    """A number with its thousands apart."""
    return f"{number:,}".replace(",", "\u00a0" if lang[:2].lower() == "pl" else ",")


def moment_text(instant: str | None, lang: str) -> str:
    """An instant on a Polish clock, as it is written in the language; empty for none."""
    if not instant:
        return ""
    local = warsaw(parse_instant(instant))
    return f"{date_text(local.date(), lang)} {local:%H:%M}"


def text_width(text: str, font: QFont, points: float) -> float:
    """The width of a line of text in millimetres, at a size in points."""
    return float(_metrics(font).horizontalAdvance(text) * _millimetres_per_pixel(points))


def broken_into_lines(text: str, font: QFont, points: float, width: float, most: int) -> list[str]:
    """Break text at its spaces; what does not fit into the last line ends with an ellipsis.

    Args:
        text: what to break.
        font: its family and weight.
        points: its size.
        width: of a line, in millimetres.
        most: number of lines.
    """
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most - 1:
        line = words.pop(0)
        while words and text_width(f"{line} {words[0]}", font, points) <= width:
            line += " " + words.pop(0)
        lines.append(line)
    if words:
        lines.append(" ".join(words))
    pixels = width / _millimetres_per_pixel(points)
    return [_metrics(font).elidedText(line, Qt.TextElideMode.ElideRight, pixels) for line in lines]


def fit_label(label: QgsLayoutItemLabel) -> None:
    """Let a label's text fit its box: in a smaller size where the template's is too large."""
    text = label.currentText()
    font, size = type_of(label)
    # The label keeps a margin on each side, and layouts measure a little wider than fonts do.
    width = (label.rect().width() - 2 * label.marginX()) * 0.98
    height = label.rect().height() - 2 * label.marginY()
    points = size
    while points > _SMALLEST_POINTS and not _fits(text, font, points, width, height):
        points -= _STEP_POINTS
    if points != size:
        resize_type(label, points)


def type_of(label: QgsLayoutItemLabel) -> tuple[QFont, float]:
    """A label's font and its size in points."""
    if hasattr(label, "textFormat"):  # QGIS 3.24 on
        return label.textFormat().font(), float(label.textFormat().size())
    return label.font(), float(label.font().pointSizeF())


def resize_type(label: QgsLayoutItemLabel, points: float) -> None:
    """Set the size of a label's type in points."""
    if hasattr(label, "setTextFormat"):
        text = label.textFormat()
        text.setSize(points)
        label.setTextFormat(text)
    else:
        font = label.font()
        font.setPointSizeF(points)
        label.setFont(font)


def _fits(text: str, font: QFont, points: float, width: float, height: float) -> bool:
    pixel = _millimetres_per_pixel(points)
    box = QRectF(0, 0, width / pixel, 100_000)
    needed = _metrics(font).boundingRect(box, Qt.TextFlag.TextWordWrap, text)
    return bool(needed.height() * pixel <= height and needed.width() * pixel <= width)


def _metrics(font: QFont) -> QFontMetricsF:
    measured = QFont(font)
    measured.setPixelSize(_MEASURED_PIXELS)
    return QFontMetricsF(measured)


def _millimetres_per_pixel(points: float) -> float:
    return points * MILLIMETRES_PER_POINT / _MEASURED_PIXELS
