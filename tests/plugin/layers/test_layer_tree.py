"""The group of layers: made once, found again, filtered, taken away."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsProject,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QTextDocument

from kmzb_qgis_plugin.domain import filter_sql
from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.layer_tree import ROLES, SOURCES, KmzbLayers, LayerError
from kmzb_qgis_plugin.replica.replica import Replica
from tests.plugin.sample_replica import write_sample_replica

TODAY, NOW = date(2024, 6, 1), "2024-06-01T00:00:00.000Z"


def _group_names(project: QgsProject) -> list[str]:
    return [group.name() for group in project.layerTreeRoot().findGroups()]


def _count(replica: Path, where: str) -> int:
    with sqlite3.connect(replica) as connection:
        number = connection.execute(f"SELECT count(*) FROM threats WHERE {where}").fetchone()[0]
    connection.close()
    return int(number)


def _fids(layer: QgsVectorLayer) -> set[int]:
    return {feature["fid"] for feature in layer.getFeatures()}


def _text(layer: QgsVectorLayer, expression: str, feature: QgsFeature) -> str:
    context = QgsExpressionContext()
    for scope in QgsExpressionContextUtils.globalProjectLayerScopes(layer):
        context.appendScope(scope)
    context.setFeature(feature)
    return str(QgsExpression.replaceExpressionText(expression, context))


def test_group_stands_on_top_with_the_layers_in_order(
    project: QgsProject, replica_path: Path, catalogue: Catalogue
) -> None:
    project.addMapLayer(QgsVectorLayer("Point", "another", "memory"))
    layers = KmzbLayers(project)
    layers.build(replica_path, catalogue, "pl")
    top = project.layerTreeRoot().children()[0]
    assert top.name() == "KMZB"
    assert [node.layer().customProperty("kmzb/role") for node in top.findLayers()] == list(ROLES)
    assert [layers.layer(source).name() for source in SOURCES] == [
        "Zgłoszenia obywateli",
        "Konsultacje społeczne",
        "Dane policyjne",
    ]


def test_each_source_shows_its_own_rows(layers: KmzbLayers, replica_path: Path) -> None:
    for source in SOURCES:
        assert layers.layer(source).featureCount() == _count(replica_path, f"source = '{source}'") > 0
    assert layers.layer("areas").featureCount() == 15
    assert layers.layer("units").featureCount() == 3


def test_new_project_gets_the_official_crs(layers: KmzbLayers, project: QgsProject) -> None:
    assert project.crs().authid() == "EPSG:2180"


def test_a_project_with_layers_keeps_its_crs(
    project: QgsProject, replica_path: Path, catalogue: Catalogue
) -> None:
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    project.addMapLayer(QgsVectorLayer("Point", "another", "memory"))
    KmzbLayers(project).build(replica_path, catalogue, "pl")
    assert project.crs().authid() == "EPSG:3857"


def test_filter_keeps_what_sql_keeps(layers: KmzbLayers, replica_path: Path, catalogue: Catalogue) -> None:
    """With quotes, wildcards and Polish letters in the text, and an area, statuses and deadlines."""
    filters = (
        ThreatFilter(categories=frozenset({"speeding", "theft"})),
        ThreatFilter(statuses=frozenset({"new"}), areas=frozenset({"0861", "0806"})),
        ThreatFilter(text="ŚMIECI"),
        ThreatFilter(text="o'clock % _ * ["),
        ThreatFilter(overdue=True),
        ThreatFilter(sources=frozenset({"police"})),
        ThreatFilter(),
    )
    for threat_filter in filters:
        where = filter_sql.where(threat_filter, TODAY, NOW, catalogue)
        assert layers.apply_filter(dict.fromkeys(SOURCES, where), 1000) == []
        shown = {source: len(_fids(layers.layer(source))) for source in SOURCES}
        for source in SOURCES:
            assert shown[source] == _count(replica_path, filter_sql.for_source(where, source)), where
            assert layers.layer(source).featureCount() == shown[source]
    assert sum(shown.values()) == 1200


def test_filter_is_set_only_where_it_changes(layers: KmzbLayers) -> None:
    changed: list[str] = []
    for source in SOURCES:
        layers.layer(source).subsetStringChanged.connect(lambda source=source: changed.append(source))
    layers.apply_filter(dict.fromkeys(SOURCES, "\"category\" = 'theft'"), 10)
    assert sorted(changed) == sorted(SOURCES)
    changed.clear()
    layers.apply_filter({**dict.fromkeys(SOURCES, "\"category\" = 'theft'"), "police": ""}, 10)
    assert changed == ["police"]


def test_layer_that_is_edited_is_named_and_left_alone(layers: KmzbLayers) -> None:
    citizen = layers.layer("citizen")
    before = citizen.subsetString()
    citizen.setReadOnly(False)
    assert citizen.startEditing()
    refused = layers.apply_filter(dict.fromkeys(SOURCES, '"confirmations" > 2'), 10)
    assert refused == ["Zgłoszenia obywateli"]
    assert citizen.subsetString() == before
    assert "confirmations" in layers.layer("police").subsetString()
    citizen.rollBack()
    assert layers.apply_filter(dict.fromkeys(SOURCES, '"confirmations" > 2'), 10) == []


def test_layers_cannot_be_edited_by_accident(layers: KmzbLayers) -> None:
    assert not any(layer.startEditing() for layer in layers.layers().values())


def test_saved_project_uses_the_same_layers_again(
    layers: KmzbLayers, project: QgsProject, replica_path: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    layers.apply_filter({"citizen": "\"status\" = 'new'"}, 10)
    ids = {role: layer.id() for role, layer in layers.layers().items()}
    project.layerTreeRoot().findLayer(layers.layer("units")).setItemVisibilityChecked(False)
    project.layerTreeRoot().findGroup("KMZB").setName("My group")
    file = str(tmp_path / "map.qgz")
    assert project.write(file)
    project.clear()
    assert project.read(file)

    again = KmzbLayers(project)
    again.build(replica_path, catalogue, "pl")
    assert {role: layer.id() for role, layer in again.layers().items()} == ids
    assert _group_names(project) == ["My group"]
    assert not project.layerTreeRoot().findLayer(again.layer("units")).itemVisibilityChecked()
    assert "'new'" in again.layer("citizen").subsetString()
    assert not again.layer("citizen").startEditing()


def test_saved_project_whose_replica_has_gone_shows_the_new_one(
    layers: KmzbLayers, project: QgsProject, replica: Replica, catalogue: Catalogue, tmp_path: Path
) -> None:
    file = str(tmp_path / "map.qgz")
    assert project.write(file)
    project.clear()
    replica.close()
    newer = Replica(replica.path.rename(replica.path.with_name("replica-2.gpkg")))
    project.read(file)
    again = KmzbLayers(project)
    again.build(newer.path, catalogue, "pl")
    assert all(layer.isValid() for layer in again.layers().values())
    assert again.layer("police").featureCount() == _count(newer.path, "source = 'police'")
    project.clear()
    newer.close()


@pytest.mark.parametrize("opened_first", ["replica", "project"])
def test_reading_during_a_write_sees_one_state(
    layers: KmzbLayers,
    project: QgsProject,
    replica: Replica,
    catalogue: Catalogue,
    write_row: Callable,
    tmp_path: Path,
    opened_first: str,
) -> None:
    """Also where QGIS had opened the file, with a saved project, before the replica was opened."""
    path = replica.path
    if opened_first == "project":
        file = str(tmp_path / "map.qgz")
        assert project.write(file)
        project.clear()
        replica.close()
        assert project.read(file)
        replica = Replica(path)
        layers = KmzbLayers(project)
        layers.build(path, catalogue, "pl")
    before = layers.layer("citizen").featureCount()
    reading = layers.layer("citizen").getFeatures()
    seen = [next(reading)["fid"]]
    write_row("UPDATE threats SET source = 'police' WHERE fid % 3 = 0")
    seen += [feature["fid"] for feature in reading]
    assert len(seen) == before > 0
    layers.refresh(("threats",))
    moved = _count(path, "source = 'police' AND ref LIKE 'Z%'")
    assert layers.layer("citizen").featureCount() == before - moved < before
    project.clear()
    replica.close()


def test_own_style_stays_until_the_language_changes(
    layers: KmzbLayers, replica_path: Path, catalogue: Catalogue
) -> None:
    police = layers.layer("police")
    own = QgsSingleSymbolRenderer(police.renderer().symbol().clone())
    own.symbol().setSize(17.0)
    police.setRenderer(own)
    police.setName("Records")
    layers.build(replica_path, catalogue, "pl")
    assert police.renderer().symbol().size() == 17.0
    assert police.name() == "Records"
    layers.build(replica_path, catalogue, "en")
    assert police.renderer().symbol().size() < 17.0
    assert police.name() == "Police records"


def test_layer_that_a_person_removed_comes_back_in_its_place(
    layers: KmzbLayers, project: QgsProject, replica_path: Path, catalogue: Catalogue
) -> None:
    project.removeMapLayer(layers.layer("cells"))
    assert layers.layer("cells") is None
    layers.apply_filter({"citizen": ""}, 10_000)
    layers.build(replica_path, catalogue, "pl")
    group = project.layerTreeRoot().findGroup("KMZB")
    assert [node.layer().customProperty("kmzb/role") for node in group.findLayers()] == list(ROLES)


def test_repoint_keeps_filter_names_and_style(layers: KmzbLayers, tmp_path: Path) -> None:
    other = write_sample_replica(tmp_path / "replica-2.gpkg", threats=400, seed=11)
    layers.apply_filter({"citizen": "\"status\" = 'confirmed'"}, 10)
    citizen = layers.layer("citizen")
    replica = Replica(other)
    layers.repoint(other)
    assert layers.layer("citizen") is citizen
    expected = _count(other, "source = 'citizen' AND status = 'confirmed'")
    assert citizen.featureCount() == len(_fids(citizen)) == expected > 0
    assert citizen.renderer().type() == "categorizedSymbol"
    assert citizen.attributeAlias(citizen.fields().lookupField("status")) == tr("Status")
    assert not citizen.startEditing()
    layers.remove()
    replica.close()


def test_refresh_shows_what_was_written_behind_the_layers(layers: KmzbLayers, write_row: Callable) -> None:
    shown = layers.layer("citizen").featureCount()
    fid = min(_fids(layers.layer("citizen")))
    write_row("UPDATE threats SET source = 'police' WHERE fid = ?", fid)
    layers.refresh(("threats",))
    assert layers.layer("citizen").featureCount() == shown - 1
    assert fid in _fids(layers.layer("police"))


def test_file_that_is_no_replica_is_an_error_in_words(
    project: QgsProject, catalogue: Catalogue, tmp_path: Path
) -> None:
    bad = tmp_path / "replica-1.gpkg"
    bad.write_text("not a database")
    with pytest.raises(LayerError) as caught:
        KmzbLayers(project).build(bad, catalogue, "pl")
    assert str(bad) in caught.value.log_message
    assert "Synchronise again" in caught.value.user_message(tr)


def test_repoint_to_a_file_without_the_table_is_an_error(
    layers: KmzbLayers, replica_path: Path, tmp_path: Path
) -> None:
    broken = Path(shutil.copy(replica_path, tmp_path / "replica-3.gpkg"))
    with sqlite3.connect(broken) as connection:
        connection.execute("DELETE FROM gpkg_contents WHERE table_name = 'units'")
        connection.execute("DELETE FROM gpkg_geometry_columns WHERE table_name = 'units'")
        connection.execute("DROP TABLE units")
    connection.close()
    with pytest.raises(LayerError, match="units"):
        layers.repoint(broken)


def test_remove_takes_ours_and_nothing_else(layers: KmzbLayers, project: QgsProject) -> None:
    own = QgsVectorLayer("Point", "own layer", "memory")
    project.addMapLayer(own)
    layers.remove()
    assert list(project.mapLayers().values()) == [own]
    assert _group_names(project) == []


def test_group_with_a_layer_of_the_persons_own_stays(layers: KmzbLayers, project: QgsProject) -> None:
    own = QgsVectorLayer("Point", "own layer", "memory")
    project.addMapLayer(own, False)
    project.layerTreeRoot().findGroup("KMZB").addLayer(own)
    layers.remove()
    assert _group_names(project) == ["KMZB"]
    assert list(project.mapLayers().values()) == [own]


def test_zoom_extent_is_the_ground_in_the_projects_crs(layers: KmzbLayers, project: QgsProject) -> None:
    extent = layers.zoom_extent()
    assert 150_000 < extent.xMinimum() < 210_000 < 300_000 < extent.xMaximum() < 350_000
    assert 370_000 < extent.yMinimum() < 410_000 < 560_000 < extent.yMaximum() < 610_000
    layers.remove()
    assert layers.zoom_extent().isNull()


def test_values_are_shown_in_words(layers: KmzbLayers) -> None:
    citizen = layers.layer("citizen")
    feature = next(citizen.getFeatures("\"category\" = 'speeding' AND \"status\" = 'new'"))
    text = '[% represent_value("category") %]|[% represent_value("status") %]|[% "source" %]'
    assert _text(citizen, text, feature) == "przekraczanie dozwolonej prędkości|Nowe|citizen"


def test_map_tip_shows_local_time_and_peoples_words_as_text(layers: KmzbLayers, write_row: Callable) -> None:
    """The report was made at 23:30 UTC in summer, and tries to bring a script along."""
    citizen = layers.layer("citizen")
    fid = min(_fids(citizen))
    write_row(
        "UPDATE threats SET description = ?, occurred_from = ?, local_day = ?, local_hour = ? WHERE fid = ?",
        *("a < b & <script>alert(1)</script>", "2024-05-01T23:05:00.000Z", "2024-05-02", 1, fid),
    )
    layers.refresh(("threats",))
    tip = _text(citizen, citizen.mapTipTemplate(), citizen.getFeature(fid))
    assert "a &lt; b &amp; &lt;script&gt;alert(1)&lt;/script&gt;" in tip
    assert "<script" not in tip
    assert "2024-05-02 01:05" in tip


def test_map_tips_are_dark_on_light_in_every_theme(layers: KmzbLayers) -> None:
    """QGIS has the theme's background and, in a dark one too, black letters."""
    told = [layer for layer in layers.layers().values() if layer.mapTipTemplate()]
    assert len(told) >= 5
    for layer in told:
        view = QTextDocument()
        view.setHtml(layer.mapTipTemplate())
        letters = view.begin().begin().fragment().charFormat().foreground().color()
        assert letters.lightness() < 60
        assert view.begin().blockFormat().background().color().lightness() > 240


def test_police_tip_has_no_empty_status(layers: KmzbLayers) -> None:
    police = layers.layer("police")
    tip = _text(police, police.mapTipTemplate(), next(police.getFeatures()))
    assert "NULL" not in tip
