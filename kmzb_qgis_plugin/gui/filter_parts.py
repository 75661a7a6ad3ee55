"""The parts of the filter dock. Each keeps one contract and knows nothing of the others.

``set_catalogue`` and ``set_places`` fill it, ``set_from`` shows a filter, ``apply_to`` writes what
is shown into a filter, ``show_counts`` writes what each box holds, and
``changed`` is sent when a person, not the program, changed it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QDate, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QShowEvent
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from kmzb_qgis_plugin.domain.catalogue import Catalogue, Category
from kmzb_qgis_plugin.domain.period import Period, warsaw_today
from kmzb_qgis_plugin.domain.threat_filter import Mine, ThreatFilter
from kmzb_qgis_plugin.facets import FacetCounts
from kmzb_qgis_plugin.gui.facet_chips import FacetChips
from kmzb_qgis_plugin.gui.facet_tree import Facet, FacetGroup, FacetTree
from kmzb_qgis_plugin.gui.icons import category_icon, status_icon
from kmzb_qgis_plugin.gui.period_brush import PeriodBrush
from kmzb_qgis_plugin.gui.typed_dates import DateEdit
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica.queries import AreaRow, UnitRow

TYPING_PAUSE_MS = 350
TREE_ROWS = 9


class FilterPart(QWidget):
    """The contract; a part overrides what it has to show."""

    changed = pyqtSignal()
    collapsed = False
    """Whether it is closed until a person opens it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)

    def set_catalogue(self, catalogue: Catalogue, language: str) -> None:
        """Take up names and codes."""

    def set_places(self, areas: Sequence[AreaRow], units: Sequence[UnitRow]) -> None:
        """Take up the areas and units that the replica has."""

    def set_from(self, threat_filter: ThreatFilter) -> None:
        """Show a filter without sending ``changed``."""
        raise NotImplementedError

    def apply_to(self, threat_filter: ThreatFilter) -> ThreatFilter:
        """The filter with this part's choice in it."""
        raise NotImplementedError

    def show_counts(self, counts: FacetCounts | None) -> None:
        """Write what each box holds; None while that is not known."""


class SourcesPart(FilterPart):
    """Which of the three planes are looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Sources"), parent)
        self.tree = FacetTree(self.title)
        self.tree.changed.connect(self.changed)
        self.column.addWidget(self.tree)

    def set_catalogue(self, catalogue: Catalogue, language: str) -> None:
        self.tree.fill([Facet(source.code, source.name(language)) for source in catalogue.sources])
        self.tree.fit_height()

    def set_from(self, threat_filter: ThreatFilter) -> None:
        self.tree.choose(threat_filter.sources)

    def apply_to(self, threat_filter: ThreatFilter) -> ThreatFilter:
        return threat_filter.replace(sources=self.tree.chosen())

    def show_counts(self, counts: FacetCounts | None) -> None:
        self.tree.show_counts(counts.sources if counts is not None else None)


class SearchedTreePart(FilterPart):
    """A tree with a search field over it.

    Args:
        title: of the part.
        search: what the field is for.
        nothing: says, with what was typed in place of ``{}``, that nothing is found, and what to do.
        parent: Qt's.
    """

    def __init__(self, title: str, search: str, nothing: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._nothing = nothing
        self._counts: FacetCounts | None = None
        self.search = QgsFilterLineEdit()
        self.search.setShowSearchIcon(True)
        self.search.setPlaceholderText(search)
        self.search.setAccessibleName(search)
        self.tree = FacetTree(title)
        self.tree.changed.connect(self.changed)
        self.nothing = QLabel()
        self.nothing.setTextFormat(Qt.TextFormat.PlainText)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.nothing.hide()
        self.search.textChanged.connect(self._search)
        self.column.addWidget(self.search)
        self.column.addWidget(self.tree, 1)
        self.column.addWidget(self.nothing, 1)

    def facet_counts(self, counts: FacetCounts) -> Mapping[str, int]:
        """Of all counts those of this tree."""
        raise NotImplementedError

    def show_counts(self, counts: FacetCounts | None) -> None:
        """Write the counts if somebody sees them; thousands of areas take their time."""
        self._counts = counts
        if self.isVisible():
            self.tree.show_counts(self.facet_counts(counts) if counts is not None else None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_counts(self._counts)

    @property
    def filled(self) -> bool:
        """Whether there is a box at all; without one nothing can have been chosen here."""
        return self.tree.topLevelItemCount() > 0

    def fill(self, entries: Sequence[Facet | FacetGroup]) -> None:
        """Put up the boxes; what is searched stays searched."""
        self.tree.fill(entries)
        for widget in (self.tree, self.nothing):
            widget.setMinimumHeight(TREE_ROWS * max(self.tree.sizeHintForRow(0), 1))
        self._search()
        self.show_counts(self._counts)

    def _search(self) -> None:
        """Show what has the text in it; where nothing has, say so in the tree's place."""
        nothing = not self.tree.search(self.search.text()) and self.filled
        # A word that is wider than the field would push the panel apart.
        room = self.search.width() * 3 // 4
        typed = self.nothing.fontMetrics().elidedText(
            self.search.text().strip(), Qt.TextElideMode.ElideRight, room
        )
        self.nothing.setText(self._nothing.format(typed))
        self.tree.setVisible(not nothing)
        self.nothing.setVisible(nothing)


class CategoriesPart(SearchedTreePart):
    """Categories by group; those that are no longer in use stand by themselves at the end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Categories"),
            tr("Search categories"),
            tr("No category has “{}” in its name. Clear the search to see all."),
            parent,
        )

    def set_catalogue(self, catalogue: Catalogue, language: str) -> None:
        def facets(entries: Sequence[Category]) -> list[Facet]:
            return [
                Facet(
                    entry.code,
                    entry.name(language),
                    category_icon(entry.code),
                    _validity(entry.name(language), entry.valid_to),
                    " ".join(entry.aliases),
                )
                for entry in entries
            ]

        today = warsaw_today()
        retired = [entry for entry in catalogue.categories if entry.valid_to and entry.valid_to < today]
        in_use = [entry for entry in catalogue.categories if entry not in retired]
        groups = [
            FacetGroup(group.name(language), facets([entry for entry in in_use if entry.group == group.code]))
            for group in catalogue.groups
        ]
        groups.append(FacetGroup(tr("No longer in use"), facets(retired)))
        self.fill([group for group in groups if group.facets])

    def set_from(self, threat_filter: ThreatFilter) -> None:
        self.tree.choose(threat_filter.categories)

    def apply_to(self, threat_filter: ThreatFilter) -> ThreatFilter:
        return threat_filter.replace(categories=self.tree.chosen())

    def facet_counts(self, counts: FacetCounts) -> Mapping[str, int]:
        return counts.categories


class StatusesPart(FilterPart):
    """Statuses of citizens' reports, each with the colour and sign it has on the map."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Status of reports"), parent)
        self.chips = FacetChips(self.title)
        self.chips.changed.connect(self.changed)
        self.column.addWidget(self.chips)

    def set_catalogue(self, catalogue: Catalogue, language: str) -> None:
        self.chips.fill(
            [Facet(status.code, status.name(language), status_icon(status)) for status in catalogue.statuses]
        )

    def set_from(self, threat_filter: ThreatFilter) -> None:
        self.chips.choose(threat_filter.statuses)

    def apply_to(self, threat_filter: ThreatFilter) -> ThreatFilter:
        return threat_filter.replace(statuses=self.chips.chosen())

    def show_counts(self, counts: FacetCounts | None) -> None:
        self.chips.show_counts(counts.statuses if counts is not None else None)


class PeriodPart(FilterPart):
    """A preset of days or from–to, and which of a threat's dates it means."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Date"), parent)
        self.kind = QComboBox()
        for kind, name in (
            ("all", tr("All dates")),
            ("today", tr("Today")),
            ("last_7", tr("Last 7 days")),
            ("last_30", tr("Last 30 days")),
            ("last_90", tr("Last 90 days")),
            ("this_month", tr("This month")),
            ("last_month", tr("Last month")),
            ("this_quarter", tr("This quarter")),
            ("this_year", tr("This year")),
            ("range", tr("From – to")),
        ):
            self.kind.addItem(name, kind)
        self.field = QComboBox()
        self.field.addItem(tr("when it occurred"), "occurred")
        self.field.addItem(tr("when it was reported"), "reported")
        self.first, self.last = DateEdit(), DateEdit()
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for row, (text, widget) in enumerate(
            (
                (tr("&Period"), self.kind),
                (tr("&By date"), self.field),
                (tr("&From"), self.first),
                (tr("&To"), self.last),
            )
        ):
            label = QLabel(text)
            label.setBuddy(widget)
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
        self._range_row = [grid.itemAtPosition(row, column).widget() for row in (2, 3) for column in (0, 1)]
        self.column.addLayout(grid)
        self.timeline = PeriodBrush(tr("Threats by date"))
        self.timeline.chosen.connect(self._brushed)
        self.column.addWidget(self.timeline)
        self._typed = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._typed.timeout.connect(self._entered)
        for edit in (self.first, self.last):
            edit.setCalendarPopup(True)
            edit.setAllowNull(True)
            edit.setNullRepresentation(tr("open"))
            edit.clear()
            edit.dateValueChanged.connect(self._day_entered)
            edit.editingFinished.connect(self._finish_typing)
        self.kind.currentIndexChanged.connect(self._entered)
        self.field.currentIndexChanged.connect(self._entered)
        self._showing = False
        self._taken: tuple[Period, str] | None = None
        self._show_range(False)

    def set_from(self, threat_filter: ThreatFilter) -> None:
        period = threat_filter.period
        self.timeline.choose(*period.resolve(warsaw_today()))
        # What is being entered stays, unless the filter's days are others than before.
        if (period, threat_filter.date_field) == self._taken:
            return
        self._taken = period, threat_filter.date_field
        self._typed.stop()
        # A flag and no blocked signals: QgsDateEdit itself needs them to know that it has a date.
        self._showing = True
        self.kind.setCurrentIndex(self.kind.findData(period.kind))
        self.field.setCurrentIndex(self.field.findData(threat_filter.date_field))
        for edit, day in ((self.first, period.first), (self.last, period.last)):
            _set_day(edit, day)
        self._show_range(period.kind == "range")
        self._showing = False

    def apply_to(self, threat_filter: ThreatFilter) -> ThreatFilter:
        self._typed.stop()
        kind = self.kind.currentData()
        period = Period(kind, _day(self.first), _day(self.last)) if kind == "range" else Period(kind)
        threat_filter = threat_filter.replace(period=period, date_field=self.field.currentData())
        self._taken = threat_filter.period, threat_filter.date_field
        return threat_filter

    def show_counts(self, counts: FacetCounts | None) -> None:
        if counts is not None:
            self.timeline.show_days(*counts.days)

    def _brushed(self, first: date | None, last: date | None) -> None:
        """Show the days that were chosen on the timeline as from–to."""
        self._showing = True
        kind = "all" if first is None and last is None else "range"
        self.kind.setCurrentIndex(self.kind.findData(kind))
        for edit, day in ((self.first, first), (self.last, last)):
            _set_day(edit, day)
        self._showing = False
        self._entered()

    def _day_entered(self) -> None:
        """Wait for a pause: each digit that is typed is another day."""
        if not self._showing:
            self._typed.start()

    def _finish_typing(self) -> None:
        if self._typed.isActive():
            self._entered()

    def _entered(self) -> None:
        if not self._showing:
            self._show_range(self.kind.currentData() == "range")
            self.changed.emit()

    def _show_range(self, shown: bool) -> None:
        for widget in self._range_row:
            widget.setVisible(shown)


class TextPart(FilterPart):
    """Words in a threat's reference, place or description, its deadline, and who decides next."""

    def __init__(self, mine: Callable[[], Mine | None], parent: QWidget | None = None) -> None:
        super().__init__(tr("More"), parent)
        self._mine = mine
        self.text = QgsFilterLineEdit()
        self.text.setPlaceholderText(tr("Number, place or description"))
        self.overdue = QCheckBox(tr("Only &overdue reports"))
        self.mine = QCheckBox(tr("Only what waits for &my decision"))
        self.mine.setToolTip(tr("Reports of your unit and those below it that your role may decide on next"))
        label = QLabel(tr("Te&xt"))
        label.setBuddy(self.text)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.text, 0, 1)
        grid.addWidget(self.overdue, 1, 0, 1, 2)
        grid.addWidget(self.mine, 2, 0, 1, 2)
        self.column.addLayout(grid)
        self._taken = ""
        self._typed = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._typed.timeout.connect(self.changed)
        self.text.textEdited.connect(self._typed.start)
        self.text.cleared.connect(self._typed.start)
        self.text.returnPressed.connect(self.changed)
        self.overdue.toggled.connect(self.changed)
        self.mine.toggled.connect(self.changed)

    def set_from(self, threat_filter: ThreatFilter) -> None:
        # What is being typed stays, unless the filter's text is another one than before.
        if threat_filter.text != self._taken:
            self._taken = threat_filter.text
            self.text.setText(threat_filter.text)
            self._typed.stop()
        for box, checked in (
            (self.overdue, threat_filter.overdue),
            (self.mine, threat_filter.mine is not None),
        ):
            box.blockSignals(True)
            box.setChecked(checked)
            box.blockSignals(False)
        self.mine.setEnabled(self.mine.isChecked() or self._mine() is not None)

    def apply_to(self, threat_filter: ThreatFilter) -> ThreatFilter:
        self._taken = self.text.text().strip()
        self._typed.stop()
        mine = (threat_filter.mine or self._mine()) if self.mine.isChecked() else None
        return threat_filter.replace(text=self._taken, overdue=self.overdue.isChecked(), mine=mine)


def _validity(name: str, valid_to: date | None) -> str:
    return tr("{} (in use until {})").format(name, valid_to) if valid_to else name


def _set_day(edit: DateEdit, day: date | None) -> None:
    if day == _day(edit):
        return  # somebody may be typing there
    if day is None:
        edit.clear()
    else:
        edit.setDate(QDate(day.year, day.month, day.day))


def _day(edit: DateEdit) -> date | None:
    return None if edit.isNull() else edit.date().toPyDate()
