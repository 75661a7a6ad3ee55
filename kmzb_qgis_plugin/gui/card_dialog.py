"""Prints verification cards: of one report, or of the whole queue."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsProject
from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.output_dialog import OutputDialog
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.printing.card import CardOrder
from kmzb_qgis_plugin.printing.errors import ConnectionClosed
from kmzb_qgis_plugin.printing.jobs import Job
from kmzb_qgis_plugin.printing.paper_text import moment_text
from kmzb_qgis_plugin.printing.print_layers import own_layers
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.queries import QueueRow

if TYPE_CHECKING:
    from kmzb_qgis_plugin.session import Session

QUEUE = "print queue"
Report = tuple[int, str]


class CardDialog(OutputDialog):
    """Cards into one book, a file each, or to the printer.

    Args:
        session: what is printed.
        messages: tells what was printed, once the dialog is gone.
        report: identifier and reference of the report that is being looked at; None where there is none.
        by_filter: the queue is that of the filter.
        parent: the window.
    """

    def __init__(
        self,
        session: Session,
        messages: Messages,
        report: Report | None,
        by_filter: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, messages, "cards", parent)
        self.setWindowTitle(tr("Print Verification Cards"))
        self._report = report
        self._queue: Sequence[Report] = ()
        self._build()
        catalogue = session.catalogue
        where = session.where() if by_filter else ""
        if catalogue is not None:
            session.ask(
                QUEUE,
                lambda connection: queries.queue(connection, catalogue, where),
                self._take_queue,
                self.messages.problem,
            )

    def done(self, result: int) -> None:
        """Want no more results when the dialog goes."""
        self.session.drop(QUEUE)
        super().done(result)

    def jobs(self) -> list[Job]:
        return self._order().jobs(self._chosen())

    def count(self) -> int:
        return len(self._chosen())

    def previewed(self) -> Job | None:
        return next(iter(self.jobs()), None)

    def proposed_name(self) -> str:
        chosen = self._chosen()
        today, _now = self.session.clock()
        name = chosen[0][1].lower() if len(chosen) == 1 else tr("cards")
        return f"kmzb-{name}-{today}"

    def nothing(self) -> str:
        return tr("No report waits in the queue, and none is chosen.")

    def remember(self) -> None:
        super().remember()
        self._set("marking", self.marking.currentText())
        self._set("base", self.base.isChecked())
        settings.set_preference("print/office", self.office.text())

    def _build(self) -> None:
        self.one = QRadioButton()
        self.all = QRadioButton()
        self.all.setEnabled(False)
        if self._report is None:
            self.one.hide()
        else:
            self.one.setText(tr("&This report: {}").format(self._report[1]))
        self.all.setText(tr("The whole &queue"))
        (self.all if self._report is None else self.one).setChecked(True)
        group = QButtonGroup(self)
        group.addButton(self.one)
        group.addButton(self.all)
        self.marking = QComboBox()
        self.marking.setEditable(True)
        self.marking.addItems(["", tr("for official use")])
        self.marking.setCurrentText(self._get("marking", tr("for official use")))
        self.office = QgsFilterLineEdit()
        self.office.setText(settings.preference("print/office", ""))
        self.base = QCheckBox(tr("With the visible &layers of the project"))
        self.base.setChecked(self._get("base", True))
        choosing = QWidget()
        form = QFormLayout(choosing)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self.one)
        form.addRow(self.all)
        form.addRow(tr("Mar&king"), self.marking)
        form.addRow(tr("Na&me of the office"), self.office)
        form.addRow(self.base)
        self.one.toggled.connect(self.changed)
        self.base.toggled.connect(self.changed)
        self.marking.currentTextChanged.connect(self.changed)
        self.office.textChanged.connect(self.changed)
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(choosing)
        column.addWidget(self.preview, 1)
        column.addWidget(self.output)
        self.frame(work, choosing)
        self.resize(620, 820)
        self.changed()

    def _chosen(self) -> list[Report]:
        if self.one.isChecked() and self._report is not None:
            return [self._report]
        return list(self._queue)

    @reported
    def _take_queue(self, rows: list[QueueRow]) -> None:
        self._queue = [(row.fid, row.ref) for row in rows]
        self.all.setText(tr("The whole &queue: %n report(s)", None, len(rows)))
        self.all.setEnabled(bool(rows))
        self.changed()

    def _order(self) -> CardOrder:
        session = self.session
        if session.replica is None or session.catalogue is None:
            raise ConnectionClosed("the connection was closed under the dialog")
        today, _now = session.clock()
        logo = settings.preference("print/logo", "")
        return CardOrder(
            replica_path=session.replica.path,
            catalogue=session.catalogue,
            places=session.places,
            today=today,
            lang=session.language,
            data_date=moment_text(session.last_sync, session.language),
            marking=self.marking.currentText().strip(),
            office=self.office.text().strip(),
            emblem=Path(logo) if logo else None,
            base=tuple(own_layers(QgsProject.instance())) if self.base.isChecked() else (),
        )
