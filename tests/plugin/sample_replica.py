"""A small, correct snapshot file to test against, in the format that the service builds.

Twelve districts in a bent 3 x 4 grid, two city districts inside two of them,
their voivodeship, three police units and as many threats as asked for: every
category of the catalogue and every status occurs. The same arguments make the
same rows.
"""

from __future__ import annotations

import json
import random
import sqlite3
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from osgeo import gdal, ogr, osr

from kmzb_service.catalogue.model import Catalogue, load_catalogue
from kmzb_service.sync.search_text import fill_search_text

gdal.UseExceptions()

WEST, EAST, SOUTH, NORTH = 14.6, 16.3, 51.45, 53.05
COLUMNS, ROWS = 3, 4
WARSAW = ZoneInfo("Europe/Warsaw")
NEWEST = datetime(2024, 5, 31, 21, 30, tzinfo=UTC)
DAYS = 730

DISTRICTS = (  # from the south-west corner, row by row
    ("0811", "powiat żarski", 95_000),
    ("0810", "powiat żagański", 78_000),
    ("0804", "powiat nowosolski", 85_000),
    ("0802", "powiat krośnieński", 54_000),
    ("0809", "powiat zielonogórski", 76_000),
    ("0812", "powiat wschowski", 38_000),
    ("0805", "powiat słubicki", 46_000),
    ("0807", "powiat sulęciński", 35_000),
    ("0808", "powiat świebodziński", 55_000),
    ("0801", "powiat gorzowski", 72_000),
    ("0806", "powiat strzelecko-drezdenecki", 48_000),
    ("0803", "powiat międzyrzecki", 57_000),
)
CITIES = (("0861", "Gorzów Wielkopolski", "0801", 120_000), ("0862", "Zielona Góra", "0809", 140_000))
UNITS = (
    ("KWP-GW", "KWP w Gorzowie Wielkopolskim", "KWP", None, tuple(row[0] for row in DISTRICTS + CITIES)),
    ("KMP-GW", "KMP w Gorzowie Wielkopolskim", "KMP", "KWP-GW", ("0801", "0861")),
    ("KPP-SD", "KPP w Strzelcach Krajeńskich", "KPP", "KWP-GW", ("0806",)),
)
PREFIXES = {"citizen": "Z", "community": "S", "police": "P"}
STATUS_WEIGHTS = {
    "new": 6,
    "verification": 5,
    "confirmed": 9,
    "unconfirmed": 35,
    "eliminated": 32,
    "handed_over": 9,
    "mistake": 4,
}
PLACES = ("Gorzów Wlkp., ul. Sikorskiego 12", "Drezdenko, pl. Wolności", "DK22, km 141", None)
DESCRIPTIONS = (
    "Samochody stoją na przejściu i zasłaniają widok pieszym.",
    "Co wieczór głośna grupa, puste butelki & <b>śmieci</b> na placu zabaw.",
    "Kierowcy jadą dużo za szybko, szczególnie rano przed szkołą.",
    None,
)
ORGANISERS = ("Rada Osiedla Zacisze", "Urząd Gminy", "KPP")
AREA_FIELDS = "code level name parent approximate:bool population:int version:int updated_at:instant"
UNIT_FIELDS = "code name kind parent areas seat_lon:real seat_lat:real version:int updated_at:instant"
THREAT_FIELDS = (
    "ref source category status occurred_from:instant occurred_to:instant part_of_day weekdays "
    "reported_at:instant description place unit voivodeship county commune confirmations:int "
    "attachments:int meeting organiser participants:int "
    "read_due:instant verify_due:instant local_day:date local_weekday:int local_hour:int "
    "version:int updated_at:instant lon:real lat:real pending_status"
)
DECISION_FIELDS = (
    "uuid threat_id:int base_version:int threat_version:int from_status to_status reason note method "
    "institution planned_date:date decided_at:instant received_at:instant actor actor_role actor_unit hash"
)
INDEXES = (
    "category, occurred_from",
    "source, occurred_from",
    "status",
    "ref",
    "unit",
    "reported_at",
)


def instant(moment: datetime) -> str:
    """The text of an instant on the wire: milliseconds and Z, always."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + "000Z"


@dataclass(frozen=True)
class District:
    """One district: its code, ring of corners and, where a city lies inside, that city's square."""

    code: str
    ring: tuple[tuple[float, float], ...]
    city: tuple[str, tuple[tuple[float, float], ...]] | None

    def at(self, u: float, v: float) -> tuple[float, float]:
        """The place at (u, v), both 0 to 1 between the corners."""
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self.ring
        return (
            (1 - v) * ((1 - u) * ax + u * bx) + v * ((1 - u) * dx + u * cx),
            (1 - v) * ((1 - u) * ay + u * by) + v * ((1 - u) * dy + u * cy),
        )


def districts(seed: int = 7) -> tuple[District, ...]:
    """The bent grid; neighbours share their corners."""
    dice = random.Random(seed)

    def corner(column: int, row: int) -> tuple[float, float]:
        bend = 0.0 if column in (0, COLUMNS) and row in (0, ROWS) else 0.09
        return (
            round(WEST + (EAST - WEST) * column / COLUMNS + dice.uniform(-bend, bend), 6),
            round(SOUTH + (NORTH - SOUTH) * row / ROWS + dice.uniform(-bend, bend), 6),
        )

    corners = {(c, r): corner(c, r) for r in range(ROWS + 1) for c in range(COLUMNS + 1)}
    cities = {host: code for code, _, host, _ in CITIES}
    found = []
    for number, (code, _, _) in enumerate(DISTRICTS):
        c, r = number % COLUMNS, number // COLUMNS
        ring = (corners[c, r], corners[c + 1, r], corners[c + 1, r + 1], corners[c, r + 1])
        bare = District(code, ring, None)
        square = tuple(bare.at(u, v) for u, v in ((0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6)))
        found.append(District(code, ring, (cities[code], square) if code in cities else None))
    return tuple(found)


def write_sample_replica(
    path: Path, *, threats: int = 3000, seed: int = 7, catalogue: Catalogue | None = None
) -> Path:
    """Write a snapshot file.

    Args:
        path: file to make; one that is there is replaced.
        threats: number of rows; one in ten is a police record, one in twenty a community signal.
        seed: of the pseudo-random rows.
        catalogue: what the rows may be; the service's own by default.
    """
    catalogue = catalogue or load_catalogue()
    path.unlink(missing_ok=True)
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    wgs84 = osr.SpatialReference()
    wgs84.ImportFromEPSG(4326)
    wgs84.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    rows, decisions = _threats(catalogue, threats, seed)
    _write(dataset, "threats", THREAT_FIELDS, ogr.wkbPoint, wgs84, rows)
    areas = _areas(seed)
    _write(dataset, "areas", AREA_FIELDS, ogr.wkbMultiPolygon, wgs84, areas)
    _write(dataset, "units", UNIT_FIELDS, ogr.wkbMultiPolygon, wgs84, _units(areas))
    _write(dataset, "decisions", DECISION_FIELDS, ogr.wkbNone, None, decisions)
    dataset = None  # OGR writes the file when the data source goes
    facts = {
        "schema_version": "3",
        "epoch": "sample",
        "cursor": "sample-cursor",
        "built_at": instant(NEWEST + timedelta(minutes=5)),
    }
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE kmzb_replica(key TEXT PRIMARY KEY, value TEXT)")
        connection.executemany("INSERT INTO kmzb_replica VALUES (?, ?)", facts.items())
        fill_search_text(connection)
        for columns in INDEXES:
            name = columns.replace(", ", "_")
            connection.execute(f"CREATE INDEX threats_{name} ON threats({columns})")
        connection.execute("CREATE INDEX decisions_threat_id ON decisions(threat_id)")
        connection.execute("ANALYZE")
    connection.close()
    return path


def _write(
    dataset: ogr.DataSource,
    name: str,
    fields: str,
    kind: int,
    crs: osr.SpatialReference | None,
    rows: list[dict[str, Any]],
) -> None:
    """One table; a row is its field values with, as the case may be, ``fid`` and ``geom`` (WKB)."""
    kinds = {
        "text": ogr.OFTString,
        "int": ogr.OFTInteger,
        "real": ogr.OFTReal,
        "date": ogr.OFTDate,
        "instant": ogr.OFTDateTime,
        "bool": ogr.OFTInteger,
    }
    options = ["FID=fid", "GEOMETRY_NAME=geom"]
    layer = dataset.CreateLayer(name, crs, kind, options)
    for field in fields.split():
        field_name, _, field_kind = field.partition(":")
        definition = ogr.FieldDefn(field_name, kinds[field_kind or "text"])
        if field_kind == "bool":
            definition.SetSubType(ogr.OFSTBoolean)
        layer.CreateField(definition)
    layer.StartTransaction()
    for row in rows:
        feature = ogr.Feature(layer.GetLayerDefn())
        for key, value in row.items():
            if key == "fid":
                feature.SetFID(value)
            elif key == "geom":
                feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(value))
            elif value is not None:
                feature.SetField(key, value)
        layer.CreateFeature(feature)
    layer.CommitTransaction()


def _polygon(ring: tuple[tuple[float, float], ...]) -> ogr.Geometry:
    """A polygon from its corners."""
    closed = ogr.Geometry(ogr.wkbLinearRing)
    for x, y in (*ring, ring[0]):
        closed.AddPoint_2D(x, y)
    polygon = ogr.Geometry(ogr.wkbPolygon)
    polygon.AddGeometry(closed)
    return polygon


def _wkb(geometry: ogr.Geometry) -> bytes:
    return bytes(ogr.ForceToMultiPolygon(geometry).ExportToWkb())


def _areas(seed: int) -> list[dict[str, Any]]:
    """The districts, the cities and their voivodeship."""
    shared = {"approximate": 1, "version": 1, "updated_at": instant(NEWEST)}
    names = {code: (name, people) for code, name, people in DISTRICTS}
    cities = {code: (name, people) for code, name, _, people in CITIES}
    rows, whole = [], ogr.Geometry(ogr.wkbMultiPolygon)
    for district in districts(seed):
        shape = _polygon(district.ring)
        whole = whole.Union(shape)
        if district.city:
            code, square = district.city
            shape = shape.Difference(_polygon(square))
            name, people = cities[code]
            rows.append({"code": code, "name": name, "population": people, "geom": _wkb(_polygon(square))})
        name, people = names[district.code]
        rows.append({"code": district.code, "name": name, "population": people, "geom": _wkb(shape)})
    for row in rows:
        row.update(level="county", parent="08", **shared)
    rows.sort(key=lambda row: row["code"])
    voivodeship = {"code": "08", "level": "voivodeship", "name": "lubuskie", "parent": None, **shared}
    return [{**voivodeship, "population": 980_000, "geom": _wkb(whole)}, *rows]


def _units(areas: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The units, each the union of the areas that it covers, its seat in the middle of the last."""
    shapes = {row["code"]: ogr.CreateGeometryFromWkb(row["geom"]) for row in areas}
    rows = []
    for code, name, kind, parent, covered in UNITS:
        shape = ogr.Geometry(ogr.wkbMultiPolygon)
        for area in covered:
            shape = shape.Union(shapes[area])
        seat = shapes["0861" if "0861" in covered else covered[-1]].PointOnSurface()
        rows.append(
            {
                "code": code,
                "name": name,
                "kind": kind,
                "parent": parent,
                "areas": ",".join(covered),
                "seat_lon": seat.GetX(),
                "seat_lat": seat.GetY(),
                "version": 1,
                "updated_at": instant(NEWEST),
                "geom": _wkb(shape),
            }
        )
    return rows


def _threats(
    catalogue: Catalogue, count: int, seed: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The threats, and the decisions that led to their statuses."""
    dice = random.Random(seed)
    grid = districts(seed)
    unit_of = {area: unit[0] for unit in reversed(UNITS) for area in unit[4]}
    unit_of.update({area: unit[0] for unit in UNITS[1:] for area in unit[4]})
    categories = {
        source: [category.code for category in catalogue.categories if category.source == source]
        for source in PREFIXES
    }
    rows, decisions = [], []
    for fid in range(1, count + 1):
        source = "police" if fid % 10 == 0 else "community" if fid % 20 == 5 else "citizen"
        of_source = categories[source]
        # Go through the categories first, so that even a small file has them all.
        category = of_source[fid % len(of_source)] if fid <= 600 else dice.choice(of_source)
        status = None
        if source == "citizen":
            status = dice.choices(list(STATUS_WEIGHTS), list(STATUS_WEIGHTS.values()))[0]
        reported = NEWEST - timedelta(minutes=dice.randrange(DAYS * 24 * 60))
        occurred = reported - timedelta(minutes=dice.randrange(5, 2000))
        local = occurred.astimezone(WARSAW)
        county, lon, lat = _place(dice, grid)
        started = status not in (None, "new")
        row = {
            "fid": fid,
            "geom": ogr.CreateGeometryFromWkt(f"POINT ({lon} {lat})").ExportToWkb(),
            "ref": f"{PREFIXES[source]}-{fid:07d}",
            "source": source,
            "category": category,
            "status": status,
            "occurred_from": instant(occurred),
            "reported_at": instant(reported),
            "description": dice.choice(DESCRIPTIONS),
            "place": dice.choice(PLACES),
            "unit": unit_of.get(county),
            "voivodeship": "08",
            "county": county,
            "confirmations": dice.choice((0, 0, 0, 1, 2, 7)) if source == "citizen" else 0,
            "attachments": (0, 0, 1, 3)[fid % 4] if source == "citizen" else 0,
            "local_day": local.date().isoformat(),
            "local_weekday": local.isoweekday(),
            "local_hour": local.hour,
            "version": 2 if started else 1,
            "updated_at": instant(reported + timedelta(hours=3)),
            "lon": lon,
            "lat": lat,
        }
        if source == "community":
            row.update(_meeting(fid))
        if source == "citizen":
            row["read_due"] = instant(reported + timedelta(days=catalogue.deadlines.read_days))
        if status == "verification":
            row["verify_due"] = instant(reported + timedelta(days=catalogue.deadlines.verify_days))
        rows.append(row)
        if started:
            decisions.append(_decision(len(decisions) + 1, row, dice))
    return rows, decisions


def _meeting(number: int) -> dict[str, Any]:
    """What a community signal says of its meeting; two signals come from each."""
    of_two = number // 40
    return {
        "meeting": str(uuid.UUID(int=of_two, version=4)),
        "organiser": ORGANISERS[of_two % len(ORGANISERS)],
        "participants": 8 + of_two % 60,
    }


def _place(dice: random.Random, grid: tuple[District, ...]) -> tuple[str, float, float]:
    """A county code and a place well inside it; cities draw more than their share."""
    district = dice.choice(grid)
    u, v = dice.uniform(0.04, 0.96), dice.uniform(0.04, 0.96)
    if district.city:
        if dice.random() < 0.6:
            u, v = dice.uniform(0.42, 0.58), dice.uniform(0.42, 0.58)
        elif 0.36 < u < 0.64 and 0.36 < v < 0.64:
            u = dice.uniform(0.04, 0.36)
    in_city = district.city is not None and 0.4 < u < 0.6 and 0.4 < v < 0.6
    code = district.city[0] if district.city and in_city else district.code
    lon, lat = district.at(u, v)
    return code, round(lon, 6), round(lat, 6)


def _decision(number: int, threat: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """The decision that brought a threat where it is."""
    reasons = {"unconfirmed": "not_found", "mistake": "joke"}
    return {
        "fid": number,
        "uuid": str(uuid.UUID(int=dice.getrandbits(128), version=4)),
        "threat_id": threat["fid"],
        "base_version": 1,
        "threat_version": 2,
        "from_status": "new",
        "to_status": threat["status"],
        "reason": reasons.get(threat["status"]),
        "method": "patrol",
        "decided_at": threat["updated_at"],
        "received_at": threat["updated_at"],
        "actor": "K. Nowak",
        "actor_role": "coordinator",
        "actor_unit": threat["unit"],
        "hash": f"{number:064x}",
    }


def catalogue_json() -> dict[str, Any]:
    """The document that ``GET /catalogue`` serves."""
    document: dict[str, Any] = json.loads(load_catalogue().as_json())
    return document
