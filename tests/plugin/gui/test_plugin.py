"""The plugin in a window: loaded, unloaded, and when it cannot be loaded."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from desk import Desk, told, wait_for
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QObject, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QApplication, QDialog, QDockWidget, QLabel, QMenu, QToolBar

import kmzb_qgis_plugin
from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.gui.about_dialog import plugin_metadata
from kmzb_qgis_plugin.gui.connections_dialog import ConnectionsDialog
from kmzb_qgis_plugin.plugin import KmzbPlugin
from kmzb_qgis_plugin.settings import Connection

ROOT = Path(__file__).parents[3]
ENVIRONMENT = os.environ | {
    "QT_QPA_PLATFORM": "offscreen",
    "PYTHONPATH": f"{ROOT}:{ROOT / 'tests' / 'plugin'}",
}


def inhabitants(desk: Desk) -> dict[str, int]:
    """How many objects of the kinds that a plugin leaves behind live in the window."""
    QgsApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
    QgsApplication.processEvents()
    gc.collect()
    kinds = (QDockWidget, QAction, QMenu, QToolBar, QTimer, QObject)
    own = {kind: desk.window.findChildren(kind) for kind in kinds}
    in_bar = {kind: desk.bar.findChildren(kind) for kind in kinds}  # its messages outlive who sent them
    return {kind.__name__: len(own[kind]) - len(in_bar[kind]) for kind in kinds} | {
        "plugin menu": len(desk.plugin_menu.actions()),
        "top level": sum(not widget.isHidden() for widget in QApplication.topLevelWidgets()),
    }


def test_loading_and_unloading_ten_times_leaves_nothing(
    qgis_new_project: QgsProject, desk: Desk, loaded: Callable[..., Connection]
) -> None:
    connection = loaded()
    before = inhabitants(desk)
    threads = {thread.name for thread in threading.enumerate()}
    for _ in range(10):
        plugin = kmzb_qgis_plugin.classFactory(desk)
        assert isinstance(plugin, KmzbPlugin)
        plugin.initGui()
        plugin.open_connection(connection)
        assert len(desk.window.findChildren(QDockWidget)) == 2
        wait_for(lambda plugin=plugin: not plugin.session.syncing)
        plugin.unload()
        assert plugin.actions == {}
    assert inhabitants(desk) == before
    # Of earlier tests' servers some may end only now.
    assert {thread.name for thread in threading.enumerate()} <= threads
    assert QgsApplication.taskManager().countActiveTasks() == 0
    assert QgsProject.instance().layerTreeRoot().findGroup("KMZB") is not None


def test_unloading_in_the_middle_of_a_synchronisation(
    qgis_new_project: QgsProject, desk: Desk, loaded: Callable[..., Connection]
) -> None:
    plugin = kmzb_qgis_plugin.classFactory(desk)
    plugin.initGui()
    plugin.open_connection(loaded())
    assert plugin.session.syncing
    plugin.unload()
    wait_for(lambda: QgsApplication.taskManager().countActiveTasks() == 0)


def test_menu_and_tool_bar_offer_the_same_commands(desk: Desk, clean_settings: None) -> None:
    plugin = kmzb_qgis_plugin.classFactory(desk)
    plugin.initGui()
    (menu,) = (action.menu() for action in desk.plugin_menu.actions())
    assert menu.title() == "KMZB"
    assert [action.text().replace("&", "") for action in menu.actions() if not action.isSeparator()] == [
        "Connections…",
        "Synchronise",
        "Filter Panel",
        "Verification Panel",
        "Statistics Panel",
        "Analysis",
        "Enter Meeting…",
        "Print District Map…",
        "Print Verification Cards…",
        "Statistics Report…",
        "About KMZB…",
    ]
    assert not plugin.actions["sync"].isEnabled()
    assert not plugin.actions["print"].isEnabled()
    plugin.unload()


def test_the_last_connection_opens_once_qgis_is_up(
    qgis_new_project: QgsProject, desk: Desk, loaded: Callable[..., Connection]
) -> None:
    connection = loaded()
    settings.set_preference("last_connection", connection.id)
    plugin = kmzb_qgis_plugin.classFactory(desk)
    plugin.initGui()
    assert desk.window.findChildren(QDockWidget) == []
    desk.window.show()
    desk.initializationCompleted.emit()

    wait_for(lambda: plugin.session.replica is not None)
    assert {dock.objectName() for dock in desk.window.findChildren(QDockWidget)} == {
        "KmzbFilterDock",
        "KmzbVerificationDock",
    }
    assert plugin.actions["print"].isEnabled()
    wait_for(lambda: told(desk.bar))
    assert "cannot be reached" in told(desk.bar)[-1]
    plugin.open_connection(loaded())
    wait_for(lambda: not plugin.session.syncing)
    assert len(told(desk.bar)) == 1, "what was told of the connection before is taken back"
    plugin.unload()


def test_a_panel_that_was_closed_stays_closed(
    qgis_new_project: QgsProject, desk: Desk, loaded: Callable[..., Connection]
) -> None:
    desk.window.show()
    connection = loaded()
    plugin = kmzb_qgis_plugin.classFactory(desk)
    plugin.initGui()
    plugin.open_connection(connection)
    assert plugin.actions["filter"].isChecked()
    plugin.docks["filter"].dock.close()
    assert not plugin.actions["filter"].isChecked()
    plugin.unload()

    plugin = kmzb_qgis_plugin.classFactory(desk)
    plugin.initGui()
    plugin.open_connection(connection)
    assert plugin.docks["filter"].dock is None
    plugin.actions["filter"].trigger()
    assert plugin.docks["filter"].dock.isVisible()
    plugin.unload()


def test_a_workspace_that_cannot_be_opened_is_told_and_qgis_goes_on(
    desk: Desk, make_connection: Callable[..., Connection]
) -> None:
    connection = make_connection()
    folder = settings.workspace_folder(connection)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file where the folder should be")
    settings.set_preference("last_connection", connection.id)
    plugin = kmzb_qgis_plugin.classFactory(desk)
    plugin.initGui()
    plugin.open_last_connection()

    assert "folder" in told(desk.bar)[-1]
    assert plugin.session.connection is None
    plugin.unload()
    folder.unlink()


def test_the_connections_dialog_opens_what_is_chosen(
    qgis_new_project: QgsProject, desk: Desk, loaded: Callable[..., Connection]
) -> None:
    connection = loaded()
    plugin = kmzb_qgis_plugin.classFactory(desk)
    plugin.initGui()

    def press_open() -> None:
        (dialog,) = desk.window.findChildren(ConnectionsDialog)
        QTest.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, press_open)
    plugin.actions["connections"].trigger()

    assert plugin.session.connection == connection
    assert settings.last_connection() == connection.id
    wait_for(lambda: not plugin.session.syncing)
    plugin.unload()


def test_an_address_that_is_edited_is_used_at_once(
    qgis_new_project: QgsProject, desk: Desk, loaded: Callable[..., Connection]
) -> None:
    connection = loaded()
    plugin = kmzb_qgis_plugin.classFactory(desk)
    plugin.initGui()
    plugin.open_connection(connection)
    wait_for(lambda: not plugin.session.syncing)

    def edit_and_close() -> None:
        (dialog,) = desk.window.findChildren(ConnectionsDialog)
        settings.save_connection(replace(connection, url="http://127.0.0.1:1"))
        dialog.reject()

    QTimer.singleShot(0, edit_and_close)
    plugin.actions["connections"].trigger()
    assert plugin.session.connection.url == "http://127.0.0.1:1"
    wait_for(lambda: not plugin.session.syncing)
    plugin.unload()


def test_about_says_version_and_whom_to_call(desk: Desk, clean_settings: None) -> None:
    plugin = kmzb_qgis_plugin.classFactory(desk)
    plugin.initGui()
    seen = []

    def read_and_close() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        seen.extend(label.text() for label in dialog.findChildren(QLabel))
        dialog.reject()

    QTimer.singleShot(0, read_and_close)
    plugin.actions["about"].trigger()
    text = " ".join(seen)
    assert plugin_metadata()["version"] in text
    assert "112" in text
    assert "coordinator" in text
    plugin.unload()


FALLBACK = """
import sys
sys.modules["kmzb_qgis_plugin.gui.messages"] = None  # as if a file were missing
from desk import Desk, told
from qgis.core import QgsApplication
application = QgsApplication([], True)
application.initQgis()
import kmzb_qgis_plugin
desk = Desk()
plugin = kmzb_qgis_plugin.classFactory(desk)
plugin.initGui()
plugin.unload()
print(told(desk.bar)[0])
"""


def test_an_installation_that_is_broken_says_so() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FALLBACK],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=ENVIRONMENT,
    )
    assert "The KMZB plugin could not be started" in done.stdout, done.stderr
    assert "kmzb_qgis_plugin.gui.messages" in done.stdout


START = """
import sys
from desk import Desk
from qgis.core import QgsApplication
application = QgsApplication([], True)
application.initQgis()
already = set(sys.modules)  # QGIS 3.44 brings numpy
import kmzb_qgis_plugin
plugin = kmzb_qgis_plugin.classFactory(Desk())
plugin.initGui()
heavy = ("requests", "numpy", "scipy", "kmzb_qgis_plugin.session", "kmzb_qgis_plugin.gui.filter_dock")
print([name for name in heavy if name in set(sys.modules) - already])
"""


def test_starting_qgis_imports_nothing_heavy() -> None:
    done = subprocess.run(
        [sys.executable, "-c", START],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=ENVIRONMENT,
    )
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize(
    "key",
    [
        "name",
        "version",
        "qgisMinimumVersion",
        "description",
        "about",
        "author",
        "email",
        "tracker",
        "repository",
        "icon",
        "license",
    ],
)
def test_metadata_has_what_the_plugin_site_asks_for(key: str) -> None:
    assert plugin_metadata()[key.lower()]
