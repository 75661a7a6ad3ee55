"""Equal cells that analyses write: their outlines, and what is told of threats in and beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from qgis.core import QgsGeometry, QgsProcessingException, QgsProcessingFeedback

from kmzb_qgis_plugin.analysis.arrays import Bools
from kmzb_qgis_plugin.analysis.grid import Grid
from kmzb_qgis_plugin.analysis.places import CellCounts
from kmzb_qgis_plugin.i18n import tr

_MOSTLY: Final = 0.5
"""Share of a cell's threats at one place from which on the place, not the cell, is what is found."""
_FEW: Final = 3
"""With so many threats at a place, the share says something."""


def outlines(grid: Grid) -> Iterator[QgsGeometry]:
    """The cells in order; their geometries are written as WKB all at once."""
    corners = grid.corners()
    number, points = corners.shape[:2]
    head = [("order", "u1"), ("type", "<u4"), ("rings", "<u4"), ("points", "<u4")]
    records = np.zeros(number, [*head, ("at", "<f8", (points, 2))])
    records["order"], records["type"], records["rings"], records["points"] = 1, 3, 1, points
    records["at"] = corners
    polygons, width = records.tobytes(), records.itemsize
    for start in range(0, len(polygons), width):
        geometry = QgsGeometry()
        geometry.fromWkb(polygons[start : start + width])
        yield geometry


def mostly_one_place(cells: CellCounts) -> Bools:
    """Which cells have half of their threats or more at one place."""
    return np.asarray((cells.largest >= _FEW) & (cells.largest >= _MOSTLY * cells.threats))


def tell_outside(outside: int, threats: int, feedback: QgsProcessingFeedback) -> None:
    """Say how many threats lie beyond the boundaries, and stop where that is all of them."""
    if not outside:
        return
    told = tr("%n threat(s) lie outside the boundaries of the area and are not counted.", None, outside)
    if outside == threats:
        raise QgsProcessingException(told + " " + tr("Choose an area in which there are some."))
    feedback.pushWarning(told)
