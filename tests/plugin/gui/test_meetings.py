"""The form for meetings, driven as a person does: typed, clicked on the map, sent, mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from contract_server import ContractServer, page_of_a_proxy
from desk import Desk, ask, told, wait_for
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle
from qgis.gui import QgsMapToolPan
from qgis.PyQt.QtCore import QDate, QDateTime, QPoint, Qt, QTime
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QLineEdit, QMessageBox
from verification_hands import choose_entry

import kmzb_qgis_plugin
from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.gui.meeting_dialog import MeetingDialog
from kmzb_qgis_plugin.gui.outbox_model import STATE
from kmzb_qgis_plugin.gui.outbox_panel import OutboxPanel
from kmzb_qgis_plugin.layers import pending_meetings
from kmzb_qgis_plugin.plugin import KmzbPlugin
from kmzb_qgis_plugin.settings import Connection

LEFT = Qt.MouseButton.LeftButton
GORZOW = (15.2369, 52.7368)
IN_2180 = (246049, 547880)


@pytest.fixture
def server(sample_file: Path) -> Iterator[ContractServer]:
    with ContractServer(sample_file, open_to_all=True) as server:
        yield server


@pytest.fixture
def plugin(
    desk: Desk,
    qgis_new_project: QgsProject,
    server: ContractServer,
    make_connection: Callable[..., Connection],
) -> Iterator[KmzbPlugin]:
    """The plugin on a loaded workspace, with a map of Gorzów in the official CRS."""
    made = kmzb_qgis_plugin.classFactory(desk)
    made.initGui()
    settings.set_preference("undo_seconds", 0)
    made.open_connection(make_connection(server.url))
    desk.window.show()
    wait_for(lambda: not made.session.syncing, "the first load")
    QTest.qWait(50)  # for the map's first extent
    desk.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:2180"))
    x, y = IN_2180
    desk.canvas.setExtent(QgsRectangle(x - 2000, y - 2000, x + 2000, y + 2000))
    yield made
    made.unload()


@pytest.fixture
def form(plugin: KmzbPlugin) -> MeetingDialog:
    plugin.actions["meeting"].trigger()
    return plugin._meeting


def fill(form: MeetingDialog, canvas) -> None:
    """Enter a whole meeting with two concerns."""
    form.kind.setCurrentIndex(form.kind.findData("debate"))
    form.held.setDateTime(QDateTime(QDate(2024, 5, 20), QTime(18, 0)))
    QTest.keyClicks(form.place, "Dom Kultury")
    pick(form, canvas)
    QTest.keyClicks(form.organiser, "KMP Gorzow")
    number = form.participants.findChild(QLineEdit)
    QTest.mouseClick(number, LEFT, pos=number.rect().center())  # the pointer comes down behind "–"
    QTest.keyClicks(form.participants, "45")
    enter_concern(form, 0, "signal_youth", "pod sklepem")
    QTest.mouseClick(form.concerns.add_button, LEFT)
    enter_concern(form, 1, "signal_patrols", "wieczorami")


def pick(form: MeetingDialog, canvas) -> None:
    QTest.mouseClick(form.point.button, LEFT)
    QTest.mouseClick(canvas.viewport(), LEFT, pos=canvas.viewport().rect().center())


def enter_concern(form: MeetingDialog, number: int, category: str, text: str) -> None:
    row = form.concerns.rows[number]
    row.category.setCurrentIndex(row.category.findData(category))
    QTest.keyClicks(row.text, text)


def outbox_panel(plugin: KmzbPlugin) -> OutboxPanel:
    plugin.docks["verification"].show(True)
    dock = plugin.docks["verification"].dock
    dock.show_outbox()
    wait_for(dock.outbox.isVisible)
    return dock.outbox


def pending_layer(plugin: KmzbPlugin):
    return plugin.session.layers.layer(pending_meetings.ROLE)


def test_a_meeting_is_entered_sent_and_on_the_map(
    desk: Desk, plugin: KmzbPlugin, form: MeetingDialog, server: ContractServer
) -> None:
    fill(form, desk.canvas)
    assert "52,73" in form.point.text.text() or "52.73" in form.point.text.text()
    QTest.mouseClick(form.send, LEFT)
    wait_for(lambda: plugin.session.outbox.overview().counts["sent"] == 1, "it arrives")
    wait_for(lambda: not plugin.session.syncing)

    rows = ask(
        plugin.session,
        "SELECT category, description, occurred_from, organiser, participants, lon, lat FROM threats "
        "WHERE organiser = 'KMP Gorzow' ORDER BY fid",
    )
    assert [row[:2] for row in rows] == [("signal_youth", "pod sklepem"), ("signal_patrols", "wieczorami")]
    assert rows[0][2:5] == ("2024-05-20T16:00:00.000Z", "KMP Gorzow", 45)  # 18:00 in Poland
    assert rows[0][5:] == pytest.approx(GORZOW, abs=0.001)
    assert plugin._meeting is None
    assert settings.preference("meeting_organiser", "") == "KMP Gorzow"


def test_what_is_missing_is_said_beside_its_field(
    language: str, plugin: KmzbPlugin, form: MeetingDialog
) -> None:
    QTest.mouseClick(form.send, LEFT)
    said = {field for field, label in form.faults.items() if not label.isHidden()}
    assert said == {"held_at", "place", "point", "organiser", "participants"}
    words = {
        "en": ("Enter at least one concern", "Choose a category"),
        "pl": ("Wpisz przynajmniej jedną obawę", "Wybierz kategorię"),
    }
    concern, category = words[language]
    assert concern in form.concerns.rows[0].notice.text()
    assert plugin.session.outbox.overview().counts["waiting"] == 0
    enter_concern(form, 0, "", "bez kategorii")
    QTest.mouseClick(form.send, LEFT)
    assert category in form.concerns.rows[0].notice.text()
    QTest.keyClicks(form.place, "Remiza")
    assert form.faults["place"].isHidden()
    form.reject()


def test_a_text_that_is_too_long_is_said_while_it_is_typed(form: MeetingDialog) -> None:
    row = form.concerns.rows[0]
    row.text.setPlainText("x" * 460)
    assert row.notice.text() == "⚠ 460 of 500 characters"
    form.reject()


def test_the_map_gets_its_tool_back(desk: Desk, form: MeetingDialog) -> None:
    pan = QgsMapToolPan(desk.canvas)
    desk.canvas.setMapTool(pan)
    pick(form, desk.canvas)
    assert desk.canvas.mapTool() is pan
    assert not form.point.button.isChecked()
    QTest.mouseClick(form.point.button, LEFT)
    assert desk.canvas.mapTool() is form.point.tool
    other = QgsMapToolPan(desk.canvas)
    desk.canvas.setMapTool(other)  # a person takes another tool instead
    assert not form.point.button.isChecked()
    form.reject()
    assert desk.canvas.mapTool() is other


def test_what_was_entered_is_kept_as_a_draft_and_gone_on_with(
    desk: Desk, plugin: KmzbPlugin, form: MeetingDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(form, desk.canvas)
    before = form.meeting()
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert plugin._meeting is None
    panel = outbox_panel(plugin)
    choose_entry(panel)
    assert panel.model.data(panel.model.index(0, STATE), Qt.ItemDataRole.ToolTipRole) == "draft"
    assert "pod sklepem" in panel.text.text()
    QTest.mouseClick(panel.edit, LEFT)
    assert plugin._meeting.meeting() == before
    plugin._meeting.reject()
    choose_entry(panel)
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    QTest.mouseClick(panel.discard, LEFT)
    assert plugin.session.outbox.entries() == []


def test_leaving_the_connection_keeps_what_was_typed(
    desk: Desk, plugin: KmzbPlugin, form: MeetingDialog
) -> None:
    QTest.keyClicks(form.place, "Remiza")
    connection = plugin.session.connection
    plugin.session.close()
    assert plugin._meeting is None
    plugin.open_connection(connection)
    (entry,) = plugin.session.outbox.entries()
    assert (entry.state, entry.meeting.place) == ("draft", "Remiza")


def test_an_empty_form_leaves_no_draft(plugin: KmzbPlugin, form: MeetingDialog) -> None:
    QTest.keyClicks(form.place, "R")
    QTest.keyClick(form.place, Qt.Key.Key_Backspace)
    form.reject()
    assert plugin.session.outbox.entries() == []


def test_discarding_asks_and_throws_away(
    plugin: KmzbPlugin, form: MeetingDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    QTest.keyClicks(form.place, "Remiza")
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    QTest.mouseClick(form.discard, LEFT)
    assert plugin._meeting is form
    QTest.mouseClick(form.discard, LEFT)
    assert (plugin._meeting, plugin.session.outbox.entries()) == (None, [])


def test_a_meeting_that_waits_is_drawn_until_it_is_synchronised(
    desk: Desk, plugin: KmzbPlugin, form: MeetingDialog, server: ContractServer
) -> None:
    server.fail("/meetings", page_of_a_proxy())
    fill(form, desk.canvas)
    QTest.mouseClick(form.send, LEFT)
    wait_for(lambda: not plugin.session.syncing)
    layer = pending_layer(plugin)
    assert layer.featureCount() == 1
    assert next(layer.getFeatures())["place"] == "Dom Kultury"
    assert layer.extent().center().x() == pytest.approx(GORZOW[0], abs=0.001)
    server.faults.clear()
    plugin.session.sync()
    wait_for(lambda: not plugin.session.syncing)
    assert pending_layer(plugin) is None


def test_a_waiting_meeting_is_withdrawn_into_a_draft(
    desk: Desk, plugin: KmzbPlugin, form: MeetingDialog, server: ContractServer
) -> None:
    settings.set_preference("undo_seconds", 60)
    fill(form, desk.canvas)
    QTest.mouseClick(form.send, LEFT)
    panel = outbox_panel(plugin)
    choose_entry(panel)
    assert pending_layer(plugin) is not None
    QTest.mouseClick(panel.withdraw, LEFT)
    assert plugin.session.outbox.overview().counts["draft"] == 1
    assert pending_layer(plugin) is None


def test_a_rejected_meeting_says_why_and_is_mended(
    desk: Desk, plugin: KmzbPlugin, form: MeetingDialog, server: ContractServer
) -> None:
    server.catalogue["categories"] = [
        one for one in server.catalogue["categories"] if one["code"] != "signal_patrols"
    ]
    fill(form, desk.canvas)
    QTest.mouseClick(form.send, LEFT)
    wait_for(lambda: plugin.session.outbox.overview().counts["rejected"] == 1)
    wait_for(lambda: not plugin.session.syncing)
    panel = outbox_panel(plugin)
    choose_entry(panel)
    assert "does not know this category" in panel.text.text()
    QTest.mouseClick(panel.mend, LEFT)
    again = plugin._meeting
    assert "does not know this category" in again.rule.text()
    again.concerns.rows[1].category.setCurrentIndex(1)
    QTest.mouseClick(again.send, LEFT)
    wait_for(lambda: plugin.session.outbox.overview().counts["sent"] == 1)
    assert plugin.session.outbox.overview().counts["rejected"] == 0


def test_a_synchronisation_leaves_the_open_form_alone(
    desk: Desk, plugin: KmzbPlugin, form: MeetingDialog, server: ContractServer
) -> None:
    fill(form, desk.canvas)
    before = form.meeting()
    form.concerns.rows[1].text.setFocus()
    server.catalogue["deadlines"]["read_days"] = 4
    for fid in range(1, 30):
        server.change(fid, place="gdzie indziej")
    plugin.session.sync()
    wait_for(lambda: not plugin.session.syncing)
    assert form.meeting() == before
    assert form.isVisible()
    assert QApplication.focusWidget() in (form.concerns.rows[1].text, None)
    form.reject()


def test_a_second_form_is_not_opened_over_the_first(
    desk: Desk, plugin: KmzbPlugin, form: MeetingDialog
) -> None:
    QTest.keyClicks(form.place, "Remiza")
    form._keep()
    entry = plugin.session.outbox.entries()[0]
    plugin.edit_meeting(entry)
    assert plugin._meeting is form
    assert told(desk.bar) == []
    form.reject()
    plugin.actions["meeting"].trigger()
    plugin.edit_meeting(entry)
    assert "other meeting" in told(desk.bar)[-1]
    plugin._meeting.reject()


def test_signals_that_a_meeting_became_are_shown(desk: Desk, plugin: KmzbPlugin, form: MeetingDialog) -> None:
    fill(form, desk.canvas)
    QTest.mouseClick(form.send, LEFT)
    wait_for(lambda: plugin.session.outbox.overview().counts["sent"] == 1 and not plugin.session.syncing)
    panel, asked = outbox_panel(plugin), []
    panel.reportRequested.connect(asked.append)
    choose_entry(panel)
    QTest.mouseClick(panel.report, LEFT)
    assert asked == [ask(plugin.session, "SELECT min(fid) FROM threats WHERE organiser = 'KMP Gorzow'")[0][0]]


def test_the_point_can_be_picked_anew(desk: Desk, form: MeetingDialog) -> None:
    pick(form, desk.canvas)
    first = form.point.point
    QTest.mouseClick(form.point.button, LEFT)
    QTest.mouseClick(desk.canvas.viewport(), LEFT, pos=QPoint(20, 20))
    assert form.point.point != first
    form.reject()
