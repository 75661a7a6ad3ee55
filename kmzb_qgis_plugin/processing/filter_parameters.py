"""The parameters that say which threats an algorithm looks at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterEnum,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QDateTime

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain import filter_sql, named_filters
from kmzb_qgis_plugin.domain.period import KINDS, Period, now_text, warsaw_today
from kmzb_qgis_plugin.domain.sentence import describe
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.i18n import interface_language, tr
from kmzb_qgis_plugin.layers.layer_tree import SOURCES
from kmzb_qgis_plugin.processing.algorithm import KmzbAlgorithm, LocalCopy, with_help
from kmzb_qgis_plugin.settings import Connection

FILTER, SOURCE, PERIOD = "FILTER", "SOURCES", "PERIOD"
FIRST, LAST, AREAS, UNITS = "FIRST", "LAST", "AREAS", "UNITS"
_PRESETS: Final = tuple(kind for kind in KINDS if kind != "range")


def add_filter_parameters(algorithm: KmzbAlgorithm) -> None:
    """Add them to an algorithm. Without any of them, all threats are looked at."""
    chosen = QgsProcessingParameterString(FILTER, tr("Filter (empty for all threats)"), optional=True)
    chosen.setHelp(tr("The name of a saved filter, or a filter as JSON"))
    chosen.setMetadata({"widget_wrapper": "kmzb_qgis_plugin.processing.filter_widget.FilterWidget"})
    for parameter in (
        chosen,
        QgsProcessingParameterEnum(
            SOURCE,
            tr("Sources (none for those of the filter)"),
            [tr("Citizens' reports"), tr("Community signals"), tr("Police records")],
            allowMultiple=True,
            optional=True,
        ),
        QgsProcessingParameterEnum(
            PERIOD, tr("Period (none for that of the filter)"), list(_preset_names()), optional=True
        ),
        day_parameter(FIRST, tr("First day (instead of the period)")),
        day_parameter(LAST, tr("Last day (instead of the period)")),
        with_help(
            QgsProcessingParameterString(AREAS, tr("Codes of areas (TERYT)"), optional=True),
            tr("Separated by commas"),
        ),
        with_help(
            QgsProcessingParameterString(UNITS, tr("Codes of police units"), optional=True),
            tr("Separated by commas"),
        ),
    ):
        algorithm.addParameter(parameter)


def read_filter(
    algorithm: KmzbAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, copy: LocalCopy
) -> ThreatFilter:
    """The filter that the parameters describe: the saved one, narrowed by what else is given.

    Raises:
        QgsProcessingException: a parameter names something that is not there.
    """
    found = named_filter(algorithm.parameterAsString(parameters, FILTER, context).strip(), copy.connection)
    if parameters.get(SOURCE) not in (None, "", []):
        chosen = algorithm.parameterAsEnums(parameters, SOURCE, context)
        found = found.replace(sources=frozenset(SOURCES[index] for index in chosen))
    if parameters.get(PERIOD) not in (None, ""):
        kind = _PRESETS[algorithm.parameterAsEnum(parameters, PERIOD, context)]
        found = found.replace(period=Period(kind))
    first, last = (read_day(algorithm, parameters, name, context) for name in (FIRST, LAST))
    if first is not None or last is not None:
        if first is not None and last is not None and first > last:
            raise QgsProcessingException(
                tr("The first day, {}, lies after the last one, {}.").format(first, last)
            )
        found = found.replace(period=Period("range", first, last))
    for name, member in ((AREAS, "areas"), (UNITS, "units")):
        codes = _codes(algorithm.parameterAsString(parameters, name, context))
        unknown = sorted(codes - copy.places.keys())
        if unknown:
            raise QgsProcessingException(
                tr("The data have no area or unit with this code: {}").format(", ".join(unknown))
            )
        if codes:
            found = found.replace(**{member: codes})
    return found


@contextmanager
def filtered_copy(
    algorithm: KmzbAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> Iterator[tuple[LocalCopy, ThreatFilter, str]]:
    """The local copy, the filter on it, and the filter in words, which the log tells."""
    with algorithm.local_copy(parameters, context) as copy:
        threat_filter = read_filter(algorithm, parameters, context, copy)
        sentence = filter_sentence(threat_filter, copy)
        feedback.pushInfo(sentence)
        yield copy, threat_filter, sentence


def filter_sentence(threat_filter: ThreatFilter, copy: LocalCopy) -> str:
    """The filter in words."""
    return describe(
        threat_filter, copy.catalogue, warsaw_today(), interface_language(), tr, copy.places, copy.places
    )


def where(threat_filter: ThreatFilter, copy: LocalCopy) -> str:
    """The filter as a condition of SQL, with the present day and instant."""
    return filter_sql.where(threat_filter, warsaw_today(), now_text(), copy.catalogue)


def named_filter(text: str, connection: Connection) -> ThreatFilter:
    """What the value of :data:`FILTER` stands for.

    Raises:
        QgsProcessingException: no filter of this name is saved, or the text is not one.
        NotNamedFilters: those that were saved cannot be read.
    """
    if not text:
        return ThreatFilter()
    if text.startswith("{"):
        try:
            return ThreatFilter.from_json(text)
        except ValueError as error:
            raise QgsProcessingException(tr("This is not a filter: {}").format(error)) from error
    known = saved_filters(connection)
    if text not in known:
        raise QgsProcessingException(
            tr("“{}” has no saved filter “{}”. It has: {}").format(
                connection.name, text, ", ".join(known) or tr("none")
            )
        )
    return known[text]


def saved_filters(connection: Connection) -> dict[str, ThreatFilter]:
    """The filters saved in the panel, by name.

    Raises:
        NotNamedFilters: they cannot be read.
    """
    stored = settings.named_filters_json(connection.id)
    return named_filters.read(stored) if stored else {}


def day_parameter(name: str, description: str) -> QgsProcessingParameterDateTime:
    """Ask for a day."""
    return QgsProcessingParameterDateTime(
        name, description, QgsProcessingParameterDateTime.Type.Date, optional=True
    )


def read_day(
    algorithm: KmzbAlgorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext
) -> date | None:
    """A day; text of a command line is ``2026-11-30``."""
    if parameters.get(name) in (None, ""):
        return None
    moment: QDateTime = algorithm.parameterAsDateTime(parameters, name, context)
    if not moment.isValid():
        raise QgsProcessingException(
            tr("This is not a day, which is written like 2026-11-30: {}").format(parameters[name])
        )
    return date(moment.date().year(), moment.date().month(), moment.date().day())


def _codes(text: str) -> frozenset[str]:
    return frozenset(code.strip() for code in text.split(",") if code.strip())


def _preset_names() -> tuple[str, ...]:
    names = {
        "all": tr("Any date"),
        "today": tr("Today"),
        "last_7": tr("Last 7 days"),
        "last_30": tr("Last 30 days"),
        "last_90": tr("Last 90 days"),
        "this_month": tr("This month"),
        "last_month": tr("Last month"),
        "this_quarter": tr("This quarter"),
        "this_year": tr("This year"),
    }
    return tuple(names[kind] for kind in _PRESETS)
