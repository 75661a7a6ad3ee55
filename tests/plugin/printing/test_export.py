"""Maps as files: whole or not at all."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from qgis.core import QgsPrintLayout
from qgis.PyQt.QtGui import QImage

from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.printing import export as exporting
from kmzb_qgis_plugin.printing.errors import ExportError
from kmzb_qgis_plugin.printing.export import Book, export

EXPORTS = [(export, "map.pdf"), (export, "map.png"), (export, "map.svg")]


@pytest.fixture
def layout(print_map: Callable[..., QgsPrintLayout]) -> QgsPrintLayout:
    return print_map("county", "0806", "\"local_day\" >= '2024-03-01'")


def _pdf(command: str, *arguments: str) -> str:
    return subprocess.run([command, *arguments], capture_output=True, check=True, text=True).stdout


@pytest.mark.parametrize(("paper", "size"), [("A4", "841.89 x 595.276"), ("A3", "1190.55 x 841.89")])
def test_pdf_is_one_vector_page_of_the_paper(
    print_map: Callable[..., QgsPrintLayout], tmp_path: Path, paper: str, size: str
) -> None:
    path = tmp_path / "powiat strzelecko-drezdenecki, żółć.pdf"
    export(print_map("county", "0806", paper=paper), path)
    facts = _pdf("pdfinfo", str(path))
    assert "Pages: 1" in " ".join(facts.split())
    width, height = (float(number) for number in size.split(" x "))
    shown = next(line for line in facts.splitlines() if line.startswith("Page size")).split()
    assert abs(float(shown[2]) - width) < 1.5
    assert abs(float(shown[4]) - height) < 1.5
    assert len(_pdf("pdfimages", "-list", str(path)).splitlines()) == 2, "something was made a picture"


def test_png_has_the_resolution(layout: QgsPrintLayout, tmp_path: Path) -> None:
    export(layout, tmp_path / "map.png", dpi=100)
    image = QImage(str(tmp_path / "map.png"))
    assert abs(image.width() - 297 / 25.4 * 100) < 2
    assert abs(image.height() - 210 / 25.4 * 100) < 2
    assert [path.name for path in tmp_path.glob("map*")] == ["map.png"]


@pytest.mark.parametrize(("export", "name"), EXPORTS)
def test_existing_file_is_replaced_and_nothing_else_is_left(
    layout: QgsPrintLayout, tmp_path: Path, export: Callable, name: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / name).write_text("old")
    export(layout, folder / name)
    assert (folder / name).stat().st_size > 10_000
    assert [path.name for path in folder.iterdir()] == [name]


@pytest.mark.parametrize(("export", "name"), EXPORTS)
def test_folder_that_is_not_there_is_an_error_in_words(
    layout: QgsPrintLayout, tmp_path: Path, export: Callable, name: str
) -> None:
    path = tmp_path / "missing" / name
    with pytest.raises(ExportError) as caught:
        export(layout, path)
    assert str(path) in caught.value.user_message(tr)
    assert "not a folder" in caught.value.log_message


@pytest.mark.parametrize(("export", "name"), EXPORTS)
def test_target_that_cannot_be_replaced_leaves_no_part(
    layout: QgsPrintLayout, tmp_path: Path, export: Callable, name: str
) -> None:
    """A folder stands in the file's place: the last step fails, as with a file open on Windows."""
    folder = tmp_path / "out"
    (folder / name).mkdir(parents=True)
    with pytest.raises(ExportError):
        export(layout, folder / name)
    assert [path.name for path in folder.iterdir()] == [name]


@pytest.mark.parametrize(("export", "name"), EXPORTS)
def test_folder_that_may_not_be_written_to_is_an_error_in_words(
    layout: QgsPrintLayout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, export: Callable, name: str
) -> None:
    """Root may write everywhere, so the system's answer is given here."""
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr("os.access", lambda path, mode: Path(path) != folder)
    with pytest.raises(ExportError) as caught:
        export(layout, folder / name)
    assert "choose another folder" in caught.value.user_message(tr)
    assert "may not be written to" in caught.value.log_message
    assert list(folder.iterdir()) == []


def test_full_disk_leaves_the_old_book(
    layout: QgsPrintLayout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Qt does not say that a disk is full: the file just ends too early."""
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / "book.pdf"
    path.write_text("old")
    end = exporting._Pages.end

    def end_too_early(pages: exporting._Pages) -> None:
        end(pages)
        for part in folder.glob(".kmzb-*.pdf"):
            os.truncate(part, part.stat().st_size // 2)

    monkeypatch.setattr(exporting._Pages, "end", end_too_early)
    with Book(path) as book:
        book.add(layout, "map")
        with pytest.raises(ExportError) as caught:
            book.finish()
    assert "disk full" in caught.value.log_message
    assert path.read_text() == "old"
    assert list(folder.iterdir()) == [path]


def test_exporter_that_fails_leaves_the_old_file(layout: QgsPrintLayout, tmp_path: Path) -> None:
    """Qt cannot write pictures of this kind."""
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / "map.unknown"
    path.write_text("old")
    with pytest.raises(ExportError):
        export(layout, path)
    assert path.read_text() == "old"
    assert list(folder.iterdir()) == [path]
