"""Deciding by keys, what is said beforehand, undo, and the moment of a check."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from desk import Desk, ask, told, wait_for
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime
from qgis.PyQt.QtGui import QTextCursor
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QApplication, QMessageBox
from verification_hands import LEFT, choose, choose_entry, entries, press, send, some, steps

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.client.service_client import Outcome
from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.domain.period import from_warsaw
from kmzb_qgis_plugin.gui.decision_form import KEEP_MS
from kmzb_qgis_plugin.gui.verification_dock import VerificationDock
from kmzb_qgis_plugin.replica.outbox import Outbox
from kmzb_qgis_plugin.settings import Connection

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def dock(verification: VerificationDock) -> VerificationDock:
    """A dock in which decisions can be undone for a minute."""
    settings.set_preference("undo_seconds", 60)
    return verification


def take_up(
    dock: VerificationDock, number: int = 0, note: str = "jedziemy", step: str = "Take up verification"
) -> int:
    fid = some(dock, "new", number)
    choose(dock, fid)
    press(dock, step)
    QTest.keyClicks(dock.threat.form.fields.note, note)
    send(dock)
    return fid


def waiting(dock: VerificationDock) -> list[int]:
    """The reports about which decisions wait to be sent."""
    return [entry.decision.threat_id for entry in dock.session.outbox.waiting()]


def drafts(dock: VerificationDock) -> list[tuple[int, str, str | None]]:
    """Report, step and note of the decisions that are kept as drafts."""
    found = (entry.decision for entry in entries(dock) if entry.state == "draft")
    return [(draft.threat_id, draft.to_status, draft.note) for draft in found]


def pending(dock: VerificationDock, fid: int) -> object:
    return ask(dock.session, "SELECT pending_status FROM threats WHERE fid = ?", fid)[0][0]


def test_a_decision_is_made_by_keys_alone(language: str, dock: VerificationDock) -> None:
    fid = some(dock, "verification")
    choose(dock, fid)
    dock.activateWindow()
    number = steps(dock).index({"en": "Do not confirm", "pl": "Nie potwierdzaj"}[language])
    QTest.keyClick(dock.queue.tree, Qt.Key.Key_1 + number, ALT)
    form = dock.threat.form
    assert form.draft().to_status == "unconfirmed"
    QTest.keyClick(form.fields.note, Qt.Key.Key_Return, CONTROL)
    missing = {"en": "Choose a reason", "pl": "Wybierz powód"}[language]
    assert form.fields.missing["reason"].text().endswith(missing)
    assert entries(dock) == []
    QTest.keyClick(form.fields.reason, Qt.Key.Key_Down)
    QTest.keyClick(form.fields.reason, Qt.Key.Key_Return, CONTROL)
    assert [entry.decision.to_status for entry in entries(dock)] == ["unconfirmed"]
    dock.queue.tree.setFocus()
    QTest.keyClick(dock.queue.tree, Qt.Key.Key_Z, CONTROL)
    assert waiting(dock) == []
    wait_for(lambda: dock.threat.threat.fid == fid)


def test_whoever_chooses_a_step_by_key_goes_on_typing(dock: VerificationDock) -> None:
    """In a low dock the form is brought into view, and the keys that follow are the note."""
    dock.resize(360, 620)
    fid = some(dock, "new")
    choose(dock, fid)
    dock.activateWindow()
    QTest.keyClick(dock.queue.tree, Qt.Key.Key_1, ALT)
    form = dock.threat.form
    wait_for(lambda: not form.send.visibleRegion().isEmpty(), "the button is in view")
    QTest.keyClicks(QApplication.focusWidget(), "patrol o 16")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, CONTROL)
    assert [entry.decision.note for entry in entries(dock)] == ["patrol o 16"]


def test_what_will_happen_is_said_before_it_is_sent(language: str, dock: VerificationDock) -> None:
    fid = some(dock, "verification")
    choose(dock, fid)
    ref = dock.threat.threat.ref
    assert dock.threat.form.consequence.isHidden()
    said = {
        "en": {
            "Do not confirm": ("“Not confirmed”", "Leaves the queue", "No longer seen by citizens"),
            "Confirm the threat": ("“Confirmed”", "Stays in the queue"),
        },
        "pl": {
            "Nie potwierdzaj": ("„Niepotwierdzone”", "Znika z kolejki", "Niewidoczne dla obywateli"),
            "Potwierdź zagrożenie": ("„Potwierdzone”", "Zostaje w kolejce"),
        },
    }
    undone = {"en": "Can be undone for 60 seconds, then sent.", "pl": "Można cofnąć przez 60 sekund,"}
    for step, words in said[language].items():
        press(dock, step)
        text = dock.threat.form.consequence.text()
        assert text.startswith(ref)
        assert all(word in text for word in words)
        assert undone[language] in text
    choose(dock, some(dock, "new"))
    press(dock, {"en": "Take up verification", "pl": "Podejmij weryfikację"}[language])
    within = {"en": "To be verified within 5 days.", "pl": "Weryfikacja w ciągu 5 dni."}
    assert within[language] in dock.threat.form.consequence.text()


def test_a_step_follows_one_s_own_last_decision_at_once(dock: VerificationDock) -> None:
    """The outbox has it before the replica is marked with it."""
    fid, version, ref = ask(
        dock.session, "SELECT fid, version, ref FROM threats WHERE status = 'new' ORDER BY fid LIMIT 1"
    )[0]
    dock.session.outbox.add(Decision.new(fid, version, "verification"), ref, {})
    choose(dock, fid)
    assert pending(dock, fid) is None
    assert "Take up verification" not in steps(dock)
    assert "Confirm the threat" in steps(dock)


def test_a_decision_waits_for_its_undo_and_can_be_undone(language: str, dock: VerificationDock) -> None:
    fid = take_up(dock, step={"en": "Take up verification", "pl": "Podejmij weryfikację"}[language])
    wait_for(lambda: pending(dock, fid) == "verification", "it is marked on the map")
    assert not dock.session.syncing
    words = {"en": "→ Verification · sent in ", "pl": "→ Weryfikacja · wysłanie za "}
    assert words[language] in dock.undo_bar.text.text()
    QTest.mouseClick(dock.undo_bar.undo_button, LEFT)

    assert [(entry.state, entry.decision.note) for entry in entries(dock)] == [("draft", "jedziemy")]
    assert dock.undo_bar.isHidden()
    wait_for(lambda: pending(dock, fid) is None)
    wait_for(lambda: dock.threat.form.draft().note == "jedziemy", "what was entered is there again")
    assert dock.threat.form.draft().to_status == "verification"


def test_what_is_undone_is_entered_again_though_the_next_steps_were_there(dock: VerificationDock) -> None:
    take_up(dock)
    wait_for(lambda: "Confirm the threat" in steps(dock), "the steps that follow")
    dock.undo_bar.undo()
    wait_for(lambda: "Take up verification" in steps(dock), "the steps of before")
    draft = dock.threat.form.draft()
    assert (draft.to_status, draft.note, draft.decided_at) == ("verification", "jedziemy", None)
    assert dock.threat.form.fields.decided_at.text() == "now"
    assert not dock.threat.form.send.isHidden()


def test_a_report_that_changed_while_one_looked_at_another_is_said(dock: VerificationDock) -> None:
    fid, other = some(dock, "verification"), some(dock, "verification", 1)
    choose(dock, fid)
    press(dock, "Confirm the threat")
    QTest.keyClicks(dock.threat.form.fields.note, "wazne")
    choose(dock, other)
    with dock.session.replica._writing() as connection:
        connection.execute("UPDATE threats SET version = version + 1 WHERE fid = ?", (fid,))
    choose(dock, fid)
    assert "changed while you were deciding" in dock.threat.form.notice.text()
    assert dock.threat.form.draft().note == "wazne"


def test_each_report_is_shown_from_its_top_and_one_with_a_draft_at_the_form(dock: VerificationDock) -> None:
    dock.resize(360, 700)
    fid, other = some(dock, "new"), some(dock, "new", 1)
    choose(dock, fid)
    press(dock, "Take up verification")
    form, bar = dock.threat.form, dock.threat.scroll.verticalScrollBar()
    wait_for(lambda: not form.send.visibleRegion().isEmpty(), "the form is in view")
    choose(dock, other)
    assert bar.value() == 0
    choose(dock, fid)
    wait_for(lambda: not form.send.visibleRegion().isEmpty(), "the form is in view again")


def test_why_a_decision_cannot_be_taken_again_is_brought_into_view(dock: VerificationDock) -> None:
    """Decided anew after a conflict, when the report has the status that was wished."""
    dock.resize(360, 620)
    fid = some(dock, "verification")
    dock.threat.form.take_up(Decision.new(fid, 1, "verification", note="wazne"))
    dock.show_threat(fid)
    notice = dock.threat.form.notice
    wait_for(lambda: "no longer possible" in notice.text())
    wait_for(lambda: not notice.visibleRegion().isEmpty(), "it is in view")
    assert dock.threat.form.fields.note.toPlainText() == "wazne"


def test_that_the_report_has_changed_is_brought_into_view(dock: VerificationDock) -> None:
    dock.resize(360, 620)
    fid = some(dock, "verification")
    choose(dock, fid)
    press(dock, "Confirm the threat")
    form, bar = dock.threat.form, dock.threat.scroll.verticalScrollBar()
    QTest.keyClicks(form.fields.note, "wazne")
    QTest.qWait(100)
    changed = {**dock.threat.threat._asdict(), "version": 99}
    bar.setValue(bar.maximum())
    form.show_threat(changed, form._steps)
    assert "changed while you were deciding" in form.notice.text()
    QTest.qWait(100)  # until all that is painted anew has its place
    place = form.notice.mapTo(dock.threat.scroll.viewport(), form.notice.rect().topLeft())
    assert 0 <= place.y() < dock.threat.scroll.viewport().height() - form.notice.height()


def test_the_newest_decision_is_undone_first(dock: VerificationDock) -> None:
    first, second = take_up(dock, 0), take_up(dock, 1)
    dock.undo_bar.undo()
    assert waiting(dock) == [first]
    assert pending(dock, second) is None or wait_for(lambda: pending(dock, second) is None) is None
    dock.undo_bar.undo()
    assert waiting(dock) == []


def test_the_undo_survives_closing(dock: VerificationDock) -> None:
    take_up(dock)
    connection = dock.session.connection
    dock.session.close()
    assert dock.undo_bar.isHidden()
    dock.session.open(connection)
    assert not dock.undo_bar.isHidden()
    wait_for(lambda: not dock.session.syncing)
    dock.undo_bar.undo()
    assert waiting(dock) == []


def test_after_the_time_for_undoing_it_is_sent(dock: VerificationDock) -> None:
    settings.set_preference("undo_seconds", 1)
    syncs: list[bool] = []
    dock.session.syncStateChanged.connect(lambda: syncs.append(dock.session.syncing))
    take_up(dock)
    assert syncs == []
    wait_for(lambda: syncs, "it is sent by itself")
    wait_for(lambda: not dock.session.syncing)
    assert dock.session.outbox.grace_seconds == 1


def test_send_now_does_not_wait(dock: VerificationDock) -> None:
    take_up(dock)
    QTest.mouseClick(dock.undo_bar.send_button, LEFT)
    assert dock.session.syncing
    assert dock.session.outbox.grace_seconds == 0
    wait_for(lambda: not dock.session.syncing)
    dock.undo_bar._tell()


def test_what_is_on_its_way_is_not_undone(dock: VerificationDock, desk: Desk) -> None:
    take_up(dock)
    outbox: Outbox = dock.session.outbox
    outbox.begin_sending(9)
    dock.undo_bar.undo()
    assert "may have been sent" in told(desk.bar)[-1]
    assert len(entries(dock)) == 1
    assert dock.undo_bar.isHidden()


def test_the_moment_of_the_check_can_be_entered(dock: VerificationDock) -> None:
    choose(dock, some(dock, "verification"))
    press(dock, "Confirm the threat")
    field = dock.threat.form.fields.decided_at
    field.setDateTime(QDateTime(QDate(2024, 7, 1), QTime(12, 30)))
    send(dock)
    assert entries(dock)[-1].decision.decided_at == "2024-07-01T10:30:00.000Z"
    choose(dock, some(dock, "verification", 1))
    press(dock, "Confirm the threat")
    assert field.isNull()
    tomorrow = datetime.now() + timedelta(days=1)
    field.setDateTime(QDateTime(QDate(tomorrow.year, tomorrow.month, tomorrow.day), QTime(12, 0)))
    send(dock)
    assert dock.threat.form.fields.missing["decided_at"].text().endswith("in the future")
    assert len(entries(dock)) == 1


def test_an_undo_brings_back_the_moment_that_was_entered(dock: VerificationDock) -> None:
    choose(dock, some(dock, "new"))
    press(dock, "Take up verification")
    dock.threat.form.fields.decided_at.setDateTime(QDateTime(QDate(2024, 7, 1), QTime(12, 30)))
    send(dock)
    dock.undo_bar.undo()
    wait_for(lambda: "Take up verification" in steps(dock), "the steps of before")
    assert dock.threat.form.draft().decided_at == "2024-07-01T10:30:00.000Z"


def test_an_undo_by_key_is_heard_while_a_layer_is_edited(dock: VerificationDock, desk: Desk) -> None:
    """QGIS has the same key for undoing edits of a layer."""
    done: list[bool] = []
    theirs = QAction("Undo", desk.window)
    theirs.setShortcut("Ctrl+Z")
    theirs.triggered.connect(done.append)
    desk.window.addAction(theirs)
    desk.window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    desk.window.show()
    take_up(dock)
    desk.window.activateWindow()
    dock.queue.tree.setFocus()
    QTest.keyClick(dock.queue.tree, Qt.Key.Key_Z, CONTROL)
    assert waiting(dock) == []
    assert done == []


def test_what_is_written_in_one_connection_stays_there(
    dock: VerificationDock, loaded: Callable[..., Connection]
) -> None:
    """Reports of two services have the same ids."""
    first, fid = dock.session.connection, some(dock, "new")
    other_fid = some(dock, "new", 1)
    choose(dock, fid)
    press(dock, "Take up verification")
    QTest.keyClicks(dock.threat.form.fields.note, "patrol o 16")
    dock.queue.mark_all([fid, other_fid])
    dock.together.show_chosen([fid, other_fid])

    for connection, note in ((loaded(), ""), (first, "patrol o 16")):
        dock.session.open(connection)
        wait_for(lambda: not dock.session.syncing)
        assert dock.together.isHidden()
        assert not dock.queue.tree.selectionModel().hasSelection()
        choose(dock, fid)
        assert dock.threat.form.draft().note == note
    assert dock.threat.form.draft().to_status == "verification"


def test_a_text_is_kept_while_it_is_written(dock: VerificationDock, desk: Desk) -> None:
    before = told(desk.bar)
    fid = some(dock, "new")
    choose(dock, fid)
    press(dock, "Take up verification")
    QTest.qWait(KEEP_MS + 200)
    assert drafts(dock) == [], "a step that was only pressed is pressed again as fast"
    note = dock.threat.form.fields.note
    QTest.keyClicks(note, "patrol o 16")
    wait_for(lambda: drafts(dock) == [(fid, "verification", "patrol o 16")], "a pause")
    QTest.keyClicks(note, ", ulica")
    choose(dock, some(dock, "new", 1))
    assert drafts(dock) == [(fid, "verification", "patrol o 16, ulica")]
    choose(dock, fid)
    note.clear()
    wait_for(lambda: drafts(dock) == [], "nothing is kept any more")
    QTest.keyClicks(note, "jednak")
    send(dock)
    QTest.qWait(KEEP_MS + 200)
    assert drafts(dock) == []
    assert waiting(dock) == [fid]
    assert told(desk.bar) == before


def test_whoever_types_without_a_pause_is_kept_too(dock: VerificationDock) -> None:
    choose(dock, some(dock, "new"))
    press(dock, "Take up verification")
    until = time.monotonic() + (KEEP_MS + 500) / 1000
    while time.monotonic() < until:
        QTest.keyClick(dock.threat.form.fields.note, Qt.Key.Key_A)
        QTest.qWait(20)
    assert [note.strip("a") for _, _, note in drafts(dock)] == [""]
    wait_for(lambda: "Drafts 1 · Waiting 0" in dock.strip.outbox_button.text(), "it is counted")


def test_a_step_that_is_away_for_now_is_kept_with_its_text(dock: VerificationDock) -> None:
    """Somebody else is quicker, and takes theirs back: what was meant is chosen again."""
    fid = some(dock, "new")
    choose(dock, fid)
    press(dock, "Take up verification")
    QTest.keyClicks(dock.threat.form.fields.note, "patrol o 16")
    for status, chosen in (("confirmed", False), ("new", True)):
        with dock.session.replica._writing() as connection:
            connection.execute("UPDATE threats SET status = ? WHERE fid = ?", (status, fid))
        dock.threat.refresh()
        wait_for(lambda now=chosen: ("Take up verification" in steps(dock)) == now, "the steps change")
        dock.threat.form.keep()
        assert drafts(dock) == [(fid, "verification", "patrol o 16")]
        assert (dock.threat.form.steps.checkedButton() is not None) == chosen


def test_whoever_comes_back_sees_the_whole_form(dock: VerificationDock) -> None:
    fid = some(dock, "new")
    draft = Decision.new(fid, 1, "mistake", note="patrol o 16, " * 20)
    dock.session.keep_decision_draft(draft, "Z-0000007", {})
    dock.resize(360, 900)
    dock.show_threat(fid)
    wait_for(lambda: dock.threat.form.holds_draft, "the draft")
    viewport, button = dock.threat.scroll.viewport(), dock.threat.form.send
    for _ in range(10):  # meanwhile it is said in several lines that there is no attachment to be had
        QTest.qWait(50)
        place = button.mapTo(viewport, button.rect().bottomLeft())
        assert 0 < place.y() <= viewport.height()


def test_a_second_window_goes_on_with_the_text_and_does_not_send_it_again(dock: VerificationDock) -> None:
    fid, other = some(dock, "new"), some(dock, "new", 1)
    choose(dock, fid)
    press(dock, "Take up verification")
    QTest.keyClicks(dock.threat.form.fields.note, "patrol")
    choose(dock, other)
    with closing(Outbox(dock.session.outbox.path)) as second:
        draft = second.draft_about(fid)
        longer = replace(draft.decision, note="patrol o 16")
        second.keep_decision_draft(longer, draft.ref, draft.base, draft.uuid)
        choose(dock, fid)
        wait_for(lambda: dock.threat.form.draft().note == "patrol o 16", "what was written there")
        choose(dock, other)
        second.add(longer, draft.ref, draft.base)
    choose(dock, fid)
    assert dock.threat.form.draft().note == ""
    choose(dock, other)
    assert (waiting(dock), drafts(dock)) == ([fid], [])


def test_what_could_not_be_kept_is_not_given_up_for_what_was(dock: VerificationDock) -> None:
    fid = some(dock, "new")
    choose(dock, fid)
    press(dock, "Take up verification")
    note = dock.threat.form.fields.note
    QTest.keyClicks(note, "patrol")
    dock.threat.form.keep()
    QTest.keyClicks(note, " o 16")
    with closing(sqlite3.connect(dock.session.outbox.path, isolation_level=None)) as other:
        # As a full disk does: what is there can be read.
        other.execute("CREATE TRIGGER full BEFORE INSERT ON entry BEGIN SELECT RAISE(FAIL, 'full'); END")
        choose(dock, some(dock, "new", 1))
        choose(dock, fid)
        assert dock.threat.form.draft().note == "patrol o 16"
        assert drafts(dock) == [(fid, "verification", "patrol")]
        other.execute("DROP TRIGGER full")
    dock.threat.form.keep()
    assert drafts(dock) == [(fid, "verification", "patrol o 16")]


def test_a_draft_about_a_report_that_is_gone_can_be_read(language: str, dock: VerificationDock) -> None:
    """Another person's rights, or a report that was removed while QGIS did not run."""
    with dock.session.replica._writing() as connection:
        connection.execute("DELETE FROM threats WHERE fid = 7")
    draft = Decision.new(7, 1, "verification", note="patrol o 16")
    dock.session.keep_decision_draft(draft, "Z-0000007", {"fid": 7, "ref": "Z-0000007"})
    dock.show_outbox()
    choose_entry(dock.outbox)
    QTest.mouseClick(dock.outbox.edit, LEFT)
    gone = {"en": "is no longer in the data", "pl": "nie ma już w danych"}[language]
    wait_for(lambda: gone in dock.threat.title.text(), "it is said")
    assert dock.threat.title.text().startswith("Z-0000007")
    assert dock.threat.form.notice.text().endswith("patrol o 16")
    assert drafts(dock) == [(7, "verification", "patrol o 16")]


def test_a_text_that_cannot_be_kept_is_told_of(dock: VerificationDock, desk: Desk) -> None:
    choose(dock, some(dock, "new"))
    press(dock, "Take up verification")
    QTest.keyClicks(dock.threat.form.fields.note, "patrol o 16")
    with closing(sqlite3.connect(dock.session.outbox.path)) as other:
        other.execute("ALTER TABLE entry RENAME TO away")
        dock.threat.form.keep()
        assert "outbox" in told(desk.bar)[-1]
        number = len(told(desk.bar))
        QTest.keyClicks(dock.threat.form.fields.note, "!")
        dock.threat.form.keep()
        assert len(told(desk.bar)) == number, "it is told once"
        other.execute("ALTER TABLE away RENAME TO entry")
    assert dock.threat.form.draft().note == "patrol o 16!"
    dock.threat.form.keep()
    assert drafts(dock)[0][2] == "patrol o 16!", "it is tried again, though nothing was typed since"


def test_an_undo_keeps_what_was_begun_after_it(dock: VerificationDock) -> None:
    """The next step about the same report was being written, to the last key."""
    fid = take_up(dock)
    wait_for(lambda: "Confirm the threat" in steps(dock), "the next steps")
    press(dock, "Confirm the threat")
    QTest.keyClicks(dock.threat.form.fields.note, "na miejscu")
    QTest.mouseClick(dock.undo_bar.undo_button, LEFT)
    both = "jedziemy\nna miejscu"
    wait_for(lambda: dock.threat.form.draft().note == both, "both texts are there")
    assert (waiting(dock), drafts(dock)) == ([], [(fid, "verification", both)])
    QTest.qWait(KEEP_MS + 200)
    assert drafts(dock) == [(fid, "verification", both)]
    send(dock)
    assert (waiting(dock), drafts(dock)) == ([fid], [])


def test_an_undo_of_a_bare_decision_leaves_the_text_that_was_begun_after_it(dock: VerificationDock) -> None:
    fid = take_up(dock, note="")
    wait_for(lambda: "Confirm the threat" in steps(dock), "the next steps")
    press(dock, "Confirm the threat")
    QTest.keyClicks(dock.threat.form.fields.note, "na miejscu")
    dock.undo_bar.undo()
    wait_for(lambda: dock.threat.form.draft().note == "na miejscu", "the text is there")
    QTest.qWait(KEEP_MS + 200)
    assert [(about, note) for about, _, note in drafts(dock)] == [(fid, "na miejscu")]


def test_deciding_anew_does_not_begin_over_a_text_that_is_being_written(
    dock: VerificationDock, desk: Desk
) -> None:
    before = told(desk.bar)
    fid = take_up(dock)
    (sent,) = dock.session.outbox.begin_sending(1)
    threat = {"type": "Feature", "id": fid, "geometry": None, "properties": {"status": "new"}}
    dock.session.outbox.settle([Outcome(sent.uuid, "conflict", threat=threat)])
    dock.session.dismiss("")  # marks on the map what waits
    wait_for(lambda: pending(dock, fid) is None)
    for typed in ("", " jednak"):
        dock.show_outbox()
        choose_entry(dock.outbox)
        QTest.mouseClick(dock.outbox.anew, LEFT)
        wait_for(lambda: dock.threat.form.holds_draft, "it is filled in")
        dock.threat.form.fields.note.moveCursor(QTextCursor.MoveOperation.End)
        QTest.keyClicks(dock.threat.form.fields.note, typed)
    assert told(desk.bar) == before
    dock.show_outbox()
    choose_entry(dock.outbox)
    QTest.mouseClick(dock.outbox.anew, LEFT)
    wait_for(lambda: dock.threat.form.holds_draft, "it is filled in")
    assert dock.threat.form.draft().note == "jedziemy jednak"
    assert "that is shown" in told(desk.bar)[-1]
    assert drafts(dock) == [(fid, "verification", "jedziemy jednak")]
    send(dock)
    assert [entry.state for entry in entries(dock)] == ["waiting"], "the conflict is settled with it"


def test_a_discarded_draft_is_gone_from_the_form_too(
    dock: VerificationDock, monkeypatch: pytest.MonkeyPatch
) -> None:
    fid = some(dock, "new")
    choose(dock, fid)
    press(dock, "Take up verification")
    QTest.keyClicks(dock.threat.form.fields.note, "patrol o 16")
    dock.threat.form.keep()
    dock.show_outbox()
    choose_entry(dock.outbox)
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    QTest.mouseClick(dock.outbox.discard, LEFT)
    assert drafts(dock) == [(fid, "verification", "patrol o 16")]
    QTest.mouseClick(dock.outbox.discard, LEFT)
    assert drafts(dock) == []
    dock.show_threat(fid)
    assert dock.threat.form.draft().note == ""
    QTest.qWait(KEEP_MS + 200)
    assert drafts(dock) == []


def test_a_withdrawn_decision_is_a_draft_that_the_form_goes_on_with(dock: VerificationDock) -> None:
    fid = take_up(dock)
    dock.show_outbox()
    choose_entry(dock.outbox)
    QTest.mouseClick(dock.outbox.withdraw, LEFT)
    assert (waiting(dock), drafts(dock)) == ([], [(fid, "verification", "jedziemy")])
    wait_for(lambda: not dock.outbox.edit.isHidden(), "it can be edited")
    QTest.mouseClick(dock.outbox.edit, LEFT)
    wait_for(lambda: dock.threat.form.draft().note == "jedziemy", "it is filled in")
    QTest.keyClicks(dock.threat.form.fields.note, "!")
    send(dock)
    assert (waiting(dock), drafts(dock)) == ([fid], [])


def test_whoever_types_goes_on_when_a_change_takes_the_step_away(
    language: str, dock: VerificationDock
) -> None:
    fid = some(dock, "new")
    choose(dock, fid)
    press(dock, {"en": "Take up verification", "pl": "Podejmij weryfikację"}[language])
    dock.activateWindow()
    note = dock.threat.form.fields.note
    note.setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "patrol ")
    with dock.session.replica._writing() as connection:
        connection.execute(
            "UPDATE threats SET status = 'verification', version = version + 1 WHERE fid = ?", (fid,)
        )
    dock.threat.refresh()
    confirm = {"en": "Confirm the threat", "pl": "Potwierdź zagrożenie"}[language]
    wait_for(lambda: confirm in steps(dock), "the steps of now")
    QTest.keyClicks(QApplication.focusWidget(), "o 16")
    assert note.isVisible() and note.toPlainText() == "patrol o 16"
    assert dock.threat.form.send.isHidden()
    for words in {
        "en": ("changed while you were deciding", "“Verification” is no longer possible"),
        "pl": ("w trakcie podejmowania decyzji", "nie można już przejść do „Weryfikacja”"),
    }[language]:
        assert words in dock.threat.form.notice.text()
    press(dock, confirm)
    send(dock)
    assert [entry.decision.note for entry in entries(dock)] == ["patrol o 16"]


@pytest.mark.parametrize("end", ["joke", ""])
def test_a_note_can_be_copied_when_there_is_no_step_any_more(
    language: str, dock: VerificationDock, end: str
) -> None:
    """A colleague may end the verification, and the report may go out of one's reach."""
    fid = some(dock, "new")
    choose(dock, fid)
    press(dock, {"en": "Take up verification", "pl": "Podejmij weryfikację"}[language])
    QTest.keyClicks(dock.threat.form.fields.note, "patrol o 16")
    ref = dock.threat.threat.ref
    with dock.session.replica._writing() as connection:
        connection.execute("UPDATE threats SET status = ? WHERE fid = ? AND ? <> ''", (end, fid, end))
        connection.execute("DELETE FROM threats WHERE fid = ? AND ? = ''", (fid, end))
    dock.threat.refresh()
    wait_for(lambda: steps(dock) == [], "the steps go")
    notice = dock.threat.form.notice
    assert {"en": "Your note: patrol o 16", "pl": "Twoja notatka: patrol o 16"}[language] in notice.text()
    assert notice.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    if not end:
        gone = {"en": "is no longer in the data", "pl": "nie ma już w danych"}[language]
        assert dock.threat.title.text().startswith(ref) and gone in dock.threat.title.text()
    choose(dock, some(dock, "new", 1))
    assert notice.isHidden()


def test_an_hour_that_comes_twice_is_the_first() -> None:
    assert from_warsaw(datetime(2026, 10, 25, 2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
