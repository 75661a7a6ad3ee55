"""Chooses districts: a level, a search, and a list to tick."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.folding import alphabetic, folded
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.printing.choices import LEVELS, Choice, level_name

CHOICE_ROLE = Qt.ItemDataRole.UserRole


class DistrictList(QWidget):
    """The ticked districts are chosen; while none is ticked, the one that is highlighted."""

    changed = pyqtSignal()
    """Other districts are chosen, or another one is highlighted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: Sequence[Choice] = ()
        self._ticked: set[str] = set()
        self._filling = False
        self.level = QComboBox()
        self.level.setAccessibleName(tr("Kind of district"))
        self.level.currentIndexChanged.connect(self._new_level)
        self.search = QgsFilterLineEdit()
        self.search.setShowSearchIcon(True)
        self.search.setPlaceholderText(tr("Search by name or code"))
        self.search.setAccessibleName(tr("Search by name or code"))
        self.search.textChanged.connect(self._list)
        self.districts = QListWidget()
        self.districts.setAccessibleName(tr("Districts"))
        self.districts.currentItemChanged.connect(self._highlighted)
        self.districts.itemChanged.connect(self._tick)
        self.all_button = QPushButton(tr("&All"))
        self.all_button.clicked.connect(lambda: self._tick_shown(True))
        self.none_button = QPushButton(tr("&None"))
        self.none_button.clicked.connect(lambda: self._tick_shown(False))
        self.summary = QLabel()
        below = QHBoxLayout()
        below.addWidget(self.summary, 1)
        below.addWidget(self.all_button)
        below.addWidget(self.none_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.level)
        column.addWidget(self.search)
        column.addWidget(self.districts, 1)
        column.addLayout(below)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer districts; of those that were printed last, the same are chosen."""
        self._choices = sorted(choices, key=lambda choice: alphabetic(choice.name))
        there = {choice.level for choice in choices}
        last = settings.preference("print/codes", "").split(",")
        self._ticked = set(last) if len(last) > 1 else set()
        self.level.blockSignals(True)
        for level in LEVELS:
            if level in there:
                self.level.addItem(level_name(level), level)
        self.level.setCurrentIndex(max(self.level.findData(settings.preference("print/level", "county")), 0))
        self.level.blockSignals(False)
        self._list()

    def highlighted(self) -> Choice | None:
        """The district that the preview shows."""
        item = self.districts.currentItem()
        return item.data(CHOICE_ROLE) if item is not None else None

    def chosen(self) -> list[Choice]:
        """The districts to print, by code; a search does not take any of them away."""
        ticked = [
            choice
            for choice in self._choices
            if choice.level == self.level.currentData() and choice.code in self._ticked
        ]
        one = self.highlighted()
        if not ticked and one is not None:
            return [one]
        return sorted(ticked, key=lambda choice: choice.code)

    def remember(self) -> None:
        """Have the same districts chosen the next time."""
        chosen = self.chosen()
        if chosen:
            settings.set_preference("print/level", chosen[0].level)
            settings.set_preference("print/codes", ",".join(choice.code for choice in chosen))

    def _new_level(self) -> None:
        self._ticked.clear()
        self._list()

    def _list(self) -> None:
        """Show the districts of the level that hold the searched text."""
        wanted, level = folded(self.search.text().strip()), self.level.currentData()
        before = self.highlighted()
        last = settings.preference("print/codes", "").split(",")[0] if before is None else before.code
        self._filling = True
        self.districts.clear()
        for choice in self._choices:
            if choice.level != level or wanted not in folded(f"{choice.name} {choice.code}"):
                continue
            item = QListWidgetItem(choice.name)
            item.setToolTip(f"{choice.kind}, {choice.code}")
            item.setData(CHOICE_ROLE, choice)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = Qt.CheckState.Checked if choice.code in self._ticked else Qt.CheckState.Unchecked
            item.setCheckState(ticked)
            self.districts.addItem(item)
            if choice.code == last:
                self.districts.setCurrentItem(item)
        if self.districts.currentRow() < 0:
            self.districts.setCurrentRow(0)
        self._filling = False
        self._tell()

    def _tick(self, item: QListWidgetItem) -> None:
        if self._filling:
            return
        code = item.data(CHOICE_ROLE).code
        if item.checkState() == Qt.CheckState.Checked:
            self._ticked.add(code)
        else:
            self._ticked.discard(code)
        self._tell()

    def _tick_shown(self, ticked: bool) -> None:
        """Tick or untick all that the search shows."""
        self._filling = True
        for row in range(self.districts.count()):
            item = self.districts.item(row)
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            change = self._ticked.add if ticked else self._ticked.discard
            change(item.data(CHOICE_ROLE).code)
        self._filling = False
        self._tell()

    def _highlighted(self) -> None:
        if not self._filling:
            self._tell()

    def _tell(self) -> None:
        chosen = self.chosen()
        if len(chosen) == 1:
            self.summary.setText(chosen[0].name)
        else:
            self.summary.setText(tr("%n district(s) chosen", None, len(chosen)))
        self.changed.emit()
