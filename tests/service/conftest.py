"""A fresh database for every test, copied from one initialised file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kmzb_service.database.engine import initialise, open_engine
from kmzb_service.settings import Settings


@pytest.fixture(scope="session")
def initialised_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An initialised SpatiaLite file that no test writes to (copies share its epoch)."""
    path = tmp_path_factory.mktemp("template") / "kmzb.sqlite"
    engine = open_engine(f"sqlite:///{path}")
    initialise(engine)
    engine.dispose()
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of an installation in the test's own folder."""
    return Settings(database_url=f"sqlite:///{tmp_path / 'kmzb.sqlite'}", data_dir=tmp_path)


@pytest.fixture
def engine(initialised_file: Path, settings: Settings, tmp_path: Path) -> Iterator[Engine]:
    """A fresh, initialised database at ``settings.database_url``."""
    shutil.copy(initialised_file, tmp_path / "kmzb.sqlite")
    engine = open_engine(settings.database_url)
    yield engine
    engine.dispose()
