"""What a decision carries beside its step: reason, institution, dates, method, note."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from typing import Any

from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget

from kmzb_qgis_plugin.domain.catalogue import Catalogue, Transition
from kmzb_qgis_plugin.domain.decision import NOTE_MAX_LENGTH, Decision, missing_fields
from kmzb_qgis_plugin.domain.period import from_warsaw, parse_instant, to_instant_text, warsaw
from kmzb_qgis_plugin.gui.typed_dates import DateEdit, DateTimeEdit
from kmzb_qgis_plugin.gui.words import field_name, missing_text
from kmzb_qgis_plugin.i18n import tr

NOTE_LINES = 3
SMALLEST_FIELD = 110
"""Pixels; Qt would not let a date become narrower than its longest text, and the dock not narrower then."""
FIELDS = ("reason", "institution", "planned_date", "method", "decided_at", "note")


@dataclass(frozen=True)
class Draft:
    """What has been entered about a report and not been sent.

    Attributes:
        decided_at: instant, None for the moment of sending.
        replaces: identifier of an earlier decision of one's own that this one stands in for.
    """

    to_status: str = ""
    reason: str = ""
    note: str = ""
    method: str = ""
    institution: str = ""
    planned_date: date | None = None
    decided_at: str | None = None
    replaces: str | None = None

    @classmethod
    def of(cls, decision: Decision) -> Draft:
        """A decision's content, to be sent anew in its stead."""
        planned = date.fromisoformat(decision.planned_date) if decision.planned_date else None
        moment = parse_instant(decision.decided_at)
        entered = moment.second == moment.microsecond == 0  # the field knows no seconds; a clock has some
        return cls(
            decision.to_status,
            decision.reason or "",
            decision.note or "",
            decision.method or "",
            decision.institution or "",
            planned,
            decision.decided_at if entered else None,
            decision.uuid,
        )

    @property
    def has_text(self) -> bool:
        """As of a :class:`Decision`."""
        return bool(self.note.strip() or self.institution.strip())

    def decision(self, threat_id: int, version: int) -> Decision:
        """The decision about a threat, based on one of its versions."""
        made = Decision.new(
            threat_id,
            version,
            self.to_status,
            reason=self.reason,
            note=self.note,
            method=self.method,
            institution=self.institution,
            planned_date=self.planned_date,
        )
        return replace(made, decided_at=self.decided_at) if self.decided_at else made


class DecisionFields(QWidget):
    """Fields in a grid: those that a step offers, marked where it needs them, told where they lack."""

    changed = pyqtSignal()
    """Something else stands in a field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalogue: Catalogue | None = None
        self._language = ""
        self._requires: tuple[str, ...] = ()
        self.reason, self.method = QComboBox(), QComboBox()
        self.institution = QComboBox()
        self.institution.setEditable(True)
        self.institution.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.planned_date = DateEdit()
        self.planned_date.setCalendarPopup(True)
        self.planned_date.setAllowNull(True)
        self.planned_date.setNullRepresentation("")
        self.decided_at = DateTimeEdit()
        self.decided_at.setCalendarPopup(True)
        self.decided_at.setAllowNull(True)
        self.decided_at.setNullRepresentation(tr("now"))
        self.decided_at.setToolTip(tr("When it was checked; the moment of sending where nothing is entered"))
        self.decided_at.clear()
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(NOTE_LINES * self.note.fontMetrics().lineSpacing() + 12)
        self.note.textChanged.connect(self._count_note)
        for signal in (
            self.note.textChanged,
            self.institution.editTextChanged,
            self.reason.currentIndexChanged,
            self.method.currentIndexChanged,
            self.planned_date.dateTimeChanged,
            self.decided_at.dateTimeChanged,
        ):
            signal.connect(self.changed)
        self.note_count = QLabel()
        self.note_count.setAlignment(Qt.AlignmentFlag.AlignRight)
        for combo in (self.reason, self.method, self.institution):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(6)
        for field in FIELDS:
            getattr(self, field).setMinimumWidth(SMALLEST_FIELD)
        self.labels: dict[str, QLabel] = {}
        self.missing: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        for number, field in enumerate(FIELDS):
            label, missing = QLabel(), QLabel()
            label.setBuddy(getattr(self, field))
            if field == "note":
                label.setAlignment(Qt.AlignmentFlag.AlignTop)
            missing.setTextFormat(Qt.TextFormat.PlainText)
            missing.setWordWrap(True)
            grid.addWidget(label, 2 * number, 0)
            grid.addWidget(getattr(self, field), 2 * number, 1)
            grid.addWidget(missing, 2 * number + 1, 1)
            self.labels[field], self.missing[field] = label, missing
        grid.addWidget(self.note_count, 2 * len(FIELDS), 1)

    def set_catalogue(self, catalogue: Catalogue, language: str) -> None:
        """Take up the reasons, methods and institutions, and their names."""
        self._catalogue, self._language = catalogue, language

    def offer(self, to_status: str, requires: Iterable[str]) -> None:
        """Show the fields of a step to a status; what is entered stays as far as it is offered."""
        catalogue = self._catalogue
        if catalogue is None:
            return
        self._requires = tuple(requires)
        draft = self.draft()
        reasons = catalogue.reasons_for(to_status)
        _fill(self.reason, reasons, self._language, draft.reason)
        _fill(self.method, catalogue.methods, self._language, draft.method)
        _fill(self.institution, catalogue.institutions, self._language, "")
        self._show_institution(draft.institution)
        elsewhere = "institution" in self._requires or "planned_date" in self._requires
        shown = {"reason": bool(reasons), "institution": elsewhere, "planned_date": elsewhere}
        for field in FIELDS:
            mark = " *" if field in self._requires else ""
            self.labels[field].setText(field_name(field) + mark)
            self.labels[field].setToolTip(tr("Required") if mark else "")
            self.labels[field].setVisible(shown.get(field, True))
            getattr(self, field).setVisible(shown.get(field, True))
            getattr(self, field).setAccessibleName(field_name(field))
        self._show_missing({})

    def draft(self) -> Draft:
        """What stands in the fields now, of whatever step."""
        planned = None if self.planned_date.isNull() else self.planned_date.date().toPyDate()
        return Draft(
            reason=self.reason.currentData() or "",
            note=self.note.toPlainText(),
            method=self.method.currentData() or "",
            institution=self._institution(),
            planned_date=planned,
            decided_at=self._moment(),
        )

    def offered(self) -> Draft:
        """What stands in the fields that are offered."""
        hidden = {field for field in FIELDS if getattr(self, field).isHidden()}
        draft = self.draft()
        return replace(
            draft,
            reason="" if "reason" in hidden else draft.reason,
            institution="" if "institution" in hidden else draft.institution,
            planned_date=None if "planned_date" in hidden else draft.planned_date,
        )

    def show_draft(self, draft: Draft) -> None:
        """Fill the fields in; those that choose from a list need :meth:`offer` before."""
        if self.note.toPlainText() != draft.note:  # whoever types there goes on where they are
            self.note.setPlainText(draft.note)
        if draft.planned_date is None:
            _empty(self.planned_date)
        else:
            day = draft.planned_date
            self.planned_date.setDate(QDate(day.year, day.month, day.day))
        if draft.decided_at is None:
            _empty(self.decided_at)
        else:
            local = warsaw(parse_instant(draft.decided_at))
            day, time = QDate(local.year, local.month, local.day), QTime(local.hour, local.minute)
            self.decided_at.setDateTime(QDateTime(day, time))
        for combo, code in ((self.reason, draft.reason), (self.method, draft.method)):
            combo.setCurrentIndex(max(combo.findData(code), 0))
        self._show_institution(draft.institution)

    def whole(self, decision: Decision, step: Transition) -> bool:
        """Whether a decision has all that its step needs; if not, say beside the fields what lacks."""
        reason = self._catalogue.reason(decision.reason) if self._catalogue else None
        faults = {field: missing_text(field) for field in missing_fields(decision, step, reason)}
        if len(decision.note or "") > NOTE_MAX_LENGTH:
            faults["note"] = tr("Shorten the note")
        if parse_instant(decision.decided_at) > datetime.now(timezone.utc):
            faults["decided_at"] = tr("This lies in the future")
        self._show_missing(faults)
        self.focus(next((field for field in FIELDS if field in faults), ""))
        return not faults

    def blame(self, field: str, text: str) -> None:
        """Say beside a field why it was not accepted."""
        if field in self.missing:
            self._show_missing({field: text})
            self.focus(field)

    def begin(self) -> None:
        """Go to the first field that the step needs; to the note where it needs none."""
        self.focus(next((field for field in FIELDS if field in self._requires), "note"))

    def focus(self, field: str) -> None:
        """Go to a field; to none where there is none of that name."""
        if field in FIELDS:
            getattr(self, field).setFocus(Qt.FocusReason.OtherFocusReason)

    def _moment(self) -> str | None:
        if self.decided_at.isNull():
            return None
        return to_instant_text(from_warsaw(self.decided_at.dateTime().toPyDateTime()))

    def _institution(self) -> str:
        """The code of a listed institution, otherwise the text as it was typed."""
        text = self.institution.currentText().strip()
        number = self.institution.findText(text)
        return text if number < 0 else self.institution.itemData(number) or ""

    def _show_institution(self, value: str) -> None:
        number = self.institution.findData(value) if value else -1
        self.institution.setCurrentIndex(number)
        if number < 0:
            self.institution.setEditText(value)

    def _show_missing(self, faults: dict[str, str]) -> None:
        for field, label in self.missing.items():
            label.setText("⚠ " + faults[field] if field in faults else "")
            label.setVisible(field in faults)

    def _count_note(self) -> None:
        length = len(self.note.toPlainText())
        self.note_count.setText(tr("{} of {} characters").format(length, NOTE_MAX_LENGTH))
        self.note_count.setVisible(length > 0)


def _empty(edit: Any) -> None:
    """Clear a field of time; QGIS would show the present moment in it until the focus has been there."""
    edit.clear()
    edit.findChild(QLineEdit).setText(edit.nullRepresentation())


def _fill(combo: QComboBox, entries: Any, language: str, chosen: str) -> None:
    combo.clear()
    if not combo.isEditable():
        combo.addItem("", "")
    for entry in entries:
        combo.addItem(entry.name(language), entry.code)
    combo.setCurrentIndex(combo.findData(chosen))
