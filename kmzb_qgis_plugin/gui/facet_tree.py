"""A tree of check boxes, with a count beside each where that is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qgis.PyQt.QtCore import QLocale, QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QContextMenuEvent, QIcon, QPalette
from qgis.PyQt.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from kmzb_qgis_plugin.domain.folding import folded
from kmzb_qgis_plugin.gui.facet_menu import offer_choices

NAME, COUNT = 0, 1
CODE_ROLE = Qt.ItemDataRole.UserRole
SEARCH_ROLE = Qt.ItemDataRole.UserRole + 1
ICON_SIZE = QSize(16, 16)
# One value of the flag's own type: Qt 5 wants a number here and Qt 6 a flag, this is both.
RIGHT = Qt.AlignmentFlag(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


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
    """Boxes under a common one, which has a code of its own if that stands for all of them."""

    name: str
    facets: Sequence[Facet | FacetGroup] = field(default_factory=tuple)
    code: str = ""


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
        self.addTopLevelItems([self._made(entry) for entry in entries])
        self.setRootIsDecorated(any(isinstance(entry, FacetGroup) for entry in entries))
        self._filling = False

    def chosen(self) -> frozenset[str] | None:
        """The codes of the checked boxes, and of groups that stand for all of theirs; None when all are."""
        if all(item.checkState(NAME) == Qt.CheckState.Checked for item in self.boxes()):
            return None
        return frozenset(_checked_codes(self.invisibleRootItem())) | self._unknown

    def choose(self, codes: frozenset[str] | None) -> None:
        """Check the boxes of these codes, those under them, and no others; None checks all."""
        items = list(_items(self.invisibleRootItem()))
        self._unknown = (codes or frozenset()) - {_code(item) for item in items}
        meant = [item for item in items if codes is None or _code(item) in codes]
        self._check({_code(box) for item in meant for box in _boxes(item)})

    def show_counts(self, counts: Mapping[str, int] | None) -> None:
        """Write what each box holds; None while that is not known."""
        self._filling = True
        for item in _items(self.invisibleRootItem()):
            self._write_count(item, None if counts is None else _count(item, counts))
        self._filling = False

    def search(self, text: str) -> bool:
        """Show only the boxes whose name, group or other names hold the text; whether there is any."""
        wanted = folded(text.strip())
        found = [_search(item, wanted) for item in _children(self.invisibleRootItem())]
        if self.topLevelItemCount() == 1:
            self.topLevelItem(0).setExpanded(True)
        return any(found)

    def boxes(self) -> Iterator[QTreeWidgetItem]:
        """The items that no others are under, from the top down."""
        return _boxes(self.invisibleRootItem())

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
        meant = None if item is None else (item.text(NAME), {_code(box) for box in _boxes(item)})
        offer_choices(
            self,
            self.viewport().mapToGlobal(place),
            meant,
            {_code(box) for box in self.boxes()},
            self._choose_by_hand,
        )

    def _made(self, entry: Facet | FacetGroup) -> QTreeWidgetItem:
        """A row with all that is under it, not yet in the tree: there each of thousands would cost time."""
        item = QTreeWidgetItem()
        item.setText(NAME, entry.name)
        item.setTextAlignment(COUNT, RIGHT)
        item.setData(NAME, CODE_ROLE, entry.code)
        item.setCheckState(NAME, Qt.CheckState.Checked)
        if isinstance(entry, FacetGroup):
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsAutoTristate)
            item.setToolTip(NAME, entry.name)
            item.setData(NAME, SEARCH_ROLE, folded(f"{entry.name} {entry.code}"))
            item.addChildren([self._made(part) for part in entry.facets])
            return item
        item.setFlags(item.flags() | Qt.ItemFlag.ItemNeverHasChildren)
        item.setToolTip(NAME, entry.tool_tip or entry.name)
        item.setData(NAME, SEARCH_ROLE, folded(f"{entry.name} {entry.also}"))
        if entry.icon is not None:
            item.setIcon(NAME, entry.icon)
        return item

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

    def _choose_by_hand(self, codes: set[str]) -> None:
        self._unknown = frozenset()
        self._check(codes)
        self.changed.emit()


def _code(item: QTreeWidgetItem) -> str:
    return item.data(NAME, CODE_ROLE) or ""


def _count(item: QTreeWidgetItem, counts: Mapping[str, int]) -> int:
    """What an item holds: by its own code if it has one, otherwise what the boxes under it do."""
    code = _code(item)
    return counts.get(code, 0) if code else sum(counts.get(_code(box), 0) for box in _boxes(item))


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [item.child(index) for index in range(item.childCount())]


def _items(item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    """What is under an item, at every depth."""
    for child in _children(item):
        yield child
        yield from _items(child)


def _boxes(item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    """The item itself if nothing is under it, otherwise what nothing is under."""
    children = _children(item)
    if not children and _code(item):
        yield item
    for child in children:
        yield from _boxes(child)


def _checked_codes(item: QTreeWidgetItem) -> Iterator[str]:
    """The fewest codes that stand for what is checked under an item."""
    for child in _children(item):
        if _code(child) and child.checkState(NAME) == Qt.CheckState.Checked:
            yield _code(child)
        else:
            yield from _checked_codes(child)


def _search(item: QTreeWidgetItem, wanted: str, shown: bool = False) -> bool:
    """Hide the item unless it, one above it (``shown``) or one under it has the text; whether it stays."""
    itself = wanted in item.data(NAME, SEARCH_ROLE)
    under = [_search(child, wanted, shown or itself) for child in _children(item)]
    item.setHidden(not (shown or itself or any(under)))
    item.setExpanded(bool(wanted) and any(under) and not shown)
    return not item.isHidden()
