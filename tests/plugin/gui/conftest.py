"""A workspace on this computer, with and without a service behind it."""

from __future__ import annotations

import json
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, wait_for
from local_server import unused_port
from qgis.core import QgsApplication, QgsProject, QgsSettings
from qgis.PyQt.QtGui import QPalette
from sample_replica import catalogue_json
from service_process import ServiceProcess

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.choropleth_map import ChoroplethMap
from kmzb_qgis_plugin.domain.period import now_text
from kmzb_qgis_plugin.gui.filter_dock import FilterDock
from kmzb_qgis_plugin.gui.messages import Messages
from kmzb_qgis_plugin.gui.verification_dock import VerificationDock
from kmzb_qgis_plugin.session import Session
from kmzb_qgis_plugin.settings import Connection
from kmzb_qgis_plugin.statistics_source import StatisticsSource


@pytest.fixture
def desk(qgis_app: QgsApplication) -> Iterator[Desk]:
    """A fresh window."""
    made = Desk()
    yield made
    made.window.close()
    made.window.deleteLater()


@pytest.fixture
def clean_settings(qgis_app: QgsApplication) -> Iterator[None]:
    """No settings of the plugin before the test and none after it."""
    QgsSettings().remove(settings.ROOT)
    settings.set_preference("sync_minutes", 0)
    settings.set_preference("undo_seconds", 0)
    yield
    QgsSettings().remove(settings.ROOT)


@pytest.fixture
def make_connection(clean_settings: None) -> Iterator[Callable[..., Connection]]:
    """Stores connections; by default nothing listens at their address."""
    made: list[Connection] = []

    def make(url: str = "", authcfg: str = "") -> Connection:
        url = url or f"http://127.0.0.1:{unused_port()}"
        made.append(Connection(uuid.uuid4().hex[:12], "Lubuskie", url, authcfg))
        settings.save_connection(made[-1])
        return made[-1]

    yield make
    for connection in made:
        shutil.rmtree(settings.workspace_folder(connection), ignore_errors=True)


@pytest.fixture
def loaded(make_connection: Callable[..., Connection], sample_file: Path) -> Callable[..., Connection]:
    """Stores a connection whose replica, with 600 threats, has been loaded before."""

    def load(role: str = "coordinator", url: str = "", authcfg: str = "") -> Connection:
        connection = make_connection(url, authcfg)
        folder = settings.workspace_folder(connection)
        folder.mkdir(parents=True)
        copy = Path(shutil.copy(sample_file, folder / "replica-1.gpkg"))
        identity = {"name": "A. Nowak", "role": role, "unit": "KWP-GW", "scope": "all"}
        facts = {
            "catalogue": json.dumps(catalogue_json()),
            "catalogue_etag": '"sample"',
            "identity": json.dumps({**identity, "service_version": "0.1.0", "contract": 1}),
            "synced_at": now_text(),
        }
        with closing(sqlite3.connect(copy)) as file, file:
            file.executemany("INSERT OR REPLACE INTO kmzb_replica VALUES (?, ?)", facts.items())
        return connection

    return load


@pytest.fixture
def problems() -> list[Exception]:
    """What the session has told of, oldest first."""
    return []


@pytest.fixture
def session(
    request: pytest.FixtureRequest,
    qgis_new_project: QgsProject,
    clean_settings: None,
    problems: list[Exception],
) -> Iterator[Session]:
    """A session on the test's project; all that it has begun is waited for in the end.

    It is English, but in tests that ask for each language.
    """
    made = Session(QgsProject.instance())
    made.language = request.getfixturevalue("language") if "language" in request.fixturenames else "en"
    made.problemRaised.connect(problems.append)
    yield made
    made.shut_down()
    wait_for(lambda: QgsApplication.taskManager().countActiveTasks() == 0, "tasks end")
    QgsProject.instance().clear()


@pytest.fixture
def messages(desk: Desk) -> Messages:
    return Messages(desk.bar)


@pytest.fixture
def opened(session: Session, loaded: Callable[..., Connection]) -> Callable[..., Session]:
    """Opens a loaded workspace whose service cannot be reached, and waits until that is known."""

    def open_(role: str = "coordinator", **options: Any) -> Session:
        session.open(loaded(role, **options))
        wait_for(lambda: not session.syncing, "the synchronisation ends")
        return session

    return open_


@pytest.fixture
def dock(opened: Callable[..., Session], messages: Messages) -> Iterator[FilterDock]:
    made = FilterDock(opened(), messages)
    made.resize(360, 900)
    made.show()
    wait_for(lambda: made.shown.text().endswith(" 600"), "first counts")
    yield made
    made.deleteLater()


@pytest.fixture
def open_verification(
    opened: Callable[..., Session], messages: Messages, desk: Desk
) -> Iterator[Callable[..., VerificationDock]]:
    made: list[VerificationDock] = []

    def open_(role: str = "coordinator", **options: Any) -> VerificationDock:
        session = opened(role, **options)
        dock = VerificationDock(session, messages, desk.canvas)
        dock.resize(360, 900)
        dock.show()
        made.append(dock)
        wait_for(lambda: dock.queue.model.count() > 0, "the queue is filled")
        return dock

    yield open_
    for dock in made:
        dock.deleteLater()


@pytest.fixture
def verification(open_verification: Callable[..., VerificationDock]) -> VerificationDock:
    return open_verification()


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, qgis_app: QgsApplication) -> Iterator[str]:
    """Windows on a light ground, and in QGIS's dark theme."""
    before = QPalette(QgsApplication.palette())
    if request.param == "dark":
        QgsApplication.setUITheme("Night Mapping")
    yield request.param
    if request.param == "dark":
        QgsApplication.setUITheme("default")
        QgsApplication.setPalette(before)


@pytest.fixture
def source(opened: Callable[..., Session]) -> Iterator[StatisticsSource]:
    """Who counts statistics of an open workspace."""
    made = StatisticsSource(opened())
    yield made
    made.close()


@pytest.fixture
def coloured(source: StatisticsSource, session: Session, messages: Messages) -> Iterator[ChoroplethMap]:
    """Who keeps the map of coloured areas."""
    made = ChoroplethMap(session, lambda: source, QgsProject.instance())
    made.problemRaised.connect(messages.problem)
    yield made
    made.close()


FRESH_REPORTS = 40
FRESH_MAPPING = """
[source]
name = "fresh"
plane = "citizen"
[coordinates]
x = "lon"
y = "lat"
crs = "EPSG:4326"
[columns]
id = "id"
occurred_from = "when"
[category]
fixed = "speeding"
"""


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a service with a small demo and new reports; tests copy it."""
    service = ServiceProcess(tmp_path_factory.mktemp("demo"))
    service.command("init")
    service.command("demo", "--reports", "200", "--until", "2026-06-30")
    rows = [f"{row},2026-06-{1 + row % 28:02}T12:00,{15 + row / 100},52.5" for row in range(FRESH_REPORTS)]
    reports, mapping = service.folder / "fresh.csv", service.folder / "fresh.toml"
    reports.write_text("\n".join(["id,when,lon,lat", *rows]), encoding="utf-8")
    mapping.write_text(FRESH_MAPPING, encoding="utf-8")
    service.command("import", "threats", str(reports), "--mapping", str(mapping))
    for whose in (
        (),
        ("--voivodeship", "08"),
        ("--unit", "KWP-GORZOW"),
    ):  # all, coordinators, others
        service.command("snapshot", "build", *whose)
    return service.folder


@pytest.fixture(scope="module")
def service(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceProcess]:
    """A real service with a few hundred threats; a module's tests share it, and each takes other reports."""
    process = ServiceProcess(Path(shutil.copytree(demo_data, tmp_path_factory.mktemp("service") / "data")))
    process.start()
    yield process
    process.stop()


@pytest.fixture(scope="module")
def token(service: ServiceProcess) -> Callable[[str, str], str]:
    """The token of somebody with a role, made when it is first asked for."""
    return cache(lambda name, role: service.token(name, role, "KWP-GORZOW"))


@pytest.fixture
def connect(
    service: ServiceProcess,
    token: Callable[[str, str], str],
    basic_config: Callable[[str, str], str],
    make_connection: Callable[..., Connection],
) -> Callable[..., Connection]:
    """Stores a connection to the service for somebody with a role."""

    def make(role: str = "coordinator", name: str = "A. Nowak") -> Connection:
        return make_connection(service.url, basic_config("desk", token(name, role)))

    return make
