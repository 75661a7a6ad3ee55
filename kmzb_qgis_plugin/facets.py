"""What each box of the filter holds under the rest of the filter."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kmzb_qgis_plugin.domain import filter_sql
from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.replica import queries


@dataclass(frozen=True)
class FacetCounts:
    """Numbers of threats.

    Attributes:
        shown: kept by the whole filter.
        total: in the replica.
        sources, categories, statuses: by code, under the filter without its
            choice of sources, of categories, of statuses.
    """

    shown: int
    total: int
    sources: Mapping[str, int]
    categories: Mapping[str, int]
    statuses: Mapping[str, int]


def count_facets(
    connection: sqlite3.Connection, threat_filter: ThreatFilter, catalogue: Catalogue, today: date, now: str
) -> FacetCounts:
    """Count with one query for each kind of box."""

    def by(column: str, member: str) -> Mapping[str, int]:
        rest = filter_sql.where(threat_filter.without(member), today, now, catalogue)
        return queries.counts_by(connection, column, rest)

    return FacetCounts(
        shown=queries.count(connection, filter_sql.where(threat_filter, today, now, catalogue)),
        total=queries.count(connection, ""),
        sources=by("source", "sources"),
        categories=by("category", "categories"),
        statuses=by("status", "statuses"),
    )
