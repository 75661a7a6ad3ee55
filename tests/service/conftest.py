"""A fresh database for every test: on SpatiaLite and again on PostGIS, copied from an initialised one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from intake_files import Importer
from live_server import serving
from on_databases import ClientAs
from postgres_cluster import PostgresCluster
from sqlalchemy import Engine
from starlette.testclient import TestClient

from kmzb_service.app import create_app
from kmzb_service.database.engine import open_engine
from kmzb_service.database.schema import initialise
from kmzb_service.security.tokens import create_token
from kmzb_service.settings import Settings


@pytest.fixture(scope="session")
def initialised_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An initialised SpatiaLite file that no test writes to (copies share its epoch)."""
    path = tmp_path_factory.mktemp("template") / "kmzb.sqlite"
    engine = open_engine(f"sqlite:///{path}")
    initialise(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresCluster]:
    """A private cluster of this test process."""
    cluster = PostgresCluster()
    try:
        cluster.create()
        yield cluster
    finally:
        cluster.remove()


@pytest.fixture(scope="session")
def initialised_template(postgres: PostgresCluster) -> str:
    """Name of an initialised PostGIS database that no test writes to."""
    name = postgres.new_database()
    engine = open_engine(postgres.url(name))
    initialise(engine)
    engine.dispose()
    return name


@pytest.fixture(params=["spatialite", "postgis"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Which database a test runs on: each in turn, unless ``ON_SPATIALITE`` or ``ON_POSTGIS`` narrows it."""
    return str(request.param)


@pytest.fixture
def empty_settings(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """The settings of an installation whose database has no tables yet."""
    if database_kind == "spatialite":
        yield Settings(database_url=f"sqlite:///{tmp_path / 'kmzb.sqlite'}", data_dir=tmp_path)
        return
    cluster: PostgresCluster = request.getfixturevalue("postgres")
    name = cluster.new_database()
    yield Settings(database_url=cluster.url(name), data_dir=tmp_path)
    cluster.drop_database(name)


@pytest.fixture
def settings(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """The settings of an installation with a fresh database, in the test's own folder."""
    if database_kind == "spatialite":
        shutil.copy(request.getfixturevalue("initialised_file"), tmp_path / "kmzb.sqlite")
        yield Settings(database_url=f"sqlite:///{tmp_path / 'kmzb.sqlite'}", data_dir=tmp_path)
        return
    cluster: PostgresCluster = request.getfixturevalue("postgres")
    name = cluster.new_database(request.getfixturevalue("initialised_template"))
    yield Settings(database_url=cluster.url(name), data_dir=tmp_path)
    cluster.drop_database(name)


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    """The fresh database at ``settings.database_url``."""
    engine = open_engine(settings.database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def importer(engine: Engine, settings: Settings, tmp_path: Path) -> Importer:
    """Imports files into the fresh database."""
    return Importer(engine, settings, tmp_path)


@pytest.fixture
def anonymous(settings: Settings, engine: Engine) -> Iterator[TestClient]:
    """The running service as a client without a token sees it."""
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def client_as(anonymous: TestClient, engine: Engine) -> ClientAs:
    """The running service as a client of a role sees it, who reads the country: ``client_as("verifier")``."""

    def make(role: str, unit: str | None = "KPP-KROSNO") -> TestClient:
        token = create_token(engine, name=f"a {role}", role=role, unit=unit, reach="country")
        return TestClient(
            anonymous.app, headers={"Authorization": f"Bearer {token}"}, raise_server_exceptions=False
        )

    return make


@pytest.fixture
def client(client_as: ClientAs) -> TestClient:
    """The running service as a coordinator sees it."""
    return client_as("coordinator")


@pytest.fixture
def live(settings: Settings, engine: Engine) -> Iterator[str]:
    """The address of the service behind a real HTTP server on this computer."""
    with serving(create_app(settings)) as address:
        yield address
