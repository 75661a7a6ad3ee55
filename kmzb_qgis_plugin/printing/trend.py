"""The small chart of a print: threats month by month."""

from __future__ import annotations

import base64
import html
from collections.abc import Sequence
from typing import Final

from kmzb_qgis_plugin.printing.paper_text import number_text

_UNIT: Final = 10.0  # of the drawing to a millimetre: SVG's renderer rounds small numbers
_BAR, _NEWEST, _KEPT_BACK, _INK, _QUIET = "#9fb3cc", "#1f3a68", "#d9dde1", "#22272c", "#5b6269"
_GAP_SHARE: Final = 0.28


def trend_chart(
    months: Sequence[tuple[str, int | None]],
    width: float,
    height: float,
    points: float,
    family: str,
    lang: str,
) -> str:
    """Draw bars by month, as SVG.

    The newest is dark, as is the same month of the year before; a number that is kept back is a
    stub without a number.

    Args:
        months: month ``YYYY-MM`` and its number, the oldest first; None for a number kept back.
        width: of the drawing, in millimetres.
        height: of the drawing, in millimetres.
        points: size of type.
        family: of type.
        lang: of numbers.
    """
    type_size = points * 25.4 / 72
    base = height - type_size * 1.5
    top = type_size * 1.25
    highest = max((number or 0 for _, number in months), default=0)
    step = width / max(len(months), 1)
    parts = []
    newest = months[-1][0][5:] if months else ""
    for place, (month, number) in enumerate(months):
        x, middle = place * step, (place + 0.5) * step
        share = (number or 0) / highest if highest else 0.0
        bar = (base - top) * share if number else 0.35
        strong = month[5:] == newest
        color = _KEPT_BACK if number is None else _NEWEST if strong else _BAR
        parts.append(
            f'<rect x="{_at(x + step * _GAP_SHARE / 2)}" y="{_at(base - bar)}" '
            f'width="{_at(step * (1 - _GAP_SHARE))}" height="{_at(bar)}" fill="{color}"/>'
        )
        if number is not None and (strong or number == highest):
            parts.append(
                _text(
                    middle, base - bar - type_size * 0.3, number_text(number, lang), type_size, family, _INK
                )
            )
        label = month[5:].lstrip("0")
        if label == "1" or place == 0:
            label = f"{label}.{month[2:4]}"
        parts.append(_text(middle, base + type_size * 1.1, label, type_size * 0.88, family, _QUIET))
    parts.append(f'<rect x="0" y="{_at(base)}" width="{_at(width)}" height="{_at(0.15)}" fill="{_QUIET}"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
        f'viewBox="0 0 {_at(width)} {_at(height)}">{"".join(parts)}</svg>'
    )


def as_path(svg: str) -> str:
    """The drawing as QGIS takes it where it expects a file: it stays inside the layout."""
    return "base64:" + base64.b64encode(svg.encode("utf-8")).decode("ascii")


def _text(x: float, y: float, words: str, size: float, family: str, color: str) -> str:
    return (
        f'<text x="{_at(x)}" y="{_at(y)}" font-family="{html.escape(family)}" '
        f'font-size="{_at(size)}" text-anchor="middle" fill="{color}">{html.escape(words)}</text>'
    )


def _at(millimetres: float) -> str:
    return f"{millimetres * _UNIT:.1f}"
