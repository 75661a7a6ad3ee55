"""Somebody before a real QGIS: looks at its window, acts, writes down how each step ended, and leaves."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QTimer
from qgis.utils import iface, plugins

LOOK_MILLISECONDS = 100
PATIENCE_LOOKS = 600


class PersonInWindow:
    """Looks from when the plugin has a connection open; :meth:`take_step` follows each step that ended.

    What was seen goes to the file ``KMZB_TEST_SAID``, one object for each step.
    """

    def __init__(self, steps: int) -> None:
        self.steps = steps
        self.ended: list[dict[str, Any]] = []
        self.asked = self.looks = 0
        self.timer = QTimer()
        self.timer.timeout.connect(self.look)
        self.timer.start(LOOK_MILLISECONDS)

    @property
    def session(self) -> Any:
        return plugins["kmzb_qgis_plugin"].session

    def look(self) -> None:
        self.looks += 1
        if self.looks > PATIENCE_LOOKS:
            self.leave()
        elif self.session.connection is not None and not self.session.syncing:
            self.note()

    def note(self) -> None:
        """Write down how a step ended, and take the next one."""
        layer, error = self.session.layers.layer("citizen"), self.session.last_error
        message = iface.messageBar().currentItem()
        self.ended.append(
            {
                "asked": self.asked,
                "told": "" if error is None or message is None else message.text(),
                "error": type(error).__name__,
                "threats": None if layer is None else layer.featureCount(),
            }
        )
        self.asked = 0
        iface.messageBar().clearWidgets()
        if len(self.ended) < self.steps:
            self.take_step(len(self.ended))
        else:
            self.leave()

    def take_step(self, number: int) -> None:
        """Begin the next step, counted from 0; the first one is the opening of the connection."""
        self.session.sync()

    def leave(self) -> None:
        self.timer.stop()
        Path(os.environ["KMZB_TEST_SAID"]).write_text(json.dumps(self.ended), encoding="utf-8")
        QgsProject.instance().setDirty(False)  # nobody is there to be asked
        iface.actionExit().trigger()
