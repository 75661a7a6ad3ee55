"""Prints the map of a district: which one, on what paper, into which file."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsFileWidget, QgsFilterLineEdit, QgsMessageBar
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.period import warsaw_today
from kmzb_qgis_plugin.domain.sentence import describe
from kmzb_qgis_plugin.gui.facet_tree import folded
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.words import moment_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.printing.district import UNIT, DistrictData, read_district
from kmzb_qgis_plugin.printing.district_map import PAPERS, DistrictMap, build_layout
from kmzb_qgis_plugin.printing.export import export_pdf, export_png
from kmzb_qgis_plugin.replica import queries

if TYPE_CHECKING:
    from kmzb_qgis_plugin.session import Session

CHOICES, COUNTED = "print choices", "print counts"
CHOICE_ROLE = Qt.ItemDataRole.UserRole
PDF, PNG = ".pdf", ".png"


@dataclass(frozen=True)
class Choice:
    """A district that can be printed: an area of a level, or a unit."""

    level: str
    code: str
    name: str
    kind: str


class PrintDialog(QDialog):
    """Closes once the map is in its file; what goes wrong is told in the dialog."""

    def __init__(self, session: Session, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Print District Map"))
        self.session = session
        self.bar = QgsMessageBar()
        self.messages = Messages(self.bar)
        self._told_after = messages
        self._choices: Sequence[Choice] = ()
        self._busy = False
        self._build()
        session.ask(CHOICES, _choices, self._take_choices, self._failed)

    def done(self, result: int) -> None:
        """Want no more results when the dialog goes."""
        self.session.drop(CHOICES, COUNTED)
        self._working(False)
        super().done(result)

    def _build(self) -> None:
        self.level = QComboBox()
        self.level.currentIndexChanged.connect(self._list)
        self.search = QgsFilterLineEdit()
        self.search.setShowSearchIcon(True)
        self.search.setPlaceholderText(tr("Search by name or code"))
        self.search.setAccessibleName(tr("Search by name or code"))
        self.search.textChanged.connect(self._list)
        self.districts = QListWidget()
        self.districts.setAccessibleName(tr("Districts"))
        self.districts.currentItemChanged.connect(self._chosen)
        self.title = QgsFilterLineEdit()
        self.title.textEdited.connect(self._check)
        self.paper = QComboBox()
        for paper in PAPERS:
            self.paper.addItem(tr("{} landscape").format(paper), paper)
        self.paper.setCurrentIndex(max(self.paper.findData(settings.preference("print/paper", PAPERS[0])), 0))
        self.file = QgsFileWidget()
        self.file.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.file.setFilter(tr("PDF document (*.pdf)") + ";;" + tr("PNG picture (*.png)"))
        self.file.setDialogTitle(tr("Save District Map"))
        self.file.fileChanged.connect(self._check)
        self.open_after = QCheckBox(tr("&Open when done"))
        self.open_after.setChecked(settings.preference("print/open", True))
        self.shown = QLabel(self._sentence())
        self.shown.setTextFormat(Qt.TextFormat.PlainText)
        self.shown.setWordWrap(True)

        form = QFormLayout()
        form.addRow(tr("&District"), self.level)
        form.addRow("", self.search)
        form.addRow("", self.districts)
        form.addRow(tr("&Title"), self.title)
        form.addRow(tr("&Paper"), self.paper)
        form.addRow(tr("&File"), self.file)
        form.addRow("", self.open_after)
        form.addRow(tr("Shown"), self.shown)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.print_button = self.buttons.addButton(tr("&Save Map"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self._start)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.bar)
        layout.addLayout(form)
        layout.addWidget(self.buttons)
        self.resize(520, 520)
        self._default_title = self._default_file = ""
        self._check()

    def choice(self) -> Choice | None:
        """The district that is chosen."""
        item = self.districts.currentItem()
        return item.data(CHOICE_ROLE) if item is not None else None

    @reported
    def _take_choices(self, choices: Sequence[Choice]) -> None:
        self._choices = choices
        there = {choice.level for choice in choices}
        self.level.blockSignals(True)
        for level, name in (
            (UNIT, tr("Police unit")),
            ("county", tr("County")),
            ("commune", tr("Commune")),
            ("voivodeship", tr("Voivodeship")),
        ):
            if level in there:
                self.level.addItem(name, level)
        self.level.setCurrentIndex(max(self.level.findData(settings.preference("print/level", "county")), 0))
        self.level.blockSignals(False)
        self._list()

    @reported
    def _list(self) -> None:
        """Show the districts of the level that hold the searched text."""
        wanted, level = folded(self.search.text().strip()), self.level.currentData()
        last = settings.preference("print/code", "")
        self.districts.clear()
        for choice in self._choices:
            if choice.level != level or wanted not in folded(f"{choice.name} {choice.code}"):
                continue
            item = QListWidgetItem(choice.name, self.districts)
            item.setToolTip(choice.code)
            item.setData(CHOICE_ROLE, choice)
            if choice.code == last:
                self.districts.setCurrentItem(item)
        if self.districts.currentRow() < 0:
            self.districts.setCurrentRow(0)
        self._check()

    @reported
    def _chosen(self) -> None:
        """Propose title and file for the district, unless the person has chosen their own."""
        choice = self.choice()
        if choice is None:
            return
        if self.title.text() in ("", self._default_title):
            self._default_title = tr("Security threats: {}").format(choice.name)
            self.title.setText(self._default_title)
        if self.file.filePath() in ("", self._default_file):
            self._default_file = str(_folder() / f"kmzb-{_plain(choice.code)}-{warsaw_today()}{_ending()}")
            self.file.setFilePath(self._default_file)
        self._check()

    @reported
    def _check(self) -> None:
        complete = self.choice() is not None and self.title.text().strip() and self.file.filePath().strip()
        self.print_button.setEnabled(bool(complete))

    @reported
    def _start(self) -> None:
        """Count in the background; the print follows."""
        choice = self.choice()
        if choice is None:
            return
        self.bar.clearWidgets()
        self._working(True)
        where = self.session.where()
        self.session.ask(
            COUNTED,
            lambda connection: read_district(connection, choice.level, choice.code, where),
            self._print,
            self._failed,
        )

    @reported
    def _print(self, data: DistrictData) -> None:
        """Lay the map out and write it; layouts want the main thread."""
        try:
            path = self._path()
            layout = build_layout(QgsProject.instance(), self._request(data))
            if path.suffix.lower() == PNG:
                export_png(layout, path)
            else:
                export_pdf(layout, path)
        finally:
            self._working(False)
        self._remember(path)
        self._told_after.success(tr("The map was saved as {}").format(path))
        if self.open_after.isChecked():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        self.accept()

    def _request(self, data: DistrictData) -> DistrictMap:
        session = self.session
        choice = self.choice()
        if session.replica is None or session.catalogue is None or choice is None:
            raise RuntimeError("the connection was closed while the map was made")
        return DistrictMap(
            replica_path=session.replica.path,
            catalogue=session.catalogue,
            data=data,
            title=self.title.text().strip(),
            subtitle=f"{choice.kind} {choice.code}",
            sentence=self._sentence(),
            data_date=moment_text(session.last_sync),
            printed_on=warsaw_today(),
            lang=session.language,
            paper=self.paper.currentData(),
        )

    def _sentence(self) -> str:
        session = self.session
        if session.catalogue is None:
            return ""
        names = session.places
        return describe(session.filter, session.catalogue, warsaw_today(), session.language, tr, names, names)

    def _path(self) -> Path:
        """The file; without an ending that is known, a PDF."""
        path = Path(self.file.filePath().strip()).expanduser()
        return path if path.suffix.lower() in (PDF, PNG) else path.with_name(path.name + PDF)

    def _remember(self, path: Path) -> None:
        choice = self.choice()
        settings.set_preference("print/folder", str(path.parent))
        settings.set_preference("print/ending", path.suffix.lower())
        settings.set_preference("print/paper", self.paper.currentData())
        settings.set_preference("print/open", self.open_after.isChecked())
        if choice is not None:
            settings.set_preference("print/level", choice.level)
            settings.set_preference("print/code", choice.code)

    def _working(self, busy: bool) -> None:
        if busy == self._busy:
            return
        self._busy = busy
        self.print_button.setEnabled(not busy)
        if busy:
            QgsApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        else:
            QgsApplication.restoreOverrideCursor()

    @reported
    def _failed(self, error: Exception) -> None:
        self._working(False)
        self.messages.problem(error)


def _choices(connection: sqlite3.Connection) -> list[Choice]:
    levels = {
        "county": tr("County"),
        "commune": tr("Commune"),
        "voivodeship": tr("Voivodeship"),
    }
    areas = [
        Choice(area.level, area.code, area.name, levels.get(area.level, area.level))
        for area in queries.area_list(connection)
    ]
    units = [Choice(UNIT, unit.code, unit.name, unit.kind) for unit in queries.unit_list(connection)]
    return sorted(areas + units, key=lambda choice: folded(choice.name))


def _folder() -> Path:
    remembered = settings.preference("print/folder", "")
    return Path(remembered) if remembered and Path(remembered).is_dir() else Path.home()


def _ending() -> str:
    ending = settings.preference("print/ending", PDF)
    return ending if ending in (PDF, PNG) else PDF


def _plain(code: str) -> str:
    """A code as part of a file's name."""
    return re.sub(r"[^\w-]+", "-", code).lower()
