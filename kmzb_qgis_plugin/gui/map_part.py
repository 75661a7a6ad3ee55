"""The part of the filter that says where by the map: what it shows, and what is selected on it."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsMapLayer, QgsProject
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QToolButton, QWidget

from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.shape import Shape
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.gui.filter_parts import FilterPart
from kmzb_qgis_plugin.gui.icons import theme_icon
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.shapes import has_selected_area, selected_shape


class MapPart(FilterPart):
    """Only what the map shows, or what lies in polygons that were selected in any layer.

    While the second is chosen, another selection of polygons takes the place of the one before it;
    when nothing is selected any more, the last one stays.

    Args:
        project: whose layers have selections.
        canvas: tells of selections; None where there is no map.
        view: gives what the map shows.
    """

    collapsed = True
    failed = pyqtSignal(object)
    """The error that kept an area from being taken."""

    def __init__(
        self,
        project: QgsProject,
        canvas: QgsMapCanvas | None,
        view: Callable[[], Shape | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("On the map"), parent)
        self._project = project
        self._canvas = canvas
        self._view = view
        self._shape: Shape | None = None
        self.view = QCheckBox(tr("Inside the map's &view"))
        self.view.setToolTip(tr("The filter follows the map when it is moved"))
        self.view.toggled.connect(self.changed)
        self.within = QCheckBox(tr("Inside the &selected area"))
        self.within.setToolTip(tr("Polygons that are selected in any layer of the project"))
        self.within.toggled.connect(self._within_toggled)
        self.take = QToolButton()
        self.take.setIcon(theme_icon("mActionSelectPolygon"))
        self.take.setAutoRaise(True)
        self.take.setToolTip(tr("Take the area that is selected now"))
        self.take.setAccessibleName(self.take.toolTip())
        self.take.clicked.connect(self._take)
        self.name = QLabel()
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setWordWrap(True)
        self.name.setIndent(20)
        row = QHBoxLayout()
        row.addWidget(self.within, 1)
        row.addWidget(self.take)
        self.column.addWidget(self.view)
        self.column.addLayout(row)
        self.column.addWidget(self.name)
        if canvas is not None:
            canvas.selectionChanged.connect(self._selected)
        self._show(None)

    def set_from(self, threat_filter: ThreatFilter) -> None:
        self._check(self.view, threat_filter.view is not None)
        self._show(threat_filter.within)

    def apply_to(self, threat_filter: ThreatFilter) -> ThreatFilter:
        view = (threat_filter.view or self._view()) if self.view.isChecked() else None
        return threat_filter.replace(view=view, within=self._shape if self.within.isChecked() else None)

    def _within_toggled(self, checked: bool) -> None:
        if checked and not self._take():
            self._check(self.within, False)
        elif not checked:
            self._show(None)
            self.changed.emit()

    def _take(self) -> bool:
        """Take what is selected now; whether there was something to take."""
        current = self._canvas.currentLayer() if self._canvas is not None else None
        try:
            self._show(selected_shape(current, self._project))
        except KmzbError as error:
            self.failed.emit(error)
            return False
        self.changed.emit()
        return True

    def _selected(self, layer: QgsMapLayer) -> None:
        if self.within.isChecked() and has_selected_area(layer):
            try:
                self._show(selected_shape(layer, self._project))
            except KmzbError as error:
                self.failed.emit(error)
                return
            self.changed.emit()

    def _show(self, shape: Shape | None) -> None:
        self._shape = shape
        self._check(self.within, shape is not None)
        self.name.setText(shape.name if shape is not None else "")
        self.name.setVisible(bool(self.name.text()))

    @staticmethod
    def _check(box: QCheckBox, checked: bool) -> None:
        box.blockSignals(True)
        box.setChecked(checked)
        box.blockSignals(False)
