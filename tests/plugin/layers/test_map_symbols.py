"""What is painted: signs and colours by status, pictograms from nearby, cells where there are many."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from qgis.core import QgsLayerTreeLayer, QgsLayerTreeModel, QgsProject
from qgis.PyQt.QtCore import Qt

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.layers.layer_tree import (
    DENSE_COUNT,
    DENSE_SCALE,
    SOURCES,
    KmzbLayers,
    cell_features,
    cell_step,
)
from kmzb_qgis_plugin.layers.pictograms import DARK_INK, LIGHT_INK, ink_on
from kmzb_qgis_plugin.layers.symbology import CROWDED_SCALE, PICTOGRAM_SCALE, SOURCE_COLORS
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.replica import Replica
from tests.plugin.sample_replica import catalogue_json

STATUSES = [status["code"] for status in catalogue_json()["statuses"]]
FAR, NEAR = 200_000, 10_000
SIGN_REACH, MARKER_REACH = 6, 16  # pixels

FindThreat = Callable[[str], tuple[int, float, float]]


def _show_only(layers: KmzbLayers, source: str, fid: int) -> None:
    layers.apply_filter({source: f"fid = {fid}"}, 1)


@pytest.mark.parametrize("status", STATUSES)
def test_status_paints_its_colour_at_both_scales(
    layers: KmzbLayers, catalogue: Catalogue, one_threat: FindThreat, paint: Callable, status: str
) -> None:
    fid, lon, lat = one_threat(f"status = '{status}'")
    _show_only(layers, "citizen", fid)
    color = catalogue.status(status).symbol_color
    far = paint([layers.layer("citizen")], lon, lat, FAR)
    near = paint([layers.layer("citizen")], lon, lat, NEAR)
    assert far.around(lon, lat, SIGN_REACH, color) >= 8
    assert far.count(color) == far.around(lon, lat, SIGN_REACH, color), "painted elsewhere too"
    assert near.around(lon, lat, MARKER_REACH, color) > 5 * far.around(lon, lat, SIGN_REACH, color)
    assert near.around(lon, lat, MARKER_REACH, ink_on(color)) > 20, "no pictogram on the marker"


def test_pictograms_start_at_their_scale(layers: KmzbLayers, one_threat: FindThreat, paint: Callable) -> None:
    fid, lon, lat = one_threat("status = 'confirmed'")
    _show_only(layers, "citizen", fid)
    shown = [layers.layer("citizen")]
    before = paint(shown, lon, lat, PICTOGRAM_SCALE * 1.02).count("#d7263d")
    after = paint(shown, lon, lat, PICTOGRAM_SCALE * 0.98).count("#d7263d")
    assert after > 3 * before > 0


def test_pictograms_start_nearer_where_there_are_many(
    layers: KmzbLayers, one_threat: FindThreat, paint: Callable
) -> None:
    fid, lon, lat = one_threat("status = 'confirmed'")
    reds = []
    for total in (DENSE_COUNT, DENSE_COUNT + 1):
        layers.apply_filter({"citizen": f"fid = {fid}"}, total)
        reds.append(paint([layers.layer("citizen")], lon, lat, CROWDED_SCALE * 2).count("#d7263d"))
    nearer = paint([layers.layer("citizen")], lon, lat, CROWDED_SCALE * 0.98).count("#d7263d")
    assert reds[0] > 3 * reds[1] > 0
    assert nearer == reds[0]


def test_pictogram_depends_on_the_category(
    layers: KmzbLayers, write_row: Callable, one_threat: FindThreat, paint: Callable
) -> None:
    """The same report, its category changed in the file: another drawing, the general one if unknown."""
    fid, lon, lat = one_threat("status = 'new'")
    _show_only(layers, "citizen", fid)
    white = {}
    for category in ("speeding", "illegal_parking", "code_of_tomorrow"):
        write_row("UPDATE threats SET category = ? WHERE fid = ?", category, fid)
        layers.refresh(("threats",))
        near = paint([layers.layer("citizen")], lon, lat, NEAR)
        white[category] = near.around(lon, lat, 9, LIGHT_INK)
    assert len(set(white.values())) == 3
    assert min(white.values()) > 20


@pytest.mark.parametrize("source", ["police", "community"])
def test_other_sources_have_a_colour_of_their_own(
    layers: KmzbLayers, one_threat: FindThreat, paint: Callable, source: str
) -> None:
    fid, lon, lat = one_threat(f"source = '{source}'")
    _show_only(layers, source, fid)
    near = paint([layers.layer(source)], lon, lat, NEAR)
    assert near.around(lon, lat, MARKER_REACH, SOURCE_COLORS[source]) > 100
    assert near.around(lon, lat, 9, LIGHT_INK) > 20


def test_waiting_decision_has_a_badge(
    layers: KmzbLayers, replica: Replica, one_threat: FindThreat, paint: Callable
) -> None:
    fid, lon, lat = one_threat("status = 'new'")
    _show_only(layers, "citizen", fid)

    def dark_above_right() -> int:
        near = paint([layers.layer("citizen")], lon, lat, NEAR)
        x, y = near.pixel_of(lon, lat)
        return near.count(DARK_INK, (x + 4, y - 18, x + 20, y - 3), tolerance=60)

    assert dark_above_right() == 0
    replica.mark_pending({fid: "verification"})
    layers.refresh(("threats",))
    assert dark_above_right() > 10


def test_waiting_reports_lie_on_top_at_the_same_place(
    layers: KmzbLayers, one_threat: FindThreat, paint: Callable
) -> None:
    """A new report with the lower id, and a closed one with the higher id, at one place."""
    fid, lon, lat = one_threat("status = 'new'")
    closed, _, _ = one_threat(f"status = 'unconfirmed' AND fid > {fid}")
    layer = layers.layer("citizen")
    place = next(layer.getFeatures(f"fid = {fid}")).geometry()
    layer.setReadOnly(False)
    assert layer.dataProvider().changeGeometryValues({closed: place})
    layers.apply_filter({"citizen": f"fid IN ({fid}, {closed})"}, 2)
    near = paint([layer], lon, lat, NEAR)
    assert near.around(lon, lat, 11, "#3a9d3a") > 50


def test_many_points_give_way_to_cells_at_small_scales(
    layers: KmzbLayers, replica_path: Path, one_threat: FindThreat, paint: Callable
) -> None:
    fid, lon, lat = one_threat("status = 'confirmed'")
    where = dict.fromkeys(SOURCES, f"fid = {fid}")
    shown = [layers.layer(source) for source in SOURCES]

    layers.apply_filter(where, DENSE_COUNT)
    assert not layers.dense
    assert paint(shown, lon, lat, DENSE_SCALE * 4).count("#d7263d") > 0

    layers.apply_filter(where, DENSE_COUNT + 1)
    assert layers.dense
    assert paint(shown, lon, lat, DENSE_SCALE * 4).count("#d7263d") == 0
    assert paint(shown, lon, lat, DENSE_SCALE * 0.9).count("#d7263d") > 0

    step = cell_step(DENSE_SCALE * 4)
    with sqlite3.connect(replica_path) as connection:
        cells = queries.cells(connection, "", step)
    connection.close()
    layers.set_cells(cell_features(cells), step)
    fullest = max(cells, key=lambda cell: cell.number)
    place = next(
        feature.geometry().asPoint()
        for feature in layers.layer("cells").getFeatures()
        if feature["number"] == fullest.number
    )
    middle = (place.x(), place.y())
    assert fullest.west < place.x() < fullest.east and fullest.south < place.y() < fullest.north
    painted = paint([layers.layer("cells")], *middle, DENSE_SCALE * 4)
    assert painted.around(*middle, 3, "#ffffff") == 0
    assert layers.layer("cells").featureCount() == len(cells)

    layers.apply_filter(where, 10)
    assert layers.layer("cells").featureCount() == 0


def test_cells_grow_with_their_number(layers: KmzbLayers, paint: Callable) -> None:
    layers.apply_filter({}, DENSE_COUNT + 1)
    sizes = []
    for number in (5, 20, 100, 500, 5000):
        layers.set_cells(cell_features([queries.Cell(15.0, 52.0, 15.2, 52.2, 15.1, 52.1, number)]), 0.2)
        painted = paint([layers.layer("cells")], 15.1, 52.1, 500_000)
        sizes.append(200 * 200 - painted.count("#ffffff", tolerance=2))
    assert sizes == sorted(sizes)
    assert sizes[0] > 50
    assert len(set(sizes)) == len(sizes)


@pytest.mark.parametrize(
    ("scale", "step"), [(100_000, 0.015), (800_000, 0.1), (4_000_000, 0.5), (50_000_000, 0.5)]
)
def test_cell_step_suits_the_scale(scale: float, step: float) -> None:
    assert cell_step(scale) == step


def test_areas_and_units_are_painted_where_they_are(layers: KmzbLayers, paint: Callable) -> None:
    """Land inside the sample's rectangle only; the command's seat as a shield."""
    ground = paint([layers.layer("areas")], 15.4, 52.2, 2_000_000)
    assert ground.around(15.4, 52.2, 2, "#fafaf7", 3) > 15
    assert ground.around(15.4, 54.0, 2, "#fafaf7", 3) == 0
    unit = next(layers.layer("units").getFeatures("\"code\" = 'KPP-SD'"))
    seat = unit["seat_lon"], unit["seat_lat"]
    assert paint([layers.layer("units")], *seat, 300_000).around(*seat, 8, "#1f3a68") > 60


def test_legend_names_the_statuses_in_the_language(
    layers: KmzbLayers, project: QgsProject, catalogue: Catalogue
) -> None:
    model = QgsLayerTreeModel(project.layerTreeRoot())
    node: QgsLayerTreeLayer = project.layerTreeRoot().findLayer(layers.layer("citizen"))
    model.refreshLayerLegend(node)
    entries = model.layerLegendNodes(node)
    labels = [entry.data(Qt.ItemDataRole.DisplayRole) for entry in entries]
    assert labels[: len(STATUSES)] == [status.name("pl") for status in catalogue.statuses]
    # The first, "new", is a green disc without any badge.
    picture = entries[0].data(Qt.ItemDataRole.DecorationRole).toImage()
    tones = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert "#3a9d3a" in tones
    assert DARK_INK not in tones


def test_legend_shows_signs_that_fit_its_rows_and_differ(layers: KmzbLayers, project: QgsProject) -> None:
    model = QgsLayerTreeModel(project.layerTreeRoot())
    node = project.layerTreeRoot().findLayer(layers.layer("citizen"))
    model.refreshLayerLegend(node)
    shapes = set()
    for entry in model.layerLegendNodes(node)[: len(STATUSES)]:
        picture = entry.data(Qt.ItemDataRole.DecorationRole).toImage()
        drawn = [
            (x, y)
            for x in range(picture.width())
            for y in range(picture.height())
            if picture.pixelColor(x, y).alpha() > 128
        ]
        rows = [y for _, y in drawn]
        assert 0 < min(rows) <= max(rows) < picture.height() - 1, "cut off"
        shapes.add(frozenset(drawn))
    assert len(shapes) == len(STATUSES)
