"""A click in the category tree with a million threats: until the counts stand, and until the map is drawn.

The peer is the same project on a PostGIS database on this machine: the same rows, indexes, layers and styles,
through QGIS's own provider. It is given its selection at once, and does not count. Its drawing is timed once
more with the labels switched off that show from nearer only, as the plugin does: what is left is the reading.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from qgis.core import QgsApplication, QgsProject, QgsProviderRegistry, QgsVectorLayer, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtCore import QPoint, QRect, Qt
from qgis.PyQt.QtTest import QTest
from qgis.testing import start_app

from benchmarks import million
from benchmarks.figures import Figure, show
from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain import filter_sql
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.gui.filter_dock import FilterDock
from kmzb_qgis_plugin.gui.messages import Messages
from kmzb_qgis_plugin.layers import near_labels
from kmzb_qgis_plugin.layers.layer_tree import SOURCES
from kmzb_qgis_plugin.session import Session
from kmzb_qgis_plugin.settings import Connection

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from postgres_cluster import SUPERUSER, PostgresCluster

BEFORE = frozenset({"poaching", "wild_bathing"})
CLICKED = "unguarded_level_crossing"
"""With the two before, 4,992 threats are left."""
RUNS = 11
PEER = "the same project on QGIS's PostGIS provider, local server"
PEER_WITHOUT_LABELS = "the same, labels off as ours"
TABLES = ("threats", "areas", "units")
PATIENCE_SECONDS = 120
INDEXES = (
    "category, occurred_from",
    "source, occurred_from",
    "status",
    "unit",
    "reported_at",
)


class Desk:
    """A session on the million, its filter dock and a map."""

    def __init__(self) -> None:
        self.project = QgsProject.instance()
        self.canvas = QgsMapCanvas()
        self.canvas.resize(1600, 1000)
        self.canvas.setParallelRenderingEnabled(True)
        self.canvas.setCachingEnabled(True)  # as QGIS's window has it
        self.canvas.setPreviewJobsEnabled(False)
        self.canvas.show()
        self.session = Session(self.project)
        self.session.language = "en"
        self.session.problemRaised.connect(self._fail)
        self.canvas.scaleChanged.connect(self.session.layers.follow_scale)
        connection = Connection("million", "million", "http://127.0.0.1:9", "")
        settings.save_connection(connection)
        folder = settings.workspace_folder(connection)
        folder.mkdir(parents=True, exist_ok=True)
        million.copy(folder)
        self.session.open(connection)
        self.session.cancel_sync()
        self.dock = FilterDock(self.session, Messages(QgsMessageBar()))
        self.dock.resize(360, 900)
        self.dock.show()
        self.drawn, self.began, self.drawing = 0, 0.0, 0.0
        self.canvas.renderStarting.connect(self._begin)
        self.canvas.mapCanvasRefreshed.connect(self._count)
        self.until(lambda: self.dock.shown.text() and not self.session.syncing)

    def show(self, layers: list[QgsVectorLayer]) -> None:
        self.canvas.setDestinationCrs(self.project.crs())
        self.canvas.setLayers(layers)

    def until(self, condition: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError
            QgsApplication.processEvents()
            time.sleep(0.001)  # the processor is the renderer's

    def quiet(self) -> bool:
        busy = self.session._background.busy
        return not (busy("drawn") or busy("facets") or self.canvas.isDrawing())

    def settle(self) -> None:
        for _ in range(3):
            self.until(self.quiet)
            end = time.monotonic() + 0.1
            self.until(lambda end=end: time.monotonic() > end)

    def redraw(self, action: Callable[[], object]) -> tuple[float, float]:
        """Seconds until nothing is being drawn any more, and of these the seconds of the drawing."""
        self.settle()
        before, start = self.drawn, time.perf_counter()
        action()
        self.until(lambda: self.drawn > before and self.quiet())
        return time.perf_counter() - start, self.drawing

    def _begin(self) -> None:
        self.began = time.perf_counter()

    def _count(self) -> None:
        self.drawn += 1
        self.drawing = time.perf_counter() - self.began

    @staticmethod
    def _fail(error: Exception) -> None:
        print(f"told: {error!r}", file=sys.stderr)


def click(dock: FilterDock, code: str) -> None:
    """Click the box of a category, where it is."""
    tree = dock.parts[2].tree
    item = tree.box(code)
    item.parent().setExpanded(True)
    tree.scrollToItem(item)
    row: QRect = tree.visualItemRect(item)
    QTest.mouseClick(
        tree.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QPoint(row.left() + 8, row.center().y()),
    )


def measure() -> list[Figure]:
    desk = Desk()
    session, dock = desk.session, desk.dock
    own = list(session.layers.layers().values())
    desk.show(own)
    desk.canvas.setExtent(session.layers.zoom_extent())
    session.set_filter(ThreatFilter(categories=BEFORE))
    desk.settle()
    figures = []
    with _postgis() as uri:
        peers = {role: _peer(layer, uri) for role, layer in session.layers.layers().items()}
        for extent, scale in (("the whole country", 1.0), ("half of it", 0.7)):
            desk.canvas.setExtent(session.layers.zoom_extent())
            desk.canvas.zoomByFactor(scale)
            ours, theirs, unlabelled, counts = [], [], [], []
            for _ in range(RUNS):
                desk.show(own)
                before = session.where()
                ours.append(desk.redraw(lambda: click(dock, CLICKED)))
                after = session.where()
                counts.append(_counted(desk))
                session.set_filter(ThreatFilter(categories=BEFORE))
                desk.settle()
                for times, labels_from in ((theirs, 0.0), (unlabelled, desk.canvas.scale())):
                    for source in SOURCES:
                        near_labels.follow_scale(peers[source], labels_from)
                    _filter(peers, before)
                    desk.show(list(peers.values()))
                    times.append(desk.redraw(lambda after=after: _filter(peers, after)))
            points = f"4,992 points, {extent}"
            figures += [
                Figure(
                    f"click to finished redraw, {points}",
                    _median(ours, 0),
                    (PEER, _median(theirs, 0)),
                    "0.25 s, 1 ×",
                ),
                Figure(
                    f"of it the drawing, {points}",
                    _median(ours, 1),
                    (PEER_WITHOUT_LABELS, _median(unlabelled, 1)),
                ),
            ]
        figures.append(Figure("counts of the whole tree", statistics.median(counts), aim="0.15 s"))
    session.shut_down()
    return figures


def _median(runs: list[tuple[float, float]], part: int) -> float:
    return statistics.median(run[part] for run in runs)


def _counted(desk: Desk) -> float:
    """Seconds until the counts of another filter stand in the dock."""
    desk.settle()
    shown, start = desk.dock.shown.text(), time.perf_counter()
    desk.session.set_filter(desk.session.filter.replace(hours=frozenset(range(8, 20))))
    desk.until(lambda: desk.dock.shown.text() != shown)
    return time.perf_counter() - start


def _filter(peers: dict[str, QgsVectorLayer], where: str) -> None:
    for source in SOURCES:
        peers[source].setSubsetString(filter_sql.for_source(where, source))


def _peer(layer: QgsVectorLayer, uri: str) -> QgsVectorLayer:
    """The same layer from PostGIS, with the same style; one that QGIS holds in memory as it is."""
    if layer.dataProvider().name() == "memory":
        return layer
    table = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())["layerName"]
    kind = QgsWkbTypes.displayString(layer.wkbType())
    source = f'{uri} key=\'fid\' type={kind} srid=4326 table="public"."{table}" (geom)'
    peer = QgsVectorLayer(source, layer.name(), "postgres")
    if not peer.isValid():
        raise RuntimeError(peer.error().message())
    peer.setRenderer(layer.renderer().clone())
    peer.setLabeling(layer.labeling().clone())
    peer.setLabelsEnabled(layer.labelsEnabled())
    peer.setCustomProperties(layer.customProperties())
    return peer


@contextmanager
def _postgis() -> Iterator[str]:
    """A server with the same rows and indexes; yields what QGIS connects by."""
    cluster = PostgresCluster()
    try:
        cluster.create()
        cluster.execute("CREATE EXTENSION postgis")
        target = f"PG:host=127.0.0.1 port={cluster.port} user={SUPERUSER} dbname=postgres"
        subprocess.run(
            ["ogr2ogr", "-f", "PostgreSQL", target, str(million.replica_path()), *TABLES, "-lco", "FID=fid",
             "-lco", "GEOMETRY_NAME=geom", "-lco", "SPATIAL_INDEX=GIST"],
            env={**os.environ, "PG_USE_COPY": "YES"}, check=True,
        )  # fmt: skip
        for columns in INDEXES:
            cluster.execute(f"CREATE INDEX ON threats ({columns})")
        cluster.execute("VACUUM ANALYZE")
        yield f"host=127.0.0.1 port={cluster.port} user={SUPERUSER} dbname='postgres' sslmode=disable"
    finally:
        cluster.remove()


if __name__ == "__main__":
    start_app()
    show(measure())
