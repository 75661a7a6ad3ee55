"""What the printing algorithms share: how pages look, and where they go."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
    QgsProject,
)

from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.processing.algorithm import KmzbAlgorithm, LocalCopy

BOOK, OUTPUT, PAGES = "ONE_BOOK", "OUTPUT", "PAGES"
MARKING, OFFICE, EMBLEM, TEMPLATE, BASE = "MARKING", "OFFICE", "EMBLEM", "TEMPLATE", "BASE_LAYERS"
_PDF: Final = ".pdf"


class PrintingAlgorithm(KmzbAlgorithm):
    """Prints pages."""

    def flags(self) -> QgsProcessingAlgorithm.Flags:
        """Layouts belong to the main thread."""
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading


def add_look(algorithm: KmzbAlgorithm) -> None:
    """Add what stands on every page."""
    algorithm.addParameter(
        QgsProcessingParameterString(MARKING, tr("Marking, for example “for official use”"), optional=True)
    )
    algorithm.addParameter(QgsProcessingParameterString(OFFICE, tr("Name of the office"), optional=True))
    for parameter in (
        QgsProcessingParameterFile(EMBLEM, tr("Coat of arms or logo"), optional=True),
        QgsProcessingParameterFile(
            TEMPLATE, tr("Layout template of one's own"), extension="qpt", optional=True
        ),
        QgsProcessingParameterMultipleLayers(BASE, tr("Layers under the threats"), optional=True),
    ):
        parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        algorithm.addParameter(parameter)


def add_output(algorithm: KmzbAlgorithm) -> None:
    """Add where the pages go, and how many there are."""
    algorithm.addParameter(
        QgsProcessingParameterBoolean(
            BOOK, tr("All pages in one file (otherwise a file each, in the file's folder)"), defaultValue=True
        )
    )
    algorithm.addParameter(
        QgsProcessingParameterFileDestination(OUTPUT, tr("PDF"), tr("PDF documents (*.pdf)"))
    )
    algorithm.addOutput(QgsProcessingOutputNumber(PAGES, tr("Number of pages")))


def look(
    algorithm: KmzbAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> dict[str, Any]:
    """The members of an order that :func:`add_look` asked for.

    Raises:
        QgsProcessingException: a file is not there.
    """
    members: dict[str, Any] = {
        "marking": algorithm.parameterAsString(parameters, MARKING, context).strip(),
        "office": algorithm.parameterAsString(parameters, OFFICE, context).strip(),
        "base": tuple(algorithm.parameterAsLayerList(parameters, BASE, context)),
    }
    for layer in members["base"]:
        if QgsProject.instance().mapLayer(layer.id()) is None:
            # Processing opens files without the colours that stand beside them.
            layer.loadDefaultStyle()
    for name, member in ((EMBLEM, "emblem"), (TEMPLATE, "template")):
        text = algorithm.parameterAsFile(parameters, name, context)
        if text and not Path(text).is_file():
            raise QgsProcessingException(tr("There is no file {}.").format(text))
        if text:
            members[member] = Path(text)
    return members


def print_jobs(
    algorithm: KmzbAlgorithm,
    jobs: list[Any],
    copy: LocalCopy,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> dict[str, Any]:
    """Write all pages; cancelled, nothing that is not whole stays.

    Raises:
        NothingToPrint: there is no page.
        KmzbError: a page cannot be laid out or written.
    """
    from kmzb_qgis_plugin.printing.errors import NothingToPrint
    from kmzb_qgis_plugin.printing.export import Book, Files, Output
    from kmzb_qgis_plugin.printing.jobs import cancelled_text, write_all

    if not jobs:
        raise NothingToPrint("the parameters choose nothing")
    path = Path(algorithm.parameterAsFileOutput(parameters, OUTPUT, context))
    one = algorithm.parameterAsBoolean(parameters, BOOK, context)
    book: Output = Book(path) if one else Files(path.parent, _PDF)

    def tell(number: int, title: str) -> None:
        feedback.setProgress(100 * number / len(jobs))
        feedback.pushInfo(title)

    with book:
        skipped = write_all(jobs, copy.reader, book, tell, feedback.isCanceled)
        for error in skipped:
            feedback.reportError(error.user_message(tr))
        if feedback.isCanceled():
            feedback.pushInfo(cancelled_text(len(book.written)))
            return {}
        files = book.finish()
    feedback.setProgress(100)
    return {OUTPUT: str(path if one else path.parent) if files else None, PAGES: len(jobs) - len(skipped)}
