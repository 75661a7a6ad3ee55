"""Statistics as charts; matplotlib is imported with this module, so it is imported when needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from qgis.PyQt.QtCore import QLocale

from kmzb_qgis_plugin.printing.statistics_tables import (
    MONTH,
    NUMBER,
    Row,
    Table,
    Wording,
    cell_text,
    weekday_name,
)

_MOST_BARS: Final = 12
_LEAST_BARS: Final = 5
"""There is room for so many, so that one alone is not a wall."""
_LONGEST_NAME: Final = 26
_HOURS: Final = 24
# From light to dark in one hue, so that it reads in grey and with any colour vision.
_HEAT: Final = "Blues"
_HEAT_ON_DARK: Final = "Blues_r"
_WIDEST_MONTHS: Final = 18
_MOST_MONTH_NAMES: Final = 4


@dataclass(frozen=True)
class Style:
    """Colours and type of a chart.

    Attributes:
        ground: behind everything.
        ink: text and axes.
        quiet: grid, and the year before.
        accent: bars.
        points: size of text.
    """

    ground: str = "#ffffff"
    ink: str = "#22272b"
    quiet: str = "#b4bbc2"
    accent: str = "#1f5f99"
    points: float = 9.0

    @property
    def is_dark(self) -> bool:
        red, green, blue = (int(self.ground[place : place + 2], 16) for place in (1, 3, 5))
        return 0.3 * red + 0.6 * green + 0.1 * blue < 128


PAPER: Final = Style()


@dataclass(frozen=True)
class Spot:
    """A part of a chart that stands for something: a box in the axes' own coordinates."""

    left: float
    bottom: float
    right: float
    top: float
    row: Row
    detail: Any = None


def draw(figure: Figure, table: Table, wording: Wording, style: Style = PAPER) -> list[Spot]:
    """Draw a table's chart.

    Args:
        figure: is emptied first.
        table: what to draw.
        wording: of the words on axes.
        style: colours and type.

    Returns:
        What can be pointed at.
    """
    figure.clear()
    figure.set_facecolor(style.ground)
    axes = figure.add_subplot()
    axes.set_facecolor(style.ground)
    _calm(axes, style)
    make = {"month": _months, "week": _week, "times": _times}.get(table.key, _bars)
    return make(axes, table, wording, style)


def has_values(table: Table) -> bool:
    """Whether there is anything to draw."""
    numbers = [place for place, column in enumerate(table.columns) if column.kind == NUMBER]
    return any(row.cells[place] for row in table.rows for place in numbers)


def _bars(axes: Axes, table: Table, wording: Wording, style: Style) -> list[Spot]:
    """The longest bars, the first row on top."""
    rows = table.rows[:_MOST_BARS]
    counts = [row.cells[1] for row in rows]
    places = list(range(len(rows)))[::-1]
    axes.barh(places, counts, height=0.7, color=style.accent)
    axes.set_yticks(places, [_short(row.cells[0]) for row in rows])
    axes.xaxis.set_visible(False)
    widest = max([*counts, 1])
    for place, count in zip(places, counts):
        axes.text(
            count + widest * 0.015,
            place,
            cell_text(count, NUMBER, wording.locale),
            va="center",
            color=style.ink,
            fontsize=style.points,
        )
    axes.set_xlim(0, widest * 1.18)
    axes.set_ylim(len(rows) - 0.4 - max(len(rows), _LEAST_BARS), len(rows) - 0.4)
    axes.spines["bottom"].set_visible(False)
    return [
        # The whole width can be clicked: a short bar is hard to hit.
        Spot(0, place - 0.5, widest * 1.18, place + 0.5, row)
        for place, row in zip(places, rows)
    ]


def _times(axes: Axes, table: Table, wording: Wording, style: Style) -> list[Spot]:
    """For each step, half of the reports and nine of ten of them."""
    tr, locale = wording.tr, wording.locale
    for place, row in enumerate(reversed(table.rows)):
        for offset, cell, color, what in (
            (0.2, 2, style.accent, tr("Median (hours)")),
            (-0.2, 3, style.quiet, tr("90 % within (hours)")),
        ):
            hours = row.cells[cell] or 0
            axes.barh(place + offset, hours, height=0.36, color=color, label=what if place == 0 else None)
            axes.annotate(
                cell_text(row.cells[cell], "hours", locale),
                (hours, place + offset),
                xytext=(3, 0),
                textcoords="offset points",
                va="center",
                color=style.ink,
                fontsize=style.points,
            )
    axes.set_yticks(range(len(table.rows)), [row.cells[0] for row in reversed(table.rows)])
    axes.margins(x=0.16)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    _legend(axes, style, columns=1)
    return []


def _months(axes: Axes, table: Table, wording: Wording, style: Style) -> list[Spot]:
    """Bars for the months, a line for the same months of the year before."""
    places = range(len(table.rows))
    counts, before = ([row.cells[cell] for row in table.rows] for cell in (1, 2))
    tr = wording.tr
    axes.bar(places, counts, width=0.8, color=style.accent, label=tr("Threats"))
    axes.plot(
        places,
        before,
        color=style.ink,
        linewidth=1.2,
        linestyle="--",
        marker="." if len(places) <= _WIDEST_MONTHS else None,
        label=tr("Year before"),
    )
    axes.xaxis.set_major_locator(MaxNLocator(nbins=_MOST_MONTH_NAMES, integer=True))

    def month(place: float, _tick: int | None = None) -> str:
        row = int(place)
        inside = row == place and 0 <= row < len(table.rows)
        return cell_text(table.rows[row].cells[0], MONTH, wording.locale) if inside else ""

    axes.xaxis.set_major_formatter(FuncFormatter(month))
    _numbers(axes, wording.locale, style)
    axes.set_xlim(-0.6, len(table.rows) - 0.4)
    axes.set_ylim(0, max([*counts, *before, 1]) * 1.08)
    _legend(axes, style)
    highest = axes.get_ylim()[1]
    return [Spot(place - 0.5, 0, place + 0.5, highest, row) for place, row in enumerate(table.rows)]


def _week(axes: Axes, table: Table, wording: Wording, style: Style) -> list[Spot]:
    """Weekdays from top to bottom, hours from left to right, darker for more."""
    grid = [[row.cells[day] for row in table.rows] for day in range(1, 8)]
    image = axes.imshow(
        grid,
        cmap=_HEAT_ON_DARK if style.is_dark else _HEAT,
        aspect="auto",
        vmin=0,
        vmax=max(1, *(max(hours) for hours in grid)),
        extent=(0, _HOURS, 7, 0),
    )
    axes.set_yticks([day + 0.5 for day in range(7)])
    axes.set_yticklabels([weekday_name(day, wording.locale, short=True) for day in range(1, 8)])
    axes.set_xticks(range(0, _HOURS + 1, 4))
    axes.set_xticklabels([f"{hour:02}" for hour in range(0, _HOURS + 1, 4)])
    axes.tick_params(length=0)
    bar = axes.figure.colorbar(image, ax=axes, fraction=0.05, pad=0.03)
    bar.outline.set_visible(False)
    bar.ax.tick_params(colors=style.ink, labelsize=style.points, length=0)
    bar.locator = MaxNLocator(nbins=4, integer=True)
    bar.formatter = FuncFormatter(lambda value, _tick: cell_text(int(value), NUMBER, wording.locale))
    bar.update_ticks()
    return [
        Spot(hour, day, hour + 1, day + 1, row, day + 1)
        for hour, row in enumerate(table.rows)
        for day in range(7)
    ]


def spot_at(spots: Sequence[Spot], x: float | None, y: float | None) -> Spot | None:
    """What lies at a point of the axes; None for nothing."""
    if x is None or y is None:
        return None
    return next((spot for spot in spots if spot.left <= x < spot.right and spot.bottom <= y < spot.top), None)


def _calm(axes: Axes, style: Style) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(style.quiet)
    axes.tick_params(colors=style.ink, labelsize=style.points, length=0)


def _numbers(axes: Axes, locale: QLocale, style: Style) -> None:
    """Whole numbers and a quiet grid at the left."""
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _tick: cell_text(int(value), NUMBER, locale)))
    axes.grid(axis="y", color=style.quiet, linewidth=0.5, alpha=0.6)
    axes.set_axisbelow(True)


def _legend(axes: Axes, style: Style, columns: int = 2) -> None:
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncol=columns,
        frameon=False,
        labelcolor=style.ink,
        fontsize=style.points,
        borderaxespad=0.2,
    )


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"
