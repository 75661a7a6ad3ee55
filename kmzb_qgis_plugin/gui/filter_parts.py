"""The parts of the filter dock. Each keeps one contract and knows nothing of the others.

``set_catalogue`` and ``set_places`` fill it, ``set_from`` shows a filter, ``apply_to`` writes what
is shown into a filter, ``show_counts`` writes what each box holds, and
``changed`` is sent when a person, not the program, changed it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qgis.gui import QgsDateEdit, QgsFilterLineEdit
from qgis.PyQt.QtCore import QDate, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from kmzb_qgis_plugin.domain.catalogue import Catalogue, Category
from kmzb_qgis_plugin.domain.period import Period, warsaw_today
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.facets import FacetCounts
from kmzb_qgis_plugin.gui.facet_tree import Facet, FacetGroup, FacetTree
from kmzb_qgis_plugin.gui.icons import category_icon, status_icon
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
    """A tree with a search field over it."""

    def __init__(self, title: str, search: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.search = QgsFilterLineEdit()
        self.search.setShowSearchIcon(True)
        self.search.setPlaceholderText(search)
        self.search.setAccessibleName(search)
        self.tree = FacetTree(title)
        self.tree.changed.connect(self.changed)
        self.search.textChanged.connect(self.tree.search)
        self.column.addWidget(self.search)
        self.column.addWidget(self.tree, 1)

    @property
    def filled(self) -> bool:
        """Whether there is a box at all; without one nothing can have been chosen here."""
        return self.tree.topLevelItemCount() > 0

    def fill(self, entries: Sequence[Facet | FacetGroup]) -> None:
        """Put up the boxes; what is searched stays searched."""
        self.tree.fill(entries)
        self.tree.setMinimumHeight(TREE_ROWS * max(self.tree.sizeHintForRow(0), 1))
        self.tree.search(self.search.text())


class CategoriesPart(SearchedTreePart):
    """Categories by group; those that are no longer in use stand by themselves at the end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Categories"), tr("Search categories"), parent)

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

    def show_counts(self, counts: FacetCounts | None) -> None:
        self.tree.show_counts(counts.categories if counts is not None else None)


class StatusesPart(FilterPart):
    """Statuses of citizens' reports, each with the colour and sign it has on the map."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Status of reports"), parent)
        self.tree = FacetTree(self.title)
        self.tree.changed.connect(self.changed)
        self.column.addWidget(self.tree)

    def set_catalogue(self, catalogue: Catalogue, language: str) -> None:
        self.tree.fill(
            [Facet(status.code, status.name(language), status_icon(status)) for status in catalogue.statuses]
        )
        self.tree.fit_height()

    def set_from(self, threat_filter: ThreatFilter) -> None:
        self.tree.choose(threat_filter.statuses)

    def apply_to(self, threat_filter: ThreatFilter) -> ThreatFilter:
        return threat_filter.replace(statuses=self.tree.chosen())

    def show_counts(self, counts: FacetCounts | None) -> None:
        self.tree.show_counts(counts.statuses if counts is not None else None)


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
        self.first, self.last = QgsDateEdit(), QgsDateEdit()
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
        for edit in (self.first, self.last):
            edit.setCalendarPopup(True)
            edit.setAllowNull(True)
            edit.setNullRepresentation(tr("open"))
            edit.clear()
            edit.dateValueChanged.connect(self._entered)
        self.kind.currentIndexChanged.connect(self._entered)
        self.field.currentIndexChanged.connect(self._entered)
        self._showing = False
        self._show_range(False)

    def set_from(self, threat_filter: ThreatFilter) -> None:
        # A flag and no blocked signals: QgsDateEdit itself needs them to know that it has a date.
        self._showing = True
        period = threat_filter.period
        self.kind.setCurrentIndex(self.kind.findData(period.kind))
        self.field.setCurrentIndex(self.field.findData(threat_filter.date_field))
        for edit, day in ((self.first, period.first), (self.last, period.last)):
            if day is None:
                edit.clear()
            else:
                edit.setDate(QDate(day.year, day.month, day.day))
        self._show_range(period.kind == "range")
        self._showing = False

    def apply_to(self, threat_filter: ThreatFilter) -> ThreatFilter:
        kind = self.kind.currentData()
        period = Period(kind, _day(self.first), _day(self.last)) if kind == "range" else Period(kind)
        return threat_filter.replace(period=period, date_field=self.field.currentData())

    def _entered(self) -> None:
        if not self._showing:
            self._show_range(self.kind.currentData() == "range")
            self.changed.emit()

    def _show_range(self, shown: bool) -> None:
        for widget in self._range_row:
            widget.setVisible(shown)


class TextPart(FilterPart):
    """Words in a threat's reference, place or description, and whether its deadline has passed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("More"), parent)
        self.text = QgsFilterLineEdit()
        self.text.setPlaceholderText(tr("Number, place or description"))
        self.overdue = QCheckBox(tr("Only &overdue reports"))
        label = QLabel(tr("Te&xt"))
        label.setBuddy(self.text)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.text, 0, 1)
        grid.addWidget(self.overdue, 1, 0, 1, 2)
        self.column.addLayout(grid)
        self._taken = ""
        self._typed = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._typed.timeout.connect(self.changed)
        self.text.textEdited.connect(self._typed.start)
        self.text.cleared.connect(self._typed.start)
        self.text.returnPressed.connect(self.changed)
        self.overdue.toggled.connect(self.changed)

    def set_from(self, threat_filter: ThreatFilter) -> None:
        # What is being typed stays, unless the filter's text is another one than before.
        if threat_filter.text != self._taken:
            self._taken = threat_filter.text
            self.text.setText(threat_filter.text)
            self._typed.stop()
        self.overdue.blockSignals(True)
        self.overdue.setChecked(threat_filter.overdue)
        self.overdue.blockSignals(False)

    def apply_to(self, threat_filter: ThreatFilter) -> ThreatFilter:
        self._taken = self.text.text().strip()
        self._typed.stop()
        return threat_filter.replace(text=self._taken, overdue=self.overdue.isChecked())


def _validity(name: str, valid_to: date | None) -> str:
    return tr("{} (in use until {})").format(name, valid_to) if valid_to else name


def _day(edit: QgsDateEdit) -> date | None:
    return None if edit.isNull() else edit.date().toPyDate()
