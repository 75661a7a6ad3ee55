"""The queue of reports that wait, and the ways to go through it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime, timezone
from itertools import groupby
from typing import NamedTuple, Optional

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence, QResizeEvent
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.gui.icons import theme_icon
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.queue_model import (
    CATEGORY,
    DISTANCE,
    DUE,
    PLACE,
    REF,
    STATUS,
    Origin,
    QueueModel,
)
from kmzb_qgis_plugin.gui.queue_tree import QueueTree
from kmzb_qgis_plugin.gui.words import distance_text, whole_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.queries import QueueRow, ThreatRow, UnitRow
from kmzb_qgis_plugin.replica.statistics import with_below
from kmzb_qgis_plugin.session import Session

QUEUE, FIND = "queue", "find"
SHOWN_FROM_WIDTH = {PLACE: 420, REF: 540}
"""Pixels: in a narrower dock, these columns are left to the report's facts, for the sake of the category."""
INDENTATION = 10
PREVIOUS_KEYS, NEXT_KEYS = "Alt+Up", "Alt+Down"
OWN_FIRST, SORTED_BY = "queue/own_first", "queue/sorted_by"
Middle = Callable[[], Optional[tuple[float, float]]]


class _Read(NamedTuple):
    """What a look into the replica brings."""

    rows: list[QueueRow]
    units: list[UnitRow]


class QueuePanel(QWidget):
    """Shows the queue; :attr:`selected` tells which report is to be looked at.

    Distances are those from the seat of one's own unit; where the sign-in is of no unit, or of one
    without a seat, from the middle of the map.

    Args:
        session: the workspace.
        messages: told what goes wrong.
        middle: longitude and latitude of the map's middle, None where there is none.
        parent: Qt's.
    """

    selected = pyqtSignal(int)
    """A threat's id, chosen by a person."""
    severalSelected = pyqtSignal(list)
    """The ids of several threats, chosen by a person; of one or none when that is over."""

    def __init__(
        self,
        session: Session,
        messages: Messages,
        middle: Middle = lambda: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.messages = messages
        self.current: int | None = None
        self.model = QueueModel(self)
        self._middle = middle
        self._place = 0
        """Where the chosen report stood, for when it has left the queue."""
        self._chosen: frozenset[int] = frozenset()
        self._folded: set[str] = set()
        self._build()
        for signal in (session.replicaOpened, session.replicaChanged):
            signal.connect(self.load)
        session.filterChanged.connect(self._filter_changed)

    def _build(self) -> None:
        self.count = QLabel()
        self.own_first = QCheckBox(tr("&Own unit first"))
        self.own_first.setToolTip(tr("Begin each group with the reports of my unit"))
        self.own_first.setChecked(settings.preference(OWN_FIRST, True))
        self.own_first.toggled.connect(self._own_first_changed)
        self.only_filtered = QCheckBox(tr("&Under the filter"))
        self.only_filtered.setToolTip(tr("Show only reports that the filter keeps"))
        self.only_filtered.toggled.connect(self.load)
        self.previous = self._step_button("mActionArrowUp", tr("Previous report"), PREVIOUS_KEYS, -1)
        self.next = self._step_button("mActionArrowDown", tr("Next report"), NEXT_KEYS, 1)
        self.find = QgsFilterLineEdit()
        self.find.setShowSearchIcon(True)
        self.find.setPlaceholderText(tr("Go to number"))
        self.find.setToolTip(tr("Show any report by its number, in the queue or not"))
        self.find.setAccessibleName(tr("Go to number"))
        self.find.returnPressed.connect(self._find)
        self.tree = self._make_tree()
        self.empty = QLabel(tr("No report waits."))
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)

        upper = QHBoxLayout()
        upper.addWidget(self.own_first)
        upper.addWidget(self.only_filtered)
        upper.addStretch()
        lower = QHBoxLayout()
        lower.addWidget(self.count)
        lower.addWidget(self.find, 1)
        lower.addWidget(self.previous)
        lower.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(upper)
        column.addLayout(lower)
        column.addWidget(self.tree, 1)
        column.addWidget(self.empty, 1)

    def _make_tree(self) -> QueueTree:
        tree = QueueTree()
        tree.setAccessibleName(tr("Reports that wait"))
        tree.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        tree.setAlternatingRowColors(True)
        tree.setUniformRowHeights(True)
        tree.setIndentation(INDENTATION)
        tree.setIconSize(QSize(16, 16))
        tree.setModel(self.model)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setMinimumSectionSize(22)
        for column, text in _widest().items():
            header.resizeSection(column, tree.fontMetrics().horizontalAdvance(text))
        for column in (CATEGORY, PLACE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        by, descending = _stored_order()
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(by, order)
        self.model.put_own_first(self.own_first.isChecked())
        tree.setSortingEnabled(True)
        header.sortIndicatorChanged.connect(self._order_changed)
        tree.collapsed.connect(self._group_folded)
        tree.expanded.connect(self._group_unfolded)
        self.model.modelReset.connect(self._restore)
        tree.selectionModel().selectionChanged.connect(self._rows_chosen)
        return tree

    @reported
    def load(self) -> None:
        """Ask for the queue anew; the chosen reports stay chosen."""
        catalogue = self.session.catalogue
        if catalogue is None:
            return
        where = self.session.where() if self.only_filtered.isChecked() else ""

        def read(connection: sqlite3.Connection) -> _Read:
            return _Read(queries.queue(connection, catalogue, where), queries.unit_list(connection))

        self.session.ask(QUEUE, read, self._show)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns that there is room for."""
        super().resizeEvent(event)
        for column, width in SHOWN_FROM_WIDTH.items():
            self.tree.setColumnHidden(column, event.size().width() < width)

    def step(self, by: int) -> None:
        """Choose the report that many rows further down."""
        number = self.model.row_of(self.current)
        if number < 0:  # the one after it has taken its place
            number = self._place - (by > 0)
        row = self.model.threat_at(min(max(number + by, 0), self.model.count() - 1))
        if row is not None and row.fid != self.current:
            self.bring(row.fid)
            self.selected.emit(row.fid)

    def forget(self) -> None:
        """Have nothing chosen: another connection's reports have the same ids."""
        self.mark(None)
        self._place = 0

    def mark(self, fid: int | None) -> None:
        """Show a report as the chosen one without telling anyone."""
        self._note_place()
        self.mark_all([] if fid is None else [fid])
        self.current = fid

    def mark_all(self, fids: Iterable[int]) -> None:
        """Show reports as the chosen ones without telling anyone; those that do not wait are not here."""
        self._chosen = frozenset(fids)
        indexes = [index for fid in self._chosen if (index := self.model.index_of(fid)).isValid()]
        selection = self.tree.selectionModel()
        selection.blockSignals(True)
        kind = QItemSelectionModel.SelectionFlag
        selection.select(_ranges(indexes), kind.Clear | kind.Select)
        selection.setCurrentIndex(indexes[0] if len(indexes) == 1 else QModelIndex(), kind.NoUpdate)
        selection.blockSignals(False)
        self.tree.viewport().update()

    def bring(self, fid: int) -> None:
        """Mark a report and scroll to its row."""
        self.mark(fid)
        self.tree.scrollTo(self.model.index_of(fid))

    def row_after(self, fid: int) -> int | None:
        """The report that comes after one in the queue, the one before it at the end."""
        row = self.model.row_of(fid)
        neighbour = self.model.threat_at(row + 1) or self.model.threat_at(row - 1) if row >= 0 else None
        return neighbour.fid if neighbour else None

    @reported
    def _show(self, read: _Read) -> None:
        catalogue: Catalogue | None = self.session.catalogue
        if catalogue is None:
            return
        unit = self.session.identity.unit if self.session.identity else None
        position = self.tree.verticalScrollBar().value()
        self._note_place()
        self.model.show(
            read.rows,
            catalogue,
            self.session.language,
            datetime.now(timezone.utc),
            frozenset(with_below(read.units).get(unit or "", ())),
            self._origin(unit, read.units),
        )
        self.tree.verticalScrollBar().setValue(position)
        self.tree.setColumnHidden(DISTANCE, self.model.origin is None)
        self.own_first.setEnabled(unit is not None)
        count = self.model.count()
        self.count.setText(tr("Waiting {}").format(whole_text(count)))
        self.tree.setVisible(count > 0)
        self.empty.setVisible(count == 0)
        self.previous.setEnabled(count > 0)
        self.next.setEnabled(count > 0)

    def _note_place(self) -> None:
        place = self.model.row_of(self.current)
        if place >= 0:
            self._place = place

    def _origin(self, unit: str | None, units: list[UnitRow]) -> Origin | None:
        """Where distances are counted from."""
        seat = next((one for one in units if one.code == unit), None)
        if seat is not None and seat.seat_lon is not None and seat.seat_lat is not None:
            return Origin(seat.seat_lon, seat.seat_lat, seat.name)
        middle = self._middle()
        return None if middle is None else Origin(*middle, tr("the middle of the map"))

    @reported
    def _restore(self) -> None:
        """After the rows were put in order anew: folded groups, choice and place are as before."""
        self.tree.blockSignals(True)  # "expanded" comes for every single row
        self.tree.expandAll()  # at once: group by group Qt would lay out everything each time
        for row in range(self.model.rowCount()):
            index = self.model.index(row, 0)
            self.tree.setFirstColumnSpanned(row, QModelIndex(), True)
            if self.model.group_name(index) in self._folded:
                self.tree.collapse(index)
        self.tree.blockSignals(False)
        self.mark_all(self._chosen)

    @reported
    def _own_first_changed(self, wished: bool) -> None:
        settings.set_preference(OWN_FIRST, wished)
        self.model.put_own_first(wished)

    @reported
    def _order_changed(self, column: int, order: Qt.SortOrder) -> None:
        sign = "-" if order == Qt.SortOrder.DescendingOrder else ""
        settings.set_preference(SORTED_BY, f"{sign}{column}")

    @reported
    def _group_folded(self, index: QModelIndex) -> None:
        self._folded.add(self.model.group_name(index))

    @reported
    def _group_unfolded(self, index: QModelIndex) -> None:
        self._folded.discard(self.model.group_name(index))

    @reported
    def _filter_changed(self) -> None:
        if self.only_filtered.isChecked():
            self.load()

    @reported
    def _rows_chosen(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        rows = (self.model.row(index) for index in self.tree.selectionModel().selectedRows())
        fids = [row.fid for row in rows if row is not None]
        before, self._chosen = self._chosen, frozenset(fids)
        if len(fids) != 1 or len(before) > 1:
            self.severalSelected.emit(fids)
        if len(fids) == 1 and fids[0] != self.current:
            self.current = fids[0]
            self.selected.emit(fids[0])

    @reported
    def _find(self) -> None:
        ref = self._ref(self.find.text())
        if ref:
            self.session.ask(FIND, lambda connection: queries.threat_by_ref(connection, ref), self._found)

    def _ref(self, typed: str) -> str:
        """The reference meant: "1234" is a citizens' report, "p 17" a police record."""
        text = typed.strip().upper().replace(" ", "-")
        prefix, _, number = text.rpartition("-")
        sources = self.session.catalogue.sources if self.session.catalogue else ()
        if not prefix:
            prefix = next((source.ref_prefix for source in sources if source.workflow), "")
        return f"{prefix}-{int(number):07}" if number.isdecimal() else text

    @reported
    def _found(self, threat: ThreatRow | None) -> None:
        if threat is None:
            self.messages.warning(
                tr("There is no threat with the number “{}”.").format(self.find.text().strip())
            )
            return
        self.bring(threat.fid)
        self.selected.emit(threat.fid)

    def _step_button(self, icon: str, text: str, keys: str, by: int) -> QToolButton:
        sequence = QKeySequence(keys)
        button = QToolButton()
        button.setIcon(theme_icon(icon))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(text)
        button.setToolTip(f"{text} ({sequence.toString(QKeySequence.SequenceFormat.NativeText)})")
        button.clicked.connect(lambda: self.step(by))
        return button


def _widest() -> dict[int, str]:
    """About the longest text of each column that does not stretch, with room for a picture."""
    return {
        DUE: "mmm" + tr("in %n day(s)", "deadline", 99),
        STATUS: "mm",
        DISTANCE: "m" + max(distance_text(999_000), tr("Distance"), key=len),
        REF: "mZ-0000000",
    }


def _ranges(indexes: list[QModelIndex]) -> QItemSelection:
    """Whole rows, neighbours together: thousands of ranges would take Qt seconds."""
    ranges = QItemSelection()
    rows = sorted(indexes, key=lambda index: (index.internalId(), index.row()))
    for _, run in groupby(enumerate(rows), _distance_to_number):
        neighbours = [index for _, index in run]
        ranges.select(neighbours[0], neighbours[-1].siblingAtColumn(REF))
    return ranges


def _distance_to_number(numbered: tuple[int, QModelIndex]) -> tuple[int, int]:
    """The same for neighbours in one group."""
    number, index = numbered
    return index.internalId(), index.row() - number


def _stored_order() -> tuple[int, bool]:
    """The column that the queue was last ordered by, and whether the largest came first."""
    stored = settings.preference(SORTED_BY, str(DUE))
    column = stored.lstrip("-")
    known = column.isdecimal() and int(column) <= REF
    return (int(column) if known else DUE), stored.startswith("-")
