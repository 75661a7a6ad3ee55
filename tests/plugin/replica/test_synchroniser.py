"""Synchronising with a small service on this computer that fails in every way that a real one does."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from contract_server import ContractServer, hang_up, page_of_a_proxy, problem
from local_server import Exchange
from sample_replica import write_sample_replica
from workspace import Workspace

from kmzb_qgis_plugin.client import errors, service_client
from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.meeting import Concern, Meeting
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica import synchroniser as synchroniser_module
from kmzb_qgis_plugin.replica.errors import DiskFull
from kmzb_qgis_plugin.replica.outbox import Outbox
from kmzb_qgis_plugin.replica.replica import Replica
from kmzb_qgis_plugin.replica.synchroniser import catch_up

THREATS = 80


@pytest.fixture(scope="module")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample_replica(tmp_path_factory.mktemp("small") / "small.gpkg", threats=THREATS)


@pytest.fixture
def service(small_file: Path) -> Iterator[ContractServer]:
    with ContractServer(small_file) as service:
        yield service


@pytest.fixture
def desk(service: ContractServer, tmp_path: Path) -> Iterator[Workspace]:
    desk = Workspace(service.url, tmp_path / "desk")
    yield desk
    desk.close()


@pytest.fixture
def loaded(service: ContractServer, desk: Workspace) -> Workspace:
    desk.sync()
    service.seen.clear()
    desk.told.clear()
    return desk


@pytest.fixture
def new_id(service: ContractServer) -> int:
    """A report that waits to be taken up."""
    return next(fid for fid, one in service.threats.items() if one["properties"]["status"] == "new")


def paths(service: ContractServer) -> list[str]:
    return [seen.path.partition("?")[0] for seen in service.seen]


# --- when all goes well -------------------------------------------------------------------


def test_the_first_load(service: ContractServer, desk: Workspace) -> None:
    service.change(5, place="ul. Nowa 1")
    result = desk.sync()
    assert desk.replica is not None
    assert result.new_replica_path == desk.replica.path
    assert (desk.count(), desk.threat(5).place) == (THREATS, "ul. Nowa 1")
    assert desk.replica.cursor == service.cursor(1)
    assert desk.replica.identity == result.identity
    assert desk.replica.identity is not None and desk.replica.identity.role == "coordinator"
    assert desk.replica.catalogue_text is not None
    assert desk.replica.synced_at is not None
    assert result.up_to_date
    assert [file.name for file in desk.folder.glob("*.part")] == []


def test_progress_goes_from_0_to_100(desk: Workspace) -> None:
    desk.sync()
    percents = [percent for _, percent in desk.told]
    assert (percents[0], percents[-1]) == (0, 100)
    assert percents == sorted(percents)
    assert list(dict.fromkeys(phase for phase, _ in desk.told)) == ["sign_in", "snapshot", "changes"]


def test_nothing_new_is_one_request(service: ContractServer, loaded: Workspace) -> None:
    result = loaded.sync(sign_in=False)
    assert paths(service) == ["/changes"]
    assert result.up_to_date
    assert not result.applied
    assert result.new_replica_path is None
    assert result.identity is not None


def test_signing_in_asks_for_the_catalogue_with_its_tag(service: ContractServer, loaded: Workspace) -> None:
    assert loaded.sync().catalogue_changed is False
    assert paths(service) == ["/me", "/catalogue", "/changes"]
    service.catalogue["deadlines"]["read_days"] = 4
    result = loaded.sync()
    assert result.catalogue_changed
    assert loaded.replica is not None
    assert '"read_days": 4' in (loaded.replica.catalogue_text or "")


def test_changes_come_page_by_page(service: ContractServer, loaded: Workspace) -> None:
    service.page = 3
    for fid in range(1, 11):
        service.change(fid, place=f"place {fid}")
    service.remove(11)
    service.move(12, 20.0, 50.0)
    result = loaded.sync(sign_in=False)
    assert result.applied.threat_ids == set(range(1, 13))
    assert paths(service) == ["/changes"] * 4
    assert loaded.threat(10).place == "place 10"
    assert loaded.threat(12).lon == 20.0
    assert loaded.count() == THREATS - 1


def test_a_decision_is_sent_and_shown_at_once(
    service: ContractServer, loaded: Workspace, new_id: int
) -> None:
    decision = loaded.decide(new_id, "verification", note="zażółć")
    result = loaded.sync()
    assert result.outcomes == {"accepted": 1}
    assert new_id in result.applied.threat_ids
    assert loaded.state(decision) == "sent"
    assert service.threats[new_id]["properties"]["status"] == "verification"
    assert loaded.threat(new_id).status == "verification"
    with closing(loaded.replica.reader()) as reader:  # type: ignore[union-attr]
        assert queries.history(reader, new_id)[-1].note == "zażółć"


def test_another_desk_sees_it(
    service: ContractServer, loaded: Workspace, new_id: int, tmp_path: Path
) -> None:
    other = Workspace(service.url, tmp_path / "other")
    other.sync()
    loaded.decide(new_id, "verification")
    loaded.sync()
    assert other.threat(new_id).status == "new"
    other.sync()
    assert other.threat(new_id).status == "verification"
    other.close()


def test_decisions_on_each_other_go_in_order(service: ContractServer, loaded: Workspace, new_id: int) -> None:
    first = loaded.decide(new_id, "verification")
    second = loaded.decide(new_id, "confirmed")
    assert loaded.sync().outcomes == {"accepted": 2}
    assert [one["uuid"] for one in service.decisions[-2:]] == [first.uuid, second.uuid]
    assert loaded.threat(new_id).status == "confirmed"


def test_a_conflict_is_kept_with_the_one_that_won(
    service: ContractServer, loaded: Workspace, new_id: int, tmp_path: Path
) -> None:
    other = Workspace(service.url, tmp_path / "other")
    other.sync()
    won = other.decide(new_id, "verification")
    other.sync()
    lost = loaded.decide(new_id, "mistake", reason="joke")
    assert loaded.sync().outcomes == {"conflict": 1}
    entry = loaded.outbox.entry(lost.uuid)
    assert entry is not None and entry.outcome is not None and entry.outcome.decision is not None
    assert (entry.state, entry.outcome.decision["uuid"]) == ("conflict", won.uuid)
    assert loaded.threat(new_id).status == "verification"
    assert loaded.sync().outcomes == {}
    again = Decision.new(new_id, loaded.threat(new_id).version, "mistake", reason="joke")
    assert loaded.outbox.redecide(lost.uuid, again, "Z", {})
    assert loaded.sync().outcomes == {"accepted": 1}
    assert service.threats[new_id]["properties"]["status"] == "mistake"
    other.close()


def test_a_rejected_one_does_not_hold_up_the_others(
    service: ContractServer, loaded: Workspace, new_id: int
) -> None:
    lost = loaded.decide(1, "verification")
    service.fail("/decisions", _unknown_threat_for(service, lost))
    good = loaded.decide(new_id, "verification")
    assert loaded.sync().outcomes == {"rejected": 1, "accepted": 1}
    assert (loaded.state(lost), loaded.state(good)) == ("rejected", "sent")


def _unknown_threat_for(service: ContractServer, decision: Decision) -> Any:
    def fault(exchange: Exchange) -> None:
        del service.threats[decision.threat_id]
        service._decide(exchange)

    return fault


def test_marks_show_what_waits_and_go_when_it_is_sent(
    service: ContractServer, loaded: Workspace, new_id: int
) -> None:
    assert loaded.replica is not None
    loaded.decide(new_id, "verification")
    loaded.replica.mark_pending(loaded.outbox.pending_statuses())
    assert loaded.threat(new_id).pending_status == "verification"
    loaded.sync()
    assert loaded.threat(new_id).pending_status is None


def test_many_decisions_go_in_batches(
    service: ContractServer, loaded: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(synchroniser_module, "SEND_LIMIT", 4)
    for fid in range(1, 11):
        loaded.decide(fid, "verification")
    assert loaded.sync().outcomes == {"accepted": 10}
    assert len(service.asked("/decisions")) == 3


# --- faults of the network and the service ------------------------------------------------


def test_a_first_load_that_breaks_off_goes_on_later(
    service: ContractServer, desk: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Of a piece that does not arrive whole, urllib3 from 2.0 on gives nothing; QGIS's transport does.
    monkeypatch.setattr(service_client, "_CHUNK_BYTES", 4096)
    half = len(service.file) // 2

    def cut(exchange: Exchange) -> None:
        exchange.begin(200, Content_Length=str(len(service.file)))
        exchange.wfile.write(service.file[:half])
        exchange.wfile.flush()
        exchange.connection.shutdown(2)

    service.fail("/snapshots/file", cut, hang_up, hang_up)
    with pytest.raises(errors.NetworkUnreachable):
        desk.sync()
    service.faults.clear()
    assert desk.replica is None
    (part,) = desk.folder.glob("*.part")
    there = part.stat().st_size
    assert there > 0
    desk.sync()
    assert desk.count() == THREATS
    assert service.asked("/snapshots/file")[-1].headers["Range"] == f"bytes={there}-"


def test_a_snapshot_that_is_replaced_while_it_is_fetched(service: ContractServer, desk: Workspace) -> None:
    def replaced(exchange: Exchange) -> None:
        service.publish("2024-06-02T08:00:00.000Z")
        service._snapshot_file(exchange)

    service.fail("/snapshots/file", replaced)
    desk.sync()
    assert desk.count() == THREATS
    assert len(service.asked("/snapshots/file")) == 2


def test_a_snapshot_whose_address_is_gone(service: ContractServer, desk: Workspace) -> None:
    service.fail("/snapshots/file", problem("not-found", 404))
    desk.sync()
    assert desk.count() == THREATS


def test_a_snapshot_that_is_never_right(service: ContractServer, desk: Workspace) -> None:
    wrong = service.file[:-1] + b"?"
    service.fail("/snapshots/file", *[lambda e: e.answer(200, wrong)] * 5)
    with pytest.raises(errors.IncompleteDownload):
        desk.sync()
    assert desk.replica is None
    assert list(desk.folder.glob("*.part")) == []


def test_a_part_of_another_snapshot_is_thrown_away(service: ContractServer, desk: Workspace) -> None:
    (desk.folder / "snapshot-0123456789abcdef.part").write_bytes(b"old")
    desk.sync()
    assert list(desk.folder.glob("*.part")) == []


def test_a_snapshot_of_another_version(service: ContractServer, desk: Workspace) -> None:
    service.schema_version = 4
    with pytest.raises(errors.ServiceTooNew, match="version 4"):
        desk.sync()
    service.schema_version = 1
    with pytest.raises(errors.ServiceTooOld, match="version 1"):
        desk.sync()
    assert service.asked("/snapshots/file") == []


def test_the_answer_to_a_send_is_lost(service: ContractServer, loaded: Workspace, new_id: int) -> None:
    """The service has the decision and the desk does not know: exactly once it must be there."""

    def work_and_die(exchange: Exchange) -> None:
        answer, exchange.answer_json = exchange.answer_json, lambda *_: None  # type: ignore[method-assign]
        service._decide(exchange)
        exchange.answer_json = answer  # type: ignore[method-assign]
        exchange.hang_up()

    before = len(service.decisions)
    decision = loaded.decide(new_id, "verification")
    service.fail("/decisions", work_and_die)
    with pytest.raises(errors.NetworkUnreachable):
        loaded.sync()
    assert len(service.decisions) == before + 1
    assert loaded.state(decision) == "waiting"
    assert not loaded.outbox.withdraw(decision.uuid)
    assert loaded.sync().outcomes == {"duplicate": 1}
    assert len(service.decisions) == before + 1
    assert loaded.state(decision) == "sent"
    assert loaded.threat(new_id).status == "verification"


def test_the_service_stops_before_a_send(service: ContractServer, loaded: Workspace, new_id: int) -> None:
    decision = loaded.decide(new_id, "verification")
    service.fail("/decisions", hang_up)
    with pytest.raises(errors.NetworkUnreachable):
        loaded.sync()
    assert loaded.state(decision) == "waiting"
    assert loaded.sync().outcomes == {"accepted": 1}


def test_while_the_service_is_out_of_reach_decisions_can_be_taken_back(
    service: ContractServer, loaded: Workspace, new_id: int
) -> None:
    """Nothing begins to be sent; what begins might have arrived."""
    decision = loaded.decide(new_id, "verification")
    for path in ("/me", "/decisions", "/changes"):
        service.fail(path, *[hang_up] * 9)
    for _ in range(2):
        with pytest.raises(errors.NetworkUnreachable):
            loaded.sync(sign_in=False)
    assert loaded.outbox.withdraw(decision.uuid)


def test_another_desk_came_to_the_same_result(
    service: ContractServer, loaded: Workspace, new_id: int, tmp_path: Path
) -> None:
    other = Workspace(service.url, tmp_path / "other")
    other.sync()
    other.decide(new_id, "verification")
    other.sync()
    decision = loaded.decide(new_id, "verification")
    assert loaded.sync().outcomes == {"duplicate": 1}
    entry = loaded.outbox.entry(decision.uuid)
    assert entry is not None and entry.outcome is not None
    assert (entry.state, entry.outcome.same_result) == ("sent", True)
    other.close()


FAULTS = [
    (page_of_a_proxy(), errors.NotTheService),
    (problem("unauthenticated", 401), errors.SignInRejected),
    (problem("token-expired", 401), errors.TokenExpired),
    (problem("forbidden", 403), errors.NotAllowed),
    (problem("database-unavailable", 503), errors.ServiceUnavailable),
    (problem("internal-error", 500), errors.ServiceFailed),
    (hang_up, errors.NetworkUnreachable),
]


@pytest.mark.parametrize("path", ["/me", "/catalogue", "/decisions", "/changes"])
@pytest.mark.parametrize(("fault", "error"), FAULTS, ids=lambda value: getattr(value, "__name__", ""))
def test_any_fault_anywhere_keeps_all_that_was_there(
    service: ContractServer, loaded: Workspace, new_id: int, path: str, fault: Any, error: type[KmzbError]
) -> None:
    decision = loaded.decide(new_id, "verification")
    service.change(3, place="new place")
    service.fail(path, fault)
    with pytest.raises(error) as raised:
        loaded.sync()
    assert type(raised.value) is error
    assert loaded.count() == THREATS
    assert loaded.state(decision) in ("waiting", "sent")
    loaded.sync()
    assert loaded.state(decision) == "sent"
    assert (loaded.threat(new_id).status, loaded.threat(3).place) == ("verification", "new place")
    own = [one for one in service.decisions if one["uuid"] == decision.uuid]
    assert len(own) == 1


@pytest.mark.parametrize("path", ["/me", "/catalogue", "/snapshots", "/snapshots/file", "/changes"])
@pytest.mark.parametrize(("fault", "error"), FAULTS, ids=lambda value: getattr(value, "__name__", ""))
def test_any_fault_of_a_first_load_is_made_good_later(
    service: ContractServer, desk: Workspace, path: str, fault: Any, error: type[KmzbError]
) -> None:
    service.fail(path, fault)
    with pytest.raises(error):
        desk.sync()
    desk.sync()
    assert desk.count() == THREATS


def test_who_may_not_decide_still_sees_what_is_new(
    service: ContractServer, loaded: Workspace, new_id: int, tmp_path: Path
) -> None:
    viewer = Workspace(service.url, tmp_path / "viewer", token="viewer-token")
    viewer.sync()
    decision = viewer.decide(new_id, "verification")
    service.change(3, place="new place")
    with pytest.raises(errors.NotAllowed):
        viewer.sync()
    assert viewer.threat(3).place == "new place"
    assert viewer.synchroniser.result.up_to_date
    assert viewer.state(decision) == "waiting"
    viewer.close()


def test_one_decision_that_cannot_be_read_does_not_hold_up_the_others(
    service: ContractServer, loaded: Workspace
) -> None:
    decisions = [loaded.decide(fid, "verification") for fid in range(1, 4)]
    unreadable = problem("invalid-body", 422)
    service.fail("/decisions", unreadable, unreadable)  # all three together, then the first one alone
    assert loaded.sync().outcomes == {"rejected": 1, "accepted": 2}
    assert [loaded.state(decision) for decision in decisions] == ["rejected", "sent", "sent"]


def test_an_expired_cursor_loads_anew(service: ContractServer, loaded: Workspace, new_id: int) -> None:
    old = loaded.replica.path  # type: ignore[union-attr]
    decision = loaded.decide(1, "verification")
    service.fail("/decisions", problem("forbidden", 403))
    service.begin_epoch("restored")
    with pytest.raises(errors.CursorExpired):
        # the service came back without even the new snapshot: nothing is lost meanwhile
        service.fail("/changes", problem("cursor-expired", 410), problem("cursor-expired", 410))
        loaded.sync()
    result = loaded.sync()
    assert loaded.replica is not None
    assert loaded.replica.path != old
    assert loaded.replica.cursor == service.cursor(0) or result.up_to_date
    assert loaded.state(decision) == "sent"


def test_a_restored_service_loads_anew(service: ContractServer, loaded: Workspace) -> None:
    service.begin_epoch("restored")
    result = loaded.sync(sign_in=False)
    assert result.new_replica_path is not None
    assert loaded.replica is not None
    assert (loaded.replica.path, loaded.replica.fact("epoch")) == (result.new_replica_path, "restored")


def test_a_new_replica_shows_what_waits(service: ContractServer, loaded: Workspace, new_id: int) -> None:
    loaded.decide(new_id, "verification")
    service.fail("/decisions", problem("forbidden", 403), problem("forbidden", 403))
    service.begin_epoch("restored")
    with pytest.raises(errors.NotAllowed):
        loaded.sync()
    assert loaded.threat(new_id).pending_status == "verification"


def test_a_feed_that_does_not_move_is_no_endless_loop(service: ContractServer, loaded: Workspace) -> None:
    empty = {"threats": [], "areas": [], "units": [], "decisions": [], "removed": {}}
    cursor = service.cursor(0)
    service.fail("/changes", lambda e: e.answer_json({**empty, "next_cursor": cursor, "up_to_date": False}))
    with pytest.raises(errors.ContractMismatch):
        loaded.sync()


# --- faults of the desk -------------------------------------------------------------------


def test_a_damaged_replica_is_loaded_anew(loaded: Workspace, service: ContractServer) -> None:
    assert loaded.replica is not None
    loaded.replica.close()
    with loaded.replica.path.open("rb+") as file:
        file.truncate(10_000)
    loaded.replica = Replica.open(loaded.folder)
    assert loaded.replica is None
    loaded.sync()
    assert loaded.count() == THREATS


def test_damage_met_while_synchronising_is_mended_at_once(loaded: Workspace, service: ContractServer) -> None:
    assert loaded.replica is not None
    old = loaded.replica.path
    loaded.replica._connection.execute("DROP TABLE decisions")
    service.change(3, place="new place")
    service.remove(4)
    result = loaded.sync(sign_in=False)
    assert result.new_replica_path not in (None, old)
    assert (loaded.count(), loaded.threat(3).place) == (THREATS - 1, "new place")


def test_there_is_no_room_for_the_snapshot(desk: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(100, 99, 1))
    with pytest.raises(DiskFull) as raised:
        desk.sync()
    assert "are needed" in raised.value.log_message
    assert desk.replica is None


def test_the_disk_fills_up_while_the_snapshot_arrives(
    desk: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = Path.open

    class Full:
        def __init__(self, file: Any) -> None:
            self.file = file

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            self.file.close()

        def write(self, _: bytes) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def full(path: Path, mode: str = "r", *rest: Any) -> Any:
        file = usual(path, mode, *rest)
        return Full(file) if path.suffix == ".part" and mode != "rb" else file

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", full)
        with pytest.raises(DiskFull):
            desk.sync()
    assert desk.replica is None
    desk.sync()
    assert desk.count() == THREATS


def test_the_system_refuses_to_make_the_file_larger(service: ContractServer, tmp_path: Path) -> None:
    """A real refusal of the operating system, in a process of its own that may write 100 kB to a file."""
    script = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from workspace import Workspace\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "desk = Workspace(sys.argv[1], Path(sys.argv[2]))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try:\n"
        "    desk.sync()\n"
        "except Exception as error:\n"
        "    print(type(error).__name__)\n"
    )
    folders = os.pathsep.join(str(Path(__file__).parents[up]) for up in (1, 3))
    done = subprocess.run(
        [sys.executable, "-c", script, service.url, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": folders},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["DiskFull"]
    assert list(tmp_path.glob("*.gpkg")) == []


@pytest.mark.parametrize("phase", ["sign_in", "send", "snapshot", "changes"])
def test_cancelling_keeps_all_that_was_there(
    service: ContractServer, loaded: Workspace, new_id: int, phase: str
) -> None:
    decision = loaded.decide(new_id, "verification")
    service.begin_epoch("restored")
    service.page = 1
    for fid in (THREATS - 2, THREATS - 1, THREATS):
        service.change(fid, place="new place")
    loaded.cancel_at = phase
    with pytest.raises(errors.Cancelled):
        loaded.sync()
    assert loaded.count() == THREATS
    assert loaded.state(decision) in ("waiting", "sent")
    loaded.cancel_at = None
    loaded.sync()
    assert loaded.state(decision) == "sent"
    assert loaded.replica is not None
    assert loaded.replica.fact("epoch") == "restored"


# --- a desk that was killed ----------------------------------------------------------------


def test_what_was_answered_before_a_kill_is_in_the_replica_when_it_opens(
    service: ContractServer, loaded: Workspace, new_id: int
) -> None:
    """Killed between the answer and the replica: the next decision must not clash with one's own."""
    decision = loaded.decide(new_id, "verification")
    (entry,) = loaded.outbox.begin_sending(10)
    loaded.outbox.settle(loaded.synchroniser._client.send_decisions([entry.decision]))
    waits = loaded.decide(next(fid for fid in service.threats if fid != new_id), "verification")
    assert loaded.replica is not None
    loaded.replica.mark_pending({})
    loaded.close()

    loaded.outbox, loaded.replica = Outbox.open(loaded.folder), Replica.open(loaded.folder)
    assert loaded.threat(new_id).status == "new"
    catch_up(loaded.replica, loaded.outbox)
    assert loaded.threat(new_id).status == "verification"
    assert loaded.threat(waits.threat_id).pending_status == "verification"
    with closing(loaded.replica.reader()) as reader:
        assert [row.uuid for row in queries.history(reader, new_id)][-1:] == [decision.uuid]
    loaded.outbox.withdraw(waits.uuid)
    loaded.synchroniser._outbox = loaded.outbox
    loaded.decide(new_id, "confirmed", method="patrol")
    assert loaded.sync().outcomes == {"accepted": 1}


def test_an_old_answer_does_not_bring_an_old_state_back(
    service: ContractServer, loaded: Workspace, new_id: int
) -> None:
    loaded.decide(new_id, "verification")
    loaded.sync()
    service.change(new_id, status="confirmed")
    loaded.sync(sign_in=False)
    assert loaded.replica is not None
    loaded.replica.remember({"synced_at": "2020-01-01T00:00:00.000Z"})
    catch_up(loaded.replica, loaded.outbox)
    assert loaded.threat(new_id).status == "confirmed"


# --- meetings -----------------------------------------------------------------------------


def meeting(category: str = "signal_youth") -> Meeting:
    return Meeting.new(
        held_at="2024-05-20T16:00:00.000Z",
        lon=15.2,
        lat=52.7,
        place="Dom Kultury",
        organiser="KMP",
        participants=40,
        concerns=(Concern(category, "Młodzież pod sklepem"), Concern("signal_patrols", "Wieczorami")),
    )


def test_a_meeting_becomes_signals_with_the_same_synchronisation(
    service: ContractServer, loaded: Workspace
) -> None:
    held = meeting()
    loaded.outbox.add_meeting(held)
    assert loaded.sync().outcomes == {"accepted": 1}
    entry = loaded.outbox.entry(held.uuid)
    assert entry is not None and entry.state == "sent" and entry.outcome is not None
    signal = loaded.threat(entry.outcome.threats[0])
    assert (signal.source, signal.category, signal.organiser) == ("community", "signal_youth", "KMP")
    assert loaded.count() == THREATS + 2


def test_the_answer_to_a_meeting_is_lost(service: ContractServer, loaded: Workspace) -> None:
    """The service has it and the desk does not know: sent again, it is there once."""
    held = meeting()

    def work_and_die(exchange: Exchange) -> None:
        service.hold(json.loads(exchange.body)["meetings"][0])
        exchange.hang_up()

    loaded.outbox.add_meeting(held)
    service.fail("/meetings", work_and_die)
    with pytest.raises(errors.NetworkUnreachable):
        loaded.sync()
    assert loaded.state(held) == "waiting"
    assert loaded.sync().outcomes == {"duplicate": 1}
    assert loaded.count() == THREATS + 2


def test_a_rejected_meeting_says_why_and_the_next_goes_on(service: ContractServer, loaded: Workspace) -> None:
    bad, good = meeting("no_such"), meeting()
    loaded.outbox.add_meeting(bad)
    loaded.outbox.add_meeting(good)
    assert loaded.sync().outcomes == {"rejected": 1, "accepted": 1}
    entry = loaded.outbox.entry(bad.uuid)
    assert entry is not None and entry.outcome is not None
    assert (entry.state, entry.outcome.field) == ("rejected", "concerns.0.category")


def test_a_service_without_meetings_takes_the_rest(
    service: ContractServer, loaded: Workspace, new_id: int
) -> None:
    held = meeting()
    loaded.outbox.add_meeting(held)
    decision = loaded.decide(new_id, "verification")
    service.change(5, place="ul. Nowa 1")
    service.fail("/meetings", problem("not-found", 404))
    with pytest.raises(errors.MeetingsNotTaken):
        loaded.sync()
    assert (loaded.state(held), loaded.state(decision)) == ("waiting", "sent")
    assert loaded.threat(5).place == "ul. Nowa 1"
