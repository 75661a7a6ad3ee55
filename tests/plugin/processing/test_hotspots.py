"""Hotspots from Processing: every threat is in the cell that says so, and what is wrong is told."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.shape import Shape
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.layers.hotspots import class_name
from kmzb_qgis_plugin.processing.provider import KmzbProvider
from kmzb_qgis_plugin.settings import Connection
from tests.plugin.processing.analysis_hands import LAT, LON, Listens, change, file_of, gather, places

SQUARES = 1
NORTH = "0801,0803,0806,0861"


def hot_at(provider: KmzbProvider, feedback: QgsProcessingFeedback, **parameters: Any) -> bool:
    """Whether the place to which threats are gathered is hot."""
    context = QgsProcessingContext()
    given = {"CONNECTION": "Lubuskie", "OUTPUT": "memory:", "CELL_SIZE": 5000, **parameters}
    found = provider.algorithm("hotspots").create().run(given, context, feedback, {}, False)[0]
    layer = context.takeResultLayer(found["OUTPUT"])
    to_cells = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"), layer.crs(), QgsProject.instance()
    )
    place = to_cells.transform(QgsPointXY(LON, LAT))
    return any(cell["class"] >= 2 and cell.geometry().contains(place) for cell in layer.getFeatures())


@pytest.mark.parametrize("shape", [0, SQUARES])
def test_cells_count_what_lies_in_them(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection], shape: int
) -> None:
    connection = loaded()
    found = run("hotspots", CONNECTION="Lubuskie", CELL_SHAPE=shape, CELL_SIZE=8000, OUTPUT="memory:")
    layer: QgsVectorLayer = found["OUTPUT"]
    assert layer.crs().authid() == "EPSG:2180"
    cells = list(layer.getFeatures())
    assert sum(cell["threats"] for cell in cells) == found["COUNT"] > 550
    assert any(cell["threats"] == 0 for cell in cells), "empty cells count too"
    to_cells = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"), layer.crs(), QgsProject.instance()
    )
    points = [to_cells.transform(QgsPointXY(*place)) for place in places(connection)]
    shapes = [cell.geometry() for cell in cells]
    neighbours = 8 if shape == SQUARES else 6
    whole = [cell for cell in cells if sum(map(cell.geometry().touches, shapes)) == neighbours]
    assert len(whole) > 30
    for cell in whole:
        assert cell["threats"] == sum(cell.geometry().contains(point) for point in points)
        assert cell["places"] <= cell["threats"]


def test_a_planted_hotspot_is_found_and_drawn(
    provider: KmzbProvider,
    run: Callable[..., dict[str, Any]],
    loaded: Callable[..., Connection],
    tmp_path: Path,
) -> None:
    connection = loaded()
    gather(connection, "fid % 6 = 0", 0.03)
    target, style = tmp_path / "hot.gpkg", tmp_path / "hot.qml"
    found = run("hotspots", CONNECTION="Lubuskie", CELL_SIZE=5000, OUTPUT=str(target), STYLE=str(style))
    layer = QgsVectorLayer(str(target), "hot", "ogr")
    layer.loadNamedStyle(str(style))
    assert isinstance(layer.renderer(), QgsCategorizedSymbolRenderer)
    assert [int(one.value()) for one in layer.renderer().categories()] == [3, 2, 1, 0, -1, -2, -3]
    to_cells = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"), layer.crs(), QgsProject.instance()
    )
    middle = to_cells.transform(QgsPointXY(LON + 0.135, LAT + 0.135))
    hot = [cell for cell in layer.getFeatures() if cell["class"] == 3]
    assert any(cell.geometry().contains(middle) for cell in hot)
    assert all(cell.geometry().centroid().asPoint().distance(middle) < 30_000 for cell in hot)
    assert all(cell["p_fdr"] <= 0.01 and cell["z"] > 0 and cell["p"] <= cell["p_fdr"] for cell in hot)
    assert found["HOT"] == sum(cell["class"] >= 2 for cell in layer.getFeatures())
    assert found["ANSWER"].startswith(f"Significant (95 %): {found['HOT']} hot cell")


def test_a_hotspot_that_is_one_address_is_told_and_goes_when_places_count(
    provider: KmzbProvider, loaded: Callable[..., Connection]
) -> None:
    connection = loaded()
    gather(connection, "fid % 6 = 0", 0)
    assert not hot_at(provider, Listens()), "one place is no cluster"
    feedback, quiet = Listens(), Listens()
    assert hot_at(provider, feedback, NORMAL=True)
    assert any("at one place" in told for told in feedback.warnings)
    assert not hot_at(provider, quiet, NORMAL=True, PLACES_ONLY=True)
    assert not any("at one place" in told for told in quiet.warnings)


def test_only_the_filters_areas_have_cells(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    connection = loaded()
    everywhere = run("hotspots", CONNECTION="Lubuskie", CELL_SIZE=3000, OUTPUT="memory:")["OUTPUT"]
    found = run("hotspots", CONNECTION="Lubuskie", AREAS=NORTH, CELL_SIZE=3000, OUTPUT="memory:")
    assert found["COUNT"] == len(places(connection, "county IN ('0801', '0803', '0806', '0861')"))
    assert 30 <= found["OUTPUT"].featureCount() < everywhere.featureCount() / 2
    whole = found["OUTPUT"].extent()
    west, east = whole.xMinimum(), whole.center().x()
    to_degrees = QgsCoordinateTransform(
        found["OUTPUT"].crs(), QgsCoordinateReferenceSystem("EPSG:4326"), QgsProject.instance()
    )
    corners = [
        (west, whole.yMinimum()),
        (east, whole.yMinimum()),
        (east, whole.yMaximum()),
        (west, whole.yMaximum()),
    ]
    ring = tuple((at.x(), at.y()) for at in (to_degrees.transform(QgsPointXY(*one)) for one in corners))
    half = ThreatFilter(areas=frozenset(NORTH.split(",")), within=Shape((ring,)))
    text = json.dumps(half.to_json())
    cut = run("hotspots", CONNECTION="Lubuskie", FILTER=text, CELL_SIZE=2000, OUTPUT="memory:")["OUTPUT"]
    assert cut.extent().xMaximum() < east + 2000


@pytest.mark.parametrize(
    ("scope", "codes"),
    [
        ({"reach": "own", "voivodeship": "08", "unit": "KMP-GW"}, "'0801', '0861'"),
        ({"reach": "voivodeship", "voivodeship": "08", "unit": "KMP-GW"}, None),
    ],
)
def test_ground_that_one_may_not_see_has_no_cells(
    run: Callable[..., dict[str, Any]],
    loaded: Callable[..., Connection],
    scope: dict[str, str],
    codes: str | None,
) -> None:
    connection = loaded()
    identity = {"name": "A. Nowak", "role": "verifier", "unit": "KMP-GW", "service_version": "0.1.0"}
    text = json.dumps({**identity, "contract": 1, "scope": scope})
    with closing(sqlite3.connect(file_of(connection))) as file, file:
        file.execute("UPDATE kmzb_replica SET value = ? WHERE key = 'identity'", (text,))
    found = run("hotspots", CONNECTION="Lubuskie", CELL_SIZE=5000, OUTPUT="memory:")
    # A cell's middle lies inside, and a threat beside it counts in it: as many as in the area, or a few more.
    number = len(places(connection, f"county IN ({codes})" if codes else "1"))
    assert number <= found["COUNT"] <= number * 1.3
    square_kilometres = found["OUTPUT"].featureCount() * 21.65
    assert square_kilometres == pytest.approx(1_720 if codes else 20_600, rel=0.2)


def test_without_a_width_cells_have_two_threats_each(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    loaded()
    found = run("hotspots", CONNECTION="Lubuskie", OUTPUT="memory:")
    assert 1 <= found["COUNT"] / found["OUTPUT"].featureCount() <= 8
    assert found["ANSWER"].startswith("No cell has significantly more or fewer threats")


def test_the_order_of_threats_does_not_matter(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    connection = loaded()
    gather(connection, "fid % 6 = 0", 0.03)
    given = {"CONNECTION": "Lubuskie", "CELL_SIZE": 5000, "OUTPUT": "memory:"}
    before = [cell.attributes() for cell in run("hotspots", **given)["OUTPUT"].getFeatures()]
    with closing(sqlite3.connect(file_of(connection))) as file, file:
        rows = file.execute("SELECT lon, lat FROM threats ORDER BY fid DESC").fetchall()
        file.executemany(
            "UPDATE threats SET lon = ?, lat = ? WHERE fid = ?",
            [
                (*row, fid)
                for row, (fid,) in zip(
                    rows, file.execute("SELECT fid FROM threats ORDER BY fid").fetchall(), strict=True
                )
            ],
        )
    for left in settings.workspace_folder(connection).glob("*-columns.npz"):
        left.unlink()
    assert [cell.attributes() for cell in run("hotspots", **given)["OUTPUT"].getFeatures()] == before


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"FIRST": "2040-01-01"}, r"^0 threat.* found\. .*widen the filter"),
        (
            {"CELL_SIZE": 60},
            r"Cells of 60 m are too small .* would be [\d,]+.*Choose [\d,]+ m or more",
        ),
        ({"CELL_SIZE": 50_000}, "too large for this area"),
        ({"CELL_SIZE": 5}, r"Width of a cell.*: 5 is not from 50 to 50000"),
        ({"CELL_SIZE": "wide"}, "“wide” is not a number"),
        ({"FILTER": '{"areas": []}'}, r"^0 threat.* found"),
    ],
)
def test_what_cannot_be_tested_is_told(
    run: Callable[..., dict[str, Any]],
    loaded: Callable[..., Connection],
    given: dict[str, Any],
    told: str,
) -> None:
    loaded()
    with pytest.raises(QgsProcessingException, match=told):
        run("hotspots", CONNECTION="Lubuskie", OUTPUT="memory:", **given)


def test_areas_without_a_boundary_cannot_be_studied(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    change(loaded(), "geom = NULL", "code IN ('0801', '0803', '0806', '0861')", table="areas")
    with pytest.raises(QgsProcessingException, match="The area that the filter looks at is empty"):
        run("hotspots", CONNECTION="Lubuskie", AREAS=NORTH, OUTPUT="memory:")


def test_threats_that_are_all_outside_are_told(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    change(loaded(), "lon = 20, lat = 54", "1")
    with pytest.raises(QgsProcessingException, match=r"outside the boundaries.*Choose an area"):
        run("hotspots", CONNECTION="Lubuskie", CELL_SIZE=5000, OUTPUT="memory:")


@pytest.mark.parametrize("percent", [5, 50, 70])
def test_cancelling_leaves_what_was_there(
    provider: KmzbProvider, loaded: Callable[..., Connection], tmp_path: Path, percent: float
) -> None:
    loaded()
    target = tmp_path / "hot.csv"
    target.write_text("before")
    given = {"CONNECTION": "Lubuskie", "OUTPUT": str(target)}
    with pytest.raises(QgsProcessingException, match="Stopped"):
        provider.algorithm("hotspots").create().run(
            given, QgsProcessingContext(), Listens(percent), {}, False
        )
    assert target.read_text() == "before"


def test_every_class_has_a_name() -> None:
    assert len({class_name(number) for number in range(-3, 4)}) == 7
