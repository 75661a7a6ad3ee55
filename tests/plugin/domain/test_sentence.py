"""The sentence that is printed on maps."""

from __future__ import annotations

from datetime import date

import pytest

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.period import Period
from kmzb_qgis_plugin.domain.sentence import describe
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter

TODAY = date(2024, 4, 1)


def tr(message: str, comment: str | None = None, n: int = -1) -> str:
    return message.replace("%n", str(n))


def said(catalogue: Catalogue, lang: str = "en", **members: object) -> str:
    return describe(ThreatFilter(**members), catalogue, TODAY, lang, tr, {"0811": "żarski"}, {"K": "KMP"})


def test_everything(catalogue: Catalogue) -> None:
    assert said(catalogue) == "All sources; all categories; any date"


def test_all_parts(catalogue: Catalogue) -> None:
    sentence = said(
        catalogue,
        lang="pl",
        sources=frozenset({"citizen"}),
        categories=frozenset({"speeding"}),
        statuses=frozenset({"new", "verification"}),
        period=Period("last_7"),
        date_field="reported",
        weekdays=frozenset({1, 7}),
        hours=frozenset({22, 23, 0, 6}),
        areas=frozenset({"0811", "0861"}),
        units=frozenset({"K"}),
        text=" ul.  {Długa} ",
        overdue=True,
    )
    assert sentence == (
        "Zgłoszenia obywateli; categories: przekraczanie dozwolonej prędkości; statuses: Nowe, Weryfikacja; "
        "reported from 26.03.2024 to 01.04.2024; weekdays: Monday, Sunday; "
        "hours: 00:00–01:00, 06:00–07:00, 22:00–24:00; areas: 0861, żarski; units: KMP; "
        "containing “ul. {Długa}”; overdue only"
    )


@pytest.mark.parametrize(
    ("period", "said_of_it"),
    [
        (Period("today"), "occurred on 2024-04-01"),
        (Period("range", date(2024, 1, 1), None), "occurred since 2024-01-01"),
        (Period("range", None, date(2024, 1, 1)), "occurred until 2024-01-01"),
        (Period("last_month"), "occurred from 2024-03-01 to 2024-03-31"),
    ],
)
def test_periods(catalogue: Catalogue, period: Period, said_of_it: str) -> None:
    assert said(catalogue, period=period).endswith(said_of_it)


def test_a_whole_group_has_one_name(catalogue: Catalogue) -> None:
    water = frozenset(one.code for one in catalogue.categories if one.group == "water")
    sentence = said(catalogue, categories=water | {"begging"})
    assert "categories: Water (whole group), begging" in sentence


def test_many_names_are_cut_short_with_their_number(catalogue: Catalogue) -> None:
    last_of_each_group = {category.group: category.code for category in catalogue.categories}
    chosen = {category.code for category in catalogue.categories} - set(last_of_each_group.values())
    assert said(catalogue, categories=frozenset(chosen)).count(",") == 7
    assert f" and {len(chosen) - 8} more;" in said(catalogue, categories=frozenset(chosen))


def test_nothing_is_said_too(catalogue: Catalogue) -> None:
    assert said(catalogue, sources=frozenset(), statuses=frozenset()).startswith("none; ")
    assert "statuses: none" in said(catalogue, statuses=frozenset())


def test_all_statuses_say_nothing(catalogue: Catalogue) -> None:
    every = frozenset(status.code for status in catalogue.statuses)
    assert "statuses" not in said(catalogue, statuses=every)
