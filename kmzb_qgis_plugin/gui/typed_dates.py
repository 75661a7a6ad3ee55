"""QGIS's fields for dates, taking what is typed as it is typed."""

from __future__ import annotations

from typing import Any

from qgis.gui import QgsDateEdit, QgsDateTimeEdit
from qgis.PyQt.QtCore import QDate, QDateTime
from qgis.PyQt.QtGui import QFocusEvent, QKeyEvent

YEAR_DIGITS, OTHER_DIGITS = 4, 2
SEPARATORS = ".,-/: "
"""Whatever the format has: a keypad offers one of them, and people are used to another."""


class _Typed:
    """Digits replace the part of the date in which they are typed, and a separator leads on once.

    Qt drops digits that are typed into a part which has all of its own, goes one part too far where a
    separator follows digits that have led on already, and cuts the 31st down to the month that stood there
    before: ``01.03.2023`` became a day of the year 320, ``31.12.2023`` the 30th.
    """

    _typing = _led_on = False
    _day = ""
    """What was typed as the day, until the year is there or something else is done."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._typing, self._led_on, self._day = False, False, ""
        super().focusInEvent(event)  # type: ignore[misc]

    def keyPressEvent(self: Any, event: QKeyEvent) -> None:
        text = event.text()
        if text.isdigit() and self.isNull() and not self._typing:
            self.setSelectedSection(self.sectionAt(0))  # wherever the pointer came down in nothing
        section = self.currentSection()
        separates = bool(text) and text in SEPARATORS
        led_on, self._led_on = self._led_on, False
        if separates:
            if not led_on and self.currentSectionIndex() + 1 < self.sectionCount():
                self.setSelectedSection(self.sectionAt(self.currentSectionIndex() + 1))
                self._keep_day()
            return
        if text.isdigit():
            self._begin_anew(section)
            if section == self.Section.DaySection:
                self._day += text
        else:
            self._day = ""
        self._typing = text.isdigit()
        super().keyPressEvent(event)  # type: ignore[misc]
        moved = self.currentSection() != section
        self._led_on = text.isdigit() and moved
        whole = section == self.Section.YearSection and len(self.sectionText(section)) == YEAR_DIGITS
        if moved or whole:
            self._keep_day()
        if whole:
            self._day = ""

    def _begin_anew(self: Any, section: Any) -> None:
        """Have the next digit replace a part that has all its digits."""
        shown = self.sectionText(section)
        digits = YEAR_DIGITS if section == self.Section.YearSection else OTHER_DIGITS
        if len(shown) >= digits:
            self.setSelectedSection(section)
            if section == self.Section.DaySection:
                self._day = ""

    def _keep_day(self: Any) -> None:
        """Put the day that was typed in place of one that Qt has cut down."""
        now, section = self.dateTime(), self.currentSection()
        wanted = QDate(now.date().year(), now.date().month(), int(self._day or 0))
        if wanted.isValid() and wanted != now.date():
            self.setDateTime(QDateTime(wanted, now.time()))
            self.setSelectedSection(section)


class DateEdit(_Typed, QgsDateEdit):
    """A day."""


class DateTimeEdit(_Typed, QgsDateTimeEdit):
    """A day and a time of day."""
