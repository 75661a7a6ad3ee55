"""The one place where errors become messages: the bar for the person, the log for who helps."""

from __future__ import annotations

import traceback
from typing import Any

from qgis.core import Qgis, QgsMessageLog
from qgis.gui import QgsMessageBar

from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.slots import guarded

LOG_TAG = "KMZB"


class Messages:
    """Reports to QGIS's message bar and to the log panel "KMZB"."""

    def __init__(self, bar: QgsMessageBar) -> None:
        self._bar = bar

    def problem(self, error: Exception) -> None:
        """Tell the person what went wrong and write the details to the log."""
        if isinstance(error, KmzbError):
            QgsMessageLog.logMessage(error.log_message, LOG_TAG, Qgis.MessageLevel.Warning, False)
            self._bar.pushMessage(LOG_TAG, error.user_message(tr), Qgis.MessageLevel.Warning)
        else:
            details = "".join(traceback.format_exception(type(error), error, error.__traceback__))
            QgsMessageLog.logMessage(details, LOG_TAG, Qgis.MessageLevel.Critical, False)
            self._bar.pushMessage(LOG_TAG, unexpected_text(), Qgis.MessageLevel.Critical)

    def info(self, text: str) -> None:
        self._bar.pushMessage(LOG_TAG, text, Qgis.MessageLevel.Info)

    def warning(self, text: str) -> None:
        self._bar.pushMessage(LOG_TAG, text, Qgis.MessageLevel.Warning)

    def success(self, text: str) -> None:
        self._bar.pushMessage(LOG_TAG, text, Qgis.MessageLevel.Success)


def problem_text(error: Exception) -> str:
    """What to tell a person about an error."""
    return error.user_message(tr) if isinstance(error, KmzbError) else unexpected_text()


def unexpected_text() -> str:
    return tr("Something unexpected went wrong. The details are in the log panel “KMZB”.")


def _tell(holder: Any, error: Exception) -> None:
    holder.messages.problem(error)


reported = guarded(_tell)
"""Guards a slot of an object that has ``messages``: what it raises is told there."""
