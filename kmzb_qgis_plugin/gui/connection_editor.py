"""One connection: name, address and sign-in, with a test."""

from __future__ import annotations

import html
from dataclasses import replace
from urllib.parse import urlsplit

from qgis.core import QgsApplication
from qgis.gui import QgsAuthConfigSelect, QgsFilterLineEdit, QgsMessageBar
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin.client.qgis_adapter import unlocked
from kmzb_qgis_plugin.client.service_client import Identity
from kmzb_qgis_plugin.gui.connection_test import ConnectionTest
from kmzb_qgis_plugin.gui.messages import Messages, problem_text, reported
from kmzb_qgis_plugin.gui.words import role_name, scope_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.settings import Connection

LOOPBACK = ("localhost", "127.0.0.1", "::1")


class ConnectionEditor(QDialog):
    """Edits a connection. :meth:`connection` is what stands in the fields."""

    def __init__(self, connection: Connection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("KMZB Connection"))
        self.bar = QgsMessageBar()
        self.messages = Messages(self.bar)
        self._edited = connection
        self._test: ConnectionTest | None = None

        self.name = QgsFilterLineEdit()
        self.name.setText(connection.name)
        self.url = QgsFilterLineEdit()
        self.url.setText(connection.url)
        self.url.setPlaceholderText("https://")
        self.sign_in = QgsAuthConfigSelect()
        self.sign_in.setConfigId(connection.authcfg)
        form = QFormLayout()
        form.addRow(tr("&Name"), self.name)
        form.addRow(tr("&Address"), self.url)
        form.addRow(tr("&Sign-in"), self.sign_in)

        self.test_button = QPushButton(tr("&Test"))
        self.test_button.clicked.connect(self._start_or_stop_test)
        self.result = QLabel()
        self.result.setTextFormat(Qt.TextFormat.RichText)
        self.result.setWordWrap(True)
        self.result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        testing = QHBoxLayout()
        testing.addWidget(self.test_button, 0, Qt.AlignmentFlag.AlignTop)
        testing.addWidget(self.result, 1)

        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.bar)
        layout.addLayout(form)
        layout.addLayout(testing)
        layout.addStretch()
        layout.addWidget(self.buttons)
        self.resize(460, 240)
        self.name.textChanged.connect(self._check)
        self.url.textChanged.connect(self._check)
        self._check()

    def connection(self) -> Connection:
        """The connection as the fields have it; of the sign-in only the configuration's id."""
        return replace(
            self._edited,
            name=self.name.text().strip(),
            url=self.url.text().strip().rstrip("/"),
            authcfg=self.sign_in.configId(),
        )

    def done(self, result: int) -> None:
        """Stop the test when the dialog goes."""
        self._stop_test()
        super().done(result)

    @reported
    def _check(self) -> None:
        entry = self.connection()
        valid = is_valid_address(entry.url)
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(bool(entry.name) and valid)
        self.test_button.setEnabled(valid)
        if entry.url and not valid:
            self._tell(tr("The address must begin with https:// and name a server."))
        elif valid and is_open_to_eavesdropping(entry.url):
            self._tell(
                tr("With http:// anyone on the network can read the data and the sign-in. Use https://.")
            )
        else:
            self.result.clear()

    @reported
    def _start_or_stop_test(self) -> None:
        if self._test is not None:
            self._stop_test()
            self._tell(tr("The test was cancelled."))
            return
        # Asked here: the test runs in the background, from where nobody may be asked.
        unlocked(self.sign_in.configId(), ask=True)
        self._test = ConnectionTest(self.connection())
        self._test.passed.connect(self._passed)
        self._test.failed.connect(self._failed)
        self.test_button.setText(tr("&Cancel Test"))
        self._tell(tr("Asking the service…"))
        QgsApplication.taskManager().addTask(self._test)

    @reported
    def _passed(self, identity: Identity) -> None:
        self._end_test()
        self._tell(
            tr("The connection works."),
            tr("Signed in as {} ({})").format(identity.name, role_name(identity.role)),
            tr("Unit {}").format(identity.unit) if identity.unit else "",
            tr("You see {}").format(scope_text(identity.scope)),
            tr("Service version {}").format(identity.service_version),
        )

    @reported
    def _failed(self, error: Exception) -> None:
        self._end_test()
        self._tell(problem_text(error))

    def _tell(self, *lines: str) -> None:
        """Show lines; the first of several stands out."""
        first, *others = (html.escape(line) for line in lines if line)
        self.result.setText("<br>".join([f"<b>{first}</b>" if others else first, *others]))

    def _stop_test(self) -> None:
        if self._test is not None:
            self._test.passed.disconnect()
            self._test.failed.disconnect()
            self._test.cancel()
        self._end_test()

    def _end_test(self) -> None:
        self._test = None
        self.test_button.setText(tr("&Test"))


def is_valid_address(url: str) -> bool:
    """Whether it is an http or https address with a server in it."""
    try:
        parts = urlsplit(url)
        port_is_good = parts.port is None or parts.port > 0
    except ValueError:  # a port or an IPv6 address that is none
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in url and port_is_good


def is_open_to_eavesdropping(url: str) -> bool:
    """Whether data would go unencrypted over a network."""
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname not in LOOPBACK
