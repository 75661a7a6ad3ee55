"""A desk's replica with a million threats, made once and kept outside the project.

The demo of one voivodeship is copied until there are sixteen, side by side.
Each has TERYT codes, units, areas, references and decisions of its own, places
that are shifted and jittered, and other minutes of the same hours, so that
days, weekdays and hours stay true. The desk's own code installs the file.
"""

from __future__ import annotations

import fcntl
import hashlib
import inspect
import json
import math
import os
import random
import shutil
import sqlite3
import struct
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from osgeo import ogr

from kmzb_qgis_plugin.client.service_client import SnapshotInfo
from kmzb_qgis_plugin.domain.period import now_text
from kmzb_qgis_plugin.replica import geometry
from kmzb_qgis_plugin.replica.replica import generations, install
from kmzb_service.catalogue.model import load_catalogue
from kmzb_service.database.wire import RESOURCES
from kmzb_service.sync import geopackage
from kmzb_service.sync.search_text import fill_search_text
from tools.run import prepare_service

COPIES: Final = 16
COLUMNS: Final = 4
ROWS_BELOW: Final = 2
DEGREES_APART: Final = 1.95
JITTER_DEGREES: Final = 0.004
"""Standard deviation of what a threat is moved by within its copy."""
REPORTS: Final = 60_000
"""Citizens' reports of the demo that is copied; police records and community signals come to them."""

_AREA_CODES: Final = {"voivodeship", "county", "commune"}
_UNIT_CODES: Final = {"unit", "actor_unit"}
_OTHER_MINUTES: Final = {"occurred_from", "reported_at"}
_POINT: Final = struct.Struct("<2sBBiBI2d")


def million() -> Path:
    """The folder of a desk that has loaded the million; made when it is not there yet (some minutes).

    It is shared by all benchmarks: one that writes takes a :func:`copy`.
    """
    folder = Path(tempfile.gettempdir()) / f"kmzb-million-{_mark()}"
    with _turn(folder.with_suffix(".lock")):
        if not generations(folder):
            with tempfile.TemporaryDirectory(prefix="kmzb-million-work-") as work:
                _make(Path(work), folder)
    return folder


def replica_path() -> Path:
    """The shared replica's file."""
    return generations(million())[0]


def copy(folder: Path) -> Path:
    """Put a desk's own copy of the replica into a folder; return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    source = replica_path()
    return Path(shutil.copy(source, folder / source.name))


def facts() -> dict[str, str]:
    """What a desk notes in its replica when it has synchronised."""
    identity = {"name": "A. Nowak", "role": "coordinator", "unit": "KWP-GORZOW", "scope": "all"}
    return {
        "catalogue": load_catalogue().as_json(),
        "catalogue_etag": '"million"',
        "identity": json.dumps({**identity, "service_version": "0", "contract": 1}),
        "synced_at": now_text(),
    }


def multiply(path: Path) -> None:
    """Turn a snapshot of one voivodeship into one of :data:`COPIES`, in place."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -500000"):
            file.execute(f"PRAGMA {setting}")
        later = _without_indexes(file)
        file.execute("BEGIN")
        sizes = {table: _rows(file, table) for table in ("areas", "units", "threats", "decisions")}
        for number in range(1, COPIES):
            _add_functions(file, number)
            for table in sizes:
                _add_copy(file, table, number, sizes)
        file.execute("DROP TABLE threats_text")
        fill_search_text(file)
        for table in sizes:
            file.execute(
                "UPDATE gpkg_ogr_contents SET feature_count = ? WHERE table_name = ?",
                (_rows(file, table), table),
            )
        for table in ("areas", "units", "threats"):
            _index_space(file, table)
        for statement in later:
            file.execute(statement)
        file.execute("COMMIT")
        file.execute("ANALYZE")
        file.execute("PRAGMA journal_mode = DELETE")


def _mark() -> str:
    """Names what the file was made from: another mark means that it is to be made anew."""
    made_from = (
        inspect.getsource(sys.modules[__name__]),
        geopackage.SCHEMA_VERSION,
        [(entry.name, entry.kind) for resource in RESOURCES for entry in resource.properties],
        load_catalogue().as_json(),
    )
    return hashlib.sha256(repr(made_from).encode()).hexdigest()[:12]


@contextmanager
def _turn(path: Path) -> Iterator[None]:
    """Only one process makes the file; others wait for it."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(work: Path, folder: Path) -> None:
    environment = dict(os.environ, KMZB_DATA_DIR=str(work / "service"))
    environment.pop("KMZB_DATABASE_URL", None)
    prepare_service(work, environment, REPORTS)
    snapshot = next((work / "service" / "snapshots").glob("*.gpkg"))
    print(f"== making {COPIES} voivodeships of one (some minutes)", file=sys.stderr, flush=True)
    multiply(snapshot)
    folder.mkdir(parents=True, exist_ok=True)
    with snapshot.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = snapshot.stat().st_size
    info = SnapshotInfo("million", size, digest, "million", now_text(), geopackage.SCHEMA_VERSION)
    part = folder / "snapshot.part"
    shutil.move(snapshot, part)
    install(folder, part, info, facts(), {}, lambda: False)


def _without_indexes(file: sqlite3.Connection) -> list[str]:
    """Drop indexes and triggers; return the statements that make them anew."""
    rows = file.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    ).fetchall()
    for kind, name, _ in rows:
        file.execute(f'DROP {kind} "{name}"')
    return [sql for _, _, sql in rows]


def _rows(file: sqlite3.Connection, table: str) -> int:
    return int(file.execute(f"SELECT max(fid) FROM {table}").fetchone()[0])


def _add_functions(file: sqlite3.Connection, number: int) -> None:
    """Have SQL know how the rows of a copy differ from those of the original."""
    dice = random.Random(number)
    moves = [dice.gauss(0, JITTER_DEGREES) for _ in range(8191)]
    minutes = [f"{dice.randrange(60):02}" for _ in range(8191)]
    east = number % COLUMNS * DEGREES_APART
    north = (number // COLUMNS - ROWS_BELOW) * DEGREES_APART
    voivodeship = f"{(8 + 2 * number - 2) % 32 + 2:02}"

    def lon(fid: int, value: float) -> float:
        return value + east + moves[fid % 8191]

    def lat(fid: int, value: float) -> float:
        return value + north + moves[fid * 7 % 8191]

    def point(fid: int, x: float, y: float) -> bytes:
        return _POINT.pack(b"GP", 0, 1, 4326, 1, 1, lon(fid, x), lat(fid, y))

    def shape(blob: bytes) -> bytes:
        body = blob[8 + 32 :]  # OGR writes the envelope of a polygon before it
        found = json.loads(ogr.CreateGeometryFromWkb(body).ExportToJson())
        return geometry.to_blob({**found, "coordinates": _moved(found["coordinates"], east, north)})

    def area(codes: str | None) -> str | None:
        return codes and ",".join(voivodeship + code[2:] for code in codes.split(","))

    def minute(fid: int, instant: str) -> str:
        return instant[:14] + minutes[fid % 8191] + instant[16:]

    for name, function in (
        ("new_lon", lon),
        ("new_lat", lat),
        ("new_point", point),
        ("new_shape", shape),
        ("new_area", area),
        ("new_minute", minute),
    ):
        file.create_function(name, len(inspect.signature(function).parameters), function, deterministic=True)
    file.create_function("east", 1, lambda x: x and x + east)
    file.create_function("north", 1, lambda y: y and y + north)


def _moved(coordinates: list[Any], east: float, north: float) -> list[Any]:
    if not isinstance(coordinates[0], list):
        return [coordinates[0] + east, coordinates[1] + north]
    return [_moved(part, east, north) for part in coordinates]


def _add_copy(file: sqlite3.Connection, table: str, number: int, sizes: dict[str, int]) -> None:
    columns = [row[1] for row in file.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(_value(table, column, number, sizes) for column in columns)
    file.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE fid <= ?",
        (sizes[table],),
    )


def _value(table: str, column: str, number: int, sizes: dict[str, int]) -> str:
    """What stands in a column of a copy, in SQL."""
    if column == "fid":
        return f"fid + {number * sizes[table]}"
    if column == "threat_id":
        return f"threat_id + {number * sizes['threats']}"
    if column == "uuid":
        return f"'{number:x}' || substr(uuid, 2, 13) || '4' || substr(uuid, 16)"  # the demo's are version 5
    if column == "geom":
        return "new_point(fid, lon, lat)" if table == "threats" else "new_shape(geom)"
    if table == "threats" and column in {"lon", "lat"}:
        return f"new_{column}(fid, {column})"
    if table == "threats" and column == "ref":
        return f"substr(ref, 1, 2) || printf('%07d', fid + {number * sizes['threats']})"
    if table == "threats" and column in _OTHER_MINUTES:
        return f"new_minute(fid, {column})"
    if column in {"seat_lon", "seat_lat"}:
        return f"{'east' if column == 'seat_lon' else 'north'}({column})"
    if (table == "areas" and column in {"code", "parent"}) or column in {"areas", *_AREA_CODES}:
        return f"new_area({column})"
    if (table == "units" and column in {"code", "parent"}) or column in _UNIT_CODES:
        return f"{column} || '-{number}'"
    if column == "name":
        return f"name || ' {number}'"
    return column


def _index_space(file: sqlite3.Connection, table: str) -> None:
    """Fill the R-tree anew, neighbours together."""
    boxes = {
        fid: box
        for fid, blob in file.execute(f"SELECT fid, geom FROM {table}")
        if (box := geometry.envelope(blob)) is not None
    }
    near = sorted(boxes, key=lambda fid: (math.floor(boxes[fid][0] * 20), boxes[fid][2]))
    file.execute(f"DELETE FROM rtree_{table}_geom")
    file.executemany(
        f"INSERT INTO rtree_{table}_geom VALUES (?, ?, ?, ?, ?)", ((fid, *boxes[fid]) for fid in near)
    )
    west, east, south, north = zip(*boxes.values(), strict=True)
    file.execute(
        "UPDATE gpkg_contents SET min_x = ?, max_x = ?, min_y = ?, max_y = ? WHERE table_name = ?",
        (min(west), max(east), min(south), max(north), table),
    )


if __name__ == "__main__":
    print(replica_path())
