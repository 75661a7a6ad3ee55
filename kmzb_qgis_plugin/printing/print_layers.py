"""The layers of a printed map: made for one layout, which owns them, and never part of the project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qgis.core import (
    NULL,
    QgsCategorizedSymbolRenderer,
    QgsExpression,
    QgsFeatureRenderer,
    QgsFeatureRequest,
    QgsFillSymbol,
    QgsFontMarkerSymbolLayer,
    QgsGeometry,
    QgsInvertedPolygonRenderer,
    QgsMapLayer,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsPointClusterRenderer,
    QgsPointDisplacementRenderer,
    QgsPointXY,
    QgsProject,
    QgsProperty,
    QgsRectangle,
    QgsRenderContext,
    QgsRendererCategory,
    QgsRuleBasedLabeling,
    QgsRuleBasedRenderer,
    QgsSimpleMarkerSymbolLayer,
    QgsSingleSymbolRenderer,
    QgsSymbolLayer,
    QgsUnitTypes,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QColor, QFont

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.filter_sql import for_source, in_itself, literal
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers import ground, symbology
from kmzb_qgis_plugin.layers.choropleth import ROLE as COLORED_AREAS
from kmzb_qgis_plugin.layers.layer_tree import (
    EXPLAINED_PROPERTY,
    ROLE_PROPERTY,
    SOURCES,
    LayerError,
    cell_features,
    cells_layer,
    fill_cells,
    table_uri,
)
from kmzb_qgis_plugin.layers.pictograms import LIGHT_INK, ink_on, marker
from kmzb_qgis_plugin.printing.area_colors import areas_layer
from kmzb_qgis_plugin.printing.district import District, DistrictData
from kmzb_qgis_plugin.printing.errors import DistrictError
from kmzb_qgis_plugin.printing.paper_text import number_text
from kmzb_qgis_plugin.printing.scope import Content
from kmzb_qgis_plugin.printing.template import SHARED_PROPERTY

PICTOGRAMS_UP_TO: Final = 60
"""So many threats are printed with their pictograms; more of them as small signs."""
IN_A_RING_UP_TO: Final = 6
"""So many threats of one place stand in a ring around it; more of them are one symbol with their number."""

_MARKER_SIZE: Final = 7.0
_PICTOGRAM_SIZE: Final = 3.8
_SIGN_SIZE: Final = 2.3
_CLUSTER_SIZE: Final = 4.0
# The id of a layout's map is a variable while it is drawn.
_ON_OVERVIEW: Final = "coalesce(@map_id, '') = 'overview'"
_ONE_PLACE: Final = 0.15  # millimetres within which threats share a place
_HIDDEN: Final = 2.0  # millimetres within which one small sign hides another
_MANY: Final = 500  # so many are mostly discs, which hide each other when they are less than one apart
_BOUNDARY_COLOR: Final = "#1f3a68"
_CLUSTER_COLOR: Final = "#26262a"
_UNIT_NAMES_FROM: Final = 600_000
_DIMMED: Final = 150  # of 255: how much the veil hides of the surroundings

# By group of categories, in the catalogue's order: after Okabe and Ito, apart for colour-blind
# readers; the shapes keep them apart in grey print.
_GROUP_COLORS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#4d4d4d")
_GROUP_SIGNS: Final = ("circle", "square", "diamond", "check", "cross", "arrow", "line")


@dataclass(frozen=True)
class PrintLayers:
    """The layers of a map.

    Attributes:
        drawn: topmost first.
        explained: what the legend shows: headings with the layers below them; no heading
            for a layer whose own name is one.
        overview: those of the overview map, topmost first.
        boundary: the district's, in EPSG:4326.
        around: what the overview shows: the district's voivodeship, or all areas there are; in EPSG:4326.
    """

    drawn: tuple[QgsMapLayer, ...]
    explained: tuple[tuple[str, tuple[QgsMapLayer, ...]], ...]
    overview: tuple[QgsMapLayer, ...]
    boundary: QgsGeometry
    around: QgsRectangle


def make_print_layers(
    owner: QObject,
    replica_path: Path,
    data: DistrictData,
    catalogue: Catalogue,
    lang: str,
    content: Content,
    base: Sequence[QgsMapLayer] = (),
    larger: float = 1.0,
) -> PrintLayers:
    """Make the layers of a district's map.

    Args:
        owner: the layers live as long as it does.
        replica_path: the GeoPackage.
        data: the district and its counts.
        catalogue: names, colours and signs.
        lang: of names.
        content: how reports are shown, and whether stations are.
        base: layers of the project under the threats, topmost first; they stay the project's.
        larger: how many times signs and names are larger than on A4.

    Raises:
        LayerError: a table of the replica cannot be opened.
        DistrictError: the district has no boundary.
    """
    areas = _shared_layer(owner, replica_path, "areas", tr("Administrative areas"))
    units = _shared_layer(owner, replica_path, "units", tr("Seats of police units"))
    boundary = _boundary(units if data.district.table == "units" else areas, data.district)
    outline = _shared_layer(
        owner, replica_path, data.district.table, tr("Boundary: {}").format(data.district.name), "outline"
    )
    outline.setRenderer(QgsInvertedPolygonRenderer(_only(data.district, _outline_symbol(), outline.name())))
    areas.setRenderer(_areas_renderer(data.district))
    areas.setLabeling(_labels_of_others(data, larger))
    areas.setLabelsEnabled(True)
    threats = {} if data.public else _threat_layers(replica_path, data, catalogue, lang, content, larger)
    seats = _seats_within(units, boundary, larger) if content.stations else []
    numbers: list[QgsVectorLayer] = []
    columns: list[QgsVectorLayer] = []
    together: list[QgsVectorLayer] = []
    on_top: list[QgsVectorLayer] = [*threats.values(), *seats]
    below: list[QgsVectorLayer] = []
    if data.areas:
        numbers = [areas_layer(replica_path, data, lang)]
        on_top, below = seats, numbers
    elif data.cells or data.public:
        on_top = [_cells(data, boundary, larger)]
        numbers, seats = on_top if data.cells else [], []
    else:
        together = [_together_layer(data)] if _crowded(data) or data.most_in_one_place > 1 else []
        if content.reports == "category":
            columns = _statuses_of_table(replica_path, data, catalogue, lang)
    reports = [layer for source, layer in threats.items() if source == "citizen"]
    others = [layer for source, layer in threats.items() if source != "citizen"]
    explained = (
        *(("", (layer,)) for layer in (*numbers, *reports)),
        (tr("Police and community"), tuple(others)),
        *(("", (layer,)) for layer in columns),
        (tr("On the map"), (*together, outline, *seats)),
        *(("", (layer,)) for layer in base if _needs_legend(layer)),
    )
    for layer in (*on_top, *below, *threats.values(), *columns, *together):
        layer.setParent(owner)
    return PrintLayers(
        drawn=(*on_top, outline, *below, *base, areas),
        explained=tuple((heading, layers) for heading, layers in explained if layers),
        overview=tuple(_overview_layers(owner, replica_path, data.district, areas)),
        boundary=boundary,
        around=_around(areas, data.district),
    )


def table_layer(replica_path: Path, table: str, name: str, subset: str = "") -> QgsVectorLayer:
    """A layer of a replica's table.

    Raises:
        LayerError: QGIS cannot open it.
    """
    options = QgsVectorLayer.LayerOptions()
    options.loadDefaultStyle = False  # it gets a style of its own at once
    layer = QgsVectorLayer(table_uri(replica_path, table, subset), name, "ogr", options)
    if not layer.isValid():
        raise LayerError(f"table {table} of {replica_path} for printing: not valid")
    return layer


def _shared_layer(
    owner: QObject, replica_path: Path, table: str, name: str, part: str = "all"
) -> QgsVectorLayer:
    """The layer of all rows of a table for one part of the map, which all pages of an owner share."""
    wanted = f"{part} {table} {replica_path}"
    for layer in owner.findChildren(QgsVectorLayer):
        if layer.customProperty(SHARED_PROPERTY) == wanted:
            layer.setName(name)
            return layer
    layer = table_layer(replica_path, table, name)
    layer.setCustomProperty(SHARED_PROPERTY, wanted)
    layer.setParent(owner)
    return layer


def own_layers(project: QgsProject) -> list[QgsMapLayer]:
    """The project's visible layers that are not ours, topmost first; areas in colours are among them."""
    root = project.layerTreeRoot()
    return [
        layer
        for layer in root.layerOrder()
        if layer.customProperty(ROLE_PROPERTY) in (None, COLORED_AREAS) and root.findLayer(layer).isVisible()
    ]


def _needs_legend(layer: QgsMapLayer) -> bool:
    """Whether a layer of the project is one whose colours we chose: of areas, or of an analysis."""
    return bool(
        layer.customProperty(ROLE_PROPERTY) == COLORED_AREAS or layer.customProperty(EXPLAINED_PROPERTY)
    )


def _boundary(layer: QgsVectorLayer, district: District) -> QgsGeometry:
    condition = f'"code" = {QgsExpression.quotedValue(district.code)}'
    for feature in layer.getFeatures(condition):
        geometry = feature.geometry()
        if not geometry.isEmpty() and geometry.area() > 0:
            return geometry
    raise DistrictError(district.name, "its geometry is missing or empty")


def _only(district: District, symbol: QgsFillSymbol, name: str) -> QgsFeatureRenderer:
    """Draws a district's boundary, and of the table's other rows none."""
    own = QgsRuleBasedRenderer.Rule(symbol)
    own.setFilterExpression(f'"code" = {literal(district.code)}')
    own.setLabel(name)
    root = QgsRuleBasedRenderer.Rule(None)
    root.appendChild(own)
    return QgsRuleBasedRenderer(root)


def _outline_symbol() -> QgsFillSymbol:
    """The district's boundary, with everything outside it under a veil."""
    symbol = QgsFillSymbol.createSimple({"outline_width": "0.8", "joinstyle": "round"})
    veil = QColor(ground.CANVAS_COLOR)
    veil.setAlpha(_DIMMED)
    symbol.symbolLayer(0).setFillColor(veil)
    symbol.symbolLayer(0).setStrokeColor(QColor(_BOUNDARY_COLOR))
    return symbol


def _areas_renderer(district: District) -> QgsFeatureRenderer:
    """Land and borders on the map; on the overview, plain areas and the district in dark.

    One layer serves both maps, because to open a table takes longer than to draw it.
    """
    renderer = ground.areas_renderer()
    root = renderer.rootRule()
    for rule in root.children():
        rule.setFilterExpression(f"({rule.filterExpression()}) AND NOT ({_ON_OVERVIEW})")
    above = _voivodeship_of(district)
    beside = f"\"level\" = 'county' AND \"code\" LIKE '{above}%'" if above else "\"level\" = 'voivodeship'"
    plain = {"color": ground.LAND_COLOR, "outline_color": "#9aa1a8", "outline_width": "0.1"}
    dark = {"color": _BOUNDARY_COLOR, "outline_color": LIGHT_INK, "outline_width": "0.1"}
    for condition, look in (
        (beside, plain),
        (f'"code" = {literal(district.code)}', dark),
    ):
        rule = QgsRuleBasedRenderer.Rule(QgsFillSymbol.createSimple(look))
        rule.setFilterExpression(f"({condition}) AND {_ON_OVERVIEW}")
        root.appendChild(rule)
    return renderer


def _voivodeship_of(district: District) -> str:
    """The TERYT code of the voivodeship that a smaller district lies in; empty for a larger one."""
    codes = {code[:2] for code in district.teryt}
    smaller = all(len(code) > 2 for code in district.teryt)
    return codes.pop() if len(codes) == 1 and smaller else ""


def _around(areas: QgsVectorLayer, district: District) -> QgsRectangle:
    above = _voivodeship_of(district)
    if above:
        for feature in areas.getFeatures(f'"code" = {QgsExpression.quotedValue(above)}'):
            return feature.geometry().boundingBox()
    return areas.extent()


def _overview_layers(
    owner: QObject, replica_path: Path, district: District, areas: QgsVectorLayer
) -> list[QgsVectorLayer]:
    """Where in the country the district lies."""
    if district.table == "areas":
        return [areas]
    here = _shared_layer(owner, replica_path, district.table, tr("District"), "overview")
    dark = QgsFillSymbol.createSimple({"color": _BOUNDARY_COLOR, "outline_color": LIGHT_INK})
    here.setRenderer(_only(district, dark, here.name()))
    return [here, areas]


def _labels_of_others(data: DistrictData, larger: float) -> object:
    """Names of the areas around: the district's own stands in the title, and coloured areas have theirs."""
    labels = ground.areas_labels()
    own = data.district.code
    shown = {own, *(area.code for area in data.areas)}
    if data.district.table == "areas":
        shown |= {own[:2], own[:4]}  # what it lies in would be written into it
    named = ", ".join(map(literal, sorted(shown)))
    for rule in labels.rootRule().children():
        rule.setFilterExpression(
            f'({rule.filterExpression()}) AND "code" NOT IN ({named}) AND NOT ({_ON_OVERVIEW})'
        )
        rule.setSettings(_larger_type(rule.settings(), larger))
    return labels


def _larger_type(settings: QgsPalLayerSettings, larger: float) -> QgsPalLayerSettings:
    copy = QgsPalLayerSettings(settings)
    text = copy.format()
    text.setSize(text.size() * larger)
    copy.setFormat(text)
    return copy


def _seats_within(units: QgsVectorLayer, boundary: QgsGeometry, larger: float) -> list[QgsVectorLayer]:
    """The units whose seats lie in the district, as one layer; nothing where there are none."""
    codes = []
    request = QgsFeatureRequest()
    request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
    for unit in units.getFeatures(request):
        lon, lat = unit["seat_lon"], unit["seat_lat"]
        if NULL not in (lon, lat) and boundary.contains(QgsPointXY(lon, lat)):
            codes.append(literal(unit["code"]))
    if not codes:
        return []
    here = f'"code" IN ({", ".join(codes)})'
    shields, labels = ground.seats_renderer(), ground.units_labels(_UNIT_NAMES_FROM)
    seats = QgsRuleBasedRenderer.Rule(shields.symbol().clone())
    seats.setFilterExpression(here)
    seats.setLabel(units.name())
    symbols = QgsRuleBasedRenderer.Rule(None)
    symbols.appendChild(seats)
    units.setRenderer(QgsRuleBasedRenderer(symbols))
    named = QgsRuleBasedLabeling.Rule(_larger_type(labels.settings(), larger))
    named.setFilterExpression(here)
    names = QgsRuleBasedLabeling.Rule(None)
    names.appendChild(named)
    units.setLabeling(QgsRuleBasedLabeling(names))
    units.setLabelsEnabled(True)
    return [units]


def _cells(data: DistrictData, boundary: QgsGeometry, larger: float) -> QgsVectorLayer:
    layer = cells_layer(tr("Number of threats by cell"))
    fill_cells(layer, cell_features(data.cells, boundary))
    renderer = _classes_that_occur(data)
    _magnify(renderer, larger)
    layer.setRenderer(renderer)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(_larger_type(ground.cells_labels().settings(), larger)))
    layer.setLabelsEnabled(True)
    return layer


def _classes_that_occur(data: DistrictData) -> QgsFeatureRenderer:
    """Circles for numbers, without the classes that no cell falls into."""
    renderer = ground.cells_renderer()
    for place, one in reversed(list(enumerate(renderer.ranges()))):
        if not any(one.lowerValue() < cell.number < one.upperValue() for cell in data.cells):
            renderer.deleteClass(place)
        elif data.public is not None and one.lowerValue() < data.public.threshold < one.upperValue():
            renderer.updateRangeLabel(place, f"{data.public.threshold}–{int(one.upperValue())}")
    return renderer


def _threat_layers(
    replica_path: Path, data: DistrictData, catalogue: Catalogue, lang: str, content: Content, larger: float
) -> dict[str, QgsVectorLayer]:
    """By source, a layer for each that has threats in the district, named with their number."""
    layers = {}
    names = {source.code: source.name(lang) for source in catalogue.sources}
    for source in SOURCES:
        number = data.of_source(source)
        if not number:
            continue
        title = f"{names.get(source, source)} ({number_text(number, lang)})"
        layer = table_layer(replica_path, "threats", title, in_itself(for_source(data.where, source)))
        if source != "citizen":
            color = symbology.SOURCE_COLORS.get(source, symbology.UNKNOWN_COLOR)
            renderer = QgsSingleSymbolRenderer(_symbol(source, color, data, catalogue, source))
        elif content.reports == "category":
            renderer = _groups_renderer(data, catalogue, lang)
        else:
            renderer = _reports_renderer(data, catalogue, lang)
        layer.setRenderer(_shown_together(renderer, data, larger) if data.points else renderer)
        layer.setLabeling(_only_in_the_way())
        layer.setLabelsEnabled(data.points)
        layers[source] = layer
    return layers


def _statuses_of_table(
    replica_path: Path, data: DistrictData, catalogue: Catalogue, lang: str
) -> list[QgsVectorLayer]:
    """Explains the signs over the table's columns where the map shows categories."""
    if not data.of_source("citizen"):
        return []
    layer = table_layer(
        replica_path, "threats", tr("Columns of the table"), in_itself(for_source(data.where, "citizen"))
    )
    layer.setRenderer(_reports_renderer(data, catalogue, lang))
    return [layer]


def _reports_renderer(data: DistrictData, catalogue: Catalogue, lang: str) -> QgsFeatureRenderer:
    """Only the statuses that occur, so that the legend has no entry without a threat."""
    renderer = QgsCategorizedSymbolRenderer("status")
    others, shown = data.of_source("citizen"), data.statuses()
    for status in catalogue.statuses:
        number = data.of_status(status.code)
        if status.code in shown:
            symbol = _symbol(status.symbol_sign, status.symbol_color, data, catalogue, "citizen")
            label = f"{status.name(lang)} ({number_text(number, lang)})"
            renderer.addCategory(QgsRendererCategory(status.code, symbol, label))
            others -= number
    if others:
        symbol = _symbol("circle", symbology.UNKNOWN_COLOR, data, catalogue, "citizen")
        label = f"{tr('Other status')} ({number_text(others, lang)})"
        renderer.addCategory(QgsRendererCategory("", symbol, label))
    symbology.put_waiting_on_top(renderer, catalogue)
    return renderer


def _groups_renderer(data: DistrictData, catalogue: Catalogue, lang: str) -> QgsFeatureRenderer:
    """Citizens' reports by the group of their category, so that however many categories stay apart."""
    numbers = {row.category: row.total for row in data.rows if row.source == "citizen" and row.total}
    renderer = QgsCategorizedSymbolRenderer("category")
    left = dict(numbers)
    groups = [group for group in catalogue.groups if _members(catalogue, group.code) & numbers.keys()]
    for place, group in enumerate(groups[: len(_GROUP_COLORS)]):
        members = sorted(_members(catalogue, group.code) & numbers.keys())
        number = sum(left.pop(code) for code in members)
        symbol = _symbol(_GROUP_SIGNS[place], _GROUP_COLORS[place], data, catalogue, "citizen")
        label = f"{group.name(lang)} ({number_text(number, lang)})"
        renderer.addCategory(QgsRendererCategory(members, symbol, label))
    if left:
        symbol = _symbol("circle", symbology.UNKNOWN_COLOR, data, catalogue, "citizen")
        label = f"{tr('Other categories')} ({number_text(sum(left.values()), lang)})"
        renderer.addCategory(QgsRendererCategory("", symbol, label))
    return renderer


def _members(catalogue: Catalogue, group: str) -> set[str]:
    return {category.code for category in catalogue.categories_of("citizen") if category.group == group}


def _symbol(shape: str, color: str, data: DistrictData, catalogue: Catalogue, source: str) -> QgsMarkerSymbol:
    """A sign, or a marker with a pictogram where there are few threats."""
    if data.total > PICTOGRAMS_UP_TO:
        return symbology.sign_symbol(shape, color, _SIGN_SIZE)
    return symbology.symbol_of(
        symbology.svg_layer(marker(shape), _MARKER_SIZE, color, LIGHT_INK, 0.2),
        symbology.pictogram_layer(catalogue, source, _PICTOGRAM_SIZE, ink_on(color)),
    )


def _shown_together(renderer: QgsFeatureRenderer, data: DistrictData, larger: float) -> QgsFeatureRenderer:
    """Let threats of one place be seen: in a ring around it, or as one symbol with their number."""
    _magnify(renderer, larger)
    if _crowded(data):
        together = QgsPointClusterRenderer()
        disc = _cluster_symbol("@cluster_size")
        disc.setSize(disc.size() * larger)
        together.setClusterSymbol(disc)
        together.setTolerance((_HIDDEN if data.total <= _MANY else _CLUSTER_SIZE) * larger)
    elif data.most_in_one_place > 1:
        together = QgsPointDisplacementRenderer()
        together.setPlacement(QgsPointDisplacementRenderer.Placement.Ring)
        together.setCircleColor(QColor(_CLUSTER_COLOR))
        together.setCircleWidth(0.2)
        together.setLabelAttributeName("")
        dot = {"name": "circle", "color": _CLUSTER_COLOR, "size": "0.9", "outline_style": "no"}
        together.setCenterSymbol(QgsMarkerSymbol.createSimple(dot))
        together.setTolerance(_ONE_PLACE)
    else:
        return renderer
    together.setToleranceUnit(QgsUnitTypes.RenderUnit.RenderMillimeters)
    together.setEmbeddedRenderer(renderer)
    return together


def _magnify(renderer: QgsFeatureRenderer, larger: float) -> None:
    for symbol in renderer.symbols(QgsRenderContext()):
        symbol.setSize(symbol.size() * larger)


def _only_in_the_way() -> QgsVectorLayerSimpleLabeling:
    """No labels, but the names of other layers keep off the threats where they can."""
    settings = QgsPalLayerSettings()
    settings.drawLabels = False
    return QgsVectorLayerSimpleLabeling(settings)


def _crowded(data: DistrictData) -> bool:
    """Whether rings would take more room than there is."""
    return data.total > PICTOGRAMS_UP_TO or data.most_in_one_place > IN_A_RING_UP_TO


def _cluster_symbol(number: str) -> QgsMarkerSymbol:
    """A white disc with a number in it; its rim has the colour of the symbols, where they share one.

    Args:
        number: an expression.
    """
    disc = QgsMarkerSymbol.createSimple(
        {
            "name": "circle",
            "color": LIGHT_INK,
            "size": str(_CLUSTER_SIZE),
            "outline_color": _CLUSTER_COLOR,
            "outline_width": "0.5",
        }
    )
    disc.symbolLayer(0).setDataDefinedProperty(
        QgsSymbolLayer.Property.PropertyStrokeColor,
        QgsProperty.fromExpression(f"coalesce(@cluster_color, '{_CLUSTER_COLOR}')"),
    )
    figure = QgsFontMarkerSymbolLayer(QFont().family(), "n", 2.5, QColor(_CLUSTER_COLOR))
    figure.setFontStyle("Bold")
    figure.setDataDefinedProperty(
        QgsSymbolLayer.Property.PropertyCharacter, QgsProperty.fromExpression(f"to_string({number})")
    )
    disc.appendSymbolLayer(figure)
    return disc


def _together_layer(data: DistrictData) -> QgsVectorLayer:
    """Explains, in the legend alone, how threats of one place are shown."""
    ring = not _crowded(data)
    words = tr("Around a point: in one place") if ring else tr("Several close together, with their number")
    layer = QgsVectorLayer("Point?crs=EPSG:4326", words, "memory")
    if ring:
        rim = {"name": "circle", "color": "0,0,0,0", "size": "3.6", "outline_color": _CLUSTER_COLOR}
        symbol = QgsMarkerSymbol.createSimple({**rim, "outline_width": "0.2"})
        dot = {"name": "circle", "color": _CLUSTER_COLOR, "size": "0.9", "outline_style": "no"}
        symbol.appendSymbolLayer(QgsSimpleMarkerSymbolLayer.create(dot))
    else:
        symbol = _cluster_symbol("'n'")
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    return layer
