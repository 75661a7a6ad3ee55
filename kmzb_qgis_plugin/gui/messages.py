"""The one place where errors become messages: the bar for the person, the log for who helps."""

from __future__ import annotations

import traceback
from functools import partial
from math import ceil
from typing import Any

from qgis.core import Qgis, QgsMessageLog
from qgis.gui import QgsMessageBar, QgsMessageBarItem
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QSizeF
from qgis.PyQt.QtWidgets import QTextBrowser

from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.slots import guarded

LOG_TAG = "KMZB"


class Messages:
    """Reports to QGIS's message bar and to the log panel "KMZB"."""

    def __init__(self, bar: QgsMessageBar) -> None:
        self._bar = bar
        self._problems: list[tuple[Exception, QgsMessageBarItem]] = []
        """What was told and may still stand in the bar."""

    def problem(self, error: Exception) -> None:
        """Tell the person what went wrong and write the details to the log."""
        if isinstance(error, KmzbError):
            QgsMessageLog.logMessage(error.log_message, LOG_TAG, Qgis.MessageLevel.Warning, False)
            item = self._push(error.user_message(tr), Qgis.MessageLevel.Warning)
            self._problems = [known for known in self._problems if not sip.isdeleted(known[1])]
            self._problems.append((error, item))
        else:
            details = "".join(traceback.format_exception(type(error), error, error.__traceback__))
            QgsMessageLog.logMessage(details, LOG_TAG, Qgis.MessageLevel.Critical, False)
            self._push(unexpected_text(), Qgis.MessageLevel.Critical)

    def solved(self, error: Exception) -> None:
        """Take back what was told of an error; the person may have closed it meanwhile."""
        for known, item in self._problems:
            if known is error and not sip.isdeleted(item):
                self._bar.popWidget(item)
        self._problems = [one for one in self._problems if one[0] is not error]

    def info(self, text: str) -> None:
        self._push(text, Qgis.MessageLevel.Info)

    def warning(self, text: str) -> None:
        self._push(text, Qgis.MessageLevel.Warning)

    def success(self, text: str) -> None:
        self._push(text, Qgis.MessageLevel.Success)

    def _push(self, text: str, level: Qgis.MessageLevel) -> QgsMessageBarItem:
        item = QgsMessageBarItem(LOG_TAG, text, level, QgsMessageBar.defaultMessageTimeout(level))
        self._bar.pushItem(item)
        browser = item.findChild(QTextBrowser)
        if browser is not None:
            # QGIS shows a line and a half of a text that has more.
            fit = partial(_fit, browser, browser.minimumHeight())
            browser.document().documentLayout().documentSizeChanged.connect(fit)
            fit(browser.document().size())
        return item


def _fit(browser: QTextBrowser, least: int, size: QSizeF) -> None:
    """Make a message as high as its lines are in the width that it has."""
    browser.setFixedHeight(max(ceil(size.height()) + 2 * browser.frameWidth(), least))


def problem_text(error: Exception) -> str:
    """What to tell a person about an error."""
    return error.user_message(tr) if isinstance(error, KmzbError) else unexpected_text()


def unexpected_text() -> str:
    return tr("Something unexpected went wrong. The details are in the log panel “KMZB”.")


def _tell(holder: Any, error: Exception) -> None:
    holder.messages.problem(error)


reported = guarded(_tell)
"""Guards a slot of an object that has ``messages``: what it raises is told there."""
