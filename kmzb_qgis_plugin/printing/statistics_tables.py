"""Statistics as tables: what the dock shows, what is exported, and what the report prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from qgis.PyQt.QtCore import QLocale

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.statistics import Group, Place, Statistics, Times, percent
from kmzb_qgis_plugin.domain.text import Tr

TEXT, NUMBER, PERCENT, CHANGE, DECIMAL, HOURS, MONTH = (
    *("text", "number", "percent", "change", "decimal", "hours", "month"),
)
NO_VALUE: Final = "–"
KEYS: Final = (
    *("category", "status", "source", "unit", "voivodeship", "county", "commune"),
    *("month", "week", "times", "place", "return"),
)
"""The tables, in the order in which they are offered."""
_AREAS: Final = ("voivodeship", "county", "commune")
_SECONDS_PER_HOUR: Final = 3600


@dataclass(frozen=True)
class Column:
    """A column: its name and the kind of its values."""

    name: str
    kind: str = TEXT


@dataclass(frozen=True)
class Row:
    """A row: its values, None where there is none, and what it is about.

    Attributes:
        cells: a value for each column.
        about: the code, first day of the month, place or weekday that the row stands for; None for none.
    """

    cells: tuple[Any, ...]
    about: Any = None


@dataclass(frozen=True)
class Table:
    """A table with its title.

    Attributes:
        key: one of :data:`KEYS`.
        title: in words.
        columns: of which the first names the row.
        rows: in order.
        note: how it is to be read; empty for none.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True)
class Wording:
    """What names are taken from.

    Attributes:
        catalogue: names of sources, categories and statuses.
        places: names of areas and units by code.
        lang: ``pl`` or another.
        tr: the translating function of that language.
    """

    catalogue: Catalogue
    places: Mapping[str, str]
    lang: str
    tr: Tr

    @property
    def locale(self) -> QLocale:
        """How the language writes numbers and days."""
        polish = self.lang[:2].lower() == "pl"
        return QLocale(QLocale.Language.Polish if polish else QLocale.Language.English)


def tables(found: Statistics, wording: Wording) -> tuple[Table, ...]:
    """All tables; one of an area level that the data do not have is left out."""
    made = (_table(key, found, wording) for key in KEYS)
    return tuple(
        table for table in made if table.key not in _AREAS or any(row.about is not None for row in table.rows)
    )


def report_title(tr: Tr) -> str:
    """The title that is proposed for a report."""
    return tr("Statistics of security threats")


def title(key: str, tr: Tr) -> str:
    """The title of a table."""
    titles = {
        "category": tr("By category"),
        "status": tr("By status"),
        "source": tr("By source"),
        "unit": tr("By police unit"),
        "voivodeship": tr("By voivodeship"),
        "county": tr("By county"),
        "commune": tr("By commune"),
        "month": tr("Month by month"),
        "week": tr("By weekday and hour"),
        "times": tr("Time to first reaction and to decision"),
        "place": tr("Places with most threats"),
        "return": tr("Places where threats came back"),
    }
    return titles[key]


def cell_text(value: Any, kind: str, locale: QLocale) -> str:
    """A value as people read it; a dash where there is none."""
    if value is None:
        return NO_VALUE
    if kind == NUMBER:
        return str(locale.toString(value))
    if kind == MONTH:
        name = locale.standaloneMonthName(value.month, QLocale.FormatType.ShortFormat)
        return f"{name} {value.year}"
    if kind in (PERCENT, CHANGE):
        # A sign only where the rounded number is not zero.
        rounded = round(value, 1) + 0.0
        sign = "+" if kind == CHANGE and rounded > 0 else ""
        return f"{sign}{locale.toString(float(rounded), 'f', 1)}%".replace("-", "−")
    if kind == DECIMAL:
        return str(locale.toString(float(value), "f", 2))
    if kind == HOURS:
        return str(locale.toString(float(value), "f", 1))
    return str(value)


def row_text(table: Table, row: Row, locale: QLocale) -> str:
    """A row in lines, each with the name of its column."""
    texts = [
        (column.name, cell_text(value, column.kind, locale))
        for column, value in zip(table.columns, row.cells)
    ]
    return "\n".join([texts[0][1], *(f"{name}: {text}" for name, text in texts[1:])])


def weekday_name(number: int, locale: QLocale, short: bool = False) -> str:
    """The name of a weekday, 1 for Monday."""
    form = QLocale.FormatType.ShortFormat if short else QLocale.FormatType.LongFormat
    return str(locale.standaloneDayName(number, form))


def _table(key: str, found: Statistics, wording: Wording) -> Table:
    make = {"month": _months, "week": _week, "times": _times}.get(key)
    if make is not None:
        return make(found, wording)
    if key in ("place", "return"):
        return _places(key, found.places if key == "place" else found.returns, wording)
    return _groups(key, found, wording)


def _groups(key: str, found: Statistics, wording: Wording) -> Table:
    tr = wording.tr
    populated = any(group.population for group in found.groups[key])
    columns = [
        Column(_what(key, tr)),
        Column(tr("Threats"), NUMBER),
        Column(tr("Share"), PERCENT),
        Column(tr("Change on the year before"), CHANGE),
    ]
    if key != "status":
        columns.append(Column(tr("Confirmed share"), PERCENT))
    if populated:
        columns.append(Column(tr("Per 1,000 inhabitants"), DECIMAL))
    rows = []
    for group in found.groups[key]:
        tally = group.tally
        cells = [
            _group_name(key, group, wording),
            tally.count,
            percent(tally.count, found.total.count),
            tally.change,
        ]
        if key != "status":
            cells.append(tally.share)
        if populated:
            cells.append(group.per_thousand)
        rows.append(Row(tuple(cells), group.code))
    note = tr("Units with all units below them.") if key == "unit" else ""
    return Table(key, title(key, tr), tuple(columns), tuple(rows), note)


def _what(key: str, tr: Tr) -> str:
    names = {
        "category": tr("Category"),
        "status": tr("Status"),
        "source": tr("Source"),
        "unit": tr("Police unit"),
        "voivodeship": tr("Voivodeship"),
        "county": tr("County"),
        "commune": tr("Commune"),
    }
    return names[key]


def _group_name(key: str, group: Group, wording: Wording) -> str:
    catalogue, tr = wording.catalogue, wording.tr
    if group.code is None:
        return tr("Without a status") if key == "status" else tr("Not assigned")
    if key in ("unit", *_AREAS):
        return wording.places.get(group.code, group.code)
    find = {"category": catalogue.category, "status": catalogue.status, "source": catalogue.source}[key]
    entry = find(group.code)
    return group.code if entry is None else str(entry.name(wording.lang))


def _months(found: Statistics, wording: Wording) -> Table:
    tr = wording.tr
    return Table(
        "month",
        title("month", tr),
        (
            Column(tr("Month"), MONTH),
            Column(tr("Threats"), NUMBER),
            Column(tr("Year before"), NUMBER),
            Column(tr("Change"), CHANGE),
        ),
        tuple(
            Row((month.first, month.count, month.before, month.change), month.first) for month in found.months
        ),
        tr("A month that is not over is compared with the same days of the year before."),
    )


def _week(found: Statistics, wording: Wording) -> Table:
    """Hours in rows and weekdays in columns, which is narrower than the other way round."""
    tr, locale = wording.tr, wording.locale
    names = [weekday_name(day, locale, short=True) for day in range(1, 8)]
    rows = []
    for hour in range(24):
        counts = [day[hour] for day in found.week]
        rows.append(Row((f"{hour:02}:00–{hour + 1:02}:00", *counts, sum(counts)), hour))
    columns = (Column(tr("Hour")), *(Column(name, NUMBER) for name in names), Column(tr("Total"), NUMBER))
    return Table("week", title("week", tr), columns, tuple(rows), tr("By the time it occurred."))


def _times(found: Statistics, wording: Wording) -> Table:
    tr = wording.tr
    deadlines = wording.catalogue.deadlines
    rows = (
        _times_row(tr("First reaction"), found.reaction),
        _times_row(tr("Decision"), found.decision),
    )
    note = tr(
        "From the placing of a report. Deadlines: {} days to the first reaction, {} days of verification. A "
        "report that waits beyond its deadline counts as late."
    ).format(deadlines.read_days, deadlines.verify_days)
    columns = (
        Column(tr("Step")),
        Column(tr("Reports"), NUMBER),
        Column(tr("Median (hours)"), HOURS),
        Column(tr("90 % within (hours)"), HOURS),
        Column(tr("Within the deadline"), PERCENT),
    )
    return Table("times", title("times", tr), columns, rows, note)


def _times_row(name: str, times: Times) -> Row:
    return Row((name, times.number, _in_hours(times.median), _in_hours(times.ninth_decile), times.share))


def _in_hours(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / _SECONDS_PER_HOUR


def _places(key: str, places: Sequence[Place], wording: Wording) -> Table:
    tr = wording.tr
    rows = tuple(
        Row((place.name or _degrees(place, wording.locale), place.number), place) for place in places
    )
    note = (
        tr("Squares of about 110 m; the most frequent come first.")
        if key == "place"
        else tr(
            "Squares of about 110 m in which a report was opened again after its elimination, or another of "
            "the same category was placed after one."
        )
    )
    return Table(key, title(key, tr), (Column(tr("Place")), Column(tr("Threats"), NUMBER)), rows, note)


def _degrees(place: Place, locale: QLocale) -> str:
    """The middle of a place that nobody has described."""
    lat, lon = (place.south + place.north) / 2, (place.west + place.east) / 2
    return f"{locale.toString(lat, 'f', 4)}° N, {locale.toString(lon, 'f', 4)}° E"
