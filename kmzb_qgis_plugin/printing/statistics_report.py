"""The whole of the statistics as a document: PDF for paper, HTML for a screen."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import Final

from matplotlib.figure import Figure
from qgis.PyQt.QtCore import QMarginsF, QRectF, QSizeF, Qt, QUrl
from qgis.PyQt.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)

from kmzb_qgis_plugin.client.errors import Cancelled
from kmzb_qgis_plugin.domain.period import parse_instant, warsaw
from kmzb_qgis_plugin.domain.sentence import date_text
from kmzb_qgis_plugin.domain.statistics import Statistics
from kmzb_qgis_plugin.printing.errors import ExportError
from kmzb_qgis_plugin.printing.statistics_chart import draw, has_values
from kmzb_qgis_plugin.printing.statistics_tables import (
    CHANGE,
    HOURS,
    MONTH,
    NUMBER,
    PERCENT,
    TEXT,
    Table,
    Wording,
    cell_text,
    tables,
)
from kmzb_qgis_plugin.printing.whole_file import whole_file

PDF, HTML = ".pdf", ".html"
_CHART_INCHES: Final = (7.2, 3.6)
_CHART_DPI: Final = 170
_CHART_PIXELS: Final = (620, 310)
"""Width of a chart on the page, of which a millimetre has nearly four."""
_MARGIN_MILLIMETRES: Final = 16
_RESOLUTION: Final = 300
_FOOTER_POINTS: Final = 7.5
_FOOTER_LINES: Final = 2.2
_BODY_POINTS: Final = 9
_FEW_COLUMNS: Final = 6
_NAME_PERCENT: Final = 36
_SCREEN_STYLE: Final = """
body { font: 15px/1.45 "Segoe UI", "DejaVu Sans", sans-serif; color: #22272b; margin: 2em auto;
  max-width: 60em; padding: 0 1em; }
h1 { margin-bottom: .2em; } h2 { margin-top: 2em; border-bottom: 2px solid #1f5f99; padding-bottom: .15em; }
table { border-collapse: collapse; width: 100%; }
td, th { padding: .25em .6em; border-bottom: 1px solid #d9dee3; }
th { background: #eef1f4; text-align: left; } td.n, th.n { text-align: right; white-space: nowrap; }
img { max-width: 100%; height: auto; } .quiet { color: #596169; } .notice { font-weight: bold; }
.sum td { font-size: 1.15em; } .sum td.n { font-weight: bold; }
@media print { h2 { break-before: page; } }
"""
_PAPER_STYLE: Final = """
h1 { font-size: 20pt; } h2 { font-size: 13pt; color: #1f5f99; } .quiet { color: #596169; }
.notice { font-weight: bold; }
"""

Progress = Callable[[float], None]
CancelCheck = Callable[[], bool]


@dataclass(frozen=True)
class Report:
    """What is written.

    Attributes:
        statistics: the figures.
        wording: names and words, in the report's language.
        title: at its head.
        sentence: the filter in words of that language.
        service: where the data come from.
        data_instant: when they were last in step with it; None where that is not known.
        made_on: the present day.
    """

    statistics: Statistics
    wording: Wording
    title: str
    sentence: str
    service: str
    data_instant: str | None
    made_on: date


def write_report(
    report: Report,
    path: Path,
    progress: Progress = lambda _percent: None,
    cancelled: CancelCheck = lambda: False,
) -> None:
    """Write a report as PDF, or as HTML where the file's name ends so; may run in any thread.

    Args:
        report: what to write.
        path: the file; one that is there is replaced once the new one is whole.
        progress: told the percent that is done.
        cancelled: asked between charts and between pages.

    Raises:
        ExportError: the file cannot be written.
        Cancelled: it was to stop; what was there before stays.
    """

    def go_on(percent: float) -> None:
        if cancelled():
            raise Cancelled("the report was cancelled")
        progress(percent)

    go_on(0)
    shown = tables(report.statistics, report.wording)
    charts: dict[str, bytes] = {}
    for number, table in enumerate(shown):
        if has_values(table):
            charts[table.key] = _chart(table, report.wording)
        go_on(70 * (number + 1) / len(shown))
    with whole_file(path) as part:
        if path.suffix.lower() in (HTML, ".htm"):
            sources = {
                key: f"data:image/png;base64,{base64.b64encode(png).decode()}" for key, png in charts.items()
            }
            part.write_text(_document(report, shown, sources, _SCREEN_STYLE), encoding="utf-8")
        else:
            _write_pdf(report, shown, charts, part, path, go_on)
    progress(100)


def _chart(table: Table, wording: Wording) -> bytes:
    figure = Figure(figsize=_CHART_INCHES, dpi=_CHART_DPI, constrained_layout=True)
    draw(figure, table, wording)
    written = io.BytesIO()
    figure.savefig(written, format="png")
    return written.getvalue()


def _document(report: Report, shown: tuple[Table, ...], sources: Mapping[str, str], style: str) -> str:
    """The report as HTML."""
    wording = report.wording
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{wording.lang[:2]}"><head><meta charset="utf-8"><title>{escape(report.title)}</title>',
        f"<style>{style}</style></head><body>",
        *_head(report),
    ]
    for table in shown:
        parts.append(f'<h2 style="page-break-before: always">{escape(table.title)}</h2>')
        if table.key in sources:
            # Qt needs both, or it takes the height from the picture's own size.
            size = f'width="{_CHART_PIXELS[0]}" height="{_CHART_PIXELS[1]}"'
            parts.append(f'<p><img src="{sources[table.key]}" {size} alt="{escape(table.title)}"></p>')
        parts.append(_table(table, wording))
        if table.note:
            parts.append(f'<p class="quiet">{escape(table.note)}</p>')
    parts.append("</body></html>")
    return "\n".join(parts)


def _head(report: Report) -> list[str]:
    """Title, what is looked at, where it comes from, and the figures that matter most."""
    tr, found = report.wording.tr, report.statistics
    lang = report.wording.lang
    as_of = tr("not known")
    if report.data_instant is not None:
        moment = warsaw(parse_instant(report.data_instant))
        as_of = f"{date_text(moment.date(), lang)}, {moment:%H:%M}"
    facts = (
        (tr("Looked at"), report.sentence),
        (tr("Data as of"), as_of),
        (tr("Source"), report.service),
        (tr("Made on"), date_text(report.made_on, lang)),
    )
    sums = (
        (tr("Threats"), found.total.count, NUMBER),
        (tr("In the same period of the year before"), found.total.before, NUMBER),
        (tr("Change on the year before"), found.total.change, CHANGE),
        (tr("Confirmed share"), found.total.share, PERCENT),
        (tr("First reaction, median (hours)"), _in_hours(found.reaction.median), HOURS),
        (tr("First reaction within the deadline"), found.reaction.share, PERCENT),
        (tr("Decision, median (hours)"), _in_hours(found.decision.median), HOURS),
        (tr("Decision within the deadline"), found.decision.share, PERCENT),
    )
    locale = report.wording.locale
    rows = "".join(
        f'<tr><td>{escape(name)}</td><td class="n" align="right"><b>'
        f"{cell_text(value, kind, locale)}</b></td></tr>"
        for name, value, kind in sums
    )
    notice = tr("The map is not for urgent intervention. In an emergency call 112 or 997.")
    return [
        f"<h1>{escape(report.title)}</h1>",
        *(f"<p><b>{escape(name)}:</b> {escape(text)}</p>" for name, text in facts),
        f'<table class="sum" width="100%" cellspacing="0" cellpadding="4">{rows}</table>',
        f'<p class="notice">{escape(notice)}</p>',
    ]


def _in_hours(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / 3600


def _table(table: Table, wording: Wording) -> str:
    """A table that a browser and Qt read alike."""
    kinds = [column.kind for column in table.columns]
    aligned = [' class="n" align="right"' if kind not in (TEXT, MONTH) else ' align="left"' for kind in kinds]
    # The name gets room first: Qt would break it to give the numbers more than they need.
    aligned_head = list(aligned)
    if len(table.columns) <= _FEW_COLUMNS:
        aligned_head[0] += f' width="{_NAME_PERCENT}%"'
    head = "".join(f"<th{side}>{escape(one.name)}</th>" for one, side in zip(table.columns, aligned_head))
    lines = [
        '<table width="100%" cellspacing="0" cellpadding="2">',
        f'<thead><tr bgcolor="#eef1f4">{head}</tr></thead>',
    ]
    for number, row in enumerate(table.rows):
        ground = ' bgcolor="#f6f8f9"' if number % 2 else ""
        cells = "".join(
            f"<td{side}>{escape(cell_text(value, kind, wording.locale))}</td>"
            for value, kind, side in zip(row.cells, kinds, aligned)
        )
        lines.append(f"<tr{ground}>{cells}</tr>")
    lines.append("</table>")
    return "\n".join(lines)


def _write_pdf(
    report: Report,
    shown: tuple[Table, ...],
    charts: Mapping[str, bytes],
    part: Path,
    path: Path,
    go_on: Progress,
) -> None:
    """Lay the document out on A4 and paint it page by page, with a footer."""
    writer = QPdfWriter(str(part))
    writer.setResolution(_RESOLUTION)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margin = QMarginsF(*(_MARGIN_MILLIMETRES,) * 4)
    writer.setPageMargins(margin, QPageLayout.Unit.Millimeter)
    writer.setTitle(report.title)
    writer.setCreator("KMZB for QGIS")
    line = _FOOTER_POINTS / 72 * _RESOLUTION
    body = QSizeF(writer.width(), writer.height() - _FOOTER_LINES * line)
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.documentLayout().setPaintDevice(writer)
    document.setDocumentMargin(0)
    document.setDefaultFont(_font(_BODY_POINTS))
    document.setDefaultStyleSheet(_PAPER_STYLE)
    for key, png in charts.items():
        document.addResource(
            QTextDocument.ResourceType.ImageResource, QUrl(f"chart:{key}"), QImage.fromData(png)
        )
    document.setHtml(_document(report, shown, {key: f"chart:{key}" for key in charts}, ""))
    document.setPageSize(body)
    painter = QPainter()
    if not painter.begin(writer):
        raise ExportError(path, "the PDF cannot be begun")
    try:
        pages = document.pageCount()
        for page in range(pages):
            go_on(70 + 30 * page / pages)
            if page:
                writer.newPage()
            painter.save()
            painter.translate(0, -page * body.height())
            context = QAbstractTextDocumentLayout.PaintContext()
            context.clip = QRectF(0, page * body.height(), body.width(), body.height())
            painter.setClipRect(context.clip)
            document.documentLayout().draw(painter, context)
            painter.restore()
            _paint_footer(
                painter, report, QRectF(0, body.height() + line, body.width(), line * 1.2), page, pages
            )
    finally:
        painter.end()


def _paint_footer(painter: QPainter, report: Report, box: QRectF, page: int, pages: int) -> None:
    painter.setFont(_font(_FOOTER_POINTS))
    tr = report.wording.tr
    number = tr("Page {} of {}").format(page + 1, pages)
    sides = Qt.AlignmentFlag
    painter.drawText(box, int(sides.AlignLeft | sides.AlignVCenter), report.title)
    painter.drawText(box, int(sides.AlignRight | sides.AlignVCenter), number)


def _font(points: float) -> QFont:
    font = QFont("DejaVu Sans")
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPointSizeF(points)
    return font
