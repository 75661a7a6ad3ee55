"""A map of areas or units coloured by one of their figures."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from qgis.core import (
    NULL,
    QgsApplication,
    QgsClassificationMethod,
    QgsCoordinateReferenceSystem,
    QgsDistanceArea,
    QgsFeatureRenderer,
    QgsFillSymbol,
    QgsGradientColorRamp,
    QgsGradientStop,
    QgsGraduatedSymbolRenderer,
    QgsProject,
    QgsRendererRange,
    QgsVectorDataProvider,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)
from qgis.PyQt.QtGui import QColor

from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.statistics import AREA_LEVELS, Group, Statistics, Tally
from kmzb_qgis_plugin.domain.text import Tr
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.fields import set_abstract, set_map_tip
from kmzb_qgis_plugin.layers.geopackage import read_geometry
from kmzb_qgis_plugin.layers.layer_tree import ROLE_PROPERTY, KmzbLayers, LayerError, table_uri
from kmzb_qgis_plugin.replica.errors import storage_errors
from kmzb_qgis_plugin.replica.figures import AREAS_VIEW, UNITS_VIEW, Figures
from kmzb_qgis_plugin.replica.queries import AreaRow, UnitRow

ROLE: Final = "choropleth"
SPEC_PROPERTY: Final = "kmzb/choropleth"
UNIT: Final = "unit"
LEVELS: Final = (*AREA_LEVELS, UNIT)
FIGURES: Final = ("threats", "per_km2", "per_thousand", "confirmed_share", "change")
METHODS: Final = ("Jenks", "Quantile", "EqualInterval", "Pretty")
MOST_CLASSES: Final = 9
_BOUNDARIES: Final = (
    "SELECT level, code, geom FROM areas WHERE geom IS NOT NULL "
    "UNION ALL SELECT 'unit', code, geom FROM units WHERE geom IS NOT NULL"
)
_ELLIPSOID: Final = "EPSG:7019"  # GRS 80, which Poland's coordinates stand on
_OUTLINE: Final = "#ffffff"
_OPACITY: Final = 0.85
# For a change two hues that differ for every kind of colour vision.
_AMOUNT: Final = ("#e3edf7", "#6ea2d2", "#0b3d75")
_FALL_AND_RISE: Final = ("#2166ac", "#f7f7f7", "#b35806")
_DECIMALS: Final = {"threats": 0, "per_km2": 2, "per_thousand": 2, "confirmed_share": 1, "change": 1}


@dataclass(frozen=True)
class Choropleth:
    """What is to be shown.

    Attributes:
        figure: one of :data:`FIGURES`.
        level: one of :data:`LEVELS`.
        method: the id of one of QGIS's classification methods.
        classes: how many; QGIS may find fewer or more.
    """

    figure: str = "threats"
    level: str = "county"
    method: str = "Jenks"
    classes: int = 5

    def to_text(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Choropleth:
        """Read what :meth:`to_text` made; of something else, the usual map."""
        try:
            found = cls(**json.loads(text))
        except (TypeError, ValueError):
            return cls()
        known = found.figure in FIGURES and found.level in LEVELS and isinstance(found.classes, int)
        return found if known else cls()


class NothingToClassify(KmzbError):
    """No area has a value of the figure."""

    def user_message(self, tr: Tr) -> str:
        return tr(
            "No area of this level has a value to colour it by. A change needs a period with a beginning, a "
            "confirmed share needs decided reports, and inhabitants must be in the data."
        )


def figure_name(figure: str) -> str:
    """The name of a figure."""
    names = {
        "threats": tr("Number of threats"),
        "per_km2": tr("Threats per km²"),
        "per_thousand": tr("Threats per 1,000 inhabitants"),
        "confirmed_share": tr("Confirmed share (%)"),
        "change": tr("Change on the year before (%)"),
    }
    return names[figure]


def level_name(level: str) -> str:
    """Of what the coloured areas are."""
    names = {
        "voivodeship": tr("voivodeships"),
        "county": tr("counties"),
        "commune": tr("communes"),
        UNIT: tr("police units"),
    }
    return names[level]


def method_name(method: str) -> str:
    """The name of a classification method, as QGIS calls it; its id where QGIS has none such."""
    found = QgsApplication.classificationMethodRegistry().method(method)
    return method if found is None else found.name()


def figures_of(
    found: Statistics,
    areas: Iterable[AreaRow],
    units: Iterable[UnitRow],
    square_kilometres: Mapping[tuple[str, str], float],
) -> list[Figures]:
    """The figures of every area and unit; those without threats have none of them, not no value."""
    rows = []
    places = [(area.level, area.code, area.population) for area in areas if area.level in AREA_LEVELS]
    places += [(UNIT, unit.code, None) for unit in units]
    known = {(level, group.code): group for level in LEVELS for group in found.groups[level]}
    nobody = Tally(0, None if found.total.before is None else 0)
    for level, code, population in places:
        group = known.get((level, code)) or Group(code, nobody, population)
        size = square_kilometres.get((level, code))
        rows.append(
            Figures(
                level,
                code,
                group.tally.count,
                group.tally.count / size if size else None,
                group.per_thousand,
                group.tally.share,
                group.tally.change,
            )
        )
    return rows


def measure_areas(connection: sqlite3.Connection) -> dict[tuple[str, str], float]:
    """Square kilometres on the ellipsoid by level and code; may run in any thread.

    Not through a layer of QGIS: opened here while the window filters the layers of the same file,
    it had both wait for each other for ever (seen with QGIS 3.44).

    Args:
        connection: to the replica.

    Raises:
        KmzbError: it cannot be read.
    """
    measure = QgsDistanceArea()
    measure.setSourceCrs(QgsCoordinateReferenceSystem("EPSG:4326"), QgsProject.instance().transformContext())
    measure.setEllipsoid(_ELLIPSOID)
    sizes = {}
    with storage_errors("the replica"):
        for level, code, blob in connection.execute(_BOUNDARIES):
            sizes[level, code] = measure.measureArea(read_geometry(blob)) / 1e6
    return sizes


def find_layer(project: QgsProject) -> QgsVectorLayer | None:
    """The project's coloured map; None where it has none."""
    return next(
        (
            layer
            for layer in project.mapLayers().values()
            if layer.customProperty(ROLE_PROPERTY) == ROLE and isinstance(layer, QgsVectorLayer)
        ),
        None,
    )


def spec_of(layer: QgsVectorLayer) -> Choropleth:
    """What a coloured map shows."""
    return Choropleth.from_text(str(layer.customProperty(SPEC_PROPERTY, "")))


def show(layers: KmzbLayers, replica_path: Path, spec: Choropleth, sentence: str) -> QgsVectorLayer:
    """Put the coloured map into the project, or bring it up to date.

    The figures have been written to the replica before. A map that shows the same as before keeps its
    name, place and colours; its classes are found anew, for the values are others.

    Args:
        layers: of the project.
        replica_path: the file with the figures.
        spec: what to show.
        sentence: the filter in words, for the layer's abstract.

    Raises:
        LayerError: QGIS cannot open the figures.
        NothingToClassify: no area has a value; the map has no classes then.
    """
    project = layers.project
    layer = find_layer(project)
    uri = uri_of(replica_path, spec)
    name = tr("{}, {}").format(figure_name(spec.figure), level_name(spec.level))
    if layer is None:
        layer = QgsVectorLayer(uri, name, "ogr")
        layer.setCustomProperty(ROLE_PROPERTY, ROLE)
        layer.setReadOnly(True)
    else:
        # Opened again even where it is the same file: OGR keeps the rows that it has read.
        layer.setDataSource(uri, layer.name(), "ogr", QgsVectorDataProvider.ProviderOptions(), False)
    if not layer.isValid():
        raise LayerError(f"figures of {replica_path}: {layer.error().message() or 'not valid'}")
    same = layer.customProperty(SPEC_PROPERTY) == spec.to_text()
    if not same:
        layer.setCustomProperty(SPEC_PROPERTY, spec.to_text())
        layer.setName(name)
        set_map_tip(layer, _map_tip(spec))
    set_abstract(layer, sentence)
    if project.mapLayer(layer.id()) is None:
        _insert(layers, layer)
    classified = classify(layer, spec, layer.renderer() if same else None)
    layer.triggerRepaint()
    if not classified:
        raise NothingToClassify(f"no value of {spec.figure} by {spec.level}")
    return layer


def uri_of(replica_path: Path, spec: Choropleth) -> str:
    """Where the figures of a map are, for the OGR provider."""
    if spec.level == UNIT:
        return table_uri(replica_path, UNITS_VIEW)
    return table_uri(replica_path, AREAS_VIEW, f"\"level\" = '{spec.level}'")


def classify(layer: QgsVectorLayer, spec: Choropleth, kept: QgsFeatureRenderer | None = None) -> bool:
    """Give a layer of figures classes by QGIS's own method; False where there is nothing to classify.

    Args:
        layer: shows the figures.
        spec: what to show.
        kept: a renderer of the same map, whose colours stay; one of another kind stays as it is.
    """
    values = [value for value in QgsVectorLayerUtils.getValues(layer, spec.figure)[0] if value != NULL]
    if kept is not None and not isinstance(kept, QgsGraduatedSymbolRenderer):
        return bool(values)
    method = _method(spec)
    # Pretty breaks part at zero by themselves.
    if spec.figure == "change" and method.symmetricModeAvailable() and spec.method != "Pretty":
        method.setSymmetricMode(True, 0.0, False)
    if kept is None:
        symbol = QgsFillSymbol.createSimple({"outline_color": _OUTLINE, "outline_width": "0.2"})
        # Of the whole layer, as units lie over their superior one: their colours would mix.
        layer.setOpacity(_OPACITY)
        ramp = _ramp(spec.figure)
    else:
        symbol, ramp = kept.sourceSymbol().clone(), kept.sourceColorRamp()
        ramp = ramp.clone() if ramp is not None else _ramp(spec.figure)
    bounds = class_bounds(method, values, spec.classes, whole=spec.figure == "threats")
    renderer = QgsGraduatedSymbolRenderer(spec.figure)
    renderer.setSourceSymbol(symbol)
    renderer.setClassificationMethod(method)
    for lower, upper in bounds:
        lowest, highest = method.formatNumber(lower), method.formatNumber(upper)
        label = lowest if lowest == highest else method.labelForRange(lower, upper)
        renderer.addClassRange(QgsRendererRange(lower, upper, symbol.clone(), label))
    renderer.updateColorRamp(ramp)
    if kept is not None and len(kept.ranges()) == len(bounds):
        for place, old in enumerate(kept.ranges()):
            renderer.updateRangeSymbol(place, old.symbol().clone())
    layer.setRenderer(renderer)
    return bool(values)


def class_bounds(
    method: QgsClassificationMethod, values: Sequence[float], classes: int, *, whole: bool
) -> list[tuple[float, float]]:
    """The lowest and the highest value of each class, as a method of QGIS finds them.

    Args:
        method: finds them.
        values: what is classified; no classes for none.
        classes: how many are wanted.
        whole: the values are whole numbers: then no number is in two classes, and no class is empty.
    """
    if not values:
        return []
    found = method.classes([float(value) for value in values], classes)
    bounds = [(one.lowerBound(), one.upperBound()) for one in found]
    if not whole:
        return list(dict.fromkeys(bounds))
    lowest, parted = int(min(values)), []
    for highest in sorted({round(upper) for _, upper in bounds} | {int(max(values))}):
        if any(lowest <= value <= highest for value in values):
            parted.append((float(lowest), float(highest)))
            lowest = highest + 1
    return parted


def amount_ramp() -> QgsGradientColorRamp:
    """One hue from light to dark, apart in grey print and for every reader."""
    light, middle, dark = (QColor(color) for color in _AMOUNT)
    return QgsGradientColorRamp(light, dark, False, [QgsGradientStop(0.5, middle)])


def _method(spec: Choropleth) -> QgsClassificationMethod:
    registry = QgsApplication.classificationMethodRegistry()
    method: QgsClassificationMethod = registry.method(spec.method) or registry.method(METHODS[0])
    method.setLabelFormat(tr("%1 to %2"))
    method.setLabelPrecision(_DECIMALS[spec.figure])
    method.setLabelTrimTrailingZeroes(spec.figure == "threats")
    return method


def remove(project: QgsProject) -> None:
    """Take the coloured map out of the project."""
    layer = find_layer(project)
    if layer is not None:
        project.removeMapLayer(layer.id())


def _ramp(figure: str) -> QgsGradientColorRamp:
    if figure == "change":
        fall, same, rise = (QColor(color) for color in _FALL_AND_RISE)
        return QgsGradientColorRamp(fall, rise, False, [QgsGradientStop(0.5, same)])
    return amount_ramp()


def _insert(layers: KmzbLayers, layer: QgsVectorLayer) -> None:
    """Lay the map over the land and under everything else of the group."""
    project = layers.project
    project.addMapLayer(layer, False)
    root = project.layerTreeRoot()
    areas = layers.layer("areas")
    node = root.findLayer(areas.id()) if areas is not None else None
    if node is None:
        root.addLayer(layer)
    else:
        parent = node.parent()
        parent.insertLayer(parent.children().index(node), layer)


def _map_tip(spec: Choropleth) -> str:
    value = f"coalesce(format_number(\"{spec.figure}\", {_DECIMALS[spec.figure]}), '–')"
    return f'<b>[% "name" %]</b><br>{figure_name(spec.figure)}: [% {value} %]'
