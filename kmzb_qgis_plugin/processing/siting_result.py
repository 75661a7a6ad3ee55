"""A choice of sites as rows of its layers and table, and in words."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from qgis.core import QgsGeometry, QgsPointXY, QgsProcessingFeedback
from qgis.PyQt.QtCore import QVariant

from kmzb_qgis_plugin.analysis.arrays import Array, Floats
from kmzb_qgis_plugin.analysis.siting import Choice, Criteria, criteria, nearest
from kmzb_qgis_plugin.i18n import number_text, tr
from kmzb_qgis_plugin.layers.sites import COVERED, EXISTING
from kmzb_qgis_plugin.processing.siting_inputs import Sites

SITE_COLUMNS: Final = (
    ("rank", QVariant.Int),
    ("name", QVariant.String),
    (EXISTING, QVariant.Int),
    ("weight", QVariant.Double),
    ("mean_km", QVariant.Double),
    ("farthest_km", QVariant.Double),
    ("mean_km_after", QVariant.Double),
    ("covered_after", QVariant.Double),
)
LINE_COLUMNS: Final = (
    ("site", QVariant.String),
    ("weight", QVariant.Double),
    ("km", QVariant.Double),
    (COVERED, QVariant.Int),
)
TABLE_COLUMNS: Final = (
    ("criterion", QVariant.String),
    ("before", QVariant.Double),
    ("after", QVariant.Double),
)


@dataclass(frozen=True)
class Sited:
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
        chosen = [*range(ranks), *range(self.new, len(self.sites))]
        return criteria(nearest(self.kilometres[chosen]), self.weights, self.radius) if chosen else None

    @property
    def gap(self) -> float:
        """How much better another choice could be at most: per cent of the distance, or points of share."""
        whole = float(self.weights.sum()) if self.covering else self.choice.cost
        return 100 * (self.choice.cost - self.choice.bound) / whole if whole else 0.0


def site_rows(sited: Sited) -> Iterable[tuple[QgsGeometry, list[Any]]]:
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


def line_rows(sited: Sited) -> Iterable[tuple[QgsGeometry, list[Any]]]:
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


def table_rows(sited: Sited) -> Iterable[tuple[None, list[Any]]]:
    before, after = sited.criteria(0), sited.criteria(sited.new)
    radius = number_text(sited.radius)
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


def answer(sited: Sited) -> str:
    """The result in a few sentences."""
    before, after = sited.criteria(0), sited.criteria(sited.new)
    if after is None:
        raise RuntimeError("a choice has sites")
    names = "; ".join(f"{place + 1}. {sited.sites.names[place] or '–'}" for place in range(sited.new))
    mean = ["–" if one is None else number_text(one.mean, 1) for one in (before, after)]
    covered = ["–" if one is None else number_text(100 * one.covered, 1) for one in (before, after)]
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
            tr("Threats within {} km: {} % before, {} % after.").format(number_text(sited.radius), *covered),
            best.format(number_text(gap, 1)),
            tr("Distances are straight lines times {}.").format(number_text(sited.roads)),
        )
    )


def tell_idle(sited: Sited, feedback: QgsProcessingFeedback) -> None:
    """Warn of new sites to which no threat is nearest."""
    serving = set(sited.kilometres.argmin(axis=0).tolist())
    idle = [place for place in range(sited.new) if place not in serving]
    if idle:
        feedback.pushWarning(
            tr(
                "No threat is nearer to {} than to another site. Choose fewer sites or other candidates."
            ).format("; ".join(sited.sites.names[place] or f"{place + 1}." for place in idle))
        )
