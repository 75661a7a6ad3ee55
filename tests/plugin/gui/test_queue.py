"""The queue: groups by deadline, order, distance, and choosing one or several."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from desk import Desk, ask, wait_for
from qgis.core import QgsCoordinateReferenceSystem
from qgis.PyQt.QtCore import QModelIndex, QPoint, Qt
from qgis.PyQt.QtTest import QTest
from verification_hands import LEFT, choose, click_row, press, some

from kmzb_qgis_plugin.domain.deadline import LATER, OPEN, OVERDUE, TODAY, Deadlines
from kmzb_qgis_plugin.domain.distance import metres_between
from kmzb_qgis_plugin.domain.folding import alphabetic
from kmzb_qgis_plugin.domain.period import to_instant_text
from kmzb_qgis_plugin.gui.messages import Messages
from kmzb_qgis_plugin.gui.queue_model import CATEGORY, DISTANCE, DUE, REF
from kmzb_qgis_plugin.gui.verification_dock import VerificationDock

NOW = datetime(2026, 10, 25, 10, 0, tzinfo=UTC)  # the day on which clocks are put back
SHIFT, CONTROL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def dock(verification: VerificationDock) -> VerificationDock:
    return verification


def groups(dock: VerificationDock) -> dict[str, list[str]]:
    """References by group, as they stand."""
    model = dock.queue.model
    found = {}
    for number in range(model.rowCount()):
        parent = model.index(number, 0)
        rows = range(model.rowCount(parent))
        found[model.group_name(parent)] = [model.index(row, REF, parent).data() for row in rows]
    return found


def click_header(dock: VerificationDock, column: int) -> None:
    header = dock.queue.tree.header()
    middle = header.sectionViewportPosition(column) + header.sectionSize(column) // 2
    QTest.mouseClick(header.viewport(), LEFT, pos=QPoint(middle, header.height() // 2))


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (None, OPEN),
        ("2026-10-25T09:59:59.999Z", OVERDUE),
        ("2026-10-25T10:00:00.000Z", TODAY),
        ("2026-10-25T22:59:59.999Z", TODAY),  # winter time: midnight in Warsaw is 23:00
        ("2026-10-25T23:00:00.000Z", LATER),
    ],
)
def test_deadlines_are_grouped_by_polish_days(due: str | None, expected: str) -> None:
    assert Deadlines(NOW).group(due) == expected


def test_groups_stand_in_the_order_of_their_haste(language: str, dock: VerificationDock) -> None:
    now = datetime.now(UTC)
    dues = {"today": now + timedelta(seconds=30), "later": now + timedelta(days=9)}
    for number, due in enumerate(dues.values()):
        fid = some(dock, "new", number)
        with dock.session.replica._writing() as file:
            file.execute(
                "UPDATE threats SET read_due = ? WHERE fid = ?",
                (to_instant_text(due), fid),
            )
    dock.queue.load()
    wait_for(lambda: len(groups(dock)) >= 3)
    assert list(groups(dock)) in (
        [OVERDUE, TODAY, LATER, OPEN],
        [OVERDUE, LATER, OPEN],  # in the last half minute of a day
    )
    shown = [dock.queue.model.index(row, 0).data() for row in range(dock.queue.model.rowCount())]
    first, last = {"en": ("Overdue", "No deadline"), "pl": ("Po terminie", "Bez terminu")}[language]
    assert shown[0].startswith(f"{first} (")
    assert shown[-1] == f"{last} ({len(groups(dock)[OPEN])})"
    assert len(groups(dock)[LATER]) == 1


def test_a_click_on_a_head_orders_each_group(language: str, dock: VerificationDock) -> None:
    dock.resize(700, 900)
    before = groups(dock)
    click_header(dock, REF)
    assert groups(dock) == {group: sorted(refs) for group, refs in before.items()}
    click_header(dock, REF)
    assert groups(dock) == {group: sorted(refs, reverse=True) for group, refs in before.items()}
    click_header(dock, CATEGORY)
    model = dock.queue.model
    names = [model.index(row, CATEGORY, model.index(0, 0)).data() for row in range(20)]
    assert names == sorted(names, key=alphabetic)
    click_header(dock, DUE)
    assert groups(dock) == before


def test_the_order_and_the_wish_for_ones_own_unit_are_remembered(
    open_verification: Callable[..., VerificationDock], messages: Messages, desk: Desk
) -> None:
    dock = open_verification()
    dock.resize(700, 900)
    click_header(dock, REF)
    QTest.mouseClick(dock.queue.own_first, LEFT, pos=QPoint(8, dock.queue.own_first.height() // 2))
    again = VerificationDock(dock.session, messages, desk.canvas)
    wait_for(lambda: again.queue.model.count() > 0)
    assert groups(again) == groups(dock)
    assert not again.queue.own_first.isChecked()
    again.deleteLater()


def as_unit(dock: VerificationDock, unit: str | None) -> None:
    """Sign in as somebody of a unit."""
    dock.session.identity = replace(dock.session.identity, unit=unit)
    dock.queue.load()
    wait_for(lambda: not dock.session._background.busy("queue"))


def test_ones_own_unit_comes_first_in_each_group(dock: VerificationDock) -> None:
    as_unit(dock, "KMP-GW")
    mine = {row[0] for row in ask(dock.session, "SELECT ref FROM threats WHERE unit = 'KMP-GW'")}
    for refs in groups(dock).values():
        own = [ref in mine for ref in refs]
        assert own == sorted(own, reverse=True)
        assert any(own)
    dock.queue.own_first.setChecked(False)
    assert any(
        [ref in mine for ref in refs] != sorted((ref in mine for ref in refs), reverse=True)
        for refs in groups(dock).values()
    )
    # Whoever is of the voivodeship's command has the units below it as their own.
    dock.queue.own_first.setChecked(True)
    as_unit(dock, "KWP-GW")
    units = {row.unit for row in (dock.queue.model.threat_at(n) for n in range(dock.queue.model.count()))}
    assert units - {None} <= dock.queue.model._own


def test_distances_are_from_the_seat_of_ones_own_unit(language: str, dock: VerificationDock) -> None:
    as_unit(dock, "KPP-SD")
    lon, lat = ask(dock.session, "SELECT seat_lon, seat_lat FROM units WHERE code = 'KPP-SD'")[0]
    model = dock.queue.model
    row = model.threat_at(0)
    metres = metres_between(lon, lat, row.lon, row.lat)
    near = f"{metres / 1000:.1f} km".replace(".", {"en": ".", "pl": ","}[language])
    shown = model.index_of(row.fid, DISTANCE).data().replace("\u00a0", " ")
    assert shown in (f"{metres / 1000:.0f} km", near)
    tip = model.headerData(DISTANCE, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    seat = "KPP w Strzelcach Krajeńskich"
    assert tip == {"en": f"Distance from {seat}", "pl": f"Odległość: {seat}"}[language]
    click_header(dock, DISTANCE)
    dock.queue.own_first.setChecked(False)
    first = [model.threat_at(number) for number in range(10)]
    away = [metres_between(lon, lat, one.lon, one.lat) for one in first]
    assert away == sorted(away)


def test_without_a_unit_distances_are_from_the_middle_of_the_map(
    language: str, dock: VerificationDock, desk: Desk
) -> None:
    desk.window.show()
    desk.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:2180"))
    desk.canvas.setExtent(dock.session.layers.zoom_extent())
    as_unit(dock, None)
    tip = dock.queue.model.headerData(DISTANCE, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    words = {"en": "Distance from the middle of the map", "pl": "Odległość: środek mapy"}
    assert tip == words[language]
    lon, lat = dock.map.middle()
    assert 14 < lon < 17
    assert 51 < lat < 54
    assert not dock.queue.own_first.isEnabled()


def test_keys_go_through_the_queue_from_anywhere_in_the_dock(dock: VerificationDock) -> None:
    choose(dock, some(dock, "new"))
    press(dock, "Take up verification")
    number = dock.queue.model.row_of(dock.queue.current)
    dock.activateWindow()
    QTest.keyClick(dock.threat.form.fields.note, Qt.Key.Key_Down, ALT)
    expected = dock.queue.model.threat_at(number + 1).fid
    wait_for(lambda: dock.threat.threat.fid == expected)
    assert dock.queue.tree.selectionModel().selectedRows()[0] == dock.queue.model.index_of(expected)


@pytest.mark.parametrize(("by", "expected"), [(1, 6), (-1, 4)])
def test_keys_go_on_from_where_a_report_left_the_queue(
    dock: VerificationDock, by: int, expected: int
) -> None:
    """A colleague has decided about it."""
    fids = [dock.queue.model.threat_at(row).fid for row in range(8)]
    choose(dock, fids[5])
    with dock.session.replica._writing() as connection:
        connection.execute("UPDATE threats SET status = 'unconfirmed' WHERE fid = ?", (fids[5],))
    dock.queue.load()
    wait_for(lambda: dock.queue.model.row_of(fids[5]) < 0)
    dock.queue.step(by)
    assert dock.queue.current == fids[expected]


def test_folded_groups_and_the_choice_survive_new_rows(dock: VerificationDock) -> None:
    model, tree = dock.queue.model, dock.queue.tree
    last = model.rowCount() - 1
    tree.collapse(model.index(last, 0))
    fids = [model.threat_at(number).fid for number in (2, 3, 5)]
    click_row(dock, fids[0])
    click_row(dock, fids[1], SHIFT)
    click_row(dock, fids[2], CONTROL)
    tree.verticalScrollBar().setValue(7)
    dock.session.replicaChanged.emit(None)
    wait_for(lambda: not dock.session._background.busy("queue"))
    assert not tree.isExpanded(model.index(last, 0))
    chosen = [model.row(index).fid for index in tree.selectionModel().selectedRows()]
    assert sorted(chosen) == sorted(fids)
    assert tree.verticalScrollBar().value() == 7


def headings(dock: VerificationDock) -> list[QModelIndex]:
    return [dock.queue.model.index(row, 0) for row in range(dock.queue.model.rowCount())]


def middle_of(dock: VerificationDock, heading: QModelIndex) -> QPoint:
    dock.queue.tree.scrollTo(heading)
    return dock.queue.tree.visualRect(heading).center()


def at(dock: VerificationDock) -> int | None:
    """The report that is chosen and that the keyboard is at."""
    tree = dock.queue.tree
    (chosen,) = tree.selectionModel().selectedRows()
    row = dock.queue.model.row(tree.currentIndex())
    assert row is not None and row == dock.queue.model.row(chosen)
    return row.fid


def of_group(dock: VerificationDock, number: int, row: int) -> int:
    """A report by its place in a group, from the end for negative places."""
    model = dock.queue.model
    heading = model.index(number, 0)
    found = model.row(model.index(row % model.rowCount(heading), 0, heading))
    assert found is not None
    return found.fid


def test_a_heading_is_not_chosen_by_a_click_and_folds_by_two(dock: VerificationDock) -> None:
    tree, heading = dock.queue.tree, dock.queue.model.index(1, 0)
    told: list[object] = []
    choose(dock, of_group(dock, 0, 0))
    dock.queue.severalSelected.connect(told.append)
    for held in (Qt.KeyboardModifier.NoModifier, SHIFT, CONTROL):
        QTest.mouseClick(tree.viewport(), LEFT, held, middle_of(dock, heading))
        chosen = [dock.queue.model.row(index).fid for index in tree.selectionModel().selectedRows()]
        assert chosen == [of_group(dock, 0, 0)]
    assert told == []
    for folded in (True, False):
        QTest.mouseDClick(tree.viewport(), LEFT, pos=middle_of(dock, heading))
        assert tree.isExpanded(heading) is not folded
    arrow = QPoint(tree.visualRect(heading).left() - dock.queue.tree.indentation() // 2, 0)
    QTest.mouseClick(tree.viewport(), LEFT, pos=arrow + QPoint(0, middle_of(dock, heading).y()))
    assert not tree.isExpanded(heading)


def test_the_arrow_keys_pass_headings(dock: VerificationDock) -> None:
    tree, key = dock.queue.tree, Qt.Key
    choose(dock, of_group(dock, 0, -1))
    for pressed, place in (
        (key.Key_Down, (1, 0)),
        (key.Key_Up, (0, -1)),
        (key.Key_Home, (0, 0)),
        (key.Key_Up, (0, 0)),
        (key.Key_End, (dock.queue.model.rowCount() - 1, -1)),
        (key.Key_Down, (dock.queue.model.rowCount() - 1, -1)),
    ):
        QTest.keyClick(tree, pressed)
        assert at(dock) == of_group(dock, *place)
    for pressed in [key.Key_PageUp] * 4 + [key.Key_PageDown] * 4:
        QTest.keyClick(tree, pressed)
        at(dock)
    choose(dock, of_group(dock, 0, -1))
    QTest.keyClick(tree, key.Key_Down, SHIFT)
    assert dock.queue._chosen == {of_group(dock, 0, -1), of_group(dock, 1, 0)}
    assert not any(map(tree.selectionModel().isSelected, headings(dock)))


def test_arrows_to_the_sides_fold_and_unfold(dock: VerificationDock) -> None:
    model, tree, key = dock.queue.model, dock.queue.tree, Qt.Key
    first, second, last = (model.index(row, 0) for row in (0, 1, model.rowCount() - 1))
    choose(dock, of_group(dock, 0, 2))
    QTest.keyClick(tree, key.Key_Left)
    assert not tree.isExpanded(first)
    assert dock.threat.threat.fid == of_group(dock, 0, 2)
    QTest.keyClick(tree, key.Key_Down)
    assert at(dock) == of_group(dock, 1, 0), "from what is folded, on to what follows it"
    QTest.keyClick(tree, key.Key_Up)
    assert at(dock) == of_group(dock, 1, 0), "nothing above is in sight"
    QTest.keyClick(tree, key.Key_Right)
    assert tree.isExpanded(first)
    QTest.keyClick(tree, key.Key_Up)
    assert at(dock) == of_group(dock, 0, -1)
    choose(dock, of_group(dock, last.row(), 0))
    QTest.keyClick(tree, key.Key_Left)
    QTest.keyClick(tree, key.Key_End)
    assert at(dock) == of_group(dock, last.row() - 1, -1)
    for row in range(model.rowCount()):
        tree.collapse(model.index(row, 0))
    for pressed in (key.Key_Down, key.Key_Up, key.Key_PageDown, key.Key_Home):
        QTest.keyClick(tree, pressed)
        assert at(dock) == of_group(dock, last.row() - 1, -1), "no report is in sight"
    QTest.keyClick(tree, key.Key_Right)
    assert tree.isExpanded(second)
    assert tree.isExpanded(last)


def test_the_next_report_is_that_of_the_next_group(dock: VerificationDock) -> None:
    dock.queue.tree.collapse(dock.queue.model.index(1, 0))
    choose(dock, of_group(dock, 0, -1))
    QTest.mouseClick(dock.queue.next, LEFT)
    assert at(dock) == of_group(dock, 1, 0)
    assert dock.queue.tree.isExpanded(dock.queue.model.index(1, 0)), "it is brought into sight"
    QTest.mouseClick(dock.queue.previous, LEFT)
    assert at(dock) == of_group(dock, 0, -1)


def test_several_reports_are_told_of_and_one_again_afterwards(dock: VerificationDock) -> None:
    told: list[list[int]] = []
    dock.queue.severalSelected.connect(told.append)
    fids = [dock.queue.model.threat_at(number).fid for number in range(3)]
    click_row(dock, fids[0])
    assert told == []
    click_row(dock, fids[2], SHIFT)
    assert sorted(told[-1]) == sorted(fids)
    click_row(dock, fids[1])
    assert told[-1] == [fids[1]]


def test_everything_can_be_chosen_with_a_key(dock: VerificationDock) -> None:
    choose(dock, dock.queue.model.threat_at(0).fid)
    QTest.keyClick(dock.queue.tree, Qt.Key.Key_A, CONTROL)
    assert len(dock.queue._chosen) == dock.queue.model.count()
    assert not any(map(dock.queue.tree.selectionModel().isSelected, headings(dock)))
    dock.queue.mark_all(dock.queue._chosen)
    rows = dock.queue.tree.selectionModel().selectedRows()
    assert len(rows) == dock.queue.model.count()
    assert all(index.parent() != QModelIndex() for index in rows)
