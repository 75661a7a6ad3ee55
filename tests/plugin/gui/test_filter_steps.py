"""Undo, redo and the sentence: what was looked at is not lost."""

from __future__ import annotations

from filter_dock_hands import click_box, part, settled
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.gui.filter_dock import FilterDock

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_undo_and_redo_go_back_and_forth(dock: FilterDock) -> None:
    assert not dock.undo.isEnabled()
    assert not dock.redo.isEnabled()
    click_box(part(dock, "SourcesPart").tree, "police")
    settled(dock, "source <> 'police'")
    click_box(part(dock, "CategoriesPart").tree, "speeding")
    settled(dock, "source <> 'police' AND category <> 'speeding'")

    QTest.mouseClick(dock.undo, Qt.MouseButton.LeftButton)
    settled(dock, "source <> 'police'")
    assert part(dock, "CategoriesPart").tree.chosen() is None
    QTest.mouseClick(dock.undo, Qt.MouseButton.LeftButton)
    assert settled(dock, "1 = 1") == 600
    assert not dock.undo.isEnabled()
    QTest.mouseClick(dock.redo, Qt.MouseButton.LeftButton)
    settled(dock, "source <> 'police'")


def test_keys_undo_in_a_tree_and_in_a_list(dock: FilterDock) -> None:
    tree = part(dock, "SourcesPart").tree
    click_box(tree, "police")
    settled(dock, "source <> 'police'")
    dock.activateWindow()
    tree.setFocus()
    QTest.keyClick(tree, Qt.Key.Key_Z, CONTROL)
    assert dock.session.filter == ThreatFilter()
    QTest.keyClick(part(dock, "PeriodPart").kind, Qt.Key.Key_Z, CONTROL | SHIFT)

    assert dock.session.filter.sources == {"citizen", "community"}
    settled(dock, "source <> 'police'")


def test_a_new_change_ends_what_could_be_redone(dock: FilterDock) -> None:
    click_box(part(dock, "SourcesPart").tree, "police")
    settled(dock, "source <> 'police'")
    dock.undo.click()
    click_box(part(dock, "SourcesPart").tree, "citizen")
    settled(dock, "source <> 'citizen'")

    assert not dock.redo.isEnabled()


def test_typing_is_one_step(dock: FilterDock) -> None:
    text = part(dock, "TextPart").text
    for word in ("dre", "zden", "ko"):
        QTest.keyClicks(text, word)
        QTest.keyClick(text, Qt.Key.Key_Return)
    settled(dock, "place LIKE '%drezdenko%'")
    dock.undo.click()

    assert dock.session.filter == ThreatFilter()
    assert text.text() == ""
    dock.redo.click()
    assert text.text() == "drezdenko"


def test_words_that_are_being_typed_are_a_step_of_their_own(dock: FilterDock) -> None:
    click_box(part(dock, "SourcesPart").tree, "police")
    settled(dock, "source <> 'police'")
    QTest.keyClicks(part(dock, "TextPart").text, "ul")
    dock.undo.click()

    assert dock.session.filter == ThreatFilter(sources=frozenset({"citizen", "community"}))


def test_a_connection_begins_without_steps(dock: FilterDock) -> None:
    click_box(part(dock, "SourcesPart").tree, "police")
    settled(dock, "source <> 'police'")
    connection = dock.session.connection
    dock.session.close()
    dock.session.open(connection)

    assert not dock.undo.isEnabled()


def test_the_sentence_is_copied(language: str, dock: FilterDock) -> None:
    click_box(part(dock, "SourcesPart").tree, "police")
    settled(dock, "source <> 'police'")
    QTest.mouseClick(dock.copy, Qt.MouseButton.LeftButton)

    assert QApplication.clipboard().text() == dock.sentence.text()
    assert {"en": "Citizens' reports", "pl": "Zgłoszenia obywateli"}[language] in dock.sentence.text()
