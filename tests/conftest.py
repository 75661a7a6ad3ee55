"""What all tests share; being here puts this folder on the import path."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import settings
from oidc_issuer import Issuer

# The same examples in every run: a change is judged by what it changes.
settings.register_profile("kmzb", derandomize=True, deadline=None)
settings.load_profile("kmzb")


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


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    """An issuer of access tokens, in a process of its own."""
    issuer = Issuer()
    issuer.start()
    yield issuer
    issuer.stop()
