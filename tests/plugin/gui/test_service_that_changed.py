"""A service that is not the one it was: another reach, another version, another state of the data."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from contract_server import ContractServer
from desk import Desk, told, wait_for
from qgis.core import QgsProject

import kmzb_qgis_plugin
from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.plugin import KmzbPlugin
from kmzb_qgis_plugin.settings import Connection


@pytest.fixture
def server(sample_file: Path) -> Iterator[ContractServer]:
    with ContractServer(sample_file, open_to_all=True) as server:
        yield server


@pytest.fixture
def plugin(desk: Desk, qgis_new_project: QgsProject) -> Iterator[KmzbPlugin]:
    made = kmzb_qgis_plugin.classFactory(desk)
    made.initGui()
    yield made
    made.unload()


@pytest.fixture
def connection(
    plugin: KmzbPlugin, server: ContractServer, make_connection: Callable[..., Connection]
) -> Connection:
    """A connection whose first load is over."""
    made = make_connection(server.url)
    open_(plugin, made)
    assert plugin.session.last_error is None
    return made


def open_(plugin: KmzbPlugin, connection: Connection) -> None:
    plugin.open_connection(connection)
    wait_for(lambda: not plugin.session.syncing, "the synchronisation ends")


def synchronise(plugin: KmzbPlugin) -> None:
    plugin.session.sync()
    wait_for(lambda: not plugin.session.syncing, "the synchronisation ends")


def test_another_reach_is_told_once(
    desk: Desk, plugin: KmzbPlugin, connection: Connection, server: ContractServer
) -> None:
    synchronise(plugin)
    assert told(desk.bar) == []
    server.scope = {"reach": "voivodeship", "voivodeship": "08", "unit": None}
    server.epoch = "narrower"  # whose cursors the service no longer takes
    server.publish("2024-06-02T08:00:00.000Z")
    synchronise(plugin)
    assert told(desk.bar) == [
        "The service asked for a complete new load of the data; it is done.",
        "What you may see has changed: the voivodeship 08.",
    ]
    synchronise(plugin)
    assert len(told(desk.bar)) == 2


def test_a_restored_service_is_told_and_keeps_what_waits(
    desk: Desk, plugin: KmzbPlugin, connection: Connection, server: ContractServer
) -> None:
    fid = next(fid for fid, one in server.threats.items() if one["properties"]["status"] == "new")
    server.begin_epoch("restored")
    plugin.session.outbox.add(Decision.new(fid, 1, "verification"), "Z-1", {})
    synchronise(plugin)
    assert told(desk.bar) == ["The service asked for a complete new load of the data; it is done."]
    assert plugin.session.outbox.overview().counts["sent"] == 1
    assert server.threats[fid]["properties"]["status"] == "verification"


@pytest.mark.parametrize(
    ("contract", "says"), [(2, "Update the plugin"), (0, "Ask the service's administrator")]
)
def test_a_service_of_another_version_is_told_and_the_desk_goes_on(
    desk: Desk, plugin: KmzbPlugin, connection: Connection, server: ContractServer, contract: int, says: str
) -> None:
    server.contract = contract
    plugin.session.outbox.add(Decision.new(1, 1, "verification"), "Z-1", {})
    synchronise(plugin)
    assert says in told(desk.bar)[-1]
    plugin.session.sync(by_hand=False)
    assert not plugin.session.syncing  # nothing is asked again before a person has done something
    assert plugin.session.replica is not None
    assert plugin.session.outbox.overview().counts["waiting"] == 1
    server.contract = 1
    synchronise(plugin)
    assert plugin.session.last_error is None


def test_a_replica_of_another_version_is_told_and_loaded_anew(
    desk: Desk, plugin: KmzbPlugin, connection: Connection
) -> None:
    plugin.session.outbox.add(Decision.new(999, 1, "verification"), "Z-1", {})
    old = plugin.session.replica.path
    plugin.session.close()
    QgsProject.instance().clear()
    with closing(sqlite3.connect(old)) as file, file:
        file.execute("UPDATE kmzb_replica SET value = '1' WHERE key = 'schema_version'")
    open_(plugin, connection)
    assert "another version of the plugin" in told(desk.bar)[0]
    assert plugin.session.replica.path != old
    assert plugin.session.outbox.overview().counts["rejected"] == 1  # it was carried over, and answered


def test_a_damaged_replica_is_told_and_loaded_anew(
    desk: Desk, plugin: KmzbPlugin, connection: Connection
) -> None:
    folder = settings.workspace_folder(connection)
    plugin.session.close()
    QgsProject.instance().clear()
    for path in folder.glob("replica-*.gpkg"):
        path.write_bytes(b"no database at all" * 1000)
    open_(plugin, connection)
    assert "local copy of the data is damaged" in told(desk.bar)[0]
    assert plugin.session.replica is not None


def test_an_identity_that_older_plugins_have_kept_is_understood(
    plugin: KmzbPlugin, connection: Connection
) -> None:
    with closing(sqlite3.connect(plugin.session.replica.path)) as file, file:
        text = file.execute("SELECT value FROM kmzb_replica WHERE key = 'identity'").fetchone()[0]
        kept = json.dumps({**json.loads(text), "scope": "all"})
        file.execute("UPDATE kmzb_replica SET value = ? WHERE key = 'identity'", (kept,))
    assert plugin.session.replica.identity.scope.reach == "country"
