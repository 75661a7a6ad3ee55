"""Make the layout templates in resources/layouts/ from this one description of them.

Six files stay in step that way; each is an ordinary template of QGIS's layout designer, to be
changed there. An item's id says what the plugin fills it with, a label's ``@kmzb_…`` variables
what it says; the manual lists both.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsExpressionContextUtils,
    QgsFillSymbol,
    QgsLayoutFrame,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemManualTable,
    QgsLayoutItemMap,
    QgsLayoutItemMapGrid,
    QgsLayoutItemPage,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutItemShape,
    QgsLayoutMeasurement,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLayoutTable,
    QgsLegendStyle,
    QgsLineSymbol,
    QgsPrintLayout,
    QgsProject,
    QgsReadWriteContext,
    QgsRectangle,
    QgsTextFormat,
    QgsUnitTypes,
    QgsVector,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QFont

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "layouts"
FAMILY = "Open Sans"
INK, QUIET, ACCENT, MARKING = "#22272c", "#5b6269", "#1f3a68", "#9b1c31"
HAIRLINE, PANEL = "#c3c9cf", "#f1f3f5"
MM = QgsUnitTypes.LayoutUnit.LayoutMillimeters
LEFT, RIGHT, CENTRE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter
TOP, MIDDLE, BOTTOM = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignBottom

# What the texts are while the template is edited.
SAMPLES = {
    "title": "Zagrożenia bezpieczeństwa: powiat strzelecko-drezdenecki",
    "subtitle": "Powiat, zdarzenia od 01.01.2026 do 31.03.2026",
    "marking": "do użytku służbowego",
    "brand": "Krajowa Mapa Zagrożeń Bezpieczeństwa",
    "office": "",
    "date": "Stan danych: 31.03.2026 21:30 · Wydrukowano: 01.04.2026",
    "legend_title": "Legenda",
    "counts_title": "Zagrożenia na mapie: 128",
    "trend_title": "Miesiąc po miesiącu",
    "overview_title": "Położenie",
    "scale": "Skala 1 : 100 000",
    "filter": "Pokazano: Wszystkie źródła; wszystkie kategorie",
    "not_shown": "Poza mapą: 2",
    "notice": "Nie służy do pilnej interwencji: dzwoń pod numer 112 lub 997. Źródło: KMZB.",
    "page": "1 / 1",
    "reference": "Z-0001234",
    "card_title": "Karta weryfikacji zagrożenia",
    "status": "Weryfikacja",
    "facts_title": "Zgłoszenie",
    "facts": "Miejsce: …",
    "description_title": "Opis zgłaszającego",
    "description": "…",
    "near_title": "Miejsce",
    "far_title": "Okolica",
    "history_title": "Dotychczasowe decyzje",
    "history": "…",
    "notes_title": "Ustalenia sprawdzającego",
    "signature": "Data, stopień, imię i nazwisko, podpis",
}


@dataclass(frozen=True)
class Box:
    """A rectangle of the page in millimetres."""

    x: float
    y: float
    width: float
    height: float


class Sheet:
    """A template that is being made.

    Args:
        name: of the layout and its file.
        width: of the page in millimetres.
        height: of the page in millimetres.
        type_scale: by which all type and spacing is larger than on A4.
    """

    def __init__(self, name: str, width: float, height: float, type_scale: float = 1.0) -> None:
        self.name, self.width, self.height, self.k = name, width, height, type_scale
        self.layout = QgsPrintLayout(QgsProject.instance())
        self.layout.setName(name)
        page = QgsLayoutItemPage(self.layout)
        page.setPageSize(QgsLayoutSize(width, height, MM))
        self.layout.pageCollection().addPage(page)
        self.layout.pageCollection().setPageStyleSymbol(
            QgsFillSymbol.createSimple({"color": "#ffffff", "outline_style": "no"})
        )
        self.layout.renderContext().setDpi(300)

    def add(self, item: QgsLayoutItem, name: str, box: Box, above: int = 5) -> None:
        item.setId(name)
        if item.scene() is None:
            self.layout.addLayoutItem(item)
        item.attemptMove(QgsLayoutPoint(box.x, box.y, MM))
        item.attemptResize(QgsLayoutSize(box.width, box.height, MM))
        item.setZValue(above)

    def label(
        self,
        name: str,
        box: Box,
        points: float,
        color: str = INK,
        bold: bool = False,
        across: Qt.AlignmentFlag = LEFT,
        down: Qt.AlignmentFlag = TOP,
    ) -> QgsLayoutItemLabel:
        label = QgsLayoutItemLabel(self.layout)
        font = QFont(FAMILY)
        font.setPointSizeF(points * self.k)
        font.setBold(bold)
        label.setFont(font)
        label.setFontColor(QColor(color))
        label.setHAlign(across)
        label.setVAlign(down)
        label.setMarginX(0)
        label.setMarginY(0)
        label.setText(f"[% @kmzb_{name} %]")
        self.add(label, name, box)
        QgsExpressionContextUtils.setLayoutVariable(self.layout, f"kmzb_{name}", SAMPLES[name])
        return label

    def line(self, name: str, box: Box, color: str = HAIRLINE) -> None:
        shape = QgsLayoutItemShape(self.layout)
        shape.setShapeType(QgsLayoutItemShape.Shape.Rectangle)
        shape.setSymbol(QgsFillSymbol.createSimple({"color": color, "outline_style": "no"}))
        self.add(shape, name, box, above=0)

    def frame(self, name: str, box: Box, fill: str = "#ffffff") -> None:
        shape = QgsLayoutItemShape(self.layout)
        shape.setShapeType(QgsLayoutItemShape.Shape.Rectangle)
        shape.setSymbol(
            QgsFillSymbol.createSimple({"color": fill, "outline_color": HAIRLINE, "outline_width": "0.2"})
        )
        self.add(shape, name, box, above=0)

    def picture(self, name: str, box: Box, above: int = 6) -> QgsLayoutItemPicture:
        picture = QgsLayoutItemPicture(self.layout)
        picture.setResizeMode(QgsLayoutItemPicture.ResizeMode.Zoom)
        picture.setPictureAnchor(QgsLayoutItem.ReferencePoint.Middle)
        self.add(picture, name, box, above)
        return picture

    def map(self, name: str, box: Box, above: int = 1) -> QgsLayoutItemMap:
        item = QgsLayoutItemMap(self.layout)
        item.setFrameEnabled(True)
        item.setFrameStrokeColor(QColor(HAIRLINE))
        item.setFrameStrokeWidth(QgsLayoutMeasurement(0.25, MM))
        item.setBackgroundColor(QColor("#e3e8ec"))
        self.add(item, name, box, above)
        item.setCrs(QgsCoordinateReferenceSystem("EPSG:2180"))
        # Somewhere in Lubuskie, so that the designer does not begin with an empty extent.
        extent = QgsRectangle(0, 0, box.width * 800, box.height * 800)
        item.setExtent(extent + QgsVector(190_000, 430_000))
        return item

    def grid(self, item: QgsLayoutItemMap) -> None:
        """The grid that is drawn where somebody wants it; an office can restyle it."""
        grid = QgsLayoutItemMapGrid("kmzb_grid", item)
        grid.setEnabled(False)
        grid.setStyle(QgsLayoutItemMapGrid.GridStyle.Solid)
        grid.setLineSymbol(QgsLineSymbol.createSimple({"line_color": "110,118,126,110", "line_width": "0.1"}))
        grid.setAnnotationEnabled(True)
        grid.setAnnotationPrecision(0)
        grid.setAnnotationFormat(QgsLayoutItemMapGrid.AnnotationFormat.CustomFormat)
        grid.setAnnotationExpression("to_string(@grid_number / 1000)")
        font = QFont(FAMILY)
        font.setPointSizeF(5.5 * self.k)
        text = QgsTextFormat()
        text.setFont(font)
        text.setSize(font.pointSizeF())
        text.setColor(QColor(QUIET))
        grid.setAnnotationTextFormat(text)
        grid.setAnnotationFrameDistance(0.6)
        side = QgsLayoutItemMapGrid.BorderSide
        for border in (side.Left, side.Right, side.Top, side.Bottom):
            grid.setAnnotationPosition(QgsLayoutItemMapGrid.AnnotationPosition.InsideMapFrame, border)
        for border in (side.Right, side.Top):
            grid.setAnnotationDisplay(QgsLayoutItemMapGrid.DisplayMode.HideAll, border)
        item.grids().addGrid(grid)

    def legend(self, box: Box) -> None:
        legend = QgsLayoutItemLegend(self.layout)
        legend.setAutoUpdateModel(False)
        legend.setTitle("")
        k = self.k
        for style, points, bold in (
            (QgsLegendStyle.Style.Group, 8.0, True),
            (QgsLegendStyle.Style.Subgroup, 7.8, True),
            (QgsLegendStyle.Style.SymbolLabel, 7.8, False),
        ):
            font = QFont(FAMILY)
            font.setPointSizeF(points * k)
            font.setBold(bold)
            legend.setStyleFont(style, font)
        legend.setFontColor(QColor(INK))
        legend.setStyleMargin(QgsLegendStyle.Style.Subgroup, QgsLegendStyle.Side.Top, 1.6 * k)
        legend.setStyleMargin(QgsLegendStyle.Style.Subgroup, QgsLegendStyle.Side.Bottom, 0.6 * k)
        legend.setStyleMargin(QgsLegendStyle.Style.Symbol, QgsLegendStyle.Side.Top, 0.6 * k)
        legend.setStyleMargin(QgsLegendStyle.Style.SymbolLabel, QgsLegendStyle.Side.Left, 1.6 * k)
        legend.setSymbolWidth(5.4 * k)
        legend.setSymbolHeight(3.2 * k)
        legend.setMaximumSymbolSize(3.8 * k)
        legend.setBoxSpace(0)
        legend.setBackgroundEnabled(False)
        self.add(legend, "legend", box)

    def counts(self, box: Box) -> None:
        table = QgsLayoutItemManualTable.create(self.layout)
        text = QgsTextFormat()
        font = QFont(FAMILY)
        text.setFont(font)
        text.setSize(7.2 * self.k)
        text.setColor(QColor(INK))
        table.setContentTextFormat(text)
        table.setHeaderTextFormat(text)
        table.setCellMargin(0.5 * self.k)
        table.setGridColor(QColor("#dfe3e7"))
        table.setGridStrokeWidth(0.12)
        table.setVerticalGrid(False)
        table.setShowEmptyRows(False)
        table.setEmptyTableBehavior(QgsLayoutTable.EmptyTableMode.HideTable)
        self.layout.addMultiFrame(table)
        frame = QgsLayoutFrame(self.layout, table)
        table.addFrame(frame)
        self.add(frame, "counts", box)

    def scale_bar(self, box: Box) -> None:
        bar = QgsLayoutItemScaleBar(self.layout)
        bar.setStyle("Single Box")
        text = QgsTextFormat()
        font = QFont(FAMILY)
        text.setFont(font)
        text.setSize(7.0 * self.k)
        text.setColor(QColor(INK))
        bar.setTextFormat(text)
        bar.setHeight(1.4 * self.k)
        bar.setLabelBarSpace(0.7 * self.k)
        bar.setBoxContentSpace(0)
        bar.setFillSymbol(QgsFillSymbol.createSimple({"color": INK, "outline_style": "no"}))
        bar.setAlternateFillSymbol(QgsFillSymbol.createSimple({"color": "#ffffff", "outline_style": "no"}))
        bar.setLineSymbol(QgsLineSymbol.createSimple({"line_color": INK, "line_width": "0.15"}))
        self.add(bar, "scale_bar", box)

    def save(self) -> None:
        """Write the file, with identifiers that do not change from run to run."""
        with tempfile.TemporaryDirectory() as folder:
            draft = Path(folder) / "draft.qpt"
            if not self.layout.saveAsTemplate(str(draft), QgsReadWriteContext()):
                raise RuntimeError(f"{self.name} cannot be written")
            text = draft.read_text(encoding="utf-8")
        known: dict[str, str] = {}

        def steady(found: re.Match[str]) -> str:
            number = len(known)
            made = uuid.uuid5(uuid.NAMESPACE_OID, f"{self.name} {number}")
            return known.setdefault(found[0], f"{{{made}}}")

        # Qt shuffles attributes from run to run; in order, a change shows as what it is.
        text = re.sub(r"<([\w-]+)((?: [\w:.-]+=\"[^\"]*\")+)(\s*/?)>", _sorted_attributes, text)
        text = re.sub(r"\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}", steady, text)
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / f"{self.name}.qpt").write_text(text, encoding="utf-8")


def _sorted_attributes(found: re.Match[str]) -> str:
    attributes = sorted(re.findall(r" [\w:.-]+=\"[^\"]*\"", found[2]))
    return f"<{found[1]}{''.join(attributes)}{found[3]}>"


def header(sheet: Sheet, margin: float) -> float:
    """Emblem, title and subtitle on the left, marking and brand on the right; where the header ends.

    On upright paper marking and brand stand above the title, which has the whole width so.
    """
    k, right = sheet.k, sheet.width - margin
    side = 13 * k
    wide = 62 * k
    left = margin + side + 3 * k
    if sheet.width > sheet.height:
        top, room = margin, right - wide - left - 2 * k
        sheet.label("marking", Box(right - wide, margin, wide, 4.6 * k), 8.5, MARKING, True, RIGHT)
        sheet.label("brand", Box(right - wide, margin + 4.7 * k, wide, 4.2 * k), 8, ACCENT, True, RIGHT)
    else:
        top, room = margin + 5 * k, right - left
        sheet.label("marking", Box(right - wide, margin, wide, 4.6 * k), 8.5, MARKING, True, RIGHT)
        sheet.label("brand", Box(left, margin, right - wide - left - 2 * k, 4.6 * k), 8, ACCENT, True)
    sheet.picture("emblem", Box(margin, top, side, side))
    sheet.label("title", Box(left, top - 0.6 * k, room, 8.4 * k), 17, ACCENT, True)
    sheet.label("subtitle", Box(left, top + 8.2 * k, right - wide - left - 2 * k, 5 * k), 9, QUIET)
    sheet.label("office", Box(right - wide, top + 9 * k, wide, 4.2 * k), 7.5, QUIET, False, RIGHT)
    sheet.line("rule", Box(margin, top + side + 1.5 * k, right - margin, 0.5 * k), ACCENT)
    return top + side + 4.2 * k


def footer(sheet: Sheet, margin: float) -> float:
    """What was asked, how old the data is, whom to call, the page; where the footer begins."""
    k, right = sheet.k, sheet.width - margin
    top = sheet.height - margin - 15.5 * k
    sheet.line("footer_rule", Box(margin, top, right - margin, 0.2 * k))
    sheet.label("filter", Box(margin, top + 1 * k, right - margin, 7.4 * k), 7.4)
    sheet.label("date", Box(margin, top + 8.8 * k, (right - margin) * 0.62, 3.4 * k), 6.8, QUIET)
    sheet.label(
        "not_shown", Box(margin + (right - margin) * 0.63, top + 8.8 * k, (right - margin) * 0.37, 3.4 * k),
        6.8, QUIET, False, RIGHT,
    )  # fmt: skip
    sheet.label("notice", Box(margin, top + 12.2 * k, right - margin - 26 * k, 3.4 * k), 6.8, QUIET)
    sheet.label("page", Box(right - 25 * k, top + 12.2 * k, 25 * k, 3.4 * k), 6.8, QUIET, False, RIGHT)
    return top - 2 * k


def main_map(sheet: Sheet, box: Box, bar: Box) -> None:
    k = sheet.k
    sheet.grid(sheet.map("map", box))
    north = sheet.picture("north", Box(box.x + box.width - 10 * k, box.y + 2.5 * k, 8 * k, 11 * k))
    north.setLinkedMap(sheet.layout.itemById("map"))
    sheet.scale_bar(Box(bar.x, bar.y, bar.width * 0.6, bar.height))
    sheet.label(
        "scale", Box(bar.x + bar.width * 0.64, bar.y, bar.width * 0.36, bar.height), 7.4, QUIET, False,
        RIGHT, BOTTOM,
    )  # fmt: skip


def heading(sheet: Sheet, name: str, x: float, y: float, width: float) -> None:
    sheet.label(name, Box(x, y, width, 4.4 * sheet.k), 9, ACCENT, True)


def district(paper: str, orientation: str, width: float, height: float, k: float) -> Sheet:
    """The map of a district with its figures beside it, or below it on upright paper."""
    sheet = Sheet(f"district_{paper}_{orientation}", width, height, k)
    margin = 9 * k
    top, bottom, gap = header(sheet, margin), footer(sheet, margin), 5 * k
    inner = width - 2 * margin
    small = 33 * k  # height of the trend and of the overview
    if orientation == "landscape":
        column = 90 * k
        map_width = inner - column - gap
        main_map(
            sheet,
            Box(margin, top, map_width, bottom - top - 8.5 * k),
            Box(margin, bottom - 7 * k, map_width, 7 * k),
        )
        x, table_width = width - margin - column, column
        heading(sheet, "legend_title", x, top - 0.5 * k, column)
        sheet.legend(Box(x, top + 3.9 * k, column, 30 * k))
        title_top = top + 40 * k
        table_bottom = bottom - small - 8 * k
        trend = Box(x, bottom - small, column * 0.68, small)
        overview = Box(x + column * 0.71, bottom - small, column * 0.29, small)
    else:
        lower = 106 * k
        map_bottom = bottom - lower
        main_map(
            sheet,
            Box(margin, top, inner, map_bottom - top - 8.5 * k),
            Box(margin, map_bottom - 7 * k, inner, 7 * k),
        )
        column = inner * 0.4
        table_width = inner - column - gap
        title_top, small = map_bottom + 2 * k, 27 * k
        heading(sheet, "legend_title", margin, title_top, column)
        sheet.legend(Box(margin, title_top + 4.4 * k, column, 40 * k))
        x, table_bottom = margin + column + gap, bottom - small - 8 * k
        trend = Box(x, bottom - small, table_width * 0.74, small)
        overview = Box(x + table_width * 0.78, bottom - small, table_width * 0.22, small)
    heading(sheet, "counts_title", x, title_top, table_width)
    sheet.counts(Box(x, title_top + 5.6 * k, table_width, table_bottom - title_top - 5.6 * k))
    heading(sheet, "trend_title", trend.x, trend.y - 5.6 * k, trend.width)
    sheet.picture("trend", trend)
    heading(sheet, "overview_title", overview.x, overview.y - 5.6 * k, overview.width)
    sheet.map("overview", overview)
    return sheet


def wall(width: float, height: float, k: float) -> Sheet:
    """The map alone on A3, with a legend in a narrow column: for the briefing room's wall."""
    sheet = Sheet("wall_a3_landscape", width, height, k)
    margin = 9 * k
    top, bottom = header(sheet, margin), footer(sheet, margin)
    column, gap = 68 * k, 4 * k
    map_width = width - 2 * margin - column - gap
    main_map(
        sheet,
        Box(margin, top, map_width, bottom - top - 8.5 * k),
        Box(margin, bottom - 7 * k, map_width, 7 * k),
    )
    x = width - margin - column
    heading(sheet, "legend_title", x, top - 0.5 * k, column)
    sheet.legend(Box(x, top + 3.9 * k, column, 60 * k))
    overview = Box(x, bottom - 46 * k, column, 46 * k)
    heading(sheet, "overview_title", x, overview.y - 5.6 * k, column)
    sheet.map("overview", overview)
    return sheet


def card(width: float, height: float) -> Sheet:
    """The verification card of one report."""
    sheet = Sheet("verification_card_a4", width, height)
    margin = 12.0
    inner, right = width - 2 * margin, width - margin
    sheet.picture("emblem", Box(margin, margin, 12, 12))
    sheet.label("card_title", Box(margin + 15, margin - 0.5, 90, 7.5), 14, ACCENT, True)
    sheet.label("brand", Box(margin + 15, margin + 7.5, 90, 5), 8.5, QUIET)
    sheet.label("marking", Box(right - 75, margin, 75, 5), 8.5, MARKING, True, RIGHT)
    sheet.label("office", Box(right - 75, margin + 7.5, 75, 5), 8, QUIET, False, RIGHT)
    sheet.line("rule", Box(margin, margin + 14, inner, 0.5), ACCENT)
    y = margin + 17
    # 42 points are figures of 11 millimetres: read across a desk.
    sheet.label("reference", Box(margin, y - 2, inner * 0.62, 21), 42, INK, True, LEFT, MIDDLE)
    sheet.label("title", Box(margin + inner * 0.64, y, inner * 0.36, 10), 11, INK, True, RIGHT, TOP)
    sheet.label("status", Box(margin + inner * 0.64, y + 10.5, inner * 0.36, 6), 11, ACCENT, True, RIGHT)
    y += 21
    half = (inner - 6) / 2
    heading(sheet, "facts_title", margin, y, half)
    sheet.label("facts", Box(margin, y + 5.6, half, 44), 8.6)
    heading(sheet, "description_title", margin + half + 6, y, half)
    sheet.label("description", Box(margin + half + 6, y + 5.6, half, 44), 8.6)
    y += 53
    maps = 66.0
    heading(sheet, "near_title", margin, y, half)
    sheet.map("map", Box(margin, y + 5.6, half, maps))
    heading(sheet, "far_title", margin + half + 6, y, half)
    sheet.map("map_far", Box(margin + half + 6, y + 5.6, half, maps))
    y += maps + 9
    heading(sheet, "history_title", margin, y, inner)
    sheet.label("history", Box(margin, y + 5.6, inner, 28), 7.8)
    y += 37
    heading(sheet, "notes_title", margin, y, inner)
    foot = height - margin - 8
    line = y + 14
    number = 0
    while line < foot - 17:
        sheet.line(f"note_line_{number}", Box(margin, line, inner, 0.2))
        line, number = line + 8.5, number + 1
    sheet.line("signature_line", Box(right - 85, foot - 7, 85, 0.25), QUIET)
    sheet.label("signature", Box(right - 85, foot - 6.4, 85, 4), 7, QUIET, False, CENTRE)
    sheet.label("date", Box(margin, foot + 1, inner * 0.75, 3.6), 6.8, QUIET)
    sheet.label("notice", Box(margin, foot + 4.6, inner * 0.8, 3.6), 6.8, QUIET)
    sheet.label("page", Box(right - 30, foot + 4.6, 30, 3.6), 6.8, QUIET, False, RIGHT)
    return sheet


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QgsApplication([], True)
    application.initQgis()
    for sheet in (
        district("a4", "landscape", 297, 210, 1.0),
        district("a4", "portrait", 210, 297, 1.0),
        district("a3", "landscape", 420, 297, 1.4),
        district("a3", "portrait", 297, 420, 1.4),
        wall(420, 297, 1.4),
        card(210, 297),
    ):
        sheet.save()
        print(f"{sheet.name}.qpt")
    sys.stdout.flush()
    os._exit(0)  # QGIS need not be taken apart


if __name__ == "__main__":
    main()
