"""A sample replica, the catalogue, and eyes for what is painted."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsMapLayer,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.layers.layer_tree import KmzbLayers
from kmzb_qgis_plugin.replica.replica import Replica
from tests.plugin.sample_replica import catalogue_json, write_sample_replica

DPI = 96


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.from_json(catalogue_json())


@pytest.fixture(scope="session")
def _written_replica(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample_replica(tmp_path_factory.mktemp("sample") / "replica-1.gpkg", threats=1200)


@pytest.fixture
def replica(_written_replica: Path, tmp_path: Path) -> Iterator[Replica]:
    """A replica of this test's own, held open as the session does while layers show it."""
    opened = Replica(Path(shutil.copy(_written_replica, tmp_path / "replica-1.gpkg")))
    yield opened
    QgsProject.instance().clear()
    opened.close()


@pytest.fixture
def replica_path(replica: Replica) -> Path:
    return replica.path


WriteRow = Callable[..., None]


@pytest.fixture
def write_row(replica: Replica) -> WriteRow:
    """Change the replica behind QGIS's back with one statement."""

    def write(sql: str, *parameters: object) -> None:
        connection = sqlite3.connect(replica.path)
        for name in ("IsEmpty", "MinX", "MaxX", "MinY", "MaxY"):
            # The triggers of the index name these, but call them only for new geometries.
            connection.create_function(f"ST_{name}", 1, lambda blob: None)
        with connection:
            connection.execute(sql, parameters)
        connection.close()

    return write


@pytest.fixture
def project(qgis_new_project: None) -> QgsProject:
    return QgsProject.instance()


@pytest.fixture
def layers(project: QgsProject, replica_path: Path, catalogue: Catalogue) -> KmzbLayers:
    """The layers of the sample replica, in Polish, with everything shown."""
    built = KmzbLayers(project)
    built.build(replica_path, catalogue, "pl")
    return built


class Painted:
    """A map image, and where on it a place lies."""

    def __init__(self, image: QImage, settings: QgsMapSettings) -> None:
        self._image = image
        self._settings = settings

    def save(self, path: str) -> None:
        self._image.save(path)

    def pixel_of(self, lon: float, lat: float) -> tuple[int, int]:
        transform = QgsCoordinateTransform(
            QgsCoordinateReferenceSystem("EPSG:4326"),
            self._settings.destinationCrs(),
            QgsProject.instance(),
        )
        point = self._settings.mapToPixel().transform(transform.transform(lon, lat))
        return round(point.x()), round(point.y())

    def count(self, color: str, box: tuple[int, int, int, int] | None = None, tolerance: int = 24) -> int:
        """Number of pixels of about this colour, in a box (left, top, right, bottom) or everywhere."""
        left, top, right, bottom = box or (0, 0, self._image.width(), self._image.height())
        wanted = QColor(color)
        hits = 0
        for y in range(max(top, 0), min(bottom, self._image.height())):
            for x in range(max(left, 0), min(right, self._image.width())):
                found = self._image.pixelColor(x, y)
                hits += (
                    abs(found.red() - wanted.red()) <= tolerance
                    and abs(found.green() - wanted.green()) <= tolerance
                    and abs(found.blue() - wanted.blue()) <= tolerance
                )
        return hits

    def around(self, lon: float, lat: float, reach: int, color: str, tolerance: int = 24) -> int:
        """Number of pixels of about this colour in a square around a place."""
        x, y = self.pixel_of(lon, lat)
        return self.count(color, (x - reach, y - reach, x + reach + 1, y + reach + 1), tolerance)


Paint = Callable[..., Painted]


@pytest.fixture
def paint(project: QgsProject) -> Paint:
    """Paint map layers at a scale around a place, on a white ground."""

    def paint_map(shown: list[QgsMapLayer], lon: float, lat: float, scale: float, side: int = 200) -> Painted:
        settings = QgsMapSettings()
        settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:2180"))
        settings.setTransformContext(project.transformContext())
        settings.setLayers(shown)
        settings.setOutputSize(QSize(side, side))
        settings.setOutputDpi(DPI)
        settings.setBackgroundColor(QColor("#ffffff"))
        settings.setFlag(QgsMapSettings.Flag.DrawLabeling, False)
        to_map = QgsCoordinateTransform(
            QgsCoordinateReferenceSystem("EPSG:4326"), settings.destinationCrs(), project
        )
        centre = to_map.transform(lon, lat)
        half = side / DPI * 0.0254 * scale / 2
        settings.setExtent(
            QgsRectangle(centre.x() - half, centre.y() - half, centre.x() + half, centre.y() + half)
        )
        context = QgsExpressionContext()
        context.appendScope(QgsExpressionContextUtils.globalScope())
        context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
        settings.setExpressionContext(context)
        job = QgsMapRendererSequentialJob(settings)
        job.start()
        job.waitForFinished()
        return Painted(job.renderedImage(), settings)

    return paint_map


@pytest.fixture
def one_threat(replica_path: Path) -> Callable[[str], tuple[int, float, float]]:
    """The id and place of the first threat that a condition keeps."""

    def find(where: str) -> tuple[int, float, float]:
        with sqlite3.connect(replica_path) as connection:
            row = connection.execute(
                f"SELECT fid, lon, lat FROM threats WHERE {where} ORDER BY fid"
            ).fetchone()
        connection.close()
        return int(row[0]), float(row[1]), float(row[2])

    return find
