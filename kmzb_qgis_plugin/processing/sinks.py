"""Rows that an analysis writes to one of its layers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any, Final

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QVariant

from kmzb_qgis_plugin.layers.layer_tree import PROJECT_CRS
from kmzb_qgis_plugin.processing.algorithm import KmzbAlgorithm

_AT_ONCE: Final = 5_000

Row = tuple[Any, Sequence[Any]]
"""A geometry or None, and values of which None is no value."""


def write_rows(
    algorithm: KmzbAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    name: str,
    columns: Sequence[tuple[str, QVariant.Type]],
    kind: QgsWkbTypes.Type,
    rows: Iterable[Row],
    hear: Callable[[int], None] = lambda written: None,
    crs: str = PROJECT_CRS,
) -> str:
    """Write rows to the layer of a parameter; return where it is.

    Args:
        algorithm: has the parameter.
        parameters, context: of the run.
        name: of the parameter.
        columns: names and types of the values.
        kind: of the geometries.
        rows: what is written.
        hear: is told how many rows are written.
        crs: of the geometries; metres of PL-1992 where nothing else is said.

    Raises:
        QgsProcessingException: it cannot be written.
    """
    fields = QgsFields()
    for column, type_ in columns:
        fields.append(QgsField(column, type_))
    system = QgsCoordinateReferenceSystem("" if kind == QgsWkbTypes.Type.NoGeometry else crs)
    sink, output = algorithm.parameterAsSink(parameters, name, context, fields, kind, system)
    if sink is None:
        raise QgsProcessingException(algorithm.invalidSinkError(parameters, name))
    features = (_feature(fields, *row) for row in rows)
    written = 0
    while some := list(islice(features, _AT_ONCE)):
        if not sink.addFeatures(some, QgsFeatureSink.Flag.FastInsert):
            raise QgsProcessingException(algorithm.writeFeatureError(sink, parameters, name))
        written += len(some)
        hear(written)
    return str(output)


def _feature(fields: QgsFields, geometry: QgsGeometry | None, values: Sequence[Any]) -> QgsFeature:
    feature = QgsFeature(fields)
    if geometry is not None:
        feature.setGeometry(geometry)
    feature.setAttributes([NULL if value is None else value for value in values])
    return feature
