"""What each box of the filter holds under the rest of the filter, and what the layers are to show."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from kmzb_qgis_plugin.domain import filter_sql
from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.conditions import (
    Before,
    Condition,
    NotBefore,
    OneOf,
    Within,
    conditions,
)
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.layers.layer_tree import DENSE_COUNT
from kmzb_qgis_plugin.replica.columns import Columns, Mask
from kmzb_qgis_plugin.replica.masks import Masks, masks_of
from kmzb_qgis_plugin.replica.queries import Cell, cell_of

_WIDE: Final = 4 * DENSE_COUNT
"""So many rows at most may an index leave for a layer to look through at each redraw."""
_INDEXES: Final = (
    ("category", "occurred_from"),
    ("source", "occurred_from"),
    ("status",),
    ("unit",),
    ("reported_at",),
)


@dataclass(frozen=True)
class FacetCounts:
    """Numbers of threats.

    Attributes:
        shown: kept by the whole filter.
        total: in the replica.
        sources, categories, statuses, units: by code, under the filter without its
            choice of sources, of categories, of statuses, of units.
        areas: by TERYT code of any level, under the filter without its choice of areas.
        days: by day of the filter's date, from the first one on, under the filter without its period.
    """

    shown: int
    total: int
    sources: Mapping[str, int]
    categories: Mapping[str, int]
    statuses: Mapping[str, int]
    units: Mapping[str, int] = field(default_factory=dict)
    areas: Mapping[str, int] = field(default_factory=dict)
    days: tuple[date, Sequence[int]] = (date(1970, 1, 1), ())


@dataclass(frozen=True)
class Selection:
    """What the layers are to show.

    Attributes:
        where: a condition.
        sources: those of which it keeps threats.
        total: how many threats it keeps.
        cells: where they are too many to be drawn, their numbers by cell.
    """

    where: str
    sources: frozenset[str]
    total: int
    cells: list[Cell]


def count_facets(
    connection: sqlite3.Connection,
    columns: Columns,
    threat_filter: ThreatFilter,
    catalogue: Catalogue,
    today: date,
    now: str,
) -> FacetCounts:
    """Count what each box would add."""
    masks = masks_of(connection, columns)

    def without(*members: str) -> Mask | None:
        return masks.of(conditions(threat_filter.without(*members), today, now, catalogue).parts)

    def by(column: str, member: str) -> dict[str, int]:
        return _known(columns.count(column, without(member)))

    kept, anywhere = without(), without("areas")
    areas = [_known(columns.count(column, anywhere)) for column in ("voivodeship", "county", "commune")]
    instant = "reported_at" if threat_filter.date_field == "reported" else "occurred_from"
    first, days = columns.by_day(instant, without("period"))
    return FacetCounts(
        shown=len(columns) if kept is None else int(kept.sum()),
        total=len(columns),
        sources=by("source", "sources"),
        categories=by("category", "categories"),
        statuses=by("status", "statuses"),
        units=by("unit", "units"),
        areas={code: number for level in areas for code, number in level.items()},
        days=(first, days.tolist()),
    )


def select(
    connection: sqlite3.Connection,
    columns: Columns,
    parts: Sequence[Condition],
    step: float,
    frame: Sequence[Condition] = (),
) -> Selection:
    """Find out how the layers show what conditions keep.

    Where few threats are left and no index leads to them, the layers are given their ids: they would look
    through all threats at each redraw otherwise.

    Args:
        connection: to the replica.
        columns: of what the connection sees.
        parts: the conditions.
        step: height of a cell in degrees.
        frame: further conditions for what cells count; the layers' own frame keeps their points.
    """
    masks = masks_of(connection, columns)
    mask = masks.of(parts)
    sources = frozenset(_known(columns.count("source", mask)))
    total = len(columns) if mask is None else int(mask.sum())
    if mask is None or total > DENSE_COUNT:
        width = 1.6 * step
        cells = (
            [cell_of(*cell, step) for cell in columns.cells(masks.of((*parts, *frame)), width, step)]
            if total > DENSE_COUNT
            else []
        )
        return Selection(filter_sql.joined(parts), sources, total, cells)
    if not _led_to(masks, parts):
        fids = columns.arrays["fid"][mask]
        parts = (OneOf("fid", tuple(sorted(fids.tolist()))),) if total else parts
    return Selection(filter_sql.joined(parts), sources, total, [])


def _led_to(masks: Masks, parts: Sequence[Condition]) -> bool:
    """Whether an index of the replica leaves few enough rows for the other conditions to look through."""
    for index in _INDEXES:
        answered = [part for part in parts if _column(part) in index]
        mask = masks.of(answered)
        if mask is not None and mask.sum() <= _WIDE:
            return not any(isinstance(part, Within) for part in parts)
    return False


def _column(condition: Condition) -> str:
    return condition.column if isinstance(condition, (Before, NotBefore, OneOf)) else ""


def _known(counts: Mapping[Any, int]) -> dict[str, int]:
    """The numbers of rows that have a value."""
    return {code: number for code, number in counts.items() if code is not None}
