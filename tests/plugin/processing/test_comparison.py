"""Two periods compared from Processing: what each place says, what is told, and how it is drawn."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QFontMetrics
from qgis.PyQt.QtWidgets import QApplication
from scipy import stats

from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.layers.comparison import class_name, dress
from kmzb_qgis_plugin.processing.provider import KmzbProvider
from kmzb_qgis_plugin.replica.geometry import to_blob
from kmzb_qgis_plugin.settings import Connection
from tests.plugin.processing.analysis_hands import LAT, LON, Listens, change, file_of, gather, places

SQUARES, HEXAGONS, VOIVODESHIPS, COUNTIES, COMMUNES, UNITS = range(6)
THAN_THE_WHOLE = 1
YEAR = {"FIRST": "2023-06-01", "LAST": "2024-05-31"}
"""The last of the two years of the sample, a day longer than the one before it."""
BEFORE, AFTER = (
    "local_day BETWEEN '2022-06-01' AND '2023-05-31'",
    "local_day BETWEEN '2023-06-01' AND '2024-05-31'",
)
GIVEN = {"CONNECTION": "Lubuskie", "EARLIER": 1, "OUTPUT": "memory:", **YEAR}


def rows(layer: QgsVectorLayer) -> list[QgsFeature]:
    return list(layer.getFeatures())


def told_by(provider: KmzbProvider, **given: Any) -> Listens:
    """What a run tells."""
    feedback = Listens()
    provider.algorithm("comparison").create().run(
        {**GIVEN, **given}, QgsProcessingContext(), feedback, {}, False
    )
    return feedback


def value(feature: QgsFeature, name: str) -> Any:
    """A value, and None where there is none."""
    found = feature[name]
    return None if not isinstance(found, (int, float, str)) else found


@pytest.mark.parametrize("kind", [SQUARES, HEXAGONS])
def test_cells_have_the_threats_of_both_periods(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection], kind: int
) -> None:
    connection = loaded()
    found = run("comparison", **GIVEN, PLACES=kind, CELL_SIZE=20_000)
    layer: QgsVectorLayer = found["OUTPUT"]
    assert layer.crs().authid() == "EPSG:2180"
    to_cells = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"), layer.crs(), QgsProject.instance()
    )
    points = {
        name: [to_cells.transform(QgsPointXY(*place)) for place in places(connection, where)]
        for name, where in (("before", BEFORE), ("after", AFTER))
    }
    cells = rows(layer)
    for name, total in (("before", "BEFORE"), ("after", "AFTER")):
        assert sum(cell[name] for cell in cells) == found[total] > 200
    shapes = [cell.geometry() for cell in cells]
    whole = [
        cell for cell in cells if sum(map(cell.geometry().touches, shapes)) == (8 if kind == SQUARES else 6)
    ]
    assert len(whole) > 5
    for cell in whole:
        for name in ("before", "after"):
            assert cell[name] == sum(cell.geometry().contains(point) for point in points[name])


def test_cells_follow_the_area_however_few_threats_there_are(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    loaded()
    found = run("comparison", **GIVEN, FILTER='{"weekdays": [1]}')
    cells = rows(found["OUTPUT"])
    assert found["BEFORE"] + found["AFTER"] < 100
    assert {round(cell.geometry().boundingBox().width()) for cell in cells} == {30_000}
    assert len(cells) > 20


def test_every_figure_of_a_place_is_as_it_says(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    loaded()
    cells = rows(run("comparison", **GIVEN, CELL_SIZE=10_000)["OUTPUT"])
    assert {cell["before"] == 0 for cell in cells} == {True, False}
    # The leap year's days are one more.
    lengths = 365, 366
    for cell in cells:
        before, after = cell["before"], cell["after"]
        expected = before * lengths[1] / lengths[0]
        assert cell["expected"] == pytest.approx(expected)
        assert cell["difference"] == pytest.approx(after - expected)
        assert value(cell, "percent") == (pytest.approx(100 * (after / expected - 1)) if before else None), (
            "nothing has no percentage"
        )
        if not before + after:
            assert (value(cell, "p"), value(cell, "p_fdr"), cell["class"]) == (None, None, 0)
            continue
        tails = (
            stats.binomtest(after, before + after, lengths[1] / sum(lengths), alternative=side).pvalue
            for side in ("less", "greater")
        )
        assert cell["p"] == pytest.approx(min(1, 2 * min(tails)))
        assert cell["p_fdr"] >= cell["p"]
        assert (cell["class"] > 0) == (after > expected)
        assert (abs(cell["class"]) == 2) == (cell["p_fdr"] <= 0.05)


@pytest.mark.parametrize(
    ("kind", "column"), [(COUNTIES, "county"), (UNITS, "unit"), (VOIVODESHIPS, "voivodeship")]
)
def test_areas_and_units_have_what_belongs_to_them(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection], kind: int, column: str
) -> None:
    connection = loaded()
    found = run("comparison", **GIVEN, PLACES=kind)
    named = {row["code"]: row for row in rows(found["OUTPUT"])}
    with closing(sqlite3.connect(file_of(connection))) as file:
        for name, where in (("before", BEFORE), ("after", AFTER)):
            counts = dict(file.execute(f"SELECT {column}, count(*) FROM threats WHERE {where} GROUP BY 1"))
            assert {code: counts.get(code, 0) for code in named} == {
                code: row[name] for code, row in named.items()
            }
            assert found[name.upper()] == sum(row[name] for row in named.values())
    # A command with units below it would lie over them all.
    assert len(named) == {COUNTIES: 14, UNITS: 2, VOIVODESHIPS: 1}[kind]
    assert all(row["name"] and row.geometry().isGeosValid() for row in named.values())
    assert found["OUTPUT"].crs().authid() == "EPSG:2180"


def test_a_units_posts_count_for_it_and_once_in_all(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    connection = loaded()
    change(connection, "parent = 'KMP-GW'", "code = 'KPP-SD'", table="units")
    found = run("comparison", **GIVEN, PLACES=UNITS)
    named = {row["code"]: row for row in rows(found["OUTPUT"])}
    in_both = len(places(connection, f"{AFTER} AND unit IN ('KMP-GW', 'KPP-SD')"))
    assert named["KMP-GW"]["after"] == found["AFTER"] == in_both > named["KPP-SD"]["after"] > 0


def test_a_units_colour_does_not_mix_with_that_of_its_superior(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    connection = loaded()
    whole = to_blob({"type": "Polygon", "coordinates": [[[14, 51], [17, 51], [17, 54], [14, 54], [14, 51]]]})
    # The post, which is first in the file, lies within the ground of the unit above it.
    change(connection, "parent = 'KPP-SD'", "code = 'KMP-GW'", table="units")
    change(connection, "geom = ?", "code = 'KPP-SD'", whole, table="units")
    layer = run("comparison", **GIVEN, PLACES=UNITS)["OUTPUT"]
    dress(layer, whole=False, spots=False)
    post, above = (next(row for row in rows(layer) if row["code"] == code) for code in ("KMP-GW", "KPP-SD"))
    picture = {}
    for kept in ("\"code\" = 'KMP-GW'", ""):
        layer.setSubsetString(kept)
        layer.setLabelsEnabled(False)
        settings = QgsMapSettings()
        settings.setLayers([layer])
        settings.setDestinationCrs(layer.crs())
        settings.setExtent(
            QgsRectangle.fromCenterAndSize(post.geometry().pointOnSurface().asPoint(), 200, 200)
        )
        settings.setOutputSize(QSize(5, 5))
        job = QgsMapRendererSequentialJob(settings)
        job.start()
        job.waitForFinished()
        picture[kept] = job.renderedImage().pixelColor(2, 2).name()
    assert above.geometry().contains(post.geometry())
    assert len(set(picture.values())) == 1


def test_only_the_areas_that_the_filter_looks_at_are_there(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    loaded()
    found = run("comparison", **GIVEN, PLACES=COUNTIES, AREAS="0861,0801")
    assert {row["code"] for row in rows(found["OUTPUT"])} == {"0861", "0801"}


def test_boundaries_that_touch_themselves_are_mended_or_told(
    run: Callable[..., dict[str, Any]], provider: KmzbProvider, loaded: Callable[..., Connection]
) -> None:
    connection = loaded()
    crossing = [[15, 52], [15.5, 52.5], [15.5, 52], [15, 52.5], [15, 52]]
    going_back = [[15, 52], [15.4, 52], [15.4, 52.4], [15.6, 52.6], [15.4, 52.4], [15, 52.4], [15, 52]]
    flat = [[15, 52], [15.1, 52], [15, 52]]
    for code, ring in (("0801", crossing), ("0802", going_back), ("0803", flat)):
        shape = to_blob({"type": "Polygon", "coordinates": [ring]})
        change(connection, "geom = ?", f"code = '{code}'", shape, table="areas")
    change(connection, "geom = NULL", "code = '0804'", table="areas")
    found = run("comparison", **GIVEN, PLACES=COUNTIES)
    named = {row["code"]: row for row in rows(found["OUTPUT"])}
    assert {"0801", "0802"} <= named.keys()
    assert not {"0803", "0804"} & named.keys(), "there is no ground to colour"
    assert all(row.geometry().isGeosValid() and row.geometry().area() > 0 for row in named.values())
    left_out = len(places(connection, f"({BEFORE} OR {AFTER}) AND county IN ('0803', '0804')"))
    told = told_by(provider, PLACES=COUNTIES).warnings
    assert any(f"{left_out} threat" in one and "belong to no place" in one for one in told)


def test_a_planted_rise_and_fall_are_found_and_drawn(
    provider: KmzbProvider,
    run: Callable[..., dict[str, Any]],
    loaded: Callable[..., Connection],
    tmp_path: Path,
) -> None:
    connection = loaded()
    gather(connection, f"fid % 4 = 0 AND {AFTER}", 0.004)
    change(connection, "lon = lon - 0.4", f"fid % 4 = 0 AND {AFTER}")
    gather(connection, f"fid % 4 = 1 AND {BEFORE}", 0.004)
    target, style = tmp_path / "compared.gpkg", tmp_path / "compared.qml"
    given = {**GIVEN, "CELL_SIZE": 10_000, "OUTPUT": str(target), "STYLE": str(style)}
    found = run("comparison", **given)
    layer = QgsVectorLayer(str(target), "compared", "ogr")
    layer.loadNamedStyle(str(style))
    assert [int(one.value()) for one in layer.renderer().categories()] == [2, 1, 0, -1, -2]
    to_cells = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"), layer.crs(), QgsProject.instance()
    )
    for class_, lon in ((2, LON - 0.38), (-2, LON + 0.02)):
        middle = to_cells.transform(QgsPointXY(lon, LAT + 0.02))
        changed = [cell for cell in layer.getFeatures() if cell["class"] == class_]
        assert changed
        assert all(cell.geometry().centroid().asPoint().distance(middle) < 15_000 for cell in changed)
        assert len(changed) == found["RISES" if class_ > 0 else "FALLS"]
    assert found["ANSWER"].startswith("Threats in 2022-06-01 – 2023-05-31: ")
    assert f"{found['RISES']} place" in found["ANSWER"]
    assert layer.labelsEnabled()
    table = layer.attributeTableConfig()
    table.update(layer.fields())
    headings = {
        field: layer.attributeDisplayName(layer.fields().lookupField(field)) for field in ("percent", "p_fdr")
    }
    metrics = QFontMetrics(QApplication.font())
    for field, heading in headings.items():
        assert table.columnWidth(layer.fields().lookupField(field)) >= metrics.horizontalAdvance(heading)


def test_many_reports_of_one_thing_are_one_where_each_spot_counts_once(
    run: Callable[..., dict[str, Any]], provider: KmzbProvider, loaded: Callable[..., Connection]
) -> None:
    connection = loaded()
    gather(connection, f"fid % 3 = 0 AND {AFTER}", 0)
    given = {**GIVEN, "CELL_SIZE": 20_000}
    by_threats = run("comparison", **given)
    assert by_threats["RISES"] == 1
    (told,) = (one for one in told_by(provider, **given).warnings if "another one of the same period" in one)
    assert "with each spot counted once" in told
    found = run("comparison", **given, SPOTS=True)
    assert (found["RISES"], found["FALLS"]) == (0, 0)
    for name, where in (("BEFORE", BEFORE), ("AFTER", AFTER)):
        assert found[name] == len(set(places(connection, where)))
    assert found["AFTER"] < by_threats["AFTER"]
    assert found["ANSWER"].startswith("Spots with threats in 2022-06-01 – 2023-05-31: ")
    told_again = told_by(provider, **given, SPOTS=True).warnings
    assert not any("spot" in one or "same period" in one for one in told_again)
    in_counties = run("comparison", **GIVEN, PLACES=COUNTIES, SPOTS=True)
    assert in_counties["AFTER"] == found["AFTER"]


def test_spots_are_counted_in_periods_of_one_length(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    loaded()
    days = {"FIRST": "2024-03-01", "LAST": "2024-03-31", "SPOTS": True, "PLACES": VOIVODESHIPS}
    with pytest.raises(QgsProcessingException, match=r"same length, and these have 29 and 31 days.*Choose"):
        run("comparison", **{**GIVEN, **days}, EARLIER_FIRST="2024-02-01", EARLIER_LAST="2024-02-29")
    found = run("comparison", **{**GIVEN, **days}, EARLIER_FIRST="2023-11-01", EARLIER_LAST="2023-11-30")
    assert found["BEFORE"] > 0


def test_against_the_whole_a_fall_of_all_is_no_fall(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    connection = loaded()
    later = "2023-06-02T12:00:00.000Z"
    # Two of three threats of the later year are gone to the year before it.
    change(
        connection, "occurred_from = '2022-07-01T12:00:00.000Z'", f"fid % 3 > 0 AND occurred_from > '{later}'"
    )
    at_all = run("comparison", **GIVEN, PLACES=COUNTIES)
    assert at_all["FALLS"] > 7
    otherwise = run("comparison", **GIVEN, PLACES=COUNTIES, QUESTION=THAN_THE_WHOLE)
    assert (otherwise["FALLS"], otherwise["RISES"]) == (0, 0)
    assert "otherwise than the whole" in otherwise["ANSWER"]
    assert "Larger places" in otherwise["ANSWER"]
    assert "Larger places" not in at_all["ANSWER"]
    for row in rows(otherwise["OUTPUT"]):
        assert row["expected"] == pytest.approx(row["before"] * otherwise["AFTER"] / otherwise["BEFORE"])


@pytest.mark.parametrize(
    ("given", "days"),
    [
        ({"FIRST": "2024-03-01", "LAST": "2024-03-31", "EARLIER": 0}, "2024-01-30 – 2024-02-29"),
        ({"FIRST": "2024-03-01", "LAST": "2024-03-31", "EARLIER": 1}, "2023-03-01 – 2023-03-31"),
        (
            {"EARLIER_FIRST": "2022-07-01", "EARLIER_LAST": "2022-12-31"},
            "2022-07-01 – 2022-12-31",
        ),
    ],
)
def test_the_earlier_period_is_the_one_that_was_chosen(
    run: Callable[..., dict[str, Any]],
    loaded: Callable[..., Connection],
    given: dict[str, Any],
    days: str,
) -> None:
    connection = loaded()
    found = run("comparison", **{**GIVEN, **given}, PLACES=VOIVODESHIPS)
    assert f"Threats in {days}: " in found["ANSWER"]
    first, last = days.split(" – ")
    assert found["BEFORE"] == len(places(connection, f"local_day BETWEEN '{first}' AND '{last}'"))


def test_days_are_those_of_the_filter(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    connection = loaded()
    change(connection, "reported_at = '2023-01-01T12:00:00.000Z'", f"fid % 2 = 0 AND {AFTER}")
    reported = json.dumps(ThreatFilter(date_field="reported").to_json())
    occurred = run("comparison", **GIVEN, PLACES=VOIVODESHIPS)
    found = run("comparison", **GIVEN, PLACES=VOIVODESHIPS, FILTER=reported)
    assert found["AFTER"] < occurred["AFTER"] * 0.6
    # Of Saturdays and Sundays alone the periods are as long as they have such days.
    weekend = json.dumps(ThreatFilter(weekdays=frozenset((6, 7))).to_json())
    days = {"FIRST": "2024-05-04", "LAST": "2024-05-12", "EARLIER": 0}
    found = run("comparison", **{**GIVEN, **days}, PLACES=VOIVODESHIPS, FILTER=weekend)
    assert "% by day" in found["ANSWER"]
    (row,) = rows(found["OUTPUT"])
    assert row["expected"] == pytest.approx(row["before"] * 4 / 2)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"FIRST": None, "LAST": None}, r"needs a period with a first and a last day.*Choose"),
        ({"LAST": None}, r"needs a period with a first and a last day.*Choose"),
        ({"FIRST": "2040-01-01", "LAST": "2040-01-31"}, r"later period \(2040-01-01 – 2040-01-31\).*Choose"),
        (
            {"EARLIER_FIRST": "2020-01-01", "EARLIER_LAST": "2020-12-31"},
            r"earlier period \(2020-01-01 – 2020-12-31\).*Choose another period",
        ),
        ({"FIRST": "0001-01-01", "EARLIER": 0}, "no such period before 0001-01-01"),
        ({"FIRST": "0001-01-01"}, "no such period before 0001-01-01"),
        ({"EARLIER_FIRST": "2023-01-01"}, "both its first and its last day"),
        ({"EARLIER_FIRST": "2023-02-01", "EARLIER_LAST": "2023-01-01"}, "lies after the last one"),
        ({"EARLIER_FIRST": "2023-02-01", "EARLIER_LAST": "2023-06-01"}, r"has to end before the later one"),
        ({"FIRST": "2022-06-02"}, r"has to end before the later one \(2022-06-02 – 2024-05-31\) begins"),
        ({"EARLIER_LAST": "kiedyś"}, "EARLIER_LAST"),
        ({"CELL_SIZE": 60}, "Cells of 60 m are too small"),
        ({"PLACES": COMMUNES}, "no places of this kind"),
    ],
)
def test_what_cannot_be_compared_is_told(
    run: Callable[..., dict[str, Any]],
    loaded: Callable[..., Connection],
    given: dict[str, Any],
    told: str,
) -> None:
    loaded()
    with pytest.raises(QgsProcessingException, match=told):
        run("comparison", **{**GIVEN, **given})


def test_threats_that_are_all_outside_are_told(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    change(loaded(), "lon = 20, lat = 54", "1")
    with pytest.raises(QgsProcessingException, match=r"outside the boundaries.*Choose an area"):
        run("comparison", **GIVEN, CELL_SIZE=5000)


def test_what_makes_periods_hard_to_compare_is_told(
    provider: KmzbProvider, loaded: Callable[..., Connection]
) -> None:
    loaded()
    quiet = {"FIRST": "2024-01-01", "LAST": "2024-05-31", "CELL_SIZE": 20_000}
    assert told_by(provider, **quiet).warnings == []
    (told,) = told_by(provider, **GIVEN, CELL_SIZE=20_000).warnings
    assert "begins on 2022-06-01, and the oldest threat" in told
    (told,) = told_by(provider, **quiet, FILTER='{"statuses": ["confirmed"]}').warnings
    assert "not decided yet" in told
    (told,) = told_by(
        provider, **{**quiet, "LAST": "2100-01-01"}, EARLIER_FIRST="2023-01-01", EARLIER_LAST="2023-05-31"
    ).warnings
    assert "ends on 2100-01-01, and the data are of 20" in told
    (told,) = told_by(provider, **quiet, PLACES=UNITS).warnings
    assert "belong to no place of this kind" in told


@pytest.mark.parametrize(
    ("sets", "where", "told"),
    [
        ("lon = 20, lat = 54", "fid < 20", "lie outside the boundaries"),
        (f"lon = {LON}, lat = {LAT}", f"fid % 3 = 0 AND {AFTER}", "with a rise have half of their threats"),
    ],
)
def test_threats_outside_and_at_one_spot_are_told(
    provider: KmzbProvider, loaded: Callable[..., Connection], sets: str, where: str, told: str
) -> None:
    change(loaded(), sets, where)
    assert any(told in one for one in told_by(provider, CELL_SIZE=20_000).warnings)


@pytest.mark.parametrize("percent", [5, 10, 35, 60, 65])
def test_cancelling_leaves_what_was_there(
    provider: KmzbProvider, loaded: Callable[..., Connection], tmp_path: Path, percent: float
) -> None:
    loaded()
    target = tmp_path / "compared.csv"
    target.write_text("before")
    for kind in (SQUARES, COUNTIES):
        with pytest.raises(QgsProcessingException, match="Stopped"):
            provider.algorithm("comparison").create().run(
                {**GIVEN, "OUTPUT": str(target), "PLACES": kind},
                QgsProcessingContext(),
                Listens(percent),
                {},
                False,
            )
        assert target.read_text() == "before"


def test_progress_only_grows_and_reaches_the_end(
    provider: KmzbProvider, loaded: Callable[..., Connection]
) -> None:
    loaded()
    heard: list[float] = []
    feedback = QgsProcessingFeedback(False)
    feedback.progressChanged.connect(heard.append)
    provider.algorithm("comparison").create().run(GIVEN, QgsProcessingContext(), feedback, {}, False)
    assert heard == sorted(heard)
    assert heard[-1] == 100


def test_every_class_has_a_name() -> None:
    names = {class_name(number, whole=whole) for number in range(-2, 3) for whole in (False, True)}
    assert len(names) == 10
