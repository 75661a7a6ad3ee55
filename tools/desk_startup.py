"""Runs inside QGIS for ``make run``: store the demo's connection, which the plugin then opens.

The token comes in the environment and goes into QGIS's authentication store; the
connection keeps only the configuration's id, as for any real service.
"""

import os
from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsProject, QgsSettings
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QDockWidget
from qgis.utils import iface, plugins

PLUGIN = "kmzb_qgis_plugin"
CONNECTION_ID = "demo"
QUIET_CHECKS = 4
CHECK_MILLISECONDS = 500
PATIENCE_MILLISECONDS = 120_000
# Menus and docks need room; a window manager may still resize it.
WINDOW = (1680, 1050)


def sign_in(token: str) -> str:
    """Keep the token in the authentication store; return the configuration's id."""
    manager = QgsApplication.authManager()
    password = Path(os.environ["KMZB_MASTER_PASSWORD_FILE"]).read_text(encoding="utf-8")
    manager.setMasterPassword(password, True)
    config = QgsAuthMethodConfig("Basic")
    known = QgsSettings().value(f"kmzb/connections/{CONNECTION_ID}/authcfg", "", str)
    if known in manager.configIds():
        config.setId(known)
    config.setName("KMZB demo")
    config.setConfig("username", "desk")
    config.setConfig("password", token)
    stored = manager.updateAuthenticationConfig(config) if config.id() else None
    if stored is None:
        manager.storeAuthenticationConfig(config)
    return str(config.id())


def connect() -> None:
    """Make the demo's connection the one that the plugin opens, and open it if it has started already."""
    from kmzb_qgis_plugin import settings

    connection = settings.Connection(
        CONNECTION_ID,
        "Lubuskie (demo)",
        os.environ["KMZB_DEMO_URL"],
        sign_in(os.environ["KMZB_DEMO_TOKEN"]),
    )
    settings.save_connection(connection)
    settings.set_preference("last_connection", CONNECTION_ID)
    plugin = plugins[PLUGIN]
    if iface.mainWindow().isVisible():
        plugin.open_connection(connection)
    # otherwise the plugin opens its last connection by itself as soon as the window stands


class Photographer:
    """Waits until the map is filled and nothing moves any more, then saves the window and quits."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._quiet = 0
        self._waited = 0
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(CHECK_MILLISECONDS)

    def _look(self) -> None:
        self._waited += CHECK_MILLISECONDS
        session = plugins[PLUGIN].session
        ready = (
            session.replica is not None
            and not session.syncing
            and not iface.mapCanvas().isDrawing()
            and not QgsApplication.taskManager().activeTasks()
        )
        self._quiet = self._quiet + 1 if ready else 0
        if self._quiet >= QUIET_CHECKS or self._waited > PATIENCE_MILLISECONDS:
            self._timer.stop()
            iface.mainWindow().grab().save(str(self._target))
            QgsProject.instance().setDirty(False)  # nobody is there to be asked
            iface.actionExit().trigger()


def when_visible(action: Callable[[], None]) -> None:
    """Run ``action`` once the window stands."""
    if iface.mainWindow().isVisible():
        action()
    else:
        iface.initializationCompleted.connect(action)


def make_room() -> None:
    """Close QGIS's browser panel the first time: the plugin's panels need the height more."""
    browser = iface.mainWindow().findChild(QDockWidget, "Browser")
    if browser is not None and not QgsSettings().value("kmzb/demo_seen", False, bool):
        browser.close()
    QgsSettings().setValue("kmzb/demo_seen", True)


make_room()
connect()
if os.environ.get("KMZB_PICTURE"):
    iface.mainWindow().setGeometry(0, 0, *WINDOW)
    photographers = []
    when_visible(lambda: photographers.append(Photographer(Path(os.environ["KMZB_PICTURE"]))))
