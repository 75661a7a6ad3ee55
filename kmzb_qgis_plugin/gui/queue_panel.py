"""The queue of reports that wait, and the ways to go through it."""

from __future__ import annotations

from datetime import datetime, timezone

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QItemSelection, QLocale, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence, QResizeEvent
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.gui.icons import theme_icon
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.moved import QShortcut
from kmzb_qgis_plugin.gui.queue_model import CATEGORY, DUE, PLACE, REF, STATUS, QueueModel
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.queries import QueueRow, ThreatRow
from kmzb_qgis_plugin.session import Session

QUEUE, FIND = "queue", "find"
WIDTHS = {STATUS: 24, REF: 80}
MEASURED_ROWS = 50
REF_FROM_WIDTH = 460
"""Pixels: below, the number is left to the report's facts, for the sake of category and place."""


class QueuePanel(QWidget):
    """Shows the queue; :attr:`selected` tells which report is to be looked at."""

    selected = pyqtSignal(int)
    """A threat's id, chosen by a person."""

    def __init__(self, session: Session, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.messages = messages
        self.current: int | None = None
        self.model = QueueModel(self)
        self._build()
        for signal in (session.replicaOpened, session.replicaChanged, session.outboxChanged):
            signal.connect(self.load)
        session.filterChanged.connect(self._filter_changed)

    def _build(self) -> None:
        self.count = QLabel()
        self.only_filtered = QCheckBox(tr("&Under the filter"))
        self.only_filtered.setToolTip(tr("Show only reports that the filter keeps"))
        self.only_filtered.toggled.connect(self.load)
        self.previous = self._step_button("mActionArrowUp", tr("Previous report"), "Alt+Up", -1)
        self.next = self._step_button("mActionArrowDown", tr("Next report"), "Alt+Down", 1)
        self.find = QgsFilterLineEdit()
        self.find.setShowSearchIcon(True)
        self.find.setPlaceholderText(tr("Go to number"))
        self.find.setToolTip(tr("Show any report by its number, in the queue or not"))
        self.find.setAccessibleName(tr("Go to number"))
        self.find.returnPressed.connect(self._find)

        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(tr("Reports that wait"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setIconSize(QSize(16, 16))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.table.fontMetrics().height() + 8)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(22)
        for column, width in WIDTHS.items():
            header.resizeSection(column, width)
        header.setResizeContentsPrecision(MEASURED_ROWS)
        header.setSectionResizeMode(DUE, QHeaderView.ResizeMode.ResizeToContents)
        for column in (CATEGORY, PLACE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().selectionChanged.connect(self._row_chosen)
        self.empty = QLabel(tr("No report waits."))
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)

        upper = QHBoxLayout()
        upper.addWidget(self.count, 1)
        upper.addWidget(self.only_filtered)
        lower = QHBoxLayout()
        lower.addWidget(self.find, 1)
        lower.addWidget(self.previous)
        lower.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(upper)
        column.addLayout(lower)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)

    @reported
    def load(self) -> None:
        """Ask for the queue anew; the chosen report stays chosen."""
        catalogue = self.session.catalogue
        if catalogue is None:
            return
        where = self.session.where() if self.only_filtered.isChecked() else ""
        self.session.ask(QUEUE, lambda connection: queries.queue(connection, catalogue, where), self._show)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the column of numbers where there is room for it."""
        super().resizeEvent(event)
        self.table.setColumnHidden(REF, event.size().width() < REF_FROM_WIDTH)

    def step(self, by: int) -> None:
        """Choose the report that many rows further down."""
        row = self.model.row_of(self.current)
        self._choose(row + by if row >= 0 else 0)

    def mark(self, fid: int | None) -> None:
        """Show a report as the chosen one without telling anyone."""
        self.current = fid
        selection = self.table.selectionModel()
        selection.blockSignals(True)
        row = self.model.row_of(fid)
        if row < 0:
            self.table.clearSelection()
            self.table.setCurrentIndex(self.model.index(-1, -1))
        else:
            self.table.selectRow(row)
        selection.blockSignals(False)
        self.table.viewport().update()

    def bring(self, fid: int) -> None:
        """Mark a report and scroll to its row."""
        self.mark(fid)
        self.table.scrollTo(self.model.index(self.model.row_of(fid), DUE))

    def row_after(self, fid: int) -> int | None:
        """The report that comes after one in the queue, the one before it at the end."""
        row = self.model.row_of(fid)
        neighbour = self.model.threat_at(row + 1) or self.model.threat_at(row - 1) if row >= 0 else None
        return neighbour.fid if neighbour else None

    @reported
    def _show(self, rows: list[QueueRow]) -> None:
        catalogue: Catalogue | None = self.session.catalogue
        if catalogue is None:
            return
        position = self.table.verticalScrollBar().value()
        self.model.show(rows, catalogue, self.session.language, datetime.now(timezone.utc))
        self.table.verticalScrollBar().setValue(position)
        self.mark(self.current)
        count = self.model.rowCount()
        self.count.setText(tr("Waiting {}").format(QLocale().toString(count)))
        self.table.setVisible(count > 0)
        self.empty.setVisible(count == 0)
        self.previous.setEnabled(count > 0)
        self.next.setEnabled(count > 0)

    @reported
    def _filter_changed(self) -> None:
        if self.only_filtered.isChecked():
            self.load()

    @reported
    def _row_chosen(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        rows = self.table.selectionModel().selectedRows()
        row = self.model.threat_at(rows[0].row()) if rows else None
        if row is not None and row.fid != self.current:
            self.current = row.fid
            self.selected.emit(row.fid)

    def _choose(self, row: int) -> None:
        if 0 <= row < self.model.rowCount():
            self.table.selectRow(row)
            self.table.scrollTo(self.model.index(row, 0))

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
        shortcut = QShortcut(sequence, self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self.step(by))
        return button
