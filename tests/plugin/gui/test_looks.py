"""Every dock and form at 360 pixels, every dialog as it opens, in Polish on a dark ground: can it be read?"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from desk import ask, wait_for
from looks import WIDTH, clashing, contrast, cut, nameless, unreadable
from qgis.core import QgsApplication
from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import QEvent, QPoint, QRect, QSize
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialog, QDockWidget, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget
from verification_hands import LEFT, choose_entry, some

from kmzb_qgis_plugin.client.service_client import Outcome
from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.domain.meeting import Concern, Meeting
from kmzb_qgis_plugin.gui.about_dialog import AboutDialog
from kmzb_qgis_plugin.gui.choropleth_dialog import ChoroplethDialog
from kmzb_qgis_plugin.gui.connection_editor import ConnectionEditor
from kmzb_qgis_plugin.gui.connections_dialog import ConnectionsDialog
from kmzb_qgis_plugin.gui.filter_dock import FilterDock
from kmzb_qgis_plugin.gui.filter_parts import SearchedTreePart
from kmzb_qgis_plugin.gui.icons import category_icon
from kmzb_qgis_plugin.gui.meeting_dialog import MeetingDialog
from kmzb_qgis_plugin.gui.options_page import OptionsPage
from kmzb_qgis_plugin.gui.report_dialog import ReportDialog
from kmzb_qgis_plugin.gui.statistics_dock import StatisticsDock
from kmzb_qgis_plugin.gui.together_dialog import TogetherDialog
from kmzb_qgis_plugin.gui.verification_dock import VerificationDock
from kmzb_qgis_plugin.gui.week_grid import Cell, WeekGrid
from kmzb_qgis_plugin.session import Session
from kmzb_qgis_plugin.settings import Connection

Scene = Callable[[pytest.FixtureRequest], QWidget]
FULL = os.environ.get("KMZB_TEST_SIZE") == "full"
# Polish has the longer words, and the dark ground shows what was painted for a light one.
LOOKS = [("pl", "dark"), ("en", "light"), ("pl", "light"), ("en", "dark")][: 4 if FULL else 1]


def whole_filter(request: pytest.FixtureRequest) -> QWidget:
    """The filter dock with all its parts open."""
    session = open_session(request)
    dock = FilterDock(session, request.getfixturevalue("messages"))
    dock.show()
    for box in dock.findChildren(QgsCollapsibleGroupBox):
        box.setCollapsed(False)
    dock.resize(WIDTH, 3200)
    wait_for(lambda: session.filter is not None and not session._background.busy("counts"))
    wait_for(lambda: "600" in dock.shown.text(), "first counts")
    return dock


def vain_search(request: pytest.FixtureRequest) -> QWidget:
    """The filter dock where nothing has the name that is searched."""
    dock = whole_filter(request)
    for part in dock.findChildren(SearchedTreePart):
        wait_for(lambda part=part: part.filled, "its boxes are there")
        part.search.setText("Konstantynopolitańczykowianeczka w Strzelcach Krajeńskich")
        assert part.nothing.isVisible()
    return dock


def outbox(request: pytest.FixtureRequest) -> QWidget:
    """The outbox with entries of every state, one in conflict chosen."""
    session = open_session(request)
    canvas = request.getfixturevalue("desk").canvas
    dock = VerificationDock(session, request.getfixturevalue("messages"), canvas)
    dock.resize(WIDTH, 900)
    dock.show()
    box = session.outbox
    fids = [some(dock, "new", number) for number in range(4)]
    decisions = [Decision.new(fid, 1, "mistake", reason="joke", note="dwa razy to samo") for fid in fids]
    for decision in decisions[:3]:
        box.add(decision, f"Z-{decision.threat_id:07}", {"status": "new", "note": ""})
    box.begin_sending(3)
    threat = {"properties": {"status": "verification", "updated_at": "2026-05-01T08:00:00.000Z"}}
    theirs = {
        "to_status": "verification",
        "actor": "mł. asp. Bogumiła Kowalska-Zielińska",
        "actor_role": "coordinator",
        "decided_at": "2026-05-01T08:00:00.000Z",
        "note": "Patrol pojechał na miejsce o szesnastej.",
    }
    box.settle(
        [
            Outcome(decisions[0].uuid, "conflict", threat=threat, decision=theirs),
            Outcome(decisions[1].uuid, "rejected", rule="transition_not_allowed"),
            Outcome(decisions[2].uuid, "accepted"),
        ]
    )
    box.add(decisions[3], "Z-0000004", {})
    box.keep_draft(a_meeting())
    session.read_outbox()
    dock.show_outbox()
    choose_entry(dock.outbox)
    assert dock.outbox.model.rowCount() == 5
    return dock


def a_meeting() -> Meeting:
    return Meeting.new(
        place="Dom Kultury, ul. Pomorska 73",
        organiser="KMP Gorzów Wielkopolski",
        concerns=(Concern("signal_youth", "pod sklepem"),),
    )


def meeting(request: pytest.FixtureRequest) -> QWidget:
    """The form for meetings, sent with nothing in it."""
    session = open_session(request)
    form = MeetingDialog(session, request.getfixturevalue("desk").canvas)
    form.show()
    form.resize(WIDTH, 800)
    QTest.mouseClick(form.send, LEFT)
    return form


def together(request: pytest.FixtureRequest) -> QWidget:
    """One decision about several reports, some of which cannot take it."""
    session = open_session(request)
    sql = "SELECT min(fid) FROM threats WHERE source = 'citizen' GROUP BY status"
    fids = [row[0] for row in ask(session, sql)]
    dialog = TogetherDialog(session, request.getfixturevalue("messages"), fids)
    dialog.show()
    wait_for(lambda: dialog.threats, "the reports are there")
    dialog.step.setCurrentIndex(0)
    return dialog


def statistics(request: pytest.FixtureRequest) -> QWidget:
    """The statistics dock with its first figures."""
    source, coloured = request.getfixturevalue("source"), request.getfixturevalue("coloured")
    session = request.getfixturevalue("session")
    speak_its_language(session, request)
    canvas = request.getfixturevalue("desk").canvas
    dock = StatisticsDock(session, source, coloured, request.getfixturevalue("messages"), canvas)
    dock.show()
    dock.resize(WIDTH, 800)
    wait_for(lambda: dock.statistics is not None and dock.chart is not None, "the first figures")
    return dock


def connection_editor(request: pytest.FixtureRequest) -> QWidget:
    """A new connection, as it is tested."""
    request.getfixturevalue("clean_settings")
    editor = ConnectionEditor(Connection.new("Lubuskie", "http://127.0.0.1:9"))
    editor.show()
    QTest.mouseClick(editor.test_button, LEFT)
    wait_for(lambda: editor.result.text() and editor.test_button.isEnabled(), "the test ends")
    return editor


def connections(request: pytest.FixtureRequest) -> QWidget:
    request.getfixturevalue("make_connection")()
    dialog = ConnectionsDialog()
    dialog.show()
    return dialog


def options(request: pytest.FixtureRequest) -> QWidget:
    session = open_session(request)
    page = OptionsPage(session, request.getfixturevalue("messages"))
    page.show()
    return page


def colouring(request: pytest.FixtureRequest) -> QWidget:
    coloured = request.getfixturevalue("coloured")
    dialog = ChoroplethDialog(coloured, request.getfixturevalue("messages"))
    dialog.show()
    return dialog


def report(request: pytest.FixtureRequest) -> QWidget:
    source, session = request.getfixturevalue("source"), request.getfixturevalue("session")
    dialog = ReportDialog(session, source, request.getfixturevalue("messages"))
    dialog.show()
    return dialog


def about(request: pytest.FixtureRequest) -> QWidget:
    dialog = AboutDialog("0.1.0")
    dialog.show()
    return dialog


def open_session(request: pytest.FixtureRequest) -> Session:
    session = request.getfixturevalue("opened")()
    speak_its_language(session, request)
    return session


def speak_its_language(session: Session, request: pytest.FixtureRequest) -> None:
    session.language = request.getfixturevalue("language")
    session.catalogueChanged.emit()


BESIDE_THE_MAP = (QDockWidget, MeetingDialog)
LAYOUT_MILLISECONDS = 100
"""Until the texts that came last have their room."""
SCENES: list[Scene] = [
    whole_filter, vain_search, outbox, meeting, together, statistics,
    connection_editor, connections, options, colouring, report, about,
]  # fmt: skip


@pytest.fixture
def window(language: str, theme: str, request: pytest.FixtureRequest) -> Iterator[QWidget]:
    """A window as a person has it before them."""
    made = request.param(request)
    yield made
    made.close()
    made.deleteLater()
    # It must be gone before what it shows goes, and before the ground changes under it.
    QgsApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize(("language", "theme"), LOOKS, indirect=True)
@pytest.mark.parametrize("window", SCENES, indirect=True, ids=lambda scene: scene.__name__)
def test_all_of_it_can_be_read_and_reached(window: QWidget) -> None:
    QTest.qWait(LAYOUT_MILLISECONDS)
    faults = {
        "cut": cut(window),
        "unreadable": unreadable(window),
        "nameless": nameless(window),
        "two places for a letter": clashing(window),
    }
    assert {name: found for name, found in faults.items() if found} == {}
    if isinstance(window, BESIDE_THE_MAP):
        assert window.minimumSizeHint().width() <= WIDTH


@pytest.mark.parametrize("theme", ["dark", "light"], indirect=True)
def test_what_is_painted_stands_out_from_its_ground(theme: str) -> None:
    """A dark theme of QGIS is a style sheet: the palette that painting begins with is no part of it."""
    page = QDialog()
    tree, grid = QTreeWidget(), WeekGrid("hours")
    QTreeWidgetItem(tree, [""]).setIcon(0, category_icon("speeding"))
    column = QVBoxLayout(page)
    column.addWidget(tree)
    column.addWidget(grid)
    page.resize(WIDTH, 300)
    page.show()
    QTest.qWait(LAYOUT_MILLISECONDS)
    seen = page.grab().toImage()
    names = grid.cell_rect(Cell(1, 0))
    row = QRect(grid.mapTo(page, QPoint(0, names.top())), QSize(names.left() - 2, names.height()))
    place = tree.visualItemRect(tree.topLevelItem(0))
    icon = QRect(tree.viewport().mapTo(page, place.topLeft()), QSize(60, place.height()))
    for part in (row, icon):
        assert contrast(seen.copy(part)) > 3
    page.close()
