"""A period compared with an earlier one, place by place, as a layer that says what is more than chance."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsWkbTypes,
)

from kmzb_qgis_plugin.domain.period import Period
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.i18n import number_text, tr
from kmzb_qgis_plugin.layers.choropleth import LEVELS
from kmzb_qgis_plugin.layers.comparison import SIGNIFICANT, dress
from kmzb_qgis_plugin.processing.algorithm import KmzbAlgorithm, LocalCopy, with_help
from kmzb_qgis_plugin.processing.cell_parameters import lay_grid, size_parameter
from kmzb_qgis_plugin.processing.compared_periods import (
    Periods,
    add_period_parameters,
    days_text,
    read_periods,
    refuse_empty,
    refuse_unequal,
    tell_caveats,
)
from kmzb_qgis_plugin.processing.dressing import dress_later, style_parameter, write_style
from kmzb_qgis_plugin.processing.filter_parameters import add_filter_parameters, filtered_copy
from kmzb_qgis_plugin.processing.sinks import write_rows

if TYPE_CHECKING:
    from kmzb_qgis_plugin.processing.compared_places import Places

PLACES, QUESTION, SPOTS = "PLACES", "QUESTION", "SPOTS"
OUTPUT, BEFORE, AFTER, RISES, FALLS = "OUTPUT", "BEFORE", "AFTER", "RISES", "FALLS"
ANSWER, SENTENCE = "ANSWER", "SENTENCE"
_SQUARES, _HEXAGONS = range(2)
_THAN_THE_WHOLE: Final = 1
_LEAST_P: Final = 0.001
"""That a sentence tells."""
_THREATS_IN_A_CELL: Final = 20
"""On average, where no width is given; of fewer, even twice as many are hardly ever more than chance."""
_CELLS: Final = 30
"""At least, where no width is given: fewer do not follow the shape of the area."""


class ComparePeriods(KmzbAlgorithm):
    """The conditional test of two rates in cells, areas or units."""

    code = "comparison"

    def title(self) -> str:
        return tr("Compare Two Periods")

    def help(self) -> str:
        return tr(
            "Says where things got worse or better since an earlier period, and where the difference is more "
            "than chance. The threats that a filter keeps are counted by place in the filter's period and in "
            "the earlier one, and each place is tested: of its threats of both periods, do more or fewer lie "
            "in the later one than its length says, or than the threats of all places together say (exact "
            "binomial test)? As many places are tested at once, the false discovery rate (Benjamini and "
            "Hochberg) is held: of the rises and falls called significant no more than 5 % are expected to "
            "be so by chance. Percent has no value where there was nothing before. Threats are taken to be "
            "independent: many reports of one thing look like a rise, unless each spot is counted once. That "
            "more is reported need not mean that more happens."
        )

    def add_parameters(self) -> None:
        add_filter_parameters(self)
        add_period_parameters(self)
        kinds = [tr("Squares"), tr("Hexagons"), tr("Voivodeships"), tr("Counties"), tr("Communes")]
        self.addParameter(
            QgsProcessingParameterEnum(PLACES, tr("Places"), [*kinds, tr("Police units")], defaultValue=0)
        )
        self.addParameter(size_parameter(tr("Empty: such that a cell has twenty threats on average")))
        self.addParameter(
            QgsProcessingParameterEnum(
                QUESTION,
                tr("Question"),
                [tr("Did a place change at all?"), tr("Did it change otherwise than the whole?")],
                defaultValue=0,
            )
        )
        self.addParameter(
            with_help(
                QgsProcessingParameterBoolean(SPOTS, tr("Count each spot once"), defaultValue=False),
                tr("However many threats a period has there (to a metre)"),
            )
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                OUTPUT, tr("Comparison"), QgsProcessing.SourceType.TypeVectorPolygon
            )
        )
        self.addParameter(style_parameter())
        self.addOutput(QgsProcessingOutputNumber(BEFORE, tr("Threats in the earlier period")))
        self.addOutput(QgsProcessingOutputNumber(AFTER, tr("Threats in the later period")))
        self.addOutput(QgsProcessingOutputNumber(RISES, tr("Places with a significant rise (95 %)")))
        self.addOutput(QgsProcessingOutputNumber(FALLS, tr("Places with a significant fall (95 %)")))
        self.addOutput(QgsProcessingOutputString(ANSWER, tr("Result in words")))
        self.addOutput(QgsProcessingOutputString(SENTENCE, tr("Filter in words")))

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from kmzb_qgis_plugin.analysis.comparison import compare
        from kmzb_qgis_plugin.processing.compared_places import tell_one_place, tell_repeated
        from kmzb_qgis_plugin.processing.threat_points import part_of

        with filtered_copy(self, parameters, context, feedback) as (copy, threat_filter, sentence):
            periods = read_periods(self, parameters, context, threat_filter)
            feedback.pushInfo(tr("Compared with: {}").format(days_text(periods.earlier)))
            places = self._places(parameters, context, feedback, copy, threat_filter, periods)
        refuse_empty(periods, *places.totals)
        whole = self.parameterAsEnum(parameters, QUESTION, context) == _THAN_THE_WHOLE
        spots = self.parameterAsBool(parameters, SPOTS, context)
        found = compare(places.before, places.after, places.totals if whole else periods.lengths)
        tell_one_place(places, found, feedback)
        tell_repeated(places, found, feedback)
        part_of(feedback, 60, 65)(1)
        # This takes a second or two and is not stopped halfway.
        output = write_rows(
            self,
            parameters,
            context,
            OUTPUT,
            places.columns,
            QgsWkbTypes.Type.MultiPolygon if places.names else QgsWkbTypes.Type.Polygon,
            places.rows(found),
            lambda written: feedback.setProgress(65 + 35 * written / len(found.p)),
        )
        rises, falls = (int((found.classes == number).sum()) for number in (SIGNIFICANT, -SIGNIFICANT))
        answer = f"{_totals(periods, places.totals, spots=spots)} {_answer(rises, falls, whole=whole)}"
        if not rises and not falls:
            answer += " " + tr("Larger places, or longer periods, show smaller differences.")
        feedback.pushInfo(answer)
        look = partial(dress, whole=whole, spots=spots)
        name = tr("{} compared with {}").format(days_text(periods.later), days_text(periods.earlier))
        dress_later(context, output, name, look, f"{answer}\n{sentence}")
        return {
            OUTPUT: output,
            BEFORE: places.totals[0],
            AFTER: places.totals[1],
            RISES: rises,
            FALLS: falls,
            ANSWER: answer,
            SENTENCE: sentence,
            **write_style(self, parameters, context, output, look),
        }

    def _places(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        copy: LocalCopy,
        threat_filter: ThreatFilter,
        periods: Periods,
    ) -> Places:
        """The places that are wanted, with their threats; what makes them hard to compare is told.

        Raises:
            QgsProcessingException: a period is empty, or the places do not suit.
        """
        import numpy as np

        from kmzb_qgis_plugin.analysis.grid import HEXAGON, SQUARE
        from kmzb_qgis_plugin.processing.compared_places import in_areas, in_cells, one_at_each_spot
        from kmzb_qgis_plugin.processing.threat_points import part_of, studied_area, threat_points
        from kmzb_qgis_plugin.replica.columns import FIRST_DAY

        until = threat_filter.replace(period=Period("range", None, periods.later[1]))
        threats = threat_points(copy, until)
        days = threats.days(threat_filter.date_field)
        earlier, later = (
            (days >= (first - FIRST_DAY).days) & (days <= (last - FIRST_DAY).days)
            for first, last in (periods.earlier, periods.later)
        )
        numbers = int(np.count_nonzero(earlier)), int(np.count_nonzero(later))
        refuse_empty(periods, *numbers)
        oldest = FIRST_DAY + timedelta(days=int(days.min()))
        tell_caveats(periods, threat_filter, oldest, copy, feedback)
        spots = [one_at_each_spot(threats.metres, rows) for rows in (earlier, later)]
        repeated = 1 - np.count_nonzero(spots) / sum(numbers)
        if self.parameterAsBool(parameters, SPOTS, context):
            refuse_unequal(periods)
            earlier, later = spots
            repeated = 0
        part_of(feedback, 0, 5)(1)
        ground = studied_area(copy, threat_filter)
        kind = self.parameterAsEnum(parameters, PLACES, context)
        if kind > _HEXAGONS:
            found = in_areas(copy, LEVELS[kind - 2], ground, threats, earlier, later, feedback)
        else:
            shape = HEXAGON if kind == _HEXAGONS else SQUARE
            wanted = max(np.count_nonzero((earlier, later)) / _THREATS_IN_A_CELL, _CELLS)
            grid = lay_grid(self, parameters, context, feedback, ground, shape, wanted, 1)
            found = in_cells(grid, threats.metres, earlier, later, feedback)
        return replace(found, repeated=repeated)


def _totals(periods: Periods, totals: tuple[int, int], *, spots: bool) -> str:
    """The numbers of both periods, and whether they differ by more than chance, in a sentence."""
    import numpy as np

    from kmzb_qgis_plugin.analysis.comparison import compare

    before, after = totals
    found = compare(np.array([before]), np.array([after]), periods.lengths)
    expected, p = float(found.expected[0]), float(found.p[0])
    percent = 100 * (after - expected) / expected
    sign = "+" if percent > 0 else "−" if percent < 0 else "±"
    change = tr("{} %") if len(set(periods.lengths)) == 1 else tr("{} % by day")
    chance = f"p < {number_text(_LEAST_P)}" if p < _LEAST_P else f"p = {number_text(p, 3)}"
    told = tr("Threats in {}: {}, in {}: {} ({}, {}).")
    if spots:
        told = tr("Spots with threats in {}: {}, in {}: {} ({}, {}).")
    return told.format(
        days_text(periods.earlier),
        number_text(before),
        days_text(periods.later),
        number_text(after),
        change.format(sign + number_text(abs(percent), 1)),
        chance,
    )


def _answer(rises: int, falls: int, *, whole: bool) -> str:
    """Where there is more than chance, in a sentence."""
    if not rises and not falls:
        if whole:
            return tr("No place changed otherwise than the whole by more than chance explains (95 %).")
        return tr("No place changed by more than chance explains (95 %).")
    if whole:
        return tr("Significant (95 %): {}, {}.").format(
            tr("%n place(s) with more than the whole's change gives", None, rises),
            tr("%n with fewer", None, falls),
        )
    return tr("Significant (95 %): {}, {}.").format(
        tr("%n place(s) with a rise", None, rises), tr("%n place(s) with a fall", None, falls)
    )
