"""What the right mouse button offers on boxes: only what is meant, all, none."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from qgis.PyQt.QtCore import QPoint
from qgis.PyQt.QtWidgets import QMenu, QWidget

from kmzb_qgis_plugin.gui.moved import QAction
from kmzb_qgis_plugin.i18n import tr


def offer_choices(
    widget: QWidget,
    place: QPoint,
    meant: tuple[str, set[str]] | None,
    everything: Iterable[str],
    choose: Callable[[set[str]], None],
) -> None:
    """Let the person choose codes.

    Args:
        widget: where the boxes are.
        place: on the screen.
        meant: name and codes of the box that was pointed at, None for none.
        everything: the codes of all boxes.
        choose: gets the codes.
    """
    menu = QMenu(widget)
    offered = [(tr("Check All"), set(everything)), (tr("Uncheck All"), set())]
    if meant is not None:
        name, codes = meant
        offered.insert(0, (tr("Only “{}”").format(name), codes))
    for text, codes in offered:
        action = QAction(text, menu)
        action.triggered.connect(lambda _checked, codes=codes: choose(codes))
        menu.addAction(action)
    menu.exec(place)
