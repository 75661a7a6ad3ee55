"""The dock that says what is being looked at."""

from __future__ import annotations

from qgis.gui import QgsCollapsibleGroupBox, QgsDockWidget, QgsMapCanvas, QgsScrollArea
from qgis.PyQt.QtCore import QEvent, QLocale, Qt
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin.domain.period import warsaw_today
from kmzb_qgis_plugin.domain.sentence import describe
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.facets import FacetCounts, count_facets
from kmzb_qgis_plugin.gui.dock_pages import DockPages
from kmzb_qgis_plugin.gui.filter_history import FilterHistory
from kmzb_qgis_plugin.gui.filter_parts import (
    CategoriesPart,
    FilterPart,
    PeriodPart,
    SourcesPart,
    StatusesPart,
    TextPart,
)
from kmzb_qgis_plugin.gui.icons import theme_icon
from kmzb_qgis_plugin.gui.map_part import MapPart
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.notice import Notice
from kmzb_qgis_plugin.gui.place_parts import AreasPart, UnitsPart
from kmzb_qgis_plugin.gui.saved_filters import SavedFilters
from kmzb_qgis_plugin.gui.sync_line import SyncLine
from kmzb_qgis_plugin.gui.week_part import WeekPart
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.queries import AreaRow, UnitRow
from kmzb_qgis_plugin.session import Session

COUNTS, PLACES = "facets", "filter places"


class FilterDock(QgsDockWidget):
    """Shows the session's filter in its parts, and what each box holds."""

    def __init__(
        self,
        session: Session,
        messages: Messages,
        parent: QWidget | None = None,
        canvas: QgsMapCanvas | None = None,
    ) -> None:
        super().__init__(tr("KMZB Filter"), parent)
        self.setObjectName("KmzbFilterDock")
        self.session = session
        self.messages = messages
        self.parts: tuple[FilterPart, ...] = (
            PeriodPart(),
            SourcesPart(),
            CategoriesPart(),
            StatusesPart(),
            WeekPart(),
            AreasPart(),
            UnitsPart(),
            MapPart(session.layers.project, canvas, lambda: session.map_view()),
            TextPart(session.mine),
        )
        self.history = FilterHistory(session.filter)
        self.notice = Notice(session)
        self._build()
        session.catalogueChanged.connect(self._fill)
        session.replicaOpened.connect(self._show_page)
        session.replicaOpened.connect(self._count)
        session.replicaChanged.connect(self._count)
        session.placesChanged.connect(self._read_places)
        session.filterChanged.connect(self._show_filter)
        session.identityChanged.connect(self._show_filter)
        session.syncStateChanged.connect(self._show_page)
        session.connectionChanged.connect(self._begin_history)
        session.connectionChanged.connect(self._show_page)
        session.layersChanged.connect(self._show_missing)
        for part in self.parts:
            part.changed.connect(self._take_parts)
            if isinstance(part, MapPart):
                part.failed.connect(messages.problem)
        self._fill()
        self._read_places()
        self._show_page()

    def _build(self) -> None:
        self.shown = QLabel()
        self.shown.setTextFormat(Qt.TextFormat.PlainText)
        font = self.shown.font()
        font.setBold(True)
        self.shown.setFont(font)
        self.reset = QPushButton(tr("&Reset"))
        self.reset.setToolTip(tr("Show everything again"))
        self.reset.clicked.connect(self._reset)
        self.undo = _tool(
            "mActionUndo", tr("Undo the last change of the filter"), QKeySequence.StandardKey.Undo
        )
        self.undo.clicked.connect(self._undo)
        self.redo = _tool("mActionRedo", tr("Redo the change of the filter"), QKeySequence.StandardKey.Redo)
        self.redo.clicked.connect(self._redo)
        tools = QHBoxLayout()
        for tool in (self.undo, self.redo):
            tools.addWidget(tool)
        self.saved = SavedFilters(self.session, self.messages)
        self.sync = SyncLine(self.session, self.messages)
        tools.addWidget(self.saved)
        tools.addStretch(1)
        tools.addWidget(self.reset)

        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 4, 0)
        for part in self.parts:
            column.addWidget(_collapsible(part), 1 if isinstance(part, CategoriesPart) else 0)
        content = QWidget()
        content.setLayout(column)
        scroll = QgsScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)

        self.sentence = QLabel()
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence.setFrameShape(QFrame.Shape.StyledPanel)
        self.sentence.setMargin(6)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.copy = _tool("mActionEditCopy", tr("Copy the sentence that describes the filter"))
        self.copy.clicked.connect(self._copy)
        said = QHBoxLayout()
        said.addWidget(self.sentence, 1)
        said.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)

        missing = QLabel(tr("The layers are not in this project."))
        missing.setWordWrap(True)
        self.add_layers = QPushButton(tr("Add &Layers"))
        self.add_layers.clicked.connect(self._add_layers)
        self.missing = QWidget()
        missing_row = QHBoxLayout(self.missing)
        missing_row.setContentsMargins(0, 0, 0, 0)
        missing_row.addWidget(missing, 1)
        missing_row.addWidget(self.add_layers)

        page = QWidget()
        layout = QVBoxLayout(page)
        layout.addWidget(self.missing)
        layout.addWidget(self.shown)
        layout.addLayout(tools)
        layout.addWidget(scroll, 1)
        layout.addLayout(said)
        layout.addWidget(self.sync)
        self.pages = DockPages(self.notice, page)
        self.setWidget(self.pages)

    def event(self, event: QEvent) -> bool:
        """Undo and redo by key, wherever in the dock it is pressed.

        Here and not by a shortcut: QGIS has its own for the same keys, and two would
        keep each other from being heard. Fields for text, which undo typing, come first.
        """
        if event.type() == QEvent.Type.ShortcutOverride:
            for keys, step in (
                (QKeySequence.StandardKey.Undo, self._undo),
                (QKeySequence.StandardKey.Redo, self._redo),
            ):
                if event.matches(keys):
                    event.accept()
                    step()
                    return True
        return bool(super().event(event))

    @reported
    def _fill(self) -> None:
        """Put up the boxes of the catalogue."""
        catalogue = self.session.catalogue
        if catalogue is None:
            return
        for part in self.parts:
            part.set_catalogue(catalogue, self.session.language)
        self._show_filter()

    @reported
    def _read_places(self) -> None:
        self.session.ask(
            PLACES,
            lambda connection: (queries.area_list(connection), queries.unit_list(connection)),
            self._take_places,
        )

    @reported
    def _take_places(self, places: tuple[list[AreaRow], list[UnitRow]]) -> None:
        """Put up the boxes of areas and units, and their names in the sentence."""
        self._take_parts()  # a box that was checked this instant would go back otherwise
        for part in self.parts:
            part.set_places(*places)
        self._show_filter()

    @reported
    def _show_page(self) -> None:
        self.notice.refresh()
        ready = self.session.replica is not None and self.session.catalogue is not None
        self.pages.show_work(ready)
        # The room is for the filter as long as the counts are fresh.
        self.sync.setVisible(self.session.last_error is not None)
        self._show_missing()

    @reported
    def _show_missing(self) -> None:
        """Offer to add the layers where the project has none: the person may have opened another one."""
        self.missing.setVisible(not self.session.layers.layers())

    @reported
    def _add_layers(self) -> None:
        self.session.show_layers()

    @reported
    def _show_filter(self) -> None:
        catalogue = self.session.catalogue
        if catalogue is None:
            return
        threat_filter = self.session.filter
        self.history.note(threat_filter)
        self._enable_steps()
        for part in self.parts:
            part.set_from(threat_filter)
        self.reset.setEnabled(threat_filter != ThreatFilter())
        today = warsaw_today()
        names = self.session.places
        sentence = describe(threat_filter, catalogue, today, self.session.language, tr, names, names)
        self.sentence.setText(sentence)
        self._count()

    @reported
    def _take_parts(self) -> None:
        """Make the filter of what all parts show; what no part shows stays as it is."""
        threat_filter = self.session.filter
        for part in self.parts:
            threat_filter = part.apply_to(threat_filter)
        self.session.set_filter(threat_filter)

    @reported
    def _reset(self) -> None:
        self._take_parts()  # words that are just being typed would come back otherwise
        self.session.set_filter(ThreatFilter())

    @reported
    def _undo(self) -> None:
        self._take_parts()  # what is just being typed is a step of its own
        self.session.set_filter(self.history.undo())

    @reported
    def _redo(self) -> None:
        self._take_parts()
        self.session.set_filter(self.history.redo())

    @reported
    def _begin_history(self) -> None:
        """Another connection has a filter of its own."""
        self.history.restart(self.session.filter)
        self._enable_steps()

    def _enable_steps(self) -> None:
        self.undo.setEnabled(self.history.can_undo)
        self.redo.setEnabled(self.history.can_redo)

    @reported
    def _copy(self) -> None:
        QApplication.clipboard().setText(self.sentence.text())

    @reported
    def _count(self) -> None:
        catalogue = self.session.catalogue
        if self.session.replica is None or catalogue is None:
            return
        today, now = self.session.clock()
        threat_filter = self.session.filter
        self.session.ask_columns(
            COUNTS,
            lambda connection, columns: count_facets(
                connection, columns, threat_filter, catalogue, today, now
            ),
            self._show_counts,
        )

    @reported
    def _show_counts(self, counts: FacetCounts) -> None:
        locale = QLocale()
        shown, total = locale.toString(counts.shown), locale.toString(counts.total)
        self.shown.setText(tr("Shown {} of {}").format(shown, total))
        for part in self.parts:
            part.show_counts(counts)


def _tool(icon: str, name: str, keys: QKeySequence.StandardKey | None = None) -> QToolButton:
    button = QToolButton()
    button.setIcon(theme_icon(icon))
    button.setAutoRaise(True)
    button.setAccessibleName(name)
    shortcut = "" if keys is None else QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    button.setToolTip(f"{name} ({shortcut})" if shortcut else name)
    return button


def _collapsible(part: FilterPart) -> QgsCollapsibleGroupBox:
    box = QgsCollapsibleGroupBox(part.title)
    box.setObjectName(type(part).__name__)
    box.setCollapsed(part.collapsed)
    box.setSettingGroup("kmzb")
    box.setSaveCollapsedState(True)
    layout = QVBoxLayout(box)
    layout.setContentsMargins(6, 6, 6, 6)
    layout.addWidget(part)
    return box
