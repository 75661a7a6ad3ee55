"""Write the threats that a filter keeps to a layer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import starmap
from typing import Any, Final

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSink,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QVariant

from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.geopackage import read_geometry
from kmzb_qgis_plugin.processing.algorithm import KmzbAlgorithm, LocalCopy
from kmzb_qgis_plugin.processing.boundaries import DEGREES
from kmzb_qgis_plugin.processing.filter_parameters import (
    add_filter_parameters,
    filtered_copy,
    where,
)
from kmzb_qgis_plugin.processing.sinks import Row, write_rows
from kmzb_qgis_plugin.replica.errors import storage_errors

OUTPUT, COUNT, SENTENCE = "OUTPUT", "COUNT", "SENTENCE"
_TYPES: Final[Mapping[str, QVariant.Type]] = {
    "INTEGER": QVariant.LongLong,
    "MEDIUMINT": QVariant.Int,
    "REAL": QVariant.Double,
    "DATETIME": QVariant.DateTime,
    "DATE": QVariant.Date,
}
_PARSERS: Final[Mapping[QVariant.Type, Callable[[str], Any]]] = {
    QVariant.DateTime: lambda text: QDateTime.fromString(text, Qt.DateFormat.ISODateWithMs),
    QVariant.Date: lambda text: QDate.fromString(text, Qt.DateFormat.ISODate),
}


class FilterToLayer(KmzbAlgorithm):
    """Threats under a filter, as points with all their facts."""

    code = "filtertolayer"

    def title(self) -> str:
        return tr("Filter to Layer")

    def help(self) -> str:
        return tr(
            "Writes the threats that a filter keeps to a layer of points with all their facts. The filter is "
            "one that was saved in the filter panel, given by its name, or JSON as such a filter is "
            "exported; sources, period, areas and units that are given take the place of its own."
        )

    def add_parameters(self) -> None:
        add_filter_parameters(self)
        self.addParameter(
            QgsProcessingParameterFeatureSink(OUTPUT, tr("Threats"), QgsProcessing.SourceType.TypeVectorPoint)
        )
        self.addOutput(QgsProcessingOutputNumber(COUNT, tr("Number of threats")))
        self.addOutput(QgsProcessingOutputString(SENTENCE, tr("Filter in words")))

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from kmzb_qgis_plugin.processing.threat_points import part_of

        with filtered_copy(self, parameters, context, feedback) as (copy, threat_filter, sentence):
            columns = _columns(copy)
            go_on = part_of(feedback, 0, 100)
            with storage_errors(copy.replica.path):
                rows, number = _select(copy, columns, where(threat_filter, copy))
                output = write_rows(
                    self,
                    parameters,
                    context,
                    OUTPUT,
                    columns,
                    QgsWkbTypes.Type.Point,
                    rows,
                    lambda written: go_on(written / number),
                    DEGREES,
                )
            return {OUTPUT: output, COUNT: number, SENTENCE: sentence}


def _columns(copy: LocalCopy) -> list[tuple[str, QVariant.Type]]:
    """The facts of a threat, and their types as QGIS reads them from a GeoPackage."""
    found = copy.reader.execute("SELECT name, type FROM pragma_table_info('threats')")
    return [(name, _TYPES.get(kind, QVariant.String)) for name, kind in found if name != "geom"]


def _select(
    copy: LocalCopy, columns: Sequence[tuple[str, QVariant.Type]], condition: str
) -> tuple[Iterator[Row], int]:
    """The threats of a condition, and how many they are."""
    names = ", ".join(f'"{name}"' for name, _ in columns)
    condition = condition or "1"
    (number,) = copy.reader.execute(" ".join(("SELECT count(*) FROM threats WHERE", condition))).fetchone()
    select = " ".join(("SELECT geom,", names, "FROM threats WHERE", condition, "ORDER BY fid"))
    times = {place: kind for place, (_, kind) in enumerate(columns) if kind in _PARSERS}

    def row(blob: bytes | None, *values: Any) -> Row:
        facts = list(values)
        for place, kind in times.items():
            if facts[place] is not None:
                facts[place] = _PARSERS[kind](facts[place])
        return None if blob is None else read_geometry(blob), facts

    return starmap(row, copy.reader.execute(select)), number
