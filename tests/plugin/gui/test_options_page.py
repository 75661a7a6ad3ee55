"""The plugin's page in QGIS's options."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from desk import Desk, wait_for
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication, QLabel, QMessageBox

import kmzb_qgis_plugin
from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.gui.about_dialog import AboutDialog
from kmzb_qgis_plugin.gui.options_page import OptionsPage
from kmzb_qgis_plugin.plugin import KmzbPlugin
from kmzb_qgis_plugin.replica.outbox import Outbox
from kmzb_qgis_plugin.settings import Connection


@pytest.fixture
def plugin(qgis_new_project: QgsProject, desk: Desk, clean_settings: None) -> Iterator[KmzbPlugin]:
    made = kmzb_qgis_plugin.classFactory(desk)
    made.initGui()
    yield made
    made.unload()
    assert desk.options_factories == []
    wait_for(lambda: QgsApplication.taskManager().countActiveTasks() == 0)


def page_of(desk: Desk) -> OptionsPage:
    (factory,) = desk.options_factories
    return factory.createWidget(desk.window)


def test_the_coordinator_s_address_stands_in_about(plugin: KmzbPlugin, desk: Desk) -> None:
    assert "under KMZB" in about_text()
    page = page_of(desk)
    page.desk.coordinator.setText(" koordynator@gorzow.policja.example ")
    page.apply()
    assert "mailto:koordynator@gorzow.policja.example" in about_text()


def about_text() -> str:
    dialog = AboutDialog()
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def answer_yes() -> None:
    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        box.button(QMessageBox.StandardButton.Yes).click()

    QTimer.singleShot(0, press)


def test_the_interval_is_kept_when_it_is_applied(
    desk: Desk, plugin: KmzbPlugin, loaded: Callable[..., Connection]
) -> None:
    plugin.open_connection(loaded())
    wait_for(lambda: not plugin.session.syncing)
    page = page_of(desk)
    page.minutes.setValue(7)
    assert settings.sync_minutes() == 0
    page.apply()
    assert settings.sync_minutes() == 7
    assert plugin.session._schedule._clock.interval() == 7 * 60_000


def test_size_and_age_of_what_is_stored_are_shown(
    desk: Desk, plugin: KmzbPlugin, loaded: Callable[..., Connection], make_connection
) -> None:
    make_connection()
    loaded()
    page = page_of(desk)
    rows = [page.list.topLevelItem(row) for row in range(page.list.topLevelItemCount())]
    texts = sorted((row.text(1), row.text(2)) for row in rows)
    assert ("nothing", "") in texts
    assert any(size.endswith("B") and age == "just now" for size, age in texts)


def test_clearing_removes_the_replica_and_never_the_outbox(
    desk: Desk, plugin: KmzbPlugin, loaded: Callable[..., Connection]
) -> None:
    folder = settings.workspace_folder(loaded())
    outbox = Outbox.open(folder)
    outbox.add(Decision.new(1, 1, "verification"), "Z-0000001", {})
    outbox.close()
    (folder / "attachments").mkdir()
    (folder / "attachments" / "7-1.jpg").touch()
    page = page_of(desk)
    answer_yes()
    page.rebuild_button.click()
    assert list(folder.glob("replica-*")) == []
    assert list((folder / "attachments").iterdir()) == []
    assert page.list.topLevelItem(0).text(1) == "nothing"
    outbox = Outbox.open(folder)
    assert outbox.overview().counts["waiting"] == 1
    outbox.close()


def test_an_open_replica_is_rebuilt_from_the_service(
    desk: Desk, plugin: KmzbPlugin, connect: Callable[..., Connection]
) -> None:
    plugin.open_connection(connect())
    wait_for(lambda: not plugin.session.syncing)
    before = plugin.session.replica.path
    page = page_of(desk)
    answer_yes()
    page.rebuild_button.click()
    assert plugin.session.replica.path == before
    wait_for(lambda: not plugin.session.syncing)
    assert plugin.session.replica.path != before
    assert str(plugin.session.replica.path) in plugin.session.layers.layer("citizen").source()
    assert not before.exists()
