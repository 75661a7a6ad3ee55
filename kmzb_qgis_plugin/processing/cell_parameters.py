"""How wide an analysis's cells are: as a person says, or as many threats as there are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from qgis.core import (
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
)

from kmzb_qgis_plugin.i18n import number_text, tr
from kmzb_qgis_plugin.processing.algorithm import KmzbAlgorithm, with_help

if TYPE_CHECKING:
    from kmzb_qgis_plugin.analysis.grid import Grid

CELL_SIZE: Final = "CELL_SIZE"
MOST_CELLS: Final = 100_000
SMALLEST_CELL: Final = 50
LARGEST_CELL: Final = 50_000
_SIZES: Final = (
    *(100, 200, 250, 500, 1_000, 2_000, 2_500, 5_000),
    *(7_500, 10_000, 15_000, 20_000, 25_000, 30_000, 40_000),
)


def size_parameter(empty: str) -> QgsProcessingParameterDefinition:
    """Ask for the width.

    Args:
        empty: what happens without one.
    """
    return with_help(
        QgsProcessingParameterNumber(
            CELL_SIZE,
            tr("Width of a cell (m)"),
            optional=True,
            minValue=SMALLEST_CELL,
            maxValue=LARGEST_CELL,
        ),
        empty,
    )


def lay_grid(
    algorithm: KmzbAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    area: QgsGeometry,
    shape: str,
    cells: float,
    fewest: int,
) -> Grid:
    """Cells of the width that is given.

    Args:
        algorithm: has the parameter.
        parameters, context, feedback: of the run.
        area: on which they lie, in metres.
        shape: one of :data:`~kmzb_qgis_plugin.analysis.grid.SHAPES`.
        cells: about how many there are without a width.
        fewest: how many the analysis needs.

    Raises:
        QgsProcessingException: there would be too many, or too few.
    """
    from kmzb_qgis_plugin.analysis.grid import TooManyCells, grid_over
    from kmzb_qgis_plugin.processing.threat_points import rings_of

    size = float(_size_for(area.area(), min(cells, MOST_CELLS / 2)))
    if parameters.get(CELL_SIZE) not in (None, ""):
        size = float(algorithm.parameterAsDouble(parameters, CELL_SIZE, context))
    feedback.pushInfo(tr("Width of a cell: {} m").format(number_text(size)))
    try:
        grid = grid_over(rings_of(area), shape, size, MOST_CELLS)
    except TooManyCells as error:
        numbers = size, error.number, MOST_CELLS, _size_for(area.area(), MOST_CELLS / 2)
        raise QgsProcessingException(
            tr(
                "Cells of {} m are too small for this area: there would be {}, and {} are the most. "
                "Choose {} m or more, or a smaller area."
            ).format(*map(number_text, numbers))
        ) from error
    if len(grid) < fewest:
        raise QgsProcessingException(
            tr(
                "Cells of {} m are too large for this area: it has {} of them, and a test needs {} or "
                "more. Choose smaller ones."
            ).format(number_text(size), len(grid), fewest)
        )
    return grid


def _size_for(square_metres: float, cells: float) -> int:
    """A round width that makes about so many cells, or fewer."""
    width = math.sqrt(square_metres / cells)
    return next((size for size in _SIZES if size >= width), LARGEST_CELL)
