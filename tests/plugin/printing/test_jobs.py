"""Many prints in a row: a form that is filled again is as good as a new one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsLayoutExporter, QgsMapLayer, QgsPrintLayout, QgsProject
from qgis.PyQt import sip

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.printing.choices import read_choices
from kmzb_qgis_plugin.printing.district_map import shipped_template
from kmzb_qgis_plugin.printing.export import Book
from kmzb_qgis_plugin.printing.jobs import Job, Press, write_all
from kmzb_qgis_plugin.printing.orders import DistrictOrder
from kmzb_qgis_plugin.printing.scope import Content
from kmzb_qgis_plugin.printing.template import SHARED_PROPERTY
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.replica.replica import Replica

ROUNDING = 4


class Seen(Book):
    """Keeps a picture of each page instead of writing it."""

    def __init__(self) -> None:
        self.pages: list[bytes] = []
        self.layers: list[list[str]] = []

    def add(self, layout: QgsPrintLayout, name: str) -> None:
        self.pages.append(_picture(layout))
        self.layers.append(_own_layers(layout))


def _alike(one: bytes, other: bytes) -> bool:
    """Whether no colour differs by more than QGIS's cache of drawings rounds them."""
    first, second = (np.frombuffer(picture, np.uint8).astype(int) for picture in (one, other))
    return len(first) == len(second) and int(np.abs(first - second).max()) <= ROUNDING


def _own_layers(layout: QgsPrintLayout) -> list[str]:
    """The names of the layers that no other page shows."""
    layers = layout.findChildren(QgsMapLayer)
    return sorted(layer.name() for layer in layers if layer.customProperty(SHARED_PROPERTY) is None)


def _picture(layout: QgsPrintLayout) -> bytes:
    image = QgsLayoutExporter(layout).renderPageToImage(0, dpi=60)
    return bytes(image.constBits().asstring(image.sizeInBytes()))


@pytest.fixture
def jobs(replica: Replica, catalogue: Catalogue, project: QgsProject) -> list[Job]:
    """Districts of different kinds: with and without an overview, cells, rings, long legends."""
    with closing(replica.reader()) as reader:
        choices = {choice.code: choice for choice in read_choices(reader)}
        places = queries.place_names(reader)
    order = DistrictOrder(
        replica.path, catalogue, ThreatFilter(), places, date(2024, 6, 1), "2024-06-01T10:00:00.000Z", "pl",
        "31.05.2024", shipped_template("A4", "landscape"),
        content=Content(stations=False),  # of two names at one place, QGIS puts either first
    )  # fmt: skip
    return order.jobs([choices[code] for code in ("08", "0806", "KWP-GW", "0861", "0806")])


def test_every_page_of_a_book_is_as_if_printed_alone(jobs: list[Job], connection: sqlite3.Connection) -> None:
    seen = Seen()
    assert write_all(jobs, connection, seen, lambda number, title: None, lambda: False) == []
    for number, job in enumerate(jobs):
        alone = job.build(job.read(connection))
        assert _alike(seen.pages[number], _picture(alone)), job.title
        assert seen.layers[number] == _own_layers(alone), "layers pile up"
        sip.delete(alone)


def test_a_district_that_fails_leaves_a_form_for_the_next(
    jobs: list[Job], connection: sqlite3.Connection, tmp_path: Path
) -> None:
    content = [job.read(connection) for job in jobs[:2]]
    seen = Seen()
    with Press(seen) as press:
        press.print(jobs[0], content[0])
        with pytest.raises(AttributeError):
            press.print(jobs[1], None)
        press.print(jobs[1], content[1])
    alone = jobs[1].build(content[1])
    assert _alike(seen.pages[-1], _picture(alone))
    sip.delete(alone)
