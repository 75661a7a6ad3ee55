"""Dates as people type them, in the format of each language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QDate, QDateTime, QPoint, Qt, QTime
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget
from verification_hands import LEFT

from kmzb_qgis_plugin.gui.typed_dates import DateEdit, DateTimeEdit

NOVEMBER = QDateTime(QDate(2026, 11, 26), QTime(4, 20))


@pytest.fixture
def window(language: str, qgis_app: QgsApplication) -> Iterator[QWidget]:
    """A window with a field to come from, a day and a moment."""
    made = QWidget()
    column = QVBoxLayout(made)
    for field in (DateEdit(), DateEdit(), DateTimeEdit()):
        field.setAllowNull(True)
        field.setNullRepresentation("–")
        field.clear()
        column.addWidget(field)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    made.findChild(DateEdit).setFocus()
    yield made
    made.close()
    made.deleteLater()


def enter(field: DateEdit | DateTimeEdit, how: str) -> None:
    """Come to a field: with nothing in it, or with another date."""
    if how.startswith("filled"):
        field.setDateTime(NOVEMBER)
    if how.endswith("click"):
        x = field.lineEdit().width() // 2 if how.startswith("empty") else 8
        QTest.mouseClick(field.lineEdit(), LEFT, pos=QPoint(x, field.lineEdit().height() // 2))
    else:
        while not field.hasFocus():
            QTest.keyClick(QgsApplication.focusWidget(), Qt.Key.Key_Tab)


DAYS = {
    "01.03.2023": (2023, 3, 1),
    "1.3.2023": (2023, 3, 1),
    "01032023": (2023, 3, 1),
    "1,3,2023": (2023, 3, 1),  # a Polish keypad
    "31.12.2023": (2023, 12, 31),  # after a month of 30 days
    "29.02.2024": (2024, 2, 29),  # after a year that has no such day
}


@pytest.mark.parametrize("how", ["empty by key", "empty by click", "filled by key", "filled by click"])
def test_a_typed_day_is_the_day_that_was_meant(window: QWidget, language: str, how: str) -> None:
    field = window.findChildren(DateEdit)[1]
    for typed, meant in DAYS.items():
        field.clear()
        window.findChild(DateEdit).setFocus()
        enter(field, how)
        QTest.keyClicks(field, typed if language == "pl" else typed.replace(".", "/"))
        assert field.date().toPyDate().timetuple()[:3] == meant, typed
        assert not field.isNull()


def test_a_typed_moment_is_the_moment_that_was_meant(window: QWidget, language: str) -> None:
    field = window.findChild(DateTimeEdit)
    enter(field, "empty by key")
    QTest.keyClicks(field, {"pl": "31.07.2024 23:05", "en": "31/07/2024 23:05"}[language])
    assert field.dateTime().toPyDateTime().replace(second=0, microsecond=0) == datetime(2024, 7, 31, 23, 5)


def test_one_part_is_typed_over_and_the_rest_stays(window: QWidget) -> None:
    field = window.findChildren(DateEdit)[1]
    enter(field, "filled by key")
    QTest.keyClicks(field, "07")
    assert field.date() == QDate(2026, 11, 7)
    QTest.keyClick(field, Qt.Key.Key_Up)  # led on to the month
    assert field.date() == QDate(2026, 12, 7)
    QTest.keyClicks(field, "02")
    assert field.date() == QDate(2026, 2, 7)
