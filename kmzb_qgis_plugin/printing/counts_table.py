"""The table of counts on a printed map: categories with their pictograms, statuses with their signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qgis.core import (
    QgsLayout,
    QgsLayoutFrame,
    QgsLayoutItemManualTable,
    QgsLayoutItemPicture,
    QgsLayoutSize,
    QgsTableCell,
    QgsTextFormat,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont

from kmzb_qgis_plugin.domain.catalogue import Catalogue, Status
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.pictograms import pictogram, sign
from kmzb_qgis_plugin.printing.district import CategoryCount, DistrictData
from kmzb_qgis_plugin.printing.paper_text import (
    LINE_HEIGHT,
    MILLIMETRES_PER_POINT,
    broken_into_lines,
    number_text,
    text_width,
)
from kmzb_qgis_plugin.printing.public import OTHERS

_INK: Final = "#33383d"
_TOTAL_GROUND: Final = "#eef1f4"
_MOST_LINES: Final = 3
_NARROWEST_NAME: Final = 0.3  # of the width
_SMALLEST_POINTS: Final = 5.5
_PADDING: Final = 0.7  # millimetres above and below a row's text


@dataclass(frozen=True)
class _Row:
    """A row of the table: the lines of its name, its numbers, and what it is about."""

    lines: tuple[str, ...]
    numbers: tuple[str, ...]
    picture: Path | None = None
    bold: bool = False


@dataclass(frozen=True)
class _Type:
    """The table's type, its columns and the margin within them, in millimetres."""

    format: QgsTextFormat
    picture: float
    name: float
    number: float
    total: float
    change: float
    margin: float

    @property
    def font(self) -> QFont:
        return self.format.font()

    @property
    def points(self) -> float:
        return float(self.format.size())

    @property
    def line(self) -> float:
        return self.points * MILLIMETRES_PER_POINT * LINE_HEIGHT

    def height(self, row: _Row) -> float:
        return len(row.lines) * self.line + 2 * _PADDING


def fill_counts(
    frame: QgsLayoutFrame, width: float, data: DistrictData, catalogue: Catalogue, lang: str
) -> None:
    """Fill the table of a template and put its pictures over it.

    The most frequent categories come first, by source. What does not fit is
    summed up in one row, so that the last row is the sum of those above.

    Args:
        frame: the frame of a manual table; the rows fit into its height, and it shrinks to them.
        width: of the table, in millimetres.
        data: the district's counts.
        catalogue: names and signs.
        lang: of names.
    """
    table = frame.multiFrame()
    statuses = [status for status in catalogue.statuses if status.code in data.statuses()]
    columns = _columns(table, width, data, statuses, lang)
    rows = _rows_that_fit(data, catalogue, statuses, columns, frame.rect().height(), lang)
    heights = [columns.height(row) for row in rows]
    if table.includeTableHeader():  # each of these setters measures the whole table anew
        table.setIncludeTableHeader(False)
    if table.headerMode() != QgsLayoutItemManualTable.HeaderMode.NoHeaders:
        table.setHeaderMode(QgsLayoutItemManualTable.HeaderMode.NoHeaders)
    table.setTableContents([_cells(row, columns) for row in rows])
    number_widths = [columns.number] * len(statuses)
    widths = [columns.picture, columns.name, *number_widths, columns.total]
    widths += [columns.change] if data.compared else []
    # QGIS adds the margins of a cell and the grid's line to what it is given.
    added = 2 * columns.margin
    table.setColumnWidths([width - added for width in widths])
    table.setRowHeights([height - added - table.gridStrokeWidth() for height in heights])
    _place_pictures(frame, rows, heights, statuses, columns)
    frame.attemptResize(QgsLayoutSize(width, sum(heights) + 1, _millimetres()))
    table.refresh()


def _columns(
    table: QgsLayoutItemManualTable, width: float, data: DistrictData, statuses: Sequence[Status], lang: str
) -> _Type:
    """Columns just wide enough for their largest numbers in bold; the name takes what is left.

    Where that is too little, the type gets smaller.
    """
    text, margin = QgsTextFormat(table.contentTextFormat()), table.cellMargin()
    bold = _bold(text.font())

    def wide_enough(*texts: str) -> float:
        return float(1.04 * max(text_width(words, bold, text.size()) for words in texts) + 2 * margin)

    sums = [number_text(data.of_status(status.code), lang) for status in statuses]
    while True:
        picture = text.size() * MILLIMETRES_PER_POINT * 2.0
        number = max(wide_enough("00", *sums), text.size() * MILLIMETRES_PER_POINT * 1.6 + margin)
        total = wide_enough(tr("Total"), number_text(data.total, lang))
        change = wide_enough(tr("Change"), "+999\u00a0%") if data.compared else 0.0
        name = width - picture - len(statuses) * number - total - change
        if name >= _NARROWEST_NAME * width or text.size() <= _SMALLEST_POINTS:
            return _Type(text, picture, name, number, total, change, margin)
        text.setSize(text.size() - 0.2)


def _rows_that_fit(
    data: DistrictData,
    catalogue: Catalogue,
    statuses: Sequence[Status],
    columns: _Type,
    height: float,
    lang: str,
) -> list[_Row]:
    last = (tr("Total"), tr("Change")) if data.compared else (tr("Total"),)
    head = _Row((tr("Category"),), (*("",) * len(statuses), *last), bold=True)
    if not data.rows:
        return [_Row((tr("No threats match the filter."),), ("",) * (len(statuses) + len(last)))]
    order = [source.code for source in catalogue.sources]
    counted = sorted(
        data.rows,
        key=lambda row: (order.index(row.source) if row.source in order else len(order), -row.total),
    )
    total = _sum_row(tr("Total"), data, data.rows, statuses, lang)
    left = height - columns.height(head) - columns.height(total)
    rows = [_category_row(row, data, catalogue, statuses, columns, lang) for row in counted]
    if sum(columns.height(row) for row in rows) > left:
        left -= columns.height(total)  # the row of what is summed up
        while rows and sum(columns.height(row) for row in rows) > left:
            rows.pop()
        rest = counted[len(rows) :]
        words = tr("%n other categories", None, len(rest))
        rows.append(_sum_row(words, data, rest, statuses, lang, bold=False))
    return [head, *rows, total]


def _category_row(
    row: CategoryCount,
    data: DistrictData,
    catalogue: Catalogue,
    statuses: Sequence[Status],
    columns: _Type,
    lang: str,
) -> _Row:
    category = catalogue.category(row.category)
    words = row.category if category is None else category.name(lang)
    if row.category == OTHERS:
        words = tr("Other categories")
    width = columns.name - 2 * columns.margin
    return _Row(
        tuple(broken_into_lines(words, columns.font, columns.points, width * 0.97, _MOST_LINES)),
        _numbers(data, [row], statuses, lang),
        pictogram(row.category) if row.category != OTHERS else None,
    )


def _sum_row(
    name: str,
    data: DistrictData,
    rows: Sequence[CategoryCount],
    statuses: Sequence[Status],
    lang: str,
    bold: bool = True,
) -> _Row:
    return _Row((name,), _numbers(data, rows, statuses, lang), bold=bold)


def _numbers(
    data: DistrictData, rows: Sequence[CategoryCount], statuses: Sequence[Status], lang: str
) -> tuple[str, ...]:
    """Numbers by status and their sum; empty for none, which is calmer than zeros. Then the change."""
    by_status = [sum(row.by_status.get(status.code, 0) for row in rows) for status in statuses]
    total = sum(row.total for row in rows)
    numbers = [number_text(number, lang) if number else "" for number in (*by_status, total)]
    if data.compared:
        numbers.append(change_text(total, sum(row.before for row in rows)))
    return tuple(numbers)


def change_text(now: int, before: int) -> str:
    """The change in percent; a dash where there was nothing before, for then there is no percentage."""
    if not before:
        return "–" if now else ""
    percent = round(100 * (now - before) / before)
    sign = "+" if percent > 0 else "−" if percent < 0 else "±"
    return f"{sign}{abs(percent)}\u00a0%"


def _cells(row: _Row, columns: _Type) -> list[QgsTableCell]:
    cells = [QgsTableCell(""), QgsTableCell("\n".join(row.lines))]
    cells += [QgsTableCell(number) for number in row.numbers]
    text = QgsTextFormat(columns.format)
    if row.bold:
        text.setFont(_bold(columns.font))
    for place, cell in enumerate(cells):
        right = Qt.AlignmentFlag.AlignRight if place > 1 else Qt.AlignmentFlag.AlignLeft
        cell.setHorizontalAlignment(right)
        cell.setVerticalAlignment(Qt.AlignmentFlag.AlignVCenter)
        cell.setTextFormat(text)
        if row.bold:
            cell.setBackgroundColor(QColor(_TOTAL_GROUND))
    return cells


def _place_pictures(
    frame: QgsLayoutFrame,
    rows: Sequence[_Row],
    heights: Sequence[float],
    statuses: Sequence[Status],
    columns: _Type,
) -> None:
    """Signs over the columns of the head, pictograms before the names."""
    spare = _spare_pictures(frame.layout())
    left, top = frame.pagePos().x(), frame.pagePos().y()
    side = columns.points * MILLIMETRES_PER_POINT * 1.5
    if len(rows) > 1:
        first = left + columns.picture + columns.name
        for place, status in enumerate(statuses):
            # Above the numbers, which stand at the right of their column.
            x = first + (place + 1) * columns.number - columns.margin - side * 0.95
            y = top + (heights[0] - side) / 2
            outline = QColor(status.symbol_color).darker(150).name()
            box = QRectF(x, y, side * 0.9, side * 0.9)
            _put_picture(frame.layout(), spare, sign(status.symbol_sign), box, status.symbol_color, outline)
    for row, height in zip(rows, heights):
        if row.picture is not None:
            x = left + (columns.picture - side) / 2 + columns.margin / 2
            box = QRectF(x, top + (height - side) / 2, side, side)
            _put_picture(frame.layout(), spare, row.picture, box, _INK, _INK)
        top += height


def _spare_pictures(layout: QgsLayout) -> dict[str, list[QgsLayoutItemPicture]]:
    """By name, the pictures of the pages before: to draw one anew takes longer than to move it."""
    spare: dict[str, list[QgsLayoutItemPicture]] = {}
    for item in layout.items():
        if isinstance(item, QgsLayoutItemPicture) and not item.isVisible():
            spare.setdefault(item.id(), []).append(item)
    return spare


def _put_picture(
    layout: QgsLayout,
    spare: Mapping[str, list[QgsLayoutItemPicture]],
    path: Path,
    box: QRectF,
    color: str,
    outline: str,
) -> None:
    name = f"{path.parent.name} {path.stem} {color}"
    if spare.get(name):
        picture = spare[name].pop()
        picture.attemptSetSceneRect(box)
        picture.setVisibility(True)
        return
    picture = QgsLayoutItemPicture(layout)
    picture.setId(name)
    # Each of these paints anew once the picture has a drawing, so that comes last.
    picture.setSvgFillColor(QColor(color))
    picture.setSvgStrokeColor(QColor(outline))
    picture.setSvgStrokeWidth(0.1)
    picture.attemptSetSceneRect(box)
    picture.setPicturePath(str(path))
    layout.addLayoutItem(picture)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold


def _millimetres() -> QgsUnitTypes.LayoutUnit:
    return QgsUnitTypes.LayoutUnit.LayoutMillimeters
