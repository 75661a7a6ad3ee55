"""One decision about several reports, with a preview of whom it concerns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QProgressBar,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.together import CommonStep, broken_rule, common_steps
from kmzb_qgis_plugin.gui.consequence import consequence
from kmzb_qgis_plugin.gui.decision_fields import DecisionFields, Draft
from kmzb_qgis_plugin.gui.icons import category_icon, status_icon, theme_icon
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.words import rule_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.outbox import Proposal
from kmzb_qgis_plugin.replica.queries import ThreatRow
from kmzb_qgis_plugin.session import Session

TOGETHER = "together"
SHOWN_ROWS = 300
"""Of each part of the preview; of the rest the number is told."""
FIRST_SIZE = (460, 640)


class TogetherDialog(QDialog):
    """Chooses a step that at least one of the reports can take, and says for each whether it will.

    Args:
        session: the workspace.
        messages: told what goes wrong.
        fids: ids of threats.
        parent: Qt's.
        draft: what was entered about them before; None for nothing.
    """

    def __init__(
        self,
        session: Session,
        messages: Messages,
        fids: Sequence[int],
        parent: QWidget | None = None,
        draft: Draft | None = None,
    ) -> None:
        super().__init__(parent)
        self._before = draft or Draft()
        self.session = session
        self.messages = messages
        self.threats: list[ThreatRow] = []
        self._steps: tuple[CommonStep, ...] = ()
        self._allowed: list[ThreatRow] = []
        self.setWindowTitle(tr("Decide Together"))
        self.resize(*FIRST_SIZE)
        self._build()
        if session.catalogue is not None:
            self.fields.set_catalogue(session.catalogue, session.language)
        session.ask(TOGETHER, lambda connection: queries.threats(connection, fids), self._take)

    def _build(self) -> None:
        self.step = QComboBox()
        self.step.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.step.currentIndexChanged.connect(self._step_chosen)
        self.fields = DecisionFields()
        self.preview = QTreeWidget()
        self.preview.setAccessibleName(tr("Preview"))
        self.preview.setHeaderHidden(True)
        self.preview.setColumnCount(2)
        self.preview.setUniformRowHeights(True)
        self.consequence = QLabel()
        self.consequence.setTextFormat(Qt.TextFormat.PlainText)
        self.consequence.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.decide = self.buttons.addButton(tr("&Decide"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.decide.setEnabled(False)
        self.buttons.accepted.connect(self._decide)
        self.buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(tr("S&tep"), self.step)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.fields)
        column.addWidget(self.preview, 1)
        column.addWidget(self.consequence)
        column.addWidget(self.progress)
        column.addWidget(self.buttons)
        self.fields.hide()

    @property
    def _role(self) -> str:
        return self.session.identity.role if self.session.identity else ""

    def draft(self) -> Draft:
        """What is entered now."""
        step: CommonStep | None = self.step.currentData()
        return replace(self.fields.draft(), to_status=step.to_status if step is not None else "")

    def decides(self, fid: int) -> bool:
        """Whether a threat is among those that will be decided."""
        return any(threat.fid == fid for threat in self._allowed)

    @reported
    def _take(self, threats: list[ThreatRow]) -> None:
        catalogue, language = self.session.catalogue, self.session.language
        if catalogue is None:
            return
        self.threats = threats
        self._steps = common_steps(catalogue, map(_status, threats), self._role)
        self.step.blockSignals(True)
        for step in self._steps:
            status = catalogue.status(step.to_status)
            name = step.name(catalogue, language)
            if status is not None:
                self.step.addItem(status_icon(status), name, step)
            else:
                self.step.addItem(name, step)
        self.step.setCurrentIndex(-1)
        self.step.blockSignals(False)
        results = [step.to_status for step in self._steps]
        if self._before.to_status in results:
            self.step.setCurrentIndex(results.index(self._before.to_status))
        elif len(results) == 1:
            self.step.setCurrentIndex(0)
        else:
            self._step_chosen()
        self.fields.show_draft(self._before)

    @reported
    def _step_chosen(self) -> None:
        """Show the step's fields and whom it concerns."""
        catalogue = self.session.catalogue
        step: CommonStep | None = self.step.currentData()
        self.fields.setVisible(step is not None)
        if step is None or catalogue is None:
            self._allowed = []
            self.consequence.setText(
                tr("Choose a step.")
                if self._steps
                else tr("Your role has no step that any of these can take.")
            )
            self._preview([], [(threat, "") for threat in self.threats])
            return
        self.fields.offer(step.to_status, step.requires)
        rules = [(threat, self._broken_rule(catalogue, threat, step)) for threat in self.threats]
        self._allowed = [threat for threat, rule in rules if rule is None]
        self._preview(self._allowed, [(threat, rule_text(rule, None)) for threat, rule in rules if rule])
        subject = tr("%n report(s)", None, len(self._allowed))
        self.consequence.setText(consequence(subject, step.to_status, catalogue, self.session.language))

    def _broken_rule(self, catalogue: Catalogue, threat: ThreatRow, step: CommonStep) -> str | None:
        rule = broken_rule(catalogue, _status(threat), step.to_status, self._role)
        return rule or (None if self.session.decides_for(threat.unit) else "unit_not_allowed")

    def _preview(self, allowed: Sequence[ThreatRow], others: Sequence[tuple[ThreatRow, str]]) -> None:
        self.preview.clear()
        chosen = self.step.currentData() is not None
        for title, icon, rows in (
            (tr("Will be decided (%n)", None, len(allowed)), "mIconSuccess", [(one, "") for one in allowed]),
            (
                tr("Will be left alone (%n)", None, len(others))
                if chosen
                else tr("Chosen (%n)", None, len(others)),
                "mIconWarning" if chosen else "",
                list(others),
            ),
        ):
            if rows:
                self._add_part(title, icon, rows)
        self.preview.expandAll()
        self.preview.resizeColumnToContents(0)
        self.decide.setText(tr("&Decide (%n)", None, len(allowed)))
        self.decide.setEnabled(bool(allowed))

    def _add_part(self, title: str, icon: str, rows: list[tuple[ThreatRow, str]]) -> None:
        catalogue, language = self.session.catalogue, self.session.language
        part = QTreeWidgetItem(self.preview, [title])
        part.setFirstColumnSpanned(True)
        if icon:
            part.setIcon(0, theme_icon(icon))
        for threat, why in rows[:SHOWN_ROWS]:
            category = catalogue.category(threat.category) if catalogue else None
            about = why or threat.place or (category.name(language) if category else threat.category)
            item = QTreeWidgetItem(part, [threat.ref, about])
            item.setToolTip(1, about)
            item.setIcon(0, category_icon(threat.category))
        if len(rows) > SHOWN_ROWS:
            QTreeWidgetItem(part, [tr("and %n more", None, len(rows) - SHOWN_ROWS)])

    @reported
    def _decide(self) -> None:
        """Write all down as one batch, off the main thread."""
        step: CommonStep | None = self.step.currentData()
        if step is None or not self._allowed:
            return
        draft = replace(self.fields.offered(), to_status=step.to_status)
        first = self._allowed[0]
        if not self.fields.whole(draft.decision(first.fid, first.version), step.as_one()):
            return
        self._set_busy(True)
        self.session.decide_all(_proposals(draft, self._allowed), self.accept, self._failed)

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        self.messages.problem(error)

    def _set_busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        for part in (self.step, self.fields, self.buttons):
            part.setEnabled(not busy)

    def reject(self) -> None:
        """Close, but not while the batch is being written."""
        if not self.progress.isVisible():
            self.session.drop(TOGETHER)
            super().reject()


def _status(threat: ThreatRow) -> str | None:
    """The status that a threat has, or will have once all is sent."""
    return threat.pending_status or threat.status


def _proposals(draft: Draft, threats: Sequence[ThreatRow]) -> Iterator[Proposal]:
    """A decision about each threat, made as it is asked for: on the thread that writes them down."""
    for threat in threats:
        yield draft.decision(threat.fid, threat.version), threat.ref, threat._asdict()
