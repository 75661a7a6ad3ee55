"""What the spatial analyses take: the threats that a filter keeps, and the area that it looks at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np
from qgis.core import (
    QgsGeometry,
    QgsPointXY,
    QgsProcessingFeedback,
    QgsWkbTypes,
)

from kmzb_qgis_plugin.analysis.arrays import Floats, GoOn, Ints
from kmzb_qgis_plugin.analysis.projection import to_metres
from kmzb_qgis_plugin.client.errors import Cancelled
from kmzb_qgis_plugin.client.service_client import Scope
from kmzb_qgis_plugin.domain.conditions import conditions
from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.period import now_text, warsaw_today
from kmzb_qgis_plugin.domain.shape import Shape
from kmzb_qgis_plugin.domain.statistics import AREA_LEVELS
from kmzb_qgis_plugin.domain.text import Tr
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.processing import boundaries
from kmzb_qgis_plugin.processing.algorithm import LocalCopy
from kmzb_qgis_plugin.processing.boundaries import Boundary
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.columns import DAYS, Columns, Mask
from kmzb_qgis_plugin.replica.masks import masks_of


class NoAreaToStudy(KmzbError):
    """What the filter looks at has no boundary in the data."""

    def user_message(self, tr: Tr) -> str:
        return tr(
            "The area that the filter looks at is empty: its areas, units and polygons have no boundary in "
            "the data, or do not meet. Choose another area."
        )


@dataclass(frozen=True)
class ThreatPoints:
    """The threats that a filter keeps.

    Attributes:
        columns: of all threats.
        rows: which of them are kept.
        metres: their easting and northing, (n, 2).
    """

    columns: Columns
    rows: Mask
    metres: Floats

    def __len__(self) -> int:
        return len(self.metres)

    def days(self, date_field: str) -> Ints:
        """The Polish days on which they occurred or were reported, as the filter's date field says."""
        instant = "reported_at" if date_field == "reported" else "occurred_from"
        return self.columns.arrays[DAYS[instant]][self.rows].astype(np.int64)


def threat_points(copy: LocalCopy, threat_filter: ThreatFilter) -> ThreatPoints:
    """Find the threats that a filter keeps."""
    columns = copy.replica.columns(copy.reader)
    parts = conditions(threat_filter, warsaw_today(), now_text(), copy.catalogue).parts
    found = masks_of(copy.reader, columns).of(parts)
    rows = np.ones(len(columns), bool) if found is None else found
    return ThreatPoints(columns, rows, to_metres(columns.arrays["lon"][rows], columns.arrays["lat"][rows]))


def studied_area(copy: LocalCopy, threat_filter: ThreatFilter) -> QgsGeometry:
    """The ground in metres on which the filter's threats can lie; without areas in it, all that one may see.

    A copy has the boundaries of the whole country, and threats of no more than its scope: elsewhere there
    are none to be seen, which does not mean that there are none.

    Raises:
        NoAreaToStudy: nothing is left.
        KmzbError: the boundaries cannot be read.
    """
    identity = copy.replica.identity
    scope = identity.scope if identity is not None else Scope("country")
    chosen = []
    if threat_filter.areas is not None:
        chosen.append(_together(boundaries.of_areas(copy, threat_filter.areas)))
    if threat_filter.units is not None:
        chosen.append(_together(boundaries.of_units(copy, threat_filter.units)))
    if scope.reach == "voivodeship" and scope.voivodeship is not None:
        chosen.append(_together(boundaries.of_areas(copy, {scope.voivodeship})))
    elif scope.reach == "own" and scope.unit is not None:
        chosen.append(_together(boundaries.of_units(copy, {scope.unit})))
    if not chosen:
        levels = {area.level for area in queries.area_list(copy.reader)}
        widest = next((level for level in AREA_LEVELS if level in levels), AREA_LEVELS[0])
        chosen.append(_together(boundaries.of_level(copy, widest)))
    chosen += [_polygons(shape) for shape in (threat_filter.view, threat_filter.within) if shape is not None]
    area = chosen[0]
    for other in chosen[1:]:
        area = area.intersection(other)
    area.convertGeometryCollectionToSubclass(QgsWkbTypes.GeometryType.PolygonGeometry)
    if area.isEmpty():
        raise NoAreaToStudy("the filter's areas are empty, or do not meet")
    area.transform(boundaries.to_metres())
    return area


def rings_of(area: QgsGeometry) -> list[Floats]:
    """The rings of polygons, (k, 2) each."""
    polygons = area.asMultiPolygon() if area.isMultipart() else [area.asPolygon()]
    return [np.array([(at.x(), at.y()) for at in ring]) for polygon in polygons for ring in polygon]


def _go_on(feedback: QgsProcessingFeedback, start: float, end: float, share: float) -> None:
    feedback.setProgress(start + (end - start) * share)
    if feedback.isCanceled():
        raise Cancelled("the analysis was cancelled")


def part_of(feedback: QgsProcessingFeedback, start: float, end: float) -> GoOn:
    """Tell a part of the work's progress, from one percentage to another; it stops when the person wants.

    What it gives raises :class:`Cancelled`.
    """
    return partial(_go_on, feedback, start, end)


def _together(found: Iterable[Boundary]) -> QgsGeometry:
    """What boundaries enclose together, in degrees."""
    return QgsGeometry.unaryUnion([one.shape.makeValid() for one in found])


def _polygons(shape: Shape) -> QgsGeometry:
    """The inside of a shape, in degrees; what lies in two of its rings is outside."""
    inside = QgsGeometry()
    for ring in shape.rings:
        polygon = QgsGeometry.fromPolygonXY([[QgsPointXY(*place) for place in ring]])
        inside = polygon if inside.isNull() else inside.symDifference(polygon)
    return inside
