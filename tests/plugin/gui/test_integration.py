"""What the plugin adds to QGIS beside its window: the locator, expressions, and the question on exit."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from desk import Desk, ask, told, wait_for
from qgis.core import (
    QgsApplication,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsLocatorContext,
    QgsLocatorResult,
    QgsProject,
    QgsProjectBadLayerHandler,
)
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QMessageBox

import kmzb_qgis_plugin
from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.domain.folding import folded
from kmzb_qgis_plugin.domain.meeting import Meeting
from kmzb_qgis_plugin.domain.period import parse_instant, to_instant_text, warsaw
from kmzb_qgis_plugin.plugin import KmzbPlugin
from kmzb_qgis_plugin.settings import Connection


@pytest.fixture
def plugin(
    qgis_new_project: QgsProject, desk: Desk, loaded: Callable[..., Connection]
) -> Iterator[KmzbPlugin]:
    """The plugin in a window, with a workspace open whose service cannot be reached."""
    made = kmzb_qgis_plugin.classFactory(desk)
    made.initGui()
    made.open_connection(loaded())
    wait_for(lambda: not made.session.syncing)
    yield made
    made.unload()
    wait_for(lambda: QgsApplication.taskManager().countActiveTasks() == 0)


def decide(plugin: KmzbPlugin) -> None:
    session = plugin.session
    ((fid, ref, version),) = ask(
        session, "SELECT fid, ref, version FROM threats WHERE status = 'new' LIMIT 1"
    )
    session.decide(Decision.new(fid, version, "verification"), ref, {})
    wait_for(lambda: not session.syncing)


def press(wanted: str, seen: list[str]) -> None:
    """Press a button of the message box that opens next."""

    def click() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(f"{box.text()} {box.informativeText()}")
        (button,) = (one for one in box.buttons() if one.text().replace("&", "") == wanted)
        button.click()

    QTimer.singleShot(0, click)


def find(desk: Desk, text: str) -> list[QgsLocatorResult]:
    found: list[QgsLocatorResult] = []

    def keep(result: QgsLocatorResult) -> None:
        found.append(QgsLocatorResult(result))  # the signal's own is gone when this returns

    desk.locator.foundResult.connect(keep)
    desk.locator.fetchResults(text, QgsLocatorContext())
    wait_for(lambda: not desk.locator.isRunning())
    desk.locator.foundResult.disconnect(keep)
    return found


def test_qgis_ends_unasked_where_nothing_waits(desk: Desk, plugin: KmzbPlugin) -> None:
    assert desk.may_exit()


def test_qgis_ends_unasked_without_a_workspace(desk: Desk, clean_settings: None) -> None:
    made = kmzb_qgis_plugin.classFactory(desk)
    made.initGui()
    assert desk.may_exit()
    made.unload()
    assert desk.exit_blockers == []


UNSENT = {
    "en": "Waiting to be sent: 1 decision, 2 meetings.",
    "pl": "Czeka na wysłanie: 1 decyzja, 2 spotkania.",
}


def test_decisions_and_meetings_that_wait_are_told_apart(
    desk: Desk, plugin: KmzbPlugin, loaded: Callable[..., Connection], language: str
) -> None:
    """On exit, beside the layers, and when the connection is left."""
    decide(plugin)
    for _ in range(2):
        plugin.session.submit_meeting(Meeting.new(place="Remiza"))
    wait_for(lambda: not plugin.session.syncing)
    seen: list[str] = []
    QTimer.singleShot(0, lambda: look_and_close(seen))
    assert not desk.may_exit()
    assert seen == [UNSENT[language]]
    group = plugin.session.layers.find_group()
    tips = [one.toolTip() for one in desk.layer_tree.indicators(group)]
    assert UNSENT[language].removesuffix(".") in tips
    plugin.open_connection(loaded())
    words = UNSENT[language].partition(": ")[2].removesuffix(".")
    assert any(words in text for text in told(desk.bar))
    wait_for(lambda: not plugin.session.syncing)


def look_and_close(seen: list[str]) -> None:
    """Read the message box that is open, and leave it by Escape."""
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    seen.append(box.text())
    QTest.keyClick(box, Qt.Key.Key_Escape)


@pytest.mark.parametrize(("button", "ends"), [("Leave", True), ("Send Now", False), ("Cancel", False)])
def test_on_exit_a_person_hears_of_decisions_that_wait(
    desk: Desk, plugin: KmzbPlugin, button: str, ends: bool
) -> None:
    decide(plugin)
    seen: list[str] = []
    press(button, seen)
    assert desk.may_exit() == ends
    assert "Waiting to be sent: 1 decision" in seen[0]
    assert "kept" in seen[0]
    assert plugin.session.syncing == (button == "Send Now")
    wait_for(lambda: not plugin.session.syncing)
    assert plugin.session.waiting_count() == 1


def test_a_note_that_was_only_begun_is_there_when_qgis_runs_again(
    desk: Desk, plugin: KmzbPlugin, language: str
) -> None:
    connection = plugin.session.connection
    desk.window.show()
    ((fid, ref),) = ask(plugin.session, "SELECT fid, ref FROM threats WHERE status = 'new' LIMIT 1")
    plugin.show_threat(fid)
    form = plugin.docks["verification"].dock.threat.form
    wait_for(lambda: form.steps.buttons())
    QTest.mouseClick(form.steps.buttons()[0], Qt.MouseButton.LeftButton)
    QTest.keyClicks(form.fields.note, "Sprawdzone na miejscu")
    assert desk.may_exit()  # unasked
    plugin.unload()

    again = kmzb_qgis_plugin.classFactory(desk)
    again.initGui()
    again.open_connection(connection)
    again.show_outbox()
    panel = again.docks["verification"].dock.outbox
    wait_for(lambda: panel.model.rowCount() == 1)
    panel.list.setCurrentIndex(panel.model.index(0, 0))
    entry = panel.model.entry(panel.model.index(0, 0))
    assert (entry.ref, entry.state, entry.decision.note) == (ref, "draft", "Sprawdzone na miejscu")
    assert {"en": "A draft", "pl": "Szkic"}[language] in panel.text.text()
    assert {"en": "Decided", "pl": "Podjęto"}[language] not in panel.text.text()
    QTest.mouseClick(panel.edit, Qt.MouseButton.LeftButton)
    form = again.docks["verification"].dock.threat.form
    wait_for(lambda: form.fields.note.isVisibleTo(form) and form.draft().note == "Sprawdzone na miejscu")
    assert form.draft().to_status == entry.decision.to_status
    QTest.mouseClick(form.send, Qt.MouseButton.LeftButton)
    wait_for(lambda: not again.session.syncing)
    (sent,) = again.session.outbox.entries()
    assert (sent.state, sent.decision.note) == ("waiting", "Sprawdzone na miejscu")
    again.unload()


def test_who_changes_the_connection_hears_of_decisions_that_wait(
    desk: Desk, plugin: KmzbPlugin, loaded: Callable[..., Connection]
) -> None:
    decide(plugin)
    plugin.open_connection(plugin.session.connection)
    wait_for(lambda: not plugin.session.syncing)
    assert not any("sent when" in text for text in told(desk.bar))
    plugin.open_connection(loaded())
    assert any("sent when" in text for text in told(desk.bar))
    wait_for(lambda: not plugin.session.syncing)


def test_the_locator_finds_a_number_and_shows_the_report(desk: Desk, plugin: KmzbPlugin) -> None:
    ((fid, ref),) = ask(plugin.session, "SELECT fid, ref FROM threats WHERE source = 'citizen' LIMIT 1")
    (result,) = find(desk, f"kmzb {ref}")
    assert result.displayString.startswith(ref)
    result.filter.triggerResult(result)
    threat = plugin.docks["verification"].dock.threat
    wait_for(lambda: threat.threat is not None and threat.threat.fid == fid)


def test_the_locator_finds_places_and_categories(desk: Desk, plugin: KmzbPlugin) -> None:
    plugin.session.language = "pl"
    category = plugin.session.catalogue.category("illegal_parking")
    results = find(desk, f"kmzb {category.name_pl.upper()}")
    expected = ask(plugin.session, "SELECT count(*) FROM threats WHERE category = 'illegal_parking'")[0][0]
    assert len(results) == min(expected, 30) > 0
    assert all(category.name_pl in result.displayString for result in results)
    assert len(find(desk, "kmzb nieprawidlowe park")) == len(results)
    ((place,),) = ask(plugin.session, "SELECT place FROM threats WHERE place GLOB '*[żźłóśąęćń]*' LIMIT 1")
    assert any(place in result.description for result in find(desk, f"kmzb {place.swapcase()}"))
    plain = find(desk, f"kmzb {folded(place)}")
    assert any(place in result.description for result in plain)


def test_the_locator_finds_nothing_without_a_prefix_or_a_workspace(desk: Desk, plugin: KmzbPlugin) -> None:
    ((ref,),) = ask(plugin.session, "SELECT ref FROM threats LIMIT 1")
    assert find(desk, ref) == []
    plugin.session.close()
    assert find(desk, f"kmzb {ref}") == []


def evaluate(text: str, context: QgsExpressionContext | None = None) -> object:
    expression = QgsExpression(text)
    value = expression.evaluate(context) if context is not None else expression.evaluate()
    assert not expression.hasEvalError(), expression.evalErrorString()
    return value


def test_expressions_name_what_codes_stand_for(desk: Desk, plugin: KmzbPlugin) -> None:
    catalogue = plugin.session.catalogue
    assert evaluate("kmzb_status_name('confirmed')") == catalogue.status("confirmed").name("en")
    assert evaluate("kmzb_category_name('illegal_parking')") == "illegal parking"
    assert evaluate("kmzb_category_name('of another time')") == "of another time"
    assert not evaluate("kmzb_status_name(NULL)")
    (function,) = (one for one in QgsExpression.Functions() if one.name() == "kmzb_status_name")
    assert function.group() == "KMZB"
    assert "in the language of QGIS" in function.helpText()


def test_an_expression_counts_the_days_overdue(desk: Desk, plugin: KmzbPlugin) -> None:
    now = datetime.now(UTC)
    past = to_instant_text(now - timedelta(days=3))
    ahead = to_instant_text(now + timedelta(days=3))
    assert evaluate(f"kmzb_days_overdue('new', '{past}', NULL)") == 3
    assert evaluate(f"kmzb_days_overdue('new', '{ahead}', '{past}')") == 0
    assert evaluate(f"kmzb_days_overdue('verification', '{ahead}', '{past}')") == 3
    assert not evaluate(f"kmzb_days_overdue('confirmed', '{past}', '{past}')")
    broken = QgsExpression("kmzb_days_overdue('new', 'yesterday', NULL)")
    broken.evaluate()
    assert "kmzb_days_overdue" in broken.evalErrorString()


def test_an_expression_counts_the_days_overdue_of_a_layer(desk: Desk, plugin: KmzbPlugin) -> None:
    ((fid, due),) = ask(
        plugin.session, "SELECT fid, read_due FROM threats WHERE status = 'new' ORDER BY read_due LIMIT 1"
    )
    layer = plugin.session.layers.layer("citizen")
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(layer.getFeature(fid))
    today = warsaw(datetime.now(UTC)).date()
    days = (today - warsaw(parse_instant(due)).date()).days
    assert evaluate('kmzb_days_overdue("status", "read_due", "verify_due")', context) == max(days, 0)


def test_functions_go_with_the_plugin(desk: Desk, clean_settings: None) -> None:
    made = kmzb_qgis_plugin.classFactory(desk)
    made.initGui()
    assert QgsExpression.isFunctionName("kmzb_status_name")
    assert not evaluate("kmzb_status_name(NULL)")
    made.unload()
    assert not QgsExpression.isFunctionName("kmzb_status_name")


def test_labels_follow_the_map_and_open_layouts(desk: Desk, plugin: KmzbPlugin) -> None:
    canvas, reports = desk.canvas, plugin.session.layers.layer("citizen")
    canvas.setDestinationCrs(QgsProject.instance().crs())
    canvas.setExtent(plugin.session.layers.zoom_extent())
    assert not reports.labelsEnabled()
    canvas.zoomScale(2_000)
    assert reports.labelsEnabled()
    canvas.zoomScale(100_000)
    assert not reports.labelsEnabled()
    desk.layouts.append(object())
    desk.layoutDesignerOpened.emit(desk.layouts[0])
    assert reports.labelsEnabled(), "a layout may be nearer than the map"
    desk.layouts.clear()
    desk.layoutDesignerClosed.emit()
    assert not reports.labelsEnabled()
    plugin.unload()
    assert reports.labelsEnabled()


def test_a_project_from_elsewhere_finds_the_replica_of_here(
    desk: Desk, plugin: KmzbPlugin, tmp_path: Path
) -> None:
    """QGIS asks nobody to look for the file of another folder or computer, or of before a new load."""
    project, unfound = QgsProject.instance(), []

    class Handler(QgsProjectBadLayerHandler):
        def handleBadLayers(self, layers: list[object]) -> None:  # noqa: N802 - QGIS names it
            unfound.extend(layers)

    assert project.write(str(tmp_path / "map.qgs"))
    text = (tmp_path / "map.qgs").read_text(encoding="utf-8")
    folder = plugin.session.connection.id
    there = Path(
        shutil.copy(plugin.session.replica.path, plugin.session.replica.path.with_name("replica-7.gpkg"))
    )
    project.setBadLayerHandler(Handler())
    for id_there in (folder, "another-computers"):
        moved = tmp_path / id_there / "map.qgs"
        moved.parent.mkdir()
        moved.write_text(text.replace(f"kmzb/{folder}/", f"kmzb/{id_there}/"), encoding="utf-8")
        project.clear()
        assert project.read(str(moved))
        assert unfound == []
    there.unlink()
