"""Print the maps of districts."""

from __future__ import annotations

from typing import Any, Final

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from kmzb_qgis_plugin.domain.period import now_text, warsaw_today
from kmzb_qgis_plugin.i18n import interface_language, tr
from kmzb_qgis_plugin.processing.algorithm import data_date
from kmzb_qgis_plugin.processing.filter_parameters import add_filter_parameters, read_filter
from kmzb_qgis_plugin.processing.print_parameters import (
    PrintingAlgorithm,
    add_look,
    add_output,
    look,
    print_jobs,
)

LEVEL, DISTRICTS, SHEET, REPORTS = "LEVEL", "DISTRICTS", "SHEET", "REPORTS"
AREA_LEVEL, POLICE, COMMUNITY, STATIONS, GRID = "AREA_LEVEL", "POLICE", "COMMUNITY", "STATIONS", "GRID"
TITLE, SUBTITLE, PUBLIC, THRESHOLD = "TITLE", "SUBTITLE", "PUBLIC", "THRESHOLD"

_LEVELS: Final = ("county", "commune", "voivodeship", "unit")
_SHEETS: Final = ("a4_landscape", "a4_portrait", "a3_landscape", "a3_portrait", "a3_wall")
_REPORTS: Final = ("status", "category", "density", "areas", "none")
_AREA_LEVELS: Final = ("commune", "county", "unit")
_PUBLIC: Final = (None, "cells", "areas")


class PrintDistrictMaps(PrintingAlgorithm):
    """A map with figures for each district, in one book or a file each."""

    code = "printdistrictmaps"

    def title(self) -> str:
        return tr("Print District Maps")

    def help(self) -> str:
        return tr(
            "Prints a map with figures for each district, as vector PDF with georeference, in one book or a "
            "file each. Without codes, all districts of the kind are printed. In the title, {district} "
            "stands for the district's name. The version for the public has numbers by cell or area only, "
            "and none below the smallest one."
        )

    def add_parameters(self) -> None:
        sheets = [
            tr("A4 landscape"),
            tr("A4 portrait"),
            tr("A3 landscape"),
            tr("A3 portrait"),
            tr("A3 for the wall, without a table"),
        ]
        reports = [
            tr("by status"),
            tr("by category"),
            tr("as density"),
            tr("as areas in colours"),
            tr("not shown"),
        ]
        levels = [tr("County"), tr("Commune"), tr("Voivodeship"), tr("Police unit")]
        for parameter in (
            QgsProcessingParameterEnum(LEVEL, tr("Kind of district"), levels, defaultValue=0),
            QgsProcessingParameterString(
                DISTRICTS, tr("Codes of districts, separated by commas (empty for all)"), optional=True
            ),
            QgsProcessingParameterEnum(SHEET, tr("Layout"), sheets, defaultValue=0),
            QgsProcessingParameterEnum(REPORTS, tr("Reports"), reports, defaultValue=0),
            QgsProcessingParameterEnum(
                AREA_LEVEL,
                tr("Areas in colours"),
                [tr("Commune"), tr("County"), tr("Beat or unit")],
                defaultValue=0,
            ),
            QgsProcessingParameterBoolean(POLICE, tr("Police records"), defaultValue=True),
            QgsProcessingParameterBoolean(COMMUNITY, tr("Community signals"), defaultValue=True),
            QgsProcessingParameterBoolean(STATIONS, tr("Police stations"), defaultValue=True),
            QgsProcessingParameterBoolean(GRID, tr("Grid of kilometres"), defaultValue=False),
            QgsProcessingParameterString(TITLE, tr("Title"), optional=True),
            QgsProcessingParameterString(SUBTITLE, tr("Subtitle"), optional=True),
            QgsProcessingParameterEnum(
                PUBLIC,
                tr("Version for the public"),
                [tr("no"), tr("by cell"), tr("by area")],
                defaultValue=0,
            ),
            QgsProcessingParameterNumber(
                THRESHOLD, tr("Smallest number printed"), defaultValue=5, minValue=2, maxValue=100
            ),
        ):
            self.addParameter(parameter)
        add_look(self)
        add_filter_parameters(self)
        add_output(self)

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from kmzb_qgis_plugin.printing.choices import read_choices
        from kmzb_qgis_plugin.printing.orders import DistrictOrder, shipped_sheets
        from kmzb_qgis_plugin.printing.paper_text import moment_text
        from kmzb_qgis_plugin.printing.scope import Content, Public

        def chosen(name: str, values: tuple[Any, ...]) -> Any:
            return values[self.parameterAsEnum(parameters, name, context)]

        def yes(name: str) -> bool:
            return bool(self.parameterAsBoolean(parameters, name, context))

        lang = interface_language()
        level = chosen(LEVEL, _LEVELS)
        by = chosen(PUBLIC, _PUBLIC)
        with self.local_copy(parameters, context) as copy:
            choices = [choice for choice in read_choices(copy.reader) if choice.level == level]
            text = self.parameterAsString(parameters, DISTRICTS, context)
            wanted = {code.strip() for code in text.split(",") if code.strip()}
            unknown = wanted - {choice.code for choice in choices}
            if unknown:
                raise QgsProcessingException(
                    tr("The data have no district of this kind with this code: {}").format(
                        ", ".join(sorted(unknown))
                    )
                )
            sheet = next(one for one in shipped_sheets() if one.code == chosen(SHEET, _SHEETS))
            order = DistrictOrder(
                replica_path=copy.replica.path,
                catalogue=copy.catalogue,
                threat_filter=read_filter(self, parameters, context, copy),
                places=copy.places,
                today=warsaw_today(),
                now=now_text(),
                lang=lang,
                data_date=moment_text(data_date(copy), lang),
                title=self.parameterAsString(parameters, TITLE, context),
                subtitle=self.parameterAsString(parameters, SUBTITLE, context),
                content=Content(
                    chosen(REPORTS, _REPORTS),
                    yes(POLICE),
                    yes(COMMUNITY),
                    yes(STATIONS),
                    chosen(AREA_LEVEL, _AREA_LEVELS),
                ),
                public=Public(by, self.parameterAsInt(parameters, THRESHOLD, context)) if by else None,
                grid=yes(GRID),
                **{"template": sheet.template, **look(self, parameters, context)},
            )
            jobs = order.jobs([choice for choice in choices if not wanted or choice.code in wanted])
            return print_jobs(self, jobs, copy, parameters, context, feedback)
