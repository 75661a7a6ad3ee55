"""Ready base maps: addresses of map services, which are data in ``resources/basemaps.json``."""

from __future__ import annotations

import json
from dataclasses import dataclass

from qgis.core import QgsDataSourceUri, QgsRasterLayer

from kmzb_qgis_plugin.paths import resource

_QUIET = 0.65  # of its colours' strength, so that threats stay in front


@dataclass(frozen=True)
class BaseMap:
    """A map service.

    Attributes:
        code: stable identifier.
        name_pl, name_en: what a person calls it.
        source: who made it, as it stands on the print.
        parameters: of QGIS's WMS provider.
    """

    code: str
    name_pl: str
    name_en: str
    source: str
    parameters: dict[str, str]

    def name(self, lang: str) -> str:
        """The Polish name for ``pl``, the English one otherwise."""
        return self.name_pl if lang[:2].lower() == "pl" else self.name_en

    @property
    def uri(self) -> str:
        """The address for QGIS's WMS provider."""
        uri = QgsDataSourceUri()
        for name, value in self.parameters.items():
            uri.setParam(name, value)
        return bytes(uri.encodedUri()).decode()


def base_maps() -> list[BaseMap]:
    """All entries of the file, in its order."""
    entries = json.loads(resource("basemaps.json").read_text(encoding="utf-8"))
    return [BaseMap(**entry) for entry in entries]


def open_base_map(base: BaseMap, name: str) -> QgsRasterLayer | None:
    """Ask the service what it has; belongs off the main thread, for it waits for the network.

    Returns:
        The layer; None where the service does not answer as it should.
    """
    layer = QgsRasterLayer(base.uri, name, "wms")
    if not layer.isValid():
        return None
    layer.setOpacity(_QUIET)
    return layer
