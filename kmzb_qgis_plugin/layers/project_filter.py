"""The filter that a project was saved with."""

from __future__ import annotations

from typing import Final

from qgis.core import QgsProject

from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter

_SCOPE: Final = "kmzb"
_ADDRESS: Final = "/service"
_FILTER: Final = "/filter"


def write(project: QgsProject, url: str, threat_filter: ThreatFilter) -> None:
    """Have a project remember a filter, and of which service's threats."""
    text = threat_filter.to_text()
    for key, value in ((_ADDRESS, url), (_FILTER, text)):
        if project.readEntry(_SCOPE, key)[0] != value:
            project.writeEntry(_SCOPE, key, value)


def read(project: QgsProject, url: str) -> ThreatFilter | None:
    """The filter that a project remembers; None where it has none of this service that can be read."""
    text, _ = project.readEntry(_SCOPE, _FILTER)
    if not text or project.readEntry(_SCOPE, _ADDRESS)[0] != url:
        return None
    try:
        return ThreatFilter.from_json(text)
    except ValueError:
        return None
