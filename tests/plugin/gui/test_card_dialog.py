"""The dialog that prints verification cards, and the ways to it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk import Desk, ask, told, wait_for
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialog

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.gui import card_dialog
from kmzb_qgis_plugin.gui.card_dialog import CardDialog
from kmzb_qgis_plugin.gui.messages import Messages
from kmzb_qgis_plugin.plugin import KmzbPlugin
from kmzb_qgis_plugin.session import Session

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def session_(opened: Callable[..., Session], tmp_path: Path) -> Session:
    session = opened()
    settings.set_preference("cards/folder", str(tmp_path))
    settings.set_preference("cards/open", False)
    return session


@pytest.fixture
def report(session_: Session) -> tuple[int, str]:
    return ask(session_, "SELECT fid, ref FROM threats WHERE status = 'new' ORDER BY fid")[0]


@pytest.fixture
def dialog(session_: Session, messages: Messages, report: tuple[int, str]) -> Iterator[CardDialog]:
    made = CardDialog(session_, messages, report)
    made.show()
    wait_for(lambda: made.all.isEnabled(), "the queue is known")
    yield made
    made.done(0)
    made.deleteLater()


def text_of(pdf: Path) -> str:
    return subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True, text=True).stdout


def test_the_card_of_one_report(
    dialog: CardDialog, desk: Desk, report: tuple[int, str], tmp_path: Path
) -> None:
    wait_for(lambda: dialog.preview.layout_shown is not None, "the preview")
    assert dialog.preview.layout_shown.itemById("reference").currentText() == report[1]
    dialog.marking.setCurrentText("tajne")
    dialog.file.setFilePath(str(tmp_path / "card.pdf"))
    QTest.mouseClick(dialog.print_button, LEFT)
    wait_for(lambda: not dialog.isVisible(), "the dialog closes")
    text = text_of(tmp_path / "card.pdf")
    assert report[1] in text
    assert "TAJNE" in text.replace(" ", "")
    assert str(tmp_path / "card.pdf") in told(desk.bar)[-1]
    assert settings.preference("cards/marking", "") == "tajne"


def test_cancelling_the_whole_queue_leaves_no_file(dialog: CardDialog, tmp_path: Path) -> None:
    dialog.all.click()
    waiting = dialog.count()
    assert waiting > 30
    assert str(waiting) in dialog.all.text()
    dialog.file.setFilePath(str(tmp_path / "cards.pdf"))
    QTest.mouseClick(dialog.print_button, LEFT)
    wait_for(lambda: dialog.progress.value() >= 2, "two cards")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert "cancelled" in told(dialog.bar)[-1]
    assert list(tmp_path.iterdir()) == []


def test_an_empty_queue_says_so(session_: Session, messages: Messages) -> None:
    import sqlite3

    with sqlite3.connect(session_.replica.path) as file:
        for function in ("IsEmpty", "MinX", "MaxX", "MinY", "MaxY"):
            file.create_function(f"ST_{function}", 1, lambda blob: None)
        file.execute("UPDATE threats SET status = 'eliminated' WHERE status IS NOT NULL")
    file.close()
    made = CardDialog(session_, messages, None)
    made.show()
    wait_for(lambda: "No report waits" in made.preview.words.text(), "the preview says why it is empty")
    QTest.mouseClick(made.print_button, LEFT)
    assert "Choose at least one" in told(made.bar)[-1]
    made.done(0)
    made.deleteLater()


def test_the_panel_and_the_menu_open_it(
    desk: Desk, loaded: Callable, monkeypatch: pytest.MonkeyPatch, qgis_new_project: None
) -> None:
    asked: list[CardDialog] = []

    class Opened(CardDialog):
        def exec(self) -> int:
            asked.append(self)
            self.done(0)
            return QDialog.DialogCode.Rejected

    monkeypatch.setattr(card_dialog, "CardDialog", Opened)
    plugin = KmzbPlugin(desk)
    plugin.initGui()
    try:
        assert not plugin.actions["cards"].isEnabled()
        plugin.open_connection(loaded())
        wait_for(lambda: not plugin.session.syncing and plugin.actions["cards"].isEnabled(), "it is open")
        plugin.actions["cards"].trigger()
        assert asked[-1]._report is None
        (fid, ref), *_ = ask(plugin.session, "SELECT fid, ref FROM threats WHERE status = 'new'")
        plugin.show_threat(fid)
        panel = plugin.docks["verification"].dock.threat
        wait_for(lambda: panel.threat is not None, "the report is shown")
        panel.card_button.click()
        assert asked[-1]._report == (fid, ref)
    finally:
        plugin.unload()
