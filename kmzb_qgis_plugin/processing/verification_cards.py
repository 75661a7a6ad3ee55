"""Print verification cards."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterString,
)

from kmzb_qgis_plugin.domain.period import warsaw_today
from kmzb_qgis_plugin.i18n import interface_language, tr
from kmzb_qgis_plugin.processing.algorithm import data_date
from kmzb_qgis_plugin.processing.filter_parameters import add_filter_parameters, read_filter, where
from kmzb_qgis_plugin.processing.print_parameters import (
    PrintingAlgorithm,
    add_look,
    add_output,
    look,
    print_jobs,
)

REFERENCES = "REFERENCES"


class VerificationCards(PrintingAlgorithm):
    """A page for each report, for the officer who goes there."""

    code = "verificationcards"

    def title(self) -> str:
        return tr("Print Verification Cards")

    def help(self) -> str:
        return tr(
            "Prints a verification card for each report that waits, the most urgent first: its facts, its "
            "place on two maps, its history, and room for notes and a signature. References that are given "
            "choose the reports instead; otherwise the filter does."
        )

    def add_parameters(self) -> None:
        self.addParameter(
            QgsProcessingParameterString(
                REFERENCES, tr("References, separated by commas (empty for the queue)"), optional=True
            )
        )
        add_look(self)
        add_filter_parameters(self)
        add_output(self)

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from kmzb_qgis_plugin.printing.card import CardOrder
        from kmzb_qgis_plugin.printing.paper_text import moment_text
        from kmzb_qgis_plugin.replica import queries

        lang = interface_language()
        with self.local_copy(parameters, context) as copy:
            text = self.parameterAsString(parameters, REFERENCES, context)
            wanted = [ref.strip() for ref in text.split(",") if ref.strip()]
            if wanted:
                found = {ref: queries.threat_by_ref(copy.reader, ref) for ref in wanted}
                unknown = [ref for ref, threat in found.items() if threat is None]
                if unknown:
                    raise QgsProcessingException(
                        tr("The data have no report with this reference: {}").format(", ".join(unknown))
                    )
                reports = [(threat.fid, ref) for ref, threat in found.items() if threat is not None]
            else:
                condition = where(read_filter(self, parameters, context, copy), copy)
                rows = queries.queue(copy.reader, copy.catalogue, condition)
                reports = [(row.fid, row.ref) for row in rows]
            order = CardOrder(
                replica_path=copy.replica.path,
                catalogue=copy.catalogue,
                places=copy.places,
                today=warsaw_today(),
                lang=lang,
                data_date=moment_text(data_date(copy), lang),
                **look(self, parameters, context),
            )
            return print_jobs(self, order.jobs(reports), copy, parameters, context, feedback)
