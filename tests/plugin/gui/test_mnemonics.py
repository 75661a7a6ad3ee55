"""Alt and the underlined letter, which each language has elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable

from desk import Desk
from filter_dock_hands import opened_part
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QLabel, QWidget

from kmzb_qgis_plugin.gui.filter_dock import FilterDock
from kmzb_qgis_plugin.gui.meeting_dialog import MeetingDialog
from kmzb_qgis_plugin.session import Session


def pressed(window: QWidget) -> dict[str, bool]:
    """Press the letter of each field; by its label, whether that led there."""
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    led = {}
    for label in window.findChildren(QLabel):
        letter = re.search("&(.)", label.text().replace("&&", ""))
        if letter and label.buddy() is not None and label.isVisible():
            QTest.keyClick(window, Qt.Key(ord(letter[1].upper())), Qt.KeyboardModifier.AltModifier)
            focus = QgsApplication.focusWidget()
            led[label.text()] = focus is not None and (
                focus is label.buddy() or label.buddy().isAncestorOf(focus)
            )
    return led


def test_letters_lead_to_the_fields_of_the_filter(language: str, dock: FilterDock) -> None:
    period = opened_part(dock, "PeriodPart")
    period.kind.setCurrentIndex(period.kind.findData("range"))
    opened_part(dock, "TextPart")
    led = pressed(dock)
    assert len(led) >= 5
    assert [text for text, there in led.items() if not there] == []


def test_letters_lead_to_the_fields_of_a_meeting(
    language: str, opened: Callable[..., Session], desk: Desk
) -> None:
    form = MeetingDialog(opened(), desk.canvas)
    form.show()
    led = pressed(form)
    assert len(led) >= 5
    assert [text for text, there in led.items() if not there] == []
    form.reject()
