"""Near-duplicates, what was reported earlier, and one decision about several reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from desk import Desk, ask, wait_for
from qgis.core import QgsApplication, QgsCoordinateReferenceSystem
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QTreeWidget, QTreeWidgetItem
from verification_hands import LEFT, choose, click_row, entries, press, some

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.client.service_client import Scope
from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.together import broken_rule, common_steps
from kmzb_qgis_plugin.gui.decision_fields import Draft
from kmzb_qgis_plugin.gui.near_panel import FID_ROLE, REPORT, WHAT
from kmzb_qgis_plugin.gui.together_dialog import TogetherDialog
from kmzb_qgis_plugin.gui.verification_dock import VerificationDock

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def bring_together(dock: VerificationDock, fids: list[int], category: str, metres: float = 20) -> None:
    """Have reports stand in a row, so many metres apart, reported on the same day."""
    with dock.session.replica._writing() as file:
        for number, fid in enumerate(fids):
            lat = 52.5 + number * metres / 111_195
            file.execute(
                "UPDATE threats SET lon = 15.5, lat = ?, category = ?, reported_at = ? WHERE fid = ?",
                (lat, category, f"2024-05-01T10:0{number}:00.000Z", fid),
            )
            file.execute("DELETE FROM rtree_threats_geom WHERE id = ?", (fid,))
            file.execute("INSERT INTO rtree_threats_geom VALUES (?, 15.5, 15.5, ?, ?)", (fid, lat, lat))


@pytest.fixture
def crowd(verification: VerificationDock) -> list[int]:
    """Ids: three new reports of one thing; an eliminated, a refused and another thing's beside them."""
    dock = verification
    same = [some(dock, "new", number) for number in range(3)]
    others = [some(dock, "eliminated"), some(dock, "unconfirmed")]
    bring_together(dock, [*others, *same], "speeding")
    other = some(dock, "new", 3)
    bring_together(dock, [other], "stray_dogs")
    return [*same, *others, other]


@pytest.fixture
def dock(verification: VerificationDock) -> Iterator[VerificationDock]:
    settings.set_preference("undo_seconds", 60)
    yield verification
    verification.clear_map()


def look_at(dock: VerificationDock, fid: int) -> None:
    choose(dock, fid)
    wait_for(lambda: not dock.session._background.busy("near"))


def rows(tree: QTreeWidget) -> list[QTreeWidgetItem]:
    return [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]


def fids(tree: QTreeWidget) -> list[int]:
    return [item.data(REPORT, FID_ROLE) for item in rows(tree)]


def tick(tree: QTreeWidget, item: QTreeWidgetItem) -> None:
    tree.setCurrentItem(item)
    QTest.keyClick(tree, Qt.Key.Key_Space)


def with_dialog(act: Callable[[], None], use: Callable[[TogetherDialog], None]) -> None:
    """Do what opens the dialog, and use it when its preview stands."""
    seen: list[TogetherDialog] = []

    def look() -> None:
        dialog = QgsApplication.activeModalWidget()
        if not isinstance(dialog, TogetherDialog) or not dialog.threats:
            QTimer.singleShot(20, look)
            return
        seen.append(dialog)
        try:
            use(dialog)
        finally:
            if not dialog.progress.isVisible():
                dialog.reject()

    QTimer.singleShot(20, look)
    act()
    assert seen, "the dialog was opened"


def parts(dialog: TogetherDialog) -> dict[str, list[tuple[str, str]]]:
    """What the preview says: the rows under each heading."""
    return {
        part.text(0): [(part.child(n).text(0), part.child(n).text(1)) for n in range(part.childCount())]
        for part in rows(dialog.preview)
    }


def take(dialog: TogetherDialog, status: str) -> None:
    number = next(n for n in range(dialog.step.count()) if dialog.step.itemData(n).to_status == status)
    dialog.step.setCurrentIndex(number)


def test_near_duplicates_and_earlier_reports_are_listed(
    language: str, dock: VerificationDock, crowd: list[int]
) -> None:
    first, second, third, eliminated, refused, other = crowd
    look_at(dock, second)
    near = dock.threat.near
    assert fids(near.same) == [first, third]
    assert (
        near.same_box.title() == {"en": "Likely the same (2)", "pl": "Prawdopodobnie to samo (2)"}[language]
    )
    text = near.same_text.text().replace("\u00a0", " ")
    assert {"en": "within 250 m and 30 days", "pl": "250 m i w ciągu 30 dni"}[language] in text
    assert fids(near.earlier) == [refused, other, eliminated]
    outcomes = {item.data(REPORT, FID_ROLE): item.text(WHAT) for item in rows(near.earlier)}
    words = {
        "en": ("Confirmed (eliminated), ", "Not confirmed, ", "no threat found"),
        "pl": ("Potwierdzone (wyeliminowane), ", "Niepotwierdzone, ", "nie stwierdzono zagrożenia"),
    }
    told, told_refused, why = words[language]
    assert outcomes[eliminated].startswith(told)
    assert outcomes[refused].startswith(told_refused)
    assert why in outcomes[refused]


def test_a_report_with_nothing_around_shows_no_lists(dock: VerificationDock, crowd: list[int]) -> None:
    with dock.session.replica._writing() as file:
        file.execute("DELETE FROM rtree_threats_geom WHERE id <> ?", (crowd[0],))
    look_at(dock, crowd[0])
    assert dock.threat.near.same_box.isHidden()
    assert dock.threat.near.earlier_box.isHidden()


def test_near_duplicates_are_drawn_and_their_marks_go(
    dock: VerificationDock, crowd: list[int], desk: Desk
) -> None:
    desk.window.show()
    desk.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:2180"))
    look_at(dock, crowd[0])
    ring, ties, points = dock.map.marks
    # On the map's own ground: 250 m around the report, and a tie to each of the two others.
    assert ring.asGeometry().boundingBox().width() == pytest.approx(500, rel=0.02)
    assert len(ties.asGeometry().asMultiPolyline()) == 2
    assert len(points.asGeometry().asMultiPoint()) == 2
    look_at(dock, crowd[-1])
    assert dock.map.marks == []
    look_at(dock, crowd[0])
    dock.setUserVisible(False)
    dock.openedStateChanged.emit(False)
    assert dock.map.marks == []
    dock.openedStateChanged.emit(True)
    wait_for(lambda: dock.map.marks, "they are back with the dock")
    again = list(dock.map.marks)
    dock.clear_map()
    assert all(mark.scene() is None for mark in (ring, ties, points, *again))


def test_those_that_are_ticked_are_decided_together(
    language: str, dock: VerificationDock, crowd: list[int]
) -> None:
    first, second, third, *_ = crowd
    look_at(dock, first)
    near = dock.threat.near
    assert not near.together.isEnabled()
    for item in rows(near.same):
        tick(near.same, item)
    dock.session.replicaChanged.emit(None)  # what is ticked stays
    wait_for(lambda: not dock.session._background.busy("threat"))
    wait_for(lambda: not dock.session._background.busy("near"))
    assert near.ticked() == [second, third]

    def use(dialog: TogetherDialog) -> None:
        steps = {
            "en": {"Take up verification", "Mark as joke or mistake"},
            "pl": {"Podejmij weryfikację", "Uznaj za żart lub pomyłkę"},
        }
        assert {dialog.step.itemText(n) for n in range(dialog.step.count())} == steps[language]
        take(dialog, "mistake")
        QTest.mouseClick(dialog.decide, LEFT)
        missing = {"en": "Choose a reason", "pl": "Wybierz powód"}[language]
        assert dialog.fields.missing["reason"].text().endswith(missing)
        assert entries(dock) == []
        dialog.fields.reason.setCurrentIndex(dialog.fields.reason.findData("duplicate_report"))
        assert dialog.consequence.text().startswith({"en": "3 reports", "pl": "3 zgłoszenia"}[language])
        QTest.mouseClick(dialog.decide, LEFT)
        assert dialog.progress.isVisible()
        dialog.reject()  # not while it is being written

    with_dialog(lambda: QTest.mouseClick(near.together, LEFT), use)
    assert [entry.decision.threat_id for entry in entries(dock)] == sorted([first, second, third])
    assert {entry.decision.reason for entry in entries(dock)} == {"duplicate_report"}
    assert dock.undo_bar.text.text().startswith({"en": "3 decisions", "pl": "3 decyzje"}[language])
    wait_for(
        lambda: ask(dock.session, "SELECT count(*) FROM threats WHERE pending_status = 'mistake'") == [(3,)],
        "all three are marked on the map",
    )
    QTest.mouseClick(dock.undo_bar.undo_button, LEFT)
    assert entries(dock) == []


def test_the_preview_says_who_is_left_alone_and_why(language: str, dock: VerificationDock) -> None:
    new, confirmed = some(dock, "new"), some(dock, "confirmed")
    police = ask(dock.session, "SELECT fid FROM threats WHERE source = 'police'")[0][0]

    def use(dialog: TogetherDialog) -> None:
        assert dialog.consequence.text() == {"en": "Choose a step.", "pl": "Wybierz krok."}[language]
        assert not dialog.decide.isEnabled()
        take(dialog, "eliminated")
        told = parts(dialog)
        (decided,), left = told.values()
        assert decided[0] == ask(dock.session, "SELECT ref FROM threats WHERE fid = ?", confirmed)[0][0]
        reasons = dict(left)
        ref = ask(dock.session, "SELECT ref FROM threats WHERE fid=?", new)[0][0]
        assert {"en": "no such step", "pl": "nie ma takiego kroku"}[language] in reasons[ref]
        alone = {"en": "Only citizens", "pl": "tylko zgłoszenia obywateli"}[language]
        assert any(alone in why for why in reasons.values())
        QTest.mouseClick(dialog.decide, LEFT)

    with_dialog(lambda: dock.decide_together([new, confirmed, police]), use)
    assert [entry.decision.threat_id for entry in entries(dock)] == [confirmed]


def test_reports_of_other_units_are_left_to_them(dock: VerificationDock) -> None:
    waits = "SELECT fid FROM threats WHERE status = 'new' AND unit = ? LIMIT 1"
    mine, other = (ask(dock.session, waits, unit)[0][0] for unit in ("KPP-SD", "KMP-GW"))
    dock.session.identity = replace(dock.session.identity, scope=Scope("voivodeship", "08", "KPP-SD"))
    choose(dock, other)
    assert dock.threat.form.steps.buttons() == []
    assert "unit that you may not decide for" in dock.threat.form.notice.text()
    choose(dock, mine)
    assert dock.threat.form.steps.buttons()

    def use(dialog: TogetherDialog) -> None:
        take(dialog, "verification")
        QTest.mouseClick(dialog.decide, LEFT)

    with_dialog(lambda: dock.decide_together([mine, other]), use)
    assert [entry.decision.threat_id for entry in entries(dock)] == [mine]


def test_several_rows_of_the_queue_are_decided_together(language: str, dock: VerificationDock) -> None:
    chosen = [some(dock, "new", 0), some(dock, "new", 1)]
    click_row(dock, chosen[0])
    assert dock.together.isHidden()
    click_row(dock, chosen[1], CONTROL)
    assert not dock.together.isHidden()
    assert dock.together.text.text() == {"en": "2 reports chosen", "pl": "Wybrano 2 zgłoszenia"}[language]
    (mark,) = dock.map.marks
    assert len(mark.asGeometry().asMultiPoint()) == 2

    def use(dialog: TogetherDialog) -> None:
        take(dialog, "verification")
        QTest.mouseClick(dialog.decide, LEFT)

    with_dialog(lambda: QTest.mouseClick(dock.together.button, LEFT), use)
    assert sorted(entry.decision.threat_id for entry in entries(dock)) == sorted(chosen)
    click_row(dock, chosen[0])
    assert dock.together.isHidden()


@pytest.mark.parametrize("decided", [False, True])
def test_what_was_begun_about_one_report_goes_on_about_several(dock: VerificationDock, decided: bool) -> None:
    first, second = some(dock, "new"), some(dock, "new", 1)
    choose(dock, first)
    press(dock, "Take up verification")
    QTest.keyClicks(dock.threat.form.fields.note, "patrol o 16")
    dock.threat.form.keep()

    def use(dialog: TogetherDialog) -> None:
        assert (dialog.draft().to_status, dialog.draft().note) == ("verification", "patrol o 16")
        if decided:
            QTest.mouseClick(dialog.decide, LEFT)

    with_dialog(lambda: dock.decide_together([first, second]), use)
    states = [(entry.state, entry.decision.note) for entry in entries(dock)]
    assert states == [("waiting" if decided else "draft", "patrol o 16")] * (2 if decided else 1)
    assert dock.threat.form.draft().note == ("" if decided else "patrol o 16")


def test_what_was_entered_about_several_reports_is_there_again(dock: VerificationDock) -> None:
    """After the dialog was closed by a slip of the hand, and after an undo."""
    chosen = [some(dock, "new", 0), some(dock, "new", 1)]

    def enter(dialog: TogetherDialog) -> None:
        take(dialog, "verification")
        QTest.keyClicks(dialog.fields.note, "patrol o 16")
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    def send(dialog: TogetherDialog) -> None:
        assert dialog.draft() == Draft("verification", note="patrol o 16")
        QTest.mouseClick(dialog.decide, LEFT)

    def open_dialog() -> None:
        QTest.mouseClick(dock.together.button, LEFT)

    click_row(dock, chosen[0])
    click_row(dock, chosen[1], CONTROL)
    with_dialog(open_dialog, enter)
    with_dialog(open_dialog, send)
    click_row(dock, some(dock, "new", 2))
    QTest.mouseClick(dock.undo_bar.undo_button, LEFT)
    assert entries(dock) == []
    assert sorted(dock.together.fids) == sorted(chosen)
    with_dialog(open_dialog, send)
    assert [entry.decision.note for entry in entries(dock)] == ["patrol o 16"] * 2


def test_several_threats_that_are_selected_on_the_map_can_be_decided(
    dock: VerificationDock, desk: Desk
) -> None:
    layer = dock.session.layers.layer("citizen")
    desk.canvas.setLayers([layer])
    chosen = [some(dock, "new"), some(dock, "eliminated")]
    layer.selectByIds(chosen)
    wait_for(lambda: not dock.together.isHidden())
    assert sorted(dock.together.fids) == sorted(chosen)
    marked = dock.queue.tree.selectionModel().selectedRows()
    assert [dock.queue.model.row(index).fid for index in marked] == [chosen[0]]


def test_a_viewer_cannot_decide_together(
    language: str, open_verification: Callable[..., VerificationDock]
) -> None:
    dock = open_verification("viewer")

    def use(dialog: TogetherDialog) -> None:
        assert dialog.step.count() == 0
        words = {"en": "Your role has no step", "pl": "Twoja rola nie ma kroku"}
        assert words[language] in dialog.consequence.text()
        assert not dialog.decide.isEnabled()

    with_dialog(lambda: dock.decide_together([some(dock, "new")]), use)


def test_common_steps_ask_for_what_any_of_them_asks_for(catalogue: Catalogue) -> None:
    steps = {step.to_status: step for step in common_steps(catalogue, ["confirmed", "handed_over"], "admin")}
    assert set(steps["confirmed"].requires) == {"note"}
    assert steps["confirmed"].name(catalogue, "en") == "Confirmed"
    assert steps["eliminated"].name(catalogue, "en") == "Threat eliminated"
    assert common_steps(catalogue, [None, "new"], "viewer") == ()
    assert broken_rule(catalogue, "handed_over", "eliminated", "verifier") == "role_not_allowed"
    assert broken_rule(catalogue, "new", "eliminated", "admin") == "transition_not_allowed"
    assert broken_rule(catalogue, None, "eliminated", "admin") == "no_workflow"
    assert broken_rule(catalogue, "confirmed", "eliminated", "verifier") is None
