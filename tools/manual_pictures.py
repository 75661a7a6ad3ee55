"""Make the manual's pictures in docs/pictures/ from the demo data, in each language.

A service on demo data is started, and a desk in a QGIS profile of its own opens
it, filters, decides, runs into a conflict and prints. Needs ``make package``.
Names of pictures (verification, states, filter, print, statistics, hotspots, near_repeat, siting, comparison,
conflict, meeting) take only those.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
LANGUAGES = {"en": "en_GB", "pl": "pl_PL"}
UNIT = "KWP-GORZOW"
REPORTS = "12000"
DISTRICT = "0861"
PATIENCE_SECONDS = 60
DOCK = (400, 900)
STATE = (360, 560)
PAGE_WIDTH = 1100
PAGE_DPI = 150
SHEETS_ACROSS = 3
SHEETS_GAP = 14
SHEETS_GROUND = "#c9ced4"
PALETTE = 256
ALIKE = 0xF8F8F8
FONT_POINTS = 9

if TYPE_CHECKING:
    from qgis.gui import QgsDockWidget

    from kmzb_qgis_plugin.choropleth_map import ChoroplethMap
    from kmzb_qgis_plugin.gui.statistics_dock import StatisticsDock
    from kmzb_qgis_plugin.gui.verification_dock import VerificationDock
    from kmzb_qgis_plugin.session import Session
    from kmzb_qgis_plugin.settings import Connection


def wait_for(condition: Callable[[], Any]) -> None:
    """Let QGIS work until a condition holds.

    Raises:
        TimeoutError: it never does.
    """
    from qgis.core import QgsApplication

    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("the desk does not come to the next picture")
        QgsApplication.processEvents()
        time.sleep(0.01)


def settle(session: Session) -> None:
    """Wait until nothing is being synchronised, counted or drawn."""
    from qgis.core import QgsApplication

    wait_for(lambda: not session.syncing and QgsApplication.taskManager().countActiveTasks() == 0)
    end = time.monotonic() + 1
    wait_for(lambda: time.monotonic() > end)


def save(image: Any, name: str, language: str) -> None:
    """Write a picture with a palette, which is all that widgets need: the colours that are most frequent.

    Of colours that look alike only one is taken, so that none of the rare ones is lost.
    """
    from qgis.PyQt.QtGui import QImage

    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(image.constBits().asstring(image.sizeInBytes())).cast("I")
    palette: dict[int, int] = {}
    for color, _ in Counter(pixels).most_common():
        palette.setdefault(color & ALIKE, color)
        if len(palette) == PALETTE:
            break
    small = image.convertToFormat(QImage.Format.Format_Indexed8, list(palette.values()))
    path = PICTURES / f"{name}.{language}.png"
    small.save(str(path), "PNG", 0)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} kB", flush=True)


def picture_filter(session: Session, language: str) -> None:
    """The filter dock: traffic in the last 90 days, all its parts, and its states."""
    from qgis.gui import QgsCollapsibleGroupBox, QgsMessageBar

    from kmzb_qgis_plugin.domain.period import Period
    from kmzb_qgis_plugin.gui.filter_dock import FilterDock
    from kmzb_qgis_plugin.gui.messages import Messages

    dock = FilterDock(session, Messages(QgsMessageBar()))
    dock.resize(DOCK[0], DOCK[1] + 50)
    dock.show()
    catalogue = session.catalogue
    traffic = frozenset(category.code for category in catalogue.categories if category.group == "traffic")
    session.set_filter(
        session.filter.replace(sources=frozenset({"citizen"}), categories=traffic, period=Period("last_90"))
    )
    settle(session)
    save(dock.grab().toImage(), "filter", language)
    dock.resize(*STATE)
    connection, before = session.connection, session.filter
    session.connection = replace(connection, url="http://127.0.0.1:9")
    session.sync()
    settle(session)
    save(dock.grab().toImage(), "filter_offline", language)
    session.connection = connection
    session.sync()
    session.set_filter(before.replace(hours=frozenset({3}), text="zzz"))
    settle(session)
    save(dock.grab().toImage(), "filter_empty", language)
    session.set_filter(before)
    for box in dock.findChildren(QgsCollapsibleGroupBox):
        box.setCollapsed(False)
    settle(session)
    save(dock.findChild(QgsCollapsibleGroupBox).parentWidget().grab().toImage(), "filter_full", language)
    dock.close()
    picture_first_load(connection, lambda fresh: FilterDock(fresh, dock.messages), "filter", language)


def picture_verification(session: Session, dock: VerificationDock, language: str) -> None:
    """A report with near-duplicates, a step chosen and a note begun; then all of them together."""
    from kmzb_qgis_plugin.gui.together_dialog import TogetherDialog
    from kmzb_qgis_plugin.replica import queries
    from kmzb_qgis_plugin.replica.near import surroundings

    wait_for(lambda: dock.queue.model.count() > 0)
    rows = [dock.queue.model.threat_at(row) for row in range(dock.queue.model.count())]
    with session.replica.reader() as connection:
        around = {
            row.fid: surroundings(connection, queries.threat(connection, row.fid), session.catalogue)
            for row in rows
            if row.status in ("verification", "new") and row.place
        }
    fid = max(around, key=lambda one: (len(around[one].duplicates), -len(around[one].earlier)))
    dock.resize(DOCK[0], DOCK[1] + 350)
    dock.show_threat(fid)
    settle(session)
    form = dock.threat.form
    form.choose_step(0)
    form.fields.note.setPlainText({"pl": "Patrol o 16.", "en": "A patrol at 4 p.m."}[language])
    settle(session)
    save(dock.grab().toImage(), "verification", language)
    near = [fid, *(row.fid for row in around[fid].duplicates)]
    others = [row.fid for row in rows if row.status == "confirmed"][:2]
    dialog = TogetherDialog(session, dock.messages, [*near, *others], dock)
    dialog.resize(DOCK[0] + 80, 560)
    dialog.show()
    wait_for(lambda: dialog.threats)
    dialog.step.setCurrentIndex(0)
    settle(session)
    save(dialog.grab().toImage(), "together", language)
    dialog.reject()
    form.forget(fid)
    dock.resize(*DOCK)


def picture_states(session: Session, dock: VerificationDock, language: str) -> None:
    """The dock while nothing waits, without a network, during the first load and when that failed."""
    from qgis.gui import QgsMapCanvas

    from kmzb_qgis_plugin.gui.verification_dock import VerificationDock
    from kmzb_qgis_plugin.settings import Connection

    dock.resize(*STATE)
    before, connection = session.filter, session.connection
    session.set_filter(session.filter.replace(categories=frozenset()))
    dock.queue.only_filtered.setChecked(True)
    wait_for(lambda: not dock.queue.empty.isHidden())
    settle(session)
    save(dock.grab().toImage(), "verification_empty", language)
    dock.queue.only_filtered.setChecked(False)
    session.set_filter(before)
    session.connection = Connection(connection.id, connection.name, "http://127.0.0.1:9", connection.authcfg)
    session.sync()
    settle(session)
    save(dock.grab().toImage(), "verification_offline", language)
    session.connection = connection
    session.sync()
    settle(session)
    picture_first_load(
        connection,
        lambda fresh: VerificationDock(fresh, dock.messages, QgsMapCanvas()),
        "verification",
        language,
    )


def picture_first_load(
    connection: Connection, make: Callable[[Session], QgsDockWidget], dock: str, language: str
) -> None:
    """A dock during the first load, and when that failed."""
    from qgis.core import QgsProject

    from kmzb_qgis_plugin.session import Session
    from kmzb_qgis_plugin.settings import Connection

    for name, url in (("loading", connection.url), ("error", "http://127.0.0.1:9")):
        fresh = Session(QgsProject(), None)
        waiting = make(fresh)
        waiting.resize(*STATE)
        waiting.show()
        fresh.open(Connection(f"pictures_{name}", connection.name, url, connection.authcfg))
        if name == "loading":
            told: list[float] = []
            fresh.syncProgressed.connect(told.append)
            wait_for(lambda told=told: any(percent > 20 for percent in told))
        else:
            settle(fresh)
        save(waiting.grab().toImage(), f"{dock}_{name}", language)
        waiting.close()
        fresh.shut_down()


def picture_conflict(session: Session, dock: VerificationDock, other: str, language: str) -> None:
    """One's own decision beside that of a colleague who was quicker."""
    import requests

    from kmzb_qgis_plugin.client.service_client import ServiceClient
    from kmzb_qgis_plugin.domain.decision import Decision
    from kmzb_qgis_plugin.replica import queries

    rows = (dock.queue.model.threat_at(row) for row in range(dock.queue.model.count()))
    fid = next(row.fid for row in rows if row.status == "new")
    with session.replica.reader() as connection:
        threat = queries.threat(connection, fid)
    colleague = requests.Session()
    colleague.headers["Authorization"] = f"Bearer {other}"
    (outcome,) = ServiceClient(session.connection.url, colleague).send_decisions(
        [Decision.new(threat.fid, threat.version, "verification")]
    )
    if outcome.kind != "accepted":
        raise RuntimeError(f"the colleague's decision was {outcome.kind}")
    note = {"pl": "To samo zdarzenie zgłoszono dwukrotnie.", "en": "The same event was reported twice."}
    mine = Decision.new(threat.fid, threat.version, "mistake", reason="joke", note=note[language])
    session.decide(mine, threat.ref, threat._asdict())
    session.sync()
    wait_for(lambda: session.overview.counts.get("conflict"))
    settle(session)
    dock.show_outbox()
    wait_for(lambda: dock.outbox.model.rowCount())
    dock.outbox.list.setCurrentIndex(dock.outbox.model.index(0, 0))
    settle(session)
    dock.resize(STATE[0], 640)
    settle(session)
    save(dock.grab().toImage(), "conflict", language)


def picture_print(session: Session, folder: Path, language: str) -> None:
    """The print dialog, the page that it makes, all sheets, the version for the public, and a card."""
    from qgis.gui import QgsMessageBar
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtGui import QColor, QImage, QPainter

    from kmzb_qgis_plugin import settings
    from kmzb_qgis_plugin.gui.card_dialog import CardDialog
    from kmzb_qgis_plugin.gui.messages import Messages
    from kmzb_qgis_plugin.gui.print_dialog import PrintDialog
    from kmzb_qgis_plugin.printing.export import export

    smooth = Qt.TransformationMode.SmoothTransformation

    def drawn(job: Any) -> QImage:
        """The page of a print job."""
        path = folder / f"page.{language}.png"
        with session.replica.reader() as connection:
            content = job.read(connection)
        export(job.build(content), path, PAGE_DPI)
        return QImage(str(path))

    def page(job: Any, name: str) -> None:
        save(drawn(job).scaledToWidth(PAGE_WIDTH, smooth), name, language)

    def sheets(pages: list[QImage]) -> None:
        """Pages side by side."""
        width, height = PAGE_WIDTH // SHEETS_ACROSS, PAGE_WIDTH // SHEETS_ACROSS + SHEETS_GAP
        together = QImage(PAGE_WIDTH, 2 * height, QImage.Format.Format_RGB32)
        together.fill(QColor(SHEETS_GROUND))
        painter = QPainter(together)
        for number, one in enumerate(pages):
            room = (width - SHEETS_GAP, height - SHEETS_GAP)
            small = one.scaled(*room, Qt.AspectRatioMode.KeepAspectRatio, smooth)
            left, top = number % SHEETS_ACROSS * width, number // SHEETS_ACROSS * height
            painter.drawImage(
                left + (width - small.width()) // 2, top + (height - small.height()) // 2, small
            )
        painter.end()
        save(together, "sheets", language)

    settings.set_preference("print/folder", "/tmp")
    settings.set_preference("print/codes", DISTRICT)
    dialog = PrintDialog(session, Messages(QgsMessageBar()), lambda layout: None)
    dialog.options.marking.setCurrentIndex(1)
    dialog.show()
    wait_for(lambda: dialog.preview.layout_shown is not None)
    settle(session)
    save(dialog.grab().toImage(), "print", language)
    page(dialog.previewed(), "district")
    pages = []
    for number, content in enumerate(("status", "category", "density", "status", "category")):
        dialog.options.paper.setCurrentIndex(number)
        dialog.options.reports.setCurrentIndex(dialog.options.reports.findData(content))
        pages.append(drawn(dialog.previewed()))
    dialog.options.reports.setCurrentIndex(0)
    dialog.options.public_box.setChecked(True)
    dialog.options.paper.setCurrentIndex(1)
    page(dialog.previewed(), "public")
    dialog.reject()
    cards = CardDialog(session, Messages(QgsMessageBar()), None)
    wait_for(lambda: cards.count() > 0)
    page(cards.previewed(), "card")
    sheets([*pages, drawn(cards.previewed())])
    cards.reject()


def picture_statistics(session: Session, folder: Path, language: str) -> None:
    """The statistics of this year, and the counties coloured by them, with the legend."""
    from qgis.core import QgsProject
    from qgis.gui import QgsMapCanvas, QgsMessageBar

    from kmzb_qgis_plugin.choropleth_map import ChoroplethMap
    from kmzb_qgis_plugin.domain.period import Period
    from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
    from kmzb_qgis_plugin.gui.messages import Messages
    from kmzb_qgis_plugin.gui.statistics_dock import StatisticsDock
    from kmzb_qgis_plugin.layers import choropleth
    from kmzb_qgis_plugin.layers.choropleth import Choropleth
    from kmzb_qgis_plugin.statistics_source import StatisticsSource

    session.set_filter(ThreatFilter(period=Period("this_year")))
    source, project = StatisticsSource(session), QgsProject.instance()
    coloured = ChoroplethMap(session, lambda: source, project)
    dock = StatisticsDock(session, source, coloured, Messages(QgsMessageBar()), QgsMapCanvas())
    dock.resize(DOCK[0], 760)
    dock.show()
    wait_for(lambda: dock.statistics is not None and dock.chart is not None)
    settle(session)
    save(dock.grab().toImage(), "statistics", language)
    picture_statistics_states(session, dock, coloured, language)
    shown: list[None] = []
    coloured.shown.connect(lambda: shown.append(None))
    coloured.show(Choropleth("per_thousand", "county", "Jenks", 5))
    wait_for(lambda: shown)
    save(map_with_legend(session, [choropleth.find_layer(project)], None, folder), "choropleth", language)
    coloured.remove()
    dock.close()


def picture_hotspots(session: Session, folder: Path, language: str) -> None:
    """Hotspots of one city over its streets' threats, as a layer in the project."""
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject, QgsVectorLayer

    from kmzb_qgis_plugin import settings
    from kmzb_qgis_plugin.layers.hotspots import dress
    from kmzb_qgis_plugin.processing.hotspots import Hotspots

    settings.save_connection(session.connection)
    given = {
        "CONNECTION": session.connection.name,
        "SOURCES": [0],
        "AREAS": DISTRICT,
        "CELL_SIZE": 250,
        "OUTPUT": str(folder / "hotspots.gpkg"),
    }
    Hotspots().create().run(given, QgsProcessingContext(), QgsProcessingFeedback(), {}, False)
    layer = QgsVectorLayer(given["OUTPUT"], Hotspots().title(), "ogr")
    dress(layer)
    project = QgsProject.instance()
    project.addMapLayer(layer, False)
    save(map_with_legend(session, [layer], layer.extent(), folder), "hotspots", language)
    project.removeMapLayer(layer.id())


def picture_near_repeat(language: str) -> None:
    """The page of a test: thefts that are made up, a tenth of which are followed by another one."""
    import numpy as np
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtGui import QImage, QPainter, QTextDocument

    from kmzb_qgis_plugin.analysis.near_repeat import find_near_repeat
    from kmzb_qgis_plugin.i18n import words_of
    from kmzb_qgis_plugin.printing.near_repeat_page import NearRepeatPage

    number, followed = 2000, 200
    dice = np.random.default_rng(2)
    places, days = dice.uniform(0, 6000, (number, 2)), dice.integers(0, 365, number)
    places[-followed:] = places[:followed] + dice.uniform(-90, 90, (followed, 2))
    days[-followed:] = days[:followed] + dice.integers(0, 12, followed)
    places[followed : followed + 40], days[followed : followed + 40] = places[400:440], days[400:440] + 3
    found = find_near_repeat(
        places, days, (100, 200, 300, 400), (7, 14, 21, 28), 999, 1, 10**6, lambda _share: None
    )
    words = words_of(language)
    sentence = words("Police records")
    page = NearRepeatPage(
        found, number, 999, 1, sentence, "Lubuskie", "2026-05-31T10:00:00.000Z", language, words
    )
    document = QTextDocument()
    document.setHtml(page.html())
    document.setTextWidth(PAGE_WIDTH * 0.75)
    image = QImage(document.size().toSize(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    document.drawContents(painter)
    painter.end()
    save(image, "near_repeat", language)


def picture_siting(session: Session, folder: Path, language: str) -> None:
    """Two new posts beside the county units' seats, and which threats each serves."""
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject, QgsVectorLayer

    from kmzb_qgis_plugin import settings
    from kmzb_qgis_plugin.layers.sites import dress_lines, dress_sites
    from kmzb_qgis_plugin.processing.siting import Siting

    settings.save_connection(session.connection)
    siting = Siting().create()
    siting.initAlgorithm()
    files = {name: str(folder / f"{name.lower()}.gpkg") for name in ("SITES", "LINES")}
    given = {
        "CONNECTION": session.connection.name,
        "KINDS": "KMP, KPP",
        "NUMBER": 2,
        "RADIUS": 20,
        "CANDIDATES": 1,
    }
    siting.run(given | files, QgsProcessingContext(), QgsProcessingFeedback(), {}, False)
    layers = []
    for name, path in files.items():
        title = siting.parameterDefinition(name).description()
        layers.append(QgsVectorLayer(path, title, "ogr"))
    dress_sites(layers[0])
    dress_lines(layers[1], "20")
    project = QgsProject.instance()
    for layer in layers:
        project.addMapLayer(layer, False)
    save(map_with_legend(session, layers, None, folder), "siting", language)
    for layer in layers:
        project.removeMapLayer(layer.id())


def picture_comparison(session: Session, folder: Path, language: str) -> None:
    """A year against the one before it; chance is all there is in the demo, so some reports are moved."""
    import sqlite3
    from contextlib import closing

    from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject, QgsVectorLayer

    from kmzb_qgis_plugin import settings
    from kmzb_qgis_plugin.layers.comparison import dress
    from kmzb_qgis_plugin.processing.comparison import ComparePeriods
    from kmzb_qgis_plugin.settings import Connection

    moved = Connection("moved", "KMZB", session.connection.url, "")
    settings.save_connection(moved)
    settings.workspace_folder(moved).mkdir(parents=True)
    until = date.today() - timedelta(days=1)
    first = until - timedelta(days=364)
    with (
        session.replica.reader() as reader,
        closing(sqlite3.connect(settings.workspace_folder(moved) / "replica-1.gpkg")) as copy,
    ):
        reader.backup(copy)
        for (trigger,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            copy.execute(f'DROP TRIGGER "{trigger}"')
        for part, (lon, lat, when) in enumerate(((15.15, 52.7, ">="), (15.3, 51.9, "<"), (15.0, 51.6, ">="))):
            copy.execute(
                "UPDATE threats SET lon = ? + 0.008 * (fid % 25), lat = ? + 0.004 * (fid % 31) "
                f"WHERE local_day {when} ? AND fid % 12 = ?",
                (lon, lat, first.isoformat(), part),
            )
        copy.commit()
    given = {
        "CONNECTION": moved.name,
        "FIRST": first.isoformat(),
        "LAST": until.isoformat(),
        "CELL_SIZE": 10_000,
        "OUTPUT": str(folder / "comparison.gpkg"),
    }
    compare = ComparePeriods().create()
    compare.initAlgorithm()
    found = compare.run(given, QgsProcessingContext(), QgsProcessingFeedback(), {}, False)[0]
    print(found["ANSWER"])
    title = compare.parameterDefinition("OUTPUT").description()
    layer = QgsVectorLayer(given["OUTPUT"], title, "ogr")
    dress(layer, whole=False, spots=False)
    project = QgsProject.instance()
    project.addMapLayer(layer, False)
    save(map_with_legend(session, [layer], None, folder), "comparison", language)
    project.removeMapLayer(layer.id())


def map_with_legend(session: Session, layers: list[Any], extent: Any, folder: Path) -> Any:
    """Layers over the areas' boundaries, and their legend beside them.

    Args:
        session: of the project.
        layers: are shown, the first on top.
        extent: of the map, in the first one's coordinates; None for all areas.
        folder: for a file in between.
    """
    from qgis.core import (
        QgsCoordinateTransform,
        QgsLayoutExporter,
        QgsLayoutItemLegend,
        QgsLayoutItemMap,
        QgsLayoutSize,
        QgsPrintLayout,
        QgsProject,
    )
    from qgis.PyQt.QtCore import QRectF
    from qgis.PyQt.QtGui import QImage

    project, areas = QgsProject.instance(), session.layers.layer("areas")
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.pageCollection().page(0).setPageSize(QgsLayoutSize(205, 118))
    map_item, legend = QgsLayoutItemMap(layout), QgsLayoutItemLegend(layout)
    map_item.attemptSetSceneRect(QRectF(2, 2, 95, 114))
    map_item.setCrs(project.crs())
    map_item.setLayers([*layers, areas])
    shown = areas if extent is None else layers[0]
    to_project = QgsCoordinateTransform(shown.crs(), project.crs(), project)
    map_item.zoomToExtent(to_project.transformBoundingBox(extent or areas.extent()))
    legend.setAutoUpdateModel(False)
    legend.model().rootGroup().clear()
    for layer in layers:
        legend.model().rootGroup().addLayer(layer)
    legend.attemptSetSceneRect(QRectF(98, 10, 105, 60))
    layout.addLayoutItem(map_item)
    layout.addLayoutItem(legend)
    page = folder / "map.png"
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = 110
    QgsLayoutExporter(layout).exportToImage(str(page), settings)
    return QImage(str(page))


def picture_statistics_states(
    session: Session, dock: StatisticsDock, coloured: ChoroplethMap, language: str
) -> None:
    """The statistics without a network, where the filter leaves nothing, and during the first load."""
    from qgis.gui import QgsMapCanvas

    from kmzb_qgis_plugin.gui.statistics_dock import StatisticsDock
    from kmzb_qgis_plugin.statistics_source import StatisticsSource

    before, connection = session.filter, session.connection
    dock.resize(*STATE)
    session.connection = replace(connection, url="http://127.0.0.1:9")
    session.sync()
    settle(session)
    save(dock.grab().toImage(), "statistics_offline", language)
    session.connection = connection
    session.sync()
    session.set_filter(before.replace(hours=frozenset({3}), text="zzz"))
    settle(session)
    save(dock.grab().toImage(), "statistics_empty", language)
    session.set_filter(before)
    settle(session)
    picture_first_load(
        connection,
        lambda fresh: StatisticsDock(fresh, StatisticsSource(fresh), coloured, dock.messages, QgsMapCanvas()),
        "statistics",
        language,
    )


def picture_meeting(session: Session, language: str) -> None:
    """The form for meetings, as it says what is still missing."""
    from qgis.core import QgsPointXY
    from qgis.gui import QgsMapCanvas
    from qgis.PyQt.QtCore import QDate, QDateTime, QTime

    from kmzb_qgis_plugin.gui.meeting_dialog import MeetingDialog

    form = MeetingDialog(session, QgsMapCanvas())
    form.held.setDateTime(QDateTime(QDate.currentDate().addDays(-1), QTime(18, 0)))
    form.place.setText("Dom Kultury, Rynek 2")
    form.point.set_point(QgsPointXY(15.2369, 52.7368))
    form.organiser.setText("KMP w Gorzowie")
    row = form.concerns.rows[0]
    row.category.setCurrentIndex(row.category.findData("signal_youth"))
    row.text.setPlainText("Wieczorami grupa pod sklepem przy ul. Słonecznej.")
    form.send.click()
    form.resize(*STATE)
    form.show()
    settle(session)
    save(form.grab().toImage(), "meeting", language)
    form.close()


def take_pictures(language: str, wanted: list[str], url: str, token: str, other: str) -> None:
    """Everything that happens in the process of one language: the pictures wanted, or all."""
    sys.path.insert(0, str(ROOT / "build"))
    from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsProject
    from qgis.gui import QgsMapCanvas, QgsMessageBar
    from qgis.PyQt.QtCore import QLocale

    QLocale.setDefault(QLocale(LANGUAGES[language]))
    QgsApplication.setTranslation(language)
    folder = Path(os.environ["QGIS_CUSTOM_CONFIG_PATH"])
    application = QgsApplication([], True, str(folder))
    application.initQgis()
    font = application.font()
    font.setPointSize(FONT_POINTS)
    application.setFont(font)
    from kmzb_qgis_plugin.gui.messages import Messages
    from kmzb_qgis_plugin.gui.verification_dock import VerificationDock
    from kmzb_qgis_plugin.i18n import install_translator
    from kmzb_qgis_plugin.paths import translations_dir
    from kmzb_qgis_plugin.session import Session
    from kmzb_qgis_plugin.settings import Connection

    translator = install_translator(translations_dir() / f"kmzb_{language}.qm")
    if translator is None:
        raise RuntimeError("no translation in build/; run 'make package' first")
    manager = QgsApplication.authManager()
    manager.setMasterPassword("pictures", True)
    config = QgsAuthMethodConfig("Basic")
    config.setName("KMZB")
    config.setConfig("username", "desk")
    config.setConfig("password", token)
    manager.storeAuthenticationConfig(config)

    session = Session(QgsProject.instance())
    dock = VerificationDock(session, Messages(QgsMessageBar()), QgsMapCanvas())
    dock.resize(*DOCK)
    dock.show()
    session.open(Connection("pictures", "Lubuskie", url, config.id()))
    # A service makes the first snapshot of what one may read when it is first asked for.
    wait_for(lambda: session.replica is not None)
    settle(session)
    take: dict[str, Callable[[], None]] = {
        "verification": lambda: picture_verification(session, dock, language),
        "states": lambda: picture_states(session, dock, language),
        "filter": lambda: picture_filter(session, language),
        "print": lambda: picture_print(session, folder, language),
        "statistics": lambda: picture_statistics(session, folder, language),
        "hotspots": lambda: picture_hotspots(session, folder, language),
        "near_repeat": lambda: picture_near_repeat(language),
        "siting": lambda: picture_siting(session, folder, language),
        "comparison": lambda: picture_comparison(session, folder, language),
        "meeting": lambda: picture_meeting(session, language),
        "conflict": lambda: picture_conflict(session, dock, other, language),
    }
    for name in wanted or take:
        take[name]()
    session.shut_down()
    sys.stdout.flush()
    os._exit(0)  # the widgets that are still there need not be taken apart


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if "KMZB_PICTURES_URL" in os.environ:
        language, *wanted = sys.argv[1:]
        take_pictures(
            language, wanted, *(os.environ[f"KMZB_PICTURES_{name}"] for name in ("URL", "TOKEN", "OTHER"))
        )
    from run import service_command, start_service

    PICTURES.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="kmzb-pictures-"))
    environment = {key: value for key, value in os.environ.items() if not key.startswith("KMZB_")}
    environment["KMZB_DATA_DIR"] = str(folder / "service")
    until = date.today() - timedelta(days=1)
    service_command("init", environment=environment)
    service_command("demo", "--reports", REPORTS, "--until", until.isoformat(), environment=environment)
    people = ("A. Nowak", "P. Zieliński")
    create = ("token", "create", "--role", "coordinator", "--unit", UNIT, "--days", "1", "--name")
    tokens = [service_command(*create, name, environment=environment).splitlines()[-1] for name in people]
    service, url = start_service(environment, folder / "service.log")
    try:
        for language in LANGUAGES:
            desk = os.environ | {
                "KMZB_PICTURES_URL": url,
                "KMZB_PICTURES_TOKEN": tokens[0],
                "KMZB_PICTURES_OTHER": tokens[1],
                "QGIS_CUSTOM_CONFIG_PATH": str(folder / language),
                "LC_ALL": "C.UTF-8",
                "TZ": "Europe/Warsaw",
            }
            (folder / language).mkdir()
            subprocess.run([sys.executable, __file__, language, *sys.argv[1:]], env=desk, check=True)
    finally:
        service.terminate()
        service.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
