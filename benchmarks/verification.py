"""The verification dock with a million threats: near-duplicates, the queue's opening and its scrolling."""

from __future__ import annotations

import shutil
import sqlite3
import statistics
import time
import uuid
from contextlib import closing
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from qgis.gui import QgsMessageBar
from qgis.PyQt import sip

from benchmarks import million
from benchmarks.figures import Figure, seconds
from benchmarks.window import own_session, wait
from benchmarks.workspace import Workspace
from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.gui.messages import Messages
from kmzb_qgis_plugin.gui.queue_panel import QueuePanel
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.near import surroundings
from kmzb_qgis_plugin.replica.replica import Replica
from kmzb_qgis_plugin.session import Session

REPORTS = 200
RUNS = 5


def measure(_: Workspace) -> list[Figure]:
    path = million.replica_path()
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        near = _near_seconds(connection)
    opening, work, scrolling = _queue_seconds()
    return [
        Figure("near-duplicates of a report, median", statistics.median(near), aim="0.05 s"),
        Figure("near-duplicates of a report, slowest of 200", max(near), aim="0.05 s"),
        Figure("queue of 10,000 opened and painted", opening, aim="0.3 s"),
        Figure("queue of 10,000 opened and painted, processor time", work, aim="0.3 s"),
        Figure("queue scrolled by a page", scrolling, aim="no delay: 0.02 s"),
    ]


def _near_seconds(connection: sqlite3.Connection) -> list[float]:
    """For reports that wait, the newest and those where most is around."""
    catalogue = Catalogue.from_json(million.facts()["catalogue"])
    rows = queries.queue(connection, catalogue, limit=10_000)
    threats = [queries.threat(connection, row.fid) for row in rows[:: len(rows) // REPORTS]]
    return [seconds(lambda one=one: surroundings(connection, one, catalogue)) for one in threats if one]


def _queue_seconds() -> tuple[float, float, float]:
    """Median times from the question to the painted queue, and the median page on the way down it."""
    connection = settings.Connection(uuid.uuid4().hex[:12], "million", "http://127.0.0.1:9")
    folder = settings.workspace_folder(connection)
    try:
        _fill_up(million.copy(folder))
        settings.save_connection(connection)
        settings.set_preference("sync_minutes", 0)
        with own_session() as session:
            return _of_a_queue(session, connection)
    finally:
        settings.delete_connection(connection.id)
        shutil.rmtree(folder, ignore_errors=True)


def _of_a_queue(session: Session, connection: settings.Connection) -> tuple[float, float, float]:
    bar = QgsMessageBar()
    panel = QueuePanel(session, Messages(bar))
    panel.resize(600, 800)
    panel.show()
    session.open(connection)
    wait(lambda: not session.syncing and not session._background._waiting)
    busy = [time.process_time()]
    openings = []
    for _ in range(RUNS):
        openings.append(seconds(lambda: _open(panel)))
        busy.append(time.process_time())
    work = [after - before for before, after in pairwise(busy)]
    bar_down = panel.tree.verticalScrollBar()
    pages = range(0, bar_down.maximum(), bar_down.pageStep())
    scrolls = [seconds(lambda to=to: _scroll(panel, to)) for to in pages]
    sip.delete(panel)
    return statistics.median(openings), statistics.median(work), statistics.median(scrolls)


def _fill_up(path: Path) -> None:
    """Have more reports wait than the queue shows."""
    with closing(Replica(path)) as replica, replica._writing() as file:
        file.execute(
            "UPDATE threats SET status = 'new', read_due = coalesce(read_due, reported_at) "
            "WHERE fid IN (SELECT fid FROM threats WHERE status = 'unconfirmed' LIMIT ?)",
            (queries.QUEUE_LIMIT,),
        )


def _open(panel: QueuePanel) -> None:
    # Otherwise the rows are found to be the same, and nothing is laid out.
    panel.model.show((), panel.session.catalogue, "en", datetime.now(UTC))
    filled: list[bool] = []
    panel.model.modelReset.connect(lambda: filled.append(True))
    panel.load()
    wait(lambda: filled)
    panel.repaint()
    panel.tree.viewport().repaint()


def _scroll(panel: QueuePanel, to: int) -> None:
    panel.tree.verticalScrollBar().setValue(to)
    panel.tree.viewport().repaint()
