"""How a dialog of Processing asks for the filter: that of the panel, a saved one, or none, told in words."""

from __future__ import annotations

from typing import Any

from processing.gui.wrappers import DIALOG_MODELER, DIALOG_STANDARD, WidgetWrapper
from qgis.core import QgsProcessingException, QgsProcessingOutputString, QgsProcessingParameterString
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.named_filters import NotNamedFilters
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.processing.algorithm import CONNECTION, connections_by_name, open_copy
from kmzb_qgis_plugin.processing.filter_parameters import filter_sentence, named_filter, saved_filters
from kmzb_qgis_plugin.session import stored_filter
from kmzb_qgis_plugin.settings import Connection

_PAUSE_MS = 300
"""After the last letter of a name."""


class FilterWidget(WidgetWrapper):
    """A list to choose from or to write in, with what the chosen filter keeps below it.

    QGIS makes it by its name, which is in the parameter's metadata.
    """

    def createWidget(self) -> QWidget:
        """Make the list, and the words where there is room: in a dialog for one run."""
        self._connection = settings.connection(settings.last_connection())
        self.box = QComboBox()
        # It ends with the dialog, which may be closed before the pause is over.
        self._timer = QTimer(self.box, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._tell)
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # Else a long name would make the dialog wide.
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._fill()
        self.box.currentTextChanged.connect(self._changed)
        if self.dialogType != DIALOG_STANDARD:
            return self.box
        both = QWidget()
        self.words = QLabel()
        self.words.setWordWrap(True)
        layout = QVBoxLayout(both)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        layout.addWidget(self.words)
        self._tell()
        return both

    def createLabel(self) -> QLabel | None:
        """As QGIS makes it, but without “[optional]”: the label says what nothing means."""
        label = super().createLabel()
        if label is not None:
            label.setText(self.parameterDefinition().description())
        return label

    def postInitialize(self, wrappers: list[Any]) -> None:
        """Follow the connection, whose filters are offered."""
        for wrapper in wrappers:
            if wrapper.parameterDefinition().name() == CONNECTION and self.dialogType == DIALOG_STANDARD:
                wrapper.widgetValueHasChanged.connect(self._follow)
                self._follow(wrapper)

    def setValue(self, value: Any) -> None:
        """Choose what is in the list, or write it there; a model's value may be one of its inputs."""
        if isinstance(value, str) and value.startswith("{") and self.box.findData(value) < 0:
            self.box.addItem(tr("Filter given as text"), value)
        self.setComboValue("" if value is None else value, self.box)
        self._tell()

    def value(self) -> Any:
        """A name, JSON, or nothing for all threats; what is written may be an entry of the list."""
        text, row = self.box.currentText().strip(), self.box.currentIndex()
        if self.box.itemText(row) != text:
            row = self.box.findText(text)
        return text if row < 0 else self.box.itemData(row)

    def _follow(self, wrapper: Any) -> None:
        chosen = connections_by_name().get(wrapper.parameterValue())
        if chosen != self._connection:
            before = self.value()
            self._connection = chosen
            self._fill()
            self.setValue(before)

    def _fill(self) -> None:
        self.box.clear()
        self.box.addItem(tr("All threats"), "")
        if self._connection is not None:
            self.box.addItem(tr("Filter of the panel"), stored_filter(self._connection).to_text())
            for name in _names(self._connection):
                self.box.addItem(name, name)
        if self.dialogType == DIALOG_MODELER:
            kinds = [QgsProcessingParameterString], [QgsProcessingOutputString]
            for one in self.dialog.getAvailableValuesOfType(*kinds):
                self.box.addItem(self.dialog.resolveValueDescription(one), one)

    def _changed(self) -> None:
        self.widgetValueHasChanged.emit(self)
        self._timer.start()

    def _tell(self) -> None:
        """Say what the filter keeps, or why it cannot be taken."""
        if self.dialogType != DIALOG_STANDARD:
            return
        self._timer.stop()
        if self._connection is None:
            self.words.clear()
            return
        try:
            with open_copy(self._connection) as copy:
                text = filter_sentence(named_filter(self.value().strip(), self._connection), copy)
        except QgsProcessingException as error:
            text = str(error)
        except KmzbError as error:
            text = error.user_message(tr)
        self.words.setText(text)


def _names(connection: Connection) -> list[str]:
    """Of saved filters; none where they cannot be read, which the run tells."""
    try:
        return list(saved_filters(connection))
    except NotNamedFilters:
        return []
