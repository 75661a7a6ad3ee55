"""Where a new station or post would serve the threats best."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsWkbTypes,
)

from kmzb_qgis_plugin.i18n import number_text, tr
from kmzb_qgis_plugin.layers.analysis_tables import describe_criteria
from kmzb_qgis_plugin.layers.sites import dress_lines, dress_sites
from kmzb_qgis_plugin.processing.algorithm import KmzbAlgorithm, LocalCopy, with_help
from kmzb_qgis_plugin.processing.dressing import dress_later
from kmzb_qgis_plugin.processing.filter_parameters import add_filter_parameters, filtered_copy
from kmzb_qgis_plugin.processing.sinks import write_rows

if TYPE_CHECKING:
    from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
    from kmzb_qgis_plugin.processing.siting_inputs import Sites
    from kmzb_qgis_plugin.processing.siting_result import Sited

AIM, NUMBER, RADIUS, ROADS = "AIM", "NUMBER", "RADIUS", "ROADS"
CANDIDATES, APART, POINTS, NAME_FIELD = "CANDIDATES", "APART", "POINTS", "NAME_FIELD"
KEEP_UNITS, KINDS, WEIGHTS = "KEEP_UNITS", "KINDS", "WEIGHTS"
SITES, LINES, TABLE = "SITES", "LINES", "TABLE"
COUNT, ANSWER, GAP, SENTENCE = "COUNT", "ANSWER", "GAP", "SENTENCE"
MOST_DEMAND: Final = 10_000
MOST_SITES: Final = 20
FEWEST_THREATS: Final = 10
_AREAS, _GRID, _LAYER = range(3)
_DISTANCE, _COVERING = range(2)


class Siting(KmzbAlgorithm):
    """The p-median and the maximal covering problem."""

    code = "siting"

    def title(self) -> str:
        return tr("Siting of Stations and Posts")

    def help(self) -> str:
        return tr(
            "Says where new police stations or posts would serve the threats that a filter keeps best, "
            "beside the units that there are, by criteria that can be shown: the mean distance (p-median) or "
            "the share of threats within a radius (maximal covering). Candidates are communes, a grid, or "
            "the points of a layer, such as buildings that are free. The result ranks the sites by what each "
            "brings, gives distances before and after, and says how much better any other choice could be at "
            "most. Distances are straight lines (in metres of PL-1992) times a factor for roads; they know "
            "nothing of rivers, traffic, or the number of officers. It is one criterion of a decision."
        )

    def add_parameters(self) -> None:
        add_filter_parameters(self)
        number = QgsProcessingParameterNumber
        real = number.Type.Double
        for parameter in (
            QgsProcessingParameterEnum(
                AIM,
                tr("Aim"),
                [
                    tr("Shortest mean distance"),
                    tr("Most threats within the radius"),
                ],
                defaultValue=_DISTANCE,
            ),
            number(NUMBER, tr("Number of new sites"), defaultValue=1, minValue=1, maxValue=MOST_SITES),
            number(RADIUS, tr("Radius in kilometres"), real, defaultValue=10, minValue=0.1, maxValue=500),
            with_help(
                number(ROADS, tr("Factor for roads"), real, defaultValue=1.3, minValue=1, maxValue=3),
                tr("How many times as long as the straight line a way is"),
            ),
            QgsProcessingParameterEnum(
                CANDIDATES,
                tr("Candidates"),
                [tr("Communes (the smallest areas of the data)"), tr("A grid"), tr("Points of a layer")],
                defaultValue=_AREAS,
            ),
            with_help(
                number(APART, tr("Spacing of the grid (m)"), optional=True, minValue=100, maxValue=100_000),
                tr("Empty: such that there are about 1,000 points"),
            ),
            QgsProcessingParameterFeatureSource(
                POINTS,
                tr("Layer of candidates"),
                [QgsProcessing.SourceType.TypeVectorPoint],
                optional=True,
            ),
            QgsProcessingParameterField(
                NAME_FIELD, tr("Field with the candidates' names"), None, POINTS, optional=True
            ),
            QgsProcessingParameterBoolean(
                KEEP_UNITS, tr("Seats of police units serve threats already"), defaultValue=True
            ),
            with_help(
                QgsProcessingParameterString(KINDS, tr("Kinds of these units"), optional=True),
                tr("Separated by commas, empty for all"),
            ),
            with_help(
                QgsProcessingParameterString(WEIGHTS, tr("Weights of categories"), optional=True),
                tr("Such as speeding=2, vandalism=0.5; 1 for all others"),
            ),
            QgsProcessingParameterFeatureSink(SITES, tr("Sites"), QgsProcessing.SourceType.TypeVectorPoint),
            QgsProcessingParameterFeatureSink(
                LINES, tr("Threats and their site"), QgsProcessing.SourceType.TypeVectorLine, optional=True
            ),
            QgsProcessingParameterFeatureSink(
                TABLE, tr("Criteria before and after"), QgsProcessing.SourceType.TypeVector, optional=True
            ),
        ):
            if parameter.name() in (ROADS, WEIGHTS):
                self.add_advanced(parameter)
            else:
                self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputNumber(COUNT, tr("Number of threats")))
        self.addOutput(QgsProcessingOutputNumber(GAP, tr("How much better another choice could be (%)")))
        self.addOutput(QgsProcessingOutputString(ANSWER, tr("Result in words")))
        self.addOutput(QgsProcessingOutputString(SENTENCE, tr("Filter in words")))

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from kmzb_qgis_plugin.processing import siting_result as result

        with filtered_copy(self, parameters, context, feedback) as (copy, threat_filter, sentence):
            threats, sited = self._choose(parameters, context, feedback, copy, threat_filter)
        words = result.answer(sited)
        feedback.pushInfo(words)
        radius = number_text(sited.radius)
        results: dict[str, Any] = {COUNT: threats, GAP: sited.gap, ANSWER: words, SENTENCE: sentence}
        kinds = QgsWkbTypes.Type
        for name, title, columns, kind, rows, dress, told in (
            (
                SITES,
                tr("Sites"),
                result.SITE_COLUMNS,
                kinds.Point,
                result.site_rows(sited),
                dress_sites,
                f"{words}\n{sentence}",
            ),
            (
                LINES,
                tr("Threats and their site"),
                result.LINE_COLUMNS,
                kinds.LineString,
                result.line_rows(sited),
                partial(dress_lines, radius=radius),
                "",
            ),
            (
                TABLE,
                tr("Criteria before and after"),
                result.TABLE_COLUMNS,
                kinds.NoGeometry,
                result.table_rows(sited),
                describe_criteria,
                "",
            ),
        ):
            if parameters.get(name) not in (None, ""):
                results[name] = write_rows(self, parameters, context, name, columns, kind, rows)
                dress_later(context, results[name], title, dress, told)
        return results

    def _choose(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        copy: LocalCopy,
        threat_filter: ThreatFilter,
    ) -> tuple[int, Sited]:
        """How many threats are looked at, and which sites serve them best."""
        import numpy as np

        from kmzb_qgis_plugin.analysis.siting import (
            choose_sites,
            cost_of_distance,
            cost_of_uncovered,
            gather,
            kilometres,
            nearest,
        )
        from kmzb_qgis_plugin.processing.siting_inputs import (
            Sites,
            existing_sites,
            name_at,
            read_weights,
            weigh,
        )
        from kmzb_qgis_plugin.processing.siting_result import Sited, tell_idle
        from kmzb_qgis_plugin.processing.threat_points import part_of, threat_points

        number = self.parameterAsInt(parameters, NUMBER, context)
        radius = self.parameterAsDouble(parameters, RADIUS, context)
        roads = self.parameterAsDouble(parameters, ROADS, context)
        threats = threat_points(copy, threat_filter)
        weights = weigh(threats, read_weights(self.parameterAsString(parameters, WEIGHTS, context), copy))
        counted = weights > 0
        if np.count_nonzero(counted) < FEWEST_THREATS:
            raise QgsProcessingException(
                tr("%n threat(s) found.", None, int(np.count_nonzero(counted)))
                + " "
                + tr("Siting needs {} or more that weigh something: widen the filter.").format(FEWEST_THREATS)
            )
        demand, weights, width = gather(threats.metres[counted], weights[counted], MOST_DEMAND)
        if width > 1:
            feedback.pushInfo(tr("Threats were put together in squares of {} m.").format(f"{width:g}"))
        candidates = self._candidates(parameters, context, feedback, copy, threat_filter)
        if len(candidates) < number:
            raise QgsProcessingException(
                tr(
                    "There are fewer candidates ({}) than sites wanted ({}). Choose other candidates, such "
                    "as a grid, a larger area, or fewer sites."
                ).format(len(candidates), number)
            )
        there = Sites(np.zeros((0, 2)), [])
        if self.parameterAsBool(parameters, KEEP_UNITS, context):
            there = existing_sites(copy, self.parameterAsString(parameters, KINDS, context))
            if not len(there):
                feedback.pushWarning(tr("No police unit of the data has a seat, so all sites are new."))
        part_of(feedback, 5, 10)(0)
        distances = kilometres(candidates.metres, demand, roads)
        from_there = kilometres(there.metres, demand, roads)
        covering = self.parameterAsEnum(parameters, AIM, context) == _COVERING
        cost, base = (
            cost_of_uncovered(each, weights, radius) if covering else cost_of_distance(each, weights)
            for each in (distances, nearest(from_there)[None])
        )
        choice = choose_sites(cost, base[0], number, part_of(feedback, 10, 95))
        names = [candidates.names[site] or name_at(copy, candidates.metres[site]) for site in choice.sites]
        sites = Sites(np.concatenate((candidates.metres[choice.sites], there.metres)), [*names, *there.names])
        served = np.concatenate((distances[choice.sites], from_there))
        found = Sited(demand, weights, sites, number, served, radius, roads, choice, covering)
        tell_idle(found, feedback)
        return int(np.count_nonzero(counted)), found

    def _candidates(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        copy: LocalCopy,
        threat_filter: ThreatFilter,
    ) -> Sites:
        from kmzb_qgis_plugin.processing.siting_inputs import grid_on, middles_of_areas, points_of
        from kmzb_qgis_plugin.processing.threat_points import studied_area

        kind = self.parameterAsEnum(parameters, CANDIDATES, context)
        if kind == _LAYER:
            source = self.parameterAsSource(parameters, POINTS, context)
            if source is None:
                raise QgsProcessingException(tr("Choose the layer of candidates."))
            name_field = self.parameterAsString(parameters, NAME_FIELD, context)
            return points_of(source, name_field, context, feedback)
        ground = studied_area(copy, threat_filter)
        if kind == _AREAS:
            return middles_of_areas(copy, ground)
        given = parameters.get(APART) not in (None, "")
        return grid_on(ground, self.parameterAsDouble(parameters, APART, context) if given else None)
