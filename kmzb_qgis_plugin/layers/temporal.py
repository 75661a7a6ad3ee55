"""Times of the threat layers, so that QGIS's Temporal Controller can play the filtered period."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from qgis.core import Qgis, QgsDateTimeRange, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QDateTime, Qt

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
