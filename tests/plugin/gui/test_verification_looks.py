"""The verification dock at 360 pixels, in both languages and in the dark: all of it can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from desk import wait_for
from qgis.core import QgsApplication
from qgis.gui import QgsScrollArea
from qgis.PyQt.QtGui import QColor, QImage, QPalette
from qgis.PyQt.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from verification_hands import choose, entries, some

from kmzb_qgis_plugin.gui.verification_dock import VerificationDock

WIDTH = 360
LIGHT_ENOUGH = 3.0
"""The contrast of large text and signs that WCAG asks for."""


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, qgis_app: QgsApplication) -> Iterator[str]:
    before = QPalette(QgsApplication.palette())
    if request.param == "dark":
        dark, roles = QPalette(), QPalette.ColorRole
        for role in (roles.Window, roles.Button, roles.Base, roles.AlternateBase):
            dark.setColor(role, QColor("#2b2b2b"))
        for role in (roles.WindowText, roles.ButtonText, roles.Text):
            dark.setColor(role, QColor("#e6e6e6"))
        QgsApplication.setPalette(dark)
    yield request.param
    QgsApplication.setPalette(before)


@pytest.fixture
def dock(language: str, theme: str, open_verification: Callable[..., VerificationDock]) -> VerificationDock:
    made = open_verification()
    made.session.language = language
    made.session.catalogueChanged.emit()
    made.resize(WIDTH, 900)
    return made


def luminance(color: QColor) -> float:
    parts = [part / 255 for part in (color.red(), color.green(), color.blue())]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(image: QImage) -> float:
    """Between the lightest and the darkest of what is painted."""
    levels = [luminance(image.pixelColor(x, y)) for x in range(image.width()) for y in range(image.height())]
    return (max(levels) + 0.05) / (min(levels) + 0.05)


def shown(dock: VerificationDock, kind: type[QWidget]) -> list[QWidget]:
    return [one for one in dock.findChildren(kind) if one.isVisible() and one.width() > 4]


def decide_everything_there_is(dock: VerificationDock) -> None:
    """Open every field that the form has."""
    choose(dock, some(dock, "confirmed"))
    number = [step.to_status for step in dock.threat.form._steps].index("handed_over")
    dock.threat.form.choose_step(number)
    wait_for(lambda: not dock.session._background.busy("near"))


def test_nothing_is_wider_than_the_dock(dock: VerificationDock) -> None:
    decide_everything_there_is(dock)
    assert dock.widget().minimumSizeHint().width() <= WIDTH
    scroll = dock.threat.findChild(QgsScrollArea)
    assert scroll.widget().minimumSizeHint().width() <= scroll.viewport().width()
    dock.threat.form.fields.institution.setEditText("Wody Polskie")
    dock.threat.form.submit()
    assert len(entries(dock)) == 1
    dock.show_outbox()
    wait_for(lambda: dock.outbox.list.topLevelItemCount() == 1)
    dock.outbox.list.setCurrentItem(dock.outbox.list.topLevelItem(0))
    assert dock.widget().minimumSizeHint().width() <= WIDTH


def test_every_text_can_be_read(dock: VerificationDock) -> None:
    decide_everything_there_is(dock)
    for one in [*shown(dock, QLabel), *shown(dock, QAbstractButton)]:
        if one.isEnabled() and one.text():
            assert contrast(one.grab().toImage()) >= LIGHT_ENOUGH, one.text()


def test_every_control_has_a_name(dock: VerificationDock) -> None:
    """For whoever hears the window: a button without words says what it does in another way."""
    decide_everything_there_is(dock)
    for button in shown(dock, QAbstractButton):
        own = button.objectName() == "collapseButton" or isinstance(button.parent(), QLineEdit)
        if own:  # QGIS's
            continue
        assert button.text() or button.accessibleName() or button.toolTip(), button.parent()
