"""The statistics of what a filter keeps as a document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from kmzb_qgis_plugin.domain.period import warsaw_today
from kmzb_qgis_plugin.domain.sentence import describe
from kmzb_qgis_plugin.i18n import interface_language, tr, words_of
from kmzb_qgis_plugin.processing.algorithm import KmzbAlgorithm, data_date
from kmzb_qgis_plugin.processing.filter_parameters import add_filter_parameters, read_filter
from kmzb_qgis_plugin.processing.statistics_parameters import count

LANGUAGE, TITLE, OUTPUT, COUNT = "LANGUAGE", "TITLE", "OUTPUT", "COUNT"
LANGUAGES = ("pl", "en")


class StatisticsReport(KmzbAlgorithm):
    """PDF or HTML, by the file's ending."""

    code = "statisticsreport"

    def title(self) -> str:
        return tr("Statistics Report")

    def help(self) -> str:
        return tr(
            "Writes the statistics of the threats that a filter keeps as PDF or HTML, with charts and "
            "tables, in Polish or English. The file appears once it is whole: a run that is cancelled "
            "leaves what was there before."
        )

    def add_parameters(self) -> None:
        add_filter_parameters(self)
        self.addParameter(
            QgsProcessingParameterEnum(
                LANGUAGE,
                tr("Language"),
                [tr("Polish"), tr("English")],
                defaultValue=0 if interface_language() == "pl" else 1,
            )
        )
        self.addParameter(
            QgsProcessingParameterString(TITLE, tr("Title (empty for the usual one)"), optional=True)
        )
        self.addParameter(
            QgsProcessingParameterFileDestination(
                OUTPUT, tr("Report"), tr("PDF document (*.pdf)") + ";;" + tr("Web page (*.html)")
            )
        )
        self.addOutput(QgsProcessingOutputNumber(COUNT, tr("Number of threats")))

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from kmzb_qgis_plugin.printing.statistics_report import Report, write_report
        from kmzb_qgis_plugin.printing.statistics_tables import Wording, report_title

        lang = LANGUAGES[self.parameterAsEnum(parameters, LANGUAGE, context)]
        words = words_of(lang)
        target = self.parameterAsFileOutput(parameters, OUTPUT, context)
        with self.local_copy(parameters, context) as copy:
            threat_filter = read_filter(self, parameters, context, copy)
            today = warsaw_today()
            sentence = describe(threat_filter, copy.catalogue, today, lang, words, copy.places, copy.places)
            feedback.pushInfo(sentence)
            found = count(copy, threat_filter, feedback)
            report = Report(
                found,
                Wording(copy.catalogue, copy.places, lang, words),
                self.parameterAsString(parameters, TITLE, context).strip() or report_title(words),
                sentence,
                copy.connection.name,
                data_date(copy),
                today,
            )
        write_report(
            report, Path(target), lambda percent: feedback.setProgress(50 + percent / 2), feedback.isCanceled
        )
        return {OUTPUT: target, COUNT: found.total.count}
