"""Makes a decision about one report: only the steps, and only the fields, that the workflow has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from qgis.PyQt.QtCore import QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence, QMoveEvent
from qgis.PyQt.QtWidgets import QButtonGroup, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from kmzb_qgis_plugin.domain.catalogue import Catalogue, Transition
from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.gui.consequence import consequence
from kmzb_qgis_plugin.gui.decision_fields import DecisionFields, Draft
from kmzb_qgis_plugin.gui.icons import status_icon
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica.outbox import Entry

STEP_KEYS = tuple(f"Alt+{number}" for number in range(1, 10))
SEND_KEYS = "Ctrl+Return"
KEEP_MS = 2000
"""So long after a key a text is kept, whether more are pressed or not."""


@dataclass
class _Kept:
    """What was entered in one workspace and not sent, by threat id.

    Attributes:
        seen: the reports as they were when their drafts were left.
        blames: the member that was not accepted, and why.
        written: what the outbox has as drafts.
        taken: what it has as decisions that these drafts stand in for.
    """

    drafts: dict[int, Draft] = field(default_factory=dict)
    seen: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    blames: dict[int, tuple[str, str]] = field(default_factory=dict)
    written: dict[int, Draft] = field(default_factory=dict)
    taken: dict[int, Draft] = field(default_factory=dict)


class DecisionForm(QWidget):
    """Steps as buttons, then the chosen step's fields and a sentence that says what will happen.

    What has been entered stays with its report: through a synchronisation, and
    while other reports are looked at. A text is told of by :attr:`drafted`, to outlive QGIS.
    """

    submitted = pyqtSignal(object, object)
    """The :class:`Decision`, and the identifier of the one that it replaces or None."""
    drafted = pyqtSignal(object, object)
    """A report, and the :class:`Draft` whose text stands there now; None where there is none any more.
    Who has kept it says so with :meth:`mark_kept`."""
    moved = pyqtSignal(int)
    """It stands so many pixels lower than before."""
    opened = pyqtSignal()
    """A person has chosen a step, and its fields are there."""
    warned = pyqtSignal()
    """The report is another one than the person has decided about so far; the notice says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalogue: Catalogue | None = None
        self._language = ""
        self._threat: Mapping[str, Any] | None = None
        self._steps: tuple[Transition, ...] = ()
        self._kept: dict[str, _Kept] = {}
        self._here = _Kept()
        self._replaces: str | None = None
        self._meant = ""
        """The status that was being written about; its step may be away for now."""
        self._keeper = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._keeper.timeout.connect(self.keep)
        self._build()

    def _build(self) -> None:
        self.notice = _wrapped()
        self.notice.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.steps = QButtonGroup(self)
        self.steps.setExclusive(True)
        self._step_column = QVBoxLayout()
        self.fields = DecisionFields()
        self.fields.changed.connect(self._keep_soon)
        self.consequence = _wrapped()
        self.send = QPushButton(tr("&Send Decision"))
        self.send.setToolTip(_with_keys(tr("Send Decision"), SEND_KEYS))
        self.send.clicked.connect(self.submit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.notice)
        column.addLayout(self._step_column)
        column.addWidget(self.fields)
        column.addWidget(self.consequence)
        column.addWidget(self.send)
        self.clear("")

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.moved.emit(event.pos().y() - event.oldPos().y())

    def enter(self, workspace: str) -> None:
        """Go on where one was in a workspace: its reports have the same ids as those of another one.

        Args:
            workspace: tells it from others.
        """
        self.clear("")
        self._here = self._kept.setdefault(workspace, _Kept())

    def follow(self, threat_id: int, entry: Entry | None) -> None:
        """Go on with what the outbox has, unless a text is here that it does not have.

        Another window of QGIS may have written on, or sent it.

        Args:
            threat_id: the report that is to be shown.
            entry: the draft about it, None where there is none.
        """
        here = self._here
        draft = here.drafts.get(threat_id, Draft())
        if self._shows(threat_id) and self.holds_draft:
            return
        if draft.has_text and draft != here.written.get(threat_id):
            return
        if entry is not None:
            self.take_up_draft(entry)
        elif draft.has_text:
            self.forget(threat_id)

    def set_catalogue(self, catalogue: Catalogue, language: str) -> None:
        """Take up the workflow and its names."""
        self._catalogue, self._language = catalogue, language
        self.fields.set_catalogue(catalogue, language)

    def clear(self, text: str, fid: int | None = None) -> None:
        """Offer nothing and say why; a note that was begun about the report ``fid`` can still be copied."""
        self.keep()
        self._threat = None
        self._set_steps(())
        kept = self._here.drafts.get(fid) if fid is not None else None
        note = tr("Your note: {}").format(kept.note) if kept is not None and kept.note else ""
        self._say("\n".join(part for part in (text, note) if part))

    def show_threat(self, threat: Mapping[str, Any], steps: tuple[Transition, ...]) -> None:
        """Offer steps for a report; what was entered about it before is there again."""
        before = self._threat
        same = before is not None and before["fid"] == threat["fid"]
        if not same:
            self.keep()
            before = self._here.seen.get(threat["fid"])
        draft = self.draft() if same else self._here.drafts.get(threat["fid"], Draft())
        moved = draft != Draft() and before is not None and _moved(before, threat)
        self._threat = threat
        if not same or steps != self._steps:
            self._set_steps(steps)
            self._show_draft(draft)
        why = self._why_nothing_is_chosen(draft)
        if moved:
            changed = tr("The report was changed while you were deciding. Look again before you send.")
            self._say(" ".join(part for part in (changed, why) if part))
            self.warned.emit()
        elif not same:
            self._say(why)

    def _why_nothing_is_chosen(self, draft: Draft) -> str:
        """A draft may be for a step that the report's status no longer has."""
        if not draft.to_status or self._step is not None:
            return ""
        status = self._catalogue.status(draft.to_status) if self._catalogue else None
        name = status.name(self._language) if status else draft.to_status
        return tr("“{}” is no longer possible from the present status. What you wrote is kept.").format(name)

    def take_up(self, decision: Decision, field: str = "", fault: str = "") -> None:
        """Keep an earlier decision as the draft for its report, to be sent in its stead.

        It is there when the report is shown the next time.

        Args:
            decision: the earlier one.
            field: the member that was not accepted, empty for none.
            fault: why it was not.
        """
        draft = self._here.drafts[decision.threat_id] = Draft.of(decision)
        self._here.taken[decision.threat_id] = draft
        self._here.written.pop(decision.threat_id, None)
        if field:
            self._here.blames[decision.threat_id] = field, fault
        self._here.seen.pop(decision.threat_id, None)
        if self._shows(decision.threat_id):
            self._threat = None  # the report may be on its way to other steps than those that are there
            self._set_steps(())

    def take_up_draft(self, entry: Entry) -> None:
        """Go on with a draft of the outbox, as with a decision."""
        threat_id = entry.decision.threat_id
        self.take_up(entry.decision)
        self._here.written[threat_id] = self._here.drafts[threat_id]
        if entry.base:
            self._here.seen[threat_id] = entry.base

    def forget(self, threat_id: int) -> None:
        """Drop what was entered about a report, because it has been sent."""
        self._here.drafts.pop(threat_id, None)
        self._forget_kept(threat_id)
        if self._shows(threat_id):
            self._show_draft(Draft())

    @property
    def holds_draft(self) -> bool:
        """Whether something is entered about the report that is shown."""
        return self._threat is not None and self.draft() != Draft()

    def keep(self) -> None:
        """Tell at once of what is being written, and have it there when its report is shown again."""
        self._keeper.stop()
        threat = self._threat
        if threat is None:
            return
        fid, draft = threat["fid"], self.draft()
        if draft == Draft():
            self._here.drafts.pop(fid, None)
        else:
            self._here.drafts[fid] = draft
            self._here.seen[fid] = threat
        if draft.has_text and draft != self._here.written.get(fid, self._here.taken.get(fid)):
            self.drafted.emit(threat, draft)
        elif not draft.has_text and fid in self._here.written:
            self.drafted.emit(threat, None)

    def mark_kept(self, threat_id: int, draft: Draft | None) -> None:
        """Take note that what :attr:`drafted` told is in the outbox; until then it is told again."""
        if draft is None:
            self._forget_kept(threat_id)
        else:
            self._here.written[threat_id] = draft

    def ref_of(self, threat_id: int) -> str:
        """The reference of a report about which something is entered; empty where nothing is."""
        return str(self._here.seen.get(threat_id, {}).get("ref", ""))

    def draft(self) -> Draft:
        """What stands in the fields now."""
        draft = replace(self.fields.draft(), replaces=self._replaces)
        if self._step is not None:
            return replace(draft, to_status=self._step.to_status)
        return replace(draft, to_status=self._meant) if draft.has_text else draft

    def choose_step(self, number: int) -> None:
        """Press the button of a step, counted from 0; nothing where there is none."""
        button = self.steps.button(number)
        if button is not None:
            button.click()
            self.fields.begin()  # whoever chooses by key goes on typing
            self.opened.emit()  # and sees what is typed

    def submit(self) -> None:
        """Send what is entered, or say what lacks."""
        step, threat = self._step, self._threat
        if step is None or threat is None:
            return
        draft = replace(self.fields.offered(), to_status=step.to_status)
        decision = draft.decision(threat["fid"], threat["version"])
        if self.fields.whole(decision, step):
            self.submitted.emit(decision, self._replaces)

    def _forget_kept(self, threat_id: int) -> None:
        self._here.written.pop(threat_id, None)
        self._here.taken.pop(threat_id, None)

    def _shows(self, threat_id: int) -> bool:
        return self._threat is not None and self._threat["fid"] == threat_id

    @property
    def _step(self) -> Transition | None:
        number = self.steps.checkedId()
        return self._steps[number] if 0 <= number < len(self._steps) else None

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
            # A long name is told by the tooltip; the dock must not become wider for it.
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            if number < len(STEP_KEYS):
                button.setToolTip(_with_keys(step.name(self._language), STEP_KEYS[number]))
            status = self._catalogue.status(step.to_status) if self._catalogue else None
            if status is not None:
                button.setIcon(status_icon(status))
            button.clicked.connect(self._step_chosen)
            button.clicked.connect(self.opened)
            self.steps.addButton(button, number)
            self._step_column.addWidget(button)
        self._step_chosen()

    def _step_chosen(self) -> None:
        """Show the fields of the chosen step, and what it brings about."""
        step, catalogue, threat = self._step, self._catalogue, self._threat
        self._keep_soon()
        self._show_parts()
        if step is None or catalogue is None or threat is None:
            return
        self.fields.offer(step.to_status, step.requires)
        self.consequence.setText(consequence(threat["ref"], step.to_status, catalogue, self._language))

    def _show_parts(self) -> None:
        """Show the fields while they hold something, even where a change has taken the chosen step away."""
        chosen = self._step is not None
        self.fields.setVisible(chosen or self.holds_draft)
        for part in (self.consequence, self.send):
            part.setVisible(chosen)

    def _show_draft(self, draft: Draft) -> None:
        self._replaces, self._meant = draft.replaces, draft.to_status
        self.steps.setExclusive(False)
        for number, button in enumerate(self.steps.buttons()):
            button.setChecked(self._steps[number].to_status == draft.to_status)
        self.steps.setExclusive(True)
        self._step_chosen()
        if self._step is None:
            self.fields.offer(draft.to_status, ())
        self.fields.show_draft(draft)
        self._show_parts()
        blame = self._here.blames.pop(self._threat["fid"], None) if self._threat and self._step else None
        if blame is not None:
            self.fields.blame(*blame)

    def _keep_soon(self) -> None:
        if not self._keeper.isActive():
            self._keeper.start()

    def _say(self, text: str) -> None:
        self.notice.setText(text)
        self.notice.setVisible(bool(text))


def _moved(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether somebody else has changed a report: one's own decisions raise its version too."""
    own = before["pending_status"] in (now["pending_status"], now["status"]) and before["pending_status"]
    return before["version"] != now["version"] and not own


def _with_keys(text: str, keys: str) -> str:
    return f"{text} ({QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)})"


def _wrapped() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
