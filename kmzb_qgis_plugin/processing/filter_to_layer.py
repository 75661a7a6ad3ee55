"""Write the threats that a filter keeps to a layer."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSink,
    QgsVectorLayer,
)

from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.layer_tree import table_uri
from kmzb_qgis_plugin.processing.algorithm import KmzbAlgorithm
from kmzb_qgis_plugin.processing.filter_parameters import (
    add_filter_parameters,
    filtered_copy,
    where,
)

OUTPUT, COUNT, SENTENCE = "OUTPUT", "COUNT", "SENTENCE"


class FilterToLayer(KmzbAlgorithm):
    """Threats under a filter, as points with all their facts."""

    code = "filtertolayer"

    def title(self) -> str:
        return tr("Filter to Layer")

    def help(self) -> str:
        return tr(
            "Writes the threats that a filter keeps to a layer of points with all their facts. The filter is "
            "one that was saved in the filter panel, given by its name, or JSON as such a filter is "
            "exported; sources, period, areas and units that are given take the place of its own."
        )

    def add_parameters(self) -> None:
        add_filter_parameters(self)
        self.addParameter(
            QgsProcessingParameterFeatureSink(OUTPUT, tr("Threats"), QgsProcessing.SourceType.TypeVectorPoint)
        )
        self.addOutput(QgsProcessingOutputNumber(COUNT, tr("Number of threats")))
        self.addOutput(QgsProcessingOutputString(SENTENCE, tr("Filter in words")))

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        with filtered_copy(self, parameters, context, feedback) as (copy, threat_filter, sentence):
            uri = table_uri(copy.replica.path, "threats", where(threat_filter, copy))
            layer = QgsVectorLayer(uri, "threats", "ogr")
            sink, output = self.parameterAsSink(
                parameters, OUTPUT, context, layer.fields(), layer.wkbType(), layer.crs()
            )
            if sink is None:
                raise QgsProcessingException(self.invalidSinkError(parameters, OUTPUT))
            request = QgsFeatureRequest()
            request.setFeedback(feedback)
            # One call: QGIS hands the rows over itself, without Python between.
            if not sink.addFeatures(layer.getFeatures(request), QgsFeatureSink.Flag.FastInsert):
                raise QgsProcessingException(self.writeFeatureError(sink, parameters, OUTPUT))
            return {OUTPUT: output, COUNT: layer.featureCount(), SENTENCE: sentence}
