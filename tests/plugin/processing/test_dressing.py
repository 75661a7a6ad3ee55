"""Layers that go into the project get their look there, whoever runs the algorithm."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsVectorLayer,
)

from kmzb_qgis_plugin import i18n
from kmzb_qgis_plugin.layers.layer_tree import EXPLAINED_PROPERTY
from kmzb_qgis_plugin.layers.sites import dress_sites
from kmzb_qgis_plugin.processing.provider import KmzbProvider
from kmzb_qgis_plugin.settings import Connection

COMPARED = {"FIRST": "2024-01-01", "LAST": "2024-05-31", "EARLIER": 1, "PLACES": 3}
COMPARED_NAME = "2024-01-01 – 2024-05-31 compared with 2023-01-01 – 2023-05-31"


@pytest.mark.parametrize(
    ("name", "given", "looks"),
    [
        ("choropleth", {}, {"OUTPUT": ("Number of threats, counties", "graduatedSymbol", "")}),
        ("hotspots", {"CELL_SIZE": 5000}, {"OUTPUT": ("Hotspots", "categorizedSymbol", "All sources")}),
        ("comparison", COMPARED, {"OUTPUT": (COMPARED_NAME, "categorizedSymbol", "No place changed")}),
        (
            "siting",
            {},
            {
                "SITES": ("Sites", "categorizedSymbol", "New sites: 1. "),
                "LINES": ("Threats and their site", "categorizedSymbol", ""),
            },
        ),
    ],
)
def test_a_layer_is_dressed_when_the_algorithm_is_gone(
    provider: KmzbProvider,
    loaded: Callable[..., Connection],
    qgis_new_project: None,
    name: str,
    given: dict[str, Any],
    looks: dict[str, tuple[str, str, str]],
) -> None:
    loaded()
    project, context, feedback = QgsProject.instance(), QgsProcessingContext(), QgsProcessingFeedback()
    context.setProject(project)
    outputs = {out: QgsProcessingOutputLayerDefinition("TEMPORARY_OUTPUT", project) for out in looks}
    found, succeeded = provider.algorithm(name).run(
        {"CONNECTION": "Lubuskie", **given, **outputs}, context, feedback
    )
    assert succeeded
    gc.collect()
    waiting = context.layersToLoadOnCompletion()
    assert len(waiting) == len(looks)
    for output, (title, renderer, told) in looks.items():
        details, layer = waiting[found[output]], context.getMapLayer(found[output])
        details.postProcessor().postProcessLayer(layer, context, feedback)
        assert details.name == title
        assert layer.renderer().type() == renderer
        assert layer.customProperty(EXPLAINED_PROPERTY)
        if renderer == "graduatedSymbol":
            assert layer.opacity() < 1
            assert {one.symbol().opacity() for one in layer.renderer().ranges()} == {1}, "units would mix"
        abstract = layer.serverProperties() if hasattr(layer.serverProperties(), "abstract") else layer
        assert told in abstract.abstract()


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        (
            "hotspots",
            {"CELL_SIZE": 5000},
            {
                "OUTPUT": {
                    "en": ("Not significant", "Threats that share their place (%)", "Threats: "),
                    "pl": ("Nieistotne statystycznie", "Zagrożenia dzielące miejsce (%)", "Zagrożenia: "),
                }
            },
        ),
        (
            "comparison",
            COMPARED,
            {
                "OUTPUT": {
                    "en": (
                        "Significant rise (95 %)",
                        "Expected in the later period",
                        "Threats in the later period: ",
                    ),
                    "pl": (
                        "Istotny wzrost (95%)",
                        "Oczekiwane w okresie późniejszym",
                        "Zagrożenia w okresie późniejszym: ",
                    ),
                }
            },
        ),
        (
            "nearrepeat",
            {},
            {"OUTPUT": {"en": (None, "Pairs expected", ""), "pl": (None, "Oczekiwane pary", "")}},
        ),
        (
            "siting",
            {},
            {
                "SITES": {
                    "en": ("New site", "Threats served, by weight", "Mean distance (km): "),
                    "pl": (
                        "Nowa lokalizacja",
                        "Obsługiwane zagrożenia, według wagi",
                        "Średnia odległość (km): ",
                    ),
                },
                "LINES": {
                    "en": ("Threats within 10 km", "Within 10 km", "Distance (km): "),
                    "pl": ("Zagrożenia w promieniu 10 km", "W promieniu 10 km", "Odległość (km): "),
                },
                "TABLE": {"en": (None, "Criterion", ""), "pl": (None, "Kryterium", "")},
            },
        ),
    ],
)
def test_a_project_opens_again_with_the_look_and_the_words(
    language: str,
    monkeypatch: pytest.MonkeyPatch,
    provider: KmzbProvider,
    loaded: Callable[..., Connection],
    qgis_new_project: None,
    tmp_path: Path,
    name: str,
    given: dict[str, Any],
    words: dict[str, dict[str, tuple[str | None, str, str]]],
) -> None:
    loaded()
    monkeypatch.setattr(i18n, "interface_language", lambda: language)
    project, context, feedback = QgsProject.instance(), QgsProcessingContext(), QgsProcessingFeedback()
    context.setProject(project)
    outputs = {
        out: QgsProcessingOutputLayerDefinition(str(tmp_path / f"{out}.gpkg"), project) for out in words
    }
    found, _ = provider.algorithm(name).run({"CONNECTION": "Lubuskie", **given, **outputs}, context, feedback)
    for output in words:
        details = context.layersToLoadOnCompletion()[found[output]]
        layer = QgsVectorLayer(found[output], output, "ogr")
        details.postProcessor().postProcessLayer(layer, context, feedback)
        project.addMapLayer(layer)
    assert project.write(str(tmp_path / "analysed.qgz"))
    project.clear()
    assert project.read(str(tmp_path / "analysed.qgz"))
    for output, said in words.items():
        legend, field, tip = said[language]
        (layer,) = project.mapLayersByName(output)
        if legend is not None:
            assert legend in [one.label() for one in layer.renderer().categories()]
        assert field in [layer.attributeDisplayName(index) for index in range(layer.fields().count())]
        assert tip in layer.mapTipTemplate()
        assert layer.labelsEnabled() == (output == "SITES" or name == "comparison")


def test_markup_in_the_name_of_a_site_is_text(qgis_app: QgsApplication) -> None:
    layer = QgsVectorLayer(
        "Point?field=name:string&field=weight:double&field=mean_km:double", "sites", "memory"
    )
    layer.dataProvider().addFeatures([QgsFeature(layer.fields())])
    row = next(layer.getFeatures())
    layer.dataProvider().changeAttributeValues({row.id(): {0: "<img src=x>"}})
    dress_sites(layer)
    scope = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    scope.setFeature(next(layer.getFeatures()))
    tip = QgsExpression.replaceExpressionText(layer.mapTipTemplate(), scope)
    assert "&lt;img" in tip
    assert "<img" not in tip
