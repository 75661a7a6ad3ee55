"""Writes the statistics of what the filter keeps as a document: in which language, into which file."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from qgis.gui import QgsFileWidget, QgsFilterLineEdit, QgsMessageBar
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.client.errors import Cancelled
from kmzb_qgis_plugin.domain.period import warsaw_today
from kmzb_qgis_plugin.domain.sentence import describe
from kmzb_qgis_plugin.domain.statistics import Statistics
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.outside import open_outside
from kmzb_qgis_plugin.i18n import tr, words_of
from kmzb_qgis_plugin.printing.statistics_tables import Wording, report_title
from kmzb_qgis_plugin.session import Session
from kmzb_qgis_plugin.statistics_source import StatisticsSource

REPORT = "statistics report"
LANGUAGES = {"pl": "polski", "en": "English"}
"""Each by its own name, whatever the window speaks."""
PDF, HTML = ".pdf", ".html"


class ReportDialog(QDialog):
    """Closes once the report is in its file; what goes wrong is told in the dialog."""

    _progressed = pyqtSignal(float)

    def __init__(
        self, session: Session, source: StatisticsSource, messages: Messages, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Statistics Report"))
        self.session = session
        self.bar = QgsMessageBar()
        self.messages = Messages(self.bar)
        self._told_after = messages
        self._source = source
        self._stop = threading.Event()
        self._busy = False
        self._default_title = ""
        self._build()
        self._progressed.connect(self._show_progress)
        self._language_chosen()

    def done(self, result: int) -> None:
        """Stop what is being written when the dialog goes."""
        self._stop.set()
        self._source.cancel(REPORT)
        super().done(result)

    def reject(self) -> None:
        """Cancel what is being written; with nothing to cancel, close."""
        if self._busy:
            self._stop.set()
        else:
            super().reject()

    def _build(self) -> None:
        self.language = QComboBox()
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        chosen = settings.preference("report/language", self.session.language[:2])
        self.language.setCurrentIndex(max(self.language.findData(chosen), 0))
        self.language.currentIndexChanged.connect(self._language_chosen)
        self.title = QgsFilterLineEdit()
        self.title.textChanged.connect(self._check)
        self.file = QgsFileWidget()
        self.file.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.file.setFilter(tr("PDF document (*.pdf)") + ";;" + tr("Web page (*.html)"))
        self.file.setDialogTitle(tr("Save Statistics Report"))
        self.file.fileChanged.connect(self._check)
        self.open_after = QCheckBox(tr("&Open when done"))
        self.open_after.setChecked(settings.preference("report/open", True))
        self.shown = QLabel(self._sentence(self.session.language))
        self.shown.setTextFormat(Qt.TextFormat.PlainText)
        self.shown.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.hide()
        form = QFormLayout()
        form.addRow(tr("&Language"), self.language)
        form.addRow(tr("&Title"), self.title)
        form.addRow(tr("&File"), self.file)
        form.addRow("", self.open_after)
        form.addRow(tr("Shown"), self.shown)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save_button = self.buttons.addButton(tr("&Save Report"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self._start)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.bar)
        column.addLayout(form)
        column.addWidget(self.progress)
        column.addWidget(self.buttons)
        self.resize(480, 300)
        folder = Path(settings.preference("report/folder", "") or Path.home())
        ending = settings.preference("report/ending", PDF)
        name = tr("statistics")  # of a file
        self.file.setFilePath(str(folder / f"kmzb-{name}-{warsaw_today()}{ending}"))

    @reported
    def _language_chosen(self) -> None:
        """Propose the title in the report's language, unless the person has given their own."""
        if self.title.text() in ("", self._default_title):
            self._default_title = report_title(words_of(self.language.currentData()))
            self.title.setText(self._default_title)
            self.title.setCursorPosition(0)

    @reported
    def _check(self) -> None:
        complete = self.title.text().strip() and self.file.filePath().strip()
        self.save_button.setEnabled(bool(complete) and not self._busy)

    @reported
    def _start(self) -> None:
        """Count and write on the worker."""
        from kmzb_qgis_plugin.printing.statistics_report import Report, write_report

        session = self.session
        if session.catalogue is None or session.connection is None:
            return
        self.bar.clearWidgets()
        self._stop = stop = threading.Event()
        lang = self.language.currentData()
        wording = Wording(session.catalogue, session.places, lang, words_of(lang))
        title, sentence = self.title.text().strip(), self._sentence(lang)
        service, synced, today = session.connection.name, session.last_sync, warsaw_today()
        path = self._path()

        def write(_connection: sqlite3.Connection, found: Statistics) -> None:
            report = Report(found, wording, title, sentence, service, synced, today)
            write_report(report, path, self._progressed.emit, stop.is_set)

        self._working(True)
        self._source.ask(REPORT, lambda _found: self._written(path), self._failed, write)

    @reported
    def _written(self, path: Path) -> None:
        self._working(False)
        settings.set_preference("report/language", self.language.currentData())
        settings.set_preference("report/open", self.open_after.isChecked())
        settings.set_preference("report/folder", str(path.parent))
        settings.set_preference("report/ending", path.suffix.lower())
        self._told_after.success(tr("Saved as {}").format(path))
        if self.open_after.isChecked():
            open_outside(path, self._told_after)
        self.accept()

    @reported
    def _failed(self, error: Exception) -> None:
        self._working(False)
        if isinstance(error, Cancelled):
            self.messages.warning(tr("The report was cancelled; nothing was written."))
        else:
            self.messages.problem(error)

    @reported
    def _show_progress(self, percent: float) -> None:
        self.progress.setRange(0, 100)
        self.progress.setValue(round(percent))

    def _path(self) -> Path:
        """The file; without an ending that is known, a PDF."""
        path = Path(self.file.filePath().strip()).expanduser()
        return path if path.suffix.lower() in (PDF, HTML) else path.with_name(path.name + PDF)

    def _sentence(self, lang: str) -> str:
        session = self.session
        if session.catalogue is None:
            return ""
        names = session.places
        return describe(session.filter, session.catalogue, warsaw_today(), lang, words_of(lang), names, names)

    def _working(self, busy: bool) -> None:
        self._busy = busy
        self.progress.setRange(0, 0)
        self.progress.setVisible(busy)
        for widget in (self.language, self.title, self.file, self.open_after):
            widget.setEnabled(not busy)
        self._check()
