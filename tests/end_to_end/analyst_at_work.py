"""An analyst's window and hands."""

from __future__ import annotations

import shutil
import uuid

from desk import Desk, wait_for
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.gui.filter_dock import FilterDock
from kmzb_qgis_plugin.gui.messages import Messages
from kmzb_qgis_plugin.gui.verification_dock import VerificationDock
from kmzb_qgis_plugin.session import Session

LEFT = Qt.MouseButton.LeftButton


class Analyst:
    """A person with a window, a workspace, both docks, and hands."""

    def __init__(self, url: str, authcfg: str, project: QgsProject) -> None:
        self.desk = Desk()
        self.messages = Messages(self.desk.bar)
        self.session = Session(project)
        self.session.language = "en"
        self.session.problemRaised.connect(self.messages.problem)
        self.session.problemSolved.connect(self.messages.solved)
        self.filter = FilterDock(self.session, self.messages, self.desk.window)
        self.verification = VerificationDock(self.session, self.messages, self.desk.canvas, self.desk.window)
        self.desk.window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.filter)
        self.desk.window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.verification)
        self.desk.window.show()
        self.connection = settings.Connection(uuid.uuid4().hex[:12], "Lubuskie", url, authcfg)
        settings.save_connection(self.connection)

    def connect(self) -> None:
        self.session.open(self.connection)
        # The first snapshot of a scope is made when it is first asked for; the desk asks again.
        wait_for(lambda: self.session.replica is not None and not self.session.syncing, "the first load")

    def connect_in_vain(self) -> None:
        self.session.open(self.connection)
        wait_for(lambda: self.session.last_error is not None and not self.session.syncing, "the load fails")

    def synchronise(self) -> None:
        self.session.sync()
        self.wait_until_synchronised()

    def wait_until_synchronised(self) -> None:
        wait_for(lambda: not self.session.syncing, "the synchronisation ends")

    def show(self, fid: int) -> None:
        """Bring a report into the verification dock."""
        self.verification.show_threat(fid)
        wait_for(lambda: self.verification.threat.threat and self.verification.threat.threat.fid == fid)

    def decide(self, step: str, note: str = "") -> None:
        """Click a step of the workflow, write a note, and send."""
        form = self.verification.threat.form
        wait_for(lambda: step in [button.text() for button in form.steps.buttons()], f"“{step}” is offered")
        QTest.mouseClick(next(one for one in form.steps.buttons() if one.text() == step), LEFT)
        QTest.keyClicks(form.fields.note, note)
        QTest.mouseClick(form.send, LEFT)

    def counts(self) -> dict[str, int]:
        """Entries of the outbox by state."""
        return {state: number for state, number in self.session.outbox.overview().counts.items() if number}

    def leave(self) -> None:
        self.session.shut_down()
        wait_for(lambda: QgsApplication.taskManager().countActiveTasks() == 0, "tasks end")
        self.session.layers.remove()
        self.desk.window.close()
        self.desk.window.deleteLater()
        settings.delete_connection(self.connection.id)
        shutil.rmtree(settings.workspace_folder(self.connection), ignore_errors=True)
