"""Signs beside the group of layers in QGIS's layer tree: the filter, the data's age, what waits."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Final

from qgis.core import QgsLayerTreeNode
from qgis.gui import QgsLayerTreeView, QgsLayerTreeViewIndicator
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from kmzb_qgis_plugin.domain.period import parse_instant, warsaw_today
from kmzb_qgis_plugin.domain.sentence import describe
from kmzb_qgis_plugin.gui.icons import theme_icon
from kmzb_qgis_plugin.gui.words import age_text, moment_text, unsent_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.session import Session

FILTER, AGE, WAITING = "filter", "age", "waiting"
OLD_HOURS: Final = 24
"""From this age on the data are marked as old."""
_REFRESH_MS: Final = 60_000
_ICONS: Final = {FILTER: "mActionFilter2", WAITING: "mActionSharingExport"}
_AGE_ICON, _OLD_ICON = "mIndicatorTemporal", "mIconWarning"


class TreeIndicators(QObject):
    """Keeps the signs in step with a session.

    Args:
        session: the open workspace.
        view: QGIS's layer tree.
    """

    chosen = pyqtSignal(str)
    """A person clicked one of the signs."""

    def __init__(self, session: Session, view: QgsLayerTreeView) -> None:
        super().__init__(session)
        self._session = session
        self._view = view
        self._group: QgsLayerTreeNode | None = None
        self.shown: dict[str, QgsLayerTreeViewIndicator] = {}
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        for signal in (
            session.filterChanged,
            session.syncStateChanged,
            session.outboxChanged,
            session.replicaOpened,
            session.layersChanged,
            session.placesChanged,
            session.connectionChanged,
        ):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what holds now; the timer and every change of the session call it."""
        group = self._session.layers.find_group()
        if group is not self._group:
            self.shown = {}  # the signs went with the group that they stood at
            self._group = group
        if group is None:
            return
        texts = self._texts()
        for kind in self.shown.keys() - texts.keys():
            self._view.removeIndicator(group, self.shown.pop(kind))
        for kind, text in texts.items():
            indicator = self.shown.get(kind) or self._added(kind, group)
            indicator.setToolTip(text)
            if kind == AGE:
                indicator.setIcon(theme_icon(_OLD_ICON if self._is_old() else _AGE_ICON))
        # QGIS repaints the frame around its tree for a sign that comes or goes, and not what is in it.
        self._view.viewport().update()

    def close(self) -> None:
        """Take the signs away."""
        self._timer.stop()
        group = self._session.layers.find_group()
        if group is not None and group is self._group:
            for indicator in self.shown.values():
                self._view.removeIndicator(group, indicator)
        self.shown = {}

    def _added(self, kind: str, group: QgsLayerTreeNode) -> QgsLayerTreeViewIndicator:
        indicator = QgsLayerTreeViewIndicator(self)
        if kind in _ICONS:
            indicator.setIcon(theme_icon(_ICONS[kind]))
        indicator.clicked.connect(lambda: self.chosen.emit(kind))
        self._view.addIndicator(group, indicator)
        self.shown[kind] = indicator
        return indicator

    def _texts(self) -> dict[str, str]:
        """What there is to say, by kind."""
        session, texts = self._session, {}
        if session.catalogue is not None and not session.filter.is_all:
            sentence = describe(
                session.filter,
                session.catalogue,
                warsaw_today(),
                session.language,
                tr,
                session.places,
                session.places,
            )
            texts[FILTER] = tr("Filtered: {}").format(sentence)
        if session.last_sync is not None:
            age = age_text(session.last_sync, datetime.now(timezone.utc))
            texts[AGE] = tr("Data as of {} ({})").format(moment_text(session.last_sync), age)
        unsent = session.overview.unsent
        if unsent:
            texts[WAITING] = tr("Waiting to be sent: {}").format(unsent_text(unsent))
        return texts

    def _is_old(self) -> bool:
        synced = self._session.last_sync
        if synced is None:
            return True
        return (datetime.now(timezone.utc) - parse_instant(synced)).total_seconds() > OLD_HOURS * 3600
