"""District maps as PDF, against QGIS's own atlas export of the same layout; and the size of a dense one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from qgis.core import QgsPrintLayout, QgsProject
from qgis.PyQt import sip

from benchmarks.figures import Figure, paired_medians
from benchmarks.native import run_native
from benchmarks.workspace import Workspace
from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.period import Period, now_text, warsaw_today
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.gui.designer import keep_in_project
from kmzb_qgis_plugin.printing.choices import read_choices
from kmzb_qgis_plugin.printing.district_map import shipped_template
from kmzb_qgis_plugin.printing.export import Book, export
from kmzb_qgis_plugin.printing.jobs import write_all
from kmzb_qgis_plugin.printing.orders import DistrictOrder
from kmzb_qgis_plugin.printing.scope import Content
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.replica import Replica

SYMBOLS = 5_000
RUNS = 3
MEGABYTE = 1_000_000


def measure(workspace: Workspace) -> list[Figure]:
    folder = workspace.folder / "prints"
    path = workspace.synchronise(folder, None).new_replica_path
    replica = Replica(path)
    try:
        with closing(replica.reader()) as reader:
            return [_fourteen(folder, replica, reader), _dense(folder, replica, reader)]
    finally:
        QgsProject.instance().clear()
        replica.close()


def _order(replica: Replica, reader: sqlite3.Connection) -> DistrictOrder:
    text = replica.catalogue_text
    if text is None:
        raise RuntimeError("the replica has no catalogue")
    return DistrictOrder(
        replica_path=replica.path,
        catalogue=Catalogue.from_json(text),
        threat_filter=ThreatFilter(period=Period("last_90")),
        places=queries.place_names(reader),
        today=warsaw_today(),
        now=now_text(),
        lang="pl",
        data_date="",
        template=shipped_template("A3", "landscape"),
    )


def _fourteen(folder: Path, replica: Replica, reader: sqlite3.Connection) -> Figure:
    """All counties on A3. The peer has the voivodeship's layout, driven by an atlas of the counties."""
    order = _order(replica, reader)
    choices = read_choices(reader)
    counties = [choice for choice in choices if choice.level == "county"]
    (whole,) = order.jobs([next(choice for choice in choices if choice.level == "voivodeship")])
    project = QgsProject.instance()
    layout = whole.build(whole.read(reader))
    keep_in_project(project, layout)
    areas = next(
        layer for layer in layout.itemById("map").layers() if "layername=areas" in layer.source().lower()
    ).clone()
    areas.setSubsetString("\"level\" = 'county'")
    project.addMapLayer(areas, False)
    atlas = layout.atlas()
    atlas.setCoverageLayer(areas)
    atlas.setEnabled(True)
    layout.itemById("map").setAtlasDriven(True)

    def print_ours() -> None:
        with Book(folder / "ours.pdf") as book:
            skipped = write_all(order.jobs(counties), reader, book, lambda number, title: None, lambda: False)
            book.finish()
        if skipped:
            raise RuntimeError(f"not every county was printed: {skipped}")

    def print_peers() -> None:
        _export_atlas(layout, folder / "atlas.pdf")

    fast, peer = paired_medians(print_ours, print_peers, RUNS)
    name = f"{len(counties)} district maps on A3 as PDF"
    return Figure(name, fast, ("native:atlaslayouttopdf", peer), "at most 1.2 times the peer's time")


def _export_atlas(layout: QgsPrintLayout, path: Path) -> None:
    parameters = {"LAYOUT": layout.name(), "OUTPUT": str(path), "FORCE_VECTOR": True, "TEXT_FORMAT": 1}
    run_native("atlaslayouttopdf", parameters)
    if not path.exists():
        raise RuntimeError("the peer printed nothing")


def _dense(folder: Path, replica: Replica, reader: sqlite3.Connection) -> Figure:
    """One A3 map with as many symbols as are ever drawn as symbols. Its seconds are megabytes."""
    order = _order(replica, reader)
    newest = reader.execute(
        "SELECT local_day FROM threats ORDER BY local_day DESC LIMIT 1 OFFSET ?", (SYMBOLS,)
    ).fetchone()[0]
    period = Period("range", date.fromisoformat(newest) + timedelta(days=1), None)
    order = replace(order, threat_filter=ThreatFilter(period=period), content=Content())
    voivodeship = next(choice for choice in read_choices(reader) if choice.level == "voivodeship")
    (job,) = order.jobs([voivodeship])
    data = job.read(reader)
    layout = job.build(data)
    path = folder / "dense.pdf"
    export(layout, path)
    sip.delete(layout)
    name = f"PDF of an A3 map with {data.total:,} symbols, in megabytes"
    return Figure(name, path.stat().st_size / MEGABYTE, aim="under 5")
