"""Makes a decision about one report: only the steps, and only the fields, that the workflow has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from qgis.gui import QgsDateEdit
from qgis.PyQt.QtCore import QDate, QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin.domain.catalogue import Catalogue, Transition
from kmzb_qgis_plugin.domain.decision import NOTE_MAX_LENGTH, Decision, missing_fields
from kmzb_qgis_plugin.gui.icons import status_icon
from kmzb_qgis_plugin.gui.words import field_name, missing_text
from kmzb_qgis_plugin.i18n import tr

NOTE_LINES = 3
FIELDS = ("reason", "institution", "planned_date", "method", "note")


@dataclass(frozen=True)
class Draft:
    """What has been entered about a report and not been sent.

    Attributes:
        replaces: identifier of an earlier decision of one's own that this one stands in for.
    """

    to_status: str = ""
    reason: str = ""
    note: str = ""
    method: str = ""
    institution: str = ""
    planned_date: date | None = None
    replaces: str | None = None


class DecisionForm(QWidget):
    """Steps as buttons, then the chosen step's fields.

    What has been entered stays with its report: through a synchronisation, and
    while other reports are looked at.
    """

    submitted = pyqtSignal(object, object)
    """The :class:`Decision`, and the identifier of the one that it replaces or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalogue: Catalogue | None = None
        self._language = ""
        self._threat: Mapping[str, Any] | None = None
        self._steps: tuple[Transition, ...] = ()
        self._drafts: dict[int, Draft] = {}
        self._replaces: str | None = None
        self._build()

    def _build(self) -> None:
        self.notice = QLabel()
        self.notice.setWordWrap(True)
        self.notice.setTextFormat(Qt.TextFormat.PlainText)
        self.steps = QButtonGroup(self)
        self.steps.setExclusive(True)
        self._step_column = QVBoxLayout()

        self.reason, self.method = QComboBox(), QComboBox()
        self.institution = QComboBox()
        self.institution.setEditable(True)
        self.institution.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.planned_date = QgsDateEdit()
        self.planned_date.setCalendarPopup(True)
        self.planned_date.setAllowNull(True)
        self.planned_date.setNullRepresentation("")
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(NOTE_LINES * self.note.fontMetrics().lineSpacing() + 12)
        self.note.textChanged.connect(self._count_note)
        self.note_count = QLabel()
        self.note_count.setAlignment(Qt.AlignmentFlag.AlignRight)
        for combo in (self.reason, self.method, self.institution):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(10)

        self.labels: dict[str, QLabel] = {}
        self.missing: dict[str, QLabel] = {}
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for number, field in enumerate(FIELDS):
            label, missing = QLabel(), QLabel()
            label.setBuddy(getattr(self, field))
            if field == "note":
                label.setAlignment(Qt.AlignmentFlag.AlignTop)
            missing.setTextFormat(Qt.TextFormat.PlainText)
            grid.addWidget(label, 2 * number, 0)
            grid.addWidget(getattr(self, field), 2 * number, 1)
            grid.addWidget(missing, 2 * number + 1, 1)
            self.labels[field], self.missing[field] = label, missing
        grid.addWidget(self.note_count, 2 * len(FIELDS), 1)
        self.fields = QWidget()
        self.fields.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        self.send = QPushButton(tr("&Send Decision"))
        self.send.clicked.connect(self._submit)

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.notice)
        column.addLayout(self._step_column)
        column.addWidget(self.fields)
        column.addWidget(self.send)
        self.clear("")

    def set_catalogue(self, catalogue: Catalogue, language: str) -> None:
        """Take up the workflow and its names."""
        self._catalogue, self._language = catalogue, language

    def clear(self, text: str) -> None:
        """Offer nothing and say why."""
        self._keep_draft()
        self._threat = None
        self._set_steps(())
        self._say(text)

    def show_threat(self, threat: Mapping[str, Any], steps: tuple[Transition, ...]) -> None:
        """Offer steps for a report; what was entered about it before is there again."""
        before = self._threat
        same = before is not None and before["fid"] == threat["fid"]
        if not same:
            self._keep_draft()
        draft = self.draft() if same else self._drafts.get(threat["fid"], Draft())
        entered = draft != Draft()
        moved = entered and same and before is not None and before["version"] != threat["version"]
        self._threat = threat
        if not same or steps != self._steps:
            self._set_steps(steps)
            self._show_draft(draft)
        if moved:
            self._say(tr("The report was changed while you were deciding. Look again before you send."))
        elif not same:
            self._say(self._why_nothing_is_chosen(draft))

    def _why_nothing_is_chosen(self, draft: Draft) -> str:
        """A draft may be for a step that the report's status no longer has."""
        if not draft.to_status or self._step is not None:
            return ""
        status = self._catalogue.status(draft.to_status) if self._catalogue else None
        name = status.name(self._language) if status else draft.to_status
        return tr("“{}” is no longer possible from the present status. What you wrote is kept.").format(name)

    def take_up(self, decision: Decision) -> None:
        """Keep an earlier decision as the draft for its report, to be sent in its stead."""
        planned = date.fromisoformat(decision.planned_date) if decision.planned_date else None
        self._drafts[decision.threat_id] = Draft(
            decision.to_status,
            decision.reason or "",
            decision.note or "",
            decision.method or "",
            decision.institution or "",
            planned,
            decision.uuid,
        )
        if self._threat is not None and self._threat["fid"] == decision.threat_id:
            self._show_draft(self._drafts[decision.threat_id])

    def forget(self, threat_id: int) -> None:
        """Drop what was entered about a report, because it has been sent."""
        self._drafts.pop(threat_id, None)
        if self._threat is not None and self._threat["fid"] == threat_id:
            self._show_draft(Draft())

    def draft(self) -> Draft:
        """What stands in the fields now."""
        planned = None if self.planned_date.isNull() else self.planned_date.date().toPyDate()
        return Draft(
            self._step.to_status if self._step else "",
            self.reason.currentData() or "",
            self.note.toPlainText(),
            self.method.currentData() or "",
            self._institution(),
            planned,
            self._replaces,
        )

    @property
    def _step(self) -> Transition | None:
        number = self.steps.checkedId()
        return self._steps[number] if 0 <= number < len(self._steps) else None

    def _institution(self) -> str:
        """The code of a listed institution, otherwise the text as it was typed."""
        text = self.institution.currentText().strip()
        number = self.institution.findText(text)
        return text if number < 0 else self.institution.itemData(number) or ""

    def _set_steps(self, steps: tuple[Transition, ...]) -> None:
        for button in self.steps.buttons():
            self.steps.removeButton(button)
            self._step_column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._steps = steps
        for number, step in enumerate(steps):
            button = QPushButton(step.name(self._language))
            button.setCheckable(True)
            button.setIconSize(QSize(16, 16))
            status = self._catalogue.status(step.to_status) if self._catalogue else None
            if status is not None:
                button.setIcon(status_icon(status))
            button.clicked.connect(self._step_chosen)
            self.steps.addButton(button, number)
            self._step_column.addWidget(button)
        self._step_chosen()

    def _step_chosen(self) -> None:
        """Show the fields of the chosen step, with the marks of what it needs."""
        step, catalogue = self._step, self._catalogue
        self.fields.setVisible(step is not None)
        self.send.setVisible(step is not None)
        if step is None or catalogue is None:
            return
        draft = self.draft()
        reasons = catalogue.reasons_for(step.to_status)
        _fill(self.reason, reasons, self._language, draft.reason)
        _fill(self.method, catalogue.methods, self._language, draft.method)
        _fill(self.institution, catalogue.institutions, self._language, "")
        self._show_institution(draft.institution)
        elsewhere = "institution" in step.requires or "planned_date" in step.requires
        shown = {"reason": bool(reasons), "institution": elsewhere, "planned_date": elsewhere}
        for field in FIELDS:
            mark = " *" if field in step.requires else ""
            self.labels[field].setText(field_name(field) + mark)
            self.labels[field].setToolTip(tr("Required") if mark else "")
            self.labels[field].setVisible(shown.get(field, True))
            getattr(self, field).setVisible(shown.get(field, True))
            getattr(self, field).setAccessibleName(field_name(field))
        self._show_missing(())

    def _show_draft(self, draft: Draft) -> None:
        self._replaces = draft.replaces
        self.steps.setExclusive(False)
        for number, button in enumerate(self.steps.buttons()):
            button.setChecked(self._steps[number].to_status == draft.to_status)
        self.steps.setExclusive(True)
        self.note.setPlainText(draft.note)
        if draft.planned_date is None:
            self.planned_date.clear()
        else:
            day = draft.planned_date
            self.planned_date.setDate(QDate(day.year, day.month, day.day))
        self._step_chosen()
        for combo, code in ((self.reason, draft.reason), (self.method, draft.method)):
            combo.setCurrentIndex(max(combo.findData(code), 0))
        self._show_institution(draft.institution)

    def _show_institution(self, value: str) -> None:
        number = self.institution.findData(value) if value else -1
        self.institution.setCurrentIndex(number)
        if number < 0:
            self.institution.setEditText(value)

    def _keep_draft(self) -> None:
        if self._threat is None:
            return
        draft = self.draft()
        if draft == Draft():
            self._drafts.pop(self._threat["fid"], None)
        else:
            self._drafts[self._threat["fid"]] = draft

    def _submit(self) -> None:
        step, threat, catalogue = self._step, self._threat, self._catalogue
        if step is None or threat is None or catalogue is None:
            return
        draft = self._offered(self.draft())
        decision = Decision.new(
            threat["fid"],
            threat["version"],
            step.to_status,
            reason=draft.reason,
            note=draft.note,
            method=draft.method,
            institution=draft.institution,
            planned_date=draft.planned_date,
        )
        missing = missing_fields(decision, step, catalogue.reason(decision.reason))
        too_long = len(decision.note or "") > NOTE_MAX_LENGTH
        self._show_missing(missing)
        if too_long:
            self.missing["note"].setText("⚠ " + tr("Shorten the note"))
            self.missing["note"].show()
        if missing or too_long:
            first = next((field for field in FIELDS if field in missing), "note")
            getattr(self, first).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.submitted.emit(decision, draft.replaces)

    def _offered(self, draft: Draft) -> Draft:
        """The draft without what the chosen step does not offer."""
        shown = {field: not getattr(self, field).isHidden() for field in FIELDS}
        return replace(
            draft,
            reason=draft.reason if shown["reason"] else "",
            institution=draft.institution if shown["institution"] else "",
            planned_date=draft.planned_date if shown["planned_date"] else None,
        )

    def _show_missing(self, missing: tuple[str, ...]) -> None:
        for field, label in self.missing.items():
            label.setText("⚠ " + missing_text(field) if field in missing else "")
            label.setVisible(field in missing)

    def _count_note(self) -> None:
        length = len(self.note.toPlainText())
        self.note_count.setText(tr("{} of {} characters").format(length, NOTE_MAX_LENGTH))
        self.note_count.setVisible(length > 0)

    def _say(self, text: str) -> None:
        self.notice.setText(text)
        self.notice.setVisible(bool(text))


def _fill(combo: QComboBox, entries: Any, language: str, chosen: str) -> None:
    combo.clear()
    if not combo.isEditable():
        combo.addItem("", "")
    for entry in entries:
        combo.addItem(entry.name(language), entry.code)
    combo.setCurrentIndex(combo.findData(chosen))
