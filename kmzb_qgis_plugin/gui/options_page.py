"""The plugin's page in QGIS's options: how often to synchronise, and the data on this computer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from qgis.gui import QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.gui.desk_options import DeskOptions
from kmzb_qgis_plugin.gui.icons import plugin_icon
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.number_box import NumberBox
from kmzb_qgis_plugin.gui.outside import open_outside
from kmzb_qgis_plugin.i18n import tr

if TYPE_CHECKING:
    from kmzb_qgis_plugin.session import Session
    from kmzb_qgis_plugin.settings import Connection

ID_ROLE = Qt.ItemDataRole.UserRole
MOST_MINUTES = 24 * 60
MakePage = Callable[[QWidget], "OptionsPage"]


class OptionsFactory(QgsOptionsWidgetFactory):
    """Makes the page each time the options are opened.

    Args:
        make: gets the parent.
    """

    def __init__(self, make: MakePage) -> None:
        super().__init__("KMZB", plugin_icon())
        self._make = make

    def icon(self) -> QIcon:
        return plugin_icon()

    def createWidget(self, parent: QWidget) -> OptionsPage:
        return self._make(parent)


class OptionsPage(QgsOptionsPageWidget):
    """Edits the interval; lists what is stored of each connection, to be cleared and loaded anew.

    Args:
        session: the workspace, None where there is none yet.
        messages: told what goes wrong.
        parent: QGIS's.
    """

    def __init__(self, session: Session | None, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.messages = messages
        self.minutes = NumberBox()
        self.minutes.setRange(0, MOST_MINUTES)
        self.minutes.setSuffix(tr(" min"))
        self.minutes.setSpecialValueText(tr("Never"))
        self.minutes.setValue(settings.sync_minutes())
        form = QFormLayout()
        form.addRow(tr("&Synchronise every"), self.minutes)
        self.desk = DeskOptions()
        self.list = QTreeWidget()
        self.list.setAccessibleName(tr("Connections"))
        self.list.setRootIsDecorated(False)
        self.list.setHeaderLabels([tr("Connection"), tr("Size"), tr("Synchronised")])
        self.list.currentItemChanged.connect(self._enable)
        self.rebuild_button = QPushButton(tr("&Clear and Rebuild…"))
        self.rebuild_button.clicked.connect(self._rebuild)
        self.folder_button = QPushButton(tr("&Open Folder"))
        self.folder_button.clicked.connect(self._open_folder)
        buttons = QHBoxLayout()
        buttons.addWidget(self.rebuild_button)
        buttons.addWidget(self.folder_button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.desk)
        column.addWidget(QLabel(tr("Data on this computer")))
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self._fill()

    def apply(self) -> None:
        """Keep what was entered and go by it."""
        settings.set_preference("sync_minutes", self.minutes.value())
        self.desk.apply()
        if self.session is not None:
            self.session.restart_clock()

    def _fill(self) -> None:
        from kmzb_qgis_plugin.gui.words import age_text
        from kmzb_qgis_plugin.replica.replica import stored

        self.list.clear()
        now = datetime.now(timezone.utc)
        for connection in settings.connections():
            size, synced_at = stored(settings.workspace_folder(connection))
            item = QTreeWidgetItem(
                self.list,
                [
                    connection.name,
                    QLocale().formattedDataSize(size) if size else tr("nothing"),
                    age_text(synced_at, now) if synced_at else "",
                ],
            )
            item.setData(0, ID_ROLE, connection.id)
            item.setToolTip(0, connection.url)
        self.list.setCurrentItem(self.list.topLevelItem(0))
        for index in range(self.list.columnCount()):
            self.list.resizeColumnToContents(index)
        self._enable()

    def _current(self) -> Connection | None:
        item = self.list.currentItem()
        return settings.connection(item.data(0, ID_ROLE)) if item else None

    @reported
    def _enable(self) -> None:
        connection = self._current()
        there = connection is not None and settings.workspace_folder(connection).is_dir()
        self.rebuild_button.setEnabled(there)
        self.folder_button.setEnabled(there)

    @reported
    def _rebuild(self) -> None:
        from kmzb_qgis_plugin.replica.attachments import AttachmentStore

        connection = self._current()
        if connection is None:
            return
        answer = QMessageBox.question(
            self,
            tr("Clear and Rebuild"),
            tr("Load all data of “{}” anew from the service? Your decisions and meetings are kept.").format(
                connection.name
            ),
        )
        if answer != QMessageBox.StandardButton.Yes:
            return
        AttachmentStore(settings.workspace_folder(connection)).clear()
        session = self.session
        if session is not None and session.connection is not None and session.connection.id == connection.id:
            session.rebuild()
        else:
            from kmzb_qgis_plugin.replica.replica import sweep

            sweep(settings.workspace_folder(connection), None)
        self._fill()

    @reported
    def _open_folder(self) -> None:
        connection = self._current()
        if connection is not None:
            open_outside(settings.workspace_folder(connection), self.messages)
