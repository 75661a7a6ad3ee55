"""What else was reported around a report: likely the same, and earlier at the same place."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kmzb_qgis_plugin.gui.icons import category_icon, status_icon
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.words import distance_text, local_day_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica.near import NearRow, Surroundings, surroundings
from kmzb_qgis_plugin.replica.queries import ThreatRow
from kmzb_qgis_plugin.session import Session

NEAR = "near"
REPORT, WHEN, WHAT = range(3)
FID_ROLE = Qt.ItemDataRole.UserRole
MOST_ROWS = 6
"""Rows that are seen without scrolling."""


class NearPanel(QWidget):
    """Two lists that follow the report that is shown; empty ones are not there."""

    found = pyqtSignal(object, object)
    """The :class:`ThreatRow` in the middle and its :class:`Surroundings`, whenever they are shown."""
    reportRequested = pyqtSignal(int)
    """A threat's id."""
    togetherRequested = pyqtSignal(list)
    """Ids of threats: the report's and those that are ticked."""

    def __init__(self, session: Session, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.messages = messages
        self._threat: ThreatRow | None = None
        self._build()

    def _build(self) -> None:
        self.same_box = _box("KmzbNear", tr("Likely the same"))
        self.same_text = _label()
        self.same = self._list(tr("Likely the same"))
        self.same.itemChanged.connect(self._ticked)
        self.together = QPushButton(tr("Decide T&ogether…"))
        self.together.clicked.connect(self._decide_together)
        for part in (self.same_text, self.same, self.together):
            self.same_box.layout().addWidget(part)
        self.earlier_box = _box("KmzbEarlier", tr("Earlier at this place"))
        self.earlier = self._list(tr("Earlier at this place"))
        self.more = _label()
        self.earlier_box.layout().addWidget(self.earlier)
        self.earlier_box.layout().addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.same_box)
        column.addWidget(self.earlier_box)
        self.clear()

    def clear(self) -> None:
        """Show nothing, and have nothing marked on the map."""
        self._threat = None
        self.session.drop(NEAR)
        self.same_box.hide()
        self.earlier_box.hide()
        self.found.emit(None, None)

    def look(self, threat: ThreatRow) -> None:
        """Look around a report; what was ticked stays while it is the same one."""
        catalogue = self.session.catalogue
        if catalogue is None:
            return
        self.session.ask(
            NEAR,
            lambda connection: (threat, surroundings(connection, threat, catalogue)),
            self._show,
        )

    def ticked(self) -> list[int]:
        """Ids of the reports that are ticked."""
        items = (self.same.topLevelItem(row) for row in range(self.same.topLevelItemCount()))
        return [
            item.data(REPORT, FID_ROLE) for item in items if item.checkState(REPORT) == Qt.CheckState.Checked
        ]

    @reported
    def _show(self, looked: tuple[ThreatRow, Surroundings]) -> None:
        threat, around = looked
        same = self._threat is not None and self._threat.fid == threat.fid
        ticked = set(self.ticked()) if same else set()
        self._threat = threat
        self.same.blockSignals(True)
        self.same.clear()
        for row in around.duplicates:
            item = self._item(self.same, row, distance_text(row.metres))
            item.setCheckState(
                REPORT, Qt.CheckState.Checked if row.fid in ticked else Qt.CheckState.Unchecked
            )
        self.same.blockSignals(False)
        self.same_text.setText(
            tr("The same category within {} and {}, still waiting").format(
                distance_text(around.metres), tr("%n day(s)", "span", around.days)
            )
        )
        self.earlier.clear()
        for row in around.earlier:
            self._item(self.earlier, row, self._outcome(row))
        self.more.setText(tr("and %n more", None, around.more))
        self.more.setVisible(around.more > 0)
        self._fit(self.same_box, self.same, tr("Likely the same"), around.duplicates)
        self._fit(self.earlier_box, self.earlier, tr("Earlier at this place"), around.earlier)
        self._ticked()
        self.found.emit(threat, around)

    def _item(self, tree: QTreeWidget, row: NearRow, about: str) -> QTreeWidgetItem:
        catalogue, language = self.session.catalogue, self.session.language
        item = QTreeWidgetItem(tree, [row.ref, local_day_text(row.reported_at), about])
        item.setData(REPORT, FID_ROLE, row.fid)
        category = catalogue.category(row.category) if catalogue else None
        status = catalogue.status(row.pending_status or row.status) if catalogue else None
        if tree is self.earlier:
            item.setIcon(REPORT, category_icon(row.category))
        if status is not None:
            item.setIcon(WHAT, status_icon(status))
        facts = [
            category.name(language) if category else row.category,
            status.name(language) if status else row.status,
            row.place or "",
            distance_text(row.metres),
        ]
        for column in range(tree.columnCount()):
            item.setToolTip(column, " · ".join(fact for fact in facts if fact))
        return item

    def _outcome(self, row: NearRow) -> str:
        """What became of an earlier report."""
        catalogue, language = self.session.catalogue, self.session.language
        status = catalogue.status(row.status) if catalogue else None
        reason = catalogue.reason(row.reason) if catalogue else None
        parts = [
            status.name(language) if status else row.status,
            local_day_text(row.decided_at) if row.decided_at else "",
            reason.name(language) if reason else "",
        ]
        return ", ".join(part for part in parts if part)

    @reported
    def _ticked(self) -> None:
        number = len(self.ticked())
        self.together.setEnabled(number > 0)
        self.together.setText(
            tr("Decide T&ogether (%n)…", None, number + 1) if number else tr("Decide T&ogether…")
        )

    @reported
    def _decide_together(self) -> None:
        if self._threat is not None:
            self.togetherRequested.emit([self._threat.fid, *self.ticked()])

    @reported
    def _activated(self, item: QTreeWidgetItem) -> None:
        self.reportRequested.emit(item.data(REPORT, FID_ROLE))

    def _list(self, name: str) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName(name)
        tree.setHeaderHidden(True)
        tree.setColumnCount(WHAT + 1)
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setIconSize(QSize(16, 16))
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.header().setStretchLastSection(True)
        for column in (REPORT, WHEN):
            tree.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        tree.itemActivated.connect(self._activated)
        return tree

    def _fit(
        self, box: QgsCollapsibleGroupBox, tree: QTreeWidget, title: str, rows: Sequence[NearRow]
    ) -> None:
        """Show a list as high as it needs, or not at all."""
        box.setVisible(bool(rows))
        box.setTitle(f"{title} ({len(rows)})")
        high = max(tree.sizeHintForRow(0), tree.fontMetrics().height() + 4)
        tree.setFixedHeight(high * min(len(rows), MOST_ROWS) + 2 * tree.frameWidth())


def _box(name: str, title: str) -> QgsCollapsibleGroupBox:
    box = QgsCollapsibleGroupBox(title)
    box.setObjectName(name)
    box.setSettingGroup("kmzb")
    QVBoxLayout(box)
    return box


def _label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
