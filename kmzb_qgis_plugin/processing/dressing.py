"""Layers that an algorithm gives a look: in the project, and as a QML file for those without a window."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, Final

from qgis.core import (
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingParameterFileDestination,
    QgsProcessingUtils,
    QgsVectorLayer,
)

from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.fields import set_abstract
from kmzb_qgis_plugin.layers.layer_tree import EXPLAINED_PROPERTY
from kmzb_qgis_plugin.processing.algorithm import KmzbAlgorithm

STYLE: Final = "STYLE"
Dress = Callable[[QgsVectorLayer], object]


def style_parameter() -> QgsProcessingParameterFileDestination:
    """Where the colours go besides."""
    return QgsProcessingParameterFileDestination(
        STYLE, tr("Colours"), tr("QGIS style (*.qml)"), optional=True, createByDefault=False
    )


def write_style(
    algorithm: KmzbAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    output: str,
    dress: Dress,
) -> dict[str, str]:
    """Write a layer's look to the parameter :data:`STYLE`, if it is given; return it as a result.

    Args:
        algorithm: has the parameter.
        parameters, context: of the run.
        output: where the layer is.
        dress: gives it its look.

    Raises:
        QgsProcessingException: it cannot be written.
    """
    target = algorithm.parameterAsFileOutput(parameters, STYLE, context)
    if not target:
        return {}
    layer = QgsProcessingUtils.mapLayerFromString(output, context)
    if layer is None:
        raise QgsProcessingException(tr("QGIS cannot open the result again, so its colours are not written."))
    _dress(layer, dress)
    message, saved = layer.saveNamedStyle(target)
    if not saved:
        raise QgsProcessingException(message)
    return {STYLE: target}


def dress_later(context: QgsProcessingContext, output: str, name: str, dress: Dress, told: str = "") -> None:
    """Have a layer dressed once it is in the project, if it is to go there.

    Args:
        context: knows that.
        output: where the layer is.
        name: what it is to be called.
        dress: gives it its look.
        told: what the layer says of itself in the layer tree; empty for nothing.
    """
    if context.willLoadLayerOnCompletion(output):
        dresser = _Dresser(dress, told)
        _KEPT.append(dresser)
        details = context.layerToLoadOnCompletionDetails(output)
        details.name = name
        details.setPostProcessor(dresser)


def _dress(layer: QgsVectorLayer, dress: Dress) -> None:
    dress(layer)
    layer.setCustomProperty(EXPLAINED_PROPERTY, True)


class _Dresser(QgsProcessingLayerPostProcessorInterface):
    def __init__(self, dress: Dress, told: str) -> None:
        super().__init__()
        self._look, self._told = dress, told

    def postProcessLayer(
        self, layer: QgsMapLayer, _context: QgsProcessingContext, _feedback: QgsProcessingFeedback
    ) -> None:
        _dress(layer, self._look)
        if self._told:
            set_abstract(layer, self._told)
        layer.triggerRepaint()


# QGIS keeps no reference of its own, and the algorithm that ran is gone before the layer is dressed.
_KEPT: Final[deque[_Dresser]] = deque(maxlen=100)
