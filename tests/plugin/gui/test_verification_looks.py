"""The verification dock at 360 pixels, in both languages and in the dark: all of it can be read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from desk import wait_for
from looks import WIDTH, nameless, unreadable
from qgis.gui import QgsScrollArea
from verification_hands import choose, choose_entry, entries, some

from kmzb_qgis_plugin.gui.verification_dock import VerificationDock


@pytest.fixture
def dock(language: str, theme: str, open_verification: Callable[..., VerificationDock]) -> VerificationDock:
    made = open_verification()
    made.session.language = language
    made.session.catalogueChanged.emit()
    made.resize(WIDTH, 900)
    return made


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
    choose_entry(dock.outbox)
    assert dock.widget().minimumSizeHint().width() <= WIDTH


def test_every_text_can_be_read(dock: VerificationDock) -> None:
    decide_everything_there_is(dock)
    assert unreadable(dock) == []


def test_every_control_has_a_name(dock: VerificationDock) -> None:
    decide_everything_there_is(dock)
    assert nameless(dock) == []
