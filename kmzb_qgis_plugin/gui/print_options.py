"""What is printed of a district and how, remembered from print to print."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qgis.core import QgsMapLayer, QgsProject
from qgis.gui import QgsCollapsibleGroupBox, QgsFileWidget, QgsFilterLineEdit
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.printing.basemaps import BaseMap, base_maps
from kmzb_qgis_plugin.printing.choices import level_name
from kmzb_qgis_plugin.printing.orders import Sheet, default_title, own_sheets, shipped_sheets
from kmzb_qgis_plugin.printing.print_layers import own_layers
from kmzb_qgis_plugin.printing.scope import DEFAULT_THRESHOLD, Content, Public

NO_BASE, PROJECT_BASE = "none", "project"
LARGEST_THRESHOLD = 100


class PrintOptions(QWidget):
    """Boxes for the content, the page and the public version."""

    changed = pyqtSignal()
    """Something that the preview shows."""
    baseChosen = pyqtSignal(object)
    """The :class:`BaseMap` that has to be opened first; None for none."""

    def __init__(self, levels: Sequence[str], language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._base_layers: tuple[QgsMapLayer, ...] | None = None
        self._build_content(levels)
        self._build_page()
        self._build_public()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for box in (self.content_box, self.page_box, self.office_box, self.public_box):
            column.addWidget(box)
        column.addStretch()
        for combo in (self.reports, self.areas, self.base, self.paper, self.marking, self.public_by):
            # Long names must not widen the form.
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._recall()
        self._enable()
        self._connect()

    def content(self) -> Content:
        """What is on the map."""
        return Content(
            reports=self.reports.currentData(),
            police=self.police.isChecked(),
            community=self.community.isChecked(),
            stations=self.stations.isChecked(),
            level=self.areas.currentData() or "county",
        )

    def public(self) -> Public | None:
        """The public version; None where the whole is wanted."""
        if not self.public_box.isChecked():
            return None
        return Public(self.public_by.currentData(), self.threshold.value())

    def sheet(self) -> Sheet:
        """The template."""
        return self._sheets[max(self.paper.currentIndex(), 0)]

    def base_layers(self) -> tuple[QgsMapLayer, ...]:
        """The layers of the project, or of a map service, that lie under the threats."""
        chosen = self.base.currentData()
        if chosen == PROJECT_BASE:
            return tuple(own_layers(QgsProject.instance()))
        return self._base_layers or ()

    def base_source(self) -> str:
        """Who made the chosen base map."""
        base = self._chosen_base()
        return base.source if base is not None and self._base_layers else ""

    def take_base(self, layer: QgsMapLayer | None) -> None:
        """Take up the layer of the map service that was asked for; None where it does not answer."""
        self._base_layers = None if layer is None else (layer,)
        if layer is None:
            self.base.blockSignals(True)
            self.base.setCurrentIndex(self.base.findData(NO_BASE))
            self.base.blockSignals(False)
        self.changed.emit()

    def emblem(self) -> Path | None:
        """The office's coat of arms or logo; None for the map's own emblem."""
        text = self.logo.filePath().strip()
        return Path(text) if text else None

    def remember(self) -> None:
        """Have everything as it is the next time."""
        for key, value in (
            ("reports", self.reports.currentData()),
            ("areas_level", self.areas.currentData() or ""),
            ("police", self.police.isChecked()),
            ("community", self.community.isChecked()),
            ("stations", self.stations.isChecked()),
            ("grid", self.grid.isChecked()),
            ("base", self.base.currentData()),
            ("sheet", self.sheet().code),
            ("title", "" if self.title.text() == default_title() else self.title.text()),
            ("subtitle", self.subtitle.text()),
            ("marking", self.marking.currentText()),
            ("office", self.office.text()),
            ("logo", self.logo.filePath()),
            ("public_by", self.public_by.currentData()),
            ("threshold", self.threshold.value()),
        ):
            settings.set_preference(f"print/{key}", value)

    def _build_content(self, levels: Sequence[str]) -> None:
        self.reports = QComboBox()
        for code, name in (
            ("status", tr("by status")),
            ("category", tr("by category")),
            ("density", tr("as density")),
            ("areas", tr("as areas in colours")),
            ("none", tr("not shown")),
        ):
            self.reports.addItem(name, code)
        self.areas = QComboBox()
        for level in levels:
            self.areas.addItem(tr("Beat or unit") if level == "unit" else level_name(level), level)
        self.police = QCheckBox(tr("Police &records"))
        self.community = QCheckBox(tr("Co&mmunity signals"))
        self.stations = QCheckBox(tr("Police &stations"))
        self.grid = QCheckBox(tr("&Grid of kilometres"))
        self.base = QComboBox()
        self.base.addItem(tr("Visible layers of the project"), PROJECT_BASE)
        self.base.addItem(tr("None"), NO_BASE)
        for one in base_maps():
            self.base.addItem(one.name(self._language), one.code)
        self.content_box = QgsCollapsibleGroupBox(tr("Map"))
        form = _form(self.content_box, "KmzbPrintMap")
        form.addRow(tr("Re&ports"), self.reports)
        form.addRow(tr("Areas in c&olours"), self.areas)
        for box in (self.police, self.community, self.stations, self.grid):
            form.addRow(box)
        form.addRow(tr("&Base map"), self.base)

    def _build_page(self) -> None:
        self.paper = QComboBox()
        self.title = QgsFilterLineEdit()
        self.title.setToolTip(tr("{district} stands for the district's name."))
        self.subtitle = QgsFilterLineEdit()
        self.subtitle.setPlaceholderText(tr("Kind of district and period"))
        self.marking = QComboBox()
        self.marking.setEditable(True)
        self.marking.addItems(["", tr("for official use")])
        self.page_box = QgsCollapsibleGroupBox(tr("Page"))
        form = _form(self.page_box, "KmzbPrintPage")
        form.addRow(tr("&Layout"), self.paper)
        form.addRow(tr("&Title"), self.title)
        form.addRow(tr("S&ubtitle"), self.subtitle)
        form.addRow(tr("Mar&king"), self.marking)
        self.office = QgsFilterLineEdit()
        self.logo = QgsFileWidget()
        self.logo.setFilter(tr("Pictures (*.svg *.png *.jpg)"))
        self.folder = QgsFileWidget()
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.setToolTip(tr("Layout templates of your own (.qpt), which are then offered as layouts"))
        self.office_box = QgsCollapsibleGroupBox(tr("Office"))
        self.office_box.setCollapsed(True)
        form = _form(self.office_box, "KmzbPrintOffice")
        form.addRow(tr("Na&me"), self.office)
        form.addRow(tr("Coat of arms or logo"), self.logo)
        form.addRow(tr("Folder of templates"), self.folder)

    def _build_public(self) -> None:
        self.public_by = QComboBox()
        self.public_by.addItem(tr("by cell"), "cells")
        self.public_by.addItem(tr("by area"), "areas")
        self.threshold = QSpinBox()
        self.threshold.setRange(2, LARGEST_THRESHOLD)
        self.public_box = QgsCollapsibleGroupBox(tr("Version for the public"))
        self.public_box.setCheckable(True)
        self.public_box.setChecked(False)
        self.public_box.setCollapsed(True)
        form = _form(self.public_box, "KmzbPrintPublic")
        note = QLabel(
            tr(
                "Numbers only, without points, descriptions and statuses; what citizens do not see is left "
                "out."
            )
        )
        note.setWordWrap(True)
        form.addRow(note)
        form.addRow(tr("Numbers"), self.public_by)
        form.addRow(tr("Smallest number printed"), self.threshold)

    def _recall(self) -> None:
        for combo, key, default in (
            (self.reports, "reports", "status"),
            (self.areas, "areas_level", "commune"),
            (self.base, "base", PROJECT_BASE),
            (self.public_by, "public_by", "cells"),
        ):
            combo.setCurrentIndex(max(combo.findData(settings.preference(f"print/{key}", default)), 0))
        if self._chosen_base() is not None:
            # A service is asked only when somebody wants it now.
            self.base.setCurrentIndex(self.base.findData(NO_BASE))
        for box, key in (
            (self.police, "police"),
            (self.community, "community"),
            (self.stations, "stations"),
        ):
            box.setChecked(settings.preference(f"print/{key}", True))
        self.grid.setChecked(settings.preference("print/grid", False))
        self.title.setText(settings.preference("print/title", "") or default_title())
        self.title.setCursorPosition(0)  # a long one is read from its beginning
        self.subtitle.setText(settings.preference("print/subtitle", ""))
        self.marking.setCurrentText(settings.preference("print/marking", ""))
        self.office.setText(settings.preference("print/office", ""))
        self.logo.setFilePath(settings.preference("print/logo", ""))
        self.folder.setFilePath(settings.preference("print/template_folder", ""))
        self.threshold.setValue(settings.preference("print/threshold", DEFAULT_THRESHOLD))
        self._list_sheets(settings.preference("print/sheet", "a4_landscape"))

    def _list_sheets(self, wanted: str) -> None:
        folder = self.folder.filePath().strip()
        self._sheets = [*shipped_sheets(), *(own_sheets(Path(folder)) if folder else [])]
        self.paper.blockSignals(True)
        self.paper.clear()
        self.paper.addItems([sheet.name for sheet in self._sheets])
        codes = [sheet.code for sheet in self._sheets]
        self.paper.setCurrentIndex(codes.index(wanted) if wanted in codes else 0)
        self.paper.blockSignals(False)

    def _connect(self) -> None:
        for combo in (self.reports, self.areas, self.paper, self.public_by):
            combo.currentIndexChanged.connect(self._change)
        for box in (self.police, self.community, self.stations, self.grid):
            box.toggled.connect(self._change)
        for line in (self.title, self.subtitle, self.office):
            line.textChanged.connect(self._change)
        self.marking.currentTextChanged.connect(self._change)
        self.threshold.valueChanged.connect(self._change)
        self.public_box.toggled.connect(self._change)
        self.logo.fileChanged.connect(self._change)
        self.folder.fileChanged.connect(self._new_folder)
        self.base.currentIndexChanged.connect(self._new_base)

    def _change(self, *_ignored: object) -> None:
        self._enable()
        self.changed.emit()

    def _new_folder(self, folder: str) -> None:
        settings.set_preference("print/template_folder", folder)
        self._list_sheets(self.sheet().code)
        self.changed.emit()

    def _new_base(self, *_ignored: object) -> None:
        self._base_layers = None
        self.baseChosen.emit(self._chosen_base())
        self.changed.emit()

    def _chosen_base(self) -> BaseMap | None:
        return next((one for one in base_maps() if one.code == self.base.currentData()), None)

    def _enable(self) -> None:
        """Let only those boxes be used that change something."""
        public = self.public_box.isChecked()
        by_area = self.public_by.currentData() == "areas" if public else self.reports.currentData() == "areas"
        self.areas.setEnabled(by_area and self.areas.count() > 0)
        self.marking.setEnabled(not public)


def _form(box: QgsCollapsibleGroupBox, name: str) -> QFormLayout:
    box.setObjectName(name)
    form = QFormLayout(box)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    return form
