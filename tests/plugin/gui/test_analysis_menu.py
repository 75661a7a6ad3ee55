"""The menu "Analysis": what it opens, what that is set to, and when it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import qgis.utils
from desk import Desk, told, wait_for
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelParameter,
    QgsProcessingParameterString,
    QgsProject,
)
from qgis.gui import QgsProcessingAlgorithmDialogBase
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QCheckBox, QLabel, QMenu, QTextEdit

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain import named_filters
from kmzb_qgis_plugin.domain.period import Period
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.plugin import KmzbPlugin
from kmzb_qgis_plugin.settings import Connection

NARROW = 410
"""Pixels of the form in a dialog as QGIS opens it first, with the wide letters of the tests."""
DOGS = ThreatFilter(text="pies")


@pytest.fixture
def plugin(qgis_new_project: QgsProject, desk: Desk) -> Iterator[KmzbPlugin]:
    made = KmzbPlugin(desk)
    made.initGui()
    desk.window.show()
    yield made
    made.unload()


@pytest.fixture
def processing_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """QGIS's own plugin Processing, started, with the test's window."""
    monkeypatch.syspath_prepend(f"{QgsApplication.pkgDataPath()}/python/plugins")
    from processing.core.Processing import Processing
    from processing.gui import (
        AlgorithmDialog,
        BatchAlgorithmDialog,
        BatchPanel,
        ParametersPanel,
        Postprocessing,
        wrappers,
    )
    from processing.tools import general

    for module in (
        AlgorithmDialog,
        BatchAlgorithmDialog,
        BatchPanel,
        ParametersPanel,
        Postprocessing,
        wrappers,
        general,
    ):
        monkeypatch.setattr(module, "iface", desk, raising=False)
    Processing.initialize()
    monkeypatch.setitem(qgis.utils.plugins, "processing", object())


def open_analysis(desk: Desk) -> QMenu:
    """Go through the menus down to the analyses with the keyboard."""
    menu = desk.plugin_menu
    menu.popup(desk.window.pos())
    kmzb = press(menu, menu.actions()[0]).menu()
    analysis = press(kmzb, next(one for one in kmzb.actions() if one.menu())).menu()
    wait_for(analysis.isVisible)
    return analysis


def press(menu: QMenu, action: QAction) -> QAction:
    wait_for(menu.isVisible)
    menu.setActiveAction(action)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    return action


def choose(desk: Desk, number: int) -> None:
    menu = open_analysis(desk)
    press(menu, menu.actions()[number])


def dialogs(desk: Desk) -> list[Any]:
    return [one for one in desk.window.findChildren(QgsProcessingAlgorithmDialogBase) if one.isVisible()]


def gone(dialog: Any) -> bool:
    QgsApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
    return bool(sip.isdeleted(dialog))


def test_without_data_the_entries_say_what_to_do(
    desk: Desk, clean_settings: None, plugin: KmzbPlugin
) -> None:
    menu = open_analysis(desk)
    assert menu.toolTipsVisible()
    for action in menu.actions():
        assert not action.isEnabled()
        assert "choose a connection" in action.toolTip()
    for shown in (menu, menu.parent(), desk.plugin_menu):
        shown.hide()


def test_each_entry_opens_its_dialog_with_the_filter_of_the_panel(
    desk: Desk,
    loaded: Callable[..., Connection],
    plugin: KmzbPlugin,
    processing_on: None,
    language: str,
) -> None:
    plugin.open_connection(loaded())
    wait_for(lambda: plugin.session.replica is not None)
    plugin.session.set_filter(DOGS)
    for number, code in enumerate(("hotspots", "nearrepeat", "siting", "comparison")):
        choose(desk, number)
        (dialog,) = dialogs(desk)
        assert dialog.algorithm().id() == f"kmzb:{code}"
        assert not dialog.isModal(), "the map can be looked at meanwhile"
        texts = dialog.mainWidget().findChildren((QLabel, QCheckBox))
        assert max(text.sizeHint().width() for text in texts) <= NARROW
        given = dialog.createProcessingParameters()
        assert given["CONNECTION"] == "Lubuskie"
        assert ThreatFilter.from_json(given["FILTER"]) == DOGS
        filter_ = dialog.mainWidget().wrappers["FILTER"]
        assert filter_.box.currentText() == {"en": "Filter of the panel", "pl": "Filtr z panelu"}[language]
        assert {"en": "containing “pies”", "pl": "zawierające „pies”"}[language] in filter_.words.text()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        wait_for(lambda dialog=dialog: gone(dialog), "the dialog is gone")


def test_another_filter_can_be_chosen_there(
    desk: Desk, loaded: Callable[..., Connection], plugin: KmzbPlugin, processing_on: None
) -> None:
    connection = loaded()
    settings.save_named_filters_json(connection.id, named_filters.write({"Dogs": DOGS}))
    plugin.open_connection(connection)
    wait_for(lambda: plugin.session.replica is not None)
    choose(desk, 0)
    (dialog,) = dialogs(desk)
    filter_ = dialog.mainWidget().wrappers["FILTER"]
    assert [filter_.box.itemText(row) for row in range(filter_.box.count())] == [
        "All threats",
        "Filter of the panel",
        "Dogs",
    ]
    filter_.box.setCurrentIndex(2)
    wait_for(lambda: "pies" in filter_.words.text())
    assert dialog.createProcessingParameters()["FILTER"] == "Dogs"
    filter_.box.setCurrentIndex(0)
    wait_for(lambda: "pies" not in filter_.words.text())
    assert dialog.createProcessingParameters()["FILTER"] == ""
    filter_.box.lineEdit().selectAll()
    QTest.keyClicks(filter_.box.lineEdit(), "nights")
    wait_for(lambda: "no saved filter “nights”" in filter_.words.text())
    assert "Dogs" in filter_.words.text()
    assert dialog.createProcessingParameters()["FILTER"] == "nights"
    filter_.box.lineEdit().clear()
    QTest.keyClicks(filter_.box.lineEdit(), "Dogs")
    assert dialog.createProcessingParameters()["FILTER"] == "Dogs"


def test_the_answer_stands_above_the_map(
    desk: Desk,
    loaded: Callable[..., Connection],
    plugin: KmzbPlugin,
    processing_on: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plugin.open_connection(loaded())
    wait_for(lambda: plugin.session.replica is not None)
    choose(desk, 1)
    (dialog,) = dialogs(desk)
    QTest.mouseClick(dialog.runButton(), Qt.MouseButton.LeftButton)
    wait_for(lambda: any("near repeat" in text for text in told(desk.bar)), "the answer")
    plugin.session.set_filter(ThreatFilter(text="nothing has this"))
    dialog.close()
    choose(desk, 1)
    (dialog,) = dialogs(desk)
    before = told(desk.bar)
    QTest.mouseClick(dialog.runButton(), Qt.MouseButton.LeftButton)
    wait_for(lambda: not dialog.cancelButton().isEnabled() and dialog.wasExecuted(), "the run fails")
    assert told(desk.bar) == before


def test_the_period_of_the_panel_is_compared(
    desk: Desk, loaded: Callable[..., Connection], plugin: KmzbPlugin, processing_on: None
) -> None:
    plugin.open_connection(loaded())
    wait_for(lambda: plugin.session.replica is not None)
    choose(desk, 3)
    (dialog,) = dialogs(desk)
    QTest.mouseClick(dialog.runButton(), Qt.MouseButton.LeftButton)
    log = dialog.findChild(QTextEdit, "txtLog")
    wait_for(lambda: "needs a period with a first and a last day" in log.toPlainText(), "what is missing")
    dialog.close()
    plugin.session.set_filter(ThreatFilter(period=Period("range", date(2024, 1, 1), date(2024, 5, 31))))
    choose(desk, 3)
    (dialog,) = dialogs(desk)
    QTest.mouseClick(dialog.runButton(), Qt.MouseButton.LeftButton)
    wait_for(lambda: any("in 2024-01-01 – 2024-05-31: " in text for text in told(desk.bar)), "the answer")
    dialog.close()


def from_the_toolbox(desk: Desk, number: int) -> None:
    """Open what an entry of the menu opens, as QGIS's toolbox does."""
    from processing.gui.AlgorithmDialog import AlgorithmDialog

    code = ("hotspots", "nearrepeat", "siting", "comparison")[number]
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"kmzb:{code}")
    AlgorithmDialog(algorithm, parent=desk.window).show()


OPENED = pytest.mark.parametrize("open_", [choose, from_the_toolbox])


@OPENED
def test_unloading_closes_what_was_opened(
    desk: Desk,
    loaded: Callable[..., Connection],
    plugin: KmzbPlugin,
    processing_on: None,
    open_: Callable[[Desk, int], None],
) -> None:
    plugin.open_connection(loaded())
    wait_for(lambda: plugin.session.replica is not None)
    open_(desk, 2)
    (dialog,) = dialogs(desk)
    plugin.unload()
    wait_for(lambda: gone(dialog), "the dialog is gone")
    assert desk.plugin_menu.actions() == []


@OPENED
def test_unloading_stops_what_runs(
    desk: Desk,
    loaded: Callable[..., Connection],
    plugin: KmzbPlugin,
    processing_on: None,
    open_: Callable[[Desk, int], None],
) -> None:
    plugin.open_connection(loaded())
    wait_for(lambda: plugin.session.replica is not None and not plugin.session.syncing)
    open_(desk, 1)
    (dialog,) = dialogs(desk)
    for name, value in (("BAND_METRES", 5000), ("PERMUTATIONS", 9999)):
        dialog.mainWidget().wrappers[name].setParameterValue(value, QgsProcessingContext())
    QTest.mouseClick(dialog.runButton(), Qt.MouseButton.LeftButton)
    wait_for(lambda: dialog.feedback is not None and dialog.feedback.progress() > 20, "it runs")
    plugin.unload()
    assert QgsApplication.taskManager().countActiveTasks() == 0
    wait_for(lambda: gone(dialog), "the dialog is gone")
    assert not any("near repeat" in text for text in told(desk.bar))


def test_without_qgis_own_plugin_it_is_said_how_to_switch_it_on(
    desk: Desk, loaded: Callable[..., Connection], plugin: KmzbPlugin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(qgis.utils.plugins, "processing", raising=False)
    plugin.open_connection(loaded())
    wait_for(lambda: plugin.session.replica is not None)
    choose(desk, 1)
    assert dialogs(desk) == []
    assert "Manage and Install Plugins" in told(desk.bar)[-1]


def test_a_batch_and_a_model_take_a_filter_too(
    desk: Desk, loaded: Callable[..., Connection], plugin: KmzbPlugin, processing_on: None
) -> None:
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog
    from processing.modeler.ModelerParametersDialog import (
        ModelerParametersDialog,
        ModelerParametersPanelWidget,
    )

    connection = loaded()
    settings.save_named_filters_json(connection.id, named_filters.write({"Dogs": DOGS}))
    settings.set_preference("last_connection", connection.id)
    registry = QgsApplication.processingRegistry()
    batch = BatchAlgorithmDialog(registry.createAlgorithmById("kmzb:hotspots"), parent=desk.window)
    (cell,) = (one for one in batch.mainWidget().wrappers[0] if hasattr(one, "box"))
    assert cell.parameterValue() == ""
    cell.setValue("Dogs")
    assert cell.parameterValue() == "Dogs"
    batch.close()

    model = QgsProcessingModelAlgorithm()
    model.addModelParameter(
        QgsProcessingParameterString("which", "Which filter"), QgsProcessingModelParameter("which")
    )
    dialog = ModelerParametersDialog(registry.createAlgorithmById("kmzb:hotspots"), model)
    filter_ = dialog.findChild(ModelerParametersPanelWidget).wrappers["FILTER"]
    filter_.box.setCurrentText("Which filter")
    source = filter_.value()
    assert source.parameterName() == "which"
    filter_.setValue("Dogs")
    assert filter_.value() == "Dogs"
    filter_.setValue(source)
    assert filter_.value().parameterName() == "which"
    dialog.close()
