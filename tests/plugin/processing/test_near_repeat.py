"""Near repeats from Processing: table, page and sentence, in both languages."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from qgis.core import QgsProcessingContext, QgsProcessingException

from kmzb_qgis_plugin import i18n
from kmzb_qgis_plugin.analysis.near_repeat import find_near_repeat
from kmzb_qgis_plugin.i18n import words_of
from kmzb_qgis_plugin.printing.near_repeat_page import NearRepeatPage
from kmzb_qgis_plugin.processing import near_repeat
from kmzb_qgis_plugin.processing.provider import KmzbProvider
from kmzb_qgis_plugin.settings import Connection
from tests.plugin.processing.analysis_hands import Listens, change

COMPILED = Path(__file__).parents[3] / "build" / "kmzb_qgis_plugin" / "i18n"
DAY = "strftime('%Y-%m-%dT12:00:00.000Z', '2023-01-01', (fid * 37 % 100 * 5 + fid / 101) || ' days')"


def repeat(connection: Connection, north: float) -> None:
    """Put each of a hundred threats beside another one of the day before, so many degrees north of it."""
    sets = f"lon = 14.8 + 0.012 * (fid % 100), lat = 52.3 + {north} * (fid > 100), occurred_from = {DAY}"
    change(connection, sets, "fid BETWEEN 1 AND 200")


def test_repeats_are_found_and_told(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection], tmp_path: Path
) -> None:
    repeat(loaded(), 0.0006)
    table, page = tmp_path / "pairs.csv", tmp_path / "page.html"
    found = run("nearrepeat", CONNECTION="Lubuskie", OUTPUT=str(table), PAGE=str(page))
    assert re.match(r"After a threat, another one within 100 m and 7 day.* times as likely", found["ANSWER"])
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 5 * 4
    (near,) = (row for row in rows if (row["metres_to"], row["days_to"]) == ("100", "7"))
    assert (near["metres_from"], near["days_from"]) == ("1", "0")
    assert int(near["observed"]) >= 99
    assert float(near["ratio"]) == pytest.approx(int(near["observed"]) / float(near["expected"]))
    assert float(near["p_fdr"]) <= 0.05
    text = page.read_text(encoding="utf-8")
    assert found["ANSWER"] in text
    assert found["SENTENCE"] in text
    assert str(found["COUNT"]) in text
    assert text.count("<tr>") == 6
    assert "112" in text


def test_repeats_at_one_place_have_a_sentence_of_their_own(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    repeat(loaded(), 0)
    found = run("nearrepeat", CONNECTION="Lubuskie", OUTPUT="memory:", BAND_DAYS=3)
    assert re.match(r"After a threat, another one at the same place within 3 day", found["ANSWER"])
    again = run("nearrepeat", CONNECTION="Lubuskie", OUTPUT="memory:", BAND_DAYS=3)
    first, second = ([row.attributes() for row in one["OUTPUT"].getFeatures()] for one in (found, again))
    assert first == second


def test_where_nothing_repeats_that_is_told(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    loaded()
    found = run("nearrepeat", CONNECTION="Lubuskie", OUTPUT="memory:", BAND_METRES=1000)
    assert found["ANSWER"].startswith("No near repeat")


def test_days_are_those_of_the_report_where_the_filter_asks_for_them(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    repeat(loaded(), 0.0006)
    found = run("nearrepeat", CONNECTION="Lubuskie", FILTER='{"date_field": "reported"}', OUTPUT="memory:")
    assert found["ANSWER"].startswith("No near repeat")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"FIRST": "2040-01-01"}, "near repeats needs 30 or more: widen the filter"),
        ({"PERMUTATIONS": 5}, "Random orders of the days: 5 is not from 199 to 9999"),
        (
            {"BAND_METRES": 5000, "BANDS": 20},
            "no more than 100,?000 m apart, and 1,?000 are",
        ),
    ],
)
def test_what_cannot_be_tested_is_told(
    run: Callable[..., dict[str, Any]],
    loaded: Callable[..., Connection],
    monkeypatch: pytest.MonkeyPatch,
    given: dict[str, Any],
    told: str,
) -> None:
    loaded()
    monkeypatch.setattr(near_repeat, "MOST_PAIRS", 1000)
    with pytest.raises(QgsProcessingException, match=told):
        run("nearrepeat", CONNECTION="Lubuskie", OUTPUT="memory:", **given)


def test_one_day_is_too_short(run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]) -> None:
    change(loaded(), "occurred_from = '2024-01-05T12:00:00.000Z'", "1")
    with pytest.raises(QgsProcessingException, match="Choose a longer period"):
        run("nearrepeat", CONNECTION="Lubuskie", OUTPUT="memory:")


@pytest.mark.parametrize("percent", [5, 60])
def test_cancelling_leaves_no_page(
    provider: KmzbProvider, loaded: Callable[..., Connection], tmp_path: Path, percent: float
) -> None:
    loaded()
    page = tmp_path / "page.html"
    given = {"CONNECTION": "Lubuskie", "OUTPUT": "memory:", "PAGE": str(page)}
    with pytest.raises(QgsProcessingException, match="Stopped"):
        provider.algorithm("nearrepeat").create().run(
            given, QgsProcessingContext(), Listens(percent), {}, False
        )
    assert not page.exists()


@pytest.mark.parametrize(
    ("lang", "words"), [("pl", "w ciągu 7 dni jest 5,"), ("en", "within 100 m and 7 days is 5.")]
)
def test_the_page_speaks_the_language(monkeypatch: pytest.MonkeyPatch, lang: str, words: str) -> None:
    monkeypatch.setattr(i18n, "translations_dir", lambda: COMPILED)
    dice = np.random.default_rng(2)
    places, days = dice.uniform(0, 3000, (500, 2)), dice.integers(0, 365, 500)
    places[400:], days[400:] = places[:100] + 40, days[:100] + 3
    found = find_near_repeat(places, days, (100, 200), (7, 14), 499, 1, 100_000, lambda _share: None)
    page = NearRepeatPage(
        found, 500, 499, 1, "<filter> & more", "Lubuskie", "2024-05-31T10:00:00.000Z", lang, words_of(lang)
    )
    assert words in page.answer()
    assert "&lt;filter&gt; &amp; more" in page.html()
    assert "%n" not in page.html()
    assert "bgcolor" in page.html()
