"""The outbox at 360 pixels: what was decided can be read in the list."""

from __future__ import annotations

from desk import wait_for
from looks import WIDTH
from qgis.PyQt.QtCore import QRect, Qt
from verification_hands import some

from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.gui.outbox_model import DECISION
from kmzb_qgis_plugin.gui.verification_dock import VerificationDock

POINTS = 9
"""The font of QGIS on Windows."""
BESIDE_THE_TEXT = 16 + 12
"""Pixels: the status' sign and the margins."""
WIDE = 900


def test_every_decision_can_be_read_whole(language: str, verification: VerificationDock) -> None:
    dock = verification
    statuses = [status.code for status in dock.session.catalogue.statuses]
    for number, status in enumerate(statuses):
        fid = some(dock, "new", number)
        dock.session.outbox.add(Decision.new(fid, 1, status), f"Z-{fid:07}", {})
    view = dock.outbox.list
    font = view.font()
    font.setPointSize(POINTS)
    view.setFont(font)
    dock.resize(WIDTH, 900)
    dock.show_outbox()
    model = view.model()
    wait_for(lambda: model.rowCount() == len(statuses), "they are listed")
    rows = [model.index(row, DECISION) for row in range(model.rowCount())]
    view.doItemsLayout()
    for index in rows:
        cell = view.visualRect(index)
        room = QRect(0, 0, cell.width() - BESIDE_THE_TEXT, WIDE)
        needed = view.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), index.data())
        assert needed.height() <= cell.height(), index.data()
        assert needed.width() <= room.width(), index.data()
    assert len({view.visualRect(index).height() for index in rows}) > 1  # only as high as they need to be
    dock.resize(WIDE, 900)
    view.doItemsLayout()
    assert view.visualRect(rows[0]).height() < 2 * view.fontMetrics().height()
