"""The menu "Analysis": each entry opens the dialog of an algorithm, set to what the desk looks at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import qgis.utils
from qgis.PyQt.QtWidgets import QMenu, QWidget

from kmzb_qgis_plugin.gui.icons import theme_icon
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.i18n import tr

if TYPE_CHECKING:
    from kmzb_qgis_plugin.session import Session

_PROCESSING: Final = "processing"


class AnalysisMenu(QMenu):
    """Offers the analyses to those who do not know QGIS's toolbox.

    Args:
        session: gives the workspace, if it is there.
        messages: where it is told that QGIS cannot open a dialog.
        parent: the window.
    """

    def __init__(self, session: Callable[[], Session | None], messages: Messages, parent: QWidget) -> None:
        super().__init__(tr("Ana&lysis"), parent)
        self.messages = messages
        self._session = session
        self.setIcon(theme_icon("heatmap"))
        self.setToolTipsVisible(True)
        for code, icon, text in (
            ("hotspots", "rendererHeatmapSymbol", tr("&Hotspots…")),
            ("nearrepeat", "algorithms/mAlgorithmNearestNeighbour", tr("&Near Repeats…")),
            ("siting", "algorithms/mAlgorithmMeanCoordinates", tr("&Siting of Stations and Posts…")),
            ("comparison", "propertyicons/temporal", tr("&Compare Two Periods…")),
        ):
            action = self.addAction(theme_icon(icon), text, partial(self._open, code))
            action.setObjectName(f"Kmzb_{code}")
        self.enable()

    def enable(self) -> None:
        """Offer the analyses while there are data, and say what to do while there are none."""
        session = self._session()
        ready = session is not None and session.replica is not None
        for action in self.actions():
            action.setEnabled(ready)
            action.setToolTip(
                tr("For the threats that the filter panel keeps now")
                if ready
                else tr("No data are open yet: choose a connection under Connections… first.")
            )

    @reported
    def _tell_answer(self, done: bool, results: dict[str, Any]) -> None:
        """Say what was found where the map is looked at: the dialog's log has it among much else."""
        if done:
            from kmzb_qgis_plugin.processing.hotspots import ANSWER

            self.messages.success(results[ANSWER])

    @reported
    def _open(self, code: str) -> None:
        """Open an algorithm's dialog beside the map, as the toolbox does."""
        if _PROCESSING not in qgis.utils.plugins:
            self.messages.warning(
                tr(
                    "This needs QGIS's own plugin Processing, which is switched off. Check it under "
                    "Plugins ▸ Manage and Install Plugins… ▸ Installed, then try again."
                )
            )
            return
        session = self._session()
        if session is None or session.connection is None:
            return
        from processing import createAlgorithmDialog

        from kmzb_qgis_plugin.processing.algorithm import CONNECTION, connections_by_name
        from kmzb_qgis_plugin.processing.filter_parameters import FILTER

        names = {one.id: name for name, one in connections_by_name().items()}
        given = {CONNECTION: names[session.connection.id], FILTER: session.filter.to_text()}
        dialog: Any = createAlgorithmDialog(f"kmzb:{code}", given)
        dialog.algorithmFinished.connect(self._tell_answer)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
