"""The map of coloured areas: its values, its classes, and how it follows the filter."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from desk import Desk, ask, told, wait_for
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeatureRequest,
    QgsFillSymbol,
    QgsGradientColorRamp,
    QgsGraduatedSymbolRenderer,
    QgsProject,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtTest import QTest

from kmzb_qgis_plugin.choropleth_map import ChoroplethMap
from kmzb_qgis_plugin.domain.period import Period
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.gui.choropleth_dialog import ChoroplethDialog
from kmzb_qgis_plugin.gui.messages import Messages
from kmzb_qgis_plugin.layers import choropleth
from kmzb_qgis_plugin.layers.choropleth import FIGURES, METHODS, Choropleth
from kmzb_qgis_plugin.replica.replica import Replica
from kmzb_qgis_plugin.session import Session
from kmzb_qgis_plugin.steps import exhaust

YEAR = ThreatFilter(period=Period("range", date(2023, 6, 1), date(2024, 5, 31)))
LAST_YEAR = ThreatFilter(period=Period("range", date(2022, 6, 1), date(2023, 5, 31)))


@pytest.fixture
def show(coloured: ChoroplethMap) -> Callable[..., QgsVectorLayer]:
    def show_(**members: object) -> QgsVectorLayer:
        told_: list[None] = []
        coloured.shown.connect(lambda: told_.append(None))
        coloured.show(Choropleth(**members))
        wait_for(lambda: told_, "the map is coloured")
        layer = choropleth.find_layer(QgsProject.instance())
        assert layer is not None
        return layer

    return show_


def values(layer: QgsVectorLayer, figure: str) -> dict[str, object]:
    return {feature["code"]: feature[figure] or 0 for feature in layer.getFeatures() if feature[figure]}


def counted(session: Session, level: str, where: str = "1") -> dict[str, int]:
    return dict(ask(session, f"SELECT {level}, count(*) FROM threats WHERE {where} GROUP BY 1"))


def colours_of(layer: QgsVectorLayer) -> list[str]:
    ranges = layer.renderer().ranges()  # they own their symbols
    return [one.symbol().color().name() for one in ranges]


def test_counts_follow_the_filter(
    show: Callable[..., QgsVectorLayer], coloured: ChoroplethMap, session: Session
) -> None:
    layer = show(figure="threats", level="county")
    assert values(layer, "threats") == counted(session, "county")
    assert layer.name() == "Number of threats, counties"
    told_: list[None] = []
    coloured.shown.connect(lambda: told_.append(None))
    session.set_filter(ThreatFilter(sources=frozenset({"police"})))
    wait_for(lambda: told_)
    assert values(layer, "threats") == counted(session, "county", "source = 'police'")
    assert "Police records" in layer.abstract()
    assert layer.featureCount() == 14


def test_per_square_kilometre_and_inhabitant(show: Callable[..., QgsVectorLayer], session: Session) -> None:
    layer = show(figure="per_km2", level="county")
    counts = counted(session, "county")
    people = dict(ask(session, "SELECT code, population FROM areas WHERE level = 'county'"))
    to_metres = QgsCoordinateTransform(
        layer.crs(), QgsCoordinateReferenceSystem("EPSG:2180"), QgsProject.instance()
    )
    for feature in layer.getFeatures():
        shape = feature.geometry()
        shape.transform(to_metres)
        count = counts.get(feature["code"], 0)
        # The official projection shows areas a little smaller or larger than they are.
        assert feature["per_km2"] == pytest.approx(count / (shape.area() / 1e6), rel=0.003)
        assert feature["per_thousand"] == pytest.approx(1000 * count / people[feature["code"]])


def test_change_has_no_value_without_a_base(show: Callable[..., QgsVectorLayer], session: Session) -> None:
    session.set_filter(YEAR.replace(categories=frozenset({"speeding"})))
    layer = show(figure="change", level="county", method="EqualInterval")
    now = "category = 'speeding' AND local_day BETWEEN '2023-06-01' AND '2024-05-31'"
    then = "category = 'speeding' AND local_day BETWEEN '2022-06-01' AND '2023-05-31'"
    counts, before = counted(session, "county", now), counted(session, "county", then)
    missing = 0
    for feature in layer.getFeatures():
        base = before.get(feature["code"], 0)
        if base == 0:
            assert not feature["change"]
            missing += 1
        else:
            assert feature["change"] == pytest.approx(100 * (counts.get(feature["code"], 0) - base) / base)
    assert missing > 0
    bounds = [(one.lowerValue(), one.upperValue()) for one in layer.renderer().ranges()]
    assert any(bound == pytest.approx(0, abs=1e-6) for bound in sum(bounds, ())), bounds  # they part there


def test_units_have_those_below_them_and_lie_beside_each_other(
    show: Callable[..., QgsVectorLayer], session: Session
) -> None:
    layer = show(figure="threats", level="unit")
    own = counted(session, "unit")
    assert values(layer, "threats") == {code: own[code] for code in ("KMP-GW", "KPP-SD")}


def test_every_figure_with_every_method(show: Callable[..., QgsVectorLayer], session: Session) -> None:
    session.set_filter(YEAR)
    for figure in FIGURES:
        for method in METHODS:
            renderer = show(figure=figure, level="county", method=method, classes=4).renderer()
            assert isinstance(renderer, QgsGraduatedSymbolRenderer)
            assert renderer.classificationMethod().id() == method
            assert 2 <= len(renderer.ranges()) <= 8, (figure, method)
            for one in renderer.ranges():
                number = renderer.classificationMethod().formatNumber
                ends = (number(one.lowerValue()), number(one.upperValue()))
                assert one.label() == " to ".join(dict.fromkeys(ends))


def test_whole_numbers_are_in_one_class_and_no_class_is_empty(
    show: Callable[..., QgsVectorLayer], session: Session
) -> None:
    for method in METHODS:
        layer = show(figure="threats", level="county", method=method, classes=6)
        bounds = [(one.lowerValue(), one.upperValue()) for one in layer.renderer().ranges()]
        for number in values(layer, "threats").values():
            assert sum(lowest <= number <= highest for lowest, highest in bounds) == 1, (method, number)
        for lowest, highest in bounds:
            assert any(lowest <= number <= highest for number in values(layer, "threats").values()), method


def test_ones_own_colours_stay_when_the_filter_changes(
    show: Callable[..., QgsVectorLayer], coloured: ChoroplethMap, session: Session
) -> None:
    layer = show(figure="threats", level="county", method="Quantile", classes=4)
    before = [one.upperValue() for one in layer.renderer().ranges()]
    layer.renderer().updateColorRamp(QgsGradientColorRamp(QColor("#ffffe0"), QColor("#8b0000")))
    layer.renderer().updateRangeSymbol(1, QgsFillSymbol.createSimple({"color": "#00ff00"}))
    colours = colours_of(layer)
    told_: list[None] = []
    coloured.shown.connect(lambda: told_.append(None))
    session.set_filter(ThreatFilter(sources=frozenset({"police"})))
    wait_for(lambda: told_)
    after = [one.upperValue() for one in layer.renderer().ranges()]
    assert after != before
    assert colours_of(layer) == colours
    assert layer.renderer().sourceColorRamp().color2().name() == "#8b0000"
    # A style of another kind altogether is the person's own: it stays as it is.
    layer.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple({"color": "#123456"})))
    told_.clear()
    session.set_filter(ThreatFilter())
    wait_for(lambda: told_)
    assert layer.renderer().symbol().color().name() == "#123456"
    # Another figure is another map.
    assert isinstance(show(figure="per_km2", level="county").renderer(), QgsGraduatedSymbolRenderer)


def test_it_lies_over_the_land_and_under_the_rest(
    show: Callable[..., QgsVectorLayer], session: Session
) -> None:
    show()
    names = [
        node.layer().customProperty("kmzb/role")
        for node in QgsProject.instance().layerTreeRoot().findLayers()
    ]
    assert names[-2:] == ["choropleth", "areas"]


def test_nothing_to_colour_by_is_said(coloured: ChoroplethMap, session: Session, desk: Desk) -> None:
    coloured.show(Choropleth(figure="change"))
    wait_for(lambda: told(desk.bar) and "A change needs a period" in told(desk.bar)[-1])


def test_an_area_without_a_boundary_has_no_value_per_square_kilometre(
    show: Callable[..., QgsVectorLayer], session: Session
) -> None:
    with session.replica._writing() as file:
        file.execute("UPDATE areas SET geom = NULL WHERE code = '0811'")
    layer = show(figure="per_km2", level="county")
    found = {feature["code"]: feature for feature in layer.getFeatures()}
    assert not found["0811"]["per_km2"]
    assert found["0811"]["threats"] == counted(session, "county")["0811"]
    assert found["0861"]["per_km2"] > 0


def test_a_saved_project_has_it_again_and_it_follows(
    show: Callable[..., QgsVectorLayer], coloured: ChoroplethMap, session: Session, tmp_path: Path
) -> None:
    show(figure="per_thousand", level="county", classes=3)
    project = QgsProject.instance()
    assert project.write(str(tmp_path / "map.qgz"))
    project.clear()
    assert coloured.spec() is None
    told_: list[None] = []
    coloured.shown.connect(lambda: told_.append(None))
    assert project.read(str(tmp_path / "map.qgz"))
    wait_for(lambda: told_)
    assert coloured.spec() == Choropleth("per_thousand", "county", "Jenks", 3)
    told_.clear()
    session.set_filter(ThreatFilter(sources=frozenset({"police"})))
    wait_for(lambda: told_)
    layer = choropleth.find_layer(project)
    assert values(layer, "threats") == counted(session, "county", "source = 'police'")


def test_it_goes_on_with_a_new_copy_of_the_data(
    show: Callable[..., QgsVectorLayer], coloured: ChoroplethMap, session: Session
) -> None:
    layer = show()
    told_: list[None] = []
    coloured.shown.connect(lambda: told_.append(None))
    newer = session.replica.path.with_name("replica-2.gpkg")
    shutil.copy(session.replica.path, newer)
    exhaust(session._adopting(Replica(newer)))
    wait_for(lambda: told_)
    assert newer.name in layer.source()
    assert layer.isValid()
    assert layer.getFeature(next(layer.getFeatures(QgsFeatureRequest())).id()).isValid()


def test_the_dialog_shows_changes_and_removes(
    coloured: ChoroplethMap, session: Session, messages: Messages
) -> None:
    dialog = ChoroplethDialog(coloured, messages)
    dialog.show()
    assert not dialog.remove_button.isEnabled()
    dialog.level.setCurrentIndex(dialog.level.findText("Counties"))
    dialog.figure.setCurrentIndex(dialog.figure.findText("Threats per km²"))
    dialog.classes.setValue(3)
    QTest.mouseClick(dialog.show_button, Qt.MouseButton.LeftButton)
    wait_for(dialog.remove_button.isEnabled)
    assert coloured.spec() == Choropleth("per_km2", "county", dialog.method.currentData(), 3)
    again = ChoroplethDialog(coloured, messages)
    assert again.spec() == dialog.spec()
    QTest.mouseClick(dialog.remove_button, Qt.MouseButton.LeftButton)
    assert choropleth.find_layer(QgsProject.instance()) is None
    assert not dialog.remove_button.isEnabled()
    for one in (dialog, again):
        one.deleteLater()
