"""Keeps the labels of threats in step with how near the map is."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QObject

from kmzb_qgis_plugin.layers.layer_tree import KmzbLayers

ANY_SCALE = 0.0


class LabelScale(QObject):
    """Follows the map's scale; while a layout is open, which may be nearer, every label may be needed.

    Args:
        iface: QGIS's interface for plugins.
        layers: whose labels are switched.
        parent: owns this object.
    """

    def __init__(self, iface: Any, layers: KmzbLayers, parent: QObject) -> None:
        super().__init__(parent)
        self._iface = iface
        self._layers = layers
        self._signals = (
            iface.mapCanvas().scaleChanged,
            iface.layoutDesignerOpened,
            iface.layoutDesignerClosed,
        )
        for signal in self._signals:
            signal.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Switch what has to be switched now."""
        layouts = self._iface.openLayoutDesigners()
        self._layers.follow_scale(ANY_SCALE if layouts else self._iface.mapCanvas().scale())

    def close(self) -> None:
        """Let go of QGIS; all labels are as they would be without the plugin."""
        for signal in self._signals:
            signal.disconnect(self.follow)
        self._layers.follow_scale(ANY_SCALE)
