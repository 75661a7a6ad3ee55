"""The group "KMZB" of a project: makes its layers, finds them again, filters them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsGeometry,
    QgsLayerTreeGroup,
    QgsPointXY,
    QgsProject,
    QgsProviderRegistry,
    QgsRectangle,
    QgsVectorDataProvider,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from kmzb_qgis_plugin.domain import filter_sql
from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.filter_sql import for_source
from kmzb_qgis_plugin.domain.text import Tr
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers import ground, near_labels, symbology, temporal
from kmzb_qgis_plugin.layers.fields import describe_areas, describe_threats, describe_units, set_abstract
from kmzb_qgis_plugin.paths import resource
from kmzb_qgis_plugin.replica.queries import Cell
from kmzb_qgis_plugin.steps import exhaust

ROLE_PROPERTY: Final = "kmzb/role"
EXPLAINED_PROPERTY: Final = "kmzb/explained"
"""Of an analysis's layer: a print has it in its legend."""
STYLE_PROPERTY: Final = "kmzb/style"
GROUP_ROLE: Final = "group"
GROUP_NAME: Final = "KMZB"

SOURCES: Final = ("citizen", "community", "police")
ROLES: Final = (*SOURCES, "cells", "units", "areas")
"""The layers, topmost first."""

DENSE_COUNT: Final = 5_000
"""From so many points on, small scales show numbers by cell instead of points."""
DENSE_SCALE: Final = 100_000
"""The scale from which points show where there are many."""

PROJECT_CRS: Final = "EPSG:2180"
_WGS84: Final = "EPSG:4326"
_TABLES: Final = {**dict.fromkeys(SOURCES, "threats"), "units": "units", "areas": "areas"}
_STYLE_VERSION: Final = 2

# A cell is to be about this wide on the screen.
_CELL_MILLIMETRES: Final = 12.0
_METRES_PER_DEGREE: Final = 111_000
_CELL_STEPS: Final = (0.01, 0.015, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5)


class LayerError(KmzbError):
    """QGIS cannot open a table of the replica."""

    try_again = True

    def user_message(self, tr: Tr) -> str:
        return tr(
            "QGIS cannot show the local copy of the data. Synchronise again; the copy is then made anew."
        )


def cell_step(scale: float) -> float:
    """The height of a density cell, in degrees, that suits a map scale.

    Args:
        scale: the denominator of the map scale.
    """
    return nice_step(scale * _CELL_MILLIMETRES / 1000 / _METRES_PER_DEGREE)


def nice_step(wanted: float) -> float:
    """The smallest usual height of a cell that is no smaller than the wanted one, in degrees."""
    return next((step for step in _CELL_STEPS if step >= wanted), _CELL_STEPS[-1])


class KmzbLayers:
    """The layers of a replica in a project.

    A layer is known by its custom property ``kmzb/role``, not by its name or
    place: a project that was saved with them uses the same layers again.

    Args:
        project: the project that holds them.
    """

    def __init__(self, project: QgsProject) -> None:
        self._project = project
        self._catalogue: Catalogue | None = None
        self._scale = 0.0

    @property
    def project(self) -> QgsProject:
        """The project that holds the layers."""
        return self._project

    @property
    def catalogue(self) -> Catalogue | None:
        """The catalogue that the layers were built with."""
        return self._catalogue

    def build(self, replica_path: Path, catalogue: Catalogue, lang: str) -> None:
        """Make the group and what is missing in it, and let all layers show the replica.

        Layers that are there keep their place, their visibility and, unless
        the catalogue or the language is another one, the style that a person
        gave them.

        Args:
            replica_path: the GeoPackage, which a
                :class:`~kmzb_qgis_plugin.replica.replica.Replica` holds open.
            catalogue: names, colours and signs.
            lang: of names, ``pl`` or another.

        Raises:
            LayerError: a table of the replica cannot be opened.
        """
        exhaust(self.building(replica_path, catalogue, lang))

    def building(self, replica_path: Path, catalogue: Catalogue, lang: str) -> Iterator[None]:
        """The same in steps, a layer each: QGIS takes some hundredths of a second to open one."""
        fresh = not self._project.mapLayers() and not self._project.fileName()
        self._catalogue = catalogue
        style = _style_mark(catalogue, lang)
        names = _layer_names(catalogue, lang)
        group = self._group()
        for role in reversed(ROLES):
            layer = self.layer(role)
            if layer is None:
                layer = _new_layer(role, replica_path, names[role])
                self._project.addMapLayer(layer, False)
                node = group.insertLayer(_place_in(group, role), layer)
                node.setExpanded(role == SOURCES[0])
            elif role in _TABLES:
                _point_to(layer, replica_path)
            if layer.customProperty(STYLE_PROPERTY) != style:
                layer.setName(names[role])
                _dress(layer, role, catalogue, lang)
                layer.setCustomProperty(STYLE_PROPERTY, style)
            yield
        self.follow_scale(self._scale)
        if fresh:
            self._project.setCrs(QgsCoordinateReferenceSystem(PROJECT_CRS))
            self._project.setBackgroundColor(QColor(ground.CANVAS_COLOR))

    def layer(self, role: str) -> QgsVectorLayer | None:
        """The layer with a role of :data:`ROLES`; None where the project has none."""
        return next(
            (
                layer
                for layer in self._project.mapLayers().values()
                if layer.customProperty(ROLE_PROPERTY) == role and isinstance(layer, QgsVectorLayer)
            ),
            None,
        )

    def layers(self) -> dict[str, QgsVectorLayer]:
        """The layers that the project has, by role, topmost first."""
        found = ((role, self.layer(role)) for role in ROLES)
        return {role: layer for role, layer in found if layer is not None}

    def repoint(self, replica_path: Path) -> None:
        """Let the layers show another replica file; filters, styles and places stay.

        Raises:
            LayerError: a table of the replica cannot be opened.
        """
        for role, layer in self.layers().items():
            if role in _TABLES:
                _point_to(layer, replica_path)

    def apply_filter(self, where: Mapping[str, str], total: int) -> list[str]:
        """Show only the threats that a filter keeps.

        Args:
            where: by source, a condition of
                :func:`kmzb_qgis_plugin.domain.filter_sql.where`, empty for all.
                A source that is left out stays as it is.
            total: number of threats that the filter keeps, of all sources.

        Returns:
            Names of the layers that still show what they did, because QGIS
            refuses to filter a layer that is being edited.
        """
        refused = []
        for source, condition in where.items():
            layer = self.layer(source)
            if layer is None:
                continue
            subset = for_source(condition, source)
            if condition and total <= DENSE_COUNT:
                subset = filter_sql.in_itself(subset)
            if layer.subsetString() != subset and not layer.setSubsetString(subset):
                refused.append(layer.name())
        self._thin_out(dense=total > DENSE_COUNT)
        return refused

    def hold_back(self) -> None:
        """Draw no points at small scales until :meth:`apply_filter` has said how many there are."""
        self._thin_out(dense=True)

    def follow_scale(self, scale: float) -> None:
        """Keep labels of threats from costing anything while the map is too far away for them.

        Args:
            scale: the denominator of the map's scale; 0 where every label may be needed.
        """
        self._scale = scale
        for source in SOURCES:
            layer = self.layer(source)
            if layer is not None:
                near_labels.follow_scale(layer, scale)

    def follow_time(self, date_field: str, period: tuple[str | None, str | None] = (None, None)) -> None:
        """Let QGIS's Temporal Controller play the threats by one of their dates.

        Args:
            date_field: ``occurred`` or ``reported``, as in the filter.
            period: the instants between which they lie; None is an open end.
        """
        temporal.offer_range(self._project, *period)
        found = (self.layer(source) for source in SOURCES)
        temporal.follow_time((layer for layer in found if layer is not None), date_field)

    @property
    def dense(self) -> bool:
        """Whether small scales show cells instead of points, and so need :meth:`set_cells`."""
        layer = self.layer("cells")
        return layer is not None and layer.hasScaleBasedVisibility()

    def set_cells(self, cells: Sequence[QgsFeature], step: float) -> None:
        """Show numbers by cell at small scales.

        Args:
            cells: of :func:`cell_features`; none where points are few enough to be drawn.
            step: height of a cell in degrees, remembered in the layer's abstract.
        """
        layer = self.layer("cells")
        if layer is None:
            return
        fill_cells(layer, cells)
        set_abstract(layer, tr("Threats in cells of {} degrees").format(step))
        layer.triggerRepaint()

    def refresh(self, tables: Collection[str]) -> None:
        """Read and draw again what was written to."""
        exhaust(self.refreshing(tables))

    def refreshing(self, tables: Collection[str]) -> Iterator[None]:
        """The same in steps, a layer each: QGIS opens its file anew."""
        for role, table in _TABLES.items():
            layer = self.layer(role)
            if layer is not None and table in tables:
                layer.dataProvider().reloadData()
                layer.triggerRepaint()
                yield

    def remove(self) -> None:
        """Take the layers and the group out of the project."""
        self._project.removeMapLayers([layer.id() for layer in self.layers().values()])
        group = self.find_group()
        if group is not None and not group.children():
            group.parent().removeChildNode(group)

    def zoom_extent(self) -> QgsRectangle:
        """The extent of the areas, or else of the threats, in the project's CRS; null without data."""
        for role in ("areas", *SOURCES):
            layer = self.layer(role)
            if layer is None or layer.featureCount() == 0:
                continue
            transform = QgsCoordinateTransform(layer.crs(), self._project.crs(), self._project)
            extent = transform.transformBoundingBox(layer.extent())
            extent.scale(1.05)
            return extent
        return QgsRectangle()

    def _thin_out(self, *, dense: bool) -> None:
        """Change what has to change: another number of few points asks for no redraw of other layers."""
        scale = symbology.CROWDED_SCALE if dense else symbology.PICTOGRAM_SCALE
        for source in SOURCES:
            layer = self.layer(source)
            if layer is not None and _variable(layer, symbology.SCALE_VARIABLE) != str(scale):
                QgsExpressionContextUtils.setLayerVariable(layer, symbology.SCALE_VARIABLE, scale)
            _limit_scale(layer, dense, smallest=DENSE_SCALE)
        _limit_scale(self.layer("cells"), dense, largest=DENSE_SCALE)
        cells = self.layer("cells")
        if not dense and cells is not None and cells.featureCount() > 0:
            self.set_cells((), 0)

    def find_group(self) -> QgsLayerTreeGroup | None:
        """The group of the layers; None where the project has none."""
        root = self._project.layerTreeRoot()
        return next(
            (group for group in root.findGroups(True) if group.customProperty(ROLE_PROPERTY) == GROUP_ROLE),
            None,
        )

    def _group(self) -> QgsLayerTreeGroup:
        group = self.find_group()
        if group is None:
            group = self._project.layerTreeRoot().insertGroup(0, GROUP_NAME)
            group.setCustomProperty(ROLE_PROPERTY, GROUP_ROLE)
        return group


def table_uri(replica_path: Path, table: str, subset: str = "") -> str:
    """The address of a replica's table, or of its rows that a condition keeps, for the OGR provider."""
    parts = {"path": str(replica_path), "layerName": table}
    if subset:
        parts["subset"] = subset
    return str(QgsProviderRegistry.instance().encodeUri("ogr", parts))


def cells_layer(name: str) -> QgsVectorLayer:
    """An empty layer for density cells."""
    return QgsVectorLayer(f"Point?crs={_WGS84}&field=number:integer", name, "memory")


def cell_features(rows: Iterable[Cell], within: QgsGeometry | None = None) -> list[QgsFeature]:
    """What shows density cells: a point between a cell's middle and its threats'. Any thread may ask.

    The cell's alone would stand across the border; the threats' alone would crowd those of neighbours.

    Args:
        rows: the cells.
        within: a boundary in degrees; the point of a cell that it cuts through stands on its side.
    """
    features = []
    for row in rows:
        feature = QgsFeature()
        cell = QgsRectangle(row.west, row.south, row.east, row.north)
        middle = cell.center()
        place = QgsGeometry.fromPointXY(QgsPointXY((middle.x() + row.lon) / 2, (middle.y() + row.lat) / 2))
        if within is not None and not within.contains(place):
            inside = within.intersection(QgsGeometry.fromRect(cell)).pointOnSurface()
            place = place if inside.isEmpty() else inside
        feature.setGeometry(place)
        feature.setAttributes([row.number])
        features.append(feature)
    return features


def fill_cells(layer: QgsVectorLayer, cells: Sequence[QgsFeature]) -> None:
    """Replace the content of a layer that :func:`cells_layer` made."""
    provider = layer.dataProvider()
    provider.truncate()
    provider.addFeatures(cells)
    layer.updateExtents()


def _new_layer(role: str, replica_path: Path, name: str) -> QgsVectorLayer:
    if role == "cells":
        layer = cells_layer(name)
        # Its content comes anew with each filter; QGIS need not warn that it is lost.
        layer.setCustomProperty("skipMemoryLayersCheck", 1)
    else:
        subset = for_source("", role) if role in SOURCES else ""
        layer = QgsVectorLayer(table_uri(replica_path, _TABLES[role], subset), name, "ogr")
    if not layer.isValid():
        raise LayerError(f"layer {role} of {replica_path}: {layer.error().message() or 'not valid'}")
    layer.setCustomProperty(ROLE_PROPERTY, role)
    # Decisions go through the outbox: nobody writes to the replica by hand.
    layer.setReadOnly(True)
    return layer


def _point_to(layer: QgsVectorLayer, replica_path: Path) -> None:
    """Give a layer the same table of another file, with its subset string.

    The file is opened again even where it is the same one: a saved project
    opens it before the replica puts it into WAL mode, then reads it without
    locks, and would go on doing so.
    """
    role = layer.customProperty(ROLE_PROPERTY)
    subset = layer.subsetString() or (for_source("", role) if role in SOURCES else "")
    uri = table_uri(replica_path, _TABLES[role], subset)
    layer.setDataSource(uri, layer.name(), "ogr", QgsVectorDataProvider.ProviderOptions(), False)
    if not layer.isValid():
        raise LayerError(f"layer {role} of {replica_path}: {layer.error().message() or 'not valid'}")


def _place_in(group: QgsLayerTreeGroup, role: str) -> int:
    """Where a layer belongs in the group: above the first one that is to lie below it."""
    below = set(ROLES[ROLES.index(role) + 1 :])
    for index, node in enumerate(group.findLayers()):
        layer = node.layer()
        if node.parent() is group and layer is not None and layer.customProperty(ROLE_PROPERTY) in below:
            return index
    return len(group.children())


def _dress(layer: QgsVectorLayer, role: str, catalogue: Catalogue, lang: str) -> None:
    """Give a layer its symbols, labels and field names."""
    if role == "areas":
        layer.setRenderer(ground.areas_renderer())
        layer.setLabeling(ground.areas_labels())
        describe_areas(layer)
    elif role == "units":
        layer.setRenderer(ground.units_renderer())
        layer.setLabeling(ground.units_labels())
        describe_units(layer)
    elif role == "cells":
        layer.setRenderer(ground.cells_renderer())
        layer.setLabeling(ground.cells_labels())
        layer.setFieldAlias(0, tr("Number of threats"))
    else:
        layer.setRenderer(
            symbology.reports_renderer(catalogue, lang)
            if role == "citizen"
            else symbology.records_renderer(role, catalogue)
        )
        layer.setLabeling(symbology.reference_labels())
        describe_threats(layer, role, catalogue, lang)
    layer.setLabelsEnabled(True)


def _variable(layer: QgsVectorLayer, name: str) -> str:
    return str(QgsExpressionContextUtils.layerScope(layer).variable(name))


def _limit_scale(
    layer: QgsVectorLayer | None, limited: bool, smallest: float = 0.0, largest: float = 0.0
) -> None:
    """Show a layer only between two scales (denominators, 0 for no bound), or at all scales."""
    if layer is None or layer.hasScaleBasedVisibility() == limited:
        return
    layer.setMinimumScale(smallest)
    layer.setMaximumScale(largest)
    layer.setScaleBasedVisibility(limited)
    layer.triggerRepaint()


def _layer_names(catalogue: Catalogue, lang: str) -> dict[str, str]:
    names = {source.code: source.name(lang) for source in catalogue.sources}
    return {
        **{source: names.get(source, source) for source in SOURCES},
        "cells": tr("Number of threats by cell"),
        "units": tr("Police units"),
        "areas": tr("Administrative areas"),
    }


def _style_mark(catalogue: Catalogue, lang: str) -> str:
    """Names what a style was made from; another mark means that the style is to be made anew."""
    made_from: Sequence[object] = (_STYLE_VERSION, lang, catalogue, str(resource("icons")))
    return hashlib.sha256(repr(made_from).encode()).hexdigest()[:16]
