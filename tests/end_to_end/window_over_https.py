"""Runs inside QGIS, before a service whose certificate nobody vouches for: the person before QGIS's question.

The person refuses, then saves an exception, then synchronises once more. How each of the three ended is
written to the file ``KMZB_TEST_SAID``.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import desk_startup  # noqa: F401  (stores the connection and opens it)
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication, QGroupBox, QPushButton
from qgis.utils import iface, plugins

LOOK_MILLISECONDS = 200
PATIENCE_LOOKS = 300
STEPS = 3


class Person:
    """Answers QGIS's questions, and synchronises again when the plugin has come to rest."""

    def __init__(self) -> None:
        self.ended: list[dict[str, Any]] = []
        self.asked = self.looks = 0
        self.timer = QTimer()
        self.timer.timeout.connect(self.look)
        self.timer.start(LOOK_MILLISECONDS)

    def look(self) -> None:
        self.looks += 1
        dialog = QApplication.activeModalWidget()
        session = plugins["kmzb_qgis_plugin"].session
        if dialog is not None and dialog.objectName() == "QgsAuthSslErrorsDialog":
            self.asked += 1
            self.answer(dialog)
        elif self.looks > PATIENCE_LOOKS:
            self.leave()
        elif session.connection is not None and not session.syncing:
            self.note(session)

    def answer(self, dialog: Any) -> None:
        """Refuse the first time, then save an exception."""
        wanted = "Save && Ignore" if self.ended else "Abort"
        if self.ended:
            dialog.findChild(QGroupBox, "grpbxSslConfig").setChecked(True)
        next(one for one in dialog.findChildren(QPushButton) if one.text() == wanted).click()

    def note(self, session: Any) -> None:
        """Write down how a step ended, and take the next one."""
        layer = session.layers.layer("citizen")
        message = iface.messageBar().currentItem()
        self.ended.append(
            {
                "asked": self.asked,
                "told": "" if session.last_error is None or message is None else message.text(),
                "threats": None if layer is None else layer.featureCount(),
            }
        )
        self.asked = 0
        iface.messageBar().clearWidgets()
        if len(self.ended) < STEPS:
            session.sync()
        else:
            self.leave()

    def leave(self) -> None:
        self.timer.stop()
        Path(os.environ["KMZB_TEST_SAID"]).write_text(json.dumps(self.ended), encoding="utf-8")
        QgsProject.instance().setDirty(False)  # nobody is there to be asked
        iface.actionExit().trigger()


person = Person()
