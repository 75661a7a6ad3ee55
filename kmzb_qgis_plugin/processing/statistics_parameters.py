"""What the algorithms about statistics share: counting, levels, and layers of figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterEnum,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QVariant

from kmzb_qgis_plugin.domain.period import now_text, warsaw_today
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.choropleth import FIGURES, LEVELS, figures_of, measure_areas
from kmzb_qgis_plugin.processing.algorithm import KmzbAlgorithm, LocalCopy
from kmzb_qgis_plugin.processing.boundaries import DEGREES, of_level
from kmzb_qgis_plugin.processing.sinks import write_rows

if TYPE_CHECKING:
    from kmzb_qgis_plugin.domain.statistics import Statistics

LEVEL: Final = "LEVEL"
OUTPUT: Final = "OUTPUT"


def level_parameter() -> QgsProcessingParameterEnum:
    """Of what the figures are."""
    names = [tr("Voivodeships"), tr("Counties"), tr("Communes"), tr("Police units")]
    return QgsProcessingParameterEnum(LEVEL, tr("Level"), names, defaultValue=LEVELS.index("county"))


def count(copy: LocalCopy, threat_filter: ThreatFilter, feedback: QgsProcessingFeedback) -> Statistics:
    """All figures under a filter."""
    from kmzb_qgis_plugin.replica.histories import read_histories
    from kmzb_qgis_plugin.replica.statistics import count_statistics

    histories = read_histories(
        copy.reader,
        copy.replica.columns(copy.reader),
        copy.catalogue,
        lambda percent: feedback.setProgress(percent / 2),
        feedback.isCanceled,
    )
    today, now = warsaw_today(), now_text()
    return count_statistics(copy.reader, histories, threat_filter, today, now, copy.catalogue)


def figures(copy: LocalCopy, found: Statistics, level: str) -> dict[str, Sequence[Any]]:
    """The figures of a level by code."""
    from kmzb_qgis_plugin.replica import queries

    rows = figures_of(
        found,
        queries.area_list(copy.reader),
        queries.unit_list(copy.reader),
        measure_areas(copy.reader),
    )
    return {row.code: row[2:] for row in rows if row.level == level}


def write_layer(
    algorithm: KmzbAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    copy: LocalCopy,
    level: str,
    rows: Mapping[str, Sequence[Any]],
) -> str:
    """Write the boundaries of a level with their figures to the parameter ``OUTPUT``; return where they are.

    Raises:
        QgsProcessingException: that cannot be written to.
    """
    columns = [("code", QVariant.String), ("name", QVariant.String)]
    columns += [(name, QVariant.Int if name == "threats" else QVariant.Double) for name in FIGURES]
    nothing = (None,) * len(FIGURES)
    found = ((shape, (code, name, *rows.get(code, nothing))) for code, name, shape in of_level(copy, level))
    kind = QgsWkbTypes.Type.MultiPolygon
    return write_rows(algorithm, parameters, context, OUTPUT, columns, kind, found, crs=DEGREES)
