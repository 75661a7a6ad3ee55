"""Times of the threat layers, so that QGIS's Temporal Controller can play the filtered period."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from qgis.core import Qgis, QgsVectorLayer

FIELDS: Final = {"occurred": "occurred_from", "reported": "reported_at"}
"""The field that holds the moment, by the filter's choice of the date."""
TIME_PROPERTY: Final = "kmzb/time"
"""Names the field that a layer was last made to follow."""


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
