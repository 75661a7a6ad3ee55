"""The part of the filter that says on which days of the week and at which hours."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel, QWidget

from kmzb_qgis_plugin.domain.sentence import week_parts
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.gui.filter_parts import FilterPart
from kmzb_qgis_plugin.gui.week_grid import ALL_DAYS, ALL_HOURS, WeekGrid
from kmzb_qgis_plugin.i18n import tr


class WeekPart(FilterPart):
    """A week of hours, and in words which of them are kept."""

    collapsed = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Weekdays and hours"), parent)
        self.grid = WeekGrid(self.title)
        self.grid.setToolTip(
            tr(
                "Drag over hours, or over the names of days or hours. With Ctrl they are added or taken "
                "away. Every chosen hour counts on every chosen day; the corner brings the whole week back."
            )
        )
        self.grid.changed.connect(self.changed)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.column.addWidget(self.grid)
        self.column.addWidget(self.words)
        self.set_from(ThreatFilter())

    def set_from(self, threat_filter: ThreatFilter) -> None:
        self.grid.choose(threat_filter.weekdays, threat_filter.hours)
        words = "; ".join(week_parts(threat_filter, tr)) or tr("every day, at every hour")
        self.words.setText(words)
        self.grid.setAccessibleDescription(words)

    def apply_to(self, threat_filter: ThreatFilter) -> ThreatFilter:
        days, hours = self.grid.days, self.grid.hours
        return threat_filter.replace(
            weekdays=None if days == ALL_DAYS else days, hours=None if hours == ALL_HOURS else hours
        )
