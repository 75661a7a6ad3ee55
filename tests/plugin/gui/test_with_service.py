"""The docks with a real service behind them: load, decide, conflict, settle."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from desk import Desk, ask, told, wait_for
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QBuffer, QIODevice, Qt, QTimer
from qgis.PyQt.QtGui import QColor, QImage
from qgis.PyQt.QtTest import QTest
from service_process import ServiceProcess
from verification_hands import choose_entry

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.gui.filter_dock import FilterDock
from kmzb_qgis_plugin.gui.messages import Messages
from kmzb_qgis_plugin.gui.together_dialog import TogetherDialog
from kmzb_qgis_plugin.gui.verification_dock import VerificationDock
from kmzb_qgis_plugin.session import Session
from kmzb_qgis_plugin.settings import Connection

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_dock(
    session: Session, messages: Messages, desk: Desk, connect: Callable[..., Connection]
) -> Iterator[Callable[..., VerificationDock]]:
    """Opens the dock on the service's map, for somebody with a role."""
    session.problemRaised.connect(messages.problem)
    session.problemSolved.connect(messages.solved)
    made = VerificationDock(session, messages, desk.canvas)
    made.resize(360, 900)
    made.show()

    def open_(*who: str) -> VerificationDock:
        session.open(connect(*who))
        wait_for(lambda: not session.syncing, "the first load")
        wait_for(lambda: made.queue.model.count() > 0, "the queue is filled")
        return made

    yield open_
    made.deleteLater()


@pytest.fixture
def dock(open_dock: Callable[..., VerificationDock]) -> VerificationDock:
    return open_dock()


@pytest.fixture
def other_desk(connect: Callable[..., Connection]) -> Iterator[Session]:
    """A second coordinator's session, in a project of its own."""
    project = QgsProject()
    made = Session(project)
    made.open(connect("coordinator", "B. Inny"))
    wait_for(lambda: not made.syncing, "the other's first load")
    yield made
    made.shut_down()
    wait_for(lambda: QgsApplication.taskManager().countActiveTasks() == 0)
    project.clear()


def in_service(service: ServiceProcess, sql: str, *parameters: object) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(service.database)) as file:
        return file.execute(sql, parameters).fetchall()


def synchronise(session: Session) -> None:
    session.sync()
    wait_for(lambda: not session.syncing, "the synchronisation")


def show(dock: VerificationDock, fid: int) -> None:
    dock.show_threat(fid)
    wait_for(lambda: dock.threat.threat is not None and dock.threat.threat.fid == fid)
    wait_for(lambda: not dock.session._background.busy("threat"))


SENT = {"en": "Waiting 0 · Sent 1", "pl": "Oczekuje: 0 · Wysłane: 1"}
REASON_NEEDED = {"en": "A reason is needed.", "pl": "Potrzebny jest powód."}
STEPS = {
    "verification": {"en": "Take up verification", "pl": "Podejmij weryfikację"},
    "confirmed": {"en": "Confirm the threat", "pl": "Potwierdź zagrożenie"},
    "mistake": {"en": "Mark as joke or mistake", "pl": "Uznaj za żart lub pomyłkę"},
}


def take_step(dock: VerificationDock, to_status: str) -> None:
    """Press the step that leads to a status, which is known by its words."""
    text = STEPS[to_status][dock.session.language]
    wait_for(lambda: any(one.text() == text for one in dock.threat.form.steps.buttons()), text)
    QTest.mouseClick(next(one for one in dock.threat.form.steps.buttons() if one.text() == text), LEFT)


def send(dock: VerificationDock) -> None:
    QTest.mouseClick(dock.threat.form.send, LEFT)


def some_new(dock: VerificationDock) -> int:
    return ask(dock.session, "SELECT fid FROM threats WHERE status = 'new' ORDER BY fid LIMIT 1")[0][0]


def status_in_service(service: ServiceProcess, fid: int) -> object:
    return in_service(service, "SELECT status FROM threat WHERE id = ?", fid)[0][0]


def make_conflict(dock: VerificationDock, other: Session, service: ServiceProcess) -> int:
    """Decide about a report that the other desk has decided about before; return its id."""
    fid = some_new(dock)
    other.decide(Decision.new(fid, 1, "verification"), "Z", {})
    wait_for(lambda: status_in_service(service, fid) == "verification", "the other's decision arrives")
    wait_for(lambda: not other.syncing)
    show(dock, fid)
    take_step(dock, "mistake")
    dock.threat.form.fields.reason.setCurrentIndex(dock.threat.form.fields.reason.findData("joke"))
    QTest.keyClicks(dock.threat.form.fields.note, "dwa razy to samo")
    send(dock)
    wait_for(lambda: dock.session.outbox.overview().counts["conflict"] == 1, "the conflict comes back")
    wait_for(lambda: not dock.session.syncing)
    QTest.mouseClick(dock.strip.outbox_button, LEFT)
    choose_entry(dock.outbox)
    return fid


def test_a_new_copy_is_taken_up_in_steps_between_which_the_window_lives(
    session: Session, connect: Callable[..., Connection]
) -> None:
    events: list[str] = []

    def begun() -> None:
        events.append("begun")
        QTimer.singleShot(0, lambda: events.append("window" if session.syncing else "too late"))

    session.catalogueChanged.connect(begun)
    session.replicaOpened.connect(lambda: events.append("opened"))
    session.open(connect())
    wait_for(lambda: not session.syncing)
    assert events == ["begun", "window", "opened"]
    assert set(session.layers.layers()) >= {"citizen", "community", "police", "areas", "units"}


def test_leaving_the_connection_while_a_new_copy_is_taken_up_lets_go_of_both(
    session: Session, connect: Callable[..., Connection]
) -> None:
    session.open(connect())
    wait_for(lambda: not session.syncing)
    old, taken = session.replica, []
    session.catalogueChanged.connect(lambda: taken.append(session.replica))
    session.catalogueChanged.connect(lambda: QTimer.singleShot(0, session.close))
    session.rebuild()
    wait_for(lambda: session.connection is None)
    assert taken and taken[0] is not old
    assert not session.syncing
    for replica in (old, taken[0]):
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            replica._connection.execute("SELECT 1")


def test_the_first_load_shows_progress_and_then_the_threats(
    language: str,
    session: Session,
    messages: Messages,
    connect: Callable[..., Connection],
    service: ServiceProcess,
) -> None:
    dock = FilterDock(session, messages)
    dock.show()
    seen: list[float] = []
    session.syncProgressed.connect(seen.append)
    session.open(connect())
    words = {"en": "Loading threats from “Lubuskie”", "pl": "Wczytywanie zagrożeń z „Lubuskie”"}
    assert dock.notice.text.text() == words[language]
    assert not dock.notice.cancel_button.isHidden()
    wait_for(lambda: not session.syncing)

    expected = in_service(service, "SELECT count(*) FROM threat WHERE NOT removed")[0][0]
    shown = {"en": f"Shown {expected} of {expected}", "pl": f"Pokazano {expected} z {expected}"}
    wait_for(lambda: dock.shown.text() == shown[language], "all are shown")
    assert dock.pages.currentIndex() == 1
    assert seen == sorted(seen)
    assert session.last_error is None
    dock.deleteLater()


def test_a_decision_reaches_the_service_and_a_second_desk(
    language: str, dock: VerificationDock, other_desk: Session, service: ServiceProcess
) -> None:
    fid = some_new(dock)
    show(dock, fid)
    take_step(dock, "verification")
    QTest.keyClicks(dock.threat.form.fields.note, "patrol o 16")
    send(dock)

    wait_for(lambda: status_in_service(service, fid) == "verification", "it arrives")
    assert in_service(service, "SELECT note, count(*) FROM decision WHERE threat_id = ?", fid) == [
        ("patrol o 16", 1)
    ]
    wait_for(lambda: SENT[language] in dock.strip.outbox_button.text(), "the dock says so")
    wait_for(lambda: "patrol o 16" in dock.threat.history.text(), "the history shows it")
    synchronise(other_desk)
    assert ask(other_desk, "SELECT status FROM threats WHERE fid = ?", fid) == [("verification",)]


def test_typed_text_and_selection_survive_a_synchronisation(
    dock: VerificationDock, other_desk: Session, service: ServiceProcess
) -> None:
    fids = [
        row[0]
        for row in ask(dock.session, "SELECT fid FROM threats WHERE status = 'new' ORDER BY fid LIMIT 2")
    ]
    show(dock, fids[0])
    take_step(dock, "verification")
    QTest.keyClicks(dock.threat.form.fields.note, "jestem w trakcie")
    other_desk.decide(Decision.new(fids[1], 1, "verification"), "Z", {})
    wait_for(lambda: status_in_service(service, fids[1]) == "verification")
    synchronise(dock.session)
    wait_for(lambda: not dock.session._background.busy("queue"))

    assert dock.queue.current == fids[0]
    assert dock.threat.form.draft().note == "jestem w trakcie"
    assert dock.threat.form.draft().to_status == "verification"
    assert dock.threat.form.notice.isHidden()


def test_a_report_that_changes_while_one_decides_is_said(
    language: str, dock: VerificationDock, other_desk: Session, service: ServiceProcess
) -> None:
    fid = some_new(dock)
    show(dock, fid)
    take_step(dock, "verification")
    QTest.keyClicks(dock.threat.form.fields.note, "wazne")
    other_desk.decide(Decision.new(fid, 1, "verification"), "Z", {})
    wait_for(lambda: status_in_service(service, fid) == "verification")
    synchronise(dock.session)

    words = {
        "en": "changed while you were deciding",
        "pl": "Zgłoszenie zmieniło się w trakcie podejmowania decyzji",
    }
    wait_for(lambda: words[language] in dock.threat.form.notice.text())
    assert dock.threat.form.draft().note == "wazne"
    assert dock.threat.form.steps.buttons()[0].text() == STEPS["confirmed"][language]


def test_what_follows_an_undone_decision_waits_no_longer_than_is_said(
    dock: VerificationDock, service: ServiceProcess
) -> None:
    """The clock of the one that was undone strikes first, and must not begin anew for the whole time."""
    settings.set_preference("undo_seconds", 3)
    fid = some_new(dock)
    show(dock, fid)
    take_step(dock, "verification")
    send(dock)
    QTest.qWait(2000)
    dock.undo_bar.undo()
    wait_for(lambda: not dock.threat.form.send.isHidden(), "it is entered again")
    send(dock)
    decided = time.monotonic()
    wait_for(lambda: status_in_service(service, fid) == "verification", "it arrives")
    assert 2.9 < time.monotonic() - decided < 3.9


def test_what_one_s_own_decision_changes_is_no_news(dock: VerificationDock, service: ServiceProcess) -> None:
    fid = some_new(dock)
    show(dock, fid)
    take_step(dock, "verification")
    dock.threat.form.submit()
    wait_for(lambda: dock.threat.form.steps.buttons(), "the steps that follow")
    take_step(dock, "confirmed")
    QTest.keyClicks(dock.threat.form.fields.note, "widac")
    synchronise(dock.session)
    wait_for(lambda: status_in_service(service, fid) == "verification")
    wait_for(lambda: dock.threat.threat.version == 2, "the report as it is now")
    assert dock.threat.form.notice.isHidden()
    assert dock.threat.form.draft().note == "widac"


def test_a_conflict_shows_mine_theirs_and_now(
    language: str, dock: VerificationDock, other_desk: Session, service: ServiceProcess
) -> None:
    make_conflict(dock, other_desk, service)

    text = dock.outbox.text.text()
    words = {
        "en": ("Mine", "Theirs", "Now", "Joke or mistake", "Verification"),
        "pl": ("Moja", "Cudza", "Teraz", "Żart lub pomyłka", "Weryfikacja"),
    }
    for expected in (*words[language], "dwa razy to samo", "B. Inny"):
        assert expected in text
    counted, tab, offered = {
        "en": (
            "In conflict 1",
            "Outbox (1)",
            ["&Take Theirs", "Decide &Anew", "&Keep for Later", "Show Re&port"],
        ),
        "pl": (
            "Konflikty: 1",
            "Skrzynka nadawcza (1)",
            ["Przyj&mij cudzą", "Zdecyduj od &nowa", "Zostaw na &później", "Pokaż z&głoszenie"],
        ),
    }[language]
    assert counted in dock.strip.outbox_button.text()
    assert dock.tabs.tabText(1) == tab
    shown = [button.text() for button in dock.outbox._offered if not button.isHidden()]
    assert shown == offered


def test_theirs_can_be_taken(dock: VerificationDock, other_desk: Session, service: ServiceProcess) -> None:
    fid = make_conflict(dock, other_desk, service)
    QTest.mouseClick(dock.outbox.later, LEFT)
    assert dock.session.outbox.overview().counts["conflict"] == 1
    choose_entry(dock.outbox)
    QTest.mouseClick(dock.outbox.take_theirs, LEFT)

    assert dock.session.outbox.overview().counts["conflict"] == 0
    assert dock.tabs.tabText(1) == "Outbox"
    assert status_in_service(service, fid) == "verification"


def test_one_can_decide_anew_on_what_is_there_now(
    dock: VerificationDock, other_desk: Session, service: ServiceProcess
) -> None:
    fid = make_conflict(dock, other_desk, service)
    QTest.mouseClick(dock.outbox.anew, LEFT)
    assert dock.tabs.currentIndex() == 0
    wait_for(lambda: dock.threat.threat.fid == fid and dock.threat.threat.version == 2)
    form = dock.threat.form
    wait_for(lambda: form.draft().to_status == "mistake", "the earlier decision is filled in")
    assert (form.draft().reason, form.draft().note) == ("joke", "dwa razy to samo")
    send(dock)

    wait_for(lambda: status_in_service(service, fid) == "mistake", "the new decision arrives")
    wait_for(lambda: not dock.session.syncing)
    counts = dock.session.outbox.overview().counts
    assert (counts["conflict"], counts["sent"], counts["dismissed"]) == (0, 1, 1)
    assert in_service(service, "SELECT count(*) FROM decision WHERE threat_id = ?", fid) == [(2,)]


def test_the_same_result_is_no_conflict(
    language: str, dock: VerificationDock, other_desk: Session, service: ServiceProcess
) -> None:
    fid = some_new(dock)
    other_desk.decide(Decision.new(fid, 1, "verification"), "Z", {})
    wait_for(lambda: status_in_service(service, fid) == "verification")
    show(dock, fid)
    take_step(dock, "verification")
    send(dock)

    wait_for(lambda: dock.session.outbox.overview().counts["sent"] == 1)
    wait_for(lambda: not dock.session.syncing)
    dock.show_outbox()
    choose_entry(dock.outbox)
    words = {"en": "already decided the same", "pl": "podjął wcześniej taką samą decyzję"}
    assert words[language] in dock.outbox.text.text()


def test_a_rejected_decision_is_explained_and_mended(
    language: str, dock: VerificationDock, service: ServiceProcess
) -> None:
    fid = ask(dock.session, "SELECT fid, version FROM threats WHERE status = 'verification' LIMIT 1")[0]
    # Past the form, as an older plugin with another catalogue might send it.
    dock.session.decide(Decision.new(*fid, "unconfirmed"), "Z-1", {})
    wait_for(lambda: dock.session.outbox.overview().counts["rejected"] == 1)
    wait_for(lambda: not dock.session.syncing)
    dock.show_outbox()
    choose_entry(dock.outbox)
    assert REASON_NEEDED[language] in dock.outbox.text.text()
    QTest.mouseClick(dock.outbox.mend, LEFT)
    wait_for(lambda: dock.threat.form.draft().to_status == "unconfirmed")
    assert dock.threat.form.fields.missing["reason"].text() == f"⚠ {REASON_NEEDED[language]}"
    dock.threat.form.fields.reason.setCurrentIndex(dock.threat.form.fields.reason.findData("lawful"))
    send(dock)

    wait_for(lambda: status_in_service(service, fid[0]) == "unconfirmed")
    wait_for(lambda: dock.session.outbox.overview().counts["sent"] == 1)
    assert dock.session.outbox.overview().counts["rejected"] == 0


def test_a_decision_made_while_the_service_is_down_arrives_once_it_is_up(
    language: str, dock: VerificationDock, service: ServiceProcess, desk: Desk
) -> None:
    fid = some_new(dock)
    service.stop()
    show(dock, fid)
    take_step(dock, "verification")
    send(dock)
    wait_for(lambda: not dock.session.syncing)
    offline, waiting, unreachable, fresh = {
        "en": ("Working offline", "Waiting 1", "cannot be reached", "Synchronised just now"),
        "pl": ("Praca bez sieci", "Oczekuje: 1", "Brak łączności z usługą", "Zsynchronizowano przed chwilą"),
    }[language]
    assert offline in dock.strip.sync.text.text()
    assert waiting in dock.strip.outbox_button.text()
    assert unreachable in told(desk.bar)[-1]
    QTest.mouseClick(dock.strip.sync.button, LEFT)
    wait_for(lambda: not dock.session.syncing)
    assert len(told(desk.bar)) == 1, "asked again in vain, the message stands once"
    dock.messages.warning("something else")
    service.start()
    QTest.mouseClick(dock.strip.sync.button, LEFT)
    wait_for(lambda: not dock.session.syncing)

    assert status_in_service(service, fid) == "verification"
    assert in_service(service, "SELECT count(*) FROM decision WHERE threat_id = ?", fid) == [(1,)]
    assert fresh in dock.strip.sync.text.text()
    assert SENT[language] in dock.strip.outbox_button.text()
    assert told(desk.bar) == ["something else"]


def test_a_batch_reaches_the_service_once_each(dock: VerificationDock, service: ServiceProcess) -> None:
    rows = ask(dock.session, "SELECT fid FROM threats WHERE status = 'new' ORDER BY fid DESC LIMIT 12")
    fids = [row[0] for row in rows]
    dialog = TogetherDialog(dock.session, dock.messages, fids, dock)
    dialog.show()
    wait_for(lambda: dialog.threats, "the preview")
    dialog.step.setCurrentIndex(dialog.step.findText(STEPS["verification"]["en"]))
    QTest.keyClicks(dialog.fields.note, "wspolny patrol")
    QTest.mouseClick(dialog.decide, LEFT)
    wait_for(lambda: not dialog.isVisible(), "it is written down")
    wait_for(lambda: dock.session.outbox.overview().counts["sent"] == len(fids), "all arrive")
    decided = in_service(
        service, "SELECT threat_id, count(*) FROM decision WHERE note = 'wspolny patrol' GROUP BY threat_id"
    )
    assert dict(decided) == dict.fromkeys(fids, 1)
    wait_for(lambda: not dock.session.syncing)


def test_an_attachment_comes_from_the_service(
    dock: VerificationDock, service: ServiceProcess, token: Callable[[str, str], str]
) -> None:
    fid = some_new(dock)
    picture = QImage(300, 200, QImage.Format.Format_RGB32)
    picture.fill(QColor("#e8590c"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "JPG")
    sent = requests.post(
        f"{service.url}/threats/{fid}/attachments",
        files=[
            ("file", ("rondo.jpg", bytes(buffer.data()), "image/jpeg")),
            ("file", ("opis.txt", b"dziura", "text/plain")),
        ],
        headers={"Authorization": f"Bearer {token('Administrator', 'admin')}"},
        timeout=20,
    )
    assert sent.status_code == 201, sent.text
    synchronise(dock.session)
    show(dock, fid)
    part = dock.threat.attachments
    wait_for(lambda: part.previews, "the picture")
    assert sorted(part.open_buttons) == sorted(one["id"] for one in sent.json()["attachments"])
    text = next(one for one in sent.json()["attachments"] if one["name"] == "opis.txt")
    part.fetch(text["id"])
    wait_for(lambda: part._task is None, "the text, which is no proxy's page")
    assert part.state.isHidden(), part.state.text()


def test_a_viewer_sees_why_there_are_no_steps(
    language: str, open_dock: Callable[..., VerificationDock]
) -> None:
    dock = open_dock("viewer", "V. Gość")
    show(dock, some_new(dock))
    words = {
        "en": "Your role, viewer, may look at reports",
        "pl": "Twoja rola (przeglądający) pozwala przeglądać zgłoszenia",
    }
    assert words[language] in dock.threat.form.notice.text()
    assert dock.threat.form.steps.buttons() == []


def test_a_role_that_changes_brings_other_steps(
    open_dock: Callable[..., VerificationDock], connect: Callable[..., Connection]
) -> None:
    dock = open_dock("viewer", "V. Gość")
    show(dock, some_new(dock))
    assert dock.threat.form.steps.buttons() == []
    promoted = connect("coordinator", "V. Awans")
    dock.session.connection = replace(dock.session.connection, authcfg=promoted.authcfg)
    synchronise(dock.session)
    wait_for(lambda: len(dock.threat.form.steps.buttons()) == 2, "the coordinator's steps")


def test_a_revoked_token_is_told_and_the_desk_goes_on(
    language: str, open_dock: Callable[..., VerificationDock], service: ServiceProcess, desk: Desk
) -> None:
    name = f"C. Byla ({language})"
    dock = open_dock("coordinator", name)
    service.command("token", "revoke", "--name", name)
    synchronise(dock.session)
    refused, failed = {
        "en": ("did not accept the sign-in", "Synchronisation failed"),
        "pl": ("Usługa nie przyjęła logowania", "Błąd synchronizacji"),
    }[language]
    assert refused in told(desk.bar)[-1]
    assert failed in dock.strip.sync.text.text()
    assert dock.queue.model.count() > 0


def test_a_wish_to_synchronise_while_one_runs_is_kept_and_not_doubled(session: Session, connect) -> None:
    session.open(connect())
    wait_for(lambda: not session.syncing)
    session.sync()
    starts: list[bool] = []
    session.syncStateChanged.connect(lambda: starts.append(session.syncing))
    for _ in range(5):
        session.sync(by_hand=False)
    wait_for(lambda: starts.count(True) == 1 and not session.syncing, "the kept one ran")
    wait_for(lambda: QgsApplication.taskManager().countActiveTasks() == 0)
    assert starts == [False, True, False]


def test_who_stops_a_synchronisation_stops_the_rebuilding_that_was_to_follow(
    session: Session, connect: Callable[..., Connection]
) -> None:
    session.open(connect())
    wait_for(lambda: session.replica is not None and not session.syncing)
    path = session.replica.path
    session.sync()
    session.rebuild()
    session.cancel_sync()
    wait_for(lambda: not session.syncing)
    session.sync()
    wait_for(lambda: not session.syncing)
    assert session.replica.path == path


def test_cancelling_the_first_load_leaves_nothing_half_done(
    language: str, session: Session, messages: Messages, connect, tmp_path: Path
) -> None:
    dock = FilterDock(session, messages)
    dock.show()
    session.open(connect())
    QTest.mouseClick(dock.notice.cancel_button, LEFT)
    wait_for(lambda: not session.syncing)
    assert session.replica is None
    assert {"en": "Stopped", "pl": "Przerwano"}[language] in dock.notice.text.text()
    QTest.mouseClick(dock.notice.retry_button, LEFT)
    wait_for(lambda: not session.syncing)
    assert session.replica is not None
    dock.deleteLater()
