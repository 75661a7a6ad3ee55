"""A dock that is made when it is first shown, so that QGIS starts without it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import Qt

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.gui.moved import QAction


class LazyDock:
    """Keeps a dock, its action and the remembered visibility in step.

    Args:
        iface: QGIS's interface for plugins.
        action: checkable; checked while the dock is open.
        area: where the dock goes the first time.
        key: names the remembered visibility.
        make: makes the dock.
        opened: whether it opens where the person has never opened or closed it.
    """

    def __init__(
        self,
        iface: Any,
        action: QAction,
        area: Qt.DockWidgetArea,
        key: str,
        make: Callable[[], QgsDockWidget],
        opened: bool = True,
    ) -> None:
        self._iface = iface
        self._action = action
        self._area = area
        self._key = f"docks/{key}"
        self._make = make
        self._opened = opened
        self.dock: QgsDockWidget | None = None

    def show(self, shown: bool) -> None:
        """Open or close the dock."""
        if self.dock is None:
            if not shown:
                return
            self.dock = self._make()
            self._iface.addDockWidget(self._area, self.dock)
            # Where the person had put it, if QGIS remembers.
            self._iface.mainWindow().restoreDockWidget(self.dock)
            self.dock.openedStateChanged.connect(self._opened_changed)
        self.dock.setUserVisible(shown)
        self._opened_changed(shown)

    def restore(self) -> None:
        """Open the dock if the person had it open."""
        if settings.preference(self._key, self._opened):
            self.show(True)

    def remove(self) -> None:
        """Take the dock out of the window; whether it was open stays remembered."""
        if self.dock is not None:
            self.dock.openedStateChanged.disconnect(self._opened_changed)
            self._iface.removeDockWidget(self.dock)
            self.dock.setParent(None)
            self.dock.deleteLater()
            self.dock = None

    def _opened_changed(self, opened: bool) -> None:
        self._action.setChecked(opened)
        settings.set_preference(self._key, opened)
