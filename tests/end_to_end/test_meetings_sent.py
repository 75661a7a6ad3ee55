"""Meetings from the desk to a real service: refused, mended and taken; sent twice and taken once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from analyst_at_work import LEFT, Analyst
from awkward_proxy import AwkwardProxy, cut
from desk import ask, wait_for
from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle
from qgis.PyQt.QtCore import QDate, QDateTime, QTime
from qgis.PyQt.QtTest import QTest
from service_process import ServiceProcess, in_database
from verification_hands import choose_entry

from kmzb_qgis_plugin.gui.meeting_dialog import MeetingDialog
from kmzb_qgis_plugin.replica.outbox import Entry

GORZOW, BERLIN = (15.2369, 52.7368), (13.4, 52.52)
CONCERNS = [("signal_youth", "pod sklepem"), ("signal_patrols", "wieczorami")]
ARRIVED = "SELECT category, description FROM threat WHERE meeting = :uuid ORDER BY id"
both_databases = pytest.mark.parametrize("served", ["spatialite", "postgis"], indirect=True)


@pytest.fixture
def analyst(seat: Callable[[], Analyst]) -> Iterator[Analyst]:
    """An analyst whose first load is over."""
    made = seat()
    made.connect()
    made.desk.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    yield made


def open_form(analyst: Analyst, entry: Entry | None = None) -> MeetingDialog:
    form = MeetingDialog(analyst.session, analyst.desk.canvas, entry, analyst.desk.window)
    form.show()
    return form


def pick(analyst: Analyst, form: MeetingDialog, place: tuple[float, float]) -> None:
    """Click the place on the map, which shows its surroundings."""
    lon, lat = place
    canvas = analyst.desk.canvas
    canvas.setExtent(QgsRectangle(lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1))
    QTest.mouseClick(form.point.button, LEFT)
    QTest.mouseClick(canvas.viewport(), LEFT, pos=canvas.viewport().rect().center())


def enter(analyst: Analyst, form: MeetingDialog, place: tuple[float, float]) -> None:
    """Fill the form in: two concerns at a place."""
    form.held.setDateTime(QDateTime(QDate(2024, 5, 20), QTime(18, 0)))
    QTest.keyClicks(form.place, "Dom Kultury")
    pick(analyst, form, place)
    QTest.keyClicks(form.organiser, "KMP")
    form.participants.setValue(45)
    QTest.mouseClick(form.concerns.add_button, LEFT)
    for row, (category, text) in zip(form.concerns.rows, CONCERNS, strict=True):
        row.category.setCurrentIndex(row.category.findData(category))
        QTest.keyClicks(row.text, text)


def send(analyst: Analyst, form: MeetingDialog) -> str:
    """Send the form, wait until it has been tried; return the meeting's identifier."""
    uuid = form.meeting().uuid
    QTest.mouseClick(form.send, LEFT)
    wait_for(lambda: analyst.session.outbox.entry(uuid).attempts == 1, "it is sent")
    analyst.wait_until_synchronised()
    return uuid


@both_databases
def test_a_refused_meeting_says_why_is_mended_and_taken(served: ServiceProcess, analyst: Analyst) -> None:
    form = open_form(analyst)
    enter(analyst, form, BERLIN)
    refused = send(analyst, form)
    assert analyst.counts() == {"rejected": 1}
    assert in_database(served, ARRIVED, uuid=refused) == []

    outbox, asked = analyst.verification.outbox, []
    outbox.meetingRequested.connect(asked.append)
    analyst.verification.show_outbox()
    choose_entry(outbox)
    assert "outside the area that the service takes" in outbox.text.text()
    QTest.mouseClick(outbox.mend, LEFT)
    again = open_form(analyst, asked[0])
    assert "outside the area" in again.rule.text()
    pick(analyst, again, GORZOW)
    taken = send(analyst, again)
    assert analyst.counts() == {"sent": 1, "dismissed": 1}
    assert in_database(served, ARRIVED, uuid=taken) == CONCERNS
    assert in_database(served, ARRIVED, uuid=refused) == []
    shown = "SELECT category, description FROM threats WHERE meeting = ? ORDER BY fid"
    assert ask(analyst.session, shown, taken) == CONCERNS


@both_databases
def test_a_meeting_whose_answer_was_lost_is_taken_once(
    served: ServiceProcess, proxy: AwkwardProxy, analyst: Analyst
) -> None:
    form = open_form(analyst)
    enter(analyst, form, GORZOW)
    proxy.be(cut, "/meetings")
    uuid = send(analyst, form)
    assert proxy.met
    assert analyst.counts() == {"waiting": 1}
    assert len(in_database(served, ARRIVED, uuid=uuid)) == 2

    proxy.behave()
    analyst.synchronise()
    entry = analyst.session.outbox.entry(uuid)
    assert (entry.state, entry.outcome.kind, entry.attempts) == ("sent", "duplicate", 2)
    assert analyst.session.unsent_counts() == {}
    assert len(in_database(served, ARRIVED, uuid=uuid)) == 2
    assert ask(analyst.session, "SELECT count(*) FROM threats WHERE meeting = ?", uuid) == [(2,)]
