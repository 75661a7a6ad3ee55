"""A district's map on paper: a layout from a template, filled."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsLayoutExporter,
    QgsLayoutFrame,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemManualTable,
    QgsLayoutItemMap,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLegendRenderer,
    QgsLegendStyle,
    QgsPrintLayout,
    QgsProject,
    QgsReadWriteContext,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QRectF, QSize, QSizeF
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtXml import QDomDocument

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.sentence import date_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.ground import CANVAS_COLOR
from kmzb_qgis_plugin.layers.layer_tree import PROJECT_CRS
from kmzb_qgis_plugin.paths import resource
from kmzb_qgis_plugin.printing.counts_table import fill_counts
from kmzb_qgis_plugin.printing.district import DistrictData
from kmzb_qgis_plugin.printing.errors import DistrictError, TemplateError
from kmzb_qgis_plugin.printing.paper_text import fit_label, number_text
from kmzb_qgis_plugin.printing.print_layers import PrintLayers, make_print_layers

PAPERS: Final = ("A4", "A3")

# What a template must have, by id.
_ITEMS: Final = {
    "map": QgsLayoutItemMap,
    "title": QgsLayoutItemLabel,
    "subtitle": QgsLayoutItemLabel,
    "brand": QgsLayoutItemLabel,
    "date": QgsLayoutItemLabel,
    "legend_title": QgsLayoutItemLabel,
    "legend": QgsLayoutItemLegend,
    "counts_title": QgsLayoutItemLabel,
    "counts": QgsLayoutFrame,
    "scale_bar": QgsLayoutItemScaleBar,
    "scale": QgsLayoutItemLabel,
    "filter": QgsLayoutItemLabel,
    "notice": QgsLayoutItemLabel,
}
# What it may have besides, likewise.
_PICTURES: Final = {"emblem": ("icons", "kmzb.svg"), "north": ("layouts", "north.svg")}

_MARGIN_SHARE: Final = 0.05
_NICE_SCALES: Final = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0)
_SEGMENTS: Final = 4
_SEGMENT_KILOMETRES: Final = (50, 25, 20, 10, 5, 2.5, 2, 1, 0.5, 0.25, 0.2, 0.1, 0.05)
_SKETCH_DPI: Final = 50
_GAP: Final = 4.0  # millimetres between the legend and what follows


@dataclass(frozen=True)
class DistrictMap:
    """What is to be printed.

    Attributes:
        replica_path: the GeoPackage, which a replica holds open.
        catalogue: names, colours and signs.
        data: the district and its counts, of
            :func:`kmzb_qgis_plugin.printing.district.read_district`.
        title, subtitle: the map's headings.
        sentence: the filter in words.
        data_date: the moment up to which the data is complete, as text.
        printed_on: the present day.
        lang: of names, ``pl`` or another.
        paper: one of :data:`PAPERS`.
        template: a layout template of one's own in place of the paper's.
    """

    replica_path: Path
    catalogue: Catalogue
    data: DistrictData
    title: str
    subtitle: str
    sentence: str
    data_date: str
    printed_on: date
    lang: str
    paper: str = "A4"
    template: Path | None = None


def build_layout(project: QgsProject, request: DistrictMap) -> QgsPrintLayout:
    """Fill the template. Belongs into the main thread.

    The layout is not added to the project, and its layers live as long as it does.

    Raises:
        TemplateError: the template cannot be read or lacks items.
        DistrictError: the district has no boundary.
        LayerError: the replica cannot be opened.
    """
    template = request.template or resource("layouts", f"district_{request.paper.lower()}_landscape.qpt")
    layout = QgsPrintLayout(project)
    layout.setName(request.title)
    items = _load(layout, template)
    layers = make_print_layers(
        layout, project, request.replica_path, request.data, request.catalogue, request.lang
    )
    _aim_map(items["map"], layers, request)
    _write_texts(items, request)
    # QGIS shrinks scale bars and tables to their content, so the boxes of their texts say how wide they are.
    _fill_scale_bar(items["scale_bar"], items["map"], items["scale"].rect().width())
    _fill_legend(items["legend"], layers, to_scale=bool(request.data.cells))
    _stack(items)
    width = items["counts_title"].rect().width()
    fill_counts(items["counts"], width, request.data, request.catalogue, request.lang)
    for name, parts in _PICTURES.items():
        picture = layout.itemById(name)
        if isinstance(picture, QgsLayoutItemPicture):
            picture.setPicturePath(str(resource(*parts)))
    return layout


def _load(layout: QgsPrintLayout, template: Path) -> dict[str, QgsLayoutItem]:
    """Read the template into the layout; return its items by id."""
    document = QDomDocument()
    try:
        content = template.read_bytes()
    except OSError as error:
        raise TemplateError(template) from error
    parsed = document.setContent(content)
    if not (parsed[0] if isinstance(parsed, tuple) else parsed):
        raise TemplateError(template)
    _, loaded = layout.loadFromTemplate(document, QgsReadWriteContext())
    if not loaded:
        raise TemplateError(template)
    items = {name: layout.itemById(name) for name in _ITEMS}
    missing = [name for name, kind in _ITEMS.items() if not isinstance(items[name], kind)]
    if not missing and not isinstance(items["counts"].multiFrame(), QgsLayoutItemManualTable):
        missing = ["counts"]
    if missing:
        raise TemplateError(template, missing)
    return items


def _aim_map(item: QgsLayoutItemMap, layers: PrintLayers, request: DistrictMap) -> None:
    """Show the whole district with a margin, at a round scale."""
    crs = QgsCoordinateReferenceSystem(PROJECT_CRS)
    transform = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"), crs, QgsProject.instance().transformContext()
    )
    extent = transform.transformBoundingBox(layers.boundary.boundingBox())
    if extent.isEmpty() or not extent.isFinite():
        raise DistrictError(request.data.district.name, "its geometry has no extent")
    extent.scale(1 + 2 * _MARGIN_SHARE)
    item.setCrs(crs)
    item.setLayers(list(layers.drawn))
    item.setKeepLayerSet(True)
    item.setFollowVisibilityPreset(False)
    item.setBackgroundColor(QColor(CANVAS_COLOR))
    item.zoomToExtent(extent)
    item.setScale(_nice_scale(item.scale()))


def _nice_scale(scale: float) -> float:
    """The next round scale (denominator) that shows no less."""
    power = 10.0 ** math.floor(math.log10(scale))
    return next(power * mantissa for mantissa in _NICE_SCALES if power * mantissa >= scale * 0.9999)


def _write_texts(items: dict[str, QgsLayoutItem], request: DistrictMap) -> None:
    total = number_text(request.data.total, request.lang)
    scale = number_text(round(items["map"].scale()), request.lang)
    texts = {
        "title": request.title,
        "subtitle": request.subtitle,
        "brand": tr("National Map of Security Threats"),
        "date": "\n".join(
            (
                tr("Data as of {}").format(request.data_date),
                tr("Printed {}").format(date_text(request.printed_on, request.lang)),
            )
        ),
        "legend_title": tr("Legend"),
        "counts_title": tr("Threats on the map: {}").format(total),
        "scale": tr("Scale 1 : {}").format(scale),
        "filter": tr("Shown: {}").format(request.sentence),
        "notice": tr("Not for urgent intervention: call 112 or 997. Source: KMZB."),
    }
    for name, text in texts.items():
        fit_label(items[name], text)


def _fill_scale_bar(bar: QgsLayoutItemScaleBar, item: QgsLayoutItemMap, width: float) -> None:
    """Kilometres, in as large round segments as there is room for in the width in millimetres."""
    room = width * 0.85 / _SEGMENTS
    millimetres = 1_000_000 / item.scale()  # of a kilometre
    segment = next((km for km in _SEGMENT_KILOMETRES if km * millimetres <= room), _SEGMENT_KILOMETRES[-1])
    bar.setLinkedMap(item)
    bar.setUnits(QgsUnitTypes.DistanceUnit.DistanceKilometers)
    bar.setUnitLabel("km")
    bar.setNumberOfSegments(_SEGMENTS)
    bar.setNumberOfSegmentsLeft(0)
    bar.setUnitsPerSegment(segment)
    bar.update()


def _fill_legend(legend: QgsLayoutItemLegend, layers: PrintLayers, *, to_scale: bool) -> None:
    """Explain the layers; symbols as large as on the map where their size says something."""
    legend.setAutoUpdateModel(False)
    legend.setTitle("")
    root = legend.model().rootGroup()
    root.removeAllChildren()
    for layer in layers.explained:
        node = root.addLayer(layer)
        single = len(layer.renderer().legendSymbolItems()) == 1
        style = QgsLegendStyle.Style.Hidden if single else QgsLegendStyle.Style.Subgroup
        QgsLegendRenderer.setNodeLegendStyle(node, style)
    if to_scale:
        legend.setMaximumSymbolSize(0)
    legend.setResizeToContents(True)
    # A legend knows its size only once it was painted.
    QgsLayoutExporter(legend.layout()).renderRegionToImage(
        QRectF(legend.pagePos(), QSizeF(1, 1)), QSize(), _SKETCH_DPI
    )
    legend.adjustBoxSize()


def _stack(items: dict[str, QgsLayoutItem]) -> None:
    """Move the counts up or down to stand below the legend; their lower end stays where it is."""
    title, counts, legend = items["counts_title"], items["counts"], items["legend"]
    bottom = counts.pagePos().y() + counts.rect().height()
    distance = counts.pagePos().y() - title.pagePos().y()
    top = legend.pagePos().y() + legend.rect().height() + _GAP
    unit = QgsUnitTypes.LayoutUnit.LayoutMillimeters
    title.attemptMove(QgsLayoutPoint(title.pagePos().x(), top, unit))
    counts.attemptMove(QgsLayoutPoint(counts.pagePos().x(), top + distance, unit))
    counts.attemptResize(QgsLayoutSize(counts.rect().width(), bottom - top - distance, unit))
