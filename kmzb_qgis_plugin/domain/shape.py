"""Areas on the map by which threats are filtered, and their cut into pieces that any SQL can test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

Position = tuple[float, float]
Ring = tuple[Position, ...]


@dataclass(frozen=True)
class Shape:
    """Polygons in degrees (longitude, latitude) of WGS 84.

    Attributes:
        rings: outer and inner ones of all polygons together; what lies in an odd number of
            them is inside.
        name: what people call it; empty where it has no name.
    """

    rings: tuple[Ring, ...]
    name: str = ""

    def to_json(self) -> dict[str, Any]:
        """A JSON object."""
        return {"name": self.name, "rings": [[list(place) for place in ring] for ring in self.rings]}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Shape:
        """Read what :meth:`to_json` made.

        Raises:
            KeyError, TypeError, ValueError: it is not such a document.
        """
        rings = tuple(tuple((float(x), float(y)) for x, y in ring) for ring in content["rings"])
        return cls(rings, str(content.get("name", "")))


@dataclass(frozen=True)
class Trapezoid:
    """What lies from ``south`` to ``north`` between two straight lines, borders included.

    Attributes:
        west, east: the lines: longitude and latitude of a place on it, and by how many degrees it
            goes east on each degree north.
    """

    south: float
    north: float
    west: tuple[float, float, float]
    east: tuple[float, float, float]

    @property
    def bounds(self) -> tuple[float, float]:
        """The westernmost and the easternmost longitude."""
        sides = [
            x + slope * (lat - y)
            for x, y, slope in (self.west, self.east)
            for lat in (self.south, self.north)
        ]
        return min(sides), max(sides)


def trapezoids(shape: Shape) -> list[Trapezoid]:
    """Cut a shape into trapezoids, about as many as it has corners; they meet only at borders.

    The rings' lines must not cross each other: the geometry is valid.
    """
    edges = sorted(_edges(shape))
    heights = sorted({lat for edge in edges for lat in edge[:2]})
    pieces: list[Trapezoid] = []
    begun: dict[tuple[int, int], float] = {}
    active: list[int] = []
    coming = 0
    for south, north in zip(heights, heights[1:]):
        active = [number for number in active if edges[number][1] > south]
        while coming < len(edges) and edges[coming][0] <= south:
            active.append(coming)
            coming += 1
        middle = (south + north) / 2
        active.sort(key=lambda number: _at(edges[number], middle))
        pairs = set(zip(active[::2], active[1::2]))
        for pair in begun.keys() - pairs:
            pieces.append(_piece(edges, pair, begun.pop(pair), south))
        for pair in pairs - begun.keys():
            begun[pair] = south
    pieces += [_piece(edges, pair, south, heights[-1]) for pair, south in begun.items()]
    return pieces


# Of a line: its lower and upper latitude, the lower end's longitude, and degrees east on each degree north.
_Edge = tuple[float, float, float, float]


def _edges(shape: Shape) -> Iterator[_Edge]:
    for ring in shape.rings:
        corners = [place for place, _ in groupby(ring)]
        for (x1, y1), (x2, y2) in zip(corners, corners[1:] + corners[:1]):
            if y1 == y2:
                continue
            slope = (x2 - x1) / (y2 - y1)
            yield (y1, y2, x1, slope) if y1 < y2 else (y2, y1, x2, slope)


def _at(edge: _Edge, lat: float) -> float:
    south, _, lon, slope = edge
    return lon + slope * (lat - south)


def _piece(edges: list[_Edge], pair: tuple[int, int], south: float, north: float) -> Trapezoid:
    west, east = ((edge[2], edge[0], edge[3]) for edge in (edges[pair[0]], edges[pair[1]]))
    return Trapezoid(south, north, west, east)
