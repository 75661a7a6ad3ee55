"""The outbox as a table for Qt: what needs a person first. A cell is made of its entry when it is painted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, Qt
from qgis.PyQt.QtGui import QIcon

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.gui import meeting_text
from kmzb_qgis_plugin.gui.icons import status_icon, theme_icon
from kmzb_qgis_plugin.gui.words import age_text, moment_text, short_age_text, state_name
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica.outbox import Entry

STATE, REF, DECISION, AGE = range(4)
STATE_ORDER = ("conflict", "rejected", "draft", "waiting", "sending", "sent")
_STATE_ICONS = {
    "draft": "mActionToggleEditing",
    "waiting": "mActionSharingExport",
    "sending": "mActionSharingExport",
    "sent": "mIconSuccess",
    "conflict": "mIconWarning",
    "rejected": "mTaskCancel",
}


class OutboxModel(QAbstractTableModel):
    """The entries, those that need a person first, then the oldest."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.brief = False
        """Whether a state is told by its sign alone, for want of room."""
        self._entries: list[Entry] = []
        self._rows: dict[str, int] = {}
        self._catalogue: Catalogue | None = None
        self._language = ""
        self._now = datetime.now(timezone.utc)

    def show(
        self, entries: Iterable[Entry], catalogue: Catalogue | None, language: str, now: datetime
    ) -> None:
        """Take up entries.

        Args:
            entries: in any order.
            catalogue: names and signs of statuses; None before there is one.
            language: two letters.
            now: aware; what ages are seen from.
        """
        self.beginResetModel()
        self._catalogue, self._language, self._now = catalogue, language, now
        self._entries = sorted(entries, key=lambda one: (STATE_ORDER.index(one.state), one.queued_at))
        self._rows = {entry.uuid: row for row, entry in enumerate(self._entries)}
        self.endResetModel()

    def grow_older(self, now: datetime) -> None:
        """See ages from a later moment."""
        self._now = now
        self._changed(AGE)

    def be_brief(self, wished: bool) -> None:
        """Tell states by their signs alone, or in words too."""
        if wished != self.brief:
            self.brief = wished
            self._changed(STATE)

    def longest_texts(self) -> dict[int, list[str]]:
        """Of the columns that do not stretch: what they may have to show, with room for a picture."""
        states = [] if self.brief else [f"mm{state_name(state)}" for state in STATE_ORDER]
        titles = [self.headerData(column, Qt.Orientation.Horizontal) for column in range(4)]
        return {
            STATE: ["mm", titles[STATE], *states],
            REF: [titles[REF], "Z-0000000"],
            AGE: [titles[AGE], tr("{} min").format(59), tr("%n d", "age", 29)],
        }

    def entry(self, index: QModelIndex) -> Entry | None:
        """The entry of an index, None for an index that is not valid."""
        return self._entries[index.row()] if index.isValid() else None

    def index_of(self, uuid: str) -> QModelIndex:
        """The first cell of an entry, not valid where it is not here."""
        row = self._rows.get(uuid)
        return QModelIndex() if row is None else self.index(row, STATE)

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        state = "" if self.brief else tr("State")
        return (state, tr("Number"), tr("Decision or Meeting"), tr("Age"))[section]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry(index)
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(entry, index.column())
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(entry, index.column())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._told(entry, index.column())
        return None

    def _text(self, entry: Entry, column: int) -> str:
        if column == STATE:
            return "" if self.brief else state_name(entry.state)
        if column == AGE:
            return short_age_text(entry.queued_at, self._now)
        return entry.ref if column == REF else self._headline(entry)

    def _icon(self, entry: Entry, column: int) -> QIcon | None:
        if column == STATE:
            return theme_icon(_STATE_ICONS[entry.state])
        if column != DECISION:
            return None
        if entry.meeting is not None:
            return theme_icon("mActionAddBasicCircle")
        status = self._catalogue.status(entry.decision.to_status) if self._catalogue else None
        return status_icon(status) if status is not None else None

    def _told(self, entry: Entry, column: int) -> str:
        """What there may be no room for."""
        if column == STATE:
            return state_name(entry.state)
        if column == AGE:
            return f"{age_text(entry.queued_at, self._now)} ({moment_text(entry.queued_at)})"
        return self._text(entry, column)

    def _headline(self, entry: Entry) -> str:
        """What was decided, or which meeting it is."""
        if entry.meeting is not None:
            return meeting_text.title(entry.meeting)
        status = self._catalogue.status(entry.decision.to_status) if self._catalogue else None
        return status.name(self._language) if status is not None else entry.decision.to_status

    def _changed(self, column: int) -> None:
        if self._entries:
            self.dataChanged.emit(self.index(0, column), self.index(len(self._entries) - 1, column))
        if column == STATE:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, column, column)
