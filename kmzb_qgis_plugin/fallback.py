"""Stands in for the plugin when it cannot be loaded, and says why."""

from __future__ import annotations

import traceback
from typing import Any

from qgis.core import Qgis, QgsMessageLog

from kmzb_qgis_plugin.i18n import tr

LOG_TAG = "KMZB"


class FallbackPlugin:
    """Does nothing but report the error.

    Args:
        iface: QGIS's interface for plugins.
        error: what kept the plugin from being loaded.
    """

    def __init__(self, iface: Any, error: Exception) -> None:
        self._iface = iface
        self._error = error

    def initGui(self) -> None:
        """Tell the person; the log gets the details."""
        self.initProcessing()
        self._iface.messageBar().pushMessage(
            LOG_TAG,
            tr("The KMZB plugin could not be started: {}. The details are in the log panel “KMZB”.").format(
                self._error
            ),
            Qgis.MessageLevel.Critical,
        )

    def initProcessing(self) -> None:
        """Write the details to the log; there are no algorithms."""
        error = self._error
        details = "".join(traceback.format_exception(type(error), error, error.__traceback__))
        QgsMessageLog.logMessage(details, LOG_TAG, Qgis.MessageLevel.Critical, False)

    def unload(self) -> None:
        """Nothing was added, so there is nothing to remove."""
