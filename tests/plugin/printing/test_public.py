"""The public version: nothing in the file gives more than is drawn."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from osgeo import gdal
from qgis.core import QgsPrintLayout, QgsVectorLayer

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.printing.district import AreaCount, CategoryCount, District, DistrictData, read_district
from kmzb_qgis_plugin.printing.export import export
from kmzb_qgis_plugin.printing.public import OTHERS, keep_back
from kmzb_qgis_plugin.printing.scope import Content, Public, public_condition, scope_of
from kmzb_qgis_plugin.replica.queries import Cell

LEAST = 5
TODAY, NOW = date(2024, 6, 1), "2024-06-01T10:00:00.000Z"


def _raw(pdf: Path) -> bytes:
    """All bytes of a PDF, with what is compressed in it unpacked."""
    content = pdf.read_bytes()
    unpacked = [content]
    for found in re.finditer(rb"stream\r?\n", content):
        try:
            unpacked.append(zlib.decompressobj().decompress(content[found.end() :]))
        except zlib.error:
            continue  # not a compressed stream
    return b"\n".join(unpacked)


@pytest.mark.parametrize("by", ["cells", "areas"])
def test_the_file_holds_nothing_but_what_is_drawn(
    print_map: Callable[..., QgsPrintLayout],
    connection: sqlite3.Connection,
    catalogue: Catalogue,
    tmp_path: Path,
    by: str,
) -> None:
    where = public_condition(catalogue)
    layout = print_map(
        "voivodeship", "08", where, public=Public(by, LEAST), content=Content("areas", level="county")
    )
    pdf = tmp_path / "public.pdf"
    export(layout, pdf)
    raw = _raw(pdf)
    assert len(raw) > 3 * pdf.stat().st_size, "the streams were not unpacked"
    # No layers that could be switched, no attributes of features, no files, no XMP, no author.
    for mark in (
        b"/OCG", b"/OCProperties", b"/UserProperties", b"/StructTreeRoot", b"/EmbeddedFile", b"/Author",
        b"<x:xmpmeta", b"/PieceInfo", b"/Type /Annot", b"/Filespec", b"/AF ", b"/JavaScript",
    ):  # fmt: skip
        assert mark not in raw, mark
    opened = gdal.Open(str(pdf))
    assert opened.GetProjection(), "the page has its place on earth"
    assert {key for key, value in opened.GetMetadata().items() if value} == {
        "CREATION_DATE", "NEATLINE", "PRODUCER",
    }  # fmt: skip
    assert not opened.GetMetadata("LAYERS")
    assert not opened.GetMetadata("xml:XMP")
    text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    secrets = {str(connection.execute("PRAGMA database_list").fetchone()[2]), "layername", "gpkg"}
    for ref, description, place in connection.execute("SELECT ref, description, place FROM threats"):
        secrets |= {one for one in (ref, description, place) if one}
    for secret in secrets:
        assert secret not in text
        assert secret.encode() not in raw
        assert secret.encode("utf-16-be") not in raw
    assert "\n1–9" not in text, "a class that no printed number falls into"
    hidden = [status.name("pl") for status in catalogue.statuses if status.hidden]
    assert not any(name in text for name in hidden)


@pytest.mark.parametrize("by", ["cells", "areas"])
def test_layers_of_the_layout_hold_numbers_only(print_map: Callable[..., QgsPrintLayout], by: str) -> None:
    layout = print_map(
        "voivodeship", "08", public=Public(by, LEAST), content=Content("areas", level="county")
    )
    layers = [layer for layer in layout.itemById("map").layers() if isinstance(layer, QgsVectorLayer)]
    nodes = layout.itemById("legend").model().rootGroup().findLayers()
    layers += [node.layer() for node in nodes]
    assert not any("layername=threats" in layer.source() for layer in layers)
    numbers = [
        feature["number"]
        for layer in layers
        if layer.fields().lookupField("number") >= 0
        for feature in layer.getFeatures()
    ]
    assert numbers
    assert all(number >= LEAST or number in (0, -1) for number in numbers)


def test_counts_are_those_of_plain_sql_without_what_citizens_do_not_see(
    connection: sqlite3.Connection, catalogue: Catalogue
) -> None:
    scope = scope_of(ThreatFilter(), Content(), TODAY, NOW, catalogue, Public())
    found = read_district(connection, "county", "0806", scope, Content(), Public("areas", LEAST))
    seen = Counter(
        category
        for category, status in connection.execute(
            "SELECT category, status FROM threats WHERE county = '0806'"
        )
        if status not in ("unconfirmed", "mistake")
        and not (category == "dangerous_entertainment" and status in ("new", "verification"))
    )
    printed = {row.category: row.total for row in found.rows if row.category != OTHERS}
    assert printed == {category: number for category, number in seen.items() if number >= LEAST}
    assert not any(row.by_status for row in found.rows)


def _data(numbers: list[int], areas: tuple[AreaCount, ...] = ()) -> DistrictData:
    rows = tuple(
        CategoryCount("citizen", f"c{place}", {"new": number}, number, 3)
        for place, number in enumerate(numbers)
    )
    district = District("county", "0806", "x", ("0806",))
    return DistrictData(
        district, "1", rows, True, areas=areas, months=(("2024-05", 3), ("2024-06", 9)), left_out=2
    )


def test_small_numbers_are_kept_back_and_cannot_be_worked_out() -> None:
    kept = keep_back(_data([9, 4, 4, 1]), Public("areas", LEAST), "2024-06")
    assert [(row.category, row.total) for row in kept.rows] == [("c0", 9), (OTHERS, 9)]
    # The total is the sum of the areas, too: what is left out of the rows would follow from it.
    assert [row.total for row in keep_back(_data([9, 4]), Public("areas", LEAST)).rows] == [13]
    assert [row.total for row in keep_back(_data([9, 8, 2, 2]), Public("areas", LEAST)).rows] == [9, 12]
    assert keep_back(_data([3, 1]), Public("areas", LEAST)).rows == ()
    assert kept.months == (("2024-05", None), ("2024-06", 9))
    both = keep_back(_data([12]), Public("areas", LEAST), "2024-05")
    assert both.months == (("2024-05", None), ("2024-06", None)), "the total less one is the other"
    alike = replace(_data([8]), months=(("2024-05", 4), ("2024-06", 4)))
    assert keep_back(alike, Public("areas", LEAST), "2024-05").rows == (), "8 in two small months"
    older = keep_back(_data([12]), Public("areas", LEAST), "2023-01")
    assert older.months == (("2024-05", None), ("2024-06", 9)), "the total has more than these months"
    assert not kept.compared
    assert kept.left_out == 0


def test_a_single_small_area_takes_a_second_one_with_it() -> None:
    areas = tuple(AreaCount(str(number), "x", number) for number in (30, 12, 3, 0))
    numbers = {area.code: area.number for area in keep_back(_data([45], areas), Public("areas", LEAST)).areas}
    assert numbers == {"30": 30, "12": None, "3": None, "0": 0}


@pytest.mark.parametrize(
    ("numbers", "kept_back"),
    [
        ((19, 10, 7, 4, 4), {4, 7}),  # 8 in two areas under 5 would be 4 and 4
        ((19, 1, 1), {1, 19}),
        ((30, 2, 3), {2, 3}),  # 5 in two areas may be 1 and 4
        ((9, 9, 9), set()),
        ((4, 4, 0), {4, 0}),
    ],
)
def test_small_areas_do_not_follow_from_the_total(numbers: tuple[int, ...], kept_back: set[int]) -> None:
    areas = tuple(AreaCount(str(place), "x", number) for place, number in enumerate(numbers))
    kept = keep_back(_data([sum(numbers)], areas), Public("areas", LEAST))
    assert {
        number for number, area in zip(numbers, kept.areas, strict=True) if area.number is None
    } == kept_back
    assert kept.total == sum(numbers)


def test_a_total_that_tells_of_every_area_goes_too() -> None:
    areas = (AreaCount("a", "x", 4), AreaCount("b", "x", 4))
    kept = keep_back(_data([8], areas), Public("areas", LEAST))
    assert kept.rows == ()
    assert [area.number for area in kept.areas] == [None, None]


@given(numbers=st.lists(st.integers(0, 8), min_size=1, max_size=3), least=st.integers(3, 6))
def test_no_small_number_is_the_only_one_that_the_printed_ones_allow(numbers: list[int], least: int) -> None:
    """Tries all numbers that could be behind what is printed, as somebody would who wants to know."""
    areas = tuple(AreaCount(str(place), "x", number) for place, number in enumerate(numbers))
    kept = keep_back(_data([sum(numbers)] if sum(numbers) else [], areas), Public("areas", least))
    if kept.total == 0:
        return
    hidden = [number for number, area in zip(numbers, kept.areas, strict=True) if area.number is None]
    left = kept.total - sum(area.number or 0 for area in kept.areas)
    assert left == sum(hidden)
    lowest = 0 if 0 in hidden else 1
    possible = [
        guess
        for guess in product(range(lowest, left + 1), repeat=len(hidden))
        if sum(guess) == left and min(guess, default=0) < least
    ]
    for place, number in enumerate(hidden):
        if 0 < number < least:
            assert len({guess[place] for guess in possible}) > 1


def test_cells_that_are_left_out_are_not_few_altogether() -> None:
    cells = tuple(
        Cell(place, 52.0, place + 1.0, 53.0, place + 0.2, 52.3, number)
        for place, number in enumerate((20, 9, 6, 2, 1))
    )
    kept = keep_back(replace(_data([38]), cells=cells), Public("cells", LEAST))
    assert [cell.number for cell in kept.cells] == [9, 20]


def test_the_middle_of_a_cell_tells_nothing_of_its_threats(
    connection: sqlite3.Connection, catalogue: Catalogue
) -> None:
    scope = scope_of(ThreatFilter(), Content(), TODAY, NOW, catalogue, Public())
    found = read_district(connection, "voivodeship", "08", scope, Content(), Public("cells", LEAST))
    assert found.cells
    for cell in found.cells:
        assert cell.number >= LEAST
        assert cell.lon == pytest.approx((cell.west + cell.east) / 2)
        assert cell.lat == pytest.approx((cell.south + cell.north) / 2)
