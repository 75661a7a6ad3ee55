"""The dialog that writes the statistics as a document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import Desk, told, wait_for
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from kmzb_qgis_plugin import i18n, settings
from kmzb_qgis_plugin.gui.messages import Messages
from kmzb_qgis_plugin.gui.report_dialog import ReportDialog
from kmzb_qgis_plugin.printing import statistics_report
from kmzb_qgis_plugin.session import Session
from kmzb_qgis_plugin.statistics_source import StatisticsSource

COMPILED = Path(__file__).parents[3] / "build" / "kmzb_qgis_plugin" / "i18n"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(
    source: StatisticsSource,
    session: Session,
    messages: Messages,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[ReportDialog]:
    monkeypatch.setattr(i18n, "translations_dir", lambda: COMPILED)
    settings.set_preference("report/folder", str(tmp_path))
    made = ReportDialog(session, source, messages)
    made.open_after.setChecked(False)
    made.show()
    yield made
    made.done(0)
    made.deleteLater()


def test_the_language_is_chosen_apart_from_the_windows(
    dialog: ReportDialog, desk: Desk, tmp_path: Path
) -> None:
    assert dialog.title.text() == "Statistics of security threats"
    dialog.language.setCurrentIndex(dialog.language.findData("pl"))
    assert dialog.title.text() == "Statystyka zagrożeń bezpieczeństwa"
    target = tmp_path / "raport.html"
    dialog.file.setFilePath(str(target))
    QTest.mouseClick(dialog.save_button, LEFT)
    assert not dialog.save_button.isEnabled()
    wait_for(lambda: not dialog.isVisible(), "the report is written")
    content = target.read_text(encoding="utf-8")
    assert "Statystyka zagrożeń bezpieczeństwa" in content
    assert "Wszystkie źródła" in content
    assert ">600<" in content
    assert str(target) in told(desk.bar)[-1]
    assert settings.preference("report/language", "") == "pl"


def test_ones_own_title_stays(dialog: ReportDialog) -> None:
    dialog.title.setText("Odprawa")
    dialog.language.setCurrentIndex(dialog.language.findData("pl"))
    assert dialog.title.text() == "Odprawa"
    dialog.title.clear()
    assert not dialog.save_button.isEnabled()


def test_a_folder_that_is_not_there_is_said_and_the_dialog_stays(
    dialog: ReportDialog, tmp_path: Path
) -> None:
    dialog.file.setFilePath(str(tmp_path / "missing" / "report.pdf"))
    QTest.mouseClick(dialog.save_button, LEFT)
    wait_for(lambda: told(dialog.bar), "the dialog tells")
    assert "cannot be written" in told(dialog.bar)[-1]
    assert dialog.isVisible()
    assert dialog.save_button.isEnabled()


def test_cancelling_leaves_no_half_file(
    dialog: ReportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = statistics_report._paint_footer
    pages: list[int] = []

    def stop_at_the_second(*given: object) -> None:
        pages.append(1)
        dialog._stop.set()
        draw(*given)

    monkeypatch.setattr(statistics_report, "_paint_footer", stop_at_the_second)
    dialog.file.setFilePath(str(tmp_path / "report"))
    QTest.mouseClick(dialog.save_button, LEFT)
    wait_for(lambda: told(dialog.bar), "the dialog tells")
    assert "cancelled" in told(dialog.bar)[-1]
    assert pages == [1]
    assert list(tmp_path.iterdir()) == []
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_pdf_is_what_a_name_without_an_ending_gets(dialog: ReportDialog, tmp_path: Path) -> None:
    dialog.file.setFilePath(str(tmp_path / "report"))
    QTest.mouseClick(dialog.save_button, LEFT)
    wait_for(lambda: not dialog.isVisible(), "the report is written")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
