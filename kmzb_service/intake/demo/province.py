"""The demo's province as data: outline, counties, towns, waters, roads and units."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import cos, radians
from typing import Any

ORIGIN = (15.3, 52.2)
KM_PER_LAT = 111.2
KM_PER_LON = KM_PER_LAT * cos(radians(ORIGIN[1]))
"""A flat local grid: at the province's size it is right to a few hundred metres."""


@dataclass(frozen=True)
class County:
    """A county; ``radius`` in kilometres for a city that is one of its own, else 0."""

    code: str
    name: str
    population: int
    radius: float = 0.0


@dataclass(frozen=True)
class Town:
    name: str
    county: str
    lon: float
    lat: float
    population: int


@dataclass(frozen=True)
class Water:
    name: str
    lon: float
    lat: float


@dataclass(frozen=True)
class Road:
    """A road through towns, by their names."""

    name: str
    ends: tuple[str, ...]


@dataclass(frozen=True)
class Unit:
    code: str
    name: str
    kind: str
    areas: tuple[str, ...]
    seat: str


@dataclass(frozen=True)
class Province:
    code: str
    name: str
    outline: tuple[tuple[float, float], ...]
    counties: tuple[County, ...]
    towns: tuple[Town, ...]
    waters: tuple[Water, ...]
    roads: tuple[Road, ...]
    units: tuple[Unit, ...]

    def town(self, name: str) -> Town:
        return next(town for town in self.towns if town.name == name)


@cache
def load_province() -> Province:
    """Read ``province.toml`` beside this module."""
    text = (files(__package__) / "province.toml").read_text(encoding="utf-8")
    document = tomllib.loads(text)
    return Province(
        code=document["code"],
        name=document["name"],
        outline=tuple((lon, lat) for lon, lat in document["outline"]),
        counties=tuple(County(**entry) for entry in document["counties"]),
        towns=tuple(Town(**entry) for entry in _rows(document["towns"])),
        waters=tuple(Water(**entry) for entry in _rows(document["waters"])),
        roads=tuple(Road(entry["name"], tuple(entry["ends"])) for entry in _rows(document["roads"])),
        units=tuple(Unit(**{**entry, "areas": tuple(entry["areas"])}) for entry in document["units"]),
    )


def _rows(table: dict[str, Any]) -> list[dict[str, Any]]:
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


def to_km(lon: float, lat: float) -> tuple[float, float]:
    """Degrees to kilometres east and north of the origin; works on arrays too."""
    return (lon - ORIGIN[0]) * KM_PER_LON, (lat - ORIGIN[1]) * KM_PER_LAT


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Kilometres east and north of the origin to degrees; works on arrays too."""
    return x / KM_PER_LON + ORIGIN[0], y / KM_PER_LAT + ORIGIN[1]
