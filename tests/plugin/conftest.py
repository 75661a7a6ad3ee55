"""What the plugin's tests share; being here puts this folder on the import path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sample_replica import catalogue_json, write_sample_replica

from kmzb_qgis_plugin.domain.catalogue import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The service's own catalogue."""
    return Catalogue.from_json(catalogue_json())


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot file of 600 threats that no test writes to."""
    return write_sample_replica(tmp_path_factory.mktemp("sample") / "sample.gpkg", threats=600)


@pytest.fixture
def basic_config(qgis_app: object) -> Iterator[Callable[[str, str], str]]:
    """Stores a name and password in QGIS; called with both, it gives the configuration's id."""
    from qgis.core import QgsApplication, QgsAuthMethodConfig

    manager = QgsApplication.authManager()
    assert manager.setMasterPassword("test", True)
    stored: list[str] = []

    def store(user: str, password: str) -> str:
        config = QgsAuthMethodConfig("Basic")
        config.setName("KMZB test")
        config.setConfig("username", user)
        config.setConfig("password", password)
        done = manager.storeAuthenticationConfig(config)
        assert done[0] if isinstance(done, tuple) else done
        stored.append(str(config.id()))
        return stored[-1]

    yield store
    for authcfg in stored:
        manager.removeAuthenticationConfig(authcfg)
