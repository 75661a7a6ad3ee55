"""A tree of check boxes with a count beside each: the filter's sources, categories and statuses."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qgis.PyQt.QtCore import QLocale, QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QContextMenuEvent, QIcon, QPalette
from qgis.PyQt.QtWidgets import QHeaderView, QMenu, QTreeWidget, QTreeWidgetItem, QWidget

from kmzb_qgis_plugin.gui.moved import QAction
from kmzb_qgis_plugin.i18n import tr

NAME, COUNT = 0, 1
CODE_ROLE = Qt.ItemDataRole.UserRole
SEARCH_ROLE = Qt.ItemDataRole.UserRole + 1
ICON_SIZE = QSize(16, 16)
# One value of the flag's own type: Qt 5 wants a number here and Qt 6 a flag, this is both.
RIGHT = Qt.AlignmentFlag(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
NO_DECOMPOSITION = str.maketrans("łŁ", "lL")


@dataclass(frozen=True)
class Facet:
    """One box: its code, name, picture and other words it can be found by."""

    code: str
    name: str
    icon: QIcon | None = None
    tool_tip: str = ""
    also: str = ""


@dataclass(frozen=True)
class FacetGroup:
    """Boxes under a common one."""

    name: str
    facets: Sequence[Facet] = field(default_factory=tuple)


class FacetTree(QTreeWidget):
    """Which codes are chosen.

    A code that was chosen and that the catalogue does not know (any more) stays
    chosen until all or other boxes are chosen by hand.
    """

    changed = pyqtSignal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIconSize(ICON_SIZE)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(COUNT, QHeaderView.ResizeMode.ResizeToContents)
        self.itemChanged.connect(self._boxes_changed)
        self._unknown: frozenset[str] = frozenset()
        self._filling = False
        # Checking a group changes every box in it; that is one change of the filter.
        self._announce = QTimer(self, singleShot=True, interval=0)
        self._announce.timeout.connect(self.changed)

    def fill(self, entries: Sequence[Facet | FacetGroup]) -> None:
        """Put up boxes, all of them checked."""
        self._filling = True
        self.clear()
        for entry in entries:
            if isinstance(entry, FacetGroup):
                group = self._add(self.invisibleRootItem(), entry.name, Qt.ItemFlag.ItemIsAutoTristate)
                for facet in entry.facets:
                    self._add_facet(group, facet)
            else:
                self._add_facet(self.invisibleRootItem(), entry)
        self.setRootIsDecorated(any(isinstance(entry, FacetGroup) for entry in entries))
        self._filling = False

    def chosen(self) -> frozenset[str] | None:
        """The codes of the checked boxes; None when all are."""
        checked = {_code(item) for item in self.boxes() if item.checkState(NAME) == Qt.CheckState.Checked}
        if len(checked) == sum(1 for _ in self.boxes()):
            return None
        return frozenset(checked) | self._unknown

    def choose(self, codes: frozenset[str] | None) -> None:
        """Check the boxes of these codes and no others; None checks all."""
        known = {_code(item) for item in self.boxes()}
        self._unknown = (codes or frozenset()) - known
        self._check({code for code in known if codes is None or code in codes})

    def show_counts(self, counts: Mapping[str, int] | None) -> None:
        """Write what each box holds; None while that is not known."""
        self._filling = True
        for item in self.boxes():
            self._write_count(item, None if counts is None else counts.get(_code(item), 0))
        for number in range(self.topLevelItemCount()):
            group = self.topLevelItem(number)
            if group.childCount():
                codes = [_code(group.child(index)) for index in range(group.childCount())]
                total = None if counts is None else sum(counts.get(code, 0) for code in codes)
                self._write_count(group, total)
        self._filling = False

    def search(self, text: str) -> None:
        """Show only the boxes whose name, group or other names hold the text."""
        wanted = folded(text.strip())
        for number in range(self.topLevelItemCount()):
            top = self.topLevelItem(number)
            whole = wanted in folded(top.text(NAME))
            for index in range(top.childCount()):
                child = top.child(index)
                child.setHidden(not whole and wanted not in child.data(NAME, SEARCH_ROLE))
            shown = [index for index in range(top.childCount()) if not top.child(index).isHidden()]
            top.setHidden(not whole and not shown)
            top.setExpanded(bool(wanted and shown))

    def boxes(self) -> Iterator[QTreeWidgetItem]:
        """The items that carry a code, from the top down."""
        for number in range(self.topLevelItemCount()):
            top = self.topLevelItem(number)
            if _code(top):
                yield top
            for index in range(top.childCount()):
                yield top.child(index)

    def box(self, code: str) -> QTreeWidgetItem | None:
        return next((item for item in self.boxes() if _code(item) == code), None)

    def fit_height(self) -> None:
        """Be as high as the rows that are there: for short lists without a scroll bar."""
        rows = self.topLevelItemCount()
        height = rows * max(self.sizeHintForRow(0), 1) + 2 * self.frameWidth()
        self.setFixedHeight(height)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to check all boxes, none, or only those under the row that is meant."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        item = self.currentItem() if by_key else self.itemAt(event.pos())
        place = self.visualItemRect(item).bottomLeft() if by_key and item else event.pos()
        menu = QMenu(self)
        if item is not None:
            menu.addAction(self._action(tr("Only “{}”").format(item.text(NAME)), _codes_under(item), menu))
        menu.addAction(self._action(tr("Check All"), {_code(box) for box in self.boxes()}, menu))
        menu.addAction(self._action(tr("Uncheck All"), set(), menu))
        menu.exec(self.viewport().mapToGlobal(place))

    def _add(self, parent: QTreeWidgetItem, name: str, flag: Qt.ItemFlag | None = None) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent)
        item.setText(NAME, name)
        item.setToolTip(NAME, name)
        if flag is not None:
            item.setFlags(item.flags() | flag)
        item.setCheckState(NAME, Qt.CheckState.Checked)
        item.setTextAlignment(COUNT, RIGHT)
        return item

    def _add_facet(self, parent: QTreeWidgetItem, facet: Facet) -> None:
        item = self._add(parent, facet.name)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemNeverHasChildren)
        item.setData(NAME, CODE_ROLE, facet.code)
        item.setData(NAME, SEARCH_ROLE, folded(f"{facet.name} {facet.also}"))
        item.setToolTip(NAME, facet.tool_tip or facet.name)
        if facet.icon is not None:
            item.setIcon(NAME, facet.icon)

    def _write_count(self, item: QTreeWidgetItem, count: int | None) -> None:
        item.setText(COUNT, "…" if count is None else QLocale().toString(count))
        faint = self.palette().brush(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
        item.setData(COUNT, Qt.ItemDataRole.ForegroundRole, faint if count == 0 else None)

    def _boxes_changed(self, _item: QTreeWidgetItem, column: int) -> None:
        if column == NAME and not self._filling:
            self._announce.start()

    def _check(self, codes: set[str]) -> None:
        self._filling = True
        for item in self.boxes():
            state = Qt.CheckState.Checked if _code(item) in codes else Qt.CheckState.Unchecked
            item.setCheckState(NAME, state)
        self._filling = False

    def _action(self, text: str, codes: set[str], menu: QMenu) -> QAction:
        action = QAction(text, menu)
        action.triggered.connect(lambda: self._choose_by_hand(codes))
        return action

    def _choose_by_hand(self, codes: set[str]) -> None:
        self._unknown = frozenset()
        self._check(codes)
        self.changed.emit()


def folded(text: str) -> str:
    """Text without case and accents: "Zieleń" is found by "zielen", "Łódź" by "lodz"."""
    plain = unicodedata.normalize("NFD", text.translate(NO_DECOMPOSITION).casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _code(item: QTreeWidgetItem) -> str:
    return item.data(NAME, CODE_ROLE) or ""


def _codes_under(item: QTreeWidgetItem) -> set[str]:
    if _code(item):
        return {_code(item)}
    return {_code(item.child(index)) for index in range(item.childCount())}
