"""Rows as high as one column's text needs, where a list is too narrow for it."""

from __future__ import annotations

from qgis.PyQt.QtCore import QModelIndex, QRect, QSize
from qgis.PyQt.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView

MOST_LINES = 3
"""What is longer ends in "…", and is whole in the tip."""
ROW_MARGIN = 6
MOST_ROWS = 200
"""In a longer list each row has one line: to find their heights would hold the window up."""


class WrappedRows(QStyledItemDelegate):
    """For the column with the long texts; a tree view does not look at its width by itself."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view
        self._wrapped = False
        self._known: dict[str, QSize] = {}
        """By text, since thousands of rows have the same few."""
        view.setWordWrap(True)
        view.setUniformRowHeights(True)

    def wrap(self, wished: bool) -> None:
        """Wrap the texts, or give each row one line, which Qt lays out faster."""
        self._wrapped = wished and self._view.model().rowCount() <= MOST_ROWS
        self._known.clear()
        self._view.setUniformRowHeights(not self._wrapped)
        self._view.scheduleDelayedItemsLayout()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        if not self._wrapped:
            return super().sizeHint(option, index)
        text = str(index.data())
        if text not in self._known:
            self._known[text] = self._measured(option, index)
        return self._known[text]

    def _measured(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        most = MOST_LINES * option.fontMetrics.lineSpacing() + ROW_MARGIN
        narrow = QStyleOptionViewItem(option)
        narrow.rect = QRect(0, 0, self._view.columnWidth(index.column()), most)
        size = super().sizeHint(narrow, index)
        return QSize(size.width(), min(size.height(), most))
