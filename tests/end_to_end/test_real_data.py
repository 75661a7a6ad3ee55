"""Real boundaries and real police records, from their files to the filtered map."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

from analyst_at_work import Analyst
from desk import wait_for
from qgis.core import QgsFeatureRequest, QgsRectangle
from service_process import ServiceProcess
from shared_data import polish_areas, vehicle_thefts

from kmzb_qgis_plugin.domain.period import Period
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter

MAPPING = Path(__file__).parent.parent / "data" / "nyc-vehicle-thefts.toml"
MANHATTAN = QgsRectangle(-74.02, 40.70, -73.93, 40.88)


def test_every_row_arrives_on_the_map(
    service: ServiceProcess, analyst: Callable[..., Analyst], tmp_path: Path
) -> None:
    thefts, rows, open_ended = vehicle_thefts(tmp_path)
    voivodeships, counties = polish_areas(tmp_path)
    columns = ["--code-field", "terc", "--name-field", "name"]
    service.command("import", "areas", str(voivodeships), "--level", "voivodeship", *columns)
    service.command("import", "areas", str(counties), "--level", "county", *columns)
    summary = service.command("import", "threats", str(thefts), "--mapping", str(MAPPING))
    assert f"{rows} read = {rows} added" in summary
    service.command("snapshot", "build")
    service.start()

    nowak = analyst("A. Nowak", "viewer")
    nowak.connect()
    police, areas = nowak.session.layers.layer("police"), nowak.session.layers.layer("areas")
    assert police.featureCount() == rows
    assert areas.featureCount() == sum(
        len(json.loads(path.read_text(encoding="utf-8"))["features"]) for path in (voivodeships, counties)
    )
    without_end = QgsFeatureRequest().setFilterExpression('"occurred_to" IS NULL').setNoAttributes()
    assert sum(1 for _ in police.getFeatures(without_end)) == open_ended

    year = Period("range", date(2015, 1, 1), date(2015, 12, 31))
    nowak.session.set_filter(ThreatFilter(period=year))
    with closing(sqlite3.connect(service.database)) as file:
        file.enable_load_extension(True)
        file.load_extension("mod_spatialite")
        # 2015 in Warsaw, which is an hour before UTC on New Year's Eve
        expected = file.execute(
            "SELECT count(*) FROM threat"
            " WHERE occurred_from >= '2014-12-31 23:00' AND occurred_from < '2015-12-31 23:00'"
        ).fetchone()[0]
        around = file.execute(
            "SELECT count(*) FROM threat WHERE occurred_from >= '2014-12-31 23:00'"
            " AND occurred_from < '2015-12-31 23:00'"
            " AND ST_X(geom) BETWEEN ? AND ? AND ST_Y(geom) BETWEEN ? AND ?",
            (MANHATTAN.xMinimum(), MANHATTAN.xMaximum(), MANHATTAN.yMinimum(), MANHATTAN.yMaximum()),
        ).fetchone()[0]
    wait_for(lambda: police.featureCount() == expected, "the layer follows the filter")
    assert sum(1 for _ in police.getFeatures(QgsFeatureRequest(MANHATTAN))) == around
