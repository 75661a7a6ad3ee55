"""Cells of hotspots as rows of a layer, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from qgis.core import QgsProcessingFeedback
from qgis.PyQt.QtCore import QVariant

from kmzb_qgis_plugin.analysis.arrays import Bools
from kmzb_qgis_plugin.analysis.grid import Grid
from kmzb_qgis_plugin.analysis.places import CellCounts
from kmzb_qgis_plugin.analysis.significance import Hotspots
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.hotspots import CLASS
from kmzb_qgis_plugin.processing.cells import mostly_one_place, outlines
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


def rows(grid: Grid, cells: CellCounts, found: Hotspots) -> Iterator[Row]:
    """The cells in order."""
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
    return zip(outlines(grid), zip(*(column.tolist() for column in columns)))


def tell_snapped(cells: CellCounts, hot: Bools, feedback: QgsProcessingFeedback) -> None:
    """Say how many threats share a place, and warn of hot cells that are only one place with many."""
    share = 100 * cells.repeated.sum() / cells.threats.sum()
    feedback.pushInfo(tr("Threats that share their place with another one: {} %").format(f"{share:.0f}"))
    one_place = int(np.count_nonzero(hot & mostly_one_place(cells)))
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
