"""Analysts at their desks, the service that they share, and what may lie between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from analyst_at_work import Analyst
from awkward_proxy import AwkwardProxy
from postgres_cluster import PostgresCluster
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


@pytest.fixture(scope="session")
def served_on(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], ServiceProcess]]:
    """A service with a small demo on either database, made when it is first asked for.

    Whichever order the tests come in, none is made twice.
    """
    with ExitStack() as served:

        @cache
        def serve(database: str) -> ServiceProcess:
            environment = {}
            if database == "postgis":
                cluster = PostgresCluster()
                served.callback(cluster.remove)
                cluster.create()
                environment["KMZB_DATABASE_URL"] = cluster.url(cluster.new_database())
            service = ServiceProcess(tmp_path_factory.mktemp("service"), **environment)
            service.command("init")
            service.command("demo", "--reports", "150", "--until", "2024-05-31")
            service.command("snapshot", "build")
            served.callback(service.stop)
            service.start()
            return service

        yield serve


@pytest.fixture
def served(request: pytest.FixtureRequest, served_on: Callable[[str], ServiceProcess]) -> ServiceProcess:
    """The service on the database that the test names."""
    return served_on(request.param)


@pytest.fixture(scope="session")
def token_of() -> Callable[[ServiceProcess], str]:
    return cache(lambda served: served.token("A. Nowak", "coordinator"))


@pytest.fixture
def proxy(served: ServiceProcess) -> Iterator[AwkwardProxy]:
    with AwkwardProxy(served.url) as proxy:
        yield proxy


@pytest.fixture
def seat(
    proxy: AwkwardProxy,
    served: ServiceProcess,
    basic_config: Callable[[str, str], str],
    token_of: Callable[[ServiceProcess], str],
    qgis_new_project: None,
) -> Iterator[Callable[[], Analyst]]:
    """Seats an analyst behind the proxy."""
    seated: list[Analyst] = []
    settings.set_preference("sync_minutes", 0)
    settings.set_preference("undo_seconds", 0)

    def make() -> Analyst:
        seated.append(Analyst(proxy.url, basic_config("desk", token_of(served)), QgsProject.instance()))
        return seated[-1]

    yield make
    proxy.behave()
    for one in seated:
        one.leave()
