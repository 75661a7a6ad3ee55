"""The synchronisation as a task of a real QGIS, through its network manager."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from contract_server import ContractServer, page_of_a_proxy
from local_server import Exchange
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QThread
from sample_replica import write_sample_replica

from kmzb_qgis_plugin.client.errors import Cancelled, NotTheService
from kmzb_qgis_plugin.client.qgis_adapter import qgis_session
from kmzb_qgis_plugin.client.service_client import ServiceClient
from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.replica.outbox import Outbox
from kmzb_qgis_plugin.replica.replica import Replica
from kmzb_qgis_plugin.replica.sync_task import SyncTask
from kmzb_qgis_plugin.replica.synchroniser import Synchroniser


@pytest.fixture
def service(tmp_path: Path) -> Iterator[ContractServer]:
    with ContractServer(write_sample_replica(tmp_path / "sample.gpkg", threats=80)) as service:
        service.open_to_all = True
        yield service


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with closing(Outbox.open(tmp_path / "desk")) as outbox:
        yield outbox


def make_task(service: ContractServer, outbox: Outbox) -> SyncTask:
    task: SyncTask
    session = qgis_session("", lambda: bool(task.isCanceled()))
    client = ServiceClient(service.url, session, timeout=(5, 5))
    task = SyncTask("test", Synchroniser(client, outbox.path.parent, outbox), None)
    return task


def run(task: SyncTask, until: Callable[[], bool] | None = None) -> list[SyncTask]:
    """Run a task while the window's events go on; return what ``done`` told."""
    done: list[SyncTask] = []
    task.done.connect(done.append)
    QgsApplication.taskManager().addTask(task)
    while not done and not (until and until()):
        QCoreApplication.processEvents()
        time.sleep(0.005)
    return done


def test_it_loads_in_the_background(service: ContractServer, outbox: Outbox, qgis_app: object) -> None:
    task = make_task(service, outbox)
    phases: list[str] = []
    percents: list[float] = []
    threads: list[Any] = []
    task.phaseChanged.connect(phases.append)
    task.progressChanged.connect(percents.append)
    task.done.connect(lambda _: threads.append(QThread.currentThread()))
    assert run(task) == [task]
    assert task.error is None
    assert task.result.new_replica_path is not None
    with closing(Replica(task.result.new_replica_path)) as replica:
        assert replica.cursor == service.cursor(0)
    assert phases == ["sign_in", "snapshot", "changes"]
    assert percents[-1] == 100
    assert threads == [QgsApplication.instance().thread()]


def test_a_failure_is_handed_over(service: ContractServer, outbox: Outbox, qgis_app: object) -> None:
    service.fail("/catalogue", page_of_a_proxy())
    task = make_task(service, outbox)
    run(task)
    assert isinstance(task.error, NotTheService)


def test_cancelling_ends_a_stalled_download(
    service: ContractServer, outbox: Outbox, qgis_app: object
) -> None:
    stalled = threading.Event()

    def stall(exchange: Exchange) -> None:
        exchange.begin(200, Content_Length=str(len(service.file)))
        exchange.wfile.write(service.file[:1000])
        stalled.set()
        service.closing.wait(30)

    service.fail("/snapshots/file", stall)
    task = make_task(service, outbox)
    assert run(task, stalled.is_set) == []
    task.cancel()
    while task.error is None:
        QCoreApplication.processEvents()
        time.sleep(0.005)
    assert isinstance(task.error, Cancelled)
    assert Replica.open(outbox.path.parent) is None


def test_a_mistake_of_ours_does_not_end_qgis(
    service: ContractServer, outbox: Outbox, qgis_app: object
) -> None:
    task = make_task(service, outbox)
    outbox.close()  # what a mistake in the workspace's order would do
    run(task)
    assert type(task.error) is KmzbError
    assert "closed database" in task.error.log_message
