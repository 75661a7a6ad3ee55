"""What the plugin's tests share; being here puts this folder on the import path."""

from __future__ import annotations

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
