"""The two periods of a comparison: how they are asked for, and what makes them hard to compare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterEnum,
)

from kmzb_qgis_plugin.domain.period import (
    as_long_before,
    number_of_days,
    parse_instant,
    warsaw,
    warsaw_today,
)
from kmzb_qgis_plugin.domain.sentence import date_text
from kmzb_qgis_plugin.domain.statistics import year_before
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.i18n import interface_language, tr
from kmzb_qgis_plugin.processing.algorithm import KmzbAlgorithm, LocalCopy, data_date, with_help
from kmzb_qgis_plugin.processing.filter_parameters import day_parameter, read_day

EARLIER, EARLIER_FIRST, EARLIER_LAST = "EARLIER", "EARLIER_FIRST", "EARLIER_LAST"
_YEAR_BEFORE: Final = 1
_AS_LONG: Final = 1.05
"""Years, quarters and months of 30 and 31 days are as long as each other."""
Days = tuple[date, date]
"""The first and the last day, both included."""


@dataclass(frozen=True)
class Periods:
    """What is compared.

    Attributes:
        earlier, later: the periods; they do not overlap.
        lengths: how many days each has of the weekdays that the filter keeps.
    """

    earlier: Days
    later: Days
    lengths: tuple[int, int]


def add_period_parameters(algorithm: KmzbAlgorithm) -> None:
    """Ask for the earlier period; the later one is that of the filter."""
    algorithm.addParameter(
        QgsProcessingParameterEnum(
            EARLIER,
            tr("Compare the period with"),
            [tr("As many days directly before it"), tr("The same days a year before")],
            defaultValue=0,
        )
    )
    for name, description in (
        (EARLIER_FIRST, tr("Earlier period from")),
        (EARLIER_LAST, tr("Earlier period to")),
    ):
        algorithm.addParameter(
            with_help(
                day_parameter(name, description), tr("Both days take the place of what is chosen above")
            )
        )


def read_periods(
    algorithm: KmzbAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    threat_filter: ThreatFilter,
) -> Periods:
    """The two periods.

    Raises:
        QgsProcessingException: one of them has no beginning or no end, or they are in the wrong order.
    """
    first, last = threat_filter.period.resolve(warsaw_today())
    if first is None or last is None:
        raise QgsProcessingException(
            tr(
                "A comparison needs a period with a first and a last day, and the filter has none. Choose a "
                "period, or a first and a last day."
            )
        )
    later = first, last
    earlier = _earlier(algorithm, parameters, context, later)
    if earlier[1] >= later[0]:
        raise QgsProcessingException(
            tr("The earlier period ({}) has to end before the later one ({}) begins.").format(
                days_text(earlier), days_text(later)
            )
        )
    # Weekdays are those of the day it occurred; of others a report may have come on any day.
    weekdays = threat_filter.weekdays if threat_filter.date_field == "occurred" else None
    return Periods(earlier, later, (number_of_days(*earlier, weekdays), number_of_days(*later, weekdays)))


def _earlier(
    algorithm: KmzbAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, later: Days
) -> Days:
    first, last = (read_day(algorithm, parameters, name, context) for name in (EARLIER_FIRST, EARLIER_LAST))
    if first is not None and last is not None:
        if first > last:
            raise QgsProcessingException(
                tr("The first day, {}, lies after the last one, {}.").format(first, last)
            )
        return first, last
    if first is not None or last is not None:
        raise QgsProcessingException(
            tr("The earlier period needs both its first and its last day, or neither of them.")
        )
    try:
        if algorithm.parameterAsEnum(parameters, EARLIER, context) == _YEAR_BEFORE:
            return year_before(*later)
        return as_long_before(*later)
    except (OverflowError, ValueError) as error:  # the calendar begins in the year 1
        raise QgsProcessingException(
            tr("There is no such period before {}: choose a later one.").format(days_text(later))
        ) from error


def refuse_empty(periods: Periods, before: int, after: int) -> None:
    """Stop where a period has nothing to compare.

    Raises:
        QgsProcessingException: so it is.
    """
    for number, told, days in (
        (after, tr("No threat of the filter lies in the later period ({})."), periods.later),
        (before, tr("No threat of the filter lies in the earlier period ({})."), periods.earlier),
    ):
        if not number:
            raise QgsProcessingException(
                told.format(days_text(days))
                + " "
                + tr("Choose another period, or a filter that keeps more threats.")
            )


def refuse_unequal(periods: Periods) -> None:
    """Stop where spots cannot be counted: in a longer period more threats lie at one that has some.

    Raises:
        QgsProcessingException: so it is.
    """
    shorter, longer = sorted(periods.lengths)
    if longer > _AS_LONG * shorter:
        raise QgsProcessingException(
            tr(
                "Spots can be counted in periods of the same length, and these have {} and {} days: the "
                "longer a period is, the more threats share a spot. Choose other days, or count threats."
            ).format(*periods.lengths)
        )


def tell_caveats(
    periods: Periods,
    threat_filter: ThreatFilter,
    oldest: date,
    copy: LocalCopy,
    feedback: QgsProcessingFeedback,
) -> None:
    """Say what else than what happened makes the periods differ.

    Args:
        periods: that are compared.
        threat_filter: what is looked at.
        oldest: day of the first threat that it keeps at any time.
        copy: the data.
        feedback: hears of it.
    """
    if oldest > periods.earlier[0]:
        feedback.pushWarning(
            tr(
                "The earlier period begins on {}, and the oldest threat of this filter is of {}. If there "
                "are no data before, what looks like a rise is none: choose periods that have data "
                "throughout."
            ).format(_day_text(periods.earlier[0]), _day_text(oldest))
        )
    newest = warsaw(parse_instant(data_date(copy))).date()
    if newest <= periods.later[1]:
        feedback.pushWarning(
            tr(
                "The later period ends on {}, and the data are of {}: what came afterwards is missing in "
                "them, so the later period looks smaller than it is."
            ).format(_day_text(periods.later[1]), _day_text(newest))
        )
    if periods.lengths[0] != periods.lengths[1]:
        feedback.pushInfo(
            tr("The periods have {} and {} days, so numbers are compared by day.").format(*periods.lengths)
        )
    codes = {status.code for status in copy.catalogue.statuses}
    by_status = threat_filter.statuses is not None and not threat_filter.statuses >= codes
    if by_status or threat_filter.overdue or threat_filter.mine is not None:
        feedback.pushWarning(
            tr(
                "The filter goes by status or deadline, and fresh reports are often not decided yet: the "
                "periods differ for that reason too. With “confirmed” the later one looks smaller than it "
                "will be. Take all statuses to be sure."
            )
        )


def days_text(days: Days) -> str:
    """A period, as the window's language writes it."""
    return " – ".join(map(_day_text, days))


def _day_text(day: date) -> str:
    return date_text(day, interface_language())
