"""The statistics dock: figures under the filter, clicked, copied, exported."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, ask, told, wait_for
from osgeo import gdal
from qgis.PyQt.QtCore import QPoint, QRect, Qt
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QFileDialog
from replica_changes import changes_to

from kmzb_qgis_plugin.choropleth_map import ChoroplethMap
from kmzb_qgis_plugin.domain.folding import alphabetic
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.gui.messages import Messages
from kmzb_qgis_plugin.gui.statistics_dock import MESSAGE_PAGE, TABLE_PAGE, StatisticsDock
from kmzb_qgis_plugin.replica import histories
from kmzb_qgis_plugin.session import Session
from kmzb_qgis_plugin.statistics_source import StatisticsSource

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dock(
    source: StatisticsSource, coloured: ChoroplethMap, session: Session, desk: Desk, messages: Messages
) -> Iterator[StatisticsDock]:
    made = StatisticsDock(session, source, coloured, messages, desk.canvas)
    made.resize(360, 800)
    made.show()
    wait_for(lambda: made.statistics is not None and made.chart is not None, "the first figures")
    yield made
    made.deleteLater()


def settled(dock: StatisticsDock, count: int) -> None:
    wait_for(lambda: dock.statistics is not None and dock.statistics.total.count == count, f"{count} threats")


def choose(dock: StatisticsDock, key: str) -> None:
    dock.subject.setCurrentIndex(dock.subject.findData(key))


def rows(dock: StatisticsDock) -> list[list[str]]:
    model = dock.model
    return [
        [model.data(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def cell(dock: StatisticsDock, row: int, column: int = 0) -> QPoint:
    rect: QRect = dock.table.visualRect(dock.model.index(row, column))
    return rect.center()


def test_figures_are_those_of_the_filter(language: str, dock: StatisticsDock, session: Session) -> None:
    threats = {"en": "threats", "pl": "zagrożeń"}[language]
    assert dock.total.text() == f"600 {threats}"
    counted = ask(session, "SELECT category, count(*) FROM threats GROUP BY 1 ORDER BY 2 DESC, 1")
    catalogue = session.catalogue
    assert [(row[0], row[1]) for row in rows(dock)] == [
        (catalogue.category(code).name(language), str(number)) for code, number in counted
    ]
    session.set_filter(ThreatFilter(sources=frozenset({"police"})))
    settled(dock, 60)
    assert dock.total.text() == f"60 {threats}"
    assert dock.content.currentIndex() == TABLE_PAGE


def test_every_subject_is_drawn_and_listed(dock: StatisticsDock) -> None:
    keys = [dock.subject.itemData(row) for row in range(dock.subject.count())]
    # The sample has no communes.
    assert keys == [
        *("category", "status", "source", "unit", "voivodeship", "county"),
        *("month", "week", "times", "place", "return"),
    ]
    for key in keys:
        choose(dock, key)
        assert dock.model.rowCount() > 0 or key == "return"
        dock.chart.canvas.draw()
        image = dock.chart.grab().toImage()
        # Right of the names: a lone bar stands at the top.
        right = range(image.width() // 2, image.width(), 3)
        colors = {image.pixel(x, y) for x in right for y in range(0, image.height(), 3)}
        assert len(colors) > 1 or key == "return", key


def test_a_bar_filters_the_map_and_can_be_taken_back(dock: StatisticsDock, session: Session) -> None:
    choose(dock, "county")
    dock.chart.canvas.draw()
    spot = dock.chart.spots[0]
    axes = dock.chart.figure.axes[0]
    x, y = axes.transData.transform((spot.right / 3, (spot.bottom + spot.top) / 2))
    ratio = dock.chart.canvas.device_pixel_ratio
    point = QPoint(round(x / ratio), round(dock.chart.canvas.height() - y / ratio))
    QTest.mouseClick(dock.chart.canvas, LEFT, pos=point)

    assert session.filter == ThreatFilter(areas=frozenset({spot.row.about}))
    settled(dock, spot.row.cells[1])
    QTest.mouseClick(dock.back, LEFT)
    assert session.filter == ThreatFilter()
    settled(dock, 600)


@pytest.mark.parametrize("key", ["category", "status", "source", "unit", "county", "month", "week"])
def test_a_row_filters_to_what_it_counts(dock: StatisticsDock, session: Session, key: str) -> None:
    choose(dock, key)
    place = next(n for n in range(dock.model.rowCount()) if dock.model.row_at(n).about is not None)
    expected = dock.model.row_at(place).cells[-1 if key == "week" else 1]
    dock.table.selectRow(place)
    assert dock.narrow.isEnabled()
    QTest.mouseClick(dock.narrow, LEFT)
    settled(dock, expected)


def test_what_stands_for_nothing_cannot_filter(dock: StatisticsDock) -> None:
    choose(dock, "status")
    place = next(n for n in range(dock.model.rowCount()) if dock.model.row_at(n).about is None)
    dock.table.selectRow(place)
    assert not dock.narrow.isEnabled()
    choose(dock, "times")
    dock.table.selectRow(0)
    assert not dock.narrow.isEnabled()


@pytest.mark.parametrize("key", ["county", "unit", "place"])
def test_a_row_is_zoomed_to_by_mouse_and_keyboard(dock: StatisticsDock, desk: Desk, key: str) -> None:
    canvas = desk.canvas
    canvas.resize(400, 300)
    choose(dock, key)
    before = canvas.extent()
    QTest.mouseClick(dock.table.viewport(), LEFT, pos=cell(dock, 1))
    wait_for(lambda: canvas.extent() != before, "the map moves")
    first = canvas.extent()
    dock.table.setFocus()
    QTest.keyClick(dock.table, Qt.Key.Key_Down)
    QTest.keyClick(dock.table, Qt.Key.Key_Down)
    QTest.keyClick(dock.table, Qt.Key.Key_Return)
    wait_for(lambda: canvas.extent() != first, "the map moves again")


def test_columns_sort_with_missing_values_last(language: str, dock: StatisticsDock) -> None:
    choose(dock, "county")
    header = dock.table.horizontalHeader()
    middle = QPoint(header.sectionViewportPosition(1) + 5, header.height() // 2)
    QTest.mouseClick(header.viewport(), LEFT, pos=middle)
    QTest.mouseClick(header.viewport(), LEFT, pos=middle)
    counts = [dock.model.row_at(row).cells[1] for row in range(dock.model.rowCount())]
    assert counts in (sorted(counts), sorted(counts, reverse=True))
    dock.model.sort(0, Qt.SortOrder.AscendingOrder)
    names = [dock.model.row_at(row).cells[0] for row in range(dock.model.rowCount())]
    assert names == sorted(names, key=alphabetic)
    dock.model.sort(3, Qt.SortOrder.DescendingOrder)  # no period, no change: no value at all
    assert all(row[3] == "–" for row in rows(dock))


def test_a_filter_that_keeps_nothing(dock: StatisticsDock, session: Session) -> None:
    session.set_filter(ThreatFilter(sources=frozenset()))
    wait_for(lambda: dock.content.currentIndex() == MESSAGE_PAGE)
    assert dock.message.text() == "No threats match the filter."
    assert not dock.copy.isEnabled()
    QTest.mouseClick(dock.back, LEFT)
    wait_for(lambda: dock.content.currentIndex() == TABLE_PAGE)


def test_what_a_synchronisation_brings_is_counted(dock: StatisticsDock, session: Session) -> None:
    applied = session.replica.apply(changes_to(session.replica, 1, category="theft"))
    before = ask(session, "SELECT count(*) FROM threats WHERE category = 'theft'")[0][0]
    old = dock.statistics
    session.replicaChanged.emit(applied)
    wait_for(lambda: dock.statistics is not old)
    thefts = next(group for group in dock.statistics.groups["category"] if group.code == "theft")
    assert thefts.tally.count == before


def test_reading_can_be_cancelled_and_asked_for_again(
    dock: StatisticsDock, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    read = histories.read_histories

    def slow(*arguments: Any) -> Any:
        begun.set()
        go_on.wait(10)
        return read(*arguments)

    monkeypatch.setattr(histories, "read_histories", slow)
    session.replicaOpened.emit()
    wait_for(begun.is_set)
    wait_for(dock.working.isVisible, "the progress shows")
    QTest.mouseClick(dock.cancel, LEFT)
    go_on.set()
    assert dock.content.currentIndex() == MESSAGE_PAGE
    assert "cancelled" in dock.message.text()
    assert not dock.working.isVisible()
    dock.statistics = None
    QTest.mouseClick(dock.retry, LEFT)
    settled(dock, 600)
    assert dock.content.currentIndex() == TABLE_PAGE


def test_an_error_is_said_in_the_dock(
    dock: StatisticsDock, session: Session, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: Any) -> Any:
        raise histories.ReplicaDamaged("broken")

    monkeypatch.setattr(histories, "read_histories", broken)
    session.replicaOpened.emit()
    wait_for(lambda: dock.content.currentIndex() == MESSAGE_PAGE)
    assert "damaged" in dock.message.text()
    assert "damaged" in told(desk.bar)[-1]
    assert dock.retry.isVisible()


def test_it_is_said_that_the_figures_are_those_of_the_last_synchronisation(
    dock: StatisticsDock, session: Session
) -> None:
    assert "Working offline; last synchronised just now" in dock.sync.text.text()
    QTest.mouseClick(dock.sync.button, LEFT)
    assert session.syncing


def test_out_of_view_nothing_is_counted(
    dock: StatisticsDock, session: Session, source: StatisticsSource
) -> None:
    dock.hide()
    session.set_filter(ThreatFilter(sources=frozenset({"police"})))
    assert not source.busy("figures")
    dock.show()
    settled(dock, 60)


def test_table_and_chart_are_copied(language: str, dock: StatisticsDock) -> None:
    choose(dock, "county")
    dock.copy.menu().actions()[0].trigger()
    lines = QApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:2] == {"en": ["County", "Threats"], "pl": ["Powiat", "Zagrożenia"]}[language]
    assert len(lines) == dock.model.rowCount() + 1
    dock.copy.menu().actions()[1].trigger()
    assert QApplication.clipboard().image().width() > 1000


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".ods"])
def test_a_table_is_exported(
    dock: StatisticsDock, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    choose(dock, "county")
    target = tmp_path / f"county{ending}"
    kind = "Text, comma separated (*.csv)"
    # A name without an ending gets that of the kind which was chosen.
    name = target.with_suffix("") if ending == ".csv" else target
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(name), kind))
    dock.save.menu().actions()[0].trigger()
    assert str(target) in told(desk.bar)[-1]
    file = gdal.OpenEx(str(target), gdal.OF_VECTOR)
    layer = file.GetLayer(0)
    assert layer.GetFeatureCount() == dock.model.rowCount()
    exported = [(feature.GetField(0), int(feature.GetField(1)), feature.GetField(3)) for feature in layer]
    assert exported == [
        (row.cells[0], row.cells[1], "" if ending == ".csv" else None) for row in dock.current.rows
    ]
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_the_report_is_found_where_figures_are_saved(dock: StatisticsDock) -> None:
    wanted: list[None] = []
    dock.reportRequested.connect(lambda: wanted.append(None))
    (report,) = (
        action for action in dock.save.menu().actions() if "Report" in action.text().replace("&", "")
    )
    report.trigger()
    assert wanted == [None]


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_a_chart_is_saved(
    dock: StatisticsDock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    target = tmp_path / f"chart{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    dock.save.menu().actions()[1].trigger()
    content = target.read_bytes()
    assert content[:4] in (b"\x89PNG", b"<?xm", b"%PDF")
    if ending == ".png":
        assert QImage(str(target)).width() > 1000


def test_what_cannot_be_written_is_said(
    dock: StatisticsDock, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "missing" / "table.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    dock.save.menu().actions()[0].trigger()
    assert "cannot be written" in told(desk.bar)[-1]
