"""Prints the maps of districts: which ones, what is on them, on what paper, into which file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qgis.core import QgsApplication, QgsPrintLayout, QgsProject, QgsRasterLayer
from qgis.gui import QgsScrollArea
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDialogButtonBox, QFrame, QSplitter, QVBoxLayout, QWidget

from kmzb_qgis_plugin.gui.base_map_task import BaseMapTask
from kmzb_qgis_plugin.gui.designer import keep_in_project
from kmzb_qgis_plugin.gui.district_list import DistrictList
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.output_dialog import PREVIEW, OutputDialog
from kmzb_qgis_plugin.gui.print_options import PrintOptions
from kmzb_qgis_plugin.gui.words import unsent_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.printing.basemaps import BaseMap
from kmzb_qgis_plugin.printing.choices import Choice, read_choices
from kmzb_qgis_plugin.printing.errors import ConnectionClosed, NothingToPrint
from kmzb_qgis_plugin.printing.jobs import Job
from kmzb_qgis_plugin.printing.orders import DistrictOrder
from kmzb_qgis_plugin.printing.paper_text import moment_text

if TYPE_CHECKING:
    from kmzb_qgis_plugin.session import Session

CHOICES = "print choices"
FORM_WIDTH = 400
SCROLL_BAR = 24
"""Pixels that the form leaves for it."""


class PrintDialog(OutputDialog):
    """Maps of one district, of several, of all.

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
        super().__init__(session, messages, "print", parent)
        self.setWindowTitle(tr("Print District Map"))
        self._open_designer = open_designer
        self._base_task: BaseMapTask | None = None
        self._build()
        session.ask(CHOICES, read_choices, self._take_choices, self.messages.problem)

    def done(self, result: int) -> None:
        """Want no more results when the dialog goes."""
        self.session.drop(CHOICES)
        super().done(result)

    def jobs(self) -> list[Job]:
        return self._order().jobs(self.list.chosen())

    def count(self) -> int:
        return len(self.list.chosen())

    def previewed(self) -> Job | None:
        choice = self.list.highlighted()
        if choice is None:
            return None
        chosen = self.list.chosen()
        pages = chosen if choice in chosen else [choice]
        return self._order().jobs(pages)[pages.index(choice)]

    def proposed_name(self) -> str:
        chosen = self.list.chosen()
        today, _now = self.session.clock()
        name = chosen[0].file_name if len(chosen) == 1 else tr("districts")
        return f"kmzb-{name}-{today}"

    def nothing(self) -> str:
        return tr("No district has this name or code.")

    def remember(self) -> None:
        super().remember()
        self.list.remember()
        self.options.remember()

    def _build(self) -> None:
        self.list = DistrictList()
        self.list.changed.connect(self._follow)
        self.list.districts.setMinimumHeight(150)
        self.options = PrintOptions(["commune", "county", "unit"], self.session.language)
        self.options.changed.connect(self._follow)
        self.options.baseChosen.connect(self._open_base)
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 6, 0)
        column.addWidget(self.list, 1)
        column.addWidget(self.options)
        scroll = QgsScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(form)
        scroll.setMinimumWidth(form.minimumSizeHint().width() + SCROLL_BAR)
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
        self.designer_button = self.buttons.addButton(
            tr("Open in &Designer"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.designer_button.setVisible(self._open_designer is not None)
        self.designer_button.clicked.connect(self._to_designer)
        self.frame(splitter, form, self.designer_button)
        self.resize(1120, 760)
        self.follow_target()

    @reported
    def _take_choices(self, choices: list[Choice]) -> None:
        self.list.set_choices(choices)

    @reported
    def _follow(self) -> None:
        self.changed()
        self.shown.setText(tr("Shown: {}").format(self._order().sentence()))

    @reported
    def _open_base(self, base: BaseMap | None) -> None:
        """Open a map service in the background; the answer of one that is no longer wanted is dropped."""
        if base is None:
            return
        self._base_task = BaseMapTask(base, base.name(self.session.language))
        self._base_task.opened.connect(self._take_base)
        QgsApplication.taskManager().addTask(self._base_task)

    @reported
    def _take_base(self, base: BaseMap, layer: QgsRasterLayer | None) -> None:
        if self.options.base.currentData() != base.code:
            return
        if layer is None:
            name = base.name(self.session.language)
            self.messages.warning(tr("“{}” cannot be reached. The map is printed without it.").format(name))
        self.options.take_base(layer)

    @reported
    def _to_designer(self) -> None:
        """Lay the highlighted district out and open it in QGIS's layout designer."""
        choice = self.list.highlighted()
        if choice is None:
            raise NothingToPrint("no district is highlighted")
        (job,) = self._order().jobs([choice])
        self.session.ask(PREVIEW, job.read, lambda content: self._design(job, content), self.messages.problem)

    @reported
    def _design(self, job: Job, content: object) -> None:
        if self._open_designer is None:
            return
        layout = job.build(content)
        keep_in_project(QgsProject.instance(), layout)
        self.remember()
        self.accept()
        self._open_designer(layout)

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
            data_date=moment_text(session.last_sync, session.language),
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


def sync_state(session: Session) -> str:
    """How the data stands to the service, in words."""
    parts = []
    if session.last_error is not None:
        parts.append(tr("the last synchronisation failed"))
    unsent = session.unsent_counts()
    if unsent:
        parts.append(tr("not sent yet: {}").format(unsent_text(unsent)))
    return ", ".join(parts) or tr("synchronised")
