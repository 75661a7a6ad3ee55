"""Hotspots of threats with their significance, as a layer of cells."""

from __future__ import annotations

from typing import Any, Final

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterNumber,
    QgsWkbTypes,
)

from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.hotspots import dress
from kmzb_qgis_plugin.processing.algorithm import KmzbAlgorithm, with_help
from kmzb_qgis_plugin.processing.cell_parameters import lay_grid, size_parameter
from kmzb_qgis_plugin.processing.dressing import dress_later, style_parameter, write_style
from kmzb_qgis_plugin.processing.filter_parameters import add_filter_parameters, filtered_copy
from kmzb_qgis_plugin.processing.sinks import write_rows

CELL_SHAPE, RINGS = "CELL_SHAPE", "RINGS"
PLACES_ONLY, NORMAL = "PLACES_ONLY", "NORMAL"
OUTPUT, COUNT, HOT, COLD = "OUTPUT", "COUNT", "HOT", "COLD"
ANSWER, SENTENCE = "ANSWER", "SENTENCE"
FEWEST_CELLS: Final = 30
FEWEST_THREATS: Final = 30
MOST_RINGS: Final = 5
_SIGNIFICANT: Final = 2
"""Class of the cells that results count: 95 %."""


class Hotspots(KmzbAlgorithm):
    """Cells, counts and the local statistic Gi*."""

    code = "hotspots"

    def title(self) -> str:
        return tr("Hotspots")

    def help(self) -> str:
        return tr(
            "Finds where more threats lie than chance explains. The threats that a filter keeps are counted "
            "in equal cells over the area that the filter looks at, cells without any included, in metres "
            "of PL-1992 (EPSG:2180). Each cell is tested with its neighbours by the statistic Gi* of Getis "
            "and Ord; as many cells are tested at once, the false discovery rate (Benjamini and Hochberg) is "
            "held: of the cells called hot at 95 % no more than 5 % are expected to be so by chance. The "
            "probabilities are those of the counts themselves; the normal distribution, which other programs "
            "take, calls more cells hot, and many of them by chance where threats are few. Reports "
            "that were snapped to one place make false hotspots: each cell says how many of its threats "
            "share their place with another, and places can be counted instead of threats. A hotspot shows "
            "where there are many threats, not how great the risk is for a person: more people report more."
        )

    def add_parameters(self) -> None:
        add_filter_parameters(self)
        self.addParameter(
            QgsProcessingParameterEnum(
                CELL_SHAPE, tr("Shape of cells"), [tr("Hexagons"), tr("Squares")], defaultValue=0
            )
        )
        self.addParameter(size_parameter(tr("Empty: such that a cell has two threats on average")))
        self.add_advanced(
            QgsProcessingParameterNumber(
                RINGS, tr("Rings of neighbours"), defaultValue=2, minValue=1, maxValue=MOST_RINGS
            )
        )
        self.addParameter(
            QgsProcessingParameterBoolean(
                PLACES_ONLY, tr("Count places instead of threats"), defaultValue=False
            )
        )
        self.add_advanced(
            with_help(
                QgsProcessingParameterBoolean(
                    NORMAL, tr("Probabilities of the normal distribution"), defaultValue=False
                ),
                tr("As in other programs, to compare with them"),
            )
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                OUTPUT, tr("Hotspots"), QgsProcessing.SourceType.TypeVectorPolygon
            )
        )
        self.addParameter(style_parameter())
        self.addOutput(QgsProcessingOutputNumber(COUNT, tr("Number of threats")))
        self.addOutput(QgsProcessingOutputNumber(HOT, tr("Number of hot cells (95 %)")))
        self.addOutput(QgsProcessingOutputNumber(COLD, tr("Number of cold cells (95 %)")))
        self.addOutput(QgsProcessingOutputString(ANSWER, tr("Result in words")))
        self.addOutput(QgsProcessingOutputString(SENTENCE, tr("Filter in words")))

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from kmzb_qgis_plugin.analysis.grid import SHAPES
        from kmzb_qgis_plugin.analysis.places import count_cells
        from kmzb_qgis_plugin.analysis.significance import find_hotspots
        from kmzb_qgis_plugin.processing import hotspot_cells
        from kmzb_qgis_plugin.processing.cells import tell_outside
        from kmzb_qgis_plugin.processing.threat_points import part_of, studied_area, threat_points

        with filtered_copy(self, parameters, context, feedback) as (copy, threat_filter, sentence):
            threats = threat_points(copy, threat_filter)
            if len(threats) < FEWEST_THREATS:
                raise QgsProcessingException(
                    tr("%n threat(s) found.", None, len(threats))
                    + " "
                    + tr("A test of hotspots needs {} or more: widen the filter.").format(FEWEST_THREATS)
                )
            area = studied_area(copy, threat_filter)
        shape = SHAPES[self.parameterAsEnum(parameters, CELL_SHAPE, context)]
        wanted = len(threats) / 2
        grid = lay_grid(self, parameters, context, feedback, area, shape, wanted, FEWEST_CELLS)
        cells = count_cells(grid, threats.metres, part_of(feedback, 5, 50))
        tell_outside(cells.outside, len(threats), feedback)
        places_only = self.parameterAsBool(parameters, PLACES_ONLY, context)
        counts = cells.places if places_only else cells.threats
        if counts.min() == counts.max():
            raise QgsProcessingException(
                tr("All cells have the same number, so none differs from the others. Choose other cells.")
            )
        go_on = part_of(feedback, 50, 70)
        go_on(0)
        windows = grid.windows(self.parameterAsInt(parameters, RINGS, context))
        normal = self.parameterAsBool(parameters, NORMAL, context)
        found = find_hotspots(counts, windows, go_on, normal=normal)
        go_on(1)
        hot, cold = found.classes >= _SIGNIFICANT, found.classes <= -_SIGNIFICANT
        hotspot_cells.tell_snapped(cells, hot & (not places_only), feedback)
        # This takes a second or two and is not stopped halfway.
        output = write_rows(
            self,
            parameters,
            context,
            OUTPUT,
            hotspot_cells.COLUMNS,
            QgsWkbTypes.Type.Polygon,
            hotspot_cells.rows(grid, cells, found),
            lambda written: feedback.setProgress(70 + 30 * written / len(grid)),
        )
        answer = hotspot_cells.answer(int(hot.sum()), int(cold.sum()))
        feedback.pushInfo(answer)
        dress_later(context, output, tr("Hotspots"), dress, f"{answer}\n{sentence}")
        return {
            OUTPUT: output,
            COUNT: len(threats) - cells.outside,
            HOT: int(hot.sum()),
            COLD: int(cold.sum()),
            ANSWER: answer,
            SENTENCE: sentence,
            **write_style(self, parameters, context, output, dress),
        }
