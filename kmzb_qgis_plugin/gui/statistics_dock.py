"""The dock with the statistics of what the filter keeps: a chart and its table, one subject at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsProject, QgsRectangle
from qgis.gui import QgsDockWidget, QgsMapCanvas
from qgis.PyQt.QtCore import QModelIndex, QSignalBlocker, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.choropleth_map import ChoroplethMap
from kmzb_qgis_plugin.client.errors import Cancelled
from kmzb_qgis_plugin.domain.period import warsaw_today
from kmzb_qgis_plugin.domain.statistics import Statistics
from kmzb_qgis_plugin.gui.dock_pages import DockPages
from kmzb_qgis_plugin.gui.filter_history import FilterHistory
from kmzb_qgis_plugin.gui.icons import theme_icon
from kmzb_qgis_plugin.gui.messages import Messages, problem_text, reported
from kmzb_qgis_plugin.gui.notice import Notice
from kmzb_qgis_plugin.gui.statistics_model import StatisticsModel
from kmzb_qgis_plugin.gui.sync_line import SyncLine
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.printing.statistics_tables import CHANGE, Row, Table, Wording, cell_text, tables
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.queries import UnitRow
from kmzb_qgis_plugin.session import Session
from kmzb_qgis_plugin.statistics_source import StatisticsSource

if TYPE_CHECKING:
    from kmzb_qgis_plugin.gui.choropleth_dialog import ChoroplethDialog
    from kmzb_qgis_plugin.gui.statistics_chart_view import ChartView

FIGURES, CHARTS, UNITS, ZOOM = "figures", "charts", "statistics units", "statistics zoom"
CHART_MODULE = "kmzb_qgis_plugin.gui.statistics_chart_view"
WGS84 = "EPSG:4326"
ZOOM_MARGIN = 1.1
SMALLEST_METRES = 600.0
"""What is shown at least around a place that is zoomed to."""
HEIGHTS = (300, 340)
PATIENCE_MILLISECONDS = 300
NAME_SHARE = 0.45
"""Of the table's width, so that numbers are seen beside long names."""
TABLE_PAGE, MESSAGE_PAGE = 0, 1


class StatisticsDock(QgsDockWidget):
    """Counts anew when the filter or the data change, while it is in view."""

    reportRequested = pyqtSignal()
    """A document of all of it is wanted."""

    def __init__(
        self,
        session: Session,
        source: StatisticsSource,
        coloured: ChoroplethMap,
        messages: Messages,
        canvas: QgsMapCanvas,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("KMZB Statistics"), parent)
        self.setObjectName("KmzbStatisticsDock")
        self.session = session
        self.messages = messages
        self.statistics: Statistics | None = None
        self.tables: Sequence[Table] = ()
        self.chart: ChartView | None = None
        self.history = FilterHistory(session.filter)
        self.notice = Notice(session)
        self.sync = SyncLine(session, messages)
        self._source = source
        self._coloured = coloured
        self._colours: ChoroplethDialog | None = None
        self._canvas = canvas
        self._units: Sequence[UnitRow] = ()
        self._stale = True
        self._build()
        session.filterChanged.connect(self._filter_changed)
        session.replicaChanged.connect(self._count)
        session.replicaOpened.connect(self._replica_opened)
        session.connectionChanged.connect(self._connection_changed)
        session.catalogueChanged.connect(self._count)
        session.placesChanged.connect(self._show_tables)
        session.syncStateChanged.connect(self._show_page)
        source.progressed.connect(self._progressed)
        self.visibilityChanged.connect(self._seen)
        source.run(CHARTS, lambda: import_module(CHART_MODULE), self._add_chart, self._failed)
        self._replica_opened()

    def _build(self) -> None:
        self.total = QLabel()
        font = self.total.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.3)
        self.total.setFont(font)
        self.change = QLabel()
        self.change.setWordWrap(True)
        for label in (self.total, self.change):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setMaximumHeight(10)
        self.cancel = QToolButton()
        self.cancel.setText(tr("Cancel"))
        self.cancel.clicked.connect(self._cancel)
        self.progress.setRange(0, 0)
        self.working = QWidget()
        self.working.hide()
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MILLISECONDS)
        self._patience.timeout.connect(self.working.show)
        working = QHBoxLayout(self.working)
        working.setContentsMargins(0, 0, 0, 0)
        working.addWidget(self.progress, 1)
        working.addWidget(self.cancel)

        self.subject = QComboBox()
        self.subject.setAccessibleName(tr("Subject of the statistics"))
        self.subject.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.subject.currentIndexChanged.connect(self._show_subject)
        self.back = _tool("mActionUndo", tr("Take back the last change of the filter"))
        self.back.clicked.connect(self._back)
        self.narrow = _tool("mActionFilter2", tr("Filter the map by the chosen row"))
        self.narrow.clicked.connect(self._narrow_to_current)
        self.colour = _tool("rendererGraduatedSymbol", tr("Colour areas by a figure…"))
        self.colour.clicked.connect(self._choose_colours)
        self.copy = _menu_tool(
            "mActionEditCopy",
            tr("Copy"),
            ((tr("Copy &Table"), self._copy_table), (tr("Copy &Chart"), self._copy_chart)),
        )
        self.save = _menu_tool(
            "mActionFileSave",
            tr("Save"),
            (
                (tr("Export &Table…"), self._export),
                (tr("Save &Chart…"), self._save_chart),
                (tr("Statistics R&eport…"), self.reportRequested),
            ),
        )
        tools = QHBoxLayout()
        tools.setSpacing(2)
        tools.addWidget(self.subject, 1)
        for tool in (self.back, self.narrow, self.colour, self.copy, self.save):
            tools.addWidget(tool)

        self.model = StatisticsModel(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAlternatingRowColors(True)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().setVisible(False)
        self.table.verticalHeader().setDefaultSectionSize(self.table.fontMetrics().height() + 6)
        self.table.setSortingEnabled(True)
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        self.table.clicked.connect(self._zoom)
        self.table.activated.connect(self._zoom)
        self.table.selectionModel().selectionChanged.connect(self._enable)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.table)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        figures = QWidget()
        column = QVBoxLayout(figures)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.splitter, 1)
        column.addWidget(self.note)

        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.retry = QPushButton(tr("Count Again"))
        self.retry.clicked.connect(self._count)
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.addStretch(2)
        column.addWidget(self.message)
        column.addWidget(self.retry, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.content = QStackedWidget()
        self.content.addWidget(figures)
        self.content.addWidget(empty)

        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.total)
        column.addWidget(self.change)
        column.addWidget(self.working)
        column.addLayout(tools)
        column.addWidget(self.content, 1)
        column.addWidget(self.sync)
        self.pages = DockPages(self.notice, work)
        self.setWidget(self.pages)

    @property
    def current(self) -> Table | None:
        """The table that is shown."""
        key = self.subject.currentData()
        return next((table for table in self.tables if table.key == key), None)

    def wording(self) -> Wording | None:
        """The words of the window's language; None while nothing is open."""
        session = self.session
        if session.catalogue is None:
            return None
        return Wording(session.catalogue, session.places, session.language, tr)

    def export_table(self, path: Path) -> None:
        """Write the table that is shown.

        Raises:
            ExportError: it cannot be written.
        """
        from kmzb_qgis_plugin.printing.table_export import export_tables

        if self.current is not None:
            export_tables([self.current], path)

    @reported
    def _add_chart(self, module: Any) -> None:
        """Put the chart above the table, once matplotlib has been imported off the main thread."""
        self.chart = module.ChartView()
        self.chart.clicked.connect(self._bar_clicked)
        self.splitter.insertWidget(0, self.chart)
        self.splitter.setSizes(list(HEIGHTS))
        self._show_subject()

    @reported
    def _replica_opened(self) -> None:
        self.session.ask(UNITS, queries.unit_list, self._take_units)
        self._count()

    @reported
    def _take_units(self, units: Sequence[UnitRow]) -> None:
        self._units = units

    @reported
    def _connection_changed(self) -> None:
        """Another connection has other figures and a filter of its own."""
        self.history.restart(self.session.filter)
        self.statistics, self.tables = None, ()
        self._count()

    @reported
    def _filter_changed(self) -> None:
        self.history.note(self.session.filter)
        self._count()

    @reported
    def _seen(self, visible: bool) -> None:
        if visible and self._stale:
            self._count()

    @reported
    def _count(self) -> None:
        """Ask for the figures anew; out of view they would only take time."""
        self._show_page()
        self._stale = True
        if self.session.replica is None or self.session.catalogue is None or not self.isVisible():
            return
        self._stale = False
        self._show_working(True)
        self._source.ask(FIGURES, self._take, self._failed)

    @reported
    def _cancel(self) -> None:
        self._source.cancel(FIGURES)
        self._failed(Cancelled("the statistics were cancelled"))

    @reported
    def _progressed(self, percent: float) -> None:
        self.progress.setRange(0, 100)
        self.progress.setValue(round(percent))

    @reported
    def _take(self, statistics: Statistics) -> None:
        self.statistics = statistics
        self._show_working(False)
        self._show_tables()

    @reported
    def _show_tables(self) -> None:
        wording, found = self.wording(), self.statistics
        if wording is None or found is None:
            return
        locale = wording.locale
        self.total.setText(tr("%n threat(s)", "total", found.total.count).replace(
            str(found.total.count), locale.toString(found.total.count)
        ))  # fmt: skip
        if found.total.before is None:
            self.change.setText(tr("Choose a period to compare it with the year before."))
        else:
            self.change.setText(
                tr("{} on the same period of the year before ({})").format(
                    cell_text(found.total.change, CHANGE, locale), locale.toString(found.total.before)
                )
            )
        self.tables = tables(found, wording)
        wanted = self.subject.currentData() or settings.preference("statistics/subject", "category")
        blocker = QSignalBlocker(self.subject)
        self.subject.clear()
        for table in self.tables:
            self.subject.addItem(table.title, table.key)
        self.subject.setCurrentIndex(max(self.subject.findData(wanted), 0))
        del blocker
        if found.total.count:
            self._show_subject()
        else:
            self._say(tr("No threats match the filter."))

    @reported
    def _show_subject(self) -> None:
        table, wording = self.current, self.wording()
        if table is None or wording is None:
            return
        settings.set_preference("statistics/subject", table.key)
        self.content.setCurrentIndex(TABLE_PAGE)
        header = self.table.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        self.model.show(table, wording.locale)
        self.table.setAccessibleName(table.title)
        self._fit_columns(table)
        self.note.setText(table.note)
        self.note.setVisible(bool(table.note))
        if self.chart is not None:
            self.chart.show_table(table, wording)
        self._enable()

    def _fit_columns(self, table: Table) -> None:
        header = self.table.horizontalHeader()
        if len(table.columns) <= 2:
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
            return
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.resizeColumnsToContents()
        widest = round(self.table.viewport().width() * NAME_SHARE)
        self.table.setColumnWidth(0, min(self.table.columnWidth(0), widest))

    @reported
    def _show_page(self) -> None:
        self.notice.refresh()
        self.pages.show_work(self.session.replica is not None and self.session.catalogue is not None)

    @reported
    def _failed(self, error: Exception) -> None:
        """Say in the place of the figures why there are none."""
        self._show_working(False)
        self._stale = True
        if isinstance(error, Cancelled):
            self._say(tr("The figures were not counted: you have cancelled it."), again=True)
            return
        self.messages.problem(error)
        self._say(problem_text(error), again=True)

    def _say(self, text: str, again: bool = False) -> None:
        self.message.setText(text)
        self.retry.setVisible(again)
        self.content.setCurrentIndex(MESSAGE_PAGE)
        self._enable()

    def _show_working(self, working: bool) -> None:
        """Show progress, but not for what takes a blink."""
        if working:
            self._patience.start()
        else:
            self._patience.stop()
            self.progress.setRange(0, 0)
            self.working.hide()

    @reported
    def _enable(self) -> None:
        shown = self.content.currentIndex() == TABLE_PAGE and self.current is not None
        self.back.setEnabled(self.history.can_undo)
        self.narrow.setEnabled(shown and self._narrowed(self._current_row()) is not None)
        for tool in (self.copy, self.save):
            tool.setEnabled(shown)

    def _current_row(self) -> Row | None:
        rows = self.table.selectionModel().selectedRows()
        return self.model.row_at(rows[0].row()) if rows else None

    def _narrowed(self, row: Row | None, weekday: int | None = None) -> Any:
        from kmzb_qgis_plugin.gui.statistics_targets import narrowed

        table, catalogue = self.current, self.session.catalogue
        if row is None or table is None or catalogue is None:
            return None
        present = self.session.filter
        return narrowed(present, table.key, row, weekday, catalogue, self._units, warsaw_today())

    @reported
    def _bar_clicked(self, spot: Any) -> None:
        self._set_filter(self._narrowed(spot.row, spot.detail))

    @reported
    def _narrow_to_current(self) -> None:
        self._set_filter(self._narrowed(self._current_row()))

    def _set_filter(self, threat_filter: Any) -> None:
        if threat_filter is not None:
            self.session.set_filter(threat_filter)

    @reported
    def _back(self) -> None:
        self.session.set_filter(self.history.undo())
        self._enable()

    @reported
    def _zoom(self, index: QModelIndex) -> None:
        from kmzb_qgis_plugin.gui.statistics_targets import Box, box_of

        row, table = self.model.row_at(index.row()), self.current
        if row is None or table is None:
            return
        key = table.key

        def find(connection: sqlite3.Connection) -> Box | None:
            return box_of(connection, key, row)

        self.session.ask(ZOOM, find, self._zoom_to)

    @reported
    def _zoom_to(self, box: tuple[float, float, float, float] | None) -> None:
        """Show a box of degrees on the map, with a margin."""
        if box is None:
            return
        crs = self._canvas.mapSettings().destinationCrs()
        to_map = QgsCoordinateTransform(QgsCoordinateReferenceSystem(WGS84), crs, QgsProject.instance())
        extent = to_map.transformBoundingBox(QgsRectangle(*box))
        extent.scale(ZOOM_MARGIN)
        short = SMALLEST_METRES - max(extent.width(), extent.height())
        if short > 0 and not crs.isGeographic():
            extent.grow(short / 2)
        self._canvas.setExtent(extent)
        self._canvas.refresh()

    @reported
    def _choose_colours(self) -> None:
        """Open the dialog beside the map, once."""
        from kmzb_qgis_plugin.gui.choropleth_dialog import ChoroplethDialog

        if self._colours is None:
            self._colours = ChoroplethDialog(self._coloured, self.messages, self)
        self._colours.show()
        self._colours.raise_()

    @reported
    def _copy_table(self) -> None:
        QApplication.clipboard().setText(self.model.text())

    @reported
    def _copy_chart(self) -> None:
        if self.chart is not None:
            QApplication.clipboard().setImage(self.chart.image())

    @reported
    def _export(self) -> None:
        kinds = {
            ".xlsx": tr("Excel workbook (*.xlsx)"),
            ".ods": tr("OpenDocument spreadsheet (*.ods)"),
            ".csv": tr("Text, comma separated (*.csv)"),
        }
        self._save_as(tr("Export Table"), kinds, "table", self.export_table)

    @reported
    def _save_chart(self) -> None:
        kinds = {
            ".png": tr("PNG picture (*.png)"),
            ".svg": tr("SVG drawing (*.svg)"),
            ".pdf": tr("PDF document (*.pdf)"),
        }
        if self.chart is not None:
            self._save_as(tr("Save Chart"), kinds, "chart", self.chart.save)

    def _save_as(self, title: str, kinds: dict[str, str], what: str, write: Callable[[Path], None]) -> None:
        """Ask for a file and write it; folder and kind are remembered."""
        table = self.current
        if table is None:
            return
        folder = Path(settings.preference("statistics/folder", "") or Path.home())
        ending = settings.preference(f"statistics/{what}_ending", next(iter(kinds)))
        proposed = folder / f"kmzb-{table.key}-{warsaw_today()}{ending}"
        text, kind = QFileDialog.getSaveFileName(
            self, title, str(proposed), ";;".join(kinds.values()), kinds.get(ending, "")
        )
        if not text:
            return
        path = Path(text)
        if path.suffix.lower() not in kinds:
            chosen = next((one for one, name in kinds.items() if name == kind), next(iter(kinds)))
            path = path.with_name(path.name + chosen)
        write(path)
        settings.set_preference("statistics/folder", str(path.parent))
        settings.set_preference(f"statistics/{what}_ending", path.suffix.lower())
        self.messages.success(tr("Saved as {}").format(path))


def _tool(icon: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(theme_icon(icon))
    button.setAutoRaise(True)
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button


def _menu_tool(icon: str, name: str, entries: Sequence[tuple[str, Callable[[], None]]]) -> QToolButton:
    button = _tool(icon, name)
    menu = QMenu(button)
    for text, slot in entries:
        menu.addAction(text).triggered.connect(slot)
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return button
