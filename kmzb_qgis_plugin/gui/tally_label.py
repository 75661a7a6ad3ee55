"""One's own decisions of the day, in a line."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel, QWidget

from kmzb_qgis_plugin.domain.period import day_bounds_utc, warsaw_today
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica.tally import tally
from kmzb_qgis_plugin.session import Session

TALLY = "tally"


class TallyLabel(QLabel):
    """Says how many decisions one has made since midnight in Poland, and of which kind."""

    def __init__(self, session: Session, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.messages = messages
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    @reported
    def refresh(self) -> None:
        """Count anew."""
        session, outbox, identity = self.session, self.session.outbox, self.session.identity
        if outbox is None or identity is None:
            self.clear()
            return
        today = warsaw_today()
        since = day_bounds_utc(today, today)[0] or ""

        def count(connection: sqlite3.Connection) -> Mapping[str, int]:
            return tally(connection, outbox.entries(since), identity.name, since)

        session.ask(TALLY, count, self._show)

    @reported
    def _show(self, counts: Mapping[str, int]) -> None:
        catalogue, language = self.session.catalogue, self.session.language
        if catalogue is None:
            return
        if not counts:
            self.setText(tr("Today you have made no decisions yet."))
            return
        names = {status.code: status.name(language) for status in catalogue.statuses}
        order = [code for code in names if code in counts] + sorted(counts.keys() - names.keys())
        kinds = ", ".join(f"{names.get(code, code)} {counts[code]}" for code in order)
        made = tr("Today you have made %n decision(s)", None, sum(counts.values()))
        self.setText(f"{made}: {kinds}")
