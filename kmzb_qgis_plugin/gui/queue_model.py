"""The queue of reports that wait, as a table for Qt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, Qt

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.period import parse_instant
from kmzb_qgis_plugin.gui.icons import category_icon, status_icon, theme_icon
from kmzb_qgis_plugin.gui.words import due_text, moment_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica.queries import QueueRow

DUE, CATEGORY, PLACE, STATUS, REF = range(5)
SOON = timedelta(days=1)
ROW_ROLE = Qt.ItemDataRole.UserRole


class QueueModel(QAbstractTableModel):
    """Rows in the order of the query: the most urgent first."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._rows: list[QueueRow] = []
        self._catalogue: Catalogue | None = None
        self._language = ""
        self._now = datetime.now(timezone.utc)

    def show(self, rows: Sequence[QueueRow], catalogue: Catalogue, language: str, now: datetime) -> None:
        """Take up new rows; those whose unsent decision ends the waiting are left out."""
        self.beginResetModel()
        self._catalogue, self._language, self._now = catalogue, language, now
        self._rows = [row for row in rows if self._waits(row)]
        self.endResetModel()

    def row_of(self, fid: int | None) -> int:
        """The number of the row with a threat, -1 where it is not in the queue."""
        return next((number for number, row in enumerate(self._rows) if row.fid == fid), -1)

    def threat_at(self, number: int) -> QueueRow | None:
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else REF + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        name = (tr("Due"), tr("Category"), tr("Place"), tr("Status"), tr("Number"))[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if section == STATUS else name  # as narrow as its signs
        return name if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole) else None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.threat_at(index.row())
        if row is None:
            return None
        column = index.column()
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return None if column == STATUS else self._text(row, column)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._explained(row, column)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(row, column)
        return None

    def _text(self, row: QueueRow, column: int) -> str:
        if column == DUE:
            return tr("to be sent") if row.pending_status else due_text(row.due, self._now)
        if column == CATEGORY:
            return self._category(row)
        if column == PLACE:
            return row.place or ""
        return row.ref if column == REF else self._status(row)

    def _explained(self, row: QueueRow, column: int) -> str:
        if column == DUE:
            return tr("Deadline {}").format(moment_text(row.due)) if row.due else tr("No deadline")
        return self._text(row, column)

    def _icon(self, row: QueueRow, column: int) -> Any:
        if column == CATEGORY:
            return category_icon(row.category)
        if column == STATUS and self._catalogue is not None:
            status = self._catalogue.status(row.pending_status or row.status)
            return status and status_icon(status)
        if column == DUE and row.pending_status:
            return theme_icon("mActionSharingExport")
        if column == DUE and self._overdue(row):
            return theme_icon("mIconWarning")
        if column == DUE and row.due and parse_instant(row.due) - self._now < SOON:
            return theme_icon("propertyicons/temporal")
        return None

    def _overdue(self, row: QueueRow) -> bool:
        return bool(row.due) and not row.pending_status and parse_instant(row.due or "") < self._now

    def _waits(self, row: QueueRow) -> bool:
        pending = self._catalogue.status(row.pending_status) if self._catalogue else None
        return pending is None or pending.waits

    def _category(self, row: QueueRow) -> str:
        category = self._catalogue.category(row.category) if self._catalogue else None
        return category.name(self._language) if category else row.category

    def _status(self, row: QueueRow) -> str:
        status = self._catalogue.status(row.pending_status or row.status) if self._catalogue else None
        return status.name(self._language) if status else row.status
