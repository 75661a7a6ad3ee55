"""No decision is lost, sent twice as two, or forgotten."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from kmzb_qgis_plugin.client.service_client import Outcome
from kmzb_qgis_plugin.domain.decision import EARLIER_NOT_ACCEPTED, Decision
from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.meeting import MEETING, Concern, Meeting
from kmzb_qgis_plugin.replica.errors import DiskFull, OutboxDamaged
from kmzb_qgis_plugin.replica.outbox import FILE_NAME, STATES, Entry, Outbox

THREAT = {"type": "Feature", "id": 7, "geometry": None, "properties": {"status": "confirmed"}}


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    opened = Outbox.open(tmp_path)
    yield opened
    opened.close()


def add(outbox: Outbox, threat_id: int = 7, to_status: str = "verification") -> Decision:
    decision = Decision.new(threat_id, 1, to_status, note="zażółć")
    outbox.add(decision, f"Z-{threat_id:07d}", {"status": "new", "version": 1})
    return decision


def state(outbox: Outbox, decision: Decision) -> str | None:
    entry = outbox.entry(decision.uuid)
    return None if entry is None else entry.state


def drafts(outbox: Outbox) -> list[Entry]:
    return [entry for entry in outbox.entries() if entry.state == "draft"]


def settle(outbox: Outbox, decision: Decision, kind: str) -> None:
    outbox.begin_sending(10)
    outbox.settle([Outcome(decision.uuid, kind, threat=THREAT, rule="role_not_allowed", title="No")])


def test_what_is_added_waits_with_all_it_carries(outbox: Outbox) -> None:
    decision = add(outbox)
    (entry,) = outbox.waiting()
    assert entry.decision == decision
    assert (entry.ref, entry.state, entry.attempts) == ("Z-0000007", "waiting", 0)
    assert entry.base == {"status": "new", "version": 1}
    assert (entry.settled_at, entry.outcome) == (None, None)
    assert outbox.overview().counts == {**dict.fromkeys(STATES, 0), "waiting": 1}
    assert outbox.pending_statuses() == {7: "verification"}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("accepted", "sent"), ("duplicate", "sent"), ("conflict", "conflict"), ("rejected", "rejected")],
)
def test_an_outcome_settles(outbox: Outbox, kind: str, expected: str) -> None:
    decision = add(outbox)
    settle(outbox, decision, kind)
    (entry,) = outbox.entries()
    assert (entry.state, entry.attempts) == (expected, 1)
    assert entry.settled_at is not None
    assert entry.outcome is not None
    assert (entry.outcome.kind, entry.outcome.threat, entry.outcome.title) == (kind, THREAT, "No")
    assert outbox.waiting() == []
    assert outbox.pending_statuses() == {}


def test_sending_takes_the_oldest_first(outbox: Outbox) -> None:
    decisions = [add(outbox, number) for number in range(5)]
    assert [entry.decision for entry in outbox.begin_sending(3)] == decisions[:3]
    assert [entry.decision for entry in outbox.begin_sending(3)] == decisions[3:]
    assert outbox.begin_sending(3) == []
    assert outbox.overview().counts["sending"] == 5
    outbox.reset_sending()
    assert outbox.overview().counts["waiting"] == 5


def test_what_may_have_been_sent_waits_again_after_opening(outbox: Outbox, tmp_path: Path) -> None:
    decision = add(outbox)
    outbox.begin_sending(10)
    outbox.close()
    with closing(Outbox.open(tmp_path)) as again:
        (entry,) = again.waiting()
        assert (entry.decision, entry.state) == (decision, "waiting")


def test_only_what_was_never_sent_can_be_taken_back(outbox: Outbox) -> None:
    fresh, tried, sent = (add(outbox, number) for number in range(3))
    assert outbox.withdraw(fresh.uuid)
    assert state(outbox, fresh) == "draft"  # it has a note
    bare = replace(fresh, uuid=str(uuid4()), note=None)
    outbox.add(bare, "Z-1", {})
    assert outbox.withdraw(bare.uuid)
    assert state(outbox, bare) is None
    outbox.begin_sending(1)
    outbox.reset_sending()  # the answer never came: it may be at the service
    assert not outbox.withdraw(tried.uuid)
    settle(outbox, sent, "accepted")
    assert not outbox.withdraw(sent.uuid)
    assert not outbox.withdraw("unknown")


def test_new_decisions_are_held_back_while_they_may_be_taken_back(outbox: Outbox, tmp_path: Path) -> None:
    tried = add(outbox)
    outbox.begin_sending(1)
    outbox.reset_sending()
    held = add(outbox, 1)
    outbox.grace_seconds = 3600
    assert [entry.decision for entry in outbox.begin_sending(9)] == [tried]
    assert [entry.decision for entry in outbox.retractable()] == [held]


@pytest.mark.parametrize("queued_at", ["2001-01-01T00:00:00.000Z", "2999-01-01T00:00:00.000Z"])
def test_old_decisions_and_those_of_a_wrong_clock_are_not_held_back(
    outbox: Outbox, tmp_path: Path, queued_at: str
) -> None:
    decision = add(outbox)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as file, file:
        file.execute("UPDATE entry SET queued_at = ?", (queued_at,))
    outbox.grace_seconds = 3600
    assert [entry.decision for entry in outbox.begin_sending(9)] == [decision]
    assert outbox.retractable() == []


def test_how_long_the_oldest_is_still_held(outbox: Outbox) -> None:
    assert outbox.held_seconds(60) == 60
    add(outbox)
    assert 59 < outbox.held_seconds(60) <= 60
    assert outbox.held_seconds(0) == 0
    outbox.begin_sending(9)
    assert outbox.held_seconds(60) == 60


def test_a_batch_is_written_and_taken_back_as_one(outbox: Outbox) -> None:
    first = add(outbox, 7)
    batch = [Decision.new(number, 1, "verification") for number in (7, 8, 9)]
    outbox.add_all([(decision, f"Z-{decision.threat_id}", {}) for decision in batch])
    assert [entry.decision.base_version for entry in outbox.retractable()] == [2, 1, 1]
    assert [entry.decision.uuid for entry in outbox.retractable()] == [one.uuid for one in batch]
    assert outbox.withdraw_all(entry.decision.uuid for entry in outbox.retractable()) == 3
    assert [entry.decision.uuid for entry in outbox.retractable()] == [first.uuid]


def test_a_batch_is_written_whole_or_not_at_all(outbox: Outbox) -> None:
    twice = Decision.new(1, 1, "verification")
    with pytest.raises(KmzbError):
        outbox.add_all([(Decision.new(2, 1, "verification"), "Z-2", {}), *[(twice, "Z-1", {})] * 2])
    assert outbox.entries() == []


def draft_of(decision: Decision, note: str) -> Decision:
    """What a form makes of a decision every time that it is kept."""
    return replace(decision, uuid=str(uuid4()), note=note)


def test_a_draft_takes_the_place_of_the_one_before(outbox: Outbox, tmp_path: Path) -> None:
    begun = Decision.new(7, 1, "verification", note="patrol")
    outbox.keep_decision_draft(begun, "Z-0000007", {"version": 1})
    outbox.keep_decision_draft(draft_of(begun, "patrol o 16"), "Z-0000007", {"version": 1})
    outbox.keep_decision_draft(Decision.new(8, 1, "mistake", note="nie ma"), "Z-0000008", {})
    with closing(Outbox.open(tmp_path)) as again:
        entries = drafts(again)
    assert [(one.ref, one.decision.note) for one in entries] == [
        ("Z-0000007", "patrol o 16"),
        ("Z-0000008", "nie ma"),
    ]
    assert (entries[0].uuid, entries[0].base) == (begun.uuid, {"version": 1})
    assert (outbox.waiting(), outbox.pending_statuses(), outbox.unsent_counts()) == ([], {}, {})
    assert outbox.begin_sending(10) == []
    assert Outbox.unsettled(tmp_path) == {"decision": 2}
    outbox.add(draft_of(begun, "patrol o 17"), "Z-0000007", {})
    assert [one.ref for one in drafts(outbox)] == ["Z-0000008"]
    assert outbox.forget_draft_about(8)
    assert not outbox.forget_draft_about(8)


def test_a_batch_leaves_what_is_being_written(outbox: Outbox) -> None:
    outbox.keep_decision_draft(Decision.new(7, 1, "verification", note="patrol"), "Z-7", {})
    outbox.add_all([(Decision.new(7, 1, "mistake"), "Z-7", {})])
    assert [one.decision.note for one in drafts(outbox)] == ["patrol"]


def test_what_is_taken_back_becomes_one_draft_with_what_was_written_after_it(outbox: Outbox) -> None:
    """The next step was begun when the first one was undone: both texts are kept, under one identifier."""
    first = add(outbox)
    later = replace(draft_of(first, "na miejscu"), to_status="handed_over", institution="Wody Polskie")
    outbox.keep_decision_draft(later, "Z-0000007", {})
    outbox.keep_decision_draft(draft_of(replace(first, threat_id=8), "inne"), "Z-0000008", {})
    assert outbox.withdraw(first.uuid)
    draft = outbox.draft_about(7)
    assert (draft.uuid, draft.decision.to_status) == (first.uuid, "verification")
    assert (draft.decision.note, draft.decision.institution) == ("zażółć\nna miejscu", "Wody Polskie")
    assert [one.decision.note for one in drafts(outbox)] == ["zażółć\nna miejscu", "inne"]


def test_a_decision_without_a_text_leaves_what_was_written_after_it(outbox: Outbox) -> None:
    bare = Decision.new(7, 1, "verification")
    outbox.add(bare, "Z-0000007", {})
    outbox.keep_decision_draft(draft_of(bare, "na miejscu"), "Z-0000007", {})
    assert outbox.withdraw(bare.uuid)
    assert outbox.draft_about(7).decision.note == "na miejscu"
    assert outbox.draft_about(8) is None


@pytest.mark.parametrize("kind", ["conflict", "rejected"])
@pytest.mark.parametrize("reopened", [False, True])
def test_a_kept_draft_settles_what_it_was_to_replace(outbox: Outbox, kind: str, reopened: bool) -> None:
    """Whether the form that sends it still knows the old decision, or only the draft."""
    old = add(outbox)
    settle(outbox, old, kind)
    for note in ("po", "po rozmowie"):
        outbox.keep_decision_draft(draft_of(old, note), "Z-7", {}, old.uuid)
    assert state(outbox, old) == kind
    (kept,) = drafts(outbox)
    if reopened:
        outbox.keep_decision_draft(draft_of(old, "po rozmowie!"), "Z-7", {}, kept.uuid)
    new = draft_of(old, "po rozmowie")
    assert outbox.redecide(kept.uuid if reopened else old.uuid, new, "Z-7", {})
    assert (state(outbox, old), state(outbox, new), drafts(outbox)) == ("dismissed", "waiting", [])
    # Taken back it is a draft, and what it had replaced needs a person again.
    assert outbox.withdraw(new.uuid)
    assert (state(outbox, old), state(outbox, new)) == (kind, "draft")
    outbox.keep_decision_draft(draft_of(old, "jednak"), "Z-7", {}, new.uuid)
    assert outbox.redecide(new.uuid, draft_of(old, "jednak"), "Z-7", {})
    assert state(outbox, old) == "dismissed"


@pytest.mark.parametrize("kind", ["conflict", "rejected"])
def test_taking_back_a_new_decision_brings_back_what_it_replaced(outbox: Outbox, kind: str) -> None:
    old = add(outbox)
    settle(outbox, old, kind)
    new = Decision.new(old.threat_id, 2, "verification")
    assert outbox.redecide(old.uuid, new, "Z-1", {})
    assert state(outbox, old) == "dismissed"
    assert outbox.withdraw(new.uuid)
    assert state(outbox, old) == kind
    assert outbox.dismiss(old.uuid)


def test_deciding_again_after_an_undo_settles_what_the_undo_brought_back(outbox: Outbox) -> None:
    old = add(outbox)
    settle(outbox, old, "conflict")
    taken_back = Decision.new(old.threat_id, 2, "verification")
    outbox.redecide(old.uuid, taken_back, "Z-1", {})
    outbox.withdraw(taken_back.uuid)
    again = Decision.new(old.threat_id, 2, "mistake")
    assert outbox.redecide(taken_back.uuid, again, "Z-1", {})
    assert state(outbox, old) == "dismissed"
    assert outbox.withdraw(again.uuid)
    assert state(outbox, old) == "conflict"


def test_a_file_of_an_earlier_version_is_opened(outbox: Outbox, tmp_path: Path) -> None:
    decision = add(outbox)
    outbox.close()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as file, file:
        file.execute("ALTER TABLE entry DROP COLUMN replaced_by")
    with closing(Outbox.open(tmp_path)) as again:
        assert [entry.decision for entry in again.waiting()] == [decision]
        assert again.damage is None
        assert again.retractable()


@pytest.mark.parametrize(("kind", "done"), [("conflict", True), ("rejected", True), ("accepted", False)])
def test_only_what_failed_can_be_dismissed(outbox: Outbox, kind: str, done: bool) -> None:
    decision = add(outbox)
    assert not outbox.dismiss(decision.uuid)
    settle(outbox, decision, kind)
    assert outbox.dismiss(decision.uuid) is done
    assert (outbox.entries() == []) is done


def test_conflicts_and_refusals_stay_until_they_are_settled(outbox: Outbox, tmp_path: Path) -> None:
    kinds = ("conflict", "rejected")
    for number, kind in enumerate(kinds):
        settle(outbox, add(outbox, number), kind)
    outbox.close()
    _age(tmp_path)
    with closing(Outbox.open(tmp_path)) as again:
        assert [entry.state for entry in again.entries()] == list(kinds)


def test_what_was_sent_long_ago_is_forgotten(outbox: Outbox, tmp_path: Path) -> None:
    for number in range(3):
        settle(outbox, add(outbox, number), "accepted")
    waiting = add(outbox, 9)
    outbox.close()
    _age(tmp_path)
    with closing(Outbox.open(tmp_path)) as again:
        assert [entry.decision for entry in again.entries()] == [waiting]


def _age(folder: Path) -> None:
    """Let a month pass."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute(
            "UPDATE entry SET settled_at = '2020-01-01T00:00:00.000Z' WHERE settled_at NOT NULL"
        )
        connection.commit()


def test_deciding_anew_replaces_both_or_neither(outbox: Outbox) -> None:
    old = add(outbox)
    settle(outbox, old, "conflict")
    new = Decision.new(7, 3, "confirmed")
    assert outbox.redecide(old.uuid, new, "Z-0000007", {"version": 3})
    assert [entry.decision for entry in outbox.entries()] == [new]
    assert not outbox.redecide(old.uuid, Decision.new(7, 3, "mistake"), "Z-0000007", {})
    assert not outbox.redecide(new.uuid, Decision.new(7, 3, "mistake"), "Z-0000007", {})
    assert [entry.decision for entry in outbox.entries()] == [new]


def test_deciding_anew_is_undone_when_it_cannot_be_written(outbox: Outbox) -> None:
    old = add(outbox)
    settle(outbox, old, "rejected")
    with pytest.raises(Exception):  # noqa: B017  (the same decision cannot stand there twice)
        outbox.redecide(old.uuid, old, "Z-0000007", {})
    assert state(outbox, old) == "rejected"


def test_decisions_about_one_threat_stand_on_each_other(outbox: Outbox) -> None:
    assert outbox.next_base_version(7, 4) == 4
    add(outbox, 7, "verification")
    add(outbox, 8, "mistake")
    assert outbox.next_base_version(7, 4) == 5
    add(outbox, 7, "confirmed")
    assert outbox.pending_statuses() == {7: "confirmed", 8: "mistake"}
    outbox.begin_sending(1)
    assert outbox.next_base_version(7, 4) == 6


def chain(outbox: Outbox) -> tuple[Decision, Decision]:
    """Two decisions about one threat, the second on the version that the first will bring."""
    first, second = Decision.new(7, 1, "confirmed"), Decision.new(7, 2, "eliminated")
    outbox.add(first, "Z-7", {})
    outbox.add(second, "Z-7", {})
    return first, second


def test_a_decision_is_not_sent_before_the_one_that_it_stands_on_is_answered(outbox: Outbox) -> None:
    first, second = chain(outbox)
    other = add(outbox, 8)
    assert [entry.decision for entry in outbox.begin_sending(10)] == [first, other]
    assert outbox.begin_sending(10) == []
    outbox.settle([Outcome(first.uuid, "accepted", threat=THREAT)])
    assert [entry.decision for entry in outbox.begin_sending(10)] == [second]


@pytest.mark.parametrize("kind", ["conflict", "rejected"])
def test_what_stands_on_a_decision_that_was_not_accepted_needs_a_person_too(
    outbox: Outbox, kind: str
) -> None:
    first, second = chain(outbox)
    elsewhere = add(outbox, 8)
    outbox.begin_sending(1)
    answer = Outcome(first.uuid, kind, threat=THREAT, decision={"uuid": "theirs"})
    settled = outbox.settle([answer])
    assert [(one.uuid, one.kind) for one in settled] == [(first.uuid, kind), (second.uuid, kind)]
    assert (state(outbox, second), state(outbox, elsewhere)) == (kind, "waiting")
    entry = outbox.entry(second.uuid)
    assert entry is not None and entry.outcome is not None
    if kind == "conflict":
        assert (entry.outcome.threat, entry.outcome.decision) == (THREAT, {"uuid": "theirs"})
    else:
        assert entry.outcome.rule == EARLIER_NOT_ACCEPTED


def test_what_stands_on_a_decision_that_is_taken_back_is_about_the_version_before(outbox: Outbox) -> None:
    first, second = chain(outbox)
    assert outbox.withdraw(first.uuid)
    (entry,) = outbox.waiting()
    assert entry.decision == replace(second, base_version=1)


def test_a_decision_stands_on_ones_own_that_was_just_accepted(outbox: Outbox) -> None:
    """The person decides again before the map knows what the service has answered."""
    first = add(outbox)
    outbox.begin_sending(10)
    row = {"uuid": first.uuid, "threat_version": 2, "threat_id": 7}
    outbox.settle([Outcome(first.uuid, "accepted", threat=THREAT, decision=row)])
    assert outbox.next_base_version(7, 1) == 2
    assert outbox.next_base_version(7, 5) == 5  # somebody else's later state was seen
    second = Decision.new(7, 1, "confirmed")
    outbox.add_all([(second, "Z-7", {})])
    assert outbox.waiting()[0].decision.base_version == 2
    assert outbox.next_base_version(7, 1) == 3


def test_a_decision_does_not_stand_on_somebody_elses(outbox: Outbox) -> None:
    mine = add(outbox)
    outbox.begin_sending(10)
    theirs = {"uuid": "theirs", "threat_version": 9, "threat_id": 7}
    outbox.settle([Outcome(mine.uuid, "duplicate", threat=THREAT, decision=theirs, same_result=True)])
    assert outbox.next_base_version(7, 1) == 1


def test_a_decision_survives_the_death_of_its_process(tmp_path: Path) -> None:
    script = (
        "import os, signal\n"
        "from pathlib import Path\n"
        "from kmzb_qgis_plugin.domain.decision import EARLIER_NOT_ACCEPTED, Decision\n"
        "from kmzb_qgis_plugin.replica.outbox import Outbox\n"
        f"outbox = Outbox.open(Path({str(tmp_path)!r}))\n"
        "for number in range(3):\n"
        "    outbox.add(Decision.new(number, 1, 'verification'), 'Z-1', {})\n"
        "outbox.begin_sending(1)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, cwd=Path(__file__).parents[3])
    assert done.returncode == -signal.SIGKILL
    with closing(Outbox.open(tmp_path)) as outbox:
        assert [entry.decision.threat_id for entry in outbox.waiting()] == [0, 1, 2]


def test_many_threads_lose_nothing(outbox: Outbox) -> None:
    def work(base: int) -> None:
        for number in range(10):
            add(outbox, base + number)

    threads = [threading.Thread(target=work, args=(base * 100,)) for base in range(4)]
    for thread in threads:
        thread.start()
    taken = []
    while any(thread.is_alive() for thread in threads) or outbox.overview().counts["waiting"]:
        taken += [entry.decision.uuid for entry in outbox.begin_sending(5)]
    assert len(taken) == len(set(taken)) == 40


def test_two_windows_of_qgis_share_one_outbox(outbox: Outbox, tmp_path: Path) -> None:
    with closing(Outbox.open(tmp_path)) as other:
        decision = add(other)
        assert [entry.decision for entry in outbox.waiting()] == [decision]


def test_a_full_disk_is_told_and_what_was_there_stays(outbox: Outbox) -> None:
    first = add(outbox)
    pages = outbox._connection.execute("PRAGMA page_count").fetchone()[0]
    outbox._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull):
        for number in range(1000):
            outbox.add(Decision.new(number, 1, "confirmed", note="x" * 2000), "Z-1", {})
    assert outbox.waiting()[0].decision == first
    added = len(outbox.waiting())
    outbox._connection.execute("PRAGMA max_page_count = 100000")
    add(outbox)
    assert len(outbox.waiting()) == added + 1


def _fill(folder: Path, number: int) -> list[Decision]:
    with closing(Outbox.open(folder)) as outbox:
        return [add(outbox, each) for each in range(number)]


def test_a_file_that_is_no_outbox_is_kept_aside(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(os.urandom(5000))
    with closing(Outbox.open(tmp_path)) as outbox:
        assert outbox.damage is not None
        assert outbox.damage.rescued == 0
        assert outbox.damage.kept_as is not None
        assert outbox.damage.kept_as.stat().st_size == 5000
        add(outbox)
    with closing(Outbox.open(tmp_path)) as again:
        assert again.damage is None
        assert len(again.waiting()) == 1


def test_what_can_be_read_of_a_damaged_file_is_rescued(tmp_path: Path) -> None:
    decisions = _fill(tmp_path, 60)
    path = tmp_path / FILE_NAME
    with path.open("rb+") as file:
        file.truncate(path.stat().st_size // 4096 * 4096 - 4096)
        file.seek(28)  # the header's number of pages: a file system that lost the end and kept the rest
        file.write((path.stat().st_size // 4096).to_bytes(4, "big"))
    with closing(Outbox.open(tmp_path)) as outbox:
        assert outbox.damage is not None
        rescued = [entry.decision for entry in outbox.waiting()]
        assert len(rescued) == outbox.damage.rescued > 0
        assert rescued == decisions[: len(rescued)]
        assert outbox.damage.kept_as is not None
        assert outbox.damage.kept_as.exists()


def test_damage_that_shows_later_is_an_error_of_its_own(outbox: Outbox, tmp_path: Path) -> None:
    add(outbox)
    outbox._connection.execute("PRAGMA cache_size = 0")
    path = tmp_path / FILE_NAME
    path.write_bytes(os.urandom(path.stat().st_size))
    with pytest.raises(OutboxDamaged):
        outbox.entries()


def test_the_folder_is_made(tmp_path: Path) -> None:
    with closing(Outbox.open(tmp_path / "new" / "one")) as outbox:
        assert outbox.path.exists()


# --- meetings ------------------------------------------------------------------------------


def meeting(place: str = "Dom Kultury") -> Meeting:
    return Meeting.new(place=place, concerns=(Concern("signal_youth", "zażółć"),))


def test_a_draft_of_a_meeting_is_kept_and_is_not_sent(outbox: Outbox, tmp_path: Path) -> None:
    draft = meeting()
    outbox.keep_draft(draft)
    outbox.keep_draft(replace(draft, place="Szkoła"))
    outbox.close()
    with closing(Outbox.open(tmp_path)) as again:
        (entry,) = again.entries()
        assert (entry.state, entry.meeting and entry.meeting.place) == ("draft", "Szkoła")
        assert again.begin_sending(10, MEETING) == []
        assert again.overview().counts["waiting"] == 0
        assert again.forget_draft(draft.uuid)
        assert again.entries() == []


def test_a_meeting_waits_beside_the_decisions(outbox: Outbox) -> None:
    decision, held = add(outbox), meeting()
    outbox.keep_draft(held)
    outbox.add_meeting(held)
    assert outbox.overview().counts == {**dict.fromkeys(STATES, 0), "waiting": 2}
    assert [entry.uuid for entry in outbox.begin_sending(10)] == [decision.uuid]
    assert [entry.meeting for entry in outbox.begin_sending(10, MEETING)] == [held]
    assert outbox.pending_statuses() == {7: "verification"}
    outbox.settle([Outcome(held.uuid, "accepted", threats=[12, 13])])
    entry = outbox.entry(held.uuid)
    assert entry is not None and entry.outcome is not None
    assert (entry.state, list(entry.outcome.threats)) == ("sent", [12, 13])
    with pytest.raises(TypeError):
        entry.decision  # noqa: B018 - that it cannot be read is the point


def test_a_meeting_that_is_taken_back_is_a_draft_again(outbox: Outbox) -> None:
    held = meeting()
    outbox.add_meeting(held)
    assert outbox.retractable() == []  # an undo takes back decisions
    assert outbox.withdraw(held.uuid)
    assert [(entry.meeting, entry.state) for entry in outbox.entries()] == [(held, "draft")]
    outbox.add_meeting(held)
    outbox.begin_sending(10, MEETING)
    assert not outbox.withdraw(held.uuid)


def test_a_meeting_that_is_mended_replaces_the_one_rejected(outbox: Outbox) -> None:
    held = meeting()
    outbox.add_meeting(held)
    outbox.begin_sending(10, MEETING)
    outbox.settle([Outcome(held.uuid, "rejected", rule="unknown_category")])
    mended = replace(held, uuid="another", place="Remiza")
    outbox.add_meeting(mended, replaces=held.uuid)
    assert [(entry.uuid, entry.state) for entry in outbox.entries()] == [("another", "waiting")]


def test_a_file_of_the_first_version_is_taken_over(tmp_path: Path) -> None:
    decision = Decision.new(7, 1, "verification")
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as file, file:
        file.execute(
            "CREATE TABLE entry (position INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL UNIQUE, "
            "threat_id INTEGER NOT NULL, decision TEXT NOT NULL, ref TEXT NOT NULL, state TEXT NOT NULL, "
            "base TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, queued_at TEXT NOT NULL, "
            "settled_at TEXT, outcome TEXT)"
        )
        file.execute(
            "INSERT INTO entry (uuid, threat_id, decision, ref, state, base, queued_at) "
            "VALUES (?, 7, ?, 'Z-7', 'waiting', '{}', '2024-06-01T08:00:00.000Z')",
            (decision.uuid, json.dumps(decision.to_json())),
        )
    with closing(Outbox.open(tmp_path)) as outbox:
        assert outbox.damage is None
        assert [entry.decision for entry in outbox.waiting()] == [decision]
