"""What a print counts: the filter with the choices of the print, as conditions for SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kmzb_qgis_plugin.domain import filter_sql
from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.filter_sql import literal, name
from kmzb_qgis_plugin.domain.period import Period
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter

REPORTS: Final = ("status", "category", "density", "areas", "none")
"""How citizens' reports are shown; ``areas`` colours areas by the number of threats in them."""
TREND_MONTHS: Final = 13
"""So many months show the same month of the year before, too."""
DEFAULT_THRESHOLD: Final = 5


@dataclass(frozen=True)
class Content:
    """What is on the map.

    Attributes:
        reports: one of :data:`REPORTS`.
        police: police records too.
        community: community signals too.
        stations: the seats of police units.
        level: of the areas that are coloured: ``county``, ``commune`` or ``unit``.

    Raises:
        ValueError: ``reports`` is none of the known ways.
    """

    reports: str = "status"
    police: bool = True
    community: bool = True
    stations: bool = True
    level: str = "commune"

    def __post_init__(self) -> None:
        if self.reports not in REPORTS:
            raise ValueError(f"unknown content: {self.reports!r}")

    @property
    def sources(self) -> frozenset[str]:
        """The sources whose threats are counted and drawn."""
        return frozenset(
            source
            for source, wanted in (
                ("citizen", self.reports != "none"),
                ("police", self.police),
                ("community", self.community),
            )
            if wanted
        )


@dataclass(frozen=True)
class Public:
    """A version for the public: numbers by area or cell, small ones left out.

    Attributes:
        by: ``cells`` or ``areas``.
        threshold: a number below it is not printed.
    """

    by: str = "cells"
    threshold: int = DEFAULT_THRESHOLD


@dataclass(frozen=True)
class Scope:
    """Conditions of :func:`kmzb_qgis_plugin.domain.filter_sql.where`.

    Attributes:
        where: what is on the map.
        where_left_out: what the filter keeps and the print leaves out; None for nothing.
        where_before: the same as ``where`` in the period before; None where that has no beginning or end.
        before: that period's days.
        where_trend: the same as ``where`` in the months of the trend; None for no trend.
        months: of the trend, ``YYYY-MM``, the oldest first.
        first_month: of the period, ``YYYY-MM``; empty where it has no beginning.
    """

    where: str = ""
    where_left_out: str | None = None
    where_before: str | None = None
    before: tuple[date, date] | None = None
    where_trend: str | None = None
    months: tuple[str, ...] = ()
    first_month: str = ""


def scope_of(
    threat_filter: ThreatFilter,
    content: Content,
    today: date,
    now: str,
    catalogue: Catalogue,
    public: Public | None = None,
) -> Scope:
    """Write the conditions of a print.

    Args:
        threat_filter: what is looked at.
        content: what of it is printed.
        today: the present day.
        now: the present instant.
        catalogue: says which categories and statuses the public sees.
        public: limits the print to what the public sees; None for no such limit.
    """
    kept = content.sources if threat_filter.sources is None else threat_filter.sources & content.sources
    shown = threat_filter.replace(sources=kept)
    limit = public_condition(catalogue) if public is not None else ""

    def where(one: ThreatFilter) -> str:
        return " AND ".join(part for part in (filter_sql.where(one, today, now, catalogue), limit) if part)

    before = _days_before(threat_filter.period, today)
    first, last = threat_filter.period.resolve(today)
    months = _months_until(min(last or today, today))
    first_day = date.fromisoformat(f"{months[0]}-01")
    trend = shown.replace(period=Period("range", first_day, min(last or today, today)), date_field="occurred")
    everything = filter_sql.where(threat_filter, today, now, catalogue)
    own = where(shown)
    return Scope(
        where=own,
        where_left_out=None if own == everything else f"({everything or '1'}) AND NOT ({own or '1'})",
        where_before=where(shown.replace(period=Period("range", *before))) if before else None,
        before=before,
        where_trend=where(trend),
        months=months,
        first_month=f"{first:%Y-%m}" if first else "",
    )


def public_condition(catalogue: Catalogue) -> str:
    """Keep what citizens see: no hidden status, and some categories only once they are confirmed.

    A status is not yet decided while the workflow leads from it to a hidden one.
    """
    hidden = [status.code for status in catalogue.statuses if status.hidden]
    undecided = {step.from_status for step in catalogue.transitions if step.to_status in hidden}
    later = [category.code for category in catalogue.categories if category.public == "confirmed"]
    parts = []
    if hidden:
        parts.append(f"({name('status')} IS NULL OR {name('status')} NOT IN ({_list(hidden)}))")
    if later:
        seen = f"{name('status')} NOT IN ({_list(sorted(undecided))})" if undecided else "1"
        parts.append(f"({name('category')} NOT IN ({_list(later)}) OR {seen})")
    return " AND ".join(parts)


def _list(codes: list[str]) -> str:
    return ", ".join(literal(code) for code in codes)


def _days_before(period: Period, today: date) -> tuple[date, date] | None:
    """As many days, directly before the period."""
    first, last = period.resolve(today)
    if first is None or last is None or last < first:
        return None
    try:
        return first - (last - first) - timedelta(days=1), first - timedelta(days=1)
    except OverflowError:  # before the calendar's beginning
        return None


def _months_until(last: date) -> tuple[str, ...]:
    newest = last.year * 12 + last.month - 1
    numbers = range(max(newest - TREND_MONTHS + 1, 12), newest + 1)
    return tuple(f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers)
