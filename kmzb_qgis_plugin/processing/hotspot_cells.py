"""Cells of hotspots as rows of a layer, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from qgis.core import QgsGeometry, QgsProcessingException, QgsProcessingFeedback
from qgis.PyQt.QtCore import QVariant

from kmzb_qgis_plugin.analysis.arrays import Bools
from kmzb_qgis_plugin.analysis.grid import Grid
from kmzb_qgis_plugin.analysis.places import CellCounts
from kmzb_qgis_plugin.analysis.significance import Hotspots
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.hotspots import CLASS
from kmzb_qgis_plugin.processing.sinks import Row

COLUMNS: Final = (
    ("threats", QVariant.Int),
    ("places", QVariant.Int),
    ("repeated", QVariant.Double),
    ("per_km2", QVariant.Double),
    ("z", QVariant.Double),
    ("p", QVariant.Double),
    ("p_fdr", QVariant.Double),
    (CLASS, QVariant.Int),
)
"""``repeated`` is the percentage of a cell's threats that share their place with another one."""
_MOSTLY: Final = 0.5
"""Share of a hot cell's threats at one place from which on the place, not the cell, is what is found."""
_FEW: Final = 3
"""With so many threats at a place, the share says something."""


def rows(grid: Grid, cells: CellCounts, found: Hotspots) -> Iterator[Row]:
    """The cells in order; their geometries are written as WKB all at once."""
    columns = (
        cells.threats,
        cells.places,
        100 * cells.repeated / np.maximum(cells.threats, 1),
        cells.threats / grid.square_kilometres,
        found.z,
        found.p,
        found.adjusted,
        found.classes,
    )
    corners = grid.corners()
    number, points = corners.shape[:2]
    head = [("order", "u1"), ("type", "<u4"), ("rings", "<u4"), ("points", "<u4")]
    records = np.zeros(number, [*head, ("at", "<f8", (points, 2))])
    records["order"], records["type"], records["rings"], records["points"] = 1, 3, 1, points
    records["at"] = corners
    polygons, width = records.tobytes(), records.itemsize
    for place, values in enumerate(zip(*(column.tolist() for column in columns))):
        geometry = QgsGeometry()
        geometry.fromWkb(polygons[place * width : (place + 1) * width])
        yield geometry, values


def tell_outside(outside: int, threats: int, feedback: QgsProcessingFeedback) -> None:
    """Say how many threats lie beyond the boundaries, and stop where that is all of them."""
    if not outside:
        return
    told = tr("%n threat(s) lie outside the boundaries of the area and are not counted.", None, outside)
    if outside == threats:
        raise QgsProcessingException(told + " " + tr("Choose an area in which there are some."))
    feedback.pushWarning(told)


def tell_snapped(cells: CellCounts, hot: Bools, feedback: QgsProcessingFeedback) -> None:
    """Say how many threats share a place, and warn of hot cells that are only one place with many."""
    share = 100 * cells.repeated.sum() / cells.threats.sum()
    feedback.pushInfo(tr("Threats that share their place with another one: {} %").format(f"{share:.0f}"))
    mostly = (cells.largest >= _FEW) & (cells.largest >= _MOSTLY * cells.threats)
    one_place = int(np.count_nonzero(hot & mostly))
    if one_place:
        feedback.pushWarning(
            tr("%n hot cell(s) have half of their threats or more at one place.", None, one_place)
            + " "
            + tr("Run it again with places counted instead of threats, and compare.")
        )


def answer(hot: int, cold: int) -> str:
    """The result in a sentence."""
    if not hot and not cold:
        return tr("No cell has significantly more or fewer threats than chance explains (95 %).")
    return tr("Significant (95 %): {}, {}.").format(
        tr("%n hot cell(s)", None, hot), tr("%n cold cell(s)", None, cold)
    )
