"""The queue's list, in which only reports can be chosen: one never comes to a group's heading by key."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt
from qgis.PyQt.QtWidgets import QAbstractItemView, QTreeView

_Action = QAbstractItemView.CursorAction
_UPWARD = (_Action.MoveUp, _Action.MovePageUp)


class QueueTree(QTreeView):
    """Reports under the headings of their groups.

    A heading folds its group by its arrow or a double click. On the keyboard the left arrow folds the group
    of the report that one is at, and the right arrow unfolds all groups.
    """

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifiers
    ) -> QModelIndex:
        """Pass headings, in the direction of the key or else back."""
        current = self.currentIndex()
        heading = _heading(current)
        if action == _Action.MoveLeft:
            self.collapse(heading)
            self.scrollTo(heading)
            return current
        if action == _Action.MoveRight:
            for row in range(self.model().rowCount()):
                self.expand(self.model().index(row, 0))
            self.scrollTo(current)
            return current
        # Qt would begin at the top again where the report is out of sight.
        hidden = current != heading and not self.isExpanded(heading)
        reached = heading if hidden else super().moveCursor(action, modifiers)
        ways = (self.indexAbove, self.indexBelow)
        for way in ways if action in _UPWARD else reversed(ways):
            found = reached
            while found.isValid() and _is_heading(found):
                found = way(found)
            if found.isValid():
                return found
        return current

    def selectionCommand(
        self, index: QModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlags:
        """Leave what is chosen as it is when a heading is clicked."""
        if _is_heading(index):
            return QItemSelectionModel.SelectionFlag.NoUpdate
        return super().selectionCommand(index, event)


def _is_heading(index: QModelIndex) -> bool:
    return index.isValid() and not index.parent().isValid()


def _heading(index: QModelIndex) -> QModelIndex:
    """That of the group of an index, or itself."""
    return index.parent() if index.parent().isValid() else index
