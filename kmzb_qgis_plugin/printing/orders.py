"""An order of district maps: everything but which districts, so that it holds for one and for all."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.sentence import describe, period_text
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.paths import resource
from kmzb_qgis_plugin.printing.choices import Choice
from kmzb_qgis_plugin.printing.district import DistrictData, read_district
from kmzb_qgis_plugin.printing.district_map import DistrictMap, fill_form, open_form, shipped_template
from kmzb_qgis_plugin.printing.jobs import Job
from kmzb_qgis_plugin.printing.scope import Content, Public, Scope, scope_of
from kmzb_qgis_plugin.printing.template import Form

DISTRICT: Final = "{district}"
"""Stands in titles for the district's name, in every language."""


@dataclass(frozen=True)
class Sheet:
    """A template that can be chosen."""

    code: str
    name: str
    template: Path


def default_title() -> str:
    """A title for any district."""
    return tr("Security threats: {}").format(DISTRICT)


def shipped_sheets() -> list[Sheet]:
    """The plugin's own templates for districts."""
    return [
        Sheet("a4_landscape", tr("A4 landscape"), shipped_template("A4", "landscape")),
        Sheet("a4_portrait", tr("A4 portrait"), shipped_template("A4", "portrait")),
        Sheet("a3_landscape", tr("A3 landscape"), shipped_template("A3", "landscape")),
        Sheet("a3_portrait", tr("A3 portrait"), shipped_template("A3", "portrait")),
        Sheet(
            "a3_wall", tr("A3 for the wall, without a table"), resource("layouts", "wall_a3_landscape.qpt")
        ),
    ]


def own_sheets(folder: Path) -> list[Sheet]:
    """The templates in an office's folder; none where there is no such folder."""
    if not folder.is_dir():
        return []
    return [Sheet(f"own:{path.name}", path.stem, path) for path in sorted(folder.glob("*.qpt"))]


@dataclass(frozen=True)
class DistrictOrder:
    """How districts are printed.

    Attributes:
        replica_path: the GeoPackage, which a replica holds open.
        catalogue: names, colours and signs.
        threat_filter: what is looked at.
        places: names of areas and units by code.
        today: the present day.
        now: the present instant.
        lang: of names, ``pl`` or another.
        data_date: the moment up to which the data is complete, as text.
        title: with :data:`DISTRICT` for the name.
        subtitle: likewise; empty for the kind of district and the period.
        template: a layout template.
        The rest is as in :class:`~kmzb_qgis_plugin.printing.district_map.DistrictMap`.
    """

    replica_path: Path
    catalogue: Catalogue
    threat_filter: ThreatFilter
    places: Mapping[str, str]
    today: date
    now: str
    lang: str
    data_date: str
    template: Path
    title: str = ""
    subtitle: str = ""
    content: Content = field(default_factory=Content)
    public: Public | None = None
    sync_state: str = ""
    marking: str = ""
    office: str = ""
    emblem: Path | None = None
    base: Sequence[QgsMapLayer] = ()
    base_source: str = ""
    grid: bool = False

    def jobs(self, choices: Sequence[Choice]) -> list[Job]:
        """One print for each district, with the pages numbered through."""
        scope = self.scope()
        return [
            Job(
                f"kmzb-{choice.file_name}-{self.today}",
                choice.name,
                partial(self._read, choice=choice, scope=scope),
                partial(open_form, QgsProject.instance(), self.template),
                partial(self._fill, choice=choice, scope=scope, page=(number, len(choices))),
            )
            for number, choice in enumerate(choices, start=1)
        ]

    def scope(self) -> Scope:
        """What is counted."""
        return scope_of(self.threat_filter, self.content, self.today, self.now, self.catalogue, self.public)

    def sentence(self) -> str:
        """The filter in words, with the sources that the print leaves out left out."""
        kept = self.threat_filter.sources
        sources = self.content.sources if kept is None else kept & self.content.sources
        shown = self.threat_filter.replace(sources=sources)
        return describe(shown, self.catalogue, self.today, self.lang, tr, self.places, self.places)

    def heading(self, choice: Choice) -> str:
        """The title of a district's map."""
        return (self.title.strip() or default_title()).replace(DISTRICT, choice.name)

    def subheading(self, choice: Choice) -> str:
        """The line below it."""
        if self.subtitle.strip():
            return self.subtitle.strip().replace(DISTRICT, choice.name)
        return f"{choice.kind} · {period_text(self.threat_filter, self.today, self.lang, tr)}"

    def _base(self) -> Sequence[QgsMapLayer]:
        """Of the layers under the threats, the public sees pictures only: features could be anybody's."""
        if self.public is None:
            return self.base
        return [layer for layer in self.base if isinstance(layer, QgsRasterLayer)]

    def _read(self, connection: sqlite3.Connection, choice: Choice, scope: Scope) -> DistrictData:
        return read_district(connection, choice.level, choice.code, scope, self.content, self.public)

    def _fill(
        self, data: DistrictData, form: Form, choice: Choice, scope: Scope, page: tuple[int, int]
    ) -> None:
        fill_form(
            form,
            DistrictMap(
                replica_path=self.replica_path,
                catalogue=self.catalogue,
                data=data,
                scope=scope,
                title=self.heading(choice),
                subtitle=self.subheading(choice),
                sentence=self.sentence(),
                data_date=self.data_date,
                printed_on=self.today,
                lang=self.lang,
                content=self.content,
                marking="" if self.public else self.marking,
                office=self.office,
                emblem=self.emblem,
                sync_state="" if self.public else self.sync_state,
                base=self._base(),
                base_source=self.base_source,
                grid=self.grid,
                page=page,
            ),
        )
