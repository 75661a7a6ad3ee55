"""What the algorithms about statistics share: counting, levels, and layers of figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from qgis.core import (
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterEnum,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QVariant

from kmzb_qgis_plugin.domain.period import now_text, warsaw_today
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.choropleth import FIGURES, LEVELS, figures_of, measure_areas
from kmzb_qgis_plugin.layers.layer_tree import table_uri
from kmzb_qgis_plugin.processing.algorithm import KmzbAlgorithm, LocalCopy

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
    table, subset = ("units", "") if level == "unit" else ("areas", f"\"level\" = '{level}'")
    layer = QgsVectorLayer(table_uri(copy.replica.path, table, subset), table, "ogr")
    fields = _fields()
    sink, output = algorithm.parameterAsSink(
        parameters, OUTPUT, context, fields, layer.wkbType(), layer.crs()
    )
    if sink is None:
        raise QgsProcessingException(algorithm.invalidSinkError(parameters, OUTPUT))
    made = []
    for feature in layer.getFeatures():
        with_figures = QgsFeature(fields)
        with_figures.setGeometry(feature.geometry())
        values = rows.get(feature["code"], (None,) * len(FIGURES))
        with_figures.setAttributes([feature["code"], feature["name"], *values])
        made.append(with_figures)
    if not sink.addFeatures(made, QgsFeatureSink.Flag.FastInsert):
        raise QgsProcessingException(algorithm.writeFeatureError(sink, parameters, OUTPUT))
    return str(output)


def _fields() -> QgsFields:
    """Code and name, and a field for each figure."""
    fields = QgsFields()
    for name in ("code", "name"):
        fields.append(QgsField(name, QVariant.String))
    for name in FIGURES:
        fields.append(QgsField(name, QVariant.Int if name == "threats" else QVariant.Double))
    return fields
