"""The connections in QGIS's Browser: open, synchronise, edit, remove, and make new ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsDataCollectionItem,
    QgsDataItem,
    QgsDataItemProvider,
    QgsDataProvider,
)
from qgis.gui import QgsDataItemGuiContext, QgsDataItemGuiProvider, QgsGui
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QLocale
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QMenu, QWidget

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.gui.icons import plugin_icon
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.words import moment_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.settings import Connection

NAME = "KMZB"
ROOT_PATH = "kmzb:"
PREFIX = ROOT_PATH + "/"

Command = Callable[[Connection], None]


class ConnectionItem(QgsDataItem):
    """One connection; its tip says how much is stored of it, and how old it is."""

    def __init__(self, parent: QgsDataItem, connection: Connection) -> None:
        super().__init__(Qgis.BrowserItemType.Custom, parent, connection.name, PREFIX + connection.id, NAME)
        self.setState(Qgis.BrowserItemState.Populated)
        self.setToolTip(_tip(connection))

    def icon(self) -> QIcon:
        return plugin_icon()

    def equal(self, other: QgsDataItem) -> bool:
        """Whether a refresh may leave the item as it is: QGIS looks at the path alone."""
        return super().equal(other) and (self.name(), self.toolTip()) == (other.name(), other.toolTip())


class RootItem(QgsDataCollectionItem):
    """All connections."""

    def __init__(self) -> None:
        super().__init__(None, NAME, ROOT_PATH, NAME)
        # Its children are read from the settings in the main thread, which takes no time.
        self.setCapabilitiesV2(self.capabilities2() | Qgis.BrowserItemCapability.Fast)

    def icon(self) -> QIcon:
        return plugin_icon()

    def createChildren(self) -> list[QgsDataItem]:
        items = [ConnectionItem(self, connection) for connection in settings.connections()]
        for item in items:
            sip.transferto(item, self)  # the browser owns them; Python must not delete them
        return items


class BrowserProvider(QgsDataItemProvider):
    """Adds the item of all connections to the Browser."""

    def __init__(self) -> None:
        super().__init__()
        self.root: RootItem | None = None

    def name(self) -> str:
        return NAME

    def capabilities(self) -> Any:
        """What it offers, in the type that QGIS wants: with another one it ends, as soon as it asks."""
        kinds = getattr(Qgis, "DataItemProviderCapability", None)
        if kinds is None:  # before QGIS 3.36
            return int(QgsDataProvider.DataCapability.Net)
        return Qgis.DataItemProviderCapabilities(kinds.NetworkSources)

    def createDataItem(self, path: str, _parent: QgsDataItem | None) -> QgsDataItem | None:
        if path:
            return None
        self.root = RootItem()
        sip.transferto(self.root, None)
        return self.root

    def refresh(self) -> None:
        """Show the connections as they are now."""
        if self.root is not None and not sip.isdeleted(self.root):
            self.root.refresh()


class BrowserMenus(QgsDataItemGuiProvider):
    """Context menus and double clicks of the items.

    Args:
        new: makes a connection.
        commands: texts, and what they do with a connection; a double click does the first.
    """

    def __init__(self, new: Callable[[], None], commands: Sequence[tuple[str, Command]]) -> None:
        super().__init__()
        self._new = new
        self._commands = commands

    def name(self) -> str:
        return NAME

    def populateContextMenu(
        self,
        item: QgsDataItem,
        menu: QMenu,
        _selected: list[QgsDataItem],
        _context: QgsDataItemGuiContext,
    ) -> None:
        connection = _connection_of(item)
        if item.path() == ROOT_PATH:
            menu.addAction(tr("New Connection…")).triggered.connect(lambda: self._new())
        elif connection is not None:
            for text, command in self._commands:
                menu.addAction(text).triggered.connect(partial(_do, command, connection))

    def handleDoubleClick(self, item: QgsDataItem, _context: QgsDataItemGuiContext) -> bool:
        connection = _connection_of(item)
        if connection is not None:
            self._commands[0][1](connection)
        return connection is not None


class BrowserConnections:
    """Puts the connections into the Browser, and does what is chosen there.

    Args:
        window: QGIS's.
        messages: told what goes wrong.
        opened: gives the open connection, None where none is.
        open_connection: opens one, which synchronises it too.
        synchronise: synchronises the open one.
        removed: called when a connection is no more.
    """

    def __init__(
        self,
        window: QWidget,
        messages: Messages,
        opened: Callable[[], Connection | None],
        open_connection: Command,
        synchronise: Callable[[], None],
        removed: Callable[[], None],
    ) -> None:
        self.messages = messages
        self._window = window
        self._opened = opened
        self._open_connection = open_connection
        self._synchronise = synchronise
        self._removed = removed
        self._provider = BrowserProvider()
        self._menus = BrowserMenus(
            lambda: self._edit(Connection.new("", "")),
            (
                (tr("Open"), self._open),
                (tr("Synchronise"), self._sync),
                (tr("Edit Connection…"), self._edit),
                (tr("Remove Connection…"), self._remove),
            ),
        )

    def register(self) -> None:
        """Show the item."""
        QgsApplication.dataItemProviderRegistry().addProvider(self._provider)
        QgsGui.dataItemGuiProviderRegistry().addProvider(self._menus)

    def unregister(self) -> None:
        """Take the item out of the Browser; QGIS deletes what it was given."""
        QgsGui.dataItemGuiProviderRegistry().removeProvider(self._menus)
        QgsApplication.dataItemProviderRegistry().removeProvider(self._provider)

    def refresh(self) -> None:
        """Show the connections as they are now."""
        self._provider.refresh()

    @reported
    def _open(self, connection: Connection) -> None:
        self._open_connection(connection)

    @reported
    def _sync(self, connection: Connection) -> None:
        opened = self._opened()
        if opened is not None and opened.id == connection.id:
            self._synchronise()
        else:
            self._open_connection(connection)

    @reported
    def _edit(self, connection: Connection) -> None:
        """Let the person edit a connection; the open one is opened anew with what changed."""
        from kmzb_qgis_plugin.gui.connections_dialog import edit_connection

        if not edit_connection(connection, self._window):
            return
        self.refresh()
        opened, saved = self._opened(), settings.connection(connection.id)
        if opened is not None and saved is not None and opened.id == saved.id and opened != saved:
            self._open_connection(saved)

    @reported
    def _remove(self, connection: Connection) -> None:
        from kmzb_qgis_plugin.gui.connections_dialog import remove_connection

        if remove_connection(connection, self._window):
            self.refresh()
            self._removed()


def _do(command: Command, connection: Connection, _checked: bool = False) -> None:
    command(connection)


def _connection_of(item: QgsDataItem) -> Connection | None:
    """The connection that an item stands for; None for items of others."""
    path = item.path()
    return settings.connection(path[len(PREFIX) :]) if path.startswith(PREFIX) else None


def _tip(connection: Connection) -> str:
    from kmzb_qgis_plugin.replica.replica import stored

    size, synced_at = stored(settings.workspace_folder(connection))
    lines = [connection.url]
    if size:
        lines.append(tr("On this computer: {}").format(QLocale().formattedDataSize(size)))
    if synced_at:
        # Not its age: nobody says when a tip is read.
        lines.append(tr("Data as of {}").format(moment_text(synced_at)))
    return "\n".join(lines)
