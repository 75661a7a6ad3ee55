"""The dialog that prints district maps."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from desk import Desk, ask, told, wait_for
from local_server import LocalServer
from qgis.core import QgsLayoutItemMap, QgsPrintLayout, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtPrintSupport import QPrintDialog, QPrinter
from qgis.PyQt.QtTest import QTest

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.gui import output_dialog, print_options
from kmzb_qgis_plugin.gui.messages import Messages
from kmzb_qgis_plugin.gui.print_dialog import PrintDialog
from kmzb_qgis_plugin.printing.basemaps import BaseMap, base_maps
from kmzb_qgis_plugin.printing.export import Book
from kmzb_qgis_plugin.printing.jobs import Job
from kmzb_qgis_plugin.session import Session

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def designed() -> list[QgsPrintLayout]:
    """The layouts that were opened in the designer."""
    return []


@pytest.fixture
def dialog(
    opened: Callable[..., Session], messages: Messages, tmp_path: Path, designed: list[QgsPrintLayout]
) -> Iterator[PrintDialog]:
    session = opened()
    session.set_filter(ThreatFilter(sources=frozenset({"citizen"})))
    settings.set_preference("print/folder", str(tmp_path))
    made = PrintDialog(session, messages, designed.append)
    made.show()
    wait_for(lambda: made.list.districts.count() > 0, "the districts are listed")
    made.open_after.setChecked(False)
    yield made
    made.done(0)
    made.deleteLater()


def names(dialog: PrintDialog) -> list[str]:
    return [dialog.list.districts.item(row).text() for row in range(dialog.list.districts.count())]


def choose(dialog: PrintDialog, name: str) -> None:
    """Highlight a district."""
    found = dialog.list.districts.findItems(name, Qt.MatchFlag.MatchExactly)[0]
    dialog.list.districts.setCurrentItem(found)


def tick(dialog: PrintDialog, *wanted: str) -> None:
    """Tick districts with the space bar."""
    for name in wanted:
        choose(dialog, name)
        QTest.keyClick(dialog.list.districts, Qt.Key.Key_Space)


def wait_for_preview(dialog: PrintDialog) -> QgsPrintLayout:
    wait_for(lambda: not dialog._wait.isActive() and dialog.preview.layout_shown is not None, "a preview")
    return dialog.preview.layout_shown


def text_of(pdf: Path) -> str:
    return subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True, text=True).stdout


def pages(pdf: Path) -> int:
    facts = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, check=True, text=True).stdout
    return int(next(line for line in facts.splitlines() if line.startswith("Pages")).split()[1])


def test_counties_and_units_can_be_searched(dialog: PrintDialog) -> None:
    assert dialog.list.level.currentText() == "County"
    assert len(names(dialog)) == 14
    QTest.keyClicks(dialog.list.search, "swiebodz")
    assert names(dialog) == ["powiat świebodziński"]
    dialog.list.search.clear()
    QTest.keyClicks(dialog.list.search, "0861")
    assert names(dialog) == ["Gorzów Wielkopolski"]
    assert dialog.list.districts.item(0).toolTip() == "City with the rights of a county, 0861"
    dialog.list.search.clear()
    dialog.list.level.setCurrentIndex(dialog.list.level.findText("Police unit"))
    assert "KPP w Strzelcach Krajeńskich" in names(dialog)


def test_what_is_ticked_stays_chosen_while_searching(language: str, dialog: PrintDialog) -> None:
    tick(dialog, "Zielona Góra", "powiat żarski")
    QTest.keyClicks(dialog.list.search, "slubicki")
    tick(dialog, "powiat słubicki")
    dialog.list.search.clear()
    assert [choice.code for choice in dialog.list.chosen()] == ["0805", "0811", "0862"]
    chosen = {"en": "3 districts chosen", "pl": "Wybrano 3 rejony"}
    assert dialog.list.summary.text() == chosen[language]
    words = {"en": "Save 3 pages", "pl": "Zapisz 3 strony"}
    assert dialog.print_button.text().replace("&", "").startswith(words[language])
    QTest.mouseClick(dialog.list.none_button, LEFT)
    assert len(dialog.list.chosen()) == 1
    QTest.mouseClick(dialog.list.all_button, LEFT)
    assert len(dialog.list.chosen()) == 14


def test_titles_name_the_district_and_its_kind(language: str, dialog: PrintDialog) -> None:
    choose(dialog, "Zielona Góra")
    preview = wait_for_preview(dialog)
    title, subtitle, sources = {
        "en": ("Security threats: ", "City with the rights of a county · any date", "Citizens' reports"),
        "pl": (
            "Zagrożenia bezpieczeństwa: ",
            "Miasto na prawach powiatu · bez ograniczenia daty",
            "Zgłoszenia obywateli",
        ),
    }[language]
    assert preview.itemById("title").currentText() == f"{title}Zielona Góra"
    assert preview.itemById("subtitle").currentText() == subtitle
    assert "kmzb-0862-" in dialog.file.filePath()
    dialog.options.title.setText("Odprawa: {district} [% 1 + 1 %]")
    choose(dialog, "Gorzów Wielkopolski")
    wait_for(
        lambda: (
            dialog.preview.layout_shown is not None
            and dialog.preview.layout_shown.itemById("title").currentText()
            == "Odprawa: Gorzów Wielkopolski [% 1 + 1 %]"
        ),
        "the title with the other district, and no expression in it",
    )
    assert "kmzb-0861-" in dialog.file.filePath()
    assert sources in dialog.shown.text()


def test_the_preview_follows_what_is_chosen(dialog: PrintDialog) -> None:
    layout = wait_for_preview(dialog)
    assert layout.itemById("counts") is not None
    dialog.options.paper.setCurrentIndex(dialog.options.paper.findText("A3 for the wall, without a table"))
    dialog.options.marking.setCurrentText("do użytku służbowego")
    wait_for(
        lambda: (
            dialog.preview.layout_shown is not None
            and dialog.preview.layout_shown.itemById("marking").currentText() == "DO UŻYTKU SŁUŻBOWEGO"
        ),
        "the preview follows",
    )
    assert dialog.preview.layout_shown.itemById("counts") is None


@pytest.mark.parametrize("ending", ["pdf", "png", "svg"])
def test_the_map_is_written_and_told(dialog: PrintDialog, desk: Desk, tmp_path: Path, ending: str) -> None:
    choose(dialog, "Gorzów Wielkopolski")
    dialog.kind.setCurrentIndex(dialog.kind.findData(f".{ending}"))
    target = tmp_path / f"map.{ending}"
    dialog.file.setFilePath(str(target))
    QTest.mouseClick(dialog.print_button, LEFT)
    wait_for(lambda: not dialog.isVisible(), "the dialog closes")

    assert str(target) in told(desk.bar)[-1]
    if ending == "png":
        assert QImage(str(target)).width() > 3000
    elif ending == "svg":
        assert "Gorz" in target.read_text(encoding="utf-8")
    else:
        assert target.read_bytes().startswith(b"%PDF")
    assert settings.preference("print/codes", "") == "0861"
    assert settings.preference("print/ending", "") == f".{ending}"


def test_several_districts_are_a_book_with_numbered_pages(
    dialog: PrintDialog, desk: Desk, tmp_path: Path
) -> None:
    tick(dialog, "Zielona Góra", "powiat żarski", "powiat słubicki")
    target = tmp_path / "book.pdf"
    dialog.file.setFilePath(str(target))
    QTest.mouseClick(dialog.print_button, LEFT)
    wait_for(lambda: not dialog.isVisible(), "the dialog closes")
    assert pages(target) == 3
    text = text_of(target).replace(" ", "")
    for words in ("1/3", "2/3", "3/3", "powiatżarski"):
        assert words in text
    assert [path.name for path in tmp_path.iterdir()] == ["book.pdf"]


def test_several_districts_are_a_file_each_where_that_is_wanted(dialog: PrintDialog, tmp_path: Path) -> None:
    tick(dialog, "Zielona Góra", "powiat żarski")
    QTest.mouseClick(dialog.book, LEFT)
    assert dialog.file_label.text() == "&Folder"
    assert dialog.file.filePath() == str(tmp_path)
    QTest.mouseClick(dialog.print_button, LEFT)
    wait_for(lambda: not dialog.isVisible(), "the dialog closes")
    written = sorted(path.name for path in tmp_path.iterdir())
    assert [name.split("-")[1] for name in written] == ["0811", "0862"]


def test_a_printer_gets_all_pages(
    dialog: PrintDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Printer(QPrinter):
        """One that prints into a file, as "Print to PDF" does."""

        def __init__(self, mode: QPrinter.PrinterMode) -> None:
            super().__init__(mode)
            self.setOutputFileName(str(tmp_path / "printed.pdf"))

    monkeypatch.setattr(output_dialog, "QPrinter", Printer)
    monkeypatch.setattr(QPrintDialog, "exec", lambda _self: 1)
    tick(dialog, "Zielona Góra", "powiat żarski")
    dialog.kind.setCurrentIndex(dialog.kind.findData("printer"))
    assert not dialog.file.isEnabled()
    QTest.mouseClick(dialog.print_button, LEFT)
    wait_for(lambda: not dialog.isVisible(), "the dialog closes")
    assert pages(tmp_path / "printed.pdf") == 2


def test_cancelling_in_the_middle_of_a_book_leaves_no_half_file(
    language: str, dialog: PrintDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added: list[str] = []
    add = Book.add

    def count(book: Book, layout: QgsPrintLayout, name: str) -> None:
        add(book, layout, name)
        added.append(name)

    monkeypatch.setattr(Book, "add", count)
    QTest.mouseClick(dialog.list.all_button, LEFT)
    (tmp_path / "book.pdf").write_text("the old one")
    dialog.file.setFilePath(str(tmp_path / "book.pdf"))
    QTest.mouseClick(dialog.print_button, LEFT)
    wait_for(lambda: len(added) >= 2, "two pages")
    assert dialog.progress.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    words = {"en": "cancelled. No file was written", "pl": "przerwano. Nie zapisano żadnego pliku"}
    assert words[language] in told(dialog.bar)[-1]
    assert dialog.print_button.isEnabled()
    assert (tmp_path / "book.pdf").read_text() == "the old one"
    assert [path.name for path in tmp_path.iterdir()] == ["book.pdf"]
    assert len(added) < 14


def test_cancelling_separate_files_keeps_the_whole_ones_and_says_how_many(
    language: str, dialog: PrintDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    QTest.mouseClick(dialog.list.all_button, LEFT)
    dialog.book.setChecked(False)
    dialog.file.setFilePath(str(tmp_path))
    QTest.mouseClick(dialog.print_button, LEFT)
    wait_for(lambda: any(tmp_path.glob("*.pdf")), "the first file")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    whole = list(tmp_path.iterdir())
    assert 1 <= len(whole) < 14
    assert all(pages(path) == 1 for path in whole)
    words = {"en": "cancelled. {} file", "pl": "przerwano. {} zapisan"}
    assert words[language].format(len(whole)) in told(dialog.bar)[-1]


def test_a_district_without_a_boundary_does_not_keep_the_others_back(
    language: str, dialog: PrintDialog, desk: Desk, tmp_path: Path
) -> None:
    with sqlite3.connect(dialog.session.replica.path) as file:
        for function in ("IsEmpty", "MinX", "MaxX", "MinY", "MaxY"):
            file.create_function(f"ST_{function}", 1, lambda blob: None)
        file.execute("UPDATE areas SET geom = NULL WHERE code = '0811'")
    file.close()
    tick(dialog, "Zielona Góra", "powiat żarski")
    dialog.file.setFilePath(str(tmp_path / "book.pdf"))
    QTest.mouseClick(dialog.print_button, LEFT)
    wait_for(lambda: not dialog.isVisible(), "the dialog closes")
    assert pages(tmp_path / "book.pdf") == 1
    words = {
        "en": "“powiat żarski” has no boundary in the data",
        "pl": "Dane nie zawierają granicy „powiat żarski”",
    }
    assert any(words[language] in text for text in told(desk.bar))


def test_a_file_that_cannot_be_written_is_said_and_the_dialog_stays(
    language: str, dialog: PrintDialog, tmp_path: Path
) -> None:
    dialog.file.setFilePath(str(tmp_path / "missing" / "map.pdf"))
    QTest.mouseClick(dialog.print_button, LEFT)
    wait_for(lambda: told(dialog.bar), "the dialog tells")

    assert {"en": "cannot be written", "pl": "Nie można zapisać"}[language] in told(dialog.bar)[-1]
    assert dialog.isVisible()
    assert dialog.print_button.isEnabled()
    dialog.file.setFilePath(str(tmp_path / "map.pdf"))
    QTest.mouseClick(dialog.print_button, LEFT)
    wait_for(lambda: not dialog.isVisible(), "the dialog closes")
    assert (tmp_path / "map.pdf").exists()


def test_a_file_open_elsewhere_is_said(
    language: str, dialog: PrintDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows a file that another program shows cannot be replaced."""

    def refuse(_path: Path, _target: Path) -> None:
        raise PermissionError("used by another process")

    monkeypatch.setattr(Path, "replace", refuse)
    dialog.file.setFilePath(str(tmp_path / "map.pdf"))
    QTest.mouseClick(dialog.print_button, LEFT)
    wait_for(lambda: told(dialog.bar), "the dialog tells")
    words = {
        "en": "Close it if another program shows it",
        "pl": "Zamknij plik, jeśli jest otwarty w innym programie",
    }
    assert words[language] in told(dialog.bar)[-1]
    assert list(tmp_path.iterdir()) == []


def test_without_a_district_the_dialog_says_what_to_do(language: str, dialog: PrintDialog) -> None:
    nothing, choose_one = {
        "en": ("No district has this name or code.", "Choose at least one district"),
        "pl": ("Żaden rejon nie ma takiej nazwy ani kodu.", "Wybierz co najmniej jeden rejon"),
    }[language]
    QTest.keyClicks(dialog.list.search, "nie ma takiego")
    assert names(dialog) == []
    wait_for(lambda: dialog.preview.words.text() == nothing, "the preview says why it is empty")
    QTest.mouseClick(dialog.print_button, LEFT)
    assert choose_one in told(dialog.bar)[-1]
    dialog.list.search.clear()
    assert dialog.list.chosen()


def test_a_template_folder_of_ones_own_is_offered_and_a_broken_template_told(
    language: str, dialog: PrintDialog, tmp_path: Path
) -> None:
    words = {
        "en": "The layout template “our office.qpt” lacks these items",
        "pl": "W szablonie układu wydruku „our office.qpt” brakuje elementów",
    }
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "our office.qpt").write_text("<Layout/>")
    dialog.options.folder.setFilePath(str(folder))
    dialog.options.paper.setCurrentIndex(dialog.options.paper.findText("our office"))
    wait_for(lambda: words[language] in dialog.preview.words.text(), "the preview tells")
    dialog.file.setFilePath(str(tmp_path / "map.pdf"))
    QTest.mouseClick(dialog.print_button, LEFT)
    wait_for(lambda: told(dialog.bar), "the dialog tells")
    assert words[language] in told(dialog.bar)[-1]
    assert dialog.isVisible()
    assert not (tmp_path / "map.pdf").exists()


def test_choices_are_remembered(dialog: PrintDialog, messages: Messages, tmp_path: Path) -> None:
    tick(dialog, "Zielona Góra", "powiat żarski")
    options = dialog.options
    options.reports.setCurrentIndex(options.reports.findData("category"))
    options.police.setChecked(False)
    options.grid.setChecked(True)
    options.marking.setCurrentText("poufne")
    options.paper.setCurrentIndex(1)
    dialog.file.setFilePath(str(tmp_path / "map.pdf"))
    QTest.mouseClick(dialog.print_button, LEFT)
    wait_for(lambda: not dialog.isVisible(), "the dialog closes")
    again = PrintDialog(dialog.session, messages)
    wait_for(lambda: again.list.districts.count() > 0, "the districts are listed")
    assert [choice.code for choice in again.list.chosen()] == ["0811", "0862"]
    assert again.options.content().reports == "category"
    assert not again.options.police.isChecked()
    assert again.options.grid.isChecked()
    assert again.options.marking.currentText() == "poufne"
    assert again.options.sheet().code == "a4_portrait"
    again.done(0)
    again.deleteLater()


def test_the_designer_gets_a_layout_of_the_project(
    dialog: PrintDialog, designed: list[QgsPrintLayout]
) -> None:
    choose(dialog, "Zielona Góra")
    QTest.mouseClick(dialog.designer_button, LEFT)
    wait_for(lambda: designed, "the designer opens")
    project = QgsProject.instance()
    assert project.layoutManager().layoutByName("Security threats: Zielona Góra") is designed[0]
    item = designed[0].itemById("map")
    assert isinstance(item, QgsLayoutItemMap)
    assert {layer.id() for layer in item.layers()} <= set(project.mapLayers())
    group = project.layerTreeRoot().findGroup("Security threats: Zielona Góra")
    assert not group.isVisible()


def test_a_base_map_that_cannot_be_reached_is_told_and_done_without(
    language: str, dialog: PrintDialog
) -> None:
    """No test has a network, so none of the services answers."""
    base = dialog.options.base
    base.setCurrentIndex(base.findData("topo"))
    wait_for(lambda: told(dialog.bar), "the dialog tells")
    unreachable, none = {
        "en": ("cannot be reached", "None"),
        "pl": ("Nie można połączyć się z", "Brak"),
    }[language]
    assert unreachable in told(dialog.bar)[-1]
    assert base.currentText() == none
    assert dialog.options.base_layers() == ()
    assert wait_for_preview(dialog) is not None


CAPABILITIES = """<?xml version="1.0"?>
<WMS_Capabilities version="1.3.0" xmlns="http://www.opengis.net/wms" xmlns:xlink="http://www.w3.org/1999/xlink">
<Service><Name>WMS</Name><Title>Test</Title><OnlineResource xlink:href="{url}/wms"/></Service>
<Capability><Request>
<GetCapabilities><Format>text/xml</Format>
<DCPType><HTTP><Get><OnlineResource xlink:href="{url}/wms?"/></Get></HTTP></DCPType></GetCapabilities>
<GetMap><Format>image/png</Format>
<DCPType><HTTP><Get><OnlineResource xlink:href="{url}/wms?"/></Get></HTTP></DCPType></GetMap></Request>
<Exception><Format>XML</Format></Exception>
<Layer><Title>All</Title><CRS>EPSG:2180</CRS><Layer><Name>ground</Name><Title>Ground</Title><CRS>EPSG:2180</CRS>
<BoundingBox CRS="EPSG:2180" minx="100000" miny="100000" maxx="800000" maxy="900000"/></Layer></Layer>
</Capability></WMS_Capabilities>"""


def test_a_map_service_lies_under_the_threats_and_is_named_as_a_source(
    dialog: PrintDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    with LocalServer() as server:
        text = CAPABILITIES.format(url=server.url).encode()
        server.routes["/wms"] = lambda exchange: exchange.answer(200, text, Content_Type="text/xml")
        parameters = {
            "crs": "EPSG:2180",
            "format": "image/png",
            "layers": "ground",
            "styles": "",
            "url": f"{server.url}/wms",
        }
        (topo, *_rest) = base_maps()
        ours = BaseMap(topo.code, "Podkład", "Ground", "GUGiK", parameters)
        monkeypatch.setattr(print_options, "base_maps", lambda: [ours])
        combo = dialog.options.base
        combo.setCurrentIndex(combo.findData(topo.code))
        wait_for(lambda: dialog.options.base_layers(), "the service answers")
        wait_for(
            lambda: (
                dialog.preview.layout_shown is not None
                and "GUGiK" in dialog.preview.layout_shown.itemById("notice").currentText()
            ),
            "the source is named",
        )
        layers = dialog.preview.layout_shown.itemById("map").layers()
        assert dialog.options.base_layers()[0] in layers
        dialog.preview.clear()


def test_what_has_features_is_not_under_a_public_map(dialog: PrintDialog) -> None:
    """A layer of the project could show anybody's house."""
    own = QgsVectorLayer("Point?crs=EPSG:2180", "houses", "memory")
    QgsProject.instance().addMapLayer(own)
    choose(dialog, "Zielona Góra")
    (job,) = dialog._order().jobs(dialog.list.chosen())
    content = ask_job(dialog, job)
    assert own in job.build(content).itemById("map").layers()
    dialog.options.public_box.setChecked(True)
    (job,) = dialog._order().jobs(dialog.list.chosen())
    assert own not in job.build(ask_job(dialog, job)).itemById("map").layers()


def ask_job(dialog: PrintDialog, job: Job) -> object:
    """What a print job reads."""
    with closing(dialog.session.replica.reader()) as reader:
        return job.read(reader)


def test_left_out_sources_are_counted(language: str, dialog: PrintDialog) -> None:
    dialog.session.set_filter(ThreatFilter())
    dialog.options.police.setChecked(False)
    choose(dialog, "Zielona Góra")
    number = ask(dialog.session, "SELECT count(*) FROM threats WHERE county = '0862' AND source = 'police'")[
        0
    ][0]
    assert number > 0
    words = {
        "en": "Not on the map: left out of this print",
        "pl": "Nie ma na mapie: pominięte na tym wydruku",
    }
    wait_for(
        lambda: (
            dialog.preview.layout_shown is not None
            and dialog.preview.layout_shown.itemById("not_shown").currentText()
            == f"{words[language]}: {number}"
        ),
        "the number that is left out",
    )
