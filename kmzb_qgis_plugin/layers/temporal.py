"""Times of the threats, so that QGIS's Temporal Controller can play the filtered period."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from qgis.core import Qgis, QgsDateTimeRange, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QDateTime, Qt

from kmzb_qgis_plugin.domain.conditions import Before, Condition, NotBefore

FIELDS: Final = {"occurred": "occurred_from", "reported": "reported_at"}
"""The field that holds the moment, by the filter's choice of the date."""
TIME_PROPERTY: Final = "kmzb/time"
"""Names the field that a layer was last made to follow."""


def offer_range(project: QgsProject, first: str | None, last: str | None) -> None:
    """Have a project offer the filtered period to the Temporal Controller.

    Args:
        project: whose range it is.
        first, last: the instant at which the period begins, and that after its end; where one of
            them is open, the controller takes the range of the rows instead.
    """
    span = QgsDateTimeRange(QDateTime(), QDateTime())
    if first is not None and last is not None:
        begin, end = (_moment(instant) for instant in (first, last))
        span = QgsDateTimeRange(begin, end, True, False)
    settings = project.timeSettings()
    if settings.temporalRange() != span:
        settings.setTemporalRange(span)


def _moment(instant: str) -> QDateTime:
    """An instant with the figures of UTC, as QGIS has those of the layers."""
    return QDateTime.fromString(instant[:19] + "Z", Qt.DateFormat.ISODate)


def within(frame: QgsDateTimeRange, date_field: str) -> tuple[Condition, ...]:
    """What keeps the threats that the layers show in a frame of the Temporal Controller.

    Args:
        frame: with the figures of UTC, whatever time zone it names; an end that is not valid is open.
        date_field: a key of :data:`FIELDS`.
    """
    field = FIELDS[date_field]
    found: list[Condition] = []
    if frame.begin().isValid():
        found.append(NotBefore(field, _instant(frame.begin(), 0 if frame.includeBeginning() else 1)))
    if frame.end().isValid():
        found.append(Before(field, _instant(frame.end(), 1 if frame.includeEnd() else 0)))
    return tuple(found)


def _instant(moment: QDateTime, milliseconds_later: int) -> str:
    """The figures of a moment as an instant."""
    return f"{moment.addMSecs(milliseconds_later).toString('yyyy-MM-ddTHH:mm:ss.zzz')}Z"


def follow_time(layers: Iterable[QgsVectorLayer], date_field: str) -> None:
    """Let layers show a threat in the frame that its moment falls into.

    Nothing changes on the map while the Temporal Controller is off. The range that the controller
    offers is that of the rows which the layer's filter keeps.

    Args:
        layers: of threats.
        date_field: a key of :data:`FIELDS`.
    """
    field = FIELDS[date_field]
    for layer in layers:
        if layer.customProperty(TIME_PROPERTY) == field:
            continue  # also where a person has switched it off since
        layer.setCustomProperty(TIME_PROPERTY, field)
        times = layer.temporalProperties()
        times.setMode(Qgis.VectorTemporalMode.FeatureDateTimeInstantFromField)
        times.setStartField(field)
        times.setIsActive(True)
