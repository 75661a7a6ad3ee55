"""Small files of a sender, their mapping, and what an import made of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select

from kmzb_service.catalogue.model import load_catalogue
from kmzb_service.database.engine import reading
from kmzb_service.database.tables import area, decision, threat, unit
from kmzb_service.intake.areas import AreaFields, import_areas
from kmzb_service.intake.mapping import load_mapping
from kmzb_service.intake.outcome import Reject, Rejects, Summary
from kmzb_service.intake.threats import import_threats
from kmzb_service.intake.units import import_units
from kmzb_service.settings import Settings

AREA_FIELDS = AreaFields("terc", "name")
NOW = datetime(2022, 1, 1, 12, tzinfo=UTC)

CITIZEN_MAPPING = """
[source]
name = "test"
plane = "citizen"

[times]
formats = ["%Y-%m-%d %H:%M", "iso"]

[coordinates]
x = "lon"
y = "lat"
crs = "EPSG:4326"

[columns]
id = "id"
category = "category"
occurred_from = "from"
occurred_to = "to"
reported_at = "reported"
description = "text"
place = "place"
part_of_day = "part"
weekdays = "days"
confirmations = "confirmations"
status = "status"
taken_at = "taken"
confirmed_at = "confirmed"
decided_at = "decided"
reason = "reason"
note = "note"
method = "method"
institution = "institution"
"""

PLAIN = {
    "id": "1",
    "category": "speeding",
    "from": "2021-06-01 14:30",
    "to": "",
    "reported": "2021-06-01 15:00",
    "text": "Za szybko.",
    "place": "",
    "part": "",
    "days": "",
    "confirmations": "",
    "status": "",
    "taken": "",
    "confirmed": "",
    "decided": "",
    "reason": "",
    "note": "",
    "method": "",
    "institution": "",
    "lon": "15.25",
    "lat": "52.25",
}
"""A report that nothing is wrong with, in the columns of ``CITIZEN_MAPPING``."""


@dataclass(frozen=True)
class Imported:
    """An import's summary, its refused rows and where the file of them is."""

    summary: Summary
    rejects: Sequence[Reject]
    rejects_file: Path

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Added, updated, unchanged, rejected."""
        one = self.summary
        return one.added, one.updated, one.unchanged, one.rejected


@dataclass(frozen=True)
class Importer:
    """Imports into the test's database from files in the test's folder."""

    engine: Engine
    settings: Settings
    folder: Path

    def reports(self, *rows: Mapping[str, str], mapping: str = CITIZEN_MAPPING) -> Imported:
        """Import citizens' reports; each row says in what it differs from ``PLAIN``."""
        return self.threats(csv_text({**PLAIN, **row} for row in rows), mapping)

    def threats(
        self, content: str | bytes | Path, mapping: str = CITIZEN_MAPPING, now: datetime = NOW
    ) -> Imported:
        """Import a CSV file with this content, or a file that is there."""
        path = self._written("threats.csv", content)
        mapping_path = self._written("mapping.toml", mapping)
        catalogue = load_catalogue()
        rejects = Rejects(self.folder / "rejects.csv")
        with rejects:
            summary = import_threats(
                self.engine,
                self.settings,
                catalogue,
                path,
                load_mapping(mapping_path, catalogue),
                rejects,
                now=now,
            )
        return Imported(summary, rejects.first, rejects.path)

    def areas(
        self,
        content: str | Path,
        level: str = "county",
        fields: AreaFields = AREA_FIELDS,
        **options: Any,
    ) -> Imported:
        """Import a GeoJSON document, or a file that is there."""
        rejects = Rejects(self.folder / "rejects.csv")
        with rejects:
            summary = import_areas(
                self.engine, self._written("areas.geojson", content), level, fields, rejects, **options
            )
        return Imported(summary, rejects.first, rejects.path)

    def units(self, content: str | Path, suffix: str = "toml") -> Imported:
        """Import a document of units, or a file that is there."""
        rejects = Rejects(self.folder / "rejects.csv")
        with rejects:
            summary = import_units(self.engine, self._written(f"units.{suffix}", content), rejects)
        return Imported(summary, rejects.first, rejects.path)

    def _written(self, name: str, content: str | bytes | Path) -> Path:
        if isinstance(content, Path):
            return content
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def stored(self, *columns: str) -> list[Any]:
        """Columns of the threats in the order of their ids; plain values when it is one column."""
        chosen = [threat.c[name] for name in columns]
        with reading(self.engine) as connection:
            rows = connection.execute(select(*chosen).order_by(threat.c.id)).all()
        return [row[0] for row in rows] if len(columns) == 1 else [tuple(row) for row in rows]

    def points(self) -> list[tuple[float, float]]:
        """Longitude and latitude of the threats in the order of their ids."""
        query = select(func.ST_X(threat.c.geom), func.ST_Y(threat.c.geom)).order_by(threat.c.id)
        with reading(self.engine) as connection:
            return [tuple(row) for row in connection.execute(query)]

    def decisions(self, *columns: str) -> list[Any]:
        """Columns of the decisions in the order of the chain."""
        chosen = [decision.c[name] for name in columns]
        with reading(self.engine) as connection:
            rows = connection.execute(select(*chosen).order_by(decision.c.id)).all()
        return [row[0] for row in rows] if len(columns) == 1 else [tuple(row) for row in rows]

    def everything(self) -> list[Any]:
        """All that desks are sent, to tell whether anything has changed."""
        with reading(self.engine) as connection:
            return [
                tuple(row)
                for table in (threat, area, unit, decision)
                for row in connection.execute(
                    select(*(column for column in table.columns if column.name != "geom")).order_by(
                        table.c.id
                    )
                )
            ]


def csv_text(rows: Iterable[Mapping[str, str]]) -> str:
    """Rows with the same keys as a CSV document."""
    listed = list(rows)
    lines: list[str] = []

    class Lines:
        def write(self, line: str) -> None:
            lines.append(line)

    writer = csv.DictWriter(Lines(), list(listed[0]))
    writer.writeheader()
    writer.writerows(listed)
    return "".join(lines)


def square(code: str, west: float, south: float = 52.0, size: float = 0.5) -> dict[str, Any]:
    """A square area as a GeoJSON feature."""
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return feature({"type": "Polygon", "coordinates": [ring]}, terc=code, name=f"powiat {code}")


def feature(geometry: Mapping[str, Any] | None, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geojson(*features: Mapping[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})
