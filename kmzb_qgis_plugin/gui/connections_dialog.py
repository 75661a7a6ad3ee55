"""The services that the user works with."""

from __future__ import annotations

from qgis.gui import QgsMessageBar
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.gui.connection_editor import ConnectionEditor
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.words import unsent_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.settings import Connection

ID_ROLE = Qt.ItemDataRole.UserRole


class ConnectionsDialog(QDialog):
    """Chooses, adds, edits and removes connections. :attr:`chosen` is the one to open."""

    def __init__(self, open_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("KMZB Connections"))
        self.bar = QgsMessageBar()
        self.messages = Messages(self.bar)
        self.chosen: Connection | None = None

        self.list = QListWidget()
        self.list.setAccessibleName(tr("Connections"))
        self.list.itemDoubleClicked.connect(self._open)
        self.list.currentRowChanged.connect(self._enable)
        self.new_button = QPushButton(tr("&New…"))
        self.edit_button = QPushButton(tr("&Edit…"))
        self.remove_button = QPushButton(tr("&Remove…"))
        side = QVBoxLayout()
        for button, slot in (
            (self.new_button, self._new),
            (self.edit_button, self._edit),
            (self.remove_button, self._remove),
        ):
            button.clicked.connect(slot)
            button.setAutoDefault(False)
            side.addWidget(button)
        side.addStretch()
        columns = QHBoxLayout()
        columns.addWidget(self.list, 1)
        columns.addLayout(side)

        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.open_button = self.buttons.addButton(tr("&Open"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.open_button.setDefault(True)
        self.buttons.accepted.connect(self._open)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.bar)
        layout.addLayout(columns)
        layout.addWidget(self.buttons)
        self.resize(460, 300)
        self._fill(open_id or settings.last_connection())
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, current_id: str) -> None:
        self.list.clear()
        for entry in settings.connections():
            item = QListWidgetItem(entry.name, self.list)
            item.setData(ID_ROLE, entry.id)
            item.setToolTip(entry.url)
            if entry.id == current_id:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self._enable()

    def _current(self) -> Connection | None:
        item = self.list.currentItem()
        return settings.connection(item.data(ID_ROLE)) if item else None

    @reported
    def _enable(self) -> None:
        for button in (self.edit_button, self.remove_button, self.open_button):
            button.setEnabled(self.list.currentItem() is not None)

    @reported
    def _new(self) -> None:
        self._run_editor(Connection.new("", ""))

    @reported
    def _edit(self) -> None:
        entry = self._current()
        if entry is not None:
            self._run_editor(entry)

    def _run_editor(self, entry: Connection) -> None:
        if edit_connection(entry, self):
            self._fill(entry.id)

    @reported
    def _remove(self) -> None:
        entry = self._current()
        if entry is not None and remove_connection(entry, self):
            self._fill("")

    @reported
    def _open(self) -> None:
        self.chosen = self._current()
        if self.chosen is not None:
            self.accept()


def edit_connection(entry: Connection, parent: QWidget) -> bool:
    """Let the person edit a connection, or a new one; return whether it was saved."""
    editor = ConnectionEditor(entry, parent)
    try:
        saved = editor.exec() == QDialog.DialogCode.Accepted
        if saved:
            settings.save_connection(editor.connection())
        return saved
    finally:
        editor.deleteLater()


def remove_connection(entry: Connection, parent: QWidget) -> bool:
    """Ask whether to forget a connection; return whether it was done."""
    from kmzb_qgis_plugin.replica.outbox import Outbox

    question = tr("Remove the connection “{}”? The data loaded from it stay on this computer.").format(
        entry.name
    )
    unsettled = Outbox.unsettled(settings.workspace_folder(entry))
    if unsettled:
        warning = tr("Not settled yet: {}. Without the connection they are not sent.")
        question = f"{question}\n\n{warning.format(unsent_text(unsettled))}"
    answer = QMessageBox.question(
        parent,
        tr("Remove Connection"),
        question,
        QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No,
        QMessageBox.StandardButton.No,
    )
    if answer != QMessageBox.StandardButton.Yes:
        return False
    settings.delete_connection(entry.id)
    return True
