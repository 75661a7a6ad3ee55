"""Near repeats of threats: a table by distance and days, a page, and a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QVariant

from kmzb_qgis_plugin.i18n import interface_language, number_text, tr
from kmzb_qgis_plugin.layers.analysis_tables import describe_pairs
from kmzb_qgis_plugin.processing.algorithm import KmzbAlgorithm, data_date
from kmzb_qgis_plugin.processing.dressing import dress_later
from kmzb_qgis_plugin.processing.filter_parameters import add_filter_parameters, filtered_copy
from kmzb_qgis_plugin.processing.sinks import Row, write_rows

if TYPE_CHECKING:
    from kmzb_qgis_plugin.analysis.near_repeat import NearRepeat

BAND_METRES, BANDS, BAND_DAYS, DAY_BANDS = "BAND_METRES", "BANDS", "BAND_DAYS", "DAY_BANDS"
PERMUTATIONS, SEED = "PERMUTATIONS", "SEED"
OUTPUT, PAGE, COUNT, ANSWER, SENTENCE = "OUTPUT", "PAGE", "COUNT", "ANSWER", "SENTENCE"
FEWEST_THREATS: Final = 30
MOST_PAIRS: Final = 10_000_000


class NearRepeats(KmzbAlgorithm):
    """The test of Knox."""

    code = "nearrepeat"

    def title(self) -> str:
        return tr("Near Repeats")

    def help(self) -> str:
        return tr(
            "Says whether a threat makes another one nearby and soon more likely, how near and how soon: "
            "where patrols should look after a report. Pairs of the threats that a filter keeps are counted "
            "by the distance (in metres of PL-1992) and the days between them, pairs at one place apart "
            "(test of Knox). They are held against random orders of the days, so that places where there is "
            "always much do not count as repeats. With the same seed the result is the same. Choose one "
            "category: near repeats of different things mean little."
        )

    def add_parameters(self) -> None:
        add_filter_parameters(self)
        for name, description, default, least, most in (
            (BAND_METRES, tr("Step of distance in metres"), 100, 10, 5_000),
            (BANDS, tr("Number of distances"), 4, 1, 20),
            (BAND_DAYS, tr("Step of time in days"), 7, 1, 366),
            (DAY_BANDS, tr("Number of times"), 4, 1, 52),
            (PERMUTATIONS, tr("Random orders of the days"), 999, 199, 9_999),
            (SEED, tr("Seed of the random orders"), 1, 0, 2**31 - 1),
        ):
            parameter = QgsProcessingParameterNumber(
                name, description, defaultValue=default, minValue=least, maxValue=most
            )
            if name in (PERMUTATIONS, SEED):
                self.add_advanced(parameter)
            else:
                self.addParameter(parameter)
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                OUTPUT, tr("Pairs by distance and days"), QgsProcessing.SourceType.TypeVector
            )
        )
        self.addParameter(
            QgsProcessingParameterFileDestination(
                PAGE, tr("Near repeats as a page"), tr("Web page (*.html)"), optional=True
            )
        )
        self.addOutput(QgsProcessingOutputNumber(COUNT, tr("Number of threats")))
        self.addOutput(QgsProcessingOutputString(ANSWER, tr("Result in words")))
        self.addOutput(QgsProcessingOutputString(SENTENCE, tr("Filter in words")))

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from kmzb_qgis_plugin.analysis.near_repeat import TooManyPairs, find_near_repeat
        from kmzb_qgis_plugin.printing.near_repeat_page import NearRepeatPage
        from kmzb_qgis_plugin.processing.threat_points import part_of, threat_points

        metres, bands, days, day_bands, permutations, seed = (
            self.parameterAsInt(parameters, name, context)
            for name in (BAND_METRES, BANDS, BAND_DAYS, DAY_BANDS, PERMUTATIONS, SEED)
        )
        with filtered_copy(self, parameters, context, feedback) as (copy, threat_filter, sentence):
            threats = threat_points(copy, threat_filter)
            source, data_instant = copy.connection.name, data_date(copy)
        when = threats.days(threat_filter.date_field)
        if len(threats) < FEWEST_THREATS:
            raise QgsProcessingException(
                tr("%n threat(s) found.", None, len(threats))
                + " "
                + tr("A test of near repeats needs {} or more: widen the filter.").format(FEWEST_THREATS)
            )
        if when.min() == when.max():
            raise QgsProcessingException(
                tr("All threats are of one day, so nothing can follow. Choose a longer period.")
            )
        try:
            found = find_near_repeat(
                threats.metres,
                when,
                [metres * (number + 1) for number in range(bands)],
                [days * (number + 1) for number in range(day_bands)],
                permutations,
                seed,
                MOST_PAIRS,
                part_of(feedback, 5, 98),
            )
        except TooManyPairs as error:
            raise QgsProcessingException(
                tr(
                    "{} pairs of threats are no more than {} m apart, and {} are the most that can be "
                    "tested. Choose smaller distances, or a filter that keeps less."
                ).format(*map(number_text, (error.number, metres * bands, MOST_PAIRS)))
            ) from error
        page = NearRepeatPage(
            found,
            len(threats),
            permutations,
            seed,
            sentence,
            source,
            data_instant,
            interface_language(),
            tr,
        )
        feedback.pushInfo(page.answer())
        results: dict[str, Any] = {
            OUTPUT: write_rows(
                self, parameters, context, OUTPUT, _COLUMNS, QgsWkbTypes.Type.NoGeometry, _rows(found)
            ),
            COUNT: len(threats),
            ANSWER: page.answer(),
            SENTENCE: sentence,
        }
        dress_later(context, results[OUTPUT], tr("Pairs by distance and days"), describe_pairs)
        target = self.parameterAsFileOutput(parameters, PAGE, context)
        if target:
            page.write(Path(target))
            results[PAGE] = target
        return results


_COLUMNS: Final = (
    ("metres_from", QVariant.Double),
    ("metres_to", QVariant.Double),
    ("days_from", QVariant.Int),
    ("days_to", QVariant.Int),
    ("observed", QVariant.LongLong),
    ("expected", QVariant.Double),
    ("ratio", QVariant.Double),
    ("p", QVariant.Double),
    ("p_fdr", QVariant.Double),
)


def _rows(found: NearRepeat) -> Iterator[Row]:
    """One for each distance and number of days."""
    metres, days = [0.0, *found.metres.tolist()], [-1, *found.days.tolist()]
    for row in range(len(metres) - 1):
        for column in range(len(days) - 1):
            at = (row, column)
            yield (
                None,
                [
                    metres[row],
                    metres[row + 1],
                    days[column] + 1,
                    days[column + 1],
                    int(found.observed[at]),
                    float(found.expected[at]),
                    float(found.ratio[at]) if found.expected[at] else None,
                    float(found.p[at]),
                    float(found.adjusted[at]),
                ],
            )
