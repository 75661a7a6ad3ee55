"""The queue of reports that wait, as a tree for Qt: groups by deadline, reports in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, Qt
from qgis.PyQt.QtGui import QFont

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.deadline import GROUPS, LATER, OPEN, OVERDUE, TODAY, Deadlines
from kmzb_qgis_plugin.domain.distance import metres_between
from kmzb_qgis_plugin.domain.folding import alphabetic
from kmzb_qgis_plugin.gui.icons import category_icon, status_icon, theme_icon
from kmzb_qgis_plugin.gui.words import distance_text, due_text, moment_text, short_due_text, whole_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica.queries import QueueRow

DUE, CATEGORY, PLACE, STATUS, DISTANCE, REF = range(6)
ROW_ROLE = Qt.ItemDataRole.UserRole
_GROUP_ICONS = {OVERDUE: "mIconWarning", TODAY: "propertyicons/temporal"}
_TELLING = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
_ANSWERED = frozenset(
    (
        ROW_ROLE,
        Qt.ItemDataRole.DisplayRole,
        *_TELLING,
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.FontRole,
    )
)
"""Of the dozen roles that Qt asks for each cell that it paints."""
_RIGHT = 0x0082
"""AlignRight and AlignVCenter: as a number, which PyQt 5 and 6 both take."""
_GROUP_ID = len(GROUPS)
"""The internal id of a group's index; that of a report's is the number of its group."""
_HEADING = Qt.ItemFlag.ItemIsEnabled
_REPORT = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


@dataclass(frozen=True)
class Origin:
    """Where distances are counted from, in degrees; ``name`` is told to the person."""

    lon: float
    lat: float
    name: str


class QueueModel(QAbstractItemModel):
    """Reports by deadline. Within a group one's own unit comes first where that is wished."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.origin: Origin | None = None
        self._rows: list[QueueRow] = []
        self._own: frozenset[str] = frozenset()
        self._own_first = False
        self._column, self._order = DUE, Qt.SortOrder.AscendingOrder
        self._groups: list[tuple[str, list[QueueRow]]] = []
        self._places: dict[int, tuple[int, int]] = {}
        self._flat: list[QueueRow] = []
        self._catalogue: Catalogue | None = None
        self._language = ""
        self._now = datetime.now(timezone.utc)

    def show(
        self,
        rows: Sequence[QueueRow],
        catalogue: Catalogue,
        language: str,
        now: datetime,
        own: frozenset[str] = frozenset(),
        origin: Origin | None = None,
    ) -> None:
        """Take up new rows; those whose unsent decision ends the waiting are left out.

        Args:
            rows: in the order of the query: the most urgent first.
            catalogue: of statuses and categories.
            language: two letters.
            now: aware; what deadlines are seen from.
            own: codes of the person's unit and of those below it.
            origin: where distances are counted from, None where that is not known.
        """
        before = [(group, [row.fid for row in rows]) for group, rows in self._groups]
        self._catalogue, self._language, self._now = catalogue, language, now
        self._own, self.origin = own, origin
        self._rows = [row for row in rows if self._waits(row)]
        groups = self._arranged()
        if [(group, [row.fid for row in rows]) for group, rows in groups] == before:
            # Qt need not lay out thousands of rows again.
            self._take(groups)
            for number, (_, rows) in enumerate(groups):
                self.dataChanged.emit(
                    self.createIndex(0, 0, number), self.createIndex(len(rows) - 1, REF, number)
                )
            return
        self.beginResetModel()
        self._take(groups)
        self.endResetModel()

    def put_own_first(self, wished: bool) -> None:
        """Have one's own unit's reports come first in each group, or not."""
        self.beginResetModel()
        self._own_first = wished
        self._take(self._arranged())
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order each group by a column; the groups stay."""
        self.beginResetModel()
        self._column, self._order = column, order
        self._take(self._arranged())
        self.endResetModel()

    def count(self) -> int:
        """How many reports there are."""
        return len(self._flat)

    def row_of(self, fid: int | None) -> int:
        """Which report from the top a threat is, -1 where it is not in the queue."""
        place = self._places.get(fid) if fid is not None else None
        if place is None:
            return -1
        group, row = place
        return sum(len(rows) for _, rows in self._groups[:group]) + row

    def threat_at(self, number: int) -> QueueRow | None:
        """The report so far from the top, None beyond the ends."""
        return self._flat[number] if 0 <= number < len(self._flat) else None

    def index_of(self, fid: int | None, column: int = DUE) -> QModelIndex:
        """The index of a threat, not valid where it is not in the queue."""
        place = self._places.get(fid) if fid is not None else None
        return QModelIndex() if place is None else self.createIndex(place[1], column, place[0])

    def row(self, index: QModelIndex) -> QueueRow | None:
        """The report of an index, None for a group's."""
        if not index.isValid() or index.internalId() == _GROUP_ID:
            return None
        return self._groups[index.internalId()][1][index.row()]

    def group_name(self, index: QModelIndex) -> str:
        """One of :data:`GROUPS` for a group's index, empty for a report's."""
        if not index.isValid() or index.internalId() != _GROUP_ID:
            return ""
        return self._groups[index.row()][0]

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        if not parent.isValid():
            return len(self._groups)
        if parent.internalId() != _GROUP_ID or parent.column() != 0:
            return 0
        return len(self._groups[parent.row()][1])

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return REF + 1

    def index(self, row: int, column: int, parent: QModelIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        # Not by hasIndex(), whose way through Python takes a third of the time that Qt needs for the layout.
        if not parent.isValid():
            rows, group = len(self._groups), _GROUP_ID
        elif parent.internalId() == _GROUP_ID:
            rows, group = len(self._groups[parent.row()][1]), parent.row()
        else:
            return QModelIndex()
        if 0 <= row < rows and 0 <= column <= REF:
            return self.createIndex(row, column, group)
        return QModelIndex()

    def parent(self, index: QModelIndex) -> QModelIndex:
        if not index.isValid() or index.internalId() == _GROUP_ID:
            return QModelIndex()
        return self.createIndex(index.internalId(), 0, _GROUP_ID)

    def flags(self, index: QModelIndex) -> Any:
        """A group's heading cannot be chosen."""
        return _HEADING if index.internalId() == _GROUP_ID else _REPORT

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        name = (tr("Due"), tr("Category"), tr("Place"), tr("Status"), tr("Distance"), tr("Number"))[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if section == STATUS else name  # as narrow as its signs
        if role == Qt.ItemDataRole.ToolTipRole and section == DISTANCE and self.origin is not None:
            return tr("Distance from {}").format(self.origin.name)
        return name if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole) else None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ANSWERED:
            return None
        row = self.row(index)
        if row is None:
            return self._group_data(index, role)
        column = index.column()
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return None if column == STATUS else self._text(row, column)
        if role in _TELLING:
            return self._explained(row, column)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column == DISTANCE:
            return _RIGHT
        return None

    def _group_data(self, index: QModelIndex, role: int) -> Any:
        if not index.isValid() or index.column() != 0:
            return None
        group, rows = self._groups[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{_group_title(group)} ({whole_text(len(rows))})"
        if role == Qt.ItemDataRole.DecorationRole and group in _GROUP_ICONS:
            return theme_icon(_GROUP_ICONS[group])
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr("← folds the group of the report that is chosen, → unfolds all groups")
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def _arranged(self) -> list[tuple[str, list[QueueRow]]]:
        """Divide the rows into groups and order each one."""
        deadlines = Deadlines(self._now)
        by_group: dict[str, list[QueueRow]] = {group: [] for group in GROUPS}
        for row in self._rows:
            by_group[deadlines.group(row.due)].append(row)
        groups = [(group, rows) for group, rows in by_group.items() if rows]
        key = self._sort_key()
        for _, rows in groups:
            if key is not None:
                rows.sort(key=key, reverse=self._order == Qt.SortOrder.DescendingOrder)
            elif self._order == Qt.SortOrder.DescendingOrder:
                rows.reverse()
            if self._own_first:
                rows.sort(key=lambda row: row.unit not in self._own)
        return groups

    def _take(self, groups: list[tuple[str, list[QueueRow]]]) -> None:
        self._groups = groups
        self._flat = [row for _, rows in groups for row in rows]
        self._places = {
            row.fid: (number, place)
            for number, (_, rows) in enumerate(groups)
            for place, row in enumerate(rows)
        }

    def _sort_key(self) -> Callable[[QueueRow], Any] | None:
        """What the chosen column is ordered by; None for the query's own order."""
        catalogue = self._catalogue
        if self._column == CATEGORY:
            return lambda row: alphabetic(self._category(row))
        if self._column == PLACE:
            return lambda row: (not row.place, alphabetic(row.place or ""))
        if self._column == STATUS and catalogue is not None:
            order = {status.code: number for number, status in enumerate(catalogue.statuses)}
            return lambda row: order.get(row.pending_status or row.status, len(order))
        if self._column == DISTANCE and self.origin is not None:
            return self._metres
        return (lambda row: row.ref) if self._column == REF else None

    def _metres(self, row: QueueRow) -> float:
        if self.origin is None:
            return 0.0
        return metres_between(self.origin.lon, self.origin.lat, row.lon, row.lat)

    def _text(self, row: QueueRow, column: int) -> str:
        if column == DUE:
            return tr("to be sent") if row.pending_status else short_due_text(row.due, self._now)
        if column == CATEGORY:
            return self._category(row)
        if column == PLACE:
            return row.place or ""
        if column == DISTANCE:
            return distance_text(self._metres(row)) if self.origin is not None else ""
        return row.ref if column == REF else self._status(row)

    def _explained(self, row: QueueRow, column: int) -> str:
        if column == DUE:
            if not row.due:
                return tr("No deadline")
            return tr("Deadline {} ({})").format(moment_text(row.due), due_text(row.due, self._now))
        return self._text(row, column)

    def _icon(self, row: QueueRow, column: int) -> Any:
        if column == CATEGORY:
            return category_icon(row.category)
        if column == STATUS and self._catalogue is not None:
            status = self._catalogue.status(row.pending_status or row.status)
            return status and status_icon(status)
        if column == DUE and row.pending_status:
            return theme_icon("mActionSharingExport")
        return None

    def _waits(self, row: QueueRow) -> bool:
        if row.pending_status is None or self._catalogue is None:
            return True
        pending = self._catalogue.status(row.pending_status)
        return pending is None or pending.waits

    def _category(self, row: QueueRow) -> str:
        category = self._catalogue.category(row.category) if self._catalogue else None
        return category.name(self._language) if category else row.category

    def _status(self, row: QueueRow) -> str:
        status = self._catalogue.status(row.pending_status or row.status) if self._catalogue else None
        return status.name(self._language) if status else row.status


def _group_title(group: str) -> str:
    return {
        OVERDUE: tr("Overdue"),
        TODAY: tr("Due today"),
        LATER: tr("Due later"),
        OPEN: tr("No deadline"),
    }[group]
