"""Asks by which figure areas are to be coloured."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsApplication
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.choropleth_map import ChoroplethMap
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.choropleth import (
    FIGURES,
    LEVELS,
    METHODS,
    MOST_CLASSES,
    Choropleth,
    figure_name,
    level_name,
    method_name,
)


class ChoroplethDialog(QDialog):
    """Stays open beside the map, so that figures and classes can be tried."""

    def __init__(self, coloured: ChoroplethMap, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Colour Areas by Figure"))
        self.messages = messages
        self._map = coloured
        self.figure = _choice((one, figure_name(one)) for one in FIGURES)
        self.level = _choice((one, level_name(one)) for one in LEVELS)
        known = QgsApplication.classificationMethodRegistry().methodNames().values()
        self.method = _choice((one, method_name(one)) for one in METHODS if one in known)
        self.classes = QSpinBox()
        self.classes.setRange(2, MOST_CLASSES)
        hint = QLabel(tr("The map follows the filter. Areas without a value stay blank."))
        hint.setWordWrap(True)
        form = QFormLayout()
        form.addRow(tr("&Figure"), self.figure)
        form.addRow(tr("&Areas"), self.level)
        form.addRow(tr("Class &breaks"), self.method)
        form.addRow(tr("&Classes"), self.classes)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.show_button = buttons.addButton(tr("&Show on Map"), QDialogButtonBox.ButtonRole.ApplyRole)
        self.show_button.setDefault(True)
        self.remove_button = buttons.addButton(
            tr("&Remove from Map"), QDialogButtonBox.ButtonRole.DestructiveRole
        )
        self.show_button.clicked.connect(self._show)
        self.remove_button.clicked.connect(self._remove)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(hint)
        column.addWidget(buttons)
        coloured.shown.connect(self._enable)
        self._take_spec()
        self._enable()

    def spec(self) -> Choropleth:
        """What is chosen."""
        return Choropleth(
            self.figure.currentData(),
            self.level.currentData(),
            self.method.currentData(),
            self.classes.value(),
        )

    def _take_spec(self) -> None:
        """Begin with what the map shows, or with what was chosen last."""
        text = settings.preference("statistics/choropleth", "")
        spec = self._map.spec() or Choropleth.from_text(text)
        for box, value in ((self.figure, spec.figure), (self.level, spec.level), (self.method, spec.method)):
            box.setCurrentIndex(max(box.findData(value), 0))
        self.classes.setValue(spec.classes)

    @reported
    def _show(self) -> None:
        settings.set_preference("statistics/choropleth", self.spec().to_text())
        self._map.show(self.spec())

    @reported
    def _remove(self) -> None:
        self._map.remove()
        self._enable()

    @reported
    def _enable(self) -> None:
        self.remove_button.setEnabled(self._map.spec() is not None)


def _choice(entries: Iterable[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    for value, name in entries:
        box.addItem(name[:1].upper() + name[1:], value)
    return box
