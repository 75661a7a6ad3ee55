"""QGIS's locator bar: "kmzb" and a number, a place or a category finds threats."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

from qgis.core import (
    Qgis,
    QgsFeedback,
    QgsLocatorContext,
    QgsLocatorFilter,
    QgsLocatorResult,
    QgsMessageLog,
)
from qgis.PyQt.QtCore import pyqtSignal

from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.folding import folded
from kmzb_qgis_plugin.gui.icons import plugin_icon
from kmzb_qgis_plugin.gui.messages import LOG_TAG
from kmzb_qgis_plugin.i18n import tr

if TYPE_CHECKING:
    from kmzb_qgis_plugin.domain.catalogue import Catalogue
    from kmzb_qgis_plugin.replica.queries import ThreatRow
    from kmzb_qgis_plugin.replica.replica import Replica
    from kmzb_qgis_plugin.session import Session

PREFIX = "kmzb"
LEAST_LETTERS = 2
LIMIT = 30
CHECKED_STEPS = 20_000
"""Steps of SQLite's machine between two looks at whether the search is still wanted."""


class ThreatLocator(QgsLocatorFilter):
    """Searches the replica in the locator's thread, with a connection of its own.

    Args:
        session: gives the workspace, None where there is none yet; called in the main thread.
    """

    chosen = pyqtSignal(int)
    """The id of the threat that a person picked."""

    def __init__(self, session: Callable[[], Session | None]) -> None:
        super().__init__()
        self._session = session
        self._searched: tuple[Replica, Catalogue, str] | None = None
        self._icon = plugin_icon()
        self.setUseWithoutPrefix(False)

    def name(self) -> str:
        return "kmzb_threats"

    def displayName(self) -> str:
        return tr("KMZB threats")

    def prefix(self) -> str:
        return PREFIX

    def clone(self) -> ThreatLocator:
        """A copy for one search."""
        return ThreatLocator(self._session)

    def prepare(self, _text: str, _context: QgsLocatorContext) -> list[str]:
        """Take what the search needs while still in the main thread."""
        session = self._session()
        self._searched = None
        if session is not None and session.replica is not None and session.catalogue is not None:
            self._searched = (session.replica, session.catalogue, session.language)
        return []

    def fetchResults(self, text: str, _context: QgsLocatorContext, feedback: QgsFeedback) -> None:
        """Search in the locator's thread. A workspace that is closed meanwhile has no results."""
        if self._searched is None or len(text.strip()) < LEAST_LETTERS:
            return
        try:
            rows = self._search(text, *self._searched, feedback)
        except (KmzbError, sqlite3.Error) as error:
            if not feedback.isCanceled():
                QgsMessageLog.logMessage(f"locator: {error!r}", LOG_TAG, Qgis.MessageLevel.Warning, False)
            return
        for row in rows:
            self.resultFetched.emit(self._result(row, *self._searched[1:]))

    def triggerResult(self, result: QgsLocatorResult) -> None:
        """Tell which threat was picked."""
        # Reading the property of that name breaks QGIS 3.22; later versions have nothing but the property.
        read = getattr(result, "getUserData", None)
        self.chosen.emit(int(read() if read is not None else result.userData))

    def _search(
        self, text: str, replica: Replica, catalogue: Catalogue, language: str, feedback: QgsFeedback
    ) -> list[ThreatRow]:
        from kmzb_qgis_plugin.replica import queries

        typed = folded(text.strip())
        categories = [one.code for one in catalogue.categories if typed in folded(one.name(language))]
        with closing(replica.reader()) as connection:
            connection.set_progress_handler(lambda: int(feedback.isCanceled()), CHECKED_STEPS)
            return queries.search(connection, text, categories, LIMIT)

    def _result(self, row: ThreatRow, catalogue: Catalogue, language: str) -> QgsLocatorResult:
        category, status = catalogue.category(row.category), catalogue.status(row.status)
        name = category.name(language) if category else row.category
        result = QgsLocatorResult(self, f"{row.ref} · {name}", row.fid)
        result.description = " · ".join(
            part for part in (status.name(language) if status else "", row.place or "") if part
        )
        result.icon = self._icon
        return result
