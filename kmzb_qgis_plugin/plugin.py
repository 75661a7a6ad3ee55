"""Puts the plugin into QGIS's window and takes it out again."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsPathResolver, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, Qt, QTimer
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QDialog, QMenu

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.gui.icons import plugin_icon, theme_icon
from kmzb_qgis_plugin.gui.lazy_dock import LazyDock
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.moved import QAction
from kmzb_qgis_plugin.i18n import install_translator, interface_language, tr
from kmzb_qgis_plugin.paths import translations_dir
from kmzb_qgis_plugin.settings import Connection

if TYPE_CHECKING:
    from kmzb_qgis_plugin.analysis_menu import AnalysisMenu
    from kmzb_qgis_plugin.choropleth_map import ChoroplethMap
    from kmzb_qgis_plugin.gui.browser import BrowserConnections
    from kmzb_qgis_plugin.gui.label_scale import LabelScale
    from kmzb_qgis_plugin.gui.layer_actions import LayerMenu
    from kmzb_qgis_plugin.gui.meeting_dialog import MeetingDialog
    from kmzb_qgis_plugin.gui.time_control import TimeControl
    from kmzb_qgis_plugin.gui.tree_indicators import TreeIndicators
    from kmzb_qgis_plugin.session import Session
    from kmzb_qgis_plugin.statistics_source import StatisticsSource

NAME = "KMZB"


class KmzbPlugin:
    """The plugin as QGIS sees it.

    Every step of :meth:`initGui` notes how it is undone, and :meth:`unload`
    undoes them in reverse. Docks, dialogs and the session are imported when
    they are first needed, so that QGIS starts without waiting for them.

    Args:
        iface: QGIS's interface for plugins; None in ``qgis_process``, which has no window.
    """

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        self.actions: dict[str, QAction] = {}
        self.docks: dict[str, LazyDock] = {}
        self._session: Session | None = None
        self._indicators: TreeIndicators | None = None
        self._label_scale: LabelScale | None = None
        self._time_control: TimeControl | None = None
        self._statistics: StatisticsSource | None = None
        self._coloured: ChoroplethMap | None = None
        self._meeting: MeetingDialog | None = None
        self._browser: BrowserConnections | None = None
        self._layer_menu: LayerMenu | None = None
        self._analysis: AnalysisMenu | None = None
        self._undo: list[Callable[[], Any]] = []

    def initGui(self) -> None:
        """Add everything to QGIS's window."""
        self.initProcessing()
        for step in (
            self._add_actions,
            self._add_menu,
            self._add_toolbar,
            self._add_docks,
            self._add_expressions,
            self._add_paths,
            self._add_locator,
            self._add_exit_guard,
            self._add_options,
            self._add_browser,
            self._add_layer_actions,
            self._open_when_ready,
        ):
            step()

    def initProcessing(self) -> None:
        """Add the algorithms; of all that is here, ``qgis_process`` calls this alone."""
        from kmzb_qgis_plugin.processing.provider import KmzbProvider

        self._add_translation()
        provider = KmzbProvider()
        registry = QgsApplication.processingRegistry()
        registry.addProvider(provider)
        self._undo.append(lambda: registry.removeProvider(provider))

    @reported
    def unload(self) -> None:
        """Take everything out again; a step that fails does not keep the others from being undone."""
        while self._undo:
            self._undo_step(self._undo.pop())

    @cached_property
    def messages(self) -> Messages:
        """Where problems are told."""
        return Messages(self.iface.messageBar())

    @property
    def session(self) -> Session:
        """The workspace; made when it is first needed."""
        if self._session is None:
            from kmzb_qgis_plugin.gui.label_scale import LabelScale
            from kmzb_qgis_plugin.gui.time_control import TimeControl
            from kmzb_qgis_plugin.gui.tree_indicators import TreeIndicators
            from kmzb_qgis_plugin.layers.shapes import view_shape
            from kmzb_qgis_plugin.session import Session

            session = Session(QgsProject.instance(), self.iface.mainWindow())
            session.problemRaised.connect(self.messages.problem)
            session.problemSolved.connect(self.messages.solved)
            session.loadedAnew.connect(self._say_loaded_anew)
            session.scopeChanged.connect(self._say_scope)
            session.layersRefused.connect(self._say_refused)
            session.layersAdded.connect(self._layers_added)
            if self._layer_menu is not None:
                session.layersChanged.connect(self._layer_menu.follow)
            canvas = self.iface.mapCanvas()
            canvas.scaleChanged.connect(session.set_map_scale)
            canvas.extentsChanged.connect(session.follow_view)
            session.set_map_scale(canvas.scale())
            self._label_scale = LabelScale(self.iface, session.layers, session)
            self._time_control = TimeControl(session, canvas, self.messages)
            session.map_view = lambda: view_shape(canvas.mapSettings(), QgsProject.instance())
            for signal in (session.connectionChanged, session.replicaOpened, session.syncStateChanged):
                signal.connect(self._enable_actions)
            session.syncStateChanged.connect(self._tell_browser)
            self._session = session
            self._coloured = self._make_coloured(session)
            self._add_status(session)
            self._indicators = TreeIndicators(session, self.iface.layerTreeView())
            self._indicators.chosen.connect(self._show_dock_of)
            self._undo.append(self._close_session)
        return self._session

    @property
    def statistics(self) -> StatisticsSource:
        """Who counts statistics; made when it is first needed."""
        if self._statistics is None:
            from kmzb_qgis_plugin.statistics_source import StatisticsSource

            self._statistics = StatisticsSource(self.session)
        return self._statistics

    def _make_coloured(self, session: Session) -> ChoroplethMap:
        """Who keeps the map of coloured areas: from the beginning, for a project may have one."""
        from kmzb_qgis_plugin.choropleth_map import ChoroplethMap

        made = ChoroplethMap(session, lambda: self.statistics, QgsProject.instance())
        made.problemRaised.connect(self.messages.problem)
        return made

    def open_connection(self, connection: Connection) -> None:
        """Open a connection and the docks that go with it."""
        self._say_what_waits(connection)
        self.session.open(connection)
        for dock in self.docks.values():
            dock.restore()

    @reported
    def show_threat(self, fid: int) -> None:
        """Show a threat in the verification panel and on the map."""
        self.docks["verification"].show(True)
        dock = self.docks["verification"].dock
        if dock is not None:
            dock.show_threat(fid)

    @reported
    def show_outbox(self) -> None:
        """Show one's own decisions in the verification panel."""
        self.docks["verification"].show(True)
        dock = self.docks["verification"].dock
        if dock is not None:
            dock.show_outbox()

    @reported
    def open_last_connection(self) -> None:
        """Go on where the person stopped."""
        connection = settings.connection(settings.last_connection())
        if connection is not None:
            self.open_connection(connection)

    @reported
    def choose_connection(self) -> None:
        """Let the person choose a connection and open it."""
        from kmzb_qgis_plugin.gui.connections_dialog import ConnectionsDialog

        opened = self._session.connection if self._session is not None else None
        dialog = ConnectionsDialog(opened.id if opened else "", self.iface.mainWindow())
        try:
            accepted = dialog.exec() == QDialog.DialogCode.Accepted
            if self._browser is not None:
                self._browser.refresh()
            edited = settings.connection(opened.id) if opened is not None else None
            if accepted and dialog.chosen is not None:
                self.open_connection(dialog.chosen)
            elif edited is not None and edited != opened:
                self.open_connection(edited)
            self._leave_removed()
        finally:
            dialog.deleteLater()

    def _leave_removed(self) -> None:
        """Close the open connection where it was removed."""
        opened = self._opened()
        if opened is not None and settings.connection(opened.id) is None:
            self.session.close()

    @reported
    def synchronise(self) -> None:
        self.session.sync()

    @reported
    def print_map(self) -> None:
        """Open the dialog that prints a district map."""
        from kmzb_qgis_plugin.gui.print_dialog import PrintDialog

        dialog = PrintDialog(
            self.session, self.messages, self.iface.openLayoutDesigner, self.iface.mainWindow()
        )
        try:
            dialog.exec()
        finally:
            dialog.deleteLater()

    @reported
    def print_cards(self) -> None:
        """Open the dialog that prints verification cards, of the report in the panel or of the queue."""
        from kmzb_qgis_plugin.gui.card_dialog import CardDialog

        dock = self.docks["verification"].dock
        threat = dock.threat.threat if dock is not None else None
        dialog = CardDialog(
            self.session,
            self.messages,
            (threat.fid, threat.ref) if threat is not None else None,
            dock is not None and dock.queue.only_filtered.isChecked(),
            self.iface.mainWindow(),
        )
        try:
            dialog.exec()
        finally:
            dialog.deleteLater()

    @reported
    def enter_meeting(self) -> None:
        """Open the form for a meeting, beside the map."""
        self.edit_meeting(None)

    @reported
    def edit_meeting(self, entry: Any) -> None:
        """Open the form on a meeting of the outbox, or an empty one for None; an open form comes first."""
        from kmzb_qgis_plugin.gui.meeting_dialog import MeetingDialog

        if self._meeting is None:
            self._meeting = MeetingDialog(
                self.session, self.iface.mapCanvas(), entry, self.iface.mainWindow()
            )
            self._meeting.finished.connect(self._meeting_closed)
            self._meeting.show()
        elif entry is not None and not self._meeting.shows(entry):
            self.messages.warning(tr("Close the form of the other meeting first; its draft is kept."))
        self._meeting.raise_()
        self._meeting.activateWindow()

    def _meeting_closed(self) -> None:
        self._meeting = None

    @reported
    def write_report(self) -> None:
        """Open the dialog that writes the statistics as a document."""
        from kmzb_qgis_plugin.gui.report_dialog import ReportDialog

        dialog = ReportDialog(self.session, self.statistics, self.messages, self.iface.mainWindow())
        try:
            dialog.exec()
        finally:
            dialog.deleteLater()

    @reported
    def show_about(self) -> None:
        from kmzb_qgis_plugin.gui.about_dialog import AboutDialog

        identity = self._session.identity if self._session is not None else None
        dialog = AboutDialog(identity.service_version if identity else "", self.iface.mainWindow())
        try:
            dialog.exec()
        finally:
            dialog.deleteLater()

    def _add_translation(self) -> None:
        # English too has a translation, for its plural forms; it serves whoever has none of their own.
        translator = install_translator(
            translations_dir() / f"kmzb_{interface_language()}.qm"
        ) or install_translator(translations_dir() / "kmzb_en.qm")
        if translator is not None:
            self._undo.append(lambda: QCoreApplication.removeTranslator(translator))

    def _add_actions(self) -> None:
        window = self.iface.mainWindow()
        for key, icon, text, slot in (
            ("connections", plugin_icon(), tr("&Connections…"), self.choose_connection),
            ("sync", theme_icon("mActionRefresh"), tr("&Synchronise"), self.synchronise),
            ("filter", theme_icon("mActionFilter2"), tr("&Filter Panel"), self._toggle_filter),
            (
                "verification",
                theme_icon("algorithms/mAlgorithmCheckGeometry"),
                tr("&Verification Panel"),
                self._toggle_verification,
            ),
            (
                "statistics",
                theme_icon("histogram"),
                tr("S&tatistics Panel"),
                self._toggle_statistics,
            ),
            ("meeting", theme_icon("mActionAddBasicCircle"), tr("Enter &Meeting…"), self.enter_meeting),
            ("print", theme_icon("mActionFilePrint"), tr("&Print District Map…"), self.print_map),
            ("cards", theme_icon("mActionNewReport"), tr("Print Verification Ca&rds…"), self.print_cards),
            ("report", theme_icon("mActionSaveAsPDF"), tr("Statistics R&eport…"), self.write_report),
            ("about", theme_icon("mActionHelpAbout"), tr("&About KMZB…"), self.show_about),
        ):
            self.actions[key] = self._action(key, icon, text, slot, window)
        self.actions["filter"].setCheckable(True)
        self.actions["verification"].setCheckable(True)
        self.actions["statistics"].setCheckable(True)
        self._enable_actions()
        self._undo.append(self._remove_actions)

    @staticmethod
    def _action(key: str, icon: QIcon, text: str, slot: Callable[..., Any], window: Any) -> QAction:
        action = QAction(icon, text, window)
        action.setObjectName(f"Kmzb_{key}")
        action.triggered.connect(slot)
        return action

    def _add_menu(self) -> None:
        from kmzb_qgis_plugin.analysis_menu import AnalysisMenu

        menu = QMenu(NAME, self.iface.mainWindow())
        menu.setIcon(plugin_icon())
        menu.addActions(list(self.actions.values()))
        menu.insertSeparator(self.actions["filter"])
        menu.insertSeparator(self.actions["print"])
        menu.insertSeparator(self.actions["about"])
        self._analysis = analysis = AnalysisMenu(lambda: self._session, self.messages, menu)
        menu.insertMenu(self.actions["meeting"], analysis)
        self.iface.pluginMenu().addMenu(menu)

        def remove() -> None:
            self._analysis = None
            self.iface.pluginMenu().removeAction(menu.menuAction())
            menu.deleteLater()

        self._undo.append(remove)

    def _add_toolbar(self) -> None:
        toolbar = self.iface.addToolBar(NAME)
        toolbar.setObjectName("KmzbToolBar")
        toolbar.addActions(
            [
                self.actions[key]
                for key in ("connections", "sync", "filter", "verification", "statistics", "print")
            ]
        )

        def remove() -> None:
            self.iface.mainWindow().removeToolBar(toolbar)
            toolbar.deleteLater()

        self._undo.append(remove)

    def _add_docks(self) -> None:
        areas = Qt.DockWidgetArea
        for key, area, make, opened in (
            ("filter", areas.LeftDockWidgetArea, self._make_filter_dock, True),
            ("verification", areas.RightDockWidgetArea, self._make_verification_dock, True),
            ("statistics", areas.RightDockWidgetArea, self._make_statistics_dock, False),
        ):
            self.docks[key] = LazyDock(self.iface, self.actions[key], area, key, make, opened)
        self._undo.append(self._remove_docks)

    def _add_expressions(self) -> None:
        from kmzb_qgis_plugin.layers.expressions import ExpressionFunctions

        functions = ExpressionFunctions(
            lambda: self._session.catalogue if self._session is not None else None, interface_language()
        )
        functions.register()
        self._undo.append(functions.unregister)

    def _add_paths(self) -> None:
        from kmzb_qgis_plugin.layers.saved_paths import present_path

        key = QgsPathResolver.setPathPreprocessor(present_path)
        self._undo.append(lambda: QgsPathResolver.removePathPreprocessor(key))

    def _add_locator(self) -> None:
        from kmzb_qgis_plugin.gui.locator import ThreatLocator

        locator = ThreatLocator(lambda: self._session)
        locator.chosen.connect(self.show_threat)
        self.iface.registerLocatorFilter(locator)
        self._undo.append(lambda: self.iface.deregisterLocatorFilter(locator))

    def _add_exit_guard(self) -> None:
        from kmzb_qgis_plugin.gui.exit_guard import ExitGuard

        guard = ExitGuard(lambda: self._session, self.messages, self.iface.mainWindow())
        self.iface.registerApplicationExitBlocker(guard)
        self._undo.append(lambda: self.iface.unregisterApplicationExitBlocker(guard))

    def _add_status(self, session: Session) -> None:
        from kmzb_qgis_plugin.gui.status_counts import StatusCounts

        counts = StatusCounts(self.messages, self.iface.mainWindow())
        counts.clicked.connect(self.show_outbox)
        self.iface.statusBarIface().addPermanentWidget(counts)
        counts.follow(session)

        def remove() -> None:
            self.iface.statusBarIface().removeWidget(counts)
            counts.setParent(None)
            counts.deleteLater()

        self._undo.append(remove)

    def _add_options(self) -> None:
        from kmzb_qgis_plugin.gui.options_page import OptionsFactory, OptionsPage

        factory = OptionsFactory(lambda parent: OptionsPage(self._session, self.messages, parent))
        self.iface.registerOptionsWidgetFactory(factory)
        self._undo.append(lambda: self.iface.unregisterOptionsWidgetFactory(factory))

    def _add_browser(self) -> None:
        from kmzb_qgis_plugin.gui.browser import BrowserConnections

        self._browser = browser = BrowserConnections(
            self.iface.mainWindow(),
            self.messages,
            self._opened,
            self.open_connection,
            self.synchronise,
            self._leave_removed,
        )
        browser.register()
        self._undo.append(browser.unregister)

    def _opened(self) -> Connection | None:
        return self._session.connection if self._session is not None else None

    def _add_layer_actions(self) -> None:
        from kmzb_qgis_plugin.gui.layer_actions import IdentifyAction, LayerMenu

        identify = IdentifyAction(self.iface.mainWindow())
        identify.chosen.connect(self.show_threat)
        identify.register()
        self._undo.append(identify.unregister)
        self._layer_menu = menu = LayerMenu(self.iface, self.messages, lambda: self._session)
        menu.synchroniseRequested.connect(self.synchronise)
        menu.filterRequested.connect(self.actions["filter"].trigger)
        self._undo.append(menu.remove)

    def _open_when_ready(self) -> None:
        """Open the last connection once QGIS is up: a project that it opens would sweep the layers away."""
        if self.iface.mainWindow().isVisible():
            timer = QTimer(self.iface.mainWindow(), singleShot=True, interval=0)
            timer.timeout.connect(self.open_last_connection)
            timer.start()
            self._undo.append(timer.stop)
            self._undo.append(timer.deleteLater)
        else:
            self.iface.initializationCompleted.connect(self.open_last_connection)
            self._undo.append(
                lambda: self.iface.initializationCompleted.disconnect(self.open_last_connection)
            )

    def _make_filter_dock(self) -> Any:
        from kmzb_qgis_plugin.gui.filter_dock import FilterDock

        dock = FilterDock(self.session, self.messages, self.iface.mainWindow(), self.iface.mapCanvas())
        dock.notice.connectionsRequested.connect(self.choose_connection)
        return dock

    def _make_verification_dock(self) -> Any:
        from kmzb_qgis_plugin.gui.verification_dock import VerificationDock

        dock = VerificationDock(self.session, self.messages, self.iface.mapCanvas(), self.iface.mainWindow())
        dock.notice.connectionsRequested.connect(self.choose_connection)
        dock.outbox.meetingRequested.connect(self.edit_meeting)
        self._undo.append(dock.clear_map)
        dock.threat.cardRequested.connect(self.print_cards)
        return dock

    def _make_statistics_dock(self) -> Any:
        from kmzb_qgis_plugin.gui.statistics_dock import StatisticsDock

        window = self.iface.mainWindow()
        session, coloured = self.session, self._coloured
        if coloured is None:
            raise RuntimeError("the session comes with the map of coloured areas")
        dock = StatisticsDock(
            session, self.statistics, coloured, self.messages, self.iface.mapCanvas(), window
        )
        dock.notice.connectionsRequested.connect(self.choose_connection)
        dock.reportRequested.connect(self.write_report)
        return dock

    @reported
    def _show_dock_of(self, indicator: str) -> None:
        """Open the panel that a sign in the layer tree stands for."""
        self.docks["filter" if indicator == "filter" else "verification"].show(True)

    @reported
    def _toggle_filter(self, shown: bool) -> None:
        self.docks["filter"].show(shown)

    @reported
    def _toggle_verification(self, shown: bool) -> None:
        self.docks["verification"].show(shown)

    @reported
    def _toggle_statistics(self, shown: bool) -> None:
        self.docks["statistics"].show(shown)

    @reported
    def _enable_actions(self) -> None:
        session = self._session
        self.actions["sync"].setEnabled(session is not None and session.connection is not None)
        for key in ("meeting", "print", "cards", "report"):
            self.actions[key].setEnabled(session is not None and session.replica is not None)
        if self._analysis is not None:
            self._analysis.enable()

    @reported
    def _tell_browser(self) -> None:
        """Have the Browser say how much and how fresh the data are now."""
        if self._browser is not None and not self.session.syncing:
            self._browser.refresh()

    @reported
    def _say_refused(self, names: list[str]) -> None:
        self.messages.warning(tr("The filter waits until editing ends in {}").format(", ".join(names)))

    @reported
    def _say_loaded_anew(self, why: Exception) -> None:
        from kmzb_qgis_plugin.client.errors import CursorExpired

        self.messages.info(
            tr("The service asked for a complete new load of the data; it is done.")
            if isinstance(why, CursorExpired)
            else tr("The local copy of the data was damaged and has been loaded anew; nothing else is lost.")
        )

    @reported
    def _say_scope(self) -> None:
        from kmzb_qgis_plugin.gui.words import scope_text

        identity = self.session.identity
        if identity is not None:
            self.messages.info(tr("What you may see has changed: {}.").format(scope_text(identity.scope)))

    def _say_what_waits(self, following: Connection | None = None) -> None:
        """Before a connection is left: what was not sent is kept.

        Args:
            following: the connection that is opened next.
        """
        session = self._session
        left = session.connection if session is not None else None
        if session is None or left is None or (following is not None and following.id == left.id):
            return
        unsent = session.unsent_counts()
        if unsent:
            from kmzb_qgis_plugin.gui.words import unsent_text

            self.messages.warning(
                tr(
                    "Waiting to be sent to “{}”: {}. What waits is kept and sent when that connection is "
                    "open again."
                ).format(left.name, unsent_text(unsent))
            )

    @reported
    def _layers_added(self, was_empty: bool) -> None:
        """Wait until QGIS has set the map up for its first layers, which also chooses a CRS."""
        QTimer.singleShot(0, partial(self._show_layers_whole, was_empty))

    @reported
    def _show_layers_whole(self, was_empty: bool) -> None:
        if self._session is None:
            return
        from kmzb_qgis_plugin.layers.layer_tree import PROJECT_CRS

        if was_empty:
            QgsProject.instance().setCrs(QgsCoordinateReferenceSystem(PROJECT_CRS))
        extent = self._session.layers.zoom_extent()
        if not extent.isNull():
            self.iface.mapCanvas().setExtent(extent)
            self.iface.mapCanvas().refresh()

    def _remove_docks(self) -> None:
        for dock in self.docks.values():
            dock.remove()
        self.docks.clear()

    def _remove_actions(self) -> None:
        for action in self.actions.values():
            action.deleteLater()
        self.actions.clear()

    def _close_session(self) -> None:
        self._undo_step(self._say_what_waits)
        if self._session is not None:
            self._session.closing.emit()  # the forms keep what is being written; later nobody is heard
        session, self._session = self._session, None
        indicators, self._indicators = self._indicators, None
        if indicators is not None:
            indicators.close()
        label_scale, self._label_scale = self._label_scale, None
        if label_scale is not None:
            label_scale.close()
        time_control, self._time_control = self._time_control, None
        if time_control is not None:
            time_control.close()
        coloured, self._coloured = self._coloured, None
        if coloured is not None:
            coloured.close()
        statistics, self._statistics = self._statistics, None
        if statistics is not None:
            statistics.close()
        if session is not None:
            self.iface.mapCanvas().scaleChanged.disconnect(session.set_map_scale)
            self.iface.mapCanvas().extentsChanged.disconnect(session.follow_view)
            session.blockSignals(True)
            session.shut_down()
            session.deleteLater()
            from kmzb_qgis_plugin.client import browser_sign_in

            browser_sign_in.close()

    @reported
    def _undo_step(self, step: Callable[[], Any]) -> None:
        step()
