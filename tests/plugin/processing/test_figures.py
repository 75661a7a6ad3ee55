"""Figures, coloured layers and reports from Processing, against SQL."""

from __future__ import annotations

import re
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal
from qgis.core import (
    QgsGraduatedSymbolRenderer,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsVectorLayer,
)

from kmzb_qgis_plugin import i18n, settings
from kmzb_qgis_plugin.processing.provider import KmzbProvider
from kmzb_qgis_plugin.settings import Connection

COMPILED = Path(__file__).parents[3] / "build" / "kmzb_qgis_plugin" / "i18n"
COUNTIES, UNITS = 1, 3


def counted(connection: Connection, column: str, where: str = "1") -> dict[str, int]:
    with closing(sqlite3.connect(settings.workspace_folder(connection) / "replica-1.gpkg")) as file:
        rows = file.execute(f"SELECT {column}, count(*) FROM threats WHERE {where} GROUP BY 1")
        return dict(rows.fetchall())


def test_district_statistics_are_those_of_sql(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection], tmp_path: Path
) -> None:
    connection = loaded()
    book = tmp_path / "tables.xlsx"
    found = run(
        "districtstatistics",
        CONNECTION="Lubuskie",
        SOURCES=[0],
        LEVEL=COUNTIES,
        OUTPUT="memory:",
        TABLES=str(book),
    )
    expected = counted(connection, "county", "source = 'citizen'")
    features = list(found["OUTPUT"].getFeatures())
    assert {one["code"]: one["threats"] for one in features} == expected
    assert found["COUNT"] == sum(expected.values())
    sheets = gdal.OpenEx(str(book), gdal.OF_VECTOR)
    assert sheets.GetLayerCount() >= 10
    assert sheets.GetLayer("By county").GetFeatureCount() == len(expected)


def test_units_and_their_figures(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    connection = loaded()
    found = run("districtstatistics", CONNECTION="Lubuskie", LEVEL=UNITS, OUTPUT="memory:")
    threats = {one["code"]: one["threats"] for one in found["OUTPUT"].getFeatures()}
    assert threats["KWP-GW"] == sum(counted(connection, "unit").values())


def test_a_choropleth_has_classes_and_a_style(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection], tmp_path: Path
) -> None:
    loaded()
    target, style = tmp_path / "counties.gpkg", tmp_path / "counties.qml"
    run(
        "choropleth",
        CONNECTION="Lubuskie",
        LEVEL=COUNTIES,
        FIGURE=1,
        METHOD=1,
        CLASSES=4,
        OUTPUT=str(target),
        STYLE=str(style),
    )
    layer = QgsVectorLayer(str(target), "counties", "ogr")
    layer.loadNamedStyle(str(style))
    renderer = layer.renderer()
    assert isinstance(renderer, QgsGraduatedSymbolRenderer)
    assert renderer.classAttribute() == "per_km2"
    assert len(renderer.ranges()) == 4


def test_nothing_to_colour_by_is_said(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    loaded()
    with pytest.raises(QgsProcessingException, match="No area of this level"):
        run("choropleth", CONNECTION="Lubuskie", LEVEL=COUNTIES, FIGURE=4, OUTPUT="memory:")


@pytest.mark.parametrize(
    ("lang", "words"), [(0, "Statystyka zagrożeń"), (1, "Statistics of security threats")]
)
def test_a_report_in_each_language(
    run: Callable[..., dict[str, Any]],
    loaded: Callable[..., Connection],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lang: int,
    words: str,
) -> None:
    monkeypatch.setattr(i18n, "translations_dir", lambda: COMPILED)
    connection = loaded()
    pdf, html = tmp_path / "report.pdf", tmp_path / "report.html"
    for target in (pdf, html):
        run(
            "statisticsreport",
            CONNECTION="Lubuskie",
            FIRST="2023-06-01",
            LAST="2024-05-31",
            LANGUAGE=lang,
            OUTPUT=str(target),
        )
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True).stdout
    total = sum(counted(connection, "source", "local_day BETWEEN '2023-06-01' AND '2024-05-31'").values())
    for content in (text.decode(), re.sub("<[^>]*>", " ", html.read_text(encoding="utf-8"))):
        assert words in content
        assert str(total) in content
        assert "112" in content
        assert ("01.06.2023" if lang == 0 else "2023-06-01") in content
        assert "Lubuskie" in content
        assert "%n" not in content
    assert re.search("Strona 1 z [0-9]+" if lang == 0 else "Page 1 of [0-9]+", text.decode())
    pictures = subprocess.run(["pdfimages", "-list", pdf], capture_output=True, text=True, check=True).stdout
    resolutions = [line.split()[12:14] for line in pictures.splitlines()[2:]]
    assert len(resolutions) >= 8
    assert all(abs(int(across) - int(down)) <= 2 for across, down in resolutions), "charts are not squeezed"
    assert html.read_text(encoding="utf-8").count("data:image/png") >= 8
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.html", "report.pdf"]


def test_a_cancelled_report_leaves_what_was_there(
    provider: KmzbProvider, loaded: Callable[..., Connection], tmp_path: Path
) -> None:
    loaded()
    target = tmp_path / "report.pdf"
    target.write_text("before")

    class StopsAtThePages(QgsProcessingFeedback):
        def setProgress(self, percent: float) -> None:  # noqa: N802 - QGIS's own name
            if percent > 86:
                self.cancel()

    algorithm = provider.algorithm("statisticsreport").create()
    given = {"CONNECTION": "Lubuskie", "OUTPUT": str(target)}
    with pytest.raises(QgsProcessingException, match="Stopped"):
        algorithm.run(given, QgsProcessingContext(), StopsAtThePages(), {}, False)
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_a_report_on_nothing(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection], tmp_path: Path
) -> None:
    loaded()
    target = tmp_path / "report.pdf"
    found = run("statisticsreport", CONNECTION="Lubuskie", FIRST="2040-01-01", OUTPUT=str(target))
    assert found["COUNT"] == 0
    assert target.read_bytes().startswith(b"%PDF")


def test_a_folder_that_is_not_there(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection], tmp_path: Path
) -> None:
    loaded()
    target = tmp_path / "missing" / "report.pdf"
    with pytest.raises(QgsProcessingException, match=r"cannot be written|exist"):
        run("statisticsreport", CONNECTION="Lubuskie", OUTPUT=str(target))
