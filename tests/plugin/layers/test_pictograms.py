"""Every category has a drawing of its own that paints."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage
from qgis.PyQt.QtSvg import QSvgRenderer

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.layers.pictograms import (
    DARK_INK,
    LIGHT_INK,
    ink_on,
    marker,
    pictogram,
    sign,
)
from kmzb_qgis_plugin.paths import resource
from tests.plugin.sample_replica import catalogue_json

CODES = [category["code"] for category in catalogue_json()["categories"]]
SIGNS = [status["symbol"]["sign"] for status in catalogue_json()["statuses"]]
SIDE = 48


def _painted(path: Path, color: str, side: int) -> QImage:
    """A drawing in a colour, as QGIS paints it."""
    box = QSvgRenderer(str(path)).defaultSize().width()
    image, _ = QgsApplication.svgCache().svgAsImage(
        str(path), side, QColor(color), QColor(color), 0.0, side / box
    )
    return image


def _alpha(image: QImage) -> list[int]:
    return [image.pixelColor(x, y).alpha() for y in range(image.height()) for x in range(image.width())]


def _coverage(image: QImage) -> float:
    """Share of the picture that is painted."""
    alphas = _alpha(image)
    return sum(alphas) / 255 / len(alphas)


@pytest.mark.parametrize("code", CODES)
def test_category_has_its_own_pictogram_in_the_common_box(code: str) -> None:
    path = pictogram(code)
    assert path.stem == code
    renderer = QSvgRenderer(str(path))
    assert renderer.isValid()
    assert renderer.defaultSize() == QSize(24, 24)


@pytest.mark.parametrize("code", CODES)
def test_pictogram_takes_the_colour_and_fills_its_box_evenly(qgis_app: object, code: str) -> None:
    image = _painted(pictogram(code), "#d7263d", SIDE)
    assert 0.12 < _coverage(image) < 0.62, "too thin or too heavy beside the others"
    colors = {
        image.pixelColor(x, y).name()
        for y in range(SIDE)
        for x in range(SIDE)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert colors == {"#d7263d"}
    edge = [image.pixelColor(i, j).alpha() for i in range(SIDE) for j in (0, SIDE - 1)]
    edge += [image.pixelColor(j, i).alpha() for i in range(SIDE) for j in (0, SIDE - 1)]
    assert max(edge) < 128, "the drawing is cut off at its box"


def test_no_two_pictograms_look_the_same_at_15_pixels(qgis_app: object) -> None:
    small = {code: _alpha(_painted(pictogram(code), "#000000", 15)) for code in CODES}
    for index, code in enumerate(CODES):
        for other in CODES[index + 1 :]:
            pairs = zip(small[code], small[other], strict=True)
            difference = sum(abs(a - b) for a, b in pairs) / 255 / 225
            assert difference > 0.08, f"{code} and {other} cannot be told apart"


@pytest.mark.parametrize("name", [*SIGNS, "police", "community", "pending"])
def test_marker_is_drawn(qgis_app: object, name: str) -> None:
    assert marker(name).stem == name
    assert _coverage(_painted(marker(name), "#1f3a68", SIDE)) > 0.05


def test_signs_differ_without_their_colours(qgis_app: object) -> None:
    shapes = {name: _alpha(_painted(sign(name), "#000000", 9)) for name in SIGNS}
    for index, name in enumerate(SIGNS):
        for other in SIGNS[index + 1 :]:
            pairs = zip(shapes[name], shapes[other], strict=True)
            assert sum(abs(a - b) for a, b in pairs) / 255 / 81 > 0.06, f"{name} and {other}"


def test_unknown_codes_fall_back() -> None:
    assert pictogram("not_in_any_catalogue").stem == "unknown"
    assert marker("spiral").stem == "circle"
    assert sign("spiral").stem == "circle"


def test_ink_is_legible_on_every_status(catalogue: Catalogue) -> None:
    inks = {status.code: ink_on(status.symbol_color) for status in catalogue.statuses}
    assert inks["verification"] == inks["mistake"] == DARK_INK
    assert inks["confirmed"] == inks["eliminated"] == LIGHT_INK


def test_plugin_icon_is_in_colour(qgis_app: object) -> None:
    image = _painted(resource("icons", "kmzb.svg"), "#000000", 64)
    assert any(image.pixelColor(x, y).name() == "#d7263d" for x in range(64) for y in range(64))
