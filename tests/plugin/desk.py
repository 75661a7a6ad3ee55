"""A QGIS window for tests: real menus, tool bars, docks, map and message bar behind QGIS's interface."""

# Names are those of QgisInterface.
# ruff: noqa: N802, N815

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsLayerTreeModel,
    QgsLocator,
    QgsLocatorFilter,
    QgsMapLayer,
    QgsProject,
)
from qgis.gui import (
    QgsApplicationExitBlockerInterface,
    QgsBrowserGuiModel,
    QgsLayerTreeView,
    QgsMapCanvas,
    QgsMessageBar,
    QgsOptionsWidgetFactory,
    QgsStatusBar,
)
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAction, QDockWidget, QMainWindow, QMenu, QToolBar

PATIENCE_SECONDS = 30


class Desk(QObject):
    """What a plugin needs of ``QgisInterface``, done with real widgets."""

    initializationCompleted = pyqtSignal()
    layoutDesignerOpened = pyqtSignal(object)
    layoutDesignerClosed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.window = QMainWindow()
        self.canvas = QgsMapCanvas(self.window)
        self.window.setCentralWidget(self.canvas)
        self.window.resize(1200, 800)
        # Not in the window: its signs for layers would count as what a plugin leaves behind.
        self.layer_tree = QgsLayerTreeView()
        self.layer_tree.setModel(QgsLayerTreeModel(QgsProject.instance().layerTreeRoot(), self.layer_tree))
        self.bar = QgsMessageBar(self.window)
        self.status = QgsStatusBar(self.window)
        self.window.statusBar().addPermanentWidget(self.status)
        self.plugin_menu = QMenu("Plugins", self.window)
        self.window.menuBar().addMenu(self.plugin_menu)
        self.locator = QgsLocator()
        self.layouts: list[object] = []
        self.exit_blockers: list[QgsApplicationExitBlockerInterface] = []
        self.options_factories: list[QgsOptionsWidgetFactory] = []
        self.layer_actions: dict[QAction, list[str]] = {}

    def openLayoutDesigners(self) -> list[object]:
        return self.layouts

    def mainWindow(self) -> QMainWindow:
        return self.window

    def mapCanvas(self) -> QgsMapCanvas:
        return self.canvas

    def browserModel(self) -> QgsBrowserGuiModel:
        return QgsBrowserGuiModel(self)

    def activeLayer(self) -> QgsMapLayer | None:
        return self.layer_tree.currentLayer()

    def setActiveLayer(self, layer: QgsMapLayer) -> bool:
        self.layer_tree.setCurrentLayer(layer)
        return self.activeLayer() is layer

    def layerTreeView(self) -> QgsLayerTreeView:
        return self.layer_tree

    def messageBar(self) -> QgsMessageBar:
        return self.bar

    def statusBarIface(self) -> QgsStatusBar:
        return self.status

    def pluginMenu(self) -> QMenu:
        return self.plugin_menu

    def addToolBar(self, name: str) -> QToolBar:
        return self.window.addToolBar(name)

    def addDockWidget(self, area: Qt.DockWidgetArea, dock: QDockWidget) -> None:
        self.window.addDockWidget(area, dock)

    def removeDockWidget(self, dock: QDockWidget) -> None:
        self.window.removeDockWidget(dock)

    def registerLocatorFilter(self, locator_filter: QgsLocatorFilter) -> None:
        self.locator.registerFilter(locator_filter)

    def deregisterLocatorFilter(self, locator_filter: QgsLocatorFilter) -> None:
        self.locator.deregisterFilter(locator_filter)

    def registerApplicationExitBlocker(self, blocker: QgsApplicationExitBlockerInterface) -> None:
        self.exit_blockers.append(blocker)

    def unregisterApplicationExitBlocker(self, blocker: QgsApplicationExitBlockerInterface) -> None:
        self.exit_blockers.remove(blocker)

    def registerOptionsWidgetFactory(self, factory: QgsOptionsWidgetFactory) -> None:
        self.options_factories.append(factory)

    def unregisterOptionsWidgetFactory(self, factory: QgsOptionsWidgetFactory) -> None:
        self.options_factories.remove(factory)

    def addCustomActionForLayerType(self, action: QAction, menu: str, kind: object, all_layers: bool) -> None:
        self.layer_actions[action] = []

    def removeCustomActionForLayerType(self, action: QAction) -> None:
        del self.layer_actions[action]

    def addCustomActionForLayer(self, action: QAction, layer: QgsMapLayer) -> None:
        self.layer_actions[action].append(layer.name())

    def may_exit(self) -> bool:
        """What QGIS asks before it ends."""
        return all(blocker.allowExit() for blocker in self.exit_blockers)


def told(bar: QgsMessageBar) -> list[str]:
    """The texts that stand in a message bar, oldest first."""
    return [item.text() for item in bar.items()][::-1]


def wait_for(condition: Callable[[], Any], what: str = "") -> None:
    """Let QGIS work until a condition holds; fail when it never does."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, f"waited in vain: {what or condition}"
        QgsApplication.processEvents()
        time.sleep(0.002)


def ask(session: Any, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Rows straight from the replica's file, past everything under test."""
    assert session.replica is not None
    with closing(sqlite3.connect(session.replica.path)) as file:
        return file.execute(sql, parameters).fetchall()
