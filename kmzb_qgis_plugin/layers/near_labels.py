"""Labels that show from near only are switched off as long as the map is farther away.

Whenever a layer changes whose labels are on, QGIS places all labels anew and for that draws every layer
that has any, whether or not a label is within its scales. A filter would then cost the drawing of all
areas and units, which it does not touch.
"""

from __future__ import annotations

from typing import Final

from qgis.core import QgsVectorLayer, QgsVectorLayerSimpleLabeling

WAITING_PROPERTY: Final = "kmzb/labels_wait"
"""Marks a layer whose labels were switched off here, and so are to be switched on again here."""


def follow_scale(layer: QgsVectorLayer, scale: float) -> None:
    """Switch a layer's labels off at a scale where none would show, and on again nearer.

    Labels that a person switched off stay so.

    Args:
        layer: with labels of any kind, or none.
        scale: the denominator of the map's scale.
    """
    if _show_nearer_only(layer, scale):
        if layer.labelsEnabled():
            layer.setLabelsEnabled(False)
            layer.setCustomProperty(WAITING_PROPERTY, True)
    else:
        switch_on(layer)


def switch_on(layer: QgsVectorLayer) -> None:
    """Switch the labels on that :func:`follow_scale` switched off."""
    if layer.customProperty(WAITING_PROPERTY):
        layer.removeCustomProperty(WAITING_PROPERTY)
        layer.setLabelsEnabled(True)


def _show_nearer_only(layer: QgsVectorLayer, scale: float) -> bool:
    labeling = layer.labeling()
    if not isinstance(labeling, QgsVectorLayerSimpleLabeling):
        return False
    settings = labeling.settings()
    return bool(settings.scaleVisibility and 0 < settings.minimumScale < scale)
