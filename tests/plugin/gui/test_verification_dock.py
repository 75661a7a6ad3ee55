"""The verification dock without a service: queue, facts, form and outbox."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from desk import Desk, ask, told, wait_for
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsPointXY, QgsProject
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from verification_hands import choose, choose_entry, entries, listed, press, send, some, steps

from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.gui.verification_dock import VerificationDock


@pytest.fixture
def dock(verification: VerificationDock) -> VerificationDock:
    return verification


WAITS = "status IN ('new', 'verification', 'confirmed')"


def test_the_most_urgent_report_comes_first(dock: VerificationDock) -> None:
    expected = ask(
        dock.session,
        "SELECT ref FROM threats WHERE status IN ('new', 'verification') "
        "ORDER BY CASE status WHEN 'new' THEN read_due ELSE verify_due END LIMIT 5",
    )
    model = dock.queue.model
    assert [(model.threat_at(row).ref,) for row in range(5)] == expected
    first = model.index_of(model.threat_at(0).fid)
    assert model.parent(first).data().startswith("Overdue (")
    assert "day" in first.data()
    assert "(overdue " in first.data(Qt.ItemDataRole.ToolTipRole)
    assert model.count() == ask(dock.session, f"SELECT count(*) FROM threats WHERE {WAITS}")[0][0]
    assert model.threat_at(model.count() - 1).status == "confirmed"


def test_the_queue_follows_the_filter_on_request(dock: VerificationDock) -> None:
    dock.session.set_filter(ThreatFilter(categories=frozenset({"speeding"})))
    box = dock.queue.only_filtered
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))

    expected = f"SELECT count(*) FROM threats WHERE {WAITS} AND category = 'speeding'"
    wait_for(lambda: dock.queue.model.count() == ask(dock.session, expected)[0][0])
    dock.session.set_filter(ThreatFilter(categories=frozenset()))
    wait_for(lambda: not dock.queue.empty.isHidden())
    assert dock.queue.empty.text() == "No report waits."


def test_choosing_a_report_shows_its_facts_and_its_place(
    dock: VerificationDock, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    flashed: list[tuple[QgsPointXY, str]] = []
    monkeypatch.setattr(
        desk.canvas,
        "flashGeometries",
        lambda shapes, crs: flashed.append((shapes[0].asPoint(), crs.authid())),
    )
    desk.window.show()
    desk.canvas.setDestinationCrs(QgsProject.instance().crs())
    desk.canvas.setExtent(dock.session.layers.zoom_extent())
    fid = ask(dock.session, f"SELECT fid FROM threats WHERE {WAITS} AND description LIKE '%<b>%'")[0][0]
    choose(dock, fid)

    threat = dock.threat.threat
    assert threat.ref in dock.threat.title.text()
    assert "&lt;b&gt;śmieci&lt;/b&gt;" in dock.threat.description.text()
    assert "powiat" in dock.threat.facts.text() or "Gorzów" in dock.threat.facts.text()
    crs = desk.canvas.mapSettings().destinationCrs()
    to_map = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4326"), crs, QgsProject.instance())
    place = to_map.transform(QgsPointXY(threat.lon, threat.lat))
    assert desk.canvas.center().compare(place, desk.canvas.mapUnitsPerPixel() * 2)
    assert desk.canvas.scale() <= 10_001
    assert flashed == [(QgsPointXY(threat.lon, threat.lat), "EPSG:4326")]


def test_keys_go_through_the_queue(dock: VerificationDock) -> None:
    choose(dock, dock.queue.model.threat_at(0).fid)
    dock.activateWindow()
    for keys, row in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Down, 2), (Qt.Key.Key_Up, 1)):
        QTest.keyClick(dock.queue.tree, keys, Qt.KeyboardModifier.AltModifier)
        expected = dock.queue.model.threat_at(row).fid
        wait_for(lambda fid=expected: dock.threat.threat.fid == fid, f"row {row}")


def test_a_threat_that_is_selected_on_the_map_is_shown(dock: VerificationDock, desk: Desk) -> None:
    fid = some(dock, "eliminated")
    layer = dock.session.layers.layer("citizen")
    desk.canvas.setLayers([layer])
    before = desk.canvas.center()
    layer.selectByIds([fid])

    wait_for(lambda: dock.threat.threat is not None and dock.threat.threat.fid == fid)
    assert steps(dock) == ["Reopen verification"]
    assert desk.canvas.center() == before


def test_any_report_is_found_by_its_number(language: str, dock: VerificationDock, desk: Desk) -> None:
    fid = some(dock, "unconfirmed")
    QTest.keyClicks(dock.queue.find, str(fid))
    QTest.keyClick(dock.queue.find, Qt.Key.Key_Return)
    wait_for(lambda: dock.threat.threat is not None and dock.threat.threat.fid == fid)
    assert steps(dock) == [{"en": "Reopen verification", "pl": "Wznów weryfikację"}[language]]
    assert "No decisions yet" not in dock.threat.history.text()

    dock.queue.find.clear()
    QTest.keyClicks(dock.queue.find, "p 9999999")
    QTest.keyClick(dock.queue.find, Qt.Key.Key_Return)
    wait_for(lambda: told(desk.bar))
    words = {"en": "There is no threat with the number “{}”.", "pl": "Nie ma zagrożenia o numerze „{}”."}
    assert told(desk.bar)[-1] == words[language].format("p 9999999")


@pytest.mark.parametrize(
    ("role", "status", "expected"),
    [
        ("verifier", "new", ["Take up verification"]),
        ("coordinator", "new", ["Take up verification", "Mark as joke or mistake"]),
        ("verifier", "verification", ["Confirm the threat", "Do not confirm"]),
        ("verifier", "confirmed", ["Checked again, the threat persists", "Threat eliminated"]),
        ("verifier", "handed_over", []),
        ("viewer", "new", []),
    ],
)
def test_the_steps_are_those_of_workflow_and_role(
    open_verification: Callable[..., VerificationDock], role: str, status: str, expected: list[str]
) -> None:
    dock = open_verification(role)
    fid = some(dock, status)
    dock.show_threat(fid)
    wait_for(lambda: dock.threat.threat is not None and dock.threat.threat.fid == fid)

    assert steps(dock) == expected
    if not expected:
        assert f"Your role, {role}," in dock.threat.form.notice.text()
    assert dock.threat.form.send.isHidden()


def test_a_police_record_is_not_verified(dock: VerificationDock) -> None:
    fid = ask(dock.session, "SELECT fid FROM threats WHERE source = 'police'")[0][0]
    dock.show_threat(fid)
    wait_for(lambda: dock.threat.threat is not None and dock.threat.threat.fid == fid)

    assert dock.threat.form.notice.text() == "Only citizens' reports are verified."
    assert dock.threat.past.isHidden()


def test_a_decision_goes_into_the_outbox_and_is_seen_to_wait(dock: VerificationDock) -> None:
    fid = some(dock, "new")
    choose(dock, fid)
    press(dock, "Take up verification")
    QTest.keyClicks(dock.threat.form.fields.note, "jedziemy")
    send(dock)

    (entry,) = entries(dock)
    assert (entry.state, entry.decision.to_status, entry.decision.note) == (
        "waiting",
        "verification",
        "jedziemy",
    )
    assert entry.decision.base_version == 1
    assert "Waiting 1 · Sent 0" in dock.strip.outbox_button.text()
    wait_for(
        lambda: (
            ask(dock.session, "SELECT pending_status FROM threats WHERE fid = ?", fid) == [("verification",)]
        )
    )
    wait_for(lambda: "New → Verification (to be sent)" in dock.threat.title.text(), "the title says so")
    wait_for(lambda: dock.queue.model.index_of(fid).data() == "to be sent", "the queue says so")


def test_the_next_step_builds_on_the_one_that_waits(dock: VerificationDock) -> None:
    fid = some(dock, "new")
    choose(dock, fid)
    press(dock, "Take up verification")
    send(dock)
    wait_for(lambda: "Confirm the threat" in steps(dock), "the steps that follow")
    press(dock, "Confirm the threat")
    send(dock)

    assert [entry.decision.to_status for entry in entries(dock)] == ["verification", "confirmed"]
    assert [entry.decision.base_version for entry in entries(dock)] == [1, 2]


def test_a_report_that_no_longer_waits_makes_room_for_the_next(dock: VerificationDock) -> None:
    fid = some(dock, "new")
    choose(dock, fid)
    following = dock.queue.model.threat_at(dock.queue.model.row_of(fid) + 1).fid
    press(dock, "Mark as joke or mistake")
    form = dock.threat.form
    form.fields.reason.setCurrentIndex(form.fields.reason.findData("joke"))
    send(dock)

    wait_for(lambda: dock.queue.model.row_of(fid) < 0, "it leaves the queue")
    wait_for(lambda: dock.threat.threat.fid == following, "the next one is shown")
    assert dock.queue.current == following


def test_missing_fields_are_named_beside_them(language: str, dock: VerificationDock) -> None:
    fid = some(dock, "new")
    choose(dock, fid)
    press(dock, {"en": "Mark as joke or mistake", "pl": "Uznaj za żart lub pomyłkę"}[language])
    form = dock.threat.form
    assert (
        form.fields.labels["reason"].text().replace("&", "") == {"en": "Reason *", "pl": "Powód *"}[language]
    )
    assert form.fields.institution.isHidden()
    send(dock)
    missing = {"en": "Choose a reason", "pl": "Wybierz powód"}[language]
    assert form.fields.missing["reason"].text().endswith(missing)
    assert entries(dock) == []

    form.fields.reason.setCurrentIndex(form.fields.reason.findData("description_insufficient"))
    send(dock)
    assert [entry.decision.reason for entry in entries(dock)] == ["description_insufficient"]


def test_a_reason_can_ask_for_a_note(dock: VerificationDock) -> None:
    choose(dock, some(dock, "verification"))
    press(dock, "Do not confirm")
    form = dock.threat.form
    form.fields.reason.setCurrentIndex(form.fields.reason.findData("other"))
    send(dock)
    assert not form.fields.missing["note"].isHidden()

    QTest.keyClicks(form.fields.note, "inny rejon")
    send(dock)
    assert [entry.decision.note for entry in entries(dock)] == ["inny rejon"]


def test_handing_over_takes_a_listed_institution_or_any_other(language: str, dock: VerificationDock) -> None:
    step = {"en": "Hand over outside the police", "pl": "Przekaż poza Policję"}[language]
    listed = {"en": "road manager", "pl": "zarządca drogi"}[language]
    day = {"en": "01/05/2030", "pl": "01.05.2030"}[language]
    dock.activateWindow()
    assert QTest.qWaitForWindowActive(dock)
    for number, (typed, stored) in enumerate(((listed, "road_manager"), ("Wody Polskie", "Wody Polskie"))):
        choose(dock, some(dock, "confirmed", number))
        press(dock, step)
        form = dock.threat.form
        form.fields.institution.setEditText(typed)
        form.fields.planned_date.setFocus()
        QTest.keyClicks(form.fields.planned_date, day)
        send(dock)
        assert entries(dock)[-1].decision.institution == stored
        assert entries(dock)[-1].decision.planned_date == "2030-05-01"


def test_a_note_that_is_too_long_is_not_sent(language: str, dock: VerificationDock) -> None:
    choose(dock, some(dock, "confirmed"))
    words = {
        "en": ("Checked again, the threat persists", "2001 of 2000 characters", "Shorten the note"),
        "pl": ("Sprawdzono ponownie, zagrożenie trwa", "2001 z 2000 znaków", "Skróć notatkę"),
    }
    step, count, missing = words[language]
    press(dock, step)
    form = dock.threat.form
    form.fields.note.setPlainText("x" * 2001)
    assert form.fields.note_count.text() == count
    send(dock)
    assert form.fields.missing["note"].text().endswith(missing)
    assert entries(dock) == []


def test_what_was_entered_survives_a_refresh_and_a_look_elsewhere(dock: VerificationDock) -> None:
    first, second = some(dock, "verification", 0), some(dock, "verification", 1)
    choose(dock, first)
    press(dock, "Do not confirm")
    form = dock.threat.form
    form.fields.reason.setCurrentIndex(form.fields.reason.findData("lawful"))
    QTest.keyClicks(form.fields.note, "znak stoi")
    dock.session.replicaChanged.emit(None)
    wait_for(lambda: not dock.session._background.busy("threat"))
    assert form.draft().note == "znak stoi"
    assert form.draft().reason == "lawful"

    choose(dock, second)
    assert form.draft().note == ""
    choose(dock, first)
    assert (form.draft().to_status, form.draft().reason, form.draft().note) == (
        "unconfirmed",
        "lawful",
        "znak stoi",
    )
    assert dock.queue.current == first


def test_a_decision_that_waits_can_be_withdrawn(dock: VerificationDock) -> None:
    # Decided while a failed attempt to send is over: it has been tried, so it cannot be taken back.
    fid = some(dock, "new")
    choose(dock, fid)
    press(dock, "Take up verification")
    send(dock)
    wait_for(lambda: not dock.session.syncing)
    QTest.mouseClick(dock.strip.outbox_button, Qt.MouseButton.LeftButton)
    assert dock.tabs.currentIndex() == 1
    choose_entry(dock.outbox)
    assert entries(dock)[0].attempts == 0  # the service could not even be asked who we are
    QTest.mouseClick(dock.outbox.withdraw, Qt.MouseButton.LeftButton)

    assert entries(dock) == []
    wait_for(lambda: ask(dock.session, "SELECT pending_status FROM threats WHERE fid = ?", fid) == [(None,)])
    listed(dock.outbox, 0)
    assert "there are none yet" in dock.outbox.text.text()
    assert "Waiting 0" in dock.strip.outbox_button.text()


def test_decisions_that_wait_survive_closing(dock: VerificationDock) -> None:
    choose(dock, some(dock, "new"))
    press(dock, "Take up verification")
    send(dock)
    connection = dock.session.connection
    dock.session.close()
    assert "Not connected" in dock.strip.sync.text.text()
    dock.session.open(connection)

    assert [entry.state for entry in entries(dock)] == ["waiting"]
    assert "Waiting 1" in dock.strip.outbox_button.text()


def test_working_offline_is_said(dock: VerificationDock) -> None:
    assert "Working offline; last synchronised just now" in dock.strip.sync.text.text()
    assert "cannot be reached" in dock.strip.sync.text.toolTip()


def test_the_dock_fits_into_360_pixels(dock: VerificationDock) -> None:
    choose(dock, some(dock, "confirmed"))
    press(dock, "Hand over outside the police")
    assert dock.widget().minimumSizeHint().width() <= 360
    assert dock.threat.form.minimumSizeHint().width() <= 330
