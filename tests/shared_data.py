"""Real data beside the repository, and stand-ins of the same form where it is not there."""

from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data"
_THEFTS = "nyc-vehicle-thefts.csv"
_THEFT_COLUMNS = (
    "uid",
    "date_single",
    "date_start",
    "date_end",
    "longitude",
    "latitude",
    "location_type",
    "location_category",
    "census_block",
)
_STAND_IN_THEFTS = 3_000


def shared_data() -> Path | None:
    """The folder of real data; None where there is none."""
    return _FOLDER if (_FOLDER / _THEFTS).is_file() else None


def vehicle_thefts(folder: Path) -> tuple[Path, int, int]:
    """The file of New York's vehicle thefts, its rows, and how many of them have no end."""
    if real := shared_data():
        return real / _THEFTS, 35_746, 2_852
    path = folder / _THEFTS
    open_ended = 0
    # every hour around a change of clocks, in which each November has an hour twice
    start = datetime(2015, 10, 1)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_THEFT_COLUMNS)
        for number in range(_STAND_IN_THEFTS):
            begun = start + timedelta(minutes=17 * number)
            ended = "" if number % 12 == 0 else f"{begun + timedelta(minutes=20):%Y-%m-%d %H:%M}"
            open_ended += not ended
            point = [-73.9 + number % 50 / 1000, 40.7 + number % 70 / 1000]
            text = f"{begun:%Y-%m-%d %H:%M}"
            writer.writerow([13_000_000 + number, text, text, ended, *point, "street", "street", "360"])
    return path, _STAND_IN_THEFTS, open_ended


def polish_areas(folder: Path) -> tuple[Path, Path]:
    """Files of the 16 voivodeships and the 380 counties, with the fields ``terc`` and ``name``."""
    if real := shared_data():
        return real / "poland-voivodeships.geojson", real / "poland-counties.geojson"
    voivodeships = [f"{2 * number:02d}" for number in range(1, 17)]
    counties = [f"{voivodeships[number % 16]}{number // 16 + 1:02d}" for number in range(380)]
    paths = folder / "voivodeships.geojson", folder / "counties.geojson"
    for path, codes in zip(paths, (voivodeships, counties), strict=True):
        features = [_square(code, number) for number, code in enumerate(codes)]
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return paths


def polish_communes(folder: Path) -> tuple[Path, int]:
    """A file of Poland's communes with the fields ``terc`` and ``name``, and how many there are."""
    if real := shared_data():
        return real / "poland-municipalities.geojson", 2_477
    codes = [f"{2 * (number % 16 + 1):02d}{number // 16 % 24 + 1:02d}{number:03d}" for number in range(400)]
    path = folder / "communes.geojson"
    features = [_square(code, number) for number, code in enumerate(codes)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path, len(codes)


def _square(code: str, number: int) -> dict[str, object]:
    west, south = 14.5 + number % 40 * 0.2, 49.5 + number // 40 * 0.4
    ring = [[west, south], [west + 0.2, south], [west + 0.2, south + 0.4], [west, south + 0.4], [west, south]]
    return {
        "type": "Feature",
        "properties": {"terc": code, "name": f"obszar {code}"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
