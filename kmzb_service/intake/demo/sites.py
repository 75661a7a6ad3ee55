"""Where the demo's threats are: streets, roads, waters, forests, railway tracks.

Many reports name the same few hundred places, a few of them very often; the
others lie anywhere along the same streets and roads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from osgeo import ogr

from kmzb_service.intake.demo.profiles import Floats, Profile
from kmzb_service.intake.demo.province import Province, to_degrees, to_km

_KNOWN = {"street": 700, "road": 220, "water": 60, "forest": 160, "track": 40}
_KNOWN_SHARE = 0.6
_ZIPF_EXPONENT = 0.9
_EXACT_SHARE = 0.3  # of the reports of a known place: put on the very same point
_JITTER_KM = 0.015
_FOREST_FROM_TOWN_KM = 2.5
_TRACK_TOWN_POPULATION = 4000

Labels = NDArray[np.object_]


@dataclass(frozen=True)
class Located:
    """Points in kilometres, what people call the places, and how often they are named (0 to 1)."""

    points: Floats
    labels: Labels
    fame: Floats

    def degrees(self) -> tuple[Floats, Floats]:
        """Longitudes and latitudes."""
        x, y = self.points.T
        lon, lat = to_degrees(x, y)
        return np.asarray(lon), np.asarray(lat)


class Sites:
    """Draws places by category; the same generator state gives the same places."""

    def __init__(
        self, province: Province, ground: ogr.Geometry, streets: list[str], rng: np.random.Generator
    ) -> None:
        self._rng = rng
        self._province = province
        self._ground = ground.CreatePreparedGeometry()
        self._towns = np.array([to_km(town.lon, town.lat) for town in province.towns])
        self._lay_streets(streets)
        self._legs = [
            (road.name, province.town(start), province.town(end))
            for road in province.roads
            for start, end in zip(road.ends, road.ends[1:], strict=False)
        ]
        self._fresh: dict[str, Callable[[int], tuple[Floats, Labels]]] = {
            "street": self._on_streets,
            "road": self._on_roads,
            "water": self._at_waters,
            "forest": self._in_forests,
            "track": self._at_tracks,
        }
        self._known = {kind: self._inside(kind, count) for kind, count in _KNOWN.items()}
        self._ranks: dict[tuple[str, str], Floats] = {}

    def draw(self, profile: Profile, count: int) -> Located:
        """Places of so many reports of one category."""
        points = np.empty((count, 2))
        labels = np.empty(count, dtype=object)
        fame = np.zeros(count)
        kinds = self._rng.choice(list(profile.sites), count, p=list(profile.sites.values()))
        for kind in profile.sites:
            here = np.flatnonzero(kinds == kind)
            again = self._rng.random(len(here)) < _KNOWN_SHARE
            points[here[~again]], labels[here[~again]] = self._inside(kind, int((~again).sum()))
            chosen = here[again]
            points[chosen], labels[chosen], fame[chosen] = self._near_known(profile.code, kind, len(chosen))
        return Located(points, labels, fame)

    def nearest_towns(self, points: Floats) -> list[str]:
        """Names of the towns nearest to points in kilometres."""
        distances = np.hypot(*(points[:, None, :] - self._towns[None, :, :]).transpose(2, 0, 1))
        return [self._province.towns[number].name for number in distances.argmin(axis=1)]

    def _near_known(self, category: str, kind: str, count: int) -> tuple[Floats, Labels, Floats]:
        places, labels = self._known[kind]
        chances = self._chances(category, kind)
        chosen = self._rng.choice(len(places), count, p=chances)
        jitter = self._rng.normal(0, _JITTER_KM, (count, 2))
        jitter[self._rng.random(count) < _EXACT_SHARE] = 0
        points = places[chosen] + jitter
        outside = ~self._holds(points)
        points[outside] = places[chosen[outside]]
        return points, labels[chosen], chances[chosen] / chances.max()

    def _chances(self, category: str, kind: str) -> Floats:
        """Each category has its own favourites among the known places."""
        if (category, kind) not in self._ranks:
            ranks = self._rng.permutation(_KNOWN[kind]) + 2.0
            self._ranks[category, kind] = ranks**-_ZIPF_EXPONENT / (ranks**-_ZIPF_EXPONENT).sum()
        return self._ranks[category, kind]

    def _inside(self, kind: str, count: int) -> tuple[Floats, Labels]:
        """Fresh places of a kind, all of them in the province."""
        points, labels = self._fresh[kind](count)
        while len(outside := np.flatnonzero(~self._holds(points))):
            points[outside], labels[outside] = self._fresh[kind](len(outside))
        return points, labels

    def _holds(self, points: Floats) -> NDArray[np.bool_]:
        point = ogr.Geometry(ogr.wkbPoint)
        held = np.empty(len(points), dtype=bool)
        for number, (x, y) in enumerate(points.tolist()):
            point.SetPoint_2D(0, *to_degrees(x, y))
            held[number] = self._ground.Contains(point)
        return held

    def _lay_streets(self, names: list[str]) -> None:
        """Give every town straight pieces of streets around its middle, more of them to a larger town.

        Most lie along or across the town's own direction, as grown towns do.
        """
        middles, ways, labels, weights = [], [], [], []
        for town in self._province.towns:
            count = int(3 + town.population / 900)
            spread = 0.12 + 0.15 * np.sqrt(town.population / 1000)
            across = np.pi / 2 * self._rng.integers(2, size=count)
            angle = self._rng.uniform(0, np.pi) + across + self._rng.normal(0, 0.2, count)
            length = self._rng.uniform(0.2, 0.3 + spread / 2, count)
            middles.append(to_km(town.lon, town.lat) + self._rng.normal(0, spread, (count, 2)))
            ways.append(np.column_stack((np.cos(angle), np.sin(angle))) * length[:, None])
            labels += [f"{town.name}, ul. {name}" for name in np.resize(self._rng.permutation(names), count)]
            weights += [town.population**0.9 / count] * count
        self._street_middles, self._street_ways = np.concatenate(middles), np.concatenate(ways)
        self._street_labels = np.array(labels, dtype=object)
        self._street_chances = np.array(weights) / sum(weights)

    def _on_streets(self, count: int) -> tuple[Floats, Labels]:
        street = self._rng.choice(len(self._street_labels), count, p=self._street_chances)
        along = self._rng.uniform(-0.5, 0.5, (count, 1))
        beside = self._rng.normal(0, 0.008, (count, 2))
        points = self._street_middles[street] + along * self._street_ways[street] + beside
        return points, self._street_labels[street]

    def _on_roads(self, count: int) -> tuple[Floats, Labels]:
        starts = np.array([to_km(start.lon, start.lat) for _, start, _ in self._legs])
        ends = np.array([to_km(end.lon, end.lat) for _, _, end in self._legs])
        lengths = np.hypot(*(ends - starts).T)
        leg = self._rng.choice(len(self._legs), count, p=lengths / lengths.sum())
        along = self._rng.uniform(0.06, 0.94, (count, 1))
        ahead = (ends - starts)[leg]
        # no road is straight: each leg bends to one side, the odd ones to the other
        bend = np.sin(np.pi * along) * np.where(leg % 2, 0.06, -0.06)[:, None]
        points = starts[leg] + along * ahead + bend * np.column_stack((-ahead[:, 1], ahead[:, 0]))
        names = [f"{name}, {start.name} – {end.name}" for name, start, end in self._legs]
        return points + self._rng.normal(0, 0.02, (count, 2)), np.array(names, dtype=object)[leg]

    def _at_waters(self, count: int) -> tuple[Floats, Labels]:
        waters = self._province.waters
        chosen = self._rng.integers(len(waters), size=count)
        middles = np.array([to_km(water.lon, water.lat) for water in waters])
        labels = np.array([water.name for water in waters], dtype=object)
        return middles[chosen] + self._rng.normal(0, 0.35, (count, 2)), labels[chosen]

    def _in_forests(self, count: int) -> tuple[Floats, Labels]:
        low, high = self._towns.min(axis=0) - 5, self._towns.max(axis=0) + 5
        points = self._rng.uniform(low, high, (count, 2))
        distances = np.hypot(*(points[:, None, :] - self._towns[None, :, :]).transpose(2, 0, 1))
        nearest = distances.argmin(axis=1)
        # too near a town: some way out in the same direction
        ahead = points - self._towns[nearest]
        near = distances.min(axis=1) < _FOREST_FROM_TOWN_KM
        points[near] += 2 * ahead[near]
        names = np.array([f"las, okolice: {town.name}" for town in self._province.towns], dtype=object)
        return points, names[nearest]

    def _at_tracks(self, count: int) -> tuple[Floats, Labels]:
        towns = [town for town in self._province.towns if town.population > _TRACK_TOWN_POPULATION]
        chosen = self._rng.integers(len(towns), size=count)
        angle = self._rng.uniform(0, 2 * np.pi, count)
        away = self._rng.uniform(0.5, 1.6, count)
        offset = np.column_stack((np.cos(angle), np.sin(angle))) * away[:, None]
        labels = np.array([f"{town.name}, tory kolejowe" for town in towns], dtype=object)
        return np.array([to_km(town.lon, town.lat) for town in towns])[chosen] + offset, labels[chosen]
