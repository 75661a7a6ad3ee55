"""The dialog that prints a district map."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk import Desk, told, wait_for
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtTest import QTest

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.gui.messages import Messages
from kmzb_qgis_plugin.gui.print_dialog import PrintDialog
from kmzb_qgis_plugin.session import Session

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(opened: Callable[..., Session], messages: Messages, tmp_path: Path) -> Iterator[PrintDialog]:
    session = opened()
    session.set_filter(ThreatFilter(sources=frozenset({"citizen"})))
    settings.set_preference("print/folder", str(tmp_path))
    made = PrintDialog(session, messages)
    made.show()
    wait_for(lambda: made.districts.count() > 0, "the districts are listed")
    made.open_after.setChecked(False)
    yield made
    made.done(0)
    made.deleteLater()


def names(dialog: PrintDialog) -> list[str]:
    return [dialog.districts.item(row).text() for row in range(dialog.districts.count())]


def choose(dialog: PrintDialog, name: str) -> None:
    dialog.districts.setCurrentItem(dialog.districts.findItems(name, Qt.MatchFlag.MatchExactly)[0])


def test_counties_and_units_can_be_searched(dialog: PrintDialog) -> None:
    assert dialog.level.currentText() == "County"
    assert len(names(dialog)) == 14
    QTest.keyClicks(dialog.search, "swiebodz")
    assert names(dialog) == ["powiat świebodziński"]
    dialog.search.clear()
    QTest.keyClicks(dialog.search, "0861")
    assert names(dialog) == ["Gorzów Wielkopolski"]
    dialog.search.clear()
    dialog.level.setCurrentIndex(dialog.level.findText("Police unit"))
    assert "KPP w Strzelcach Krajeńskich" in names(dialog)


def test_title_and_file_follow_the_district_until_they_are_ones_own(dialog: PrintDialog) -> None:
    choose(dialog, "Zielona Góra")
    assert dialog.title.text() == "Security threats: Zielona Góra"
    assert "kmzb-0862-" in dialog.file.filePath()
    dialog.title.setText("Odprawa")
    choose(dialog, "Gorzów Wielkopolski")
    assert dialog.title.text() == "Odprawa"
    assert "kmzb-0861-" in dialog.file.filePath()
    assert "Citizens' reports" in dialog.shown.text()


@pytest.mark.parametrize("ending", ["pdf", "png"])
def test_the_map_is_written_and_told(dialog: PrintDialog, desk: Desk, tmp_path: Path, ending: str) -> None:
    choose(dialog, "Gorzów Wielkopolski")
    target = tmp_path / f"map.{ending}"
    dialog.file.setFilePath(str(target))
    QTest.mouseClick(dialog.print_button, LEFT)
    wait_for(lambda: not dialog.isVisible(), "the dialog closes")

    assert str(target) in told(desk.bar)[-1]
    if ending == "png":
        assert QImage(str(target)).width() > 3000
    else:
        assert target.read_bytes().startswith(b"%PDF")
    assert settings.preference("print/code", "") == "0861"


def test_a_file_that_cannot_be_written_is_said_and_the_dialog_stays(
    dialog: PrintDialog, tmp_path: Path
) -> None:
    dialog.file.setFilePath(str(tmp_path / "missing" / "map.pdf"))
    QTest.mouseClick(dialog.print_button, LEFT)
    wait_for(lambda: told(dialog.bar), "the dialog tells")

    assert "cannot be written" in told(dialog.bar)[-1]
    assert dialog.isVisible()
    assert dialog.print_button.isEnabled()


def test_nothing_is_printed_without_title_or_file(dialog: PrintDialog) -> None:
    dialog.title.clear()
    QTest.keyClicks(dialog.title, " ")
    assert not dialog.print_button.isEnabled()
    QTest.keyClicks(dialog.title, "x")
    assert dialog.print_button.isEnabled()
    dialog.file.setFilePath("")
    assert not dialog.print_button.isEnabled()
