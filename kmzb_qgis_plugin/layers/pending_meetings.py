"""Meetings that wait to be sent, on the map: a layer that is there only while there are some."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsMarkerSymbol,
    QgsPointXY,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)

from kmzb_qgis_plugin.domain.meeting import Meeting
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.fields import escaped, set_map_tip
from kmzb_qgis_plugin.layers.layer_tree import ROLE_PROPERTY, KmzbLayers

ROLE: Final = "meetings"
_SOURCE: Final = (
    "Point?crs=EPSG:4326&field=place:string&field=organiser:string&field=participants:integer"
    "&field=concerns:integer"
)
# A ring, as of a signal that is not there yet.
_SYMBOL: Final = {
    "name": "circle",
    "color": "255,255,255,120",
    "outline_color": "#d6005d",
    "outline_width": "0.6",
    "outline_style": "dash",
    "size": "5",
}


def show_pending(layers: KmzbLayers, meetings: Sequence[Meeting]) -> None:
    """Show meetings in a layer on top of the group; take the layer away where there are none.

    Args:
        layers: of the open workspace.
        meetings: those that wait; each has a place.
    """
    group = layers.find_group()
    layer = layers.layer(ROLE)
    if not meetings or group is None:
        if layer is not None:
            layers.project.removeMapLayer(layer.id())
        return
    if layer is None:
        layer = QgsVectorLayer(_SOURCE, tr("Meetings to be sent"), "memory")
        layer.setCustomProperty(ROLE_PROPERTY, ROLE)
        # Its content comes anew from the outbox; QGIS need not warn that it is lost.
        layer.setCustomProperty("skipMemoryLayersCheck", 1)
        layer.setRenderer(QgsSingleSymbolRenderer(QgsMarkerSymbol.createSimple(_SYMBOL)))
        layer.setDisplayExpression('"place"')
        set_map_tip(layer, f"<b>{escaped('place')}</b><br>{escaped('organiser')}")
        layers.project.addMapLayer(layer, False)
        group.insertLayer(0, layer)
    _fill(layer, meetings)


def _fill(layer: QgsVectorLayer, meetings: Sequence[Meeting]) -> None:
    features = []
    for meeting in meetings:
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(meeting.lon, meeting.lat)))
        feature.setAttributes([meeting.place, meeting.organiser, meeting.participants, len(meeting.concerns)])
        features.append(feature)
    provider = layer.dataProvider()
    provider.truncate()
    provider.addFeatures(features)
    layer.updateExtents()
    layer.triggerRepaint()
