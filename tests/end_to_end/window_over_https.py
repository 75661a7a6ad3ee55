"""Runs inside QGIS, before a service whose certificate nobody vouches for: the person before QGIS's question.

The person refuses, then saves an exception, then synchronises once more.
"""

from __future__ import annotations

from typing import Any

import desk_startup  # noqa: F401  (stores the connection and opens it)
from person_in_window import PersonInWindow
from qgis.PyQt.QtWidgets import QApplication, QGroupBox, QPushButton


class Person(PersonInWindow):
    """Answers QGIS's questions about the certificate."""

    def look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None and dialog.objectName() == "QgsAuthSslErrorsDialog":
            self.asked += 1
            self.answer(dialog)
        else:
            super().look()

    def answer(self, dialog: Any) -> None:
        """Refuse the first time, then save an exception."""
        wanted = "Save && Ignore" if self.ended else "Abort"
        if self.ended:
            dialog.findChild(QGroupBox, "grpbxSslConfig").setChecked(True)
        next(one for one in dialog.findChildren(QPushButton) if one.text() == wanted).click()


person = Person(3)
