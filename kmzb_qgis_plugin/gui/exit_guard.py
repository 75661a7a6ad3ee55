"""Before QGIS ends: offers to send what waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qgis.gui import QgsApplicationExitBlockerInterface
from qgis.PyQt.QtWidgets import QMessageBox, QWidget

from kmzb_qgis_plugin.gui.messages import Messages
from kmzb_qgis_plugin.gui.words import unsent_text
from kmzb_qgis_plugin.i18n import tr

if TYPE_CHECKING:
    from kmzb_qgis_plugin.session import Session


class ExitGuard(QgsApplicationExitBlockerInterface):
    """Asked by QGIS whether it may end; asks the person only where something waits.

    Args:
        session: gives the workspace, None where there is none yet.
        messages: told what goes wrong, which never keeps QGIS from ending.
        window: QGIS's.
    """

    def __init__(self, session: Callable[[], Session | None], messages: Messages, window: QWidget) -> None:
        super().__init__()
        self._session = session
        self._messages = messages
        self._window = window

    def allowExit(self) -> bool:
        """Whether QGIS may end now."""
        try:
            session = self._session()
            unsent = session.unsent_counts() if session is not None else {}
            return session is None or not unsent or self._leave(session, unsent_text(unsent))
        except Exception as error:  # noqa: BLE001 - QGIS must be able to end, whatever it is
            self._messages.problem(error)
            return True

    def _leave(self, session: Session, unsent: str) -> bool:
        """Ask; sending goes on in the background, with QGIS open."""
        box = QMessageBox(self._window)
        try:
            box.setIcon(QMessageBox.Icon.Warning)
            box.setWindowTitle(tr("Not Sent Yet"))
            box.setText(tr("Waiting to be sent: {}.").format(unsent))
            box.setInformativeText(
                tr("What waits is kept on this computer and sent the next time that QGIS runs.")
            )
            send = box.addButton(tr("&Send Now"), QMessageBox.ButtonRole.AcceptRole)
            send.setToolTip(tr("Stay in QGIS while it is sent"))
            leave = box.addButton(tr("&Leave"), QMessageBox.ButtonRole.DestructiveRole)
            box.addButton(QMessageBox.StandardButton.Cancel)
            box.setDefaultButton(send)
            box.exec()
            if box.clickedButton() is send:
                session.sync()
            return box.clickedButton() is leave
        finally:
            box.deleteLater()
