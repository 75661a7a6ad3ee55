"""A sample replica, and maps printed from it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from qgis.core import QgsPrintLayout, QgsProject
from qgis.PyQt import sip

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.layers.layer_tree import KmzbLayers
from kmzb_qgis_plugin.printing.district import DistrictData, read_district
from kmzb_qgis_plugin.printing.district_map import DistrictMap, build_layout
from kmzb_qgis_plugin.printing.scope import Content, Scope
from kmzb_qgis_plugin.replica.replica import Replica
from tests.plugin.sample_replica import catalogue_json, write_sample_replica

LONG_TITLE = "Mapa zagrożeń bezpieczeństwa w ruchu drogowym – powiat strzelecko-drezdenecki, lubuskie"
SENTENCE = "Wszystkie źródła; wszystkie kategorie; zdarzenia od 01.03.2024 do 31.05.2024"


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.from_json(catalogue_json())


@pytest.fixture(scope="session")
def _written_replica(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample_replica(tmp_path_factory.mktemp("sample") / "replica-1.gpkg", threats=2600)


@pytest.fixture
def replica(_written_replica: Path, tmp_path: Path) -> Iterator[Replica]:
    """A replica of this test's own, held open as the session does."""
    opened = Replica(Path(shutil.copy(_written_replica, tmp_path / "replica-1.gpkg")))
    yield opened
    opened.close()


@pytest.fixture
def connection(replica: Replica) -> Iterator[sqlite3.Connection]:
    reader = replica.reader()
    yield reader
    reader.close()


@pytest.fixture
def project(qgis_new_project: None) -> QgsProject:
    return QgsProject.instance()


@pytest.fixture
def request_for(
    connection: sqlite3.Connection, replica: Replica, catalogue: Catalogue
) -> Callable[..., DistrictMap]:
    """A request for a district's map; further arguments replace its members."""

    def make(level: str, code: str, where: str = "", **members: object) -> DistrictMap:
        scope = Scope(where)
        chosen, public = members.get("content", Content()), members.pop("public", None)
        data: DistrictData = read_district(connection, level, code, scope, chosen, public)
        content: dict[str, object] = {
            "scope": scope,
            "title": f"Mapa zagrożeń – {data.district.name}",
            "subtitle": "Zgłoszenia i zdarzenia",
            "sentence": SENTENCE,
            "data_date": "31.05.2024 23:35",
            "printed_on": date(2024, 6, 1),
            "lang": "pl",
        }
        members = {"catalogue": catalogue, **members}
        return DistrictMap(replica.path, data=data, **{**content, **members})

    return make


@pytest.fixture
def print_map(
    project: QgsProject, request_for: Callable[..., DistrictMap]
) -> Iterator[Callable[..., QgsPrintLayout]]:
    """The layout of a district's map, which goes with the test, before QGIS does."""
    built: list[QgsPrintLayout] = []

    def build(level: str, code: str, where: str = "", **members: object) -> QgsPrintLayout:
        built.append(build_layout(project, request_for(level, code, where, **members)))
        return built[-1]

    yield build
    for layout in built:
        sip.delete(layout)


@pytest.fixture
def text_of() -> Callable[[Path], str]:
    """The text of a PDF, with single spaces."""

    def read(pdf: Path) -> str:
        done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True)
        # pdftotext gives the ligatures of the font as they are drawn.
        return " ".join(done.stdout.decode().replace("ﬁ", "fi").replace("\u00a0", " ").split())

    return read


@pytest.fixture
def write_row(replica: Replica) -> Callable[..., None]:
    """Change the replica with one statement."""

    def write(sql: str, *parameters: object) -> None:
        writer = sqlite3.connect(replica.path)
        for name in ("IsEmpty", "MinX", "MaxX", "MinY", "MaxY"):
            # The triggers of the index name these, but call them only for new geometries.
            writer.create_function(f"ST_{name}", 1, lambda blob: None)
        with writer:
            writer.execute(sql, parameters)
        writer.close()

    return write


@pytest.fixture
def layers_in_project(project: QgsProject, replica: Replica, catalogue: Catalogue) -> Iterator[KmzbLayers]:
    """The project shows the same replica on the canvas."""
    layers = KmzbLayers(project)
    layers.build(replica.path, catalogue, "pl")
    layers.apply_filter({"citizen": "\"status\" = 'new'"}, 100)
    yield layers
    layers.remove()
