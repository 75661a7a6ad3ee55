"""What a person does in the verification dock, with mouse and keys."""

from __future__ import annotations

from desk import ask, wait_for
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QPushButton

from kmzb_qgis_plugin.gui.outbox_model import DECISION
from kmzb_qgis_plugin.gui.outbox_panel import OutboxPanel
from kmzb_qgis_plugin.gui.queue_model import CATEGORY
from kmzb_qgis_plugin.gui.verification_dock import VerificationDock
from kmzb_qgis_plugin.replica.outbox import Entry
from kmzb_qgis_plugin.session import ENTRIES

LEFT = Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


def click_row(dock: VerificationDock, fid: int, held: Qt.KeyboardModifier = NO_KEY) -> None:
    """Click a report's row in the queue."""
    index = dock.queue.model.index_of(fid, CATEGORY)
    assert index.isValid(), f"{fid} is not in the queue"
    dock.queue.tree.scrollTo(index)
    place = dock.queue.tree.visualRect(index).center()
    QTest.mouseClick(dock.queue.tree.viewport(), LEFT, held, place)


def choose(dock: VerificationDock, fid: int) -> None:
    """Click a report's row and wait for its facts."""
    click_row(dock, fid)
    wait_for(lambda: dock.threat.threat is not None and dock.threat.threat.fid == fid, "its facts")


def some(dock: VerificationDock, status: str, number: int = 0) -> int:
    return ask(dock.session, "SELECT fid FROM threats WHERE status = ? ORDER BY fid", status)[number][0]


def steps(dock: VerificationDock) -> list[str]:
    return [button.text() for button in dock.threat.form.steps.buttons()]


def press(dock: VerificationDock, text: str) -> None:
    button: QPushButton = next(one for one in dock.threat.form.steps.buttons() if one.text() == text)
    QTest.mouseClick(button, LEFT)


def send(dock: VerificationDock) -> None:
    QTest.mouseClick(dock.threat.form.send, LEFT)


def choose_entry(panel: OutboxPanel, row: int = 0) -> None:
    """Click an entry of the outbox once it is listed."""
    listed(panel, row + 1)
    index = panel.model.index(row, DECISION)
    panel.list.scrollTo(index)
    QTest.mouseClick(panel.list.viewport(), LEFT, NO_KEY, panel.list.visualRect(index).center())


def listed(panel: OutboxPanel, number: int) -> None:
    """Wait until the outbox that is open lists so many entries at least, as they are now."""
    reading = panel.session._writer.busy
    wait_for(lambda: not reading(ENTRIES) and panel.model.rowCount() >= number, "the outbox")


def entries(dock: VerificationDock) -> list[Entry]:
    return dock.session.outbox.entries()
