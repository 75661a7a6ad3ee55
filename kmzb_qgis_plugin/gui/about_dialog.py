"""What this is, what it is not for, and whom to ask."""

from __future__ import annotations

import configparser
import html

from qgis.core import Qgis
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QIcon, QShowEvent
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.paths import metadata, resource

ICON_SIZE = QSize(64, 64)
WIDTH = 420
"""Pixels at least."""


def plugin_metadata() -> dict[str, str]:
    """Name, version and the rest, from ``metadata.txt``, their only place."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(metadata(), encoding="utf-8")
    return dict(parser["general"])


class AboutDialog(QDialog):
    """Version, the notice that the map is not for emergencies, and the coordinator's address."""

    def __init__(self, service_version: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        facts = plugin_metadata()
        self.setWindowTitle(tr("About KMZB"))
        icon = QLabel()
        icon.setPixmap(QIcon(str(resource("icons", "kmzb.svg"))).pixmap(ICON_SIZE))
        icon.setAlignment(Qt.AlignmentFlag.AlignTop)

        texts = QVBoxLayout()
        texts.setSpacing(12)
        texts.addWidget(
            _text(f"<h3>{html.escape(facts['name'])}</h3>" + self._versions(facts, service_version))
        )
        notice = tr("The map is not for cases that need urgent intervention. Then call 112 or 997.")
        texts.addWidget(_text(f"<b>{html.escape(notice)}</b>"))
        texts.addWidget(_text(_whom_to_ask()))
        texts.addWidget(
            _text(html.escape(tr("Free software under the licence {}.").format(facts["license"])))
        )
        texts.addStretch()

        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(icon)
        columns.addLayout(texts, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(columns)
        layout.addWidget(buttons)
        self.setMinimumWidth(WIDTH)

    def showEvent(self, event: QShowEvent) -> None:
        """Make room for all lines: only now it is known how high the theme makes them."""
        self.resize(self.width(), max(self.height(), self.layout().heightForWidth(self.width())))
        super().showEvent(event)

    @staticmethod
    def _versions(facts: dict[str, str], service_version: str) -> str:
        lines = [tr("Version {}, QGIS {}").format(facts["version"], Qgis.QGIS_VERSION)]
        if service_version:
            lines.append(tr("Service version {}").format(service_version))
        return "<br>".join(html.escape(line) for line in lines)


def _whom_to_ask() -> str:
    address = html.escape(settings.coordinator_email())
    text = html.escape(tr("Questions about the map go by e-mail to the map's coordinator."))
    if address:
        return f'{text} <a href="mailto:{address}">{address}</a>'
    missing = tr("The address can be entered in QGIS's options, under KMZB; it is not there yet.")
    return f"{text} {html.escape(missing)}"


def _text(markup: str) -> QLabel:
    label = QLabel(markup)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setOpenExternalLinks(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    return label
