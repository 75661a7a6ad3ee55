"""Which areas and which unit a point belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from math import floor
from typing import NamedTuple

from osgeo import ogr
from sqlalchemy import Connection, Table, bindparam, func, select, update

from kmzb_service.database.engine import take_positions
from kmzb_service.database.tables import area, threat, unit
from kmzb_service.intake.polygons import from_wkb

CODE_LENGTHS = {"voivodeship": 2, "county": 4, "commune": 7}
"""Digits of a TERYT code by level; a code begins with that of the level above."""

_CELLS_PER_DEGREE = 8


class Place(NamedTuple):
    """Codes of the unit and areas that hold a point; None where none does."""

    unit: str | None
    voivodeship: str | None
    county: str | None
    commune: str | None


NOWHERE = Place(None, None, None, None)


@dataclass(frozen=True)
class _Polygon:
    code: str
    size: float
    box: tuple[float, float, float, float]
    prepared: ogr.PreparedGeometry
    geometry: ogr.Geometry  # what `prepared` looks into: it must live as long


class _Layer:
    """Polygons of one kind, looked up by point; where several hold it, the smallest wins.

    A grid over their boxes leaves few candidates, prepared geometries make
    the exact test cheap: microseconds a point, where the database would
    unpack whole polygons for each.
    """

    def __init__(self, shapes: Iterable[tuple[str, bytes]]) -> None:
        self._cells: dict[tuple[int, int], list[_Polygon]] = {}
        self._point = ogr.Geometry(ogr.wkbPoint)
        for polygon in sorted((_polygon(code, wkb) for code, wkb in shapes), key=lambda one: one.size):
            west, east, south, north = polygon.box
            for cell in product(_cells(west, east), _cells(south, north)):
                self._cells.setdefault(cell, []).append(polygon)

    def code_at(self, lon: float, lat: float) -> str | None:
        self._point.SetPoint_2D(0, lon, lat)
        for polygon in self._cells.get((floor(lon * _CELLS_PER_DEGREE), floor(lat * _CELLS_PER_DEGREE)), ()):
            west, east, south, north = polygon.box
            if west <= lon <= east and south <= lat <= north and polygon.prepared.Intersects(self._point):
                return polygon.code
        return None


def _cells(low: float, high: float) -> range:
    return range(floor(low * _CELLS_PER_DEGREE), floor(high * _CELLS_PER_DEGREE) + 1)


def _polygon(code: str, wkb: bytes) -> _Polygon:
    geometry = from_wkb(wkb)
    return _Polygon(
        code, geometry.GetArea(), geometry.GetEnvelope(), geometry.CreatePreparedGeometry(), geometry
    )


class Places:
    """All areas and units of the database, as they are now.

    Attributes:
        as_of: what :func:`newest_borders` said at the time.
    """

    def __init__(self, connection: Connection) -> None:
        self.as_of = newest_borders(connection)
        self._levels = {
            level: _Layer(_shapes(connection, area, level)) for level in reversed(CODE_LENGTHS)
        }  # from the smallest: a point's larger areas follow from its code
        self._units = _Layer(_shapes(connection, unit))

    def at(self, lon: float, lat: float) -> Place:
        """The codes at a point.

        Larger areas come from the smallest one's code, so that the three
        always agree, even where borders of different levels do not.
        """
        code = next(filter(None, (layer.code_at(lon, lat) for layer in self._levels.values())), "")
        voivodeship, county, commune = (
            code[:length] if len(code) >= length else None for length in CODE_LENGTHS.values()
        )
        return Place(self._units.code_at(lon, lat), voivodeship, county, commune)


class KnownPlaces:
    """The places, read again only when a border has changed.

    It is for whoever has the turn to write: then nobody else looks anything up.
    """

    _places: Places | None = None

    def now(self, connection: Connection) -> Places:
        """The places as they are in this transaction."""
        if self._places is None or self._places.as_of != newest_borders(connection):
            self._places = Places(connection)
        return self._places


def _shapes(connection: Connection, table: Table, level: str | None = None) -> Iterable[tuple[str, bytes]]:
    query = select(table.c.code, func.ST_AsBinary(table.c.geom)).where(table.c.removed.is_(False))
    if level is not None:
        query = query.where(table.c.level == level)
    return [(row[0], row[1]) for row in connection.execute(query.order_by(table.c.code))]


def newest_borders(connection: Connection) -> tuple[int, int]:
    """Positions of the newest change to an area and to a unit; 0 where there is none."""
    area_position, unit_position = (
        connection.execute(select(func.max(table.c.seq))).scalar() or 0 for table in (area, unit)
    )
    return area_position, unit_position


def place_again(connection: Connection, now: datetime) -> int:
    """Give every threat to the areas and unit that hold it now; return how many moved.

    A threat that moves is a changed one: desks receive it again. Its version
    stays, because a decision about it is none the staler for it.
    """
    places = Places(connection)
    present = connection.execute(
        select(
            threat.c.id,
            func.ST_X(threat.c.geom),
            func.ST_Y(threat.c.geom),
            *(threat.c[name] for name in Place._fields),
        )
        .where(threat.c.removed.is_(False))
        .order_by(threat.c.id)
    )
    moved = [
        {"threat_id": row[0], **place._asdict()}
        for row in present
        if (place := places.at(row[1], row[2])) != tuple(row[3:])
    ]
    if moved:
        first = take_positions(connection, len(moved))
        for position, row in enumerate(moved, start=first):
            row["seq"] = position
        connection.execute(
            update(threat)
            .where(threat.c.id == bindparam("threat_id"))
            .values(updated_at=now, **{name: bindparam(name) for name in (*Place._fields, "seq")}),
            moved,
        )
    return len(moved)
