"""Prints the maps of districts: which ones, what is on them, on what paper, into which file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsApplication, QgsPrintLayout, QgsProject, QgsRasterLayer
from qgis.gui import QgsFileWidget, QgsMessageBar, QgsScrollArea
from qgis.PyQt.QtCore import Qt, QTimer, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtPrintSupport import QPrintDialog, QPrinter
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.gui.base_map_task import BaseMapTask
from kmzb_qgis_plugin.gui.designer import keep_in_project
from kmzb_qgis_plugin.gui.district_list import DistrictList
from kmzb_qgis_plugin.gui.layout_preview import LayoutPreview
from kmzb_qgis_plugin.gui.messages import Messages, problem_text, reported
from kmzb_qgis_plugin.gui.print_options import PrintOptions
from kmzb_qgis_plugin.gui.print_run import PrintRun
from kmzb_qgis_plugin.gui.words import moment_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.printing.basemaps import BaseMap
from kmzb_qgis_plugin.printing.choices import Choice, read_choices
from kmzb_qgis_plugin.printing.errors import ConnectionClosed, DistrictError, NothingToPrint
from kmzb_qgis_plugin.printing.export import ENDINGS, PDF, PNG, SVG, Book, Files, OnPaper, Output
from kmzb_qgis_plugin.printing.jobs import Job
from kmzb_qgis_plugin.printing.orders import DistrictOrder

if TYPE_CHECKING:
    from kmzb_qgis_plugin.session import Session

CHOICES, PREVIEW = "print choices", "print preview"
PRINTER = "printer"
PREVIEW_WAIT = 350
"""Milliseconds without a further change before the preview follows."""
FORM_WIDTH = 400
SCROLL_BAR = 24
"""Pixels that the form leaves for it."""


class PrintDialog(QDialog):
    """Closes once all is printed; what goes wrong is told in the dialog.

    Args:
        session: what is printed.
        messages: tells what was printed, once the dialog is gone.
        open_designer: opens a layout of the project in QGIS's designer; None where there is no window.
        parent: the window.
    """

    def __init__(
        self,
        session: Session,
        messages: Messages,
        open_designer: Callable[[QgsPrintLayout], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Print District Map"))
        self.session = session
        self.bar = QgsMessageBar()
        self.messages = Messages(self.bar)
        self._told_after = messages
        self._open_designer = open_designer
        self._run: PrintRun | None = None
        self._wait = QTimer(self, singleShot=True, interval=PREVIEW_WAIT)
        self._wait.timeout.connect(self._ask_preview)
        self._build()
        session.ask(CHOICES, read_choices, self._take_choices, self.messages.problem)

    def done(self, result: int) -> None:
        """Want no more results when the dialog goes."""
        if self._run is not None:
            self._run.cancel()
            self._run = None
        self._wait.stop()
        self.session.drop(CHOICES, PREVIEW)
        self.preview.clear()
        super().done(result)

    def reject(self) -> None:
        """While printing, end that; otherwise close."""
        if self._run is not None:
            self._cancel()
        else:
            super().reject()

    def _build(self) -> None:
        self.list = DistrictList()
        self.list.changed.connect(self._changed)
        self.options = PrintOptions(["commune", "county", "unit"], self.session.language)
        self.options.changed.connect(self._changed)
        self.options.baseChosen.connect(self._open_base)
        self.shown = QLabel()
        self.shown.setTextFormat(Qt.TextFormat.PlainText)
        self.shown.setWordWrap(True)
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 6, 0)
        self.list.districts.setMinimumHeight(150)
        column.addWidget(self.list, 1)
        column.addWidget(self.options)
        scroll = QgsScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(form)
        scroll.setMinimumWidth(form.minimumSizeHint().width() + SCROLL_BAR)
        self.preview = LayoutPreview()
        self.output = self._output_box()
        beside = QWidget()
        right = QVBoxLayout(beside)
        right.setContentsMargins(6, 0, 0, 0)
        right.addWidget(self.preview, 1)
        right.addWidget(self.shown)
        right.addWidget(self.output)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(scroll)
        splitter.addWidget(beside)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([FORM_WIDTH, 700])
        self.progress = QProgressBar()
        self.progress.hide()
        self.step = QLabel()
        self.step.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.print_button = self.buttons.addButton(tr("&Save Map"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.designer_button = self.buttons.addButton(
            tr("Open in &Designer"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.designer_button.setVisible(self._open_designer is not None)
        self.designer_button.clicked.connect(self._to_designer)
        self.buttons.accepted.connect(self._start)
        self.buttons.rejected.connect(self.reject)
        self.form = form
        below = QHBoxLayout()
        below.addWidget(self.progress, 1)
        below.addWidget(self.step, 1)
        below.addWidget(self.buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(self.bar)
        layout.addWidget(splitter, 1)
        layout.addLayout(below)
        self.resize(1120, 760)
        self._default_target = ""
        self._target_kind()

    def _output_box(self) -> QWidget:
        self.kind = QComboBox()
        for name, kind in (
            (tr("PDF, vector with georeference"), PDF),
            (tr("PNG picture"), PNG),
            (tr("SVG drawing"), SVG),
            (tr("Printer"), PRINTER),
        ):
            self.kind.addItem(name, kind)
        self.kind.setCurrentIndex(max(self.kind.findData(settings.preference("print/ending", PDF)), 0))
        self.kind.currentIndexChanged.connect(self._target_kind)
        self.book = QCheckBox(tr("All districts in one &book"))
        self.book.setChecked(settings.preference("print/book", True))
        self.book.toggled.connect(self._target_kind)
        self.file = QgsFileWidget()
        self.file.setDialogTitle(tr("Save District Map"))
        self.open_after = QCheckBox(tr("O&pen when done"))
        self.open_after.setChecked(settings.preference("print/open", True))
        box = QWidget()
        form = QFormLayout(box)
        form.setContentsMargins(0, 0, 0, 0)
        kinds, ways = QHBoxLayout(), QHBoxLayout()
        kinds.addWidget(self.kind)
        kinds.addWidget(self.book)
        kinds.addStretch()
        kind_label = QLabel(tr("&Write to"))
        kind_label.setBuddy(self.kind)
        form.addRow(kind_label, kinds)
        self.file_label = QLabel()
        self.file_label.setBuddy(self.file)
        ways.addWidget(self.file, 1)
        ways.addWidget(self.open_after)
        form.addRow(self.file_label, ways)
        return box

    @reported
    def _take_choices(self, choices: list[Choice]) -> None:
        self.list.set_choices(choices)

    @reported
    def _changed(self) -> None:
        """What is chosen has changed: sentence, file and preview follow."""
        self._target_kind()
        self._wait.start()
        if self.session.catalogue is not None and self.session.replica is not None:
            self.shown.setText(tr("Shown: {}").format(self._order().sentence()))

    @reported
    def _target_kind(self) -> None:
        """Ask for a file, a folder or nothing, as the output needs it; propose one."""
        chosen, kind = self.list.chosen(), self.kind.currentData()
        several = len(chosen) > 1
        self.book.setEnabled(several and kind == PDF)
        into_folder = several and not self._one_file()
        self.file.setEnabled(kind != PRINTER)
        self.open_after.setEnabled(kind != PRINTER)
        self.file_label.setText(tr("&Folder") if into_folder else tr("&File"))
        mode = QgsFileWidget.StorageMode
        self.file.setStorageMode(mode.GetDirectory if into_folder else mode.SaveFile)
        self.file.setFilter("" if into_folder else f"{self.kind.currentText()} (*{kind})")
        if kind == PRINTER:
            text = tr("&Print")
        else:
            text = tr("&Save %n map(s)", None, len(chosen)) if several else tr("&Save Map")
        self.print_button.setText(text)
        if self.file.filePath() in ("", self._default_target):
            self._default_target = str(self._proposed(chosen, into_folder)) if chosen else ""
            self.file.setFilePath(self._default_target)

    def _proposed(self, chosen: list[Choice], into_folder: bool) -> Path:
        folder = _folder()
        if into_folder:
            return folder
        today, _now = self.session.clock()
        name = chosen[0].file_name if len(chosen) == 1 else tr("districts")
        ending = self.kind.currentData() if self.kind.currentData() in ENDINGS else PDF
        return folder / f"kmzb-{name}-{today}{ending}"

    def _one_file(self) -> bool:
        return bool(self.kind.currentData() == PDF and self.book.isChecked())

    @reported
    def _open_base(self, base: BaseMap | None) -> None:
        """Open a map service in the background; the answer of one that is no longer wanted is dropped."""
        if base is None:
            return
        task = BaseMapTask(base, base.name(self.session.language))
        task.opened.connect(self._take_base)
        self._base_task = task
        QgsApplication.taskManager().addTask(task)

    @reported
    def _take_base(self, base: BaseMap, layer: QgsRasterLayer | None) -> None:
        if self.options.base.currentData() != base.code:
            return
        if layer is None:
            name = base.name(self.session.language)
            self.messages.warning(tr("“{}” cannot be reached. The map is printed without it.").format(name))
        self.options.take_base(layer)

    @reported
    def _ask_preview(self) -> None:
        choice = self.list.highlighted()
        if choice is None or self._run is not None:
            if choice is None:
                self.preview.say(tr("No district has this name or code."))
            return
        chosen = self.list.chosen()
        pages = chosen if choice in chosen else [choice]
        job = self._jobs(pages)[pages.index(choice)]
        self.session.ask(
            PREVIEW, job.read, lambda content: self._show_preview(job, content), self._preview_failed
        )

    def _show_preview(self, job: Job, content: object) -> None:
        try:
            self.preview.show_layout(job.build(content))
        except Exception as error:  # noqa: BLE001 - told where the preview would stand
            self._preview_failed(error)

    def _preview_failed(self, error: Exception) -> None:
        self.preview.say(problem_text(error))

    @reported
    def _start(self) -> None:
        """Print page by page; the window stays usable, and so does the cancel button."""
        self.bar.clearWidgets()
        chosen = self.list.chosen()
        if not chosen:
            raise NothingToPrint("no district is chosen")
        output = self._output(chosen)
        if output is None:
            return
        self._run = PrintRun(self.session, self._jobs(chosen), output, self)
        self._run.progressed.connect(self._tell_progress)
        self._run.done.connect(self._printed)
        self._run.failed.connect(self._failed)
        self._working(len(chosen))
        self._run.start()

    def _output(self, chosen: list[Choice]) -> Output | None:
        """Where the pages go; None where the person thinks better of it."""
        kind = self.kind.currentData()
        if kind == PRINTER:
            printer = QPrinter(QPrinter.PrinterMode.HighResolution)
            return OnPaper(printer) if QPrintDialog(printer, self).exec() else None
        text = self.file.filePath().strip()
        if not text:
            raise NothingToPrint("no file is chosen")
        path = Path(text).expanduser()
        if len(chosen) > 1 and not self._one_file():
            return Files(path, kind)
        if path.suffix.lower() != kind:
            path = path.with_name(path.name + kind)
        return Book(path) if kind == PDF else Files(path.parent, kind, name=path.stem)

    @reported
    def _tell_progress(self, number: int, title: str) -> None:
        self.progress.setValue(number)
        self.step.setText(title)

    @reported
    def _printed(self, files: list[Path], skipped: list[DistrictError]) -> None:
        self._run = None
        self._idle()
        self._remember()
        for error in skipped:
            self._told_after.problem(error)
        if files:
            where = files[0] if len(files) == 1 else files[0].parent
            self._told_after.success(
                tr("The map was saved as {}").format(where)
                if len(files) == 1
                else tr("%n map(s) were saved in {}", None, len(files)).format(where)
            )
            if self.open_after.isChecked():
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(where)))
        self.accept()

    @reported
    def _failed(self, error: Exception) -> None:
        self._run = None
        self._idle()
        self.messages.problem(error)

    def _cancel(self) -> None:
        run, self._run = self._run, None
        if run is not None:
            run.cancel()
        self._idle()
        self.messages.warning(tr("Printing was cancelled. Maps that were whole have been kept."))

    @reported
    def _to_designer(self) -> None:
        """Lay the highlighted district out and open it in QGIS's layout designer."""
        choice = self.list.highlighted()
        if choice is None:
            raise NothingToPrint("no district is highlighted")
        (job,) = self._jobs([choice])
        self.session.ask(PREVIEW, job.read, lambda content: self._design(job, content), self.messages.problem)

    @reported
    def _design(self, job: Job, content: object) -> None:
        if self._open_designer is None:
            return
        layout = job.build(content)
        keep_in_project(QgsProject.instance(), layout)
        self._remember()
        self.accept()
        self._open_designer(layout)

    def _jobs(self, chosen: list[Choice]) -> list[Job]:
        return self._order().jobs(chosen)

    def _order(self) -> DistrictOrder:
        session, options = self.session, self.options
        if session.replica is None or session.catalogue is None:
            raise ConnectionClosed("the connection was closed under the dialog")
        today, now = session.clock()
        return DistrictOrder(
            replica_path=session.replica.path,
            catalogue=session.catalogue,
            threat_filter=session.filter,
            places=session.places,
            today=today,
            now=now,
            lang=session.language,
            data_date=moment_text(session.last_sync),
            template=options.sheet().template,
            title=options.title.text(),
            subtitle=options.subtitle.text(),
            content=options.content(),
            public=options.public(),
            sync_state=sync_state(session),
            marking=options.marking.currentText().strip(),
            office=options.office.text().strip(),
            emblem=options.emblem(),
            base=options.base_layers(),
            base_source=options.base_source(),
            grid=options.grid.isChecked(),
        )

    def _remember(self) -> None:
        self.list.remember()
        self.options.remember()
        kind = self.kind.currentData()
        settings.set_preference("print/ending", kind)
        settings.set_preference("print/book", self.book.isChecked())
        settings.set_preference("print/open", self.open_after.isChecked())
        target = self.file.filePath().strip()
        if target and kind != PRINTER:
            path = Path(target)
            settings.set_preference("print/folder", str(path if path.is_dir() else path.parent))

    def _working(self, pages: int) -> None:
        self._let_choose(False)
        self.progress.setRange(0, pages)
        self.progress.setValue(0)
        self.progress.show()
        self.step.show()

    def _idle(self) -> None:
        self._let_choose(True)
        self.progress.hide()
        self.step.hide()

    def _let_choose(self, free: bool) -> None:
        for widget in (self.form, self.output, self.print_button, self.designer_button):
            widget.setEnabled(free)


def sync_state(session: Session) -> str:
    """How the data stands to the service, in words; empty where nothing is amiss."""
    parts = []
    if session.last_error is not None:
        parts.append(tr("the last synchronisation failed"))
    waiting = session.waiting_count()
    if waiting:
        parts.append(tr("%n decision(s) not sent yet", None, waiting))
    return ", ".join(parts) or tr("synchronised")


def _folder() -> Path:
    remembered = settings.preference("print/folder", "")
    return Path(remembered) if remembered and Path(remembered).is_dir() else Path.home()
