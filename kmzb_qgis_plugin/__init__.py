"""KMZB for QGIS: the desk tool of the national map of security threats."""

from __future__ import annotations

from typing import Any


def classFactory(iface: Any) -> Any:
    """Make the plugin for QGIS; one that cannot be loaded says so instead of breaking QGIS.

    Args:
        iface: QGIS's interface for plugins.
    """
    try:
        from kmzb_qgis_plugin.plugin import KmzbPlugin

        return KmzbPlugin(iface)
    except Exception as error:  # noqa: BLE001 - whatever it is, the person gets a message and QGIS goes on
        from kmzb_qgis_plugin.fallback import FallbackPlugin

        return FallbackPlugin(iface, error)
