"""Filters with names, as text that is kept and handed on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.text import Tr
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter

_FORMAT: Final = "kmzb-filters"
_VERSION: Final = 1


class NotNamedFilters(KmzbError):
    """A text that does not hold filters with names."""

    def user_message(self, tr: Tr) -> str:
        return tr("This file does not hold filters of KMZB, or those of a newer version.")


def write(filters: Mapping[str, ThreatFilter]) -> str:
    """Write filters by name as JSON."""
    content = {name: filter.to_json() for name, filter in sorted(filters.items())}
    return json.dumps(
        {"format": _FORMAT, "version": _VERSION, "filters": content}, ensure_ascii=False, indent=2
    )


def read(text: str) -> dict[str, ThreatFilter]:
    """Read what :func:`write` made.

    Raises:
        NotNamedFilters: it is something else.
    """
    try:
        document = json.loads(text)
        if (document["format"], document["version"]) != (_FORMAT, _VERSION):
            raise ValueError(f"format {document['format']!r}, version {document['version']!r}")
        filters = {
            name.strip(): ThreatFilter.from_json(content) for name, content in document["filters"].items()
        }
        if "" in filters:
            raise ValueError("a filter without a name")
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise NotNamedFilters(f"not named filters: {error!r}") from error
    return filters
