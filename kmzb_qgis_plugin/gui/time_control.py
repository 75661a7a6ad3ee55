"""Sets QGIS's Temporal Controller to the filtered period, and has numbers by cell follow what it plays."""

from __future__ import annotations

from datetime import timedelta

from qgis.core import QgsDateTimeRange, QgsInterval, QgsTemporalNavigationObject
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject

from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.session import Session

# The longest period that is played by the hour, by the day, and by the week; longer ones go by the month.
_BY_HOUR, _BY_DAY, _BY_WEEK = timedelta(days=3), timedelta(days=100), timedelta(days=800)


class TimeControl(QObject):
    """Stands between the session and the map's time: the range offered one way, the frame the other.

    Args:
        session: the workspace.
        canvas: the map, whose controller it is.
        messages: told what goes wrong.
    """

    def __init__(self, session: Session, canvas: QgsMapCanvas, messages: Messages) -> None:
        super().__init__(session)
        self.session = session
        self.messages = messages
        self._canvas = canvas
        self._controller: QgsTemporalNavigationObject | None = canvas.temporalController()
        session.layers.project.timeSettings().temporalRangeChanged.connect(self._follow)
        canvas.temporalRangeChanged.connect(self._show_frame)
        self._show_frame()

    def close(self) -> None:
        """Let go of the project and of the map; the controller stays as it is."""
        self.session.layers.project.timeSettings().temporalRangeChanged.disconnect(self._follow)
        self._canvas.temporalRangeChanged.disconnect(self._show_frame)

    @reported
    def _follow(self) -> None:
        """Have the controller play the period; an open one leaves it as the person has set it."""
        span = self.session.layers.project.timeSettings().temporalRange()
        if self._controller is None or span.isInfinite() or not self.session.layers.layers():
            return
        self._controller.setTemporalExtents(span)
        self._controller.setFrameDuration(_frame(timedelta(seconds=span.begin().secsTo(span.end()))))

    @reported
    def _show_frame(self) -> None:
        """The map shows another frame, or all of time again."""
        settings = self._canvas.mapSettings()
        # Switched off, the map has an infinite one.
        self.session.set_frame(QgsDateTimeRange(settings.temporalRange()))


def _frame(period: timedelta) -> QgsInterval:
    """A step that makes some dozens of pictures of a period."""
    years, months, weeks, days, hours = 0, 0, 0, 0, 0
    if period <= _BY_HOUR:
        hours = 1
    elif period <= _BY_DAY:
        days = 1
    elif period <= _BY_WEEK:
        weeks = 1
    else:
        months = 1
    return QgsInterval(years, months, weeks, days, hours, 0, 0)
