"""The provider in QGIS's registry; the workspaces that the window's tests use serve here too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingUtils,
    QgsVectorLayer,
)

from kmzb_qgis_plugin.processing.provider import KmzbProvider
from tests.plugin.gui.conftest import (
    clean_settings,
    connect,
    demo_data,
    loaded,
    make_connection,
    service,
    token,
)

__all__ = ["clean_settings", "connect", "demo_data", "loaded", "make_connection", "service", "token"]


@pytest.fixture
def provider(qgis_app: QgsApplication) -> Iterator[KmzbProvider]:
    made = KmzbProvider()
    registry = QgsApplication.processingRegistry()
    assert registry.addProvider(made)
    yield made
    registry.removeProvider(made)


@pytest.fixture
def run(provider: KmzbProvider) -> Callable[..., dict[str, Any]]:
    """Runs an algorithm as Processing does: parameters are checked first."""

    def run_(name: str, **parameters: Any) -> dict[str, Any]:
        algorithm = provider.algorithm(name).create()
        context = QgsProcessingContext()
        good, why = algorithm.checkParameterValues(parameters, context)
        if not good:
            raise QgsProcessingException(why)
        found, succeeded = algorithm.run(parameters, context, QgsProcessingFeedback(), {}, False)
        assert succeeded
        for name_, value in found.items():
            if str(value).endswith((".pdf", ".html", ".xlsx", ".qml")):
                continue
            layer = QgsProcessingUtils.mapLayerFromString(str(value), context)
            if isinstance(layer, QgsVectorLayer):
                context.takeResultLayer(layer.id())
                found[name_] = layer
        return found

    return run_
