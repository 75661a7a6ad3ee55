"""A district's map on paper: a layout from a template, filled."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeatureRequest,
    QgsLayoutExporter,
    QgsLayoutFrame,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemMapGrid,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLegendRenderer,
    QgsLegendStyle,
    QgsMapLayer,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QRectF, QSize, QSizeF
from qgis.PyQt.QtGui import QColor, QFont

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.sentence import date_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.ground import CANVAS_COLOR
from kmzb_qgis_plugin.layers.layer_tree import PROJECT_CRS
from kmzb_qgis_plugin.paths import resource
from kmzb_qgis_plugin.printing.counts_table import fill_counts
from kmzb_qgis_plugin.printing.district import DistrictData
from kmzb_qgis_plugin.printing.errors import DistrictError
from kmzb_qgis_plugin.printing.paper_text import number_text, type_of
from kmzb_qgis_plugin.printing.print_layers import PrintLayers, make_print_layers
from kmzb_qgis_plugin.printing.scope import Content, Scope
from kmzb_qgis_plugin.printing.template import Form, fill_texts
from kmzb_qgis_plugin.printing.trend import as_path, trend_chart

PAPERS: Final = ("A4", "A3")
ORIENTATIONS: Final = ("landscape", "portrait")

# What a template must have, by id. The rest of what is filled, it may have.
_NEEDED: Final = {
    "map": QgsLayoutItemMap,
    "title": QgsLayoutItemLabel,
    "legend": QgsLayoutItemLegend,
    "filter": QgsLayoutItemLabel,
    "date": QgsLayoutItemLabel,
    "notice": QgsLayoutItemLabel,
}
_FILLED: Final = ("map", "overview", "legend", "counts")
_EMBLEM: Final = ("icons", "kmzb.svg")

_MARGIN_SHARE: Final = 0.05
_A4_MAP: Final = 192.0  # millimetres
_MOST_LARGER: Final = 1.5
_NICE_SCALES: Final = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0)
_SEGMENTS: Final = 4
_SEGMENT_METRES: Final = tuple(
    mantissa * 10**power for power in (5, 4, 3, 2, 1, 0) for mantissa in (5, 2.5, 2, 1)
)
_KILOMETRE: Final = 1000
_GRID_MILLIMETRES: Final = 35.0  # between two lines, at least
_GRID_METRES: Final = tuple(mantissa * 10**power for power in range(1, 6) for mantissa in (1, 2, 5))
_SKETCH_DPI: Final = 50
_GAP: Final = 4.0  # millimetres between the legend and what follows
_LEAST_TABLE: Final = 34.0  # millimetres that a long legend leaves the table
_SMALLEST_LEGEND: Final = 0.6  # of its type
_LEGEND_STEP: Final = 0.06
_ALL_AROUND: Final = 0.8  # a district of this share of what lies around needs no overview


@dataclass(frozen=True)
class DistrictMap:
    """What is to be printed.

    Attributes:
        replica_path: the GeoPackage, which a replica holds open.
        catalogue: names, colours and signs.
        data: the district and its counts, of
            :func:`kmzb_qgis_plugin.printing.district.read_district`.
        scope: what was counted.
        title, subtitle: the map's headings.
        sentence: the filter in words.
        data_date: the moment up to which the data is complete, as text.
        printed_on: the present day.
        lang: of names, ``pl`` or another.
        content: what is on the map.
        paper: one of :data:`PAPERS`.
        orientation: one of :data:`ORIENTATIONS`.
        template: a layout template of one's own in place of the paper's.
        marking: who may see it, for example ``do użytku służbowego``.
        office: who prints it.
        emblem: a picture in place of the map's emblem: a coat of arms, a logo.
        sync_state: how the data stands to the service, in words.
        base: layers of the project under the threats, topmost first.
        base_source: who made them.
        grid: a grid of kilometres is wanted.
        page: this page's number and how many there are.
    """

    replica_path: Path
    catalogue: Catalogue
    data: DistrictData
    scope: Scope
    title: str
    subtitle: str
    sentence: str
    data_date: str
    printed_on: date
    lang: str
    content: Content = field(default_factory=Content)
    paper: str = "A4"
    orientation: str = "landscape"
    template: Path | None = None
    marking: str = ""
    office: str = ""
    emblem: Path | None = None
    sync_state: str = ""
    base: Sequence[QgsMapLayer] = ()
    base_source: str = ""
    grid: bool = False
    page: tuple[int, int] = (1, 1)


def shipped_template(paper: str, orientation: str) -> Path:
    """The plugin's own template for a paper."""
    return resource("layouts", f"district_{paper.lower()}_{orientation}.qpt")


def open_form(project: QgsProject, template: Path) -> Form:
    """Read a template for districts. Belongs into the main thread.

    Raises:
        TemplateError: it cannot be read, lacks items or shows layers that are not there.
    """
    return Form(QgsPrintLayout(project), template, _NEEDED, _FILLED)


def build_layout(project: QgsProject, request: DistrictMap) -> QgsPrintLayout:
    """A layout of a single map: see :func:`fill_form`."""
    form = open_form(project, request.template or shipped_template(request.paper, request.orientation))
    fill_form(form, request)
    return form.layout


def fill_form(form: Form, request: DistrictMap) -> None:
    """Fill a template. Belongs into the main thread.

    The layout is not added to the project, and its layers live as long as it does, or until the
    form is filled again.

    Raises:
        DistrictError: the district has no boundary.
        LayerError: the replica cannot be opened.
    """
    form.begin(request.title)
    layout, items = form.layout, form.items
    layers = make_print_layers(
        layout,
        request.replica_path,
        request.data,
        request.catalogue,
        request.lang,
        request.content,
        request.base,
        _larger_than_a4(items["map"]),
    )
    _aim_map(items["map"], layers, request)
    layout.setReferenceMap(items["map"])
    located = _aim_overview(items.get("overview"), layers)
    fill_texts(layout, _texts(request, items, located))
    bar = items.get("scale_bar")
    if isinstance(bar, QgsLayoutItemScaleBar):
        _fill_scale_bar(bar, items["map"], _room_for_bar(bar, items.get("scale")))
    _fill_legend(items["legend"], layers, to_scale=bool(request.data.cells))
    _stack(items, request)
    _fill_pictures(items, request)


def _larger_than_a4(item: QgsLayoutItemMap) -> float:
    """How many times signs are larger on a large map, which is read from farther away."""
    return float(min(max(item.rect().width() / _A4_MAP, 1.0), _MOST_LARGER))


def _aim_map(item: QgsLayoutItemMap, layers: PrintLayers, request: DistrictMap) -> None:
    """Show the whole district with a margin, at a round scale."""
    crs = QgsCoordinateReferenceSystem(PROJECT_CRS)
    extent = _in_crs(layers.boundary.boundingBox(), crs)
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


def _aim_overview(item: QgsLayoutItem | None, layers: PrintLayers) -> bool:
    """Show where the district lies; return whether that says anything."""
    if not isinstance(item, QgsLayoutItemMap):
        return False
    district = layers.boundary.boundingBox()
    shown = bool(district.area() < _ALL_AROUND * layers.around.area())
    item.setVisibility(shown)
    if shown:
        crs = QgsCoordinateReferenceSystem(PROJECT_CRS)
        extent = _in_crs(layers.around, crs)
        extent.scale(1.06)
        item.setCrs(crs)
        item.setLayers(list(layers.overview))
        item.setKeepLayerSet(True)
        item.setFollowVisibilityPreset(False)
        item.zoomToExtent(extent)
    return shown


def _in_crs(extent: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> QgsRectangle:
    wgs84 = QgsCoordinateReferenceSystem("EPSG:4326")
    return QgsCoordinateTransform(wgs84, crs, QgsProject.instance().transformContext()).transformBoundingBox(
        extent
    )


def _texts(request: DistrictMap, items: Mapping[str, Any], located: bool) -> dict[str, str]:
    """What the template's variables say."""
    data, lang = request.data, request.lang
    scale = number_text(round(items["map"].scale()), lang)
    number, pages = request.page
    source = ", ".join(part for part in ("KMZB", request.base_source) if part)
    return {
        "title": request.title,
        "subtitle": request.subtitle,
        "marking": request.marking.upper(),
        "brand": tr("National Map of Security Threats"),
        "office": request.office,
        "date": " · ".join(
            part
            for part in (
                tr("Data as of {}").format(request.data_date),
                request.sync_state,
                tr("Printed {}").format(date_text(request.printed_on, lang)),
            )
            if part
        ),
        "legend_title": tr("Legend"),
        "counts_title": _counts_title(data, lang),
        "trend_title": tr("Month by month") if _has_trend(data) else "",
        "overview_title": tr("Location") if located else "",
        "scale": tr("Scale 1 : {}").format(scale),
        "filter": _filter_text(request),
        "not_shown": _not_shown(items["map"], data, lang),
        "notice": tr("Not for urgent intervention: call 112 or 997. Source: {}.").format(source),
        "page": f"{number} / {pages}",
    }


def _counts_title(data: DistrictData, lang: str) -> str:
    if data.public is not None:
        # What is kept back is on neither the map nor in the table.
        return tr("Threats in the district: at least {}").format(number_text(data.total, lang))
    return tr("Threats on the map: {}").format(number_text(data.total, lang))


def _filter_text(request: DistrictMap) -> str:
    parts = [tr("Shown: {}").format(request.sentence)]
    if request.scope.before is not None and request.data.public is None:
        first, last = (date_text(day, request.lang) for day in request.scope.before)
        parts.append(tr("Change: against {} to {}").format(first, last))
    if request.data.public is not None:
        least = request.data.public.threshold
        parts.append(tr("Version for the public: numbers under {} are not printed").format(least))
    return ". ".join(parts)


def _not_shown(item: QgsLayoutItemMap, data: DistrictData, lang: str) -> str:
    """How many threats are not on the map, and why; empty where all are."""
    parts = []
    outside = _outside(item, data) if data.points else 0
    if outside:
        parts.append(tr("beyond the map: {}").format(number_text(outside, lang)))
    if data.left_out:
        parts.append(tr("left out of this print: {}").format(number_text(data.left_out, lang)))
    return tr("Not on the map: {}").format(", ".join(parts)) if parts else ""


def _outside(item: QgsLayoutItemMap, data: DistrictData) -> int:
    """The threats of the map's layers that lie beyond its edge; one by one only where some may."""
    if data.bounds is None or item.extent().contains(_in_crs(QgsRectangle(*data.bounds), item.crs())):
        return 0
    request = QgsFeatureRequest(item.extent())
    request.setDestinationCrs(item.crs(), QgsProject.instance().transformContext())
    request.setSubsetOfAttributes([])
    number = 0
    for layer in item.layers():
        if isinstance(layer, QgsVectorLayer) and "layername=threats" in layer.source():
            number += layer.featureCount() - sum(1 for _ in layer.getFeatures(request))
    return number


def _room_for_bar(bar: QgsLayoutItem, scale: QgsLayoutItem | None) -> float:
    """Millimetres: up to the scale beside it, or what the template gives it."""
    if scale is not None and scale.pagePos().x() > bar.pagePos().x():
        return float(scale.pagePos().x() - bar.pagePos().x())
    return float(bar.rect().width())


def _fill_scale_bar(bar: QgsLayoutItemScaleBar, item: QgsLayoutItemMap, width: float) -> None:
    """Metres or kilometres, in as large round segments as there is room for in the width in millimetres."""
    room = width * 0.8 / _SEGMENTS
    millimetre = item.scale() / 1000  # in metres
    segment = next((one for one in _SEGMENT_METRES if one / millimetre <= room), _SEGMENT_METRES[-1])
    kilometres = segment * _SEGMENTS > _KILOMETRE
    units = QgsUnitTypes.DistanceUnit
    unit = units.DistanceKilometers if kilometres else units.DistanceMeters
    if bar.linkedMap() is not item:  # each of these setters measures the whole bar anew
        bar.setLinkedMap(item)
    if bar.units() != unit:
        bar.setUnits(unit)
        bar.setUnitLabel("km" if kilometres else "m")
    if (bar.numberOfSegmentsLeft(), bar.numberOfSegments()) != (0, _SEGMENTS):
        bar.setNumberOfSegmentsLeft(0)
        bar.setNumberOfSegments(_SEGMENTS)
    bar.setUnitsPerSegment(segment / _KILOMETRE if kilometres else segment)


def _show_grid(item: QgsLayoutItemMap, wanted: bool) -> None:
    """Show the template's grid, or one of our own, at distances that suit the scale."""
    grids = item.grids()
    if wanted and not grids.size():
        grids.addGrid(QgsLayoutItemMapGrid("kmzb_grid", item))
    millimetre = item.scale() / 1000
    metres = next((one for one in _GRID_METRES if one / millimetre >= _GRID_MILLIMETRES), _GRID_METRES[-1])
    for number in range(grids.size()):
        grid = grids.grid(number)
        grid.setEnabled(wanted)
        grid.setIntervalX(metres)
        grid.setIntervalY(metres)
    item.updateBoundingRect()


def _fill_legend(legend: QgsLayoutItemLegend, layers: PrintLayers, *, to_scale: bool) -> None:
    """Explain the layers; symbols as large as on the map where their size says something."""
    legend.setAutoUpdateModel(False)
    legend.setTitle("")
    root = legend.model().rootGroup()
    root.removeAllChildren()
    styles = QgsLegendStyle.Style
    for heading, below in layers.explained:
        group = root.addGroup(heading) if heading else root
        if heading:
            QgsLegendRenderer.setNodeLegendStyle(group, styles.Subgroup)
        for layer in below:
            node = group.addLayer(layer)
            QgsLegendRenderer.setNodeLegendStyle(node, styles.Hidden if heading else styles.Subgroup)
    if to_scale:
        legend.setMaximumSymbolSize(0)
    legend.setResizeToContents(True)
    _settle(legend)


def _settle(legend: QgsLayoutItemLegend) -> None:
    """Bring the legend to its size, which it knows only once it was painted."""
    QgsLayoutExporter(legend.layout()).renderRegionToImage(
        QRectF(legend.pagePos(), QSizeF(1, 1)), QSize(), _SKETCH_DPI
    )
    legend.adjustBoxSize()


def _stack(items: Mapping[str, Any], request: DistrictMap) -> None:
    """Let the legend fit above what follows, and the counts follow it where they stand below it.

    The counts' lower end stays where the template has it.
    """
    legend: Any = items["legend"]
    title: Any = items.get("counts_title")
    counts: Any = items.get("counts")
    has_counts = isinstance(counts, QgsLayoutFrame) and title is not None
    below = has_counts and _shares_column(legend, counts)
    end = counts.pagePos().y() + counts.rect().height() if has_counts else 0.0
    lowest = end - _LEAST_TABLE if below else _top_of_next(legend, items)
    heading = items.get("legend_title")
    edge = legend.layout().pageCollection().page(0).rect().width() - items["title"].pagePos().x() / 2
    room = heading.rect().width() if heading is not None else edge - legend.pagePos().x()
    _shrink_to(legend, room, lowest - legend.pagePos().y())
    if not has_counts:
        return
    distance = counts.pagePos().y() - title.pagePos().y()
    width = max(title.rect().width(), counts.rect().width())
    if below:
        unit = QgsUnitTypes.LayoutUnit.LayoutMillimeters
        top = legend.pagePos().y() + legend.rect().height() + _GAP
        title.attemptMove(QgsLayoutPoint(title.pagePos().x(), top, unit))
        counts.attemptMove(QgsLayoutPoint(counts.pagePos().x(), top + distance, unit))
        counts.attemptResize(QgsLayoutSize(counts.rect().width(), end - top - distance, unit))
    fill_counts(counts, width, request.data, request.catalogue, request.lang)


def _shares_column(one: QgsLayoutItem, other: QgsLayoutItem) -> bool:
    left, right = other.pagePos().x(), other.pagePos().x() + other.rect().width()
    return bool(left <= one.pagePos().x() + 1 <= right and other.pagePos().y() > one.pagePos().y())


def _top_of_next(legend: QgsLayoutItem, items: Mapping[str, Any]) -> float:
    """Where the next item below the legend begins, or the page ends."""
    tops = [item.pagePos().y() for item in items.values() if _shares_column(legend, item)]
    page = legend.layout().pageCollection().page(0).rect().height()
    return float(min(tops, default=page)) - 1


def _shrink_to(legend: QgsLayoutItemLegend, width: float, height: float) -> None:
    """Make the legend's type smaller until it fits; in the last resort, two columns."""

    def fits() -> bool:
        return bool(legend.rect().height() <= height and legend.rect().width() <= width)

    styles = QgsLegendStyle.Style
    sizes = {
        style: QFont(legend.styleFont(style)) for style in (styles.Group, styles.Subgroup, styles.SymbolLabel)
    }
    symbol = legend.symbolHeight()
    share = 1.0
    while not fits() and share > _SMALLEST_LEGEND:
        share -= _LEGEND_STEP
        for style, font in sizes.items():
            smaller = QFont(font)
            smaller.setPointSizeF(font.pointSizeF() * share)
            legend.setStyleFont(style, smaller)
        legend.setSymbolHeight(symbol * share)
        _settle(legend)
    if legend.rect().height() > height:
        legend.setColumnCount(2)
        legend.setSplitLayer(True)
        _settle(legend)


def _has_trend(data: DistrictData) -> bool:
    return any(number is None or number for _, number in data.months)


def _fill_pictures(items: Mapping[str, Any], request: DistrictMap) -> None:
    _show_grid(items["map"], request.grid)
    pictures = {name: item for name, item in items.items() if isinstance(item, QgsLayoutItemPicture)}
    if "emblem" in pictures:
        pictures["emblem"].setPicturePath(str(request.emblem or resource(*_EMBLEM)))
    if "north" in pictures:
        pictures["north"].setPicturePath(str(resource("layouts", "north.svg")))
    trend = pictures.get("trend")
    if trend is not None and not _has_trend(request.data):
        trend.setPicturePath("")
    elif trend is not None:
        family, points = type_of(items["filter"])
        size = trend.rect().size()
        svg = trend_chart(
            request.data.months, size.width(), size.height(), points * 0.92, family.family(), request.lang
        )
        trend.setPicturePath(as_path(svg), QgsLayoutItemPicture.Format.FormatSVG)
