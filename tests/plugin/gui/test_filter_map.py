"""Filtering by the map's view, by selected polygons of any layer, and by who decides next; projects."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk import Desk, ask, told, wait_for
from filter_dock_hands import opened_part, part, settled
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)

from kmzb_qgis_plugin.domain.shape import Shape
from kmzb_qgis_plugin.domain.threat_filter import Mine, ThreatFilter
from kmzb_qgis_plugin.gui.filter_dock import FilterDock
from kmzb_qgis_plugin.gui.messages import Messages
from kmzb_qgis_plugin.layers.shapes import MOST_CORNERS, NoArea, NoPlace, shape_of, view_shape
from kmzb_qgis_plugin.session import Session

WGS84 = QgsCoordinateReferenceSystem("EPSG:4326")
POLAND = QgsCoordinateReferenceSystem("EPSG:2180")
SQUARE = "POLYGON((15 52, 15.6 52, 15.6 52.6, 15 52.6, 15 52))"
IN_SQUARE = "lon BETWEEN 15 AND 15.6 AND lat BETWEEN 52 AND 52.6"


@pytest.fixture
def dock(opened: Callable[..., Session], desk: Desk) -> Iterator[FilterDock]:
    """The dock with a map that shows the layers in degrees."""
    session = opened()
    desk.canvas.setDestinationCrs(WGS84)
    session.map_view = lambda: view_shape(desk.canvas.mapSettings(), QgsProject.instance())
    desk.canvas.extentsChanged.connect(session.follow_view)
    made = FilterDock(session, Messages(desk.bar), None, desk.canvas)
    made.resize(360, 900)
    made.show()
    wait_for(lambda: made.shown.text().endswith(" 600"), "first counts")
    yield made
    desk.canvas.extentsChanged.disconnect(session.follow_view)
    made.deleteLater()


def polygons(desk: Desk, *wkt: str, crs: str = "EPSG:4326") -> QgsVectorLayer:
    layer = QgsVectorLayer(f"MultiPolygon?crs={crs}&field=name:string", "areas of mine", "memory")
    for number, text in enumerate(wkt):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([f"area {number}"])
        geometry = QgsGeometry.fromWkt(text)
        geometry.convertToMultiType()
        feature.setGeometry(geometry)
        layer.dataProvider().addFeatures([feature])
    layer.setDisplayExpression('"name"')
    QgsProject.instance().addMapLayer(layer)
    desk.canvas.setLayers([layer])
    return layer


def shown_in_view(desk: Desk) -> str:
    box = desk.canvas.extent()
    return (
        f"lon BETWEEN {box.xMinimum()} AND {box.xMaximum()} "
        f"AND lat BETWEEN {box.yMinimum()} AND {box.yMaximum()}"
    )


def test_the_filter_follows_the_map(language: str, dock: FilterDock, desk: Desk) -> None:
    desk.canvas.setExtent(QgsRectangle(14.8, 51.8, 15.6, 52.4))
    box = opened_part(dock, "MapPart").view
    box.click()
    first = settled(dock, shown_in_view(desk))
    desk.canvas.setExtent(QgsRectangle(15.2, 52.2, 16.2, 52.9))
    second = settled(dock, shown_in_view(desk))
    assert first != second
    assert {"en": "within the map's view", "pl": "w widoku mapy"}[language] in dock.sentence.text()
    dock.undo.click()  # the map's moves are no steps
    assert dock.session.filter == ThreatFilter()
    assert not box.isChecked()
    dock.redo.click()
    settled(dock, shown_in_view(desk))  # as the map is now


def test_selected_polygons_of_any_layer(language: str, dock: FilterDock, desk: Desk) -> None:
    layer = polygons(desk, SQUARE, "POLYGON((15.7 52, 16 52, 16 52.4, 15.7 52.4, 15.7 52))")
    layer.selectByIds([1])
    opened_part(dock, "MapPart").within.click()
    settled(dock, IN_SQUARE)
    assert dock.sentence.text().endswith({"en": "within area 0", "pl": "w obszarze: area 0"}[language])
    layer.selectByIds([1, 2])
    settled(dock, f"({IN_SQUARE}) OR (lon BETWEEN 15.7 AND 16 AND lat BETWEEN 52 AND 52.4)")
    layer.removeSelection()  # to see the map without its colour
    assert part(dock, "MapPart").name.text() == "area 0, area 1"
    opened_part(dock, "MapPart").within.click()
    settled(dock, "1")


def test_without_a_selection_it_is_said_what_to_do(language: str, dock: FilterDock, desk: Desk) -> None:
    polygons(desk, SQUARE)
    box = opened_part(dock, "MapPart").within
    box.click()
    assert told(desk.bar) == [
        {
            "en": "No area is selected. Select polygons of any layer on the map, then choose this again.",
            "pl": "Nie zaznaczono obszaru. Zaznacz na mapie poligony dowolnej warstwy i wybierz to ponownie.",
        }[language]
    ]
    assert not box.isChecked()
    assert dock.session.filter == ThreatFilter()


def test_another_crs_holes_parts_and_a_broken_polygon() -> None:
    project = QgsProject.instance()
    bow = QgsGeometry.fromWkt("POLYGON((15 52, 16 53, 16 52, 15 53, 15 52))")
    assert len(shape_of([bow], WGS84, project).rings) == 2  # mended: two triangles
    ring = QgsGeometry.fromWkt(
        "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0),(2 2,3 2,3 3,2 3,2 2)),((20 0,21 0,21 1,20 0)))"
    )
    assert len(shape_of([ring, QgsGeometry(), QgsGeometry.fromWkt("POINT(1 1)")], WGS84, project).rings) == 3
    box = QgsGeometry.fromRect(QgsRectangle(240_000, 540_000, 250_000, 550_000))
    rings = shape_of([box], POLAND, project).rings
    assert all(15 < x < 15.5 and 52.6 < y < 52.9 for ring in rings for x, y in ring)
    circle = QgsGeometry.fromWkt("CURVEPOLYGON(CIRCULARSTRING(15 52, 15.5 52.5, 15 52))")
    assert len(shape_of([circle], WGS84, project).rings) == 1
    coast = QgsGeometry.fromWkt("POINT(15 52)").buffer(0.5, 2000)
    assert sum(map(len, shape_of([coast], WGS84, project).rings)) <= MOST_CORNERS


@pytest.mark.parametrize(
    ("wkt", "crs", "error"),
    [("LINESTRING(0 0, 1 1)", WGS84, NoArea), ("POLYGON((0 0, 1 0, 1e9 1e12, 0 0))", WGS84, NoPlace)],
)
def test_what_is_no_area_of_the_earth(wkt: str, crs: QgsCoordinateReferenceSystem, error: type) -> None:
    with pytest.raises(error):
        shape_of([QgsGeometry.fromWkt(wkt)], crs, QgsProject.instance())


def test_what_waits_for_my_decision(language: str, dock: FilterDock) -> None:
    opened_part(dock, "TextPart").mine.click()
    assert dock.session.filter.mine == Mine("coordinator", frozenset({"KWP-GW", "KMP-GW", "KPP-SD"}))
    catalogue = dock.session.catalogue
    mine = ", ".join(f"'{code}'" for code in catalogue.decided_by("coordinator"))
    settled(dock, f"status IN ({mine}) AND unit IN ('KWP-GW', 'KMP-GW', 'KPP-SD')")
    words = {"en": "waiting for my decision", "pl": "czekające na moją decyzję"}
    assert words[language] in dock.sentence.text()


def test_a_colleagues_filter_waits_for_me_and_not_for_them(dock: FilterDock) -> None:
    wait_for(lambda: dock.session.places, "the units are known")
    dock.session.set_filter(ThreatFilter(mine=Mine("verifier", frozenset({"elsewhere"}))))
    assert dock.session.filter.mine == dock.session.mine()


def test_a_project_brings_its_filter_back(dock: FilterDock, tmp_path: Path) -> None:
    project = QgsProject.instance()
    shape = Shape((((15.0, 52.0), (15.6, 52.0), (15.6, 52.6), (15.0, 52.6)),), "a square")
    kept = ThreatFilter(sources=frozenset({"citizen"}), text="żary", within=shape)
    dock.session.set_filter(kept)
    assert project.write(str(tmp_path / "desk.qgz"))
    dock.session.set_filter(ThreatFilter())
    assert project.read(str(tmp_path / "desk.qgz"))
    assert dock.session.filter == kept
    assert part(dock, "MapPart").within.isChecked()
    dock.undo.click()
    assert dock.session.filter == ThreatFilter()


def test_a_project_of_another_service_changes_nothing(dock: FilterDock, tmp_path: Path) -> None:
    project = QgsProject.instance()
    dock.session.set_filter(ThreatFilter(text="żary"))
    assert project.write(str(tmp_path / "desk.qgz"))
    project.writeEntry("kmzb", "/service", "https://elsewhere")
    assert project.readEntry("kmzb", "/filter")[0]
    dock.session.set_filter(ThreatFilter())
    dock.session._project_read()
    assert dock.session.filter == ThreatFilter()


def test_areas_and_units_show_what_they_would_add(dock: FilterDock) -> None:
    areas = opened_part(dock, "AreasPart")
    dock.session.set_filter(ThreatFilter(sources=frozenset({"police"}), areas=frozenset({"0861"})))
    (expected,) = ask(
        dock.session, "SELECT count(*) FROM threats WHERE source = 'police' AND county = '0801'"
    )
    wait_for(
        lambda: areas.tree.box("0801").text(1) == str(expected[0]), "counted without the choice of areas"
    )
