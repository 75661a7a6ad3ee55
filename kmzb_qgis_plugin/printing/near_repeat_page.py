"""What the near-repeat test found, as a page that a browser shows."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from qgis.PyQt.QtCore import QLocale

from kmzb_qgis_plugin.analysis.near_repeat import LEAST_RATIO, LEVEL, NearRepeat
from kmzb_qgis_plugin.domain.text import Tr
from kmzb_qgis_plugin.printing.paper_text import moment_text, number_text
from kmzb_qgis_plugin.printing.whole_file import whole_file

# From hardly more than expected to much more; the numbers are bold besides.
_SHADES: Final = ((LEAST_RATIO, "#fee8cc"), (1.5, "#fdcf8f"), (2.5, "#f1a340"))
_STYLE: Final = """
body { font: 15px/1.45 "Segoe UI", "DejaVu Sans", sans-serif; color: #22272b; background: #fff;
  margin: 2em auto; max-width: 60em; padding: 0 1em; }
.answer { font-size: 1.25em; font-weight: bold; } .quiet { color: #596169; } .notice { font-weight: bold; }
table { border-collapse: collapse; width: 100%; margin: 1em 0; }
td, th { padding: .35em .6em; border: 1px solid #d9dee3; text-align: right; }
th { background: #eef1f4; } td small { color: #22272b; }
"""


@dataclass(frozen=True)
class NearRepeatPage:
    """What is written, and in which words.

    Attributes:
        found: by the test.
        threats: how many were tested.
        permutations: orders of days that they were held against.
        seed: of these.
        sentence: the filter in words.
        source: the connection's name.
        data_instant: when the data were in step with the service.
        lang: of numbers.
        tr: translates.
    """

    found: NearRepeat
    threats: int
    permutations: int
    seed: int
    sentence: str
    source: str
    data_instant: str
    lang: str
    tr: Tr

    def answer(self) -> str:
        """The result in a sentence, or a few."""
        tr = self.tr
        return " ".join(map(self._sentence, self.found.reaches())) or tr(
            "No near repeat: a threat does not make another one nearby and soon significantly more likely."
        )

    def _sentence(self, reach: tuple[int, int]) -> str:
        tr, (row, column) = self.tr, reach
        within = tr("%n day(s)", "span", int(self.found.days[column]))
        ratio = self._decimal(float(self.found.ratio_within[reach]))
        p = self._decimal(float(self.found.p_within[reach]), 3)
        if row == 0:
            return tr(
                "After a threat, another one at the same place within {} is {} times as likely as if days "
                "had nothing to do with places (p = {})."
            ).format(within, ratio, p)
        return tr(
            "After a threat, another one within {} m and {} is {} times as likely as if days had nothing to "
            "do with places (p = {})."
        ).format(f"{self.found.metres[row]:g}", within, ratio, p)

    def write(self, path: Path) -> None:
        """Write the page; what was there before stays until the new one is whole.

        Raises:
            ExportError: it cannot be written.
        """
        with whole_file(path) as part:
            part.write_text(self.html(), encoding="utf-8")

    def html(self) -> str:
        """The page."""
        tr = self.tr
        title = tr("Near Repeats")
        facts = (
            (tr("Looked at"), self.sentence),
            (tr("Threats"), number_text(self.threats, self.lang)),
            (tr("Data as of"), moment_text(self.data_instant, self.lang)),
            (tr("Source"), self.source),
        )
        method = tr(
            "Test of Knox: pairs of threats by the distance and days between them, held against {} random "
            "orders of the days (seed {}). In each field: how many times the expected number there are; "
            "pairs there are, and expected; the probability by chance. Coloured: significant with 5 % false "
            "discoveries at most, and {} times or more."
        ).format(number_text(self.permutations, self.lang), self.seed, self._decimal(LEAST_RATIO, 1))
        limits = tr(
            "Several reports of the same thing are repeats too. Where the number of people or of reports "
            "changed in some places and not in others during the period, pairs look more frequent than they "
            "are."
        )
        notice = tr("The map is not for urgent intervention. In an emergency call 112 or 997.")
        return "\n".join(
            (
                "<!DOCTYPE html>",
                f'<html lang="{self.lang}"><head><meta charset="utf-8"><title>{escape(title)}</title>',
                f"<style>{_STYLE}</style></head><body>",
                f"<h1>{escape(title)}</h1>",
                f'<p class="answer">{escape(self.answer())}</p>',
                *(f"<p><b>{escape(name)}:</b> {escape(text)}</p>" for name, text in facts),
                *self._table(),
                f'<p class="quiet">{escape(method)}</p>',
                f'<p class="quiet">{escape(limits)}</p>',
                f'<p class="notice">{escape(notice)}</p>',
                "</body></html>",
            )
        )

    def _table(self) -> list[str]:
        tr = self.tr
        days = [0, *(self.found.days[:-1] + 1)]
        heads = [tr("{} to {} days").format(first, last) for first, last in zip(days, self.found.days)]
        metres = self.found.metres
        names = [tr("the same place")]
        names += [tr("{} to {} m").format(f"{a:g}", f"{b:g}") for a, b in zip(metres, metres[1:])]
        lines = ["<table><tr><th></th>", *(f"<th>{escape(head)}</th>" for head in heads), "</tr>"]
        for row, name in enumerate(names):
            fields = "".join(self._field(row, column) for column in range(len(heads)))
            lines.append(f"<tr><th>{escape(name)}</th>{fields}</tr>")
        return [*lines, "</table>"]

    def _field(self, row: int, column: int) -> str:
        found = self.found
        observed, expected = int(found.observed[row, column]), float(found.expected[row, column])
        if not expected:
            return "<td>–</td>"
        ratio = float(found.ratio[row, column])
        good = found.adjusted[row, column] <= LEVEL and ratio >= LEAST_RATIO
        shade = max((color for color in _SHADES if good and ratio >= color[0]), default=None)
        ground = "" if shade is None else f' bgcolor="{shade[1]}"'
        ratio_text = f"{self._decimal(ratio)} ×"
        pairs = f"{number_text(observed, self.lang)} / {self._decimal(expected, 1)}"
        p = f"p = {self._decimal(float(found.p[row, column]), 3)}"
        shown = f"<b>{ratio_text}</b>" if good else ratio_text
        return f"<td{ground}>{shown}<br><small>{pairs}<br>{p}</small></td>"

    def _decimal(self, number: float, places: int = 2) -> str:
        return str(QLocale(self.lang).toString(number, "f", places))
