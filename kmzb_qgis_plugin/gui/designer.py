"""Hands a layout over to the project, so that QGIS's layout designer can change and keep it."""

from __future__ import annotations

from qgis.core import QgsLayoutItemLegend, QgsLayoutItemMap, QgsMapLayer, QgsPrintLayout, QgsProject


def keep_in_project(project: QgsProject, layout: QgsPrintLayout) -> None:
    """Give a layout and its layers to the project; the layers stay hidden on the canvas.

    Args:
        project: takes them over.
        layout: gets a name that no other layout of the project has.
    """
    names = {one.name() for one in project.layoutManager().layouts()}
    wanted, number = layout.name(), 2
    while layout.name() in names:
        layout.setName(f"{wanted} ({number})")
        number += 1
    layers: dict[str, QgsMapLayer] = {}
    for item in layout.items():
        if isinstance(item, QgsLayoutItemMap):
            layers.update((layer.id(), layer) for layer in item.layers())
        elif isinstance(item, QgsLayoutItemLegend):
            nodes = item.model().rootGroup().findLayers()
            layers.update((node.layerId(), node.layer()) for node in nodes if node.layer() is not None)
    group = project.layerTreeRoot().addGroup(layout.name())
    group.setExpanded(False)
    for identifier, layer in layers.items():
        if project.mapLayer(identifier) is None:
            project.addMapLayer(layer, False)
            group.addLayer(layer)
    group.setItemVisibilityCheckedRecursive(False)
    project.layoutManager().addLayout(layout)
