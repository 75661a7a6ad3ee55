"""Synchronising with the real service in a process of its own."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication
from service_process import ServiceProcess
from workspace import Workspace

from kmzb_qgis_plugin.client import errors
from kmzb_qgis_plugin.client.qgis_adapter import qgis_session
from kmzb_qgis_plugin.client.service_client import ServiceClient
from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.domain.meeting import Concern, Meeting
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.attachments import AttachmentStore
from kmzb_qgis_plugin.replica.outbox import Outbox
from kmzb_qgis_plugin.replica.replica import Replica
from kmzb_qgis_plugin.replica.sync_task import SyncTask
from kmzb_qgis_plugin.replica.synchroniser import Synchroniser

REPORTS = 1500
TIMEOUT = (10, 30)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceProcess]:
    service = ServiceProcess(tmp_path_factory.mktemp("service"))
    service.command("demo", "--reports", str(REPORTS), "--until", "2024-05-31")
    service.start()
    yield service
    service.stop()


@pytest.fixture(scope="module")
def tokens(service: ServiceProcess) -> dict[str, str]:
    return {role: service.token(f"{role} of tests", role) for role in ("coordinator", "viewer")}


@pytest.fixture
def make_workspace(
    service: ServiceProcess, tokens: dict[str, str], tmp_path: Path
) -> Iterator[Callable[..., Workspace]]:
    made: list[Workspace] = []

    def make(role: str = "coordinator", **members: Any) -> Workspace:
        folder = tmp_path / f"workspace {len(made)}"
        made.append(
            Workspace(service.url, folder, **{"token": tokens.get(role, role), **members}, timeout=TIMEOUT)
        )
        return made[-1]

    yield make
    for workspace in made:
        workspace.close()


@pytest.fixture
def desk(make_workspace: Callable[..., Workspace]) -> Workspace:
    workspace = make_workspace()
    workspace.sync()
    return workspace


def signed_in(token: str) -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    session.headers["Authorization"] = f"Bearer {token}"
    return session


def ask(service: ServiceProcess, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """A query of our own on the service's database."""
    with closing(sqlite3.connect(f"file:{service.database}?mode=ro", uri=True)) as database:
        return database.execute(sql, parameters).fetchall()


def reopened(desk: Workspace) -> int:
    """A report that is being verified: an unconfirmed one, reopened; another one each time."""
    assert desk.replica is not None
    with closing(desk.replica.reader()) as reader:
        sql = "SELECT fid FROM threats WHERE status = 'unconfirmed' ORDER BY random() LIMIT 1"
        fid = int(reader.execute(sql).fetchone()[0])
    desk.decide(fid, "verification", note="Ponownie.")
    assert desk.sync().outcomes == {"accepted": 1}
    return fid


def test_all_rows_arrive_as_they_are(service: ServiceProcess, desk: Workspace) -> None:
    assert desk.replica is not None
    with closing(desk.replica.reader()) as reader:
        for column in ("status", "category", "source", "county", "local_day", "local_hour"):
            found = dict(ask(service, f"SELECT {column}, count(*) FROM threat WHERE NOT removed GROUP BY 1"))
            assert queries.counts_by(reader, column) == found
        assert len(queries.area_list(reader)) == ask(service, "SELECT count(*) FROM area")[0][0]
        assert len(queries.unit_list(reader)) == ask(service, "SELECT count(*) FROM unit")[0][0]


def test_a_decision_is_in_the_service_and_on_a_second_desk(
    service: ServiceProcess, desk: Workspace, make_workspace: Callable[..., Workspace]
) -> None:
    other = make_workspace()
    other.sync()
    fid = reopened(desk)
    decision = desk.decide(fid, "confirmed", note="zażółć gęślą jaźń", method="patrol")
    assert desk.sync().outcomes == {"accepted": 1}
    stored = ask(service, "SELECT threat_id, note, method FROM decision WHERE uuid = ?", decision.uuid)
    assert stored == [(fid, "zażółć gęślą jaźń", "patrol")]
    assert ask(service, "SELECT status FROM threat WHERE id = ?", fid) == [("confirmed",)]
    other.sync()
    assert other.threat(fid).status == "confirmed"


def test_decided_while_the_service_is_down_it_arrives_exactly_once(
    service: ServiceProcess, desk: Workspace
) -> None:
    fid = reopened(desk)
    before = ask(service, "SELECT count(*) FROM decision WHERE threat_id = ?", fid)[0][0]
    service.stop(signal.SIGKILL)
    try:
        decision = desk.decide(fid, "confirmed")
        with pytest.raises(errors.NetworkUnreachable):
            desk.sync()
        assert desk.state(decision) == "waiting"
    finally:
        service.start()
    assert desk.sync().outcomes == {"accepted": 1}
    assert desk.sync().outcomes == {}
    after = ask(service, "SELECT count(*) FROM decision WHERE threat_id = ?", fid)[0][0]
    assert after == before + 1


def test_a_conflict_is_seen_and_settled(
    service: ServiceProcess, desk: Workspace, make_workspace: Callable[..., Workspace]
) -> None:
    fid = reopened(desk)
    other = make_workspace()
    other.sync()
    won = other.decide(fid, "confirmed")
    other.sync()
    lost = desk.decide(fid, "mistake", reason="joke")
    assert desk.sync().outcomes == {"conflict": 1}
    entry = desk.outbox.entry(lost.uuid)
    assert entry is not None and entry.outcome is not None and entry.outcome.decision is not None
    assert entry.outcome.decision["uuid"] == won.uuid
    assert desk.threat(fid).status == "confirmed"
    again = Decision.new(fid, desk.threat(fid).version, "eliminated")
    assert desk.outbox.redecide(lost.uuid, again, "Z", {})
    assert desk.sync().outcomes == {"accepted": 1}
    assert ask(service, "SELECT status FROM threat WHERE id = ?", fid) == [("eliminated",)]


def test_a_decision_against_the_rules_is_rejected_with_the_rule(desk: Workspace) -> None:
    decision = desk.decide(reopened(desk), "eliminated")
    assert desk.sync().outcomes == {"rejected": 1}
    entry = desk.outbox.entry(decision.uuid)
    assert entry is not None and entry.outcome is not None
    assert (entry.state, entry.outcome.rule) == ("rejected", "transition_not_allowed")
    assert entry.outcome.title


def test_what_a_system_sends_reaches_the_desk(
    service: ServiceProcess, desk: Workspace, tokens: dict[str, str], tmp_path: Path
) -> None:
    """A report with a file, confirmed by somebody else; the file is fetched and is what was sent."""
    with signed_in(service.token("platform", "sender")) as platform:
        sent = {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [15.2369, 52.7368]},
            "properties": {
                "source": "citizen",
                "source_id": "platform:1",
                "category": "speeding",
                "occurred_from": "2024-05-30T07:30:00+02:00",
                "description": "Codziennie rano.",
            },
        }
        added = platform.post(f"{service.url}/collections/threats/items", json=sent, timeout=TIMEOUT)
        assert added.status_code == 201, added.text
        address = f"{service.url}/threats/{added.json()['id']}"
        files = {"file": ("../../opis miejsca.txt", "Zażółć".encode())}
        assert platform.post(f"{address}/attachments", files=files, timeout=TIMEOUT).status_code == 201
        confirmed = {"uuid": "0b1c9c0e-4d0b-4f0f-9a4e-6b1f7a1d2c33"}
        assert platform.post(f"{address}/confirmations", json=confirmed, timeout=TIMEOUT).status_code == 201
    desk.sync()
    row = desk.threat(added.json()["id"])
    assert (row.description, row.unit, row.status) == ("Codziennie rano.", "KMP-GORZOW", "new")
    assert (row.attachments, row.confirmations, row.version) == (1, 1, 1)
    client = ServiceClient(service.url, signed_in(tokens["viewer"]), TIMEOUT)
    (listed,) = client.attachments(row.fid)
    assert (listed.name, listed.media_type) == ("opis miejsca.txt", "text/plain")
    fetched = AttachmentStore(tmp_path).fetch(client, row.fid, listed, lambda *_: None, lambda: False)
    assert fetched.read_text(encoding="utf-8") == "Zażółć"


def test_a_meeting_of_the_desk_becomes_signals(service: ServiceProcess, desk: Workspace) -> None:
    concerns = (Concern("signal_youth", "Młodzież pod sklepem"), Concern("signal_patrols", ""))
    held = Meeting.new(
        held_at="2024-05-20T16:00:00.000Z",
        lon=15.2369,
        lat=52.7368,
        place="Dom Kultury",
        organiser="KMP",
        participants=40,
        concerns=concerns,
    )
    wrong = replace(held, uuid=Meeting.new().uuid, lon=0.0)
    before = desk.count()
    desk.outbox.add_meeting(held)
    desk.outbox.add_meeting(wrong)
    assert desk.sync().outcomes == {"accepted": 1, "rejected": 1}
    entry, refused = desk.outbox.entry(held.uuid), desk.outbox.entry(wrong.uuid)
    assert entry is not None and entry.outcome is not None
    assert refused is not None and refused.outcome is not None
    assert (refused.outcome.rule, refused.outcome.field) == ("outside", "lon")
    signals = [desk.threat(fid) for fid in entry.outcome.threats]
    assert [(one.category, one.description) for one in signals] == [
        ("signal_youth", "Młodzież pod sklepem"),
        ("signal_patrols", None),
    ]
    assert {(one.meeting, one.organiser, one.participants) for one in signals} == {(held.uuid, "KMP", 40)}
    assert desk.count() == before + 2


def test_who_may_not_decide(desk: Workspace, make_workspace: Callable[..., Workspace]) -> None:
    fid = reopened(desk)
    viewer = make_workspace("viewer")
    viewer.sync()
    viewer.decide(fid, "confirmed")
    with pytest.raises(errors.NotAllowed):
        viewer.sync()
    assert viewer.synchroniser.result.up_to_date


def test_a_token_that_is_none(make_workspace: Callable[..., Workspace]) -> None:
    with pytest.raises(errors.SignInRejected):
        make_workspace("no token of this service").sync()


def test_a_broken_download_goes_on(service: ServiceProcess, make_workspace: Callable[..., Workspace]) -> None:
    workspace = make_workspace()
    workspace.cancel_at = "snapshot"
    with pytest.raises(errors.Cancelled):
        workspace.sync()
    workspace.cancel_at = None
    info = workspace.synchroniser._client.newest_snapshot()
    (path,) = (service.folder / "snapshots").glob("*.gpkg")
    (workspace.folder / f"snapshot-{info.sha256[:16]}.part").write_bytes(path.read_bytes()[:500_000])
    workspace.told.clear()
    workspace.sync()
    assert workspace.count() == ask(service, "SELECT count(*) FROM threat WHERE NOT removed")[0][0]
    first = next(percent for phase, percent in workspace.told if phase == "snapshot")
    assert first == pytest.approx(10 + 80 * 500_000 / info.size)


def test_followed_changes_and_a_fresh_load_give_the_same_replica(
    service: ServiceProcess, desk: Workspace, make_workspace: Callable[..., Workspace]
) -> None:
    """After decisions of every kind; each value of each row, in the form in which it is stored."""
    for _ in range(5):
        fid = reopened(desk)
        desk.decide(fid, "confirmed", note="ó")
        desk.decide(fid, "handed_over", institution="road_manager")
        assert desk.sync().outcomes == {"accepted": 2}
    service.command("snapshot", "build")
    fresh = make_workspace()
    fresh.sync()
    assert rows(fresh) == rows(desk)


def rows(workspace: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    assert workspace.replica is not None
    with closing(workspace.replica.reader()) as reader:
        return {
            table: reader.execute(f"SELECT * FROM {table} ORDER BY fid").fetchall()
            for table in ("threats", "areas", "units", "decisions")
        }


def test_the_audit_chain_holds_afterwards(service: ServiceProcess, desk: Workspace) -> None:
    reopened(desk)
    service.command("audit", "verify")


def test_through_qgis_with_a_stored_token(
    service: ServiceProcess,
    tokens: dict[str, str],
    basic_config: Callable[[str, str], str],
    tmp_path: Path,
) -> None:
    with closing(Outbox.open(tmp_path)) as outbox:
        session = qgis_session(basic_config("token", tokens["coordinator"]))
        task = SyncTask("test", Synchroniser(ServiceClient(service.url, session), tmp_path, outbox), None)
        done: list[SyncTask] = []
        task.done.connect(done.append)
        QgsApplication.taskManager().addTask(task)
        while not done:
            QCoreApplication.processEvents()
    assert task.error is None
    assert task.result.new_replica_path is not None
    with closing(Replica(task.result.new_replica_path)) as replica, closing(replica.reader()) as reader:
        assert queries.count(reader) == ask(service, "SELECT count(*) FROM threat WHERE NOT removed")[0][0]
