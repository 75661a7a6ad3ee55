"""Writing the demo's files and bringing them in by the ordinary imports."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from osgeo import ogr
from sqlalchemy import Engine, select

from kmzb_service.catalogue.model import Catalogue
from kmzb_service.database.engine import reading, writing
from kmzb_service.database.tables import import_run
from kmzb_service.intake.areas import AreaFields, import_areas
from kmzb_service.intake.demo.attached import attach_files
from kmzb_service.intake.demo.ground import Ground, build_ground
from kmzb_service.intake.demo.province import Province, load_province
from kmzb_service.intake.demo.records import community_signals, police_records
from kmzb_service.intake.demo.reports import Rows, citizen_reports
from kmzb_service.intake.demo.sites import Sites
from kmzb_service.intake.demo.texts import load_texts
from kmzb_service.intake.demo.timeline import START
from kmzb_service.intake.errors import IntakeError
from kmzb_service.intake.mapping import load_mapping
from kmzb_service.intake.outcome import Progress, Rejects, Summary, record_run
from kmzb_service.intake.threats import import_threats
from kmzb_service.intake.units import import_units
from kmzb_service.settings import Settings

REPORTS = 60_000
SEED = 2016
_POLICE_PER_REPORT = 1 / 20
_COMMUNITY_PER_REPORT = 1 / 150
_RUN_KIND = "demo"
_AREA_FIELDS = AreaFields("terc", "name", population="population")

Watch = Callable[[str], Progress]
"""Called with the name of each step; returns whom to tell of its progress."""


@dataclass(frozen=True)
class DemoPlan:
    """What the demo is made from: the same plan makes the same files.

    Attributes:
        reports: citizens' reports; the other planes follow in proportion.
        seed: of all that is drawn by chance.
        until: its last, unfinished day.
    """

    reports: int
    seed: int
    until: date

    def __post_init__(self) -> None:
        if (self.until - START).days < 60:
            raise IntakeError(f"the demo begins on {START}; its last day must be two months later or more")
        if self.reports < 1:
            raise IntakeError("the demo needs at least one report")

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "until": self.until.isoformat()}


def plan_in(engine: Engine) -> DemoPlan | None:
    """The plan of the demo that the database has; None when it has none."""
    newest = (
        select(import_run.c.summary).where(import_run.c.kind == _RUN_KIND).order_by(import_run.c.id.desc())
    )
    with reading(engine) as connection:
        summary = connection.execute(newest.limit(1)).scalar()
    if summary is None:
        return None
    return DemoPlan(summary["reports"], summary["seed"], date.fromisoformat(summary["until"]))


def load_demo(
    engine: Engine, settings: Settings, catalogue: Catalogue, plan: DemoPlan, watch: Watch
) -> dict[str, Summary]:
    """Write the demo's files into ``demo/`` of the data folder and import them.

    Args:
        engine: an initialised database.
        settings: where the files go.
        catalogue: the categories.
        plan: how many reports, from which seed, until when.
        watch: told of each step.

    Returns:
        What became of the rows of each file, by its name.

    Raises:
        IntakeError: the database has a demo made from another plan.
    """
    present = plan_in(engine)
    if present not in (None, plan):
        raise IntakeError(
            f"the database has a demo of {present.reports} reports until {present.until} "
            f"(seed {present.seed}) already; a different one needs a new database"
        )
    folder = settings.data_dir / "demo"
    write_files(folder, catalogue, plan, watch("Making up the demo"))
    done = {}
    with Rejects(folder / "rejects.csv") as rejects:
        for name, level in (("voivodeship", "voivodeship"), ("counties", "county")):
            progress = watch(f"Importing demo {name}")
            done[name] = import_areas(
                engine,
                folder / f"{name}.geojson",
                level,
                _AREA_FIELDS,
                rejects,
                approximate=True,
                progress=progress,
            )
        done["units"] = import_units(engine, folder / "units.csv", rejects, watch("Importing demo units"))
        for plane in ("citizen", "police", "community"):
            with as_file(files(__package__) / f"{plane}.toml") as path:
                mapping = load_mapping(path, catalogue)
            progress = watch(f"Importing demo threats ({plane})")
            done[plane] = import_threats(
                engine, settings, catalogue, folder / f"{plane}.csv", mapping, rejects, progress
            )
    done["attachments"] = attach_files(engine, settings, plan.seed, watch("Importing demo attachments"))
    if present is None:
        with writing(engine) as connection:
            record_run(connection, _RUN_KIND, str(folder), datetime.now(UTC), plan.as_json())
    return done


def write_files(folder: Path, catalogue: Catalogue, plan: DemoPlan, progress: Progress) -> None:
    """Make up the demo and write it as GeoJSON and CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    province = load_province()
    ground = build_ground(province)
    _write_areas(folder, province, ground)
    _write_units(folder, province)
    progress(1, 4)
    rng = np.random.default_rng(plan.seed)
    sites = Sites(province, ground.province, load_texts()["streets"], rng)
    for number, (plane, make, per_report) in enumerate(
        (
            ("citizen", citizen_reports, 1.0),
            ("police", police_records, _POLICE_PER_REPORT),
            ("community", community_signals, _COMMUNITY_PER_REPORT),
        ),
        start=2,
    ):
        count = max(1, round(plan.reports * per_report))
        _write_csv(folder / f"{plane}.csv", make(catalogue, sites, count, plan.until, rng))
        progress(number, 4)


def _write_csv(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _write_areas(folder: Path, province: Province, ground: Ground) -> None:
    population = sum(county.population for county in province.counties)
    _write_geojson(
        folder / "voivodeship.geojson", [(province.code, province.name, population, ground.province)]
    )
    _write_geojson(
        folder / "counties.geojson",
        [(one.code, one.name, one.population, ground.counties[one.code]) for one in province.counties],
    )


def _write_geojson(path: Path, areas: list[tuple[str, str, int, ogr.Geometry]]) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"terc": code, "name": name, "population": population},
            "geometry": json.loads(geometry.ExportToJson()),
        }
        for code, name, population, geometry in areas
    ]
    document = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def _write_units(folder: Path, province: Province) -> None:
    first, *_ = province.units
    _write_csv(
        folder / "units.csv",
        [
            {
                "code": unit.code,
                "name": unit.name,
                "kind": unit.kind,
                "parent": "" if unit is first else first.code,
                "areas": ",".join(unit.areas),
                "seat_lon": province.town(unit.seat).lon,
                "seat_lat": province.town(unit.seat).lat,
            }
            for unit in province.units
        ],
    )
