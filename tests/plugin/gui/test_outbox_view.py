"""One's own decisions: the day's tally, the status bar, and a conflict field by field."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

import pytest
from desk import Desk, wait_for
from looks import WIDTH
from qgis.gui import QgsStatusBar
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QLabel
from sample_replica import catalogue_json
from verification_hands import LEFT, choose, choose_entry, entries, listed, press, send, some

from kmzb_qgis_plugin.client.service_client import Outcome
from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.domain.period import day_bounds_utc, now_text, to_instant_text, warsaw_today
from kmzb_qgis_plugin.gui.conflict_text import conflict, rows
from kmzb_qgis_plugin.gui.outbox_model import DECISION, STATE
from kmzb_qgis_plugin.gui.status_counts import StatusCounts
from kmzb_qgis_plugin.gui.threat_text import Names
from kmzb_qgis_plugin.gui.verification_dock import VerificationDock
from kmzb_qgis_plugin.plugin import KmzbPlugin
from kmzb_qgis_plugin.replica.outbox import Entry, Outbox
from kmzb_qgis_plugin.replica.tally import tally
from kmzb_qgis_plugin.settings import Connection


@pytest.fixture
def dock(verification: VerificationDock) -> VerificationDock:
    return verification


@pytest.fixture
def names(language: str) -> Names:
    return Names(Catalogue.from_json(catalogue_json()), language, {})


def others_decision(dock: VerificationDock, actor: str, to_status: str, received_at: str, number: int) -> str:
    uuid = f"00000000-0000-4000-8000-{number:012}"
    with dock.session.replica._writing() as file:
        file.execute(
            "INSERT INTO decisions (fid, uuid, threat_id, base_version, threat_version, from_status, "
            "to_status, decided_at, received_at, actor, actor_role, hash) "
            "VALUES (?, ?, 1, 1, 2, 'new', ?, ?, ?, ?, 'coordinator', '')",
            (90_000 + number, uuid, to_status, received_at, received_at, actor),
        )
    return uuid


def test_the_tally_counts_ones_own_decisions_of_the_day(language: str, dock: VerificationDock) -> None:
    choose(dock, some(dock, "new"))
    press(dock, {"en": "Take up verification", "pl": "Podejmij weryfikację"}[language])
    send(dock)
    since = day_bounds_utc(warsaw_today(), None)[0]
    yesterday = to_instant_text(datetime.fromisoformat(since[:-1]).replace(tzinfo=UTC) - timedelta(seconds=1))
    others_decision(dock, "A. Nowak", "confirmed", yesterday, 1)
    others_decision(dock, "A. Nowak", "confirmed", since, 2)  # from another desk
    others_decision(dock, "K. Inny", "confirmed", now_text(), 3)
    dock.show_outbox()
    wait_for(lambda: "2" in dock.outbox.tally.text(), "the tally")
    verification, confirmed = {
        "en": ("Verification", "Confirmed"),
        "pl": ("Weryfikacja", "Potwierdzone"),
    }[language]
    assert dock.outbox.tally.text().endswith(f": {verification} 1, {confirmed} 1")
    dock.undo_bar.undo()
    dock.show_outbox()
    wait_for(lambda: dock.outbox.tally.text().endswith(f": {confirmed} 1"))


def test_a_decision_is_counted_once_and_only_when_it_counts(dock: VerificationDock) -> None:
    dock.session.outbox.add(Decision.new(1, 1, "verification"), "Z-1", {})
    dock.session.outbox.add(Decision.new(2, 1, "verification"), "Z-2", {})
    first, second = dock.session.outbox.begin_sending(2)
    dock.session.outbox.settle(
        [
            Outcome(first.uuid, "accepted", threat={"properties": {}}),
            Outcome(second.uuid, "rejected", rule="note_required"),
        ]
    )
    since = day_bounds_utc(warsaw_today(), None)[0]
    with dock.session.replica._writing() as file:
        file.execute("UPDATE decisions SET uuid = ? WHERE fid = 1", (first.uuid,))
        file.execute(
            "UPDATE decisions SET fid = 99999, actor = 'me', received_at = ? WHERE fid = 1", (now_text(),)
        )
    with closing(dock.session.replica.reader()) as connection:
        counted = tally(connection, entries(dock), "me", since)
    assert sum(counted.values()) == 1


def test_a_long_outbox_is_listed_off_the_interface_thread(
    language: str, dock: VerificationDock, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox, read_on = dock.session.outbox, []
    outbox.add_all((Decision.new(fid, 1, "verification"), f"Z-{fid}", {}) for fid in range(1, 1001))

    def entries_on(self: Outbox) -> list[Entry]:
        read_on.append(threading.current_thread() is threading.main_thread())
        return everything(self)

    everything = Outbox.entries
    monkeypatch.setattr(Outbox, "entries", entries_on)
    dock.show_outbox()
    choose_entry(dock.outbox, 999)
    assert {"en": "Waits to be sent", "pl": "Oczekuje na wysłanie"}[language] in dock.outbox.text.text()
    chosen = dock.outbox.list.currentIndex().row()
    dock.session.read_outbox()
    listed(dock.outbox, 1000)
    assert (chosen, dock.outbox.list.currentIndex().row()) == (999, 999)
    assert read_on and not any(read_on)


def test_a_narrow_outbox_tells_states_by_their_signs(language: str, dock: VerificationDock) -> None:
    waiting = {"en": "waiting", "pl": "oczekuje"}[language]
    dock.session.outbox.add(Decision.new(1, 1, "verification"), "Z-1", {})
    dock.show_outbox()
    listed(dock.outbox, 1)
    model = dock.outbox.model
    dock.resize(600, 800)
    wait_for(lambda: model.data(model.index(0, STATE)) == waiting)
    dock.resize(360, 800)
    wait_for(lambda: model.data(model.index(0, STATE)) == "")
    assert model.data(model.index(0, STATE), Qt.ItemDataRole.AccessibleTextRole) == waiting
    widths = [dock.outbox.list.columnWidth(column) for column in range(model.columnCount())]
    assert max(widths) == widths[DECISION]


def test_a_day_without_decisions_is_said(language: str, dock: VerificationDock) -> None:
    dock.show_outbox()
    words = {
        "en": "Today you have made no decisions yet.",
        "pl": "Dziś nie podjęto jeszcze żadnej decyzji.",
    }
    wait_for(lambda: dock.outbox.tally.text() == words[language])


def in_conflict(base: dict[str, object], now: dict[str, object], **mine: str) -> Entry:
    decision = Decision.new(7, 1, "unconfirmed", reason="lawful", note="znak stoi", **mine)
    theirs = {
        "to_status": "confirmed",
        "note": "jest <b>źle</b>",
        "actor": "B. Inny",
        "actor_role": "verifier",
        "decided_at": "2026-05-01T08:00:00.000Z",
    }
    outcome = Outcome(decision.uuid, "conflict", threat={"properties": now}, decision=theirs)
    answer = json.dumps(asdict(outcome))
    return Entry(decision, "Z-7", "conflict", json.dumps(base), 1, now_text(), now_text(), answer)


CONFLICT_WORDS = {
    "en": {
        "Status": ("Not confirmed", "Confirmed", "Confirmed", True),
        "Reason": ("the state is lawful", "", "", True),
        "Note": ("znak stoi", "jest <b>źle</b>", "", True),
        "Decided by": ("you", "B. Inny, verifier", "", False),
        "Description of the report": ("dziura", "", "dziura i znak", True),
    },
    "pl": {
        "Status": ("Niepotwierdzone", "Potwierdzone", "Potwierdzone", True),
        "Powód": ("stan zgodny z przepisami", "", "", True),
        "Notatka": ("znak stoi", "jest <b>źle</b>", "", True),
        "Autor decyzji": ("Ty", "B. Inny, weryfikujący", "", False),
        "Opis (zgłoszenie)": ("dziura", "", "dziura i znak", True),
    },
}


def test_a_conflict_is_told_field_by_field(language: str, names: Names) -> None:
    base = {"status": "verification", "description": "dziura", "confirmations": 1, "place": "Rynek"}
    now = {
        "status": "confirmed",
        "description": "dziura i znak",
        "confirmations": 1,
        "place": "Rynek",
        "updated_at": "2026-05-01T08:00:01.000Z",
    }
    told = {row.label: row for row in rows(in_conflict(base, now), names)}
    when = {"en": "When", "pl": "Kiedy"}[language]
    assert {label: row[1:] for label, row in told.items() if label != when} == CONFLICT_WORDS[language]
    text = conflict(in_conflict(base, now), names)
    assert "≠ Status" in text
    assert "jest &lt;b&gt;źle" in text


def test_a_conflict_fits_into_a_narrow_panel(language: str, names: Names) -> None:
    """Words as long as "Niepotwierdzone", and addresses, would make it scroll sideways."""
    now = {"status": "unconfirmed", "updated_at": "2026-05-01T08:00:01.000Z"}
    label = QLabel(conflict(in_conflict({}, now, method=f"https://mapy.geoportal.gov.pl/{'a' * 60}"), names))
    label.setWordWrap(True)
    assert label.minimumSizeHint().width() < WIDTH - 28  # margins of 12 and a scroll bar of 16


def test_a_conflict_without_their_decision_can_be_told(names: Names) -> None:
    entry = in_conflict({}, {"status": "confirmed"})
    answer = asdict(Outcome(entry.uuid, "conflict", threat={"properties": {}}))
    entry = replace(entry, outcome_text=json.dumps(answer))
    assert conflict(entry, names)


def counts_of(bar: QgsStatusBar) -> StatusCounts | None:
    return bar.findChild(StatusCounts, "KmzbStatusCounts")


def test_the_status_bar_counts_and_leads_to_the_decisions(
    language: str, desk: Desk, loaded: Callable[..., Connection], qgis_new_project: None
) -> None:
    texts = {
        "en": ("Waiting 0 · Sent 0", "Waiting 1 · Sent 0", "Rejected 1 · Waiting 0 · Sent 0"),
        "pl": (
            "Oczekuje: 0 · Wysłane: 0",
            "Oczekuje: 1 · Wysłane: 0",
            "Odrzucone: 1 · Oczekuje: 0 · Wysłane: 0",
        ),
    }
    empty, waiting, rejected = (f"KMZB: {text}" for text in texts[language])
    plugin = KmzbPlugin(desk)
    plugin.initGui()
    desk.window.show()
    try:
        plugin.open_connection(loaded())
        wait_for(lambda: not plugin.session.syncing)
        counts = counts_of(desk.status)
        assert counts is not None
        assert counts.text() == empty
        plugin.session.decide(Decision.new(1, 1, "verification"), "Z-1", {})
        assert counts.text() == waiting
        wait_for(lambda: not plugin.session.syncing)
        with closing(sqlite3.connect(plugin.session.outbox.path)) as file, file:
            outcome = json.dumps(vars(Outcome("x", "rejected", rule="note_required")))
            file.execute("UPDATE entry SET state = 'rejected', outcome = ?", (outcome,))
        plugin.session.read_outbox()
        assert counts.text() == rejected
        QTest.mouseClick(counts, LEFT)
        dock = plugin.docks["verification"].dock
        assert dock.tabs.currentIndex() == 1
        listed(dock.outbox, 1)
        assert dock.outbox.model.rowCount() == 1
        plugin.session.close()
        assert not counts.isVisible()
    finally:
        plugin.unload()
    assert counts_of(desk.status) is None
