"""The concerns of a meeting: as many as there were, each with its category and a text."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from qgis.PyQt.QtCore import QSize, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin.domain.catalogue import Category
from kmzb_qgis_plugin.domain.meeting import DESCRIPTION_MAX_LENGTH, Concern
from kmzb_qgis_plugin.gui.icons import category_icon, theme_icon
from kmzb_qgis_plugin.i18n import tr

TEXT_LINES = 3
NEAR_LIMIT = 50
"""Characters that may be left before the count is shown."""


class ConcernRow(QFrame):
    """One concern."""

    changed = pyqtSignal()
    removed = pyqtSignal(object)
    """The row itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.category = QComboBox()
        self.category.setAccessibleName(tr("Category"))
        self.category.setIconSize(QSize(16, 16))
        self.category.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.category.setMinimumContentsLength(16)
        self.category.currentIndexChanged.connect(self.changed)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(tr("What was said"))
        self.text.setPlaceholderText(tr("What was said"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(TEXT_LINES * self.text.fontMetrics().lineSpacing() + 12)
        self.text.textChanged.connect(self._text_changed)
        self.remove_button = QToolButton()
        self.remove_button.setIcon(theme_icon("symbologyRemove"))
        self.remove_button.setAutoRaise(True)
        self.remove_button.setToolTip(tr("Remove this concern"))
        self.remove_button.setAccessibleName(tr("Remove this concern"))
        self.remove_button.clicked.connect(lambda: self.removed.emit(self))
        self.notice = QLabel()
        self.notice.setWordWrap(True)
        self.notice.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 6)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.category, 0, 0)
        grid.addWidget(self.remove_button, 0, 1)
        grid.addWidget(self.text, 1, 0, 1, 2)
        grid.addWidget(self.notice, 2, 0, 1, 2)

    def concern(self) -> Concern:
        """What stands in the row."""
        return Concern(self.category.currentData() or "", self.text.toPlainText())

    def offer(self, categories: Sequence[Category], language: str) -> None:
        """Offer categories; the chosen one stays, also where it is offered no longer."""
        chosen, name = self.category.currentData() or "", self.category.currentText()
        self.category.blockSignals(True)
        self.category.clear()
        self.category.addItem(tr("Choose a category"), "")
        for category in categories:
            self.category.addItem(category_icon(category.code), category.name(language), category.code)
        if self.category.findData(chosen) < 0:
            self.category.addItem(name or chosen, chosen)
        self.category.setCurrentIndex(self.category.findData(chosen))
        self.category.blockSignals(False)

    def show_concern(self, concern: Concern) -> None:
        """Put a concern into the row."""
        if self.category.findData(concern.category) < 0:
            self.category.addItem(concern.category, concern.category)
        self.category.setCurrentIndex(self.category.findData(concern.category))
        self.text.setPlainText(concern.description)

    def say(self, text: str) -> None:
        """Say what is wrong; nothing where the text is empty."""
        self.notice.setText(f"⚠ {text}" if text else "")
        self.notice.setVisible(bool(text))

    def _text_changed(self) -> None:
        length = len(self.text.toPlainText().strip())
        if length > DESCRIPTION_MAX_LENGTH - NEAR_LIMIT:
            self.say(tr("{} of {} characters").format(length, DESCRIPTION_MAX_LENGTH))
        else:
            self.say("")
        self.changed.emit()


class ConcernList(QWidget):
    """Rows under each other, never less than one."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ConcernRow] = []
        self._categories: Sequence[Category] = ()
        self._language = ""
        self.add_button = QPushButton(theme_icon("symbologyAdd"), tr("&Add Concern"))
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(self._add_and_go)
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._column)
        column.addWidget(self.add_button)
        self.set_concerns(())

    def concerns(self) -> tuple[Concern, ...]:
        """What stands in the rows; those where nothing was entered are left out."""
        return tuple(row.concern() for row in self._filled())

    def set_concerns(self, concerns: Sequence[Concern]) -> None:
        """Show concerns in the place of what was there."""
        for row in list(self.rows):
            self._take_out(row)
        for concern in concerns or (Concern(""),):
            self._add().show_concern(concern)

    def offer(self, categories: Sequence[Category], language: str) -> None:
        """Offer categories in every row."""
        self._categories, self._language = categories, language
        for row in self.rows:
            row.offer(categories, language)

    def say(self, faults: Collection[str]) -> None:
        """Say what is wrong with the rows, by the names of :func:`kmzb_qgis_plugin.domain.meeting.faults`."""
        filled = self._filled()
        for row in self.rows:
            number = filled.index(row) if row in filled else -1
            if f"concerns/{number}/category" in faults:
                row.say(tr("Choose a category in force on that day"))
            elif f"concerns/{number}/description" in faults:
                row.say(tr("Write what was said, in at most {} characters").format(DESCRIPTION_MAX_LENGTH))
            else:
                row.say(tr("Enter at least one concern") if "concerns" in faults else "")

    def first_with_fault(self) -> QWidget | None:
        """The field to go to, None where nothing is wrong."""
        row = next((row for row in self.rows if not row.notice.isHidden()), None)
        if row is None:
            return None
        return row.text if row.category.currentData() else row.category

    def _filled(self) -> list[ConcernRow]:
        return [row for row in self.rows if row.concern() != Concern("")]

    def _add_and_go(self) -> None:
        self._add().category.setFocus()

    def _add(self) -> ConcernRow:
        row = ConcernRow()
        row.offer(self._categories, self._language)
        row.changed.connect(self.changed)
        row.removed.connect(self._remove)
        self.rows.append(row)
        self._column.addWidget(row)
        self._allow_removing()
        return row

    def _remove(self, row: ConcernRow) -> None:
        self._take_out(row)
        self._allow_removing()
        self.changed.emit()

    def _take_out(self, row: ConcernRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _allow_removing(self) -> None:
        for row in self.rows:
            row.remove_button.setEnabled(len(self.rows) > 1)
