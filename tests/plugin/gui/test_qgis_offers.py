"""Where QGIS itself offers the plugin: the Browser, identify results, the layers' context menu."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import qgis.gui
from desk import Desk, ask, told, wait_for
from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsBrowserGuiModel, QgsDataItemGuiContext, QgsGui, QgsMapLayerAction
from qgis.PyQt.QtCore import QModelIndex
from qgis.PyQt.QtWidgets import QMenu, QMessageBox

import kmzb_qgis_plugin
from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.gui import connections_dialog
from kmzb_qgis_plugin.gui.words import moment_text
from kmzb_qgis_plugin.plugin import KmzbPlugin
from kmzb_qgis_plugin.settings import Connection


@pytest.fixture
def plugin(
    desk: Desk, qgis_new_project: QgsProject, loaded: Callable[..., Connection]
) -> Iterator[KmzbPlugin]:
    """The plugin with an open workspace, whose service cannot be reached."""
    made = kmzb_qgis_plugin.classFactory(desk)
    made.initGui()
    made.open_connection(loaded())
    desk.window.show()
    wait_for(lambda: not made.session.syncing)
    yield made
    made.unload()


class Browser:
    """QGIS's Browser, as its panel shows it."""

    def __init__(self) -> None:
        self.model = QgsBrowserGuiModel()
        self.model.initialize()

    def root(self) -> QModelIndex | None:
        found = (self.model.index(row, 0) for row in range(self.model.rowCount()))
        return next((index for index in found if index.data() == "KMZB"), None)

    def names(self) -> list[str]:
        root = self.root()
        self.model.fetchMore(root)
        return [self.model.index(row, 0, root).data() for row in range(self.model.rowCount(root))]

    def item(self, name: str = ""):
        index = self.root()
        if name:
            index = self.model.index(self.names().index(name), 0, index)
        return self.model.dataItem(index)

    def menu(self, name: str = "") -> QMenu:
        """The context menu of a connection, or of all of them."""
        menu, item = QMenu(), self.item(name)
        for provider in QgsGui.dataItemGuiProviderRegistry().providers():
            if provider.name() == "KMZB":
                provider.populateContextMenu(item, menu, [item], QgsDataItemGuiContext())
        return menu


@pytest.fixture
def browser(plugin: KmzbPlugin) -> Iterator[Browser]:
    made = Browser()
    yield made
    made.model.deleteLater()


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_the_browser_shows_connections_with_size_and_age(plugin: KmzbPlugin, browser: Browser) -> None:
    assert browser.names() == ["Lubuskie"]
    tip = browser.item("Lubuskie").toolTip()
    assert plugin.session.connection.url in tip
    assert "On this computer" in tip
    assert f"Data as of {moment_text(plugin.session.last_sync)}" in tip
    plugin.session.replica.remember({"synced_at": "2026-01-02T03:04:05.000Z"})
    plugin.session.syncStateChanged.emit()
    wait_for(lambda: moment_text("2026-01-02T03:04:05.000Z") in browser.item("Lubuskie").toolTip())


def test_a_connection_is_made_in_the_browser(
    plugin: KmzbPlugin, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Filled(connections_dialog.ConnectionEditor):
        def exec(self) -> int:
            self.name.setText("Zielona Góra")
            self.url.setText("https://kmzb.example")
            return 1

    monkeypatch.setattr(connections_dialog, "ConnectionEditor", Filled)
    choose(browser.menu(), "New Connection…")
    wait_for(lambda: browser.names() == ["Lubuskie", "Zielona Góra"])


def test_a_connection_is_removed_in_the_browser(
    plugin: KmzbPlugin, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def agree(_parent: object, _title: str, text: str, *_buttons: object) -> QMessageBox.StandardButton:
        asked.append(text)
        return QMessageBox.StandardButton.Yes

    monkeypatch.setattr(QMessageBox, "question", agree)
    session = plugin.session
    ((fid, version, ref),) = ask(
        session, "SELECT fid, version, ref FROM threats WHERE status = 'new' LIMIT 1"
    )
    session.decide(Decision.new(fid, version, "verification"), ref, {})
    wait_for(lambda: not session.syncing)
    choose(browser.menu("Lubuskie"), "Remove Connection…")
    wait_for(lambda: browser.names() == [])
    assert "Not settled yet: 1 decision" in asked[0]
    assert settings.connections() == []
    assert session.connection is None


def test_the_browser_opens_and_synchronises(
    plugin: KmzbPlugin, browser: Browser, loaded: Callable[..., Connection]
) -> None:
    first = plugin.session.connection
    other = Connection.new("Drugie", "http://127.0.0.1:9")
    settings.save_connection(other)
    plugin._browser.refresh()
    wait_for(lambda: browser.names() == ["Drugie", "Lubuskie"])
    choose(browser.menu("Drugie"), "Open")
    assert plugin.session.connection == other
    choose(browser.menu("Lubuskie"), "Synchronise")
    assert plugin.session.connection == first
    wait_for(lambda: not plugin.session.syncing)
    choose(browser.menu("Lubuskie"), "Synchronise")
    assert plugin.session.syncing
    wait_for(lambda: not plugin.session.syncing)


def test_an_edited_connection_is_opened_anew(
    plugin: KmzbPlugin, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Renamed(connections_dialog.ConnectionEditor):
        def exec(self) -> int:
            self.name.setText("Lubuskie nowe")
            return 1

    monkeypatch.setattr(connections_dialog, "ConnectionEditor", Renamed)
    choose(browser.menu("Lubuskie"), "Edit Connection…")
    assert plugin.session.connection.name == "Lubuskie nowe"
    wait_for(lambda: browser.names() == ["Lubuskie nowe"])


def test_the_browser_forgets_the_plugin(desk: Desk, clean_settings: None) -> None:
    before = {provider.name() for provider in QgsApplication.dataItemProviderRegistry().providers()}
    made = kmzb_qgis_plugin.classFactory(desk)
    made.initGui()
    browser = Browser()
    assert browser.root() is not None
    made.unload()
    assert {one.name() for one in QgsApplication.dataItemProviderRegistry().providers()} == before
    assert browser.root() is None
    browser.model.deleteLater()


def test_an_identified_threat_is_shown_in_the_verification_panel(desk: Desk, plugin: KmzbPlugin) -> None:
    layer = plugin.session.layers.layer("citizen")
    registry, target = QgsGui.mapLayerActionRegistry(), QgsMapLayerAction.Target.SingleFeature
    (action,) = (
        one for one in registry.mapLayerActions(layer, target) if one.text() == "Show in KMZB Verification"
    )
    fid = ask(plugin.session, "SELECT min(fid) FROM threats WHERE source = 'citizen'")[0][0]
    # as identifying does, which hands over a context since QGIS 3.30
    context = [qgis.gui.QgsMapLayerActionContext()] if hasattr(qgis.gui, "QgsMapLayerActionContext") else []
    action.triggerForFeature(layer, layer.getFeature(fid), *context)
    panel = plugin.docks["verification"].dock.threat
    wait_for(lambda: panel.threat is not None and panel.threat.fid == fid)
    areas = plugin.session.layers.layer("areas")
    assert "Show in KMZB Verification" not in {one.text() for one in registry.mapLayerActions(areas, target)}


def test_the_layers_menu_offers_commands_on_each_layer(desk: Desk, plugin: KmzbPlugin) -> None:
    names = sorted(layer.name() for layer in plugin.session.layers.layers().values())
    assert [action.text() for action in desk.layer_actions] == [
        "Synchronise",
        "Filter Panel",
        "Zoom to Filtered Threats",
    ]
    for offered in desk.layer_actions.values():
        assert sorted(offered) == names
    plugin.unload()
    assert desk.layer_actions == {}


def test_the_map_goes_to_what_the_filter_keeps(desk: Desk, plugin: KmzbPlugin) -> None:
    ref, lon, lat = ask(plugin.session, "SELECT ref, lon, lat FROM threats LIMIT 1")[0]
    plugin.session.set_filter(ThreatFilter(text=ref))
    zoom = next(action for action in desk.layer_actions if action.text().startswith("Zoom"))
    zoom.trigger()
    wait_for(lambda: desk.canvas.extent().width() < 1000, "the map is close")
    x, y = desk.canvas.extent().center().x(), desk.canvas.extent().center().y()
    transform = desk.canvas.mapSettings().layerToMapCoordinates(
        plugin.session.layers.layer("citizen"), desk.canvas.center().__class__(lon, lat)
    )
    assert (x, y) == pytest.approx((transform.x(), transform.y()), abs=1)
    plugin.session.set_filter(ThreatFilter(text="nothing like it"))
    zoom.trigger()
    wait_for(lambda: "keeps no threats" in " ".join(told(desk.bar)))
