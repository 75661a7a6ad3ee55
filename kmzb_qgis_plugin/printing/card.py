"""The verification card (*karta weryfikacji zagrożenia*): one page about one report, with room to write."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsLayoutItemPicture,
    QgsMapLayer,
    QgsPointXY,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from kmzb_qgis_plugin.domain.catalogue import Catalogue, Named
from kmzb_qgis_plugin.domain.sentence import date_text, part_of_day_name, weekday_names
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers import ground, symbology
from kmzb_qgis_plugin.layers.layer_tree import PROJECT_CRS
from kmzb_qgis_plugin.layers.pictograms import LIGHT_INK, ink_on, marker
from kmzb_qgis_plugin.paths import resource
from kmzb_qgis_plugin.printing.errors import ReportGone
from kmzb_qgis_plugin.printing.jobs import Job
from kmzb_qgis_plugin.printing.paper_text import moment_text, number_text
from kmzb_qgis_plugin.printing.print_layers import table_layer
from kmzb_qgis_plugin.printing.template import Form, fill_texts
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.queries import DecisionRow, ThreatRow

# By id of the map in the template: the denominator of its scale.
SCALES: Final = {"map": 2_500, "map_far": 25_000}

_NEEDED: Final = {
    "map": QgsLayoutItemMap,
    "reference": QgsLayoutItemLabel,
    "facts": QgsLayoutItemLabel,
    "description": QgsLayoutItemLabel,
    "history": QgsLayoutItemLabel,
}
_MOST_DECISIONS: Final = 6
_MARKER, _PICTOGRAM, _NEIGHBOUR = 9.0, 4.9, 1.8  # millimetres
_NEIGHBOUR_COLOR: Final = "#8d949b"


@dataclass(frozen=True)
class CardData:
    """A report and the decisions about it, newest last."""

    threat: ThreatRow
    decisions: Sequence[DecisionRow]


@dataclass(frozen=True)
class CardOrder:
    """How cards are printed: everything but which ones.

    Attributes:
        replica_path: the GeoPackage, which a replica holds open.
        catalogue: names, colours and signs.
        places: names of areas and units by code.
        today: the present day.
        lang: of names, ``pl`` or another.
        data_date: the moment up to which the data is complete, as text.
        marking: who may see them.
        office: who prints them.
        emblem: a picture in place of the map's emblem.
        base: layers of the project under the report, topmost first.
        template: a layout template of one's own.
    """

    replica_path: Path
    catalogue: Catalogue
    places: Mapping[str, str]
    today: date
    lang: str
    data_date: str
    marking: str = ""
    office: str = ""
    emblem: Path | None = None
    base: Sequence[QgsMapLayer] = ()
    template: Path | None = None

    def jobs(self, reports: Sequence[tuple[int, str]]) -> list[Job]:
        """One card for each report.

        Args:
            reports: identifier and reference of each.
        """
        return [
            Job(
                f"kmzb-{ref.lower()}-{self.today}",
                ref,
                partial(read_card, fid=fid, ref=ref),
                self.form,
                partial(fill_card, self, page=(number, len(reports))),
            )
            for number, (fid, ref) in enumerate(reports, start=1)
        ]

    def form(self) -> Form:
        """Read the template.

        Raises:
            TemplateError: it cannot be read, lacks items or shows layers that are not there.
        """
        layout = QgsPrintLayout(QgsProject.instance())
        return Form(layout, self.template or shipped_card(), _NEEDED, tuple(SCALES))


def shipped_card() -> Path:
    """The plugin's own template."""
    return resource("layouts", "verification_card_a4.qpt")


def read_card(connection: sqlite3.Connection, fid: int, ref: str) -> CardData:
    """Read a report.

    Raises:
        ReportGone: the data has it no more.
    """
    threat = queries.threat(connection, fid)
    if threat is None:
        raise ReportGone(ref)
    return CardData(threat, queries.history(connection, fid))


def fill_card(order: CardOrder, data: CardData, form: Form, page: tuple[int, int] = (1, 1)) -> None:
    """Fill the template. Belongs into the main thread.

    Raises:
        LayerError: the replica cannot be opened.
    """
    form.begin(data.threat.ref)
    layout, items, project = form.layout, form.items, form.layout.project()
    layers = _layers(layout, order, data.threat)
    crs = QgsCoordinateReferenceSystem(PROJECT_CRS)
    to_map = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"), crs, project.transformContext()
    )
    place = to_map.transform(QgsPointXY(data.threat.lon, data.threat.lat))
    for name, scale in SCALES.items():
        item = items.get(name)
        if isinstance(item, QgsLayoutItemMap):
            item.setCrs(crs)
            item.setLayers(layers)
            item.setKeepLayerSet(True)
            item.setFollowVisibilityPreset(False)
            item.setBackgroundColor(QColor(ground.CANVAS_COLOR))
            half_width, half_height = (
                side * scale / 2000 for side in (item.rect().width(), item.rect().height())
            )
            item.setExtent(
                QgsRectangle(
                    place.x() - half_width,
                    place.y() - half_height,
                    place.x() + half_width,
                    place.y() + half_height,
                )
            )
    layout.setReferenceMap(items["map"])
    fill_texts(layout, _texts(order, data, place, page))
    emblem = items.get("emblem")
    if isinstance(emblem, QgsLayoutItemPicture):
        emblem.setPicturePath(str(order.emblem or resource("icons", "kmzb.svg")))


def _layers(layout: QgsPrintLayout, order: CardOrder, threat: ThreatRow) -> list[QgsMapLayer]:
    """The report with its pictogram, what else is known of the place as dots, and the ground."""
    own = table_layer(order.replica_path, "threats", threat.ref, f'"fid" = {threat.fid}')
    status = order.catalogue.status(threat.status)
    color = status.symbol_color if status else symbology.SOURCE_COLORS.get(threat.source, "#555555")
    shape = status.symbol_sign if status else threat.source
    symbol = symbology.symbol_of(
        symbology.svg_layer(marker(shape), _MARKER, color, LIGHT_INK, 0.25),
        symbology.pictogram_layer(order.catalogue, threat.source, _PICTOGRAM, ink_on(color)),
    )
    own.setRenderer(QgsSingleSymbolRenderer(symbol))
    others = table_layer(order.replica_path, "threats", tr("Other threats"), f'"fid" <> {threat.fid}')
    others.setRenderer(QgsSingleSymbolRenderer(symbology.sign_symbol("circle", _NEIGHBOUR_COLOR, _NEIGHBOUR)))
    areas = table_layer(order.replica_path, "areas", tr("Administrative areas"))
    areas.setRenderer(ground.areas_renderer())
    mine: list[QgsVectorLayer] = [own, others, areas]
    for layer in mine:
        layer.setParent(layout)
    return [own, others, *order.base, areas]


def _texts(order: CardOrder, data: CardData, place: QgsPointXY, page: tuple[int, int]) -> dict[str, str]:
    threat, catalogue, lang = data.threat, order.catalogue, order.lang
    near, far = (number_text(scale, lang) for scale in SCALES.values())
    number, pages = page
    return {
        "card_title": tr("Threat Verification Card"),
        "brand": tr("National Map of Security Threats"),
        "marking": order.marking.upper(),
        "office": order.office,
        "reference": threat.ref,
        "title": _named(catalogue.category(threat.category), threat.category, lang),
        "status": _named(catalogue.status(threat.status), threat.status, lang),
        "facts_title": tr("Report"),
        "facts": "\n".join(f"{label}: {text}" for label, text in _facts(order, threat, place) if text),
        "description_title": tr("Description by the reporter"),
        "description": threat.description or tr("No description"),
        "near_title": tr("Place, 1 : {}").format(near),
        "far_title": tr("Surroundings, 1 : {}").format(far),
        "history_title": tr("Decisions so far"),
        "history": _history(order, data.decisions),
        "notes_title": tr("Findings"),
        "signature": tr("Date, rank, name and signature"),
        "date": " · ".join(
            (
                tr("Data as of {}").format(order.data_date),
                tr("Printed {}").format(date_text(order.today, lang)),
                tr("Grey dots: other threats"),
            )
        ),
        "notice": tr("Not for urgent intervention: call 112 or 997. Source: {}.").format("KMZB"),
        "page": f"{number} / {pages}",
    }


def _facts(order: CardOrder, threat: ThreatRow, place: QgsPointXY) -> list[tuple[str, str]]:
    """Label and text of each fact; an empty text where there is none."""
    catalogue, lang = order.catalogue, order.lang
    status = catalogue.status(threat.status)
    due = getattr(threat, status.due) if status and status.due else None
    spans = (threat.occurred_from, threat.occurred_to)
    area = (threat.commune, threat.county, threat.voivodeship)
    days = weekday_names(tr)
    habits = [part_of_day_name(threat.part_of_day, tr)] if threat.part_of_day else []
    habits += [
        days[int(day)] for day in (threat.weekdays or "").split(",") if day.isdigit() and int(day) in days
    ]
    return [
        (tr("Due"), moment_text(due, lang) if due else ""),
        (tr("Place"), threat.place or ""),
        (tr("Occurred"), " – ".join(moment_text(one, lang) for one in spans if one)),
        (tr("Usually"), ", ".join(habits)),
        (tr("Reported"), moment_text(threat.reported_at, lang)),
        (tr("Confirmed by others"), number_text(threat.confirmations, lang) if threat.confirmations else ""),
        (tr("Attachments"), number_text(threat.attachments, lang) if threat.attachments else ""),
        (tr("Area"), ", ".join(order.places.get(code, code) for code in area if code)),
        (tr("Unit"), order.places.get(threat.unit, threat.unit) if threat.unit else ""),
        (tr("Coordinates"), f"{threat.lat:.5f} N, {threat.lon:.5f} E"),
        (tr("PL-1992"), f"X {place.y():.0f}, Y {place.x():.0f}"),
        (tr("Source"), _named(catalogue.source(threat.source), threat.source, lang)),
    ]


def _history(order: CardOrder, decisions: Sequence[DecisionRow]) -> str:
    """The newest decisions, the newest first, one in a line."""
    if not decisions:
        return tr("No decisions yet")
    lines = [_told(order, decision) for decision in reversed(decisions[-_MOST_DECISIONS:])]
    earlier = len(decisions) - len(lines)
    if earlier:
        lines.append(tr("and %n earlier one(s)", None, earlier))
    return "\n".join(lines)


def _told(order: CardOrder, decision: DecisionRow) -> str:
    catalogue, lang = order.catalogue, order.lang
    unit = decision.actor_unit
    parts = [
        moment_text(decision.decided_at, lang),
        _named(catalogue.status(decision.to_status), decision.to_status, lang),
        ", ".join(part for part in (decision.actor, order.places.get(unit, unit) if unit else "") if part),
        _named(catalogue.reason(decision.reason), decision.reason, lang),
        _named(catalogue.institution(decision.institution or ""), decision.institution, lang),
        tr("planned for {}").format(date_text(date.fromisoformat(decision.planned_date), lang))
        if decision.planned_date
        else "",
        _named(catalogue.method(decision.method), decision.method, lang),
        " ".join((decision.note or "").split()),
    ]
    return " · ".join(part for part in parts if part)


def _named(entry: Named | None, code: str | None, lang: str) -> str:
    """The name; the code where the catalogue has none, nothing for nothing."""
    return entry.name(lang) if entry is not None else code or ""
