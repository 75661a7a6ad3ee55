"""The verification card: a report's facts, its place, its history, and room to write."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from qgis.core import QgsPrintLayout, QgsProject
from qgis.PyQt import sip

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.paths import resource
from kmzb_qgis_plugin.printing.card import CardOrder, read_card
from kmzb_qgis_plugin.printing.errors import ReportGone, TemplateError
from kmzb_qgis_plugin.printing.export import Book, export
from kmzb_qgis_plugin.printing.jobs import write_all
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.replica import Replica


@pytest.fixture
def order(replica: Replica, catalogue: Catalogue, project: QgsProject) -> CardOrder:
    with closing(replica.reader()) as reader:
        places = queries.place_names(reader)
    return CardOrder(
        replica.path, catalogue, places, date(2024, 6, 1), "pl", "31.05.2024 23:35", "do użytku służbowego"
    )


@pytest.fixture
def report(connection: sqlite3.Connection) -> tuple[int, str]:
    """A confirmed report with a place and a description."""
    return connection.execute(
        "SELECT fid, ref FROM threats WHERE status = 'confirmed' AND place IS NOT NULL "
        "AND description LIKE '%<b>%' AND county = '0806' LIMIT 1"
    ).fetchone()


def _lay_out(order: CardOrder, connection: sqlite3.Connection, report: tuple[int, str]) -> QgsPrintLayout:
    (job,) = order.jobs([report])
    return job.build(job.read(connection))


def test_the_card_says_all_that_is_known(
    order: CardOrder,
    connection: sqlite3.Connection,
    report: tuple[int, str],
    tmp_path: Path,
    text_of: Callable,
) -> None:
    threat = queries.threat(connection, report[0])
    layout = _lay_out(order, connection, report)
    export(layout, tmp_path / "card.pdf")
    text = text_of(tmp_path / "card.pdf")
    for words in (
        threat.ref,
        "Potwierdzone",
        threat.place,
        *threat.description.split(),
        "powiat strzelecko-drezdenecki, lubuskie",
        "KPP w Strzelcach Krajeńskich",
        f"{threat.lat:.5f} N",
        "K. Nowak",
        "patrol",
        "DO UŻYTKU SŁUŻBOWEGO",
        "Date, rank, name and signature",
        "call 112 or 997",
    ):
        assert " ".join(words.split()) in text, words
    sip.delete(layout)


def test_the_reference_is_read_across_a_desk(
    order: CardOrder, connection: sqlite3.Connection, report: tuple[int, str]
) -> None:
    layout = _lay_out(order, connection, report)
    assert layout.itemById("reference").font().pointSizeF() >= 40
    sip.delete(layout)


def test_both_maps_have_the_report_in_the_middle_at_their_scales(
    order: CardOrder, connection: sqlite3.Connection, report: tuple[int, str]
) -> None:
    layout = _lay_out(order, connection, report)
    near, far = layout.itemById("map"), layout.itemById("map_far")
    assert round(near.scale()) == 2_500
    assert round(far.scale()) == 25_000
    assert near.extent().center().distance(far.extent().center()) < 0.01
    own = near.layers()[0]
    assert [feature["ref"] for feature in own.getFeatures()] == [report[1]]
    sip.delete(layout)


def test_cards_of_a_queue_are_a_book_and_a_report_that_is_gone_does_not_stop_it(
    order: CardOrder, connection: sqlite3.Connection, tmp_path: Path, text_of: Callable
) -> None:
    rows = connection.execute("SELECT fid, ref FROM threats WHERE status = 'new' LIMIT 3").fetchall()
    told: list[tuple[int, str]] = []
    with Book(tmp_path / "cards.pdf") as book:
        jobs = order.jobs([rows[0], (10**9, "Z-9999999"), *rows[1:]])
        skipped = write_all(jobs, connection, book, lambda *one: told.append(one), lambda: False)
        book.finish()
    assert [error.user_message(tr) for error in skipped] == [
        "The report Z-9999999 is no longer in the data, so its card cannot be printed."
    ]
    assert len(told) == 4
    text = text_of(tmp_path / "cards.pdf")
    assert all(ref in text for _fid, ref in rows)
    assert text.count("No decisions yet") == 3


def test_one_report_that_is_gone_is_an_error(order: CardOrder, connection: sqlite3.Connection) -> None:
    with pytest.raises(ReportGone):
        read_card(connection, 10**9, "Z-9999999")


def test_a_card_template_that_lacks_an_item_names_it(
    order: CardOrder, connection: sqlite3.Connection, report: tuple[int, str], tmp_path: Path
) -> None:
    template = tmp_path / "own.qpt"
    content = resource("layouts", "verification_card_a4.qpt").read_text(encoding="utf-8")
    template.write_text(content.replace('id="history"', 'id="past"'), encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        _lay_out(CardOrder(**{**order.__dict__, "template": template}), connection, report)
    assert "history" in caught.value.user_message(tr)
