"""The places of a comparison, and how many threats each has in both periods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from qgis.core import (
    QgsGeometry,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QVariant

from kmzb_qgis_plugin.analysis.arrays import Array, Bools, Floats, Ints
from kmzb_qgis_plugin.analysis.comparison import Comparison
from kmzb_qgis_plugin.analysis.grid import Grid
from kmzb_qgis_plugin.analysis.places import count_cells, places_of
from kmzb_qgis_plugin.i18n import number_text, tr
from kmzb_qgis_plugin.layers.choropleth import UNIT
from kmzb_qgis_plugin.layers.comparison import SIGNIFICANT
from kmzb_qgis_plugin.layers.hotspots import CLASS
from kmzb_qgis_plugin.processing import boundaries
from kmzb_qgis_plugin.processing.algorithm import LocalCopy
from kmzb_qgis_plugin.processing.cells import mostly_one_place, outlines, tell_outside
from kmzb_qgis_plugin.processing.sinks import Row
from kmzb_qgis_plugin.processing.threat_points import ThreatPoints, part_of
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.statistics import with_below

_NAMES: Final = (("code", QVariant.String), ("name", QVariant.String))
_FIGURES: Final = (
    ("before", QVariant.Int),
    ("after", QVariant.Int),
    ("expected", QVariant.Double),
    ("difference", QVariant.Double),
    ("percent", QVariant.Double),
    ("p", QVariant.Double),
    ("p_fdr", QVariant.Double),
    (CLASS, QVariant.Int),
)

_OFTEN: Final = 0.05
"""Up to this share of repeated reports, about 5 % of maps have a false significant place; with 10 %, 10 %."""


@dataclass(frozen=True)
class Places:
    """Places with their threats.

    Attributes:
        before, after: threats in the periods, (n,).
        totals: in all places together, each threat once, also where places lie over others.
        outlines: of the places, in metres.
        names: codes and names; None for cells, which have none.
        one_place: cells that have half of the later period's threats or more at one spot, (n,).
        repeated: share of the threats that lie where another one of the same period lies.
    """

    before: Ints
    after: Ints
    totals: tuple[int, int]
    outlines: Iterable[QgsGeometry]
    names: Sequence[tuple[str, str]] | None
    one_place: Bools
    repeated: float = 0

    @property
    def columns(self) -> tuple[tuple[str, QVariant.Type], ...]:
        """Names and types of the values of :meth:`rows`."""
        return _FIGURES if self.names is None else _NAMES + _FIGURES

    def rows(self, found: Comparison) -> Iterator[Row]:
        """What is written of each place."""
        difference = self.after - found.expected
        percent = np.full(len(difference), np.nan)
        np.divide(100 * difference, found.expected, out=percent, where=found.expected > 0)
        figures = zip(
            self.before.tolist(),
            self.after.tolist(),
            found.expected.tolist(),
            difference.tolist(),
            *(_with_gaps(column) for column in (percent, found.p, found.adjusted)),
            found.classes.tolist(),
        )
        if self.names is None:
            return zip(self.outlines, figures)
        return zip(self.outlines, (name + values for name, values in zip(self.names, figures)))


def in_cells(
    grid: Grid, metres: Floats, earlier: Bools, later: Bools, feedback: QgsProcessingFeedback
) -> Places:
    """Count by cell.

    Args:
        grid: the cells.
        metres: easting and northing of threats, (m, 2).
        earlier, later: which of them are in the periods.
        feedback: hears of progress, and of threats that are in no cell.

    Raises:
        QgsProcessingException: all of them are in none.
    """
    before = count_cells(grid, metres[earlier], part_of(feedback, 10, 35))
    after = count_cells(grid, metres[later], part_of(feedback, 35, 60))
    number = np.count_nonzero(earlier) + np.count_nonzero(later)
    tell_outside(before.outside + after.outside, int(number), feedback)
    totals = int(before.threats.sum()), int(after.threats.sum())
    return Places(before.threats, after.threats, totals, outlines(grid), None, mostly_one_place(after))


def in_areas(
    copy: LocalCopy,
    level: str,
    ground: QgsGeometry,
    threats: ThreatPoints,
    earlier: Bools,
    later: Bools,
    feedback: QgsProcessingFeedback,
) -> Places:
    """Count by area or unit, by the codes that the threats have; units with those below them.

    Args:
        copy: has the boundaries.
        level: one of :data:`~kmzb_qgis_plugin.layers.choropleth.LEVELS`.
        ground: what is looked at; areas off it that have no threats are left out.
        threats: of any time.
        earlier, later: which of them are in the periods.
        feedback: hears of progress, and of threats that are in none.

    Raises:
        QgsProcessingException: there are no such areas, or nothing is in them.
        KmzbError: the boundaries cannot be read.
    """
    go_on = part_of(feedback, 10, 60)
    go_on(0)
    areas = _boundaries(copy, level)
    go_on(0.5)
    members = with_below(queries.unit_list(copy.reader)) if level == UNIT else {}
    number_of = {code: number for number, code in enumerate(threats.columns.values[level])}
    codes = threats.columns.arrays[level][threats.rows]
    both = np.stack([np.bincount(codes[rows], minlength=len(number_of)) for rows in (earlier, later)])

    def counted(code: str) -> Array:
        """In both periods."""
        own = [number_of[one] for one in members.get(code, (code,)) if one in number_of]
        return np.asarray(both[:, own].sum(axis=1))

    # Prepared, as the borders of the country have many corners.
    looked_at = QgsGeometry.createGeometryEngine(ground.constGet())
    looked_at.prepareGeometry()

    def on_ground(outline: QgsGeometry) -> bool:
        # By a name of its own: what is asked for a part of a nameless geometry is freed with it.
        inside = outline.pointOnSurface()
        return bool(looked_at.contains(inside.constGet()))

    kept = [
        (code, name, outline, numbers)
        for code, name, outline in areas
        for numbers in [counted(code)]
        if numbers.any() or on_ground(outline)
    ]
    # Units lie over their superior one, and are drawn after it.
    kept.sort(key=lambda one: one[2].area(), reverse=True)
    known = {one for code, *_ in kept for one in members.get(code, (code,))}
    nowhere = [number for code, number in number_of.items() if code not in known]
    outside = int(both[:, nowhere].sum())
    if outside == both.sum():
        raise QgsProcessingException(
            tr("The data have no places of this kind with threats in them. Choose other places.")
        )
    if outside:
        feedback.pushWarning(
            tr("%n threat(s) belong to no place of this kind and are not counted.", None, outside)
        )
    before, after = np.stack([numbers for *_, numbers in kept], axis=1)
    earlier_total, later_total = np.delete(both, nowhere, axis=1).sum(axis=1).tolist()
    return Places(
        before,
        after,
        (earlier_total, later_total),
        [outline for _, _, outline, _ in kept],
        [(code, name) for code, name, *_ in kept],
        np.zeros(len(kept), bool),
    )


def one_at_each_spot(metres: Floats, rows: Bools) -> Bools:
    """Of some threats, one at each spot (to a metre).

    Args:
        metres: easting and northing of all threats, (m, 2).
        rows: which of them, (m,).
    """
    at, kept = np.flatnonzero(rows), np.zeros_like(rows)
    kept[at[places_of(metres[at]).first]] = True
    return kept


def tell_repeated(places: Places, found: Comparison, feedback: QgsProcessingFeedback) -> None:
    """Warn of what is called significant and may be few things that many have reported.

    Args:
        places: of which threats were counted, not spots.
        found: by their test.
        feedback: hears of it.
    """
    if places.repeated >= _OFTEN and (abs(found.classes) == SIGNIFICANT).any():
        feedback.pushWarning(
            tr(
                "{} % of the threats lie where another one of the same period lies. If they tell of one "
                "thing, chance makes greater differences than the test knows, and too many places are "
                "called significant."
            ).format(number_text(100 * places.repeated, 0))
            + " "
            + tr("Run it again with each spot counted once, and compare.")
        )


def tell_one_place(places: Places, found: Comparison, feedback: QgsProcessingFeedback) -> None:
    """Warn of rises that may be one thing that many have reported."""
    number = int(np.count_nonzero(places.one_place & (found.classes == SIGNIFICANT)))
    if number:
        feedback.pushWarning(
            tr("%n place(s) with a rise have half of their threats or more at one spot.", None, number)
            + " "
            + tr("Many reports of one thing look like a rise: look at them before you speak of one.")
        )


def _boundaries(copy: LocalCopy, level: str) -> list[tuple[str, str, QgsGeometry]]:
    """Codes, names and outlines in metres, of those that have one; no unit that lies over all below it."""
    units = queries.unit_list(copy.reader) if level == UNIT else []
    superior = {unit.code for unit in units if unit.parent is None} & {unit.parent for unit in units}
    to_metres, found = boundaries.to_metres(), []
    for code, name, shape in boundaries.of_level(copy, level):
        if code not in superior:
            shape.transform(to_metres)
            outline = shape.makeValid()
            # Where a boundary goes back along itself, lines are left, and no layer of polygons takes them.
            outline.convertGeometryCollectionToSubclass(QgsWkbTypes.GeometryType.PolygonGeometry)
            if outline.type() == QgsWkbTypes.GeometryType.PolygonGeometry and not outline.isEmpty():
                found.append((code, name, outline))
    return found


def _with_gaps(column: Floats) -> list[float | None]:
    """Numbers, and None where there is none."""
    return [None if gap else value for value, gap in zip(column.tolist(), np.isnan(column).tolist())]
