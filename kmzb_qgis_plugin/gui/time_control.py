"""Sets QGIS's Temporal Controller to the filtered period, so that it plays that at once."""

from __future__ import annotations

from datetime import timedelta

from qgis.core import QgsInterval, QgsTemporalNavigationObject
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QLocale, QObject

from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.layer_tree import DENSE_COUNT
from kmzb_qgis_plugin.session import Session

# The longest period that is played by the hour, by the day, and by the week; longer ones go by the month.
_BY_HOUR, _BY_DAY, _BY_WEEK = timedelta(days=3), timedelta(days=100), timedelta(days=800)


class TimeControl(QObject):
    """Follows the range that the session offers in the project.

    Args:
        session: the workspace.
        canvas: whose controller it is.
        messages: told what a person might wonder about.
    """

    def __init__(self, session: Session, canvas: QgsMapCanvas, messages: Messages) -> None:
        super().__init__(session)
        self.session = session
        self.messages = messages
        self._said = False
        self._controller: QgsTemporalNavigationObject | None = canvas.temporalController()
        if self._controller is not None:
            session.layers.project.timeSettings().temporalRangeChanged.connect(self._follow)
            self._controller.updateTemporalRange.connect(self._say_what_stands_still)

    def close(self) -> None:
        """Let go of the project and of the controller, which stays as it is."""
        if self._controller is not None:
            self.session.layers.project.timeSettings().temporalRangeChanged.disconnect(self._follow)
            self._controller.updateTemporalRange.disconnect(self._say_what_stands_still)
            self._controller = None

    @reported
    def _follow(self) -> None:
        """Have the controller play the period; an open one leaves it as the person has set it."""
        span = self.session.layers.project.timeSettings().temporalRange()
        if self._controller is None or span.isInfinite() or not self.session.layers.layers():
            return
        self._controller.setTemporalExtents(span)
        self._controller.setFrameDuration(_frame(timedelta(seconds=span.begin().secsTo(span.end()))))

    @reported
    def _say_what_stands_still(self) -> None:
        """Numbers by cell are counted once for the whole period; it is said once for each time of playing."""
        if self._controller is None:
            return
        # The change of the mode itself is told by a signal that PyQt cannot connect to.
        playing = self._controller.navigationMode() == QgsTemporalNavigationObject.NavigationMode.Animated
        said, self._said = self._said, playing and (self._said or self.session.layers.dense)
        if self._said and not said:
            self.messages.info(
                tr("Numbers in circles stand still. Zoom in, or filter down to {} threats.").format(
                    QLocale().toString(DENSE_COUNT)
                )
            )


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
