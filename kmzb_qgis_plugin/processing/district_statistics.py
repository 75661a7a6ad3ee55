"""Figures of areas or units as a layer, and all tables of the statistics as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
)

from kmzb_qgis_plugin.i18n import interface_language, tr
from kmzb_qgis_plugin.layers.choropleth import LEVELS
from kmzb_qgis_plugin.processing.algorithm import KmzbAlgorithm
from kmzb_qgis_plugin.processing.filter_parameters import add_filter_parameters, filtered_copy
from kmzb_qgis_plugin.processing.statistics_parameters import (
    LEVEL,
    OUTPUT,
    count,
    figures,
    level_parameter,
    write_layer,
)

TABLES, COUNT, SENTENCE = "TABLES", "COUNT", "SENTENCE"


class DistrictStatistics(KmzbAlgorithm):
    """Counts under a filter."""

    code = "districtstatistics"

    def title(self) -> str:
        return tr("District Statistics")

    def help(self) -> str:
        return tr(
            "Counts the threats that a filter keeps, by area or police unit: their number, per square "
            "kilometre and per 1,000 inhabitants, the share of decided reports that are confirmed, and the "
            "change in percent on the same period of the year before, which has no value where there was "
            "nothing then. Units have the threats of all units below them. All tables of the statistics "
            "can be written to a workbook besides."
        )

    def add_parameters(self) -> None:
        add_filter_parameters(self)
        self.addParameter(level_parameter())
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                OUTPUT, tr("Figures"), QgsProcessing.SourceType.TypeVectorPolygon
            )
        )
        self.addParameter(
            QgsProcessingParameterFileDestination(
                TABLES,
                tr("All tables"),
                tr("Excel workbook (*.xlsx)") + ";;" + tr("OpenDocument spreadsheet (*.ods)"),
                optional=True,
                createByDefault=False,
            )
        )
        self.addOutput(QgsProcessingOutputNumber(COUNT, tr("Number of threats")))
        self.addOutput(QgsProcessingOutputString(SENTENCE, tr("Filter in words")))

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from kmzb_qgis_plugin.printing.statistics_tables import Wording, tables
        from kmzb_qgis_plugin.printing.table_export import export_tables

        with filtered_copy(self, parameters, context, feedback) as (copy, threat_filter, sentence):
            found = count(copy, threat_filter, feedback)
            level = LEVELS[self.parameterAsEnum(parameters, LEVEL, context)]
            output = write_layer(self, parameters, context, copy, level, figures(copy, found, level))
            results = {OUTPUT: output, COUNT: found.total.count, SENTENCE: sentence}
            target = self.parameterAsFileOutput(parameters, TABLES, context)
            if target:
                wording = Wording(copy.catalogue, copy.places, interface_language(), tr)
                export_tables(tables(found, wording), Path(target))
                results[TABLES] = target
            return results
