"""What the dialogs that print share: where pages go, how far they are, and how it ends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.gui import QgsFileWidget, QgsMessageBar
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtPrintSupport import QPrintDialog, QPrinter
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.gui.layout_preview import LayoutPreview
from kmzb_qgis_plugin.gui.messages import Messages, problem_text, reported
from kmzb_qgis_plugin.gui.outside import open_outside
from kmzb_qgis_plugin.gui.print_run import PrintRun
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.printing.errors import NothingToPrint
from kmzb_qgis_plugin.printing.export import ENDINGS, PDF, PNG, SVG, Book, Files, OnPaper, Output
from kmzb_qgis_plugin.printing.jobs import Job, cancelled_text
from kmzb_qgis_plugin.printing.template import missing_fonts

if TYPE_CHECKING:
    from kmzb_qgis_plugin.session import Session

PREVIEW = "print preview"
PRINTER = "printer"
PREVIEW_WAIT = 350
"""Milliseconds without a further change before the preview follows."""


class OutputDialog(QDialog):
    """Closes once all is printed; what goes wrong is told in the dialog.

    A derived one calls :meth:`frame` with what a person chooses in, and defines :meth:`jobs`,
    :meth:`previewed`, :meth:`remember` and :meth:`proposed_name`.

    Args:
        session: what is printed.
        messages: tells what was printed, once the dialog is gone.
        key: the group of its preferences.
        parent: the window.
    """

    def __init__(self, session: Session, messages: Messages, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.bar = QgsMessageBar()
        self.messages = Messages(self.bar)
        self._told_after = messages
        self._key = key
        self._run: PrintRun | None = None
        self._free: list[QWidget] = []
        self._default_target = ""
        self._fonts_told: list[str] = []
        self._wait = QTimer(self, singleShot=True, interval=PREVIEW_WAIT)
        self._wait.timeout.connect(self._ask_preview)
        self.preview = LayoutPreview()
        self.shown = QLabel()
        self.shown.setTextFormat(Qt.TextFormat.PlainText)
        self.shown.setWordWrap(True)
        self.output = self._output_box()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.print_button = self.buttons.addButton(tr("&Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self._start)
        self.buttons.rejected.connect(self.reject)
        self.progress = QProgressBar()
        self.step = QLabel()

    def jobs(self) -> list[Job]:
        """What is chosen to be printed.

        Raises:
            KmzbError: it cannot be printed.
        """
        raise NotImplementedError

    def count(self) -> int:
        """How many prints are chosen."""
        raise NotImplementedError

    def previewed(self) -> Job | None:
        """The print that the preview shows."""
        raise NotImplementedError

    def proposed_name(self) -> str:
        """Of the file, without ending."""
        raise NotImplementedError

    def nothing(self) -> str:
        """What the preview says where there is nothing to show."""
        raise NotImplementedError

    def remember(self) -> None:
        """Have everything as it is the next time."""
        self._set("ending", self.kind.currentData())
        self._set("book", self.book.isChecked())
        self._set("open", self.open_after.isChecked())
        target = self.file.filePath().strip()
        if target and self.kind.currentData() != PRINTER:
            path = Path(target)
            self._set("folder", str(path if path.is_dir() else path.parent))

    def done(self, result: int) -> None:
        """Want no more results when the dialog goes."""
        if self._run is not None:
            self._run.cancel()
            self._run = None
        self._wait.stop()
        self.session.drop(PREVIEW)
        self.preview.clear()
        super().done(result)

    def reject(self) -> None:
        """While printing, end that; otherwise close."""
        if self._run is not None:
            self._cancel()
        else:
            super().reject()

    def frame(self, work: QWidget, *choosing: QWidget) -> None:
        """Lay the dialog out.

        Args:
            work: takes the room.
            choosing: cannot be used while pages are printed.
        """
        self._free = [*choosing, self.output, self.print_button]
        self.progress.hide()
        self.step.hide()
        below = QHBoxLayout()
        below.addWidget(self.progress, 1)
        below.addWidget(self.step, 1)
        below.addWidget(self.buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(self.bar)
        layout.addWidget(work, 1)
        layout.addLayout(below)

    @reported
    def changed(self) -> None:
        """Something else is chosen: file and preview follow."""
        self.follow_target()
        self._wait.start()

    @reported
    def follow_target(self) -> None:
        """Ask for a file, a folder or nothing, as the output needs it; propose one."""
        several, kind = self.count() > 1, self.kind.currentData()
        self.book.setEnabled(several and kind == PDF)
        into_folder = several and not self._one_file()
        self.file.setEnabled(kind != PRINTER)
        self.open_after.setEnabled(kind != PRINTER)
        self.file_label.setText(tr("&Folder") if into_folder else tr("&File"))
        mode = QgsFileWidget.StorageMode
        self.file.setStorageMode(mode.GetDirectory if into_folder else mode.SaveFile)
        self.file.setFilter("" if into_folder else f"{self.kind.currentText()} (*{kind})")
        words = tr("&Save %n page(s)", None, self.count()) if several else tr("&Save")
        self.print_button.setText(tr("&Print") if kind == PRINTER else words)
        if self.file.filePath() in ("", self._default_target):
            ending = kind if kind in ENDINGS else PDF
            path = self._folder() if into_folder else self._folder() / f"{self.proposed_name()}{ending}"
            self._default_target = str(path) if self.count() else ""
            self.file.setFilePath(self._default_target)

    def _output_box(self) -> QWidget:
        self.kind = QComboBox()
        for name, kind in (
            (tr("PDF, vector with georeference"), PDF),
            (tr("PNG picture"), PNG),
            (tr("SVG drawing"), SVG),
            (tr("Printer"), PRINTER),
        ):
            self.kind.addItem(name, kind)
        self.kind.setCurrentIndex(max(self.kind.findData(self._get("ending", PDF)), 0))
        self.kind.currentIndexChanged.connect(self.follow_target)
        self.book = QCheckBox(tr("All in one &book"))
        self.book.setChecked(self._get("book", True))
        self.book.toggled.connect(self.follow_target)
        self.file = QgsFileWidget()
        self.file.setDialogTitle(tr("Save Print"))
        self.open_after = QCheckBox(tr("O&pen when done"))
        self.open_after.setChecked(self._get("open", True))
        self.file_label = QLabel()
        self.file_label.setBuddy(self.file)
        kind_label = QLabel(tr("&Write to"))
        kind_label.setBuddy(self.kind)
        box = QWidget()
        form = QFormLayout(box)
        form.setContentsMargins(0, 0, 0, 0)
        kinds, ways = QHBoxLayout(), QHBoxLayout()
        kinds.addWidget(self.kind)
        kinds.addWidget(self.book)
        kinds.addStretch()
        ways.addWidget(self.file, 1)
        ways.addWidget(self.open_after)
        form.addRow(kind_label, kinds)
        form.addRow(self.file_label, ways)
        return box

    @reported
    def _ask_preview(self) -> None:
        if self._run is not None:
            return
        job = self.previewed()
        if job is None:
            self.preview.say(self.nothing())
            return
        self.session.ask(
            PREVIEW, job.read, lambda content: self._show_preview(job, content), self._preview_failed
        )

    def _show_preview(self, job: Job, content: object) -> None:
        try:
            layout = job.build(content)
            self._tell_fonts(missing_fonts(layout))
            self.preview.show_layout(layout)
        except Exception as error:  # noqa: BLE001 - told where the preview would stand
            self._preview_failed(error)

    def _tell_fonts(self, missing: list[str]) -> None:
        """Say once which fonts of a layout are not there; its texts fit with others, too."""
        if missing and missing != self._fonts_told:
            self.messages.warning(
                tr("This computer does not have the fonts {} of the layout; others take their place.").format(
                    ", ".join(missing)
                )
            )
        self._fonts_told = missing

    def _preview_failed(self, error: Exception) -> None:
        self.preview.say(problem_text(error))

    @reported
    def _start(self) -> None:
        """Print page by page; the window stays usable, and so does the cancel button."""
        self.bar.clearWidgets()
        jobs = self.jobs()
        if not jobs:
            raise NothingToPrint("nothing is chosen")
        output = self._output(len(jobs))
        if output is None:
            return
        self._run = PrintRun(self.session, jobs, output, self)
        self._run.progressed.connect(self._tell_progress)
        self._run.done.connect(self._printed)
        self._run.failed.connect(self._failed)
        self._let_choose(False)
        self.progress.setRange(0, len(jobs))
        self.progress.setValue(0)
        self._run.start()

    def _output(self, pages: int) -> Output | None:
        """Where the pages go; None where the person thinks better of it."""
        kind = self.kind.currentData()
        if kind == PRINTER:
            printer = QPrinter(QPrinter.PrinterMode.HighResolution)
            return OnPaper(printer) if QPrintDialog(printer, self).exec() else None
        text = self.file.filePath().strip()
        if not text:
            raise NothingToPrint("no file is chosen")
        path = Path(text).expanduser()
        if pages > 1 and not self._one_file():
            return Files(path, kind)
        if path.suffix.lower() != kind:
            path = path.with_name(path.name + kind)
        return Book(path) if kind == PDF else Files(path.parent, kind, name=path.stem)

    @reported
    def _tell_progress(self, number: int, title: str) -> None:
        self.progress.setValue(number)
        self.step.setText(title)

    @reported
    def _printed(self, files: list[Path], skipped: list[Exception]) -> None:
        self._run = None
        self._let_choose(True)
        self.remember()
        for error in skipped:
            self._told_after.problem(error)
        if files:
            where = files[0] if len(files) == 1 else files[0].parent
            self._told_after.success(
                tr("The print was saved as {}").format(where)
                if len(files) == 1
                else tr("%n file(s) were saved in {}", None, len(files)).format(where)
            )
            if self.open_after.isChecked():
                open_outside(where, self._told_after)
        self.accept()

    @reported
    def _failed(self, error: Exception) -> None:
        self._run = None
        self._let_choose(True)
        self.messages.problem(error)

    def _cancel(self) -> None:
        run, self._run = self._run, None
        written = run.cancel() if run is not None else ()
        self._let_choose(True)
        self.messages.warning(cancelled_text(len(written)))

    def _let_choose(self, free: bool) -> None:
        for widget in self._free:
            widget.setEnabled(free)
        self.progress.setVisible(not free)
        self.step.setVisible(not free)

    def _one_file(self) -> bool:
        return bool(self.kind.currentData() == PDF and self.book.isChecked())

    def _folder(self) -> Path:
        remembered = self._get("folder", "")
        return Path(remembered) if remembered and Path(remembered).is_dir() else Path.home()

    def _get(self, name: str, default: Any) -> Any:
        return settings.preference(f"{self._key}/{name}", default)

    def _set(self, name: str, value: object) -> None:
        settings.set_preference(f"{self._key}/{name}", value)
