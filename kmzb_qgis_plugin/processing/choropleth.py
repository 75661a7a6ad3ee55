"""A layer of areas or units coloured by one of their figures."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputString,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterNumber,
    QgsProcessingUtils,
)

from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.choropleth import (
    FIGURES,
    LEVELS,
    METHODS,
    MOST_CLASSES,
    Choropleth,
    NothingToClassify,
    classify,
    figure_name,
    level_name,
    method_name,
)
from kmzb_qgis_plugin.processing.algorithm import KmzbAlgorithm
from kmzb_qgis_plugin.processing.dressing import dress_later, style_parameter, write_style
from kmzb_qgis_plugin.processing.filter_parameters import add_filter_parameters, filtered_copy
from kmzb_qgis_plugin.processing.statistics_parameters import (
    LEVEL,
    OUTPUT,
    count,
    figures,
    level_parameter,
    write_layer,
)

FIGURE, METHOD, CLASSES, SENTENCE = "FIGURE", "METHOD", "CLASSES", "SENTENCE"


class ChoroplethLayer(KmzbAlgorithm):
    """Figures with classes and colours."""

    code = "choropleth"

    def title(self) -> str:
        return tr("Choropleth")

    def help(self) -> str:
        return tr(
            "Makes a layer of areas or police units coloured by one of their figures, with class breaks by "
            "QGIS's own classification. The layer shows the figures of now; a map that follows the filter "
            "is made in the statistics panel. The colours can also be written to a QML file, for layouts "
            "that are made without a window."
        )

    def add_parameters(self) -> None:
        add_filter_parameters(self)
        self.addParameter(level_parameter())
        self.addParameter(
            QgsProcessingParameterEnum(
                FIGURE, tr("Figure"), [figure_name(one) for one in FIGURES], defaultValue=0
            )
        )
        self.addParameter(
            QgsProcessingParameterEnum(
                METHOD, tr("Class breaks"), [method_name(one) for one in METHODS], defaultValue=0
            )
        )
        self.addParameter(
            QgsProcessingParameterNumber(
                CLASSES, tr("Classes"), defaultValue=5, minValue=2, maxValue=MOST_CLASSES
            )
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                OUTPUT, tr("Choropleth"), QgsProcessing.SourceType.TypeVectorPolygon
            )
        )
        self.addParameter(style_parameter())
        self.addOutput(QgsProcessingOutputString(SENTENCE, tr("Filter in words")))

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        spec = Choropleth(
            FIGURES[self.parameterAsEnum(parameters, FIGURE, context)],
            LEVELS[self.parameterAsEnum(parameters, LEVEL, context)],
            METHODS[self.parameterAsEnum(parameters, METHOD, context)],
            self.parameterAsInt(parameters, CLASSES, context),
        )
        with filtered_copy(self, parameters, context, feedback) as (copy, threat_filter, sentence):
            rows = figures(copy, count(copy, threat_filter, feedback), spec.level)
            output = write_layer(self, parameters, context, copy, spec.level, rows)
        results: dict[str, Any] = {OUTPUT: output, SENTENCE: sentence}
        made = QgsProcessingUtils.mapLayerFromString(output, context)
        if made is None or not classify(made, spec):
            raise NothingToClassify(f"no value of {spec.figure} by {spec.level}")
        results.update(write_style(self, parameters, context, output, lambda layer: classify(layer, spec)))
        name = f"{figure_name(spec.figure)}, {level_name(spec.level)}"
        dress_later(context, output, name, lambda layer: classify(layer, spec))
        return results
