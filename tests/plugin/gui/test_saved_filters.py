"""Filters with names: kept for each connection, handed on as files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from desk import Desk, told
from filter_dock_hands import click_box, part, settled
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QInputDialog, QLineEdit, QMenu, QMessageBox

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.named_filters import NotNamedFilters
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.gui.filter_dock import FilterDock
from kmzb_qgis_plugin.i18n import tr

NO_POLICE = ThreatFilter(sources=frozenset({"citizen", "community"}))


def pick(menu: QMenu, *texts: str) -> None:
    """Open the menu as its button does and choose an action, in a menu under it if there are two."""
    menu.aboutToShow.emit()
    for text in texts[:-1]:
        menu = next(action.menu() for action in menu.actions() if action.text() == text)
    next(action for action in menu.actions() if action.text() == texts[-1]).trigger()


def entries(dock: FilterDock) -> list[str]:
    """What the menu offers to apply."""
    dock.saved.menu().aboutToShow.emit()
    return [action.text() for action in dock.saved.menu().actions() if action.isCheckable()]


def answer(step: Callable[[], None]) -> None:
    """Do a step in the dialog that opens next."""
    QTimer.singleShot(0, step)


def type_name(name: str) -> Callable[[], None]:
    def step() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QInputDialog)
        field = dialog.findChild(QLineEdit)
        field.selectAll()
        field.insert(name)  # QTest has no keys for Polish letters
        QTest.keyClick(field, Qt.Key.Key_Return)

    return step


def test_filters_that_cannot_be_read_are_kept_aside_before_they_are_written_over(
    dock: FilterDock, desk: Desk
) -> None:
    connection = dock.session.connection
    newer = json.dumps({"format": "kmzb-filters", "version": 2, "filters": {"noce": {}}})
    settings.save_named_filters_json(connection.id, newer)
    assert entries(dock) == []
    answer(type_name("wieczory"))
    pick(dock.saved.menu(), "&Save This Filter…")
    assert entries(dock) == ["wieczory"]
    (aside,) = settings.workspace_folder(connection).glob("filters-unreadable.json")
    assert aside.read_text(encoding="utf-8") == newer
    assert str(aside) in told(desk.bar)[-1]

    newest = newer.replace('"version": 2', '"version": 3')
    settings.save_named_filters_json(connection.id, newest)
    answer(type_name("świt"))
    pick(dock.saved.menu(), "&Save This Filter…")
    (second,) = settings.workspace_folder(connection).glob("filters-unreadable-2.json")
    assert second.read_text(encoding="utf-8") == newest
    assert aside.read_text(encoding="utf-8") == newer


def say_yes() -> None:
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    QTest.mouseClick(box.button(QMessageBox.StandardButton.Yes), Qt.MouseButton.LeftButton)


def save(dock: FilterDock, name: str) -> None:
    answer(type_name(name))
    pick(dock.saved.menu(), "&Save This Filter…")


def test_a_saved_filter_is_applied_renamed_and_deleted(dock: FilterDock) -> None:
    assert entries(dock) == []
    click_box(part(dock, "SourcesPart").tree, "police")
    settled(dock, "source <> 'police'")
    save(dock, "No police & co")
    dock.reset.click()
    settled(dock, "1 = 1")
    pick(dock.saved.menu(), "No police && co")
    settled(dock, "source <> 'police'")
    assert dock.session.filter == NO_POLICE

    answer(type_name("People"))
    pick(dock.saved.menu(), "&Rename", "No police && co…")
    assert entries(dock) == ["People"]
    answer(say_yes)
    pick(dock.saved.menu(), "&Delete", "People…")
    assert entries(dock) == []


def test_filters_belong_to_their_connection(dock: FilterDock, loaded) -> None:
    save(dock, "mine")
    first = dock.session.connection
    dock.session.open(loaded())
    assert entries(dock) == []
    dock.session.open(first)
    assert entries(dock) == ["mine"]


def test_a_file_hands_filters_on_and_replaces_none(dock: FilterDock, loaded, tmp_path: Path) -> None:
    dock.session.set_filter(NO_POLICE)
    save(dock, "żółty")
    file = tmp_path / "filters.json"
    dock.saved.export_file(file)
    dock.session.open(loaded())
    dock.session.set_filter(ThreatFilter(text="ul"))
    save(dock, "żółty")
    dock.saved.import_file(file)
    dock.saved.import_file(file)

    assert dock.saved.filters() == {"żółty": ThreatFilter(text="ul"), "żółty (2)": NO_POLICE}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"[]",
        b'{"type": "FeatureCollection", "features": []}',
        json.dumps({"format": "kmzb-filters", "version": 2, "filters": {}}).encode(),
        json.dumps({"format": "kmzb-filters", "version": 1, "filters": {" ": {}}}).encode(),
        json.dumps({"format": "kmzb-filters", "version": 1, "filters": {"a": {"period": 3}}}).encode(),
    ],
)
def test_a_file_of_something_else_is_refused_whole(dock: FilterDock, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other.json"
    file.write_bytes(content)
    with pytest.raises(NotNamedFilters) as refused:
        dock.saved.import_file(file)

    assert refused.value.user_message(tr).startswith("This file does not hold filters")
    assert dock.saved.filters() == {}


def test_a_file_that_is_not_there_is_told(dock: FilterDock, tmp_path: Path) -> None:
    with pytest.raises(KmzbError):
        dock.saved.import_file(tmp_path / "none.json")
    with pytest.raises(KmzbError):
        dock.saved.export_file(tmp_path / "no folder" / "filters.json")
