"""QGIS's own algorithms, as peers."""

from __future__ import annotations

from typing import Any

from qgis.analysis import QgsNativeAlgorithms
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingUtils,
    QgsProject,
    QgsVectorLayer,
)


def run_native(name: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """Run one over the project.

    Raises:
        RuntimeError: it fails.
    """
    return _run(name, parameters)[0]


def native_layer(name: str, **parameters: Any) -> QgsVectorLayer:
    """Run one that makes a layer in memory.

    Raises:
        RuntimeError: it fails.
    """
    found, context = _run(name, {**parameters, "OUTPUT": "memory:"})
    layer = QgsProcessingUtils.mapLayerFromString(found["OUTPUT"], context)
    return context.takeResultLayer(layer.id())


def _run(name: str, parameters: dict[str, Any]) -> tuple[dict[str, Any], QgsProcessingContext]:
    registry = QgsApplication.processingRegistry()
    if registry.providerById("native") is None:
        registry.addProvider(QgsNativeAlgorithms(registry))
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    algorithm = registry.createAlgorithmById(f"native:{name}")
    found, succeeded = algorithm.run(parameters, context, QgsProcessingFeedback(), {}, False)
    if not succeeded:
        raise RuntimeError(f"the peer native:{name} failed")
    return found, context
