"""What the siting of stations takes: weights of categories, sites that there are, and candidates."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsRectangle,
)

from kmzb_qgis_plugin.analysis.arrays import Array, Floats
from kmzb_qgis_plugin.analysis.grid import HEXAGON, TooManyCells, grid_over
from kmzb_qgis_plugin.analysis.projection import to_metres
from kmzb_qgis_plugin.domain.statistics import AREA_LEVELS
from kmzb_qgis_plugin.i18n import interface_language, number_text, tr
from kmzb_qgis_plugin.processing import boundaries
from kmzb_qgis_plugin.processing.algorithm import LocalCopy
from kmzb_qgis_plugin.processing.boundaries import METRES
from kmzb_qgis_plugin.processing.threat_points import ThreatPoints, rings_of
from kmzb_qgis_plugin.replica import queries

MOST_CANDIDATES: Final = 2_000
_USUAL_CANDIDATES: Final = 1_000
_ROUND_METRES: Final = 100
_BETWEEN_WEIGHTS: Final = re.compile(r";|,(?=[^,;=]*=|\s*$)")
"""A comma that the next weight or nothing follows; any other one is of a number."""
_POLAND: Final = QgsRectangle(100_000, 100_000, 900_000, 950_000)
"""Where PL-1992 is used, with a margin; metres."""


@dataclass(frozen=True)
class Sites:
    """Sites, or candidates for them.

    Attributes:
        metres: easting and northing, (m, 2).
        names: of each; empty where it has none.
    """

    metres: Floats
    names: Sequence[str]

    def __len__(self) -> int:
        return len(self.names)


def read_weights(text: str, copy: LocalCopy) -> dict[str, float]:
    """Read weights of categories, such as ``speeding=2, vandalism=0.5``, in Polish ``0,5``; by code.

    Raises:
        QgsProcessingException: there is no such category, or a weight is not a number from 0 on.
    """
    lang = interface_language()
    codes = {one.name(lang).casefold(): one.code for one in copy.catalogue.categories}
    codes.update((one.code.casefold(), one.code) for one in copy.catalogue.categories)
    found = {}
    for part in filter(None, (part.strip() for part in _BETWEEN_WEIGHTS.split(text))):
        name, _, number = part.rpartition("=")
        code = codes.get(name.strip().casefold())
        if code is None:
            raise QgsProcessingException(
                tr("The catalogue has no category “{}”. Write weights like speeding=2, vandalism=0.5").format(
                    name.strip() or part
                )
            )
        try:
            weight = float(number.replace(",", "."))
        except ValueError:
            weight = math.nan
        if not 0 <= weight < math.inf:
            raise QgsProcessingException(
                tr("The weight of “{}” is not a number from 0 on: {}").format(name.strip(), number.strip())
            )
        found[code] = weight
    return found


def weigh(threats: ThreatPoints, weights: dict[str, float]) -> Floats:
    """The weight of each threat by its category, 1 where none is given."""
    codes = threats.columns.values["category"]
    by_number = np.array([weights.get(code or "", 1.0) for code in codes])
    return np.asarray(by_number[threats.columns.arrays["category"][threats.rows]])


def existing_sites(copy: LocalCopy, kinds: str) -> Sites:
    """The seats of police units.

    Args:
        copy: the data.
        kinds: of units, with commas between; empty for all.

    Raises:
        QgsProcessingException: no unit is of such a kind.
    """
    units = queries.unit_list(copy.reader)
    known = sorted({unit.kind for unit in units})
    wanted = {kind.strip() for kind in kinds.split(",") if kind.strip()}
    unknown = sorted(wanted - set(known))
    if unknown:
        raise QgsProcessingException(
            tr("The data have no police unit of this kind: {}. They have: {}").format(
                ", ".join(unknown), ", ".join(known) or tr("none")
            )
        )
    seats = [
        (unit.seat_lon, unit.seat_lat, unit.name)
        for unit in units
        if unit.seat_lon is not None and unit.seat_lat is not None and (not wanted or unit.kind in wanted)
    ]
    degrees = np.array([seat[:2] for seat in seats], float).reshape(-1, 2)
    return Sites(to_metres(degrees[:, 0], degrees[:, 1]), [seat[2] for seat in seats])


def middles_of_areas(copy: LocalCopy, ground: QgsGeometry) -> Sites:
    """A place inside each of the smallest areas of the data (communes, where it has them) on some ground."""
    metres, names = [], []
    for name, shape in _smallest_areas(copy, ground.boundingBox()):
        point = shape.pointOnSurface()
        if ground.contains(point):
            at = point.asPoint()
            metres.append((at.x(), at.y()))
            names.append(name)
    return _limited(metres, names)


def grid_on(ground: QgsGeometry, metres_apart: float | None) -> Sites:
    """Places at equal distances on some ground.

    Args:
        ground: in metres.
        metres_apart: None for about a thousand places.

    Raises:
        QgsProcessingException: there would be too many.
    """
    if metres_apart is None:
        apart = math.sqrt(ground.area() / _USUAL_CANDIDATES)
        metres_apart = math.ceil(apart / _ROUND_METRES) * _ROUND_METRES
    try:
        middles = grid_over(rings_of(ground), HEXAGON, metres_apart, MOST_CANDIDATES).middles
    except TooManyCells as error:
        raise QgsProcessingException(_too_many(error.number)) from error
    return Sites(middles, [""] * len(middles))


def points_of(
    source: QgsProcessingFeatureSource,
    name_field: str,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> Sites:
    """The points of a layer.

    Args:
        source: the layer.
        name_field: has their names; empty for none.
        context: knows how to transform.
        feedback: hears of rows that are left out.

    Raises:
        QgsProcessingException: there are too many, or it is not known where they are.
    """
    if not source.sourceCrs().isValid():
        raise QgsProcessingException(
            tr(
                "The layer of candidates has no coordinate system, so nobody knows where its points are. "
                "Set it in the layer's properties under Source."
            )
        )
    fields = source.fields()
    if name_field and fields.lookupField(name_field) < 0:
        raise QgsProcessingException(
            tr("The layer of candidates has no field “{}”. It has: {}").format(
                name_field, ", ".join(fields.names()) or tr("none")
            )
        )
    if source.featureCount() > MOST_CANDIDATES:
        raise QgsProcessingException(_too_many(source.featureCount()))
    request = QgsFeatureRequest()
    request.setDestinationCrs(QgsCoordinateReferenceSystem(METRES), context.transformContext())
    unknown: list[QgsFeature] = []
    request.setTransformErrorCallback(unknown.append)
    metres, names, outside = [], [], 0
    for feature in source.getFeatures(request):
        at = feature.geometry().centroid().asPoint() if feature.hasGeometry() else QgsPointXY()
        if at.isEmpty() or not _POLAND.contains(at):
            outside += 1
            continue
        metres.append((at.x(), at.y()))
        value = feature[name_field] if name_field else NULL
        names.append("" if value in (None, NULL) else str(value))
    outside += len(unknown)
    if outside and not names:
        raise QgsProcessingException(
            tr(
                "No point of the layer of candidates lies in Poland. Check the coordinate system in the "
                "layer's properties under Source."
            )
        )
    if outside:
        feedback.pushWarning(
            tr(
                "%n row(s) of the layer of candidates have no place in Poland and are left out.",
                None,
                outside,
            )
        )
    return _limited(metres, names)


def name_at(copy: LocalCopy, metres: Array) -> str:
    """The name of the smallest area at a place; empty where there is none."""
    place = QgsPointXY(*metres)
    box = QgsRectangle(place, place).buffered(1)
    point = QgsGeometry.fromPointXY(place)
    return next((name for name, shape in _smallest_areas(copy, box) if shape.contains(point)), "")


def _limited(metres: list[tuple[float, float]], names: list[str]) -> Sites:
    if len(names) > MOST_CANDIDATES:
        raise QgsProcessingException(_too_many(len(names)))
    return Sites(np.array(metres, float).reshape(-1, 2), names)


def _too_many(number: int) -> str:
    return tr(
        "There would be {} candidates, and {} are the most. Choose fewer, farther apart, or a smaller area."
    ).format(number_text(number), number_text(MOST_CANDIDATES))


def _smallest_areas(copy: LocalCopy, box: QgsRectangle) -> list[tuple[str, QgsGeometry]]:
    """Names and boundaries in metres of the areas of the smallest level that meet a box."""
    levels = {area.level for area in queries.area_list(copy.reader)}
    level = next((level for level in reversed(AREA_LEVELS) if level in levels), AREA_LEVELS[-1])
    to_metres, found = boundaries.to_metres(), []
    for _, name, shape in boundaries.around(copy, level, box):
        shape.transform(to_metres)
        found.append((name, shape))
    return found
