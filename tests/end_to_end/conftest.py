"""Two analysts at their desks, and the service that they share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from analyst_at_work import Analyst
from qgis.core import QgsProject
from service_process import ServiceProcess

from kmzb_qgis_plugin import settings


@pytest.fixture
def service(tmp_path: Path) -> Iterator[ServiceProcess]:
    """A service with an initialised database; the test fills and starts it."""
    process = ServiceProcess(tmp_path / "service")
    process.command("init")
    yield process
    process.stop()


@pytest.fixture
def analyst(
    service: ServiceProcess, basic_config: Callable[[str, str], str], qgis_new_project: None
) -> Iterator[Callable[..., Analyst]]:
    """Seats analysts; the first one works on QGIS's project, others on one of their own."""
    seated: list[Analyst] = []
    settings.set_preference("sync_minutes", 0)
    settings.set_preference("undo_seconds", 0)

    def seat(name: str, role: str, unit: str | None = None) -> Analyst:
        project = QgsProject() if seated else QgsProject.instance()
        authcfg = basic_config("desk", service.token(name, role, unit))
        seated.append(Analyst(service.url, authcfg, project))
        return seated[-1]

    yield seat
    for one in seated:
        one.leave()
