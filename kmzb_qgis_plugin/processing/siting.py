"""Where a new station or post would serve the threats best."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsPointXY,
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
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QLocale, QVariant

from kmzb_qgis_plugin.i18n import interface_language, tr
from kmzb_qgis_plugin.layers.fields import set_abstract
from kmzb_qgis_plugin.layers.sites import COVERED, EXISTING, dress_lines, dress_sites
from kmzb_qgis_plugin.processing.algorithm import KmzbAlgorithm, LocalCopy
from kmzb_qgis_plugin.processing.dressing import dress_later
from kmzb_qgis_plugin.processing.filter_parameters import add_filter_parameters, filter_sentence, read_filter

if TYPE_CHECKING:
    from kmzb_qgis_plugin.analysis.arrays import Array, Floats
    from kmzb_qgis_plugin.analysis.siting import Choice, Criteria
    from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
    from kmzb_qgis_plugin.processing.siting_inputs import Sites

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


@dataclass(frozen=True)
class _Sited:
    """A choice and what it is judged by.

    Attributes:
        demand: places of threats in metres, (n, 2).
        weights: of these, (n,).
        sites: the chosen ones in the order of what they bring, then those that there are.
        new: how many of them are chosen.
        kilometres: from each site to the demand, (m, n).
        radius: kilometres.
        roads: how many times as long as straight lines the kilometres are.
        choice: what was found.
        covering: whether covering was the aim.
    """

    demand: Floats
    weights: Floats
    sites: Sites
    new: int
    kilometres: Array
    radius: float
    roads: float
    choice: Choice
    covering: bool

    def criteria(self, ranks: int) -> Criteria | None:
        """With the sites that there are and so many of the new ones; None without any."""
        from kmzb_qgis_plugin.analysis.siting import criteria, nearest

        chosen = [*range(ranks), *range(self.new, len(self.sites))]
        return criteria(nearest(self.kilometres[chosen]), self.weights, self.radius) if chosen else None

    @property
    def gap(self) -> float:
        """How much better another choice could be at most: per cent of the distance, or points of share."""
        whole = float(self.weights.sum()) if self.covering else self.choice.cost
        return 100 * (self.choice.cost - self.choice.bound) / whole if whole else 0.0


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
                    tr("Shortest mean distance (p-median)"),
                    tr("Most threats within the radius (maximal covering)"),
                ],
                defaultValue=_DISTANCE,
            ),
            number(NUMBER, tr("Number of new sites"), defaultValue=1, minValue=1, maxValue=MOST_SITES),
            number(RADIUS, tr("Radius in kilometres"), real, defaultValue=10, minValue=0.1, maxValue=500),
            number(
                ROADS,
                tr("Roads are longer than a straight line, times"),
                real,
                defaultValue=1.3,
                minValue=1,
                maxValue=3,
            ),
            QgsProcessingParameterEnum(
                CANDIDATES,
                tr("Candidates"),
                [tr("Communes (the smallest areas of the data)"), tr("A grid"), tr("Points of a layer")],
                defaultValue=_AREAS,
            ),
            number(
                APART,
                tr("Spacing of the grid in metres (empty: about 1,000 points)"),
                optional=True,
                minValue=100,
                maxValue=100_000,
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
            QgsProcessingParameterString(
                KINDS, tr("Kinds of these units, separated by commas (empty for all)"), optional=True
            ),
            QgsProcessingParameterString(
                WEIGHTS,
                tr("Weights of categories, such as speeding=2 (1 for all others)"),
                optional=True,
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
        with self.local_copy(parameters, context) as copy:
            threat_filter = read_filter(self, parameters, context, copy)
            sentence = filter_sentence(threat_filter, copy)
            feedback.pushInfo(sentence)
            threats, sited = self._choose(parameters, context, feedback, copy, threat_filter)
        answer = _answer(sited)
        feedback.pushInfo(answer)
        radius, told = _decimal(sited.radius), f"{answer}\n{sentence}"
        results: dict[str, Any] = {COUNT: threats, GAP: sited.gap, ANSWER: answer, SENTENCE: sentence}
        results[SITES] = self._write(
            parameters, context, SITES, _SITE_FIELDS, QgsWkbTypes.Type.Point, _site_rows(sited)
        )
        dress_later(context, results[SITES], tr("Sites"), lambda layer: _dress_sites(layer, told))
        if parameters.get(LINES) not in (None, ""):
            results[LINES] = self._write(
                parameters, context, LINES, _LINE_FIELDS, QgsWkbTypes.Type.LineString, _line_rows(sited)
            )
            name = tr("Threats and their site")
            dress_later(context, results[LINES], name, lambda layer: dress_lines(layer, radius))
        if parameters.get(TABLE) not in (None, ""):
            results[TABLE] = self._write(
                parameters, context, TABLE, _TABLE_FIELDS, QgsWkbTypes.Type.NoGeometry, _table_rows(sited)
            )
        return results

    def _choose(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        copy: LocalCopy,
        threat_filter: ThreatFilter,
    ) -> tuple[int, _Sited]:
        """How many threats are looked at, and which sites serve them best."""
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
        found = _Sited(demand, weights, sites, number, served, radius, roads, choice, covering)
        _tell_idle(found, feedback)
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

    def _write(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        name: str,
        columns: Sequence[tuple[str, QVariant.Type]],
        kind: QgsWkbTypes.Type,
        rows: Iterable[tuple[QgsGeometry | None, list[Any]]],
    ) -> str:
        """Write rows to the layer of a parameter; return where it is."""
        from kmzb_qgis_plugin.processing.threat_points import METRES

        fields = QgsFields()
        for column, type_ in columns:
            fields.append(QgsField(column, type_))
        crs = QgsCoordinateReferenceSystem(METRES if kind != QgsWkbTypes.Type.NoGeometry else "")
        sink, output = self.parameterAsSink(parameters, name, context, fields, kind, crs)
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, name))
        made = []
        for geometry, values in rows:
            feature = QgsFeature(fields)
            if geometry is not None:
                feature.setGeometry(geometry)
            feature.setAttributes([NULL if value is None else value for value in values])
            made.append(feature)
        if not sink.addFeatures(made, QgsFeatureSink.Flag.FastInsert):
            raise QgsProcessingException(self.writeFeatureError(sink, parameters, name))
        return str(output)


_SITE_FIELDS: Final = (
    ("rank", QVariant.Int),
    ("name", QVariant.String),
    (EXISTING, QVariant.Int),
    ("weight", QVariant.Double),
    ("mean_km", QVariant.Double),
    ("farthest_km", QVariant.Double),
    ("mean_km_after", QVariant.Double),
    ("covered_after", QVariant.Double),
)
_LINE_FIELDS: Final = (
    ("site", QVariant.String),
    ("weight", QVariant.Double),
    ("km", QVariant.Double),
    (COVERED, QVariant.Int),
)
_TABLE_FIELDS: Final = (
    ("criterion", QVariant.String),
    ("before", QVariant.Double),
    ("after", QVariant.Double),
)


def _site_rows(sited: _Sited) -> Iterable[tuple[QgsGeometry, list[Any]]]:
    """Each site, what it serves, and what all is like with it and those that bring more."""
    serving = sited.kilometres.argmin(axis=0)
    for place, (name, (east, north)) in enumerate(zip(sited.sites.names, sited.sites.metres.tolist())):
        own = serving == place
        weights, distances = sited.weights[own], sited.kilometres[place][own]
        new = place < sited.new
        after = sited.criteria(place + 1) if new else None
        yield (
            QgsGeometry.fromPointXY(QgsPointXY(east, north)),
            [
                place + 1 if new else None,
                name,
                0 if new else 1,
                float(weights.sum()),
                float(np.average(distances, weights=weights)) if len(weights) else None,
                float(distances.max()) if len(weights) else None,
                None if after is None else after.mean,
                None if after is None else 100 * after.covered,
            ],
        )


def _line_rows(sited: _Sited) -> Iterable[tuple[QgsGeometry, list[Any]]]:
    """From each place of threats to the site that is nearest."""
    serving = sited.kilometres.argmin(axis=0)
    rows = zip(
        sited.demand.tolist(),
        serving.tolist(),
        sited.weights.tolist(),
        sited.kilometres.min(axis=0).tolist(),
    )
    ends = [QgsPointXY(*metres) for metres in sited.sites.metres.tolist()]
    for start, site, weight, distance in rows:
        line = QgsGeometry.fromPolylineXY([QgsPointXY(*start), ends[site]])
        yield line, [sited.sites.names[site], weight, distance, int(distance <= sited.radius)]


def _table_rows(sited: _Sited) -> Iterable[tuple[None, list[Any]]]:
    before, after = sited.criteria(0), sited.criteria(sited.new)
    radius = _decimal(sited.radius)
    yield None, [tr("Number of sites"), float(len(sited.sites) - sited.new), float(len(sited.sites))]
    for name, member, factor in (
        (tr("Mean distance (km)"), "mean", 1),
        (tr("Half of the threats are no farther than (km)"), "median", 1),
        (tr("95 % of the threats are no farther than (km)"), "p95", 1),
        (tr("Farthest threat (km)"), "farthest", 1),
        (tr("Threats within {} km (%)").format(radius), "covered", 100),
    ):
        yield (
            None,
            [
                name,
                *(None if one is None else factor * getattr(one, member) for one in (before, after)),
            ],
        )


def _dress_sites(layer: QgsVectorLayer, told: str) -> None:
    dress_sites(layer)
    set_abstract(layer, told)


def _answer(sited: _Sited) -> str:
    """The result in a few sentences."""
    before, after = sited.criteria(0), sited.criteria(sited.new)
    if after is None:
        raise RuntimeError("a choice has sites")
    names = "; ".join(f"{place + 1}. {sited.sites.names[place] or '–'}" for place in range(sited.new))
    mean = ["–" if one is None else _decimal(one.mean) for one in (before, after)]
    covered = ["–" if one is None else _decimal(100 * one.covered) for one in (before, after)]
    # Rounded up: what is said must hold.
    gap = math.ceil(10 * sited.gap - 1e-9) / 10
    if not gap:
        best = tr("No other choice of candidates is better.")
    elif sited.covering:
        best = tr("No other choice of candidates covers more by over {} percentage points.")
    else:
        best = tr("No other choice of candidates has a mean distance that is shorter by over {} %.")
    return " ".join(
        (
            tr("New sites: {}.").format(names),
            tr("Mean distance: {} km before, {} km after.").format(*mean),
            tr("Threats within {} km: {} % before, {} % after.").format(_decimal(sited.radius), *covered),
            best.format(_decimal(gap)),
            tr("Distances are straight lines times {}.").format(_decimal(sited.roads)),
        )
    )


def _tell_idle(sited: _Sited, feedback: QgsProcessingFeedback) -> None:
    """Warn of new sites to which no threat is nearest."""
    serving = set(sited.kilometres.argmin(axis=0).tolist())
    idle = [place for place in range(sited.new) if place not in serving]
    if idle:
        feedback.pushWarning(
            tr(
                "No threat is nearer to {} than to another site. Choose fewer sites or other candidates."
            ).format("; ".join(sited.sites.names[place] or f"{place + 1}." for place in idle))
        )


def _decimal(number: float) -> str:
    return str(QLocale(interface_language()).toString(number, "f", 1))
