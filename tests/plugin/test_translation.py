"""The compiled translations, as QGIS loads them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import pytest
from desk import Desk

from kmzb_qgis_plugin import i18n
from kmzb_qgis_plugin.domain.period import parse_instant
from kmzb_qgis_plugin.gui.words import age_text, due_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.plugin import KmzbPlugin

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("pl", "en")
START = """
import sys
from desk import Desk
from qgis.core import QgsApplication
QgsApplication.setTranslation(sys.argv[1])  # as "qgis --lang" does
application = QgsApplication([], True)
application.initQgis()
import kmzb_qgis_plugin
from kmzb_qgis_plugin.i18n import tr
plugin = kmzb_qgis_plugin.classFactory(Desk())
plugin.initGui()
said = plugin.actions["connections"].text(), tr("%n day(s) ago", "age", 2), plugin.session.language
plugin.unload()
sys.stdout.buffer.write(repr(said).encode())
"""
LRELEASE = shutil.which("lrelease") or "/usr/lib/qt5/bin/lrelease"


def pairs(language: str) -> list[tuple[str, str]]:
    """Each source text with its translation; with every plural form of it where it has some."""
    found = []
    for message in ElementTree.parse(ROOT / "i18n" / f"kmzb_{language}.ts").getroot().iter("message"):
        source, translation = message.findtext("source") or "", message.find("translation")
        assert translation is not None, source
        forms = [form.text or "" for form in translation.findall("numerusform")]
        found += [(source, form) for form in forms or [translation.text or ""]]
    return found


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"\{.*?\}|%n|%\d", text))


def mnemonics(text: str) -> list[str]:
    """The letters behind an ampersand; "&&" is an ampersand itself."""
    return [letter.lower() for letter in re.findall("&(.)", text.replace("&&", ""))]


def test_every_string_of_the_sources_is_translated() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "translations.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_those_of_the_source(language: str) -> None:
    differing = [pair for pair in pairs(language) if placeholders(pair[0]) != placeholders(pair[1])]
    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mnemonic_stays_one_mnemonic_and_a_letter(language: str) -> None:
    for source, translation in pairs(language):
        letters = mnemonics(translation)
        assert len(letters) == len(mnemonics(source)) <= 1, translation
        assert all(letter.isalpha() for letter in letters), translation


@pytest.mark.parametrize("language", LANGUAGES)
def test_spaces_at_the_ends_and_the_ellipsis_are_kept(language: str) -> None:
    """A suffix such as " min" needs its space; "…" says that a dialog follows."""
    for source, translation in pairs(language):
        assert source[:1].isspace() == translation[:1].isspace(), translation
        assert source[-1:].isspace() == translation[-1:].isspace(), translation
        assert source.endswith("…") == translation.endswith("…"), translation


@pytest.mark.parametrize(
    ("count", "days", "categories", "entries"),
    [
        (1, "1 dzień temu", "1 inna kategoria", "Uratowano 1 pozycję."),
        (2, "2 dni temu", "2 inne kategorie", "Uratowano 2 pozycje."),
        (5, "5 dni temu", "5 innych kategorii", "Uratowano 5 pozycji."),
        (12, "12 dni temu", "12 innych kategorii", "Uratowano 12 pozycji."),
        (22, "22 dni temu", "22 inne kategorie", "Uratowano 22 pozycje."),
        (25, "25 dni temu", "25 innych kategorii", "Uratowano 25 pozycji."),
    ],
)
def test_polish_plurals(
    speak: Callable[[str], None], count: int, days: str, categories: str, entries: str
) -> None:
    speak("pl")
    assert tr("%n day(s) ago", "age", count) == days
    assert tr("%n other categories", None, count) == categories
    assert tr("%n entry(ies) could be rescued.", None, count) == entries


@pytest.mark.parametrize(
    ("count", "ago", "ahead", "categories"),
    [
        (1, "1 day ago", "in 1 day", "1 other category"),
        (2, "2 days ago", "in 2 days", "2 other categories"),
        (5, "5 days ago", "in 5 days", "5 other categories"),
    ],
)
def test_english_plurals(
    speak: Callable[[str], None], count: int, ago: str, ahead: str, categories: str
) -> None:
    speak("en")
    assert tr("%n day(s) ago", "age", count) == ago
    assert tr("in %n day(s)", "deadline", count) == ahead
    assert tr("%n other categories", None, count) == categories


def test_a_deadline_and_an_age_in_polish(speak: Callable[[str], None]) -> None:
    speak("pl")
    now = parse_instant("2026-05-10T10:00:00.000Z")
    assert due_text("2026-05-13T10:00:00.000Z", now) == "za 3 dni"
    assert due_text("2026-05-09T10:00:00.000Z", now) == "1 dzień po terminie"
    assert age_text("2026-05-10T09:38:00.000Z", now) == "22 min temu"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["6,685,774", "50", "1.25", "10.0"]),
        ("pl", ["6\N{NO-BREAK SPACE}685\N{NO-BREAK SPACE}774", "50", "1,25", "10,0"]),
    ],
)
def test_numbers_are_written_as_the_language_does(
    monkeypatch: pytest.MonkeyPatch, language: str, told: list[str]
) -> None:
    monkeypatch.setattr(i18n, "interface_language", lambda: language)
    assert [*map(i18n.number_text, (6_685_774, 50.0, 1.25)), i18n.number_text(10, 1)] == told


def test_words_of_the_map_are_those_of_the_police(speak: Callable[[str], None]) -> None:
    speak("pl")
    assert tr("National Map of Security Threats") == "Krajowa Mapa Zagrożeń Bezpieczeństwa"
    assert (tr("County"), tr("Commune"), tr("Voivodeship")) == ("Powiat", "Gmina", "Województwo")
    assert (tr("coordinator"), tr("rejected")) == ("koordynator", "odrzucona")


def test_no_two_commands_of_the_menu_share_a_mnemonic(speak: Callable[[str], None]) -> None:
    speak("pl")
    desk = Desk()
    plugin = KmzbPlugin(desk)
    plugin.initGui()
    try:
        (menu,) = (action.menu() for action in desk.plugin_menu.actions())
        menus = [menu, *(action.menu() for action in menu.actions() if action.menu())]
        commands = [[one.text() for one in each.actions() if not one.isSeparator()] for each in menus]
    finally:
        plugin.unload()
        desk.window.deleteLater()
    assert len(commands) == 2
    for texts in commands:
        letters = [mnemonics(text) for text in texts]
        assert all(len(own) == 1 for own in letters), letters
        assert len({own[0] for own in letters}) == len(letters), letters


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the plugin as it is installed."""
    folder = tmp_path_factory.mktemp("plugins")
    code = "import sys; from pathlib import Path; from package import assemble; assemble(Path(sys.argv[1]))"
    subprocess.run(
        [sys.executable, "-c", code, str(folder / "kmzb_qgis_plugin")],
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "tools")},
    )
    return folder


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("pl", ("&Połączenia…", "2 dni temu", "pl")),
        ("en_GB", ("&Connections…", "2 days ago", "en")),
        ("de", ("&Connections…", "2 days ago", "de")),
    ],
)
def test_the_installed_plugin_speaks_the_language_of_the_window(
    installed: Path, language: str, said: tuple[str, str, str]
) -> None:
    """Whatever the system's own language is; English where there is no translation."""
    done = subprocess.run(
        [sys.executable, "-c", START, language],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=installed,
        env=os.environ
        | {
            "QT_QPA_PLATFORM": "offscreen",
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": f"{installed}:{ROOT / 'tests' / 'plugin'}",
        },
    )
    assert repr(said) in done.stdout, done.stderr
