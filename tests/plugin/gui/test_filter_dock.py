"""The filter dock: what is clicked and typed is what the map shows and what is counted."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from desk import ask, wait_for
from filter_dock_hands import choose_from_menu, click_box, click_chip, part, settled
from looks import WIDTH
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QDate, QPoint, Qt, QTimer
from qgis.PyQt.QtGui import QContextMenuEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

from kmzb_qgis_plugin.domain.period import Period, warsaw_today
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.gui.facet_tree import COUNT, NAME
from kmzb_qgis_plugin.gui.filter_dock import FilterDock
from kmzb_qgis_plugin.gui.messages import Messages
from kmzb_qgis_plugin.session import Session

DAY_SQL = "local_day"


def codes_in_use(dock: FilterDock, group: str) -> list[str]:
    categories = dock.session.catalogue.categories
    return [entry.code for entry in categories if entry.group == group and entry.valid_to is None]


def test_unchecking_a_source_empties_its_layer(dock: FilterDock) -> None:
    click_box(part(dock, "SourcesPart").tree, "citizen")

    assert settled(dock, "source <> 'citizen'") > 0
    assert dock.session.layers.layer("citizen").featureCount() == 0
    assert "Citizens' reports" not in dock.sentence.text()


def test_a_group_is_one_click_and_one_change(dock: FilterDock) -> None:
    changes = []
    dock.session.filterChanged.connect(lambda: changes.append(dock.session.filter))
    click_box(part(dock, "CategoriesPart").tree, "Traffic")

    traffic = [
        entry.code
        for entry in dock.session.catalogue.categories
        if entry.group == "traffic" and entry.valid_to is None
    ]
    settled(dock, f"category NOT IN ({','.join(repr(code) for code in traffic)})")
    assert len(changes) == 1


def test_a_group_with_one_box_unchecked_is_half_checked(dock: FilterDock) -> None:
    tree = part(dock, "CategoriesPart").tree
    click_box(tree, "speeding")

    settled(dock, "category <> 'speeding'")
    group = tree.box("speeding").parent()
    assert group.checkState(NAME) == Qt.CheckState.PartiallyChecked


def test_the_context_menu_keeps_only_what_is_meant(language: str, dock: FilterDock) -> None:
    tree = part(dock, "CategoriesPart").tree
    tree.setCurrentItem(tree.box("speeding").parent())

    def pick() -> None:
        menu = QApplication.activePopupWidget()
        words = {"en": "Only “Traffic”", "pl": "Tylko „Ruch drogowy i komunikacja”"}[language]
        (only,) = [action for action in menu.actions() if action.text() == words]
        menu.setActiveAction(only)
        QTest.keyClick(menu, Qt.Key.Key_Return)

    QTimer.singleShot(0, pick)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5))
    QApplication.sendEvent(tree.viewport(), event)

    traffic = [
        entry.code
        for entry in dock.session.catalogue.categories
        if entry.group == "traffic" and entry.valid_to is None
    ]
    settled(dock, f"category IN ({','.join(repr(code) for code in traffic)})")


def test_boxes_are_checked_by_key(dock: FilterDock) -> None:
    tree = part(dock, "SourcesPart").tree
    tree.setFocus()
    tree.setCurrentItem(tree.box("citizen"))
    QTest.keyClick(tree, Qt.Key.Key_Down)
    QTest.keyClick(tree, Qt.Key.Key_Space)

    settled(dock, "source <> 'community'")


def test_chips_are_pressed_by_click_key_and_menu(language: str, dock: FilterDock) -> None:
    chips = part(dock, "StatusesPart").chips
    click_chip(chips, "unconfirmed")
    settled(dock, "status IS NULL OR status <> 'unconfirmed'")
    dock.activateWindow()
    chips.chips["new"].setFocus()
    QTest.keyClick(chips.chips["new"], Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    settled(dock, "status IS NULL OR status NOT IN ('unconfirmed', 'verification')")
    words = {
        "en": ("Only “New”", "Uncheck All", "Check All"),
        "pl": ("Tylko „Nowe”", "Odznacz wszystko", "Zaznacz wszystko"),
    }
    kept = ("status IS NULL OR status = 'new'", "status IS NULL", "1 = 1")
    for text, where in zip(words[language], kept, strict=True):
        choose_from_menu(chips, chips.chips["new"].geometry().center(), text)
        settled(dock, where)


def test_chips_wrap_within_the_dock_and_keep_their_places(
    language: str, theme: str, dock: FilterDock
) -> None:
    """Counts change at each click; the chips would jump from line to line with them."""
    dock.session.language = language
    dock.session.catalogueChanged.emit()
    chips = part(dock, "StatusesPart").chips
    dock.resize(360, 900)
    settled(dock, "1 = 1")
    QTest.qWait(100)  # the dock is laid out in several goes
    buttons = chips.chips.values()
    before = [chip.geometry() for chip in buttons]
    assert all(chips.rect().contains(place) for place in before)
    assert all(chip.text().split()[-1] == chip.accessibleName().split()[-1] for chip in buttons)
    shortened = [chip for chip in buttons if "…" in chip.text()]
    assert all(chip.width() == chips.width() for chip in shortened)
    dock.session.set_filter(ThreatFilter(categories=frozenset()))
    settled(dock, "1 = 0")
    QTest.qWait(100)
    assert all(chip.text().endswith(" 0") for chip in buttons)
    assert [chip.geometry() for chip in buttons] == before
    dock.resize(600, 900)
    wait_for(lambda: 1 < len({chip.y() for chip in buttons}) < len(before), "some stand beside each other")


def test_each_box_tells_what_it_holds_under_the_rest_of_the_filter(dock: FilterDock) -> None:
    click_chip(part(dock, "StatusesPart").chips, "new")
    click_box(part(dock, "CategoriesPart").tree, "speeding")
    settled(dock, "category <> 'speeding' AND (status IS NULL OR status <> 'new')")

    tree = part(dock, "CategoriesPart").tree
    rest = "(status IS NULL OR status <> 'new')"
    for code, number in ask(
        dock.session, f"SELECT category, count(*) FROM threats WHERE {rest} GROUP BY category"
    ):
        assert tree.box(code).text(COUNT) == str(number), code
    new = ask(dock.session, "SELECT count(*) FROM threats WHERE status = 'new' AND category <> 'speeding'")
    assert part(dock, "StatusesPart").chips.chips["new"].text().endswith(f" {new[0][0]}")


def test_counts_stand_until_the_new_ones_are_there(dock: FilterDock) -> None:
    """Nothing flickers: what is counted anew does not go blank first."""
    boxes = list(part(dock, "CategoriesPart").tree.boxes())
    blank: list[str] = []

    def look() -> bool:
        blank.extend(text for text in ("", "…") if text in {box.text(COUNT) for box in boxes})
        blank.extend(text for text in [dock.shown.text()] if not text)
        return dock.shown.text() == before

    before = dock.shown.text()
    click_box(part(dock, "SourcesPart").tree, "citizen")
    wait_for(lambda: not look(), "the new counts")
    assert blank == []


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        ("today", lambda day: day),
        ("last_7", lambda day: day - timedelta(days=6)),
        ("last_30", lambda day: day - timedelta(days=29)),
        ("last_90", lambda day: day - timedelta(days=89)),
        ("this_month", lambda day: day.replace(day=1)),
        ("this_year", lambda day: day.replace(month=1, day=1)),
    ],
)
def test_presets_keep_the_days_that_they_name(
    dock: FilterDock, kind: str, first: Callable[[date], date]
) -> None:
    period = part(dock, "PeriodPart")
    period.kind.setCurrentIndex(period.kind.findData(kind))

    today = warsaw_today()
    settled(dock, f"local_day >= '{first(today)}' AND local_day <= '{today}'")
    assert part(dock, "PeriodPart").first.isHidden()


def test_from_and_to_keep_both_days(dock: FilterDock) -> None:
    period = part(dock, "PeriodPart")
    period.kind.setCurrentIndex(period.kind.findData("range"))
    assert not period.first.isHidden()
    period.first.setDate(QDate(2023, 3, 1))
    period.last.setDate(QDate(2023, 9, 30))

    assert 0 < settled(dock, "local_day BETWEEN '2023-03-01' AND '2023-09-30'") < 600
    period.first.clear()
    settled(dock, "local_day <= '2023-09-30'")


def test_typed_days_are_taken_whole_and_a_step_each(language: str, dock: FilterDock) -> None:
    period = part(dock, "PeriodPart")
    period.kind.setCurrentIndex(period.kind.findData("range"))
    seen: list[Period] = []
    dock.session.filterChanged.connect(lambda: seen.append(dock.session.filter.period))
    first, last = {"en": ("01/03/2023", "30/9/2023"), "pl": ("01.03.2023", "30.9.2023")}[language]
    dock.activateWindow()
    assert QTest.qWaitForWindowActive(dock)
    QTest.mouseClick(period.first.lineEdit(), Qt.MouseButton.LeftButton)
    QTest.keyClicks(period.first, first)
    settled(dock, "local_day >= '2023-03-01'")
    QTest.keyClick(period.first, Qt.Key.Key_Tab)
    QTest.keyClicks(period.last, last)
    QTest.keyClick(period.last, Qt.Key.Key_Return)  # does not wait
    assert seen == [
        Period("range", date(2023, 3, 1)),
        Period("range", date(2023, 3, 1), date(2023, 9, 30)),
    ]
    settled(dock, "local_day BETWEEN '2023-03-01' AND '2023-09-30'")
    dock.undo.click()
    assert dock.session.filter.period == seen[0]
    assert period.last.isNull()


def test_a_day_that_is_being_typed_stays_when_the_catalogue_comes_anew(
    language: str, dock: FilterDock
) -> None:
    period = part(dock, "PeriodPart")
    period.kind.setCurrentIndex(period.kind.findData("range"))
    dock.activateWindow()
    assert QTest.qWaitForWindowActive(dock)
    QTest.mouseClick(period.first.lineEdit(), Qt.MouseButton.LeftButton)
    QTest.keyClicks(period.first, {"en": "01/03/2023", "pl": "01.03.2023"}[language])
    dock.session.catalogueChanged.emit()
    settled(dock, "local_day >= '2023-03-01'")
    QTest.keyClicks(period.first, "02")
    dock.session.set_filter(ThreatFilter(period=Period("range", date(2023, 5, 1))))  # others hold
    settled(dock, "local_day >= '2023-05-01'")
    assert period.first.date() == QDate(2023, 5, 1)


def test_the_other_date_is_the_one_of_the_report(dock: FilterDock) -> None:
    period = part(dock, "PeriodPart")
    period.kind.setCurrentIndex(period.kind.findData("range"))
    period.first.setDate(QDate(2024, 1, 1))
    period.field.setCurrentIndex(period.field.findData("reported"))

    settled(dock, "reported_at >= '2023-12-31T23:00:00.000Z'")


def test_typed_words_are_looked_for_after_a_pause(dock: FilterDock) -> None:
    text = part(dock, "TextPart").text
    changes = []
    dock.session.filterChanged.connect(lambda: changes.append(dock.session.filter.text))
    QTest.keyClicks(text, "drezdenko")

    assert 0 < settled(dock, "place LIKE '%drezdenko%'") < 600
    assert changes == ["drezdenko"]


def test_only_overdue_reports(dock: FilterDock) -> None:
    overdue = part(dock, "TextPart").overdue
    QTest.mouseClick(overdue, Qt.MouseButton.LeftButton, pos=QPoint(8, overdue.height() // 2))

    settled(dock, "status IN ('new', 'verification')")  # the sample's deadlines have all passed


def test_reset_brings_everything_back(dock: FilterDock) -> None:
    assert not dock.reset.isEnabled()
    click_box(part(dock, "SourcesPart").tree, "police")
    QTest.keyClicks(part(dock, "TextPart").text, "ul")
    period = part(dock, "PeriodPart")
    period.kind.setCurrentIndex(period.kind.findData("last_90"))
    wait_for(lambda: dock.session.filter.text == "ul")
    QTest.mouseClick(dock.reset, Qt.MouseButton.LeftButton)

    assert settled(dock, "1 = 1") == 600
    assert dock.session.filter == ThreatFilter()
    assert part(dock, "TextPart").text.text() == ""
    assert part(dock, "SourcesPart").tree.chosen() is None
    assert period.kind.currentData() == "all"


def test_searching_the_tree_ignores_case_and_accents_and_knows_former_names(
    language: str, dock: FilterDock
) -> None:
    categories = part(dock, "CategoriesPart")
    QTest.keyClicks(categories.search, "BEZDOMNOSC")

    visible = [item.text(NAME) for item in categories.tree.boxes() if not item.isHidden()]
    words = {"en": "homeless person in need of help", "pl": "osoba bezdomna wymagająca pomocy"}
    assert visible == [words[language]]
    categories.search.clear()
    assert not any(item.isHidden() for item in categories.tree.boxes())


def test_a_search_that_finds_nothing_says_so_and_what_to_do(language: str, dock: FilterDock) -> None:
    categories = part(dock, "CategoriesPart")
    place = categories.tree.geometry()
    QTest.keyClicks(categories.search, "smok")
    words = {
        "en": "No category has “smok” in its name. Clear the search to see all.",
        "pl": "Żadna kategoria nie ma w nazwie „smok”. Wyczyść wyszukiwanie, aby zobaczyć wszystkie.",
    }
    assert categories.nothing.text() == words[language]
    wait_for(lambda: categories.nothing.geometry() == place, "it stands in the tree's place")
    assert not categories.tree.isVisible()
    assert dock.session.filter == ThreatFilter(), "a search chooses nothing"
    QTest.keyClicks(categories.search, "a <b>" + "W" * 80)
    wait_for(lambda: dock.width() == WIDTH)
    assert dock.minimumSizeHint().width() <= WIDTH
    assert "a <b>W" in categories.nothing.text()
    categories.search.selectAll()
    QTest.keyClick(categories.search, Qt.Key.Key_Delete)
    assert categories.tree.isVisible()
    assert not categories.nothing.isVisible()


def test_the_filter_is_there_again_after_reopening(dock: FilterDock) -> None:
    click_chip(part(dock, "StatusesPart").chips, "mistake")
    settled(dock, "status IS NULL OR status <> 'mistake'")
    connection = dock.session.connection
    dock.session.close()
    assert dock.pages.currentIndex() == 0
    dock.session.open(connection)

    settled(dock, "status IS NULL OR status <> 'mistake'")
    assert not part(dock, "StatusesPart").chips.chips["mistake"].isChecked()


def test_a_chosen_code_that_the_catalogue_lost_stays_chosen(dock: FilterDock) -> None:
    dock.session.set_filter(ThreatFilter(categories=frozenset({"speeding", "long_gone"})))
    settled(dock, "category = 'speeding'")
    click_box(part(dock, "SourcesPart").tree, "police")

    assert dock.session.filter.categories == {"speeding", "long_gone"}


def test_members_that_no_part_shows_are_left_alone(dock: FilterDock) -> None:
    dock.session.set_filter(ThreatFilter(areas=frozenset({"0861"}), weekdays=frozenset({6, 7})))
    click_box(part(dock, "SourcesPart").tree, "police")

    assert dock.session.filter.areas == {"0861"}
    assert dock.session.filter.weekdays == {6, 7}


def test_layers_that_are_not_in_the_project_can_be_added(dock: FilterDock) -> None:
    assert dock.missing.isHidden()
    QgsProject.instance().clear()
    assert not dock.missing.isHidden()
    QTest.mouseClick(dock.add_layers, Qt.MouseButton.LeftButton)

    assert dock.missing.isHidden()
    assert settled(dock, "1 = 1") == 600


def test_a_saved_project_shows_the_replica_in_use(dock: FilterDock, tmp_path: Path) -> None:
    project = QgsProject.instance()
    assert project.write(str(tmp_path / "kmzb.qgz"))
    project.clear()
    old = dock.session.replica.path
    newer = Path(shutil.copy(old, old.with_name("replica-2.gpkg")))
    dock.session.open(dock.session.connection)
    assert dock.session.replica.path == newer
    project.clear()
    assert project.read(str(tmp_path / "kmzb.qgz"))

    assert str(newer) in dock.session.layers.layer("citizen").source()
    assert settled(dock, "1 = 1") == 600


def test_it_is_said_while_the_service_cannot_be_reached(language: str, dock: FilterDock) -> None:
    words = {"en": "Working offline; last synchronised just now", "pl": "Praca bez sieci"}
    assert words[language] in dock.sync.text.text()
    assert dock.sync.isVisible()
    dock.session._schedule._conclude(None)  # as after one that succeeded
    assert dock.sync.isHidden()


def test_without_a_connection_the_dock_says_what_to_do(session: Session, messages: Messages) -> None:
    dock = FilterDock(session, messages)
    asked = []
    dock.notice.connectionsRequested.connect(lambda: asked.append(True))
    dock.show()

    assert "No connection is open" in dock.notice.text.text()
    assert dock.notice.retry_button.isHidden()
    QTest.mouseClick(dock.notice.connect_button, Qt.MouseButton.LeftButton)
    assert asked == [True]
    dock.deleteLater()


def test_a_first_load_that_fails_says_why_and_can_be_tried_again(
    session: Session, messages: Messages, make_connection
) -> None:
    dock = FilterDock(session, messages)
    dock.show()
    session.open(make_connection())
    assert not dock.notice.progress.isHidden()
    wait_for(lambda: not session.syncing)

    assert "cannot be reached" in dock.notice.text.text()
    QTest.mouseClick(dock.notice.retry_button, Qt.MouseButton.LeftButton)
    assert session.syncing
    dock.deleteLater()
