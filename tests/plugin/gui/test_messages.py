"""Errors become messages: one for the person, one for the log."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk import Desk, told, wait_for
from qgis.core import Qgis, QgsApplication
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from kmzb_qgis_plugin.client.errors import TokenExpired
from kmzb_qgis_plugin.gui.messages import Messages, reported


class Talker(QObject):
    """An object with slots that fail, on a signal with an argument."""

    spoke = pyqtSignal(bool)

    def __init__(self, messages: Messages) -> None:
        super().__init__()
        self.messages = messages
        self.heard: list[object] = []

    @reported
    def expired(self) -> None:
        raise TokenExpired("GET /me answered 401")

    @reported
    def broken(self) -> None:
        raise KeyError("no such thing")

    @reported
    def listening(self, word: bool) -> None:
        self.heard.append(word)


@pytest.fixture
def log(qgis_app: QgsApplication) -> Iterator[list[str]]:
    """What goes to the log panel of the plugin."""
    lines: list[str] = []

    def note(text: str, tag: str, _level: int) -> None:
        if tag == "KMZB":
            lines.append(text)

    received = QgsApplication.messageLog().messageReceived[str, str, Qgis.MessageLevel]
    received.connect(note)
    yield lines
    received.disconnect(note)


@pytest.fixture
def talker(desk: Desk) -> Talker:
    return Talker(Messages(desk.bar))


def test_a_known_error_tells_the_person_what_to_do(talker: Talker, desk: Desk, log: list[str]) -> None:
    talker.spoke.connect(talker.expired)
    talker.spoke.emit(True)
    assert "Your token has expired" in told(desk.bar)[-1]
    assert log == ["GET /me answered 401"]


def test_an_unknown_error_is_no_traceback_for_the_person(talker: Talker, desk: Desk, log: list[str]) -> None:
    talker.spoke.connect(talker.broken)
    talker.spoke.emit(True)
    assert told(desk.bar)[-1] == "Something unexpected went wrong. The details are in the log panel “KMZB”."
    assert "no such thing" in log[0]
    assert "Traceback" in log[0]


def test_a_guarded_slot_gets_the_arguments_that_it_takes(talker: Talker) -> None:
    talker.spoke.connect(talker.listening)
    talker.spoke.emit(True)
    assert talker.heard == [True]


def test_what_is_over_is_taken_back_and_nothing_else(desk: Desk) -> None:
    messages = Messages(desk.bar)
    desk.bar.pushMessage("QGIS", "something of QGIS's own")
    over, stays, closed = TokenExpired("1"), TokenExpired("2"), TokenExpired("3")
    for error in (over, stays, closed):
        messages.problem(error)
    desk.bar.popWidget()  # the person closes the newest
    QgsApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
    messages.solved(over)
    messages.solved(closed)
    assert len(told(desk.bar)) == 2
    assert told(desk.bar)[0] == "something of QGIS's own"
    messages.solved(stays)
    messages.solved(stays)
    assert told(desk.bar) == ["something of QGIS's own"]


@pytest.mark.parametrize("width", [400, 800])
def test_a_long_message_can_be_read_whole(qgis_app: QgsApplication, width: int) -> None:
    window, bar = QWidget(), QgsMessageBar()
    column = QVBoxLayout(window)
    column.addWidget(bar)
    column.addStretch()
    window.resize(600, 400)
    window.show()
    Messages(bar).warning("The service cannot be reached. " * 9)
    window.resize(width, 400)
    browser = bar.currentItem().findChild(QTextBrowser)
    lines = browser.fontMetrics().lineSpacing()
    wait_for(lambda: browser.verticalScrollBar().maximum() == 0 and browser.height() > 2 * lines, "all lines")
    wait_for(lambda: bar.height() >= browser.height(), "the bar has room")
    assert browser.height() < browser.document().size().height() + lines
