"""The part of the options that concerns the work at the desk: undo, links about a place, whom to ask."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFormLayout, QLabel, QLineEdit, QWidget

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.links import PLACEHOLDERS, link_fault
from kmzb_qgis_plugin.gui.number_box import NumberBox
from kmzb_qgis_plugin.i18n import tr

MOST_SECONDS = 120


class DeskOptions(QWidget):
    """Edits preferences; :meth:`apply` keeps them. A link that is not valid stays as it was."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.undo = NumberBox()
        self.undo.setRange(0, MOST_SECONDS)
        self.undo.setSuffix(tr(" s"))
        self.undo.setSpecialValueText(tr("Send at once"))
        self.undo.setValue(settings.undo_seconds())
        self.street, self.geoportal = QLineEdit(settings.street_link()), QLineEdit(settings.geoportal_link())
        self.coordinator = QLineEdit(settings.coordinator_email())
        self.coordinator.setToolTip(tr("Whom to ask about the map; it stands in “About KMZB”"))
        self.fault = QLabel()
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.setWordWrap(True)
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        for line in (self.street, self.geoportal):
            line.setCursorPosition(0)  # where a link leads is said at its beginning
            line.setToolTip(tr("An address with {}; empty for no link").format(known))
            line.textChanged.connect(self._check)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(tr("Decisions can be &undone for"), self.undo)
        form.addRow(tr("Link to a st&reet view"), self.street)
        form.addRow(tr("Link to a &geoportal"), self.geoportal)
        form.addRow(self.fault)
        form.addRow(tr("Coordinator's e-&mail"), self.coordinator)
        self._check()

    def apply(self) -> None:
        """Keep what was entered."""
        settings.set_preference("undo_seconds", self.undo.value())
        settings.set_preference(settings.COORDINATOR_EMAIL, self.coordinator.text().strip())
        for key, line in ((settings.STREET_LINK, self.street), (settings.GEOPORTAL_LINK, self.geoportal)):
            text = line.text().strip()
            if not text or not link_fault(text):
                settings.set_preference(key, text)

    def _check(self) -> None:
        """Say what is wrong with a link while it is being written."""
        texts = [line.text().strip() for line in (self.street, self.geoportal)]
        fault = next((fault for text in texts if text and (fault := link_fault(text))), "")
        if fault == "address":
            self.fault.setText("⚠ " + tr("A link begins with https:// and names a server."))
        elif fault:
            self.fault.setText("⚠ " + tr("There is no {} for a link.").format(f"{{{fault}}}"))
        self.fault.setVisible(bool(fault))
