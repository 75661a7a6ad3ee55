"""Areas and units in the filter, and categories that are no longer in use."""

from __future__ import annotations

from desk import ask
from filter_dock_hands import click_box, opened_part, part, settled
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QTreeWidgetItem

from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.gui.facet_tree import NAME, Facet, FacetGroup, FacetTree
from kmzb_qgis_plugin.gui.filter_dock import FilterDock
from kmzb_qgis_plugin.gui.place_parts import AreasPart
from kmzb_qgis_plugin.replica.queries import AreaRow


def names(tree: FacetTree) -> list[str]:
    return [item.text(NAME) for item in tree.boxes() if not item.isHidden()]


def test_an_area_unchecked_is_left_out(dock: FilterDock) -> None:
    tree = opened_part(dock, "AreasPart").tree
    click_box(tree, "0861")

    assert settled(dock, "county <> '0861'") < 600
    assert "0861" not in dock.session.filter.areas
    assert len(dock.session.filter.areas) == 13


def test_a_unit_unchecked_is_left_out(language: str, dock: FilterDock) -> None:
    tree = opened_part(dock, "UnitsPart").tree
    click_box(tree, "KMP-GW")

    assert settled(dock, "unit IN ('KWP-GW', 'KPP-SD')") < 600
    assert dock.session.filter.units == {"KWP-GW", "KPP-SD"}
    word = {"en": "units", "pl": "jednostki"}[language]
    names = "KPP w Strzelcach Krajeńskich, KWP w Gorzowie Wielkopolskim"
    assert f"{word}: {names}" in dock.sentence.text()


def test_an_area_is_named_in_the_sentence_and_found_by_name_or_code(language: str, dock: FilterDock) -> None:
    areas = opened_part(dock, "AreasPart")
    dock.session.set_filter(ThreatFilter(areas=frozenset({"0811"})))
    word = {"en": "areas", "pl": "obszary"}[language]
    assert f"{word}: powiat żarski" in dock.sentence.text()
    QTest.keyClicks(areas.search, "ZARSKI")
    assert names(areas.tree) == ["powiat żarski"]
    areas.search.clear()
    QTest.keyClicks(areas.search, "0862")
    assert names(areas.tree) == ["Zielona Góra"]
    QTest.keyClicks(areas.search, "9")
    words = {"en": "No area has “08629” in", "pl": "Żaden obszar nie ma w nazwie ani w kodzie „08629”"}
    assert areas.nothing.text().startswith(words[language])


def test_places_that_come_late_take_no_click_back(dock: FilterDock) -> None:
    opened_part(dock, "AreasPart")
    police = part(dock, "SourcesPart").tree.box("police")
    police.setCheckState(NAME, Qt.CheckState.Unchecked)
    dock._take_places(([area("08", None)], []))  # before the loop tells of the box

    assert dock.session.filter.sources == {"citizen", "community"}
    assert police.checkState(NAME) == Qt.CheckState.Unchecked


def test_a_whole_area_is_one_code(dock: FilterDock) -> None:
    areas = opened_part(dock, "AreasPart")
    dock.session.set_filter(ThreatFilter(areas=frozenset({"08"}), text="drezdenko"))
    settled(dock, "place LIKE '%drezdenko%'")
    assert all(item.checkState(NAME) for item in areas.tree.boxes())


def area(code: str, parent: str | None) -> AreaRow:
    return AreaRow(int(code), code, "", f"name {code}", parent, False, None)


def test_three_levels_are_chosen_by_the_fewest_codes(dock: FilterDock) -> None:
    areas = AreasPart()
    rows = [area("08", None), area("0811", "08"), area("0812", "08"), area("10", None), area("1001", "10")]
    areas.set_places([*rows, area("0811011", "0811"), area("0811022", "0811"), area("0812011", "0812")], [])
    assert areas.apply_to(ThreatFilter()).areas is None

    areas.tree.box("0811022").setCheckState(NAME, Qt.CheckState.Unchecked)
    assert areas.apply_to(ThreatFilter()).areas == {"0811011", "0812", "10"}
    areas.set_from(ThreatFilter(areas=frozenset({"0811", "1001"})))
    assert areas.apply_to(ThreatFilter()).areas == {"0811", "10"}
    areas.deleteLater()


def test_without_areas_the_choice_of_them_stays(dock: FilterDock) -> None:
    areas = AreasPart()
    wanted = ThreatFilter(areas=frozenset({"0811"}))
    areas.set_from(wanted)

    assert areas.apply_to(wanted) == wanted
    areas.deleteLater()


def test_retired_categories_stand_by_themselves(language: str, dock: FilterDock) -> None:
    tree = part(dock, "CategoriesPart").tree
    retired = {entry.code for entry in dock.session.catalogue.categories if entry.valid_to}
    assert retired
    heading = {"en": "No longer in use", "pl": "Już nieużywane"}[language]
    assert {tree.box(code).parent().text(NAME) for code in retired} == {heading}
    click_box(tree, heading)

    listed = ",".join(repr(code) for code in retired)
    assert ask(dock.session, f"SELECT count(*) FROM threats WHERE category IN ({listed})")[0][0] > 0
    settled(dock, f"category NOT IN ({listed})")


def test_searching_opens_the_way_to_what_is_found_and_not_more() -> None:
    tree = FacetTree("places")
    inner = FacetGroup("żarski", [Facet("1", "Lubsko"), Facet("2", "Żary")], "11")
    tree.fill([FacetGroup("lubuskie", [inner, Facet("12", "wschowski")], "08")])
    top: QTreeWidgetItem = tree.topLevelItem(0)

    tree.search("lubsko")
    assert top.isExpanded()
    assert top.child(0).isExpanded()
    assert names(tree) == ["Lubsko"]
    tree.search("lubuskie")
    assert top.isExpanded()
    assert not top.child(0).isExpanded()
    assert len(names(tree)) == 3
    tree.deleteLater()
