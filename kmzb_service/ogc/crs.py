"""The coordinate reference systems of the standard face, each with its authority's order of axes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from osgeo import osr

from kmzb_service.database.geometry import Bounds
from kmzb_service.database.tables import SRID
from kmzb_service.problems import Problem

_POINTS_A_SIDE = 21  # that the sides of a box are bent by
_EPSG = "http://www.opengis.net/def/crs/EPSG/0"


@dataclass(frozen=True)
class Crs:
    """A coordinate reference system that requests can name.

    Attributes:
        uri: its name in requests and documents.
        srid: the number that both databases know it by; there x, y always means east, north.
        axes: its coordinates in the order in which they are written.
    """

    uri: str
    srid: int
    axes: tuple[str, str]

    @property
    def northing_first(self) -> bool:
        """Whether coordinates are written north, east."""
        return self.axes[0] in ("latitude", "northing")

    @property
    def geographic(self) -> bool:
        """Whether the coordinates are degrees of the database's own CRS."""
        return self.srid == SRID

    def east_north(self, first: float, second: float) -> tuple[float, float]:
        """A pair of coordinates as written, in the order east, north."""
        return (second, first) if self.northing_first else (first, second)

    def degrees_around(self, bounds: Bounds) -> Bounds:
        """West, south, east, north in degrees of the smallest box around a box of this CRS.

        Args:
            bounds: least easting, least northing, greatest easting, greatest northing.

        Raises:
            ValueError: the box lies where this CRS has no meaning.
        """
        if self.geographic:
            return bounds
        try:
            found = _to_degrees(self.srid).TransformBounds(*bounds, _POINTS_A_SIDE)
        except RuntimeError:
            found = (math.inf,)
        if not all(math.isfinite(number) for number in found):
            raise ValueError("the coordinates lie outside the area of their CRS")
        west, south, east, north = found
        return west, south, east, north


CRS84 = Crs("http://www.opengis.net/def/crs/OGC/1.3/CRS84", SRID, ("longitude", "latitude"))
EPSG_4326 = Crs(f"{_EPSG}/4326", SRID, ("latitude", "longitude"))
EPSG_2180 = Crs(f"{_EPSG}/2180", 2180, ("northing", "easting"))
EPSG_3857 = Crs(f"{_EPSG}/3857", 3857, ("easting", "northing"))

# the first one is that of the stored features
SUPPORTED: dict[str, Crs] = {crs.uri: crs for crs in (CRS84, EPSG_4326, EPSG_2180, EPSG_3857)}


def read_crs(uri: str, field: str) -> Crs:
    """The CRS that a request names.

    Raises:
        Problem: invalid-parameter: it is none of ours.
    """
    if uri not in SUPPORTED:
        raise Problem("invalid-parameter", f"{field} must be one of {', '.join(SUPPORTED)}", field=field)
    return SUPPORTED[uri]


@cache
def _to_degrees(srid: int) -> osr.CoordinateTransformation:
    return osr.CoordinateTransformation(_reference(srid), _reference(SRID))


def _reference(srid: int) -> osr.SpatialReference:
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(srid)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return reference
