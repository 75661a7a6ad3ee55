"""Layers that go into the project get their look there, whoever runs the algorithm."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

import pytest
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
)

from kmzb_qgis_plugin.processing.provider import KmzbProvider
from kmzb_qgis_plugin.settings import Connection


@pytest.mark.parametrize(
    ("name", "given", "looks"),
    [
        ("choropleth", {}, {"OUTPUT": ("Number of threats, counties", "graduatedSymbol", "")}),
        ("hotspots", {"CELL_SIZE": 5000}, {"OUTPUT": ("Hotspots", "categorizedSymbol", "All sources")}),
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
        abstract = layer.serverProperties() if hasattr(layer.serverProperties(), "abstract") else layer
        assert told in abstract.abstract()
