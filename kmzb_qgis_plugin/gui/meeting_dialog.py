"""Enters what a meeting with citizens or a public debate brought."""

from __future__ import annotations

from datetime import datetime

from qgis.core import QgsPointXY
from qgis.gui import QgsFilterLineEdit, QgsMapCanvas, QgsMessageBar, QgsScrollArea
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime, QTimer
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.meeting import (
    KINDS,
    PARTICIPANTS_MAX,
    TEXT_MAX_LENGTH,
    Meeting,
    categories_for,
    faults,
)
from kmzb_qgis_plugin.domain.period import instant_of_local, now_text, parse_instant, warsaw
from kmzb_qgis_plugin.gui.concern_list import ConcernList
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.number_box import NumberBox
from kmzb_qgis_plugin.gui.place_picker import PlacePicker
from kmzb_qgis_plugin.gui.typed_dates import DateTimeEdit
from kmzb_qgis_plugin.gui.words import meeting_kind_name, rule_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica.outbox import Entry
from kmzb_qgis_plugin.session import Session

KEEP_MS = 1500
"""After so long without a change, what was entered is kept as a draft."""
SIZE = (420, 620)


class MeetingDialog(QDialog):
    """A form beside the map. Whatever was entered is kept as a draft until it is sent or discarded.

    Args:
        session: with a connection and its catalogue.
        canvas: the map that the place is picked on.
        entry: a draft, or a rejected meeting that is to be mended; None for a new one.
    """

    def __init__(
        self,
        session: Session,
        canvas: QgsMapCanvas,
        entry: Entry | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Enter Meeting"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session = session
        self.bar = QgsMessageBar()
        self.messages = Messages(self.bar)
        self._replaces: str | None = None
        self._tried = False
        self._empty = Meeting.new(organiser=str(settings.preference("meeting_organiser", "")))
        self._uuid = self._empty.uuid
        self._build(canvas)
        self._keeper = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._keeper.timeout.connect(self._keep)
        self._take_catalogue()
        self._show(self._begin_with(entry))
        self._connect()
        if entry is not None and entry.state == "rejected" and entry.outcome is not None:
            self._say((), rule_text(entry.outcome.rule, entry.outcome.title))

    def _begin_with(self, entry: Entry | None) -> Meeting:
        meeting = entry.meeting if entry is not None else None
        if entry is None or meeting is None:
            return self._empty
        if entry.state == "rejected":
            self._replaces = entry.uuid  # what the service has judged stays as it was
        else:
            self._uuid = entry.uuid
        return meeting

    def _build(self, canvas: QgsMapCanvas) -> None:
        self.kind = QComboBox()
        for kind in KINDS:
            self.kind.addItem(meeting_kind_name(kind), kind)
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.held = DateTimeEdit()
        self.held.setAllowNull(True)
        self.held.setNullRepresentation(tr("no date yet"))
        self.held.setCalendarPopup(True)
        self.place = QgsFilterLineEdit()
        self.place.setPlaceholderText(tr("For example the hall and its address"))
        self.point = PlacePicker(canvas)
        self.organiser = QgsFilterLineEdit()
        for line in (self.place, self.organiser):
            line.setMaxLength(TEXT_MAX_LENGTH)
        self.participants = NumberBox()
        self.participants.setRange(0, PARTICIPANTS_MAX)
        self.participants.setSpecialValueText("–")
        self.concerns = ConcernList()
        self.rule = QLabel()
        self.rule.setWordWrap(True)
        self.rule.setTextFormat(Qt.TextFormat.PlainText)

        content = QWidget()
        grid = QGridLayout(content)
        grid.setColumnStretch(1, 1)
        self.faults: dict[str, QLabel] = {}
        for row, (field, text, widget) in enumerate(
            (
                ("kind", tr("&Kind"), self.kind),
                ("held_at", tr("&Date and time"), self.held),
                ("place", tr("P&lace"), self.place),
                ("point", tr("On the map"), self.point),
                ("organiser", tr("&Organiser"), self.organiser),
                ("participants", tr("Number of p&eople"), self.participants),
            )
        ):
            label, fault = QLabel(text), QLabel()
            label.setWordWrap(True)  # a form beside the map has little room
            label.setBuddy(self.point.button if widget is self.point else widget)
            fault.setWordWrap(True)
            fault.hide()
            grid.addWidget(label, 2 * row, 0)
            grid.addWidget(widget, 2 * row, 1)
            grid.addWidget(fault, 2 * row + 1, 1)
            self.faults[field] = fault
        heading = QLabel(tr("Concerns"))
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
        grid.addWidget(self.concerns, grid.rowCount(), 0, 1, 2)
        grid.setRowStretch(grid.rowCount(), 1)
        scroll = QgsScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)

        buttons = QDialogButtonBox()
        self.send = buttons.addButton(tr("&Send"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.discard = buttons.addButton(tr("Disca&rd…"), QDialogButtonBox.ButtonRole.DestructiveRole)
        self.later = buttons.addButton(tr("Keep for La&ter"), QDialogButtonBox.ButtonRole.RejectRole)
        self.later.setToolTip(tr("The draft is in the outbox, in the verification panel"))
        for button, slot in (
            (self.send, self._send),
            (self.discard, self._discard),
            (self.later, self.reject),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(slot)
        column = QVBoxLayout(self)
        column.addWidget(self.bar)
        column.addWidget(self.rule)
        column.addWidget(scroll, 1)
        column.addWidget(buttons)
        self.rule.hide()
        self.resize(*SIZE)

    def _connect(self) -> None:
        for signal in (
            self.kind.currentIndexChanged,
            self.place.textChanged,
            self.point.changed,
            self.organiser.textChanged,
            self.participants.valueChanged,
            self.concerns.changed,
        ):
            signal.connect(self._changed)
        self.held.valueChanged.connect(self._day_changed)
        self.session.catalogueChanged.connect(self._take_catalogue)
        self.session.closing.connect(self.reject)

    def shows(self, entry: Entry) -> bool:
        """Whether the form is about a meeting of the outbox."""
        return entry.uuid in (self._uuid, self._replaces)

    def meeting(self) -> Meeting:
        """What stands in the form."""
        point = self.point.point
        return Meeting(
            self._uuid,
            self.kind.currentData(),
            self._held_at(),
            None if point is None else round(point.x(), 6),
            None if point is None else round(point.y(), 6),
            self.place.text().strip(),
            self.organiser.text().strip(),
            self.participants.value() or None,
            self.concerns.concerns(),
        )

    def done(self, result: int) -> None:
        """Keep what was entered, however the form is closed, and leave the map as it was."""
        if self._keeper.isActive():
            self._keep()
        self._keeper.stop()
        self.point.remove()
        self.session.catalogueChanged.disconnect(self._take_catalogue)
        self.session.closing.disconnect(self.reject)
        super().done(result)

    def _show(self, meeting: Meeting) -> None:
        self.kind.setCurrentIndex(max(self.kind.findData(meeting.kind), 0))
        if meeting.held_at is None:
            self.held.clear()
        else:
            local = warsaw(parse_instant(meeting.held_at))
            day = QDate(local.year, local.month, local.day)
            self.held.setDateTime(QDateTime(day, QTime(local.hour, local.minute)))
        self.place.setText(meeting.place)
        there = meeting.lon is not None and meeting.lat is not None
        self.point.set_point(QgsPointXY(meeting.lon, meeting.lat) if there else None)
        self.organiser.setText(meeting.organiser)
        for line in (self.place, self.organiser):
            line.setCursorPosition(0)  # a long text is read from its beginning
        self.participants.setValue(meeting.participants or 0)
        self.concerns.set_concerns(meeting.concerns)

    def _held_at(self) -> str | None:
        """The instant that the field shows on a Polish clock, whatever this computer's zone."""
        if self.held.isNull():
            return None
        shown = self.held.dateTime()
        day, time = shown.date(), shown.time()
        return instant_of_local(datetime(day.year(), day.month(), day.day(), time.hour(), time.minute()))

    @reported
    def _take_catalogue(self) -> None:
        """Offer the categories in force on the meeting's day; nothing that was entered goes."""
        if self.session.catalogue is not None:
            offered = categories_for(self.session.catalogue, self._held_at())
            self.concerns.offer(offered, self.session.language)

    @reported
    def _day_changed(self) -> None:
        self._take_catalogue()
        self._changed()

    @reported
    def _changed(self) -> None:
        """Have the draft kept soon; once sending was tried, say at once what is still missing."""
        self._keeper.start()
        if self._tried and self.session.catalogue is not None:
            self._say(faults(self.meeting(), self.session.catalogue, now_text()), "")

    @reported
    def _keep(self) -> None:
        """Keep the form as a draft, or none where nothing was entered."""
        if self.meeting() == self._empty:
            self.session.forget_draft(self._uuid)
        else:
            self.session.keep_draft(self.meeting())

    @reported
    def _send(self) -> None:
        catalogue = self.session.catalogue
        if catalogue is None:
            return
        self._tried = True
        meeting = self.meeting()
        found = faults(meeting, catalogue, now_text())
        self._say(found, "")
        if found:
            self._go_to_first_fault(found)
            return
        self.session.submit_meeting(meeting, self._replaces)
        settings.set_preference("meeting_organiser", meeting.organiser)
        self._keeper.stop()
        self.accept()

    @reported
    def _discard(self) -> None:
        if self.meeting() != self._empty:
            answer = QMessageBox.question(
                self, tr("Discard Meeting"), tr("Throw away what was entered about this meeting?")
            )
            if answer != QMessageBox.StandardButton.Yes:
                return
        self._keeper.stop()
        self.session.forget_draft(self._uuid)
        self.reject()

    def _say(self, found: tuple[str, ...], rule: str) -> None:
        """Say beside each field what it lacks, and above all what the service had refused."""
        texts = {
            "held_at": tr("Choose the day and hour"),
            "held_in_future": tr("This is in the future; enter a meeting once it was held"),
            "place": tr("Write where it was"),
            "point": tr("Pick the place on the map"),
            "organiser": tr("Write who held it"),
            "participants": tr("Enter how many people came"),
        }
        shown = {"held_at" if fault == "held_in_future" else fault: texts.get(fault) for fault in found}
        for field, label in self.faults.items():
            text = shown.get(field)
            label.setText(f"⚠ {text}" if text else "")
            label.setVisible(bool(text))
        self.concerns.say(found)
        self.rule.setText(tr("⚠ The service rejected it. {}").format(rule) if rule else "")
        self.rule.setVisible(bool(rule))

    def _go_to_first_fault(self, found: tuple[str, ...]) -> None:
        fields = {
            "held_at": self.held,
            "held_in_future": self.held,
            "place": self.place,
            "point": self.point.button,
            "organiser": self.organiser,
            "participants": self.participants,
        }
        field = fields.get(found[0]) or self.concerns.first_with_fault()
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
