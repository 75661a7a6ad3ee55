"""A filter in words, as it is printed on maps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.folding import alphabetic
from kmzb_qgis_plugin.domain.text import Tr
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter

_MOST_NAMES: Final = 8


def describe(
    filter: ThreatFilter,
    catalogue: Catalogue,
    today: date,
    lang: str,
    tr: Tr,
    area_names: Mapping[str, str] | None = None,
    unit_names: Mapping[str, str] | None = None,
) -> str:
    """Say in one sentence what a filter keeps.

    Args:
        filter: what is looked at.
        catalogue: the names of codes.
        today: the present day, for periods that move.
        lang: ``pl`` or another language, for names and dates.
        tr: the translating function.
        area_names: names by TERYT code; a code without one stands for itself.
        unit_names: names by unit code, likewise.
    """
    parts = [
        _sources(filter, catalogue, lang, tr),
        _categories(filter, catalogue, lang, tr),
        _statuses(filter, catalogue, lang, tr),
        period_text(filter, today, lang, tr),
    ]
    parts += week_parts(filter, tr)
    if filter.areas is not None:
        parts.append(tr("areas: {}").format(_list(_named(filter.areas, area_names), tr)))
    if filter.units is not None:
        parts.append(tr("units: {}").format(_list(_named(filter.units, unit_names), tr)))
    if filter.text.strip():
        parts.append(tr("containing “{}”").format(" ".join(filter.text.split())))
    if filter.overdue:
        parts.append(tr("overdue only"))
    if filter.mine is not None:
        parts.append(tr("waiting for my decision"))
    if filter.within is not None:
        parts.append(tr("within {}").format(filter.within.name or tr("an area chosen on the map")))
    if filter.view is not None:
        parts.append(tr("within the map's view"))
    return "; ".join(part for part in parts if part)


def week_parts(filter: ThreatFilter, tr: Tr) -> list[str]:
    """The parts of the sentence about weekdays and hours; none where all are kept."""
    parts = []
    if filter.weekdays is not None:
        days = weekday_names(tr)
        parts.append(tr("weekdays: {}").format(_list((days[day] for day in sorted(filter.weekdays)), tr)))
    if filter.hours is not None:
        parts.append(tr("hours: {}").format(_list(_spans(sorted(filter.hours)), tr)))
    return parts


def date_text(day: date, lang: str) -> str:
    """A day as it is written in the language."""
    return day.strftime("%d.%m.%Y") if lang[:2].lower() == "pl" else day.isoformat()


def _sources(filter: ThreatFilter, catalogue: Catalogue, lang: str, tr: Tr) -> str:
    if filter.sources is None or filter.sources >= {source.code for source in catalogue.sources}:
        return tr("All sources")
    return _list((source.name(lang) for source in catalogue.sources if source.code in filter.sources), tr)


def _categories(filter: ThreatFilter, catalogue: Catalogue, lang: str, tr: Tr) -> str:
    """Names of whole groups where every category of the group is kept, of categories otherwise."""
    looked_at = [
        category
        for category in catalogue.categories
        if filter.sources is None or category.source in filter.sources
    ]
    if filter.categories is None or filter.categories >= {category.code for category in looked_at}:
        return tr("all categories")
    names = []
    for group in catalogue.groups:
        members = [category for category in looked_at if category.group == group.code]
        kept = [category for category in members if category.code in filter.categories]
        if len(members) > 1 and len(kept) == len(members):
            names.append(tr("{} (whole group)").format(group.name(lang)))
        else:
            names += [category.name(lang) for category in kept]
    return tr("categories: {}").format(_list(names, tr))


def _statuses(filter: ThreatFilter, catalogue: Catalogue, lang: str, tr: Tr) -> str:
    if filter.statuses is None or filter.statuses >= {status.code for status in catalogue.statuses}:
        return ""
    names = (status.name(lang) for status in catalogue.statuses if status.code in filter.statuses)
    return tr("statuses: {}").format(_list(names, tr))


def period_text(filter: ThreatFilter, today: date, lang: str, tr: Tr) -> str:
    """The part of the sentence about days."""
    first, last = filter.period.resolve(today)
    if first is None and last is None:
        return tr("any date")
    reported = filter.date_field == "reported"
    if first is None or last is None:
        end = date_text(first or last or today, lang)
        if last is None:
            return (tr("reported since {}") if reported else tr("occurred since {}")).format(end)
        return (tr("reported until {}") if reported else tr("occurred until {}")).format(end)
    if first == last:
        return (tr("reported on {}") if reported else tr("occurred on {}")).format(date_text(first, lang))
    return (tr("reported from {} to {}") if reported else tr("occurred from {} to {}")).format(
        date_text(first, lang), date_text(last, lang)
    )


def weekday_names(tr: Tr) -> dict[int, str]:
    """Names by number, Monday is 1."""
    return {
        1: tr("Monday"),
        2: tr("Tuesday"),
        3: tr("Wednesday"),
        4: tr("Thursday"),
        5: tr("Friday"),
        6: tr("Saturday"),
        7: tr("Sunday"),
    }


def _spans(hours: list[int]) -> list[str]:
    """Runs of full hours: 22, 23 and 6 are 06:00–07:00 and 22:00–24:00."""
    runs: list[list[int]] = []
    for hour in hours:
        if runs and runs[-1][1] == hour:
            runs[-1][1] = hour + 1
        else:
            runs.append([hour, hour + 1])
    return [f"{start:02}:00–{end:02}:00" for start, end in runs]


def _named(codes: frozenset[str], names: Mapping[str, str] | None) -> list[str]:
    return sorted(((names or {}).get(code, code) for code in codes), key=alphabetic)


def _list(names: Iterable[str], tr: Tr) -> str:
    """The names in a row; a long row ends with how many more there are."""
    all_names = list(names)
    if not all_names:
        return tr("none")
    if len(all_names) <= _MOST_NAMES:
        return ", ".join(all_names)
    shown = ", ".join(all_names[:_MOST_NAMES])
    return tr("{} and %n more", None, len(all_names) - _MOST_NAMES).format(shown)


def part_of_day_name(code: str, tr: Tr) -> str:
    """The part of a day that a reporter ticked; an unknown one stands for itself."""
    names = {
        "morning": tr("morning"),
        "forenoon": tr("forenoon"),
        "afternoon": tr("afternoon"),
        "evening": tr("evening"),
        "night": tr("night"),
    }
    return names.get(code, code)
