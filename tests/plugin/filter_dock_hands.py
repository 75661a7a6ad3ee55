"""What a person does at the filter dock, and sees there."""

from __future__ import annotations

from typing import Any

from desk import ask, wait_for
from qgis.PyQt.QtCore import QLocale, QPoint, Qt, QTimer
from qgis.PyQt.QtGui import QContextMenuEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QTreeWidget, QWidget

from kmzb_qgis_plugin.gui.facet_chips import FacetChips
from kmzb_qgis_plugin.gui.facet_tree import FacetTree
from kmzb_qgis_plugin.gui.filter_dock import FilterDock


def click_box(tree: QTreeWidget, code_or_group: str) -> None:
    """Click the check box of a row, by code, or by the group's name."""
    item = tree.box(code_or_group) if isinstance(tree, FacetTree) else None
    if item is None:
        item = tree.findItems(code_or_group, Qt.MatchFlag.MatchExactly)[0]
    if item.parent() is not None:
        item.parent().setExpanded(True)
    tree.scrollToItem(item)
    row = tree.visualItemRect(item)
    QTest.mouseClick(
        tree.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QPoint(row.left() + 8, row.center().y()),
    )


def click_chip(chips: FacetChips, code: str) -> None:
    QTest.mouseClick(chips.chips[code], Qt.MouseButton.LeftButton)


def choose_from_menu(widget: QWidget, place: QPoint, text: str) -> None:
    """Press the right mouse button at a place and choose what the menu offers."""

    def pick() -> None:
        menu = QApplication.activePopupWidget()
        (action,) = [one for one in menu.actions() if one.text() == text]
        menu.setActiveAction(action)
        QTest.keyClick(menu, Qt.Key.Key_Return)

    QTimer.singleShot(0, pick)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, event)


def shown(dock: FilterDock) -> int:
    number = dock.shown.text().split()[1]
    return QLocale().toInt(number)[0]


def settled(dock: FilterDock, where: str) -> int:
    """Wait until dock and layers agree with an independent count; return it."""
    expected = ask(dock.session, f"SELECT count(*) FROM threats WHERE {where}")[0][0]
    wait_for(lambda: shown(dock) == expected, f"the dock shows {expected}, it says {dock.shown.text()}")
    layers = [dock.session.layers.layer(source) for source in ("citizen", "community", "police")]
    wait_for(lambda: sum(layer.featureCount() for layer in layers) == expected, "the layers show as many")
    return expected


def part(dock: FilterDock, name: str) -> Any:
    return next(part for part in dock.parts if type(part).__name__ == name)


def opened_part(dock: FilterDock, name: str) -> Any:
    """A part that is closed at first, opened and scrolled to."""
    found = part(dock, name)
    wait_for(lambda: not hasattr(found, "filled") or found.filled, "the places are there")
    found.parent().setCollapsed(False)
    return found
