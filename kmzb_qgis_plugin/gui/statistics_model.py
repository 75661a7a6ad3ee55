"""A table of statistics for Qt, sorted by whatever column is clicked."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QLocale, QModelIndex, Qt

from kmzb_qgis_plugin.domain.folding import alphabetic
from kmzb_qgis_plugin.printing.statistics_tables import MONTH, TEXT, Row, Table, cell_text


class StatisticsModel(QAbstractTableModel):
    """Shows one table. Rows without a value come last, whatever the order."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._table: Table | None = None
        self._rows: list[Row] = []
        self._locale = QLocale()

    def show(self, table: Table, locale: QLocale) -> None:
        """Take up another table, in the order that it comes in."""
        self.beginResetModel()
        self._table, self._rows, self._locale = table, list(table.rows), locale
        self.endResetModel()

    def row_at(self, number: int) -> Row | None:
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def text(self) -> str:
        """All of it for the clipboard: cells between tabs, as spreadsheets take them."""
        if self._table is None:
            return ""
        lines = ["\t".join(column.name for column in self._table.columns)]
        kinds = [column.kind for column in self._table.columns]
        lines += [
            "\t".join(cell_text(cell, kind, self._locale) for cell, kind in zip(row.cells, kinds))
            for row in self._rows
        ]
        return "\n".join(lines)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 gives the table's own order back."""
        if self._table is None:
            return
        self.layoutAboutToBeChanged.emit()
        rows = list(self._table.rows)
        if column >= 0:
            known = [row for row in rows if row.cells[column] is not None]
            missing = [row for row in rows if row.cells[column] is None]
            known.sort(key=lambda row: _key(row.cells[column]), reverse=order == Qt.SortOrder.DescendingOrder)
            rows = known + missing
        self._rows = rows
        self.layoutChanged.emit()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() or self._table is None else len(self._table.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or self._table is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._table.columns[section].name
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index.row())
        if row is None or self._table is None:
            return None
        kind = self._table.columns[index.column()].kind
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cell_text(row.cells[index.column()], kind, self._locale)
        if role == Qt.ItemDataRole.TextAlignmentRole and kind not in (TEXT, MONTH):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None


def _key(cell: Any) -> Any:
    """What a cell is sorted by: names as the alphabet does."""
    return alphabetic(cell) if isinstance(cell, str) else cell
