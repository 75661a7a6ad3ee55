"""Chips beside each other, each with its sign, name and count: for a few boxes whose names are short."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from qgis.PyQt.QtCore import QLocale, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QContextMenuEvent, QIcon, QResizeEvent
from qgis.PyQt.QtWidgets import QSizePolicy, QToolButton, QWidget

from kmzb_qgis_plugin.gui.facet_menu import offer_choices
from kmzb_qgis_plugin.gui.facet_tree import ICON_SIZE, Facet
from kmzb_qgis_plugin.gui.flow_layout import FlowLayout

GAP = 3
"""Pixels between chips."""
MARK = "✓ "
LEAST = "mmm…"
"""Of its name a chip shows so much at least."""


class Chip(QToolButton):
    """A button that stays pressed while its code is chosen.

    Args:
        facet: what it stands for.
        parent: Qt's.
    """

    def __init__(self, facet: Facet, parent: QWidget) -> None:
        super().__init__(parent)
        self.facet = facet
        self._count = self._widest = ""
        self.setCheckable(True)
        self.setChecked(True)
        self.setIcon(facet.icon or QIcon())
        self.setIconSize(ICON_SIZE)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setToolTip(facet.tool_tip or facet.name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._write)
        self._write()

    def show_count(self, count: str) -> None:
        """Write how many there are. The chip keeps its width: all would move about otherwise."""
        self._count, self._widest = count, max(self._widest, count, key=len)
        self._write()

    def sizeHint(self) -> QSize:
        return self._size(f"{MARK}{self.facet.name} {self._widest}")

    def minimumSizeHint(self) -> QSize:
        return self._size(f"{MARK}{min(LEAST, self.facet.name, key=len)} {self._widest}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._write()

    def _write(self) -> None:
        """Shorten the name where there is no room for it, and never the count."""
        name, lacking = self.facet.name, self.sizeHint().width() - self.width()
        if lacking > 0:
            metrics = self.fontMetrics()
            room = metrics.horizontalAdvance(name) - lacking
            name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        self.setText(f"{MARK if self.isChecked() else ''}{name} {self._count}")
        self.setAccessibleName(f"{self.facet.name} {self._count}")

    def _size(self, text: str) -> QSize:
        """Its size if it had another text."""
        size, metrics = super().sizeHint(), self.fontMetrics()
        here, there = (metrics.size(Qt.TextFlag.TextShowMnemonic, one).width() for one in (self.text(), text))
        return QSize(size.width() - here + there, size.height())


class FacetChips(QWidget):
    """Which codes are chosen.

    A code that was chosen and that the catalogue does not know (any more) stays
    chosen until all or other chips are chosen by hand.
    """

    changed = pyqtSignal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.chips: dict[str, Chip] = {}
        self._unknown: frozenset[str] = frozenset()
        self._flow = FlowLayout(GAP, self)

    def fill(self, facets: Sequence[Facet]) -> None:
        """Put up chips, all of them pressed."""
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = {facet.code: Chip(facet, self) for facet in facets}
        for chip in self.chips.values():
            chip.clicked.connect(self.changed)
            self._flow.addWidget(chip)

    def chosen(self) -> frozenset[str] | None:
        """The codes of the pressed chips; None when all are."""
        pressed = {code for code, chip in self.chips.items() if chip.isChecked()}
        return None if len(pressed) == len(self.chips) else frozenset(pressed) | self._unknown

    def choose(self, codes: frozenset[str] | None) -> None:
        """Press the chips of these codes and no others; None presses all."""
        self._unknown = (codes or frozenset()) - self.chips.keys()
        self._press(self.chips if codes is None else codes)

    def show_counts(self, counts: Mapping[str, int] | None) -> None:
        """Write what each chip holds; None while that is not known."""
        for code, chip in self.chips.items():
            chip.show_count("…" if counts is None else QLocale().toString(counts.get(code, 0)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to choose all, none, or only the chip that is meant."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        meant = self.focusWidget() if by_key else self.childAt(event.pos())
        offer_choices(
            self,
            event.globalPos(),
            (meant.facet.name, {meant.facet.code}) if isinstance(meant, Chip) else None,
            self.chips,
            self._choose_by_hand,
        )

    def _press(self, codes: Collection[str]) -> None:
        for code, chip in self.chips.items():
            chip.setChecked(code in codes)

    def _choose_by_hand(self, codes: set[str]) -> None:
        self._unknown = frozenset()
        self._press(codes)
        self.changed.emit()
