"""Siting from Processing: sites, lines and criteria that agree, and what is wrong is told."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProject,
    QgsVectorLayer,
)

from kmzb_qgis_plugin.layers.sites import dress_lines, dress_sites
from kmzb_qgis_plugin.processing import siting_inputs
from kmzb_qgis_plugin.processing.algorithm import open_copy
from kmzb_qgis_plugin.processing.provider import KmzbProvider
from kmzb_qgis_plugin.settings import Connection
from tests.plugin.processing.analysis_hands import LAT, LON, Listens, change, gather, places

COVERING = 1
GRID, LAYER = 1, 2
ALL = {"SITES": "memory:", "LINES": "memory:", "TABLE": "memory:"}


@pytest.fixture
def buildings() -> QgsVectorLayer:
    """Three free buildings, one of them where threats are gathered, and a row without a place."""
    layer = QgsVectorLayer("Point?crs=EPSG:4326&field=what:string", "buildings", "memory")
    for name, lon, lat in (("far", 16.1, 52.9), ("near", LON, LAT), (None, 14.7, 51.6)):
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(lon, lat)))
        feature.setAttributes([name])
        layer.dataProvider().addFeatures([feature])
    layer.dataProvider().addFeatures([QgsFeature(layer.fields())])
    return layer


def rows(layer: QgsVectorLayer) -> list[dict[str, Any]]:
    return [dict(zip(layer.fields().names(), one.attributes(), strict=True)) for one in layer.getFeatures()]


def test_sites_lines_and_criteria_agree(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    connection = loaded()
    found = run("siting", CONNECTION="Lubuskie", NUMBER=2, RADIUS=30, **ALL)
    number = len(places(connection))
    assert found["COUNT"] == number
    sites, lines = rows(found["SITES"]), rows(found["LINES"])
    assert [site["rank"] for site in sites if not site["existing"]] == [1, 2]
    assert sum(site["existing"] for site in sites) == 3, "the seats of the units"
    assert sum(site["weight"] for site in sites) == pytest.approx(number)
    assert sum(line["weight"] for line in lines) == pytest.approx(number)
    table = {row["criterion"]: (row["before"], row["after"]) for row in rows(found["TABLE"])}
    mean = sum(line["weight"] * line["km"] for line in lines) / number
    within = sum(line["weight"] for line in lines if line["covered"])
    assert table["Mean distance (km)"][1] == pytest.approx(mean) == pytest.approx(sites[1]["mean_km_after"])
    assert table["Threats within 30 km (%)"][1] == pytest.approx(100 * within / number)
    assert table["Number of sites"] == (3, 5)
    assert all(before >= after for name, (before, after) in table.items() if "(km)" in name)
    for line, feature in zip(lines, found["LINES"].getFeatures(), strict=True):
        assert line["km"] == pytest.approx(1.3 * feature.geometry().length() / 1000, rel=1e-4)
    assert f"{mean:.1f} km after" in found["ANSWER"]
    assert sites[0]["name"] in found["ANSWER"]
    assert found["ANSWER"].endswith("Distances are straight lines times 1.3.")
    assert 0 <= found["GAP"] < 20


def test_numbers_that_were_given_are_told_as_they_are(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    loaded()
    answer = run("siting", CONNECTION="Lubuskie", RADIUS=2.25, ROADS=1.25, **ALL)["ANSWER"]
    assert "Threats within 2.25 km" in answer
    assert answer.endswith("Distances are straight lines times 1.25.")


def test_the_candidate_where_the_threats_are_is_chosen(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection], buildings: QgsVectorLayer
) -> None:
    gather(loaded(), "fid % 2 = 0", 0.002)
    for aim in (0, COVERING):
        found = run(
            "siting",
            CONNECTION="Lubuskie",
            AIM=aim,
            CANDIDATES=LAYER,
            POINTS=buildings,
            NAME_FIELD="what",
            RADIUS=5,
            KEEP_UNITS=False,
            **ALL,
        )
        (site,) = rows(found["SITES"])
        assert (site["rank"], site["name"], site["existing"]) == (1, "near", 0)
        assert site["covered_after"] >= 50
        assert found["ANSWER"].startswith("New sites: 1. near. Mean distance: – km before")
        assert found["GAP"] == pytest.approx(0, abs=0.1)


def test_a_candidate_without_a_name_has_that_of_its_area(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection], buildings: QgsVectorLayer
) -> None:
    loaded()
    found = run("siting", CONNECTION="Lubuskie", CANDIDATES=LAYER, POINTS=buildings, NUMBER=3, **ALL)
    names = {site["name"] for site in rows(found["SITES"]) if not site["existing"]}
    assert len(names) == 3
    assert all(name.startswith("powiat") for name in names)


def test_communes_are_candidates_where_the_data_have_them(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    change(loaded(), "level = 'commune'", "code IN ('0861', '0862')", table="areas")
    found = run("siting", CONNECTION="Lubuskie", NUMBER=2, **ALL)
    names = {site["name"] for site in rows(found["SITES"]) if not site["existing"]}
    assert names == {"Gorzów Wielkopolski", "Zielona Góra"}


def test_weights_draw_sites_to_a_category(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    connection = loaded()
    given = {"CONNECTION": "Lubuskie", "CANDIDATES": GRID, "APART": 8000, "KEEP_UNITS": False, **ALL}
    plain = run("siting", **given)
    heavy = run("siting", WEIGHTS="speeding=40, Vandalism=0", **given)
    assert heavy["COUNT"] == len(places(connection, "category <> 'vandalism'"))
    assert sum(line["weight"] for line in rows(heavy["LINES"])) == pytest.approx(
        heavy["COUNT"] + 39 * len(places(connection, "category = 'speeding'"))
    )
    first, second = (next(one["SITES"].getFeatures()).geometry().asPoint() for one in (plain, heavy))
    assert math.hypot(first.x() - second.x(), first.y() - second.y()) > 1000


def test_kinds_of_units_choose_what_there_is(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    loaded()
    found = run("siting", CONNECTION="Lubuskie", KINDS="KPP, KMP", **ALL)
    there = {site["name"] for site in rows(found["SITES"]) if site["existing"]}
    assert there == {"KPP w Strzelcach Krajeńskich", "KMP w Gorzowie Wielkopolskim"}


def test_lines_and_table_can_be_left_out(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    loaded()
    found = run("siting", CONNECTION="Lubuskie", SITES="memory:")
    assert found["SITES"].featureCount() == 4
    assert not {"LINES", "TABLE"} & found.keys()


def test_layers_have_signs_and_words(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    loaded()
    found = run("siting", CONNECTION="Lubuskie", **ALL)
    dress_sites(found["SITES"])
    dress_lines(found["LINES"], "10")
    labels = [one.label() for one in found["SITES"].renderer().categories()]
    assert labels == ["New site", "Existing site"]
    assert found["SITES"].labelsEnabled()
    labels = [one.label() for one in found["LINES"].renderer().categories()]
    assert labels == ["Threats within 10 km", "Threats farther than 10 km"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"FIRST": "2040-01-01"}, "Siting needs 10 or more"),
        ({"WEIGHTS": "gravity=2"}, "no category “gravity”"),
        ({"WEIGHTS": "speeding=-1"}, "weight of “speeding” is not a number from 0 on: -1"),
        ({"WEIGHTS": "speeding=much"}, "not a number from 0 on: much"),
        ({"WEIGHTS": "speeding"}, "no category “speeding”. Write weights like"),
        ({"KINDS": "KGP"}, "no police unit of this kind: KGP. They have: KMP, KPP, KWP"),
        ({"CANDIDATES": LAYER}, "Choose the layer of candidates"),
        ({"CANDIDATES": GRID, "APART": 100}, "candidates, and 2,?000 are the most"),
        (
            {"AREAS": "0801", "NUMBER": 2},
            r"fewer candidates \(1\) than sites wanted \(2\).*Choose other candidates",
        ),
        ({"NUMBER": 21}, "Number of new sites: 21 is not from 1 to 20"),
        ({"RADIUS": 0}, "Radius in kilometres: 0 is not from 0.1 to 500"),
    ],
)
def test_what_is_wrong_is_told(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection], given: dict[str, Any], told: str
) -> None:
    loaded()
    with pytest.raises(QgsProcessingException, match=told):
        run("siting", CONNECTION="Lubuskie", **ALL, **given)


@pytest.mark.parametrize(
    ("crs", "given", "told"),
    [
        ("", {}, "has no coordinate system.*Set it"),
        ("EPSG:2180", {}, "lies in Poland. Check the coordinate system"),
        ("EPSG:4326", {"NAME_FIELD": "who"}, "has no field “who”. It has: what"),
    ],
)
def test_candidates_of_which_it_is_not_known_where_they_are(
    run: Callable[..., dict[str, Any]],
    loaded: Callable[..., Connection],
    buildings: QgsVectorLayer,
    crs: str,
    given: dict[str, Any],
    told: str,
) -> None:
    loaded()
    buildings.setCrs(QgsCoordinateReferenceSystem(crs))
    with pytest.raises(QgsProcessingException, match=told):
        run("siting", CONNECTION="Lubuskie", CANDIDATES=LAYER, POINTS=buildings, **given, **ALL)


def test_candidates_outside_poland_are_left_out_and_told(
    provider: KmzbProvider, loaded: Callable[..., Connection], buildings: QgsVectorLayer
) -> None:
    loaded()
    for lon, lat in ((2.35, 48.85), (500, 95)):
        feature = QgsFeature(buildings.fields())
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(lon, lat)))
        buildings.dataProvider().addFeatures([feature])
    feedback = Listens()
    given = {"CONNECTION": "Lubuskie", "CANDIDATES": LAYER, "POINTS": buildings, **ALL}
    provider.algorithm("siting").create().run(given, QgsProcessingContext(), feedback, {}, False)
    assert any(told.startswith("3 row") for told in feedback.warnings), feedback.warnings


def test_candidates_in_another_projection_are_where_they_are(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection], buildings: QgsVectorLayer
) -> None:
    loaded()
    web = QgsVectorLayer("Point?crs=EPSG:3857&field=what:string", "web", "memory")
    to_web = QgsCoordinateTransform(buildings.crs(), web.crs(), QgsProject.instance())
    for one in buildings.getFeatures():
        geometry = one.geometry()
        geometry.transform(to_web)
        one.setGeometry(geometry)
        web.dataProvider().addFeatures([one])
    first, second = (
        rows(run("siting", CONNECTION="Lubuskie", CANDIDATES=LAYER, POINTS=layer, **ALL)["SITES"])[0]
        for layer in (buildings, web)
    )
    assert first["mean_km"] == pytest.approx(second["mean_km"], rel=1e-6)


def test_a_site_that_serves_nothing_is_told(
    provider: KmzbProvider, loaded: Callable[..., Connection], buildings: QgsVectorLayer
) -> None:
    gather(loaded(), "1", 0.001)
    feedback = Listens()
    given = {"CONNECTION": "Lubuskie", "CANDIDATES": LAYER, "POINTS": buildings, "NAME_FIELD": "what"}
    algorithm = provider.algorithm("siting").create()
    found, _ = algorithm.run(given | {"NUMBER": 2} | ALL, QgsProcessingContext(), feedback, {}, False)
    assert any("No threat is nearer to far" in told for told in feedback.warnings), feedback.warnings
    assert "No other choice of candidates is better." in found["ANSWER"]


@pytest.mark.parametrize(
    "text",
    [
        "speeding=0.5, vandalism=2",
        "speeding=0,5, vandalism=2",
        "speeding=0,5;vandalism=2,0",
        "speeding=0.5,vandalism=2,",
    ],
)
def test_weights_may_have_the_comma_of_the_language(
    text: str, loaded: Callable[..., Connection], clean_settings: None
) -> None:
    with open_copy(loaded()) as copy:
        assert siting_inputs.read_weights(text, copy) == {"speeding": 0.5, "vandalism": 2}


def test_a_layer_with_too_many_points(
    run: Callable[..., dict[str, Any]],
    loaded: Callable[..., Connection],
    buildings: QgsVectorLayer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded()
    monkeypatch.setattr(siting_inputs, "MOST_CANDIDATES", 2)
    with pytest.raises(QgsProcessingException, match="There would be 4 candidates, and 2 are the most"):
        run("siting", CONNECTION="Lubuskie", CANDIDATES=LAYER, POINTS=buildings, **ALL)


@pytest.mark.parametrize("percent", [5, 60])
def test_cancelling_writes_nothing(
    provider: KmzbProvider, loaded: Callable[..., Connection], tmp_path: Path, percent: float
) -> None:
    loaded()
    target = tmp_path / "sites.gpkg"
    given = {"CONNECTION": "Lubuskie", "NUMBER": 3, "CANDIDATES": GRID, "SITES": str(target)}
    with pytest.raises(QgsProcessingException, match="Stopped"):
        provider.algorithm("siting").create().run(given, QgsProcessingContext(), Listens(percent), {}, False)
    assert not target.exists()
