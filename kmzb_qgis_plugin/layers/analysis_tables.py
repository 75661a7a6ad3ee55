"""How the fields of the tables that analyses give are named."""

from __future__ import annotations

from typing import Final

from qgis.core import QgsVectorLayer

from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.fields import set_aliases, set_decimals

_SENTENCE_WIDTH: Final = 360
"""Pixels."""


def describe_pairs(layer: QgsVectorLayer) -> None:
    """Name the fields of pairs by distance and days."""
    set_aliases(
        layer,
        {
            "metres_from": tr("Distance from (m)"),
            "metres_to": tr("Distance to (m)"),
            "days_from": tr("Days from"),
            "days_to": tr("Days to"),
            "observed": tr("Pairs"),
            "expected": tr("Pairs expected"),
            "ratio": tr("Times the expected"),
            "p": tr("p"),
            "p_fdr": tr("p, false discoveries held"),
        },
    )
    set_decimals(layer, {"metres_from": 0, "metres_to": 0, "expected": 1, "ratio": 2, "p": 4, "p_fdr": 4})


def describe_criteria(layer: QgsVectorLayer) -> None:
    """Name the fields of criteria before and after."""
    set_aliases(layer, {"criterion": tr("Criterion"), "before": tr("Before"), "after": tr("After")})
    set_decimals(layer, {"before": 1, "after": 1})
    table = layer.attributeTableConfig()
    table.update(layer.fields())
    table.setColumnWidth(layer.fields().lookupField("criterion"), _SENTENCE_WIDTH)
    layer.setAttributeTableConfig(table)
